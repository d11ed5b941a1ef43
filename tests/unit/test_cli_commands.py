"""The registry of commands: what is declared in one file is in parser, help, completion and README."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.cli.commands import COMMANDS, load
from convenings.cli.parser import SHELLS, commands_parser, parse
from convenings.domain.kinds import KINDS
from convenings.store import canonical
from tests.readme import README, tables
from tests.unit import factory
from tests.unit.cli_records import Run

GREET = """
from pathlib import Path

from convenings.cli.command import Command


def add_arguments(parser):
    parser.add_argument("name", values=("ana", "bela"), help="whom to greet")
    parser.add_argument("--letter", type=Path, help="file to greet by")


def run(args):
    print(f"Good day, {args.name}")
    return 0


COMMAND = Command("greet somebody", add_arguments, run, examples=("greet ana",))
"""


@pytest.fixture
def greet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A made-up command in the registry; nothing else knows of it."""
    (tmp_path / "made_up_greet.py").write_text(GREET, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(COMMANDS, "greet", "made_up_greet")


def test_a_command_added_to_the_registry_can_be_run(run: Run, greet: None) -> None:
    assert run("greet", "ana") == (0, "Good day, ana\n", "")
    assert run("--json", "greet", "bela")[0] == 0
    code, out, err = run("greet")
    assert (code, out) == (2, "")
    assert "see convenings greet --help" in err


def test_a_command_added_to_the_registry_is_in_every_help(run: Run, greet: None) -> None:
    assert re.search(r"^ +greet +greet somebody$", run("--help")[1], flags=re.MULTILINE)
    out = run("greet", "--help")[1]
    for text in ("Greet somebody.", "whom to greet", "--letter", "--json", "--dataset", "  convenings greet ana"):
        assert text in out


@pytest.mark.parametrize("shell", SHELLS)
def test_a_command_added_to_the_registry_is_completed_with_its_arguments(run: Run, greet: None, shell: str) -> None:
    out = run("--print-completion", shell)[1]
    assert all(word in out for word in ("greet", "ana", "bela", "letter"))


def test_a_command_added_to_the_registry_is_missed_in_the_readme(greet: None) -> None:
    assert "| `greet` | greet somebody |" in tables()["commands"]


def test_a_slip_in_its_name_names_it(run: Run, greet: None) -> None:
    assert "perhaps 'greet' is meant" in run("greeet")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_in_one_line(name: str) -> None:
    line = load(name).help
    assert re.fullmatch(r"[a-z][^\n]{10,90}[^.\n]", line)
    assert f"| `{name}` | {line} |" in README.read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_of_a_command_has_its_line_of_help(name: str) -> None:
    for argument in commands_parser([name]).commands[name].arguments:
        assert argument.action.help, argument.action.dest


EXAMPLES = [example for name in COMMANDS for example in load(name).examples]
NOTHING_ON_STDOUT = (
    "draft report.txt --into",
    "review --undo",
    "review --filter",
    "check",
    "format",
    "attach report.txt",
    "attach --detach",
    "import my-events.json",
    "export",
    "new",
    "copy",
    "merge",
    "remove",
)
"""Examples whose answer is narration."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_in_its_help(run: Run, name: str) -> None:
    examples = load(name).examples
    assert examples
    out = run(name, "--help")[1]
    for example in examples:
        assert f"\n  convenings {example}\n" in f"{out}\n"
        assert parse(shlex.split(example)).command == name


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_does_what_it_is_for(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: str
) -> None:
    """On the bundled dataset, or on a dataset and a report of the names that the examples say."""
    monkeypatch.chdir(tmp_path)
    report = factory.TEXT.encode()
    content = [replace(r, id="source/report") if r.id == "source/rivers" else r for r in factory.records()]
    tables = factory.tables(content)
    (tmp_path / "my-events.json").write_bytes(
        canonical.encode(tables).replace(b'"source":"source/rivers"', b'"source":"source/report"')
    )
    (tmp_path / "report.txt").write_bytes(report)
    if example.startswith("add -"):
        line = b'{"kind": "person", "label": "Bo"}'
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(line), encoding="utf-8"))
    if example.startswith("review"):
        (tmp_path / "visit.txt").write_text("A workshop on rivers\nDr Ana Lima moderated the workshop.\n")
        assert run("draft", "visit.txt", "--into", "my-events.json")[0] == 0
    if example.startswith("review --undo"):
        decide = ("review", "--filter", "how:honorific", "--accept-all", "--dataset", "my-events.json")
        assert run(*decide)[0] == 0
    if example.startswith("merge --undo"):
        assert run("merge", "organisation/unit", "organisation/trust", "--dataset", "my-events.json")[0] == 0
    if "--detach" in example or "--passage" in example:
        assert run("attach", "report.txt", "--dataset", "my-events.json")[0] == 0
    if example.startswith(("undo", "redo", "history")):
        assert run("add", "person", "label=Bo", "--dataset", "my-events.json")[0] == 0
    if example.startswith("redo"):
        assert run("undo", "--dataset", "my-events.json")[0] == 0
    code, out, err = run(*shlex.split(example))
    assert code == 0, err
    assert out.strip() or (err.strip() and example.startswith(NOTHING_ON_STDOUT))


def test_the_help_of_the_program_has_examples_too(run: Run) -> None:
    out = run("--help")[1].partition("examples:")[2]
    lines = [line.partition("  ") for line in map(str.strip, out.splitlines()) if line]
    assert lines
    for line, _, what in lines:
        args = parse(shlex.split(line)[1:]) if " help" not in line else None
        assert what.strip() or (args is not None and args.command)


def test_completion_offers_kinds_where_a_kind_is_meant(run: Run) -> None:
    out = run("--print-completion", "bash")[1]
    kinds = " ".join(KINDS)
    assert f"_shtab_convenings_list_pos_0_choices=({kinds})" in out.replace("'", "")
    assert f"_shtab_convenings_search___kind_choices=({kinds})" in out.replace("'", "")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["--json", "-h"], ["-h", "list"], ["--theme", "x", "-h", "list"]]
)
def test_help_before_a_command_lists_all_of_them(run: Run, arguments: list[str]) -> None:
    code, out, _ = run(*arguments)
    words = " ".join(out.split())
    assert code == 0
    assert all(f" {name} {load(name).help} " in words for name in COMMANDS)


def test_the_value_of_an_option_is_not_taken_for_a_command() -> None:
    assert parse(["--dataset", "list", "stats"]).command == "stats"
    assert parse(["--theme", "list"]).command == ""
