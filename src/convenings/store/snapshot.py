"""The documents of a dataset file in one of its states, decoded one by one when somebody looks at them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.records import FORMAT
from convenings.store import files, proof
from convenings.store.format1 import upgraded_document
from convenings.store.head import read_head
from convenings.store.layout import Layout, collector_off

SETTLED_NS = 50_000_000
"""Nanoseconds after which a file that is changed once more certainly has another time; clocks of file systems tick."""


class Documents(Mapping[str, dict[str, Any]]):
    """The documents of a table by doc id (digits), in the order of the file and in today's format.

    Each is decoded anew whenever it is asked for, so that whoever changes one changes nobody else's.
    """

    def __init__(self, layout: Layout, table: str, number: int) -> None:
        self._layout = layout
        self._table = table
        self._is_former = number != FORMAT
        self._spans = {doc_id: (at, length) for doc_id, at, length in layout.spans(table)}

    def __getitem__(self, doc_id: str) -> dict[str, Any]:
        at, length = self._spans[doc_id]
        try:
            document = _DECODER.decode(memoryview(self._layout.data)[at : at + length])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            what, place = f"this is no document ({error})", f"{self._table}, document {doc_id}"
            raise BadInput(what, file=self._layout.file, place=place, hint="run convenings check") from error
        return upgraded_document(self._table, document) if self._is_former else document

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


class Snapshot:
    """The bytes of a dataset file in one of its states, and the documents in them.

    Raises:
        BadInput: the bytes are no dataset.
    """

    def __init__(self, data: bytes, file: str, signature: files.Signature, state: proof.FileState | None) -> None:
        self.data = data
        """All bytes of the file."""
        self.signature = signature
        """The state they were read in."""
        self.state = state
        """All that tells this state from others; nothing where a later state may look like this one."""
        self._documents: dict[str, Documents] = {}
        self._is_verified = False
        with collector_off():
            self._layout = Layout(data, file)
            self.info = read_head(self._layout)[0]
            """What the dataset says of itself."""

    @classmethod
    def read(cls, path: Path, state: proof.FileState | None) -> Snapshot:
        """Read a file.

        Args:
            path: the file.
            state: what tells its state before it is read.

        Raises:
            BadInput: the file is missing, cannot be read or is no dataset.
        """
        data, signature = files.read(path)
        return cls(
            data,
            str(path),
            signature,
            state if state and proof.signature(state) == signature and is_settled(state) else None,
        )

    @property
    def tables(self) -> list[str]:
        """Names of the tables, in the order of the file."""
        return self._layout.tables

    def documents(self, table: str) -> Documents:
        """The documents of a table; none where there is no such table.

        Raises:
            BadInput: a doc id stands twice, or is no number.
        """
        if table not in self._documents:
            with collector_off():
                self._documents[table] = Documents(self._layout, table, self.info.format)
        return self._documents[table]

    def verify(self) -> None:
        """Look through the doc ids of all tables.

        Raises:
            BadInput: one stands twice, or is no number.
        """
        if not self._is_verified:
            for table in self.tables:
                for _ in self._layout.spans(table):
                    pass
            self._is_verified = True


def is_settled(state: proof.FileState) -> bool:
    """Whether whatever changes a file from now on will show in another state than this one, in which it is."""
    _, content_time, change_time, *_ = state
    return max(content_time, change_time) + SETTLED_NS < time.time_ns()


_DECODER = msgspec.json.Decoder(dict[str, Any])
