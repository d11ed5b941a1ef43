"""Runs in the builder, main thread.

What is related to what, and why: the rule behind dimming, pinning and counting, worked out once per dataset.

Two records are *related* by participation (a session counts for its event), by membership or acting
on behalf, by statement, by occurrence of a question, by a relation, or as part and whole; in at most two steps, so that
an organisation is related to the events its people took part in. A mention relates nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
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
"""How far a chain of parts and wholes is followed: the pairs of one that is n deep grow with the square of n."""


class RelatedRows(NamedTuple):
    """What one row is related to."""

    row: int
    others: list[int]
    """Rows, sorted."""
    reasons: list[int]
    """Beside each, the code of the reason."""


class RelatedPairs:
    """Pairs of rows with the reasons that relate them, in both directions.

    Args:
        number: How many rows there are.
    """

    def __init__(self, number: int) -> None:
        # Nearly every pair has one reason, held as its code; the few that have more hold a list. A negative number
        # stands for so many statements, the last one in a list: their count is a reason only once all are read.
        self._of: list[dict[int, int | list[int]] | None] = [None] * number
        self.statements: dict[int, array[int]] = {}
        """Row of an organisation to the rows of the statements that people made at events to which they came for it."""
        self._codes: dict[str, int] = {}
        self._codes_of_counts: dict[int, int] = {}
        self.reasons: list[str] = []
        """By code, the reason in one short text."""

    def add(self, a: int, b: int, reason: str, back: str | None = None) -> None:
        """Relate two rows.

        Args:
            a: A row.
            b: Another row; nothing is related to itself.
            reason: What stands beside ``b`` for somebody who looks at ``a``.
            back: What stands beside ``a`` for somebody who looks at ``b``, where that is not the same.
        """
        if a != b:
            self._add(a, b, reason)
            self._add(b, a, back or reason)

    def _add(self, a: int, b: int, reason: str) -> None:
        code = self._codes.get(reason)
        if code is None:
            code = self._code(reason)
        others = self._of[a]
        if others is None:
            self._of[a] = {b: code}
            return
        codes = others.setdefault(b, code)
        if codes == code:
            return
        if isinstance(codes, int):
            others[b] = [codes, code] if codes >= 0 else [code, codes]
        elif code not in codes:
            codes.insert(len(codes) - (codes[-1] < 0), code)

    def add_statement(self, a: int, theme: int) -> None:
        """One more statement that relates ``a`` and a theme."""
        if a != theme:
            self._count_statement(a, theme)
            self._count_statement(theme, a)

    def _count_statement(self, a: int, b: int) -> None:
        others = self._of[a]
        if others is None:
            self._of[a] = {b: -1}
            return
        codes = others.get(b)
        if codes is None:
            others[b] = -1
        elif isinstance(codes, int):
            others[b] = codes - 1 if codes < 0 else [codes, -1]
        elif codes[-1] < 0:
            codes[-1] -= 1
        else:
            codes.append(-1)

    def by_row(self) -> Iterator[RelatedRows]:
        """What each row that is related to any is related to, by row; each is given once, and forgotten."""
        for row, others in enumerate(self._of):
            if others:
                rows = sorted(others)
                reasons = [
                    codes if codes.__class__ is int and codes >= 0 else self._one(codes)
                    for codes in map(others.__getitem__, rows)
                ]
                self._of[row] = None
                yield RelatedRows(row, rows, reasons)

    def _one(self, codes: int | list[int]) -> int:
        """The code of several reasons, or of a number of statements, in one text."""
        if isinstance(codes, int):
            code = self._codes_of_counts.get(codes)
            if code is None:
                code = self._codes_of_counts[codes] = self._code(_counted(codes))
            return code
        return self._code(_shortened([self.reasons[code] if code >= 0 else _counted(code) for code in codes]))

    def _code(self, reason: str) -> int:
        code = self._codes.setdefault(reason, len(self._codes))
        if code == len(self.reasons):
            self.reasons.append(reason)
        return code


def _counted(code: int) -> str:
    """The reason that a negative number stands for."""
    return "1 statement" if code == -1 else f"{-code} statements"


def _shortened(reasons: list[str]) -> str:
    """The first reasons, roles in the order of the list of roles, and how many more there are."""
    ordered = sorted(reasons, key=_RANK.__getitem__) if _RANK.keys() >= set(reasons) else reasons
    rest = len(ordered) - REASONS_SHOWN
    return ", ".join(ordered[:REASONS_SHOWN]) + (f" +{rest}" if rest > 0 else "")


def lineage(parents: Mapping[str, str], ref: str) -> list[str]:
    """``ref`` and all it is part of, innermost first; ends where a chain would come round again, or gets too long."""
    chain = {ref: None}
    while (ref := parents.get(ref, "")) and ref not in chain and len(chain) < DEEPEST:
        chain[ref] = None
    return list(chain)


class Relater:
    """Goes through the records and relates them, each kind by its own rule.

    Participations go first, each to :meth:`participation`, as the other rules rest on them; then all records, each to
    :meth:`relate`.

    Args:
        records: Rows and records, the events among them.
        rows: Id to row.
    """

    def __init__(self, records: Iterable[tuple[int, Record]], rows: Mapping[str, int]) -> None:
        self.pairs = RelatedPairs(len(rows))
        self._row = rows.get
        parents = {event.id: event.super_event or "" for _, event in records if isinstance(event, Event)}
        self._lines = {event: self._line(parents, event) for event in parents}
        self._behalf: dict[tuple[str, str], tuple[int, ...]] = {}
        """Agent and outermost event, to the organisations for which that agent came."""

    def relate(self, records: Iterable[tuple[int, Record]]) -> None:
        """Relate records, given with their rows, to others by the rules of their kinds."""
        for row, record in records:
            if (rule := _RULES.get(type(record))) is not None:
                rule(self, row, record)

    def _line(self, parents: Mapping[str, str], event: str) -> tuple[list[int], str]:
        """Rows of an event and all it is part of, and the id of the outermost."""
        line = lineage(parents, event)
        return self._rows(line), line[-1]

    def _rows(self, refs: Sequence[str]) -> list[int]:
        return [row for ref in refs if (row := self._row(ref)) is not None]

    def _add(self, row: int, ref: str | None, reason: str, back: str | None = None) -> None:
        if ref and (other := self._row(ref)) is not None:
            self.pairs.add(row, other, reason, back)

    def participation(self, row: int, record: Participation) -> None:
        events, outermost = self._lines.get(record.event, ([], record.event))
        party = row if record.agent is None else self._row(record.agent)
        organisations = self._rows(record.on_behalf_of)
        add, role = self.pairs.add, record.role
        for event in events:
            if party is not None:
                add(event, party, role)
            for organisation in organisations:
                add(event, organisation, role)
        for organisation in organisations:
            if party is not None:
                add(party, organisation, record.title_as_stated or role)
        if record.agent and organisations:
            others = self._behalf.get((record.agent, outermost), ())
            self._behalf[record.agent, outermost] = tuple(dict.fromkeys((*others, *organisations)))

    def event(self, row: int, record: Event) -> None:
        for larger in self._lines[record.id][0][1:]:
            self.pairs.add(row, larger, "whole", "part")
        self._add(row, record.place, "place", record.type)
        for topic in record.topics:
            self._add(row, topic, "topic", record.type)

    def membership(self, _: int, record: Membership) -> None:
        if (person := self._row(record.person)) is not None:
            self._add(person, record.organisation, record.title or "member")

    def part(self, row: int, record: Organisation | Place) -> None:
        self._add(row, record.parent, "parent", "unit" if isinstance(record, Organisation) else "part")

    def relation(self, _: int, record: Relation) -> None:
        if (subject := self._row(record.subject)) is not None:
            own = record.tie or record.as_stated or "related"
            self._add(subject, record.object, own if record.type == "other" else record.type)

    def statement(self, row: int, record: Statement) -> None:
        parties: list[int] = []
        if record.event:
            events, outermost = self._lines.get(record.event, ([], record.event))
            parties += events
            parties += self._rows(record.agents)
            behalf = [self._behalf.get((agent, outermost), ()) for agent in record.agents]
            for organisation in dict.fromkeys(chain.from_iterable(behalf)):
                parties.append(organisation)
                self.pairs.statements.setdefault(organisation, array("I")).append(row)
        else:
            parties += self._rows(record.agents)
        parties = list(dict.fromkeys(parties))
        for theme in dict.fromkeys((*(bearing.question for bearing in record.questions), *record.topics)):
            if (about := self._row(theme)) is not None:
                for party in parties:
                    self.pairs.add_statement(party, about)

    def question(self, row: int, record: Question) -> None:
        add = self.pairs.add
        for occurrence in record.occurrences:
            events, outermost = self._lines.get(occurrence.event, ([], occurrence.event))
            for event in events:
                add(row, event, occurrence.act)
            for agent in occurrence.agents:
                self._add(row, agent, occurrence.act)
                for organisation in self._behalf.get((agent, outermost), ()):
                    add(row, organisation, occurrence.act)
        for topic in record.topics:
            self._add(row, topic, "topic", "question")


_RULES: dict[type[Record], Callable[[Relater, int, Any], None]] = {
    Event: Relater.event,
    Membership: Relater.membership,
    Organisation: Relater.part,
    Place: Relater.part,
    Relation: Relater.relation,
    Statement: Relater.statement,
    Question: Relater.question,
}
"""Kind of record to the rule that relates it. Participations go first, by a call of their own."""
