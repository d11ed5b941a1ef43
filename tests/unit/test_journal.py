"""The journal of steps beside a dataset, and undo and redo by it."""

from __future__ import annotations

import errno
import shutil
import stat
from functools import partial
from pathlib import Path

import msgspec
import pytest
from tinydb import TinyDB, where

from convenings.domain.errors import BadInput
from convenings.domain.records import Event, Participation, Person
from convenings.store import files
from convenings.store.batch import Batch
from convenings.store.conflicts import Conflicts
from convenings.store.copying import copy_dataset
from convenings.store.dataset import Dataset
from convenings.store.journal import Journal, Purpose
from convenings.store.past import remark
from convenings.store.undoing import redo, undo
from tests.unit.journals import ANA, BO, people, renamed, steps, two_people


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return two_people(tmp_path)


def test_each_save_leaves_a_line_that_says_what_when_and_by_whom(dataset: Dataset) -> None:
    before = files.content_hash(dataset.path)
    dataset.save(Batch(update=[renamed(ANA, "Anna")]), Purpose(who="Zoe", why="a letter"))
    dataset.insert([Event(id="event/a", label="A", type="fair")])
    dataset.merge("person/bo", "person/ana")
    dataset.unmerge("person/bo")
    dataset.remove("event/a")
    dataset.update(BO)
    last, *_, first = steps(dataset)
    assert [step.kind for step in steps(dataset)] == ["remove", "split", "merge", "add", "edit"]
    assert [step.number for step in steps(dataset)] == [5, 4, 3, 2, 1]
    assert (first.title, first.who, first.why) == ("changed label of Anna (person/ana)", "Zoe", "a letter")
    assert (first.before, last.after) == (before, files.content_hash(dataset.path))
    assert first.at.endswith("Z")
    lines = Journal(dataset.path).path.read_bytes().splitlines()
    assert len(lines) == 5
    assert msgspec.json.decode(lines[0])["changes"] == [
        {"table": "people", "number": 1, "id": "person/ana", "before": {"id": "person/ana", "label": "Ana"},
         "after": {"id": "person/ana", "label": "Anna"}}
    ]  # fmt: skip


def test_what_scripts_change_through_us_is_a_step_and_can_be_undone(dataset: Dataset) -> None:
    before = dataset.path.read_bytes()
    dataset.db.table("people").update({"label": "X"}, where("id") == "person/ana")
    assert people(dataset)["person/ana"] == "X"
    assert steps(dataset)[0].kind == "edit"
    undo(dataset)
    assert dataset.path.read_bytes() == before


def test_steps_are_undone_and_done_again_one_by_one_to_the_byte(dataset: Dataset) -> None:
    states = [dataset.path.read_bytes()]
    for change in (
        lambda: dataset.save(Batch(update=[renamed(ANA, "A"), renamed(BO, "B")])),
        lambda: dataset.remove("person/ana"),
        lambda: dataset.update(renamed(BO, "Bob")),
    ):
        change()
        states.append(dataset.path.read_bytes())
    for state in reversed(states[:-1]):
        undo(Dataset(dataset.path))
        assert dataset.path.read_bytes() == state
    with pytest.raises(BadInput, match="nothing to undo"):
        undo(dataset)
    for state in states[1:]:
        redo(Dataset(dataset.path))
        assert dataset.path.read_bytes() == state
    with pytest.raises(BadInput, match="nothing to do again"):
        redo(dataset)


def test_after_something_else_is_done_nothing_can_be_done_again(dataset: Dataset) -> None:
    dataset.update(renamed(ANA, "A"))
    undo(dataset)
    dataset.update(renamed(BO, "B"))
    with pytest.raises(BadInput, match="nothing to do again"):
        redo(dataset)
    assert undo(dataset).of == 3
    assert redo(dataset).of == 3


