import subprocess
import sys
from pathlib import Path

import pytest

import app.theming

FOLDER = Path(app.theming.__file__).parent
MODULES = sorted(
    ".".join(("app.theming", *path.relative_to(FOLDER).with_suffix("").parts)).removesuffix(".__init__")
    for path in FOLDER.rglob("*.py")
)
FORBIDDEN = (
    "flask", "sqlalchemy", "werkzeug", "jinja2", "wordllama", "huggingface_hub", "torch", "requests",
    "distributed",
)  # fmt: skip
SCRIPT = """
import importlib, logging, sys
for name in sys.argv[1].split(","):
    importlib.import_module(name)
print(",".join(name for name in sys.argv[2].split(",") if name in sys.modules))
print(len(logging.getLogger().handlers))
"""


def loaded_by(*modules: str) -> list[str]:
    command = [sys.executable, "-c", SCRIPT, ",".join(modules), ",".join((*FORBIDDEN, "sklearn"))]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def test_importing_the_engine_loads_neither_the_web_nor_a_library() -> None:
    names, handlers = loaded_by("app.theming")

    assert names == ""
    assert handlers == "0"


def test_importing_every_module_of_the_engine_loads_nothing_of_the_web_or_the_database() -> None:
    names, handlers = loaded_by(*MODULES)

    assert names == "sklearn"
    assert handlers == "0"


def test_the_commands_for_files_need_no_database() -> None:
    names, _ = loaded_by("app.themes.files.discover", "app.themes.files.code", "app.themes.files.triage")

    assert names == "sklearn"


@pytest.mark.parametrize("name", app.theming.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(app.theming, name) is not None


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute"):
        app.theming.nothing_of_the_kind  # noqa: B018
