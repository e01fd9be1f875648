"""A second reading of the sample, made up from the first, for the picture of an agreement."""

import random
from datetime import UTC, datetime

from app.accounts.actor import Actor, officer
from app.accounts.queries.officers import officer_by_email
from app.accounts.services.add_officer import add_officer
from app.accounts.services.change_roles import change_roles
from app.consultations.queries.find import consultation_by_slug
from app.database import connect, transaction
from app.enums import DispositionValue, Role
from app.models import Consultation
from app.models.coding import MAIN_LAYER
from app.themes.queries.check_samples import Decision, Sample, decisions, samples_of
from app.themes.queries.frame import all_themes
from app.themes.services.code_comment import add_coding, set_disposition
from app.themes.services.draw_sample import draw_sample, may_be_drawn
from app.themes.services.finish_sample import finish_sample

FIRST_OFFICER = "first.officer@example.org"
OVERLOOKED = 0.15  # of the first reader's codes
SEED = 11


def read_a_second_time(database_url: str, slug: str) -> None:
    """The worker measures it afterwards."""
    engine, now = connect(database_url), datetime.now(UTC)
    with transaction():
        here, first = consultation_by_slug(slug), officer_by_email(FIRST_OFFICER)
        if here is None or first is None:
            raise RuntimeError("Load the sample and make the first officer before.")
        second = add_officer(
            "second.reader@example.org", name="Second reader", actor=officer(first.id), now=now
        )
        change_roles(
            second.id, consultation_id=here.id, roles={Role.ANALYST}, actor=officer(first.id), now=now
        )
        draw_sample(
            here,
            interval=10,
            questions=list(may_be_drawn(here.id, second_coder_id=second.id)),
            second_coder_id=second.id,
            actor=officer(first.id),
            now=now,
            seed=SEED,
        )
        sample = samples_of(here.id)[0]
        _read(sample, here, actor=officer(second.id), now=now)
        finish_sample(sample, actor=officer(second.id), now=now)
    engine.dispose()


def _read(sample: Sample, here: Consultation, *, actor: Actor, now: datetime) -> None:
    by_code = {theme.code: theme.id for theme in all_themes(here.id)}
    first = decisions(here.id, sample.comment_ids, layer=MAIN_LAYER)
    drawn = random.Random(SEED)  # noqa: S311  # no secret
    for comment_id in sample.comment_ids:
        seen = sorted(code for code in first[comment_id].codes if drawn.random() > OVERLOOKED)
        for code, stance in seen:
            add_coding(
                comment_id, theme_id=by_code[code], stance=stance, layer=sample.layer, actor=actor, now=now
            )
        if not seen:
            value = _outcome(first[comment_id])
            set_disposition(comment_id, value=value, layer=sample.layer, actor=actor, now=now)


def _outcome(first: Decision) -> DispositionValue:
    return DispositionValue.NO_POINT if first.codes else first.outcome
