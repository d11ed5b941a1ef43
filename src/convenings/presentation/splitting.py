"""What of a record could be another one's, a line each, for whoever splits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

from convenings.domain.basis import mark_basis
from convenings.domain.dates import date_in_words
from convenings.domain.fields import fields_of
from convenings.domain.kinds import DATE_FIELDS, KIND_OF_STRUCT, REFERENCES, kind_of
from convenings.domain.parting import Belonging, Fate, can_be_shared
from convenings.domain.record_values import Occurrence
from convenings.domain.records import Labelled, Membership, Participation, Record
from convenings.domain.text import plain
from convenings.presentation.form_readings import FormReadings
from convenings.presentation.history import value_in_words
from convenings.presentation.referrers import group_in_words, tie_in_words
from convenings.store.evidence_rules import NO_SUPPORT
from convenings.store.faults import Fault
from convenings.store.splitting import Hanging, required_fields

MOST_CHARACTERS = 200
"""Characters of a value that are shown."""
OTHER_NAMES, EVIDENCE, FIELDS = "other names", "evidence", "what it says"
Choosable = Fate | Literal["follows"]
"""What can be chosen: to follow is what evidence does of which nothing is said."""
_HEADINGS: Mapping[str, str] = {
    "names": OTHER_NAMES,
    "identifiers": "identifiers",
    "links": "links",
    "descriptions": "others' words",
    "occurrences": "where it came up",
    "evidence": EVIDENCE,
}


class SplitLine(msgspec.Struct, frozen=True):
    """Something that can go to the other record."""

    belonging: Belonging
    heading: str
    """What it stands under."""
    kind: str
    """Kind of the record that refers; empty for what the record says itself."""
    label: str
    beside: str
    fates: tuple[Choosable, ...]
    """What can become of it, what it begins with first."""


def split_lines(hanging: Hanging, readings: FormReadings) -> list[SplitLine]:
    """What hangs on a record: what refers to it, by what it is to it, then what it says, its evidence at the end."""
    referring = [_of_reference(belonging, record, readings) for belonging, record in hanging.referring]
    # Those of one heading stand together, in the order in which the first of each comes.
    headings = list(dict.fromkeys(line.heading for line in referring))
    own = list(_own_lines(hanging, readings))
    order = (OTHER_NAMES, "identifiers", "links", FIELDS)
    own.sort(key=lambda line: order.index(line.heading) if line.heading in order else len(order))
    own.sort(key=lambda line: line.heading == EVIDENCE)
    return [*sorted(referring, key=lambda line: headings.index(line.heading)), *own]


def shared_in_words(record: Record) -> str:
    """What a new record gets because none of its kind can be without it; empty where that is nothing but a name."""
    kind = KIND_OF_STRUCT[type(record)]
    fields = [field for field in fields_of(kind) if field.name in required_fields(kind)]
    values = [f"{field.words} {value_in_words(getattr(record, field.name), 40)}" for field in fields]
    return f"{', '.join(values)}: both have it, as every {kind} has one" if values else ""


def spellings(lines: Sequence[SplitLine], name: str) -> list[int]:
    """Which lines are other names that read as a name does: they go with it."""
    return [at for at, line in enumerate(lines) if line.heading == OTHER_NAMES and line.label == plain(name)]


def line_of(fault: Fault, lines: Sequence[SplitLine], ref: str) -> int:
    """Which line a fault is at: the one that it names, or the one that it follows from; -1 where it is at none.

    Args:
        fault: What speaks against a split.
        lines: All lines.
        ref: Id of the record that is split.
    """
    places = [(line.belonging.id, line.belonging.path) for line in lines]
    if (fault.record, fault.field) in places:
        return places.index((fault.record, fault.field))
    field = fault.field.partition("[")[0].partition(".")[0]
    others = [at for at, line in enumerate(lines) if line.belonging.id == fault.record and fault.record != ref]
    if others:
        return next((at for at in others if lines[at].belonging.field == field), others[0])
    # Of the record itself, and of the other one, which has what came from it.
    own = [at for at, line in enumerate(lines) if line.belonging.id == ref]
    return next((at for at in own if lines[at].belonging.field == field), -1)


def fault_in_words(fault: Fault, ref: str, label: str, other: str) -> str:
    """What speaks against a split, in a sentence that says which of the two it is about, and what to do about it here.

    Args:
        fault: What it is.
        ref: Id of the record that is split.
        label: What that is called.
        other: What the other one is called.
    """
    what, hint, field = fault.what, fault.hint, fault.field.partition("[")[0]
    is_own = kind_of(fault.record) == kind_of(ref)
    if is_own and fault.what == NO_SUPPORT:
        hint = f"let the passage for the {field.replace('_', ' ')} be that of both"
    elif is_own and fault.field == "evidence":
        what = "it has no evidence"
        hint = "let it keep a passage" if fault.record == ref else "let a passage go there"
    who = (f"{label}: " if fault.record == ref else f"{other}: ") if is_own else ""
    return plain(f"{who}{what}; {hint}")


def _of_reference(belonging: Belonging, record: Record, readings: FormReadings) -> SplitLine:
    model, kind = readings.workspace.model, KIND_OF_STRUCT[type(record)]
    field = belonging.field if "]." not in belonging.path else f"{belonging.field}.{belonging.path.rpartition('.')[2]}"
    tie = "questions" if belonging.field == "questions" else field
    row = model.row_of(belonging.id)
    label = record.label if isinstance(record, Labelled) else belonging.id
    beside = belonging.id
    if row is not None:
        label, beside = model.one(row).label, model.one(row).trailing or beside
    # What it would begin with is what is split.
    if isinstance(record, Participation) and tie == "agent":
        label, date = model.label(record.event), _date_of(record.event, readings)
        beside = ", ".join(filter(None, (mark_basis(record.role, record.role_basis), date)))
    elif isinstance(record, Membership) and tie == "person":
        label, beside = model.label(record.organisation), record.title
    words = tie_in_words(kind, tie, record.role if isinstance(record, Participation) else "")
    heading = group_in_words(kind, tie)
    if belonging.field == "occurrences":
        beside = _part_in_words(msgspec.to_builtins(record)["occurrences"], belonging, readings)
    elif words != heading and tie != "agent":
        beside = words
    is_shared = can_be_shared(msgspec.to_builtins(record), belonging)
    fates: tuple[Choosable, ...] = ("stays", "goes", "both") if is_shared else ("stays", "goes")
    return SplitLine(belonging, heading, kind, plain(label), plain(beside), fates)


def _date_of(ref: str, readings: FormReadings) -> str:
    """An event's own date in short words; empty where there is none."""
    model = readings.workspace.model
    row = model.row_of(ref)
    return "" if row is None else model.one(row).date


