"""Documents that stand alone: to download as HTML, to print, or to be made a PDF. No request is needed."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.rendering.filters import FILTERS
from app.rendering.words import GLOBALS

TEMPLATES = Path(__file__).parents[2] / "templates"


def paper(name: str, **words: object) -> str:
    return _environment().get_template(f"paper/{name}.html").render(**words)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    environment.filters.update(FILTERS)
    environment.globals.update(GLOBALS)
    return environment
