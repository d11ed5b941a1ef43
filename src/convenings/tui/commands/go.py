"""Commands that go from pane to pane."""

from __future__ import annotations

from msgspec.structs import replace

from convenings.domain.state import State
from convenings.tui.commands.command import Refusal, Result, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import enter, step_pane

WHOLE_SCREEN = Refusal("Each pane has the whole screen already")


@command("1", "timeline", "Go to the timeline.")
def show_timeline(state: State, context: Context) -> Result:
    """Go to the timeline."""
    return enter(state, context, "timeline")


@command("2", "speakers", "Go to the speakers.")
def show_speakers(state: State, context: Context) -> Result:
    """Go to the speakers."""
    return enter(state, context, "speakers")


@command("3", "organisations", "Go to the organisations.")
def show_organisations(state: State, context: Context) -> Result:
    """Go to the organisations."""
    return enter(state, context, "organisations")


@command("4", "questions", "Go to the questions.")
def show_questions(state: State, context: Context) -> Result:
    """Go to the questions."""
    return enter(state, context, "questions")


@command("5", "profile", "Go to the profile.")
def show_profile(state: State, context: Context) -> Result:
    """Go to the profile."""
    return enter(state, context, "profile")


@command("tab", "next pane", "Go to the next pane in reading order.", in_palette=False)
def next_pane(state: State, context: Context) -> Result:
    """Go to the next pane in reading order."""
    return step_pane(state, context, 1)


@command("shift+tab", "previous pane", "Go to the pane before.", in_palette=False)
def previous_pane(state: State, context: Context) -> Result:
    """Go to the pane before."""
    return step_pane(state, context, -1)


@command("z", "zoom", "Give the focused pane the whole screen, or take it back.", position=6)
def zoom(state: State, context: Context) -> Result:
    """Give the pane in use the whole screen, or take it back; also where it shares the screen with the drawer."""
    is_narrow = context.room.arrangement == "narrow"
    if state.evidence and (is_narrow or state.pane == "evidence"):
        beside = "profile" if state.pane == "evidence" else "evidence"
        if state.alone or context.room.is_on_screen(beside):
            return replace(state, alone=not state.alone)
        return WHOLE_SCREEN
    if not state.zoomed and is_narrow:
        return WHOLE_SCREEN
    return replace(state, zoomed=not state.zoomed)
