"""Our own TinyDB storage: a save that cannot leave half a file, and a file that is parsed once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from convenings.domain.errors import BadInput
from convenings.store import canonical, files, layout, proof

Tables = dict[str, dict[str, Any]]
"""Name of a table to doc id (digits) to document."""


class DatasetStorage(Storage):
    """Keeps a TinyDB in one canonical JSON file; see :func:`~convenings.store.files.replace` for how it is saved.

    Reading takes no lock and creates nothing. Writing takes the lock and refuses to overwrite what somebody else saved
    since it was read, so that two writers never lose each other's work.
    """

    def __init__(self, path: str | Path) -> None:
        super().__init__()
        self.path = Path(path)
        self._cache: tuple[files.Signature, Tables] | None = None
        self._seen: files.Signature | None = None
        self._was_read = False
        self._locked = False
        self._written: files.Signature | None = None
        self._sound: proof.State | None = None

    def read(self) -> Tables | None:
        """The tables of the file; nothing where there is no file or an empty one.

        The tables and their documents are copies; the values inside a document belong to the cache, so replace them and
        do not change them in place.

        Raises:
            BadInput: the file cannot be read or is no TinyDB file.
        """
        self._was_read = True
        if not os.path.lexists(self.path):
            self._seen, self._cache = None, None
            return None
        seen = files.signature(self.path)
        if self._cache is None or self._cache[0] != seen:
            data, seen = files.read(self.path)
            self._cache = seen, layout.parse(data, str(self.path)) if data else {}
        self._seen, tables = self._cache
        if not self._seen[0]:
            return None
        with layout.collector_off():
            return {name: {key: dict(value) for key, value in table.items()} for name, table in tables.items()}

    def layout(self) -> tuple[layout.Layout, files.Signature]:
        """The bytes of the file with the places of its documents, undecoded, and the state they were read in.

        Raises:
            BadInput: the file cannot be read or is no TinyDB file.
        """
        data, seen = files.read(self.path)
        with layout.collector_off():
            return layout.Layout(data, str(self.path)), seen

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

    def is_sound(self) -> bool:
        """Whether the file is a dataset in canonical form, as :meth:`splice` asks; found out where it is not known."""
        now = proof.state(self.path)
        if now is None:
            return False
        if now != self._sound and not proof.is_remembered(self.path, now):
            with layout.collector_off():
                if not proof.is_sound(files.read(self.path)[0]) or proof.state(self.path) != now:
                    return False
        self._sound = now
        return True

    def note_sound(self) -> None:
        """Say that what was just written is sound, which spares finding it out; the lock is held."""
        now = proof.state(self.path)
        if now is not None and proof.signature(now) == self._written:
            self._sound = now
            proof.remember(self.path, now)

    def splice(self, edit: Callable[[bytes], Sequence[bytes | memoryview]]) -> bool:
        """Save what ``edit`` makes of the bytes of a sound file; the lock is held.

        False, with nothing changed, where the file is no longer the one that was found sound, or ``edit`` finds it to
        be otherwise.

        Raises:
            BadInput: what ``edit`` raises; else as :meth:`write`.
        """
        now = proof.state(self.path)
        if now is None or now != self._sound:
            return False
        data, seen = files.read(self.path)
        if seen != proof.signature(now):
            return False
        self._was_read, self._seen = True, seen
        try:
            pieces = edit(data)
        except ValueError:
            return False
        self._replace(*pieces)
        self.note_sound()
        return True

    def _replace(self, *content: bytes | memoryview) -> None:
        """Put new bytes in the place of those that were read, unless somebody else has done so; the lock is held."""
        present = files.signature(self.path)
        if self._was_read and present is not None and present != self._seen:
            hint = "open it again and repeat the change"
            raise BadInput("another program has changed the file since it was read", file=str(self.path), hint=hint)
        self._cache = None
        self._written = files.replace(self.path, *content)
        self._was_read, self._seen = True, files.signature(self.path)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock over a read and the write that rests on it; may be nested.

        Raises:
            BadInput: another writer keeps the lock, or the folder may not be written.
        """
        with ExitStack() as stack:
            if not self._locked:
                stack.enter_context(files.locked(self.path))
                self._locked = True
                stack.callback(setattr, self, "_locked", False)
            yield
