"""The command line as a whole: its help, its options, and what it prints in any locale."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import convenings
from convenings import __version__
from convenings.cli.commands import COMMANDS
from convenings.cli.parser import SHELLS
from tests.unit.cli_records import Run, records_of


def test_version_help_and_keys(run: Run) -> None:
    assert run("--version") == (0, f"convenings {__version__}\n", "")
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert all(word in out for word in ("search", "attach", "--fresh", "--theme", "--print-completion", "DATASET"))
    keys = json.loads(run("--keys", "--json")[1])
    assert {"keys": ["/"], "id": "filter"}.items() <= {k["id"]: k for k in keys}["filter"].items()
    assert all(set(key) == {"keys", "id", "label", "help"} for key in keys)
    assert "filter" in run("--keys")[1]


@pytest.mark.parametrize("arguments", [["--themes"], ["--theme", "list"], ["--theme", "?"]])
def test_our_themes_are_listed_without_a_quote(run: Run, arguments: list[str]) -> None:
    assert run(*arguments) == (0, "convenings-dark\nconvenings-light\nconvenings-clear\n", "")


def test_help_is_a_command_too(run: Run) -> None:
    assert run("help") == run("--help")
    for name in COMMANDS:
        assert run("help", name) == run(name, "--help")
    assert run("help", "lsit")[2] == "convenings: there is no command 'lsit'; perhaps 'list' is meant\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["list", "--fliter", "x"],
            "there is no option --fliter; perhaps --filter is meant, see convenings list --help",
        ),
        (["list", "event", "place"], "'place' is one argument too many; see convenings list --help"),
        (["search", "--nothing-like-it", "x"], "there is no option --nothing-like-it; see convenings search --help"),
        (["search"], "the following arguments are required: WORDS; see convenings search --help"),
        (
            ["search", "x", "--limit", "many"],
            "argument --limit: invalid int value: 'many'; see convenings search --help",
        ),
        (["--frsh"], "there is no option --frsh; perhaps --fresh is meant, see convenings --help"),
    ],
)
def test_wrong_use_points_to_the_help_of_its_command(run: Run, arguments: list[str], sentence: str) -> None:
    assert run(*arguments) == (2, "", f"convenings: {sentence}\n")


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_offers_commands_and_kinds(run: Run, shell: str) -> None:
    code, out, err = run("--print-completion", shell)
    assert (code, err) == (0, "")
    assert all(word in out for word in ("search", "attach", "participation", "convenings-light"))


def test_options_may_stand_before_the_command(run: Run, rivers: Path) -> None:
    before, after = (
        run("--json", "--dataset", rivers, "list", "person"),
        run("list", "person", "--json", "--dataset", rivers),
    )
    assert before == after
    assert json.loads(before[1])[0]["id"] == "person/ana"


def test_the_environment_names_the_dataset(run: Run, rivers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONVENINGS_DATASET", str(rivers))
    assert [person["id"] for person in records_of(run, "person")] == ["person/ana"]


def test_python_dash_m_prints_utf8_json_and_harmless_tables_in_any_locale() -> None:
    places = process("list", "place", "--json").decode("utf-8")
    assert any("“" in place["label"] for place in json.loads(places))
    assert "?the ACC in Beijing?" in process("list", "place").decode("ascii")


def process(*arguments: str) -> bytes:
    """What the program prints in a process whose streams are ASCII."""
    source = str(Path(convenings.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-m", "convenings", *arguments],
        env=os.environ | {"PYTHONPATH": source, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout
