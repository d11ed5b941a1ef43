"""Runs in the builder, main thread.

What is related to what, and why: the rule behind dimming, pinning and counting, worked out once per dataset.

Two records are *related* when they are tied by participation (a session counts for its event), by membership or acting
on behalf, by statement, by occurrence of a question, by a relation, or as part and whole; in at most two steps, so that
an organisation is related to the events its people took part in. A mention ties nothing.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from convenings.domain.records import (
    Event,
    Membership,
    Organisation,
    Participation,
    Place,
    Question,
    Record,
    Relation,
    Statement,
)
from convenings.domain.roles import ROLES

_RANK = {role: rank for rank, role in enumerate(ROLES)}
REASONS_SHOWN = 2
"""How many reasons a row names; "+2" stands for the others."""
DEEPEST = 64
"""How far a chain of wholes is followed: the ties of one that is nested in itself n times grow with the square of n."""


class RelatedRows(NamedTuple):
    """What one row is related to."""

    row: int
    others: array[int]
    """Rows, sorted."""
    whys: array[int]
    """Beside each, the code of the reason."""


class RelatedPairs:
    """Pairs of rows with the reasons that relate them, in both directions.

    Args:
        number: How many rows there are.
    """

    def __init__(self, number: int) -> None:
        # Nearly every pair has one reason, kept as its code; the few that have more keep a list.
        self._of: list[dict[int, int | list[int]] | None] = [None] * number
        self._spoken: dict[tuple[int, int], int] = defaultdict(int)
        self.said: dict[int, array[int]] = {}
        """Row of an organisation to the rows of what those said at an event who had come there for it."""
        self._codes: dict[str, int] = {}
        self.reasons: list[str] = []
        """By code, the reason in one short text."""

    def add(self, a: int, b: int, why: str, back: str | None = None) -> None:
        """Relate ``a`` and ``b``: beside ``b`` stands ``why`` when ``a`` is looked at; ``back`` the other way round."""
        if a != b:
            self._add(a, b, why)
            self._add(b, a, back or why)

    def _add(self, a: int, b: int, why: str) -> None:
        code = self._codes.get(why)
        if code is None:
            code = self._code(why)
        others = self._of[a]
        if others is None:
            self._of[a] = {b: code}
            return
        known = others.setdefault(b, code)
        if known == code:
            return
        if isinstance(known, int):
            others[b] = [known, code]
        elif code not in known:
            known.append(code)

    def add_statement(self, a: int, theme: int) -> None:
        """One more statement that ties ``a`` and a theme."""
        self._spoken[a, theme] += 1

    def by_row(self) -> Iterator[RelatedRows]:
        """What each row that is related to any is related to, by row."""
        for (a, theme), number in self._spoken.items():
            self.add(a, theme, f"{number} statement{'s' if number > 1 else ''}")
        self._spoken.clear()
        for row, others in enumerate(self._of):
            if others:
                rows = sorted(others)
                whys = map(others.__getitem__, rows)
                yield RelatedRows(
                    row, array("I", rows), array("I", [w if isinstance(w, int) else self._several(w) for w in whys])
                )

    def _several(self, codes: list[int]) -> int:
        """Code of several reasons in one text."""
        return self._code(_shortened([self.reasons[code] for code in codes]))

    def _code(self, why: str) -> int:
        code = self._codes.setdefault(why, len(self._codes))
        if code == len(self.reasons):
            self.reasons.append(why)
        return code


def _shortened(reasons: list[str]) -> str:
    """The first reasons, roles in the order of the list of roles, and how many more there are."""
    shown = sorted(reasons, key=_RANK.__getitem__) if _RANK.keys() >= set(reasons) else reasons
    rest = len(shown) - REASONS_SHOWN
    return ", ".join(shown[:REASONS_SHOWN]) + (f" +{rest}" if rest > 0 else "")


def lineage(parents: Mapping[str, str], ref: str) -> list[str]:
    """``ref`` and all it is part of, innermost first; ends where a chain would come round again, or gets too long."""
    chain = {ref: None}
    while (ref := parents.get(ref, "")) and ref not in chain and len(chain) < DEEPEST:
        chain[ref] = None
    return list(chain)


def relate_records(records: Sequence[Record], rows: Mapping[str, int]) -> RelatedPairs:
    """Ties between all records of a dataset; what points at no record ties nothing.

    Args:
        records: By row.
        rows: Id to row.
    """
    relater = _Relater(records, rows)
    for row, record in enumerate(records):
        if isinstance(record, Participation):
            relater.participation(row, record)
    for row, record in enumerate(records):
        if (tie := _RULES.get(type(record))) is not None:
            tie(relater, row, record)
    return relater.ties


class _Relater:
    """Goes through the records and ties them, each kind by its own rule."""

    def __init__(self, records: Sequence[Record], rows: Mapping[str, int]) -> None:
        self.ties = RelatedPairs(len(rows))
        self._row = rows.get
        parents = {r.id: r.super_event for r in records if isinstance(r, Event) and r.super_event}
        self._lines = {r.id: self._line(parents, r.id) for r in records if isinstance(r, Event)}
        self._behalf: dict[tuple[str, str], dict[int, None]] = {}
        """Agent and whole event, to the organisations for which that agent came."""

    def _line(self, parents: Mapping[str, str], event: str) -> tuple[list[int], str]:
        """Rows of an event and all it is part of, and the id of the outermost."""
        line = lineage(parents, event)
        return self._rows(line), line[-1]

    def _rows(self, refs: Sequence[str]) -> list[int]:
        return [row for ref in refs if (row := self._row(ref)) is not None]

    def _relate(self, row: int, ref: str | None, why: str, back: str | None = None) -> None:
        if ref and (other := self._row(ref)) is not None:
            self.ties.add(row, other, why, back)

    def participation(self, row: int, record: Participation) -> None:
        events, whole = self._lines.get(record.event, ([], record.event))
        party = row if record.agent is None else self._row(record.agent)
        organisations = self._rows(record.on_behalf_of)
        add, role = self.ties.add, record.role
        for event in events:
            if party is not None:
                add(event, party, role)
            for organisation in organisations:
                add(event, organisation, role)
        for organisation in organisations:
            if party is not None:
                add(party, organisation, record.title_as_stated or role)
        if record.agent and organisations:
            self._behalf.setdefault((record.agent, whole), {}).update(dict.fromkeys(organisations))

    def event(self, row: int, record: Event) -> None:
        for whole in self._lines[record.id][0][1:]:
            self.ties.add(row, whole, "whole", "part")
        self._relate(row, record.place, "place", record.type)
        for topic in record.topics:
            self._relate(row, topic, "topic", record.type)

    def membership(self, _: int, record: Membership) -> None:
        if (person := self._row(record.person)) is not None:
            self._relate(person, record.organisation, record.title or "member")

    def part(self, row: int, record: Organisation | Place) -> None:
        self._relate(row, record.parent, "parent", "unit" if isinstance(record, Organisation) else "part")

    def relation(self, _: int, record: Relation) -> None:
        if (subject := self._row(record.subject)) is not None:
            self._relate(
                subject, record.object, record.type if record.type != "other" else record.as_stated or "related"
            )

    def statement(self, row: int, record: Statement) -> None:
        parties: list[int] = []
        if record.event:
            events, whole = self._lines.get(record.event, ([], record.event))
            parties += events
            if record.agent:
                parties += self._rows([record.agent])
                for organisation in self._behalf.get((record.agent, whole), ()):
                    parties.append(organisation)
                    self.ties.said.setdefault(organisation, array("I")).append(row)
        elif record.agent:
            parties += self._rows([record.agent])
        parties = list(dict.fromkeys(parties))
        for theme in dict.fromkeys(record.themes):
            if (about := self._row(theme)) is not None:
                for party in parties:
                    self.ties.add_statement(party, about)

    def question(self, row: int, record: Question) -> None:
        add = self.ties.add
        for occurrence in record.occurrences:
            events, whole = self._lines.get(occurrence.event, ([], occurrence.event))
            for event in events:
                add(row, event, occurrence.act)
            for agent in occurrence.agents:
                self._relate(row, agent, occurrence.act)
                for organisation in self._behalf.get((agent, whole), ()):
                    add(row, organisation, occurrence.act)
        for topic in record.topics:
            self._relate(row, topic, "topic", "question")


_RULES: dict[type[Record], Callable[[_Relater, int, Any], None]] = {
    Event: _Relater.event,
    Membership: _Relater.membership,
    Organisation: _Relater.part,
    Place: _Relater.part,
    Relation: _Relater.relation,
    Statement: _Relater.statement,
    Question: _Relater.question,
}
"""Kind of record to the rule by which it ties, participations apart: they go first, as others rest on them."""
