"""`Dataset.db` is TinyDB: its own interface, over a file that other handles and other processes write, too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filelock
import pytest
from tinydb import TinyDB, where
from tinydb.operations import delete
from tinydb.operations import set as set_to
from tinydb.table import Document, Table

from convenings.domain.errors import BadInput
from convenings.domain.records import Person
from convenings.store import canonical, files, layout, proof, snapshot
from convenings.store.check import check
from convenings.store.dataset import BadRecord, Dataset
from tests.unit import factory

ZOE: dict[str, Any] = {
    "id": "person/zoe",
    "label": "Zoe",
    "family": "Zu",
    "evidence": [
        {
            "source": "source/rivers",
            "paragraph": 3,
            "start": 1,
            "end": 4,
            "passage_hash": factory.evidence(3, "Ana").passage_hash,
            "fields": ["family"],
        }
    ],
}


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return factory.write(tmp_path / "set.json", redirects={"person/old": "person/ana"})


@pytest.fixture
def people(dataset: Dataset) -> Table:
    return dataset.db.table("people")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def is_canonical(path: Path) -> bool:
    data = path.read_bytes()
    return canonical.encode(layout.parse(data, "")) == data


def person(number: int) -> dict[str, Any]:
    return ZOE | {"id": f"person/p{number}", "label": f"P {number}"}


# TinyDB's own interface


def test_it_is_a_tinydb_that_answers_as_plain_tinydb_does(dataset: Dataset) -> None:
    assert isinstance(dataset.db, TinyDB)
    assert dataset.db is dataset.db
    with TinyDB(dataset.path, encoding="utf-8", access_mode="r") as plain:
        assert dataset.db.tables() == plain.tables()
        for name in plain.tables():
            ours, theirs = dataset.db.table(name), plain.table(name)
            assert ours.all() == theirs.all()
            assert [row.doc_id for row in ours] == [row.doc_id for row in theirs]
            assert len(ours) == len(theirs)
            assert ours.get(doc_id=1) == theirs.get(doc_id=1)
            assert ours.get(doc_ids=[1, 7]) == theirs.get(doc_ids=[1, 7])
            assert ours.search(where("label").exists()) == theirs.search(where("label").exists())
            assert ours.get(where("id") == "person/ana") == theirs.get(where("id") == "person/ana")
            assert ours.count(where("id").exists()) == theirs.count(where("id").exists())
            assert ours.contains(doc_id=99) is theirs.contains(doc_id=99) is False
    assert len(dataset.db) == 0


def test_each_change_is_tinydbs_and_leaves_a_canonical_dataset_without_faults(dataset: Dataset, people: Table) -> None:
    def holds(*labels: str) -> None:
        assert [row["label"] for row in json.loads(dataset.path.read_bytes())["people"].values()] == list(labels)
        assert is_canonical(dataset.path)
        assert check(Dataset.open(dataset.path)) == []

    assert people.insert(ZOE) == 2
    holds("Ana Lima", "Zoe")
    assert people.insert_multiple([person(1), Document(person(2), 9), person(3)]) == [3, 9, 4]
    holds("Ana Lima", "Zoe", "P 1", "P 3", "P 2")
    assert people.update({"label": "Zoé"}, where("id") == "person/zoe") == [2]
    assert people.update(set_to("family", "Zú"), doc_ids=[2, 77]) == [2]
    assert people.update_multiple([({"label": "P one"}, where("id") == "person/p1")]) == [3]
    holds("Ana Lima", "Zoé", "P one", "P 3", "P 2")
    assert people.upsert(ZOE | {"label": "Zoë"}, where("id") == "person/zoe") == [2]
    assert people.upsert(person(4), where("id") == "person/p4") == [10]
    assert people.upsert(Document(person(5), 5)) == [5]
    holds("Ana Lima", "Zoë", "P one", "P 3", "P 5", "P 2", "P 4")
    assert people.insert_multiple([Document(person(11), 11), person(12)]) == [11, 12]
    assert people.remove(where("label").matches("P")) == [3, 4, 5, 9, 10, 11, 12]
    assert people.remove(doc_ids=[2, 3]) == [2]
    holds("Ana Lima")


def test_tables_can_be_emptied_and_dropped_but_a_dataset_stays_one(dataset: Dataset) -> None:
    dataset.db.table("gaps").truncate()
    dataset.db.drop_table("statements")
    dataset.db.drop_table("nothing")
    assert "statements" not in dataset.db.tables()
    assert dataset.records("gap") == dataset.records("statement") == []
    assert is_canonical(dataset.path)
    before = dataset.path.read_bytes()
    for refused in (
        dataset.db.drop_tables,
        lambda: dataset.db.drop_table("dataset"),
        lambda: dataset.db.table("dataset").truncate(),
        lambda: dataset.db.table("dataset").update({"format": 99}),
        lambda: dataset.db.table("redirects").insert({"id": "person/x"}),
        lambda: dataset.db.table("person").insert(ZOE),
        lambda: dataset.db.insert(ZOE),
        lambda: dataset.db.table("topics").insert(Document(ZOE, 0)),
    ):
        with pytest.raises(BadInput) as caught:
            refused()
        assert caught.value.file == str(dataset.path)
        assert caught.value.hint
    assert dataset.path.read_bytes() == before
    assert Dataset.open(dataset.path).info.title == "Rivers"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda people: people.insert({"id": "person/x"}), "person/x, field label: the field 'label' is missing"),
        (lambda people: people.insert({"label": "X"}), "document 2, field id: the field 'id' is missing"),
        (lambda people: people.insert(ZOE | {"lable": "X"}), "no field 'lable' here; perhaps 'label' is meant"),
        (lambda people: people.insert(ZOE | {"label": {1, 2}}), "person/zoe, field label"),
        (lambda people: people.insert(ZOE | {"id": "topic/x"}), "this is no id of a person; write it as person/name"),
        (lambda people: people.insert(ZOE | {"id": "person/ana"}), "people, person/ana: the id is taken"),
        (lambda people: people.insert(ZOE | {"id": "person/old"}), "people, person/old: the id is taken"),
        (lambda people: people.insert_multiple([ZOE, ZOE]), "people, person/zoe: the id is taken"),
        (lambda people: people.update({"family": 3}), "person/ana, field family: this is a whole number"),
        (lambda people: people.update(delete("label")), "person/ana, field label: the field 'label' is missing"),
    ],
)
def test_what_does_not_fit_the_data_model_is_refused_and_nothing_is_saved(
    dataset: Dataset, people: Table, change: Callable[[Table], object], says: str
) -> None:
    before = dataset.path.read_bytes()
    with pytest.raises(BadInput) as caught:
        change(people)
    assert says in str(caught.value)
    assert dataset.path.read_bytes() == before
    assert names(dataset.path.parent) <= {"set.json", "set.json.convenings.lock"}
    assert people.insert(ZOE) == 2


def test_what_was_unfit_before_can_be_mended_bit_by_bit(dataset: Dataset, people: Table) -> None:
    tables = json.loads(dataset.path.read_bytes())
    tables["people"] |= {"2": {"id": "person/b"}, "3": {"id": "person/c"}, "4": {"id": "person/ana", "label": "A"}}
    dataset.path.write_bytes(canonical.encode(tables))
    people.update({"label": "B"}, where("id") == "person/b")
    people.update({"label": "C"}, where("id") == "person/c")
    people.update({"id": "person/d"}, doc_ids=[4])
    assert [record.id for record in dataset.records("person")] == ["person/ana", "person/b", "person/c", "person/d"]


def test_a_change_that_changes_nothing_does_not_touch_the_file(dataset: Dataset, people: Table) -> None:
    before = dataset.signature
    people.update({"label": "Ana Lima"}, where("id") == "person/ana")
    people.remove(where("id") == "person/nobody")
    assert dataset.signature == before


def test_a_document_handed_out_is_the_callers_own(people: Table) -> None:
    query = where("id") == "person/ana"
    hands: list[Callable[[], Any]] = [
        lambda: people.get(query),
        lambda: people.get(doc_id=1),
        lambda: people.all()[0],
        lambda: next(iter(people)),
        lambda: people.search(query)[0],
    ]
    for hand in [*hands, hands[-1]]:
        document = hand()
        assert isinstance(document, Document)
        assert document.doc_id == 1
        document["label"] = "changed"
        document["evidence"][0]["fields"].append("changed")
        document["evidence"].append({})
    for hand in hands:
        document = hand()
        assert isinstance(document, Document)
        assert (document["label"], len(document["evidence"])) == ("Ana Lima", 1)
        assert document["evidence"][0]["fields"] == ["family"]
    row = person(1) | {"names": []}
    people.insert(row)
    row["names"].append("changed")
    assert people.get(doc_id=2) == person(1)


# Two handles, and other programs


def test_a_second_handle_sees_every_change_and_takes_the_next_doc_id(dataset: Dataset, people: Table) -> None:
    other = Dataset.open(dataset.path).db.table("people")
    query = where("label").exists()
    assert len(other.search(query)) == len(people.search(query)) == 1
    for number in range(1, 7):
        one, two = (people, other) if number % 2 else (other, people)
        assert one.insert(person(number)) == number + 1
        assert [row.doc_id for row in two.search(query)] == list(range(1, number + 2))
        assert one.search(query) == two.search(query) == one.search(query)
    people.remove(doc_ids=[7])
    assert other.insert(person(8)) == 7
    assert is_canonical(dataset.path)


def test_it_mixes_with_the_typed_changes(dataset: Dataset, people: Table) -> None:
    query = where("label") == "Zoe"
    assert people.search(query) == []
    dataset.insert([Person(id="person/zoe", label="Zoe")])
    assert [row["id"] for row in people.search(query)] == ["person/zoe"]
    assert people.insert(person(1)) == 3
    dataset.update(Person(id="person/p1", label="Zoe"))
    assert [row.doc_id for row in people.search(query)] == [2, 3]
    dataset.merge("person/zoe", "person/p1")
    assert [row.doc_id for row in people.search(query)] == [3]
    assert dataset.redirects() == {"person/old": "person/ana", "person/zoe": "person/p1"}
    people.remove(query)
    assert [record.id for record in dataset.records("person")] == ["person/ana"]
    with pytest.raises(BadInput, match="no record with this id"):
        dataset.remove("person/p1")


def test_no_answer_is_of_another_state_whatever_program_wrote_it(dataset: Dataset, people: Table) -> None:
    query = where("label").matches("Ana ")
    data = dataset.path.read_bytes()
    then = dataset.path.stat()
    for number in range(30):
        label = f"Ana L {number:02}"
        with dataset.path.open("rb+") as file:
            file.write(data.replace(b"Ana Lima", label.encode()))
        os.utime(dataset.path, ns=(then.st_atime_ns, then.st_mtime_ns))
        assert [row["label"] for row in people.search(query)] == [label]
        assert [row["label"] for row in people.all()] == [label]


@pytest.mark.parametrize(("settled", "answer"), [(10**15, "Ana Lime"), (0, "Ana Lima")])
def test_an_answer_of_a_young_file_is_not_kept_as_its_clock_may_stand_still(
    dataset: Dataset, people: Table, monkeypatch: pytest.MonkeyPatch, settled: int, answer: str
) -> None:
    monkeypatch.setattr(snapshot, "SETTLED_NS", settled)
    then = dataset.path.stat()
    state = proof.state(dataset.path)
    monkeypatch.setattr(proof, "state", lambda _: state)
    query = where("label").exists()
    assert [row["label"] for row in people.search(query)] == ["Ana Lima"]
    with dataset.path.open("rb+") as file:
        file.write(dataset.path.read_bytes().replace(b"Ana Lima", b"Ana Lime"))
    os.utime(dataset.path, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert [row["label"] for row in people.search(query)] == [answer]


def test_an_answer_is_not_worked_out_again_while_the_file_stays(
    dataset: Dataset, people: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "SETTLED_NS", 0)
    looks: list[object] = []

    def look(label: Any) -> bool:
        looks.append(label)
        return True

    query = where("label").test(look)
    answer = people.search(query)
    monkeypatch.setattr(files, "read", None)
    assert people.search(query) == answer
    assert looks == ["Ana Lima"]


WRITER = """
import sys
from tinydb import where
from convenings.store.dataset import Dataset
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
people = Dataset(path).db.table("people")
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    doc_id = people.insert({"id": f"person/{name}{number}", "label": "0"})
    assert people.update({"label": "1"}, where("id") == f"person/{name}{number}") == [doc_id]
    people.update(lambda row: row.update(label=str(int(row["label"]) + 1)), where("id") == "person/count")
