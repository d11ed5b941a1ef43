"""Components within an event by which it is published (RFC 9073): participants, locations and resources.

Each is given as the property of RFC 5545 that says the like, at its own place in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from convenings.domain.links import is_link
from convenings.domain.record_values import Description, Link
from convenings.interchange.calendars.lines import Component, ContentLine

READ = frozenset({"PARTICIPANT", "VLOCATION", "VRESOURCE"})
"""Components that are read here."""
_WRITTEN_DOWN = frozenset({"UID", "CREATED", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "PRIORITY"})
_OF_PARTICIPANTS = _WRITTEN_DOWN | {
    "PARTICIPANT-TYPE", "CALENDAR-ADDRESS", "SUMMARY", "NAME", "URL", "DESCRIPTION", "STYLED-DESCRIPTION",
    "STRUCTURED-DATA",
}  # fmt: skip
_OF_LOCATIONS = _WRITTEN_DOWN | {"NAME", "SUMMARY", "LOCATION-TYPE", "GEO", "URL", "DESCRIPTION", "STRUCTURED-DATA"}
_OF_RESOURCES = _WRITTEN_DOWN | {"NAME", "SUMMARY", "RESOURCE-TYPE"}
_NO_VENUES = frozenset({"parking", "parking-garage", "parking-lot", "restroom"})
"""Types of location (RFC 4589) that are not where an event is."""
_BODY_TYPES = ("organization", "organisation", "corporation", "ngo", "company", "group")


def participants_of(component: Component) -> Iterator[ContentLine]:
    """Its participants, each as a property with name, type and address; contacts are of another sort."""
    for part in component.parts:
        if part.name != "PARTICIPANT" or is_contact(part):
            continue
        data = _structured(part)
        name = " ".join((part.text("SUMMARY", "NAME") or str(data.get("name") or "")).split())
        word = part.text("PARTICIPANT-TYPE").upper()
        parameters = {"CN": [name], "ROLE": [word]}
        kind = str(data.get("@type") or data.get("kind") or "").casefold()
        if word == "SPONSOR" or any(each in kind for each in _BODY_TYPES):
            parameters["CUTYPE"] = ["GROUP"]
        address = part.text("CALENDAR-ADDRESS")
        yield ContentLine("PARTICIPANT", parameters, address, part.number, part.start, part.end)


def is_contact(part: Component) -> bool:
    """Whether a participant is somebody to ask, and not somebody at the event."""
    return part.text("PARTICIPANT-TYPE").upper().endswith("CONTACT")


def said_of(component: Component, line: ContentLine) -> tuple[list[Description], list[Link]]:
    """What the component of a participant says of who it is: others' words, and addresses of pages."""
    part = next((each for each in component.parts if each.start == line.start and each.name == line.name), None)
    return (_texts(part), _pages(part)) if part is not None else ([], [])


def locations_of(component: Component) -> Iterator[tuple[ContentLine, Component]]:
    """Where an event is, each as a property with the name of the place, and its component."""
    for part in component.parts:
        if part.name == "VLOCATION" and (name := part.text("NAME", "SUMMARY")):
            kinds = {each.strip().casefold() for each in part.text("LOCATION-TYPE").split(",")}
            if not kinds & _NO_VENUES:
                yield ContentLine("VLOCATION", {}, name, part.number, part.start, part.end), part


def rooms_among(component: Component) -> Iterator[ContentLine]:
    """Rooms among the resources of an event, each as a property with its name."""
    for part in component.parts:
        is_room = part.name == "VRESOURCE" and part.text("RESOURCE-TYPE").upper() == "ROOM"
        if is_room and (name := part.text("NAME", "SUMMARY")):
            yield ContentLine("VRESOURCE", {"CN": [name]}, name, part.number, part.start, part.end)


def leftovers_of(component: Component) -> Iterator[str]:
    """What of these components has no home, a name for each piece of it."""
    locations = {part.start for _, part in locations_of(component)}
    rooms = {line.start for line in rooms_among(component)}
    for part in component.parts:
        if part.name == "PARTICIPANT":
            if not is_contact(part):
                yield from _rest(part, _OF_PARTICIPANTS)
        elif part.name == "VLOCATION" and part.start in locations:
            yield from _rest(part, _OF_LOCATIONS)
        elif part.name == "VRESOURCE" and part.start in rooms:
            yield from _rest(part, _OF_RESOURCES)
        else:
            yield part.name


def place_details(part: Component) -> tuple[list[Description], list[Link]]:
    """Others' words and addresses of pages of a location."""
    return _texts(part), _pages(part)


def _rest(part: Component, names: frozenset[str]) -> Iterator[str]:
    for line in part.lines:
        is_inline = line.name == "STRUCTURED-DATA" and not is_link(line.value.strip())
        if line.name not in names or (is_inline and "name" not in _structured(part)):
            yield f"{part.name} {line.name}"
    for inner in part.parts:
        yield f"{part.name} {inner.name}"


def _structured(part: Component) -> dict[str, Any]:
    """The object of schema.org or the like that stands within a component as JSON; empty where there is none."""
    for line in part.all("STRUCTURED-DATA"):
        if line.text.startswith("{"):
            try:
                value = json.loads(line.text)
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                return value
    return {}


def _texts(part: Component) -> list[Description]:
    return [
        Description(text=line.text, title="description", language=line.parameter("LANGUAGE"))
        for line in part.all("DESCRIPTION")[:1]
        if line.text
    ]


def _pages(part: Component) -> list[Link]:
    urls = [(line.value.strip(), line.name) for line in part.all("URL", "STRUCTURED-DATA")]
    return [Link(url=url, rel=name.lower().replace("-", " ")) for url, name in dict.fromkeys(urls) if is_link(url)]
