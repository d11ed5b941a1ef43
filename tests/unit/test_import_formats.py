"""What must hold for every format that can be imported, on a small made-up file of each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from convenings.interchange.detection import format_by_name, format_of, readable
from convenings.interchange.export import writer_named
from convenings.interchange.process import read_apart
from convenings.interchange.reading import ForeignFile
from convenings.interchange.run import Options, import_files
from convenings.store.attaching import attached_content, user_data_for
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.driver import ROOT
from tests.foreign_files import every_file

FILES = every_file()


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CONVENINGS_CACHE_DIR", str(tmp_path / "cache"))


@pytest.mark.parametrize("name", FILES)
def test_what_comes_in_has_no_fault_and_all_its_evidence_is_in_place(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    into = tmp_path / "all.json"
    report = import_files([tmp_path / name], into)
    assert report.is_sound
    assert report.files[0].made.total() > 0
    dataset = Dataset.open(into)
    user_data = user_data_for(dataset, [record.id for _, _, _, record in dataset.scan()])
    attached = {}
    for source in dataset.records("source"):
        content = attached_content(source, user_data)  # type: ignore[arg-type]
        if content is not None:
            attached[source.id] = content
    assert bool(attached) == (report.files[0].format != "json")
    assert [str(fault) for fault in check(dataset, attached)] == []


def test_there_is_a_file_of_every_format() -> None:
    every = {format_of(ForeignFile(name=name, data=data)).name for name, data in FILES.items()}
    assert every == {each.name for each in readable() if not each.is_folder}


def test_a_format_is_known_by_both_its_names() -> None:
    assert [format_by_name(name).name for name in ("icalendar", "ICS", "csv", "csv-folder")] == [
        "icalendar",
        "icalendar",
        "csv",
        "csv-folder",
    ]
    assert [writer_named(name).name for name in ("icalendar", "ics", "csv", "csv-folder")] == [
        "icalendar",
        "icalendar",
        "csv-folder",
        "csv-folder",
    ]


@pytest.mark.parametrize("name", FILES)
def test_it_comes_in_once(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    into = tmp_path / "all.json"
    first = import_files([tmp_path / name], into).files[0]
    before = into.read_bytes()
    again = import_files([tmp_path / name], into).files[0]
    assert into.read_bytes() == before
    assert not again.made
    assert not again.updated
    assert again.unchanged == first.made


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_is_refused_or_told(name: str, tmp_path: Path) -> None:
    for share in (0.2, 0.5, 0.9):
        data = FILES[name][: int(len(FILES[name]) * share)]
        (tmp_path / name).write_bytes(data)
        into = tmp_path / f"{share}.json"
        report = import_files([tmp_path / name], into, Options(attach=False))
        assert "Traceback" not in report.files[0].error
        if report.is_written:
            assert check(Dataset.open(into)) == []


@pytest.mark.parametrize("name", FILES)
def test_a_process_of_its_own_gives_the_same(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    here = import_files([tmp_path / name], tmp_path / "here.json", Options(attach=False)).files[0]
    apart = import_files([tmp_path / name], tmp_path / "apart.json", Options(attach=False), reader=read_apart).files[0]
    assert apart.as_object() == here.as_object()


def test_several_files_come_in_together(tmp_path: Path) -> None:
    paths = []
    for name, data in FILES.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    into = tmp_path / "all.json"
    report = import_files(paths, into)
    assert report.is_sound
    assert check(Dataset.open(into)) == []
    before = into.read_bytes()
    import_files(list(reversed(paths)), into)
    assert into.read_bytes() == before


@pytest.mark.parametrize(
    ("piece", "times"), [(b"<a>", 99_999), (b"[", 99_999), (b'{"schedule":', 9_999), (b"BEGIN:VEVENT\n", 9_999)]
)
def test_deep_nesting_is_refused(piece: bytes, times: int, tmp_path: Path) -> None:
    (tmp_path / "deep").write_bytes(piece * times)
    report = import_files([tmp_path / "deep"], tmp_path / "all.json", reader=read_apart).files[0]
    assert report.error or report.skipped or report.remarks


def test_nothing_that_is_nearly_a_file_breaks_import() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.imports", "--cases", "100", "--seed", "suite"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "100 cases" in result.stdout
