"""Where each response stands: the one expression behind received = included + excluded + withdrawn."""

import uuid
from enum import StrEnum

from sqlalchemy import (
    Case,
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    exists,
    not_,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from app.enums import ExclusionReason, ResponseStatus
from app.models import Comment, Exclusion, Petition, Response
from app.models.campaign import CampaignMember
from app.models.response import NOT_SENT_OR_TEST


class Standing(StrEnum):
    RECEIVED = "received"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    TEST = "test"


RECEIVED = (Standing.INCLUDED, Standing.EXCLUDED, Standing.WITHDRAWN)

# The response whose sender speaks in a comment. It is another than the comment's own only where two replies
# of one person were combined.
Respondent = aliased(Response, name="respondent")
Sender = aliased(Response, name="sender")
_of_sender = aliased(Exclusion, name="exclusion_of_sender")
_of_respondent = aliased(Exclusion, name="exclusion_of_respondent")


def _outside(response: type[Response], exclusion: type[Exclusion]) -> list[tuple[ColumnElement[bool], str]]:
    """What keeps a response out of the analysis, in the order in which it is asked."""
    draft = and_(response.status == ResponseStatus.DRAFT, response.is_test.is_(False))
    gone = response.status.in_((ResponseStatus.WITHDRAWN, ResponseStatus.ERASED))
    return [
        (draft, Standing.DRAFT.value),
        (response.is_test.is_(True), Standing.TEST.value),
        (gone, Standing.WITHDRAWN.value),
        (exclusion.response_id.is_not(None), Standing.EXCLUDED.value),
    ]


stands: Case[str] = case(*_outside(Response, Exclusion), else_=Standing.INCLUDED.value)


def _stands_as(
    standing: Standing, response: type[Response] = Response, exclusion: type[Exclusion] = Exclusion
) -> ColumnElement[bool]:
    """`stands` as a condition on columns: PostgreSQL cannot tell how many rows a CASE leaves, takes it for
    next to none, and then asks for the rows of all other tables one by one."""
    earlier: list[ColumnElement[bool]] = []
    for condition, name in _outside(response, exclusion):
        if name == standing.value:
            return and_(*earlier, condition)
        earlier.append(not_(condition))
    return and_(*earlier)


def standing_exclusion(
    response: type[Response] = Response, exclusion: type[Exclusion] = Exclusion
) -> ColumnElement[bool]:
    """To join Exclusion on: at most one row a response, as its index says."""
    return and_(exclusion.response_id == response.id, exclusion.reversed_at.is_(None))


def responses_that_stand(consultation_id: uuid.UUID, standing: Standing | None) -> Select[uuid.UUID]:
    """Response ids. Response and Exclusion are there to filter further."""
    query = (
        select(Response.id)
        .outerjoin(Exclusion, standing_exclusion())
        .where(Response.consultation_id == consultation_id)
    )
    if standing is None:
        return query
    if standing is Standing.RECEIVED:
        return query.where(stands.in_([one.value for one in RECEIVED]))
    return query.where(_stands_as(standing))


def comments_that_count(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of the current comments of the included. Comment, Sender and Respondent are there to filter by.

    A reply that was combined is excluded, but its comments count as those of the one it points to. Every
    join is by a key, so that the size of other consultations does not matter.
    """
    combined = and_(standing_exclusion(Sender, _of_sender), _of_sender.reason == ExclusionReason.COMBINED)
    left_out = exists().where(
        standing_exclusion(Sender, Exclusion), Exclusion.reason != ExclusionReason.COMBINED
    )
    respondent = case((_of_sender.response_id.is_not(None), _of_sender.stays_id), else_=Sender.id)
    return (
        select(Comment.id)
        .join(Sender, Sender.id == Comment.response_id)
        .outerjoin(_of_sender, combined)
        .join(Respondent, Respondent.id == respondent)
        .outerjoin(_of_respondent, standing_exclusion(Respondent, _of_respondent))
        .where(
            Comment.consultation_id == consultation_id,
            Comment.is_current,
            Sender.status == ResponseStatus.SENT,
            Sender.is_test.is_(False),
            ~left_out,
            _stands_as(Standing.INCLUDED, Respondent, _of_respondent),
        )
    )


def responses_apart(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """The few responses whose comments may not count, or not for their sender alone: not sent, a test, left
    out for any reason, a petition, or one that others were combined into.

    The current comments of all others count, for their sender, and no join is needed to know it. A comment of
    these counts, if at all, for one of these.
    """
    left_out = Exclusion.reversed_at.is_(None)
    parts = union_all(
        select(Response.id).where(Response.consultation_id == consultation_id, text(f"({NOT_SENT_OR_TEST})")),
        select(Exclusion.response_id).where(left_out),
        select(Exclusion.stays_id).where(left_out, Exclusion.stays_id.is_not(None)),
        select(Petition.response_id),
    ).subquery("apart")
    return select(parts.c[0])


def is_petition(response_id: SQLColumnExpression[uuid.UUID]) -> ColumnElement[bool]:
    return select(true()).where(Petition.response_id == response_id).exists()


def in_a_campaign() -> ColumnElement[bool]:
    members = select(true()).where(CampaignMember.comment_id == Comment.id, CampaignMember.removed.is_(False))
    return members.exists()


def is_member_of(campaign_id: uuid.UUID) -> ColumnElement[bool]:
    members = select(CampaignMember.comment_id).where(
        CampaignMember.campaign_id == campaign_id, CampaignMember.removed.is_(False)
    )
    return Comment.id.in_(members)
