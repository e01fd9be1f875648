"""How many responses there are: the reconciliation, and by day, channel, kind, area and type."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from app.counting.behind import UK, ResponseFilter, responses_behind
from app.counting.standing import Standing, responses_that_stand, stands
from app.database import session
from app.enums import Channel, ExclusionReason, RespondentKind
from app.models import Exclusion, Petition, Response


@dataclass(frozen=True)
class ReasonCount:
    reason: ExclusionReason
    count: int


@dataclass(frozen=True)
class Reconciliation:
    """received = included + excluded + withdrawn; drafts and tests stand outside the sum."""

    included: int
    excluded: int
    withdrawn: int
    excluded_by_reason: tuple[ReasonCount, ...]  # the largest first
    petitions: int  # among the included
    drafts: int
    tests: int

    @property
    def received(self) -> int:
        return self.included + self.excluded + self.withdrawn


@dataclass(frozen=True)
class KeyCount:
    """`key` is None for those who did not say."""

    key: str | None
    count: int


@dataclass(frozen=True)
class DayCount:
    day: date
    count: int


def reconciliation(consultation_id: uuid.UUID) -> Reconciliation:
    query = (
        responses_that_stand(consultation_id, None)
        .with_only_columns(stands, Exclusion.reason, func.count(), func.count(Petition.id))
        .outerjoin(Petition, Petition.response_id == Response.id)
        .group_by(stands, Exclusion.reason)
    )
    totals: Counter[str] = Counter()
    reasons: Counter[ExclusionReason] = Counter()
    petitions = 0
    for where, reason, count, of_petitions in session.execute(query):
        totals[where] += count
        if where == Standing.EXCLUDED:
            reasons[reason] += count
        if where == Standing.INCLUDED:
            petitions += of_petitions
    return Reconciliation(
        included=totals[Standing.INCLUDED],
        excluded=totals[Standing.EXCLUDED],
        withdrawn=totals[Standing.WITHDRAWN],
        excluded_by_reason=tuple(
            ReasonCount(reason, count)
            for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0].value))
        ),
        petitions=petitions,
        drafts=totals[Standing.DRAFT],
        tests=totals[Standing.TEST],
    )


def by_channel(
    consultation_id: uuid.UUID, *, standing: Standing = Standing.INCLUDED, petition: bool | None = None
) -> list[KeyCount]:
    """Every channel in its order, those without a response too."""
    found = _by(consultation_id, Response.channel, ResponseFilter(standing=standing, petition=petition))
    return [KeyCount(channel.value, found.get(channel.value, 0)) for channel in Channel]


def by_kind(
    consultation_id: uuid.UUID, *, standing: Standing = Standing.INCLUDED, petition: bool | None = None
) -> list[KeyCount]:
    found = _by(consultation_id, Response.kind, ResponseFilter(standing=standing, petition=petition))
    return [KeyCount(kind.value, found.get(kind.value, 0)) for kind in RespondentKind]


def by_area(
    consultation_id: uuid.UUID, *, standing: Standing = Standing.INCLUDED, petition: bool | None = None
) -> list[KeyCount]:
    """The areas that someone replied from, the largest first, those who gave none last."""
    return _sorted(_by(consultation_id, Response.area, ResponseFilter(standing=standing, petition=petition)))


def by_organisation_type(
    consultation_id: uuid.UUID, *, standing: Standing = Standing.INCLUDED, petition: bool | None = None
) -> list[KeyCount]:
    chosen = ResponseFilter(standing=standing, petition=petition, kind=RespondentKind.ORGANISATION)
    return _sorted(_by(consultation_id, Response.organisation_type, chosen))


def by_type_and_area(
    consultation_id: uuid.UUID,
) -> dict[tuple[RespondentKind, str | None, str | None], int]:
    """(kind, type of organisation, area) of the included: how many a description of someone fits."""
    chosen = responses_behind(consultation_id, ResponseFilter(standing=Standing.INCLUDED))
    columns = (Response.kind, Response.organisation_type, Response.area)
    query = chosen.with_only_columns(*columns, func.count()).group_by(*columns)
    return {(kind, type_, area): count for kind, type_, area, count in session.execute(query)}


def by_day(consultation_id: uuid.UUID, *, standing: Standing = Standing.RECEIVED) -> list[DayCount]:
    """UK days from the first sending to the last; a day without one is not in the list."""
    chosen = responses_behind(consultation_id, ResponseFilter(standing=standing))
    hour = _hour()
    query = chosen.with_only_columns(hour, func.count()).where(Response.sent_at.is_not(None)).group_by(hour)
    days: Counter[date] = Counter()
    for when, count in session.execute(query):
        # UK time differs from UTC by whole hours, so an hour lies in one day.
        at = datetime.strptime(when, "%Y-%m-%d %H").replace(tzinfo=UTC)
        days[at.astimezone(UK).date()] += count
    return [DayCount(day, days[day]) for day in sorted(days)]


def count_responses(consultation_id: uuid.UUID, chosen: ResponseFilter) -> int:
    """The length of the list that this filter gives."""
    behind = responses_behind(consultation_id, chosen).subquery()
    return session.scalar(select(func.count()).select_from(behind)) or 0


def _by(
    consultation_id: uuid.UUID, column: InstrumentedAttribute[Any], chosen: ResponseFilter
) -> dict[str | None, int]:
    query = responses_behind(consultation_id, chosen).with_only_columns(column, func.count())
    return {key: count for key, count in session.execute(query.group_by(column))}


def _sorted(found: dict[str | None, int]) -> list[KeyCount]:
    order = sorted(found.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    return [KeyCount(key, count) for key, count in order]


def _hour() -> ColumnElement[str]:
    """The hour of sending in UTC, as text: 2026-06-15 09"""
    if session.get_bind().dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H", Response.sent_at)
    return func.to_char(func.timezone("UTC", Response.sent_at), "YYYY-MM-DD HH24")
