"""Records of another dataset of ours put into this one: equal ones become one, an id of two things is renamed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from convenings.domain.kinds import KIND_OF_STRUCT, kind_of
from convenings.domain.records import Labelled, Record
from convenings.domain.references import map_references, references
from convenings.interchange.arrivals import Outcome
from convenings.interchange.reports import FileReport
from convenings.interchange.settling import is_alike, settle
from convenings.interchange.target import Target

_Rename = Callable[[str], str]
_TELLING = ("agent", "unnamed")
"""Fields that tell a record without a name from others, beside those that it must have."""


def join(target: Target, came: Outcome, records: Mapping[str, Record], report: FileReport) -> None:
    """Put records of another dataset into this one.

    Args:
        target: This dataset.
        came: What came of the file of the other one.
        records: Its records that are sound.
        report: What is said of it.
    """
    ids = _ids(target, records)
    renamed = {old: new for old, new in ids.items() if old != new and old not in target.redirects}

    def new_id(ref: str) -> str:
        # What the other dataset merged may have another id here.
        ref = came.redirects.get(ref, ref)
        return ids.get(ref, target.redirects.get(ref, ref))

    for record in records.values():
        theirs = _with_id(record, ids[record.id], new_id)
        kind = KIND_OF_STRUCT[type(record)]
        ours = target.records.get(theirs.id)
        if ours is None:
            report.made[kind] += 1
            target.put(theirs)
            continue
        settled = settle(None, ours, theirs, "")
        result = settled.record
        pieces = [piece for piece in theirs.evidence if piece not in ours.evidence]
        result = msgspec.structs.replace(result, evidence=[*ours.evidence, *pieces])
        report.conflicts += settled.conflicts
        if is_alike(result, ours):
            report.unchanged[kind] += 1
        else:
            report.updated[kind] += 1
        if result != ours:
            target.put(result)
    _bring_along(target, came, new_id)
    report.remarks += [f"{old} names another record here, and is {new}" for old, new in renamed.items()]


def _with_id(record: Record, ref: str, new_id: _Rename) -> Record:
    """A record under its id here, pointing at ids of here."""
    if any(new_id(each) != each for _, each in references(record)):
        record = map_references(record, new_id)
    return record if record.id == ref else msgspec.structs.replace(record, id=ref)


def _ids(target: Target, records: Mapping[str, Record]) -> dict[str, str]:
    """Id of each record of the other dataset to the one that it has here."""
    ids: dict[str, str] = {}

    def new_id(ref: str) -> str:
        return ids.get(ref, ref)

    # What others point at is settled first, so that what points at them can be compared.
    for record in sorted(records.values(), key=lambda each: not isinstance(each, Labelled)):
        number, ref = 1, record.id
        while True:
            ours = target.records.get(target.redirects.get(ref, ref))
            if ours is not None and _is_one(ours, record, new_id):
                ids[record.id] = ours.id
                break
            is_own = ref in records and ref != record.id
            if ours is None and ref not in target.redirects and ref not in target.broken and not is_own:
                ids[record.id] = ref
                break
            number += 1
            ref = f"{record.id}-{number}"
    return ids


def _is_one(ours: Record, theirs: Record, new_id: _Rename) -> bool:
    """Whether two records of one id are of the same thing: of one name, or of one claim."""
    if type(ours) is not type(theirs):
        return False
    if isinstance(ours, Labelled) and isinstance(theirs, Labelled):
        return ours.label == theirs.label
    theirs = map_references(theirs, new_id)
    telling = [info.name for info in msgspec.structs.fields(type(ours)) if info.required and info.name != "id"]
    telling += [name for name in _TELLING if name in ours.__struct_fields__]
    return all(getattr(ours, name) == getattr(theirs, name) for name in telling)


def _bring_along(target: Target, came: Outcome, new_id: _Rename) -> None:
    """Redirects and imports of the other dataset; what this one has already stays."""
    for old, new in came.redirects.items():
        if old not in target.records and old not in target.redirects and new_id(new) in target.records:
            target.redirect(old, new_id(new))
    for each in came.imports:
        source = new_id(each.source)
        if source in target.imports or source not in target.records:
            continue
        brought = {new_id(ref): entry for ref, entry in each.records.items()}
        there = {ref: entry for ref, entry in brought.items() if ref in target.records and kind_of(ref)}
        target.imports[source] = msgspec.structs.replace(each, source=source, records=there)
