from flask import render_template

from app.accounts.queries.consultations import my_consultations
from app.accounts.queries.officers import active_administrators
from app.accounts.roles import LABELS, STAGES
from app.enums import Permission
from app.web.access import signed_in, visit


@signed_in
def home() -> str:
    return render_template(
        "officer/home/home.html",
        consultations=my_consultations(visit().officer.id),
        role_labels=LABELS,
        stages=STAGES,
        administrator=next((officer.name for officer in active_administrators()), None),
        may_administer=visit().may(Permission.ADMINISTER),
    )