def test_a_merge_with_all_that_follows_from_it_is_undone_at_once(dataset: Dataset) -> None:
    event = Event(id="event/a", label="A", type="fair")
    roles = [Participation(id=f"participation/{n}", event="event/a", agent=f"person/{n}", role="chair")
             for n in ("ana", "bo")]  # fmt: skip
    dataset.insert([event, *roles])
    records = list(dataset.scan())
    dataset.merge("person/bo", "person/ana")
    assert len(dataset.records("participation")) == 1
    undo(dataset)
    assert [record for *_, record in dataset.scan()] == [record for *_, record in records]
    assert dataset.redirects() == {}
    redo(dataset)
    assert dataset.resolve("person/bo") == "person/ana"
    assert dataset.unmerge("person/bo").unmerged == ["participation/bo", "person/bo"]


# Somebody else


def edit_by_hand(dataset: Dataset, before: str, after: str) -> None:
    text = dataset.path.read_text(encoding="utf-8")
    assert before in text
    dataset.path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_change_by_hand_of_something_else_stays_when_a_step_is_undone(dataset: Dataset) -> None:
    dataset.update(renamed(ANA, "A"))
    edit_by_hand(dataset, '"label":"A"}', '"label":"A","honorific":"Dr."}')
    undo(dataset)
    assert dataset.records("person")[0] == Person(id="person/ana", label="Ana", honorific="Dr.")


def test_what_another_has_changed_since_is_not_undone_over(dataset: Dataset) -> None:
    dataset.update(renamed(ANA, "A"))
    with TinyDB(dataset.path, encoding="utf-8") as plain:
        plain.table("people").update({"label": "Other"}, where("id") == "person/ana")
    data = dataset.path.read_bytes()
    with pytest.raises(Conflicts, match="label of person/ana") as error:
        undo(dataset)
    conflict = error.value.conflicts[0]
    assert (conflict.before, conflict.theirs, conflict.ours) == ("A", "Other", "Ana")
    assert dataset.path.read_bytes() == data
    assert len(steps(dataset)) == 1


def test_what_others_refer_to_by_hand_is_not_taken_from_under_them(dataset: Dataset) -> None:
    dataset.insert([Event(id="event/a", label="A", type="fair")])
    text = '"events": {\n"1": {"id":"event/b","label":"B","type":"fair","super_event":"event/a"},\n"2": '
    edit_by_hand(dataset, '"events": {\n"1": ', text)
    with pytest.raises(BadInput, match="'event/b' refers to 'event/a', which would go"):
        undo(dataset)


def test_a_record_that_somebody_removed_by_hand_is_not_referred_to_again(dataset: Dataset) -> None:
    dataset.insert([Event(id="event/b", label="B", type="fair"), Event(id="event/a", label="A", type="fair")])
    dataset.upsert([Event(id="event/a", label="A", type="fair", super_event="event/b")])
    dataset.remove("event/a")
    edit_by_hand(dataset, '"1": {"id":"event/b","label":"B","type":"fair"}\n', "")
    with pytest.raises(BadInput, match="'event/a' would refer to 'event/b', which is no longer there"):
        undo(dataset)


def test_a_step_that_somebody_took_back_by_hand_is_passed_over(dataset: Dataset) -> None:
    dataset.update(renamed(BO, "B"))
    dataset.update(renamed(ANA, "A"))
    edit_by_hand(dataset, '"label":"A"}', '"label":"Ana"}')
    edit_by_hand(dataset, '"title":"Set"', '"title":"Sets"')
    assert undo(dataset).ids == []
    assert undo(dataset).ids == ["person/bo"]
    assert people(dataset) == {"person/ana": "Ana", "person/bo": "Bo"}


def test_an_older_copy_goes_on_from_where_it_was(dataset: Dataset) -> None:
    dataset.update(renamed(ANA, "A"))
    mailed = dataset.path.read_bytes()
    dataset.update(renamed(BO, "B"))
    dataset.update(renamed(BO, "C"))
    dataset.path.write_bytes(mailed)
    standing = Journal(dataset.path).standing(files.content_hash(dataset.path))
    assert standing.entry is not None
    assert (standing.entry.step.number, standing.is_exact, standing.later) == (1, True, 2)
    dataset.update(renamed(BO, "D"))
    assert steps(dataset)[0].follows == 1
    assert [undo(dataset).of, undo(dataset).of] == [4, 1]
    assert people(dataset) == {"person/ana": "Ana", "person/bo": "Bo"}


