"""Records as the objects that ``--json`` prints."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from convenings.domain.basis import inferred_fields
from convenings.domain.kinds import KINDS
from convenings.domain.labels import label
from convenings.domain.records import Event, Record, Statement
from convenings.domain.references import ids_in, references
from convenings.index.model import ReadModel
from convenings.index.questions import Row
from convenings.index.rows import LABEL_LENGTH
from convenings.presentation.event_times import WholeEvents


def record_object(model: ReadModel, row: int, wholes: WholeEvents | None = None) -> dict[str, Any]:
    """A record with all its fields by the names of the data model, absent ones at their defaults.

    ``id``, ``kind`` (of record; the sort within a kind is ``type``) and ``label`` come first, ``evidence`` last. An
    event has its ``start`` and ``end`` besides, and the ``zone`` that it has from what it is part of.

    Args:
        model: The read model.
        row: The row of the record.
        wholes: What events have from others, where several records are asked for.
    """
    record = model.record(row)
    fields = {name: plain_object(getattr(record, name)) for name in record.__struct_fields__}
    first = {"id": record.id, "kind": model.one(row).kind, "label": label(record, model.label)}
    if isinstance(record, Event):
        fields |= (wholes or WholeEvents(model)).times(record)._asdict()
    if isinstance(record, Statement):
        # As they were called in format 1, for those who read them.
        fields["agent"] = record.agents[0] if record.agents else None
        fields["themes"] = [*ids_in(record.questions), *record.topics]
    evidence = fields.pop("evidence")
    others = {name: value for name, value in fields.items() if name not in first}
    inferred = {"inferred": _inferred_fields(record)} if "inferred" not in others else {}
    return first | others | inferred | {"evidence": evidence}


def _inferred_fields(record: Record) -> list[str]:
    """Fields of a record that any evidence infers, or that say themselves that they are inferred."""
    based = [
        name.removesuffix("_basis")
        for name in record.__struct_fields__
        if name.endswith("_basis") and getattr(record, name) == "inferred"
    ]
    return sorted({*inferred_fields(record), *(name for name in based if name in record.__struct_fields__)})


def plain_object(value: Any) -> Any:
    """A value of the data model as objects, lists, texts and numbers, with what is at its default written out."""
    if isinstance(value, msgspec.Struct):
        return {name: plain_object(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, list):
        return [plain_object(item) for item in value]
    return value


def hit_object(model: ReadModel, row: Row, context: str, reading: str = "") -> dict[str, str]:
    """A row of a search; ``basis`` says on what the context rests where any of it is inferred.

    ``reading`` says as what the line was read, where not as it is: ``without who, the``.
    """
    hit = {"id": row.id, "kind": row.kind, "label": whole_label(model, row), "context": context}
    return hit | ({"basis": "inferred"} if "(inferred)" in context else {}) | ({"reading": reading} if reading else {})


def whole_label(model: ReadModel, row: Row) -> str:
    """The label of a row, of which the index keeps no more than :data:`~convenings.index.rows.LABEL_LENGTH`."""
    return row.label if len(row.label) < LABEL_LENGTH else label(model.record(row.row), model.label)


def related_objects(model: ReadModel, row: int) -> dict[str, list[dict[str, str]]]:
    """Kind to everything tied to a record, each once: ``id``, ``label``, ``why`` and ``basis``.

    ``why`` is the tie in words (a role, a title, an act, a number of statements) where the two are related, and the
    name of the field where one refers to the other, whichever does. ``basis`` is ``inferred`` where any of the tie in
    words is.
    """
    reasons: dict[int, dict[str, None]] = defaultdict(dict)
    for kind in KINDS:
        for other, reason in model.reasons(row, *model.range(kind)).items():
            reasons[other][reason] = None
    record: Record = model.record(row)
    for name, ref in references(record):
        if (target := model.row_of(ref)) is not None:
            reasons[target][name] = None
    for referrer in model.referrers(row, model.referrer_count(row)):
        reasons[referrer.row][referrer.field] = None
    reasons.pop(row, None)
    by_kind: dict[str, list[dict[str, str]]] = {kind: [] for kind in KINDS}
    for other in sorted(reasons):
        linked = model.one(other)
        why = ", ".join(reasons[other])
        basis = "inferred" if "inferred)" in why else "stated"
        by_kind[linked.kind].append({"id": linked.id, "label": linked.label, "why": why, "basis": basis})
    return {kind: entries for kind, entries in by_kind.items() if entries}
