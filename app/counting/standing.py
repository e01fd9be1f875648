"""Where each response stands: the one expression behind received = included + excluded + withdrawn."""

import uuid
from enum import StrEnum

from sqlalchemy import CTE, ColumnElement, Select, SQLColumnExpression, and_, case, select, true, union_all
from sqlalchemy.orm import aliased

from app.enums import ExclusionReason, ResponseStatus
from app.models import Comment, Exclusion, Petition, Response
from app.models.campaign import CampaignMember


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

stands = case(
    (and_(Response.status == ResponseStatus.DRAFT, Response.is_test.is_(False)), Standing.DRAFT.value),
    (Response.is_test.is_(True), Standing.TEST.value),
    (Response.status.in_((ResponseStatus.WITHDRAWN, ResponseStatus.ERASED)), Standing.WITHDRAWN.value),
    (Exclusion.id.is_not(None), Standing.EXCLUDED.value),
    else_=Standing.INCLUDED.value,
)


def standing_exclusion() -> ColumnElement[bool]:
    """To join Exclusion on: at most one row a response, as its index says."""
    return and_(Exclusion.response_id == Response.id, Exclusion.reversed_at.is_(None))


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
    return query.where(stands == standing.value)


def respondents(consultation_id: uuid.UUID) -> CTE:
    """(response_id, respondent_id): whose comments count, and as whose.

    A reply that was combined is excluded, but its comments count as those of the one it points to.
    """
    included = responses_that_stand(consultation_id, Standing.INCLUDED)
    own = select(Response.id.label("response_id"), Response.id.label("respondent_id")).where(
        Response.id.in_(included)
    )
    stays = included.subquery()
    combined = (
        select(Response.id, Exclusion.stays_id)
        .join(Exclusion, standing_exclusion())
        .join(stays, stays.c.id == Exclusion.stays_id)
        .where(
            Response.consultation_id == consultation_id,
            Exclusion.reason == ExclusionReason.COMBINED,
            Response.status == ResponseStatus.SENT,
            Response.is_test.is_(False),
        )
    )
    return union_all(own, combined).cte()  # without a name, so that one list can stand inside another


def comments_that_count(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of the current comments of the included. Comment and Respondent are there to filter further."""
    counted = respondents(consultation_id)
    return (
        select(Comment.id)
        .join(counted, counted.c.response_id == Comment.response_id)
        .join(Respondent, Respondent.id == counted.c.respondent_id)
        .where(Comment.consultation_id == consultation_id, Comment.is_current)
    )


def is_petition(response_id: SQLColumnExpression[uuid.UUID]) -> ColumnElement[bool]:
    return select(true()).where(Petition.response_id == response_id).exists()


def in_a_campaign() -> ColumnElement[bool]:
    members = select(true()).where(CampaignMember.comment_id == Comment.id, CampaignMember.removed.is_(False))
    return members.exists()
