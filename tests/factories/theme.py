from typing import Any

from app.database import session
from app.models import Consultation, Theme


def a_net(consultation: Consultation, **given: Any) -> Theme:
    return a_theme(consultation, **{"code": "PLA", "label": "Our place", "is_net": True, **given})


def a_theme(consultation: Consultation, **given: Any) -> Theme:
    values = {
        "code": "PLA03",
        "label": "Buses and rural access",
        "definition": "Too few buses, or none where or when they are needed",
        "cue_words": ["bus", "no bus", "Sunday"],
    }
    theme = Theme(consultation_id=consultation.id, **{**values, **given})
    session.add(theme)
    session.flush()
    return theme
