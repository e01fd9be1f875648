"""PDFs are tagged, made elsewhere, one at a time, and of nothing but the words they are given."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.rendering import kept_pdf, pdf
from app.rendering.kept_pdf import kept_pdf as kept
from app.rendering.pdf import NoPdf, tagged_pdf, turn
from app.rendering.pdf_process import LIBRARIES_MISSING
from tests.support.pdf import ReadPdf

PAGE = "<!doctype html><html lang='cy'><title>A title</title><h1>A heading</h1><p>Words.</p></html>"


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """What a server on this machine was asked for, its own address first."""
    paths: list[str] = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        paths.append(f"http://127.0.0.1:{server.server_port}")
        yield paths
        server.shutdown()


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The module that stands in for the process that makes PDFs."""
    folder = tmp_path / "app" / "rendering"
    folder.mkdir(parents=True)
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    return folder / "pdf_process.py"


def test_a_pdf_says_what_it_is_and_has_its_tags() -> None:
    read = ReadPdf(tagged_pdf(PAGE))

    assert (read.marked, read.language, read.title) == (True, "cy", "A title")
    assert {"/H1", "/P"} <= set(read.tags())
    assert read.words() == "AheadingWords."


def test_chinese_japanese_and_korean_have_letters_of_their_own() -> None:
    """In a font without them they would be boxes."""
    read = ReadPdf(tagged_pdf("<!doctype html><title>A title</title><p>图书馆ひらがな도서관</p>"))

    assert read.fonts() == {"WenQuanYi-Micro-Hei"}


def test_nothing_is_fetched_from_the_network_or_a_file(asked: list[str], tmp_path: Path) -> None:
    planted = tmp_path / "planted.txt"
    planted.write_text("planted")
    (site,) = asked
    wanting = "".join(
        f"<img alt=a src='{where}/1'><link rel=stylesheet href='{where}/2'><object data='{where}/3'></object>"
        f"<link rel=attachment href='{where}'><style>@import '{where}/4'; p {{background: url({where}/5)}}"
        f"@font-face {{font-family: x; src: url({where}/6)}} p {{font-family: x}}</style>"
        for where in (site, planted.as_uri())
    )
    made = tagged_pdf(PAGE.replace("<p>", wanting + "<p>"))

    assert asked == [site]
    assert not ReadPdf(made).pdf.attachments
    assert "Words." in ReadPdf(made).words()


def test_without_the_libraries_there_is_no_pdf_and_the_log_says_what_to_run(instead: Path) -> None:
    instead.write_text(f"import sys; sys.exit({LIBRARIES_MISSING})")

    with pytest.raises(NoPdf, match="make setup"):
        tagged_pdf(PAGE)


def test_a_library_that_is_not_there_ends_the_process_with_that_word(instead: Path) -> None:
    instead.write_text((Path(pdf.__file__).parent / "pdf_process.py").read_text())
    (pdf.ROOT / "weasyprint.py").write_text("raise OSError('cannot load library')")

    with pytest.raises(NoPdf, match="make setup"):
        tagged_pdf(PAGE)


def test_the_process_gets_no_secret(instead: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "planted")
    instead.write_text("import os; print(sorted(os.environ))")

    assert b"PATH" in tagged_pdf(PAGE)
    assert b"SECRET_KEY" not in tagged_pdf(PAGE)


def test_the_process_ends_without_unloading_the_libraries(instead: Path) -> None:
    """One that unloaded them while a thread of Pango was beginning ended with signal 11, its PDF written."""
    process = Path(pdf.__file__).parent / "pdf_process.py"
    instead.write_text(
        "import atexit, os, runpy\n"
        "atexit.register(os._exit, 11)\n"
        f"runpy.run_path({str(process)!r}, run_name='__main__')"
    )

    assert ReadPdf(tagged_pdf(PAGE)).words() == "AheadingWords."


def test_what_takes_too_long_is_given_up(instead: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_SECONDS", 0.2)
    instead.write_text("import time; time.sleep(60)")

    with pytest.raises(NoPdf, match="not made within"):
        tagged_pdf(PAGE)


def test_a_third_at_once_is_turned_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_WAIT_SECONDS", 0.2)
    said: list[str] = []

    def wait() -> None:
        try:
            with turn():
                said.append("had a turn")
        except NoPdf as why:
            said.append(str(why))

    with turn():
        waiting = threading.Thread(target=wait)
        waiting.start()
        while pdf._room._value:  # until the other one waits
            pass
        with pytest.raises(NoPdf, match="others are being made"), turn():
            pass
        waiting.join()
    assert said == ["PDF: waited 0.2 seconds for another"]
    with turn():
        pass


def test_a_pdf_for_everyone_is_made_once_for_each_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def make(html: str) -> bytes:
        made.append(html)
        return html.encode()

    monkeypatch.setattr(kept_pdf, "made_in_turn", make)
    answers = [kept(html, folder=tmp_path / "pdf") for html in ("one", "one", "two", "one")]

    assert answers == [b"one", b"one", b"two", b"one"]
    assert made == ["one", "two"]
    assert (tmp_path / "pdf").stat().st_mode & 0o077 == 0


def test_only_so_many_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_pdf, "made_in_turn", str.encode)
    monkeypatch.setattr(kept_pdf, "MOST_KEPT", 2)
    for html in ("one", "two", "three"):
        kept(html, folder=tmp_path)

    assert len(list(tmp_path.iterdir())) == 2
