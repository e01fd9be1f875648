"""The job "agreement": two officers against each other, and the machine against the first on the same
comments, taught by all coded comments but those."""

import uuid
from typing import Any, Final

from app.database import session
from app.jobs.work import CannotBeDone, Work
from app.models import CheckSample
from app.themes.queries.check_samples import Decision, codes_of, decisions, frozen, samples_of
from app.themes.queries.run_inputs import read_inputs
from app.themes.services.engine import engine
from app.theming.check import Agreement, Coded, agreement
from app.theming.coding.matcher import code_comments

READING, MEASURING = "Reading the comments of the sample", "Measuring"
Decisions = dict[uuid.UUID, Decision]


def measure_agreement(work: Work) -> None:
    if work.consultation_id is None:
        raise CannotBeDone("The sample names no consultation.")
    sample_id = uuid.UUID(work.arguments["sample"])
    sample = next((one for one in samples_of(work.consultation_id) if one.id == sample_id), None)
    if sample is None:
        raise CannotBeDone("The sample is not there.")
    first = frozen(codes_of(work.consultation_id), sample)
    second = decisions(work.consultation_id, sample.comment_ids, layer=sample.layer)
    machine = _machine(work.consultation_id, set(sample.comment_ids))
    session.rollback()
    measured = {
        "human": _figures(agreement(_codes(first), _codes(second))),
        "machine": _figures(agreement(_codes(first), machine)),
        "stance": _stance(first, second),
    }
    with work.step(done=sample.size, total=sample.size, words=MEASURING):
        row = session.get_one(CheckSample, sample_id)
        row.figures = {**row.figures, "measured": measured}


def _machine(consultation_id: uuid.UUID, ids: set[uuid.UUID]) -> Coded:
    """What it would assign to these comments if it had never seen what officers made of them."""
    inputs = read_inputs(consultation_id)
    session.rollback()
    names = {one.given.id: one.id for one in inputs.comments}
    read = [one.given for one in inputs.comments if one.id in ids]
    taught = [one for one in inputs.coded if names[one.comment.id] not in ids]
    if not (read and inputs.themes):
        return {}
    encoder = engine(len(inputs.comments)).encoder
    found = code_comments(read, inputs.themes, coded=taught, encoder=encoder)
    return {
        str(names[comment.id]): {one.code for one in suggested.suggestions if one.assigned}
        for comment, suggested in zip(read, found, strict=True)
    }


def _codes(decided: Decisions) -> Coded:
    return {str(key): {code for code, _ in one.codes} for key, one in decided.items()}


def _stance(first: Decisions, second: Decisions) -> dict[str, int]:
    """Of the themes that both gave to a comment, on how many they agree how it stands to them."""
    both = same = 0
    for key in first.keys() & second.keys():
        one, other = first[key].codes, second[key].codes
        shared = {code for code, _ in one} & {code for code, _ in other}
        both += len(shared)
        same += sum(
            {stance for of, stance in one if of == code} == {stance for of, stance in other if of == code}
            for code in shared
        )
    return {"both": both, "same": same}


DIGITS: Final = 4


def _figures(found: Agreement) -> dict[str, Any]:
    return {
        "comments": found.comments,
        "f1": _short(found.f1),
        "low": _short(found.low),
        "high": _short(found.high),
        "alpha": _short(found.alpha),
        "themes": [
            {
                "code": one.code, "first": one.first, "second": one.second, "both": one.both,
                "kappa": _short(one.kappa), "f1": _short(one.f1),
            }
            for one in found.themes
        ],
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
