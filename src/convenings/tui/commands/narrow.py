"""Commands that narrow what lists show, or put it in another order."""

from __future__ import annotations

from msgspec.structs import replace

from convenings.domain.state import ORDERS, Lens, State
from convenings.presentation.lists import RANGES
from convenings.tui.commands.command import Refusal, Result, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import lead, with_filter
from convenings.tui.pane_names import DRAFTS, LISTS, REVIEW

MARKED = "is:marked"
"""The filter that leaves what is marked."""
NO_LIST = Refusal("Only a list can do that: go to one with 1, 2, 3 or 4")


@command("slash", "filter", "Filter this pane: words, key:value, !not.", position=5, panes=(*RANGES,))
def filter(state: State, context: Context) -> Result:  # noqa: A001 (its id, which keymaps name)
    """Have a filter of the list in use typed."""
    if state.view == REVIEW:
        return replace(state, pane=DRAFTS, selection=None, typing=True)
    return replace(state, typing=True) if state.pane in RANGES else NO_LIST


@command("s", "sort", "Show this list in its next order: natural, most connected, earliest.", panes=LISTS)
def order(state: State, context: Context) -> Result:
    """Show the list in use in its next order."""
    if state.pane not in RANGES:
        return NO_LIST
    if state.pane == "timeline":
        return Refusal("The timeline has one order, that of time; 2, 3 and 4 can be sorted")
    present = state.lens.orders.get(state.pane, "")
    following = ORDERS[(ORDERS.index(present) + 1) % len(ORDERS)] if present in ORDERS else ""
    state = replace(state, lens=state.lens.ordered(state.pane, following))
    rows = context.rows(state, state.pane)
    # What is first in an order is what it was asked for.
    return lead(state.at(state.pane, context.model.one(rows[0]).id), context, state.pane) if len(rows) else state


@command("U", "unpin all", "Take off all pins and filters.")
def unpin_all(state: State, context: Context) -> Result:
    """Take off all pins and filters."""
    if not state.lens.pins and not state.lens.filters:
        return Refusal("Nothing is pinned or filtered")
    return replace(state, lens=Lens((), {}, state.lens.orders))


@command("M", "marked only", "Show only marked records in this pane.", panes=(*RANGES,))
def show_marked(state: State, context: Context) -> Result:
    """Show only what is marked in the list in use, or everything again."""
    if state.pane not in RANGES:
        return NO_LIST
    if not context.marked:
        return Refusal("Nothing is marked yet: m marks a record")
    return with_filter(state, context, "" if state.lens.filters.get(state.pane) == MARKED else MARKED)
