"""What is related to what, and why: the rule behind dimming, pinning and counting, worked out once per dataset.

Two records are *related* when they are tied by participation (a session counts for its event), by membership or acting
on behalf, by statement, by occurrence of a question, by a relation, or as part and whole; in at most two steps, so that
an organisation is related to the events its people took part in. A mention ties nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

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


class Ties:
    """Pairs of ids with the reasons that relate them, in both directions."""

    def __init__(self) -> None:
        # Nearly every pair has one reason, kept as it is; the few that have more keep a list.
        self._reasons: dict[tuple[str, str], str | list[str]] = {}
        self._spoken: dict[tuple[str, str], int] = defaultdict(int)

    def add(self, a: str, b: str, why: str, back: str | None = None) -> None:
        """Relate ``a`` and ``b``: beside ``b`` stands ``why`` when ``a`` is looked at; ``back`` the other way round."""
        if a != b:
            self._add((a, b), why)
            self._add((b, a), back or why)

    def _add(self, pair: tuple[str, str], why: str) -> None:
        known = self._reasons.setdefault(pair, why)
        if known == why:
            return
        if isinstance(known, str):
            self._reasons[pair] = [known, why]
        elif why not in known:
            known.append(why)

    def add_statement(self, a: str, theme: str) -> None:
        """One more statement that ties ``a`` and a theme."""
        self._spoken[a, theme] += 1

    def items(self) -> Iterable[tuple[str, str, str]]:
        """Every pair in both directions, with its reasons in one short text."""
        for (a, theme), number in self._spoken.items():
            self.add(a, theme, f"{number} statement{'s' if number > 1 else ''}")
        for (a, b), reasons in self._reasons.items():
            yield a, b, reasons if isinstance(reasons, str) else _shortened(reasons)


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


def find_ties(records: Mapping[str, Record]) -> Ties:
    """Ties between all records of a dataset, given by id."""
    ties = Ties()
    parents = {r.id: r.super_event for r in records.values() if isinstance(r, Event) and r.super_event}
    behalf: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for record in records.values():
        if isinstance(record, Participation):
            _participation(ties, record, lineage(parents, record.event))
            if record.agent:
                behalf[record.agent, lineage(parents, record.event)[-1]].update(dict.fromkeys(record.on_behalf_of))
    for record in records.values():
        match record:
            case Event():
                for whole in lineage(parents, record.id)[1:]:
                    ties.add(record.id, whole, "whole", "part")
                if record.place:
                    ties.add(record.id, record.place, "place", record.type)
                for topic in record.topics:
                    ties.add(record.id, topic, "topic", record.type)
            case Membership():
                ties.add(record.person, record.organisation, record.title or "member")
            case Organisation() | Place() if record.parent:
                ties.add(record.id, record.parent, "parent", "unit" if isinstance(record, Organisation) else "part")
            case Relation():
                why = record.type if record.type != "other" else record.as_stated or "related"
                ties.add(record.subject, record.object, why)
            case Statement():
                _statement(ties, record, parents, behalf)
            case Question():
                _question(ties, record, parents, behalf)
    return ties


def _participation(ties: Ties, record: Participation, events: list[str]) -> None:
    party = record.agent or record.id
    for event in events:
        ties.add(event, party, record.role)
        for organisation in record.on_behalf_of:
            ties.add(event, organisation, record.role)
    for organisation in record.on_behalf_of:
        ties.add(party, organisation, record.title_as_stated or record.role)


def _statement(
    ties: Ties, record: Statement, parents: Mapping[str, str], behalf: Mapping[tuple[str, str], dict[str, None]]
) -> None:
    events = lineage(parents, record.event) if record.event else []
    speakers = (
        [record.agent, *behalf.get((record.agent, events[-1]), ())] if record.agent and events else [record.agent]
    )
    for theme in dict.fromkeys(record.themes):
        for party in dict.fromkeys((*events, *speakers)):
            if party:
                ties.add_statement(party, theme)


def _question(
    ties: Ties, record: Question, parents: Mapping[str, str], behalf: Mapping[tuple[str, str], dict[str, None]]
) -> None:
    for occurrence in record.occurrences:
        events = lineage(parents, occurrence.event)
        for event in events:
            ties.add(record.id, event, occurrence.act)
        for agent in occurrence.agents:
            ties.add(record.id, agent, occurrence.act)
            for organisation in behalf.get((agent, events[-1]), ()):
                ties.add(record.id, organisation, occurrence.act)
    for topic in record.topics:
        ties.add(record.id, topic, "topic", "question")
