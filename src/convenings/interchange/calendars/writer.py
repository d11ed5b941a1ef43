"""The writer of iCalendar: an event a VEVENT, of those whose day is known; nothing is made up to fill what is not."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO

import msgspec

from convenings import __version__
from convenings.domain import dates
from convenings.domain.days import calendar_day
from convenings.domain.record_values import Description, Link
from convenings.domain.records import Event, Organisation, Participation, Place
from convenings.interchange.calendars.content_lines import content_line, text_value
from convenings.interchange.calendars.zones import UTC_ZONE, Zone, zone_by_name
from convenings.interchange.selection import Selection
from convenings.store.changes import chain_ends

NO_ADDRESS = "invalid:nomail"
"""What stands for the address of somebody who has none here: an address that leads nowhere, and is nobody's."""
_PROPERTY_OF = {"attachment": "ATTACH", "conference": "CONFERENCE", "image": "IMAGE"}
_TAG = re.compile(r"<(?:[A-Za-z/!?][^<>]*)>")
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/ul|/ol)\b", re.IGNORECASE)


class Days(msgspec.Struct, frozen=True):
    """First and last day of an event, with its times by the clock of a zone."""

    first: date
    last: date
    start_time: str | None
    end_time: str | None
    zone: Zone | None

    @property
    def start(self) -> datetime:
        """When it begins, by its clock; at midnight, where only the day is known."""
        return _at(self.first, self.start_time)

    @property
    def end(self) -> datetime | None:
        """When it ends, by its clock; None where only the day is known.

        Raises:
            OverflowError: it is after the year 9999.
        """
        if self.end_time is None:
            return None
        end = _at(self.last, self.end_time)
        return end + timedelta(days=1) if self.last == self.first and end <= self.start else end


def write(selection: Selection, target: BinaryIO) -> list[str]:
    """Write the events of a selection; of one that has only others chosen, those that they lead to.

    Returns:
        Which events could not be written, and what of the others.
    """
    return _Writer(selection, target).write()


def counts(selection: Selection) -> dict[str, int]:
    """How many events are written of a selection: all else stands in these."""
    _, dated = _Writer(selection, BytesIO()).events()
    return {"event": len(dated)} if dated else {}


