"""The user's own file: marks, notes, saved views, sessions, theme and attached sources; never part of a dataset.

Everything but the theme and the attached sources is kept by dataset, under a key that the caller gives (the resolved
path of the file). Nothing here stops the program: where the file cannot be used, the same calls work in memory, and
:attr:`UserData.warnings` says so once.
"""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from convenings.domain.errors import BadInput
from convenings.store import files, paths

if TYPE_CHECKING:
    from convenings.store.storage import SafeStorage, Tables

KEYMAP = "keymap.json"
"""Name of the file in which a user binds other keys to commands."""
VERSION = 1
"""The version of the file that this program reads and writes."""
LOCK_SECONDS = 2.0
"""How long a key waits for another program that writes the file; then what it does is kept in memory."""


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


class _Attached(msgspec.Struct):
    source: str
    path: str
    text_hash: str
    file: str


_STRUCTS: dict[str, type[msgspec.Struct]] = {
    "own": _Version,
    "marks": _Mark,
    "notes": _Note,
    "views": _View,
    "sessions": _Session,
    "settings": _Setting,
    "attached": _Attached,
}


class UserData:
    """What a user adds to datasets, in ``own.json`` of a folder; see :meth:`open`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """Where ``own.json`` and the folder ``sources`` are; made when something is first written."""
        self.warnings: list[str] = []
        """What the user should know: a file set aside, or that nothing can be kept. One line each."""
        self._file = folder / "own.json"
        self._memory: Tables | None = None
        self._texts: dict[str, str] = {}
        self._storage: SafeStorage | None = None
        self._cache: tuple[files.Signature | None, Tables] | None = None

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

    def set_note(self, key: str, ref: str, text: str) -> None:
        """Write the note on a record; an empty one removes it."""
        self._put("notes", {"dataset": key, "id": ref}, {"text": text} if text.strip() else None)

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
            return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            self._warn(f'{path}: not read ({error}); write it as {{"mark": "space"}}')
            return {}

    def attach(self, source_id: str, path: Path, text_hash: str, data: bytes) -> None:
        """Keep a copy of a source's text, byte for byte.

        Args:
            source_id: the source that it is the text of.
            path: where the user has the file.
            text_hash: its :func:`~convenings.store.sources.text_hash`.
            data: its bytes.

        Raises:
            BadInput: the bytes are not UTF-8.
        """
        from convenings.store.sources import read_text

        self._texts[source_id] = read_text(data, str(path))
        earlier = self.attached().get(source_id)
        # An id is text from a file, and must not lead out of the folder.
        slug = re.sub(r"[^a-z0-9]+", "-", source_id.partition("/")[2] or source_id)
        copy_path = self.folder / "sources" / f"{slug}.{text_hash}.txt"
        if self._memory is None:
            try:
                self._make_folder(copy_path.parent)
                with files.locked(self._file, LOCK_SECONDS):
                    files.replace(copy_path, data, backup=False)
            except BadInput as error:
                self._keep_in_memory(str(error))
        if self._memory is not None:
            copy_path = path.absolute()
        document = {"path": str(path.absolute()), "text_hash": text_hash, "file": str(copy_path)}
        self._put("attached", {"source": source_id}, document)
        self._discard(earlier)

    def attached(self) -> dict[str, Path]:
        """Id of a source to the file with its text: our copy, or the user's file where no copy can be kept."""
        return {document["source"]: Path(document["file"]) for document in self._documents("attached")}

    def attached_paths(self) -> dict[str, Path]:
        """Id of a source to the file that the user attached for it, as it was called then; we read a copy of it."""
        return {document["source"]: Path(document["path"]) for document in self._documents("attached")}

    def attached_text(self, source_id: str) -> str | None:
        """The text attached for a source; nothing where there is none, or where its file can no longer be read."""
        if source_id not in self.attached():
            return None
        if source_id not in self._texts:
            path = self.attached()[source_id]
            try:
                from convenings.store.sources import read_text

                self._texts[source_id] = read_text(files.read(path)[0], str(path))
            except BadInput as error:
                self._warn(str(error))
                return None
        return self._texts[source_id]

    def detach(self, source_id: str) -> bool:
        """Forget the text of a source and remove our copy of it; false where none was attached."""
        path = self.attached().get(source_id)
        if path is None:
            return False
        self._texts.pop(source_id, None)
        self._put("attached", {"source": source_id}, None)
        self._discard(path)
        return True

    def _discard(self, path: Path | None) -> None:
        """Remove a copy of ours that no source has any more."""
        saved = self._memory is None
        if saved and path and path.parent == self.folder / "sources" and path not in self.attached().values():
            with suppress(OSError):
                path.unlink()

    def _documents(self, table: str, **where: str) -> list[dict[str, Any]]:
        """The documents of a table whose fields have these values."""
        documents = self._tables().get(table, {}).values()
        return [document for document in documents if all(document[field] == value for field, value in where.items())]

    def _put(self, table: str, where: dict[str, str], values: dict[str, Any] | None) -> None:
        """Write the one document of a table that ``where`` names; remove it where there are no values."""

        # What the file cannot hold is replaced, as a note that is refused would be lost.
        where, values = _clean(where), _clean(values)

        def change(tables: Tables) -> None:
            rows = tables.setdefault(table, {})
            old = next((key for key, row in rows.items() if all(row[name] == where[name] for name in where)), None)
            if values is None:
                rows.pop(old or "", None)
            else:
                rows[old or str(max(map(int, rows), default=0) + 1)] = where | values
            tables["own"] = {"1": {"version": VERSION}}

        self._change(change)

    def _change(self, change: Callable[[Tables], None]) -> None:
        """Make a change and save it; in memory where it cannot be saved."""
        try:
            if self._memory is None:
                self._make_folder(self.folder)
                storage = self._open_storage()
                with storage.locked():
                    self._tables()
                    if self._memory is None:
                        tables = storage.read() or {}
                        change(tables)
                        storage.write(tables)
                        return
        except BadInput as error:
            self._keep_in_memory(str(error))
        change(self._tables())

    def _tables(self) -> Tables:
        """The tables as they are now, not to be changed; read again only where the file has changed."""
        if self._memory is not None:
            return self._memory
        signature = files.signature(self._file)
        if self._cache is None or self._cache[0] != signature:
            self._cache = signature, self._load()
        return self._cache[1]

    def _load(self) -> Tables:
        """The tables of the file, after setting a corrupt one aside; those in memory where it cannot be used."""
        try:
            tables = self._read()
            number = max((row["version"] for row in tables.get("own", {}).values()), default=VERSION)
            if isinstance(number, int) and number > VERSION:
                self._keep_in_memory(f"{self._file} is of version {number}, which a newer Convenings wrote")
                return self._tables()
            for name, struct in _STRUCTS.items():
                msgspec.convert(tables.get(name, {}), dict[str, struct])  # type: ignore[valid-type]
                # Doc ids that are no numbers would stop every later write.
                list(map(int, tables.get(name, {})))
        except (BadInput, ValueError, KeyError, TypeError) as error:
            # A file that may not be read may be sound: it is left where it is.
            if isinstance(error, BadInput) and not self._readable():
                self._keep_in_memory(str(error))
                return self._tables()
            return self._set_aside()
        return tables

    def _read(self) -> Tables:
        """The tables of the file as it stands; TinyDB, which every start would pay for, is needed for writing only."""
        if not os.path.lexists(self._file):
            return {}
        from convenings.store import layout

        data, _ = files.read(self._file)
        return layout.parse(data, str(self._file)) if data else {}

    def _readable(self) -> bool:
        """Whether the bytes of the file can be read, so that it is what they say that is wrong."""
        try:
            files.read(self._file)
        except BadInput:
            return False
        return True

    def _set_aside(self) -> Tables:
        """Rename a corrupt file to a free name and begin with nothing."""
        number = 1
        while (aside := self.folder / f"own.json.corrupt-{number}").exists():
            number += 1
        try:
            self._file.rename(aside)
        except OSError:
            self._keep_in_memory(f"{self._file} is corrupt and cannot be renamed")
            return self._tables()
        self._warn(f"{self._file} was corrupt: it is kept as {aside.name}, and marks, notes and session begin anew")
        return {}

    def _keep_in_memory(self, reason: str) -> None:
        """From now on save nothing, keeping what was read so far."""
        self._memory = copy.deepcopy(self._cache[1]) if self._cache else {}
        self._warn(f"marks, notes and session last only until you leave: {reason}")

    def _warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)

    def _open_storage(self) -> SafeStorage:
        if self._storage is None:
            from convenings.store.storage import SafeStorage

            self._storage = SafeStorage(self._file, LOCK_SECONDS)
        return self._storage

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(
                "the folder cannot be made", file=str(folder), hint="allow yourself to write there"
            ) from error


def _clean(value: Any) -> Any:
    """The value with every text fit for UTF-8: a lone surrogate, as of a file name in no encoding, becomes ``?``."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {_clean(name): _clean(item) for name, item in value.items()}
        case list() | tuple():
            return [_clean(item) for item in value]
    return value
