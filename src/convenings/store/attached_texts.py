"""Files that are attached for sources, texts and structured ones: a copy of each, beside the file that says whose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from convenings.domain.errors import BadInput
from convenings.store import files
from convenings.store.folders import private_folder
from convenings.store.known_datasets import path_of, path_text
from convenings.store.user_file import UserFile, put_row, remove_rows

if TYPE_CHECKING:
    from convenings.store.storage import Tables

_OUR_COPY = re.compile(r"[a-z0-9-]+\.[0-9a-f]{16}\.(?:txt|data)")
"""Name of our copy of the file of a source."""
MOST_OF_NAME = 100
"""Letters of the id of a source in the name of our copy: no system has endless ones."""


class AttachedTexts:
    """The files that are attached for sources; a part of the data of a user.

    Args:
        folder: Where the folder ``sources`` is; made when something is first written.
        file: The user's own file, which says of each text whose it is.
    """

    def __init__(self, folder: Path, file: UserFile) -> None:
        self.folder = folder
        """Where the file and the folder ``sources`` are."""
        self.dataset = ""
        """Key of the dataset that is open; empty where none is, or where nobody has said so yet."""
        self._file = file
        self._texts: dict[str, str] = {}
        self._data: dict[str, bytes] = {}

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

        text = read_text(data, str(path))
        self._keep(source_id, path, text_hash, data, "txt")
        self._texts[source_id] = text

    def attach_data(self, source_id: str, path: Path, text_hash: str, data: bytes) -> None:
        """Keep a copy of the structured file that a source stands for, whatever bytes it has; see :meth:`attach`."""
        self._keep(source_id, path, text_hash, data, "data")
        self._data.pop(source_id, None)

    def _keep(self, source_id: str, path: Path, text_hash: str, data: bytes, ending: str) -> None:
        # An id is text from a file, and must not lead out of the folder.
        slug = re.sub(r"[^a-z0-9]+", "-", source_id.partition("/")[2] or source_id)[:MOST_OF_NAME]
        copy_path = self.folder / "sources" / f"{slug}.{text_hash}.{ending}"
        document = {"path": path_text(path.absolute()), "text_hash": text_hash}

        def attach(tables: Tables) -> None:
            # Under the lock and before its row, so that neither is without the other for long.
            try:
                private_folder(self.folder)
                private_folder(copy_path.parent)
                files.replace(copy_path, data, backup=False, mode=files.PRIVATE)
                file = copy_path
            except BadInput:
                file = path.absolute()
            remove_rows(tables, "attached", {"source": source_id, "dataset": ""})
            where = {"source": source_id, "dataset": self.dataset}
            put_row(tables, "attached", where, document | {"file": path_text(file)})

        self._file.change(attach, self._sweep)

    def attached(self) -> dict[str, Path]:
        """Id of a source to the file with its text: our copy, or the user's file where no copy can be kept."""
        return {document["source"]: path_of(document["file"]) for document in self._attached()}

    def attached_paths(self) -> dict[str, Path]:
        """Id of a source to the file that the user attached for it, as it was called then; we read a copy of it."""
        return {document["source"]: path_of(document["path"]) for document in self._attached()}

    def attached_text(self, source_id: str, text_hash: str = "") -> str | None:
        """The text attached for a source; nothing where there is none, or where its file can no longer be read.

        Args:
            source_id: The source.
            text_hash: Of its text, by which one that was attached for another dataset is known, too.
        """
        path = self._path_of(source_id, text_hash)
        if path is None:
            return None
        if source_id not in self._texts:
            try:
                from convenings.store.sources import read_text

                self._texts[source_id] = read_text(files.read(path)[0], str(path))
            except BadInput as error:
                self._file.warn(str(error))
                return None
        return self._texts[source_id]

    def attached_data(self, source_id: str, text_hash: str = "") -> bytes | None:
        """The bytes of the structured file that is attached for a source; see :meth:`attached_text`."""
        path = self._path_of(source_id, text_hash)
        if path is None:
            return None
        if source_id not in self._data:
            try:
                self._data[source_id] = files.read(path)[0]
            except BadInput as error:
                self._file.warn(str(error))
                return None
        return self._data[source_id]

    def _path_of(self, source_id: str, text_hash: str) -> Path | None:
        """The file that is attached for a source, be it for another dataset that has it."""
        path = self.attached().get(source_id)
        if path is None and text_hash:
            others = [row for row in self._rows() if (row["source"], row["text_hash"]) == (source_id, text_hash)]
            path = next((path_of(document["file"]) for document in others), None)
        return path

    def detach(self, source_id: str) -> bool:
        """Forget the text of a source and remove our copy of it; false where none was attached."""
        if source_id not in self.attached():
            return False
        self._texts.pop(source_id, None)
        self._data.pop(source_id, None)

        def detach(tables: Tables) -> None:
            for where in ({"dataset": ""}, {"dataset": self.dataset} if self.dataset else {}):
                remove_rows(tables, "attached", {"source": source_id, **where})

        self._file.change(detach, self._sweep)
        return True

    def _attached(self) -> list[dict[str, Any]]:
        """Rows of what is attached: for no dataset by name, as was usual once, and then for the one that is open."""
        here = (row for row in self._rows() if not self.dataset or row.get("dataset", "") in ("", self.dataset))
        return sorted(here, key=lambda row: bool(row.get("dataset")))

    def _rows(self) -> Iterable[dict[str, Any]]:
        return self._file.tables.get("attached", {}).values()

    def _sweep(self, tables: Tables) -> None:
        """Remove copies of ours that no source has any more, such as those that a killed program has left."""
        used = {path_of(row["file"]) for row in tables.get("attached", {}).values()}
        for path in (self.folder / "sources").glob("*"):
            if path not in used and _OUR_COPY.fullmatch(path.name):
                with suppress(OSError):
                    path.unlink()
