"""Two devices wrote in one place: both texts are shown whole, and the person says what stays."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from app.responses.queries.reply import Given
from app.responses.refusals import ChangedElsewhere
from app.web.errors import typed_fields

if TYPE_CHECKING:
    from app.models import Consultation

KEEP = "keep-"
MINE, OTHER, BOTH = "mine", "other", "both"


class Writing(Protocol):
    """A lead's reply, or a colleague's part of one."""

    @property
    def consultation(self) -> "Consultation": ...


def with_kept_words(sent: MultiDict[str, str], texts: Mapping[str, tuple[str, Given]]) -> MultiDict[str, str]:
    """What was sent, with the words that the person chose to keep. `texts` by field: the question's key, and
    its answer as it stands. Where that has changed once more, the page asks again."""
    seen = {pair.rpartition(":")[0]: pair.rpartition(":")[2] for pair in sent.get("seen", "").split()}
    merged = MultiDict(sent)
    for field, (key, stands) in texts.items():
        choice = sent.get(KEEP + key)
        if choice is None or seen.get(key) != str(stands.version):
            continue
        mine = sent.get(field, "")
        kept = {MINE: mine, OTHER: stands.text, BOTH: f"{stands.text}\n\n{mine}"}
        merged[field] = kept.get(choice, kept[BOTH])
    return merged


def conflict_page(here: Writing, title: str, changed: ChangedElsewhere, asked: Mapping[str, str]) -> str:
    """`asked`: the words of each question, by its key."""
    seen = dict(pair.rpartition(":")[::2] for pair in request.form.get("seen", "").split())
    seen |= {key: str(other.version) for key, other in changed.others.items()}
    kept = {KEEP + key for key in changed.others} | {"seen"}
    return render_template(
        "public/reply/conflict.html",
        consultation=here.consultation,
        title=title,
        seen=" ".join(f"{key}:{version}" for key, version in seen.items()),
        fields=[(name, value) for name, value in typed_fields() if name not in kept],
        changes=[
            {"key": key, "question": asked[key], "mine": _mine(key), "other": other.text}
            for key, other in changed.others.items()
        ],
    )


def _mine(key: str) -> str:
    return request.form.get(f"q-{key}", request.form.get(key, ""))