def _part_in_words(occurrences: Sequence[dict[str, Any]], belonging: Belonging, readings: FormReadings) -> str:
    at = int(belonging.path.partition("[")[2].partition("]")[0])
    each = msgspec.convert(occurrences[at], Occurrence)
    return f"{each.act} at {readings.workspace.model.label(each.event)}"


def _own_lines(hanging: Hanging, readings: FormReadings) -> Iterator[SplitLine]:
    record = hanging.record
    kind = KIND_OF_STRUCT[type(record)]
    document = msgspec.to_builtins(record)
    for belonging in hanging.own:
        field, _, rest = belonging.path.partition("[")
        value = document[field][int(rest.rstrip("]"))] if rest else document[field]
        words = field.replace("_", " ")
        heading = _HEADINGS.get(field, FIELDS)
        label, beside = _in_words(kind, field, value, readings), "" if field in _HEADINGS else words
        if field == "evidence":
            fields = ", ".join("everything" if name == "*" else name.replace("_", " ") for name in value["fields"])
            beside = fields
        elif field == "names":
            beside = ", ".join(filter(None, (value.get("language"), value.get("script"), value.get("type"))))
        fates: tuple[Choosable, ...] = ("stays", "goes", "both")
        if field == "evidence":
            fates = ("follows", "goes", "both", "stays")
        yield SplitLine(belonging, heading, "", plain(label), plain(beside), fates)


def _in_words(kind: str, field: str, value: Any, readings: FormReadings) -> str:
    model = readings.workspace.model
    match field:
        case "names":
            return str(value["value"])
        case "identifiers":
            return f"{value['scheme']} {value['value']}"
        case "links":
            return str(value.get("label") or value["url"])
        case "descriptions":
            return value_in_words(value["text"], MOST_CHARACTERS)
        case "occurrences":
            return f"{value['act']} at {model.label(value['event'])}"
        case "evidence":
            return readings.passage(value)
    if field in REFERENCES[kind] and isinstance(value, str):
        return model.label(value)
    return date_in_words(value) if field in DATE_FIELDS.get(kind, ()) else value_in_words(value, MOST_CHARACTERS)
