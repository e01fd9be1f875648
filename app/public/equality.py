"""Which equality question comes when, for one respondent."""

from dataclasses import dataclass

from app.consultations.queries.equality import EqualityQuestion, equality_questions, that_apply
from app.public.here import Here
from app.rendering.words import page_language
from app.responses.queries.equality import GivenEquality, equality_given, has_given_equality
from app.responses.services.answer_equality import TAKES_ANSWERS

FIRST_VERSION = 1


@dataclass(frozen=True)
class EqualityPages:
    here: Here
    questions: tuple[EqualityQuestion, ...]
    given: dict[str, GivenEquality]

    @property
    def asked(self) -> list[EqualityQuestion]:
        return that_apply(self.questions, {key: answer.option for key, answer in self.given.items()})

    def find(self, number: int) -> EqualityQuestion | None:
        """None where there is no such question, or an answer before it leaves it out."""
        return next((question for question in self.asked if question.number == number), None)

    def after(self, number: int) -> str:
        """The address of the next one; the last leads to the confirmation."""
        later = next((question for question in self.asked if question.number > number), None)
        return question_address(self.here, later.number) if later else self.here.url("sent")

    def before(self, number: int) -> str:
        earlier = [question for question in self.asked if question.number < number]
        return question_address(self.here, earlier[-1].number) if earlier else self.here.url("equality")


def equality_pages(here: Here) -> EqualityPages:
    questions = equality_questions(here.consultation, here.reply.response.kind, language=page_language())
    return EqualityPages(here, questions, equality_given(here.reply.response.id))


def asks_equality(here: Here) -> bool:
    takes = here.consultation.stage in TAKES_ANSWERS
    return takes and bool(equality_questions(here.consultation, here.reply.response.kind))


def has_answered(here: Here) -> bool:
    return has_given_equality(here.reply.response.id)


def page_after_sending(here: Here, *, was_draft: bool) -> str:
    """The equality questions after the first sending, once; a changed response does not ask them again.

    What was a draft a moment ago has no answers to them, and is not looked up.
    """
    first = here.reply.version.number == FIRST_VERSION
    asks = first and asks_equality(here) and (was_draft or not has_answered(here))
    return here.url("equality" if asks else "sent")


def question_address(here: Here, number: int) -> str:
    return here.url("equality_question", number=number)
