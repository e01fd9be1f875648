"""The coding frame as it is read: nets with their themes, and merges resolved."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app.database import session
from app.models import Theme


@dataclass(frozen=True)
class Net:
    """A net with the themes under it; `theme` is None for themes that stand under no net."""

    theme: Theme | None
    themes: tuple[Theme, ...]


def all_themes(consultation_id: uuid.UUID, *, fresh: bool = False) -> list[Theme]:
    """Every row of the frame, nets, merged and retired ones too, in its order.

    `fresh`: as the rows are now, also those that this session has read before.
    """
    query = select(Theme).where(Theme.consultation_id == consultation_id).order_by(Theme.position, Theme.code)
    return list(session.scalars(query.execution_options(populate_existing=fresh)))


def in_tree_order(themes: Iterable[Theme]) -> list[Theme]:
    """Each net with all its themes after it, as they stand; those without a net last."""
    found = list(themes)
    places: dict[uuid.UUID | None, int] = {one.id: place for place, one in enumerate(found) if one.is_net}
    return sorted(
        found,
        key=lambda one: (places.get(one.id if one.is_net else one.parent_id, len(found)), not one.is_net),
    )


def in_use(themes: Iterable[Theme]) -> list[Theme]:
    """Themes that a comment can be given: neither nets nor merged nor retired."""
    return [t for t in themes if not t.is_net and t.merged_into_id is None and t.retired_at is None]


def sections_in_use(themes: Iterable[Theme]) -> list[Theme]:
    return [theme for theme in themes if theme.is_net and theme.retired_at is None]


def frame_of(consultation_id: uuid.UUID) -> list[Net]:
    """The tree: nets in order, each with its themes in use; those without a net last."""
    themes = all_themes(consultation_id)
    under: dict[uuid.UUID | None, list[Theme]] = defaultdict(list)
    for theme in in_use(themes):
        under[theme.parent_id].append(theme)
    nets = [Net(net, tuple(under.pop(net.id, ()))) for net in sections_in_use(themes)]
    rest = [theme for left in under.values() for theme in left]
    return [*nets, Net(None, tuple(rest))] if rest else nets


def resolved(themes: Iterable[Theme]) -> dict[uuid.UUID, Theme]:
    """For each theme the one that counts: where its merges end."""
    by_id = {theme.id: theme for theme in themes}
    return {start: _end(by_id, theme) for start, theme in by_id.items()}


def _end(by_id: dict[uuid.UUID, Theme], theme: Theme) -> Theme:
    seen = {theme.id}
    while theme.merged_into_id is not None and theme.merged_into_id not in seen:
        seen.add(theme.merged_into_id)
        theme = by_id[theme.merged_into_id]
    return theme


def theme_by_code(consultation_id: uuid.UUID, code: str) -> Theme | None:
    """An old code of a merged theme finds the theme it is now part of."""
    themes = all_themes(consultation_id)
    found = next((theme for theme in themes if theme.code == code), None)
    return resolved(themes)[found.id] if found else None


def matching(nets: Iterable[Net], search: str) -> list[Net]:
    """Nets with the themes that have every word of the search in what the frame says about them."""
    wanted = search.casefold().split()
    found = (
        Net(net.theme, tuple(theme for theme in net.themes if all(one in _said(theme) for one in wanted)))
        for net in nets
    )
    return [net for net in found if net.themes]


def _said(theme: Theme) -> str:
    parts = (theme.code, theme.label, theme.definition, theme.include, *theme.cue_words)
    return " ".join(parts).casefold()
