"""flask officer: who may sign in."""

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts import passwords, tries
from app.accounts.actor import SYSTEM
from app.accounts.queries.officers import (
    active_administrators,
    anyone_can_sign_in,
    normalised_email,
    officer_by_email,
)
from app.accounts.services import first_officer
from app.accounts.services.add_officer import AlreadyThere, add_officer
from app.accounts.services.change_roles import change_roles
from app.accounts.services.count_try import forget_tries
from app.accounts.services.make_set_up_link import make_set_up_link
from app.accounts.services.set_password import set_password
from app.consultations.queries.find import consultation_by_slug
from app.database import transaction
from app.enums import Role
from app.web.clock import now
from app.web.passwords import hashed

officers = AppGroup("officer", help="Add officers and give them new passwords.")


@officers.command("add")
@click.argument("email")
@click.argument("name")
@click.option("--role", "roles", multiple=True, type=click.Choice([role.value for role in Role]))
@click.option("--consultation", "slug", help="Where the roles hold; an administrator's holds everywhere.")
def add(email: str, name: str, roles: tuple[str, ...], slug: str | None) -> None:
    """Add an officer, and print the one-time address where they choose a password."""
    chosen = {Role(role) for role in roles}
    if chosen - {Role.ADMINISTRATOR} and not slug:
        raise click.UsageError("Say with --consultation where these roles hold.")
    with transaction():
        consultation = consultation_by_slug(slug) if slug else None
        if slug and consultation is None:
            raise click.ClickException(f"There is no consultation {slug!r}.")
        try:
            officer = add_officer(email, name=name, actor=SYSTEM, now=now())
        except AlreadyThere:
            raise click.ClickException(f"{email} is an officer already.") from None
        for place in {None, consultation.id if consultation else None}:
            here = {role for role in chosen if (role is Role.ADMINISTRATOR) == (place is None)}
            change_roles(officer.id, consultation_id=place, roles=here, actor=SYSTEM, now=now())
        token = make_set_up_link(officer.id, actor=SYSTEM, now=now())
    click.echo(
        f"Added {normalised_email(email)}. To choose a password, once, within 7 days: /officer/set-up/{token}"
    )


@officers.command("password")
@click.argument("email", required=False)
def password(email: str | None) -> None:
    """Print a new password for EMAIL, or for the first administrator. Every session of theirs ends."""
    officer = officer_by_email(email) if email else next(iter(active_administrators()), None)
    if officer is None or officer.is_example:
        raise click.ClickException("There is no such officer.")
    made, officer_id, address = passwords.generated(), officer.id, officer.email
    password_hash = hashed(made)
    key = current_app.extensions["settings"].link_key
    with transaction():
        set_password(officer_id, password_hash=password_hash, actor=SYSTEM, now=now())
        forget_tries([tries.subject("account", address, key=key)])
    _tell(address, made)


@officers.command("first")
@click.option("--email", default=first_officer.EMAIL, show_default=True)
@click.option("--name", default=first_officer.NAME, show_default=True)
def first(email: str, name: str) -> None:
    """Make the first officer and print their password; nothing when there is an officer already."""
    if anyone_can_sign_in():
        return
    made = passwords.generated()
    password_hash = hashed(made)
    with transaction():
        officer = first_officer.make_first_officer(password_hash, now=now(), email=email, name=name)
    if officer is not None:
        _tell(normalised_email(email), made)


def _tell(email: str, made: str) -> None:
    click.echo(f"Officer:  {email}\nPassword: {made}")
