"""Commands that move a cursor: along a list, through a text, into the tree of events."""

from __future__ import annotations

from msgspec.structs import replace

from convenings.domain.state import State, TextPosition
from convenings.presentation.lists import RANGES
from convenings.tui.commands import programme, review_moves
from convenings.tui.commands.command import Result, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import lead, step_pane
from convenings.tui.commands.time_axis import TIMELINE
from convenings.tui.pane_names import PROGRAMME, REVIEW


@command("down,j", "down", "Next row.", in_palette=False)
def down(state: State, context: Context) -> Result:
    """Next row."""
    return moved(state, context, 1)


@command("up,k", "up", "Previous row.", in_palette=False)
def up(state: State, context: Context) -> Result:
    """Previous row."""
    return moved(state, context, -1)


def moved(state: State, context: Context, by: int) -> State:
    """The state with the cursor of the pane in use moved by some rows, or by some links."""
    if state.pane == PROGRAMME:
        return programme.moved_down(state, context, by)
    if state.view == REVIEW:
        return review_moves.moved(state, context, by)
    if state.pane in RANGES:
        return _row_at(state, context, context.position(state, state.pane) + by)
    return _text_at(state, context.room.text_moved(state.pane, state.position(state.pane), by))


def _row_at(state: State, context: Context, at: int) -> State:
    """The state with the cursor of the list in use at a place, or at the end that lies nearer."""
    rows = context.rows(state, state.pane)
    if not len(rows):
        return state
    row = rows[max(0, min(at, len(rows) - 1))]
    return lead(state.at(state.pane, context.model.one(row).id), context, state.pane)


def _text_at(state: State, position: TextPosition) -> State:
    return replace(state, texts={**state.texts, state.pane: position})


@command("pagedown,ctrl+d", "page down", "A screen down.", in_palette=False)
def page_down(state: State, context: Context) -> Result:
    """A screen down."""
    return _paged(state, context, 1)


@command("pageup,ctrl+u", "page up", "A screen up.", in_palette=False)
def page_up(state: State, context: Context) -> Result:
    """A screen up."""
    return _paged(state, context, -1)


def _paged(state: State, context: Context, by: int) -> State:
    """The state after so many screens; a row of the last screen stays in sight."""
    if state.pane == PROGRAMME:
        return programme.paged(state, context, by)
    if state.view == REVIEW:
        return review_moves.paged(state, context, by)
    if state.pane in RANGES:
        step = max(1, context.room.capacity(state.pane) - 1)
        return _row_at(state, context, context.position(state, state.pane) + by * step)
    return _text_at(state, context.room.text_paged(state.pane, state.position(state.pane), by))


@command("g,home", "top", "First row.", in_palette=False)
def top(state: State, context: Context) -> Result:
    """First row."""
    if state.pane == PROGRAMME:
        return programme.at_end(state, context, last=False)
    if state.view == REVIEW:
        return review_moves.at_end(state, context, last=False)
    if state.pane in RANGES:
        return _row_at(state, context, 0)
    return _text_at(state, context.room.text_end(state.pane, state.position(state.pane), last=False))


@command("G,end", "bottom", "Last row.", in_palette=False)
def bottom(state: State, context: Context) -> Result:
    """Last row."""
    if state.pane == PROGRAMME:
        return programme.at_end(state, context, last=True)
    if state.view == REVIEW:
        return review_moves.at_end(state, context, last=True)
    if state.pane in RANGES:
        return _row_at(state, context, len(context.rows(state, state.pane)) - 1)
    return _text_at(state, context.room.text_end(state.pane, state.position(state.pane), last=True))


@command(
    "left,h",
    "fold",
    "In the timeline, fold the event's parts; in the programme, the previous room; elsewhere, the previous pane.",
    in_palette=False,
    panes=TIMELINE,
)
def left(state: State, context: Context) -> Result:
    """Fold the event under the cursor, or go to what it is part of; elsewhere go to the pane before."""
    if state.pane == PROGRAMME:
        return programme.moved_aside(state, context, -1)
    if state.view == REVIEW:
        return review_moves.moved_aside(state, context, -1)
    if state.pane != "timeline":
        return step_pane(state, context, -1)
    row = context.highlighted(state, "timeline")
    if row is None:
        return state
    model = context.model
    event = model.one(row)
    if event.size > 1 and row not in context.folded(state):
        return _folded(state, context, (*state.folded, event.id))
    if not event.depth:
        return state
    while model.one(row).depth >= event.depth:
        row -= 1
    return lead(state.at("timeline", model.one(row).id), context, "timeline")


@command(
    "right,l",
    "unfold",
    "In the timeline, unfold; in the programme, the next room; elsewhere, the next pane.",
    in_palette=False,
    panes=TIMELINE,
)
def right(state: State, context: Context) -> Result:
    """Unfold the event under the cursor; elsewhere go to the next pane."""
    if state.pane == PROGRAMME:
        return programme.moved_aside(state, context, 1)
    if state.view == REVIEW:
        return review_moves.moved_aside(state, context, 1)
    row = context.highlighted(state, "timeline") if state.pane == "timeline" else None
    if row is None or row not in context.folded(state):
        return step_pane(state, context, 1)
    ref = context.model.one(row).id
    return _folded(state, context, tuple(other for other in state.folded if other != ref))


def _folded(state: State, context: Context, folded: tuple[str, ...]) -> State:
    """The state with the parts of just these events folded away."""
    return lead(replace(state, folded=folded), context, "timeline")
