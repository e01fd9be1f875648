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
