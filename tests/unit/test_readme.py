"""The README is true: its tables are the program's, its pictures exist, its examples work."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from convenings.__main__ import main
from convenings.cli.parser import commands_parser, explorer_parser
from convenings.domain.kinds import KINDS
from convenings.domain.records import Person
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.readme import README, command, filled, tables

TEXT = README.read_text("utf-8")


def test_its_tables_are_those_of_the_program() -> None:
    assert filled(TEXT) == TEXT, "python -m tests.readme writes them"


@pytest.mark.parametrize("name", ["keys", "query", "operators", "commands"])
def test_each_table_has_rows(name: str) -> None:
    assert tables()[name].count("\n") >= 4


def test_its_pictures_exist_and_every_picture_is_shown() -> None:
    pictures = set(re.findall(r"\]\((screenshots/[\w-]+\.svg)\)", TEXT))
    assert pictures == {f"screenshots/{path.name}" for path in (README.parent / "screenshots").glob("*.svg")}


def test_every_kind_is_explained() -> None:
    model = TEXT.partition("## The data model")[2].partition("## Your own events")[0]
    for kind in KINDS:
        assert re.search(rf"^\| [^|]*\b{kind}\b[^|]* \|", model, flags=re.MULTILINE), kind


def test_its_options_exist() -> None:
    parser = commands_parser()
    help_text = "".join(each.format_help() for each in (parser, explorer_parser(), *parser.commands.values()))
    ours = re.sub(r"`python -m [^`]*`", "", TEXT.partition("## The command line")[2])
    for option in set(re.findall(r"`?(?:convenings[^`\n]*?)?(?<!-)(--[a-z][a-z-]+)", ours)):
        assert option in help_text or option == "--extra", option


def examples() -> list[str]:
    block = re.search(r"## The command line\n\n```sh\n(.*?)```", TEXT, flags=re.DOTALL)
    assert block is not None
    return [line.partition("#")[0].strip() for line in block[1].splitlines() if "attach" not in line]


@pytest.mark.parametrize("line", examples())
def test_its_examples_work(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(line)[1:]) == 0
    assert capsys.readouterr().out.strip() or line.endswith("check")


def test_its_smallest_dataset_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    block = re.search(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)
    assert block is not None
    path = tmp_path / "my-events.json"
    path.write_text(block[1], "utf-8")
    assert main(["list", "event", "--json", "--dataset", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["label"] == "A meeting"
    assert main(["check", str(path)]) == 0
    assert "0 faults" in capsys.readouterr().err
    assert check(Dataset.open(path), {"source/report": "In May 2024 we met.\n"}) == []


def test_its_python_works(monkeypatch: pytest.MonkeyPatch) -> None:
    block = re.search(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    assert block is not None
    monkeypatch.chdir(README.parent)
    names: dict[str, object] = {}
    exec(block[1], names)
    moderators = names["moderators"]
    assert isinstance(moderators, list)
    assert [record["agent"] for record in moderators] == ["person/fu-changbo"]


def test_its_script_changes_the_smallest_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [smallest] = re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)
    [_, script] = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    path = tmp_path / "my-events.json"
    path.write_text(smallest, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert check(Dataset.open(path)) == []
    exec(script, {})
    dataset = Dataset.open(path)
    assert dataset.records("person") == [Person(id="person/ana-lima", label="Ana Lima", honorific="Dr.")]
    assert {fault.what for fault in check(dataset)} == {"the record has no evidence"}


def test_its_two_commands_are_marked() -> None:
    assert command("open").endswith("convenings")
    assert command("test").endswith("pytest")
