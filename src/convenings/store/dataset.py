"""The dataset file: typed records out of it, with their places in its bytes, and atomic changes into it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from convenings.domain.kinds import TABLES
from convenings.domain.parting import Split
from convenings.domain.record_values import Import
from convenings.domain.records import FORMAT, Record
from convenings.domain.slugs import Mint
from convenings.store import changes, decoding, files
from convenings.store.batch import Batch, Outcome
from convenings.store.canonical import Info, Redirect
from convenings.store.decoding import BadRecord
from convenings.store.head import read_head
from convenings.store.layout import Layout, collector_off

if TYPE_CHECKING:
    from convenings.store.database import Database
    from convenings.store.faults import Fault
    from convenings.store.journal import Purpose
    from convenings.store.splice import Pieces
    from convenings.store.splitting import Hanging
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

    @classmethod
    def at_state(cls, path: str | Path, state: files.Signature, info: Info, redirects: Mapping[str, str]) -> Dataset:
        """A dataset that was written in this state, with what it says of itself; read again where it has changed."""
        dataset = cls(path)
        dataset._head = state, info, dict(redirects)
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

    @classmethod
    def create(cls, path: str | Path, title: str, *, batch: Batch | None = None, **info: str) -> Dataset:
        """Make a new dataset file, in one save.

        Args:
            path: where; there is no file yet.
            title: what the dataset is called.
            batch: what it is to hold from the start.
            info: ``id`` (one is made of the title otherwise), ``description`` and ``licence``.

        Raises:
            BadInput: there is such a file already, a text is no text, a record of the batch is not fit, or the file
                cannot be written; there is none then.
        """
        from convenings.store.creating import create_file, new_dataset

        dataset = cls(path)
        data = new_dataset(str(path), title, info)
        with collector_off():
            pieces = dataset._edit(batch, data)[0] if batch is not None else None
        create_file(dataset.path, pieces or [data])
        return dataset

    def rewrite(self, edit: Callable[[bytes], Pieces | None]) -> None:
        """Save what is made of the canonical bytes of the file, under one lock; nothing where that is nothing.

        Raises:
            BadInput: as :meth:`save`; what ``edit`` raises.
        """
        if not self._splice(edit):
            self._storage().rewrite(edit)

    def faults(self, batch: Batch) -> list[Fault]:
        """Everything that speaks against the records of a batch, where nothing is to be written yet.

        Raises:
            BadInput: the file cannot be read as a dataset.
        """
        from convenings.store.splice import Lines
        from convenings.store.validation import checked

        return checked(batch, Lines(self._storage().canonical_bytes()), str(self.path)).faults

    def foreseen(self, batch: Batch) -> Outcome:
        """What a batch would do to the file as it is now; nothing is written.

        Raises:
            BadBatch: some of it is not fit to be saved.
            BadInput: the file cannot be read as a dataset.
        """
        from convenings.store.applying import carry_out
        from convenings.store.splice import Lines

        return carry_out(batch, Lines(self._storage().canonical_bytes()), str(self.path))

    def merges_into(self, ref: str) -> list[Redirect]:
        """The merges into a record that :meth:`unmerge` can undo and that somebody asked for, the last one first.

        Raises:
            BadInput: the file cannot be read as a dataset.
        """
        from convenings.store.splice import Lines

        redirects = Lines(self._storage().canonical_bytes()).redirects.values()
        own = [each for each in redirects if each.undo is not None and each.to == each.undo.into == ref]
        return [each for each in reversed(own) if each.undo is not None and not each.undo.because]

    def save(self, batch: Batch, purpose: Purpose | None = None) -> Outcome:
        """Carry changes out in one save, all of them or none; where they change nothing the file is not written.

        Of a file in canonical form only the lines that change are encoded, see :mod:`~convenings.store.splice`; any
        other one is read whole and becomes canonical.

        Raises:
            BadBatch: some of it is not fit to be saved, with every fault by record, field and place; nothing has
                changed.
            BadInput: the file cannot be read as a dataset, or could not be saved; nothing has changed.
        """
        from convenings.store.noting import note_of

        outcomes: list[Outcome] = []
        before: list[files.Signature | None] = []

        def edit(data: bytes) -> Pieces | None:
            before.append(self.signature)
            pieces, outcome = self._edit(batch, data)
            outcomes.append(outcome)
            if pieces is not None:
                self._storage().note = note_of(batch, outcome, purpose)
            return pieces

        if not self._splice(edit):
            self._storage().rewrite(edit)
        elif not batch.changes_redirects and self._head is not None and self._head[0] == before[-1]:
            # What the dataset says of itself, and its redirects, are on none of the lines that have changed.
            self._head = self._storage().last_write or self._head[0], *self._head[1:]
        return outcomes[-1]

    def insert(self, records: Iterable[Record], places: Mapping[str, str] | None = None) -> None:
        """Add records in one save.

        Args:
            records: the records, whose ids are free.
            places: id to where a record comes from, for what is said of its faults.

        Raises:
            BadInput: as :meth:`save`; an id is taken, or was before a merge.
        """
        self.save(Batch(insert=list(records), places=places or {}))

    def upsert(self, records: Iterable[Record], places: Mapping[str, str] | None = None) -> Outcome:
        """Add records, or put them in the place of those with their ids, in one save; else as :meth:`insert`."""
        return self.save(Batch(upsert=list(records), places=places or {}))

    def update(self, record: Record) -> None:
        """Put a record in the place of the one that has its id.

        Raises:
            BadInput: there is none; else as :meth:`save`.
        """
        self.save(Batch(update=[record]))

    def remove(self, *refs: str) -> None:
        """Take out records, and the redirects that lead to them; what refers to them is left for the check to name.

        Raises:
            BadInput: one of them is not there; else as :meth:`save`.
        """
        self.save(Batch(remove=refs))

    def merge(self, old: str, new: str) -> Outcome:
        """Let one record stand for another one: the old record goes, its id redirects, references are rewritten.

        The new record gets what only the old one has, its names and evidence included; what says one thing twice by
        that, as two participations can, becomes one as well. :meth:`unmerge` undoes it all.

        Raises:
            BadInput: one of the two is missing, they are the same or of different kinds, or the new one lies below the
                old one; else as :meth:`save`.
        """
        return self.merge_all([(old, new)])

    def merge_all(self, pairs: Iterable[tuple[str, str]]) -> Outcome:
        """Merge the first record of each pair into the second, in one save; else as :meth:`merge`."""
        return self.save(Batch(merge=list(pairs)))

    def unmerge(self, *refs: str) -> Outcome:
        """Undo merges, by the ids that they took out of use; what was changed since stays as it was changed.

        Raises:
            BadInput: an id was not merged, or before merges could be undone, or what it was merged into was merged in
                turn; else as :meth:`save`.
        """
        return self.save(Batch(unmerge=refs))

    def split(self, split: Split) -> Outcome:
        """Let what of a record is another one's go to that one, which may be a new one, in one save.

        Raises:
            BadBatch: something cannot go, or the check would have something to say afterwards that it does not say now;
                every fault is in it.
            BadInput: one of the two is missing or of a kind without a name, they are of different kinds, or nothing is
                to go; else as :meth:`save`.
        """
        return self.save(Batch(split=split))

    def hanging_on(self, ref: str) -> Hanging:
        """What hangs on a record and could be another one's.

        Raises:
            BadInput: there is no such record, it is of a kind without a name, or the file cannot be read as a dataset.
        """
        from convenings.store.splice import Lines
        from convenings.store.splitting import hanging_on

        return hanging_on(Lines(self._storage().canonical_bytes()), ref, str(self.path))

    def mint(self) -> Mint:
        """What gives new records ids that are free in the dataset as it is now."""
        ids = {record.id for _, _, _, record in self.scan([])} | self.redirects().keys()
        return Mint(ids.__contains__)

    def imports(self) -> list[Import]:
        """What files have brought, with ids as they are now: of several records that became one, the first."""
        ends = self.resolved_redirects()
        imports = []
        for raw in self.layout().documents("imports").values():
            each = msgspec.json.decode(raw, type=Import)
            records: dict[str, tuple[str, str]] = {}
            for ref, entry in each.records.items():
                records.setdefault(ends.get(ref, ref), entry)
            source = ends.get(each.source, each.source)
            imports.append(msgspec.structs.replace(each, source=source, records=records))
        return imports

    @property
    def former_copy(self) -> Path | None:
        """Where the file is kept as it was, once a change through this object has brought it to today's format."""
        return self._storage().former_copy

    def tidy(self) -> None:
        """Write the file again, in canonical form and in the format of this program.

        Raises:
            BadInput: as :meth:`insert`.
        """
        self._storage().change(lambda tables: None, upgrades=True)

    def _edit(self, batch: Batch, data: bytes) -> tuple[Pieces | None, Outcome]:
        """What the file is to hold after a batch, and what that does."""
        from convenings.store.applying import apply
        from convenings.store.splice import Lines

        return apply(batch, Lines(data), str(self.path))

    def _splice(self, edit: Callable[[bytes], Pieces | None]) -> bool:
        """Make a change of some lines of a canonical, sound file; false where it is neither or needs a whole save."""
        storage = self._storage()
        # Before the lock, as to prove it can take a second; splice refuses where the file has changed since.
        if not storage.is_sound():
            return False
        with storage.locked():
            return storage.splice(edit)

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
