"""YAML read safely, each mapping remembering the lines it came from."""

from typing import Any

import yaml

from app.consultations.files.problems import Problem, Problems, RefusedFile


class Lined(dict[str, Any]):
    """A mapping with the line it starts on and the line of each key. Lines count from 1."""

    line: int | None = None
    lines: dict[str, int]


class _Loader(yaml.SafeLoader):
    problems: Problems


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Lined:
    found = Lined()
    found.line = node.start_mark.line + 1
    found.lines = {}
    for key_node, value_node in node.value:
        key, line = loader.construct_object(key_node, deep=True), key_node.start_mark.line + 1
        if not isinstance(key, str):
            loader.problems.add(
                f'the key {key_node.value} is not text: write it as "{key_node.value}"', line=line
            )
        elif key in found:
            loader.problems.add(f"the key {key} is here twice", line=line)
        found[str(key)] = loader.construct_object(value_node, deep=True)
        found.lines[str(key)] = line
    return found


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(text: str) -> Lined:
    """Raises RefusedFile."""
    loader = _Loader(text)
    loader.problems = Problems()
    try:
        document = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RefusedFile([Problem(mark.line + 1 if mark else None, error.problem or "not YAML")]) from error
    except (yaml.YAMLError, ValueError) as error:
        raise RefusedFile([Problem(None, f"not YAML: {error}")]) from error
    finally:
        loader.dispose()
    loader.problems.refuse()
    if not isinstance(document, Lined):
        raise RefusedFile([Problem(1, "the file must be a mapping of keys to values")])
    return document
