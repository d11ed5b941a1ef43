"""Runs in the builder, main thread.

What panes list and what has a name, read from as little of each record as that takes, and numbered.

This is what is read first of a large dataset, in two steps: the events in the order of the timeline, then
everybody and everything else with a name. Their rows come before all others, so that they keep their numbers when the
rest of the dataset is read.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple, ParamSpec, TypeVar

import msgspec

from convenings.domain.kinds import PANE_NAMES, PANE_OF_KIND, TABLES, WITH_NAME
from convenings.domain.names import sorting_key
from convenings.domain.roles import ROLES, SPEAKING
from convenings.domain.text import fold, plain
from convenings.index.build.record_fields import (
    DECODERS,
    MEMBERSHIPS,
    PARTIES,
    STATEMENTS,
    UNNAMED,
)
from convenings.index.build.related_rows import INDEPENDENT_TYPES, lineage, party_key
from convenings.index.build.row_order import (
    FAR,
    NO_DAYS,
    Clock,
    DayRange,
    event_clocks,
    event_days,
    event_tree,
    start_range,
)
from convenings.index.rows import KNOWN, SPOKE, START, TOOK_PART, TOOK_PART_UNNAMED
from convenings.store.layout import Layout

T = TypeVar("T")
P = ParamSpec("P")

_BIT = {role: 1 << rank for rank, role in enumerate(ROLES)}
_SPEAKING = sum(_BIT[role] for role in SPEAKING)
"""Bits of the roles in which somebody speaks."""


class InvalidRecordError(Exception):
    """Something is wrong with a record; to read it in full says what."""


@cache
def roles_in(bits: int) -> tuple[str, ...]:
    """Roles of a set of bits, in the order of the list of roles."""
    return tuple(role for role, bit in _BIT.items() if bits & bit)


@cache
def roles_in_words(bits: int) -> str:
    """Roles of a set of bits, as a row says them."""
    return ", ".join(roles_in(bits))


class NamedRecords(msgspec.Struct, eq=False):
    """Everything with a name, as far as it is read; every sequence is by row."""

    redirects: Mapping[str, str]
    """Ids that merges took out of use, to those that stand for them."""
    records: list[Any] = []
    """Of each the fields that are declared above."""
    rows: dict[str, int] = {}
    """Id to row."""
    labels: list[str] = []
    """Harmless text of one line."""
    folded: list[str] = []
    """Search copies of the labels."""
    at: array[int] = msgspec.field(default_factory=partial(array, "Q"))
    """Offset in bytes of the document in the file."""
    length: array[int] = msgspec.field(default_factory=partial(array, "I"))
    """Bytes of the document."""
    depth: array[int] = msgspec.field(default_factory=partial(array, "I"))
    """Nesting of the events, which come first."""
    size: array[int] = msgspec.field(default_factory=partial(array, "I"))
    """Rows of each event and its parts."""
    days: list[tuple[DayRange, int]] = []
    """Days of each event, and bits that say whether they are those of what it is part of, and inferred."""
    clocks: list[Clock] = []
    """When events are on that begin at a time; in no order."""
    ranges: dict[str, tuple[int, int]] = {}
    """Kind, and pane, to the rows it takes: first, and one past the last. Of participations these are the unnamed."""
    roles: dict[int, int] = {}
    """Row of a party to its roles, as bits; an organisation has those of its people, too."""
    mentioned: frozenset[str] = frozenset()
    """Ids of people and organisations that statements mention."""
    quoted: frozenset[str] = frozenset()
    """Ids of people who made a statement at an event, and have no role at any."""
    members: frozenset[str] = frozenset()
    """Ids of people who hold a membership."""

    newest: tuple[str, ...] = ()
    """Ids of what the last import brought."""

    def roles_or_type(self, row: int, record: Any) -> str:
        """Roles of a party, or else how it is known: by a statement, a membership, its type or a mention."""
        return roles_in_words(self.roles[row]) if row in self.roles else self._otherwise(record)

    def _otherwise(self, record: Any) -> str:
        if record.id in self.quoted:
            return "made a statement"
        if record.id in self.members:
            return "member"
        return "mentioned" if record.id in self.mentioned else getattr(record, "type", "")


class _Table(NamedTuple):
    """What is read of one table; every sequence is in the order of the file."""

    records: list[Any]
    at: array[int]
    """Offset in bytes of each."""
    length: array[int]
    """Bytes of each."""


class NamedRecordsReader:
    """Reads what has a name, first the events and then the rest.

    Args:
        layout: The bytes of the dataset.
        redirects: Ids that merges took out of use, to those that stand for them.
    """

    def __init__(self, layout: Layout, redirects: Mapping[str, str]) -> None:
        self._layout = layout
        self._named_records = NamedRecords(redirects)

    def events(self) -> NamedRecords:
        """The events, in the order of the timeline.

        Raises:
            BadInput: The table does not hold numbered documents.
            InvalidRecordError: Something is wrong with an event.
        """
        named_records, table = self._named_records, self._read("event")
        if named_records.redirects:
            for event in table.records:
                if event.super_event is not None:
                    event.super_event = self._current_id(event.super_event)
                if event.place is not None:
                    event.place = self._current_id(event.place)
        names, rooms = self._places(table.records)
        tree, days = event_tree(table.records, names), event_days(table.records, INDEPENDENT_TYPES)
        numbers = {event.id: number for number, event in enumerate(table.records)}
        self._add("event", table, lambda *_: [numbers[tree_row.event.id] for tree_row in tree])
        named_records.depth.extend(tree_row.depth for tree_row in tree)
        named_records.size.extend(tree_row.size for tree_row in tree)
        named_records.days += [days.get(tree_row.event.id, NO_DAYS) for tree_row in tree]
        named_records.clocks += event_clocks(tree, days, rooms)
        for pane in PANE_NAMES:
            named_records.ranges[pane] = 0, 0
        # Nothing is known yet of what is related to an event but how many parts it has.
        named_records.ranges[START] = start_range(named_records.depth, named_records.size)
        named_records.ranges["events"] = named_records.ranges.get("event", (0, 0))
        return named_records

    def everything(self) -> NamedRecords:
        """The events, and then everything else with a name.

        Raises:
            BadInput: A table does not hold numbered documents.
            InvalidRecordError: Something is wrong with a record.
        """
        named_records, places = self._named_records, dict(self._named_records.rows)
        roles, unnamed = self._parties()
        self._read_statements(roles)
        members = (self._current_id(each.person) for each in self._decoded("membership", MEMBERSHIPS))
        named_records.members = frozenset(members)
        groups: list[int] = []

        def group(ref: str) -> int:
            """Who is not in the pane, then those in its groups, the first group last."""
            if (bits := roles.get(ref, 0)) & _SPEAKING or ref in named_records.quoted:
                return 3
            return 2 if bits else int(ref in named_records.members)

        def by_occurrence(questions: list[Any], _: list[str]) -> list[int]:
            def key(number: int) -> tuple[int, int, str]:
                question = questions[number]
                row = min((places.get(self._current_id(o.event), FAR) for o in question.occurrences), default=FAR)
                return row, question.number or FAR, question.id

            return sorted(range(len(questions)), key=key)

        def by_group(parties: list[Any], folded: list[str]) -> list[int]:
            groups[:] = [group(party.id) for party in parties]
            unnamed_last = -1 if parties is unnamed.records else 1
            # Sorting is stable: by name within each group.
            return sorted(by_name(parties, folded), key=lambda number: unnamed_last * groups[number])

        for kind in WITH_NAME[1:-1]:
            self._add(kind, self._read(kind), by_occurrence if kind == "question" else by_name)
        ends = [len(named_records.records)]
        self._add("person", self._read("person"), by_group)
        ends += [ends[0] + sum(each <= number for each in groups) for number in range(4)]
        groups.clear()
        self._add("participation", unnamed, by_group)
        ends += [ends[-1] + groups.count(3), len(named_records.records)]
        # Who spoke stands in the middle, so that those with a name and those without are neighbours.
        _, first, known, took_part, _, spoke, last = ends
        named_records.ranges |= {
            "speakers": (first, last),
            KNOWN: (first, known),
            TOOK_PART: (known, took_part),
            SPOKE: (took_part, spoke),
            TOOK_PART_UNNAMED: (spoke, last),
        }
        for kind in WITH_NAME[1:-1]:
            if (pane := PANE_OF_KIND.get(kind)) is not None:
                named_records.ranges[pane] = named_records.ranges.get(kind, (0, 0))
        for ref, bits in roles.items():
            if (row := named_records.rows.get(ref)) is not None:
                named_records.roles[row] = bits
        return named_records

    def _places(self, events: list[Any]) -> tuple[dict[str, str], frozenset[str]]:
        """Ids of places, if any event has one, to what their names are put in order by; and those that are rooms."""
        if not any(event.place for event in events):
            return {}, frozenset()
        places = self._decoded("place", DECODERS["place"])
        rooms = frozenset(place.id for place in places if place.type == "room")
        return {place.id: sorting_key(fold(plain(place.label))) for place in places}, rooms

    def _read(self, kind: str) -> _Table:
        """Read a table of records that are all listed."""
        records = self._decoded(kind, DECODERS[kind])
        prefix = f"{kind}/"
        if not all(record.id.startswith(prefix) or record.id == kind for record in records):
            raise InvalidRecordError
        table = _Table(records, array("Q"), array("I"))
        for _, at, length in self._layout.spans(TABLES[kind]):
            table.at.append(at)
            table.length.append(length)
        return table

    def _parties(self) -> tuple[dict[str, int], _Table]:
        """Read the participations: id of each party to its roles as bits, and those that name nobody.

        Of a party that the source calls by the same words, for the same organisation, in several parts of one event,
        the first participation stands for all.
        """
        roles: dict[str, int] = {}
        unnamed = _Table([], array("Q"), array("I"))
        same_parties: dict[tuple[object, ...], str] = {}
        wholes = {event.id: event.super_event or "" for event in self._named_records.records}
        parties = self._decoded("participation", PARTIES)
        for party, (_, at, length) in zip(parties, self._layout.spans(TABLES["participation"]), strict=True):
            bit = _BIT[party.role]
            organisations = list(map(self._current_id, party.on_behalf_of))
            if party.agent is None:
                outermost = lineage(wholes, self._current_id(party.event))[-1] if organisations else ""
                key = party_key(party.unnamed, organisations, outermost)
                agent = same_parties.setdefault(key, party.id) if key else party.id
                if agent == party.id:
                    unnamed.records.append(_decode(UNNAMED.decode, self._layout.data[at : at + length]))
                    unnamed.at.append(at)
                    unnamed.length.append(length)
            else:
                agent = self._current_id(party.agent)
            for ref in (agent, *organisations):
                roles[ref] = roles.get(ref, 0) | bit
        return roles, unnamed

    def _read_statements(self, roles: Mapping[str, int]) -> None:
        """Read which people and organisations statements mention, and who made one at an event without any role."""
        mentioned, quoted = set[str](), set[str]()
        for statement in self._decoded("statement", STATEMENTS):
            mentioned.update(map(self._current_id, statement.mentions))
            if statement.event:
                quoted.update(map(self._current_id, statement.agents))
        self._named_records.mentioned = frozenset(
            ref for ref in mentioned if ref.startswith(("organisation/", "person/"))
        )
        self._named_records.quoted = frozenset(ref for ref in quoted - roles.keys() if ref.startswith("person/"))

    def _decoded(self, kind: str, decoder: msgspec.json.Decoder[dict[str, T]]) -> list[T]:
        return _decode(self._layout.decoded, TABLES[kind], decoder)

    def _current_id(self, ref: str) -> str:
        """The id that stands for an id after all merges."""
        return self._named_records.redirects.get(ref, ref)

    def _add(self, kind: str, table: _Table, in_order: Callable[[list[Any], list[str]], list[int]]) -> None:
        """Add the records of a kind.

        Args:
            kind: The kind.
            table: The records.
            in_order: Gives, of them and the search copies of their labels, their numbers in row order.
        """
        named_records = self._named_records
        if not table.records:
            return
        first = len(named_records.records)
        labels = [plain(record.label) for record in table.records]
        folded = list(map(fold, labels))
        order = in_order(table.records, folded)
        # Fewer come out where an id stands twice.
        if len(order) < len(table.records):
            raise InvalidRecordError
        named_records.records += [table.records[number] for number in order]
        named_records.rows.update((record.id, row) for row, record in enumerate(named_records.records[first:], first))
        named_records.labels += [labels[number] for number in order]
        named_records.folded += [folded[number] for number in order]
        named_records.at.extend(table.at[number] for number in order)
        named_records.length.extend(table.length[number] for number in order)
        named_records.ranges[kind] = first, len(named_records.records)
        if len(named_records.rows) < len(named_records.records):
            raise InvalidRecordError


def by_name(records: list[Any], folded: list[str]) -> list[int]:
    """Numbers of records by family name where there is one, else by the search copies of their labels.

    Namesakes are in the order of their labels and their ids.
    """
    keys = [
        (sorting_key(name, getattr(record, "family", ""), getattr(record, "given", "")), name, record.id)
        for name, record in zip(folded, records, strict=True)
    ]
    return sorted(range(len(keys)), key=keys.__getitem__)


def _decode(decode: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What is decoded.

    Raises:
        InvalidRecordError: It cannot be.
    """
    try:
        return decode(*args, **kwargs)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidRecordError from error
