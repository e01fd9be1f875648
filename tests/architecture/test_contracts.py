"""The import contracts hold, and each of them can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# A contract's first words, and an import that breaks it: (file, line).
VIOLATIONS = {
    "The house": ("app/enums.py", "import app.database"),
    "Inside a capability": ("app/accounts/queries/rights.py", "import app.accounts.services.record"),
    "Inside a front door": ("app/public/routes/health.py", "import app.public.blueprint"),
    "The engine is pure": ("app/theming/points.py", "import flask"),
    "Pages call services": ("app/public/routes/health.py", "import app.models"),
    "Capabilities and models know no web": ("app/accounts/actor.py", "import flask"),
    "Only cleaning and themes": ("app/counting/__init__.py", "import app.theming.points"),
    "No two parts of the house": ("app/models/__init__.py", "import app.accounts.actor"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_contract_is_kept() -> None:
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout + result.stderr
    assert f"{len(VIOLATIONS)} kept, 0 broken" in result.stdout


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the linter says of a copy of the house with one violation of each contract."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "app", copy / "app", ignore=shutil.ignore_patterns("static", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for file, line in VIOLATIONS.values():
        with (copy / file).open("a") as module:
            module.write(f"\n{line}\n")
    return lint_imports(copy).stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_the_contract_can_fail(broken: str, contract: str) -> None:
    verdicts = [line for line in broken.splitlines() if line.startswith(contract)]

    assert verdicts
    assert " BROKEN" in verdicts[0], verdicts[0]