def test_a_copy_without_its_journal_begins_a_new_one(dataset: Dataset, tmp_path: Path) -> None:
    dataset.update(renamed(ANA, "A"))
    copy = Dataset(shutil.copy(dataset.path, tmp_path / "copy.json"))
    with pytest.raises(BadInput, match="nothing to undo"):
        undo(copy)
    copy.update(renamed(ANA, "B"))
    assert undo(copy).of == 1
    assert people(copy)["person/ana"] == "A"


def test_a_save_that_was_cut_off_is_seen_and_passed_over(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset.update(renamed(ANA, "A"))

    def end(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(files, "replace", end)
        with pytest.raises(KeyboardInterrupt):
            dataset.update(renamed(ANA, "B"))
    assert len(steps(dataset)) == 2
    standing = Journal(dataset.path).standing(files.content_hash(dataset.path))
    assert (standing.is_exact, standing.later) == (True, 1)
    assert undo(dataset).of == 1
    assert people(dataset)["person/ana"] == "Ana"
    assert redo(dataset).of == 1


def test_half_a_line_at_the_end_is_dropped(dataset: Dataset) -> None:
    dataset.update(renamed(ANA, "A"))
    journal = Journal(dataset.path).path
    whole = journal.read_bytes()
    for cut in (1, 9, len(whole) - 1):
        journal.write_bytes(whole + whole[:-cut])
        assert len(steps(dataset)) == 1
    undo(dataset)
    assert [step.number for step in steps(dataset)] == [2, 1]
    assert journal.read_bytes().startswith(whole)


@pytest.mark.parametrize("rubbish", [b"\n", b"{}\n", b"\xff\x00\n", b'{"changes":[],"step":{}}\n', b"[" * 9999 + b"\n"])
def test_a_journal_that_cannot_be_read_stops_nobody(dataset: Dataset, rubbish: bytes) -> None:
    dataset.update(renamed(ANA, "A"))
    with Journal(dataset.path).path.open("ab") as file:
        file.write(rubbish)
    with pytest.raises(BadInput, match="nothing to undo"):
        undo(dataset)
    dataset.update(renamed(ANA, "B"))
    undo(dataset)
    assert people(dataset)["person/ana"] == "A"


def test_a_journal_that_cannot_be_written_stays(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset.update(renamed(ANA, "A"))

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "read-only")

    with monkeypatch.context() as patch:
        patch.setattr(files, "private_opener", refuse)
        with pytest.raises(BadInput, match="read-only"):
            dataset.update(renamed(ANA, "B"))
    assert undo(dataset).of == 1


def test_what_the_dataset_says_of_itself_is_undone_and_done_again(dataset: Dataset) -> None:
    before = dataset.path.read_bytes()
    dataset.db.table("dataset").update({"title": "Another"})
    undo(dataset)
    assert dataset.path.read_bytes() == before
    redo(dataset)
    assert dataset.info.title == "Another"


def test_a_new_dataset_has_no_steps_of_one_that_was_there_before(dataset: Dataset, tmp_path: Path) -> None:
    dataset.update(renamed(ANA, "A"))
    original = dataset.path.rename(tmp_path / "original.json")
    for begin in (partial(Dataset.create, title="Again"), partial(copy_dataset, original)):
        new = begin(dataset.path)
        assert (steps(new), remark(new)) == ([], "")
        new.insert([Person(id="person/cy", label="Cy")])
        new.path.unlink()


def test_a_private_dataset_has_a_private_journal(dataset: Dataset) -> None:
    dataset.path.chmod(0o600)
    dataset.update(renamed(ANA, "A"))
    assert stat.S_IMODE(Journal(dataset.path).path.stat().st_mode) == 0o600


def test_what_cannot_be_saved_leaves_no_step(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BadInput("the disk is full")

    dataset.update(renamed(ANA, "A"))
    with monkeypatch.context() as patch:
        patch.setattr(files, "replace", refuse)
        with pytest.raises(BadInput):
            dataset.update(renamed(ANA, "B"))
    assert len(steps(dataset)) == 1
