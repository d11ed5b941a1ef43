"""The conference of a schedule, its places and its tracks."""

from __future__ import annotations

from datetime import date

from convenings.domain.record_values import Description, Identifier, Link, Name, PlaceType
from convenings.domain.records import Event, Place, Topic
from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.schedules.links import Links
from convenings.interchange.schedules.systems import System
from convenings.interchange.schedules.times import Moment, moment
from convenings.interchange.schedules.tree import Fields, Node, Tree, is_fields, items_of, names_of, prose_of, text_of

_ONLINE = frozenset({"online", "virtual", "internet", "remote", "en ligne", "virtuell"})
_HOMES = frozenset(
    {
        "title", "acronym", "subtitle", "venue", "city", "country", "start", "end", "day_change", "time_zone_name",
        "timezone", "time_zone", "url", "base_url", "generator", "version", "description", "logo", "website", "link",
        "homepage",
    }
)  # fmt: skip
_OF_THE_FILE = frozenset({"$schema", "days", "daysCount", "days_count", "rooms", "text"})
"""What says how the file is laid out, which the sessions themselves show."""


class Venue:
    """The conference, its rooms and tracks, each made when a session first names it.

    Args:
        reading: where they go.
        tree: the schedule.
        system: whose ids the file has.
    """

    def __init__(self, reading: Reading, tree: Tree, system: System) -> None:
        self._reading, self._tree, self._system = reading, tree, system
        self.title, self._title_note = _title(tree, reading)
        self.ref = reading.ref("event", self._key(), self.title)
        self.first: date | None = None
        """The first day of a session."""
        self.last: date | None = None
        self._rooms: dict[str, str] = {}
        self._topics: dict[tuple[str, str], str] = {}
        self._room_nodes = _rooms_by_name(tree.rooms)
        self._venue = self._place_of_conference()

    def _key(self) -> str:
        scheme = f"{self._system.name} conference" if self._system.name else ""
        value = text_of(self._tree.conference.get("acronym")) or text_of(self._tree.conference.get("title"))
        self._identifiers = [Identifier(scheme=scheme, value=value)] if scheme and value else []
        return f"{scheme}={value}" if self._identifiers else "conference"

    def _place_of_conference(self) -> str | None:
        """Id of the venue, or of the city where only that is said."""
        parent = None
        fields = self._tree.conference
        names: tuple[tuple[str, PlaceType], ...] = (("country", "country"), ("city", "city"), ("venue", "venue"))
        for field, sort in names:
            if label := text_of(fields.get(field)):
                kind: PlaceType = "online" if fold(label) in _ONLINE else sort
                ref = self._reading.ref("place", f"{field} {label}", label)
                if not self._reading.has(ref):
                    evidence = self._reading.evidence(self._tree.piece)
                    self._reading.add(Place(id=ref, type=kind, label=label, parent=parent, evidence=evidence))
                parent = ref
        return parent

    def room(self, stated: object, piece: Piece) -> str | None:
        """Id of a room by its name; None where there is none."""
        name, names = names_of(stated)
        if not name:
            return None
        ref = self._rooms.get(name)
        if ref is None:
            node = self._room_nodes.get(name)
            fields = node.fields if node else {}
            label, other_names = names_of(fields.get("name")) if node else ("", [])
            label = label or name
            ref = self._rooms[name] = self._rooms[label] = self._reading.ref("place", f"room {label}", label)
            if not self._reading.has(ref):
                self._reading.add(self._place(ref, label, other_names or names, node, piece))
        return ref

    def _place(self, ref: str, label: str, names: list[Name], node: Node | None, piece: Piece) -> Place:
        fields = node.fields if node else {}
        capacity = text_of(fields.get("capacity"))
        for field in fields.keys() - {"name", "guid", "slug", "id", "capacity", "description", "position", "url"}:
            if items_of(fields[field]):
                self._reading.without_home(f"room/{field}", len(items_of(fields[field])))
        # The file names the venue of the conference, and that the room is there is concluded.
        note = {"parent": "the venue of the conference"} if self._venue else None
        return Place(
            id=ref,
            type="online" if fold(label) in _ONLINE else "room",
            label=label,
            names=names,
            parent=self._venue,
            parent_basis="inferred" if self._venue else None,
            capacity=int(capacity) if capacity.isdecimal() and len(capacity) < 8 else None,
            identifiers=self._identifiers_of_room(fields),
            descriptions=_descriptions((("description", fields.get("description")),)),
            evidence=self._reading.evidence(node.piece if node else piece, note),
        )

    def _identifiers_of_room(self, fields: Fields) -> list[Identifier]:
        """What a room is called, without what another room is called, too."""
        identifiers = []
        for field in ("guid", "slug", "id"):
            value = text_of(fields.get(field))
            alike = sum(text_of(node.fields.get(field)) == value for node in self._tree.rooms) if value else 0
            if alike > 1:
                self._reading.remark(
                    f"{alike} rooms have the {field} {value}; they are rooms of their own, by their names"
                )
            elif value:
                identifiers.append(Identifier(scheme=f"{self._system.edition} room {field}".strip(), value=value))
        return identifiers

    def add_rooms(self) -> None:
        """Add the rooms of the file in which nothing is, too."""
        for node in self._tree.rooms:
            self.room(node.fields.get("name"), node.piece)

    def topic(self, sort: str, stated: object, piece: Piece) -> str | None:
        """Id of a track (``sort`` track) or of a tag (``sort`` tag); None where there is none."""
        label, names = names_of(stated)
        if not label:
            return None
        ref = self._topics.get((sort, label))
        if ref is None:
            scheme = f"{self._system.name} {sort}" if self._system.name else ""
            key = f"{scheme}={label}" if scheme else f"{sort} {label}"
            ref = self._topics[sort, label] = self._reading.ref("topic", key, label)
            self._reading.add(
                Topic(
                    id=ref,
                    type="track" if sort == "track" else "concept",
                    label=label,
                    names=names,
                    identifiers=[Identifier(scheme=scheme, value=label)] if scheme else [],
                    evidence=self._reading.evidence(piece),
                )
            )
        return ref

    def spans(self, first: date, last: date) -> None:
        """Say that a session is on these days."""
        self.first = min(self.first or first, first)
        self.last = max(self.last or last, last)

    def event(self, zone: str | None, zone_note: str, links: Links) -> Event:
        """The record of the conference, once all its sessions are read."""
        fields = self._tree.conference
        days, days_note = self._days()
        notes = {"label": self._title_note, "date": days_note, "zone": zone_note}
        acronym, title = text_of(fields.get("acronym")), names_of(fields.get("title"))
        names = [*title[1], *([Name(value=acronym, type="abbreviation")] if acronym not in ("", self.title) else [])]
        base = text_of(fields.get("base_url"))
        own = [link for link in links.of(fields) if link.url != base]
        for field, value in fields.items():
            if field not in _HOMES and field not in _OF_THE_FILE and items_of(value):
                self._reading.without_home(f"conference/{field}", len(items_of(value)))
        return Event(
            id=self.ref,
            type="conference",
            label=self.title,
            names=names,
            date=days,
            date_basis=None if days is None else "inferred" if days_note else "stated",
            zone=zone,
            place=self._venue,
            identifiers=self._identifiers,
            links=[*([Link(url=base, rel="page")] if base.startswith("http") else []), *own],
            descriptions=_descriptions(
                (("subtitle", fields.get("subtitle")), ("description", fields.get("description")))
            ),
            evidence=self._reading.evidence(self._tree.piece, {field: note for field, note in notes.items() if note}),
        )

    def _days(self) -> tuple[str | None, str]:
        """The days of the conference, and from what they were inferred."""
        fields = self._tree.conference
        start, end = moment(text_of(fields.get("start"))), moment(text_of(fields.get("end")))
        listed = [day.day for each in self._tree.days if (day := moment(each.date))]
        stated = [at.day for at in (start, end) if at]
        if not stated and not listed and self.first is None:
            return None, ""
        note = ""
        if not stated:
            note = "the days that the file lists" if listed else "the first and the last session"
        days = stated or listed
        first, last = min(days, default=None), max(days, default=None)
        if self.first is not None and (
            first is None or last is None or self.first < first or (self.last or first) > last
        ):
            note = "the first and the last session, as some lie outside the dates of the conference" if days else note
            first = min(filter(None, (first, self.first)))
            last = max(filter(None, (last, self.last)))
        elif end and listed and end.day > max(listed) and end.day > (self.last or end.day):
            self._tell_empty_end(end, max(*listed, self.last or listed[0]))
        return (str(first) if first == last else f"{first}/{last}"), note

    def _tell_empty_end(self, end: Moment, last: date) -> None:
        self._reading.remark(
            f"The conference ends on {end.day} by its own field, which is kept; the last day in the file is {last}"
        )


