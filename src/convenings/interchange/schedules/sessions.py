"""The records of a schedule: its conference, sessions, persons and who is at what."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, tzinfo

import msgspec

from convenings.domain.record_values import Description, Identifier, Status
from convenings.domain.records import Event
from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.schedules.conference import Venue, generator_of, with_title, zone_name_of
from convenings.interchange.schedules.fields import (
    ID_FIELDS,
    LANGUAGE_FIELDS,
    STATE_FIELDS,
    TEXT_FIELDS,
    TITLE_FIELDS,
    TYPE_FIELDS,
    count_leftovers,
)
from convenings.interchange.schedules.links import Links
from convenings.interchange.schedules.parties import Parties
from convenings.interchange.schedules.people import People
from convenings.interchange.schedules.remarks import Tally, place_of
from convenings.interchange.schedules.systems import identifiers_of, system_of
from convenings.interchange.schedules.times import (
    Stated,
    When,
    clock,
    clock_text,
    offset_in,
    offset_text,
    when,
    zone_of,
)
from convenings.interchange.schedules.tree import Fields, Node, Tree, is_fields, items_of, names_of, prose_of, text_of
from convenings.interchange.schedules.word_meanings import (
    HELD,
    STATUSES,
    language_of,
    status_of,
    type_of,
)

_HTML = re.compile(
    r"</?(?:p|br|a|ul|ol|li|b|i|em|strong|h[1-6]|div|span|code|pre|blockquote|table|tr|td|img|hr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKDOWN_WRITERS = ("pretalx", "wafer", "frab")
_CONFLICTS = {
    "zone": "dates by another clock than the local start; the local start is kept",
    "start": "dates with another time than the local start; the local start is kept",
    "end": "ends that cannot be put on the clock of the start; they are left out",
    "date": "dates that cannot be read; the day under which they stand is kept",
    "time": "starts that cannot be read; they are left out",
    "duration": "durations that cannot be read; they are left out",
}


def add_schedule(tree: Tree, reading: Reading) -> None:
    """Add all records of a schedule to a reading."""
    _Schedule(tree, reading).add()


class _Schedule:
    """What the sessions of one schedule share."""

    def __init__(self, tree: Tree, reading: Reading) -> None:
        fields = tree.conference
        base = text_of(fields.get("base_url"))
        title = names_of(fields.get("title"))[0]
        acronym = text_of(fields.get("acronym"))
        system = system_of(base, acronym, title)
        self._tree, self._reading = tree, reading
        self._links = Links(reading, base)
        self._people = People(reading, system, self._links)
        self._venue = Venue(reading, tree, system)
        self._schemes = {field: system.of_sessions(field) for field in ID_FIELDS}
        self._slugs = {self._schemes["slug"]}
        self._format = "markdown" if generator_of(tree) in _MARKDOWN_WRITERS else "plain"
        self._zone_name = zone_name_of(tree)
        self._zone: tzinfo | None = zone_of(self._zone_name) if self._zone_name else None
        self._nodes: dict[str, list[Node]] = {}
        """How the file knows a session to those that it knows so."""
        self._occasions: Counter[str] = Counter()
        self._offsets: Counter[int] = Counter()
        self._own_offsets: dict[str, tuple[int, date, int]] = {}
        self._tally = Tally()
        self._parties = Parties(reading, self._people, self._tally)
        self._previous: dict[tuple[str, str], int] = {}

    def add(self) -> None:
        for node in self._tree.people:
            self._people.ref(node.fields, node.piece)
        for node in self._tree.sessions:
            self._session(node)
        self._venue.add_rooms()
        self._people.add_all()
        if not self._tree.sessions and not self._tree.conference.get("title"):
            return
        zone, zone_note = self._settle_zones()
        conference = self._venue.event(zone, zone_note, self._links)
        self._reading.records = {conference.id: conference, **self._reading.records}
        with_title(self._tree, self._reading, self._venue.title)
        self._tally.add_to(self._reading)

    def _session(self, node: Node) -> None:
        fields, piece = node.fields, node.piece
        title, names = names_of(next((fields[key] for key in TITLE_FIELDS if fields.get(key)), ""))
        values = {field: text for field in ID_FIELDS if (text := text_of(fields.get(field)))}
        place = place_of(values, piece)
        if not title:
            self._reading.skip(place, "the session has no title", self._raw(piece))
            return
        at = self._when(node, place)
        slot = fields.get("slot")
        room = node.room or (slot.get("room") if is_fields(slot) else "")
        room = fields.get("room") or room
        identifiers = identifiers_of(self._schemes, values)
        occasion = f"{title} {at.date or ''} {at.start or ''} {names_of(room)[0]}"
        fallback = next((f"{field} {values[field]}" for field in ID_FIELDS if field in values), "")
        key, is_alone = self._key(
            node, [each for each in identifiers if each.scheme not in self._slugs], fallback, occasion
        )
        if not key:
            self._reading.skip(
                place, "the session stands in the file before, the same in every field", self._raw(piece)
            )
            return
        if not is_alone and fallback:
            self._tally.tell("a number or name that another session has, too; they are sessions of their own", place)
            identifiers = []
        ref = self._reading.ref("event", key, title)
        stated_type, _ = names_of(next((fields[name] for name in TYPE_FIELDS if fields.get(name)), ""))
        parties = self._parties.of(ref, key, title, fields, piece)
        status, status_note = self._status(title, fields)
        language = self._language(fields)
        notes = {"status": status_note, "date": at.day_from}
        topics = [self._venue.topic("track", fields.get("track"), piece)]
        topics += [self._venue.topic("tag", tag, piece) for tag in items_of(fields.get("tags"))]
        if at.day is not None:
            self._venue.spans(at.day, at.last_day or at.day)
            if at.offset is not None and at.start is not None:
                self._offsets[at.offset] += 1
                self._own_offsets[ref] = at.offset, at.day, at.start
        self._reading.add(
            Event(
                id=ref,
                type=type_of(stated_type, title, bool(parties)),
                label=title,
                names=names,
                date=at.date,
                date_basis=None if at.day is None else "inferred" if at.day_from else "stated",
                start_time=None if at.start is None else clock_text(at.start),
                end_time=None if at.end is None else clock_text(at.end),
                status=status,
                language=language,
                type_as_stated=stated_type,
                super_event=self._venue.ref,
                place=self._venue.room(room, piece),
                topics=list(dict.fromkeys(topic for topic in topics if topic)),
                identifiers=identifiers,
                links=self._links.of(fields),
                descriptions=self._descriptions(fields),
                evidence=self._reading.evidence(piece, {field: note for field, note in notes.items() if note}),
            )
        )
        for participation in parties:
            self._reading.add(participation)
        count_leftovers(fields, self._reading)

    def _raw(self, piece: Piece) -> str:
        return self._reading.file.data[piece.start : piece.end].decode("utf-8", "replace")

    def _key(self, node: Node, identifiers: list[Identifier], fallback: str, occasion: str) -> tuple[str, bool]:
        """How the file knows a session, and whether it is the only one there that is called so; empty where the
        session only repeats another.

        Args:
            node: the session.
            identifiers: what it is called, the surest first.
            fallback: what it is called where no system is named; empty where it is called nothing.
            occasion: its title, time and room.
        """
        key = f"session {fallback or occasion}"
        if identifiers:
            key = f"{identifiers[0].scheme}={identifiers[0].value}"
        others = self._nodes.setdefault(key, [])
        # It is compared with the first and the last of those that are called so: there may be any number of them.
        for other in others[:1] + others[-1:]:
            if other.fields == node.fields and (other.day, other.room) == (node.day, node.room):
                return "", False
        others.append(node)
        if len(others) == 1:
            return key, True
        own = f"session {fallback} {occasion}"
        self._occasions[own] += 1
        return (own if self._occasions[own] == 1 else f"{own} {self._occasions[own]}"), False

    def _when(self, node: Node, place: str) -> When:
        fields, day = node.fields, node.day
        slot = fields.get("slot")
        inner = slot if is_fields(slot) else {}
        start = text_of(fields.get("start")) or text_of(inner.get("start"))
        if not start and node.minute is not None:
            start = clock_text(node.minute)
        row = (day.date, node.room)
        stated = Stated(
            day=day.date or text_of(fields.get("day")),
            day_start=day.start,
            day_end=day.end,
            date=text_of(fields.get("date")),
            start=start,
            end=text_of(fields.get("end")) or text_of(inner.get("end")),
            duration=text_of(fields.get("duration")),
            day_change=text_of(self._tree.conference.get("day_change")),
            previous=self._previous.get(row),
        )
        at = when(stated, self._zone)
        minute = clock(start)
        if minute is not None:
            self._previous[row] = max(minute, self._previous.get(row, 0))
        if at.conflict:
            self._tally.tell(_CONFLICTS[at.conflict], place)
        return at

    def _settle_zones(self) -> tuple[str | None, str]:
        """The zone of the conference and from what it was inferred; sessions by another clock get their own."""
        zone, note = None, ""
        if self._zone is not None:
            zone = self._zone_name
        elif self._zone_name:
            self._reading.remark(f"The zone {self._zone_name} is unknown; all times stand as they are in the file")
        if zone is None and self._offsets:
            most = self._offsets.most_common(1)[0][0]
            zone = offset_text(most)
            note = "the offset of the dates of its sessions"
        rules = self._zone or (zone_of(zone) if zone else None)
        others = 0
        for ref, (offset, day, start) in self._own_offsets.items():
            if rules is not None and offset_in(rules, day, start) == offset:
                continue
            event = self._reading.records[ref]
            if isinstance(event, Event):
                self._reading.replace(msgspec.structs.replace(event, zone=offset_text(offset)))
                others += 1
        if others:
            self._reading.remark(f"{others} sessions have dates by another clock than {zone}, which they keep")
        return zone, note

    def _status(self, title: str, fields: Fields) -> tuple[Status | None, str]:
        """What has become of a session, and from what that was concluded."""
        for field in STATE_FIELDS:
            state = fold(text_of(fields.get(field)))
            if state in STATUSES:
                return STATUSES[state], ""
            if state and state not in HELD:
                self._reading.without_home(field)
        status = status_of(title)
        return status, "the title says so" if status else ""

    def _language(self, fields: Fields) -> str:
        stated = next((text for name in LANGUAGE_FIELDS if (text := text_of(fields.get(name)))), "")
        language = language_of(stated)
        if stated and not language:
            self._reading.without_home("language")
        return language

    def _descriptions(self, fields: Fields) -> list[Description]:
        descriptions: dict[str, Description] = {}
        for field in TEXT_FIELDS:
            value = fields.get(field)
            if not value:
                continue
            texts = value if is_fields(value) else {"": value}
            for language, item in texts.items():
                if (text := prose_of(item)) and text not in descriptions:
                    plain = field == "subtitle"
                    form = "html" if _HTML.search(text) else "plain" if plain or self._format == "plain" else "markdown"
                    descriptions[text] = Description(
                        text=text,
                        title=field,
                        language=language_of(language),
                        format=form,  # type: ignore[arg-type]
                    )
        return list(descriptions.values())
