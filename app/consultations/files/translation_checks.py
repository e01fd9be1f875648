"""Every translated text must be of something that is there: a slip in a key would leave it unread."""

import re
from collections.abc import Iterable

from app.consultations.files.format import ConsultationFile, OptionRow
from app.consultations.files.problems import Problems
from app.consultations.files.translated import QuestionWords, TranslationRow

LANGUAGE = re.compile("[a-z]{2,3}(-[A-Z]{2})?")  # as HTML says it: cy, en-GB


def check_translations(file: ConsultationFile, problems: Problems) -> None:
    for language, row in file.translations.items():
        if not LANGUAGE.fullmatch(language) or language == file.language:
            problems.add(f"{language} is no other language: use a code such as cy", line=row.line)
        _known(row, file, problems)
        for key, words in row.questions.items():
            _options(key, words, file, problems)


def _known(row: TranslationRow, file: ConsultationFile, problems: Problems) -> None:
    equality = file.equality.intro.options if file.equality else ()
    for what, given, there in (
        ("other way to reply", row.other_ways_to_reply, (way.key for way in file.other_ways_to_reply)),
        ("partner kind", row.partner_kinds, (kind.key for kind in file.partner_kinds)),
        ("section", row.sections, (section.key for section in file.sections)),
        ("passage", row.passages, (p.key for section in file.sections for p in section.passages)),
        ("scale", row.scales, file.scales),
        ("question", row.questions, (question.key for question in file.every_question())),
        ("option of the equality intro", row.equality.options, (option.key for option in equality)),
    ):
        _unknown(what, given, there, row.line, problems)
    for name, labels in row.scales.items():
        options: tuple[OptionRow, ...] = file.scales.get(name, ())
        _unknown(f"option of {name}", labels, (o.key for o in options), row.line, problems)


def _options(key: str, words: QuestionWords, file: ConsultationFile, problems: Problems) -> None:
    there = [o.key for question in file.every_question() if question.key == key for o in question.options]
    _unknown(f"option of {key}", words.options, there, words.line, problems)


def _unknown(
    what: str, given: Iterable[str], there: Iterable[str], line: int | None, problems: Problems
) -> None:
    known = set(there)
    for key in given:
        if key not in known:
            problems.add(f"translations: there is no {what} {key}", line=line)
