from pathlib import Path

import click
from flask.cli import AppGroup

from app.accounts.actor import SYSTEM
from app.cli.files import readable, refusals
from app.consultations.files.read import consultation_document
from app.consultations.services.load import load_consultation
from app.database import transaction
from app.enums import Stage
from app.web.clock import now

consultation = AppGroup("consultation", help="Consultations as files.")


@consultation.command("load")
@click.argument("file", type=readable)
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in (Stage.DRAFT, Stage.TESTING, Stage.OPEN)]),
    default=Stage.DRAFT.value,
    show_default=True,
    help="Open takes responses between the dates of its schedule.",
)
@click.option("--sample", is_flag=True, help="Mark every page as written examples.")
def load(file: Path, stage: str, sample: bool) -> None:
    """Load the consultation in FILE (YAML): all of it, or nothing and a list of what is wrong."""
    with refusals(file), transaction():
        loaded = load_consultation(
            consultation_document(file), actor=SYSTEM, now=now(), stage=Stage(stage), is_sample=sample
        )
        slug, title = loaded.slug, loaded.title
    click.echo(f"Loaded {title}: /c/{slug}")