class _Writer:
    def __init__(self, selection: Selection, target: BinaryIO) -> None:
        self._selection = selection
        self._target = target
        self._ends = chain_ends(selection.redirects)
        self._parties: dict[str, list[Participation]] = defaultdict(list)
        for record in selection.of_kind("participation"):
            assert isinstance(record, Participation)  # by its kind
            self._parties[self._resolve(record.event)].append(record)
        self._left_out: list[str] = []
        self._unnamed = 0
        self._now = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"

    def events(self) -> tuple[list[Event], list[tuple[Event, Days]]]:
        """Series, which are written as their occurrences, and what is written with its days."""
        events = [record for record in self._selection.of_kind("event") if isinstance(record, Event)]
        chosen = [event for event in events if event.id in self._selection.chosen] or events
        with_parts = {self._resolve(event.super_event) for event in events if event.super_event}
        series = [event for event in chosen if event.type == "series" and event.id in with_parts]
        return series, [
            (event, days) for event in chosen if event not in series and (days := self._days(event)) is not None
        ]

    def write(self) -> list[str]:
        series, dated = self.events()
        self._uids = {event.id: self._uid(event) for event, _ in dated}
        self._line("BEGIN", "VCALENDAR")
        self._line("VERSION", "2.0")
        self._line("PRODID", f"-//Convenings//{__version__}//EN")
        self._line("CALSCALE", "GREGORIAN")
        self._text("X-WR-CALNAME", self._selection.info.title)
        for line in _definitions([days for _, days in dated]):
            self._target.write(line)
        for event, days in dated:
            self._event(event, days)
        self._line("END", "VCALENDAR")
        return [*self._left_out, *self._remarks(len(series))]

    def _remarks(self, series: int) -> Iterator[str]:
        if series:
            yield f"series written as their occurrences, without the rule: {series}"
        if self._unnamed:
            yield f"parties without a name, left out: {self._unnamed}"
        if self._selection.user_data is not None and self._selection.user_data.marks:
            yield "a calendar has no place for marks"

    def _days(self, event: Event) -> Days | None:
        """The days of an event; None where they are not known, which is told."""
        why = ""
        if event.date is None:
            why = "has no date"
        else:
            try:
                ends = [dates.parse(text) for text in event.date.split("/")]
            except dates.EdtfError:
                ends = []
            if not ends or any(each.precision != "day" or each.uncertain or each.approximate for each in ends):
                why = f"is not known to the day ({event.date})"
            elif any(each.earliest is None or not 1 <= calendar_day(each.earliest)[0] < 9999 for each in ends):
                why = f"is in no year that a calendar can write ({event.date})"
        if why:
            self._left_out.append(f"'{event.label}' {why}, and was left out")
            return None
        first, last = (date(*calendar_day(each.earliest or 0)) for each in (ends[0], ends[-1]))
        start_time, zone = event.start_time, self._zone(event)
        if start_time is None and ends[0].minute is not None:
            start_time = f"{ends[0].minute // 60:02}:{ends[0].minute % 60:02}"
            offset = ends[0].offset
            if offset is not None:
                zone = zone_by_name(f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}")
        return Days(first, last, start_time, event.end_time if start_time else None, zone)

    def _zone(self, event: Event) -> Zone | None:
        """The zone of an event, or of the nearest one above that has one."""
        above: Event | None = event
        visited: set[str] = set()
        while above is not None and above.id not in visited:
            if above.zone is not None:
                return zone_by_name(above.zone)
            visited.add(above.id)
            record = self._selection.records.get(self._resolve(above.super_event or ""))
            above = record if isinstance(record, Event) else None
        return None

    def _event(self, event: Event, days: Days) -> None:
        self._line("BEGIN", "VEVENT")
        self._text("UID", self._uids[event.id])
        self._line("DTSTAMP", self._now)
        comments = list(self._times(days))
        self._text("SUMMARY", event.label)
        if event.status in ("cancelled", "tentative"):
            self._line("STATUS", event.status.upper())
        if event.moved_from:
            comments.append(f"Moved from {event.moved_from}")
        if event.date_basis == "inferred":
            notes = [piece.note for piece in event.evidence if piece.basis == "inferred" and "date" in piece.fields]
            comments.append(
                f"The date is inferred: {'; '.join(dict.fromkeys(filter(None, notes))) or 'no source states it'}"
            )
        series = self._series_of(event)
        texts = event.descriptions or (series.descriptions if series else [])
        description = "\n\n".join(filter(None, (event.summary, *map(_plain_text, texts))))
        self._text("DESCRIPTION", description)
        place = self._selection.records.get(self._resolve(event.place or ""))
        if isinstance(place, Place):
            self._text("LOCATION", self._location(place))
            if place.latitude is not None and place.longitude is not None:
                self._line("GEO", f"{place.latitude};{place.longitude}")
        topics = [
            self._selection.label(self._resolve(ref)) for ref in event.topics or (series.topics if series else [])
        ]
        if topics:
            self._line("CATEGORIES", ",".join(map(text_value, topics)))
        self._links([*event.links, *(series.links if series else [])])
        above = self._uids.get(self._resolve(event.super_event or ""))
        if above is not None:
            self._text("RELATED-TO", above, {"RELTYPE": "PARENT"})
        self._guests([*self._parties[event.id], *(self._parties[series.id] if series else [])])
        note = self._selection.user_data.notes.get(event.id) if self._selection.user_data is not None else None
        for comment in (*comments, *([f"Note: {note}"] if note else [])):
            self._text("COMMENT", comment)
        self._line("END", "VEVENT")

    def _times(self, days: Days) -> Iterator[str]:
        """Write start and end; gives what of them a calendar has no property for."""
        has_no_end = days.end_time is None and days.last != days.first
        if days.start_time is None or has_no_end:
            self._line("DTSTART", f"{_basic(days.first)}", {"VALUE": "DATE"})
            if days.last > days.first:
                self._line("DTEND", f"{_basic(days.last + timedelta(days=1))}", {"VALUE": "DATE"})
            if days.start_time is not None:
                yield f"Begins at {days.start_time}"
            return
        for name, at in (("DTSTART", days.start), ("DTEND", days.end)):
            if at is not None:
                self._time(name, at, days.zone)

    def _time(self, name: str, at: datetime, zone: Zone | None) -> None:
        if zone is None:
            self._line(name, _basic_time(at))
        elif zone.name and zone is not UTC_ZONE:
            self._line(name, _basic_time(at), {"TZID": zone.name})
        else:
            self._line(name, f"{_basic_time(zone.to_utc(at))}Z")

    def _location(self, place: Place) -> str:
        """A place with those around it, each once."""
        labels = [place.label]
        above, visited = place, {place.id}
        while above.parent is not None:
            record = self._selection.records.get(self._resolve(above.parent))
            if not isinstance(record, Place) or record.id in visited:
                break
            above = record
            visited.add(above.id)
            labels.append(above.label)
        if place.address and place.address not in labels:
            labels.insert(1, place.address)
        return ", ".join(labels)

    def _series_of(self, event: Event) -> Event | None:
        """The series of which an event is an occurrence: what is said of it holds for each."""
        above = self._selection.records.get(self._resolve(event.super_event or ""))
        return above if isinstance(above, Event) and above.type == "series" else None

    def _links(self, links: Iterable[Link]) -> None:
        has_url = False
        for link in links:
            name = _PROPERTY_OF.get(link.rel, "LINK" if has_url else "URL")
            parameters = {} if name in ("URL", "ATTACH") else {"VALUE": "URI"}
            has_url = has_url or name == "URL"
            if name == "LINK":
                parameters["LINKREL"] = link.rel or "related"
            for key, value in (("LABEL", link.label), ("FMTTYPE", link.media_type), ("LANGUAGE", link.language)):
                if value and name != "URL":
                    parameters["FILENAME" if key == "LABEL" and name == "ATTACH" else key] = value
            self._line(name, _address(link.url), parameters)

    def _guests(self, parties: Iterable[Participation]) -> None:
        has_organiser = False
        for party in parties:
            agent = self._selection.records.get(self._resolve(party.agent or ""))
            if agent is None:
                self._unnamed += 1
                continue
            parameters = {"CN": self._selection.label(agent.id)}
            mails = (link.url for link in agent.links if link.url.casefold().startswith("mailto:"))
            address = _address(next(mails, NO_ADDRESS))
            if party.role == "organiser" and not has_organiser:
                has_organiser = True
                self._line("ORGANIZER", address, parameters)
                continue
            if isinstance(agent, Organisation):
                parameters["CUTYPE"] = "GROUP"
            match party.role:
                case "chair":
                    parameters["ROLE"] = "CHAIR"
                case "attendee" | "invitee":
                    parameters["ROLE"] = "REQ-PARTICIPANT"
                case role:
                    parameters["ROLE"] = f"X-{role.upper().replace(' ', '-')}"
            declined = "DECLINED" in party.role_as_stated.upper()
            parameters["PARTSTAT"] = (
                ("DECLINED" if declined else "NEEDS-ACTION") if party.role == "invitee" else "ACCEPTED"
            )
            self._line("ATTENDEE", address, parameters)

    def _uid(self, event: Event) -> str:
        """By what a calendar knows an event: what the file has that it came from, else its id and the dataset's."""
        for identifier in event.identifiers:
            if identifier.scheme == "uid":
                return identifier.value
        info = self._selection.info
        dataset = sha256((info.id or info.title).encode("utf-8", "replace")).hexdigest()[:12]
        return f"{event.id}@{dataset}.convenings"

    def _resolve(self, ref: str) -> str:
        return self._ends.get(ref, ref)

    def _text(self, name: str, text: str, parameters: dict[str, str] | None = None) -> None:
        """Write a property with a text, if there is any."""
        if text.strip():
            self._line(name, text_value(text), parameters)

    def _line(self, name: str, value: str, parameters: dict[str, str] | None = None) -> None:
        self._target.write(content_line(name, value, parameters))


