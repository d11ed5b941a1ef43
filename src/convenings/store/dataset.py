"""The dataset file: typed records out of it, with their places in its bytes, and atomic changes into it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from convenings.domain.kinds import TABLES
from convenings.domain.records import FORMAT, Record
from convenings.store import changes, decoding, files
from convenings.store.canonical import Info
from convenings.store.decoding import BadRecord
from convenings.store.head import read_head
from convenings.store.layout import Layout, collector_off

if TYPE_CHECKING:
    from convenings.store.database import Database
    from convenings.store.splice import Pieces
    from convenings.store.storage import DatasetStorage

Scan: TypeAlias = "Generator[tuple[str, int, int, Record], None, None]"
"""Kind, offset, length in bytes and record, one after the other."""

__all__ = ["FORMAT", "BadRecord", "Dataset", "Info"]


class Dataset:
    """One dataset file, opened through TinyDB with a storage of our own; each change is one atomic save.

    TinyDB itself decodes a whole file at every query. So that nothing is read twice, records are taken from the storage
    one document at a time, typed and with their places in the file; plain ``TinyDB(path)`` reads the same file.

    A file of an earlier format is read as it would be in today's; the first change writes it so.

    What reads raises :class:`~convenings.domain.errors.BadInput` where the file is missing, a folder, unreadable,
    empty, cut off, not UTF-8 (with the byte), not JSON (with line and column), no dataset, or of a newer format.
    """

    def __init__(self, path: str | Path) -> None:
        """Name a dataset without reading it; :meth:`open` reads and checks it."""
        self.path = Path(path)
        """The file, as it was given."""
        self._head: tuple[files.Signature, Info, dict[str, str]] | None = None
        self._db: Database | None = None

    @classmethod
    def open(cls, path: str | Path) -> Dataset:
        """Open a dataset and check that the file is one; its records are checked when they are read."""
        dataset = cls(path)
        dataset._current()
        return dataset

    @property
    def db(self) -> Database:
        """The dataset as a TinyDB, for scripts: its queries and changes, each change one locked, atomic save.

        What a script changes stays fit for :func:`~convenings.store.check.check`: the file is canonical, and documents
        that do not fit the data model are refused. What its calls raise is named at
        :class:`~convenings.store.database.DatasetTable`.
        """
        if self._db is None:
            from convenings.store.database import Database

            self._db = Database(self.path)
        return self._db

    @property
    def info(self) -> Info:
        """What the dataset says of itself."""
        return self._current()[1]

    @property
    def signature(self) -> files.Signature | None:
        """Size, time of change in nanoseconds and inode of the file as it is now; nothing where it is gone."""
        return files.signature(self.path)

    def redirects(self) -> dict[str, str]:
        """Ids that merges took out of use, each with the id that it was merged into."""
        return dict(self._current()[2])

    def resolved_redirects(self) -> dict[str, str]:
        """Ids that merges took out of use, each with the id that stands for it now, after any number of merges."""
        return changes.chain_ends(self._current()[2])

    def resolve(self, ref: str) -> str:
        """The id that stands for an id now, after any number of merges; the id itself where it was never merged."""
        return changes.follow(ref, self._current()[2])

    def records(self, kind: str) -> list[Record]:
        """Every record of a kind, in the order of the file; raises as :meth:`scan`."""
        return [record for _, _, _, record in self._scan(self.layout(), TABLES[kind], None)]

    def scan(self, bad: list[BadRecord] | None = None, layout: Layout | None = None) -> Scan:
        """Kind, offset and length in bytes of its JSON document, and record, for every record in the order of the file.

        The garbage collector is off until the scan ends or is given up.

        Args:
            bad: where given, what is wrong with a document that is no record is put here and the scan goes on.
            layout: what :meth:`layout` gave, where the file is not to be read again.

        Raises:
            BadRecord: a document is no record of its table: an unknown field, role or type, and no ``bad`` was given.
        """
        return self._scan(layout or self.layout(), None, bad)

    def decode(self, kind: str, data: bytes | memoryview) -> Record:
        """A record from the bytes of its JSON document, which :meth:`scan` gives the place of."""
        return decoding.decode(kind, data, number=self.info.format, file=str(self.path))

    def insert(self, records: Iterable[Record]) -> None:
        """Add records in one save.

        Of a file in canonical form nothing is decoded, see :mod:`~convenings.store.splice`; any other one is read whole
        and becomes canonical.

        Raises:
            BadInput: an id is taken or was before a merge, a record does not fit the data model, or the file could not
                be saved; nothing has changed then.
        """
        from convenings.store import splice

        new, file = list(records), str(self.path)
        if not self._splice(lambda data: splice.insert(data, new, file)):
            self._storage().change(lambda tables: changes.insert(tables, new, file))

    def update(self, record: Record) -> None:
        """Put a record in the place of the one that has its id.

        Raises:
            BadInput: there is none; else as :meth:`insert`.
        """
        from convenings.store import splice

        file = str(self.path)
        if not self._splice(lambda data: splice.update(data, record, file)):
            self._storage().change(lambda tables: changes.update(tables, record, file))

    def remove(self, ref: str) -> None:
        """Take out a record, and the redirects that lead to it; what refers to it is left for the check to name.

        Raises:
            BadInput: there is none; else as :meth:`insert`.
        """
        self._storage().change(lambda tables: changes.remove(tables, ref, str(self.path)))

    def merge(self, old: str, new: str) -> None:
        """Let one record stand for another one: the old record goes, its id redirects, references are rewritten.

        Raises:
            BadInput: one of the two is missing, they are the same or of different kinds, or the new one lies below the
                old one; else as :meth:`insert`.
        """
        self._storage().change(lambda tables: changes.merge(tables, old, new, str(self.path)))

    def tidy(self) -> None:
        """Write the file again, in canonical form and in the format of this program.

        Raises:
            BadInput: as :meth:`insert`.
        """
        self._storage().change(lambda tables: None, upgrades=True)

    def _splice(self, edit: Callable[[bytes], Pieces]) -> bool:
        """Make a change of some lines of a canonical, sound file; false where it is neither or needs a whole save."""
        storage = self._storage()
        # Before the lock, as to prove it can take a second; splice refuses where the file has changed since.
        if not storage.is_sound():
            return False
        with storage.locked():
            before = self.signature
            is_saved = storage.splice(edit)
            after = self.signature
            if is_saved and after is not None and self._head is not None and self._head[0] == before:
                # What the dataset says of itself, and its redirects, are on none of these lines.
                self._head = after, *self._head[1:]
            return is_saved

    def _storage(self) -> DatasetStorage:
        return self.db.storage

    def layout(self) -> Layout:
        """The bytes of the file as it is now, and where its documents stand in them."""
        layout, signature = self._storage().layout()
        self._head = signature, *read_head(layout)
        return layout

    def _current(self) -> tuple[files.Signature, Info, dict[str, str]]:
        """The head of the file as it is now, read again only where the file has changed."""
        if self._head is None or self._head[0] != self.signature:
            self.layout()
        assert self._head is not None
        return self._head

    def _scan(self, layout: Layout, only: str | None, bad: list[BadRecord] | None) -> Scan:
        data, file = layout.data, layout.file
        # Of the head that was read with the layout: the file may be another one by now.
        number = self._head[1].format if self._head else self.info.format
        with collector_off():
            for table in layout.tables if only is None else [only]:
                kind = changes.KIND_OF_TABLE.get(table)
                for doc_id, offset, length in layout.spans(table):
                    if kind is None:
                        continue
                    try:
                        document = data[offset : offset + length]
                        record = decoding.decode(kind, document, number=number, file=file, doc_id=doc_id)
                    except BadRecord as error:
                        if bad is None:
                            raise
                        bad.append(error)
                        continue
                    yield kind, offset, length, record
