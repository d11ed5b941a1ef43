"""A change of a few lines gives, to the byte, what reading and writing the whole file gives, and refuses the same."""

from __future__ import annotations

import errno
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from convenings.domain.errors import BadInput
from convenings.domain.kinds import TABLES
from convenings.domain.records import (
    Event,
    Organisation,
    Person,
    Record,
    Topic,
)
from convenings.store import applying, canonical, files, layout, proof, splice, validation
from convenings.store.batch import Batch
from convenings.store.copying import copy_dataset
from convenings.store.dataset import Dataset
from tests.unit import factory

REFS = ["ana", "zoe", 'a"b', "a\\b", "é", "黄", "x\ny", "\u2028", "\x7f", "a/b", 'a","id":"person/zoe']
labels = st.sampled_from(
    ["", "A", '{"1": {}}', '"id":"person/zoe"', "\\", "},\n", "\n}", '\n"people": {', "é", "\x00"]
) | st.text(st.characters(blacklist_categories=["Cs"]), max_size=6)
people = st.builds(lambda ref, label: Person(id=f"person/{ref}", label=label), st.sampled_from(REFS), labels)
topics = st.builds(
    lambda ref, label: Topic(id=f"topic/{ref}", label=label, type="concept"), st.sampled_from(REFS), labels
)
events = st.builds(lambda ref, label: Event(id=f"event/{ref}", label=label, type="fair"), st.sampled_from(REFS), labels)
wrong = st.sampled_from(
    [
        Person(id="topic/ana", label="A"),
        Person(id="", label="A"),
        Person(id="person/\ud800", label="A"),
        Person(id="person/odd", label="\ud800"),
        Event(id="event/odd", label="A", type="fare"),  # type: ignore[arg-type]
    ]
)
records = people | topics | events
NUMBERS = {"people": (1, 2, 7, 30, 31), "topics": (5,), "events": (2, 10, 11)}


