"""The state of the explorer as one value: what somebody looks at, through which lens, and where every cursor stands.

Records are named by their ids, so that a state outlives a reload of the dataset, and can be kept between sessions. The
message in the line above the keys is no part of it.
"""

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
        others = tuple(pin for pin in self.pins if pin.pane != pane)
        return msgspec.structs.replace(self, pins=(*others, Pin(pane, ref)))

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
    """Where the cursor of a list stands, by id, and the id of the first row on the screen."""

    ref: str = ""
    top: str = ""


class TextPosition(msgspec.Struct, frozen=True):
    """Where the cursor of a text stands: the paragraph under it, and the first line on the screen, both from 0."""

    paragraph: int = 0
    top: int = 0


class State(msgspec.Struct, frozen=True):
    """All that the explorer shows; also what is kept between sessions, as :meth:`lasting` leaves it."""

    lens: Lens = Lens()
    subject: str = ""
    """Id of the record that the profile shows and the panes are related to."""
    pane: str = "timeline"
    """The pane in use."""
    listing: str = "speakers"
    """The list shown where there is room for one only."""
    cursors: dict[str, Cursor] = {}
    """List to its cursor."""
    folded: tuple[str, ...] = ()
    """Ids of the events whose parts are folded away."""
    zoom: tuple[float, float] | None = None
    """First day, as :mod:`~convenings.domain.days` numbers them, and days of the time axis; None as it opens."""
    zoomed: bool = False
    """Whether the pane in use has the whole screen."""
    evidence: bool = False
    """Whether the evidence drawer is open."""
    version: Literal[1] = 1
    view: str = "panes"
    """Which view is on the screen."""
    texts: dict[str, TextPosition] = {}
    """Text pane to where its cursor stands."""
    jump: str = ""
    """Id of the record that was gone to by a link, the palette or a list of referrers; empty once a cursor moves on."""
    entered_from: str = ""
    """Id of the record that was the subject when the pane in use was entered: it says what is related in here."""
    opened_from: str = ""
    """Pane that the evidence drawer was opened from."""
    typing: bool = False
    """Whether a filter is being typed."""
    help: bool = False
    """Whether the keys are listed beside the panes."""

    def cursor(self, pane: str) -> str:
        """Id of the record under the cursor of a list; an empty string where there is none."""
        return self.cursors[pane].ref if pane in self.cursors else ""

    def position(self, pane: str) -> TextPosition:
        """Where the cursor of a text stands; at its beginning where nothing is said of it."""
        return self.texts.get(pane, TextPosition())

    def at(self, pane: str, ref: str) -> State:
        """The state with the cursor of a list on a record."""
        top = self.cursors[pane].top if pane in self.cursors else ""
        return msgspec.structs.replace(self, cursors={**self.cursors, pane: Cursor(ref, top)})

    def lasting(self) -> State:
        """The part that is kept between sessions: neither what is open for a moment nor how it was come to."""
        return msgspec.structs.replace(
            self, texts={}, jump="", entered_from="", opened_from="", typing=False, help=False
        )


NEW_PLACE = ("lens", "jump")
"""Fields whose change makes a new place in the history; a change of the others changes how the present place looks."""


def is_new_place(before: State, after: State) -> bool:
    """Whether one state is another place than the one before it, to which somebody would want to go back.

    While a filter is typed no place is new: the place is, once the filter is kept. To move a cursor on from where a
    jump led to is none either.
    """
    if after.typing:
        return False
    return any(getattr(before, field) != getattr(after, field) for field in NEW_PLACE if getattr(after, field) != "")
