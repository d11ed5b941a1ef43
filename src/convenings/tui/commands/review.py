"""Commands of the review: decisions on what is drafted from reports, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from convenings.domain.state import Selection, State
from convenings.tui.commands.command import OpenReferrers, OpenReview, Refusal, Result, command
from convenings.tui.commands.context import Context
from convenings.tui.commands.review_effects import (
    AskBody,
    AskKind,
    AskReport,
    AskRole,
    AskSame,
    AskWords,
    Decide,
    MoveSpan,
    RejectField,
    StepBack,
)
from convenings.tui.commands.review_moves import at, ends_moved, first_word_in, selection_of
from convenings.tui.pane_names import DRAFTS, REPORT, REVIEW

if TYPE_CHECKING:
    from convenings.drafting.review_list import ReviewList

PANES = (DRAFTS, REPORT)
NOTHING = Refusal("Nothing is drafted here: “draft a report” in the palette (ctrl+p) reads one")
NO_RECORD = Refusal("This asks for the summary of a paragraph: E writes it")
NO_WORDS = Refusal("Select words first: tab goes to the text, arrows go over its words, < and > move the end")


@command("9", "review", "Decide on what is drafted from reports, beside their text.")
def show_review(state: State, context: Context) -> Result:
    """Go to the review, at the first open record."""
    return OpenReview()


@command("", "draft a report", "Read a report (text, Markdown, HTML, DOCX, PDF) and review what it seems to say.")
def draft_report(state: State, context: Context) -> Result:
    """Ask for a report."""
    return AskReport()


def opened(state: State, context: Context, source: str = "") -> State | Refusal:
    """The state with the review on the screen, at the record where it was left, or the first open one.

    Args:
        state: The state.
        context: What is asked.
        source: Id of the report whose first open record is gone to, where that is wanted.

    Raises:
        BadInput: The dataset cannot be read.
    """
    content = context.review_list(state)
    if not content.review.reports:
        return NOTHING
    first = (ref for ref, record in content.records.items() if record.source == source and content.is_open(ref))
    state = replace(state, view=REVIEW, pane=DRAFTS, zoomed=False, evidence=False)
    return at(state, content, next(first, content.ref))


def _no_record(content: ReviewList) -> Refusal:
    """Why nothing can be done with a draft record: a paragraph is in use, or nothing."""
    return NO_RECORD if content.ref else NOTHING


# Decisions


@command(
    "enter",
    "accept, next",
    "Accept this record and go on to the next open one; in the text, make a record of words.",
    position=1,
    in_palette=False,
    panes=PANES,
)
def accept_draft(state: State, context: Context) -> Result:
    """Accept the record in use; have the words typed that it waits for; make a record of what is selected."""
    if state.pane == REPORT:
        return _make_record(state)
    content = context.review_list(state)
    if not content.ref:
        return NOTHING
    if content.is_waiting(content.ref):
        return _ask_words(content)
    return Decide("accept", (content.ref,))


@command(
    "x",
    "reject",
    "Reject this record, or the field under the cursor; it stays so when the report is drafted again.",
    position=2,
    in_palette=False,
    panes=PANES,
)
def reject_draft(state: State, context: Context) -> Result:
    """Reject the record in use, or one of its fields."""
    content = context.review_list(state)
    if content.record is None:
        return _no_record(content)
    if state.field and state.field != next(iter(content.record.fields)):
        return RejectField(content.ref, state.field)
    return Decide("reject", (content.ref,))


@command(
    "space",
    "later",
    "Leave this record for later and go on; one left so is open again.",
    position=4,
    in_palette=False,
    panes=PANES,
)
def leave_for_later(state: State, context: Context) -> Result:
    """Leave the record in use for later."""
    content = context.review_list(state)
    return _no_record(content) if content.record is None else Decide("later", (content.ref,))


@command(
    "A",
    "accept shown",
    "Accept every open record that the filter shows, as how:honorific or kind:statement.",
    in_palette=False,
    panes=PANES,
)
def accept_shown(state: State, context: Context) -> Result:
    """Accept all that the filter shows."""
    query = state.lens.filters.get(DRAFTS, "")
    if not query.strip():
        return Refusal("A filter has to say which are accepted: / and how:honorific, kind:statement or a word")
    content = context.review_list(state)
    if not any(content.is_open(ref) for ref in content.refs):
        return Refusal(f"No open record matches {query}")
    return Decide("accept_all")


@command(
    "Z",
    "undo decision",
    "Take the last decision back, in the dataset and here.",
    position=6,
    in_palette=False,
    panes=PANES,
)
def undo_decision(state: State, context: Context) -> Result:
    """Undo one decision."""
    return StepBack()


@command("R", "redo decision", "Make the decision again that was taken back last.", in_palette=False, panes=PANES)
def redo_decision(state: State, context: Context) -> Result:
    """Redo one decision."""
    return StepBack(again=True)


# What a record says


def _ask_words(content: ReviewList, field: str = "") -> Result:
    from convenings.drafting.acceptance import WORDS
    from convenings.drafting.review_list import DIGEST

    if content.paragraph is not None:
        return AskWords(content.ref, DIGEST)
    record = content.record
    if record is None:
        return NOTHING
    return AskWords(content.ref, field or WORDS.get(record.kind) or next(iter(record.fields)))


@command(
    "E",
    "edit",
    "Type the field under the cursor in place; of a statement, what was said, in your own words.",
    position=3,
    in_palette=False,
    panes=PANES,
)
def edit_draft(state: State, context: Context) -> Result:
    """Have a field typed; a role, an organisation and another record are chosen."""
    content = context.review_list(state)
    if not content.ref:
        return NOTHING
    base = state.field.partition(".")[0]
    if base == "role":
        return AskRole(content.ref, state.field)
    return _ask_words(content, "" if base == "passage" else state.field)


def _field(content: ReviewList, state: State, base: str) -> str:
    """The field of a name under the cursor, or the first of that name."""
    return state.field if state.field.partition(".")[0] == base else base


@command(
    "r",
    "role",
    "Choose the role of this person or organisation; one that you choose is noted as inferred.",
    in_palette=False,
    panes=PANES,
)
def choose_role(state: State, context: Context) -> Result:
    """Choose a role of the person in use, or of the organisation."""
    content = context.review_list(state)
    if content.record is None or content.record.kind not in ("participation", "organisation"):
        return Refusal("Only a person or an organisation has a role")
    return AskRole(content.ref, _field(content, state, "role"))


@command("o", "organisation", "Choose the organisation for which this person is here.", in_palette=False, panes=PANES)
def choose_body(state: State, context: Context) -> Result:
    """Choose an organisation of the person in use."""
    content = context.review_list(state)
    if content.record is None or content.record.kind != "participation":
        return Refusal("Only somebody who takes part does so for an organisation")
    return AskBody(content.ref, _field(content, state, "on_behalf_of"))


@command(
    "s",
    "same as",
    "Say which record of the dataset this name is of; nothing is ever merged by itself.",
    in_palette=False,
    panes=PANES,
)
def choose_same(state: State, context: Context) -> Result:
    """Choose a record of the dataset for a name."""
    from convenings.drafting.decisions import NAMING

    content = context.review_list(state)
    if content.record is None:
        return _no_record(content)
    field = state.field or next(iter(content.record.fields))
    if field.partition(".")[0] not in NAMING:
        return Refusal("This line names no record")
    return AskSame(content.ref, field)


@command(
    "a",
    "make a record",
    "Make a record of the words selected in the text: person, organisation, role and so on.",
    position=5,
    in_palette=False,
    panes=PANES,
)
def make_record(state: State, context: Context) -> Result:
    """Make a record of the words that are selected."""
    return _make_record(state)


def _make_record(state: State) -> Result:
    return NO_WORDS if state.selection is None else AskKind(state.selection)


@command("e", "words", "Go to the words in the text on which this rests.", in_palette=False, panes=PANES)
def show_words(state: State, context: Context) -> Result:
    """Go to the text, with the words selected on which the line under the cursor rests; or back."""
    if state.pane == REPORT:
        return replace(state, pane=DRAFTS, selection=None)
    content = context.review_list(state)
    # What stands in no words of its own, as a speaker who is only called she, is known from those of the record.
    evidence = content.evidence(state.field) or content.evidence()
    if evidence is None:
        return Refusal("No words of the report are noted for this")
    selection = Selection(content.source, evidence.paragraph, evidence.start, evidence.end)
    return replace(state, pane=REPORT, selection=selection)


@command(
    "u",
    "used by",
    "List every record of the dataset that refers to what became of this.",
    in_palette=False,
    panes=PANES,
)
def draft_referrers(state: State, context: Context) -> Result:
    """List what refers to the record of the dataset that the record in use stands for."""
    content = context.review_list(state)
    record = content.record
    if record is None:
        return _no_record(content)
    refs = [record.main.same_as, *record.refs.values()]
    rows = [(ref, row) for ref in refs if (row := context.row_of(ref)) is not None]
    for ref, row in rows:
        if context.model.referrer_count(row):
            return OpenReferrers(ref)
    return Refusal("Nothing of the dataset refers to this" if rows else "This is not in the dataset yet")


# Moves


@command(
    "J",
    "next open",
    "Go to the next open record; in the text, to the next paragraph without one.",
    position=7,
    in_palette=False,
    panes=PANES,
)
def next_open(state: State, context: Context) -> Result:
    """Go to the next open record."""
    return _open_beside(state, context, 1)


@command(
    "K",
    "previous open",
    "Go to the previous open record; in the text, to the previous paragraph without one.",
    in_palette=False,
    panes=PANES,
)
def previous_open(state: State, context: Context) -> Result:
    """Go to the open record before."""
    return _open_beside(state, context, -1)


def _open_beside(state: State, context: Context, by: int) -> Result:
    content = context.review_list(state)
    if state.pane == REPORT:
        here = selection_of(state, content)
        paragraphs = content.uncovered
        others = [each for each in paragraphs if here is None or (each - here.paragraph) * by > 0]
        if not others:
            return Refusal("Every paragraph from here on has a record")
        return first_word_in(state, content, others[0] if by > 0 else others[-1])
    ref = content.beside(by)
    if not ref:
        return Refusal("Nothing is open any more" if content.refs else NOTHING.reason)
    return at(state, content, ref)


@command("comma", "start back", "Move the start of the words a word back.", in_palette=False, panes=PANES)
def start_back(state: State, context: Context) -> Result:
    """Move the start of a span a word back."""
    return _span(state, context, -1, 0)


@command("full_stop", "start on", "Move the start of the words a word on.", in_palette=False, panes=PANES)
def start_on(state: State, context: Context) -> Result:
    """Move the start of a span a word on."""
    return _span(state, context, 1, 0)


@command("less_than_sign", "end back", "Move the end of the words a word back.", in_palette=False, panes=PANES)
def end_back(state: State, context: Context) -> Result:
    """Move the end of a span a word back."""
    return _span(state, context, 0, -1)


@command("greater_than_sign", "end on", "Move the end of the words a word on.", in_palette=False, panes=PANES)
def end_on(state: State, context: Context) -> Result:
    """Move the end of a span a word on."""
    return _span(state, context, 0, 1)


def _span(state: State, context: Context, start_by: int, end_by: int) -> Result:
    """Move an end of what is selected in the text, or of the words on which a field rests."""
    content = context.review_list(state)
    if state.pane == REPORT:
        here = selection_of(state, content)
        if here is None:
            return NO_WORDS
        start, end = ends_moved(content, here.paragraph, (here.start, here.end), start_by, end_by)
        return replace(state, selection=replace(here, start=start, end=end))
    record, evidence = content.record, content.evidence(state.field)
    field = state.field or (next(iter(record.fields)) if record is not None else "")
    if record is None or evidence is None or field not in record.fields:
        return Refusal("No words of the report are noted for this")
    former = evidence.start, evidence.end
    start, end = ends_moved(content, evidence.paragraph, former, start_by, end_by)
    if (start, end) == former:
        return Refusal("There is no further word in this paragraph" if start_by < 0 or end_by > 0 else "One word stays")
    return MoveSpan(content.ref, field, start, end)


REVIEW_COMMANDS = (
    accept_draft, reject_draft, edit_draft, leave_for_later, make_record, undo_decision, redo_decision, next_open,
    previous_open, accept_shown, choose_role, choose_body, choose_same, start_back, start_on, end_back, end_on,
    show_words, draft_referrers,
)  # fmt: skip
"""Commands of the view alone, in the order in which they are listed."""
