"""What may be quoted. Permission, flags and redactions are conditions of the query, not of its readers."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from app.counting.behind import CommentFilter, comments_behind, standing_coding
from app.counting.frame import frame
from app.counting.standing import Respondent, Sender, in_a_campaign
from app.database import session
from app.enums import Publication, RespondentKind
from app.models import (
    Coding,
    CodingQuote,
    Comment,
    Consultation,
    Flag,
    Question,
    Redaction,
    Suggestion,
)
from app.reporting.queries.gather import Gathered
from app.reporting.queries.names import Names
from app.reporting.quotes import Candidate, excerpt, fit_to_print, whole_sentence
from app.responses.hidden import to_shown

SHORTEST, LONGEST = 30, 320  # characters
A_THEME_AND_STANCE = 6  # candidates of each question
# These say what a comment is, not that something in it must not be seen. Any other open flag keeps it back.
HARMLESS_FLAGS = ("ZZ05", "ZZ06", "ZZ07")


def quotable(found: Gathered) -> list[Candidate]:
    """Typical first: the surer the software is of the theme the officer gave, the more typical of it."""
    of = frame(found.consultation.id)
    codes = {row.id: of.survivor(row).code for row in of.rows}
    names = Names(found.consultation.id, found.words)
    candidates = [
        Candidate(
            text=text,
            who=names.of(row.kind, row.organisation_type, row.area, row.named),
            person=str(row.person),
            theme=codes[row.theme_id],
            stance=row.stance.value,
            question=row.question,
            comment_id=str(row.comment_id),
        )
        for row in session.execute(_ranked(found))
        if fit_to_print(text := _as_shown(row))
    ]
    return sorted(candidates, key=lambda one: not whole_sentence(one.text))  # stable: typical first in each


def _as_shown(row: Any) -> str:
    start, end = to_shown(row.hidden, row.start, row.end)
    return excerpt(row.redacted_text, start=start, end=end)


def _ranked(found: Gathered) -> Select[Any]:
    """A few of each theme, stance and question, the best first."""
    typical = func.coalesce(Suggestion.probability, -1)
    place = func.row_number().over(
        partition_by=(Coding.theme_id, Coding.stance, Comment.question_id),
        order_by=(case((in_a_campaign(), 1), else_=0), typical.desc(), CodingQuote.id),
    )
    asked = (
        _allowed(found.consultation)
        .outerjoin(Question, Question.id == Comment.question_id)
        .with_only_columns(
            Comment.id.label("comment_id"),
            Comment.redacted_text,
            Comment.hidden,
            CodingQuote.start,
            CodingQuote.end,
            Coding.theme_id,
            Coding.stance,
            Question.key.label("question"),
            Respondent.id.label("person"),
            Respondent.kind,
            Respondent.area,
            Respondent.organisation_type,
            case((_may_be_named(), Respondent.organisation_name)).label("named"),
            typical.label("typical"),
            place.label("place"),
        )
        .subquery()
    )
    return (
        select(asked)
        .where(asked.c.place <= A_THEME_AND_STANCE)
        .order_by(asked.c.place, asked.c.typical.desc(), asked.c.comment_id, asked.c.start)
    )


def _allowed(consultation: Consultation) -> Select[uuid.UUID]:
    """Both replies must allow it where two of one person were combined."""
    suggested = and_(
        Suggestion.comment_id == Comment.id,
        Suggestion.theme_id == Coding.theme_id,
        Suggestion.run_id == consultation.current_run_id,
    )
    return (
        comments_behind(consultation.id, CommentFilter(petition=False))
        .join(Coding, and_(Coding.comment_id == Comment.id, standing_coding()))
        .join(CodingQuote, CodingQuote.coding_id == Coding.id)
        .outerjoin(Suggestion, suggested)
        .where(
            Respondent.publication != Publication.NO,
            Sender.publication != Publication.NO,
            Comment.language.startswith("en"),
            (CodingQuote.end - CodingQuote.start).between(SHORTEST, LONGEST),
            ~exists().where(
                Flag.comment_id == Comment.id, Flag.settled_at.is_(None), Flag.code.not_in(HARMLESS_FLAGS)
            ),
            ~_redacted_or_about_to_be(),
        )
    )


def _redacted_or_about_to_be() -> ColumnElement[bool]:
    """A proposal that nobody has decided keeps the whole comment back."""
    overlaps = and_(Redaction.start < CodingQuote.end, Redaction.end > CodingQuote.start)
    return exists().where(
        Redaction.comment_id == Comment.id,
        Redaction.reversed_at.is_(None),
        or_(Redaction.proposed, overlaps),
    )


def _may_be_named() -> ColumnElement[bool]:
    """Individuals never, whatever they ticked."""
    return and_(
        Respondent.kind == RespondentKind.ORGANISATION,
        Sender.kind == RespondentKind.ORGANISATION,
        Respondent.publication == Publication.NAMED,
        Sender.publication == Publication.NAMED,
    )
