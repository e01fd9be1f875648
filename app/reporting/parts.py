"""The parts of the report: the draft's sections in order, then the questions that stand on their own."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.counting.comments import CommentProgress
from app.counting.questions import ClosedQuestionCount, OptionCount
from app.counting.standing import Standing
from app.counting.themes import ThemeCount
from app.enums import AnswerState, QuestionKind
from app.models import Question
from app.reporting.document import Choice, Closed, Number, Part, Progress, Raised, Row
from app.reporting.queries.gather import Gathered
from app.reporting.words import quantity
from app.responses.facts import DONT_KNOW

FILLS = {2: "strongly_agree", 1: "agree", 0: "neither", -1: "disagree", -2: "strongly_disagree"}
MOST_THEMES_OF_A_QUESTION = 10


def parts_of(found: Gathered) -> list[Part]:
    """Without their quotations."""
    parts = [_of_section(found, section) for section in _sections(found)]
    parts += [_of_question(found, title) for title in _titles(found)]
    rest = _raised(_without_section(found), found.people.read)
    if rest:
        parts.append(_part(found, "other", "", "Other themes", rest, found.people.read))
    return parts


def leading(found: Gathered, *, most: int = 5) -> tuple[Raised, ...]:
    """What most people raised, wherever they did."""
    return _raised((row for row in found.themes if not row.is_net), found.people.read)[:most]


def themes_of_sections(found: Gathered) -> dict[str, list[ThemeCount]]:
    """By the section's key, raised or not."""
    return {
        section.key: [row for row in found.themes if row.net in section.nets] for section in _sections(found)
    }


@dataclass(frozen=True)
class _Section:
    key: str
    number: str
    title: str
    id: uuid.UUID
    nets: frozenset[str]  # codes


def _sections(found: Gathered) -> list[_Section]:
    """A net that two sections claim stands in the first."""
    codes = {row.label: row.code for row in found.themes if row.is_net}
    taken: set[str] = set()
    sections = []
    for section in found.sections:
        nets = frozenset(codes[label] for label in section.nets if label in codes) - taken
        taken |= nets
        sections.append(_Section(section.key, section.number, section.title, section.id, nets))
    return sections


def _of_section(found: Gathered, section: _Section) -> Part:
    raised = _raised((row for row in found.themes if row.net in section.nets), found.people.read)
    asked = [question for question in found.text_questions if question.section_id == section.id]
    closed = [question for question in found.closed if question.section_id == section.id]
    part = _part(
        found,
        section.key,
        section.number,
        section.title,
        raised,
        found.people.read,
        asked=asked,
        closed=closed,
    )
    paragraphs = found.progress_on_paragraphs.get(section.id, CommentProgress(0, 0))
    so_far = part.progress
    return replace(
        part,
        progress=Progress(so_far.comments + paragraphs.comments, so_far.decided + paragraphs.decided),
    )


def _titles(found: Gathered) -> list[str]:
    alone = [(q.position, q.part_title) for q in found.text_questions if q.section_id is None]
    alone += [(q.position, q.part_title) for q in found.closed if q.section_id is None]
    return list(dict.fromkeys(title for _, title in sorted(alone)))


def _of_question(found: Gathered, title: str) -> Part:
    asked = [q for q in found.text_questions if q.section_id is None and q.part_title == title]
    closed = [q for q in found.closed if q.section_id is None and q.part_title == title]
    rows, base = _raised_in(found, asked[0].key) if asked else ((), 0)
    key = (asked or closed)[0].key
    return _part(found, key, "", title, rows, base, asked=asked, closed=closed, here=True)


def _raised_in(found: Gathered, key: str) -> tuple[tuple[Raised, ...], int]:
    base = found.by_question[key].people.read if key in found.by_question else 0
    rows = (row for row in found.themes_by_question.get(key, []) if not row.is_net)
    return _raised(rows, base, question=key)[:MOST_THEMES_OF_A_QUESTION], base


def _without_section(found: Gathered) -> Iterable[ThemeCount]:
    placed = {net for section in _sections(found) for net in section.nets}
    return (row for row in found.themes if not row.is_net and row.net not in placed)


