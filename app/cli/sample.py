"""The sample whole: consultation, responses, coding frame, and the codes that were given by hand."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup

from app.accounts.actor import SYSTEM, officer
from app.accounts.services.add_officer import example_officer
from app.cli.files import readable, refusals
from app.consultations.files.problems import Problem, RefusedFile
from app.consultations.files.read import consultation_document, read_text
from app.consultations.queries.find import consultation_by_slug
from app.consultations.queries.questions import questions_of
from app.consultations.services.load import load_consultation
from app.database import transaction
from app.enums import Stage
from app.models import Consultation
from app.responses.files.answers import COMMENTS
from app.responses.files.rows import ResponseRow, read_rows
from app.responses.services.load import load_responses, plain_fields
from app.themes.refusals import FrameRefused
from app.themes.services.load_codings import GivenCode, GivenCodes, load_codings
from app.themes.services.load_frame import load_frame, load_handling_codes
from app.themes.services.start_run import start_run
from app.web.clock import now

SAMPLE = Path(__file__).parents[2] / "sample" / "consultation.yaml"
CODED_RESPONDENTS = 150  # those who sent first; the others are left for the visitor to try

sample = AppGroup("sample", help="The example consultation.")


@sample.command("load")
@click.argument("file", type=readable, default=SAMPLE)
def load(file: Path) -> None:
    """Load the example consultation with its responses, coding frame and codes, and start a theming run.

    Once: again adds nothing.
    """
    with refusals(file), transaction():
        document = consultation_document(file)
        if consultation_by_slug(str(document.get("slug"))) is not None:
            click.echo("The sample is here already.")
            return
        consultation = load_consultation(document, actor=SYSTEM, now=now(), stage=Stage.OPEN, is_sample=True)
        rows = _rows(consultation, file.parent)
        responses = _responses(consultation, rows, file.parent)
        with _as_refused_file():
            codings = _coding(consultation, rows, file.parent)
        start_run(consultation, actor=SYSTEM, now=now())
        slug = consultation.slug
    click.echo(f"Loaded {responses} responses and {codings} codings: /c/{slug}")


def _responses(consultation: Consultation, rows: list[ResponseRow], folder: Path) -> int:
    facts = consultation.settings["sample"]
    loaded = load_responses(
        consultation,
        text=read_text(folder / facts["file"]),
        file_name=facts["file"],
        actor=SYSTEM,
        now=now(),
        move_days=_days_to_move(rows, consultation, facts["last_response_in_days"]),
    )
    return loaded.responses


def _days_to_move(rows: list[ResponseRow], consultation: Consultation, last_in_days: int) -> int:
    """All by the same whole number of days, so that the last response falls on the day asked for."""
    today = now().astimezone(ZoneInfo(consultation.timezone)).date()
    return (today + timedelta(days=last_in_days) - max(row.submitted for row in rows).date()).days


def _coding(consultation: Consultation, rows: list[ResponseRow], folder: Path) -> int:
    frame = consultation.settings["frame"]
    load_frame(_table(folder / frame["file"]), consultation=consultation, actor=SYSTEM, now=now())
    load_handling_codes(_table(folder / frame["handling_file"]), consultation=consultation)
    by_field = {q.response_field: q.key for q in questions_of(consultation.id)}
    first = sorted(rows, key=lambda row: (row.submitted, row.line))[:CODED_RESPONDENTS]
    given = [
        GivenCodes(
            response=row.key,
            question=by_field[COMMENTS + comment.question],
            codes=[GivenCode(code.theme, code.stance, code.quote) for code in comment.codes],
            handling=comment.handling,
            line=row.line,
        )
        for row in first
        for comment in row.comments
    ]
    actor = officer(example_officer(now=now()).id)
    return load_codings(given, consultation=consultation, actor=actor, now=now()).codings


def _table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(read_text(file).splitlines()))


def _rows(consultation: Consultation, folder: Path) -> list[ResponseRow]:
    file = folder / consultation.settings["sample"]["file"]
    return read_rows(read_text(file), plain_fields=plain_fields(questions_of(consultation.id)))


@contextmanager
def _as_refused_file() -> Iterator[None]:
    try:
        yield
    except FrameRefused as refused:
        raise RefusedFile([Problem(None, problem) for problem in refused.problems]) from refused
