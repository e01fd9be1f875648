from pathlib import Path

from jinja2 import DictLoader, Environment

from app.web.compiled import CompiledTemplates


def test_a_page_is_shown_where_its_compiled_form_cannot_be_kept(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    pages = Environment(
        loader=DictLoader({"page": "Your words are below."}),
        bytecode_cache=CompiledTemplates(str(gone)),
        autoescape=True,
    )
    gone.rmdir()

    assert pages.get_template("page").render() == "Your words are below."
