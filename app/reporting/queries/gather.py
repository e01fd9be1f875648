"""Everything a report counts, read once: the same number of queries however many responses there are."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select

from app.consultations.queries.documents import current_document, sections_of
from app.consultations.queries.questions import questions_of
from app.counting import comments, questions, responses, themes
from app.counting.behind import CommentFilter, comments_behind
from app.counting.comments import CommentProgress, PeopleWhoCommented, QuestionCount
from app.counting.questions import ClosedQuestionCount
from app.counting.responses import KeyCount, Reconciliation
from app.counting.themes import ThemeCount
from app.database import session
from app.enums import QuestionKind, QuestionPurpose
from app.models import Campaign, CampaignMember, Consultation, DocumentVersion, Question, Section, ThemingRun
from app.responses.queries.choices import Words, words


@dataclass(frozen=True)
class CampaignRow:
    name: str
    comments: int
    treatment: str


@dataclass(frozen=True)
class Gathered:
    consultation: Consultation
    document: DocumentVersion | None
    run: ThemingRun | None
    sections: list[Section]
    text_questions: list[Question]
    reconciliation: Reconciliation
    by_kind: list[KeyCount]
    by_type: list[KeyCount]
    by_area: list[KeyCount]
    by_channel: list[KeyCount]
    progress: CommentProgress
    by_question: dict[str | None, QuestionCount]
    progress_on_paragraphs: dict[uuid.UUID, CommentProgress]
    people: PeopleWhoCommented
    closed: list[ClosedQuestionCount]
    themes: list[ThemeCount]
    themes_by_question: dict[str | None, list[ThemeCount]]
    campaigns: list[CampaignRow]
    in_bulk: int
    words: Words


def gather(consultation: Consultation) -> Gathered:
    here = consultation.id
    asked = questions_of(here, purposes=(QuestionPurpose.BID,))
    every_theme, themes_by_question = themes.theme_counts_and_by_question(here)
    return Gathered(
        consultation=consultation,
        document=current_document(here),
        run=session.get(ThemingRun, consultation.current_run_id) if consultation.current_run_id else None,
        sections=sections_of(here),
        text_questions=[question for question in asked if question.kind is QuestionKind.TEXT],
        reconciliation=responses.reconciliation(here),
        by_kind=responses.by_kind(here, petition=False),
        by_type=responses.by_organisation_type(here, petition=False),
        by_area=responses.by_area(here, petition=False),
        by_channel=responses.by_channel(here, petition=False),
        progress=comments.comment_progress(here),
        by_question=comments.comments_by_question(here),
        progress_on_paragraphs=comments.progress_on_paragraphs(here),
        people=comments.people_who_commented(here),
        closed=questions.closed_questions(here),
        themes=every_theme,
        themes_by_question=themes_by_question,
        campaigns=_campaigns(here),
        in_bulk=comments.count_comments(here, CommentFilter(in_bulk=True)),
        words=words(here),
    )


def _campaigns(consultation_id: uuid.UUID) -> list[CampaignRow]:
    counted = comments_behind(consultation_id, CommentFilter(campaign=True)).subquery()
    query = (
        select(Campaign.name, func.count(CampaignMember.id), Campaign.treatment)
        .join(CampaignMember, CampaignMember.campaign_id == Campaign.id)
        .join(counted, counted.c.id == CampaignMember.comment_id)
        .where(Campaign.consultation_id == consultation_id, CampaignMember.removed.is_(False))
        .group_by(Campaign.id, Campaign.name, Campaign.treatment)
        .order_by(func.count(CampaignMember.id).desc(), Campaign.name)
    )
    return [CampaignRow(name, count, treatment.value) for name, count, treatment in session.execute(query)]
