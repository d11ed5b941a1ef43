"""What an import refuses or leaves out: files that are none, bombs, devices, what steers a terminal."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from functools import partial
from pathlib import Path

import pytest

from convenings.__main__ import main
from convenings.interchange import inputs, jobs
from convenings.store.dataset import Dataset
from tests.unit.import_runs import TOY, Run, import_, read_toys_here


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read_toys_here(monkeypatch, tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return partial(import_, capsys)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\0\1\2\3" * 99, "binary"),
        (b"   \n\n", "nothing in it but blanks"),
        (b"\x1f\x8b\x08\0\0", "cut off"),
        (gzip.compress(b"#toy\n" * 99, mtime=0)[:-9], "cut off"),
        (b"\x1f\x8b\x08\0" + b"rubbish" * 9, "damaged"),
        (b"Just some words.", "no format that can be read; a report is drafted instead (convenings draft)"),
        (b"%PDF-1.4\n\0\1", "a report is drafted instead"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_sentence(run: Run, content: bytes, sentence: str) -> None:
    Path("x.bin").write_bytes(content)
    answer = run("x.bin", "--into", "all.json")
    assert answer.code == 2
    assert sentence in answer.err
    assert "x.bin" in answer.err
    assert "Traceback" not in answer.err
    assert not Path("all.json").exists()


def test_a_bomb_of_zeros_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MOST", 1 << 20)
    Path("bomb.gz").write_bytes(gzip.compress(bytes(4 << 20)))
    answer = run("bomb.gz", "--into", "all.json")
    assert (answer.code, "unpacked, it has more than 1 MB" in answer.err) == (2, True)
    Path("long.csv").write_bytes(b"x" * (2 << 20))
    assert "more than 1 MB" in run("long.csv", "--into", "all.json").err


def test_devices_and_pipes_are_refused(run: Run) -> None:
    os.mkfifo("pipe")
    for name in ("/dev/zero", "pipe"):
        answer = run(name, "--into", "all.json")
        assert answer.code == 2
        assert "not a regular file" in answer.err


def test_names_with_control_characters_are_harmless(run: Run) -> None:
    name = "a\x1b[31m\n.toy"
    Path(name).write_text(TOY + "oops\n")
    answer = run(name, "--into", "all.json")
    assert answer.code == 0
    assert "\x1b" not in answer.err
    assert main(["check", "all.json"]) == 0


def test_characters_that_steer_a_terminal_are_taken_out(run: Run) -> None:
    Path("talks.toy").write_text("#toy\n1|Ri\x1b[31mvers\x07 and\tweirs\x9b|||A\x7fna\n")
    run("talks.toy", "--into", "all.json")
    dataset = Dataset.open("all.json")
    assert [each.label for each in dataset.records("event")] == ["Ri[31mvers and\tweirs"]  # type: ignore[attr-defined]
    assert [each.label for each in dataset.records("person")] == ["Ana"]  # type: ignore[attr-defined]


def test_a_workbook_that_says_it_is_huge_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST", 1 << 20)
    with zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(4 << 20))
    answer = run("bomb.xlsx", "--into", "all.json")
    assert (answer.code, "unpacked, it has 4 MB" in answer.err) == (2, True)


def test_one_bad_file_beside_good_ones_is_listed_and_the_rest_comes_in(run: Run) -> None:
    Path("good.toy").write_text(TOY)
    Path("bad.toy").write_text("#toy\n1|a\0b|||\n")
    answer = run("good.toy", "bad.toy", "none.toy", "--into", "all.json", "--json")
    assert answer.code == 0
    good, bad, none = json.loads(answer.out)["files"]
    assert good["error"] is None
    assert bad["error"] == "bad.toy: there is a zero byte"
    assert none["error"].startswith("none.toy: there is no such file")
    assert len(Dataset.open("all.json").records("event")) == 2


def test_a_file_of_which_all_is_skipped_is_bad_and_changes_nothing(run: Run) -> None:
    """What is cut before its first record ends is no newer version in which everything is gone."""
    calendar = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20310504T100000\r\nSUMMARY:Lakes\r\n"
    Path("my.ics").write_text(calendar)
    answer = run("my.ics", "--into", "all.json")
    assert answer.code == 2
    assert "my.ics: line 1: nothing of it could be kept; BEGIN:VCALENDAR has no END" in answer.err
    assert "line 2: the file ends within this event" in answer.err
    assert not Path("all.json").exists()
    Path("my.ics").write_text(f"{calendar}END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert run("my.ics", "--into", "all.json").code == 0
    before = Path("all.json").read_bytes()
    Path("my.ics").write_text(calendar)
    assert run("my.ics", "--into", "all.json", "--prune").code == 2
    assert Path("all.json").read_bytes() == before


def test_strict_writes_nothing_where_anything_is_skipped(run: Run) -> None:
    Path("talks.toy").write_text(TOY + "oops\n")
    answer = run("talks.toy", "--into", "all.json", "--strict", "--json")
    assert answer.code == 1
    assert answer.file["skipped"] == [{"place": "line 4", "reason": "it has 1 cells and not 5"}]
    assert not Path("all.json").exists()
    assert run("talks.toy", "--into", "all.json").code == 0
