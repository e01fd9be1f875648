from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import Email, InputRequired, Length

from app.accounts.roles import IN_ONE_CONSULTATION, LABELS, MEANINGS
from app.enums import Role
from app.web.widgets import CheckboxesInput, CheckboxInput, TextInput

TOO_LONG = "Name must be 100 characters or fewer"
EMAIL = "Enter an email address in the right shape, like name@example.org"

ADMINISTRATORS_MEANING = [{"hint": {"text": MEANINGS[Role.ADMINISTRATOR]}}]
MEANINGS_UNDER_THEM = [{"hint": {"text": MEANINGS[role]}} for role in IN_ONE_CONSULTATION]


class WhoForm(FlaskForm):
    email = EmailField(
        "Email address",
        widget=TextInput(),
        validators=[InputRequired("Enter their email address"), Email(EMAIL), Length(max=254, message=EMAIL)],
    )
    name = StringField(
        "Name",
        widget=TextInput(),
        description="As it stands beside what they decide, for example R. Ashdown.",
        validators=[InputRequired("Enter their name"), Length(max=100, message=TOO_LONG)],
    )


class RolesForm(FlaskForm):
    roles = SelectMultipleField(
        "Roles in this consultation",
        widget=CheckboxesInput(),
        choices=[SelectChoice(role.value, LABELS[role]) for role in IN_ONE_CONSULTATION],
    )

    @property
    def chosen(self) -> set[Role]:
        return {Role(value) for value in self.roles.data or []}


class AddPersonForm(WhoForm, RolesForm):
    def validate_roles(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Choose at least one role")


class AdministratorForm(FlaskForm):
    administrator = BooleanField("Administrator of all consultations", widget=CheckboxInput())


class AddOfficerForm(WhoForm, AdministratorForm):
    pass
