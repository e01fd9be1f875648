"""The consultations that the public may see, in the groups of the first page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.consultations.queries.timing import Window, window
from app.database import session
from app.enums import Stage
from app.models import Consultation

NOT_PUBLIC = (Stage.DRAFT, Stage.TESTING, Stage.ARCHIVED)


@dataclass(frozen=True)
class PublicList:
    open: tuple[Consultation, ...]
    soon: tuple[Consultation, ...]
    closed: tuple[Consultation, ...]
    reported: tuple[Consultation, ...]

    @property
    def empty(self) -> bool:
        return not (self.open or self.soon or self.closed or self.reported)


def public_list(*, now: datetime) -> PublicList:
    found = session.scalars(
        select(Consultation)
        .where(Consultation.stage.not_in(NOT_PUBLIC))
        .order_by(Consultation.closes_at.desc(), Consultation.id)
    ).all()
    reported = tuple(one for one in found if one.stage is Stage.REPORTED)
    rest = [(one, window(one, now=now)) for one in found if one not in reported]
    return PublicList(
        open=tuple(one for one, state in rest if state is Window.OPEN),
        soon=tuple(one for one, state in rest if state is Window.NOT_YET),
        closed=tuple(one for one, state in rest if state in (Window.GRACE, Window.CLOSED)),
        reported=reported,
    )


def others_to_ask(lead: Consultation | None, *, now: datetime) -> list[Consultation]:
    """The other open consultations, where whoever replies to one of them gets help."""
    return [one for one in public_list(now=now).open if lead is not None and one.id != lead.id]


def newest_lead(*, now: datetime) -> Consultation | None:
    """Whose contact details stand on the site's own pages: the consultation that closes last."""
    groups = public_list(now=now)
    return next(iter((*groups.open, *groups.soon, *groups.closed, *groups.reported)), None)
