"""How many keys it takes to code the sample on the reading screen, with suggestions and without, as JSON.

    .venv/bin/python benchmarks/coding.py [--comments 676] [--untaught]

Each comment is opened and saved on the real pages with the codes that were given by hand. What is suggested
for it comes from weights that were trained on other consultations, stances and coded examples from the other
four fifths of the respondents; with --untaught from the other consultations and the frame alone. Nothing of a
respondent has a part in what is suggested for them.

The model of keys: with suggestions one for a code among the nine that are numbered, one for a stance that is
not the proposed one (two for a second stance of the same theme), one to go on. A code that is not there, and
each code without suggestions: "/", the shortest beginning of the label that no other has, Enter and a stance.
A comment without a theme takes one key where no point is made, three otherwise. One second a key; reading at
240 words a minute.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bs4 import BeautifulSoup, Tag  # noqa: E402
from flask.testing import FlaskClient  # noqa: E402
from sqlalchemy import delete, func, select  # noqa: E402

from app.cli import sample  # noqa: E402
from app.clock import SystemClock  # noqa: E402
from app.database import session, transaction  # noqa: E402
from app.enums import DispositionValue, Role  # noqa: E402
from app.factory import create_app  # noqa: E402
from app.models import Coding, CodingQuote, Comment, Consultation, Disposition, Reading, Theme  # noqa: E402
from app.themes.queries.run_inputs import RunInputs, read_inputs  # noqa: E402
from app.themes.services.order_reading import reading_order, write_order  # noqa: E402
from app.themes.services.store_run import store_suggestions  # noqa: E402
from app.theming.chosen_encoder import default_encoder  # noqa: E402
from app.theming.coding.matcher import code_comments  # noqa: E402
from app.theming.coding.weights import read_weights  # noqa: E402
from app.theming.comments import CodedComment  # noqa: E402
from app.theming.stance_training import train_stance  # noqa: E402
from tests.factories.coding import a_run  # noqa: E402
from tests.factories.officer import a_role, an_officer  # noqa: E402
from tests.support.databases import fresh_sqlite  # noqa: E402
from tests.support.settings import settings_for  # noqa: E402
from tests.support.sign_in import sign_in  # noqa: E402

FOLDS: Final = 5
FIRST: Final = 5
WORDS_A_SECOND: Final = 240 / 60
ELSEWHERE: Final = ROOT / "app" / "theming" / "weights" / "elsewhere.json"
Pair = tuple[str, str]  # code, stance


@dataclass(frozen=True)
class Gold:
    """What was decided by hand about one comment: its codes with their stances, or an outcome."""

    id: UUID
    words: int
    codes: tuple[Pair, ...]
    outcome: DispositionValue | None


@dataclass(frozen=True)
class Effort:
    gold: Gold
    with_suggestions: int
    without: int
    all_first: bool


def gold_of(consultation_id: UUID) -> list[Gold]:
    codings: dict[UUID, set[Pair]] = {}
    query = (
        select(Coding.comment_id, Theme.code, Coding.stance)
        .join(Theme, Theme.id == Coding.theme_id)
        .where(Theme.consultation_id == consultation_id)
    )
    for comment_id, code, stance in session.execute(query):
        codings.setdefault(comment_id, set()).add((code, stance.value))
    decided = {row.comment_id: row.value for row in session.scalars(select(Disposition))}
    comments = session.scalars(select(Comment).where(Comment.consultation_id == consultation_id))
    return [
        Gold(
            one.id,
            one.word_count,
            tuple(sorted(codings.get(one.id, ()))),
            None if one.id in codings else decided[one.id],
        )
        for one in sorted(comments, key=lambda one: one.id)
        if one.id in decided
    ]


def suggest(inputs: RunInputs, run_id: UUID, *, untaught: bool) -> None:
    """For each fifth of the respondents by what the others' codes teach."""
    encoder, weights = default_encoder(), read_weights(ELSEWHERE)
    coded = {one.comment.id: one for one in inputs.coded}
    people = sorted({key.split(".")[0] for key in coded})
    fold = {person: number % FOLDS for number, person in enumerate(people)}
    for number in range(FOLDS):
        mine, others = _parts(coded.values(), fold, number)
        taught = replace(weights, stance=train_stance(others, inputs.themes, encoder))
        found = code_comments(
            [one.comment for one in mine],
            inputs.themes,
            coded=() if untaught else others,
            weights=weights if untaught else taught,
            encoder=encoder,
        )
        with transaction():
            store_suggestions(found, run_id=run_id, inputs=inputs)
        print(f"fold {number + 1} of {FOLDS}", file=sys.stderr, flush=True)


def _parts(
    coded: Iterable[CodedComment], fold: dict[str, int], number: int
) -> tuple[list[CodedComment], list[CodedComment]]:
    listed = list(coded)
    mine = [one for one in listed if fold[one.comment.id.split(".")[0]] == number]
    return mine, [one for one in listed if fold[one.comment.id.split(".")[0]] != number]


def undo_by_hand(consultation_id: UUID) -> None:
    """The comments as they are before anyone has read one."""
    here = select(Comment.id).where(Comment.consultation_id == consultation_id)
    codings = select(Coding.id).where(Coding.comment_id.in_(here))
    session.execute(delete(CodingQuote).where(CodingQuote.coding_id.in_(codings)))
    for table in (Coding, Disposition, Reading):
        session.execute(delete(table).where(table.comment_id.in_(here)))


