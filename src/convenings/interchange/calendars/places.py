"""Where events are, and what they are about: places and topics of a file, each once."""

from __future__ import annotations

import re

import msgspec

from convenings.domain.record_values import PlaceType
from convenings.domain.records import Place, Topic
from convenings.interchange.calendars.agents import name_of, rooms_of
from convenings.interchange.calendars.entries import Entry
from convenings.interchange.calendars.lines import Component, ContentLine, items_of
from convenings.interchange.calendars.pieces import Pieces
from convenings.interchange.calendars.published import locations_of, place_details
from convenings.interchange.reading import Reading

_ONLINE = re.compile(
    r"(?:online|virtual|virtuell|en ligne|web|internet|remote|zoom|(?:microsoft )?teams|webex|google meet|jitsi|"
    r"bigbluebutton|bbb|skype)(?:[ -](?:event|meeting|seminar|call|besprechung|réunion))?",
    re.IGNORECASE,
)
_DEGREES = re.compile(r"\s*([+-]?[0-9]{1,3}(?:\.[0-9]+)?)\s*[;,]\s*([+-]?[0-9]{1,3}(?:\.[0-9]+)?)\s*(?:[;,?].*)?")


class Places:
    """Places and topics, made when the first event needs them."""

    def __init__(self, reading: Reading, pieces: Pieces) -> None:
        self._reading = reading
        self._pieces = pieces

    def place_of(self, entry: Entry) -> str | None:
        """Id of where an event is: what it says of its location, else a room among those invited."""
        component, pointer = entry.component, entry.pointer
        rooms = [(line, name) for line in rooms_of(component) if (name := name_of(line))]
        location = component.first("LOCATION")
        structured = component.first("X-APPLE-STRUCTURED-LOCATION")
        text = location.text if location is not None else ""
        if not text and structured is not None:
            text = structured.parameter("X-TITLE").replace("\\n", "\n")
            location = structured
        published = list(locations_of(component)) if component.parts else []
        if not text and published:
            text, location = published[0][0].text, published[0][0]
        place = None
        if text and location is not None and not _is_address_of_a_page(text):
            # Exchange repeats the rooms as the location.
            is_room = text in {name for _, name in rooms}
            place = self._place(text, location, pointer, "room" if is_room else _type_of(text))
            self._locate(place, entry, structured)
            published = self._publish(place, text, entry, published)
        elif component.first("GEO") is not None:
            self._reading.without_home("GEO")
        for _ in published:
            self._reading.without_home("VLOCATION")
        for line, name in rooms:
            ref = self._place(name, line, pointer, "room")
            place = place or ref
        return place

    def _place(self, text: str, line: ContentLine, pointer: str, place_type: PlaceType) -> str:
        lines = [" ".join(part.split()) for part in text.split("\n") if part.strip()]
        label = ", ".join(lines)
        ref = self._reading.ref("place", label, lines[0])
        if not self._reading.has(ref):
            self._reading.add(
                Place(
                    id=ref,
                    label=label,
                    type=place_type,
                    address=label if len(lines) > 1 else "",
                    evidence=self._reading.evidence(self._pieces.of(line, pointer)),
                )
            )
        return ref

    def _publish(
        self, ref: str, text: str, entry: Entry, published: list[tuple[ContentLine, Component]]
    ) -> list[tuple[ContentLine, Component]]:
        """Give a place what the location of its name says of it; the other locations are given back."""
        others: list[tuple[ContentLine, Component]] = []
        for line, part in published:
            if line.text != text and line.text not in text:
                others.append((line, part))
                continue
            self._locate(ref, entry, part.first("GEO"))
            place = self._reading.records[ref]
            texts, links = place_details(part)
            if isinstance(place, Place) and (texts or links) and not (place.descriptions or place.links):
                evidence = [*place.evidence, *self._reading.evidence(self._pieces.of(line, entry.pointer))]
                self._reading.replace(
                    msgspec.structs.replace(place, descriptions=texts, links=links, evidence=evidence)
                )
        return others

    def _locate(self, ref: str, entry: Entry, structured: ContentLine | None) -> None:
        """Add coordinates to a place that has none yet."""
        line = entry.component.first("GEO") or structured
        if line is None:
            return
        match = _DEGREES.fullmatch(line.value.strip().removeprefix("geo:").removeprefix("GEO:"))
        degrees = (float(match[1]), float(match[2])) if match else None
        if degrees is None or abs(degrees[0]) > 90 or abs(degrees[1]) > 180:
            if line.name == "GEO":
                self._reading.skip(f"line {line.number}", f"GEO: '{line.value[:40]}' are no coordinates; left out")
            return
        place = self._reading.records[ref]
        assert isinstance(place, Place)  # by its id
        if place.latitude is None:
            fields = {name: getattr(place, name) for name in place.__struct_fields__}
            evidence = self._reading.evidence(self._pieces.of(line, entry.pointer))
            fields |= {"latitude": degrees[0], "longitude": degrees[1]}
            fields["evidence"] = [*place.evidence, *evidence]
            self._reading.replace(Place(**fields))
        elif (place.latitude, place.longitude) != degrees:
            self._reading.remark(f"'{place.label}' has several coordinates; the first were taken")

    def topics_of(self, entry: Entry) -> list[str]:
        """Ids of what an event is about: its categories, each once."""
        refs: dict[str, None] = {}
        for line in entry.component.all("CATEGORIES"):
            for word in items_of(line.value):
                label = " ".join(word.split())
                ref = self._reading.ref("topic", label, label)
                refs[ref] = None
                if not self._reading.has(ref):
                    evidence = self._reading.evidence(self._pieces.of(line, entry.pointer))
                    self._reading.add(Topic(id=ref, label=label, type="concept", evidence=evidence))
        return list(refs)


def _is_address_of_a_page(text: str) -> bool:
    return bool(re.fullmatch(r"https?://\S+", text.strip(), re.IGNORECASE))


def _type_of(text: str) -> PlaceType:
    return "online" if _ONLINE.fullmatch(text.strip()) else "venue"
