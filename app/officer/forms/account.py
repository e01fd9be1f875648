from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, ValidationError
from wtforms.validators import InputRequired

from app.accounts.passwords import why_refused
from app.web.widgets import PasswordInput

# Made before the fields of the form below, so that it also comes first where errors are listed.
_CURRENT = PasswordField(
    "Current password", widget=PasswordInput(), validators=[InputRequired("Enter your current password")]
)


class NewPasswordForm(FlaskForm):
    """`for_officer` gives the email and the name that a password must not be."""

    new_password = PasswordField(
        "New password",
        widget=PasswordInput(),
        description="12 characters or more. Three words that do not belong together are easy to remember.",
        validators=[InputRequired("Enter a new password")],
    )
    new_password_again = PasswordField(
        "New password again",
        widget=PasswordInput(),
        validators=[InputRequired("Enter the new password again")],
    )

    def for_officer(self, *, email: str, name: str) -> "NewPasswordForm":
        self._email, self._name = email, name
        return self

    def validate_new_password(self, field: Field) -> None:
        refused = why_refused(field.data or "", email=self._email, name=self._name)
        if refused:
            raise ValidationError(refused)

    def validate_new_password_again(self, field: Field) -> None:
        if field.data != self.new_password.data:
            raise ValidationError("The two new passwords are not the same")


class ChangePasswordForm(NewPasswordForm):
    current_password = _CURRENT
