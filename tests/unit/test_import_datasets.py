"""Datasets of ours come in: as they are, once, beside others, and without evidence."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from convenings.__main__ import main
from convenings.domain.records import Event, Participation, Person
from convenings.interchange.export import export_dataset
from convenings.interchange.run import import_files
from convenings.store.dataset import Dataset
from tests.unit.import_runs import Run, import_, mine, read_toys_here


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read_toys_here(monkeypatch, tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return partial(import_, capsys)


def test_a_dataset_of_ours_comes_in_as_it_is(run: Run) -> None:
    Path("mine.json").write_bytes(mine())
    answer = run("mine.json", "--into", "copy.json", "--json")
    assert answer.code == 0
    before, after = Dataset.open("mine.json"), Dataset.open("copy.json")
    assert [each[3] for each in before.scan()] == [each[3] for each in after.scan()]
    assert after.info.title == before.info.title


def test_a_dataset_of_ours_comes_in_once(run: Run) -> None:
    Path("mine.json").write_bytes(mine())
    run("mine.json", "--into", "copy.json")
    before = Path("copy.json").read_bytes()
    answer = run("mine.json", "--into", "copy.json", "--json")
    assert (answer.file["made"], answer.file["updated"]) == ({}, {})
    assert Path("copy.json").read_bytes() == before


def test_an_id_that_names_another_record_here_is_renamed_and_said(run: Run) -> None:
    Path("mine.json").write_bytes(mine())
    text = mine().decode()
    assert text.count('"label":"Ana Lima"') == 1
    Path("other.json").write_text(text.replace('"label":"Ana Lima"', '"label":"Ana Lobo"'))
    run("mine.json", "--into", "all.json")
    answer = run("other.json", "--into", "all.json", "--json")
    assert answer.file["made"]["person"] == 1
    assert "person/ana names another record here, and is person/ana-2" in answer.file["remarks"]
    dataset = Dataset.open("all.json")
    agents = {getattr(each, "agent", "") for each in dataset.records("participation")}
    assert {"person/ana", "person/ana-2"} <= agents
    assert main(["check", "all.json"]) == 0
    before = Path("all.json").read_bytes()
    run("other.json", "--into", "all.json")
    assert Path("all.json").read_bytes() == before


@pytest.mark.parametrize("way", ["json", "csv"])
def test_what_has_no_evidence_yet_comes_back(way: str, tmp_path: Path) -> None:
    """A dataset may hold it until the check is asked, so nothing of it is lost by going out and in again."""
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    dataset = Dataset.create(first, "First")
    party = Participation(id="participation/one", event="event/day", agent="person/ana", role="speaker")
    day = Event(id="event/day", label="Day", type="meeting", date="2031-05", date_basis="inferred")
    dataset.upsert([day, Person(id="person/ana", label="Ana", given="Ana"), party])
    folder = tmp_path / "folder"
    export_dataset(first, folder, "csv")
    report = import_files([first if way == "json" else folder], second)
    assert [each.skipped for each in report.files] == [[]]
    assert Dataset.open(second).records("event") == [day]
    assert Dataset.open(second).records("participation") == [party]
    assert Dataset.open(second).records("person") == dataset.records("person")