@st.composite
def datasets(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Tables of a dataset: some missing, some empty, with gaps in their numbers and ids that may stand twice."""
    tables: dict[str, dict[str, Any]] = {"dataset": {"1": {"format": 2, "title": draw(labels)}}}
    if draw(st.booleans()):
        olds = draw(st.lists(st.sampled_from(REFS), max_size=2))
        tables["redirects"] = {str(n): {"id": f"person/{old}", "to": "person/ana"} for n, old in enumerate(olds, 3)}
    for table, one in (("people", people), ("topics", topics), ("events", events)):
        if draw(st.booleans()):
            rows = draw(st.lists(one, max_size=len(NUMBERS[table])))
            tables[table] = {
                str(n): msgspec.to_builtins(record) for n, record in zip(NUMBERS[table], rows, strict=False)
            }
    return tables


def outcome(act: Callable[[], None], path: Path) -> bytes | str:
    """The file after a change, or how the change was refused."""
    before = path.read_bytes()
    try:
        act()
    except (BadInput, ValueError, TypeError) as error:
        assert path.read_bytes() == before
        return f"{type(error).__name__} {error}"
    return path.read_bytes()


def whole(path: Path) -> Dataset:
    """A dataset that is always changed the whole way."""
    dataset = Dataset(path)
    dataset._splice = lambda _: False  # type: ignore[method-assign, assignment]
    return dataset


@pytest.fixture
def spliced(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each change was one of lines; what the records say is no matter here."""
    monkeypatch.setattr(validation, "_rule_findings", lambda *_: ())
    line_changes: list[bool] = []
    real = Dataset._splice

    def noted(self: Dataset, edit: Callable[[bytes], splice.Pieces]) -> bool:
        line_changes.append(real(self, edit))
        return line_changes[-1]

    monkeypatch.setattr(Dataset, "_splice", noted)
    return line_changes


@given(datasets(), st.lists(st.lists(records | wrong, max_size=6), max_size=4), st.lists(records, max_size=2))
def test_any_changes_give_the_same_as_the_whole_way(
    tmp_path_factory: pytest.TempPathFactory,
    tables: dict[str, Any],
    inserts: list[list[Record]],
    updates: list[Record],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # Lines take any text; what records may say is for the rules.
        patch.setattr(validation, "_rule_findings", lambda *_: ())
        patch.setattr(validation, "_controls", lambda *_: ())
        _compare_with_the_whole_way(tmp_path_factory.mktemp("splice"), tables, inserts, updates)


def _compare_with_the_whole_way(
    folder: Path, tables: dict[str, Any], inserts: list[list[Record]], updates: list[Record]
) -> None:
    path, other = folder / "set.json", folder / "whole.json"
    for each in (path, other):
        each.write_bytes(canonical.encode(tables))
    assert proof.is_sound(path.read_bytes())
    dataset, slow = Dataset(path), whole(other)
    for added in inserts:
        ours = outcome(partial(dataset.insert, iter(added)), path)
        expected = outcome(partial(slow.insert, iter(added)), other)
        assert ours == (expected if isinstance(expected, bytes) else expected.replace("whole.json", "set.json"))
        if isinstance(ours, bytes):
            assert ours == canonical.encode(layout.parse(ours, ""))
            assert not added or json.loads(path.with_name("set.json.convenings.bak").read_bytes())["dataset"]
    for record in updates:
        ours = outcome(partial(dataset.update, record), path)
        expected = outcome(partial(slow.update, record), other)
        assert ours == (expected if isinstance(expected, bytes) else expected.replace("whole.json", "set.json"))
    with TinyDB(path, encoding="utf-8", access_mode="r") as plain:
        for table, rows in json.loads(path.read_bytes()).items():
            assert {str(row.doc_id): dict(row) for row in plain.table(table)} == rows


def edited(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        assert old in data
        return data.replace(old, new, 1)

    return edit


ANA = b'"1": {"id":"person/ana"'
EDITS: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "indented": lambda data: json.dumps(json.loads(data), indent=1).encode(),
    "one line": lambda data: json.dumps(json.loads(data)).encode(),
    "other line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "no line feed at the end": lambda data: data[:-1],
    "two at the end": lambda data: data + b"\n",
    "a blank line": edited(b"\n" + ANA, b"\n\n" + ANA),
    "a blank before a line": edited(ANA, b" " + ANA),
    "a blank in a document": edited(ANA, b'"1": {"id": "person/ana"'),
    "a blank after a document": edited(b"},\n", b"} ,\n"),
    "no blank after a number": edited(ANA, ANA.replace(b": ", b":")),
    "two documents on a line": edited(b',\n"2": {', b', "2": {'),
    "a needless escape": edited(b'"Ana Lima"', b'"Ana L\\u0069ma"'),
    "an id in escapes": edited(b'"person/ana"', b'"person\\/ana"'),
    "a name of a field in escapes": edited(ANA, ANA.replace(b'"id"', b'"i\\u0064"')),
    "fields in another order": edited(b'{"id":"topic/water",', b'{"type":"concept","id":"topic/water",'),
    "a default written out": edited(b'"label":"Ghent"', b'"label":"Ghent","names":[]'),
    "an unknown field": edited(ANA, ANA + b',"odd":{"id":"person/zoe"}'),
    "an unknown field with an id that is none": edited(ANA, b'"1": {"odd":1,"id":["person/zoe"]'),
    "no id": edited(ANA, b'"1": {"odd":{"id":"person/zoe"}'),
    "a document that is no object": edited(b'"people": {\n', b'"people": {\n"0": 5,\n'),
    "an unknown table": edited(b'"people": {', b'"zeta": {},\n"people": {'),
    "an unknown table at the end": edited(b"\n}\n}\n", b'\n},\n"zeta": {\n"1": {}\n}\n}\n'),
    "a table twice": edited(b'"people": {', b'"people": {},\n"people": {'),
    "tables in another order": lambda data: b'{\n"gaps": {},\n' + edited(b'"gaps"', b'"gaps"')(data)[2:],
    "an empty table over two lines": edited(b'"events": {', b'"redirects": {\n},\n"events": {'),
    "an empty table": edited(b'"events": {', b'"redirects": {},\n"events": {'),
    "a number from nought": edited(ANA, ANA.replace(b'"1"', b'"0"')),
    "a number with a nought": edited(ANA, ANA.replace(b'"1"', b'"01"')),
    "a number below nought": edited(ANA, ANA.replace(b'"1"', b'"-1"')),
    "a number of other digits": edited(ANA, ANA.replace(b'"1"', '"١"'.encode())),
    "a large number": edited(ANA, ANA.replace(b'"1"', b'"99999999999999999999"')),
    "a number twice": edited(b'"2": {"id":"event/talk"', b'"1": {"id":"event/talk"'),
    "numbers in another order": edited(b'"1": {"id":"event/day"', b'"9": {"id":"event/day"'),
    "an id twice": edited(b'"topic/rivers","evidence"', b'"topic/water","evidence"'),
    "a newer format": edited(b'"format":2', b'"format":3'),
    "a format that is none": edited(b'"format":2', b'"format":0'),
    "two heads": edited(b'"title":"Rivers"}', b'"title":"Rivers"},\n"2": {"format":2,"title":"R"}'),
    "no head": edited(b'"dataset"', b'"places"'),
    "a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "not UTF-8": edited(b"Ana Lima", b"An\xff Lima"),
    "cut off": lambda data: data[:-5],
    "nothing": lambda data: b"",
    "another encoding": lambda data: data.decode().encode("utf-16"),
    "an open table": edited(b"\n},\n", b"\n,\n"),
    "a comma too many": edited(b"\n},\n", b",\n},\n"),
    "a comma at the end": edited(b"\n}\n}\n", b"\n},\n}\n"),
}  # fmt: skip


@pytest.mark.parametrize("chunk", [1, 200, proof.CHUNK])
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_file_edited_by_hand_gives_the_same_as_the_whole_way(
    tmp_path: Path, edit: Callable[[bytes], bytes], chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "CHUNK", chunk)
    monkeypatch.setattr(proof, "SMALL", 0)
    data = edit(factory.write(tmp_path / "set.json").path.read_bytes())
    added: list[list[Record]] = [
        [Person(id="person/zoe", label="Zoe")],
        [Person(id="person/ana", label="Again")],
        [Organisation(id=f"organisation/{n}", label="N", type="other") for n in range(splice.FEW + 1)],
        [Topic(id="topic/new", label="N", type="concept"), Person(id="person/zoe", label="Twice")],
    ]
    path = tmp_path / "set.json"

    def outcomes(dataset: Dataset) -> list[bytes | str]:
        path.write_bytes(data)
        steps = [partial(dataset.insert, new) for new in added]
        steps += [
            partial(dataset.update, record)
            for record in (
                Topic(id="topic/water", label="Still", type="concept"),
                Person(id="person/zoe", label="Zoë"),
            )
        ]
        return [outcome(step, path) for step in steps]

    assert outcomes(Dataset(path)) == outcomes(whole(path))


@given(st.sampled_from(sorted(EDITS)), st.sampled_from([1, 100, 500, 1 << 16]))
def test_sound_is_what_is_canonical_and_can_be_read(name: str, chunk: int) -> None:
    before = canonical.encode(factory.tables())
    data = EDITS[name](before)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof, "CHUNK", chunk)
        assert proof.is_sound(data) == (data == before or name in ("an empty table", "a large number", "an id twice"))


def test_what_stands_in_lines_is_changed_in_lines(tmp_path: Path, spliced: list[bool]) -> None:
    dataset = factory.write(tmp_path / "set.json")
    dataset.insert([Person(id="person/zoe", label="Zoe")])
    dataset.update(Person(id="person/zoe", label="Zoë"))
    dataset.path.write_bytes(json.dumps(json.loads(dataset.path.read_bytes())).encode())
    dataset.insert([Person(id="person/new", label="New")])
    dataset.insert([Person(id="person/newer", label="Newer")])
    assert spliced == [True, True, False, True]
    assert [record.id for record in dataset.records("person")] == [
        "person/ana", "person/zoe", "person/new", "person/newer",
    ]  # fmt: skip


def test_a_file_with_what_is_no_record_is_changed_in_lines_once_it_is_canonical(
    tmp_path: Path, spliced: list[bool]
) -> None:
    path = factory.write(tmp_path / "set.json").path
    path.write_bytes(path.read_bytes().replace(ANA, b'"1": {"odd":{"id":"person/zoe"},"id":"person/ana"', 1))
    dataset = Dataset(path)
    dataset.insert([Person(id="person/one", label="One")])
    dataset.insert([Person(id="person/zoe", label="Its id stands inside another record only")])
    with pytest.raises(BadInput, match="the id is taken"):
        dataset.insert([Person(id="person/ana", label="A")])
    assert spliced == [False, True]


def test_what_the_dataset_says_of_itself_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = factory.write(tmp_path / "set.json", redirects={"person/old": "person/ana"})
    monkeypatch.setattr(Dataset, "layout", None)
    dataset.insert([Person(id="person/zoe", label="Zoe")])
    assert dataset.info.title == "Rivers"
    assert dataset.resolve("person/old") == "person/ana"


# What is remembered


@pytest.fixture
def remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """A dataset of which the cache says that it is sound, and a proof of which fails the test."""
    monkeypatch.setattr(proof, "SMALL", 0)
    dataset = factory.write(tmp_path / "set.json")
    dataset.insert([Person(id="person/one", label="One")])
    return dataset


def test_another_process_need_not_find_out_again(
    remembered: Dataset, spliced: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "is_sound", None)
    Dataset(remembered.path).insert([Person(id="person/two", label="Two")])
    remembered.insert([Person(id="person/three", label="Three")])
    assert spliced == [True, True]


def test_a_new_dataset_need_not_be_proved(tmp_path: Path, spliced: list[bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "SMALL", 0)
    one, two = Person(id="person/one", label="One"), Person(id="person/two", label="Two")
    dataset = Dataset.create(tmp_path / "new.json", "New", batch=Batch(insert=[one]))
    assert proof.is_sound(dataset.path.read_bytes())
    copy_dataset(dataset.path, tmp_path / "copy.json")
    with monkeypatch.context() as patch:
        patch.setattr(proof, "is_sound", None)
        Dataset(dataset.path).insert([two])
    # A copy is of whatever there was.
    assert proof.remembered(tmp_path / "copy.json", proof.state(tmp_path / "copy.json") or (0, 0, 0, 0, 0)) is None
    assert spliced == [True]


@pytest.mark.skipif(os.name == "nt", reason="Windows tells no time of any change")
def test_a_change_that_hides_its_time_is_noticed(remembered: Dataset) -> None:
    path, then = remembered.path, remembered.path.stat()
    with path.open("rb+") as file:
        file.seek(path.read_bytes().index(b"Ana Lima"))
        file.write(b"A\\u006ea")
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert files.signature(path) == (then.st_size, then.st_mtime_ns, then.st_ino)
    remembered.insert([Person(id="person/two", label="Two")])
    assert b"\\u006e" not in path.read_bytes()
    assert path.read_bytes() == canonical.encode(layout.parse(path.read_bytes(), ""))


@pytest.mark.parametrize("content", [b"", b"[", b"[1, 2]", b"\xff", b"[" * 100_000])
def test_a_spoilt_memory_does_no_harm(remembered: Dataset, content: bytes, own_folders: Path) -> None:
    [memory] = (own_folders / "cache").glob("*.sound")
    memory.write_bytes(content)
    Dataset(remembered.path).insert([Person(id="person/two", label="Two")])
    assert len(remembered.records("person")) == 3


def test_a_memory_that_cannot_be_kept_does_no_harm(
    tmp_path: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "SMALL", 0)
    (own_folders / "cache").write_bytes(b"no folder")
    dataset = factory.write(tmp_path / "set.json")
    dataset.insert([Person(id="person/one", label="One")])
    dataset.insert([Person(id="person/two", label="Two")])
    assert len(dataset.records("person")) == 3


# What goes wrong


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_file_that_changes_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = factory.write(tmp_path / "set.json")
    other = dataset.path.read_bytes().replace(b"Ana Lima", b"Ana L.")
    real = applying.apply

    def slow(*arguments: Any) -> Any:
        dataset.path.write_bytes(other)
        return real(*arguments)

    monkeypatch.setattr(applying, "apply", slow)
    with pytest.raises(BadInput, match="changed the file since it was read; open it again"):
        dataset.insert([Person(id="person/zoe", label="Zoe")])
    assert dataset.path.read_bytes() == other


def test_a_file_that_changes_before_the_lock_is_taken_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = factory.write(tmp_path / "set.json")
    other = Dataset(dataset.path)
    storage = dataset._storage()
    real = storage.is_sound

    def late() -> bool:
        is_sound = real()
        other.insert([Person(id="person/first", label="First")])
        return is_sound

    monkeypatch.setattr(storage, "is_sound", late)
    dataset.insert([Person(id="person/second", label="Second")])
    assert [record.id for record in dataset.records("person")] == ["person/ana", "person/first", "person/second"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_what_cannot_be_written_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    dataset = factory.write(tmp_path / "set.json")
    before = dataset.path.read_bytes()

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(BadInput, match="so nothing was saved"):
            dataset.insert([Person(id="person/zoe", label="Zoe")])
    assert dataset.path.read_bytes() == before
    assert names(tmp_path) <= {"set.json", "set.json.convenings.lock"}
    dataset.insert([Person(id="person/zoe", label="Zoe")])


def test_a_lock_that_is_kept_is_waited_for_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = factory.write(tmp_path / "set.json")
    monkeypatch.setattr(files.locked.__wrapped__, "__defaults__", (0.05,))  # type: ignore[attr-defined]
    with files.locked(dataset.path), pytest.raises(BadInput, match="is writing to this file; wait until"):
        dataset.insert([Person(id="person/zoe", label="Zoe")])


INSERTER = """
import sys
from convenings.domain.records import Person
from convenings.store.dataset import Dataset
dataset = Dataset(sys.argv[1])
first = len(dataset.records("person"))
for number in range(first, first + 10**6):
    dataset.insert([Person(id=f"person/p{number}", label="é" * 50)])
    if number == first:
        print("saved once", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_kill_at_any_moment_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    factory.write(path, [Topic(id=f"topic/t{n}", label="é" * 500, type="concept") for n in range(1000)])
    moments, last = random.Random(5), 0
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{INSERTER}", str(path)],
            stdout=subprocess.PIPE,
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"saved once\n"
            # Not a wait for something to happen: the moment of the kill itself is what is drawn.
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(moments.uniform(0, 0.03))
            child.send_signal(signal.SIGKILL)
        assert proof.is_sound(path.read_bytes())
        count = len(Dataset(path).records("person"))
        assert count > last
        last = count
    assert names(tmp_path) <= {
        "set.json",
        "set.json.convenings.bak",
        "set.json.convenings.lock",
        "set.json.convenings.tmp",
        "set.json.convenings.bak.tmp",
        "set.json.convenings.journal",
    }


def test_every_table_can_be_the_first_of_its_kind(tmp_path: Path, spliced: list[bool]) -> None:
    """Tables that the file lacks come where canonical form has them, whatever is added first."""
    dataset = factory.write(tmp_path / "set.json", [])
    for record in random.Random(3).sample(factory.records(), len(factory.records())):
        dataset.insert([record])
    tables = json.loads(dataset.path.read_bytes())
    assert list(tables) == [name for name in canonical.ORDER if name not in ("redirects", "imports")]
    assert sorted(TABLES.values()) == sorted(set(tables) - {"dataset"})
    assert all(spliced)
    assert proof.is_sound(dataset.path.read_bytes())
