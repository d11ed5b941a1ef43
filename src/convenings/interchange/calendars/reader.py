"""The reader of iCalendar."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import msgspec

from convenings.domain import dates
from convenings.domain.errors import BadInput
from convenings.domain.links import is_link
from convenings.domain.record_values import Description, Link
from convenings.domain.records import Event
from convenings.interchange.calendars.agents import Agents
from convenings.interchange.calendars.encodings import recoded
from convenings.interchange.calendars.entries import Entry, Versions, entries_of
from convenings.interchange.calendars.events import Events, Span, group_of, identifiers_of
from convenings.interchange.calendars.lines import Component, components_of
from convenings.interchange.calendars.pieces import Pieces
from convenings.interchange.calendars.series import Course, Occurrence, course_of, is_series, last_year
from convenings.interchange.calendars.times import BadTime, When
from convenings.interchange.reading import ForeignFile, Reading

MOST_OF_FILE = 100_000
"""Occurrences of all series of a file together at most."""
_BEGIN = re.compile(
    rb"(?:^|\xef\xbb\xbf|[\r\n])[ \t]*BEGIN[ \t]*:[ \t]*(VCALENDAR|VEVENT|VTODO|VJOURNAL|VFREEBUSY|VTIMEZONE)\b", re.I
)
_NAME_ENDINGS = (".ics", ".ical", ".icalendar", ".ifb", ".vcs")
_ADDRESSES = {"URL": "url", "SOURCE": "source", "X-ORIGINAL-URL": "url"}
_OF_CALENDARS = frozenset(
    {
        "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME", "SUMMARY", "DESCRIPTION", "X-WR-CALDESC",
        "X-WR-TIMEZONE", "LAST-MODIFIED",
    }
)  # fmt: skip
"""Properties of a calendar that are used, or say how to read the rest."""


def fits(head: bytes, name: str) -> int:
    """How sure it is, 0 to 100, that a file is a calendar."""
    head = recoded(head)
    match = _BEGIN.search(head)
    if match is not None:
        is_first = not head[: match.start()].strip(b"\xef\xbb\xbf \t\r\n\0")
        return 100 if is_first else 60
    return 20 if name.lower().endswith(_NAME_ENDINGS) else 0


def read(file: ForeignFile, reading: Reading) -> None:
    """Read a file whole.

    Raises:
        BadInput: there is no calendar in it.
    """

    def fault(number: int, what: str) -> None:
        reading.skip(f"line {number}", what)

    components = components_of(file.data, fault, reading.remark)
    if not components.top:
        what = "there is no calendar in it"
        raise BadInput(what, file=file.name, hint="a calendar begins with a line BEGIN:VCALENDAR")
    _Reader(reading, Pieces(recoded(file.data), components.is_in_place)).read(components.top)


class _Reader:
    def __init__(self, reading: Reading, pieces: Pieces) -> None:
        self._reading = reading
        self._pieces = pieces
        self._refs: dict[str, str] = {}
        """UID to id of the event, or of the series."""
        self._versions = Versions()
        self._left = MOST_OF_FILE
        self._undated = 0
        self._horizons: Counter[str] = Counter()

    def read(self, components: list[Component]) -> None:
        entries = entries_of(components, self._pieces, self._reading)
        self._describe(components)
        self._agents = Agents(self._reading, self._pieces, [entry.component for entry in entries])
        self._events = Events(self._reading, self._pieces)
        year = last_year(entries)
        groups: dict[str, list[Entry]] = {}
        for entry in entries:
            groups.setdefault(entry.uid or f"\n{entry.content}", []).append(entry)
        for group in groups.values():
            try:
                self._read_group(group, year)
            except (ArithmeticError, ValueError) as error:
                # What no rule here foresees about a date or a zone costs this event, and not the file.
                self._reading.skip(
                    group[0].place, f"the event cannot be read: {error}", self._pieces.text(group[0].component)
                )
        for entry in entries:
            self._relate(entry)
        self._remark()

    def _read_group(self, group: list[Entry], year: int) -> None:
        """Events with one UID: those that stand for themselves or a series, and single occurrences."""
        whole = [entry for entry in group if entry.component.first("RECURRENCE-ID") is None]
        own: dict[str, list[Entry]] = {}
        for entry in group:
            if line := entry.component.first("RECURRENCE-ID"):
                stamp = entry.recurrence_id.stamp if entry.recurrence_id else " ".join(line.text.split())
                own.setdefault(stamp, []).append(entry)
        parts = [(stamp, entry) for stamp, entries in own.items() for entry in self._versions.latest(entries)]
        wholes = self._versions.latest(whole) if whole else []
        keys: set[str] = set()
        for entry in wholes:
            # Events that share a UID and are different are told apart by what they are.
            key = entry.key if entry.key not in keys else f"{entry.key};of={entry.difference}"
            keys.add(key)
            of_this = [
                part
                for _, part in parts
                if part.recurrence_id is not None
                and is_series(entry)
                and (part.calendar is entry.calendar or len(wholes) == 1)
            ]
            if is_series(entry):
                parts = [(stamp, part) for stamp, part in parts if part not in of_this]
                self._read_series(entry, key, of_this, year)
            else:
                self._add(entry, key, entry.start)
        for stamp, entry in parts:
            key = f"{entry.key};recurrence-id={stamp}"
            key = key if key not in keys else f"{key};of={entry.difference}"
            keys.add(key)
            self._add(entry, key, entry.start or entry.recurrence_id)

    def _add(self, entry: Entry, key: str, start: When | None) -> None:
        """Add an event that does not recur."""
        end = None
        if start is not None and entry.start is not None:
            try:
                end = entry.end_from(start)
            except BadTime as error:
                self._reading.skip(entry.place, f"the end was left out: {error}")
        self._undated += start is None
        event = self._events.single(entry, key, Span(start, end))
        self._reading.add(event)
        self._refs.setdefault(entry.uid, event.id)
        self._agents.take_part(
            event.id, self._agents.guests(entry.component, entry.pointer), entry.pointer, event.label
        )

    def _read_series(self, entry: Entry, key: str, own: list[Entry], year: int) -> None:
        course = course_of(entry, own, year, self._reading)
        if len(course.occurrences) == 1 and not own and course.until is None:
            self._add(entry, key, course.occurrences[0].start)
            return
        if len(course.occurrences) > self._left:
            course.occurrences = course.occurrences[: self._left]
            course.until = course.occurrences[-1].start.day if course.occurrences else None
            self._reading.remark(f"of all series together the first {MOST_OF_FILE} occurrences were worked out")
        self._left -= len(course.occurrences)
        series = self._series(entry, key, course)
        guests = list(self._agents.guests(entry.component, entry.pointer))
        self._reading.add(series)
        self._refs.setdefault(entry.uid, series.id)
        self._agents.take_part(series.id, guests, entry.pointer, series.label)
        regulars = {(guest.agent, guest.role) for guest in guests}
        contents: dict[int, dict[str, Any]] = {}
        for occurrence in course.occurrences:
            event = self._occurrence(occurrence, entry, key, series, contents)
            self._reading.add(event)
            if occurrence.is_own:
                pointer = occurrence.entry.pointer
                others = self._agents.guests(occurrence.entry.component, pointer)
                new = (guest for guest in others if (guest.agent, guest.role) not in regulars)
                self._agents.take_part(event.id, new, pointer, event.label)

    def _series(self, entry: Entry, key: str, course: Course) -> Event:
        """The record of a series: from its first to its last day, without a time of its own."""
        spans = [self._events.fields(each.entry, Span(each.start, each.end)) for each in course.occurrences]
        days = [day for span in spans for day in span["date"].split("/")]
        date = f"{min(days)}/{'..' if course.is_endless else max(days)}" if days else None
        if date is not None and min(days) == max(days) and not course.is_endless:
            date = min(days)
        status, _, inferred = self._events.status(entry)
        if not days:
            status, inferred = "cancelled", {"status": "every one of its dates is excepted"}
        if course.until is not None:
            self._horizons[course.until] += 1
        return Event(
            id=self._events.ref(entry, key, None),
            identifiers=identifiers_of(entry.scheme, key),
            **{**self._events.content(entry), "type": "series"},
            date=date,
            date_basis="stated" if date else None,
            zone=spans[0].get("zone") if spans else None,
            status=status,
            recurrence=course.rule,
            expanded_until=course.until,
            evidence=self._events.evidence(entry, inferred),
        )

    def _occurrence(
        self, occurrence: Occurrence, whole: Entry, key: str, series: Event, contents: dict[int, dict[str, Any]]
    ) -> Event:
        """The record of an occurrence: what its series says of all is not said again.

        Args:
            occurrence: Of the series.
            whole: The entry of the series.
            key: Of the series.
            series: The record of the series.
            contents: Of entries that were met before, by their number: all after a change have that of one entry.
        """
        entry, stamp = occurrence.entry, occurrence.was.stamp
        own_key = f"{key};recurrence-id={stamp}"
        if entry is whole:
            content: dict[str, Any] = {"label": series.label, "place": series.place, "place_basis": series.place_basis}
        else:
            if entry.ordinal not in contents:
                contents[entry.ordinal] = self._events.content(entry)
            content = dict(contents[entry.ordinal])
            for name in ("descriptions", "links", "topics"):
                content[name] = [value for value in content[name] if value not in getattr(series, name)]
        content["type"] = self._events.type_of(whole)[1]
        status, moved_from, inferred = self._events.status(entry, occurrence.start, occurrence.was)
        if whole.is_cancelled:
            status = "cancelled"
        pointer = entry.pointer if occurrence.is_own else f"{whole.pointer};recurrence-id={stamp}"
        return Event(
            id=self._events.ref(entry, own_key, occurrence.start),
            identifiers=identifiers_of(whole.scheme, own_key),
            super_event=series.id,
            **content,
            **self._events.fields(entry, Span(occurrence.start, occurrence.end), series.zone),
            status=status,
            moved_from=moved_from,
            evidence=self._events.evidence(entry, inferred, pointer),
        )

    def _relate(self, entry: Entry) -> None:
        """Make an event part of another one, as far as it says so and the dates allow it."""
        for line in entry.component.all("RELATED-TO"):
            ends = self._refs.get(entry.uid), self._refs.get(" ".join(line.text.split()))
            relation = line.parameter("RELTYPE").upper() or "PARENT"
            part, whole = ends if relation == "PARENT" else ends[::-1]
            if relation not in ("PARENT", "CHILD") or not self._make_part(part, whole):
                self._reading.without_home("RELATED-TO")

    def _make_part(self, part: str | None, whole: str | None) -> bool:
        inner, outer = (self._reading.records.get(ref or "") for ref in (part, whole))
        if not isinstance(inner, Event) or not isinstance(outer, Event) or inner.super_event not in (None, outer.id):
            return False
        if inner.date and outer.date and not dates.within(dates.parse(inner.date), dates.parse(outer.date)):
            return False
        above: Event | None = outer
        while above is not None:
            if above.id == inner.id:
                return False
            record = self._reading.records.get(above.super_event or "")
            above = record if isinstance(record, Event) else None
        self._reading.replace(msgspec.structs.replace(inner, super_event=outer.id))
        return True

    def _describe(self, components: list[Component]) -> None:
        """What the calendars say of themselves, as far as one file can have it."""
        calendars = [each for each in components if each.name == "VCALENDAR"]
        names = list(dict.fromkeys(filter(None, (each.text("NAME", "X-WR-CALNAME", "SUMMARY") for each in calendars))))
        title = "; ".join(" ".join(name.split()) for name in names[:3])
        texts = dict.fromkeys(filter(None, (each.text("DESCRIPTION", "X-WR-CALDESC") for each in calendars)))
        links: dict[str, Link] = {}
        for line in (line for each in calendars for line in each.lines):
            url = line.value.strip()
            if line.name in _ADDRESSES and is_link(url):
                links.setdefault(url, Link(url=url, rel=_ADDRESSES[line.name]))
            elif line.name not in _OF_CALENDARS:
                self._reading.without_home(group_of(line.name))
        self._reading.describe(
            media_type="text/calendar",
            title=title if len(names) <= 3 else f"{title} and {len(names) - 3} more calendars",
            # A description that says what the name says is none.
            descriptions=[Description(text=text, title="description") for text in texts if text not in names],
            links=list(links.values()),
        )

    def _remark(self) -> None:
        remark = self._reading.remark
        for sentence in self._versions.remarks():
            remark(sentence)
        for day, number in sorted(self._horizons.items()):
            remark(f"series that go on, with occurrences worked out up to {day}: {number}")
        if self._undated:
            remark(f"events without a date: {self._undated}")
        for access, number in sorted(self._events.private.items()):
            remark(f"events marked {access} in the file, and taken like the others: {number}")
