"""Our own TinyDB storages: a save that cannot leave half a file, and documents that no two readers share."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tinydb.storages import Storage

from convenings.domain.errors import BadInput
from convenings.domain.records import FORMAT
from convenings.domain.text import plain
from convenings.store import canonical, files, layout, proof
from convenings.store.format1 import upgrade
from convenings.store.head import read_head
from convenings.store.line_spans import NotCanonical
from convenings.store.snapshot import Snapshot, is_settled

if TYPE_CHECKING:
    from convenings.store.noting import Note

Tables = dict[str, dict[str, Any]]
"""Name of a table to doc id (digits) to document."""


Edit = Callable[[bytes], Sequence[bytes | memoryview] | None]
"""Gives what a file is to hold instead of its bytes, in parts; nothing where it is to stay as it is."""


class SafeStorage(Storage):
    """Keeps a TinyDB in one canonical JSON file; see :func:`~convenings.store.files.replace` for how it is saved.

    Reading takes no lock and creates nothing. Writing takes the lock and refuses to overwrite what somebody else saved
    since it was read, so that two writers never lose each other's work.
    """

    def __init__(self, path: str | Path, timeout: float | None = None, mode: int | None = None) -> None:
        """Name a file without reading it.

        Args:
            path: the file.
            timeout: seconds to wait for another writer; :data:`~convenings.store.files.LOCK_SECONDS` if absent.
            mode: permissions of the file; those it has where absent.
        """
        super().__init__()
        self.path = Path(path)
        """The file, as it was given."""
        self._timeout = timeout
        self._mode = mode
        self._cache: tuple[files.Signature, bytes] | None = None
        self._base: files.Signature | None = None
        """The state of the file that the next write rests on; nothing where there was no file."""
        self._was_read = False
        self._last_write: files.Signature | None = None
        self._threads = threading.RLock()
        self._depth = 0
        """How many times the thread that has the lock has entered :meth:`locked`."""

    def read(self) -> Tables | None:
        """The tables of the file, the caller's own; nothing where there is no file or an empty one.

        Raises:
            BadInput: the file cannot be read or is no TinyDB file.
        """
        self._was_read = True
        if not os.path.lexists(self.path):
            self._base, self._cache = None, None
            return None
        signature = files.signature(self.path)
        if self._cache is None or self._cache[0] != signature:
            data, signature = files.read(self.path)
            self._cache = signature, data
        self._base, data = self._cache
        return layout.parse(data, str(self.path)) if data else None

    def write(self, data: Tables) -> None:
        """Save all tables at once.

        Raises:
            BadInput: another writer holds the lock or has saved since the last read, the disk is full, or the file or
                its folder is read-only; the file is as it was.
            TypeError: a document holds what JSON cannot; the file is as it was.
            ValueError: a doc id is no integer, or a text is not Unicode; the file is as it was.
        """
        with layout.collector_off():
            content = canonical.encode(data)
        with self.locked():
            self._replace(content)

    def _replace(self, *content: bytes | memoryview) -> None:
        """Put new bytes in the place of those that were read, unless somebody else has done so; the lock is held."""
        present = files.signature(self.path)
        if self._was_read and present is not None and present != self._base:
            hint = "open it again and repeat the change"
            raise BadInput("another program has changed the file since it was read", file=str(self.path), hint=hint)
        self._cache = None
        self._last_write = files.replace(self.path, *content, mode=self._mode)
        self._was_read, self._base = True, files.signature(self.path)

    @contextmanager
    def locked(self, timeout: float | None = None) -> Iterator[None]:
        """Hold the lock over a read and the write that rests on it; may be nested, and threads wait for each other.

        Args:
            timeout: seconds to wait for another writer, where that is to be another time than always.

        Raises:
            BadInput: another writer keeps the lock, or the folder may not be written.
        """
        with self._threads:
            if self._depth:
                yield
                return
            seconds = self._timeout if timeout is None else timeout
            with files.locked(self.path, *(() if seconds is None else (seconds,)), mode=self._mode):
                # A program that takes no lock may have written twice in one tick of the clock, unseen by signatures.
                self._cache = None
                self._depth = 1
                try:
                    yield
                finally:
                    self._depth = 0


class DatasetStorage(SafeStorage):
    """Keeps a dataset, so that what is written stays one, and a change need not write the whole file anew."""

    def __init__(self, path: str | Path, timeout: float | None = None) -> None:
        super().__init__(path, timeout)
        self.former_copy: Path | None = None
        """Where the file stands as it was before a change brought it to today's format."""
        self.note: Note | None = None
        """What the journal is to say of the next save; what can be seen from the bytes where nothing is said."""
        self._snapshot: Snapshot | None = None
        self._sound: proof.FileState | None = None
        self._hash: tuple[proof.FileState | None, str] = None, ""
        """A state of the file, and the SHA-256 of it then."""

    def layout(self) -> tuple[layout.Layout, files.Signature]:
        """The bytes of the file with the places of its documents, undecoded, and the state they were read in.

        Raises:
            BadInput: the file cannot be read or is no TinyDB file.
        """
        data, signature = files.read(self.path)
        with layout.collector_off():
            return layout.Layout(data, str(self.path)), signature

    @property
    def last_write(self) -> files.Signature | None:
        """What identifies the state of the file that was last written here; nothing where none was."""
        return self._last_write

    def state(self) -> proof.FileState | None:
        """The present state of the file; nothing where there is none."""
        return proof.state(self.path)

    def snapshot(self) -> Snapshot:
        """The documents of the file as it is now; read again only where it has, or may have, changed.

        Raises:
            BadInput: the file is missing, cannot be read or is no dataset.
        """
        state = self.state()
        if self._snapshot is None or state is None or self._snapshot.state != state:
            self._snapshot = Snapshot.read(self.path, state)
        return self._snapshot

    def change(self, change: Callable[[Tables], None], *, upgrades: bool = False) -> None:
        """Read, change and save under one lock, so that no other writer comes between.

        A file of an earlier format is brought to today's first.

        What is no dataset is refused before anything could be written over it, and so is a key that stands twice, of
        which only one would be saved.

        Args:
            change: changes the tables.
            upgrades: whether a file of an earlier format is brought to today's also where nothing else changes.

        Raises:
            BadInput: the file is no dataset, or would be none afterwards; else as :meth:`write`.
        """
        # Before the lock, which would leave its own file beside what is no dataset.
        self.snapshot().verify()
        with self.locked():
            snapshot = self.snapshot()
            snapshot.verify()
            with layout.collector_off():
                tables, former = layout.parse(snapshot.data, str(self.path)), snapshot.data
                if snapshot.info.format != FORMAT:
                    upgrade(tables)
                    former = former if upgrades else canonical.encode(tables)
                before = canonical.encode(tables)
                change(tables)
                self._refuse_no_dataset(tables)
                content = canonical.encode(tables)
            if content != former:
                self._keep_former(snapshot)
                self._was_read, self._base = True, snapshot.signature
                self._save(snapshot.data, before, content)

    def _save(self, former: bytes, before: bytes, *content: bytes | memoryview) -> None:
        """Replace the file, with a step in its journal; the lock is held.

        Args:
            former: What the file holds.
            before: The canonical form of that, in today's format.
            content: What it is to hold, in parts.
        """
        from convenings.store.journal import hash_of
        from convenings.store.noting import Note, noted

        note, self.note = self.note or Note(), None
        state = self.state()
        # Of a file as large as a hundred thousand records each hash takes longer than all else but the disk.
        is_of_former = state is not None and proof.signature(state) == self._base
        hashes = (self._hash_at(state) if is_of_former else "") or hash_of(former), hash_of(*content)
        with noted(self.path, note, hashes, before, content):
            self._replace(*content)
        self.note_sound(hashes[1])

    def _keep_former(self, snapshot: Snapshot) -> None:
        """Keep a file of an earlier format beside the one of today's that takes its place, and say so.

        The usual backup holds what the last save replaced, and so not for long what an older program can still read.

        Raises:
            BadInput: it cannot be written.
        """
        number = snapshot.info.format
        if number == FORMAT:
            return
        self.former_copy = files.keep(self.path, f".format{number}", snapshot.data)
        # Nothing is logged otherwise. Whoever runs a script is told, too.
        import logging

        what = f"{self.path} was of format {number} and is written in format {FORMAT}; it is kept as it was in"
        logging.getLogger("convenings").warning(plain(f"{what} {self.former_copy.name}"))

    def _refuse_no_dataset(self, tables: Tables) -> None:
        """Raise where tables would no longer be opened as a dataset; their records are not looked at."""
        if "dataset" not in tables:
            what, hint = "a dataset cannot be without its table 'dataset'", "drop other tables one by one"
            raise BadInput(what, file=str(self.path), hint=hint)
        heads = {name: rows if name in ("dataset", "redirects") else {} for name, rows in tables.items()}
        read_head(layout.Layout(canonical.encode(heads), str(self.path)))

    def is_sound(self) -> bool:
        """Whether the file is a dataset in canonical form, as :meth:`splice` asks; worked out where nobody knows."""
        now = self.state()
        if now is None:
            return False
        if now != self._sound and proof.remembered(self.path, now) is None:
            settled = is_settled(now)
            with layout.collector_off():
                if not proof.is_sound(files.read(self.path)[0]) or self.state() != now:
                    return False
            if settled:
                # The next to ask is another process, or the preview of the next change.
                proof.remember(self.path, now)
        self._sound = now
        return True

    def note_sound(self, content_hash: str = "") -> None:
        """Say that the last write was a sound one, which spares working it out; the lock is held."""
        now = self.state()
        if now is not None and proof.signature(now) == self._last_write:
            self._sound, self._hash = now, (now, content_hash)
            proof.remember(self.path, now, content_hash)

    def content_hash(self) -> str:
        """The SHA-256 of the file as it is, in hexadecimal digits; read only where nobody knows it.

        Raises:
            BadInput: The file cannot be read.
        """
        from convenings.store.journal import hash_of

        return self._hash_at(self.state()) or hash_of(files.read(self.path)[0])

    def _hash_at(self, state: proof.FileState | None) -> str:
        """The SHA-256 of the file in a state, as it was noted when it was written so; empty where it was not."""
        if state is None:
            return ""
        return self._hash[1] if self._hash[0] == state else proof.remembered(self.path, state) or ""

    def canonical_bytes(self) -> bytes:
        """What :meth:`rewrite` and :meth:`splice` edit, for those who only look.

        Raises:
            BadInput: the file is no dataset.
        """
        if self.is_sound():
            return files.read(self.path)[0]
        snapshot = self.snapshot()
        snapshot.verify()
        return self._canonical(snapshot)

    def _canonical(self, snapshot: Snapshot) -> bytes:
        """The canonical bytes of a file in one of its states, in today's format."""
        with layout.collector_off():
            tables = layout.parse(snapshot.data, str(self.path))
            if snapshot.info.format != FORMAT:
                upgrade(tables)
            return canonical.encode(tables)

    def rewrite(self, edit: Edit) -> None:
        """Save what ``edit`` makes of the canonical bytes of a file that is not canonical, or of an earlier format.

        Raises:
            BadInput: the file is no dataset; what ``edit`` raises; else as :meth:`write`.
        """
        # Before the lock, which would leave its own file beside what is no dataset.
        self.snapshot().verify()
        with self.locked():
            snapshot = self.snapshot()
            snapshot.verify()
            with layout.collector_off():
                before = self._canonical(snapshot)
                pieces = edit(before)
            if pieces is not None:
                self._keep_former(snapshot)
                self._was_read, self._base = True, snapshot.signature
                self._save(snapshot.data, before, *pieces)

    def splice(self, edit: Edit) -> bool:
        """Save what ``edit`` makes of the bytes of a sound file, if it makes anything of it; the lock is held.

        False, with nothing changed, where the file is no longer the one that was sound, or ``edit`` says that it is
        otherwise.

        Raises:
            BadInput: what ``edit`` raises; else as :meth:`write`.
        """
        now = self.state()
        if now is None or now != self._sound:
            return False
        data, signature = files.read(self.path)
        if signature != proof.signature(now):
            return False
        self._was_read, self._base = True, signature
        try:
            with layout.collector_off():
                pieces = edit(data)
        except NotCanonical:
            return False
        if pieces is not None:
            self._save(data, data, *pieces)
        return True
