"""The public's addresses, in the order of the journey."""

from flask import Blueprint

from app.public.routes import health

public = Blueprint("public", __name__)

public.add_url_rule("/healthz", "healthz", health.healthz)
