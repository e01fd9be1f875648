"""The officers' addresses, in the order of the work. Each route declares who may open it."""

from flask import Blueprint

from app.officer import navigation
from app.officer.routes import home, sign_in
from app.web import access

officer = Blueprint("officer", __name__, url_prefix="/officer")
access.guard(officer, ask_to_sign_in=sign_in.ask_to_sign_in)
navigation.init_blueprint(officer)

officer.add_url_rule("/sign-in", "sign_in", sign_in.sign_in)
officer.add_url_rule("/sign-in", "sign_in_post", sign_in.sign_in_post, methods=["POST"])
officer.add_url_rule("/sign-out", "sign_out_post", sign_in.sign_out_post, methods=["POST"])
officer.add_url_rule("/", "home", home.home)
