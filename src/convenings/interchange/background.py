"""An import that goes on while the user looks on: how far it is, what would come in, and a way to give it up."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.records import Record
from convenings.interchange.process import Cancelled, read_apart
from convenings.interchange.reports import ImportReport
from convenings.interchange.run import Options, Preparation


class Progress(msgspec.Struct, frozen=True):
    """How far an import is."""

    file: str = ""
    """The file that is being read."""
    number: int = 0
    """Which of the files it is, from 1."""
    files: int = 0
    share: float = 0.0
    """How much of this file has been read, from 0 to 1."""
    is_done: bool = False
    """Whether all is read, or nothing more will be: there is a report then, or an error, or it was cancelled."""


class Preview(msgspec.Struct, frozen=True):
    """Some records as they would come out."""

    records: Sequence[Record]
    book: Mapping[str, Record]
    """Every record by id, for the labels of what they refer to."""


class BackgroundImport:
    """An import under way in a thread; nothing is written until :meth:`save`.

    Args:
        paths: Files and folders.
        into: The dataset; absent: a new one beside the first file.
        options: What the user says.

    Raises:
        BadInput: There is no place to write.
    """

    def __init__(self, paths: Sequence[Path], into: Path | None = None, options: Options | None = None) -> None:
        self._is_cancelled = False
        reader = partial(read_apart, on_progress=self._note_share, is_cancelled=lambda: self._is_cancelled)
        self._preparation = Preparation(paths, into, options, reader=reader)
        self._names = self._preparation.names
        self._number = 0
        self._share = 0.0
        self.error: BadInput | None = None
        """Why the import as a whole came to nothing; absent where it did not."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._preparation.run(self._note_file)
        except Cancelled:
            self._is_cancelled = True
        except BadInput as error:
            self.error = error

    def _note_file(self, number: int) -> None:
        if self._is_cancelled:
            raise Cancelled
        self._number, self._share = number, 0.0

    def _note_share(self, share: float) -> None:
        self._share = share

    def poll(self) -> Progress:
        """How far it is; asked as often as one likes."""
        name = self._names[self._number] if self._names else ""
        return Progress(name, self._number + 1, len(self._names), self._share, is_done=not self._thread.is_alive())

    def cancel(self) -> None:
        """Give it up: what reads is ended within a moment, and nothing is ever written."""
        self._is_cancelled = True

    @property
    def is_cancelled(self) -> bool:
        """Whether it was given up."""
        return self._is_cancelled

    def wait(self, seconds: float | None = None) -> Progress:
        """Wait until it is done, or for some seconds."""
        self._thread.join(seconds)
        return self.poll()

    @property
    def report(self) -> ImportReport:
        """What came of the files, or would; whole once it is done."""
        return self._preparation.report

    @property
    def dataset(self) -> Path:
        """The dataset that it goes into."""
        return self._preparation.target.path

    def preview(self, number: int = 3) -> Preview:
        """The first records that would come in, of the most telling kind; once it is done."""
        return Preview(self._preparation.first_records(number), self._preparation.target.records)

    def save(self) -> ImportReport:
        """Write everything at once and attach the files, once it is done.

        Raises:
            BadInput: It cannot be written, it was given up, or it came to nothing.
        """
        self._thread.join()
        if self.error is not None:
            raise self.error
        if self._is_cancelled:
            raise BadInput("the import was cancelled, and nothing is written", hint="begin it again")
        return self._preparation.save()


def start(paths: Sequence[Path], into: Path | None = None, options: Options | None = None) -> BackgroundImport:
    """Begin an import in the background; raises as :class:`BackgroundImport`."""
    return BackgroundImport(paths, into, options)
