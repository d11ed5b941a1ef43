"""What the borders and the bars say: names, filters, counts, where somebody is, and which keys work here.

Functions of the state and of what may be asked; the screen hands what they give to its panes and bars.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from convenings.domain.kinds import GLYPHS
from convenings.domain.state import Lens, State
from convenings.index.rows import GROUPS
from convenings.presentation.lists import RANGES
from convenings.tui.commands.command import Command
from convenings.tui.commands.context import Context
from convenings.tui.commands.go import first_list, second_list, third_list
from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.segments import TextSpan, cells_of, clip
from convenings.tui.paint.styles import kind_style
from convenings.tui.pane_names import REPORT, REVIEW, SLOTS, TEXTS, TITLES

if TYPE_CHECKING:
    from convenings.presentation.profile.value import Profile

ClickSpan = tuple[str, str, str]
"""Text, the name of its style, and what a click on it does, as a pane says it; empty where nothing."""
LEAST_ROOM_OF_PIN = 12
"""Cells that the label of a pin takes at least in the breadcrumb."""
CELLS_OF_SIGN = 6
"""Cells of what stands before it."""


KEYS = {
    "timeline": "type: or date:",
    "speakers": "role: or organisation:",
    "organisations": "event: or person:",
    "questions": "event: or topic:",
    "places": "type: or event:",
    "topics": "type: or event:",
    "initiatives": "type: or topic:",
    "statements": "event: or person:",
}
"""List to keys that narrow it."""
OWN_COLUMN = {
    "speakers": "role",
    "organisations": "role or type",
    "questions": "statements",
    "places": "type",
    "topics": "type",
    "initiatives": "type",
    "statements": "type",
}
"""List to what its right-hand column holds where nothing is at the centre."""
LIST_COMMANDS = (first_list, second_list, third_list)
"""The commands that go to the lists, in the order of their keys."""
SORTED_BY = {"earliest": "earliest day", "most connected": "related records"}
"""Order of a list to what it goes by."""
WELCOME = (
    "Event reports as linked records: move, and every pane follows · enter pins · e opens the evidence · ? all keys",
    "Event reports as linked records: ↓ moves, 5 reads, e evidence, ? all keys",
    "Linked event reports; ? lists the keys",
)
"""What this is, and how to begin, from the longest to the shortest way to say it."""


IN_REPORT = (
    "arrows go over the words · < > move the end, , . the start · enter makes a record · e goes back",
    "arrows: words · < > end · , . start · enter: a record of them · e back",
    "arrows, < > , . words · enter record",
)
IN_DRAFTS = (
    "↓↑ fields · E writes · r role · o organisation · s same as · , . < > move the words · e goes to them",
    "↓↑ fields · E write · r role · o body · s same as · , . < > move words · e text",
    "E write · r role · o body · e text",
)
"""What can be done in the two panes of the review, from the longest to the shortest way to say it."""


class KeyLine(msgspec.Struct, frozen=True):
    """What the line of keys shows."""

    commands: list[Command]
    """Those that can act here, in their order."""
    labels: dict[str, str]
    """Command to another label than its own, where it does something more particular here."""


def evidence_note(profile: Profile, passages: int = 0) -> str:
    """How many pieces of evidence a profile cites, as its border says it, and in how many passages where these are
    fewer."""
    number = len(profile.cited)
    note = f"{number} piece{'s' if number != 1 else ''} of evidence"
    return f"{note} in {passages} passage{'s' if passages != 1 else ''}" if 0 < passages < number else note


def welcome(width: int) -> str:
    """What somebody reads who opens a dataset for the first time, in one line of a terminal of so many cells."""
    return next((text for text in WELCOME if cells_of(text) + 2 <= width), WELCOME[-1])


def why_empty(state: State, context: Context, name: str) -> str:
    """What an empty list says."""
    what = TITLES[name].casefold() if name != "timeline" else "events"
    if not context.model.complete:
        return f"The {what} are being {'read' if not context.model.total else 'indexed'} …"
    if query := state.lens.filters.get(name):
        remark = context.list(state, name).remark
        more = f"fewer words find more, and typing {KEYS[name]} offers what occurs"
        return f"No {what} match {query}{f': {remark}' if remark else ''}; esc clears it, {more}"
    pins, excluded = (
        last.join(map(context.model.label, refs))
        for last, refs in ((" and ", state.lens.seen_by(name)), (" or ", state.lens.excluded_from(name)))
    )
    if not pins and not excluded:
        begin = how_to_begin(context) if name == "timeline" else ""
        return f"No {what} are recorded in this dataset{begin}"
    return f"No {what} are related to {f'{pins} but not to {excluded}' if excluded else pins}; esc unpins"


def how_to_begin(context: Context) -> str:
    """What fills a dataset in which nothing can be listed yet; nothing of another one."""
    if context.filled:
        return ""
    number = context.open_drafts
    drafts = f"{number:,} drafts wait" if number != 1 else "1 draft waits"
    waiting = f" {drafts} for your decision: 9 goes there." if number else ""
    return (
        f".{waiting} I imports a table, a calendar or a schedule; “draft a report” in the palette (ctrl+p) reads one."
    )


def counts(state: State, context: Context) -> dict[str, str]:
    """List to the counts in its border: how many rows are related, shown, and there."""
    model = context.model
    subject = context.subject(state)
    home = "" if subject is None else context.home_on_screen(state, subject)
    notes: dict[str, str] = {}
    for name in context.panes(state):
        first, last = model.range(RANGES[name])
        total, rows = last - first, context.rows(state, name)
        if not total and not model.complete:
            notes[name] = ""
            continue
        is_narrowed = bool(state.lens.seen_by(name) or state.lens.excluded_from(name) or state.lens.filters.get(name))
        here = f"{len(rows):,} of {total:,} shown" if is_narrowed else f"{total:,} shown"
        centre = context.row_of(state.entered_from) if name == home else subject
        if centre is None or not model.complete:
            notes[name] = here
        elif not is_narrowed:
            notes[name] = f"{len(model.related_rows(centre, first, last)):,} of {total:,} related"
        else:
            number = sum(rows.position(row) >= 0 for row in model.related_rows(centre, first, last))
            notes[name] = f"{number:,} of {len(rows):,} related · {here}" if number != len(rows) else here
    if notes.get("speakers") and (role := model.common_role):
        # No row says what everybody has in common.
        notes["speakers"] += f" · each {role}"
    return notes


def numbers(state: State, context: Context) -> dict[str, int]:
    """Pane to the number of its key."""
    lists = {name: number for number, name in enumerate(context.lists(state), 2)}
    return ({"timeline": 1} if "timeline" in context.panes(state) else {}) | lists | {"profile": SLOTS + 2}


def list_title(
    state: State, context: Context, name: str, arrangement: str, width: int, groups: Sequence[int] = ()
) -> list[ClickSpan]:
    """Name, filter and order of a list, for its border, and how many of its rows are in each of its groups.

    Where there is room for one pane only, the tabs above it have its name.

    Args:
        state: The state.
        context: What is asked.
        name: The list.
        arrangement: ``wide``, ``medium`` or ``narrow``.
        width: Cells between the corners of its border.
        groups: Rows in each group that it shows.
    """
    query, order = state.lens.filters.get(name, ""), state.lens.orders.get(name, "")
    spans: list[ClickSpan] = [(f"{numbers(state, context)[name]} {TITLES[name]} ", "", f"show_{name}")]
    if arrangement == "narrow":
        spans = []
    elif arrangement == "medium" and name == context.listing(state):
        spans = _tabs(state, context, name, width - FRAME - sum(cells_of(text) + 3 for text in (query, order) if text))
    if query:
        spans.append((f"/{query} ", "", "filter"))
    if order:
        spans.append((f"· {order} ", "", "order"))
    named = zip(groups, GROUPS.get(RANGES[name], ()), strict=False)
    counted = " · ".join(f"{number:,} {group.name}" for number, group in named if number)
    if groups and not groups[0] and sum(map(bool, groups)) == 1:
        # The line above the first of them says so already.
        counted = ""
    if counted and sum(cells_of(text) for text, _, _ in spans) + cells_of(counted) + 4 < width:
        spans.append((f"{' ' * bool(spans)}{counted} ", "not bold", ""))
    # The border has a space behind it.
    return [*spans[:-1], (spans[-1][0].rstrip(), *spans[-1][1:])] if spans else []


def column_heading(name: str, order: str, *, has_centre: bool) -> str:
    """What stands over the right-hand column of a list.

    Args:
        name: The list.
        order: Its order, what that goes by stands first in the column.
        has_centre: Whether the column says how rows are related to a record at the centre.
    """
    if name == "timeline":
        return ""
    tie = "how related" if has_centre else OWN_COLUMN[name]
    return " · ".join(filter(None, (SORTED_BY.get(order, ""), tie)))


def _tabs(state: State, context: Context, name: str, room: int) -> list[ClickSpan]:
    """The lists as tabs in the border of the one that is shown; the others by number only where room is short."""
    lists, keys = context.lists(state), numbers(state, context)
    texts = [f"{keys[tab]} {TITLES[tab]}" for tab in lists]
    is_short = sum(map(len, texts)) + len(texts) + 1 > room
    spans: list[ClickSpan] = []
    for tab, text in zip(lists, texts, strict=True):
        if tab == name:
            spans.append((f" {text} ", "" if state.pane == name else "bold reverse", f"show_{tab}"))
        else:
            spans.append((f"{text.partition(' ')[0] if is_short else text} ", "not bold", f"show_{tab}"))
    return spans


def key_line(state: State, context: Context, commands: Iterable[Command]) -> KeyLine:
    """Which commands the line of keys shows, and under which label."""
    able = [each for each in commands if each.position and not each.refusal(state, context)]
    return KeyLine(sorted(able, key=lambda each: each.position), labels_here(state, context))


def labels_here(state: State, context: Context) -> dict[str, str]:
    """Command to another label than its own, where it does something more particular here."""
    lists = zip(LIST_COMMANDS, context.lists(state), strict=False)
    labels = {command.id: TITLES[name].casefold() for command, name in lists}
    if state.pane in TEXTS:
        link = context.room.link(state.pane)
        reads = state.pane == "evidence" and link is not None and not link.ref
        labels["pin"] = "read" if reads else "follow"
    elif state.subject in state.lens.pinned(state.pane):
        labels["pin"] = "unpin"
    if state.pane == REPORT:
        labels["accept_draft"] = "make a record"
    if state.evidence:
        labels["evidence"] = "close"
    return labels


def breadcrumb(state: State, context: Context, width: int) -> list[ClickSpan]:
    """Where somebody is: the pins, then the subject with what it is part of.

    A click on a pin takes it off; one on what the subject is part of goes there.

    Args:
        state: The state.
        context: What is asked.
        width: Cells of the line.
    """
    if state.view == REVIEW:
        return _review_crumb(state, width)
    model, lens, pins = context.model, state.lens, state.lens.pins
    spans: list[ClickSpan] = [(" ", "", "")]
    room = width // (len(pins) + 1) - 4 if pins else 0
    compared = lens.compared()
    if len(pins) * (LEAST_ROOM_OF_PIN + CELLS_OF_SIGN) > width:
        # They are cut at the end of the line, which must not hide that there are more.
        number = f"{len(pins)} pinned, " if compared else f"{len(pins)} pinned: "
        spans = [(f" {number}{f'{_side(lens, compared)}: ' if compared else ''}", "muted", "")]
    for before, pin in zip(("", *(pin.ref for pin in pins)), pins, strict=False):
        target, sign = f"pin:{pin.pane} {pin.ref}", _pin_sign(lens, compared, pin.ref, before)
        used = sum(cells_of(span[0]) for span in (*spans, *sign))
        if before and used + LEAST_ROOM_OF_PIN > width - 2:
            return [*spans, (" …", "muted", "")]
        spans += [(text, style, target) for text, style in sign]
        label = clip(model.label(pin.ref), max(room, LEAST_ROOM_OF_PIN))
        spans.append((label, "muted" if lens.is_excluded(pin.ref) else "strong", target))
    row = context.subject(state)
    subject = model.one(row) if row is not None else None
    if subject is not None and not (pins and subject.id == pins[-1].ref):
        if pins:
            spans.append(("  │  ", "muted", ""))
        elif subject.kind == "event":
            for event in model.wholes(subject.row):
                spans += [(event.label, "muted", f"go:{event.id}"), (" › ", "muted", "")]
        spans += [(GLYPHS[subject.kind] + " ", kind_style(subject.kind), ""), (subject.label, "strong", "show_profile")]
        spans.append((f"  {subject.secondary}", "muted", ""))
    used = sum(cells_of(text) for text, _, _ in spans)
    for note in _pin_notes(lens, compared):
        if used + cells_of(note) + 1 < width:
            spans.append((note, "muted", "compare" if compared else "escape"))
            break
    return spans


def _review_crumb(state: State, width: int) -> list[ClickSpan]:
    """What can be done at this place of the review, as far as the line has room for it whole."""
    texts = IN_REPORT if state.pane == REPORT else IN_DRAFTS
    return [(f" {next((text for text in texts if cells_of(text) + 2 <= width), texts[-1])}", "muted", "")]


def _pin_sign(lens: Lens, compared: Sequence[str], ref: str, before: str) -> list[TextSpan]:
    """What stands before a pin in the breadcrumb: whether it holds, beside others of its kind or alone.

    Args:
        lens: The lens.
        compared: Ids of the pins that are compared.
        ref: Id of the pin.
        before: Id of the pin before it; empty for the first.
    """
    step = " › " if before else ""
    if lens.is_excluded(ref):
        return [(f"{step}not ", "muted")]
    if lens.only == ref:
        return [(f"{step}▶ ", "key"), ("only ", "muted")]
    if not lens.only and ref in compared[1:]:
        return [(f"{' ' if before in compared else step}and ▶ ", "key")]
    return [(f"{step}▶ ", "key")]


def _pin_notes(lens: Lens, compared: Sequence[str]) -> list[str]:
    """How many pins there are and what can be done with them, from the longest to the shortest way to say it."""
    if not lens.pins:
        return []
    number = f"   {len(lens.pins)} pinned"
    if not compared:
        return [f"{number} · esc to unpin"]
    side = _side(lens, compared)
    return [f"{number}, {side} · c to compare", f"   {side}"]


def _side(lens: Lens, compared: Sequence[str]) -> str:
    """Which side is shown of what is compared."""
    return "only one" if lens.only else "what all share" if len(compared) > 2 else "what both share"
