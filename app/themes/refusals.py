"""What officers cannot do, in the words that the page shows them."""

from datetime import datetime


class Refusal(Exception):
    """Raised before anything is written; `str()` is a sentence for the officer."""


class QuoteNotInComment(Refusal):
    def __init__(self) -> None:
        super().__init__("These words are not in the comment. Copy them exactly.")


class CommentNotHere(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This comment cannot be coded: its sender changed or withdrew it, or an officer divided "
            "the letter that it was."
        )


class ThemeNotInFrame(Refusal):
    def __init__(self) -> None:
        super().__init__("Choose a theme from the coding frame.")


class ThemeRetired(Refusal):
    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is no longer in use. Choose another theme.")


class ThemesStand(Refusal):
    def __init__(self) -> None:
        super().__init__("This comment has themes. Remove them first, then say what it is.")


class OutcomeStands(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "Another officer said what this comment is. Take that back first, if it has a theme."
        )


class OutcomeChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "This comment was decided meanwhile. What it is now is shown here: save again to change it."
        )


class NothingCoded(Refusal):
    def __init__(self) -> None:
        super().__init__("Choose a theme, or say what this comment is.")


class ThemesAndOutcome(Refusal):
    def __init__(self) -> None:
        super().__init__("Choose themes or say what this comment is, not both.")


class StanceMissing(Refusal):
    """`key`: which of the wanted themes."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(f"Choose how the comment stands to {code}.")
        self.key = key


class ChangedMeanwhile(Refusal):
    """Another save came in since the page was opened."""

    def __init__(self) -> None:
        super().__init__("This comment was saved while you were reading it. Compare before you save.")


class ReferenceMissing(Refusal):
    def __init__(self) -> None:
        super().__init__("Choose the answer that this comment refers to.")


class SuggestionGone(Refusal):
    def __init__(self) -> None:
        super().__init__("The suggestions were made again while this page was open. Look at the new ones.")


class DecidedOtherwise(Refusal):
    def __init__(self) -> None:
        super().__init__("One of these suggestions was decided while this page was open. Look at them again.")


class SelectionChanged(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "The list changed while you were reading it. Check the new numbers, then press the button."
        )


class ListTooLong(Refusal):
    def __init__(self, most: int) -> None:
        super().__init__(f"These are more than {most:,} comments. Narrow the list, and do it in parts.")


class NotYours(Refusal):
    def __init__(self) -> None:
        super().__init__("Only the officer who made this change or a lead analyst can undo it.")


class ChangedByOthers(Refusal):
    """Undoing would lose what another officer did since; `at` is when."""

    def __init__(self, at: datetime) -> None:
        super().__init__("Undo would lose another officer's change. Review it instead.")
        self.at = at


class LaterSave(Refusal):
    def __init__(self) -> None:
        super().__init__("You have changed this comment since. Undo that first.")


class UndoneIntoNothing(Refusal):
    def __init__(self, codes: str) -> None:
        super().__init__(
            f"Undo would put back {codes}, which is no longer in use. Nothing was undone: open the comment "
            "and choose another theme."
        )


class FrameRefused(Refusal):
    """`problems` name the line of the file, the heading being line 1."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class CodingsRefused(FrameRefused):
    """Given codes that do not fit the comments or the frame."""


class RunNotWanted(Refusal):
    def __init__(self) -> None:
        super().__init__("There are no comments to read yet.")


class NothingToImport(Refusal):
    def __init__(self) -> None:
        super().__init__("This file would add nothing.")


class TooManyAtOnce(Refusal):
    def __init__(self, most: int) -> None:
        super().__init__(f"This file would add more than {most:,} codings. Split it, and import the parts.")


class NothingToSample(Refusal):
    def __init__(self) -> None:
        super().__init__("There is no decided comment here that this officer has no part in.")


class SampleNotRead(Refusal):
    def __init__(self) -> None:
        super().__init__("Some comments of the sample are not decided yet.")


class SampleFinished(Refusal):
    def __init__(self) -> None:
        super().__init__("This second reading is finished. Its codes stand as they are.")


class CampaignNotHere(Refusal):
    def __init__(self) -> None:
        super().__init__("This campaign is not there any more: no run finds it.")


class NotOneOfItsSenders(Refusal):
    def __init__(self) -> None:
        super().__init__("Enter the reference of a response that has a comment and is not in this campaign")


class CampaignChanged(Refusal):
    def __init__(self) -> None:
        super().__init__("Another officer has changed this meanwhile. Yours is not saved yet: press again.")


class CodingSignedOff(Refusal):
    def __init__(self) -> None:
        super().__init__("The coding is signed off, so this cannot be changed. A lead analyst can reopen it.")


class NotReadyToSignOff(Refusal):
    def __init__(self, why: str) -> None:
        super().__init__(why)
