"""What a user adds belongs to a dataset, wherever its file goes; nothing is taken by guess, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from convenings.domain.records import Person, Record
from convenings.index.open import open_model
from convenings.store.known_datasets import path_key
from convenings.store.sources import text_hash
from convenings.store.user_data import UserData
from convenings.workspace import Workspace
from tests.unit import factory

MARKED = "person/ana"


def write(path: Path, title: str = "Rivers", more: Sequence[Record] = (), ref: str = "") -> Path:
    """A dataset of the made-up records, and more."""
    factory.write(path, [*factory.records(), *more])
    document = json.loads(path.read_bytes())
    document["dataset"]["1"] |= {"title": title, **({"id": ref} if ref else {})}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def people(names: Iterable[str]) -> list[Record]:
    return [Person(id=f"person/{name}", label=name.title()) for name in names]


def kept(path: Path) -> tuple[set[str], dict[str, str], list[str]]:
    """Marks, notes and what is said, when the dataset is opened."""
    with Workspace(open_model(path)) as workspace:
        data, key = workspace.user_data, workspace.user_data_key
        return data.marks(key), data.notes(key), list(workspace.warnings)


def begin(path: Path, ref: str = MARKED, note: str = "Ask her.") -> None:
    """Mark a record, write a note on it, and leave."""
    with Workspace(open_model(path)) as workspace:
        workspace.user_data.toggle_mark(workspace.user_data_key, ref)
        workspace.user_data.set_note(workspace.user_data_key, ref, note)
        workspace.user_data.save_session(workspace.user_data_key, {"subject": ref})


WORK = {MARKED}, {MARKED: "Ask her."}


@pytest.mark.parametrize("ref", ["", "rivers/set"])
def test_they_follow_a_file_that_is_renamed(tmp_path: Path, ref: str) -> None:
    begin(write(tmp_path / "a.json", ref=ref))
    (tmp_path / "a.json").rename(tmp_path / "b.json")
    *work, said = kept(tmp_path / "b.json")
    assert tuple(work) == WORK
    assert bool(said) == (not ref), "an id is known wherever it is; what was known by its path is spoken of"
    assert all(str(tmp_path / "a.json") in line and "1 mark, 1 note taken along" in line for line in said)
    assert kept(tmp_path / "b.json") == (*WORK, []), "it is said once"


@pytest.mark.parametrize("ref", ["", "rivers/set"])
def test_a_copy_starts_with_them(tmp_path: Path, ref: str) -> None:
    begin(write(tmp_path / "a.json", ref=ref))
    shutil.copyfile(tmp_path / "a.json", tmp_path / "b.json")
    assert kept(tmp_path / "b.json")[:2] == WORK
    assert kept(tmp_path / "a.json")[:2] == WORK


def test_a_copy_goes_its_own_way(tmp_path: Path) -> None:
    begin(write(tmp_path / "a.json"))
    shutil.copyfile(tmp_path / "a.json", tmp_path / "b.json")
    begin(tmp_path / "b.json", "event/day", "Only here.")
    assert kept(tmp_path / "a.json")[:2] == WORK
    assert kept(tmp_path / "b.json")[1] == {MARKED: "Ask her.", "event/day": "Only here."}


def test_they_follow_a_file_that_is_renamed_and_then_edited(tmp_path: Path) -> None:
    begin(write(tmp_path / "a.json", more=people(f"p{number}" for number in range(100))))
    (tmp_path / "a.json").unlink()
    write(tmp_path / "b.json", more=people(f"p{number}" for number in range(20, 140)))
    assert kept(tmp_path / "b.json")[:2] == WORK


def test_they_follow_an_edit_in_place_and_a_new_id(tmp_path: Path) -> None:
    begin(write(tmp_path / "a.json"))
    write(tmp_path / "a.json", more=people(["bo"]))
    assert kept(tmp_path / "a.json") == (*WORK, [])
    write(tmp_path / "a.json", more=people(["bo"]), ref="rivers/set")
    assert kept(tmp_path / "a.json") == (*WORK, [])
    shutil.move(tmp_path / "a.json", tmp_path / "elsewhere.json")
    assert kept(tmp_path / "elsewhere.json") == (*WORK, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda path: write(path, title="Lakes"),
        lambda path: write(path, more=people(f"p{number}" for number in range(500)), title="Lakes"),
    ],
    ids=["another title", "other records"],
)
def test_nothing_is_taken_from_another_dataset(tmp_path: Path, change: Callable[[Path], Path]) -> None:
    begin(write(tmp_path / "a.json"))
    (tmp_path / "a.json").unlink()
    assert kept(change(tmp_path / "b.json")) == (set(), {}, [])


def test_an_edited_copy_beside_the_dataset_is_its_own(tmp_path: Path) -> None:
    begin(write(tmp_path / "a.json"))
    assert kept(write(tmp_path / "b.json", more=people(["bo"]))) == (set(), {}, [])


def test_two_files_that_change_their_names_keep_their_own(tmp_path: Path) -> None:
    begin(write(tmp_path / "a.json"))
    own = people(f"p{number}" for number in range(60))
    factory.write(tmp_path / "b.json", own)
    begin(tmp_path / "b.json", "person/p1", "Another.")
    (tmp_path / "a.json").rename(tmp_path / "c.json")
    (tmp_path / "b.json").rename(tmp_path / "a.json")
    (tmp_path / "c.json").rename(tmp_path / "b.json")
    for _ in range(2):
        assert kept(tmp_path / "a.json")[1] == {"person/p1": "Another."}
        assert kept(tmp_path / "b.json")[:2] == WORK


def test_where_several_fit_none_is_taken_until_one_is_chosen(tmp_path: Path) -> None:
    begin(write(tmp_path / "a.json"))
    shutil.copyfile(tmp_path / "a.json", tmp_path / "b.json")
    begin(tmp_path / "b.json", "event/day", "Only there.")
    shutil.copyfile(tmp_path / "a.json", tmp_path / "c.json")
    for _ in range(2):
        marks, notes, [said] = kept(tmp_path / "c.json")
        assert (marks, notes) == (set(), {})
        assert all(str(tmp_path / name) in said for name in ("a.json", "b.json"))
    with Workspace(open_model(tmp_path / "c.json")) as workspace:
        chosen = next(each for each in workspace.ownership.candidates if each.path.endswith("b.json"))
        workspace.choose(chosen)
    assert kept(tmp_path / "c.json") == ({MARKED, "event/day"}, {MARKED: "Ask her.", "event/day": "Only there."}, [])
    shutil.copyfile(tmp_path / "a.json", tmp_path / "d.json")
    with Workspace(open_model(tmp_path / "d.json")) as workspace:
        assert workspace.ownership.candidates
        workspace.choose(None)
    assert kept(tmp_path / "d.json") == (set(), {}, [])


def test_several_with_the_same_marks_are_no_question(tmp_path: Path) -> None:
    begin(write(tmp_path / "a.json"))
    for name in ("b.json", "c.json"):
        shutil.copyfile(tmp_path / "a.json", tmp_path / name)
        assert kept(tmp_path / name)[:2] == WORK


@pytest.mark.parametrize("ref", ["", "rivers/set"])
@pytest.mark.parametrize("stays", [True, False], ids=["same path", "renamed"])
def test_what_was_kept_by_the_path_alone_goes_on(tmp_path: Path, ref: str, stays: bool) -> None:
    dataset = write(tmp_path / "a.json", ref=ref)
    data = UserData.open()
    data.toggle_mark(path_key(dataset), MARKED)
    data.set_note(path_key(dataset), MARKED, "Ask her.")
    data.save_session(path_key(dataset), {"subject": "event/day", "cursors": {"speakers": {"ref": MARKED, "top": ""}}})
    if not stays:
        (tmp_path / "moved").mkdir()
        dataset = dataset.rename(tmp_path / "moved" / "a.json")
    *work, said = kept(dataset)
    assert tuple(work) == WORK
    assert bool(said) == (not stays)
    with Workspace(open_model(dataset)) as workspace:
        session = workspace.user_data.session(workspace.user_data_key)
    assert session is not None
    assert session["subject"] == "event/day"


def test_what_is_kept_of_one_dataset_and_by_its_path_comes_together(tmp_path: Path) -> None:
    dataset = write(tmp_path / "a.json", ref="rivers/set")
    begin(dataset)
    own = json.loads((UserData.open().folder / "own.json").read_bytes())
    own["notes"]["9"] = {"dataset": path_key(dataset), "id": MARKED, "text": "Older."}
    own["marks"]["9"] = {"dataset": path_key(dataset), "id": "event/day"}
    (UserData.open().folder / "own.json").write_text(json.dumps(own), encoding="utf-8")
    marks, notes, _ = kept(dataset)
    assert marks == {MARKED, "event/day"}
    assert sorted(notes[MARKED].split("\n\n")) == ["Ask her.", "Older."]


@pytest.mark.skipif(os.name == "nt", reason="Windows has Unicode names only")
def test_a_name_that_is_no_unicode_is_told_from_others(tmp_path: Path) -> None:
    one, two = (Path(os.fsdecode(os.fsencode(tmp_path) + name)) for name in (b"/caf\xe9.json", b"/caf\xe8.json"))
    try:
        begin(write(one))
    except OSError:
        pytest.skip("this system has Unicode names only")
    factory.write(two, people(["bo"]))
    assert kept(one)[:2] == WORK
    assert kept(two)[:2] == (set(), {})
    with Workspace(open_model(one)) as workspace:
        assert not workspace.user_data.toggle_mark(workspace.user_data_key, MARKED)
    assert kept(one)[0] == set()


def test_marks_made_before_all_was_read_come_together_with_those_that_are_found_then(tmp_path: Path) -> None:
    begin(write(tmp_path / "a.json"))
    (tmp_path / "a.json").rename(tmp_path / "b.json")
    with Workspace(open_model(tmp_path / "b.json")) as workspace:
        whole, data = workspace.facts, UserData.open()
        early = type(whole)(whole.path, whole.id, whole.title)
        owner = data.settle(early, len)
        assert not owner.taken
        data.toggle_mark(owner.key, "event/day")
        assert data.marks(data.settle(whole, len).key) == {MARKED, "event/day"}
    assert kept(tmp_path / "b.json")[0] == {MARKED, "event/day"}


def test_a_text_is_attached_for_one_dataset(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a.json", title="One"), write(tmp_path / "b.json", title="Two")
    for path, text in ((one, "first"), (two, "second")):
        with Workspace(open_model(path)) as workspace:
            data = text.encode()
            workspace.user_data.attach("source/rivers", tmp_path / "text.txt", text_hash(data), data)
    for path, text in ((one, "first"), (two, "second")):
        with Workspace(open_model(path)) as workspace:
            assert workspace.user_data.attached_text("source/rivers") == text
