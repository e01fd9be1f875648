"""What the tests of the officers' pages of themes share."""

from typing import Any

from sqlalchemy import select

from app.database import session
from app.enums import CodingSource, Stance
from app.models import Coding, Suggestion
from tests.integration.themes.conftest import World

HERE = "/officer/c/bid"


def words(page: Any) -> str:
    return " ".join(page.get_text(" ").split())


def suggestion(world: World, number: int, code: str) -> Suggestion:
    theme = {"PLA03": world.buses, "PLA07": world.homes}[code]
    query = select(Suggestion).where(
        Suggestion.comment_id == world.comments[number].id, Suggestion.theme_id == theme.id
    )
    return session.scalars(query).one()


def codings() -> list[tuple[str, Stance, CodingSource]]:
    rows = session.scalars(select(Coding).where(Coding.removed_at.is_(None)).order_by(Coding.id))
    return [(row.theme.code, row.stance, row.source) for row in rows]
