"""Why something about a report is not done: a sentence for the officer."""


class ReportRefused(Exception):
    pass


class StillOpen(ReportRefused):
    def __init__(self) -> None:
        super().__init__("You can freeze a report once the consultation has closed")


class NotStill(ReportRefused):
    def __init__(self) -> None:
        super().__init__("Officers are saving their work at this moment. Wait a minute, then try again")


class ReleaseChanged(ReportRefused):
    def __init__(self) -> None:
        super().__init__("This release was changed while the page was open. Look at it as it is now")


class ReasonMissing(ReportRefused):
    def __init__(self) -> None:
        super().__init__("Give the reason for withdrawing the report")


class AnswerChanged(ReportRefused):
    """Another officer wrote, changed or took back the partners' answer since the page was opened."""

    def __init__(self) -> None:
        super().__init__("Another officer changed this answer while you were writing")
