"""The security headers of every answer."""

from wsgiref.headers import Headers

from flask import Flask, Response, request

from app.extensions import talisman

CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
PRIVATE_PATHS = ("/officer", "/continue", "/contribute")


def init_app(app: Flask, *, secure: bool) -> None:
    talisman.init_app(
        app,
        force_https=False,  # the proxy in front does that; a health check from inside must not be redirected
        strict_transport_security=secure,
        session_cookie_secure=secure,
        session_cookie_samesite="Lax",
        content_security_policy=CONTENT_SECURITY_POLICY,
        content_security_policy_nonce_in=["script-src"],
        frame_options="DENY",
        # Private links must not travel in a referrer; same-origin is what the CSRF check needs over HTTPS.
        referrer_policy="same-origin",
    )
    app.after_request(_add)


def _add(response: Response) -> Response:
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.path.startswith(PRIVATE_PATHS) or "/reply" in request.path:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def add_to_static(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'"  # a picture runs nothing
    )
