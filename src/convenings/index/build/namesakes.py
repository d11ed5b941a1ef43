"""Runs in the builder, main thread.

What tells records of one name apart beside their names.

Where what their rows say differs already, nothing is added. Else the first of these that differs stands before it: at
which event and in which year they took part, their title, role, place or time, what they are part of; and where nothing
else does, their ids.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any

from convenings.domain.dates import EdtfError, parse
from convenings.domain.kinds import WITH_NAME
from convenings.domain.labels import NOT_STATED
from convenings.domain.records import (
    Event,
    Membership,
    Participation,
    Record,
)
from convenings.domain.roles import CONVENING
from convenings.domain.text import plain
from convenings.index.build.all_records import AllRecords

EVENTS_NAMED = 3
"""How many events may tell somebody from a namesake."""

BEGINNING = 12
"""Code points at the beginning of a label that the narrowest list shows."""

SideAndContext = Callable[[int, Record], tuple[str, str]]
"""Of a row and its record, what stands at its right and what beside its name."""
Difference = Callable[[int, Any], str]
"""Of a row and its record, what may tell it apart; an empty string where it has none."""


def contexts_of_namesakes(all_records: AllRecords, side_and_context: SideAndContext) -> dict[int, str]:
    """Rows of records that have their name in common with another one of their kind, to what tells them apart.

    Args:
        all_records: All records, none forgotten.
        side_and_context: What their rows say otherwise.
    """
    groups = _groups(all_records)
    if not groups:
        return {}
    differences = _Differences(all_records, {row for group in groups for row in group})
    contexts: dict[int, str] = {}
    for group in groups:
        contexts |= _contexts_of(group, all_records.records, side_and_context, differences)
    return contexts


def _contexts_of(
    group: Iterable[int],
    records: Sequence[Record | None],
    side_and_context: SideAndContext,
    differences: _Differences,
) -> dict[int, str]:
    """Rows of one name, to what tells them apart."""
    here = {row: record for row in group if (record := records[row]) is not None}
    beside = {row: side_and_context(row, record) for row, record in here.items()}
    texts = {row: plain(context) for row, (_, context) in beside.items()}

    def side(row: int, _: Any) -> str:
        return beside[row][0]

    def ref(_: int, record: Any) -> str:
        return str(record.id)

    for same in _of_one_time(here).values():
        for difference in differences.of_events:
            values = {row: plain(difference(row, here[row])) for row in same}
            if len(set(values.values())) > 1:
                # The timeline shows names and times, so what else differs is to stand first.
                texts |= {row: _moved_before(value, texts[row]) for row, value in values.items()}
                break
    for difference in (*differences.every, side, ref):
        alike: dict[str, list[int]] = defaultdict(list)
        for row, text in texts.items():
            alike[text].append(row)
        for same in alike.values():
            values = {row: plain(difference(row, here[row])) for row in same} if len(same) > 1 else {}
            if len(set(values.values())) > 1:
                texts |= {row: _before(value, texts[row]) for row, value in values.items()}
    return texts


def _of_one_time(records: Mapping[int, Record]) -> dict[tuple[str | None, str | None], list[int]]:
    """Rows of those events among some records that have date (or else whole) and time in common with another one."""
    rows: dict[tuple[str | None, str | None], list[int]] = defaultdict(list)
    for row, record in records.items():
        if isinstance(record, Event):
            # Parts without a date stand below their wholes, which tell those of different ones apart.
            rows[record.date or record.super_event, record.start_time].append(row)
    return {time: same for time, same in rows.items() if len(same) > 1}


def _moved_before(value: str, text: str) -> str:
    """A text with a part of it, or what it does not say, at its beginning."""
    return _before(value, text.replace(f", {value}", "", 1) if value else text)


def _groups(all_records: AllRecords) -> list[list[int]]:
    """Rows of one kind with one label, as far as there are more than one."""
    labels = all_records.named_records.labels
    groups: list[list[int]] = []
    for kind in (*WITH_NAME, "participation"):
        first, last = all_records.ranges.get(kind, (0, 0))
        last = min(last, len(labels))
        number = Counter(labels[first:last])
        if len(number) < last - first:
            rows: dict[str, list[int]] = defaultdict(list)
            for row in range(first, last):
                if number[labels[row]] > 1:
                    rows[labels[row]].append(row)
            groups += rows.values()
    return groups


def rows_alike(labels: Sequence[str]) -> set[int]:
    """Rows of the labels that begin like that of the row before or after them."""
    starts = [label[:BEGINNING] for label in labels]
    alike = [row for row, (one, next_) in enumerate(pairwise(starts)) if one == next_ and len(one) == BEGINNING]
    return {neighbour for row in alike for neighbour in (row, row + 1)}


def _before(value: str, text: str) -> str:
    """What differs, before what does not, as that is what a narrow row shows."""
    if text == NOT_STATED:
        return value or text
    return ", ".join(filter(None, (value, text)))


class _Differences:
    """What may tell records apart.

    Args:
        all_records: All records.
        rows: The rows that are asked about.
    """

    def __init__(self, all_records: AllRecords, rows: set[int]) -> None:
        self._name = all_records.label_of_ref
        self._events: dict[int, dict[str, None]] = defaultdict(dict)
        """Row to the events it took part in."""
        self._titles: dict[int, dict[str, None]] = defaultdict(dict)
        self._hosts: dict[int, dict[str, None]] = defaultdict(dict)
        """Row of an event to who convened it."""
        self._dates = {event.id: event.date for _, event in all_records.of(Event)}
        row_of = all_records.rows.get
        for row, participation in all_records.of(Participation):
            parties = [row, *map(row_of, (participation.agent or "", *participation.on_behalf_of))]
            for party in rows.intersection(parties):
                self._events[party][participation.event] = None
            event = row_of(participation.event)
            if participation.role in CONVENING and participation.agent and event in rows:
                self._hosts[event][participation.agent] = None
            for party in rows.intersection(parties[:2]):
                self._titles[party][participation.title_as_stated] = None
        for _, membership in all_records.of(Membership):
            for party in rows.intersection([row_of(membership.person)]):
                self._titles[party][membership.title] = None
        self.every: tuple[Difference, ...] = (
            self._event,
            lambda row, _: _listed(self._titles.get(row, ())),
            lambda _, record: getattr(record, "start_time", None) or "",
            lambda _, record: self._labelled(record, "place"),
            self._host,
            lambda _, record: self._labelled(record, "parent"),
            lambda _, record: self._labelled(record, "broader"),
            lambda _, record: self._number(record),
        )

        self.of_events: tuple[Difference, ...] = (
            lambda _, record: f"at {place}" if (place := self._labelled(record, "place")) else "",
            self._host,
            lambda _, record: f"part of {whole}" if (whole := self._labelled(record, "super_event")) else "",
        )
        """What may tell events of one name and one time apart."""

    def _host(self, row: int, _: Any) -> str:
        hosts = self._hosts.get(row)
        return f"by {_listed(map(self._name, hosts))}" if hosts else ""

    def _event(self, row: int, _: Any) -> str:
        """The years and names of the first events that somebody took part in."""
        events = islice(self._events.get(row, ()), EVENTS_NAMED)
        return "; ".join(
            ", ".join(filter(None, (_year(self._dates.get(event)), f"at {self._name(event)}"))) for event in events
        )

    def _labelled(self, record: Any, field: str) -> str:
        ref = getattr(record, field, None)
        return self._name(ref) if ref else ""

    @staticmethod
    def _number(record: Any) -> str:
        number = getattr(record, "number", None) or getattr(record, "position", None)
        return f"no. {number}" if number else ""


def _year(date: str | None) -> str:
    """The year in which a date begins, where it says one."""
    try:
        return date[:4] if date and parse(date).earliest is not None and date[:4].isdigit() else ""
    except EdtfError:
        return ""


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(filter(None, texts))
