"""Commands that follow what is related: pins, links, evidence, referrers, the palette, back and forward."""

from __future__ import annotations

from msgspec.structs import replace

from convenings.domain.errors import BadInput
from convenings.domain.state import Lens, State
from convenings.presentation.lists import HOME, RANGES
from convenings.tui.commands import places
from convenings.tui.commands.command import (
    OpenLinks,
    OpenPalette,
    OpenReferrers,
    OpenText,
    Refusal,
    Result,
    Travel,
    command,
)
from convenings.tui.commands.context import Context
from convenings.tui.pane_names import DRAFTS, PANES, PROGRAMME, REVIEW, TEXTS

OTHER = "other"
"""Where records of the kinds that no list shows are pinned."""


@command(
    "enter",
    "pin",
    "Pin the record under the cursor: the other panes show what is related to it. In the profile, follow the link.",
    position=1,
    panes=PANES,
)
def pin(state: State, context: Context) -> Result:
    """Pin the row under the cursor, or take its pin off; follow the link of a text."""
    if state.pane in RANGES:
        row = context.highlighted(state, state.pane)
        if row is None:
            return Refusal("Nothing here to pin")
        return toggle_pin(state, state.pane, context.model.one(row).id)
    if state.pane == PROGRAMME:
        return toggle_pin(state, "timeline", state.cursor(PROGRAMME)) if state.cursor(PROGRAMME) else places.NO_RECORD
    link = context.room.link(state.pane)
    if link is None:
        return _pin_subject(state, context)
    if link.listing is not None:
        return places.go_to_list(state, context, HOME[link.listing.kind], link.listing.filter)
    if not link.ref and state.pane == "evidence":
        return _text_at(state, context, link.numbers[0])
    if not link.ref:
        return Refusal("This line leads nowhere; e opens its evidence")
    return places.go_to(state, context, link.ref)


@command("p", "pin this", "Pin the record that the profile shows, of whatever kind, or take its pin off.")
def pin_subject(state: State, context: Context) -> Result:
    """Pin the subject in its list, or beside the lists where none shows it."""
    return _pin_subject(state, context)


def _pin_subject(state: State, context: Context) -> Result:
    if not state.subject:
        return places.NO_RECORD
    return toggle_pin(state, context.home(state) or OTHER, state.subject)


def toggle_pin(state: State, pane: str, ref: str) -> State:
    """The state with a record pinned, or without that pin where it is pinned already."""
    lens = state.lens.unpin(pane, ref) if ref in state.lens.pinned(pane) else state.lens.pin(pane, ref)
    return replace(state, lens=lens)


@command("c", "compare", "Compare pins of one kind: what all share, only the first, only the second.", position=2)
def compare(state: State, context: Context) -> Result:
    """Look at the next side of what is compared."""
    if not state.lens.compared():
        return Refusal("Nothing to compare: pin two records of one kind, such as two events")
    return _seen_through(state, context, state.lens.compared_next())


def _seen_through(state: State, context: Context, lens: Lens) -> State:
    """The state with another lens, and a row that is left of the list in use as the subject."""
    state = replace(state, lens=lens)
    return places.lead(state, context, state.pane) if state.pane in RANGES else state


@command("e", "evidence", "Open or close the passages that support what is shown.", position=3, panes=TEXTS)
def evidence(state: State, context: Context) -> Result:
    """Open the drawer at the passages of the line under the cursor, or close it."""
    if state.evidence:
        return close_evidence(state, context)
    try:
        profile = context.profile(state)
    except BadInput as error:
        return Refusal(f"The evidence cannot be read: {error}")
    if profile is None or not profile.cited:
        return Refusal("No evidence is recorded for this")
    return replace(state, evidence=True, opened_from=state.pane, pane="evidence")


def close_evidence(state: State, context: Context) -> State:
    """The state without the drawer, in the pane that it was opened from."""
    closed = replace(state, evidence=False, opened_from="", alone=False)
    return places.use(closed, context, state.opened_from or "profile")


