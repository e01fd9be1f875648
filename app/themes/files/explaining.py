"""Why the engine suggests what it does for one comment, in lines for a person at the terminal."""

from collections.abc import Iterator, Sequence

from app.theming.coding.matcher import Suggested
from app.theming.comments import Comment, Theme


def explained(one: Suggested, comments: Sequence[Comment], themes: Sequence[Theme]) -> list[str]:
    """Lines on the suggestions for one of `comments`."""
    text = next(comment.text for comment in comments if comment.id == one.id)
    return list(_lines(one, text, {theme.code: theme.label for theme in themes}))


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
