"""What is in a dataset, or what a query selects of it, goes out whole or not at all, and comes in again."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Person
from convenings.domain.references import references
from convenings.index.open import open_model
from convenings.interchange.export import export_dataset
from convenings.interchange.selection import whole
from convenings.store.dataset import Dataset
from convenings.workspace import open_workspace
from tests.unit.cli_records import Run


def ids(path: Path) -> set[str]:
    return {record.id for _, _, _, record in Dataset.open(path).scan()}


def content_of(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.iterdir()}


def test_a_dataset_goes_out_whole(run: Run, rivers: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    code, out, err = run("export", "--dataset", rivers, "-o", target)
    assert (code, out) == (0, "")
    assert f"{target}: " in err
    assert whole(target).records == whole(rivers).records
    assert whole(target).info == whole(rivers).info
    assert run("export", "--dataset", rivers)[1].encode() == target.read_bytes()


def test_a_folder_of_csv_comes_back_as_it_was(run: Run, rivers: Path, tmp_path: Path) -> None:
    folder, back = tmp_path / "folder", tmp_path / "back.json"
    assert run("export", "--dataset", rivers, "--format", "csv", "-o", folder)[0] == 0
    code, out, _ = run("import", folder, "--into", back, "--json")
    assert code == 0
    assert sum(json.loads(out)["files"][0]["made"].values()) == len(whole(rivers).records)
    assert whole(back).records == whole(rivers).records
    assert run("check", back)[0] == 0
    assert run("export", "--dataset", back)[1] == run("export", "--dataset", rivers)[1]


def test_a_query_takes_what_ties_it_and_what_it_refers_to(run: Run, rivers: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    code, _, err = run("export", "--dataset", rivers, "-o", target, "--kind", "person", "ana")
    assert code == 0
    assert "1 of" in err
    part, everything = whole(target), whole(rivers).records
    people = {record.id for record in part.of_kind("person")}
    assert "person/ana" in people
    for record in part.records.values():
        assert {ref for _, ref in references(record)} <= set(part.records)
    tied = {
        record.id
        for record in everything.values()
        if record.id.startswith("participation/") and "person/ana" in {ref for _, ref in references(record)}
    }
    assert tied
    assert tied <= set(part.records)
    assert part.info.id == ""
    assert run("check", target)[0] == 0


def test_the_selection_is_that_of_list(run: Run, tmp_path: Path) -> None:
    for query in ("type:workshop", "date:2018", "huang", "role:moderator"):
        target = tmp_path / "out.csv"
        assert run("export", "--format", "csv", "-o", target, "--kind", "event", query, "--force")[0] in (0, 1, 2)
        listed = json.loads(run("list", "event", "--filter", query, "--json")[1] or "[]")
        if listed:
            rows = (target / "events.csv").read_text(encoding="utf-8").splitlines()
            written = {row.partition(",")[0] for row in rows}
            assert {each["id"] for each in listed} <= written


def test_what_selects_nothing_writes_nothing(run: Run, rivers: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    code, out, err = run("export", "--dataset", rivers, "-o", target, "nobodyofthisname")
    assert (code, out) == (1, "")
    assert "so nothing is written" in err
    assert not target.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--format", "csv"), "csv is a folder"),
        (("--format", "xslx"), "perhaps 'xlsx' is meant"),
        (("-o", "x.xls"), "the name says no format"),
        (("-o", "x.html"), "the name says no format"),
        (("-o", "missing/x.json"), "its folder does not exist"),
        (("-o", "there.json"), "--force to replace it"),
        (("-o", "full", "--format", "json"), "this is a folder"),
        (
            ("-o", "full", "--format", "csv"),
            "no folder that an export wrote, so it is not replaced; choose another name",
        ),
        (("-o", "full", "--format", "csv", "--force"), "no folder that an export wrote"),
        (("-o", "rivers.json", "--force"), "this is the dataset itself"),
        (("-o", "x.json", "date:nonsense"), "nonsense"),
        (("-o", "x.json", "--kind", "persn"), "perhaps 'person' is meant"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    run: Run, rivers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.json").write_text("mine", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, out, err = run("export", "--dataset", rivers, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_force_replaces_what_an_export_wrote(run: Run, rivers: Path, tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", tmp_path / "x.xlsx"
    for target, name in ((folder, "csv"), (file, "xlsx")):
        words = ("export", "--dataset", rivers, "--format", name, "-o", target)
        assert run(*words)[0] == 0
        code, _, err = run(*words)
        kind = "folder" if target == folder else "file"
        assert (code, f"such a {kind} already; choose another name, or --force" in err) == (2, True)
        assert run(*words, "--force", "--kind", "topic")[0] == 0
    assert "participations.csv" not in content_of(folder)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_files_have_the_permissions_of_new_ones(run: Run, rivers: Path, tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        run("export", "--dataset", rivers, "--format", "csv", "-o", tmp_path / "folder")
        run("export", "--dataset", rivers, "-o", tmp_path / "x.xlsx")
    finally:
        os.umask(mask)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in ((tmp_path / "folder").iterdir())}
    assert modes == {0o644}
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "x.xlsx").stat().st_mode) == 0o644


def annotate(path: Path) -> None:
    with open_workspace(open_model(path)) as workspace:
        workspace.user_data.toggle_mark(workspace.user_data_key, "person/ana")
        workspace.user_data.set_note(workspace.user_data_key, "event/day", "=ask again")


def test_notes_go_along_only_where_they_are_wanted(run: Run, rivers: Path, tmp_path: Path) -> None:
    annotate(rivers)
    for name, target in (("json", tmp_path / "a.json"), ("csv", tmp_path / "a")):
        assert run("export", "--dataset", rivers, "--format", name, "-o", target)[0] == 0
    assert not (tmp_path / "a.notes.json").exists()
    assert "notes.csv" not in content_of(tmp_path / "a")
    words = ("export", "--dataset", rivers, "--with-notes")
    code, _, err = run(*words, "-o", tmp_path / "b.json")
    assert code == 0
    assert "your marks and notes" in err
    assert json.loads((tmp_path / "b.notes.json").read_bytes()) == [
        {"id": "event/day", "label": "Day on rivers", "note": "=ask again"},
        {"id": "person/ana", "label": "Ana Lima", "marked": True},
    ]
    assert run(*words, "--format", "csv", "-o", tmp_path / "b")[0] == 0
    assert "event/day,Day on rivers,,'=ask again\r\n" in content_of(tmp_path / "b")["notes.csv"].decode()
    code, _, err = run(*words)
    assert (code, "by -o FILE" in err) == (2, True)
    assert b"ask again" not in (tmp_path / "b.json").read_bytes()


def test_json_tells_what_was_written(run: Run, rivers: Path, tmp_path: Path) -> None:
    code, out, _ = run("export", "--json", "--dataset", rivers, "-o", tmp_path / "x.xlsx")
    told = json.loads(out)
    assert code == 0
    assert told["format"] == "xlsx"
    assert told["records"] == whole(rivers).counts()
    assert "a workbook is for people" in told["remarks"][0]


def test_a_script_can_take_out_too(rivers: Path, tmp_path: Path) -> None:
    told = export_dataset(rivers, tmp_path / "x", "csv", "ana", kinds=("person",))
    assert told.records["person"] >= 1
    assert (tmp_path / "x" / "datapackage.json").exists()
    assert export_dataset(rivers, tmp_path / "x.json").records == whole(rivers).counts()
    with pytest.raises(BadInput, match="no format"):
        export_dataset(rivers, tmp_path / "x.html")


def test_a_broken_dataset_is_one_sentence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"dataset": {"1": {"format": 2, "title": "x"}}, "people": {"1": {"id": "person/x"}}}', "utf-8")
    code, out, err = run("export", "--dataset", path)
    assert (code, out) == (2, "")
    assert "label" in err
    assert len(err.splitlines()) == 1


def test_old_ids_still_lead_on(run: Run, rivers: Path, tmp_path: Path) -> None:
    dataset = Dataset(rivers)
    dataset.insert([Person(id="person/old", label="Ana L.")])
    dataset.merge("person/old", "person/ana")
    export_dataset(rivers, tmp_path / "x.json", query="ana", kinds=("person",))
    assert whole(tmp_path / "x.json").redirects == {"person/old": "person/ana"}
    export_dataset(rivers, tmp_path / "folder", "csv")
    run("import", tmp_path / "folder", "--into", tmp_path / "back.json")
    assert whole(tmp_path / "back.json").redirects == {"person/old": "person/ana"}
    assert ids(tmp_path / "x.json") <= ids(rivers)
