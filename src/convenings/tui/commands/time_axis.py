"""Commands that look closer at the time, or wider."""

from __future__ import annotations

from msgspec.structs import replace

from convenings.domain.state import State
from convenings.tui.commands.command import Refusal, Result, command
from convenings.tui.commands.context import Context

CLOSER = 0.5
"""By how much a closer look shortens the axis."""
NO_TIMELINE = Refusal("The timeline is not on the screen: 1 shows it")
TIMELINE = ("timeline",)
UNDATED = Refusal("No event here has a date")
WHOLE_AXIS = Refusal("All of the time is shown already")


@command("plus,equals_sign", "closer", "Look closer at the time around the event.", panes=TIMELINE)
def closer(state: State, context: Context) -> Result:
    """Look closer at the time around the event."""
    return _refusal(context) or replace(state, zoom=context.room.axis_zoomed(CLOSER))


@command("minus", "wider", "Show a longer time.", panes=TIMELINE)
def wider(state: State, context: Context) -> Result:
    """Show a longer time."""
    if refusal := _refusal(context):
        return refusal
    if state.zoom == context.room.whole_axis():
        return WHOLE_AXIS
    return replace(state, zoom=context.room.axis_zoomed(1 / CLOSER))


@command("0", "all time", "Show all of the time.", panes=TIMELINE)
def all_time(state: State, context: Context) -> Result:
    """Show all of the time; where that leaves out what is far off, this too, and then as it was."""
    if refusal := _refusal(context):
        return refusal
    whole = context.room.whole_axis()
    if state.zoom != whole:
        return replace(state, zoom=whole)
    return WHOLE_AXIS if whole is None else replace(state, zoom=None)


def _refusal(context: Context) -> Refusal | None:
    """Why there is no axis to look at."""
    if context.model.days.span[0] is None:
        return UNDATED
    return None if context.room.is_on_screen("timeline") else NO_TIMELINE
