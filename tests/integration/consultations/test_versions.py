from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import SYSTEM
from app.consultations.files.problems import RefusedFile
from app.consultations.files.read import consultation_document
from app.consultations.queries.documents import current_document
from app.consultations.services.publish_version import publish_version
from app.database import session, transaction
from app.models import AuditEvent, Consultation, DocumentVersion
from tests.support.document_versions import next_version
from tests.support.small_consultation import CONSULTATION, LOADED_AT

SUNDAYS = {"traffic.close": "The plan closes the square on Sundays."}


def file(**document: str) -> Any:
    found: Any = consultation_document(CONSULTATION)
    found["document"] |= {"version": "2", "dated": "2026-06-15"} | document
    return found


def problems(given: Any) -> list[str]:
    with pytest.raises(RefusedFile) as refused, transaction():
        publish_version(session.scalars(select(Consultation)).one(), given, actor=SYSTEM, now=LOADED_AT)
    return [problem.message for problem in refused.value.problems]


def test_a_newer_version_is_read_and_says_what_differs(small: Consultation) -> None:
    with transaction():
        done = next_version(small, changed=SUNDAYS, gone=("traffic.unknown",))

    assert (done.label, done.changed, done.added, done.gone) == ("2", 1, 0, 1)
    now = current_document(small.id)
    assert now is not None
    assert now.label == "2"
    assert [p.text for p in now.passages if p.key == "traffic.close"] == list(SUNDAYS.values())
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "published a version")).one()
    assert event.details == {"version": "2", "changed": 1, "added": 0, "gone": 1}


def test_what_does_not_fit_is_refused_and_nothing_is_written(small: Consultation) -> None:
    slug, first = small.slug, current_document(small.id)
    assert first is not None
    label, dated = first.label, first.dated
    strange, short = file(), file()
    strange["sections"][0]["title"] = "Trams"
    short["sections"] = short["sections"][:1]
    short["questions"] = [q for q in short["questions"] if q.get("section") in (None, "traffic")]

    assert problems(file(version=label)) == [f"version {label} is here already"]
    assert problems(file(dated="2020-01-01")) == [f"it must not be dated before {dated}"]
    assert problems(strange) == ["the title of traffic cannot change with a version"]
    assert problems(short) == ["the section market of the consultation is not in the file"]
    assert problems(file() | {"slug": "another"}) == [f"the slug must be {slug}"]
    assert session.scalars(select(DocumentVersion.label)).all() == [label]


def test_the_command_publishes_a_file(app: Flask, small: Consultation, tmp_path: Any) -> None:
    words = CONSULTATION.read_text(encoding="utf-8")
    words = words.replace('version: "1"', 'version: "2"').replace("The plan closes", "The plan opens")
    (tmp_path / "newer.yaml").write_text(words, encoding="utf-8")
    args, run = ["consultation", "document", small.slug, str(tmp_path / "newer.yaml")], app.test_cli_runner()
    first, again = run.invoke(args=args), run.invoke(args=args)

    assert first.output == "Published version 2: paragraphs changed 1, added 0, gone 0.\n"
    assert again.exit_code == 1
    assert "version 2 is here already" in again.output