def _title(tree: Tree, reading: Reading) -> tuple[str, str]:
    """What the conference is called, and from what that was inferred."""
    for field in ("title", "acronym"):
        if title := names_of(tree.conference.get(field))[0]:
            return title, ""
    for node in tree.rooms:
        # Pages of organisers in pretalx: /orga/event/NAME/...
        parts = text_of(node.fields.get("url")).split("/")
        if "event" in parts[:-2]:
            return parts[parts.index("event") + 1], "the address of a room"
    stem = reading.file.name.partition(".")[0].strip("-_ ")
    return stem or "Conference", "the name of the file" if stem else "what kind of file it is"


def _rooms_by_name(rooms: list[Node]) -> dict[str, Node]:
    """Room by its name in each language, and by its number where no other room has that name."""
    by_name = {names_of(node.fields.get("name"))[0]: node for node in rooms}
    for node in rooms:
        for other in names_of(node.fields.get("name"))[1]:
            by_name.setdefault(other.value, node)
    for node in rooms:
        if number := text_of(node.fields.get("id")):
            by_name.setdefault(number, node)
    by_name.pop("", None)
    return by_name


def _descriptions(texts: tuple[tuple[str, object], ...]) -> list[Description]:
    return [Description(text=text, title=title) for title, value in texts if (text := prose_of(value))]


def with_title(tree: Tree, reading: Reading, title: str) -> None:
    """Say of the source what it is: the schedule of a conference in a version."""
    version = text_of(tree.conference.get("version"))
    full = f"Schedule of {title}, version {version}" if version else f"Schedule of {title}"
    reading.describe(title=full)


def generator_of(tree: Tree) -> str:
    """The program that wrote the schedule, in small letters; empty where it does not say."""
    value = tree.conference.get("generator")
    return text_of(value.get("name") if is_fields(value) else value).casefold()


def zone_name_of(tree: Tree) -> str:
    """Name of the zone of the conference; empty where the file has none."""
    return next(
        (text for key in ("time_zone_name", "timezone", "time_zone") if (text := text_of(tree.conference.get(key)))), ""
    )
