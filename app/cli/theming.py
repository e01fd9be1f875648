"""Theming of files from the terminal, with no database: flask theming discover, code, triage,
next, doubts, check, compare."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

import click
from tqdm import tqdm

import config
from app.themes.files.blocks import ALL, ClusterError, on_cluster
from app.themes.files.check import check_files, compare_files
from app.themes.files.code import code_file
from app.themes.files.discover import discover_file
from app.themes.files.encoder import EncoderUnavailableError, choose_encoder, names_of_engine
from app.themes.files.reading import FileProblemError
from app.themes.files.reading_order import doubts_file, next_file
from app.themes.files.triage import triage_file

_FILE: Final = click.Path(path_type=Path)
_WRONG_FILE: Final = 2
Progress = Callable[[int, int], None]
Command = Callable[..., None]


def _in_blocks(command: Command) -> Command:
    """The options of a command whose work can be shared out."""
    command = click.option(
        "--workers", type=click.IntRange(min=1), help="Processes on this machine. [default: one a core]"
    )(command)
    return click.option(
        "--cluster", metavar="ADDRESS", envvar="THEMING_CLUSTER", show_envvar=True,
        help="Work on the Dask cluster with this scheduler, like tcp://10.0.0.5:8786.",
    )(command)  # fmt: skip


_encoder: Final = click.option(
    "--encoder", metavar="FOLDER", type=_FILE, expose_value=False,
    callback=lambda _context, _option, folder: _choose(folder),
    help="Compare texts by the ONNX sentence encoder in this folder as well.  "
    "[default: THEMING_ENCODER, or what make setup built, up to 20,000 comments]",
)  # fmt: skip


def _choose(folder: Path | None) -> None:
    choose_encoder(folder or config.encoder_folder(), named=bool(folder) or config.encoder_is_named())


@click.group("theming", help="Theme comments in files; no database is needed.")
def theming_group() -> None:
    """The commands below."""


@theming_group.command("encoder")
@_encoder
def which_encoder() -> None:
    """Say which encoders and which weights are used, after a trial."""
    names: dict[str, str] = {}
    _run("Encoder", lambda _: names.update(names_of_engine()))
    for what, name in names.items():
        click.echo(f"{what}: {name}")


@theming_group.command("discover")
@click.argument("source", metavar="IN.csv", type=_FILE)
@click.argument("target", metavar="OUT.csv", type=_FILE)
@_in_blocks
@_encoder
def discover(source: Path, target: Path, workers: int | None, cluster: str | None) -> None:
    """Propose themes. IN has id, question, text; OUT gets id, theme, score; OUT.themes.json the themes."""
    _run(
        "Themes",
        lambda progress: discover_file(source, target, progress=progress, workers=workers or ALL),
        cluster,
    )


@theming_group.command("code")
@click.argument("source", metavar="IN.csv", type=_FILE)
@click.argument("frame", metavar="FRAME.csv", type=_FILE)
@click.argument("target", metavar="OUT.csv", type=_FILE)
@click.option(
    "--coded", type=_FILE, help="Comments already coded: id, question, text, label [, stance, quotes]."
)
@click.option("--weights", type=_FILE, help="Weights of the matcher instead of those of the product.")
@click.option("--explain", metavar="ID", help="Say why the themes of this comment were suggested.")
@_in_blocks
@_encoder
def code(
    source: Path,
    frame: Path,
    target: Path,
    coded: Path | None,
    weights: Path | None,
    explain: str | None,
    workers: int | None,
    cluster: str | None,
) -> None:
    """Suggest themes of a frame. OUT gets the ten likeliest of each comment, with a probability."""
    lines: list[str] = []
    _run(
        "Coding",
        lambda progress: lines.extend(
            code_file(
                source, frame, target, coded=coded, weights=weights, progress=progress, explain=explain,
                workers=workers or ALL,
            )
        ),
        cluster,
    )  # fmt: skip
    for line in lines:
        click.echo(line)


@theming_group.command("next")
@click.argument("source", metavar="IN.csv", type=_FILE)
@click.argument("target", metavar="OUT.csv", type=_FILE)
@click.option("--frame", type=_FILE, help="The coding frame: with it, themes with few examples come first.")
@click.option("--coded", type=_FILE, help="Comments already coded, as for code; they are not given again.")
@click.option("--most", type=click.IntRange(min=1), default=50, show_default=True)
@_encoder
def read_next(source: Path, target: Path, frame: Path | None, coded: Path | None, most: int) -> None:
    """Which comments to read next, so that few readings teach the most. OUT gets place, id."""
    _run("Order", lambda _: next_file(source, target, frame=frame, coded=coded, most=most))


@theming_group.command("doubts")
@click.argument("coded", metavar="CODED.csv", type=_FILE)
@click.argument("frame", metavar="FRAME.csv", type=_FILE)
@click.argument("target", metavar="OUT.csv", type=_FILE)
@click.option("--most", type=click.IntRange(min=1), default=50, show_default=True)
@_encoder
def doubts(coded: Path, frame: Path, target: Path, most: int) -> None:
    """Which codings are most likely to be wrong. OUT gets id, code, whether it is coded, and the doubt."""
    _run("Doubts", lambda _: doubts_file(coded, frame, target, most=most))


@theming_group.command("triage")
@click.argument("source", metavar="IN.csv", type=_FILE)
@click.argument("target", metavar="OUT.csv", type=_FILE)
def triage(source: Path, target: Path) -> None:
    """Find what needs handling: no comment made, campaigns, possible personal data, language."""
    _run("Triage", lambda progress: triage_file(source, target, progress=progress))


@theming_group.command("check")
@click.argument("first", metavar="FIRST.csv", type=_FILE)
@click.argument("second", metavar="SECOND.csv", type=_FILE)
@click.argument("target", metavar="OUT.json", type=_FILE)
def check(first: Path, second: Path, target: Path) -> None:
    """How far two coders agree: F1 with its interval, alpha, and kappa for each theme. A file has id and
    label, or is what code wrote."""
    _run("Agreement", lambda _: check_files(first, second, target))


@theming_group.command("compare")
@click.argument("before", metavar="BEFORE.csv", type=_FILE)
@click.argument("after", metavar="AFTER.csv", type=_FILE)
@click.argument("target", metavar="OUT.json", type=_FILE)
def compare(before: Path, after: Path, target: Path) -> None:
    """What a second run assigns anew and no longer, theme by theme. Files as for check."""
    _run("Changes", lambda _: compare_files(before, after, target))


def _run(what: str, work: Callable[[Progress], None], cluster: str | None = None) -> None:
    """Do `work` under a bar on stderr, on a cluster where one is given. A file or a cluster that cannot be
    used: one line there and exit status 2."""
    try:
        with (
            tqdm(desc=what, unit=" comments", disable=None, leave=False) as bar,
            on_cluster(cluster) if cluster else nullcontext(),
        ):
            work(_reporter(bar))
    except (FileProblemError, ClusterError, EncoderUnavailableError) as problem:
        click.echo(f"Error: {problem}", err=True)
        raise SystemExit(_WRONG_FILE) from problem


def _reporter(bar: "tqdm[Any]") -> Progress:
    def report(done: int, total: int) -> None:
        bar.total = total
        bar.update(done - bar.n)

    return report