def _definitions(days: list[Days]) -> Iterator[bytes]:
    """Definitions of all zones that have a name, for the years that they are used in."""
    years: dict[str, list[int]] = {}
    for each in days:
        if each.zone is not None and each.zone.name and each.zone is not UTC_ZONE and each.start_time is not None:
            years.setdefault(each.zone.name, []).extend((each.first.year, each.last.year))
    if not years:
        return
    from icalendar import Timezone

    for name, used in sorted(years.items()):
        first, last = date(max(min(used) - 1, 1), 1, 1), date(min(max(used) + 1, 9998), 12, 31)
        for line in Timezone.from_tzid(name, first_date=first, last_date=last).to_ical().splitlines(keepends=True):
            if not line.startswith(b"COMMENT"):
                yield line


def _plain_text(description: Description) -> str:
    """Words of a description without markup."""
    if description.format != "html":
        return description.text.strip()
    text = _TAG.sub(lambda tag: "\n" if _BREAKS.match(tag[0]) else "", description.text)
    return re.sub(r"\n{3,}", "\n\n", html.unescape(text)).strip()


def _address(url: str) -> str:
    """An address as a value; what no address may have is left out."""
    return re.sub(r"[\x00-\x20\x7f-\x9f]", "", url)


def _at(day: date, clock: str | None) -> datetime:
    hour, minute = map(int, (clock or "00:00").split(":"))
    return datetime(day.year, day.month, day.day, hour, minute)


def _basic(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _basic_time(at: datetime) -> str:
    return f"{_basic(at)}T{at.hour:02}{at.minute:02}{at.second:02}"
