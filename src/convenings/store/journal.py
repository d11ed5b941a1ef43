"""The journal of a dataset: every step that this program has made, in a file beside it, for undoing and for history.

``NAME.convenings.journal`` has one line a step, ``{"changes":[...],"step":{...}}``, the step behind its changes, so
that the steps are read from the end without reading the changes. A line is written, and is on the disk, *before* the
dataset is saved, and says which hash the dataset has before and after. So the dataset itself tells whether the step has
happened, wherever the program ended; and where it has neither hash, somebody else has changed it, or it is a copy from
elsewhere. Which step a step follows is written with it, so that steps of which nothing came are passed over.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from convenings.domain.edits import StepKind
from convenings.domain.errors import BadInput
from convenings.domain.text import plain
from convenings.store import files
from convenings.store.line_changes import LineChange

ENDING = ".journal"
"""What follows the name of the dataset, and ``.convenings``."""
LOOK_BACK = 1000
"""So many steps back an older state of the dataset is looked for."""
MOST_OF_TEXT = 1000
"""Characters of a title or a reason that are kept, so that what says what a step is stays short."""

_TAIL = 1 << 14
"""Bytes of the end of a line that are read to find the step in it; it has fewer."""
_BLOCK = 1 << 16
_MARK = b',"step":'
"""Between the changes and the step: no text of JSON can hold it, as quotation marks in texts are escaped."""
_START = b'{"changes":'


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the journal says of a step, besides its changes."""

    number: int
    """From 1."""
    at: str
    """When, in UTC: ``2026-11-26T09:30:00Z``."""
    who: str
    """By whom: a name; empty where nobody is known."""
    kind: StepKind
    title: str
    """What it is called in words."""
    before: str
    """SHA-256 of the file before, in hexadecimal digits; empty where there was none."""
    after: str
    """Likewise of the file after."""
    length: int
    """Bytes of its line that hold its changes."""
    records: int = 0
    """How many records it changes."""
    follows: int = 0
    """The step that was the last to have happened then; 0 for none."""
    of: int = 0
    """The step that it undoes or does again."""
    why: str = ""
    """The reason, where somebody gave one."""
    dataset: str = ""
    """Id of the dataset."""


class Entry(msgspec.Struct, frozen=True):
    """A step where it stands in the journal."""

    step: Step
    path: Path
    offset: int
    """First byte of its line."""
    is_left_alone: bool = True
    """Whether nobody else had changed the file when the next step was made, or has by now."""

    def changes(self) -> list[LineChange]:
        """What it changed.

        Raises:
            BadInput: It cannot be read.
        """
        try:
            return msgspec.json.decode(self.encoded_changes(), type=list[LineChange])
        except (msgspec.DecodeError, UnicodeError) as error:
            raise self._unreadable() from error

    def encoded_changes(self) -> bytes:
        """What it changed, as the journal has it; raises as :meth:`changes`."""
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset + len(_START))
                return file.read(self.step.length - len(_START))
        except OSError as error:
            raise self._unreadable() from error

    def _unreadable(self) -> BadInput:
        what = f"step {self.step.number} of the journal cannot be read"
        return BadInput(what, file=str(self.path), hint="nothing before it can be undone")


class Standing(msgspec.Struct, frozen=True):
    """What a dataset is in the eyes of its journal."""

    entry: Entry | None
    """The last step that has happened, as far as can be told; nothing where there is none."""
    is_exact: bool
    """Whether the file is just as that step left it; where there is no step, whether nothing is known against it."""
    later: int = 0
    """How many steps are written behind that one, of which nothing is in the file."""


class Purpose(msgspec.Struct, frozen=True, kw_only=True):
    """What a save is for, as the journal is to say it."""

    kind: StepKind | None = None
    """What kind of step it is; nothing where that is to be seen from the changes."""
    title: str = ""
    """What it is called; made of the changes where it is empty."""
    why: str = ""
    who: str | None = None
    """By whom; nothing where that is to be looked up in the user's own data."""
    of: int = 0


