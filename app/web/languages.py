"""Which language a page is in, and how its reader changes that without losing what they typed.

A link or a button beside the languages' names; a cookie keeps the choice. A page whose form holds words sends
that form instead, and gets it back in the other language, as typed and not stored.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from babel import Locale
from flask import Flask, Response, current_app, redirect, request, url_for

from app.consultations.queries.texts import texts_in
from app.extensions import babel
from app.rendering.words import (
    ENGLISH,
    GLOBALS,
    TRANSLATIONS,
    has_catalogue,
    page_language,
    set_language,
)

if TYPE_CHECKING:
    from app.models import Consultation

COOKIE = "soundings_language"
KEPT_DAYS = 365
ASKED, SWITCH = "lang", "switch_language"
CODE = re.compile("[a-z]{2,3}(-[A-Z]{2})?")
PUBLIC = "public"


def init_app(app: Flask) -> None:
    babel.init_app(
        app,
        default_locale=ENGLISH.replace("-", "_"),
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: page_language().replace("-", "_"),
    )
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(lambda _error: set_language(ENGLISH))
    app.jinja_env.globals.update(GLOBALS)
    app.jinja_env.globals.update(
        language_name=language_name,
        languages_offered=languages_offered,
        in_language=in_language,
        shown_by_get=lambda: request.method == "GET",
    )


def speak_for(consultation: "Consultation") -> None:
    """Its pages are in the chosen language where it has been translated into that, else in its own."""
    if request.blueprint != PUBLIC:
        return
    wanted = _wanted()
    language = wanted if wanted in consultation.languages else consultation.language
    set_language(language, texts_in(consultation, language))


def switching() -> bool:
    """Whether this post asks for another language and for nothing else."""
    return request.method == "POST" and bool(CODE.fullmatch(request.form.get(SWITCH, "")))


def languages_offered(consultation: "Consultation | None") -> list[str]:
    """On a page of no consultation, only to whoever has chosen before: a way back."""
    if consultation is not None:
        return consultation.languages
    chosen = request.cookies.get(COOKIE, "")
    return [ENGLISH, chosen] if chosen != ENGLISH and CODE.fullmatch(chosen) and has_catalogue(chosen) else []


def in_language(language: str) -> str:
    """The address of this page in another language."""
    return _here(request.endpoint or "public.index", {**request.args.to_dict(), ASKED: language})


def _here(endpoint: str, asked: Mapping[str, str]) -> str:
    """What a visitor put into the address is no argument of url_for: some of those change the scheme."""
    path = url_for(endpoint, **(request.view_args or {}))
    return f"{path}?{urlencode(asked)}" if asked else path


def language_name(language: str) -> str:
    """As its speakers write it: English, Cymraeg."""
    code = language.partition("-")[0]
    name = str(Locale.parse(code).get_language_name(code))
    return name[:1].upper() + name[1:]


def _wanted() -> str:
    if switching():
        return request.form[SWITCH]
    return request.cookies.get(COOKIE, "")


def _begin() -> Any:
    set_language(ENGLISH)
    if request.blueprint != PUBLIC and request.endpoint is not None:
        return None
    if request.method == "GET" and request.endpoint and CODE.fullmatch(request.args.get(ASKED, "")):
        asked = request.args.to_dict()
        language = asked.pop(ASKED)
        return _keep(redirect(_here(request.endpoint, asked), 303), language)
    set_language(_known(request.cookies.get(COOKIE, "")))
    if request.method == "POST":
        set_language(_known(_wanted()))
    return None


def _known(language: str) -> str:
    return language if CODE.fullmatch(language) and has_catalogue(language) else ENGLISH


def _end(page: Response) -> Response:
    """A form sent to change the language was not refused."""
    if request.blueprint != PUBLIC or page.status_code not in (200, 422) or not switching():
        return page
    page.status_code = 200
    _keep(page, request.form[SWITCH])
    return page


def _keep(page: Any, language: str) -> Any:
    page.set_cookie(
        COOKIE,
        language,
        max_age=KEPT_DAYS * 24 * 3600,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return page
