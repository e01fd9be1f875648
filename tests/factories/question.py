from typing import Any

from app.database import session
from app.enums import AnswerState, CommentSource, QuestionKind, QuestionPurpose
from app.models import (
    Answer,
    AnswerChoice,
    Consultation,
    Option,
    Question,
    QuestionVersion,
    Response,
    Section,
)

AGREEMENT = (
    ("strongly_agree", "Strongly agree", 2),
    ("agree", "Agree", 1),
    ("neither", "Neither agree nor disagree", 0),
    ("disagree", "Disagree", -1),
    ("strongly_disagree", "Strongly disagree", -2),
    ("dont_know", "Don't know", None),
)


def a_question(consultation: Consultation, key: str = "place_text", **given: Any) -> Question:
    """A themed text question about the bid; `text` and the other fields of its wording may be given too."""
    wording: dict[str, Any] = {
        name: given.pop(name) for name in ("text", "max_choices", "seen_by") if name in given
    }
    columns: dict[str, Any] = {
        "consultation_id": consultation.id,
        "key": key,
        "purpose": QuestionPurpose.BID,
        "kind": QuestionKind.TEXT,
        "part": key,
        "position": 1,
        **given,
    }
    columns.setdefault("themed", columns["kind"] is QuestionKind.TEXT)
    question = Question(**columns)
    session.add(question)
    session.flush()
    wording.setdefault("text", f"What of {key.replace('_', ' ')}?")
    version = QuestionVersion(question_id=question.id, **wording)
    session.add(version)
    session.flush()
    question.current_version_id = version.id
    session.flush()
    return question


def a_closed_question(
    consultation: Consultation, key: str = "place", *, options: Any = AGREEMENT, **given: Any
) -> Question:
    """A scale of agreement unless other options are given: (key, label, scale position)."""
    question = a_question(consultation, key, **{"kind": QuestionKind.SCALE, **given})
    for position, (option, label, on_scale) in enumerate(options):
        session.add(
            Option(
                question_id=question.id, key=option, label=label, position=position, scale_position=on_scale
            )
        )
    session.flush()
    session.refresh(question)
    return question


def an_answer(response: Response, question: Question, *chosen: str, **given: Any) -> Answer:
    """What the current version of the response chooses: the keys of options."""
    state = AnswerState.DONT_KNOW if chosen == ("dont_know",) else AnswerState.ANSWERED
    columns: dict[str, Any] = {
        "response_version_id": response.current_version_id,
        "source": CommentSource.QUESTION,
        "question_id": question.id,
        "state": state if chosen else AnswerState.NONE,
    }
    answer = Answer(**{**columns, **given})
    options = {option.key: option for option in question.options}
    answer.choices = [AnswerChoice(option_id=options[key].id) for key in chosen]
    session.add(answer)
    session.flush()
    return answer


def a_section(consultation: Consultation, key: str = "place", **given: Any) -> Section:
    columns: dict[str, Any] = {
        "consultation_id": consultation.id,
        "key": key,
        "number": "6",
        "title": "Our place",
        "position": 1,
        "nets": ["Our place"],
    }
    section = Section(**{**columns, **given})
    session.add(section)
    session.flush()
    return section
