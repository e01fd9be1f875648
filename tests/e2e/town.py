"""A town's own consultation beside the sample, so that a journey may close it and sign it off.

Its few responses hold one of each thing that waits to be cleaned: two alike, a test, a blank, a name with a
telephone number, a call for help. Drafts have no grace, so that a reply can be late at once.
"""

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from app.accounts.actor import SYSTEM
from app.accounts.queries.officers import officer_by_email
from app.accounts.services.change_roles import change_roles
from app.consultations.services.load import load_consultation
from app.database import connect, transaction
from app.enums import Role, Stage
from app.responses.services.load import load_responses
from tests.e2e.conftest import Stage as Site

SMALL = Path(__file__).parents[1] / "support" / "small_consultation.yaml"
ALIKE = "The square is full of parked cars, and nobody can sit down to eat a pie on market day."
COMMENTS = (
    (ALIKE,),
    (ALIKE,),
    ("I drive in to shop. Without parking I will go elsewhere.",),
    ("Please keep the old trees. They are the best thing about the square.",),
    ("Our members want racks for bicycles beside every stall.",),
    ("test test test",),
    ("n/a",),
    ("My name is Rosalind Hexworthy and you can telephone me on 01632 960417 about the noise.",),
    ("Since the bus stopped I do not see anyone and some weeks I want to end my life.",),
)


def town(site: Site, slug: str, *, title: str) -> str:
    """The address of its officers' pages. The first officer is lead analyst and moderator there."""
    document: dict[str, Any] = deepcopy(yaml.safe_load(SMALL.read_text(encoding="utf-8")))
    document.update(slug=slug, title=title)
    document["schedule"].update(opens_on="2020-06-01", closes_on="2099-06-30", grace_minutes=0)
    engine, now = connect(site.site.database_url), datetime.now(UTC)
    with transaction():
        here = load_consultation(document, actor=SYSTEM, now=now, stage=Stage.OPEN, is_sample=False)
        load_responses(here, text=_rows(), file_name="town.jsonl", actor=SYSTEM, now=now)
        officer = officer_by_email(site.email)
        assert officer
        roles = {Role.LEAD_ANALYST, Role.MODERATOR}
        change_roles(officer.id, consultation_id=here.id, roles=roles, actor=SYSTEM, now=now)
    engine.dispose()
    return f"/officer/c/{slug}"


def _rows() -> str:
    return "\n".join(json.dumps(_row(number, texts)) for number, texts in enumerate(COMMENTS))


def _row(number: int, texts: tuple[str, ...]) -> dict[str, Any]:
    comments: list[dict[str, Any]] = [
        {"question": "cars", "text": text, "codes": [], "handling": [], "pii": [], "campaign": None}
        for text in texts
    ]
    return {
        "id": f"T{number:02}",
        "channel": "online",
        "submitted": f"2020-06-{number + 2:02}T09:00",
        "kind": "individual",
        "organisation": None,
        "area": "town",
        "publish": "anonymous",
        "age": None,
        "closed": {} if texts == ("n/a",) else {"cars": "agree"},
        "comments": comments,
    }
