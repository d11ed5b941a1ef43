"""Commands of the programme, a day by rooms and hours; and how its cursor moves."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec.structs import replace

from convenings.domain.days import MINUTES
from convenings.domain.state import State
from convenings.tui.commands.command import Refusal, Result, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.places import use
from convenings.tui.pane_names import PROGRAMME

if TYPE_CHECKING:
    from convenings.presentation.programme import Programme, Session

EARLIER = -(1 << 60)
"""A minute before every other one."""
NO_TIMES = Refusal("No event here begins at a time, so there is no programme of a day")
NOTHING_LEFT = Refusal("Nothing that begins at a time is left by what is pinned and filtered")
NO_PROGRAMME = Refusal("The programme is not on the screen: d shows it")


@command("d", "programme", "Show the day of this event, or of what is related, by rooms and hours.")
def show_programme(state: State, context: Context) -> Result:
    """Go to the programme of the first day on which the subject, or what is related to it, begins at a time."""
    if not context.model.days.has_times:
        return NO_TIMES
    chosen, own = context.events_chosen(state), _own_events(state, context)
    every: Collection[int] = chosen if chosen is not None else range(*context.model.range("events"))
    own = own if chosen is None else [row for row in own if chosen.position(row) >= 0]
    for rows in (own, every):
        if (shown := _first_day(state, context, rows)) is not None:
            return shown
    return NOTHING_LEFT


def _own_events(state: State, context: Context) -> Collection[int]:
    """Rows of the event that is the subject, with its parts; of another record of the events related to it."""
    model, row = context.model, context.subject(state)
    if row is None:
        return ()
    record = model.one(row)
    if record.kind == "event":
        return range(row, row + record.size)
    return model.related_rows(row, *model.range("events"))


def _first_day(state: State, context: Context, rows: Collection[int], minute: int = EARLIER) -> State | None:
    """The state at the first session of the first day, from a minute on, on which any of some events begins."""
    from convenings.presentation.programme import MOST_SESSIONS, nearest_day

    index = context.model.index
    if not rows or (day := nearest_day(context.model, _stretch(rows), minute, later=True)) is None:
        return None
    beginning = index.rows_beginning(min(rows), max(rows) + 1, day * MINUTES, (day + 1) * MINUTES, MOST_SESSIONS)
    row = next((row for row in beginning if row in rows), None)
    if row is None:
        return None
    at = state.at(PROGRAMME, context.model.one(row).id)
    programme = context.programme(at)
    if programme is None or not programme.sessions:
        return None
    session = programme.session(at.cursor(PROGRAMME)) or programme.sessions[0]
    return at_session(use(state, context, PROGRAMME), session)


def _stretch(rows: Collection[int]) -> Collection[int] | range:
    """Rows as a range where they are one: that is quicker to ask for."""
    return rows if isinstance(rows, range) else list(rows)


def at_session(state: State, session: Session) -> State:
    """The state with the cursor of the programme, and that of the timeline, on a session, which is the subject."""
    moved = state.at(PROGRAMME, session.ref).at("timeline", session.ref)
    return replace(moved, subject=session.ref, jump=state.jump if session.ref == state.jump else "")


def _here(state: State, context: Context) -> tuple[Programme, Session] | None:
    programme = context.programme(state)
    if programme is None or not programme.sessions:
        return None
    return programme, programme.session(state.cursor(PROGRAMME)) or programme.sessions[0]


def moved_down(state: State, context: Context, by: int) -> State:
    """The state so many sessions further down in the same room, or up; beyond the last one is the next day."""
    if (here := _here(state, context)) is None:
        return state
    programme, session = here
    if (other := programme.next_in_column(session, by)) is not None:
        return at_session(state, other)
    following = _day_beside(state, context, later=by > 0)
    return following if isinstance(following, State) else at_session(state, session)


def moved_aside(state: State, context: Context, by: int) -> State:
    """The state at what is on at this time in the next room to the right, or to the left (negative)."""
    if (here := _here(state, context)) is None:
        return state
    programme, session = here
    return at_session(state, programme.beside(session, by) or session)


def paged(state: State, context: Context, by: int) -> State:
    """The state so many screens further down in the same room, or up."""
    if (here := _here(state, context)) is None:
        return state
    programme, session = here
    step = max(1, context.room.capacity(PROGRAMME) - 1)
    wanted = max(0, min(session.first + by * step, len(programme.times) - 1))
    other = session
    while (further := programme.next_in_column(other, by)) is not None and (further.first - wanted) * by <= 0:
        other = further
    if other is session:
        other = programme.next_in_column(session, by) or session
    return at_session(state, other)


def at_end(state: State, context: Context, *, last: bool) -> State:
    """The state at the first or the last session of the day in the same room."""
    if (here := _here(state, context)) is None:
        return state
    programme, session = here
    return at_session(state, programme.end_of_column(session, last=last))


@command(
    "greater_than_sign", "day after", "In the programme, go to the next day.", in_palette=False, panes=(PROGRAMME,)
)
def day_after(state: State, context: Context) -> Result:
    """Go to the next day on which anything begins at a time."""
    return _day_beside(state, context, later=True)


@command(
    "less_than_sign", "day before", "In the programme, go to the previous day.", in_palette=False, panes=(PROGRAMME,)
)
def day_before(state: State, context: Context) -> Result:
    """Go to the last day before this one on which anything begins at a time."""
    return _day_beside(state, context, later=False)


def _day_beside(state: State, context: Context, *, later: bool) -> Result:
    """The state on the next day of the same event, else of any other; in the same room, where anything is there."""
    if state.view != PROGRAMME:
        return NO_PROGRAMME
    if (here := _here(state, context)) is None:
        return NOTHING_LEFT
    from convenings.presentation.programme import nearest_day

    programme, session = here
    place = programme.columns[session.column].place
    minute = (programme.day + 1) * MINUTES if later else programme.day * MINUTES
    chosen, every = context.events_chosen(state), range(*context.model.range("events"))
    for span in (programme.span, every):
        rows = span if chosen is None else [row for row in chosen if row in span]
        day = nearest_day(context.model, rows, minute, later=later) if rows else None
        if day is None:
            continue
        following = _first_day(state, context, rows, day * MINUTES)
        new = None if following is None else context.programme(following)
        if following is None or new is None:
            continue
        there = [each for each in new.sessions if new.columns[each.column].place == place]
        return at_session(following, there[0 if later else -1]) if there else following
    return Refusal(f"Nothing begins at a time {'after' if later else 'before'} this day")
