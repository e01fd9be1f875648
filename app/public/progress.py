"""How far a reply has got: the lines of its task list."""

from dataclasses import dataclass

from app.consultations.languages import in_language_of
from app.consultations.queries.parts import ABOUT_YOU, PUBLICATION, Part
from app.enums import PartState
from app.public.here import Here
from app.rendering.words import later
from app.responses.services.save_part import LETTER

STATES = {
    PartState.NOT_STARTED: later("Not started"),
    PartState.IN_PROGRESS: later("In progress"),
    PartState.COMPLETED: later("Completed"),
    PartState.SKIPPED: later("Skipped"),
    PartState.NO_COMMENT: later("No comment"),
}
KINDS = {PartState.COMPLETED: "done", PartState.IN_PROGRESS: "now"}
UNFINISHED = (PartState.NOT_STARTED, PartState.IN_PROGRESS)
LETTER_PART = Part(key=LETTER, number="", title=later("Your letter"), section_key=None, questions=())


@dataclass(frozen=True)
class Task:
    title: str
    href: str
    status: str
    answered: bool
    key: str
    kind: str  # of its status, as the list shows it: done, now or plain
    finished: bool


@dataclass(frozen=True)
class TaskList:
    """`more` are the parts that a letter may leave out altogether."""

    tasks: tuple[Task, ...]
    more: tuple[Task, ...]

    @property
    def answered(self) -> int:
        return sum(task.answered for task in self.tasks)


def parts_in_order(here: Here) -> list[Part]:
    """A letter stands where the questions do; they follow it for whoever wants to answer them as well."""
    if not here.reply.response.is_letter:
        return here.parts
    about = [part for part in here.parts if part.key == ABOUT_YOU]
    last = [part for part in here.parts if part.key == PUBLICATION]
    return [*about, LETTER_PART, *last]


def task_list(here: Here) -> TaskList:
    first = parts_in_order(here)
    keys = {part.key for part in first}
    rest = [part for part in here.parts if part.key not in keys]
    return TaskList(tuple(_task(part, here) for part in first), tuple(_task(part, here) for part in rest))


def next_after(here: Here, key: str) -> str:
    """The address of the page after this one; the last leads to the check."""
    order = parts_in_order(here)
    if key == LETTER and not here.reply.response.is_letter:  # changed on another device meanwhile
        return here.url("reply")
    if key not in {part.key for part in order}:
        order = [part for part in here.parts if part.key not in (ABOUT_YOU, PUBLICATION)]
        if key == order[-1].key:
            return here.url("reply")
    at = next(place for place, part in enumerate(order) if part.key == key)
    return address(here, order[at + 1]) if at + 1 < len(order) else here.url("check")


def address(here: Here, part: Part) -> str:
    return here.url("letter") if part.key == LETTER else here.url("part", part_key=part.key)


def is_answered(part: Part, here: Here) -> bool:
    if part.key == LETTER:
        return here.given.letter.is_there
    on_passages = any(one.section_key == part.section_key for one in here.passages.values())
    return on_passages or any(here.given.to(question.id).is_there for question in part.questions)


def state_of(part: Part, here: Here) -> PartState:
    return PartState(here.reply.version.parts.get(part.key, PartState.NOT_STARTED))


def numbered(part: Part) -> str:
    """Its title with its number, which knows its language as the title does."""
    if not part.number:
        return part.title
    return in_language_of(part.title, f"{part.number} {part.title}")


def _task(part: Part, here: Here) -> Task:
    state = state_of(part, here)
    return Task(
        title=numbered(part),
        href=address(here, part),
        status=STATES[state],
        answered=is_answered(part, here),
        key=part.key,
        kind=KINDS.get(state, "plain"),
        finished=state not in UNFINISHED,
    )
