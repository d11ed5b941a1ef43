"""The layers of the program are what pyproject.toml says, and a command without a terminal loads no interface."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert ", 0 broken." in done.stdout
    assert "0 kept" not in done.stdout


def loaded_by(*arguments: str) -> set[str]:
    """Names of the modules that a run of the program has loaded when it ends."""
    code = (
        "import sys; from convenings.__main__ import main; code = main(sys.argv[1:]);"
        "print('\\nLOADED', *sys.modules); sys.exit(code)"
    )
    package = importlib.util.find_spec("convenings")
    assert package is not None
    assert package.submodule_search_locations is not None
    source = str(Path(package.submodule_search_locations[0]).parent)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"PYTHONPATH": source, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["--keys", "--json"],
        ["--theme", "?"],
        ["list", "event", "--json"],
        ["search", "huang", "--json"],
        ["show", "person/fu-changbo", "--json"],
        ["check", "--json"],
        ["stats", "--json"],
    ],
    ids=" ".join,
)
def test_what_prints_data_loads_neither_textual_nor_rich(arguments: list[str]) -> None:
    loaded = loaded_by(*arguments)
    assert "convenings.cli.program" in loaded
    assert not {"textual", "rich", "shtab"} & loaded


def test_what_prints_for_people_loads_rich_and_no_textual() -> None:
    loaded = loaded_by("list", "event")
    assert "rich" in loaded
    assert "textual" not in loaded
