"""Where the two coders of a sample decided differently, of all samples in so many queries."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from app.database import session
from app.models import CheckSettlement
from app.themes.queries.check_samples import (
    Decision,
    Sample,
    codes_of,
    decisions_in,
    frozen,
    present,
    samples_of,
)


@dataclass(frozen=True)
class Difference:
    sample: Sample
    comment_id: uuid.UUID
    first: Decision
    second: Decision


def differences(consultation_id: uuid.UUID) -> list[Difference]:
    """Of finished samples, those that nobody has settled: the oldest sample first."""
    finished = [one for one in reversed(samples_of(consultation_id)) if one.finished_at]
    if not finished:
        return []
    codes, settled = codes_of(consultation_id), _settled(finished)
    ids = sorted({key for one in finished for key in one.comment_ids})
    there = present(consultation_id, ids)
    second = decisions_in(codes, ids, layers=[one.layer for one in finished])
    found: list[Difference] = []
    for sample in finished:
        first, other = frozen(codes, sample), second[sample.layer]
        found += [
            Difference(sample, key, first[key], other[key])
            for key in sample.comment_ids
            if key in there and key in first and key in other and (sample.id, key) not in settled
            if _differ(first[key], other[key])
        ]
    return found


def _settled(samples: list[Sample]) -> set[tuple[uuid.UUID, uuid.UUID]]:
    query = select(CheckSettlement.sample_id, CheckSettlement.comment_id).where(
        CheckSettlement.sample_id.in_([one.id for one in samples])
    )
    return {(sample_id, comment_id) for sample_id, comment_id in session.execute(query)}


def _differ(one: Decision, other: Decision) -> bool:
    return one.codes != other.codes or (not one.codes and one.outcome is not other.outcome)
