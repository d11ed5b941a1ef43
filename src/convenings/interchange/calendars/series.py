"""Events that recur: which occurrences there are, with exceptions, additions and those that were moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from convenings.interchange.calendars.entries import Entry
from convenings.interchange.calendars.lines import ContentLine
from convenings.interchange.calendars.rules import FURTHEST, BadRule, parts_of_rule, rule_times
from convenings.interchange.calendars.times import BadTime, Length, When, is_midnight, length_of, when_of
from convenings.interchange.reading import Reading

YEARS_AHEAD = 2
"""Up to the end of the how manieth year after that of its last date or of the file a series without an end goes."""
MOST_OCCURRENCES = 2000
"""Occurrences of a series at most."""
RULE_PROPERTIES = ("RRULE", "RDATE", "EXDATE", "EXRULE")


class Occurrence(msgspec.Struct):
    """One of the dates of a series."""

    was: When
    """When the rule has it, by the clock of the series."""
    start: When
    end: When | None
    entry: Entry
    """What says so: that of the series, or its own."""
    is_own: bool = False
    """Whether it has an entry of its own."""


class Course(msgspec.Struct):
    """The occurrences of a series."""

    occurrences: list[Occurrence]
    until: str | None = None
    """EDTF day up to which they were worked out, where there are more or no end."""
    is_endless: bool = False
    rule: str = ""
    """In the words of the file, a property a line."""


def is_series(entry: Entry) -> bool:
    """Whether an entry recurs."""
    return entry.start is not None and any(line.name in ("RRULE", "RDATE") for line in entry.component.lines)


def last_year(entries: list[Entry]) -> int:
    """The year in which a file was written, as far as its events say when they were."""
    years = [
        int(line.value[:4])
        for entry in entries
        for line in entry.component.all("DTSTAMP", "LAST-MODIFIED", "CREATED")
        if line.value[:4].isascii() and line.value[:4].isdecimal()
    ]
    # A clock that was never set is no clock.
    return max((year for year in years if 1970 <= year <= 2100), default=0)


def course_of(entry: Entry, own: list[Entry], year: int, reading: Reading) -> Course:
    """All occurrences of a series.

    Args:
        entry: That of the series.
        own: Entries of single occurrences.
        year: In which the file was written.
        reading: Is told of what cannot be read.
    """
    maker = _Maker(entry, own, year, reading)
    return maker.course()


class _Maker:
    def __init__(self, entry: Entry, own: list[Entry], year: int, reading: Reading) -> None:
        assert entry.start is not None  # else it is no series
        self.entry = entry
        self.own = own
        self.start: When = entry.start
        self.reading = reading
        years = [year, self.start.at.year, *(each.recurrence_id.at.year for each in own if each.recurrence_id)]
        last = min(max(years), self.start.at.year + FURTHEST, 9998 - YEARS_AHEAD) + YEARS_AHEAD
        self.horizon = datetime(last + 1, 1, 1)
        self.is_endless = False
        self.cut_at: datetime | None = None
        self.without_end: set[int] = set()
        """Which entries of the file have an end that cannot be read, as has been told."""

    def course(self) -> Course:
        starts: dict[datetime, When | None] = {self.start.at: None}
        for line in self.entry.component.all("RRULE"):
            for at in self._rule(line):
                starts.setdefault(at, None)
        for at, end in self._additions():
            starts.setdefault(at, end)
        for at in self._exceptions(starts):
            starts.pop(at, None)
        times = sorted(starts)
        if len(times) > MOST_OCCURRENCES:
            times = times[:MOST_OCCURRENCES]
            self.cut_at = times[-1]
        occurrences = {}
        for at in times:
            when = When(at, self.start.is_day, self.start.zone)
            occurrences[at] = Occurrence(when, when, starts[at] or self._end(self.entry, when), self.entry)
        self._replace(occurrences)
        until = None
        if self.cut_at is not None:
            until = When(self.cut_at).day
        elif self.is_endless:
            until = When(self.horizon - timedelta(days=1)).day
        words = "\n".join(
            f"{line.name}:{line.value.strip()}" for line in self.entry.component.lines if line.name in RULE_PROPERTIES
        )
        return Course([occurrences[at] for at in sorted(occurrences)], until, self.is_endless, words)

    def _rule(self, line: ContentLine) -> Iterator[datetime]:
        """Times of a rule; of one that cannot be worked out none, which is told."""
        rule = line.value
        try:
            parts = parts_of_rule(rule)
            until = self._until(parts.get("UNTIL", ""))
            is_open = until is None and "COUNT" not in parts
            end = self.horizon if until is None and is_open else datetime.max
            if until is not None and until.year < datetime.max.year:
                end = until + timedelta(seconds=1)
            left = min(int(parts.get("COUNT", MOST_OCCURRENCES + 1)), MOST_OCCURRENCES + 1)
            is_first = True
            for at in rule_times(rule, self.start.at, end):
                # The start counts as the first, also where the rule has it not.
                if is_first and at != self.start.at and "COUNT" in parts:
                    left -= 1
                is_first = False
                if left <= 0:
                    break
                left -= 1
                yield at
            # Exceptions without an end do not keep a series going.
            if is_open and line.name == "RRULE":
                self.is_endless = True
        except (BadRule, BadTime) as error:
            self.reading.skip(f"line {line.number}", f"the rule '{rule[:60]}' was not worked out: {error}")

    def _until(self, text: str) -> datetime | None:
        """The last moment of a rule by the clock of the series; None where it has none."""
        if not text:
            return None
        line = self.entry.component.first("DTSTART")
        assert line is not None  # else there is no series
        until = when_of(line, self.entry.calendar.zones, text)
        if until.is_day:
            return until.at if self.start.is_day else until.at + timedelta(days=1, seconds=-1)
        return self._here(until).at

    def _here(self, when: When) -> When:
        """A time by the clock of the series."""
        return when.in_zone(self.start.zone)

    def _additions(self) -> Iterator[tuple[datetime, When | None]]:
        for line in self.entry.component.all("RDATE"):
            for text in filter(None, line.value.split(",")):
                head, _, tail = text.partition("/")
                try:
                    when = self._here(when_of(line, self.entry.calendar.zones, head))
                    end = None
                    if tail.strip().upper().startswith("P"):
                        end = when.plus(length_of(tail))
                    elif tail:
                        end = self._here(when_of(line, self.entry.calendar.zones, tail))
                    at = when.at
                    # A day among times is one on which it is at its hour.
                    if when.is_day and not self.start.is_day:
                        at = datetime.combine(at.date(), self.start.at.time())
                    yield at, end
                except BadTime as error:
                    self.reading.skip(f"line {line.number}", f"RDATE: {error}; it was left out")

    def _exceptions(self, starts: dict[datetime, When | None]) -> list[datetime]:
        """Which of some starts are excepted: by their time, by their day, or by the midnight of it."""
        excepted: set[datetime] = set()
        by_day: dict[datetime, list[datetime]] = {}
        for at in starts:
            by_day.setdefault(datetime(at.year, at.month, at.day), []).append(at)
        strays = 0
        for line in self.entry.component.all("EXDATE"):
            for text in filter(None, line.value.split(",")):
                try:
                    when = self._here(when_of(line, self.entry.calendar.zones, text))
                except BadTime as error:
                    self.reading.skip(f"line {line.number}", f"EXDATE: {error}; it was left out")
                    continue
                matches = self._matches(when, starts, by_day)
                strays += not matches
                excepted.update(matches)
        for line in self.entry.component.all("EXRULE"):
            excepted.update(at for at in self._rule(line) if at in starts)
        if strays:
            self.reading.remark(f"{self.entry.pointer}: exceptions (EXDATE) on no date of the series: {strays}")
        return list(excepted)

    def _matches(
        self, when: When, starts: dict[datetime, When | None], by_day: dict[datetime, list[datetime]]
    ) -> list[datetime]:
        if not when.is_day and when.at in starts:
            return [when.at]
        if when.is_day or is_midnight(when) or self.start.is_day:
            return by_day.get(datetime(when.at.year, when.at.month, when.at.day), [])
        return []

    def _end(self, entry: Entry, start: When) -> When | None:
        try:
            return entry.end_from(start)
        except BadTime as error:
            # Each of its occurrences has the same end.
            if entry.ordinal not in self.without_end:
                self.without_end.add(entry.ordinal)
                self.reading.skip(entry.place, f"the end was left out: {error}")
            return None

    def _replace(self, occurrences: dict[datetime, Occurrence]) -> None:
        """Put entries of single occurrences in the place of what the rule has."""
        by_day: dict[datetime, list[datetime]] = {}
        for at in occurrences:
            by_day.setdefault(datetime(at.year, at.month, at.day), []).append(at)
        starts: dict[datetime, When | None] = dict.fromkeys(occurrences)
        singles: dict[datetime, Occurrence] = {}
        for entry in sorted(self.own, key=lambda each: each.recurrence_id.stamp if each.recurrence_id else ""):
            assert entry.recurrence_id is not None  # what has none is no single occurrence
            was = self._here(entry.recurrence_id)
            at = next(iter(self._matches(was, starts, by_day)), was.at)
            was = When(at, was.is_day and self.start.is_day, self.start.zone)
            line = entry.component.first("RECURRENCE-ID")
            if line is not None and line.parameter("RANGE").upper() == "THISANDFUTURE":
                self._move_all(occurrences, at, entry, singles)
            singles[at] = Occurrence(was, *self._span(entry, was), entry, is_own=True)
        occurrences.update(singles)

    def _span(self, entry: Entry, was: When) -> tuple[When, When | None]:
        """When a single occurrence is; where it does not say, when it was to be."""
        start = entry.start or was
        return start, self._end(entry if entry.start else self.entry, start)

    def _move_all(
        self,
        occurrences: dict[datetime, Occurrence],
        since: datetime,
        entry: Entry,
        singles: dict[datetime, Occurrence],
    ) -> None:
        """From one occurrence on let all be as an entry says."""
        by = self._here(entry.start).at - since if entry.start is not None else timedelta()
        for at, occurrence in occurrences.items():
            if at > since and at not in singles:
                try:
                    start = occurrence.was.plus(Length(by.days, 0))
                    start = When(start.at + timedelta(seconds=by.seconds), start.is_day, start.zone)
                except (BadTime, OverflowError):
                    continue
                occurrences[at] = Occurrence(occurrence.was, start, self._end(entry, start), entry)
