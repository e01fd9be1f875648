"""Every template compiles, names only filters that exist, and holds no inline style or handler."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from app.rendering.filters import FILTERS

TEMPLATES = Path(__file__).parents[2] / "templates"
INLINE = re.compile(
    r"\sstyle\s*=|\son(click|change|submit|load|input|keydown)\s*=|javascript:", re.IGNORECASE
)
EXTERNAL = re.compile(r"""(src|href|action)\s*=\s*["'](https?:)?//""", re.IGNORECASE)


def templates() -> list[str]:
    return sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", templates())
def test_the_template_compiles_and_obeys_the_policy(name: str) -> None:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.do"], autoescape=True
    )
    environment.filters.update(FILTERS)
    source = (TEMPLATES / name).read_text()

    tree = environment.parse(source)
    environment.compile(source)

    for used in meta.find_referenced_templates(tree):
        assert used is None or used.startswith("govuk_frontend") or (TEMPLATES / used).exists(), used
    assert not INLINE.search(source), "an inline style or handler, which the policy forbids"
    assert not EXTERNAL.search(source), "an address outside this site"


@pytest.mark.parametrize("name", templates())
def test_the_template_imports_only_what_it_uses(name: str) -> None:
    source = (TEMPLATES / name).read_text()
    for names in re.findall(r"{%-?\s*from\s+[\"'][^\"']+[\"']\s+import\s+(.+?)\s*-?%}", source):
        for imported in re.sub(r"\s+with(out)? context", "", names).split(","):
            used = imported.split(" as ")[-1].strip()
            assert len(re.findall(rf"\b{re.escape(used)}\b", source)) > 1, f"{used} is imported and not used"
