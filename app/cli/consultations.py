from pathlib import Path

import click
from flask.cli import AppGroup

from app.accounts.actor import SYSTEM
from app.cli.files import readable, refusals
from app.consultations.files.read import consultation_document
from app.consultations.queries.find import consultation_by_slug
from app.consultations.services.load import load_consultation
from app.consultations.services.publish_version import publish_version
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


@consultation.command("document")
@click.argument("slug")
@click.argument("file", type=readable)
def document(slug: str, file: Path) -> None:
    """Publish a newer version of the document of SLUG: the document, sections and passages of FILE.

    FILE is the whole consultation file with a new document version. Questions stay as they are. Comments on
    a paragraph stay with the wording they were made about, and say so.
    """
    with refusals(file), transaction():
        found = consultation_by_slug(slug)
        if found is None:
            raise click.ClickException(f"There is no consultation {slug}.")
        done = publish_version(found, consultation_document(file), actor=SYSTEM, now=now())
    click.echo(
        f"Published version {done.label}: paragraphs changed {done.changed}, "
        f"added {done.added}, gone {done.gone}."
    )
