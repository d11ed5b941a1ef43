"""The events of a file as it has them: of which calendar, how each is known, when it is, and which version counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from convenings.interchange.calendars.lines import Component
from convenings.interchange.calendars.pieces import Pieces
from convenings.interchange.calendars.times import BadTime, When, is_midnight, length_of, when_of
from convenings.interchange.calendars.zones import UTC_ZONE, Zone, Zones
from convenings.interchange.reading import Reading

_WRITTEN_DOWN = frozenset({"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"})
MOST_REMARKS = 20
"""Sentences of one sort at most; further ones are counted."""
SURE_LENGTH = 16
"""Characters from which on a UID is taken for one that no other calendar has; shorter ones are ``1``, ``2``, ``3``."""


class Calendar(msgspec.Struct):
    """A calendar of a file; of events that stand in none, one without a component."""

    component: Component | None
    zones: Zones
    zone: Zone | None = None
    """The zone in which the calendar is shown."""
    name: str = ""
    is_cancelled: bool = False
    """Whether it was sent to call its events off."""

    def on_its_clock(self, when: When) -> When:
        """A time of UTC by the clock of the calendar, where it has one; any other as it is."""
        return when.in_zone(self.zone) if when.zone is UTC_ZONE else when


class Entry(msgspec.Struct):
    """A VEVENT."""

    component: Component
    calendar: Calendar
    uid: str
    ordinal: int
    """Which one of the file it is, from 1."""
    start: When | None
    recurrence_id: When | None
    revision: tuple[int, str]
    """The later one is greater."""

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return f"line {self.component.number}"

    @property
    def pointer(self) -> str:
        """Where it stands, for evidence."""
        pointer = f"uid={self.uid}" if self.uid else f"VEVENT[{self.ordinal}]"
        line = self.component.first("RECURRENCE-ID")
        return f"{pointer};recurrence-id={line.value.strip()}" if line is not None else pointer

    @property
    def scheme(self) -> str:
        """What numbers it: empty where its UID means nothing beyond the file."""
        if "@" in self.uid or len(self.uid) >= SURE_LENGTH:
            return "uid"
        name = " ".join(self.calendar.name.replace("=", " ").split())
        return f"{name} uid" if self.uid and name else ""

    @property
    def key(self) -> str:
        """How its series, or itself, is known again in the next version of the file."""
        if self.scheme:
            return f"{self.scheme}={self.uid}"
        return f"event {self.uid or self.content}"

    @property
    def content(self) -> str:
        """What stands for it where no UID does: a hash of its title, time and place."""
        texts = (
            self.component.text("SUMMARY"),
            self.start.stamp if self.start else "",
            self.component.text("LOCATION"),
        )
        return _hash(texts)

    @property
    def whole_content(self) -> str:
        """A hash of all that it says, but for when it was written down."""
        lines = (line for line in self.component.lines if line.name not in _WRITTEN_DOWN)
        return _hash(f"{line.name};{sorted(line.parameters.items())}:{line.value}" for line in lines)

    @property
    def difference(self) -> str:
        """What tells it from other entries with its UID; where it has none, from those of its title, time and place."""
        return self.content if self.uid else self.whole_content

    @property
    def is_cancelled(self) -> bool:
        """Whether the file says that it is called off."""
        return self.calendar.is_cancelled or self.component.text("STATUS").upper() in ("CANCELLED", "CANCELED")

    def end_from(self, start: When) -> When | None:
        """When it ends, if it begins then; its length is that of the entry.

        Raises:
            BadTime: its end or duration cannot be read, or is before its start.
        """
        if line := self.component.first("DTEND"):
            end = when_of(line, self.calendar.zones)
            assert self.start is not None  # or nothing would begin
            end = end.in_zone(self.start.zone)
            if end.at < self.start.at:
                raise BadTime("it ends before it begins")
            try:
                return When(start.at + (end.at - self.start.at), end.is_day, start.zone)
            except OverflowError:
                raise BadTime("it ends beyond the year 9999") from None
        if line := self.component.first("DURATION"):
            return start.plus(length_of(line.value))
        return None


def entries_of(components: Iterable[Component], pieces: Pieces, reading: Reading) -> list[Entry]:
    """Every VEVENT of a file that is whole; what else there is has no home, and is counted."""
    entries: list[Entry] = []
    unknown_zones: dict[str, None] = {}
    loose = Calendar(None, Zones([part for part in components if part.name == "VTIMEZONE"]))
    for calendar, component in _events(components, loose, pieces, reading):
        zones = calendar.zones
        uid = " ".join(component.text("UID").split())
        entry = Entry(component, calendar, uid, len(entries) + 1, None, None, _revision(component))
        for name in ("DTSTART", "RECURRENCE-ID"):
            if line := component.first(name):
                try:
                    when = when_of(line, zones)
                except BadTime as error:
                    reading.skip(f"line {line.number}", f"{name}: {error}; it was left out")
                    continue
                if name == "DTSTART":
                    # Outlook writes whole days as midnights, and says so beside them.
                    is_whole_day = component.text("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
                    entry.start = When(when.at, is_day=True) if is_whole_day and is_midnight(when) else when
                else:
                    entry.recurrence_id = when
                word = line.parameter("TZID")
                if word and when.zone is None and not when.is_day:
                    unknown_zones[word] = None
        entries.append(entry)
    for word in list(unknown_zones)[:MOST_REMARKS]:
        reading.remark(f"the time zone '{word}' is not known: its times are taken as a clock at the place shows them")
    if len(unknown_zones) > MOST_REMARKS:
        reading.remark(f"{len(unknown_zones) - MOST_REMARKS} more time zones are not known")
    return entries


def _events(
    components: Iterable[Component], calendar: Calendar, pieces: Pieces, reading: Reading
) -> Iterator[tuple[Calendar, Component]]:
    for component in components:
        if component.name == "VEVENT":
            if component.is_whole:
                yield calendar, component
            else:
                # Nobody knows what is missing of it.
                raw = f"{pieces.text(component).rstrip()}\r\nEND:VEVENT\r\n"
                reading.skip(f"line {component.number}", "the file ends within this event; it was left out", raw)
        elif component.name == "VCALENDAR":
            yield from _events(component.parts, _calendar(component, reading), pieces, reading)
        elif component.name != "VTIMEZONE":
            reading.without_home(component.name)
            events = [part for part in component.parts if part.name == "VEVENT"]
            yield from _events(events, calendar, pieces, reading)


def _calendar(component: Component, reading: Reading) -> Calendar:
    zones = Zones([part for part in component.parts if part.name == "VTIMEZONE"])
    name = " ".join(component.text("NAME", "X-WR-CALNAME", "SUMMARY").split())
    word = component.text("X-WR-TIMEZONE")
    zone = zones.zone(word) if word else None
    scale = component.text("CALSCALE").upper()
    if scale not in ("", "GREGORIAN"):
        reading.remark(f"the calendar says that it counts by '{scale}'; its dates were read as Gregorian")
    return Calendar(component, zones, zone, name, component.text("METHOD").upper() == "CANCEL")


def _hash(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()[:16]


def _revision(component: Component) -> tuple[int, str]:
    sequence = component.text("SEQUENCE")
    return int(sequence) if sequence.isdecimal() and len(sequence) < 10 else 0, component.text("LAST-MODIFIED")


class Versions:
    """Tells which of several entries that are known by the same count."""

    def __init__(self) -> None:
        self._sentences: list[str] = []

    def latest(self, entries: list[Entry]) -> list[Entry]:
        """Of entries with one UID and RECURRENCE-ID the newest; several where they differ as events."""
        if len(entries) == 1:
            return entries
        newest = max(entry.revision for entry in entries)
        by_content: dict[str, Entry] = {}
        for entry in entries:
            if entry.revision == newest:
                by_content.setdefault(entry.difference, entry)
        older = sum(entry.revision != newest for entry in entries)
        equal = len(entries) - older - len(by_content)
        pointer = entries[0].pointer
        for number, word in ((older, "older versions"), (equal, "repetitions")):
            if number:
                self._sentences.append(f"{pointer}: {word} passed over, as the newest counts: {number}")
        if len(by_content) > 1:
            self._sentences.append(f"{pointer}: {len(by_content)} different events are known by this; each was taken")
        return list(by_content.values())

    def remarks(self) -> list[str]:
        """What the user should know of it, a sentence each."""
        more = len(self._sentences) - MOST_REMARKS
        rest = [f"{more} more events stand there in several versions"] if more > 0 else []
        return [*self._sentences[:MOST_REMARKS], *rest]
