"""The layers of the program are what pyproject.toml says, and a command without a terminal loads no interface."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Hold the sources below a folder against the contracts in its ``pyproject.toml``."""
    return subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_import_contracts_hold() -> None:
    result = lint_imports(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr
    assert ", 0 broken." in result.stdout
    assert " 0 kept" not in result.stdout


@pytest.mark.parametrize(
    "line",
    [
        "if TYPE_CHECKING:\n    from convenings.domain.errors import BadInput",
        "def later() -> None:\n    from convenings.domain.errors import BadInput",
    ],
    ids=["for types", "inside a function"],
)
def test_a_circle_of_imports_breaks_a_contract(tmp_path: Path, line: str) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "src/convenings/domain/text.py").open("a", encoding="utf-8") as module:
        module.write(f"\n\nfrom typing import TYPE_CHECKING\n\n{line}\n")
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    assert "No cycles are allowed in convenings.domain" in result.stdout
    assert ", 1 broken." in result.stdout


RUN = "import sys; from convenings.__main__ import main; code = main(sys.argv[1:])"
START = """
import asyncio, sys
from pathlib import Path
from convenings.index.open import peek_model
from convenings.tui.app import ConveningsApp
from convenings.workspace import open_workspace

async def start():
    async with ConveningsApp(open_workspace(peek_model(Path(sys.argv[1]))), fresh=True).run_test():
        pass

code = asyncio.run(start())
"""
"""Opens the explorer on a dataset whose index is there, up to its first picture."""


def loaded_by(*arguments: str, code: str = RUN) -> set[str]:
    """Names of the modules that a run of the program has loaded when it ends."""
    package = importlib.util.find_spec("convenings")
    assert package is not None
    assert package.submodule_search_locations is not None
    source = str(Path(package.submodule_search_locations[0]).parent)
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint('\\nLOADED', *sys.modules); sys.exit(code)", *arguments],
        env=os.environ | {"PYTHONPATH": source, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return set(result.stdout.rpartition("LOADED ")[2].split())


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


def test_the_first_picture_loads_nothing_that_only_writing_importing_and_reviewing_need() -> None:
    loaded_by("list", "event", "--json")
    loaded = loaded_by(str(ROOT / "data" / "convenings.json"), code=START)
    assert "convenings.tui.views.four_panes" in loaded
    heavy = {"tinydb", "convenings.store.dataset", "convenings.presentation.passages", "convenings.interchange"}
    heavy |= {"convenings.drafting", "convenings.tui.views.review", "convenings.tui.views.programme"}
    assert not heavy & loaded


BUILD = """
import sys
from convenings.index.build import child

loaded = []
child._say = lambda phase: loaded.extend(sys.modules if phase == "rows" else ())
code = child.main(sys.argv[1:])
print("\\nLOADED", *loaded)
sys.exit(code)
"""
"""Builds an index, and lists what was loaded once the timeline could be shown."""


def test_a_builder_shows_the_timeline_before_it_loads_what_that_does_not_need(tmp_path: Path) -> None:
    dataset = tmp_path / "events.json"
    shutil.copy(ROOT / "data" / "convenings.json", dataset)
    loaded = loaded_by(str(dataset), code=BUILD)
    assert "convenings.index.build.pipeline" in loaded
    heavy = {"logging", "hashlib", "dataclasses", "concurrent.futures", "convenings.index.build.complete"}
    assert not heavy & loaded


def test_help_loads_neither_the_index_nor_the_store() -> None:
    heavy = {"convenings.index.model", "convenings.store.dataset", "convenings.workspace", "tinydb"}
    assert not heavy & loaded_by("--help")


@pytest.mark.parametrize("arguments", [["stats", "--json"], ["check", "--json"], ["list", "--help"]], ids=" ".join)
def test_a_command_loads_no_other_command(arguments: list[str]) -> None:
    modules = {name for name in loaded_by(*arguments) if name.startswith("convenings.cli.commands.")}
    assert modules == {f"convenings.cli.commands.{arguments[0]}"}


def test_list_loads_nothing_that_only_check_needs() -> None:
    needed_by_check = {"convenings.store.check", "convenings.store.rules", "convenings.cli.locators"}
    assert needed_by_check <= loaded_by("check", "--json")
    assert not needed_by_check & loaded_by("list", "event", "--json")


def test_what_prints_for_people_loads_rich_and_no_textual() -> None:
    loaded = loaded_by("list", "event")
    assert "rich" in loaded
    assert "textual" not in loaded
