"""The stages of a consultation and the ways between them: each has a name, a right, and a direction."""

from dataclasses import dataclass

from app.enums import Permission, Stage


@dataclass(frozen=True)
class Move:
    """`back` asks for a reason. `elsewhere` is made by the work it belongs to, not on the page of stages."""

    name: str
    start: Stage
    end: Stage
    right: Permission
    back: bool = False
    elsewhere: bool = False


MOVES: dict[str, Move] = {
    "test": Move("Start testing", Stage.DRAFT, Stage.TESTING, Permission.SET_UP),
    "draft": Move("Go back to draft", Stage.TESTING, Stage.DRAFT, Permission.SET_UP, back=True),
    "open": Move("Open the consultation", Stage.TESTING, Stage.OPEN, Permission.SET_UP),
    "close": Move("Close the consultation now", Stage.OPEN, Stage.CLOSED, Permission.SET_UP),
    "reopen": Move(
        "Reopen by extending", Stage.CLOSED, Stage.OPEN, Permission.SET_UP, back=True, elsewhere=True
    ),
    "sign-off": Move(
        "Sign off the coding", Stage.CLOSED, Stage.SIGNED_OFF, Permission.SIGN_OFF, elsewhere=True
    ),
    "unsign": Move(
        "Reopen the coding", Stage.SIGNED_OFF, Stage.CLOSED, Permission.SIGN_OFF, back=True, elsewhere=True
    ),
    "report": Move(
        "Publish the report", Stage.SIGNED_OFF, Stage.REPORTED, Permission.PUBLISH, elsewhere=True
    ),
    "unreport": Move(
        "Withdraw the report", Stage.REPORTED, Stage.SIGNED_OFF, Permission.PUBLISH, back=True, elsewhere=True
    ),
    "archive": Move("Archive the consultation", Stage.REPORTED, Stage.ARCHIVED, Permission.SET_UP),
    "unarchive": Move(
        "Take out of the archive", Stage.ARCHIVED, Stage.REPORTED, Permission.SET_UP, back=True
    ),
}


def moves_from(stage: Stage) -> dict[str, Move]:
    return {key: move for key, move in MOVES.items() if move.start is stage}
