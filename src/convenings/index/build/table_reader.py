"""Runs in the builder, main thread and background thread.

Reads a dataset a second time, one table after the other: at a million records the bytes of the whole file, held beside
its records, would be more than half of what the build needs.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from hashlib import file_digest, sha256
from io import BufferedReader
from typing import TYPE_CHECKING

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.records import Record
from convenings.store.dataset import Dataset, Scan
from convenings.store.layout import Layout

if TYPE_CHECKING:
    from concurrent.futures import Executor


class TableReader:
    """Reads the records of a dataset whose layout is known already.

    Args:
        dataset: The dataset.
        layout: Its layout; of this nothing is held but where the tables stand.
        file: The file, open, which stays that same file where another one takes its name.
    """

    def __init__(self, dataset: Dataset, layout: Layout, file: BufferedReader) -> None:
        self._dataset = dataset
        self._places = [(name, *layout.place(name)) for name in layout.tables]
        self._file = file

    def scan(self, expected_hash: str, background: Executor) -> Scan:
        """Kind, offset, length in bytes and record, for every record in the order of the file.

        Args:
            expected_hash: The SHA-256 of the bytes that the layout is of.
            background: Where the bytes are hashed meanwhile.

        Raises:
            BadInput: A record cannot be read, or a program has written into the file since the layout was made.
        """
        try:
            actual_hash = yield from self._scan(background)
        except (BadInput, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            self._file.seek(0)
            if isinstance(error, BadInput) and file_digest(self._file, "sha256").hexdigest() == expected_hash:
                raise
            raise changed(self._dataset) from error
        if actual_hash != expected_hash:
            raise changed(self._dataset)

    def _scan(self, background: Executor) -> Generator[tuple[str, int, int, Record], None, str]:
        digest, end = sha256(), self._file.seek(0)
        for name, start, length in self._places:
            digest.update(self._file.read(start - end))
            end = start + length
            data = self._file.read(length)
            hashed = background.submit(digest.update, data)
            with closing(self._dataset.scan(layout=Layout(data, str(self._dataset.path), table=name))) as records:
                for kind, offset, size, record in records:
                    yield kind, start + offset, size, record
            hashed.result()
        digest.update(self._file.read())
        return digest.hexdigest()


def changed(dataset: Dataset) -> BadInput:
    """The refusal of a file that another program writes into."""
    hint = "wait until the program that writes it has finished"
    return BadInput("the file changes while it is read", file=str(dataset.path), hint=hint)
