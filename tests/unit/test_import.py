"""Importing by the command: formats by content, what is refused, reports, exit codes, and limits."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sys
import time
import tracemalloc
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from convenings.__main__ import main
from convenings.domain.errors import BadInput
from convenings.domain.record_values import Import
from convenings.domain.records import Event, Participation, Person
from convenings.interchange import inputs, jobs, registry
from convenings.interchange.background import start
from convenings.interchange.export import export_dataset
from convenings.interchange.leftovers import leftovers
from convenings.interchange.reading import ForeignFile, Skipped
from convenings.interchange.run import Options, import_files
from convenings.interchange.tables.day_order import ORDERS, SERIALS
from convenings.interchange.target import Target
from convenings.store import canonical
from convenings.store.dataset import Dataset
from tests.unit import factory, toy_format

TOY = "#toy\n1|Rivers|2021-02-06|Hall|Ana Lima (p1);Bo\n2|Lakes|2021-02-06|Attic|Ana Lima (p1)\n"


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The toy format, read in this process: a child would not know it."""
    monkeypatch.setattr("convenings.interchange.detection.FORMATS", (*registry.FORMATS, toy_format.FORMAT))
    monkeypatch.setattr("convenings.interchange.process.read_in_copy", jobs.run)
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CONVENINGS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("CONVENINGS_DATASET", raising=False)
    monkeypatch.chdir(tmp_path)


def mine() -> bytes:
    """A dataset of ours."""
    return canonical.encode(factory.tables())


class Answer(SimpleNamespace):
    code: int
    out: str
    err: str

    @property
    def file(self) -> dict[str, Any]:
        """The report of the first file."""
        return json.loads(self.out)["files"][0]  # type: ignore[no-any-return]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> Answer:
        code = main(["import", *arguments])
        streams = capsys.readouterr()
        return Answer(code=code, out=streams.out, err=streams.err)

    return run


def test_a_dataset_is_made_beside_the_first_file_and_its_name_said(run: Any, tmp_path: Path) -> None:
    Path("talks.toy").write_text(TOY)
    answer = run("talks.toy")
    assert answer.code == 0
    assert "talks.convenings.json: made" in answer.err
    assert [each.label for each in Dataset.open("talks.convenings.json").records("event")] == ["Rivers", "Lakes"]  # type: ignore[attr-defined]


def test_another_dataset_is_made_of_one_that_an_import_may_have_made(run: Any) -> None:
    """Its name says so, and does not end twice in the same way."""
    Path("talks.convenings.json").write_text(TOY)
    assert "talks-2.convenings.json: made" in run("talks.convenings.json").err
    assert "talks-2.convenings.json" in run("talks.convenings.json").err
    assert sorted(each.name for each in Path().glob("*.json")) == ["talks-2.convenings.json", "talks.convenings.json"]


def test_nothing_is_ever_written_over(run: Any) -> None:
    Path("talks.toy").write_text(TOY)
    Path("talks.convenings.json").write_text("mine")
    answer = run("talks.toy")
    assert answer.code == 2
    assert "nothing is written over it" in answer.err
    assert "--into" in answer.err
    assert Path("talks.convenings.json").read_text() == "mine"


def test_into_makes_the_dataset_where_there_is_none(run: Any) -> None:
    Path("talks.toy").write_text(TOY)
    answer = run("talks.toy", "--into", "all.json", "--json")
    assert answer.file["made"] == {"place": 2, "event": 2, "person": 2, "participation": 3}
    assert (answer.file["file"], answer.file["format"]) == ("talks.toy", "toy")
    again = run("talks.toy", "--into", "all.json", "--json").file
    assert (again["made"], again["updated"]) == ({}, {})
    assert again["unchanged"]["event"] == 2


@pytest.mark.parametrize("name", ["talks.txt", "talks.csv", "talks"])
def test_a_format_is_told_by_content_and_not_by_name(run: Any, name: str) -> None:
    Path(name).write_text(TOY)
    assert run(name, "--into", "all.json", "--json").file["format"] == "toy"


def test_a_packed_file_is_read(run: Any) -> None:
    Path("talks.toy.gz").write_bytes(gzip.compress(TOY[:20].encode()) + gzip.compress(TOY[20:].encode()))
    assert run("talks.toy.gz", "--json").file["made"]["event"] == 2
    assert Path("talks.convenings.json").exists() or Path("talks.toy.convenings.json").exists()


