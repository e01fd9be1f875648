"""Why the engine suggests what it does for one comment, in lines for a person at the terminal."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.themes.files.reading import FileProblemError
from app.theming.coding.matcher import Suggested
from app.theming.comments import Comment, Theme


def explained(
    ident: str, comments: Sequence[Comment], themes: Sequence[Theme], found: Sequence[Suggested], path: Path
) -> list[str]:
    """Lines on the suggestions for the comment with this id. Raises FileProblemError when it is not there."""
    texts = {one.id: one.text for one in comments}
    if ident not in texts:
        raise FileProblemError(f"{path}: has no comment with the id {ident}.")
    mine = next(one for one in found if one.id == ident)
    return list(_lines(mine, texts[ident], {theme.code: theme.label for theme in themes}))


def _lines(one: Suggested, text: str, labels: dict[str, str]) -> Iterator[str]:
    if not one.suggestions:
        yield f"{one.id}: no theme is suggested."
    for made in one.suggestions:
        would = ", would be coded" if made.assigned else ""
        yield f"{made.code} {labels[made.code]}: {made.probability:.0%}, {made.stance}{would}"
        yield f'  rests on: "{text[made.start : made.end]}" ({made.start} to {made.end})'
        if made.reason.cues:
            yield f"  cue words: {'; '.join(made.reason.cues)}"
        if made.reason.nearest:
            yield f"  coded so before: {', '.join(made.reason.nearest)}"
        if not made.reason.cues and not made.reason.nearest:
            yield "  like the theme's label and definition"
