"""The state of the explorer as one value: what somebody looks at, through which lens, and where every cursor stands.

Records are named by their ids, so that a state outlives a reload of the dataset, and can be kept between sessions. The
message in the line above the keys is no part of it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from convenings.domain.kinds import PANE_OF_KIND, kind_of

ORDERS = ("", "most connected", "earliest")
"""Orders of a list; the empty name is its natural one."""


class Pin(msgspec.Struct, frozen=True):
    """A record pinned in a pane."""

    pane: str
    ref: str


class Lens(msgspec.Struct, frozen=True):
    """What narrows the panes: each shows what is related to all pins of the others.

    Pins of one kind, or of kinds that one list shows, are compared: all of them hold, which leaves what they share, or
    one holds and the others do not.
    """

    pins: tuple[Pin, ...] = ()
    """In the order in which they were set."""
    filters: dict[str, str] = {}
    """Pane to a line of the query language."""
    orders: dict[str, str] = {}
    """Pane to one of :data:`ORDERS`."""
    only: str = ""
    """Id of the pin that holds alone of its kind, so that what the others of that kind are related to is left out;
    empty where all hold."""

    def pin(self, pane: str, ref: str) -> Lens:
        """The lens with a record pinned beside all others, which then all hold."""
        others = tuple(pin for pin in self.pins if pin != Pin(pane, ref))
        return msgspec.structs.replace(self, pins=(*others, Pin(pane, ref)), only="")

    def unpin(self, pane: str, ref: str) -> Lens:
        """The lens without a pin; all others hold then."""
        others = tuple(pin for pin in self.pins if pin != Pin(pane, ref))
        return msgspec.structs.replace(self, pins=others, only="") if len(others) < len(self.pins) else self

    def pinned(self, pane: str) -> tuple[str, ...]:
        """Ids of the records pinned in a pane."""
        return tuple(pin.ref for pin in self.pins if pin.pane == pane)

    def seen_by(self, pane: str) -> tuple[str, ...]:
        """Ids of the pins to which all that a pane shows is related: those of the other panes that hold."""
        return tuple(pin.ref for pin in self.pins if pin.pane != pane and not self.is_excluded(pin.ref))

    def excluded_from(self, pane: str) -> tuple[str, ...]:
        """Ids of the pins to which nothing is related that a pane shows."""
        return tuple(pin.ref for pin in self.pins if pin.pane != pane and self.is_excluded(pin.ref))

    def is_excluded(self, ref: str) -> bool:
        """Whether a pin does not hold, as another of its kind holds alone."""
        return bool(self.only) and ref != self.only and _kind_of_pin(ref) == _kind_of_pin(self.only)

    def compared(self) -> tuple[str, ...]:
        """Ids of the pins that are compared, in the order in which they were set: those of the kind that was pinned
        last of all kinds with more than one pin."""
        for last in reversed(self.pins):
            # One record may be pinned in two panes, and is compared with itself in no case.
            refs = dict.fromkeys(pin.ref for pin in self.pins if _kind_of_pin(pin.ref) == _kind_of_pin(last.ref))
            if len(refs) > 1:
                return tuple(refs)
        return ()

    def compared_next(self) -> Lens:
        """The lens that looks at the next side of what is compared: what all share, what only the first has, and so
        on to the last."""
        sides = ("", *self.compared())
        at = sides.index(self.only) if self.only in sides else 0
        return msgspec.structs.replace(self, only=sides[(at + 1) % len(sides)])

    def filtered(self, pane: str, query: str) -> Lens:
        """The lens with another filter on a pane; an empty one takes it off."""
        filters = {**self.filters, pane: query}
        return msgspec.structs.replace(self, filters={name: text for name, text in filters.items() if text})

    def ordered(self, pane: str, order: str) -> Lens:
        """The lens with another order of a pane."""
        orders = {**self.orders, pane: order}
        return msgspec.structs.replace(self, orders={name: text for name, text in orders.items() if text})


def _kind_of_pin(ref: str) -> str:
    """What a pin is compared as: people and unnamed parties, which one list shows, are of one kind."""
    return PANE_OF_KIND.get(kind_of(ref), kind_of(ref))


class Cursor(msgspec.Struct, frozen=True):
    """Where the cursor of a list stands, by id, and the id of the first row on the screen."""

    ref: str = ""
    top: str = ""


class TextPosition(msgspec.Struct, frozen=True):
    """Where the cursor of a text stands: the paragraph under it, and the first line on the screen, both from 0."""

    paragraph: int = 0
    top: int = 0


class Selection(msgspec.Struct, frozen=True):
    """Words of the text of a report."""

    source: str
    """Id of the source that the report is."""
    paragraph: int
    """From 1."""
    start: int
    """First code point in the paragraph, and the one after the last."""
    end: int


class State(msgspec.Struct, frozen=True):
    """All that the explorer shows; also what is kept between sessions, as :meth:`lasting` leaves it."""

    lens: Lens = Lens()
    subject: str = ""
    """Id of the record that the profile shows and the panes are related to."""
    pane: str = "timeline"
    """The pane in use."""
    listing: str = "speakers"
    """The list shown where there is room for one only."""
    lists: tuple[str, ...] = ()
    """The lists beside the timeline, in the order of their keys; empty for those that the dataset fills."""
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
    alone: bool = False
    """Whether the drawer, or the pane beside it that is in use, has the whole screen."""
    typing: bool = False
    """Whether a filter is being typed."""
    field: str = ""
    """Field of a draft record on which the cursor of the review stands; empty on the record itself."""
    selection: Selection | None = None
    """Words that are selected in the text of a report."""

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
            self,
            texts={},
            jump="",
            entered_from="",
            opened_from="",
            alone=False,
            typing=False,
            field="",
            selection=None,
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
