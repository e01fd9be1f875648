"""What the shape alone cannot say: that keys are unique and that every name points at something."""

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.consultations.files.format import ConsultationFile, QuestionRow, ScheduleRow
from app.consultations.files.problems import Problems
from app.consultations.files.translation_checks import check_translations
from app.enums import QuestionKind

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ONE_ANSWER = {QuestionKind.ONE_CHOICE, QuestionKind.SCALE}
OPTION_KINDS = {QuestionKind.ONE_CHOICE, QuestionKind.SEVERAL_CHOICES, QuestionKind.SCALE}
# Pages of the reply that are no part of the form: a section of the same name could not be opened.
TAKEN = {
    "start", "about-you", "publication", "letter", "check", "sent", "copy", "equality", "change", "withdraw",
    "outcome", "your-data", "leave", "print", "unsent",
}  # fmt: skip

MOST_WEEKS = 104


def check(file: ConsultationFile, *, problems: Problems) -> None:
    if not SLUG.fullmatch(file.slug):
        problems.add("slug may hold small letters, digits and single hyphens only", line=file.line)
    if file.reference_prefix is not None and not re.fullmatch("[A-Z]{2,4}", file.reference_prefix):
        problems.add("reference_prefix must be two to four capital letters", line=file.line)
    _schedule(file.schedule, problems)
    _date("document.dated", file.document.dated, file.document.line, problems)
    _unique("partner", file.partners, problems)
    _unique("section", file.sections, problems)
    _unique("passage", [p for s in file.sections for p in s.passages], problems)
    _unique("question", file.every_question(), problems)
    _partners(file, problems)
    _sections(file, problems)
    for question in file.every_question():
        _question(question, file, problems)
    _places(file, problems)
    check_translations(file, problems)
    for question in file.equality.questions if file.equality else ():
        if question.kind not in ONE_ANSWER:
            problems.add(
                f"{question.key} is about equality, so it must be of kind one_choice", line=question.line
            )


def _unique(what: str, rows: Iterable[Any], problems: Problems) -> None:
    seen: dict[str, int | None] = {}
    for row in rows:
        if row.key in seen:
            problems.add(f"the {what} {row.key} is here already, on line {seen[row.key]}", line=row.line)
        seen.setdefault(row.key, row.line)


def _date(name: str, given: str, line: int | None, problems: Problems) -> None:
    try:
        date.fromisoformat(given)
    except ValueError:
        problems.add(f'{name} must be a date such as "2026-12-01"', line=line)


def _schedule(row: ScheduleRow, problems: Problems) -> None:
    for days, on, name in (
        (row.opens_in_days, row.opens_on, "opens"),
        (row.closes_in_days, row.closes_on, "closes"),
    ):
        if (days is None) == (on is None):
            problems.add(f"schedule needs either {name}_in_days or {name}_on", line=row.line)
        if on is not None:
            _date(f"schedule.{name}_on", on, row.line, problems)
    for name, given in (("opens_at_time", row.opens_at_time), ("closes_at_time", row.closes_at_time)):
        try:
            time.fromisoformat(given)
        except ValueError:
            problems.add(f'schedule.{name} must be a time such as "23:59"', line=row.line)
    if row.report_within_weeks is not None and not 0 < row.report_within_weeks <= MOST_WEEKS:
        problems.add(f"schedule.report_within_weeks must be from 1 to {MOST_WEEKS}", line=row.line)
    try:
        ZoneInfo(row.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        problems.add(f"{row.timezone} is not a timezone", line=row.line)


def _partners(file: ConsultationFile, problems: Problems) -> None:
    kinds = {kind.key for kind in file.partner_kinds}
    for partner in file.partners:
        if partner.kind not in kinds:
            problems.add(f"there is no partner kind {partner.kind}", line=partner.line)


def _sections(file: ConsultationFile, problems: Problems) -> None:
    for section in file.sections:
        if not SLUG.fullmatch(section.key):
            problems.add(f"{section.key} may hold small letters, digits and hyphens only", line=section.line)
        if section.key in TAKEN:
            problems.add(f"{section.key} is the name of another page: choose another key", line=section.line)


def _question(question: QuestionRow, file: ConsultationFile, problems: Problems) -> None:
    line = question.line
    has_options, wants_options = bool(question.options), question.kind in OPTION_KINDS
    if has_options != wants_options:
        problems.add(f"{question.key} {'needs' if wants_options else 'takes no'} options", line=line)
    _unique("option", question.options, problems)
    if question.max_choices is not None and question.kind is not QuestionKind.SEVERAL_CHOICES:
        problems.add(f"max_choices of {question.key} is only for several_choices", line=line)
    if question.scale is not None and question.scale not in file.scales:
        problems.add(f"there is no scale {question.scale}", line=line)
    if question.if_unanswered is not None and question.if_unanswered not in {o.key for o in question.options}:
        problems.add(f"{question.key} has no option {question.if_unanswered}", line=line)
    if question.themed and question.kind is not QuestionKind.TEXT:
        problems.add(f"{question.key} is themed, so it must be of kind text", line=line)


def _places(file: ConsultationFile, problems: Problems) -> None:
    sections = {section.key for section in file.sections}
    questions = {question.key: question for question in file.every_question()}
    for question in file.respondent_questions:
        if question.page is None:
            problems.add(f"{question.key} needs a page", line=question.line)
    for question in file.questions:
        if question.section is None and not question.page_title:
            problems.add(f"{question.key} needs a section or a page_title", line=question.line)
        if question.section is not None and question.section not in sections:
            problems.add(f"there is no section {question.section}", line=question.line)
    for question in questions.values():
        _links(question, questions, problems)
    for net in file.frame.nets if file.frame else ():
        for key in set(net.sections) - sections:
            problems.add(f"there is no section {key}", line=net.line)
    if file.population and file.population.question not in questions:
        problems.add(f"there is no question {file.population.question}", line=file.population.line)


def _links(question: QuestionRow, questions: dict[str, QuestionRow], problems: Problems) -> None:
    for key in question.explains:
        if key not in questions or questions[key].kind is QuestionKind.TEXT:
            problems.add(f"{question.key} explains {key}: no such closed question", line=question.line)
    if (need := question.show_if) is not None:
        other = questions.get(need.question)
        if other is None or need.answer not in {option.key for option in other.options}:
            problems.add(f"show_if: {need.question} has no answer {need.answer}", line=question.line)
