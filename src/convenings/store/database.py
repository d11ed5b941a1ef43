"""The dataset as a TinyDB, for those who script: TinyDB's own interface over a file that others may write, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document, Table
from tinydb.utils import LRUCache

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Import
from convenings.store import changes, proof
from convenings.store.snapshot import Documents
from convenings.store.storage import DatasetStorage, Tables

Rows = dict[int, Any]
"""Doc id to document, as TinyDB hands a table to what changes it."""


class QueryCache(LRUCache[QueryLike, Any]):
    """The answers of queries as JSON, so that whoever changes a document changes no later answer."""

    def get(self, key: QueryLike, default: Any = None) -> Any:
        """The documents that a query was last answered with, each the caller's own."""
        data = super().get(key)
        return default if data is None else [Document(fields, doc_id) for doc_id, fields in _ANSWER.decode(data)]

    def set(self, key: QueryLike, value: list[Document]) -> None:
        """Remember the answer of a query."""
        super().set(key, msgspec.json.encode([(document.doc_id, document) for document in value]))


class DatasetTable(Table):
    """A table of a dataset.

    Each change holds the lock from its read to its write, waits for other writers, and refuses documents that do not
    fit the data model. Reading takes no lock. Next doc id and query cache are forgotten when the file has changed.
    """

    query_cache_class = QueryCache  # type: ignore[assignment]
    _rows: Mapping[int, Any] = {}
    """The documents that are being changed."""
    _state: proof.FileState | None = None
    """The state of the file that the query cache is of; nothing where it is of none that could be told from another."""

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents that match a query.

        Raises:
            BadInput: the file is missing, cannot be read or is no dataset.
        """
        self._keep_cache_of(self._dataset.state())
        return super().search(cond)

    def insert(self, document: Mapping[str, Any]) -> int:
        """Add a document and give its doc id; raises as :meth:`~convenings.store.storage.DatasetStorage.change`."""
        with self._turn():
            return super().insert(document)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update the documents that match, or else add this one, and give their doc ids; raises as :meth:`insert`."""
        with self._turn():
            return super().upsert(document, cond)

    def _get_next_id(self) -> int:
        # TinyDB itself would put a document in the place of one that has this doc id and is added by the same call.
        while (doc_id := super()._get_next_id()) in self._rows:  # type: ignore[no-untyped-call]
            pass
        return int(doc_id)

    @property
    def _dataset(self) -> DatasetStorage:
        assert isinstance(self._storage, DatasetStorage)
        return self._storage

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The lock, with no doc id remembered from before it was held."""
        # What is no dataset is refused before the lock leaves its file beside it.
        self._dataset.snapshot()
        with self._dataset.locked():
            self._next_id, self._rows = None, {}
            yield

    def _keep_cache_of(self, state: proof.FileState | None) -> None:
        """Forget the answers of queries to any other state of the file."""
        if state is None or state != self._state:
            self.clear_cache()
        self._state = state

    def _read_table(self) -> Mapping[str, Mapping[str, Any]]:  # type: ignore[override]
        snapshot = self._dataset.snapshot()
        self._keep_cache_of(snapshot.state)
        return snapshot.documents(self.name)

    def _update_table(self, updater: Callable[[Rows], None]) -> None:
        with self._turn():
            before = self._dataset.snapshot().documents(self.name)

            def change(tables: Tables) -> None:
                rows = {int(doc_id): document for doc_id, document in tables.get(self.name, {}).items()}
                self._rows = rows
                updater(rows)
                _refuse_unfit(self.name, rows, before, tables, str(self._dataset.path))
                tables[self.name] = {str(doc_id): document for doc_id, document in rows.items()}

            self._dataset.change(change)
        self.clear_cache()


class Database(TinyDB):
    """A dataset as a TinyDB, whose tables are those of the data model; see :class:`DatasetTable`."""

    table_class = DatasetTable

    def __init__(self, path: Path) -> None:
        """Name a dataset without reading it."""
        super().__init__(path, storage=DatasetStorage)

    @property
    def storage(self) -> DatasetStorage:
        """Where the dataset is kept."""
        assert isinstance(self._storage, DatasetStorage)
        return self._storage

    def tables(self) -> set[str]:
        """Names of the tables that the file has.

        Raises:
            BadInput: the file is missing, cannot be read or is no dataset.
        """
        return set(self.storage.snapshot().tables)

    def drop_table(self, name: str) -> None:
        """Drop a table with all its documents.

        Raises:
            BadInput: the file would be no dataset without it; else as for any change.
        """

        def change(tables: Tables) -> None:
            tables.pop(name, None)

        self.storage.change(change)
        self._tables.pop(name, None)

    def drop_tables(self) -> None:
        """Refuse, as a dataset cannot be without the table in which it says what it is.

        Raises:
            BadInput: always.
        """
        self.storage.change(lambda tables: tables.clear())


def _refuse_unfit(table: str, rows: Rows, before: Documents, tables: Tables, file: str) -> None:
    """Raise where a new or changed document is no record of its table; what was unfit before may stay."""
    if wrong := [doc_id for doc_id in rows if type(doc_id) is not int or doc_id < 1]:
        what, hint = f"the doc id '{wrong[0]}' is not a plain number", "number the documents from 1"
        raise BadInput(what, file=file, place=table, hint=hint)
    kind = changes.KIND_OF_TABLE.get(table)
    if table == "imports":
        _refuse_no_import(rows, before, file)
    if kind is None:
        # The tables that hold no records are checked as a whole before they are saved.
        return
    ids = Counter(document["id"] for document in rows.values() if isinstance(document.get("id"), str))
    ids.update(changes.redirects(tables).keys())
    for doc_id, document in rows.items():
        if document != before.get(str(doc_id)):
            changes.check_document(document, kind, doc_id, file)
            if ids[document["id"]] > 1:
                raise changes.duplicate_id(table, document["id"], file)


def _refuse_no_import(rows: Rows, before: Documents, file: str) -> None:
    """Raise where a new or changed document is no import."""
    for doc_id, document in rows.items():
        if document != before.get(str(doc_id)):
            try:
                msgspec.convert(document, Import)
            except msgspec.ValidationError as error:
                hint = f"its fields are: {', '.join(Import.__struct_fields__)}"
                what = str(error).replace("`", "'").lower()
                raise BadInput(what, file=file, place=f"imports, document {doc_id}", hint=hint) from error


_ANSWER = msgspec.json.Decoder(list[tuple[int, dict[str, Any]]])
