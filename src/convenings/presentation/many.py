"""One change in many records: which records and fields it can be of, and what it comes to in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convenings.domain.edits import Change
from convenings.domain.fields import Field, Resolve, fields_of, record_with, value_of
from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.records import Record
from convenings.index.model import ReadModel

TIES = (("membership", "person"), ("participation", "agent"))
"""Kinds of record that say of people, and of others, for whom they were where, and the field by which they do."""


class ManyField(NamedTuple):
    """A field that can be changed in many records."""

    kind: str
    """Kind of the records that have it."""
    tie: str
    """The field by which they point at the records chosen; empty where they are these themselves."""
    field: Field

    @property
    def words(self) -> str:
        """What it is called in a list: ``organisation of their memberships``; where it ends in "of", ``in`` them."""
        of = ", in" if self.field.words.endswith(" of") else " of"
        return f"{self.field.words}{of} their {self.kind}s" if self.tie else self.field.words


def many_fields(kinds: Sequence[str]) -> list[ManyField]:
    """The fields that records of some kinds have in common, then those of what says where they belong."""
    common = [field for field in fields_of(kinds[0]) if field.is_typed and field.sort != "part"]
    for kind in kinds[1:]:
        names = {field.name for field in fields_of(kind)}
        common = [field for field in common if field.name in names]
    own = [ManyField("" if len(kinds) > 1 else kinds[0], "", field) for field in common]
    tied = [
        ManyField(kind, tie, field)
        for kind, tie in TIES
        if {"person", "organisation"} & set(kinds)
        for field in fields_of(kind)
        if field.is_typed and field.sort != "part" and field.name != tie and (tie == "agent" or "person" in kinds)
    ]
    return [*tied, *own] if "person" in kinds else [*own, *tied]


def many_changes(model: ReadModel, refs: Sequence[str], chosen: ManyField, text: str, resolve: Resolve) -> list[Change]:
    """What a value comes to in each record in which it is another one.

    Raises:
        BadInput: The text is no value of the field.
    """
    value = value_of(chosen.field, "\n".join(text.split(",")) if chosen.field.is_list else text, resolve)
    name = chosen.field.name
    records = (record for record in _records(model, refs, chosen) if getattr(record, name) != value)
    return [Change(record, record_with(record, {name: value})) for record in records]


def _records(model: ReadModel, refs: Sequence[str], chosen: ManyField) -> Sequence[Record]:
    rows = list(model.rows_of(refs).values())
    if chosen.tie:
        tied = (model.referring(row, chosen.kind, (chosen.tie,)) for row in rows)
        rows = list(dict.fromkeys(row for each in tied for row in each))
    return [each for each in model.records(rows) if not chosen.kind or KIND_OF_STRUCT[type(each)] == chosen.kind]
