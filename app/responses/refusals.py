"""Why a respondent's page could not be stored. Nothing of it was; the page shows their words again."""

from collections.abc import Mapping

from app.responses.queries.reply import Given


class Refusal(Exception):
    pass


class NotOpen(Refusal):
    """The consultation does not take this now: before it opens, or after closing and the grace."""


class AlreadySent(Refusal):
    """The response is sent: a page of its draft is not saved over it."""


class NoLongerThere(Refusal):
    """The draft was deleted on another device, a moment ago."""


class NotSent(Refusal):
    """There is nothing sent to change or withdraw: it is still a draft, or it was withdrawn."""


class ChangedElsewhere(Refusal):
    """Another device saved other words since this page was shown. Holds them by the key of the
    question or the paragraph."""

    def __init__(self, others: Mapping[str, Given]) -> None:
        super().__init__()
        self.others = others


class AnsweredAlready(Refusal):
    """They say that they have no comment on a part in which something is written or chosen."""


class NothingAnswered(Refusal):
    """No question has an answer, so there is nothing to send."""


class NeededFirst(Refusal):
    """An organisation has not said what it must before sending. Holds the questions' keys."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__(", ".join(keys))
        self.keys = keys


class InvitationEnded(Refusal):
    """The lead has ended the invitation, or no longer replies for an organisation."""


class TooManyColleagues(Refusal):
    """More people write with one invitation than a lead can read together."""


class ContributionChanged(Refusal):
    """The colleague wrote other words, or took theirs back, after the lead's page was shown."""


class NoRoom(Refusal):
    """Both texts together are longer than one answer may be."""


class NotInTheReply(Refusal):
    """The reply, as it stands, has no place for an answer to this."""
