"""What officers cannot do to the coding frame, in the words that the page shows them."""

import uuid
from collections.abc import Iterable

from app.themes.refusals import Refusal


class FieldRefused(Refusal):
    """`field` is where the message stands."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class FrameSignedOff(Refusal):
    def __init__(self) -> None:
        super().__init__("The coding is signed off, so the frame cannot be changed. Reopen it first.")


class ThemeChanged(Refusal):
    """Another officer changed it since the page was opened."""

    def __init__(self, theme_id: uuid.UUID, code: str) -> None:
        super().__init__(f"{code} was changed while this page was open. Look at it again, then decide.")
        self.theme_id = theme_id


class ThemeGone(Refusal):
    def __init__(self, code: str, *, into: str | None = None) -> None:
        became = f"is now part of {into}" if into else "is no longer in use"
        super().__init__(f"{code} {became}. It was changed while this page was open.")


class NotForSections(Refusal):
    def __init__(self) -> None:
        super().__init__("A section holds themes and has no codings of its own. Choose a theme.")


class SameTheme(Refusal):
    def __init__(self) -> None:
        super().__init__("Choose another theme: a theme cannot become part of itself.")


class StillCoded(Refusal):
    def __init__(self, code: str, codings: int) -> None:
        held = f"{codings} coding{'' if codings == 1 else 's'}"
        super().__init__(f"{code} has {held}. Choose where they go.")
        self.codings = codings


class StillHolds(Refusal):
    def __init__(self, code: str, themes: int) -> None:
        super().__init__(f"{code} holds {themes} theme{'' if themes == 1 else 's'}. Move them first.")


class FrameImportChanged(Refusal):
    def __init__(self) -> None:
        super().__init__("The frame was changed meanwhile. Look at what would change now, then apply it.")


class UndoRefused(Refusal):
    pass


class CodingsElsewhere(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Some of these codings were changed while you sorted them. Look at the rest, then finish."
        )


class SortedOtherwise(Refusal):
    """The theme is being split already, into parts with these labels."""

    def __init__(self, labels: Iterable[str]) -> None:
        said = ", ".join(f"“{label}”" for label in labels)
        super().__init__(
            f"This theme is being split already, into {said}. Go on with that split, or throw it away first."
        )


class ProposalDecided(Refusal):
    def __init__(self) -> None:
        super().__init__("Another officer decided on this while the page was open.")


class ProposalGone(Refusal):
    def __init__(self) -> None:
        super().__init__("The software read the comments again, and no longer proposes this theme.")
