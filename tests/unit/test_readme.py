"""The README is true: its tables are the program's, its pictures exist, its examples work."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import convenings
from convenings.__main__ import main
from convenings.cli.parser import commands_parser, explorer_parser
from convenings.domain.kinds import KINDS
from convenings.domain.records import Person
from convenings.store import canonical
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.readme import README, command, filled, tables

TEXT = README.read_text("utf-8")


def test_its_tables_are_those_of_the_program() -> None:
    assert filled(TEXT) == TEXT, "python -m tests.readme writes them"


@pytest.mark.parametrize("name", ["keys", "query", "operators", "commands", "formats"])
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
    lines = [line.partition("#")[0].partition(">")[0].strip() for line in command("line").splitlines()]
    return [line for line in lines if line.startswith("convenings ")]


@pytest.mark.parametrize("line", examples())
def test_its_examples_work(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(line)[1:]) == 0
    assert capsys.readouterr().out.strip() or line.endswith("check")


@pytest.mark.skipif(shutil.which("bash") is None or sys.platform == "win32", reason="needs bash")
def test_its_commands_work_as_they_stand_after_the_first_one(tmp_path: Path) -> None:
    """In a folder as the first of the two commands leaves it: with a .venv that has the program and its activate."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "activate").write_text(f"PATH={shlex.quote(str(programs))}:$PATH\n", "utf-8")
    (programs / "convenings").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m convenings "$@"\n', "utf-8")
    (programs / "convenings").chmod(0o755)
    environment = os.environ | {"PYTHONPATH": str(Path(convenings.__file__).parents[1])}
    done = subprocess.run(
        ["bash", "-e", "-c", command("line")], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b"0 faults" in done.stderr
    for name in re.findall(r"> (\S+)", command("line")):
        assert (tmp_path / name).read_bytes().count(b"\n") > 1


def smallest_dataset(folder: Path) -> Path:
    """The smallest dataset, in a file as it is printed."""
    [block] = re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)
    path = folder / "my-events.json"
    path.write_bytes(block.encode())
    return path


def test_its_smallest_dataset_passes_as_it_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = smallest_dataset(tmp_path)
    code = main(["check", str(path)])
    out = capsys.readouterr().out
    proper = canonical.encode(json.loads(path.read_bytes())).decode()
    assert code == 0, f"{out}\nIn the form that it should have:\n{proper}"
    assert main(["list", "event", "--json", "--dataset", str(path)]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_the_passages_of_its_smallest_dataset_stand_in_the_report_it_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = smallest_dataset(tmp_path), tmp_path / "report.txt"
    [paragraph] = re.findall(r'says no more than "([^"]+)"', " ".join(TEXT.split()))
    report.write_text(f"{paragraph}\n", "utf-8")
    assert main(["attach", str(report), "--source", "source/report", "--dataset", str(path)]) == 0
    assert "2 locators exact" in capsys.readouterr().err


def test_any_layout_of_its_smallest_dataset_is_written_as_it_is_printed(tmp_path: Path) -> None:
    path = smallest_dataset(tmp_path)
    as_printed = path.read_bytes()
    path.write_text(json.dumps(json.loads(as_printed), indent=4), "utf-8")
    [line] = re.findall(r"`convenings (format my-events\.json)`", TEXT)
    assert main([*line.split()[:1], str(path)]) == 0
    assert path.read_bytes() == as_printed


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
    [_, _, script] = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    path = smallest_dataset(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert check(Dataset.open(path)) == []
    exec(script, {})
    dataset = Dataset.open(path)
    assert dataset.records("person") == [Person(id="person/ana-lima", label="Ana Lima", honorific="Dr.")]
    assert {fault.what for fault in check(dataset)} == {"the record has no evidence"}


def test_its_script_makes_a_dataset_and_fills_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [_, script, _] = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text("Report\nIn May 2024 we met in Ghent.\n", encoding="utf-8")
    exec(script, {})
    dataset = Dataset.open("meetings.json")
    assert [record.id for record in dataset.records("person")][:2] == ["person/ana-lima", "person/u248660280124"]
    assert dataset.records("event") == []
    assert dataset.redirects() == {}


def test_its_two_commands_are_marked() -> None:
    assert command("open").endswith("convenings")
    assert command("test").endswith("pytest")


def test_a_report_becomes_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, *rest = command("draft").splitlines()
    subprocess.run(["sh", "-c", first], check=True)
    for line in rest[:-1]:
        assert main(shlex.split(line)[1:]) == 0, line
    dataset = Dataset.open("sheds.json")
    assert check(dataset) == []
    assert [person.id for person in dataset.records("person")] == ["person/ida-lund"]
    assert main(shlex.split(rest[-1])[1:]) == 0
    assert dataset.records("person") == []


def test_a_spreadsheet_a_calendar_and_a_schedule_come_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    block = command("import").splitlines()
    making = [line for line in block if line.startswith("printf")]
    using = [line for line in block if line not in making]
    subprocess.run(["sh", "-c", "\n".join(making)], check=True)
    for line in using:
        assert main(shlex.split(line)[1:]) == 0, line
    dataset = Dataset.open("mine.json")
    assert check(dataset) == []
    labels = {getattr(event, "label", "") for event in dataset.records("event")}
    assert labels >= {"Rivers", "Lakes", "Seas", "Days"}
