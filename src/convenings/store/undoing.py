"""Undo and redo: the last step that is not undone, over nothing that somebody else has changed since."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from convenings.domain.edits import Change, Document, FieldConflict, StepKind, carried_over
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, kind_of
from convenings.domain.references import references
from convenings.store import canonical
from convenings.store.canonical import Redirect
from convenings.store.conflicts import Conflicts
from convenings.store.dataset import Dataset
from convenings.store.decoding import BadRecord, decode
from convenings.store.journal import Entry, Journal, Purpose, Standing
from convenings.store.line_changes import NOTHING, LineChange, change_of, changes_of
from convenings.store.noting import Note, dataset_id, step_of
from convenings.store.splice import Lines, Pieces


class Undone(msgspec.Struct, frozen=True, kw_only=True):
    """What was undone, or done again."""

    of: int
    """Number of the step that was undone, or done again."""
    title: str
    """What that step is called."""
    who: str
    """By whom it was."""
    at: str
    """When it was, in UTC."""
    ids: list[str]
    """The records that are otherwise now."""


class Target(NamedTuple):
    """A step that can be undone, or an undo that can be taken back."""

    entry: Entry
    is_exact: bool
    """Whether nobody else has changed the file since."""

    @property
    def number(self) -> int:
        """Of the step, which may have been done again since."""
        return self.entry.step.of or self.entry.step.number


def last_to_undo(journal: Journal, standing: Standing) -> Target | None:
    """The last step that is not undone; nothing where there is none."""
    undone: dict[int, int] = {}
    is_exact = True
    for entry in journal.chain(standing):
        is_exact = is_exact and entry.is_left_alone
        target = Target(entry, is_exact)
        if entry.step.kind == "undo":
            undone[target.number] = undone.get(target.number, 0) + 1
        elif undone.get(target.number):
            undone[target.number] -= 1
        elif entry.step.records or entry.step.kind != "format":
            return target
    return None


def last_to_redo(journal: Journal, standing: Standing) -> Target | None:
    """The undo that was made last and is not taken back, where nothing else has been done since; else nothing."""
    again: dict[int, int] = {}
    is_exact = True
    for entry in journal.chain(standing):
        is_exact = is_exact and entry.is_left_alone
        target = Target(entry, is_exact)
        if entry.step.kind == "redo":
            again[target.number] = again.get(target.number, 0) + 1
        elif entry.step.kind == "undo":
            if not again.get(target.number):
                return target
            again[target.number] -= 1
        elif entry.step.kind != "format":
            return None
    return None


class Foreseen(NamedTuple):
    """What taking a step back, or doing it again, is going to come to."""

    title: str
    """What the step is called."""
    changes: list[Change]
    """What becomes of which records; nothing where that has to be worked out."""


def foreseen(dataset: Dataset, *, again: bool, most: int) -> Foreseen | None:
    """What :func:`undo`, or :func:`redo`, is going to do to the file as it is, from the journal alone.

    Args:
        dataset: The dataset; nothing but its journal is read where this program wrote it last.
        again: Whether the last step that is undone is done again.
        most: Of more changed records than this it is not said what becomes of them.

    Raises:
        BadInput: The file or the step cannot be read.
    """
    journal = Journal(dataset.path)
    target = (last_to_redo if again else last_to_undo)(journal, journal.standing(dataset.db.storage.content_hash()))
    if target is None:
        return None
    step = target.entry.step
    # What somebody else has changed since may not be as the step left it.
    changes = target.entry.changes() if target.is_exact and step.records <= most else []
    return Foreseen(step.title, [change_of(change).inverse for change in changes if change.is_of_record])


def undo(dataset: Dataset, who: str | None = None) -> Undone:
    """Undo the last step that is not undone, as one step.

    What somebody else has changed in other records and fields since stays as it is.

    Args:
        dataset: The dataset.
        who: By whom; nothing where that is to be looked up in the user's own data.

    Raises:
        Conflicts: Somebody else has changed the same fields since.
        BadInput: There is nothing to undo, other records refer to what would go, or it cannot be saved.
    """
    return take_back(dataset, again=False, who=who)[0]


def redo(dataset: Dataset, who: str | None = None) -> Undone:
    """Do the step again that was undone last; else as :func:`undo`."""
    return take_back(dataset, again=True, who=who)[0]


def take_back(dataset: Dataset, *, again: bool, who: str | None = None) -> tuple[Undone, list[LineChange]]:
    """Undo the last step, or do it again, and give also what has become of every document; else as :func:`undo`."""
    kind: StepKind = "redo" if again else "undo"
    last = last_to_redo if again else last_to_undo
    nothing = "there is nothing to do again" if again else "there is nothing to undo"
    results: list[tuple[Undone, list[LineChange]]] = []

    def edit(data: bytes) -> Pieces | None:
        journal = Journal(dataset.path)
        content_hash = dataset.db.storage.content_hash()
        target = last(journal, journal.standing(content_hash))
        if target is None:
            hint = "see convenings history for what was done; what the dataset began with is no step"
            raise BadInput(nothing, file=str(dataset.path), hint=hint)
        step = target.entry.step
        lines = Lines(data)
        _put_back(lines, target, str(dataset.path))
        changes = changes_of(lines) if lines.is_changed else []
        purpose = Purpose(kind=kind, title=step.title, who=who, of=target.number)
        ids = [change.id for change in changes if change.is_of_record]
        undone = Undone(of=target.number, title=step.title, who=step.who, at=step.at, ids=ids)
        results.append((undone, changes))
        if not changes:
            # Somebody else has taken it back by hand: the journal has to say so, or it would be tried for ever.
            with journal.step(step_of(journal, purpose, content_hash, content_hash, [], dataset_id(data)), []):
                return None
        dataset.db.storage.note = Note(purpose=purpose, changes=changes)
        return lines.pieces()

    dataset.rewrite(edit)
    return results[-1]


def _put_back(lines: Lines, target: Target, file: str) -> None:
    """Let lines be what they were before a step, as far as nobody else has changed them.

    Raises:
        Conflicts: Somebody has.
        BadInput: Something would refer to what is not there.
    """
    conflicts: list[FieldConflict] = []
    changed: list[tuple[LineChange, bytes]] = []
    for change in reversed(target.entry.changes()):
        present = _present(lines, change)
        before, after = bytes(change.after), bytes(change.before)
        # Nearly always nobody has, and nothing need be decoded.
        result = after
        if present != before:
            document, more = carried_over(change.id, *map(_DOCUMENT.decode, (before, after, present)))
            conflicts += more
            result = _NULL if document is None else canonical.document(change.table, document)
        if not conflicts and result != present:
            _put(lines, change, None if result == _NULL else result)
            changed.append((change, present))
    if conflicts:
        raise Conflicts(conflicts, file)
    if not target.is_exact:
        _refuse_dangling(lines, changed, file)


def _present(lines: Lines, change: LineChange) -> bytes:
    """The document as it is now; ``null`` where there is none."""
    match change.table:
        case "redirects":
            redirect = lines.redirects.get(change.id)
            return _NULL if redirect is None else msgspec.json.encode(redirect)
        case "imports" | "dataset":
            _, document = _other(lines, change)
            return canonical.document(change.table, document) if document else _NULL
    return lines.encoded(change.id) or _NULL


def _put(lines: Lines, change: LineChange, document: bytes | None) -> None:
    if change.table == "redirects":
        lines.redirect(change.id, None if document is None else msgspec.json.decode(document, type=Redirect))
    elif not change.is_of_record:
        key, _ = _other(lines, change)
        lines.put_other(change.table, key, document)
    elif document is None:
        lines.drop(change.id)
    else:
        lines.restore(change.id, change.table, document, change.number)


def _other(lines: Lines, change: LineChange) -> tuple[str, Document | None]:
    """Key and document of an import, or of what the dataset says of itself; a key for a new one where there is none."""
    for key, document in lines.others(change.table).items():
        if change.table == "dataset" or document.get("source") == change.id:
            return key, document
    return f"{change.table} of {change.id}", None


def _refuse_dangling(lines: Lines, changed: Sequence[tuple[LineChange, bytes]], file: str) -> None:
    """Refuse where a record would refer to one that somebody else has removed, or one goes that others refer to.

    Raises:
        BadInput: It would.
    """
    records = [(change.id, present) for change, present in changed if change.is_of_record]
    for ref, present in records:
        for target in _references(ref, lines.encoded(ref)) - _references(ref, present):
            if not lines.has(target) and target not in lines.redirects:
                what = f"'{ref}' would refer to '{target}', which is no longer there"
                raise BadInput(what, file=file, hint="add that record again first")
    gone = {ref for ref, _ in records if not lines.has(ref)}
    for key in lines.every_key() if gone else ():
        if both := _references(key, lines.encoded(key)) & gone:
            what = f"'{key}' refers to '{min(both)}', which would go"
            raise BadInput(what, file=file, hint="change or remove that record first")


def _references(key: str, data: bytes | None) -> set[str]:
    """Ids to which a record points."""
    if data is None or not _REFERENCE.search(data):
        return set()
    try:
        return {ref for _, ref in references(decode(kind_of(key), data))}
    except (BadRecord, LookupError):
        return set()


_NULL = bytes(NOTHING)
_REFERENCE = re.compile(rb'[\[:,]"(?:%b)/' % b"|".join(kind.encode() for kind in KINDS))
_DOCUMENT = msgspec.json.Decoder(Document | None)