print("done")
"""


def test_processes_that_write_at_once_lose_nothing_and_share_no_doc_id(tmp_path: Path) -> None:
    dataset = factory.write(tmp_path / "set.json", [Person(id="person/count", label="0")])
    people, count = dataset.db.table("people"), 50
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(dataset.path), name, str(count)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    for number in range(10):
        people.insert({"id": f"person/c{number}", "label": "1"})
        assert people.get(where("id") == f"person/c{number}") is not None
    for writer in writers:
        assert writer.communicate()[0] == "done\n"
        assert writer.returncode == 0
    every = {f"person/{name}{number}" for name in "ab" for number in range(count)}
    every |= {f"person/c{number}" for number in range(10)} | {"person/count"}
    rows = json.loads(dataset.path.read_bytes())["people"]
    assert sorted(map(int, rows)) == list(range(1, len(every) + 1))
    assert {row["id"]: row["label"] for row in rows.values()} == dict.fromkeys(every, "1") | {
        "person/count": str(2 * count)
    }
    assert {row["id"] for row in people} == every
    assert is_canonical(dataset.path)
    assert names(tmp_path) == {
        "set.json", "set.json.convenings.bak", "set.json.convenings.lock", "set.json.convenings.journal",
    }  # fmt: skip


def test_a_change_waits_for_another_writer_but_not_for_ever(
    dataset: Dataset, people: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.locked.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    before = dataset.path.read_bytes()
    with files.locked(dataset.path):
        for change in (lambda: people.insert(ZOE), people.truncate, dataset.db.drop_tables):
            with pytest.raises(BadInput, match="is writing to this file; wait until"):
                change()
        assert people.count(where("id") == "person/ana") == 1
    assert dataset.path.read_bytes() == before
    people.insert(ZOE)


# What goes wrong


def test_reading_takes_no_lock_and_creates_nothing(
    dataset: Dataset, people: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filelock, "FileLock", None)
    assert people.search(where("id").exists()) == people.all() == [people.get(doc_id=1)]
    assert names(dataset.path.parent) == {"set.json"}


CONTENTS = {
    "missing": None,
    "empty": b"",
    "cut off": b'{"dataset": {"1": {"form',
    "not UTF-8": b'{"dataset": {"1": {"format": 2, "title": "\xfc"}}}',
    "no dataset": b'{"people": {}}',
    "a doc id twice": b'{"dataset": {"1": {"format": 2, "title": "T"}}, "people": {"1": {}, "1": {}}}',
    "no object": b'{"dataset": {"1": {"format": 2, "title": "T"}}, "people": {"1": 5}}',
    "no number": b'{"dataset": {"1": {"format": 2, "title": "T"}}, "people": {"x": {}}}',
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS.keys())
def test_a_missing_or_spoilt_file_is_said_and_left(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "set.json"
    if content is not None:
        path.write_bytes(content)
    people = Dataset(path).db.table("people")
    for use in (
        people.all,
        lambda: people.search(where("id").exists()),
        lambda: people.insert(ZOE),
        lambda: people.insert_multiple([ZOE]),
        lambda: people.upsert(ZOE, where("id") == "person/zoe"),
        lambda: people.remove(where("id").exists()),
    ):
        with pytest.raises(BadInput) as caught:
            use()
        assert caught.value.file == str(path)
    assert (path.read_bytes() if path.exists() else None) == content
    assert names(tmp_path) <= {"set.json", "set.json.convenings.lock"}


def test_a_file_that_is_spoilt_after_it_was_read_is_said(dataset: Dataset, people: Table) -> None:
    query = where("id").exists()
    assert people.search(query)
    dataset.path.write_bytes(b"{")
    for use in (lambda: people.search(query), lambda: people.get(doc_id=1), lambda: people.insert(ZOE)):
        with pytest.raises(BadInput):
            use()
    dataset.path.unlink()
    with pytest.raises(BadInput, match="no such file"):
        people.search(query)


def test_a_change_that_fails_half_way_changes_nothing(
    dataset: Dataset, people: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dataset.path.read_bytes()

    def stumble(row: Any) -> None:
        row["label"] = "half"
        raise LookupError

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(LookupError):
        people.update(stumble)
    with pytest.raises(ValueError, match="surrogates"):
        people.insert(ZOE | {"label": "\ud800"})
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(BadInput, match="the disk is full"):
            people.insert(ZOE)
    assert dataset.path.read_bytes() == before
    assert [row["label"] for row in people] == ["Ana Lima"]
    assert names(dataset.path.parent) <= {"set.json", "set.json.convenings.lock"}
    assert people.insert(ZOE) == 2


def test_a_record_that_does_not_fit_is_named_as_everywhere(people: Table) -> None:
    with pytest.raises(BadRecord) as caught:
        people.insert({"id": "person/x", "label": "X", "names": 3})
    assert (caught.value.table, caught.value.record, caught.value.field) == ("people", "person/x", "names")
