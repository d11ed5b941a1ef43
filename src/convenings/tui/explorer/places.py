"""Where somebody is, as a value: taken down, and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from convenings.domain.lens import ORDERS, Cursor, Lens, Location
from convenings.tui.paint.axis import MOST_ZOOM
from convenings.tui.paint.layout import LISTS

if TYPE_CHECKING:
    from convenings.tui.explorer.screen import Explorer
    from convenings.tui.panes.listing import ListPane


def location(ui: Explorer) -> Location:
    """Everything needed to come back to here."""
    return Location(
        lens=ui.lens,
        subject=ui.model.one(ui.subject).id if ui.subject is not None else "",
        pane=ui.active,
        listing=ui.listing,
        cursors={name: _cursor(ui, pane) for name, pane in ui.lists.items() if pane.count},
        folded=tuple(ui.model.one(row).id for row in sorted(ui.timeline.folded)),
        zoom=ui.timeline.zoom,
        zoomed=ui.zoomed,
        evidence=ui.drawer,
    )


def _cursor(ui: Explorer, pane: ListPane) -> Cursor:
    top = pane.rows[min(pane.offset_item, pane.count - 1)]
    return Cursor(ui.model.one(pane.rows[pane.cursor]).id, ui.model.one(top).id)


def restore(ui: Explorer, place: Location) -> None:
    """Bring back a place: lens, cursors, scroll, drawer, zoom. What no longer exists is left out."""
    known = place.lens
    ui.lens = Lens(
        tuple(pin for pin in known.pins if ui.model.row_of(pin.ref) is not None),
        {name: query for name, query in known.filters.items() if name in ui.lists},
        {name: order for name, order in known.orders.items() if name in LISTS and order in ORDERS},
    )
    first, last = ui.model.range("events")
    rows = (ui.model.row_of(ref) for ref in place.folded)
    ui.timeline.set_folded([row for row in rows if row is not None and first <= row < last])
    ui.timeline.set_zoom(place.zoom if place.zoom is not None and place.zoom[1] >= MOST_ZOOM else None)
    ui.zoomed, ui.drawer = place.zoomed, place.evidence
    ui.listing = place.listing if place.listing in LISTS else LISTS[0]
    ui.refill()
    for name, cursor in place.cursors.items():
        if (pane := ui.lists.get(name)) is not None:
            top = ui.model.row_of(cursor.top)
            if top is not None and (at := pane.rows.position(top)) >= 0:
                pane.offset_item = at
            if (row := ui.model.row_of(cursor.ref)) is not None:
                pane.seek(row)
    ui.entered_from = None
    ui.subject = ui.model.row_of(place.subject) if place.subject else None
    if ui.subject is None and (row := ui.timeline.highlighted) is not None:
        ui.subject = row
    ui.activate(place.pane if place.pane in ui.panes else "timeline", lead=False)
