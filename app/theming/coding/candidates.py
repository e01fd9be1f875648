"""Which themes may be used for which comments."""

from collections.abc import Sequence

from app.theming.comments import Comment, Theme


def candidate_groups(
    comments: Sequence[Comment], themes: Sequence[Theme]
) -> list[tuple[list[Theme], list[int]]]:
    """Comments grouped by the themes they may have: (themes sorted by code, rows of `comments`).

    Questions with themes of their own are a group each, with the themes for all; the rest are one group.
    Comments that no theme is meant for are in no group.
    """
    ordered = sorted(themes, key=lambda theme: (theme.code, theme.question or ""))
    particular = {theme.question for theme in ordered if theme.question}
    rows: dict[str, list[int]] = {}
    for row, comment in enumerate(comments):
        rows.setdefault(comment.question if comment.question in particular else "", []).append(row)
    groups = []
    for question in sorted(rows):
        allowed = [theme for theme in ordered if not theme.question or theme.question == question]
        if allowed:
            groups.append((allowed, rows[question]))
    return groups
