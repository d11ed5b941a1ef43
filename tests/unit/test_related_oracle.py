"""What is related to what, against the rule said plainly over lists."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial

from hypothesis import given, settings

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
from tests.unit import factory
from tests.unit.indexing import datasets, related_ids, related_pairs

Pairs = dict[tuple[str, str], set[str]]


def line_of(content: list[Record], event: str) -> list[str]:
    """An event and all it is part of."""
    parents = {r.id: r.super_event for r in content if isinstance(r, Event)}
    parent = parents.get(event)
    return [event, *(line_of(content, parent) if parent else [])]


def behalf_of(content: list[Record], agent: str, event: str) -> Iterator[str]:
    """Organisations for which somebody came to an event, or to another part of the same whole."""
    for other in content:
        same = isinstance(other, Participation) and other.agent == agent
        if (
            same
            and isinstance(other, Participation)
            and line_of(content, other.event)[-1] == line_of(content, event)[-1]
        ):
            yield from other.on_behalf_of


def naive(content: list[Record]) -> Pairs:
    """Every related pair with all its reasons, worked out record by record without any shared structure."""
    pairs: Pairs = defaultdict(set)
    statement_counts: Counter[tuple[str, str]] = Counter()
    in_parts: Counter[tuple[str, str]] = Counter()
    line, behalf = partial(line_of, content), partial(behalf_of, content)
    labels = {record.id: record.label for record in content if isinstance(record, Event)}
    same_parties: dict[tuple[object, ...], str] = {}

    def at(word: str, event: str, whole: str) -> str:
        return word if event == whole else f"{word}, in {labels[event]}"

    def subjects(event: str) -> Iterator[str]:
        """What a session is about, with what it is part of, and the nearest place."""
        place = None
        for whole in (each for ref in line(event) for each in content if isinstance(each, Event) and each.id == ref):
            yield from whole.topics
            if place is None and whole.place:
                yield whole.place
            place = place or whole.place or ("" if whole.type == "visit" else None)

    def relate(a: str, b: str, reason: str, back: str = "") -> None:
        if a != b:
            pairs[a, b].add(reason)
            pairs[b, a].add(back or reason)

    for record in content:
        match record:
            case Participation():
                who = record.agent or record.id
                if not record.agent and record.on_behalf_of:
                    those = tuple(sorted(record.on_behalf_of))
                    who = same_parties.setdefault((record.unnamed, those, line(record.event)[-1]), who)
                for event in line(record.event) if record.event in labels else ():
                    for party in (who, *record.on_behalf_of):
                        relate(event, party, at(record.role, record.event, event))
                for subject in subjects(record.event):
                    for party in (who, *record.on_behalf_of):
                        relate(subject, party, f"{record.role}, in {labels[record.event]}")
                for organisation in record.on_behalf_of:
                    relate(who, organisation, record.title_as_stated or record.role)
            case Membership():
                relate(record.person, record.organisation, record.title)
            case Relation():
                relate(record.subject, record.object, record.type)
            case Statement():
                parties = set(line(record.event)) if record.event else set()
                for agent in record.agents:
                    parties |= {agent, *(behalf(agent, record.event) if record.event else ())}
                    relate(record.id, agent, "made it", record.type)
                for party in parties.difference(record.agents):
                    why = "made in a part" if party in labels else "made for it"
                    relate(record.id, party, "made there" if party == record.event else why, record.type)
                for bearing in record.questions:
                    relate(record.id, bearing.question, "bears on it", record.type)
                for topic in record.topics:
                    relate(record.id, topic, "about it", record.type)
                themes = {*record.topics, *(bearing.question for bearing in record.questions)}
                statement_counts.update((party, theme) for party in parties for theme in themes)
                wholes = line(record.event)[1:] if record.event else []
                in_parts.update((whole, theme) for whole in wholes for theme in themes)
            case Question():
                for occurrence in record.occurrences:
                    for event in line(occurrence.event):
                        relate(record.id, event, at(occurrence.act, occurrence.event, event))
                    for agent in occurrence.agents:
                        for party in (agent, *behalf(agent, occurrence.event)):
                            relate(record.id, party, occurrence.act)
                for topic in record.topics:
                    relate(record.id, topic, "topic", "question")
            case Event():
                for larger in line(record.id)[1:]:
                    relate(record.id, larger, "whole", "part")
                for ref, reason in [(record.place, "place"), *((topic, "topic") for topic in record.topics)]:
                    if ref:
                        relate(record.id, ref, reason, record.type)
            case Organisation() | Place():
                if record.parent:
                    relate(record.id, record.parent, "parent", "unit" if isinstance(record, Organisation) else "part")
    shared = Counter(
        pair
        for event in (record for record in content if isinstance(record, Event) and record.place)
        for topic in event.topics
        for pair in ((event.place or "", topic), (topic, event.place or ""))
    )
    for (own, other), number in shared.items():
        pairs[own, other].add(f"{number} event{'s' if number != 1 else ''}")
    for (party, theme), number in statement_counts.items():
        text, parts = "1 statement" if number == 1 else f"{number} statements", in_parts[party, theme]
        relate(party, theme, text + (" in parts" if parts == number else f", {parts} in parts" if parts else ""))
    return pairs


def parse_reasons(text: str) -> tuple[list[str], int]:
    """The reasons that a text names, and how many there are in all."""
    head, _, more = text.partition(" +")
    is_one = re.search(r", (in |\d+ in parts)", head) and "; " not in head
    texts = [head] if is_one else head.split("; " if "; " in head else ", ")
    return texts, len(texts) + int(more or 0)


@settings(max_examples=60)
@given(datasets())
def test_what_is_related_is_what_the_rule_says(content: list[Record]) -> None:
    ids = {record.id for record in content}
    expected = {pair: reasons for pair, reasons in naive(content).items() if ids.issuperset(pair)}
    related = {pair: reason for pair, reason in related_ids(*content).items() if ids.issuperset(pair)}
    assert related.keys() == expected.keys()
    for pair, reason in related.items():
        texts, number = parse_reasons(reason)
        assert set(texts) <= expected[pair]
        assert number == len(expected[pair])
        assert len(texts) == min(number, 2)


@settings(max_examples=60)
@given(datasets())
def test_what_people_say_where_they_came_for_somebody_is_said_for_that_organisation(content: list[Record]) -> None:
    expected = {
        (organisation, record.id)
        for record in content
        if isinstance(record, Statement) and record.event
        for agent in record.agents
        for organisation in behalf_of(content, agent, record.event)
    }
    pairs, names = related_pairs(*content)
    actual = [(names[row], names[statement]) for row, rows in pairs.statements.items() for statement in rows]
    assert sorted(actual) == sorted(expected)


@settings(max_examples=40)
@given(datasets(cyclic=True))
def test_what_is_related_is_so_both_ways_and_never_to_itself(content: list[Record]) -> None:
    related = related_ids(*content)
    assert all((b, a) in related and a != b for a, b in related)


def test_the_small_dataset() -> None:
    content = factory.records()
    assert related_ids(*content).keys() == naive(content).keys()
