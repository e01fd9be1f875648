"""Where everything is put together: the application for the web, the commands and the worker."""

from pathlib import Path

from flask import Flask
from flask_security import SQLAlchemySessionUserDatastore
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import (
    ChoiceLoader,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

import config
from app import database
from app.cli import commands
from app.clock import Clock, SystemClock
from app.extensions import csrf, security
from app.jobs import wake
from app.jobs.work import Ending, Handler
from app.models import Officer, RoleGrant
from app.officer.blueprint import officer
from app.public.blueprint import public
from app.rendering.filters import FILTERS
from app.reporting.services.ask_export import EXPORT
from app.reporting.services.make_export import make_export
from app.themes.run_handler import compare_last_two, learn, measure_agreement, run_theming
from app.themes.services.ask_to_compare import COMPARING
from app.themes.services.ask_to_learn import LEARNING
from app.themes.services.clear_run import CLEARING, clear_ended
from app.themes.services.finish_run import end_run
from app.themes.services.finish_sample import AGREEMENT
from app.themes.services.start_run import THEMING
from app.web import access, assets, compressed, errors, headers, languages, sign_in
from app.web.compiled import CompiledTemplates
from app.web.requests import IntakeRequest

TEMPLATES = Path(__file__).parents[1] / "templates"
LONGEST_CACHE_SECONDS = 31_536_000

# What the worker can do, by kind of job; and what is told when a job fails or is stopped.
HANDLERS: dict[str, Handler] = {
    THEMING: run_theming,
    CLEARING: clear_ended,
    LEARNING: learn,
    EXPORT: make_export,
    AGREEMENT: measure_agreement,
    COMPARING: compare_last_two,
}
ENDINGS: dict[str, Ending] = {THEMING: end_run}


def create_app(settings: config.Settings | None = None, *, clock: Clock | None = None) -> Flask:
    settings = settings or config.load()
    app = Flask(__name__, template_folder=str(TEMPLATES), static_folder=None)
    app.request_class = IntakeRequest
    app.config.update(_flask_settings(settings))
    app.extensions["settings"] = settings
    app.extensions["clock"] = clock or SystemClock()
    app.extensions["engine"] = database.connect(settings.database_url)
    wake.connect(settings.queue_path if settings.database_url.startswith("sqlite") else None)
    _templates(app, settings)
    _extensions(app, settings)
    errors.init_app(app)
    app.register_blueprint(public)
    app.register_blueprint(officer)
    access.check_declared(app, officer)
    commands.init_app(app)
    app.teardown_appcontext(_end_session)
    _around(app, settings)
    return app


def _around(app: Flask, settings: config.Settings) -> None:
    """What stands between the server and the application: the proxy's headers, and the static files."""
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=assets.STATIC,
        prefix="static/",
        max_age=LONGEST_CACHE_SECONDS,
        allow_all_origins=False,
        add_headers_function=headers.add_to_static,
    )


def _flask_settings(settings: config.Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "MAX_CONTENT_LENGTH": config.LONGEST_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": config.LONGEST_REQUEST_BYTES,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": settings.session_hours * 3600,
        "SECURITY_PASSWORD_SALT": settings.password_salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        # Officers are made by `flask officer`, which writes the audit log.
        "SECURITY_CLI_USERS_NAME": False,
        "SECURITY_CLI_ROLES_NAME": False,
    }


def _templates(app: Flask, settings: config.Settings) -> None:
    settings.template_cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = CompiledTemplates(str(settings.template_cache))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(TEMPLATES),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["static_url"] = assets.static_url


def _extensions(app: Flask, settings: config.Settings) -> None:
    # First, so that even the page for a refused token has its nonce.
    headers.init_app(app, secure=settings.secure_cookies)
    compressed.init_app(app)
    languages.init_app(app)
    csrf.init_app(app)
    WTFormsHelpers(app)
    datastore = SQLAlchemySessionUserDatastore(database.session, Officer, RoleGrant)  # type: ignore[arg-type]
    security.init_app(app, datastore, register_blueprint=False)
    sign_in.init_app(app)


def _end_session(_error: BaseException | None) -> None:
    database.session.remove()
