"""Records of a reading that a dataset can hold: those that break a rule are left out, with what depends on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT, REFERENCES
from convenings.domain.records import Record
from convenings.domain.references import ids_in, references
from convenings.interchange.outcome import place_of
from convenings.interchange.reading import Skipped
from convenings.store import rules
from convenings.store.book import Book, Finding


def sift(
    records: Mapping[str, Record], others: Mapping[str, Record], redirects: Mapping[str, str]
) -> tuple[dict[str, Record], list[Skipped]]:
    """The records that keep the rules of the data model, and why each of the other ones does not.

    Where what a record refers to is left out, an optional reference to it is left out, too; a record that cannot be
    without it goes.

    Args:
        records: Id to record, of a reading.
        others: Id to record, of the dataset into which they go.
        redirects: Of that dataset.
    """
    sound, skipped = dict(records), list[Skipped]()
    waiting: Iterable[str] = list(sound)
    while waiting:
        book = Book(records={**others, **sound}, redirects=dict(redirects))
        bad: dict[str, Finding] = {}
        for ref in waiting:
            record = sound[ref]
            kind = KIND_OF_STRUCT[type(record)]
            if finding := next((each for rule in rules.RULES for each in rule(kind, record, book)), None):
                bad[ref] = finding
        for ref, finding in bad.items():
            reason = f"{finding.field}: {finding.what}" if finding.field else finding.what
            skipped.append(Skipped(place_of(sound.pop(ref)), reason))
        # What an event lost may be what a session of it was measured by, so all that points at a loss is looked at.
        waiting = _without(sound, bad) if bad else ()
    return sound, skipped


def _without(sound: dict[str, Record], lost: Mapping[str, object]) -> list[str]:
    """Take optional references to lost records out; gives the ids of all that referred to one."""
    affected = []
    for ref, record in sound.items():
        if any(target in lost for _, target in references(record)):
            affected.append(ref)
            sound[ref] = _unlinked(record, lost)
    return affected


def _unlinked(record: Record, lost: Mapping[str, object]) -> Record:
    """A record without its optional references to lost ones; required ones stay, for the rules to name."""
    changes: dict[str, Any] = {}
    required = {info.name for info in msgspec.structs.fields(type(record)) if info.required}
    for name in REFERENCES[KIND_OF_STRUCT[type(record)]]:
        value = getattr(record, name)
        if name in required or not any(ref in lost for ref in ids_in(value)):
            continue
        changes[name] = None if isinstance(value, str) else [ref for ref in value if ref not in lost]
    empty = {name for name, value in changes.items() if not value}
    if not empty:
        return msgspec.structs.replace(record, **changes)
    for name in empty:
        if f"{name}_basis" in record.__struct_fields__:
            changes[f"{name}_basis"] = None
    pieces = [
        msgspec.structs.replace(piece, fields=fields)
        for piece in record.evidence
        if (fields := [name for name in piece.fields if name not in empty])
    ]
    return msgspec.structs.replace(record, **changes, evidence=pieces)
