from flask import Response

from app.web.health import database_answers


def healthz() -> Response:
    ready = database_answers()
    return Response(
        "ok\n" if ready else "database unreachable\n", 200 if ready else 503, mimetype="text/plain"
    )
