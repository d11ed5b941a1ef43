"""Where the event of a row is, and what its topics are."""

from __future__ import annotations

import re

from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.tables.agents import Agents, is_online
from convenings.interchange.tables.bodies import is_no_name
from convenings.interchange.tables.cell_meanings import YES, YES_OR_NO
from convenings.interchange.tables.parties import list_of
from convenings.interchange.tables.plan import Plan

_OF_PLACES = (
    "country", "city", "address", "place", "room", "latitude", "longitude", "coordinates", "capacity",
)  # fmt: skip


class Surroundings:
    """Reads where events are and what they are about.

    Args:
        plan: How the table is read.
        reading: Told of what has no home.
        agents: To which places and topics go.
    """

    def __init__(self, plan: Plan, reading: Reading, agents: Agents) -> None:
        self._plan, self._reading, self._agents = plan, reading, agents
        # Most tables have neither, and are asked for both in each row.
        self._has_places, self._has_topics = bool(plan.of(*_OF_PLACES)), bool(plan.of("track", "topic"))

    def place(self, row: int, piece: Piece) -> str | None:
        """Id of the narrowest place that a row names."""
        if not self._has_places:
            return None
        plan, agents = self._plan, self._agents
        text: dict[str, str] = {}
        for field in ("country", "city", "address", "place", "room"):
            for column in plan.of(field):
                cell = " ".join(plan.cell(row, column).split()).strip("-–— ,\"'")
                if is_online(column.name) and fold(cell) in YES_OR_NO:
                    # A column "online" says whether, and not where.
                    cell = column.name if fold(cell) in YES else ""
                text[field] = text.get(field) or cell
        ref: str | None = None
        extra = self.measures(row)
        if name := text.get("country"):
            ref = agents.place("country", name, None, piece)
        if (name := text.get("city")) and not is_online(name):
            ref = agents.place("city", name, ref, piece)
        venue, room, address = text.get("place", ""), text.get("room", ""), text.get("address", "")
        # Where a city would stand, "online" is no city.
        venue = venue or (name if name and is_online(name) else "")
        if venue and not is_no_name(venue):
            fields = {"address": address} if address else {}
            ref = agents.place("venue", venue, ref, piece, **fields, **({} if room else extra))
        elif address:
            ref = agents.place("venue", address, ref, piece, address=address, **({} if room else extra))
        if room and not is_no_name(room):
            ref = agents.place("room", room, ref, piece, **extra)
        return ref

    def measures(self, row: int) -> dict[str, object]:
        """Coordinates and capacity of the place that a row names."""
        plan = self._plan
        fields: dict[str, object] = {}
        numbers = [plan.cell(row, column) for column in (*plan.of("latitude"), *plan.of("longitude"))]
        for column in plan.of("coordinates"):
            if text := plan.cell(row, column):
                numbers = re.findall(r"-?\d+(?:\.\d+)?", text)
        if len(numbers) == 2 and all(re.fullmatch(r"-?\d{1,3}(\.\d+)?", number) for number in numbers):
            latitude, longitude = map(float, numbers)
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                fields |= {"latitude": latitude, "longitude": longitude}
        for column in plan.of("capacity"):
            text = plan.cell(row, column)
            if text.isascii() and text.isdigit() and len(text) < 8:
                fields["capacity"] = int(text)
            elif text:
                self._reading.without_home(column.name)
        return fields

    def topics(self, row: int, piece: Piece) -> list[str]:
        """Ids of the tracks and topics of a row."""
        if not self._has_topics:
            return []
        plan, agents = self._plan, self._agents
        tracks = [text for column in plan.of("track") for text in _several(plan.cell(row, column), r"[;\n]")]
        topics = [text for column in plan.of("topic") for text in _several(plan.cell(row, column), r"[;,\n|]")]
        refs = [agents.topic("track", text, piece) for text in tracks]
        return list(dict.fromkeys([*refs, *(agents.topic("concept", text, piece) for text in topics)]))


def _several(text: str, separators: str) -> list[str]:
    """Items of a cell, as a list or between separators."""
    if not text:
        return []
    items = list_of(text)
    parts = [str(item) for item in items if isinstance(item, str)] if items is not None else re.split(separators, text)
    return [name for part in parts if (name := " ".join(part.split()).strip("\"'")) and not is_no_name(name)]
