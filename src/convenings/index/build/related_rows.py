"""Runs in the builder, main thread.

What is related to what, and why: the rule behind dimming, pinning and counting, worked out once per dataset.

Two records are *related* by participation (a session counts for its event), by membership or acting
on behalf, by statement, by occurrence of a question, by a relation, or as part and whole; in at most two steps, so that
an organisation is related to the events its people took part in. A conference is not where, nor about what, one of its
sessions is: what was on in a room is asked for by what relates to that. A mention relates nothing.

A reason says what the records say: a role at a session is told with the session, and what is inferred is marked.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

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
from convenings.index.build.reasons import Reasons, counted, marked, occurrence_key, of_statements
from convenings.index.build.related_pairs import RelatedPairs

INDEPENDENT_TYPES = frozenset({"visit"})
"""Types of events that need not take place within the time, nor at the place, of what they are part of."""
DEEPEST = 64
"""How far a chain of parts and wholes is followed: the pairs of one that is n deep grow with the square of n."""
NOTHING: frozenset[str] = frozenset()


def party_key(unnamed: str | None, organisations: Collection[str], outermost: str) -> tuple[object, ...]:
    """What an unnamed party has in common with itself in another part of the same event; nothing where it is told apart
    by no organisation."""
    return (unnamed, tuple(sorted(organisations)), outermost) if organisations else ()


def _counters() -> dict[int, Counter[int]]:
    return defaultdict(Counter)


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
        inferred: Gives of a row the fields of its record that are inferred; of the occurrences of a question those for
            which :func:`~convenings.index.build.reasons.occurrence_key` stands.
        labels: Label of each event, by row.
    """

    def __init__(
        self,
        records: Iterable[tuple[int, Record]],
        rows: Mapping[str, int],
        inferred: Callable[[int], frozenset[str]] = lambda _: NOTHING,
        labels: Mapping[int, str] | Sequence[str] = (),
    ) -> None:
        events = [(row, event) for row, event in records if isinstance(event, Event)]
        self.reasons = Reasons(labels or {row: event.label for row, event in events})
        self.pairs = RelatedPairs(len(rows), self.reasons)
        self.pairs.further = self._by_place_and_topic
        self._row, self._inferred = rows.get, inferred
        parents = {event.id: event.super_event or "" for _, event in events}
        self._lines = {event: self._line(parents, event) for event in parents}
        self._events_about: dict[int, list[int]] = defaultdict(list)
        """Row of a place or topic to those of the events there, and about it."""
        self._shared, self._shared_inferred = _counters(), _counters()
        """Row of a place to those of the topics of what was there, and back, each with how many events that were."""
        for row, event in events:
            pairs = list(product(self._rows([event.place] if event.place else []), self._rows(event.topics)))
            is_inferred = bool(pairs) and self._is_inferred_where_or_what(row, event)
            for place, topic in pairs:
                for counters in (self._shared, self._shared_inferred)[: 1 + is_inferred]:
                    counters[place][topic] += 1
                    counters[topic][place] += 1
            for subject in self._rows([*([event.place] if event.place else ()), *event.topics]):
                self._events_about[subject].append(row)
        self._behalf: dict[tuple[str, str], dict[int, bool]] = {}
        """Agent and outermost event, to the organisations for which that agent came, and whether that is inferred."""
        self._same_parties: dict[tuple[object, ...], int] = {}
        """What tells an unnamed party from others, to the row that stands for it."""
        self._role_events, self._role_parties, self._role_codes = array("I"), array("I"), array("I")
        """Of each role of a party at an event the rows of both, and the code of the reason."""
        self._roles_of: dict[int, array[int]] = defaultdict(lambda: array("I"))
        """Row of a party, or of an event, to where in these its roles stand, or the roles at it and its parts."""
        by_row = dict(events)
        self._all_subjects = {
            line[0]: self._subjects_in([by_row[row] for row in line if row in by_row])
            for line, _ in self._lines.values()
            if line
        }
        """Row of a session to the rows of what it, or what it is part of, is about, and of the place where it was."""

    def relate(self, records: Iterable[tuple[int, Record]]) -> None:
        """Relate records, given with their rows, to others by the rules of their kinds."""
        for row, record in records:
            if (rule := _RULES.get(type(record))) is not None:
                rule(self, row, record)

    def _line(self, parents: Mapping[str, str], event: str) -> tuple[list[int], str]:
        """Rows of an event and all it is part of, and the id of the outermost."""
        line = lineage(parents, event)
        return self._rows(line), line[-1]

    def _subjects_in(self, line: Sequence[Event]) -> tuple[int, ...]:
        """What an event is about, given with all it is part of: the topics of all, and the nearest place."""
        refs: list[str] = []
        is_placed = False
        for event in line:
            refs += event.topics
            if event.place and not is_placed:
                refs.append(event.place)
            is_placed = is_placed or bool(event.place) or event.type in INDEPENDENT_TYPES
        return tuple(dict.fromkeys(self._rows(refs)))

    def _is_inferred_where_or_what(self, row: int, event: Event) -> bool:
        inferred = self._inferred(row)
        return event.place_basis == "inferred" or not inferred.isdisjoint({"place", "topics"})

    def _rows(self, refs: Sequence[str]) -> list[int]:
        return [row for ref in refs if (row := self._row(ref)) is not None]

    def _add(self, row: int, ref: str | None, reason: str, back: str | None = None) -> None:
        if ref and (other := self._row(ref)) is not None:
            code = self.reasons.code
            self.pairs.add(row, other, code(reason), None if back is None else code(back))

    def participation(self, row: int, record: Participation) -> None:
        events, outermost = self._lines.get(record.event, ([], record.event))
        party = self._party(row, record, outermost)
        organisations = self._rows(record.on_behalf_of)
        inferred = self._inferred(row)
        guessed = record.role_basis == "inferred" or not inferred.isdisjoint({"role", "agent", "event"})
        behalf = not inferred.isdisjoint({"on_behalf_of"})
        add, role = self.pairs.add, self.reasons.role
        for event in events:
            at = None if event == events[0] else events[0]
            if party is not None:
                add(event, party, role(record.role, at, inferred=guessed))
            for organisation in organisations:
                add(event, organisation, role(record.role, at, inferred=guessed or behalf))
        for organisation in organisations:
            if party is not None:
                why = marked(record.title_as_stated or record.role, behalf or guessed)
                add(party, organisation, self.reasons.code(why))
        if events:
            for other, mark in ((party, guessed), *((each, guessed or behalf) for each in organisations)):
                if other is not None:
                    self._note_role(events, other, role(record.role, events[0], inferred=mark))
        if record.agent and organisations:
            others = self._behalf.setdefault((record.agent, outermost), {})
            for organisation in organisations:
                others[organisation] = others.get(organisation, True) and (behalf or guessed)

    def _party(self, row: int, record: Participation, outermost: str) -> int | None:
        """Row of who took part: of the agent, or that which stands for an unnamed party."""
        if record.agent is not None:
            return self._row(record.agent)
        key = party_key(record.unnamed, record.on_behalf_of, outermost)
        return self._same_parties.setdefault(key, row) if key else row

    def _note_role(self, events: Sequence[int], party: int, code: int) -> None:
        at = len(self._role_codes)
        self._role_events.append(events[0])
        self._role_parties.append(party)
        self._role_codes.append(code)
        self._roles_of[party].append(at)
        for event in events:
            if event in self._all_subjects:
                self._roles_of[event].append(at)

    def _by_place_and_topic(self, row: int) -> Iterator[tuple[int, int]]:
        """Parties of the sessions at a place or about a topic, given its row; of a party, these places and topics."""
        subjects, events = self._all_subjects, self._role_events
        for event in self._events_about.get(row, ()):
            for at in self._roles_of.get(event, ()):
                if row in subjects[events[at]]:
                    yield self._role_parties[at], self._role_codes[at]
        inferred = self._shared_inferred.get(row, Counter[int]())
        for other, number in self._shared.get(row, {}).items():
            yield other, self.reasons.code(counted(number, "event", inferred[other]))
        if row not in subjects:
            for at in self._roles_of.get(row, ()):
                code = self._role_codes[at]
                for subject in subjects[events[at]]:
                    yield subject, code

    def event(self, row: int, record: Event) -> None:
        inferred = self._inferred(row)
        mark = "super_event" in inferred
        for larger in self._lines[record.id][0][1:]:
            self.pairs.add(
                row, larger, self.reasons.code(marked("whole", mark)), self.reasons.code(marked("part", mark))
            )
        self._subject(row, record.place, "place", record, record.place_basis == "inferred" or "place" in inferred)
        for topic in record.topics:
            self._subject(row, topic, "topic", record, "topics" in inferred)

    def _subject(self, row: int, ref: str | None, word: str, record: Event, inferred: bool) -> None:
        back = f"{record.type}, by its {word} (inferred)" if inferred else record.type
        self._add(row, ref, marked(word, inferred), back)

    def membership(self, row: int, record: Membership) -> None:
        if (person := self._row(record.person)) is not None:
            mark = not self._inferred(row).isdisjoint({"person", "organisation", "title"})
            self._add(person, record.organisation, marked(record.title or "member", mark))

    def part(self, row: int, record: Organisation | Place) -> None:
        mark = record.parent_basis == "inferred" or "parent" in self._inferred(row)
        back = "unit" if isinstance(record, Organisation) else "part"
        self._add(row, record.parent, marked("parent", mark), marked(back, mark))

    def relation(self, row: int, record: Relation) -> None:
        if (subject := self._row(record.subject)) is not None:
            mark = not self._inferred(row).isdisjoint({"type", "subject", "object"})
            own = record.tie or record.as_stated or "related"
            self._add(subject, record.object, marked(own if record.type == "other" else record.type, mark))

    def statement(self, row: int, record: Statement) -> None:
        """A party, an event or an organisation is related to a theme by the number of its statements."""
        inferred = self._inferred(row)
        by_agent = "agents" in inferred
        # Row of a party to whether its tie to the statement is inferred, and whether that was made in a part of it.
        parties: dict[int, tuple[bool, bool]] = {}
        if record.event:
            events, outermost = self._lines.get(record.event, ([], record.event))
            for event in events:
                parties[event] = "event" in inferred, event != events[0]
            for agent in self._rows(record.agents):
                parties.setdefault(agent, (by_agent, False))
            behalf: dict[int, bool] = {}
            for ref in record.agents:
                for organisation, guessed in self._behalf.get((ref, outermost), {}).items():
                    behalf[organisation] = behalf.get(organisation, True) and (by_agent or guessed)
            for organisation, guessed in behalf.items():
                parties.setdefault(organisation, (guessed, False))
                self.pairs.statements.setdefault(organisation, array("I")).append(row)
        else:
            parties |= dict.fromkeys(self._rows(record.agents), (by_agent, False))
        self._as_row(row, record, parties)
        themes = {bearing.question: bearing.basis == "inferred" for bearing in record.questions}
        for theme, linked in (themes | dict.fromkeys(record.topics, "topics" in inferred)).items():
            if (about := self._row(theme)) is not None:
                for party, (guessed, in_part) in parties.items():
                    number = of_statements(inferred=linked or guessed, in_part=in_part)
                    self.pairs.add_statements(party, about, number)

    def _as_row(self, row: int, record: Statement, parties: Mapping[int, tuple[bool, bool]]) -> None:
        """A statement is related to where it was made, to who made it or came for whom, and to what it is about."""
        code, event, agents = self.reasons.code, self._row(record.event or ""), {*self._rows(record.agents)}
        for party, (guessed, in_part) in parties.items():
            why = "made it" if party in agents else "made in a part" if in_part else "made for it"
            why = "made there" if party == event else why
            self.pairs.add(row, party, code(marked(why, guessed)), code(marked(record.type, guessed)))
        for bearing in record.questions:
            mark = bearing.basis == "inferred"
            self._add(row, bearing.question, marked("bears on it", mark), marked(record.type, mark))
        mark = "topics" in self._inferred(row)
        for topic in record.topics:
            self._add(row, topic, marked("about it", mark), marked(record.type, mark))

    def question(self, row: int, record: Question) -> None:
        add, role, inferred = self.pairs.add, self.reasons.role, self._inferred(row)
        for number, occurrence in enumerate(record.occurrences):
            act, mark = occurrence.act, occurrence_key(number) in inferred
            events, outermost = self._lines.get(occurrence.event, ([], occurrence.event))
            for event in events:
                add(row, event, role(act, None if event == events[0] else events[0], inferred=mark))
            for agent in occurrence.agents:
                for other in self._rows([agent]):
                    add(row, other, role(act, None, inferred=mark))
                for organisation, guessed in self._behalf.get((agent, outermost), {}).items():
                    add(row, organisation, role(act, None, inferred=mark or guessed))
        mark = "topics" in inferred
        for topic in record.topics:
            self._add(row, topic, marked("topic", mark), marked("question", mark))


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