def _part(
    found: Gathered,
    key: str,
    number: str,
    title: str,
    themes: tuple[Raised, ...],
    base: int,
    *,
    asked: Sequence[Question] = (),
    closed: Sequence[ClosedQuestionCount] = (),
    here: bool = False,
) -> Part:
    people: dict[str, str] = (
        {"decided": "1", "question": asked[0].key} if here and asked else {"decided": "1"}
    )
    progress = [found.by_question[q.key].progress for q in asked if q.key in found.by_question]
    return Part(
        key=key,
        number=number,
        title=title,
        closed=tuple(_closed(question) for question in closed),
        themes=themes,
        theme_base=Number(base, opens="responses", filters=people) if base else Number(0),
        themes_here=here,
        progress=Progress(sum(one.comments for one in progress), sum(one.decided for one in progress)),
        quotes=(),
    )


def _raised(rows: Iterable[ThemeCount], base: int, *, question: str | None = None) -> tuple[Raised, ...]:
    """Those that someone raised, the most often raised first."""
    raised = [row for row in rows if row.respondents]
    raised.sort(key=lambda row: (-row.respondents, -row.comments, row.code))
    return tuple(_theme(row, base, {"question": question} if question else {}) for row in raised)


def _theme(row: ThemeCount, base: int, narrowed: dict[str, str]) -> Raised:
    filters = {"theme": row.code, **narrowed}
    return Raised(
        code=row.code,
        label=row.label,
        words=quantity(row.respondents, base),
        respondents=Number(row.respondents, opens="responses", filters=filters),
        comments=Number(row.comments, opens="comments", filters=filters),
        stances={
            stance: Number(count, opens="comments", filters={**filters, "stance": stance})
            for stance, count in row.stances.items()
        },
        without_campaigns=Number(
            row.respondents_without_campaigns, opens="responses", filters={**filters, "campaign": "0"}
        ),
    )


def _closed(question: ClosedQuestionCount) -> Closed:
    scale = question.kind is QuestionKind.SCALE and all(
        option.key == DONT_KNOW or option.scale_position in FILLS for option in question.options
    )
    return Closed(
        key=question.key,
        number=question.number,
        text=question.text,
        scale=scale,
        several=question.kind is QuestionKind.SEVERAL_CHOICES,
        max_choices=question.max_choices,
        answered=question.answered,
        base=base_of(question),
        choices=tuple(_choice(question, option, scale=scale) for option in question.options),
    )


def _choice(question: ClosedQuestionCount, option: OptionCount, *, scale: bool) -> Choice:
    filters = {"status": Standing.INCLUDED.value, "option": f"{question.key}:{option.key}"}
    number = Number(option.count, opens="responses", filters=filters)
    if not scale:
        return Choice(option.label, number)
    fill = "dont_know" if option.key == DONT_KNOW else FILLS[option.scale_position or 0]
    return Choice(option.label, number, fill, "DK" if option.key == DONT_KNOW else _letters(option))


def _letters(option: OptionCount) -> str:
    """SA for "Strongly agree"; the middle has one letter however many words it has."""
    words = option.label.split()
    return "".join(word[0].upper() for word in (words[:1] if option.scale_position == 0 else words[:2]))


def base_of(question: ClosedQuestionCount) -> tuple[Row, ...]:
    """412 people answered; 31 don't know; 28 letters were not asked"""
    one_of = question.not_asked == 1
    letters = ("letter " if one_of else "letters ") if question.for_all else ""
    answered = "person answered" if question.answered == 1 else "people answered"
    rows = [_base(question, AnswerState.ANSWERED, question.answered, answered)]
    if any(option.key == DONT_KNOW for option in question.options):
        rows.append(_base(question, AnswerState.DONT_KNOW, question.dont_know, "don't know"))
    if question.not_asked:
        said = f"{letters}{'was' if one_of else 'were'} not asked"
        rows.append(_base(question, AnswerState.NOT_ASKED, question.not_asked, said))
    if question.no_answer:
        rows.append(_base(question, AnswerState.NONE, question.no_answer, "gave no answer"))
    return tuple(rows)


def _base(question: ClosedQuestionCount, how: AnswerState, count: int, said: str) -> Row:
    filters = {"status": Standing.INCLUDED.value, "answered": f"{question.key}:{how.value}"}
    return Row(said, Number(count, opens="responses", filters=filters))
