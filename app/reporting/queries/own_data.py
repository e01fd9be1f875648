"""Everything that is held of one response, for its sender. No officer is named."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.consultations.passage_words import first_words
from app.consultations.queries.passages import passages_shown
from app.consultations.queries.questions import questions_of
from app.database import session
from app.enums import CommentSource, QuestionPurpose
from app.models import (
    Answer,
    AnswerChoice,
    Consultation,
    Contact,
    Contribution,
    EqualityAnswer,
    Option,
    Question,
    Response,
    ResponseVersion,
)
from app.reporting.queries.outcome import outcome_of
from app.responses.queries.choices import words
from app.responses.queries.requests import own_requests

Json = dict[str, Any]


def own_data(response: Response) -> Json:
    consultation = session.get_one(Consultation, response.consultation_id)
    wordings = _wordings(response) | _paragraphs(response)
    return {
        "consultation": consultation.title,
        "response": _facts(response),
        "contact": _contact(response),
        "equality": _equality(response),
        "versions": [_version(version, wordings) for version in _versions(response)],
        "contributions": _contributions(response, wordings),
        "themes": _themes(response),
        "requests": [
            {
                "case_number": row.case_number,
                "kind": row.kind.value,
                "text": row.text,
                "asked_at": row.asked_at.isoformat(),
                "due_on": row.due_on.isoformat(),
                "done_at": row.done_at.isoformat() if row.done_at else None,
                "answer": row.answer,
            }
            for row in own_requests(response.id)
        ],
    }


def _facts(response: Response) -> Json:
    labels = words(response.consultation_id)
    return {
        "reference": response.reference,
        "status": response.status.value,
        "channel": response.channel.value,
        "kind": response.kind.value,
        "area": labels.area(response.area) if response.area else None,
        "organisation": response.organisation_name,
        "organisation_type": labels.type(response.organisation_type) if response.organisation_type else None,
        "publication": response.publication.value,
        "language": response.language,
        "late": response.late,
        "test": response.is_test,
        "came_by_link": response.link_tag,
        "signals": response.signals,
        "started_at": response.started_at.isoformat(),
        "sent_at": response.sent_at.isoformat() if response.sent_at else None,
    }


def _contact(response: Response) -> Json | None:
    row = session.scalar(select(Contact).where(Contact.response_id == response.id))
    return {"email": row.email, "uses": list(row.uses)} if row else None


def _equality(response: Response) -> list[Json]:
    query = (
        select(EqualityAnswer.text, Question, Option.label)
        .join(Question, Question.id == EqualityAnswer.question_id)
        .join(Option, Option.id == EqualityAnswer.option_id)
        .where(EqualityAnswer.response_id == response.id)
        .order_by(Question.position)
    )
    return [
        {"question": question.wording.text, "answer": label, "text": text}
        for text, question, label in session.execute(query)
    ]


def _wordings(response: Response) -> dict[Any, str]:
    asked = questions_of(response.consultation_id, purposes=(QuestionPurpose.RESPONDENT, QuestionPurpose.BID))
    return {question.id: question.wording.text for question in asked}


def _paragraphs(response: Response) -> dict[Any, str]:
    """Those commented on, with the wording each comment is about, whatever the draft says now."""
    query = select(Answer.passage_id).join(ResponseVersion)
    said = session.scalars(query.where(ResponseVersion.response_id == response.id))
    return {
        one.id: f"Paragraph {one.number} of the draft, version {one.version}: “{first_words(one.text)}”"
        for one in passages_shown(response.consultation_id, said).values()
    }


def _versions(response: Response) -> list[ResponseVersion]:
    """The one that was never sent too: it is held like the others."""
    query = select(ResponseVersion).where(ResponseVersion.response_id == response.id)
    return list(session.scalars(query.order_by(ResponseVersion.number)))


def _version(version: ResponseVersion, wordings: dict[Any, str]) -> Json:
    query = (
        select(Answer)
        .where(Answer.response_version_id == version.id)
        .options(selectinload(Answer.choices).joinedload(AnswerChoice.option))
        .order_by(Answer.id)
    )
    return {
        "number": version.number,
        "sent_at": version.sent_at.isoformat() if version.sent_at else None,
        "answers": [_answer(answer, wordings) for answer in session.scalars(query)],
    }


def _answer(answer: Answer, wordings: dict[Any, str]) -> Json:
    letter = "Your letter" if answer.source is CommentSource.LETTER else "A paragraph of the draft"
    return {
        "question": wordings.get(answer.question_id or answer.passage_id, letter),
        "state": answer.state.value,
        "chosen": [
            f"{choice.option.label}: {choice.text}" if choice.text else choice.option.label
            for choice in answer.choices
        ],
        "text": answer.text,
    }


def _contributions(response: Response, wordings: dict[Any, str]) -> list[Json]:
    query = select(Contribution).where(Contribution.response_id == response.id).order_by(Contribution.id)
    return [
        {"contributor": row.contributor.name, "question": wordings.get(row.question_id), "text": row.text}
        for row in session.scalars(query)
    ]


def _themes(response: Response) -> list[Json]:
    """As published: nothing before there is a report."""
    return [
        {
            "about": comment.passage.title if comment.passage else comment.about,
            "text": comment.text,
            "themes": [
                {"theme": theme.label, "stances": [stance.value for stance in theme.stances]}
                for theme in comment.themes
            ],
        }
        for comment in outcome_of(response).comments
    ]
