class CleaningRefused(Exception):
    """Raised before anything is written; `str()` is a sentence for the officer."""


class WordsNotThere(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("These words are not in the comment. Copy them exactly.")


class ReasonMissing(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("Say why")


class PetitionThere(CleaningRefused):
    """Of this response another petition is recorded than the page showed."""

    def __init__(self, title: str, signatories: int) -> None:
        super().__init__(
            f"It is recorded already: “{title}”, {signatories:,} signed. "
            "Press the button again to replace that."
        )
        self.title = title
        self.signatories = signatories


class PetitionChanged(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("Another officer has changed this petition meanwhile. What it is now is shown here.")


class NoLongerHere(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("This comment was changed or withdrawn by the person who sent it.")


class DecidedMeanwhile(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("Another officer has decided this meanwhile. What they decided is shown here.")


class DividedMeanwhile(CleaningRefused):
    def __init__(self) -> None:
        super().__init__(
            "Another officer decided on this letter meanwhile. What they did is shown first; what you chose "
            "is below it, and is not saved."
        )


class TogetherMeanwhile(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("Another officer took this back meanwhile. The letter is in one piece.")


class NothingDivided(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("Choose a question for at least one point, or say that the letter stays one comment")


class NotDividable(CleaningRefused):
    """`why` is a sentence that says what stands in the way and what to do about it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
