from pathlib import Path

import click
from flask.cli import AppGroup

from app.accounts.actor import SYSTEM
from app.cli.files import readable, refusals
from app.cli.retention import delete_what_is_old
from app.consultations.files.read import read_text
from app.consultations.queries.find import consultation_by_slug
from app.database import transaction
from app.responses.services.load import load_responses
from app.web.clock import now

responses = AppGroup("responses", help="Responses as files.")


@responses.command("load")
@click.argument("slug")
@click.argument("file", type=readable)
@click.option("--move-days", type=int, default=0, help="Move every response by so many days.")
def load(slug: str, file: Path, move_days: int) -> None:
    """Load the responses in FILE (one JSON object a line) into the consultation SLUG.

    Loading the same file again adds nothing; of a longer file with the same ids, only the new ones.
    """
    with refusals(file), transaction():
        consultation = consultation_by_slug(slug)
        if consultation is None:
            raise click.ClickException(f"There is no consultation {slug}.")
        loaded = load_responses(
            consultation,
            text=read_text(file),
            file_name=file.name,
            actor=SYSTEM,
            now=now(),
            move_days=move_days,
        )
    click.echo(f"Loaded {loaded.responses} responses with {loaded.comments} comments.")
    if loaded.already:
        click.echo(f"{loaded.already} responses were here already.")


@responses.command("delete-old-drafts")
def delete_old_drafts() -> None:
    """Delete drafts not sent, 30 days after the last change. The worker does it about every hour."""
    click.echo(f"Deleted {delete_what_is_old(now=now())} drafts.")
