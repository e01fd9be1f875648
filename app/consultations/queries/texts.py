"""The translated texts of a consultation, kept in the process until one of them changes."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from app.consultations.languages import TextKey, Texts
from app.consultations.queries.stamp import Stamp, translations_stamp
from app.database import session
from app.models import Consultation, Translation

_KEPT: dict[tuple[uuid.UUID, str], tuple[Stamp, Mapping[TextKey, str]]] = {}


def texts_in(consultation: Consultation, language: str | None = None) -> Texts:
    """Without a language, the consultation's own: no query then, and one where nothing has changed."""
    own = consultation.language
    if language in (None, own):
        return Texts(own, own)
    key, stamp = (consultation.id, str(language)), translations_stamp(consultation.id)
    kept = _KEPT.get(key)
    if kept is None or kept[0] != stamp:
        kept = _KEPT[key] = (stamp, _read(consultation.id, str(language)))
    return Texts(own, str(language), kept[1])


def titles_in(consultations: Iterable[Consultation], language: str) -> dict[uuid.UUID, str]:
    """Of several consultations at once, each in this language or marked as in its own."""
    listed = list(consultations)
    rows = session.execute(
        select(Translation.subject_id, Translation.text).where(
            Translation.subject_id.in_([one.id for one in listed]),
            Translation.field == "title",
            Translation.language == language,
        )
    )
    found = {(row_id, "title"): text for row_id, text in rows}
    return {one.id: Texts(one.language, language, found).of(one.id, "title", one.title) for one in listed}


def _read(consultation_id: uuid.UUID, language: str) -> Mapping[TextKey, str]:
    rows = session.execute(
        select(Translation.subject_id, Translation.field, Translation.text).where(
            Translation.consultation_id == consultation_id, Translation.language == language
        )
    )
    return {(row_id, name): text for row_id, name, text in rows}
