"""Files given to commands, and what is wrong with them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.consultations.files.problems import MOST_SHOWN, RefusedFile

readable = click.Path(dir_okay=False, path_type=Path)


@contextmanager
def refusals(file: Path) -> Iterator[None]:
    """Print what is wrong, a line each as FILE:LINE: MESSAGE, and end with status 1."""
    try:
        yield
    except RefusedFile as refused:
        for problem in refused.problems[:MOST_SHOWN]:
            line = f":{problem.line}" if problem.line else ""
            click.echo(f"{file}{line}: {problem.message}", err=True)
        if (more := len(refused.problems) - MOST_SHOWN) > 0:
            click.echo(f"and {more} more", err=True)
        click.echo("Nothing was loaded.", err=True)
        raise SystemExit(1) from refused
