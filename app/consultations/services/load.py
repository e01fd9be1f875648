"""A consultation from its file: all of it or nothing, in the caller's transaction."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.consultations.files.format import ConsultationFile, ScheduleRow
from app.consultations.files.problems import Problem, RefusedFile
from app.consultations.files.read import checked
from app.consultations.naming import reference_prefix
from app.consultations.services.load_document import add_document
from app.consultations.services.load_questions import add_questions
from app.consultations.services.load_translations import add_translations
from app.database import session
from app.enums import Stage
from app.models import Consultation, Partner


def load_consultation(
    document: dict[str, object],
    *,
    actor: Actor,
    now: datetime,
    stage: Stage = Stage.DRAFT,
    is_sample: bool = False,
) -> Consultation:
    """Raises RefusedFile, with lines, where the document is wrong or its slug is taken."""
    file = checked(document)
    consultation = _consultation(file, now=now, stage=stage, is_sample=is_sample)
    try:
        with session.begin_nested():
            session.add(consultation)
    except IntegrityError as error:
        raise RefusedFile([Problem(file.line, f"the slug {file.slug} is taken by another one")]) from error
    labels = {kind.key: kind.label for kind in file.partner_kinds}
    session.add_all(
        Partner(
            consultation_id=consultation.id,
            key=row.key,
            name=row.name,
            kind=row.kind,
            kind_label=labels[row.kind],
            position=position,
        )
        for position, row in enumerate(file.partners)
    )
    sections = add_document(file, consultation)
    add_questions(file, consultation, sections, locked_at=now if stage is Stage.OPEN else None)
    add_translations(file, consultation)
    record(
        "loaded",
        actor=actor,
        now=now,
        subject="consultation",
        subject_id=consultation.id,
        subject_name=consultation.slug,
        consultation_id=consultation.id,
        details={"sections": len(file.sections), "questions": len(file.every_question())},
    )
    session.flush()
    return consultation


def _consultation(file: ConsultationFile, *, now: datetime, stage: Stage, is_sample: bool) -> Consultation:
    opens_at, closes_at = _dates(file.schedule, now=now)
    lead = file.lead_organisation
    return Consultation(
        slug=file.slug,
        title=file.title,
        stage=stage,
        is_sample=is_sample,
        language=file.language,
        timezone=file.schedule.timezone,
        opens_at=opens_at,
        closes_at=closes_at,
        grace_minutes=file.schedule.grace_minutes,
        reference_prefix=file.reference_prefix or reference_prefix(file.title),
        lead_name=lead.name,
        lead_email=lead.email,
        lead_phone=lead.phone,
        texts=_texts(file),
        settings=_settings(file),
    )


def _dates(row: ScheduleRow, *, now: datetime) -> tuple[datetime, datetime]:
    zone = ZoneInfo(row.timezone)
    today = now.astimezone(zone).date()
    opens = _at(today, row.opens_in_days, row.opens_on, row.opens_at_time, zone)
    closes = _at(today, row.closes_in_days, row.closes_on, row.closes_at_time, zone)
    if closes <= opens:
        raise RefusedFile([Problem(row.line, "schedule: it must close after it opens")])
    return opens, closes


def _at(today: date, in_days: int | None, on: str | None, at: str, zone: ZoneInfo) -> datetime:
    day = date.fromisoformat(on) if on else today + timedelta(days=in_days or 0)
    return datetime.combine(day, time.fromisoformat(at), tzinfo=zone)


def _texts(file: ConsultationFile) -> dict[str, object]:
    return {
        "summary": file.summary.strip(),
        "who_can_reply": file.who_can_reply.strip(),
        "time_needed": file.time_needed.strip(),
        "what_happens": file.what_happens_to_responses.strip(),
        "other_ways": [
            {"key": way.key, "label": way.label, "text": way.text} for way in file.other_ways_to_reply
        ],
        "lead_role": file.lead_organisation.role,
        "contact_note": file.lead_organisation.contact_note,
    }


def _settings(file: ConsultationFile) -> dict[str, object]:
    """What other parts read: the nets of the frame, the population, the words before the equality part."""
    return {
        "frame": asdict(file.frame) if file.frame else None,
        "population": asdict(file.population) if file.population else None,
        "equality": asdict(file.equality.intro) if file.equality else None,
        "sample": asdict(file.sample) if file.sample else None,
        "channels": list(file.channels),
        "translated_into": list(file.translations),
        "report_within_weeks": file.schedule.report_within_weeks,
    }
