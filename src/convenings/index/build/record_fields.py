"""Runs in the builder, main thread.

As much of each record as the names, the rows and the panes take: reading only these fields is what a large dataset
waits for.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from convenings.domain.kinds import WITH_NAME
from convenings.domain.roles import Role

T = TypeVar("T")


class NameFields(msgspec.Struct, gc=False):
    """The fields of another name that search asks for."""

    value: str


class NamedFields(msgspec.Struct, gc=False):
    """The fields of a record with a name that its row and search ask for; so each of the following."""

    id: str
    label: str
    names: list[NameFields] = []


class EventFields(NamedFields, gc=False, kw_only=True):
    """An event."""

    type: str
    date: str | None = None
    date_basis: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    status: str | None = None
    zone: str | None = None
    place: str | None = None
    super_event: str | None = None
    position: int | None = None


class PersonFields(NamedFields, gc=False):
    """A person."""

    family: str = ""
    given: str = ""


class TypedFields(NamedFields, gc=False, kw_only=True):
    """Any other: an organisation, initiative, topic or place."""

    type: str
    unnamed: str | None = None


class OccurrenceFields(msgspec.Struct, gc=False):
    """A question at an event."""

    event: str


class QuestionFields(NamedFields, gc=False):
    """A question."""

    number: int | None = None
    occurrences: list[OccurrenceFields] = []


class ParticipationFields(msgspec.Struct, gc=False):
    """The fields of a participation that say who has which role."""

    id: str
    event: str
    role: Role
    agent: str | None = None
    unnamed: str | None = None
    on_behalf_of: list[str] = []


class UnnamedPartyFields(msgspec.Struct, gc=False):
    """A participation that names nobody."""

    id: str
    unnamed: str | None = None

    @property
    def label(self) -> str:
        """What the source says of the party."""
        return self.unnamed or "unnamed"


class StatementFields(msgspec.Struct, gc=False):
    """The fields of a statement that say whom it ties."""

    event: str | None = None
    agents: list[str] = []
    mentions: list[str] = []


class MembershipFields(msgspec.Struct, gc=False):
    """The field of a membership that says whose it is."""

    person: str


def _table(struct: type[T]) -> msgspec.json.Decoder[dict[str, T]]:
    return msgspec.json.Decoder(dict.__class_getitem__((str, struct)))


STRUCTS: dict[str, type[NamedFields]] = {"event": EventFields, "person": PersonFields, "question": QuestionFields}
DECODERS: dict[str, msgspec.json.Decoder[dict[str, Any]]] = {
    kind: _table(STRUCTS.get(kind, TypedFields)) for kind in WITH_NAME
}
PARTIES, UNNAMED = _table(ParticipationFields), msgspec.json.Decoder(UnnamedPartyFields)
STATEMENTS, MEMBERSHIPS = _table(StatementFields), _table(MembershipFields)
