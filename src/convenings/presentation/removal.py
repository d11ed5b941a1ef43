"""What becomes of other records where one is removed: what cannot be without it goes, too, others lose the link."""

from __future__ import annotations

from typing import Any

import msgspec

from convenings.domain.edits import Change
from convenings.domain.errors import BadInput
from convenings.domain.kinds import DESCRIPTION_REFERENCES, KIND_OF_STRUCT, KINDS, REFERENCES
from convenings.domain.records import Participation, Record
from convenings.domain.references import CITED
from convenings.index.model import ReadModel

MOST_REFERRERS = 2000
"""Records that may refer to what is removed here."""
_HINT = "convenings remove and convenings add - do it for many"


def removal(model: ReadModel, ref: str) -> list[Change]:
    """What it takes to remove a record so that nothing refers to what is not there, the record itself first.

    Raises:
        BadInput: Records rest on it as their source, or too many refer to it.
    """
    record = model.find(ref)
    if record is None:
        raise BadInput(f"there is no record '{ref}'", hint="check the id")
    present: dict[str, Record] = {record.id: record}
    after: dict[str, Record | None] = {record.id: None}
    gone = [record.id]
    while gone:
        target = gone.pop()
        row = model.row_of(target)
        if row is None:
            continue
        if model.referrer_count(row) > MOST_REFERRERS:
            raise BadInput(f"more than {MOST_REFERRERS:,} records refer to it", hint=_HINT)
        referrers = model.referrers(row, MOST_REFERRERS)
        if any(each.field == CITED for each in referrers):
            raise BadInput("records rest on this source", hint="u lists them; give them other evidence first")
        for number in dict.fromkeys(each.row for each in referrers):
            other = model.record(number)
            present.setdefault(other.id, other)
            now = after.get(other.id, other)
            if now is None:
                continue
            after[other.id] = without(now, target)
            if after[other.id] is None:
                gone.append(other.id)
    return [Change(present[each], after[each]) for each in after]


def without(record: Record, ref: str) -> Record | None:
    """A record without its links to another one; nothing where it cannot be without one of them."""
    kind = KIND_OF_STRUCT[type(record)]
    document: dict[str, Any] = msgspec.to_builtins(record)
    required = {info.name for info in msgspec.structs.fields(type(record)) if info.required}
    for field in REFERENCES[kind]:
        value = document.get(field)
        if isinstance(value, list):
            rest = [each for each in value if (each.get("question") if isinstance(each, dict) else each) != ref]
            if not rest and value and (field in required or field == "agents"):
                # Nobody would be left who said it, and the report did not.
                return None
            document[field] = rest
        elif value == ref:
            if field in required or (isinstance(record, Participation) and field == "agent"):
                return None
            document.pop(field)
            document.pop(f"{field}_basis", None)
    occurrences = [each for each in document.get("occurrences", ()) if each.get("event") != ref]
    for occurrence in occurrences:
        occurrence["agents"] = [agent for agent in occurrence.get("agents", ()) if agent != ref]
        occurrence["evidence"] = _supporting(occurrence)
    if "occurrences" in document:
        document["occurrences"] = occurrences
    for description in document.get("descriptions", ()):
        for field in DESCRIPTION_REFERENCES:
            if description.get(field) == ref:
                description.pop(field)
    document["evidence"] = _supporting(document)
    return msgspec.convert(document, KINDS[kind])


def _supporting(holder: dict[str, Any]) -> list[dict[str, Any]]:
    """The evidence of a record, or of a part, each piece with those of its fields that are still set."""
    pieces = []
    for piece in holder.get("evidence", ()):
        fields = [name for name in piece["fields"] if name == "*" or holder.get(name) not in (None, "", [])]
        if fields:
            pieces.append(piece | {"fields": fields})
    return pieces
