"""From one place to another: into a pane, to a record, along a list. What several commands are made of."""

from __future__ import annotations

from bisect import bisect_left

from msgspec.structs import replace

from convenings.domain.state import Cursor, Lens, State
from convenings.index.rows import START
from convenings.presentation.lists import RANGES
from convenings.tui.commands.command import Notice, Refusal
from convenings.tui.commands.context import Context
from convenings.tui.pane_names import DRAFTS, LISTS, PROGRAMME, REPORT, REVIEW, SLOTS, TEXTS

OUTSIDE = "It was not in the lists: pins and filters were taken off"
NO_RECORD = Refusal("No record is under the cursor")


def start(context: Context) -> State:
    """Where everybody starts: nothing pinned, on the event that is most connected of the first ones.

    Where there are no events, on the first row of the first list that has any.
    """
    model = context.model
    first, last = model.range(START)
    if first < last:
        ref, top = (model.one(row).id for row in (first, model.range("events")[0]))
        return State(subject=ref, jump=ref, cursors={"timeline": Cursor(ref, top)})
    for name, span in RANGES.items():
        if rows := model.everything(span):
            ref = model.one(rows[0]).id
            return use(State(subject=ref, jump=ref).at(name, ref), context, name)
    return State()


def is_start(state: State, context: Context) -> bool:
    """Whether a state is where everybody starts, wherever its lists are scrolled to."""
    first = start(context)
    return (state.subject, state.pane, state.lens) == (first.subject, first.pane, first.lens)


def enter(state: State, context: Context, pane: str) -> State:
    """The state with a pane in use; a list takes the lead, its cursor on a record related to the former subject."""
    state = use(state, context, pane)
    name = state.pane
    if name not in RANGES:
        return state
    subject = context.subject(state)
    if subject is not None and context.home_on_screen(state, subject) != name:
        related = context.model.related_rows(subject, *context.model.range(RANGES[name]))
        state = replace(state, entered_from=state.subject if related else "")
        row = context.highlighted(state, name)
        at = bisect_left(related, row) if row is not None else len(related)
        if at == len(related) or related[at] != row:
            rows, in_order = context.rows(state, name), context.model.as_shown(RANGES[name], related)
            first = next((other for other in in_order if rows.position(other) >= 0), None)
            if first is not None:
                state = state.at(name, context.model.one(first).id)
    return lead(state, context, name)


def use(state: State, context: Context, pane: str) -> State:
    """The state with a pane in use, its subject as before; a list that is not on the screen takes another's place."""
    if pane == "evidence" and not state.evidence:
        pane = "profile"
    # The profile stands in every view.
    view = {PROGRAMME: PROGRAMME, REPORT: REVIEW, DRAFTS: REVIEW}.get(
        pane, state.view if pane in TEXTS else State().view
    )
    if pane not in LISTS:
        return replace(state, pane=pane, view=view)
    return replace(with_list(state, context, pane), pane=pane, listing=pane, view=view)


def with_list(state: State, context: Context, name: str) -> State:
    """The state with a list on the screen: in the place of the one in use, else of the last one."""
    lists = context.lists(state)
    if name in lists:
        return state
    at = lists.index(state.pane) if state.pane in lists else len(lists) - 1
    if len(lists) < SLOTS:
        return replace(state, lists=(*lists, name))
    return replace(state, lists=(*lists[:at], name, *lists[at + 1 :]))


def clicked(state: State, context: Context, name: str) -> State:
    """The state with a pane in use that was clicked, and the record that a list's cursor was put on as the subject."""
    if name != state.pane:
        former, home = state.subject, context.home(state)
        state = use(state, context, name)
        if former and name in RANGES and home != name:
            state = replace(state, entered_from=former)
    return lead(state, context, name) if name in RANGES else state


def lead(state: State, context: Context, name: str) -> State:
    """The state with the record under the cursor of a list as the subject; as it was where the list is empty."""
    row = context.highlighted(state, name)
    if row is None:
        return state
    ref = context.model.one(row).id
    return replace(state.at(name, ref), subject=ref, jump=state.jump if ref == state.jump else "")


def go_to(state: State, context: Context, ref: str, *, focus: bool = False) -> State | Notice | Refusal:
    """The state with a record as the subject, and the cursor of its list on it.

    Where the lens hides it, what hides it is taken off, and said.

    Args:
        state: The state before.
        context: What is asked.
        ref: Id of the record.
        focus: Whether its list is to be used next; else the profile stays in use.
    """
    row = context.row_of(ref)
    if row is None:
        return Refusal(f"There is no record {ref}")
    ref = context.model.one(row).id
    state = replace(state, subject=ref, entered_from="", jump=ref)
    home, sentence = context.home_on_screen(state, row), ""
    if home:
        state = _unfolded_to(state, context, row)
        if context.rows(state, home).position(row) < 0:
            own = tuple(pin for pin in state.lens.pins if pin.pane == home)
            state = replace(state, lens=Lens(own, {}, state.lens.orders))
            sentence = OUTSIDE
        state = state.at(home, ref)
        if home in LISTS:
            state = replace(state, listing=home)
    if focus and home:
        state = use(state, context, home)
    elif focus or state.pane not in TEXTS:
        state = use(state, context, "profile")
    return Notice(state, sentence) if sentence else state


def _unfolded_to(state: State, context: Context, row: int) -> State:
    """The state with whatever hides an event unfolded."""
    model = context.model
    hiding = {at for at in context.folded(state) if at < row < at + model.one(at).size}
    if not hiding:
        return state
    refs = {model.one(at).id for at in hiding}
    return replace(state, folded=tuple(ref for ref in state.folded if ref not in refs))


def step_pane(state: State, context: Context, by: int) -> State:
    """The state with the next pane in reading order in use, or the one before (negative)."""
    if state.view == REVIEW:
        return replace(state, pane=REPORT if state.pane == DRAFTS else DRAFTS)
    lists = (PROGRAMME,) if state.view == PROGRAMME else context.panes(state)
    order = [*lists, *(TEXTS if state.evidence else ("profile",))]
    return enter(state, context, order[(order.index(state.pane) + by) % len(order)])


def go_to_list(state: State, context: Context, pane: str, query: str) -> State | Notice:
    """The state with a list in use that is filtered; pins that leave nothing of it are taken off, which is said."""
    state = replace(use(state, context, pane), entered_from="")
    filtered = with_filter(state, context, query)
    if len(context.rows(filtered, pane)) or not state.lens.pins:
        return filtered
    return Notice(with_filter(replace(state, lens=Lens((), {}, state.lens.orders)), context, query), OUTSIDE)


def with_filter(state: State, context: Context, query: str) -> State:
    """The state with another filter of the list in use, and the record under its cursor as the subject."""
    if state.pane not in RANGES:
        return replace(state, lens=state.lens.filtered(state.pane, query))
    row = context.highlighted(state, state.pane)
    if row is not None:
        # Before the rows change: the cursor stays on its record, or as near to it as can be.
        state = state.at(state.pane, context.model.one(row).id)
    # Its profile is read from the top, whatever had been read of it before.
    state = replace(state, lens=state.lens.filtered(state.pane, query), texts={})
    if not len(context.rows(state, state.pane)):
        # What is in no row of the list is not to be read beside it; its cursor is kept for when there are rows again.
        return replace(state, subject="")
    return lead(state, context, state.pane)
