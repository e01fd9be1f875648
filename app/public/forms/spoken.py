from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm

from app.web.languages import switching


class PublicForm(FlaskForm):
    """Sent to see the page in another language, it does not validate and has no errors: its view shows it
    again as typed."""

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        return not switching() and bool(super().validate(extra_validators))
