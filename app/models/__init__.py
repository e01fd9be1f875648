"""Every table, imported here so that relationships by name resolve whichever model is used first."""

from app.models.answer import Answer, AnswerChoice
from app.models.audit import AuditEvent
from app.models.campaign import Campaign, CampaignMember, Petition
from app.models.challenge import UsedChallenge
from app.models.cleaning import CleaningItem, Exclusion, Flag, Redaction
from app.models.coding import MAIN_LAYER, Coding, CodingBatch, CodingQuote, Disposition
from app.models.colleague import Contribution, Contributor, Invitation
from app.models.comment import Attachment, Comment
from app.models.consultation import Consultation, Partner, Translation
from app.models.contact import Contact
from app.models.document import DocumentVersion, Passage, Section
from app.models.equality import EqualityAnswer
from app.models.exchange import CodingImport
from app.models.frame import FrameOperation, FrameOperationItem, FrameSilence, FrameVersion, Theme
from app.models.job import ImportBatch, Job, OutboxMail, PageCounter, RetentionRun, WorkerSign
from app.models.letter import LetterDivision, LetterPart
from app.models.officer import Lockout, Officer, OfficerSession, RoleGrant, SavedView
from app.models.question import Option, Question, QuestionVersion, explanation
from app.models.reading import (
    CheckSample,
    CheckSettlement,
    Discussion,
    Reading,
    ReadingOrder,
    ReadingSave,
    SignOff,
    ThemeIdea,
)
from app.models.report import ChosenQuote, Claim, PartnerAnswer, Report, ReportRelease
from app.models.request import RespondentRequest
from app.models.response import PrivateToken, Response, ResponseVersion, SendToken
from app.models.sorting import SortedCoding, ThemeSorting
from app.models.theming import Proposal, ProposalMember, Suggestion, SuggestionDecision, ThemingRun

__all__ = [
    "MAIN_LAYER",
    "Answer",
    "AnswerChoice",
    "Attachment",
    "AuditEvent",
    "Campaign",
    "CampaignMember",
    "CheckSample",
    "CheckSettlement",
    "ChosenQuote",
    "Claim",
    "CleaningItem",
    "Coding",
    "CodingBatch",
    "CodingImport",
    "CodingQuote",
    "Comment",
    "Consultation",
    "Contact",
    "Contribution",
    "Contributor",
    "Discussion",
    "Disposition",
    "DocumentVersion",
    "EqualityAnswer",
    "Exclusion",
    "Flag",
    "FrameOperation",
    "FrameOperationItem",
    "FrameSilence",
    "FrameVersion",
    "ImportBatch",
    "Invitation",
    "Job",
    "LetterDivision",
    "LetterPart",
    "Lockout",
    "Officer",
    "OfficerSession",
    "Option",
    "OutboxMail",
    "PageCounter",
    "Partner",
    "PartnerAnswer",
    "Passage",
    "Petition",
    "PrivateToken",
    "Proposal",
    "ProposalMember",
    "Question",
    "QuestionVersion",
    "Reading",
    "ReadingOrder",
    "ReadingSave",
    "Redaction",
    "Report",
    "ReportRelease",
    "RespondentRequest",
    "Response",
    "ResponseVersion",
    "RetentionRun",
    "RoleGrant",
    "SavedView",
    "Section",
    "SendToken",
    "SignOff",
    "SortedCoding",
    "Suggestion",
    "SuggestionDecision",
    "Theme",
    "ThemeIdea",
    "ThemeSorting",
    "ThemingRun",
    "Translation",
    "UsedChallenge",
    "WorkerSign",
    "explanation",
]
