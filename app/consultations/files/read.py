from pathlib import Path

from app.consultations.files.checks import check
from app.consultations.files.format import ConsultationFile
from app.consultations.files.problems import Problem, Problems, RefusedFile
from app.consultations.files.shapes import read
from app.consultations.files.yaml_lines import read_yaml


def read_text(path: Path) -> str:
    """Raises RefusedFile where the file cannot be opened or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RefusedFile([Problem(None, f"cannot be opened: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise RefusedFile([Problem(line, "is not UTF-8 text")]) from error


def consultation_document(path: Path) -> dict[str, object]:
    return read_yaml(read_text(path))


def checked(document: dict[str, object]) -> ConsultationFile:
    """A document as a consultation file that holds together. Raises RefusedFile."""
    problems = Problems()
    file = read(ConsultationFile, document, problems=problems)
    problems.refuse()
    check(file, problems=problems)
    problems.refuse()
    return file
