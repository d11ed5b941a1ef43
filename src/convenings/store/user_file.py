"""The file that a user's own data is in: read as it is now, and changed at once or as soon as it can be."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from convenings.domain.errors import BadInput
from convenings.store import files
from convenings.store.folders import private_folder

if TYPE_CHECKING:
    from convenings.store.storage import SafeStorage, Tables

VERSION = 1
"""The version of the file that this program reads and writes."""
LOCK_SECONDS = 2.0
"""How long a key waits for another program that writes the file; what it does is then written later."""
RETRY_SECONDS = 0.1
"""How long a later key waits, where something waits to be written already."""

Change = Callable[["Tables"], None]
"""Changes the tables that it is given; may be called again, with the tables of another time."""


class UserFile:
    """A TinyDB file of one user, in a folder that nobody else may read.

    Nothing here stops the program: what cannot be written now waits, is in :attr:`tables` all the same, and is tried
    again at every later change and by :meth:`flush`.

    Args:
        path: The file.
        version_table: Name of the table with the version of the file.
        structs: Name of a table to the struct of its documents; a file that has others of that name is corrupt.
    """

    def __init__(self, path: Path, version_table: str, structs: Mapping[str, type[msgspec.Struct]]) -> None:
        self.path = path
        self.warnings: list[str] = []
        """What the user should know: a file set aside, or that something cannot be written. One line each."""
        self._unusable = ""
        """Why the file cannot be used at all; empty where it can."""
        self._unwritten = ""
        """Why the changes that wait could not be written."""
        self._version_table = version_table
        self._structs = structs
        self._waiting: list[tuple[Change, Change]] = []
        """Changes that are not on the disk, each with what is to be done once it is."""
        self._storage: SafeStorage | None = None
        self._sound: tuple[files.Signature | None, Tables] | None = None
        """The state of the file when it was read last, and the tables that it had when it could be used last."""
        self._with_waiting: tuple[object, int, Tables] = None, 0, {}
        """The tables with so many changes that wait, and the tables without."""

    @property
    def problem(self) -> str:
        """Why what was changed last is not on the disk; empty where it is."""
        return (self._unusable or self._unwritten) if self._waiting else ""

    @property
    def tables(self) -> Tables:
        """Name of a table to its documents as they are now, not to be changed."""
        tables = self._read_again()
        if not self._waiting:
            return tables
        if self._with_waiting[0] is not tables or self._with_waiting[1] != len(self._waiting):
            changed = copy.deepcopy(tables)
            for change, _ in self._waiting:
                change(changed)
            self._with_waiting = tables, len(self._waiting), changed
        return self._with_waiting[2]

    def change(self, change: Change, after: Change = lambda _: None) -> bool:
        """Change the tables, on the disk if that can be; whether it is there now.

        Args:
            change: Changes them; called anew for each try.
            after: Called with them once they are on the disk, and nobody else can write yet.
        """
        timeout = RETRY_SECONDS if self._waiting else LOCK_SECONDS
        self._waiting.append((change, after))
        return self._write(timeout)

    def flush(self, timeout: float = 0.0) -> bool:
        """Write what waits to be written, if that can be by now; whether nothing waits any more.

        Args:
            timeout: Seconds to wait for another program that writes the file.
        """
        return not self._waiting or self._write(timeout)

    def give_up(self) -> None:
        """Forget what waits to be written: whoever asked for it has been told that it was not done."""
        self._waiting.clear()

    def warn(self, text: str) -> None:
        """Have the user told something, once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def _warn_of(self, problem: str) -> None:
        self.warn(f"marks, notes and your place last until you leave, unless they can be written by then: {problem}")

    def _write(self, timeout: float) -> bool:
        """Make all changes that wait in the file as it is now."""
        try:
            private_folder(self.path.parent)
            storage = self._opened()
            with storage.locked(timeout):
                self._read_again(anew=True)
                if not self._unusable:
                    tables = storage.read() or {}
                    for change, _ in self._waiting:
                        change(tables)
                    tables[self._version_table] = {"1": {"version": VERSION}}
                    storage.write(tables)
                    done = [after for _, after in self._waiting]
                    self._waiting.clear()
                    for after in done:
                        after(tables)
        except BadInput as error:
            self._unwritten = str(error)
        if self.problem:
            self._warn_of(self.problem)
        return not self._waiting

    def _read_again(self, *, anew: bool = False) -> Tables:
        """The tables of the file, where it can be used; else those that it had last, and why it cannot."""
        signature = files.signature(self.path)
        if anew or self._sound is None or self._sound[0] != signature:
            self._unusable = ""
            self._sound = signature, self._load()
            if self._unusable:
                self._warn_of(self._unusable)
        return self._sound[1]

    def _load(self) -> Tables:
        """The tables of the file, after setting a corrupt one aside."""
        try:
            tables = self._read()
            number = max((row["version"] for row in tables.get(self._version_table, {}).values()), default=VERSION)
            if isinstance(number, int) and number > VERSION:
                self._unusable = f"{self.path} is of version {number}, which a newer Convenings wrote"
                return self._former()
            for name, struct in self._structs.items():
                msgspec.convert(tables.get(name, {}), dict[str, struct])  # type: ignore[valid-type]
                # Doc ids that are no numbers would stop every later write.
                list(map(int, tables.get(name, {})))
        except (BadInput, ValueError, KeyError, TypeError) as error:
            # A file that may not be read may be sound: it is left where it is.
            if isinstance(error, BadInput) and not self._is_readable():
                self._unusable = str(error)
                return self._former()
            return self._set_aside()
        return tables

    def _former(self) -> Tables:
        return self._sound[1] if self._sound is not None else {}

    def _read(self) -> Tables:
        """The tables of the file as it stands; TinyDB, which every start would pay for, is needed for writing only."""
        if not os.path.lexists(self.path):
            return {}
        from convenings.store import layout

        data, _ = files.read(self.path)
        return layout.parse(data, str(self.path)) if data else {}

    def _is_readable(self) -> bool:
        """Whether the bytes of the file can be read, so that it is what they say that is wrong."""
        try:
            files.read(self.path)
        except BadInput:
            return False
        return True

    def _set_aside(self) -> Tables:
        """Rename a corrupt file to a free name and begin with nothing."""
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.corrupt-{number}")).exists():
            number += 1
        try:
            self.path.rename(aside)
        except OSError:
            self._unusable = f"{self.path} is corrupt and cannot be renamed"
            return self._former()
        self.warn(f"{self.path} was corrupt: it is kept as {aside.name}, and marks, notes and your place start afresh")
        return {}

    def _opened(self) -> SafeStorage:
        if self._storage is None:
            from convenings.store.storage import SafeStorage

            self._storage = SafeStorage(self.path, LOCK_SECONDS, mode=files.PRIVATE)
        return self._storage


def clean(value: Any) -> Any:
    """The value with every text fit for UTF-8: a lone surrogate, which no keyboard types, becomes ``?``."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {clean(name): clean(item) for name, item in value.items()}
        case list() | tuple():
            return [clean(item) for item in value]
    return value


def put_row(tables: Tables, table: str, where: dict[str, str], values: dict[str, Any]) -> None:
    """Let a table have one document for what ``where`` names."""
    rows = tables.setdefault(table, {})
    old = next((number for number, row in rows.items() if _is_of(row, where)), None)
    rows[old or str(max(map(int, rows), default=0) + 1)] = where | values


def remove_rows(tables: Tables, table: str, where: dict[str, str]) -> None:
    """Let a table have no document for what ``where`` names."""
    rows = tables.get(table, {})
    for number in [number for number, row in rows.items() if _is_of(row, where)]:
        del rows[number]


def _is_of(row: dict[str, Any], where: dict[str, str]) -> bool:
    return all(row.get(name, "") == value for name, value in where.items())
