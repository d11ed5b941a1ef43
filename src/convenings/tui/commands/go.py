"""Commands that go from pane to pane."""

from __future__ import annotations

from msgspec.structs import replace

from convenings.domain.state import State
from convenings.tui.commands.command import Refusal, Result, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import enter, step_pane
from convenings.tui.pane_names import LISTS

WHOLE_SCREEN = Refusal("Each pane has the whole screen already")


@command("1", "timeline", "Go to the timeline.")
def show_timeline(state: State, context: Context) -> Result:
    """Go to the timeline."""
    return _list(state, context, "timeline")


@command("2", "first list", "Go to the first list beside the timeline.", in_palette=False)
def first_list(state: State, context: Context) -> Result:
    """Go to the first list."""
    return _list_at(state, context, 0)


@command("3", "second list", "Go to the second list beside the timeline.", in_palette=False)
def second_list(state: State, context: Context) -> Result:
    """Go to the second list."""
    return _list_at(state, context, 1)


@command("4", "third list", "Go to the third list beside the timeline.", in_palette=False)
def third_list(state: State, context: Context) -> Result:
    """Go to the third list."""
    return _list_at(state, context, 2)


def _list_at(state: State, context: Context, position: int) -> Result:
    lists = context.lists(state)
    if position < len(lists):
        return enter(state, context, lists[position])
    return Refusal("Nothing else is recorded here that could be listed")


def _list(state: State, context: Context, name: str) -> Result:
    """Go to a list, which takes the place of another where it is not on the screen."""
    if name in context.filled or name in context.panes(state):
        return enter(state, context, name)
    return Refusal(f"No {'events' if name == 'timeline' else name} are recorded in this dataset")


@command("", "speakers", "List who took part.")
def show_speakers(state: State, context: Context) -> Result:
    """Go to the speakers."""
    return _list(state, context, "speakers")


@command("", "organisations", "List the organisations.")
def show_organisations(state: State, context: Context) -> Result:
    """Go to the organisations."""
    return _list(state, context, "organisations")


@command("", "questions", "List the questions.")
def show_questions(state: State, context: Context) -> Result:
    """Go to the questions."""
    return _list(state, context, "questions")


@command("", "places", "List the places, such as rooms.")
def show_places(state: State, context: Context) -> Result:
    """Go to the places."""
    return _list(state, context, "places")


@command("", "topics", "List the topics, such as the tracks of a conference.")
def show_topics(state: State, context: Context) -> Result:
    """Go to the topics."""
    return _list(state, context, "topics")


@command("", "initiatives", "List the initiatives.")
def show_initiatives(state: State, context: Context) -> Result:
    """Go to the initiatives."""
    return _list(state, context, "initiatives")


@command("", "statements", "List the statements.")
def show_statements(state: State, context: Context) -> Result:
    """Go to the statements."""
    return _list(state, context, "statements")


@command("v", "other list", "Show another kind of record in this list: places, topics and so on.", panes=LISTS)
def other_list(state: State, context: Context) -> Result:
    """Go to the next list that is not on the screen, in the place of the one in use."""
    lists = context.lists(state)
    others = [name for name in LISTS if name in context.filled and name not in lists]
    if not others:
        return Refusal("Every kind of record that a list can show is on the screen")
    name = state.pane if state.pane in lists else state.listing
    following = (each for each in others if name in LISTS and LISTS.index(each) > LISTS.index(name))
    return enter(state, context, next(following, others[0]))


@command("5", "profile", "Go to the profile.")
def show_profile(state: State, context: Context) -> Result:
    """Go to the profile."""
    return enter(state, context, "profile")


@command("tab", "next pane", "Go to the next pane in reading order.", in_palette=False)
def next_pane(state: State, context: Context) -> Result:
    """Go to the next pane in reading order."""
    return step_pane(state, context, 1)


@command("shift+tab", "previous pane", "Go to the previous pane in reading order.", in_palette=False)
def previous_pane(state: State, context: Context) -> Result:
    """Go to the previous pane in reading order."""
    return step_pane(state, context, -1)


@command("z", "zoom", "Give this pane the whole screen, or show all panes again.", position=6)
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
