"""The user's own file: marks, notes, saved views, sessions, theme and attached sources; never part of a dataset.

Everything but the theme is kept by dataset, see :mod:`~convenings.store.known_datasets`. Nothing here stops the
program: what cannot be written yet holds all the same, is tried again, and :attr:`UserData.warnings` says so once.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from convenings.domain.errors import BadInput
from convenings.store import files, known_datasets, paths
from convenings.store.attached_texts import AttachedTexts
from convenings.store.known_datasets import DatasetFacts, KnownDataset, Ownership
from convenings.store.user_file import LOCK_SECONDS, VERSION, UserFile, clean, put_row, remove_rows

if TYPE_CHECKING:
    from convenings.store.storage import Tables

__all__ = ["KEYMAP", "LOCK_SECONDS", "VERSION", "UserData"]

KEYMAP = "keymap.json"
"""Name of the file in which a user binds other keys to commands."""


class _Version(msgspec.Struct):
    version: int


class _Mark(msgspec.Struct):
    dataset: str
    id: str


class _Note(msgspec.Struct):
    dataset: str
    id: str
    text: str


class _View(msgspec.Struct):
    dataset: str
    name: str
    query: str


class _Session(msgspec.Struct):
    dataset: str
    data: dict[str, Any]


class _Setting(msgspec.Struct):
    name: str
    value: str


class _Draft(msgspec.Struct):
    dataset: str
    id: str
    text: str


class _Queue(msgspec.Struct):
    dataset: str
    file: str


class _Attached(msgspec.Struct):
    source: str
    path: str
    text_hash: str
    file: str
    dataset: str = ""


_STRUCTS: dict[str, type[msgspec.Struct]] = {
    "own": _Version,
    "marks": _Mark,
    "notes": _Note,
    "views": _View,
    "sessions": _Session,
    "settings": _Setting,
    "attached": _Attached,
    "drafts": _Draft,
    "queues": _Queue,
    known_datasets.TABLE: KnownDataset,
}


class UserData(AttachedTexts):
    """What a user adds to datasets, in ``own.json`` of a folder; see :meth:`open`.

    A dataset is named by its key (:meth:`settle`) or by its path, in the form of
    :func:`~convenings.store.known_datasets.path_key`.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, UserFile(folder / "own.json", "own", _STRUCTS))
        self._facts: DatasetFacts | None = None
        """What identifies the dataset that is open, once all of it is known and the user need not be asked."""
        self.given_up: dict[str, str] = {}
        """Id to what was written of a note and not kept, for as long as the program runs."""
        self._begun = set[str]()
        """Keys under which something was kept while their dataset was not known for certain."""

    @classmethod
    def open(cls, folder: Path | None = None) -> UserData:
        """Open the user's own file; nothing is written yet, and nothing is raised.

        A corrupt file is set aside as ``own.json.corrupt-N``; a file of a newer version is left alone.

        Args:
            folder: where it is; the user's data folder if absent.
        """
        user_data = cls(folder or paths.data_dir())
        user_data._tables()
        return user_data

    @property
    def warnings(self) -> list[str]:
        """What the user should know: a file set aside, or that something cannot be written. One line each."""
        return self._file.warnings

    @property
    def problem(self) -> str:
        """Why what was done last is not on the disk; empty where it is."""
        return self._file.problem

    def flush(self, timeout: float = 0.0) -> bool:
        """Write what could not be written before, if that can be by now; whether all is on the disk."""
        return self._file.flush(timeout)

    # Which dataset

    def settle(self, facts: DatasetFacts, holds: Callable[[Collection[str]], int]) -> Ownership:
        """Say which dataset is open, and let it have what is kept for it, wherever its file was before.

        What is taken along from elsewhere is said in :attr:`warnings`. Where several datasets fit, none is taken until
        :meth:`choose`.

        Args:
            facts: What identifies it, as far as that is known yet.
            holds: Says how many of some ids of records it has.
        """
        tables = self._tables()
        owner = known_datasets.ownership(tables, facts, holds, self._begun)
        self.dataset = owner.key
        # Before the whole of it is known, it may still turn out to be another one.
        is_settled = bool(facts.id or facts.content) and not owner.candidates
        self._facts = facts if is_settled else None
        if is_settled and owner.taken:
            self._take(owner.key, owner.taken, facts)
        return owner

    def choose(self, facts: DatasetFacts, chosen: KnownDataset | None) -> None:
        """Let the open dataset have what is kept for one that it may be, or begin with nothing.

        Args:
            facts: What identifies the open dataset.
            chosen: The other one; nothing to begin anew.
        """
        self._facts = facts
        if chosen is not None:
            self._take(self.dataset, (chosen,), facts)
        else:
            self._change(lambda tables: known_datasets.note_known(tables, self.dataset, facts))

    def _take(self, key: str, taken: tuple[KnownDataset, ...], facts: DatasetFacts) -> None:
        tables = self._tables()
        marks, notes = (
            sum(len(known_datasets.rows_of(tables, table, each.dataset)) for each in taken)
            for table in ("marks", "notes")
        )
        self._change(lambda tables: known_datasets.take_along(tables, key, taken, facts))
        if elsewhere := [each.path for each in taken if each.path != facts.path]:
            what = ", ".join(
                f"{number} {word}{'s' * (number != 1)}" for number, word in ((marks, "mark"), (notes, "note")) if number
            )
            what = what or "the place where you left off"
            self._file.warn(f"{what} taken along from {elsewhere[0]}, where this dataset was before")

    def _key(self, dataset: str) -> str:
        """The key of a dataset that may be named by its path."""
        if dataset == self.dataset:
            return dataset
        rows = self._tables().get(known_datasets.TABLE, {}).values()
        return next((row["dataset"] for row in rows if row["path"] == dataset), dataset)

    # What is kept for it

    def marks(self, key: str) -> set[str]:
        """Ids of the marked records of a dataset."""
        return {document["id"] for document in self._documents("marks", dataset=key)}

    def toggle_mark(self, key: str, ref: str) -> bool:
        """Mark a record, or unmark it; true where it is marked now."""
        marked = ref not in self.marks(key)
        self._put("marks", {"dataset": key, "id": ref}, {} if marked else None)
        return marked

    def notes(self, key: str) -> dict[str, str]:
        """Id to note for the records of a dataset that have one."""
        return {document["id"]: document["text"] for document in self._documents("notes", dataset=key)}

    def note(self, key: str, ref: str) -> str:
        """The note on a record; an empty string where there is none."""
        return self.notes(key).get(ref, "")

    def set_note(self, key: str, ref: str, text: str) -> bool:
        """Write the note on a record, of which no draft is left then; an empty one removes it. Whether it is saved."""
        return self._put("notes", {"dataset": key, "id": ref}, {"text": text} if text.strip() else None)

    def drafts(self, key: str) -> dict[str, str]:
        """Id to the text of a note that was being written, of the records of a dataset."""
        return {document["id"]: document["text"] for document in self._documents("drafts", dataset=key)}

    def set_draft(self, key: str, ref: str, text: str | None) -> bool:
        """Keep the text of a note that is being written; nothing removes it. Whether it is saved."""
        return self._put("drafts", {"dataset": key, "id": ref}, None if text is None else {"text": text})

    def queue(self, key: str) -> Path:
        """The file with what is drafted from reports for a dataset; it need not be there.

        A copy of a dataset begins with a copy of what its original has.
        """
        from hashlib import sha256

        own = self.folder / "drafts" / f"{sha256(self._key(key).encode()).hexdigest()[:16]}.json"
        rows = self._documents("queues", dataset=key)
        former = self.folder / "drafts" / Path(rows[0]["file"]).name if rows else own
        is_shared = sum(row["file"] == former.name for row in self._tables().get("queues", {}).values()) > 1
        if former == own or not is_shared:
            return former
        if former.is_file() and not own.exists():
            files.replace(own, files.read(former)[0], backup=False, mode=files.PRIVATE)
        self.keep_queue(key, own)
        return own

    def keep_queue(self, key: str, path: Path) -> None:
        """Note which file has what is drafted for a dataset, so that it is found again where the dataset moves."""
        if not any(row["file"] == path.name for row in self._documents("queues", dataset=key)):
            self._put("queues", {"dataset": key}, {"file": path.name})

    def views(self, key: str) -> dict[str, str]:
        """Name to query line of the saved views of a dataset."""
        return {document["name"]: document["query"] for document in self._documents("views", dataset=key)}

    def set_view(self, key: str, name: str, query: str) -> None:
        """Save a view; an empty query removes it."""
        self._put("views", {"dataset": key, "name": name}, {"query": query} if query.strip() else None)

    def session(self, key: str) -> dict[str, Any] | None:
        """What :meth:`save_session` kept last for a dataset; nothing where it never did."""
        return next((copy.deepcopy(document["data"]) for document in self._documents("sessions", dataset=key)), None)

    def save_session(self, key: str, data: dict[str, Any]) -> None:
        """Keep the state of the explorer, in values that JSON has."""
        self._put("sessions", {"dataset": key}, {"data": data})

    def theme(self) -> str:
        """Name of the chosen theme; an empty string where none was chosen."""
        return next((document["value"] for document in self._documents("settings", name="theme")), "")

    def set_theme(self, name: str) -> None:
        """Choose a theme for all datasets; an empty name takes the choice back."""
        self._put("settings", {"name": "theme"}, {"value": name} if name else None)

    def keymap(self) -> dict[str, str]:
        """Id of a command to the keys it is bound to, from ``keymap.json`` beside the own file, which the user writes.

        A file that cannot be read binds nothing, and :attr:`warnings` says so.
        """
        path = self.folder / KEYMAP
        try:
            if not os.path.lexists(path):
                return {}
            return msgspec.json.decode(files.read(path)[0], type=dict[str, str])
        except (BadInput, msgspec.DecodeError, UnicodeDecodeError) as error:
            self._file.warn(f'{path}: not read ({error}); write it as {{"mark": "space"}}')
            return {}

    # The file

    def _documents(self, table: str, **where: str) -> list[dict[str, Any]]:
        """The documents of a table whose fields have these values."""
        if "dataset" in where:
            where["dataset"] = self._key(where["dataset"])
        documents = self._tables().get(table, {}).values()
        return [document for document in documents if all(document[field] == value for field, value in where.items())]

    def _put(self, table: str, where: dict[str, str], values: dict[str, Any] | None) -> bool:
        """Write the one document of a table that ``where`` names; remove it where there are no values."""
        # What the file cannot hold is replaced, as a note that is refused would be lost.
        where, values = clean(where), clean(values)
        if "dataset" in where:
            where["dataset"] = self._key(where["dataset"])
            if where["dataset"] == self.dataset and self._facts is None:
                self._begun.add(self.dataset)

        def change(tables: Tables) -> None:
            if values is None:
                remove_rows(tables, table, where)
            else:
                put_row(tables, table, where, values)
            if table == "notes":
                remove_rows(tables, "drafts", where)
            if self._facts is not None and where.get("dataset") == self.dataset:
                known_datasets.note_known(tables, self.dataset, self._facts)

        return self._change(change)

    def _change(self, change: Callable[[Tables], None]) -> bool:
        """Make a change and save it, as soon as that can be; whether it is saved now."""
        return self._file.change(change)

    def _tables(self) -> Tables:
        return self._file.tables
