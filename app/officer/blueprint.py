"""The officers' addresses, in the order of the work. Each route declares who may open it."""

from flask import Blueprint

from app.web import access

officer = Blueprint("officer", __name__, url_prefix="/officer")
access.guard(officer)
