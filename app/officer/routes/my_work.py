"""What an officer comes back to. How quickly they read is shown to nobody else."""

from flask import render_template

from app.enums import Permission
from app.themes.queries.check_samples import samples_of
from app.themes.queries.my_work import my_flags, team, today
from app.web.access import allowed, visit
from app.web.clock import now


@allowed(Permission.CODE)
def my_work(slug: str) -> str:
    consultation_id, mine = visit().consultation_id, visit().officer.id
    return render_template(
        "officer/reading/my_work.html",
        today=today(consultation_id, officer_id=mine, now=now()),
        flags=my_flags(consultation_id, officer_id=mine),
        second_readings=[
            one
            for one in samples_of(consultation_id)
            if one.second_coder_id == mine and one.finished_at is None
        ],
        team=team(consultation_id, now=now()),
    )
