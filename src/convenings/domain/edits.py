"""Changes of records as plain values: what each was before and is after, several in one step, and how one is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from convenings.domain.kinds import kind_of
from convenings.domain.records import Record

StepKind = Literal["edit", "add", "remove", "merge", "split", "import", "many", "format", "undo", "redo"]
"""What a step does: ``many`` changes more than one record in one go, ``format`` only how the file is written."""

Document = dict[str, Any]
"""A record, or another document of a dataset, as JSON has it."""


class Change(msgspec.Struct, frozen=True):
    """What becomes of one record: it is added where there is nothing before, removed where there is nothing after."""

    before: Record | None
    after: Record | None

    @property
    def id(self) -> str:
        """The id of the record."""
        record = self.after or self.before
        assert record is not None
        return record.id

    @property
    def inverse(self) -> Change:
        """What undoes it."""
        return Change(self.after, self.before)

    def on(self, record: Record | None) -> Change:
        """What changes the fields that this does in a record as it is by now; this itself where it adds or removes."""
        before, after = self.before, self.after
        if record is None or before is None or after is None:
            return self
        fields = [name for name in after.__struct_fields__ if getattr(before, name) != getattr(after, name)]
        return Change(record, msgspec.structs.replace(record, **{name: getattr(after, name) for name in fields}))


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """Changes that are made, and undone, together."""

    changes: Sequence[Change]
    """Of each record at most one."""
    why: str = ""
    """The reason, where somebody gives one."""

    @property
    def inverse(self) -> Edit:
        """What undoes it."""
        return Edit(changes=[change.inverse for change in reversed(self.changes)], why=self.why)

    def on(self, records: Mapping[str, Record | None]) -> Edit:
        """What changes the fields that this does in records as they are by now; what is not among them is as it was."""
        return msgspec.structs.replace(self, changes=[change.on(records.get(change.id)) for change in self.changes])

    @property
    def kind(self) -> StepKind:
        """What it does."""
        if all(change.before is None for change in self.changes):
            return "add"
        if all(change.after is None for change in self.changes):
            return "remove"
        return "many" if len(self.changes) > 1 else "edit"


class FieldConflict(msgspec.Struct, frozen=True):
    """A field of which somebody else has made something else meanwhile."""

    id: str
    field: str
    """Its name; empty where the whole record was added or removed meanwhile."""
    before: Any
    """What it was when the change was begun, as JSON has it; nothing where it was not set."""
    theirs: Any
    """What it is now."""
    ours: Any
    """What it was to become."""


def changed_fields(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """The fields in which two documents differ, those of the first in its order first; of one alone, all of its own."""
    one, two = before or {}, after or {}
    return [name for name in {**one, **two} if one.get(name) != two.get(name)]


def carried_over(
    ref: str, before: Document | None, after: Document | None, present: Document | None
) -> tuple[Document | None, list[FieldConflict]]:
    """A change made to a document as it is now, and not as it was when the change was begun.

    What somebody else has changed in other fields stays; a field that both have changed is a conflict, unless both have
    made the same of it.

    Args:
        ref: The id, for the conflicts.
        before: What the document was when the change was begun; nothing where there was none.
        after: What it was to become; nothing where it was to go.
        present: What it is now.

    Returns:
        What it is to be, and what speaks against it.
    """
    if present in (before, after):
        return after, []
    if before is None or present is None:
        return present, [FieldConflict(ref, "", before, present, after)]
    if after is None:
        names = changed_fields(before, present)
        return present, [FieldConflict(ref, name, before.get(name), present.get(name), None) for name in names]
    result = dict(present)
    conflicts: list[FieldConflict] = []
    for name in changed_fields(before, after):
        theirs, ours = present.get(name), after.get(name)
        if theirs not in (before.get(name), ours):
            conflicts.append(FieldConflict(ref, name, before.get(name), theirs, ours))
        elif name in after:
            result[name] = ours
        else:
            result.pop(name, None)
    return result, conflicts


def title_of(kind: StepKind, ids: Sequence[str], label: str = "", fields: Sequence[str] = ()) -> str:
    """What a step is called in words: ``changed date, place of event/fair``, ``removed 12 records``.

    Args:
        kind: What it does.
        ids: The records that it changes.
        label: What the one record is called, where there is one only.
        fields: The fields of it that change.
    """
    verb = _VERBS[kind]
    if len(ids) == 1:
        name = f"{label} ({ids[0]})" if label else ids[0]
        what = f"{', '.join(field.replace('_', ' ') for field in fields)} of {name}" if fields else name
        return f"{verb} {what}"
    kinds = {kind_of(ref) for ref in ids}
    word = f"{kinds.pop()} records" if len(kinds) == 1 and "" not in kinds else "records"
    return f"{verb} {len(ids):,} {word}" if ids else verb


def words_of(kind: StepKind, title: str) -> str:
    """What a step is called where it stands among others: of one that takes another back, with that."""
    return f"{_VERBS[kind]}: {title}" if kind in ("undo", "redo") else title


_VERBS: Mapping[StepKind, str] = {
    "edit": "changed",
    "add": "added",
    "remove": "removed",
    "merge": "merged",
    "split": "split",
    "import": "imported",
    "many": "changed",
    "format": "rewrote the file",
    "undo": "undid",
    "redo": "did again",
}
