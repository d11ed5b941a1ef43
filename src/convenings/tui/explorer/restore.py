"""A state of another time, as it is brought back: from the history, from the last session, after a reload."""

from __future__ import annotations

from collections.abc import Container

from msgspec.structs import replace

from convenings.domain.state import ORDERS, Lens, State
from convenings.presentation.lists import RANGES
from convenings.tui.commands import places
from convenings.tui.commands.context import Context
from convenings.tui.paint.axis import least_days
from convenings.tui.pane_names import LISTS


def valid(state: State, context: Context, views: Container[str], panes: Container[str]) -> State:
    """The part of a state that this dataset and this program have; what no longer exists is left out.

    Args:
        state: The state.
        context: What is asked.
        views: Ids of the views.
        panes: Names of the panes.
    """
    model, lens = context.model, state.lens
    cursors = (ref for cursor in state.cursors.values() for ref in (cursor.ref, cursor.top))
    # All at once, so that each of them is known when it is asked for.
    model.rows_of(filter(None, (state.subject, *state.folded, *(pin.ref for pin in lens.pins), *cursors)))
    subject = context.row_of(state.subject)
    pins = tuple(pin for pin in lens.pins if context.row_of(pin.ref) is not None)
    state = replace(
        state,
        lens=Lens(
            pins,
            {name: query for name, query in lens.filters.items() if name in RANGES},
            {name: order for name, order in lens.orders.items() if name in LISTS and order in ORDERS},
            lens.only if lens.only in Lens(pins).compared() else "",
        ),
        folded=tuple(model.one(row).id for row in context.folded(state)),
        zoom=state.zoom if state.zoom is not None and state.zoom[1] >= least_days(model.days.has_times) else None,
        listing=state.listing if state.listing in LISTS else LISTS[0],
        view=state.view if state.view in views else State().view,
        subject="" if subject is None else model.one(subject).id,
        typing=False,
        entered_from="",
    )
    if not state.subject and (row := context.highlighted(state, "timeline")) is not None:
        state = replace(state, subject=model.one(row).id)
    return places.use(state, state.pane if state.pane in panes else "timeline")