class Journal:
    """The journal of one dataset; reading needs no lock and creates nothing.

    Args:
        dataset: The file of the dataset.
    """

    def __init__(self, dataset: Path) -> None:
        self.dataset = dataset
        self.path = files.beside(dataset, ENDING)

    def entries(self) -> Iterator[Entry]:
        """Every step that is written whole, the last one first; ends where a line cannot be read."""
        try:
            file = self.path.open("rb")
        except OSError:
            return
        with file:
            end = _end(file)
            while end > 0 and (entry := self._entry_before(file, end)) is not None:
                yield entry
                end = entry.offset

    def standing(self, content_hash: str) -> Standing:
        """Where in its journal a dataset stands.

        Args:
            content_hash: SHA-256 of the file as it is.
        """
        last: Entry | None = None
        wanted = -1
        for count, entry in enumerate(self.entries()):
            last = last or entry
            if entry.step.number == wanted or entry.step.after == content_hash:
                return Standing(entry, is_exact=True, later=count)
            if entry.step.before == content_hash and wanted < 0:
                # Nothing came of this step, nor of any behind it.
                wanted = entry.step.follows
                if not wanted:
                    return Standing(None, is_exact=True, later=count + 1)
            if count >= LOOK_BACK:
                break
        return Standing(last, is_exact=last is None)

    def chain(self, standing: Standing) -> Iterator[Entry]:
        """The steps that have happened, the last one first; each with whether nobody else changed the file after it.

        Args:
            standing: Where the dataset stands.
        """
        if standing.entry is None:
            return
        wanted, before = standing.entry.step.number, ""
        for entry in self.entries():
            if entry.step.number != wanted:
                continue
            is_left = standing.is_exact if not before else entry.step.after == before
            yield msgspec.structs.replace(entry, is_left_alone=is_left)
            wanted, before = entry.step.follows, entry.step.before
            if not wanted:
                return

    @contextmanager
    def step(self, step: Step, changes: Sequence[LineChange]) -> Iterator[None]:
        """Write a step, and take it back where what it is written for is refused; the lock of the dataset is held.

        Args:
            step: What it is; its length is worked out here.
            changes: What it changes.

        Raises:
            BadInput: It cannot be written.
        """
        size = self._append(step, changes)
        try:
            yield
        except BadInput:
            # Nothing was saved. Whoever is killed here leaves a step of which nothing came, as the hash tells.
            self._cut(size)
            raise

    def _append(self, step: Step, changes: Sequence[LineChange]) -> int:
        """Write a step at the end, and give the size before."""
        body = _START + msgspec.json.encode(changes)
        line = body + _MARK + msgspec.json.encode(msgspec.structs.replace(step, length=len(body))) + b"}\n"
        # Nothing of what is there goes before it is known how long it is.
        size: int | None = None
        try:
            if not self.path.exists():
                size = 0
            with open(self.path, "ab", opener=files.private_opener) as file:
                if size == 0:
                    files.make_like(self.path, self.dataset)
                with self.path.open("rb") as reader:
                    size = _end(reader)
                # What a killed writer left of a line.
                file.truncate(size)
                file.seek(size)
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            if size is not None:
                self._cut(size)
            raise files.unwritable(self.path, error) from error
        return size

    def _cut(self, size: int) -> None:
        """Let the journal be as long as it was; where it was not there, it goes."""
        with suppress(OSError):
            if size:
                os.truncate(self.path, size)
            else:
                self.path.unlink()

    def _entry_before(self, file: BinaryIO, end: int) -> Entry | None:
        """The step in the line that ends before a byte; nothing where it cannot be read."""
        first = max(0, end - _TAIL)
        file.seek(first)
        tail = file.read(end - first)
        mark = tail.rfind(_MARK)
        try:
            step = msgspec.json.decode(tail[mark + len(_MARK) :].removesuffix(b"\n").removesuffix(b"}"), type=Step)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return None
        offset = first + mark - step.length
        if mark < 0 or offset < 0:
            return None
        file.seek(max(0, offset - 1))
        before = file.read(len(_START) + (offset > 0))
        return Entry(step, self.path, offset) if before == (b"\n" if offset else b"") + _START else None


def hash_of(*pieces: bytes | memoryview) -> str:
    """SHA-256 of bytes that follow each other, in hexadecimal digits."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def now() -> str:
    """The time, in UTC to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def short(text: str) -> str:
    """A text for the journal: of a very long one the beginning."""
    text = plain(text)
    return text if len(text) <= MOST_OF_TEXT else f"{text[: MOST_OF_TEXT - 1]}…"


def _end(file: BinaryIO) -> int:
    """Where the last whole line ends: what follows is half of one, which a killed writer left."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        first = max(0, end - _BLOCK)
        file.seek(first)
        at = file.read(end - first).rfind(b"\n")
        if at >= 0:
            return first + at + 1
        end = first
    return 0
