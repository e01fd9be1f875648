"""GOV.UK form widgets as this product uses them.

The macros under govuk-frontend-wtf read keys that are not there, so they alone are rendered without strict
undefined. Forms import widgets from here, so that replacing the library is a change of one file.
"""

from typing import Any

from flask import current_app
from govuk_frontend_wtf import wtforms_widgets as gov
from jinja2 import Environment, Undefined
from markupsafe import Markup


class _AsWeUseThem:
    template: str

    def render(self, params: dict[str, Any]) -> Markup:
        if "widget_environment" not in current_app.extensions:
            current_app.extensions["widget_environment"] = current_app.jinja_env.overlay(undefined=Undefined)
        environment: Environment = current_app.extensions["widget_environment"]
        marked = _marked(params)
        return Markup(environment.get_template(self.template).render(params=marked))  # noqa: S704 - our own macro

    def map_gov_params(self, field: Any, **given: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **given)  # type: ignore[misc]
        if not field.description:
            params["hint"] = None
        rows = params.get("attributes", {}).pop("rows", None)
        if rows:
            params["rows"] = rows
        if "fieldset" in params:
            params["fieldset"].setdefault("legend", {}).setdefault("text", field.label.text)
        return params


def _marked(params: Any) -> Any:
    """The macros trim what they are given as text, and would lose the language that it says it is in."""
    if isinstance(params, list | tuple):
        return [_marked(one) for one in params]
    if not isinstance(params, dict):
        return params
    found = {key: _marked(value) for key, value in params.items()}
    text: Any = found.get("text")
    if hasattr(text, "__html__") and not found.get("html"):
        found["html"] = Markup(text.__html__())  # noqa: S704 - it escapes itself
    return found


class CheckboxesInput(_AsWeUseThem, gov.GovCheckboxesInput):
    pass


class CheckboxInput(_AsWeUseThem, gov.GovCheckboxInput):
    pass


class DateInput(_AsWeUseThem, gov.GovDateInput):
    def map_gov_params(self, field: Any, **given: Any) -> dict[str, Any]:
        sent = field.raw_data
        if sent is not None:  # the library takes it that all three came, and no more
            field.raw_data = ([*sent, "", "", ""])[:3]
        try:
            return super().map_gov_params(field, **given)
        finally:
            field.raw_data = sent


class PasswordInput(_AsWeUseThem, gov.GovPasswordInput):
    pass


class RadioInput(_AsWeUseThem, gov.GovRadioInput):
    pass


class Select(_AsWeUseThem, gov.GovSelect):
    pass


class TextArea(_AsWeUseThem, gov.GovTextArea):
    pass


class TextInput(_AsWeUseThem, gov.GovTextInput):
    pass
