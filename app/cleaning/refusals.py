class CleaningRefused(Exception):
    """Raised before anything is written; `str()` is a sentence for the officer."""


class WordsNotThere(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("These words are not in the comment. Copy them exactly.")


class ReasonMissing(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("Say why")


class NoLongerHere(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("This comment was changed or withdrawn by the person who sent it.")


class DecidedMeanwhile(CleaningRefused):
    def __init__(self) -> None:
        super().__init__("Another officer has decided this meanwhile. What they decided is shown here.")
