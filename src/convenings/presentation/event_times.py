"""When an event is, with what it has from the event that it is part of: its day, and its time zone."""

from __future__ import annotations

from typing import NamedTuple

from convenings.domain.event_times import start_and_end
from convenings.domain.records import Event
from convenings.index.model import ReadModel
from convenings.index.rows import Flag

DEEPEST = 32
"""How many events that are part of each other are gone up through."""


class EventTimes(NamedTuple):
    """Start and end of an event as ISO 8601 has them, each None where nothing is known of it, and its time zone."""

    start: str | None
    end: str | None
    zone: str | None
    """IANA name, or offset as ``+01:00``."""


class WholeEvents:
    """What events have from those that they are part of, each of which is read once.

    Args:
        model: The read model.
    """

    def __init__(self, model: ReadModel) -> None:
        self._model = model
        self._wholes: dict[str, tuple[str | None, str | None]] = {}
        """Id of an event to its zone and its date, or those of what it is part of."""

    def times(self, event: Event) -> EventTimes:
        """When an event is."""
        zone, date = self.zone(event), event.date
        row = self._model.row_of(event.id) if date is None and event.super_event else None
        if row is not None and self._model.one(row).flags & Flag.INHERITED:
            whole = self._of(event.super_event or "")[1]
            # Of several days nobody knows on which of them it was.
            start, end = start_and_end(whole, event.start_time, event.end_time)
            if whole and "/" in whole and (event.start_time or event.end_time):
                start, end = start_and_end(None, event.start_time, event.end_time)
            return EventTimes(start, end, zone)
        return EventTimes(*start_and_end(date, event.start_time, event.end_time), zone)

    def zone(self, event: Event) -> str | None:
        """The time zone of an event, or else that of what it is part of."""
        return event.zone or (self._of(event.super_event)[0] if event.super_event else None)

    def _of(self, ref: str) -> tuple[str | None, str | None]:
        """Zone and date of an event, each its own or that of the nearest that it is part of which has one."""
        if ref in self._wholes:
            return self._wholes[ref]
        zone = date = None
        chain: list[str] = []
        at: str | None = ref
        while at and at not in chain and len(chain) < DEEPEST:
            chain.append(at)
            event = self._model.find(at)
            if not isinstance(event, Event):
                break
            zone, date, at = zone or event.zone, date or event.date, event.super_event
            if at in self._wholes:
                zone, date = zone or self._wholes[at][0], date or self._wholes[at][1]
                break
        self._wholes[ref] = zone, date
        return zone, date
