"""The lens: the pinned records and filters that the panes show through, and the whole place somebody is at."""

from __future__ import annotations

from typing import Literal

import msgspec

ORDERS = ("", "most connected", "earliest")
"""Orders of a list; the empty name is its natural one."""


class Pin(msgspec.Struct, frozen=True):
    """A record pinned in a pane."""

    pane: str
    ref: str


class Lens(msgspec.Struct, frozen=True):
    """What narrows the panes. Each pane holds at most one pin, and shows what is related to the pins of the others."""

    pins: tuple[Pin, ...] = ()
    """In the order in which they were set."""
    filters: dict[str, str] = {}
    """Pane to a line of the query language."""
    orders: dict[str, str] = {}
    """Pane to one of :data:`ORDERS`."""

    def pin(self, pane: str, ref: str) -> Lens:
        """The lens with a record pinned, in place of the pane's former pin."""
        kept = tuple(pin for pin in self.pins if pin.pane != pane)
        return msgspec.structs.replace(self, pins=(*kept, Pin(pane, ref)))

    def unpin(self, pane: str) -> Lens:
        """The lens without the pin of a pane."""
        return msgspec.structs.replace(self, pins=tuple(pin for pin in self.pins if pin.pane != pane))

    def pinned(self, pane: str) -> str:
        """Id of the record pinned in a pane; an empty string where there is none."""
        return next((pin.ref for pin in self.pins if pin.pane == pane), "")

    def seen_by(self, pane: str) -> tuple[str, ...]:
        """Ids of the pins that narrow a pane: those of the others."""
        return tuple(pin.ref for pin in self.pins if pin.pane != pane)

    def filtered(self, pane: str, query: str) -> Lens:
        """The lens with another filter on a pane; an empty one takes it off."""
        filters = {**self.filters, pane: query}
        return msgspec.structs.replace(self, filters={name: text for name, text in filters.items() if text})

    def ordered(self, pane: str, order: str) -> Lens:
        """The lens with another order of a pane."""
        orders = {**self.orders, pane: order}
        return msgspec.structs.replace(self, orders={name: text for name, text in orders.items() if text})


class Cursor(msgspec.Struct, frozen=True):
    """Where a pane's cursor stands, by id, and the id of the first row shown."""

    ref: str = ""
    top: str = ""


class Location(msgspec.Struct, frozen=True):
    """Everything needed to bring somebody back to where they were."""

    lens: Lens = Lens()
    subject: str = ""
    """Id of the record that the profile shows."""
    pane: str = "timeline"
    listing: str = "speakers"
    cursors: dict[str, Cursor] = {}
    folded: tuple[str, ...] = ()
    zoom: tuple[float, float] | None = None
    """First day and days of the axis."""
    zoomed: bool = False
    evidence: bool = False
    version: Literal[1] = 1
