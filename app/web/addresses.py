"""How a blueprint's pages and forms get their addresses."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

Place = Callable[[str, str, Callable[..., Any]], None]


def addresses(blueprint: Blueprint) -> Place:
    """`at(address, endpoint, view)`. An endpoint named ..._post answers POST alone, any other GET alone."""

    def at(address: str, endpoint: str, view: Callable[..., Any]) -> None:
        method = "POST" if endpoint.endswith("_post") else "GET"
        blueprint.add_url_rule(address, endpoint, view, methods=[method])

    return at
