"""The document of the small consultation in a newer version, as its editors would publish it."""

from typing import Any

from app.accounts.actor import SYSTEM
from app.consultations.files.read import consultation_document
from app.consultations.queries.documents import current_document
from app.consultations.services.publish_version import PublishedVersion, publish_version
from app.models import Consultation
from tests.support.small_consultation import CONSULTATION, LOADED_AT


def next_version(
    consultation: Consultation, *, changed: dict[str, str] | None = None, gone: tuple[str, ...] = ()
) -> PublishedVersion:
    """With other texts for the keys in `changed`, and without those in `gone`."""
    last = current_document(consultation.id)
    assert last is not None
    file: Any = consultation_document(CONSULTATION)
    file["document"] |= {"version": str(last.position + 1), "dated": "2026-06-15"}
    for section in file["sections"]:
        section["passages"] = [row for row in section["passages"] if row["key"] not in gone]
        for row in section["passages"]:
            row["body"] = (changed or {}).get(row["key"], row["body"])
    return publish_version(consultation, file, actor=SYSTEM, now=LOADED_AT)
