"""What can be added that is tied to a record, and the new record to begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from convenings.domain.fields import fields_of
from convenings.domain.kinds import EVERY_KIND, KINDS, kind_of
from convenings.domain.record_values import Evidence, Occurrence
from convenings.domain.records import Record
from convenings.domain.slugs import Mint
from convenings.presentation.record_form import MARK

FIRST = ("participation", "membership", "event", "question", "statement")
"""Kinds that are offered first."""
WORDS_OF_ID = 6
"""Words of a summary that its id is made of."""


class Addition(NamedTuple):
    """A record that can be added."""

    kind: str
    field: str
    """The field by which it is tied to what is shown; empty where it is not."""

    @property
    def words(self) -> str:
        """What it is called in a list."""
        return f"{self.kind}, {self.field.replace('_', ' ')}: this one" if self.field else f"{self.kind}, by itself"


def additions(ref: str) -> list[Addition]:
    """What can be added beside a record: first what can be tied to it, then everything by itself."""
    own = kind_of(ref)
    tied = [
        Addition(kind.name, field)
        for kind in EVERY_KIND
        for field, kinds in kind.references.items()
        if own and (own in kinds or not kinds) and field != "questions"
    ]
    if own == "event":
        tied.append(Addition("question", "occurrences"))
    tied.sort(key=lambda each: FIRST.index(each.kind) if each.kind in FIRST else len(FIRST))
    return [*tied, *(Addition(kind.name, "") for kind in EVERY_KIND if kind.has_name or kind.name == "source")]


def new_record(addition: Addition, subject: Record | None) -> Record:
    """A record to begin with, tied to what is shown; what has to be said of it is empty, its evidence not looked at.

    Args:
        addition: What is added.
        subject: The record that is shown, which gives its first passage.
    """
    values: dict[str, Any] = {}
    for field in fields_of(addition.kind):
        if field.is_required and field.name != "id":
            values[field.name] = [] if field.is_list else ""
    pieces: list[Evidence] = []
    if subject is not None and subject.evidence:
        pieces = [replace(subject.evidence[0], fields=["*"], basis="stated", note=f"{MARK}: that of {subject.id}")]
    if addition.kind != "source":
        values["evidence"] = pieces
    if addition.field == "occurrences" and subject is not None:
        blank: Any = ""
        values["occurrences"] = [Occurrence(event=subject.id, act=blank, explicit=blank, evidence=pieces)]
    elif addition.field and subject is not None:
        field = next(each for each in fields_of(addition.kind) if each.name == addition.field)
        values[addition.field] = [subject.id] if field.is_list else subject.id
    return KINDS[addition.kind](id=f"{addition.kind}/new", **values)


def with_id(record: Record, is_used: Callable[[str], bool]) -> Record:
    """A new record with an id of its own, made of its label, of what it ties or of its first words.

    Args:
        record: The record.
        is_used: Whether an id is that of another record, or was.
    """
    document: dict[str, Any] = msgspec.to_builtins(record)
    kind = kind_of(record.id)
    words = document.get("label", "")
    if not words:
        ends = [document.get(field) for field in ("event", "person", "agent", "subject", "organisation", "object")]
        slugs = [end.partition("/")[2] for end in ends if isinstance(end, str)]
        beginning = " ".join(document.get("summary", "").split()[:WORDS_OF_ID])
        words = " ".join(filter(None, (*slugs, document.get("unnamed") or "", document.get("role", ""), beginning)))
    return replace(record, id=Mint(is_used).ref(kind, words or kind))
