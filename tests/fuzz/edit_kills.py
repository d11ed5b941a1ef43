"""The explorer, killed in its terminal while records are edited, undone and done again by keys.

Whatever the screen said to be saved is in the file afterwards, the file is whole, and its journal agrees with it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import termios
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from convenings.domain.kinds import GLYPHS
from convenings.domain.records import Event
from convenings.index.open import open_model
from convenings.index.rows import START
from convenings.store import canonical, files
from convenings.store.check import check
from convenings.store.dataset import Dataset
from convenings.store.journal import Journal
from convenings.store.undoing import undo
from tests.fuzz import pty_cases
from tests.fuzz.inputs import Result
from tests.unit import factory

SIZE = 40, 200
"""Rows and columns: whatever is said stands in one line."""
EDIT, CLEAR, SAVE, UNDO, REDO = b"E", b"\x15", b"\x13", b"Z", b"R"
LONGEST = 2.5
"""Seconds after the first key within which it is killed."""
PATIENCE = 60.0
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])")


class Action(NamedTuple):
    """Something that is done by keys."""

    keys: tuple[bytes, ...]
    sentence: str
    """What the screen says once it is on the disk, and at no other time."""
    label: str
    """What the event is called then."""


def actions(label: str) -> Iterator[Action]:
    """Renamed, undone, done again, renamed once more."""
    for number in range(1000):
        former, label = label, f"{label.partition(' k')[0]} k{number}"
        title = f"changed label of {label} "
        yield Action((EDIT, CLEAR + label.encode(), SAVE), f"Saved · Changed label of {label} ", label)
        yield Action((UNDO,), f"Undone: {title}", former)
        yield Action((REDO,), f"Done again: {title}", label)


class Session:
    """The program in a terminal, what was asked of it, and what it has said.

    Args:
        path: The dataset.
        label: What the event is called that it opens on.
        rng: Decides when a key is pressed.
    """

    def __init__(self, path: Path, label: str, rng: Random) -> None:
        self._rng = rng
        self._actions = actions(label)
        self.asked: list[Action] = []
        """What was asked for, in order."""
        self._output = bytearray()
        self._pid, self._terminal = pty.fork()
        if not self._pid:
            pty_cases.program(str(path))
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        self._until(f"{GLYPHS['event']} {label}")

    @property
    def text(self) -> str:
        """All that was drawn, without what is not text."""
        return _ESCAPE.sub(b"", bytes(self._output)).decode("utf-8", "replace")

    def play(self) -> None:
        """Edit, undo and do again until the time of its end, now waiting for an answer and now not."""
        end = time.monotonic() + self._rng.random() * LONGEST
        while time.monotonic() < end:
            action = next(self._actions)
            self.asked.append(action)
            for keys in action.keys:
                self._send(keys)
            if SAVE in action.keys:
                # As whoever looks at the screen, who presses the next key once the form is closed.
                while not self._has_drawn(action.label) and time.monotonic() < end:
                    self._read(0.02)
            if self._rng.random() < 0.7:
                while action.sentence not in self.text and time.monotonic() < end:
                    self._read(0.02)
        self._read(self._rng.random() * 0.05)

    def kill(self) -> None:
        """Kill it, whatever it is at, and read what it had written by then."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        while self._read(0.05):
            pass
        os.close(self._terminal)

    def acknowledged(self) -> int:
        """How many of the actions the screen said to be on the disk, all those before the last of them included."""
        text = self.text
        return max((number for number, each in enumerate(self.asked, 1) if each.sentence in text), default=0)

    def _has_drawn(self, label: str) -> bool:
        """Whether the screen says of a label that it is being saved, or was."""
        text = self.text
        return f"Saving: changed label of {label} " in text or f"Saved · Changed label of {label} " in text

    def _until(self, text: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while text not in self.text:
            if not self._read(0.2) and time.monotonic() > deadline:
                raise TimeoutError(f"{text} was never on the screen: {self.text[-300:]}")

    def _send(self, keys: bytes) -> None:
        with suppress(OSError):
            os.write(self._terminal, keys)

    def _read(self, seconds: float) -> bool:
        """Read what is written within some seconds; whether anything was."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._terminal, 1 << 16)
        except OSError:
            return False
        self._output += data
        return bool(data)


def run(folder: Path, rng: Random, number: int) -> Result:
    """One explorer, killed at some moment after the first key."""
    kind, place = "kill of the explorer", folder / f"edit-kill-{number}"
    place.mkdir()
    path = place / "edited.json"
    factory.write(path)
    with suppress(OSError):
        path.chmod(0o644)
    model = open_model(path)
    first, last = model.range(START)
    event = model.one(first if first < last else model.range("events")[0])
    model.close()
    former = Counter(map(str, check(Dataset(path))))
    session = Session(path, event.label, rng)
    try:
        session.play()
    finally:
        session.kill()
    possible = [event.label, *(each.label for each in session.asked)][session.acknowledged() :]
    try:
        label = _label_in(path, event.id)
        if faults := [*(Counter(map(str, check(Dataset(path)))) - former)]:
            raise ValueError(f"new faults: {faults}")
        _look_on(path, event.id)
    except Exception as error:
        return Result(kind, "half a file", f"edit kill {number}: {error!r}")
    if label not in possible:
        return Result(kind, "lost bytes", f"edit kill {number}: {label!r} instead of one of {possible}")
    shutil.rmtree(place, ignore_errors=True)
    return Result(kind, "ok")


def _label_in(path: Path, ref: str) -> str:
    record = next(record for _, _, _, record in Dataset.open(path).scan() if record.id == ref)
    return getattr(record, "label", "")


def _look_on(path: Path, ref: str) -> None:
    """Refuse a file that is not canonical, that its journal does not know, or that cannot be worked on with."""
    data = path.read_bytes()
    if canonical.encode(msgspec.json.decode(data)) != data:
        raise ValueError("not canonical")
    journal = Journal(path)
    if not journal.standing(files.content_hash(path)).is_exact:
        raise ValueError("the journal does not know the file")
    label = _label_in(path, ref)
    dataset = Dataset(path)
    event = next(record for _, _, _, record in dataset.scan() if record.id == ref)
    assert isinstance(event, Event)
    dataset.update(msgspec.structs.replace(event, label="Afterwards"))
    undo(dataset)
    if _label_in(path, ref) != label:
        raise ValueError(f"undone to {_label_in(path, ref)!r} instead of {label!r}")
    open_model(path).close()
