"""Drawing comments for a second coder, who sees neither the first's codes nor the machine's."""

import random
import secrets
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, exists, func

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.counting.behind import comment_is_decided
from app.counting.two_queries import comments_in_two_queries
from app.database import session
from app.models import MAIN_LAYER, CheckSample, Coding, Comment, Consultation, Disposition
from app.themes.queries.check_samples import FIRST, decisions
from app.themes.queries.frame import all_themes
from app.themes.refusals import NothingToSample
from app.themes.services.code_comment import officer_of

INTERVALS: Final = (5, 10, 15)  # points to either side, with 95% certainty
_WORST: Final = 1.96**2 * 0.25  # of a share, where it is a half
NO_SECTION: Final = "other"
By = dict[str, list[uuid.UUID]]


def size_for(interval: int, *, population: int) -> int:
    """How many comments give a share to within `interval` points, of so many that there are."""
    wanted = _WORST / (interval / 100) ** 2
    return min(population, max(1, round(wanted / (1 + (wanted - 1) / population)))) if population else 0


def may_be_drawn(consultation_id: uuid.UUID, *, second_coder_id: uuid.UUID) -> By:
    """Decided comments that the second coder has no part in, by question."""
    found: By = defaultdict(list)
    for query in _eligible(consultation_id, second_coder_id):
        for comment_id, question_id in session.execute(
            query.with_only_columns(Comment.id, Comment.question_id)
        ):
            found[_key(question_id)].append(comment_id)
    return dict(found)


def how_many_may_be_drawn(consultation_id: uuid.UUID, *, second_coder_id: uuid.UUID) -> dict[str, int]:
    found: Counter[str] = Counter()
    for query in _eligible(consultation_id, second_coder_id):
        counts = query.with_only_columns(Comment.question_id, func.count()).group_by(Comment.question_id)
        for question_id, count in session.execute(counts):
            found[_key(question_id)] += count
    return dict(found)


def _key(question_id: uuid.UUID | None) -> str:
    return str(question_id) if question_id else NO_SECTION


def draw_sample(
    consultation: Consultation,
    *,
    interval: int,
    questions: Sequence[str],
    second_coder_id: uuid.UUID,
    actor: Actor,
    now: datetime,
    seed: int | None = None,
) -> CheckSample:
    """`questions`: ids, or NO_SECTION; each gives its share. The same seed draws the same from the same
    comments. Raises NothingToSample."""
    by = may_be_drawn(consultation.id, second_coder_id=second_coder_id)
    chosen = {key: ids for key, ids in by.items() if key in questions}
    population = sum(len(ids) for ids in chosen.values())
    if not population:
        raise NothingToSample
    seed = secrets.randbelow(2**31) if seed is None else seed
    drawn = draw(chosen, size=size_for(interval, population=population), seed=seed)
    sample = CheckSample(
        consultation_id=consultation.id,
        layer=f"check-{uuid.uuid4().hex}",
        second_coder_id=second_coder_id,
        drawn_by_id=officer_of(actor),
        interval=interval,
        seed=seed,
        comment_ids=[str(one) for one in drawn],
        figures={FIRST: _first(consultation.id, drawn), "population": population},
    )
    session.add(sample)
    session.flush()
    record(
        "drew", actor=actor, now=now, subject="check_sample", subject_id=sample.id,
        consultation_id=consultation.id, details={"comments": len(drawn), "seed": seed, "interval": interval},
    )  # fmt: skip
    return sample


def draw(by: Mapping[str, Sequence[uuid.UUID]], *, size: int, seed: int) -> list[uuid.UUID]:
    """Each section by its share, the largest remainders first; then in an order that tells nothing."""
    drawn, total = random.Random(seed), sum(len(ids) for ids in by.values())  # noqa: S311  # no secret
    quotas = {key: size * len(ids) / total for key, ids in sorted(by.items())}
    numbers = {key: int(quota) for key, quota in quotas.items()}
    rest = sorted(quotas, key=lambda key: (numbers[key] - quotas[key], key))
    for key in rest[: size - sum(numbers.values())]:
        numbers[key] += 1
    found = [one for key, number in numbers.items() for one in drawn.sample(sorted(by[key]), number)]
    drawn.shuffle(found)
    return found


def _eligible(consultation_id: uuid.UUID, second_coder_id: uuid.UUID) -> list[Select[uuid.UUID]]:
    decided = comment_is_decided().where(Disposition.officer_id != second_coder_id)
    theirs = exists().where(and_(Coding.comment_id == Comment.id, Coding.officer_id == second_coder_id))
    return [query.where(decided, ~theirs) for query in comments_in_two_queries(consultation_id)]


def _first(consultation_id: uuid.UUID, drawn: Sequence[uuid.UUID]) -> dict[str, Any]:
    """As it is now: what is changed later, after the two have talked, must not better the figure."""
    ids = {theme.code: str(theme.id) for theme in all_themes(consultation_id)}
    return {
        str(key): {
            "codes": sorted([ids[code], stance.value] for code, stance in one.codes),
            "outcome": one.outcome.value,
        }
        for key, one in decisions(consultation_id, drawn, layer=MAIN_LAYER).items()
    }
