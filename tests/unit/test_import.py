"""Importing by the command: formats by content, reports, exit codes, and limits."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import sys
import time
import tracemalloc
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from convenings.__main__ import main
from convenings.domain.errors import BadInput
from convenings.domain.record_values import Import
from convenings.domain.records import Person
from convenings.interchange.background import start
from convenings.interchange.leftovers import leftovers
from convenings.interchange.reading import ForeignFile, Skipped
from convenings.interchange.run import Options, import_files
from convenings.interchange.tables.day_order import ORDERS, SERIALS
from convenings.interchange.target import Target
from convenings.store.dataset import Dataset
from tests.unit import toy_format
from tests.unit.import_runs import TOY, Run, import_, mine, read_toys_here


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read_toys_here(monkeypatch, tmp_path)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return partial(import_, capsys)


def test_a_dataset_is_made_beside_the_first_file_and_its_name_said(run: Run, tmp_path: Path) -> None:
    Path("talks.toy").write_text(TOY)
    answer = run("talks.toy")
    assert answer.code == 0
    assert "talks.convenings.json: made" in answer.err
    assert [each.label for each in Dataset.open("talks.convenings.json").records("event")] == ["Rivers", "Lakes"]  # type: ignore[attr-defined]


def test_another_dataset_is_made_of_one_that_an_import_may_have_made(run: Run) -> None:
    """Its name says so, and does not end twice in the same way."""
    Path("talks.convenings.json").write_text(TOY)
    assert "talks-2.convenings.json: made" in run("talks.convenings.json").err
    assert "talks-2.convenings.json" in run("talks.convenings.json").err
    assert sorted(each.name for each in Path().glob("*.json")) == ["talks-2.convenings.json", "talks.convenings.json"]


def test_nothing_is_ever_written_over(run: Run) -> None:
    Path("talks.toy").write_text(TOY)
    Path("talks.convenings.json").write_text("mine")
    answer = run("talks.toy")
    assert answer.code == 2
    assert "nothing is written over it" in answer.err
    assert "--into" in answer.err
    assert Path("talks.convenings.json").read_text() == "mine"


def test_into_makes_the_dataset_where_there_is_none(run: Run) -> None:
    Path("talks.toy").write_text(TOY)
    answer = run("talks.toy", "--into", "all.json", "--json")
    assert answer.file["made"] == {"place": 2, "event": 2, "person": 2, "participation": 3}
    assert (answer.file["file"], answer.file["format"]) == ("talks.toy", "toy")
    again = run("talks.toy", "--into", "all.json", "--json").file
    assert (again["made"], again["updated"]) == ({}, {})
    assert again["unchanged"]["event"] == 2


@pytest.mark.parametrize("name", ["talks.txt", "talks.csv", "talks"])
def test_a_format_is_told_by_content_and_not_by_name(run: Run, name: str) -> None:
    Path(name).write_text(TOY)
    assert run(name, "--into", "all.json", "--json").file["format"] == "toy"


def test_a_packed_file_is_read(run: Run) -> None:
    Path("talks.toy.gz").write_bytes(gzip.compress(TOY[:20].encode()) + gzip.compress(TOY[20:].encode()))
    assert run("talks.toy.gz", "--json").file["made"]["event"] == 2
    assert Path("talks.convenings.json").exists() or Path("talks.toy.convenings.json").exists()


def test_standard_input_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = SimpleNamespace(buffer=io.BytesIO(TOY.encode()), isatty=lambda: False)
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("-", "--into", "all.json", "--json").file["made"]["event"] == 2


def test_a_folder_is_the_files_in_it(run: Run) -> None:
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
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "2031.05"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.toy").write_text(TOY)
    monkeypatch.chdir(folder)
    assert run(name).code == 0
    assert len(Dataset.open(tmp_path / "2031.05.convenings.json").records("event")) == 2


def test_a_folder_with_nothing_beside_it_is_refused(run: Run) -> None:
    answer = run("/")
    assert (answer.code, "--into" in answer.err) == (2, True)


def test_an_empty_folder_is_said(run: Run) -> None:
    Path("year").mkdir()
    answer = run("year", "--into", "all.json")
    assert answer.code == 2
    assert "there is no file in this folder" in answer.err


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    Path("talks.toy").write_text(TOY)
    answer = run("talks.toy", "--dry-run", "--json")
    assert answer.file["made"]["event"] == 2
    assert [path.name for path in tmp_path.iterdir()] == ["talks.toy"]


def test_a_place_without_leave_to_write_is_refused_with_the_way_out(run: Run) -> None:
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


def test_skipped_rows_are_saved_to_mend(run: Run) -> None:
    Path("talks.toy").write_text(TOY + "oops|x\n3|Bays|2021-02-30||\n")
    answer = run("talks.toy", "--into", "all.json", "--save-skipped", "mend.toy")
    assert answer.code == 0
    assert "oops|x" in Path("mend.toy").read_text()


def test_what_is_skipped_of_a_dataset_is_said_to_be_mended_there(run: Run) -> None:
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


def test_nothing_is_written_where_what_is_skipped_cannot_be_saved(run: Run) -> None:
    Path("talks.toy").write_text(TOY + "oops|x\n")
    Path("mend.toy").write_text("mine")
    answer = run("talks.toy", "--into", "all.json", "--save-skipped", "mend.toy")
    assert (answer.code, answer.out) == (2, "")
    assert "mend.toy: there is such a file already" in answer.err
    assert not Path("all.json").exists()


def test_what_breaks_a_rule_is_left_out_with_what_depends_on_it(run: Run) -> None:
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


def test_an_unknown_format_names_the_nearest(run: Run) -> None:
    Path("talks.toy").write_text(TOY)
    assert "perhaps 'toy' is meant" in run("talks.toy", "--format", "toyy").err


def test_a_mapping_may_be_a_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_the_formats_are_listed(run: Run) -> None:
    assert "json" in run("--formats").out
    assert json.loads(run("--formats", "--json").out)[0]["name"] == "json"


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


def test_an_import_says_what_it_brought(run: Run) -> None:
    Path("talks.toy").write_text(TOY)
    import_files([Path("talks.toy")], Path("all.json"), Options())
    (document,) = json.loads(Path("all.json").read_text())["imports"].values()
    assert Import(**document).file == "talks.toy"
    assert document["reader"].startswith("toy ")
    assert set(document["records"]) >= {"event/rivers", "person/bo"}


def test_the_guess_of_columns_is_kept_as_a_file_that_gives_the_same(run: Run) -> None:
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


def test_every_way_to_read_dates_can_be_said(run: Run) -> None:
    Path("talks.csv").write_text("Date,Title\n44197,Rivers\n")
    assert "--dates excel " in run("talks.csv", "--dry-run").err
    assert run("talks.csv", "--dry-run", "--dates", "excel", "--json").file["mapping"]["Date"] == "date excel"
    answer = run("talks.csv", "--dates", "backwards")
    assert answer.code == 2
    assert all(word in answer.err for word in (*ORDERS, *SERIALS))
