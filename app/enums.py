"""The fixed words of the domain. Stored by value, so a value is never renamed without a migration."""

from enum import StrEnum


class Stage(StrEnum):
    DRAFT = "draft"
    TESTING = "testing"
    OPEN = "open"
    CLOSED = "closed"
    SIGNED_OFF = "signed_off"
    REPORTED = "reported"
    ARCHIVED = "archived"


class PassageRole(StrEnum):
    TEXT = "text"
    MEANING = "meaning"
    UNKNOWN = "unknown"


class QuestionPurpose(StrEnum):
    RESPONDENT = "respondent"
    BID = "bid"
    EQUALITY = "equality"


class QuestionKind(StrEnum):
    ONE_CHOICE = "one_choice"
    SEVERAL_CHOICES = "several_choices"
    SCALE = "scale"
    TEXT = "text"


class RespondentKind(StrEnum):
    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"


class Channel(StrEnum):
    ONLINE = "online"
    EMAIL = "email"
    PAPER = "paper"
    PHONE = "phone"
    EVENT = "event"


class ResponseStatus(StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class AnswerState(StrEnum):
    ANSWERED = "answered"
    NONE = "none"
    DONT_KNOW = "dont_know"
    NOT_ASKED = "not_asked"


class ContributionState(StrEnum):
    """What the lead of an organisation's reply has done with a colleague's text."""

    NEW = "new"
    ADDED = "added"
    LEFT_OUT = "left_out"


class PartState(StrEnum):
    """How far a respondent has got with one part of the reply."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    SKIPPED = "skipped"
    NO_COMMENT = "no_comment"  # they said so


class Publication(StrEnum):
    """What the respondent allows to be published."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    NO = "no"


class ContactUse(StrEnum):
    COPY = "copy"
    LINK = "link"
    REPORT = "report"


class CommentSource(StrEnum):
    QUESTION = "question"
    PASSAGE = "passage"
    LETTER = "letter"
    EVENT = "event"


class Stance(StrEnum):
    SUPPORT = "support"
    CONCERN = "concern"
    SUGGESTION = "suggestion"
    NEUTRAL = "neutral"


class DispositionValue(StrEnum):
    """What became of a comment. One without a row is undecided."""

    UNDECIDED = "undecided"
    CODED = "coded"
    NO_POINT = "no_point"
    OUT_OF_SCOPE = "out_of_scope"
    UNCLEAR = "unclear"
    REFERS_ELSEWHERE = "refers_elsewhere"
    OTHER = "other"
    EXCLUDED = "excluded"


class CodingSource(StrEnum):
    SINGLE = "single"
    BULK = "bulk"
    BY_THEME = "by_theme"  # looked at for this theme alone; the comment is not read whole by it
    CAMPAIGN = "campaign"
    IMPORTED = "imported"


class Decision(StrEnum):
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class BatchKind(StrEnum):
    ACCEPT_SUGGESTIONS = "accept_suggestions"
    DISMISS_SUGGESTIONS = "dismiss_suggestions"
    APPLY_THEME = "apply_theme"
    REMOVE_THEME = "remove_theme"
    IMPORT_CODINGS = "import_codings"


class FlagSource(StrEnum):
    MACHINE = "machine"
    OFFICER = "officer"
    IMPORTED = "imported"


class ExclusionReason(StrEnum):
    TEST = "test"
    BLANK = "blank"
    DUPLICATE = "duplicate"
    COMBINED = "combined"
    LATE_UNDECIDED = "late_undecided"
    LATE = "late"
    SPAM = "spam"
    OTHER = "other"


class CleaningKind(StrEnum):
    DUPLICATE = "duplicate"
    TEST = "test"
    BLANK = "blank"


class CleaningDecision(StrEnum):
    """`counts`: both, or the one, stay in the analysis. `left_out`: the earlier of two, or the one, goes."""

    OPEN = "open"
    LATER = "later"
    COUNTS = "counts"
    LEFT_OUT = "left_out"


class CampaignTreatment(StrEnum):
    EVERY_SENDER = "every_sender"
    ONE_RESPONSE = "one_response"
    REPORTED_APART = "reported_apart"


class CampaignCopy(StrEnum):
    EXACT = "exact"
    EDITED = "edited"
    OWN_WORDS_ADDED = "own_words_added"


class FrameOperationKind(StrEnum):
    ADD = "add"
    EDIT = "edit"
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    RETIRE = "retire"
    IMPORT = "import"
    UNDO = "undo"


class RunState(StrEnum):
    RUNNING = "running"
    COMPLETE = "complete"
    FAILED = "failed"
    STOPPED = "stopped"


class ProposalFate(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    MERGED = "merged"
    DISMISSED = "dismissed"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class MailKind(StrEnum):
    LINK = "link"
    LINK_AGAIN = "link_again"  # asked for on /continue, by whoever typed the address
    COPY = "copy"
    REPORT = "report"
    SET_UP = "set_up"
    ALARM = "alarm"  # to officers: a response must be read today


class MailState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    HANDING_OVER = "handing_over"  # from here on the mail server may have it
    SENT = "sent"
    UNSURE = "unsure"  # the worker or the connection went while it was handed over
    FAILED = "failed"


class ReleaseState(StrEnum):
    DRAFT = "draft"
    EMBARGOED = "embargoed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class PartnerAnswerKind(StrEnum):
    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOTED = "noted"
    NOT_ACCEPTED = "not_accepted"


class RequestKind(StrEnum):
    """What the sender of a response asks for."""

    WRONG = "wrong"  # officers got the response wrong
    CORRECT = "correct"
    OBJECT = "object"
    ERASE = "erase"


class Role(StrEnum):
    VIEWER = "viewer"
    INPUTTER = "inputter"
    ANALYST = "analyst"
    LEAD_ANALYST = "lead_analyst"
    MODERATOR = "moderator"
    REPORT_EDITOR = "report_editor"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """The rows of the table of rights; which role holds which is in `accounts.permissions`."""

    SEE_REPORT = "see_report"
    SEE_COUNTS = "see_counts"
    READ_REDACTED = "read_redacted"
    READ_ORIGINAL = "read_original"
    KEY_IN = "key_in"
    CODE = "code"
    EDIT_FRAME = "edit_frame"
    REDACT = "redact"
    EXCLUDE = "exclude"
    SIGN_OFF = "sign_off"
    WRITE_REPORT = "write_report"
    PUBLISH = "publish"
    SEE_CONTACT = "see_contact"
    SEE_EQUALITY = "see_equality"
    SET_UP = "set_up"
    ADMINISTER = "administer"
    SEE_AUDIT = "see_audit"
