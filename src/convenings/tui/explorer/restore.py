"""A state of another time, as it is brought back: from the history, from the last session, after a reload."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from convenings.domain.errors import BadInput
from convenings.domain.state import ORDERS, Lens, Pin, State
from convenings.index.questions import EventDays
from convenings.presentation.lists import RANGES, home_of
from convenings.tui.commands import places
from convenings.tui.commands.context import Context
from convenings.tui.paint.axis import least_days
from convenings.tui.pane_names import DRAFTS, LISTS, PROGRAMME, REPORT, REVIEW, SLOTS
from convenings.tui.panes.listing import ListPane
from convenings.tui.panes.pane import Pane
from convenings.tui.views.registry import Views

MOST_DAYS = 1e11
"""Days from the first one, and of a stretch of time: more than any date reaches."""


def valid(state: State, context: Context, views: Views) -> State:
    """The part of a state that this dataset and this program have; what no longer exists is left out.

    Args:
        state: The state.
        context: What is asked.
        views: The views.
    """
    model, lens = context.model, state.lens
    cursors = (ref for cursor in state.cursors.values() for ref in (cursor.ref, cursor.top))
    # All at once, so that each of them is known when it is asked for.
    model.rows_of(filter(None, (state.subject, *state.folded, *(pin.ref for pin in lens.pins), *cursors)))
    subject = context.row_of(state.subject)
    # A session may be of a time when no list showed records of that kind.
    rows = ((pin, context.row_of(pin.ref)) for pin in lens.pins)
    pins = tuple(Pin(home_of(model, row) or pin.pane, pin.ref) for pin, row in rows if row is not None)
    state = replace(
        state,
        lens=Lens(
            pins,
            {name: query for name, query in lens.filters.items() if name in (*RANGES, DRAFTS)},
            {name: order for name, order in lens.orders.items() if name in LISTS and order in ORDERS},
            lens.only if lens.only in Lens(pins).compared() else "",
        ),
        folded=tuple(model.one(row).id for row in context.folded(state)),
        zoom=state.zoom if state.zoom is not None and _is_zoom(state.zoom, model.days) else None,
        lists=tuple(dict.fromkeys(name for name in state.lists if name in context.filled and name in LISTS))[:SLOTS],
        listing=state.listing if state.listing in LISTS else LISTS[0],
        view=state.view if state.view in views else State().view,
        subject="" if subject is None else model.one(subject).id,
        typing=False,
        entered_from="",
    )
    if not state.subject and (row := context.highlighted(state, "timeline")) is not None:
        state = replace(state, subject=model.one(row).id)
    if state.view == REVIEW and not _can_review(state, context):
        state = replace(state, view=State().view, pane="timeline" if state.pane in (REPORT, DRAFTS) else state.pane)
    if state.view == PROGRAMME and context.programme(state) is None:
        state = replace(state, view=State().view, pane="timeline" if state.pane == PROGRAMME else state.pane)
    on_screen = state.pane in views[state.view].panes and (
        state.pane not in RANGES or state.pane in context.panes(state)
    )
    return places.use(state, context, state.pane if on_screen else context.panes(state)[0])


def scroll_to_top(state: State, context: Context, panes: Mapping[str, Pane]) -> None:
    """Scroll the list in use to the row that is the first of it in a state, once the list has the size for that."""
    pane, cursor = panes.get(state.pane), state.cursors.get(state.pane)
    if isinstance(pane, ListPane) and cursor is not None and (top := context.row_of(cursor.top)) is not None:
        pane.scroll_to_row(top, cursor_in_view=True)


def _can_review(state: State, context: Context) -> bool:
    """Whether anything is drafted that can be read."""
    try:
        return bool(context.review_list(state).review.reports)
    except BadInput:
        return False


def _is_zoom(zoom: tuple[float, float], days: EventDays) -> bool:
    """Whether a first day, and a number of days, are a stretch of the time in which there is something."""
    first, number = zoom
    start, end = days.span
    # No comparison holds for what is not a number.
    possible = least_days(days.has_times) <= number <= MOST_DAYS and abs(first) <= MOST_DAYS
    return possible and (start is None or end is None or (first <= end + 1 and first + number >= start))
