"""The dataset into which an import goes: as it is, with what the import changes of it, until it is saved at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.kinds import TABLES, kind_of
from convenings.domain.record_values import Import
from convenings.domain.records import FORMAT, Record
from convenings.store import canonical, files
from convenings.store.canonical import Redirect
from convenings.store.creating import create_file
from convenings.store.dataset import BadRecord, Dataset, Info
from convenings.store.journal import Purpose
from convenings.store.line_changes import changes_of
from convenings.store.noting import Note
from convenings.store.splice import Lines, Pieces

ENDING = ".convenings.json"
"""What the name of a dataset ends with that an import makes beside the file."""

MOST_FILES = 3
"""Files that the title of an import names."""


class Target:
    """A dataset in memory, and what an import does to it.

    Args:
        path: Where it is, or is to be.
        is_new: Whether it is to be made.
    """

    def __init__(self, path: Path, *, is_new: bool) -> None:
        self.path = path
        self.is_new = is_new
        self.title = ""
        """Of a new one."""
        self.info: Info | None = None
        """What a new one says of itself, where it is a copy of another one."""
        self.records: dict[str, Record] = {}
        """Id to record, with what the import has changed so far."""
        self.redirects: dict[str, str] = {}
        """Ids that merges took out of use, each with the id that stands for it now."""
        self.imports: dict[str, Import] = {}
        """Id of a source to the import that brought it, in the order of the file."""
        self.broken: set[str] = set()
        """Ids of documents that are no records."""
        self.touched: dict[str, None] = {}
        """Ids of records that were added or changed, in that order."""
        self.removed: dict[str, None] = {}
        """Ids of records that were taken out."""
        self._imports: dict[str, Import] = {}
        self._new_redirects: dict[str, str] = {}
        self._signature: files.Signature | None = None
        self.new_dataset: Dataset | None = None
        """A new dataset once it is saved, which need not be read to tell what it says of itself."""

    @classmethod
    def open(cls, path: Path) -> Target:
        """A dataset that is there.

        Raises:
            BadInput: It cannot be read.
        """
        target = cls(path, is_new=False)
        dataset = Dataset.open(path)
        bad: list[BadRecord] = []
        target._signature = dataset.signature
        layout = dataset.layout()
        target.records = {record.id: record for _, _, _, record in dataset.scan(bad, layout)}
        target.redirects = dataset.resolved_redirects()
        target.broken = {error.record for error in bad}
        target.imports = {each.source: each for each in imports_of(layout.documents("imports").values(), path)}
        target._imports = dict(target.imports)
        return target

    def refuse_unwritable(self) -> None:
        """Refuse a place in which nothing can be written, before anything is read.

        Raises:
            BadInput: It is such a place.
        """
        folder = self.path.absolute().parent
        hint = "name a dataset in a folder of your own with --into"
        if not folder.is_dir():
            raise BadInput("its folder does not exist", file=str(self.path), hint="make the folder first")
        if not os.access(folder, os.W_OK) or not (self.is_new or os.access(self.path, os.W_OK)):
            what = f"the {'folder' if self.is_new else 'dataset or its folder'} is read-only"
            raise BadInput(what, file=str(self.path), hint=hint)

    def used(self) -> frozenset[str]:
        """Every id that no new record may have."""
        return frozenset((*self.records, *self.redirects, *self.broken))

    def put(self, record: Record) -> None:
        """Add a record, or put it in the place of the one that has its id."""
        self.records[record.id] = record
        self.touched[record.id] = None
        self.removed.pop(record.id, None)

    def remove(self, ref: str) -> None:
        """Take a record out."""
        del self.records[ref]
        self.touched.pop(ref, None)
        self.removed[ref] = None

    def redirect(self, old: str, new: str) -> None:
        """Let an id that no record has lead to one that is there."""
        self.redirects[old] = self._new_redirects[old] = new

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.is_new or self.touched or self.removed or self._new_redirects or self.imports != self._imports)

    def save(self, names: Sequence[str] = ()) -> None:
        """Write everything at once.

        Args:
            names: What the files are called that brought something, for the history.

        Raises:
            BadInput: The file was changed meanwhile, or cannot be written; it is as it was.
        """
        if not self.is_changed:
            return
        if self.is_new:
            info = self._new_info()
            state = create_file(self.path, canonical.pieces(self._new_tables(info)))
            self.new_dataset = Dataset.at_state(self.path, state, info, self._new_redirects)
            return
        brought = names or [each.file for source, each in self.imports.items() if self._imports.get(source) != each]
        purpose = Purpose(kind="import", title=f"imported {', '.join(brought[:MOST_FILES]) or 'records'}")
        dataset = Dataset(self.path)

        # Line by line as a batch, but without asking once more what was settled already: a fault that a record of the
        # dataset had before is no reason not to import.
        def edit(data: bytes) -> Pieces | None:
            if files.signature(self.path) != self._signature:
                hint = "import again, into the dataset as it is now"
                raise BadInput("another program has changed the file meanwhile", file=str(self.path), hint=hint)
            lines = Lines(data)
            self._apply(lines)
            if not lines.is_changed:
                return None
            dataset.db.storage.note = Note(purpose=purpose, changes=changes_of(lines))
            return lines.pieces()

        dataset.rewrite(edit)

    def _apply(self, lines: Lines) -> None:
        """Make the changes in the lines of the file."""
        for ref in self.touched:
            lines.put(ref, canonical.document(TABLES[kind_of(ref)], self.records[ref]))
        for ref in self.removed:
            lines.drop(ref)
        for old, new in self._new_redirects.items():
            lines.redirect(old, Redirect(old, new))
        if self.imports == self._imports:
            return
        keys = {document.get("source"): key for key, document in lines.others("imports").items()}
        for source in self._imports.keys() - self.imports.keys():
            lines.put_other("imports", keys[source], None)
        for source, each in self.imports.items():
            if each != self._imports.get(source):
                key = keys.get(source, f"imports of {source}")
                lines.put_other("imports", key, canonical.document("imports", each))

    def _new_info(self) -> Info:
        if self.info is not None:
            return msgspec.structs.replace(self.info, format=FORMAT)
        return Info(format=FORMAT, id=new_id(), title=self.title)

    def _new_tables(self, info: Info) -> dict[str, dict[int, Any]]:
        tables: dict[str, dict[int, Any]] = {"dataset": {1: info}}
        if self._new_redirects:
            tables["redirects"] = dict(enumerate((Redirect(*each) for each in self._new_redirects.items()), 1))
        if self.imports:
            tables["imports"] = dict(enumerate(self.imports.values(), 1))
        for ref, record in self.records.items():
            rows = tables.setdefault(TABLES[kind_of(ref)], {})
            rows[len(rows) + 1] = record
        return tables


def imports_of(documents: Iterable[Any], path: Path) -> list[Import]:
    """What earlier imports say of themselves; one that cannot be read counts as none."""
    every = []
    for document in documents:
        try:
            every.append(msgspec.json.decode(document, type=Import))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    return every


def new_id() -> str:
    """An id for a new dataset."""
    from uuid import uuid4

    return f"urn:uuid:{uuid4()}"


def path_beside(file: Path) -> Path:
    """Where the dataset is made for a file or folder, where nobody says: beside it, and never over anything.

    Raises:
        BadInput: There is something already, or nothing lies beside it.
    """
    if file.name in ("", ".."):
        # ``.`` and the like name a folder without saying what it is called.
        file = file.resolve()
    if not file.name:
        raise BadInput("nothing lies beside this folder", file=str(file), hint="name a dataset with --into")
    name = file.name.removesuffix(".gz")
    stem = name if file.is_dir() else name.rpartition(".")[0] or name
    if name.endswith(ENDING) and not file.is_dir():
        # It is called as what an import makes, and is likely to be that: another dataset is made of it.
        stem = f"{name.removesuffix(ENDING)}-2"
    path = file.with_name(f"{'stdin' if str(file) == '-' else stem}{ENDING}")
    if path.exists() or path.is_symlink():
        hint = f"--into {path} adds to it, --into with another name makes a new one"
        raise BadInput("there is such a file already, and nothing is written over it", file=str(path), hint=hint)
    return path
