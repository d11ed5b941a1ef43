"""Writers that are killed: whatever was acknowledged is there afterwards, and the file is whole."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec

from convenings.domain.records import Person
from convenings.store import canonical
from convenings.store.dataset import Dataset
from convenings.store.user_data import UserData
from tests.fuzz import forked
from tests.fuzz.inputs import Result
from tests.unit import factory

PERSON = next(record for record in factory.records() if isinstance(record, Person))


def run(folder: Path, rng: Random, number: int) -> Result:
    """One writer, killed at some moment after its first acknowledgement."""
    of_dataset = rng.random() < 0.5
    kind = "kill of a dataset's writer" if of_dataset else "kill of the user's writer"
    writer, look = (_insert, _inserted) if of_dataset else (_note, _noted)
    place = folder / f"kill-{number}"
    place.mkdir()
    factory.write(place / "killed.json")
    acknowledged = _killed_after(lambda say: writer(place, say), rng.random() ** 2 * 0.06)
    try:
        there = look(place)
    except Exception as error:
        return Result(kind, "half a file", f"kill {number}: {error!r}")
    lost = set(range(acknowledged)) - there
    if lost or there - set(range(acknowledged + 1)):
        return Result(kind, "lost bytes", f"kill {number}: {acknowledged} acknowledged, there are {sorted(there)}")
    _remove(place)
    return Result(kind, "ok")


def _killed_after(write: Callable[[Callable[[], object]], None], seconds: float) -> int:
    """How many writes were acknowledged by a writer that was killed so long after its first one."""
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(heard)
            write(lambda: os.write(said, b"."))
        finally:
            os._exit(forked.EXCEPTION)
    os.close(said)
    acknowledged = len(os.read(heard, 1))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    while data := os.read(heard, 4096):
        acknowledged += len(data)
    os.close(heard)
    os.waitpid(child, 0)
    return acknowledged


def _insert(place: Path, say: Callable[[], object]) -> None:
    dataset = Dataset.open(place / "killed.json")
    for number in range(1000):
        dataset.insert([msgspec.structs.replace(PERSON, id=f"person/n{number}")])
        say()


def _inserted(place: Path) -> set[int]:
    path = place / "killed.json"
    dataset = Dataset.open(path)
    ids = {record.id for record in dataset.records("person")}
    if not {record.id for record in factory.records()} <= {record.id for _, _, _, record in dataset.scan()}:
        raise ValueError("records that were there before are gone")
    if canonical.encode(msgspec.json.decode(path.read_bytes())) != path.read_bytes():
        raise ValueError("not canonical")
    # Whoever comes next can write.
    dataset.insert([msgspec.structs.replace(PERSON, id="person/after")])
    return {int(ref.removeprefix("person/n")) for ref in ids if ref.startswith("person/n")}


def _note(place: Path, say: Callable[[], object]) -> None:
    user_data = UserData.open(place / "data")
    for number in range(1000):
        user_data.set_note("dataset", f"person/n{number}", f"Note {number}")
        say()


def _noted(place: Path) -> set[int]:
    user_data = UserData.open(place / "data")
    notes = user_data.notes("dataset")
    if user_data.warnings or any(text != f"Note {ref.removeprefix('person/n')}" for ref, text in notes.items()):
        raise ValueError(f"{user_data.warnings}, {notes}")
    return {int(ref.removeprefix("person/n")) for ref in notes}


def _remove(place: Path) -> None:
    import shutil

    shutil.rmtree(place, ignore_errors=True)
