"""The public's addresses, in the order of the journey."""

from flask import Blueprint

from app.public.routes import consultations, draft, health, information

public = Blueprint("public", __name__)

public.add_url_rule("/", "index", consultations.index)
public.add_url_rule("/c/<slug>", "consultation", consultations.show)
public.add_url_rule("/c/<slug>/draft", "draft", draft.show)
public.add_url_rule("/c/<slug>/draft/<section_key>", "draft_section", draft.section)
public.add_url_rule("/c/<slug>/questions", "questions", draft.questions)

public.add_url_rule("/privacy", "privacy", information.privacy)
public.add_url_rule("/cookies", "cookies", information.cookies)
public.add_url_rule("/accessibility", "accessibility", information.accessibility)
public.add_url_rule("/contact", "contact", information.contact)
public.add_url_rule("/healthz", "healthz", health.healthz)
