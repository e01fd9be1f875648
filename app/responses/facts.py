"""The facts about a respondent that lists and counts use, as columns of the response.

They are answers like any other. A consultation that has a question with one of these keys gets the column.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.enums import Publication, RespondentKind

KIND = "kind"
AREA = "area"
ORGANISATION = "organisation"
ORGANISATION_TYPE = "organisation_type"
PUBLISH = "publish"
DONT_KNOW = "dont_know"  # the option that says so, in any closed question


@dataclass(frozen=True)
class Facts:
    area: str | None
    organisation_name: str | None
    organisation_type: str | None
    publication: Publication


def facts_of(kind: RespondentKind, given: Mapping[str, str]) -> Facts:
    """`given`: the text or the chosen option's key, by the question's key."""
    organisation = kind is RespondentKind.ORGANISATION
    return Facts(
        area=given.get(AREA),
        organisation_name=given.get(ORGANISATION) if organisation else None,
        organisation_type=given.get(ORGANISATION_TYPE) if organisation else None,
        publication=_publication(kind, given.get(PUBLISH)),
    )


def _publication(kind: RespondentKind, given: str | None) -> Publication:
    """An individual is never named, whatever was ticked; no answer means no."""
    if given not in set(Publication):
        return Publication.NO
    if given == Publication.NAMED and kind is RespondentKind.INDIVIDUAL:
        return Publication.ANONYMOUS
    return Publication(given)
