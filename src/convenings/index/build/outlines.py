"""Runs in the builder, main thread.

Sums up every event that has very many parts or parties, so that its profile reads no more of them than it shows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import accumulate
from typing import NamedTuple

from convenings.domain.days import MINUTES
from convenings.domain.records import (
    Event,
    Participation,
    Question,
    Statement,
)
from convenings.domain.roles import ROLES
from convenings.index.build.all_records import AllRecords
from convenings.index.build.related_rows import INDEPENDENT_TYPES
from convenings.index.outline import (
    FEW,
    MOST_GROUPS,
    MOST_PARTIES,
    MOST_PARTS,
    Beginning,
    Group,
    Outline,
    Parties,
    PartyCount,
    RoleCount,
)
from convenings.index.rows import Flag

PARTIES = ("person", "organisation", "initiative")
"""Kinds of those who take part in an event."""
MOST_NESTED = 8
"""How many events with an outline may be around each other: a chain of n would otherwise take n times n steps."""
Kinds = Sequence[tuple[str, tuple[int, int]]]
"""Each kind of party with its rows: the first, and one past the last."""
FIRST_PARTICIPATIONS = 60
"""Participations of one role at the event itself that are told one by one."""


class _Part(NamedTuple):
    """A part of an event, as its group asks for it."""

    row: int
    day: int | None
    minute: int | None
    place: int | None
    is_own_place: bool
    inferred: bool


class _TakingPart(NamedTuple):
    """A participation, as outlines ask for it."""

    row: int
    role: str
    agent: int | None
    """Row of who took part; None where the source names nobody."""
    inferred: bool
    parties: Mapping[int, bool]
    """Row of who took part, and for whom, to whether that is inferred."""


class _Role:
    """Who had one role."""

    def __init__(self) -> None:
        self.number = self.unnamed = self.inferred = 0
        self.agents: dict[int, None] = {}
        self.first: list[int] = []

    def count(self, role: str, kinds_of_parties: Kinds) -> RoleCount:
        """How often it was had, and by whom."""
        kinds = {
            kind: number
            for kind, (first, last) in kinds_of_parties
            if (number := sum(first <= row < last for row in self.agents))
        }
        return RoleCount(role, self.number, kinds, self.unnamed, self.inferred, self.first)


class _Party:
    """What somebody did."""

    def __init__(self) -> None:
        self.parts: set[int] = set()
        self.own_roles: dict[str, None] = {}
        self.roles: dict[str, None] = {}
        self.inferred = 0


class _Draft:
    """The outline of one event, while it is being added up."""

    def __init__(self, row: int, end: int) -> None:
        self.row, self.end = row, end
        self.types = Counter[str]()
        self.parts: list[_Part] = []
        self.own_roles: dict[str, _Role] = defaultdict(_Role)
        self.roles: dict[str, _Role] = defaultdict(_Role)
        self.parties: dict[int, _Party] = defaultdict(_Party)
        self.questions: dict[int, None] = {}
        self.statements: list[int] = []
        self.statement_number = 0

    def add(self, event: int, taking_part: _TakingPart) -> None:
        """Add who took part in an event, given its row."""
        is_own, role = event == self.row, taking_part.role
        sums = (self.own_roles if is_own else self.roles)[role]
        sums.number += 1
        sums.inferred += taking_part.inferred
        if taking_part.agent is None:
            sums.unnamed += 1
        else:
            sums.agents[taking_part.agent] = None
        if is_own and len(sums.first) < FIRST_PARTICIPATIONS:
            sums.first.append(taking_part.row)
        for row, inferred in taking_part.parties.items():
            party = self.parties[row]
            party.inferred += inferred
            if not is_own:
                party.parts.add(event)
            if row == taking_part.agent:
                (party.own_roles if is_own else party.roles)[role] = None

    def outline(self, kinds: Kinds) -> Outline:
        """The outline, given each kind of party with its rows."""
        groups, is_by_day = _groups(self.parts)
        return Outline(
            types=dict(self.types.most_common()),
            days=len({part.day for part in self.parts} - {None}),
            places=len({part.place for part in self.parts} - {None}),
            groups=groups[:MOST_GROUPS],
            group_number=len(groups),
            is_by_day=is_by_day,
            own_roles=[self.own_roles[role].count(role, kinds) for role in ROLES if role in self.own_roles],
            roles=[self.roles[role].count(role, kinds) for role in ROLES if role in self.roles],
            parties={kind: parties for kind, span in kinds if (parties := self._parties(*span)).number},
            questions=Beginning(len(self.questions), nsmallest(FEW, self.questions)),
            statements=Beginning(self.statement_number, self.statements),
        )

    def _parties(self, first: int, last: int) -> Parties:
        """Those in some rows, and of them who took part most often."""
        rows = [row for row in self.parties if first <= row < last]
        leading = nsmallest(FEW, rows, key=lambda row: (-len(self.parties[row].parts), row))
        return Parties(
            len(rows),
            [
                PartyCount(row, len(party.parts), [*party.own_roles], [*party.roles], party.inferred)
                for row in leading
                for party in (self.parties[row],)
            ],
        )


def outlines(all_records: AllRecords) -> dict[int, Outline]:
    """Row of each event with very many parts or parties to its outline.

    Args:
        all_records: All records, none forgotten.
    """
    drafts, around = _drafts(all_records)
    if not drafts:
        return {}
    row_of = all_records.rows.get
    for row, participation in all_records.of(Participation):
        event = row_of(participation.event)
        if event is not None and (each := around.get(event)):
            taking_part = _taking_part(all_records, row, participation)
            for draft in each:
                draft.add(event, taking_part)
    for row, statement in all_records.of(Statement):
        event = row_of(statement.event or "")
        for draft in around.get(event, ()) if event is not None else ():
            if draft.row != event:
                draft.statement_number += 1
                if len(draft.statements) < FEW:
                    draft.statements.append(row)
    for row, question in all_records.of(Question):
        for occurrence in question.occurrences:
            event = row_of(occurrence.event)
            for draft in around.get(event, ()) if event is not None else ():
                if draft.row != event:
                    draft.questions[row] = None
    kinds = [(kind, all_records.ranges.get(kind, (0, 0))) for kind in PARTIES]
    return {draft.row: draft.outline(kinds) for draft in drafts}


def _taking_part(all_records: AllRecords, row: int, participation: Participation) -> _TakingPart:
    inferred_fields = all_records.inferred(row)
    inferred = participation.role_basis == "inferred" or not inferred_fields.isdisjoint(("role", "agent", "event"))
    agent = all_records.rows.get(participation.agent or "")
    parties = {} if agent is None else {agent: inferred}
    for ref in participation.on_behalf_of:
        if (body := all_records.rows.get(ref)) is not None:
            parties.setdefault(body, inferred or "on_behalf_of" in inferred_fields)
    return _TakingPart(row, participation.role, agent, inferred, parties)


def _drafts(all_records: AllRecords) -> tuple[list[_Draft], dict[int, tuple[_Draft, ...]]]:
    """Events that are to have an outline, with their parts; and each event in one to those, the outermost first."""
    size = all_records.named_records.size
    totals = _totals(all_records)
    drafts: list[_Draft] = []
    around: dict[int, tuple[_Draft, ...]] = {}
    open_drafts: tuple[_Draft, ...] = ()
    minutes: dict[int, int] | None = None
    places: dict[int, int | None] = {}
    for row, event in all_records.of(Event):
        while open_drafts and open_drafts[-1].end <= row:
            open_drafts = open_drafts[:-1]
        end = row + size[row]
        is_large = size[row] - 1 > MOST_PARTS or totals[end] - totals[row] > MOST_PARTIES
        if not open_drafts and not is_large:
            continue
        if minutes is None:
            minutes = {c.row: c.start for c in all_records.named_records.clocks if not c.of_whole}
        own = all_records.rows.get(event.place or "")
        whole = all_records.rows.get(event.super_event or "")
        inherited = places.get(whole) if whole is not None and event.type not in INDEPENDENT_TYPES else None
        if open_drafts:
            places[row] = inherited if own is None else own
            part = _part(all_records, row, event, places[row], minutes.get(row), is_own_place=own == places[row])
            for draft in open_drafts:
                draft.types[event.type] += 1
                draft.parts.append(part)
        if is_large and len(open_drafts) < MOST_NESTED:
            drafts.append(_Draft(row, end))
            open_drafts = (*open_drafts, drafts[-1])
        around[row] = open_drafts
    return drafts, around


def _totals(all_records: AllRecords) -> list[int]:
    """How many participations there are at the events before each row."""
    numbers = [0] * len(all_records.named_records.size)
    for _, participation in all_records.of(Participation):
        row = all_records.rows.get(participation.event)
        if row is not None and row < len(numbers):
            numbers[row] += 1
    return [0, *accumulate(numbers)]


def _part(
    all_records: AllRecords, row: int, event: Event, place: int | None, start: int | None, *, is_own_place: bool
) -> _Part:
    (first, last), flags = all_records.named_records.days[row]
    day = first if first == last else None
    inferred = all_records.inferred(row)
    is_inferred = (
        event.place_basis == "inferred"
        or bool(flags & Flag.INFERRED and not flags & Flag.INHERITED)
        or not inferred.isdisjoint(("place", "date", "super_event"))
    )
    minute = start - day * MINUTES if start is not None and day is not None else None
    return _Part(row, day, minute, place, is_own_place, is_inferred)


def _groups(parts: Collection[_Part]) -> tuple[list[Group], bool]:
    """Parts by day and place, or by day alone where there would be too many groups; and whether it is so."""
    apart: dict[tuple[int | None, int | None], list[_Part]] = defaultdict(list)
    for part in parts:
        apart[part.day, part.place].append(part)
    days: dict[int | None, list[_Part]] = defaultdict(list)
    if is_by_day := len(apart) > MOST_GROUPS and len({day for day, _ in apart}) > 1:
        for part in parts:
            days[part.day].append(part)
        apart = {(day, None): each for day, each in days.items()}
    return sorted(_grouped(apart), key=_order), is_by_day


def _grouped(apart: dict[tuple[int | None, int | None], list[_Part]]) -> Iterator[Group]:
    for (day, place), parts in apart.items():
        minutes = [part.minute for part in parts if part.minute is not None]
        yield Group(
            day=day,
            place=place,
            part=parts[0].row,
            number=len(parts),
            places=len({part.place for part in parts} - {None}),
            timed=len(minutes),
            earliest=min(minutes, default=0),
            latest=max(minutes, default=0),
            inferred=sum(part.inferred for part in parts),
            is_own_place=all(part.is_own_place for part in parts),
        )


def _order(group: Group) -> tuple[bool, int, bool, int]:
    """By day, then in the order of the places; what has none comes last."""
    return group.day is None, group.day or 0, group.place is None, group.place or 0
