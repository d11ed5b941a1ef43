"""The journal under random sequences of edits, undo and redo, under kills, by two writers, and when it is long."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenings.domain.errors import BadInput
from convenings.domain.records import Person, Record
from convenings.store import files
from convenings.store.batch import Batch
from convenings.store.dataset import Dataset
from convenings.store.journal import Journal
from convenings.store.undoing import redo, undo
from tests.unit.journals import ANA, people, renamed, steps, two_people


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    return two_people(tmp_path)


LABELS = st.sampled_from(["A", "B", "C"])
COMMANDS = st.lists(
    st.tuples(st.sampled_from(["put", "put", "remove", "undo", "undo", "redo"]), st.sampled_from("xyz"), LABELS)
    | st.tuples(st.just("many"), LABELS, LABELS),
    min_size=3, max_size=9,
)  # fmt: skip


class Model:
    """A list of states, and where in it one is."""

    def __init__(self) -> None:
        self.states: list[dict[str, str]] = [{}]
        self.at = 0

    def do(self, state: dict[str, str]) -> None:
        if state != self.states[self.at]:
            self.states[self.at + 1 :] = [state]
            self.at += 1


@settings(max_examples=100)
@given(st.lists(COMMANDS, min_size=10, max_size=10))
def test_random_sequences_end_where_they_should(
    tmp_path_factory: pytest.TempPathFactory, sequences: list[list[tuple[str, str, str]]]
) -> None:
    """Ten sequences of edits, undo and redo an example, 1,000 in all."""
    folder = tmp_path_factory.mktemp("random")
    monkeypatch = pytest.MonkeyPatch()
    # Whether all of it is on the disk is no matter here, and takes most of the time.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    for at, sequence in enumerate(sequences):
        dataset, model = Dataset.create(folder / f"{at}.json", "Set"), Model()
        for command, name, label in sequence:
            run(dataset, model, command, name, label)
        assert {ref.removeprefix("person/"): label for ref, label in people(dataset).items()} == model.states[model.at]
    monkeypatch.undo()


def run(dataset: Dataset, model: Model, command: str, name: str, label: str) -> None:
    present = model.states[model.at]
    ref = f"person/{name}"
    match command:
        case "put":
            dataset.upsert([Person(id=ref, label=label)])
            model.do(present | {name: label})
        case "many":
            if present:
                dataset.upsert([Person(id=f"person/{each}", label=label) for each in present])
                model.do(dict.fromkeys(present, label))
        case "remove":
            if name in present:
                dataset.remove(ref)
                model.do({each: label for each, label in present.items() if each != name})
        case "undo" | "redo":
            step, at = (undo, model.at - 1) if command == "undo" else (redo, model.at + 1)
            if 0 <= at < len(model.states):
                step(dataset)
                model.at = at
            else:
                with pytest.raises(BadInput):
                    step(dataset)


# Processes

EDITOR = """
import sys
from convenings.domain.records import Person
from convenings.store.dataset import Dataset
from convenings.store.undoing import redo, undo
dataset = Dataset(sys.argv[1])
for number in range(10**6):
    dataset.upsert([Person(id="person/ana", label=f"{number}")])
    print(number, flush=True)
    undo(dataset)
    redo(dataset)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_kill_at_any_moment_loses_nothing_acknowledged(dataset: Dataset) -> None:
    moments = random.Random(7)
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{EDITOR}", str(dataset.path)],
            stdout=subprocess.PIPE,
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"0\n"
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(moments.uniform(0, 0.05))
            child.send_signal(signal.SIGKILL)
            last = ([0, *map(int, child.stdout.read().split())])[-1]
        standing = Journal(dataset.path).standing(files.content_hash(dataset.path))
        assert standing.is_exact
        assert standing.later <= 1
        dataset = Dataset(dataset.path)
        # What was acknowledged is there, or can be done again where the child ended before it did so itself.
        if steps(dataset)[standing.later].kind == "undo":
            assert redo(dataset).ids == ["person/ana"]
        label = people(dataset)["person/ana"]
        assert int(label) >= last
        undo(dataset)
        redo(dataset)
        assert people(dataset)["person/ana"] == label


def test_two_writers_share_one_journal(dataset: Dataset) -> None:
    code = """
import sys
from convenings.domain.records import Person
from convenings.store.dataset import Dataset
for number in range(15):
    Dataset(sys.argv[1]).insert([Person(id=f"person/{sys.argv[2]}{number}", label="x")])
"""
    writers = [
        subprocess.Popen(
            [sys.executable, "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{code}", str(dataset.path), name]
        )
        for name in "xy"
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert [step.number for step in steps(dataset)] == list(range(30, 0, -1))
    assert [step.follows for step in steps(dataset)] == list(range(29, -1, -1))
    while steps(dataset)[0].number < 60:
        undo(dataset)
    assert people(dataset) == {"person/ana": "Ana", "person/bo": "Bo"}


# Bounds


def test_a_long_journal_is_read_from_its_end(dataset: Dataset) -> None:
    dataset.update(renamed(ANA, "A"))
    journal = Journal(dataset.path)
    line = journal.path.read_bytes()
    entry = next(journal.entries())
    body = line[: entry.step.length]
    with journal.path.open("ab") as file:
        for number in range(2, 100_001):
            step = msgspec.structs.replace(entry.step, number=number, follows=number - 1)
            file.write(body + b',"step":' + msgspec.json.encode(step) + b"}\n")
    start = time.perf_counter()
    assert undo(dataset).of == 100_000
    assert time.perf_counter() - start < 0.5
    assert sum(1 for _ in journal.entries()) == 100_001


def test_a_step_of_many_records_is_written_and_undone_in_time_that_grows_with_them(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        dataset = Dataset.create(tmp_path / f"{count}.json", "Many")
        records: list[Record] = [Person(id=f"person/p{number}", label="x") for number in range(count)]
        dataset.insert(records)
        start = time.perf_counter()
        dataset.save(Batch(update=[Person(id=record.id, label="y") for record in records]))
        undo(dataset)
        return time.perf_counter() - start

    few, many = min(seconds(1000), seconds(1001)), seconds(10_000)
    assert many < 40 * few
    assert Journal(tmp_path / "10000.json").path.stat().st_size < 4 * 10_000 * 250
