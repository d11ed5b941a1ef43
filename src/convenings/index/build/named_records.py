"""What panes list and what has a name, read from as little of each record as that takes, and numbered.

This is the first thing that is known of a large dataset, in two steps: the events in the order of the timeline, then
everybody and everything else with a name. Their rows come before all others, so that they keep their numbers when the
rest of the dataset is read.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, NamedTuple, ParamSpec, TypeVar

import msgspec

from convenings.domain.kinds import PANE_NAMES, TABLES, WITH_NAME
from convenings.domain.roles import ROLES, Role
from convenings.domain.text import fold, plain
from convenings.index.build.row_order import APART, FAR, UNDATED, Span, event_days, event_tree
from convenings.store.layout import Layout

T = TypeVar("T")
P = ParamSpec("P")

_BIT = {role: 1 << rank for rank, role in enumerate(ROLES)}


class Name(msgspec.Struct, gc=False):
    """As much of another name as search asks for; so each of the following, of the record of its name."""

    value: str


class Listed(msgspec.Struct, gc=False):
    """A record with a name."""

    id: str
    label: str
    names: list[Name] = []


class ListedEvent(Listed, gc=False, kw_only=True):
    """An event."""

    type: str
    date: str | None = None
    date_basis: str | None = None
    super_event: str | None = None
    position: int | None = None


class ListedPerson(Listed, gc=False):
    """A person."""

    family: str = ""
    given: str = ""


class ListedThing(Listed, gc=False, kw_only=True):
    """Any other: an organisation, initiative, topic or place."""

    type: str
    unnamed: str | None = None


class _Occurrence(msgspec.Struct, gc=False):
    event: str


class ListedQuestion(Listed, gc=False):
    """A question."""

    number: int | None = None
    occurrences: list[_Occurrence] = []


class _Party(msgspec.Struct, gc=False):
    """As much of a participation as says who has which role."""

    role: Role
    agent: str | None = None
    on_behalf_of: list[str] = []


class ListedParty(msgspec.Struct, gc=False):
    """A participation that names nobody."""

    id: str
    unnamed: str | None = None

    @property
    def label(self) -> str:
        """What the source says of the party."""
        return self.unnamed or "unnamed"


class _Statement(msgspec.Struct, gc=False):
    mentions: list[str] = []


def _table(struct: type[T]) -> msgspec.json.Decoder[dict[str, T]]:
    return msgspec.json.Decoder(dict.__class_getitem__((str, struct)))


_STRUCTS: dict[str, type[Listed]] = {"event": ListedEvent, "person": ListedPerson, "question": ListedQuestion}
_DECODERS: dict[str, msgspec.json.Decoder[dict[str, Any]]] = {
    kind: _table(_STRUCTS.get(kind, ListedThing)) for kind in WITH_NAME
}
_PARTIES, _UNNAMED = _table(_Party), msgspec.json.Decoder(ListedParty)
_STATEMENTS = _table(_Statement)


class NotClearError(Exception):
    """Something is wrong with a record; reading the whole says what."""


@cache
def roles_in(bits: int) -> tuple[str, ...]:
    """Roles of a set of bits, in the order of the list of roles."""
    return tuple(role for role, bit in _BIT.items() if bits & bit)


@dataclass(slots=True)
class Directory:
    """Everything with a name, as far as it is read; every sequence is by row."""

    redirects: Mapping[str, str]
    """Ids that merges took out of use, to those that stand for them."""
    records: list[Any] = field(default_factory=list)
    """Of each the part that is declared above."""
    rows: dict[str, int] = field(default_factory=dict)
    """Id to row."""
    labels: list[str] = field(default_factory=list)
    """Harmless text of one line."""
    folded: list[str] = field(default_factory=list)
    """Search copies of the labels."""
    at: array[int] = field(default_factory=partial(array, "Q"))
    """Offset in bytes of the document in the file."""
    length: array[int] = field(default_factory=partial(array, "I"))
    """Bytes of the document."""
    depth: array[int] = field(default_factory=partial(array, "I"))
    """Nesting of the events, which come first."""
    size: array[int] = field(default_factory=partial(array, "I"))
    """Rows of each event and its parts."""
    days: list[tuple[Span, bool]] = field(default_factory=list)
    """Days of each event, and whether they are those of what it is part of."""
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Kind, and pane, to the rows it takes: first, and one past the last. Of participations these are the unnamed."""
    roles: dict[int, int] = field(default_factory=dict)
    """Row of a party to its roles, as bits; an organisation has those of its people, too."""
    mentioned: frozenset[str] = frozenset()
    """Ids of organisations that statements mention."""

    def part(self, row: int, record: Any) -> str:
        """Roles of a party, or else what it is."""
        unless = "mentioned" if record.id in self.mentioned else getattr(record, "type", "mentioned")
        return ", ".join(roles_in(self.roles.get(row, 0))) or unless


class _Table(NamedTuple):
    """What is read of one table; every sequence is in the order of the file."""

    records: list[Any]
    spans: list[tuple[int, int]]
    """Offset and length in bytes of each."""


