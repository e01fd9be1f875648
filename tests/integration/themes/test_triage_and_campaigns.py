from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import func, select

from app.cleaning.services.record_campaigns import FoundCampaign, FoundMember, record_campaigns
from app.cleaning.services.record_triage import FoundInComment, FoundSpan, record_triage
from app.database import session, transaction
from app.enums import CampaignCopy, CampaignTreatment, FlagSource
from app.models import Campaign, CampaignMember, Comment, Flag, Redaction
from tests.integration.themes.conftest import World

AT = datetime(2026, 6, 15, tzinfo=UTC)


def found(world: World, numbers: Iterable[int], template: str = "Save the bus") -> FoundCampaign:
    members = (FoundMember(world.comments[n].id, CampaignCopy.EXACT) for n in numbers)
    return FoundCampaign(template, tuple(members))


def record(world: World, *groups: FoundCampaign) -> None:
    with transaction():
        record_campaigns(groups, consultation_id=world.consultation.id)


def members(name: str) -> int:
    query = select(func.count(CampaignMember.id)).join(Campaign)
    return session.scalar(query.where(Campaign.name == name, CampaignMember.removed.is_(False))) or 0


def test_campaigns_found_again_are_the_same_campaigns(world: World) -> None:
    record(world, found(world, [0, 1, 2]), found(world, [3, 4, 5], "No mayor"))
    first = {row.name: row.id for row in session.scalars(select(Campaign))}
    record(world, found(world, [3, 4, 5], "No mayor"), found(world, [0, 1], "Save our bus"))

    assert {row.name: row.id for row in session.scalars(select(Campaign))} == first
    assert list(first) == ["Campaign A", "Campaign B"]
    assert (members("Campaign A"), members("Campaign B")) == (2, 3)


def test_who_an_officer_took_out_stays_out(world: World) -> None:
    record(world, found(world, [0, 1, 2, 3]))
    with transaction():
        row = select(CampaignMember).where(CampaignMember.comment_id == world.comments[0].id)
        session.scalars(row).one().removed = True
    record(world, found(world, [0, 1, 2, 3]))

    assert members("Campaign A") == 3


def test_a_campaign_that_is_gone_goes_unless_an_officer_worked_on_it(world: World) -> None:
    record(world, found(world, [0, 1, 2]), found(world, [3, 4, 5], "No mayor"))
    with transaction():
        kept = session.scalars(select(Campaign).where(Campaign.name == "Campaign B")).one()
        kept.treatment = CampaignTreatment.REPORTED_APART
    record(world)

    assert list(session.scalars(select(Campaign.name))) == ["Campaign B"]


def test_flags_are_made_anew_and_settled_ones_stay(world: World) -> None:
    def triage(*rows: FoundInComment) -> None:
        with transaction():
            record_triage(rows, consultation_id=world.consultation.id)

    one, other = world.comments[0].id, world.comments[1].id
    triage(FoundInComment(one, ("ZZ01", "ZZ06")), FoundInComment(other, ("ZZ10",)))
    with transaction():
        session.add(Flag(comment_id=one, code="ZZ01", source=FlagSource.IMPORTED))
        session.scalars(select(Flag).where(Flag.code == "ZZ10")).one().settled_at = AT
    triage(FoundInComment(one, ("ZZ06",)), FoundInComment(other))

    assert sorted((row.code, row.source) for row in session.scalars(select(Flag))) == [
        ("ZZ01", FlagSource.IMPORTED),
        ("ZZ06", FlagSource.MACHINE),
        ("ZZ10", FlagSource.MACHINE),
    ]


def test_the_language_that_was_found_stays_with_the_comment(world: World) -> None:
    one, other = world.comments[0], world.comments[1]
    with transaction():
        record_triage(
            [FoundInComment(one.id, ("ZZ12",), language="cy"), FoundInComment(other.id)],
            consultation_id=world.consultation.id,
        )

    kept = {key: language for key, language in session.execute(select(Comment.id, Comment.language))}
    assert (kept[one.id], kept[other.id]) == ("cy", "en")


def test_a_span_that_is_not_found_any_more_is_not_proposed_any_more(world: World) -> None:
    spans = (FoundSpan("name", 0, 3), FoundSpan("phone", 4, 8))
    for kept in (spans, spans[:1]):
        with transaction():
            record_triage(
                [FoundInComment(world.comments[0].id, (), kept)], consultation_id=world.consultation.id
            )

    assert [(row.kind, row.proposed) for row in session.scalars(select(Redaction))] == [("name", True)]