def prefixes(labels: Sequence[str]) -> dict[str, int]:
    """How many characters of each label no other label begins with; all of it where there are none."""
    lowered = [label.lower() for label in labels]
    return {
        label: next(
            (
                length
                for length in range(1, len(label))
                if sum(other.startswith(label.lower()[:length]) for other in lowered) == 1
            ),
            len(label),
        )
        for label in labels
    }


def code_on_the_page(client: FlaskClient, address: str, gold: Gold, typing: dict[str, int]) -> Effort:
    """Opens the comment, reads what is offered, and saves the codes that were given by hand."""
    form = BeautifulSoup(client.get(address).text, "html.parser").select_one("#reading")
    assert form is not None, address  # noqa: S101  # a benchmark of failures is none
    offered = {str(one["data-code"]): str(one["data-stance"]) for one in form.select("li[data-code]")}
    first = set(list(offered)[:FIRST])
    answer = client.post(address, data={**hidden(form), **filled(gold), "do": "save"})
    assert answer.status_code == 303, (address, answer.status_code)  # noqa: S101
    found = keys(gold, offered, typing)
    codes = {code for code, _ in gold.codes}
    return Effort(gold, found, keys(gold, {}, typing), bool(codes) and codes <= first)


def hidden(form: Tag) -> dict[str, Any]:
    return {
        name: str(one["value"])
        for name in ("csrf_token", "stood")
        for one in form.select(f"input[name={name}]")
    }


def filled(gold: Gold) -> dict[str, Any]:
    sent: dict[str, Any] = {"outcome": gold.outcome.value if gold.outcome else "", "slot": []}
    for number, (code, stance) in enumerate(gold.codes, start=1):
        sent["slot"].append(f"{code}~{number}")
        sent[f"stance-{code}~{number}"] = stance
    return sent


def keys(gold: Gold, offered: dict[str, str], typing: dict[str, int]) -> int:
    if gold.outcome is not None:
        return 1 if gold.outcome is DispositionValue.NO_POINT else 3
    pressed, seen = 1, set()  # one to go on
    for code, stance in sorted(gold.codes, key=lambda pair: offered.get(pair[0]) != pair[1]):
        if code in offered and code in seen:
            pressed += 2
        elif code in offered:
            pressed += 1 + (offered[code] != stance)
        else:
            pressed += 1 + typing[code] + 1 + 1
        seen.add(code)
    return pressed


def figures(efforts: Sequence[Effort], pressed: Sequence[int]) -> dict[str, float]:
    reading = sum(one.gold.words for one in efforts) / WORDS_A_SECOND
    count = len(efforts)
    return {
        "keys_a_comment": round(sum(pressed) / count, 2),
        "deciding_seconds_a_comment": round(sum(pressed) / count, 2),
        "reading_seconds_a_comment": round(reading / count, 2),
        "comments_an_hour": round(3600 * count / (reading + sum(pressed))),
    }


def measure(comments: int, *, untaught: bool) -> dict[str, Any]:
    sample.CODED_RESPONDENTS = 10**6  # all that was coded by hand
    with tempfile.TemporaryDirectory() as folder, fresh_sqlite(Path(folder)) as url:
        app = create_app(settings_for(url, Path(folder)), clock=SystemClock())
        said = app.test_cli_runner().invoke(args=["sample", "load"]).output
        assert "Loaded" in said, said  # noqa: S101
        with transaction():
            here = session.scalars(select(Consultation)).one()
            inputs, gold = read_inputs(here.id), gold_of(here.id)[:comments]
            run = a_run(here, number=99)
            undo_by_hand(here.id)
            officer = an_officer()
            a_role(officer, Role.ANALYST, consultation=here)
            slug, here_id, run_id = here.slug, here.id, run.id
        suggest(inputs, run_id, untaught=untaught)
        with transaction():
            write_order(run_id, reading_order(run_id))
        client = app.test_client()
        sign_in(client, officer, at=SystemClock().now())
        labels = {one.code: one.label for one in inputs.themes}
        typing = {code: prefixes(list(labels.values()))[label] for code, label in labels.items()}
        address = f"/officer/c/{slug}/code/oldest"
        efforts = [code_on_the_page(client, f"{address}/{one.id}", one, typing) for one in gold]
        after = {one.id: (one.codes, one.outcome) for one in gold_of(here_id)}
        same = sum(after.get(one.id) == (one.codes, one.outcome) for one in gold)
        codings = session.scalar(select(func.count(Coding.id))) or 0
        session.remove()
        app.extensions["engine"].dispose()
    return report(efforts, same=same, codings=codings, untaught=untaught)


def report(efforts: Sequence[Effort], *, same: int, codings: int, untaught: bool) -> dict[str, Any]:
    themed = [one for one in efforts if one.gold.codes]
    helped = figures(efforts, [one.with_suggestions for one in efforts])
    alone = figures(efforts, [one.without for one in efforts])
    return {
        "what": "coding the sample by its codes on the reading screen",
        "suggestions": "other consultations and the frame" if untaught else "and four fifths of the sample",
        "comments": len(efforts),
        "comments_with_themes": len(themed),
        "codings": codings,
        "saved_as_given": same,
        "with_suggestions": helped,
        "without_suggestions": alone,
        "keys_ratio": round(helped["keys_a_comment"] / alone["keys_a_comment"], 3),
        "all_codes_among_the_first_five": round(sum(one.all_first for one in themed) / len(themed), 4),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--comments", type=int, default=10**6)
    arguments.add_argument("--untaught", action="store_true")
    chosen = arguments.parse_args()
    print(json.dumps(measure(chosen.comments, untaught=chosen.untaught)))


if __name__ == "__main__":
    main()
