from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired

from app.web.widgets import PasswordInput, TextInput


class SignInForm(FlaskForm):
    email = EmailField(
        "Email address", widget=TextInput(), validators=[InputRequired("Enter your email address")]
    )
    password = PasswordField(
        "Password", widget=PasswordInput(), validators=[InputRequired("Enter your password")]
    )
    next = HiddenField()
    held = HiddenField()