def test_standard_input_is_read(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = SimpleNamespace(buffer=io.BytesIO(TOY.encode()), isatty=lambda: False)
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("-", "--into", "all.json", "--json").file["made"]["event"] == 2


def test_a_folder_is_the_files_in_it(run: Any) -> None:
    folder = Path("year")
    folder.mkdir()
    (folder / "a.toy").write_text(TOY)
    (folder / ".hidden").write_text("x")
    (folder / "b.toy").write_text("#toy\n1|Dunes|||\n")
    answer = run("year", "--into", "all.json", "--json")
    assert [each["file"] for each in json.loads(answer.out)["files"]] == ["year/a.toy", "year/b.toy"]
    assert len(Dataset.open("all.json").records("event")) == 3


@pytest.mark.parametrize("name", [".", "../2031.05", "..//2031.05/inner/.."])
def test_a_folder_has_its_dataset_beside_it_however_it_is_named(
    run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "2031.05"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.toy").write_text(TOY)
    monkeypatch.chdir(folder)
    assert run(name).code == 0
    assert len(Dataset.open(tmp_path / "2031.05.convenings.json").records("event")) == 2


def test_a_folder_with_nothing_beside_it_is_refused(run: Any) -> None:
    answer = run("/")
    assert (answer.code, "--into" in answer.err) == (2, True)


def test_an_empty_folder_is_said(run: Any) -> None:
    Path("year").mkdir()
    answer = run("year", "--into", "all.json")
    assert answer.code == 2
    assert "there is no file in this folder" in answer.err


def test_one_bad_file_beside_good_ones_is_listed_and_the_rest_comes_in(run: Any) -> None:
    Path("good.toy").write_text(TOY)
    Path("bad.toy").write_text("#toy\n1|a\0b|||\n")
    answer = run("good.toy", "bad.toy", "none.toy", "--into", "all.json", "--json")
    assert answer.code == 0
    good, bad, none = json.loads(answer.out)["files"]
    assert good["error"] is None
    assert bad["error"] == "bad.toy: there is a zero byte"
    assert none["error"].startswith("none.toy: there is no such file")
    assert len(Dataset.open("all.json").records("event")) == 2


def test_a_file_of_which_all_is_skipped_is_bad_and_changes_nothing(run: Any) -> None:
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


def test_strict_writes_nothing_where_anything_is_skipped(run: Any) -> None:
    Path("talks.toy").write_text(TOY + "oops\n")
    answer = run("talks.toy", "--into", "all.json", "--strict", "--json")
    assert answer.code == 1
    assert answer.file["skipped"] == [{"place": "line 4", "reason": "it has 1 cells and not 5"}]
    assert not Path("all.json").exists()
    assert run("talks.toy", "--into", "all.json").code == 0


def test_a_dry_run_writes_nothing(run: Any, tmp_path: Path) -> None:
    Path("talks.toy").write_text(TOY)
    answer = run("talks.toy", "--dry-run", "--json")
    assert answer.file["made"]["event"] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["talks.toy"]


def test_a_place_without_leave_to_write_is_refused_with_the_way_out(run: Any) -> None:
    if os.geteuid() == 0:
        pytest.skip("an administrator may write anywhere")
    folder = Path("locked")
    folder.mkdir()
    (folder / "talks.toy").write_text(TOY)
    folder.chmod(0o555)
    answer = run("locked/talks.toy")
    folder.chmod(0o755)
    assert answer.code == 2
    assert "--into" in answer.err


def test_skipped_rows_are_saved_to_mend(run: Any) -> None:
    Path("talks.toy").write_text(TOY + "oops|x\n3|Bays|2021-02-30||\n")
    answer = run("talks.toy", "--into", "all.json", "--save-skipped", "mend.toy")
    assert answer.code == 0
    assert "oops|x" in Path("mend.toy").read_text()


def test_what_is_skipped_of_a_dataset_is_said_to_be_mended_there(run: Any) -> None:
    document = json.loads(mine())
    document["people"]["99"] = {"id": "person/nameless"}
    Path("mine.json").write_text(json.dumps(document))
    answer = run("mine.json", "--into", "all.json", "--save-skipped", "mend.json")
    assert "mine.json: what was skipped is not saved, as it can only be corrected in its dataset" in answer.err
    assert "nothing was skipped" not in answer.err
    assert not Path("mend.json").exists()
    assert "nothing was skipped" in run("all.json", "--into", "more.json", "--save-skipped", "mend.json").err


def test_skipped_rows_of_a_packed_file_are_saved_in_time() -> None:
    skipped = [Skipped(f"row {number}", "odd", f"Rivers {number}\t7") for number in range(5000)]
    packed = ForeignFile(name="x.xlsx", data=b"PK\x03\x04" + random.Random(1).randbytes(5 << 20))
    began = time.monotonic()
    assert leftovers(packed, [], [], skipped).count(b"\n") == 5000
    assert time.monotonic() - began < 3


def test_a_new_dataset_is_not_held_in_memory_once_more_to_be_written(tmp_path: Path) -> None:
    target = Target(tmp_path / "all.json", is_new=True)
    for number in range(20_000):
        target.put(Person(id=f"person/{number}", label=f"{number} {'x' * 500}"))
    tracemalloc.start()
    target.save()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < target.path.stat().st_size / 2


def test_a_change_of_a_large_dataset_holds_it_but_once(tmp_path: Path) -> None:
    target = Target(tmp_path / "all.json", is_new=True)
    for number in range(20_000):
        target.put(Person(id=f"person/{number}", label=f"{number} {'x' * 500}"))
    target.save()
    again = Target.open(target.path)
    again.put(ana := Person(id="person/7", label="Ana"))
    tracemalloc.start()
    again.save()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert ana in Dataset.open(target.path).records("person")
    assert (peak / target.path.stat().st_size) < 2


def test_nothing_is_written_where_what_is_skipped_cannot_be_saved(run: Any) -> None:
    Path("talks.toy").write_text(TOY + "oops|x\n")
    Path("mend.toy").write_text("mine")
    answer = run("talks.toy", "--into", "all.json", "--save-skipped", "mend.toy")
    assert (answer.code, answer.out) == (2, "")
    assert "mend.toy: there is such a file already" in answer.err
    assert not Path("all.json").exists()


def test_what_breaks_a_rule_is_left_out_with_what_depends_on_it(run: Any) -> None:
    Path("talks.toy").write_text(TOY + "3|Bays|2021-02-30||Cy\n4| |2021-02-06|Hall|Di\n")
    answer = run("talks.toy", "--into", "all.json", "--json")
    assert answer.file["made"] == {"place": 2, "event": 3, "person": 4, "participation": 4}
    reasons = [each["reason"] for each in answer.file["skipped"]]
    assert reasons[0].startswith("date: ")
    assert reasons[0].endswith("; this event came in without it")
    assert reasons[1:] == [
        "label: the label is empty; the record is left out",
        "event: there is no record 'event/u36a9e7f1c95b'; the record is left out",
    ]
    assert main(["check", "all.json"]) == 0


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
def test_a_file_that_is_none_is_refused_in_one_sentence(run: Any, content: bytes, sentence: str) -> None:
    Path("x.bin").write_bytes(content)
    answer = run("x.bin", "--into", "all.json")
    assert answer.code == 2
    assert sentence in answer.err
    assert "x.bin" in answer.err
    assert "Traceback" not in answer.err
    assert not Path("all.json").exists()


def test_a_bomb_of_zeros_is_refused(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MOST", 1 << 20)
    Path("bomb.gz").write_bytes(gzip.compress(bytes(4 << 20)))
    answer = run("bomb.gz", "--into", "all.json")
    assert (answer.code, "unpacked, it has more than 1 MB" in answer.err) == (2, True)
    Path("long.csv").write_bytes(b"x" * (2 << 20))
    assert "more than 1 MB" in run("long.csv", "--into", "all.json").err


def test_devices_and_pipes_are_refused(run: Any) -> None:
    os.mkfifo("pipe")
    for name in ("/dev/zero", "pipe"):
        answer = run(name, "--into", "all.json")
        assert answer.code == 2
        assert "not a regular file" in answer.err


def test_names_with_control_characters_are_harmless(run: Any) -> None:
    name = "a\x1b[31m\n.toy"
    Path(name).write_text(TOY + "oops\n")
    answer = run(name, "--into", "all.json")
    assert answer.code == 0
    assert "\x1b" not in answer.err
    assert main(["check", "all.json"]) == 0


def test_an_unknown_format_names_the_nearest(run: Any) -> None:
    Path("talks.toy").write_text(TOY)
    assert "perhaps 'toy' is meant" in run("talks.toy", "--format", "toyy").err


def test_a_mapping_may_be_a_file(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settled: list[dict[str, str]] = []
    monkeypatch.setattr(toy_format, "read", lambda file, reading: settled.append(dict(file.options)))
    Path("talks.toy").write_text(TOY)
    Path("columns.txt").write_text("# mine\nWho = person\n a = b = title\n")
    run("talks.toy", "--map", "columns.txt", "--map", "When=date", "--dates", "day-first", "--dry-run")
    assert settled[0] == {"dates": "day-first", "map.Who": "person", "map.a = b": "title", "map.When": "date"}
    Path("columns.txt").write_text('{"Who": "person"}')
    run("talks.toy", "--map", "columns.txt", "--dry-run")
    assert settled[-1] == {"map.Who": "person"}
    Path("columns.txt").write_text("nonsense\n")
    assert "there is no = in this line" in run("talks.toy", "--map", "columns.txt").err


def test_the_formats_are_listed(run: Any) -> None:
    assert "json" in run("--formats").out
    assert json.loads(run("--formats", "--json").out)[0]["name"] == "json"


def test_a_dataset_of_ours_comes_in_as_it_is(run: Any) -> None:
    Path("mine.json").write_bytes(mine())
    answer = run("mine.json", "--into", "copy.json", "--json")
    assert answer.code == 0
    before, after = Dataset.open("mine.json"), Dataset.open("copy.json")
    assert [each[3] for each in before.scan()] == [each[3] for each in after.scan()]
    assert after.info.title == before.info.title


def test_a_dataset_of_ours_comes_in_once(run: Any) -> None:
    Path("mine.json").write_bytes(mine())
    run("mine.json", "--into", "copy.json")
    before = Path("copy.json").read_bytes()
    answer = run("mine.json", "--into", "copy.json", "--json")
    assert (answer.file["made"], answer.file["updated"]) == ({}, {})
    assert Path("copy.json").read_bytes() == before


def test_an_id_that_names_another_record_here_is_renamed_and_said(run: Any) -> None:
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


def test_characters_that_steer_a_terminal_are_taken_out(run: Any) -> None:
    Path("talks.toy").write_text("#toy\n1|Ri\x1b[31mvers\x07 and\tweirs\x9b|||A\x7fna\n")
    run("talks.toy", "--into", "all.json")
    dataset = Dataset.open("all.json")
    assert [each.label for each in dataset.records("event")] == ["Ri[31mvers and\tweirs"]  # type: ignore[attr-defined]
    assert [each.label for each in dataset.records("person")] == ["Ana"]  # type: ignore[attr-defined]


def test_a_workbook_that_says_it_is_huge_is_refused(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST", 1 << 20)
    with zipfile.ZipFile("bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(4 << 20))
    answer = run("bomb.xlsx", "--into", "all.json")
    assert (answer.code, "unpacked, it has 4 MB" in answer.err) == (2, True)


# In the background.


def test_an_import_in_the_background_shows_its_records_before_anything_is_written(tmp_path: Path) -> None:
    Path("mine.json").write_bytes(mine())
    running = start([Path("mine.json")], tmp_path / "all.json")
    progress = running.wait(60)
    assert (progress.is_done, progress.number, progress.files) == (True, 1, 1)
    assert not (tmp_path / "all.json").exists()
    assert len(running.preview(2).records) == 2
    assert running.report.files[0].made["event"]
    assert running.save().is_written
    assert (tmp_path / "all.json").exists()


def test_an_import_in_the_background_is_given_up(tmp_path: Path) -> None:
    Path("mine.json").write_bytes(mine())
    running = start([Path("mine.json")], tmp_path / "all.json")
    running.cancel()
    assert running.wait(30).is_done
    with pytest.raises(BadInput, match="cancelled"):
        running.save()
    assert not (tmp_path / "all.json").exists()


def test_an_import_says_what_it_brought(run: Any) -> None:
    Path("talks.toy").write_text(TOY)
    import_files([Path("talks.toy")], Path("all.json"), Options())
    (document,) = json.loads(Path("all.json").read_text())["imports"].values()
    assert Import(**document).file == "talks.toy"
    assert document["reader"].startswith("toy ")
    assert set(document["records"]) >= {"event/rivers", "person/bo"}


def test_the_guess_of_columns_is_kept_as_a_file_that_gives_the_same(run: Any) -> None:
    Path("talks.csv").write_text(
        "# of talk,Date,a=b,Speaker\n1,13/04/2021,Rivers,Ana Lima\n2,03/04/2021,Lakes,Bo Berg\n"
    )
    Path("notes.toy").write_text(TOY)
    answer = run("talks.csv", "notes.toy", "--dry-run", "--json", "--map", "a=b=title", "--save-map", "map.json")
    guess = json.loads(Path("map.json").read_text())
    assert guess == answer.file["mapping"]
    assert (guess["Date"], guess["a=b"]) == ("date day-first", "title")
    assert "map.json: what the columns of talks.csv were taken for" in answer.err
    assert "talks.csv: column Date: date day-first\n" in answer.err
    assert "event Rivers\n  when: 13 April 2021\n  speaker: Ana Lima\n" in answer.err
    assert not Path("map-2.json").exists()
    again = run("talks.csv", "--dry-run", "--json", "--map", "map.json").file
    assert again == answer.file
    assert run("talks.csv", "--into", "all.json", "--save-map", "map.json").code == 2
    assert not Path("all.json").exists()
    assert "no table was read" in run("notes.toy", "--dry-run", "--save-map", "none.json").err


def test_every_way_to_read_dates_can_be_said(run: Any) -> None:
    Path("talks.csv").write_text("Date,Title\n44197,Rivers\n")
    assert "--dates excel " in run("talks.csv", "--dry-run").err
    assert run("talks.csv", "--dry-run", "--dates", "excel", "--json").file["mapping"]["Date"] == "date excel"
    answer = run("talks.csv", "--dates", "backwards")
    assert answer.code == 2
    assert all(word in answer.err for word in (*ORDERS, *SERIALS))


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