@command("t", "text", "Read the source's own text at this passage, where its text is attached.")
def source_text(state: State, context: Context) -> Result:
    """Read the attached text at the evidence of the line under the cursor, or at the first of the record."""
    subject = context.subject(state)
    if subject is None:
        return places.NO_RECORD
    if context.model.one(subject).kind == "source":
        return _text_of(state, context, state.subject, 0)
    link = context.room.link(state.pane) if state.pane in TEXTS else None
    profile = context.profile_or_none(state)
    if profile is None or not profile.cited:
        return Refusal("No evidence is recorded for this")
    return _text_at(state, context, link.numbers[0] if link is not None and link.numbers else profile.cited[0].number)


def _text_at(state: State, context: Context, number: int) -> Result:
    """Read the text that a number of the profile cites, from there on."""
    profile = context.profile_or_none(state)
    cited = next((each for each in profile.cited if each.number == number), None) if profile is not None else None
    if cited is None:
        return Refusal("No evidence is recorded for this")
    row = context.row_of(cited.evidence.source)
    source = cited.evidence.source if row is None else context.model.one(row).id
    return _text_of(state, context, source, number)


def _text_of(state: State, context: Context, source: str, number: int) -> Result:
    if context.workspace.attached_text(source) is None:
        if getattr(context.model.find(source), "type", "") == "data":
            return Refusal("A structured file is read piece by piece: e shows each that is cited")
        return Refusal("The text of this report is not attached: convenings attach FILE")
    return OpenText(state.subject, source, number)


@command("o", "links", "List the links of this record: to open in a browser, or to copy.", panes=TEXTS)
def links(state: State, context: Context) -> Result:
    """List the links of the subject."""
    row = context.subject(state)
    if row is None:
        return places.NO_RECORD
    try:
        record = context.model.record(row)
    except BadInput as error:
        return Refusal(f"The links cannot be read: {error}")
    return OpenLinks(state.subject) if record.links else Refusal("No link is recorded for this")


@command("u", "used by", "List every record that refers to this one.", position=4)
def referrers(state: State, context: Context) -> Result:
    """List what refers to the subject."""
    row = context.subject(state)
    if row is None or not context.model.referrer_count(row):
        return Refusal("Nothing refers to this record")
    return OpenReferrers(state.subject)


@command(
    "ctrl+p,ctrl+k,colon",
    "search",
    "Find any command or record by name, in any order, with typos.",
    position=8,
    in_palette=False,
)
def palette(state: State, context: Context) -> Result:
    """Open the palette."""
    return OpenPalette()


@command(
    "left_square_bracket,alt+left", "back", "Go back to where you were, pins, filters and scroll included.", position=7
)
def back(state: State, context: Context) -> Result:
    """Go back."""
    if not context.history.before:
        return Refusal("This is where you started: there is nothing to go back to")
    return Travel(-1)


@command("right_square_bracket,alt+right", "forward", "Go forward again.")
def forward(state: State, context: Context) -> Result:
    """Go forward."""
    return Travel(1) if context.history.after else Refusal("Nothing lies ahead: you have not gone back")


@command("H", "start", "Go to the start: nothing pinned, nothing filtered, the event that all start on.")
def start(state: State, context: Context) -> Result:
    """Go to the start."""
    return places.start(context)


@command(
    "escape",
    "step out",
    "Step out of the innermost thing: drawer, zoom, filter, programme, comparison, then the last pin.",
    in_palette=False,
)
def escape(state: State, context: Context) -> Result:
    """Step out of the innermost thing."""
    if state.alone:
        return replace(state, alone=False)
    if state.evidence:
        return close_evidence(state, context)
    if state.zoomed:
        return replace(state, zoomed=False)
    if state.lens.filters.get(state.pane):
        return places.with_filter(state, context, "")
    if state.entered_from and state.view not in (PROGRAMME, REVIEW):
        # It is seen in the lists alone.
        return replace(state, entered_from="")
    if state.selection is not None:
        return replace(state, selection=None, pane=DRAFTS)
    if state.lens.filters.get(DRAFTS) and state.view == REVIEW:
        return replace(state, lens=state.lens.filtered(DRAFTS, ""))
    if state.view in (PROGRAMME, REVIEW):
        return places.use(state, context, context.panes(state)[0])
    if state.lens.only:
        return _seen_through(state, context, replace(state.lens, only=""))
    if state.lens.pins:
        last = state.lens.pins[-1]
        return toggle_pin(state, last.pane, last.ref)
    return Refusal("Nothing to step out of; q quits")