class DirectoryReader:
    """Reads the directory of a dataset, first the events and then the rest.

    Args:
        layout: The bytes of the dataset.
        redirects: Ids that merges took out of use, to those that stand for them.
    """

    def __init__(self, layout: Layout, redirects: Mapping[str, str]) -> None:
        self._layout = layout
        self._directory = Directory(redirects)

    def events(self) -> Directory:
        """The events, in the order of the timeline.

        Raises:
            BadInput: The table does not hold numbered documents.
            NotClearError: Something is wrong with an event.
        """
        directory, table = self._directory, self._read("event")
        if directory.redirects:
            for event in table.records:
                if event.super_event is not None:
                    event.super_event = self._now(event.super_event)
        tree, days = event_tree(table.records), event_days(table.records, APART)
        numbers = {event.id: number for number, event in enumerate(table.records)}
        self._add("event", table, lambda *_: [numbers[placed.event.id] for placed in tree])
        directory.depth.extend(placed.depth for placed in tree)
        directory.size.extend(placed.size for placed in tree)
        directory.days += [days.get(placed.event.id, UNDATED) for placed in tree]
        for pane in PANE_NAMES:
            directory.ranges[pane] = 0, 0
        directory.ranges["events"] = directory.ranges.get("event", (0, 0))
        return directory

    def everything(self) -> Directory:
        """The same, and then everything else with a name.

        Raises:
            BadInput: A table does not hold numbered documents.
            NotClearError: Something is wrong with a record.
        """
        directory, places = self._directory, dict(self._directory.rows)
        parties, unnamed = self._parties()
        taking_part = {party.agent for party in parties}

        def by_occurrence(questions: list[Any], _: list[str]) -> list[int]:
            def key(number: int) -> tuple[int, int, str]:
                question = questions[number]
                row = min((places.get(self._now(o.event), FAR) for o in question.occurrences), default=FAR)
                return row, question.number or FAR, question.id

            return sorted(range(len(questions)), key=key)

        def by_part(people: list[Any], folded: list[str]) -> list[int]:
            order = by_name(people, folded)
            return sorted(order, key=lambda number: people[number].id in taking_part)

        for kind in WITH_NAME[1:-1]:
            self._add(kind, self._read(kind), by_occurrence if kind == "question" else by_name)
        people = len(directory.records)
        self._add("person", self._read("person"), by_part)
        silent = sum(person.id not in taking_part for person in directory.records[people:])
        self._add("participation", unnamed, by_name)
        directory.ranges["speakers"] = people + silent, len(directory.records)
        for pane, kind in (("organisations", "organisation"), ("questions", "question")):
            directory.ranges[pane] = directory.ranges.get(kind, (0, 0))
        for party in parties:
            bit = _BIT[party.role]
            for ref in (party.agent, *party.on_behalf_of):
                if (row := directory.rows.get(ref or "")) is not None:
                    directory.roles[row] = directory.roles.get(row, 0) | bit
        mentioned = (self._now(ref) for each in self._decoded("statement", _STATEMENTS) for ref in each.mentions)
        directory.mentioned = frozenset(ref for ref in mentioned if ref.startswith("organisation/"))
        return directory

    def _read(self, kind: str) -> _Table:
        """Read a table of records that are all listed."""
        found = self._decoded(kind, _DECODERS[kind])
        prefix = f"{kind}/"
        if not all(record.id.startswith(prefix) or record.id == kind for record in found):
            raise NotClearError
        return _Table(found, [(at, length) for _, at, length in self._layout.spans(TABLES[kind])])

    def _parties(self) -> tuple[list[_Party], _Table]:
        """Read the participations: all of them, and the ones that name nobody, which are listed."""
        found, unnamed = self._decoded("participation", _PARTIES), _Table([], [])
        for party, (_, at, length) in zip(found, self._layout.spans(TABLES["participation"]), strict=True):
            if party.agent is None:
                unnamed.records.append(_clear(_UNNAMED.decode, self._layout.data[at : at + length]))
                unnamed.spans.append((at, length))
        if self._directory.redirects:
            for party in found:
                party.agent = party.agent and self._now(party.agent)
                party.on_behalf_of = [self._now(ref) for ref in party.on_behalf_of]
        return found, unnamed

    def _decoded(self, kind: str, decoder: msgspec.json.Decoder[dict[str, T]]) -> list[T]:
        return _clear(self._layout.decoded, TABLES[kind], decoder)

    def _now(self, ref: str) -> str:
        """The id that stands for an id now."""
        return self._directory.redirects.get(ref, ref)

    def _add(self, kind: str, table: _Table, in_order: Callable[[list[Any], list[str]], list[int]]) -> None:
        """Add the records of a kind.

        Args:
            kind: The kind.
            table: The records.
            in_order: Gives, of them and the search copies of their labels, their numbers in row order.
        """
        directory = self._directory
        if not table.records:
            return
        first = len(directory.records)
        labels = [plain(record.label) for record in table.records]
        folded = list(map(fold, labels))
        order = in_order(table.records, folded)
        if len(order) < len(table.records):
            raise NotClearError
        directory.records += [table.records[number] for number in order]
        directory.rows.update((record.id, row) for row, record in enumerate(directory.records[first:], first))
        directory.labels += [labels[number] for number in order]
        directory.folded += [folded[number] for number in order]
        directory.at.extend(table.spans[number][0] for number in order)
        directory.length.extend(table.spans[number][1] for number in order)
        directory.ranges[kind] = first, len(directory.records)
        if len(directory.rows) < len(directory.records):
            raise NotClearError


def by_name(records: list[Any], folded: list[str]) -> list[int]:
    """Numbers of records by the search copies of their labels, namesakes by their ids."""
    keys = [(name, record.id) for name, record in zip(folded, records, strict=True)]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _clear(decode: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What is decoded.

    Raises:
        NotClearError: It cannot be.
    """
    try:
        return decode(*args, **kwargs)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise NotClearError from error
