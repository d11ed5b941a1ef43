"""What commands of the review want done: decisions, each on the disk at once, and what is asked before one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace
from textual.geometry import Offset

from convenings.domain import dates
from convenings.domain.errors import BadInput
from convenings.domain.kinds import kind_of
from convenings.domain.roles import ROLES
from convenings.domain.text import plain
from convenings.drafting.acceptance import WORDS
from convenings.drafting.decisions import Decision
from convenings.drafting.open_queue import name_of
from convenings.drafting.review import Review
from convenings.drafting.review_list import DIGEST, label_of
from convenings.store.draft_file import DraftRecord
from convenings.tui.commands import review as commands
from convenings.tui.commands import review_moves
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
    ReviewEffect,
    StepBack,
)
from convenings.tui.dialogs.in_place import InPlace
from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.explorer import drafting
from convenings.tui.explorer.host import Host
from convenings.tui.paint.layout import FRAME
from convenings.tui.pane_names import DRAFTS
from convenings.tui.panes.drafts import LABEL_CELLS, DraftsPane

INDENT = 7 + LABEL_CELLS
"""Cells before the value of a field."""
NEW = "new"
"""What a name is of that is of nobody in the dataset."""
MOST_OFFERED = 300
"""Organisations of the dataset that are offered at most."""
KINDS = (
    ("participation", "person", "somebody who takes part", "p"),
    ("organisation", "organisation", "an organisation; o on a person then ties them to it", "o"),
    ("role", "role", "choose the role of the person in use; noted as inferred, without these words", "r"),
    ("question", "question", "something that is asked", "q"),
    ("statement", "statement", "a sentence in which somebody says something", "s"),
    ("gap", "gap", "something that the report leaves open", "g"),
    ("event", "event", "what the report is of, or tells of besides", "e"),
)
"""What can be made of words: the kind of draft, its name, what it is, and the letter that finds it."""


def review(effect: ReviewEffect, host: Host) -> None:
    """Do what a command of the review wants done.

    Raises:
        BadInput: It cannot be done; nothing has changed.
    """
    queue, query = host.context.review, host.current().lens.filters.get(DRAFTS, "")
    match effect:
        case Decide("accept", refs):
            _go_on(host, _named(host, queue.accept(*refs, query=query), refs))
        case Decide("reject", refs):
            _go_on(host, _named(host, queue.reject(*refs, query=query), refs))
        case Decide("later", refs):
            _go_on(host, _named(host, queue.later(*refs, query=query), refs))
        case Decide():
            _go_on(host, queue.accept_all(query))
        case RejectField(ref, field):
            _stay(host, replace(queue.set(ref, field, ""), what=f"{label_of(field)} rejected"), field)
        case MoveSpan(ref, field, start, end):
            _stay(host, _written(host, queue.move(ref, field, start, end), ref, field), host.current().field)
        case StepBack(again):
            _go_to_change(host, queue.redo() if again else queue.undo())
        case AskWords(ref, field):
            _ask_words(host, ref, field)
        case AskRole(ref, field):
            _ask_role(host, ref, field)
        case AskBody(ref, field):
            _ask_body(host, ref, field)
        case AskSame(ref, field):
            _ask_same(host, ref, field)
        case AskKind():
            _ask_kind(host, effect)
        case AskReport():
            drafting.ask_report(host)


# After a decision


def _show(host: Host, decision: Decision, ref: str, field: str = "", beside: str = "") -> None:
    """Show the queue as it is now, at a record, and say what was decided.

    Args:
        host: The explorer.
        decision: What was decided.
        ref: Id of the record.
        field: Its field under the cursor; empty for the record itself.
        beside: What is said besides.
    """
    host.context.forget_review_list()
    state = host.current()
    content = host.context.review_list(state.at(DRAFTS, ref))
    host.show(review_moves.at(state, content, content.ref, field))
    if decision.refs:
        host.reloader.follow_edit()
    # How many of how many are open stands in the border.
    host.say(f"{decision.what[:1].upper()}{decision.what[1:]}{decision.besides}{beside}")


def _named(host: Host, decision: Decision, refs: Sequence[str]) -> Decision:
    """A decision on one record, in words that name it."""
    if len(refs) != 1:
        return decision
    queue = host.context.review
    what = f"{decision.what.removeprefix('1 ')}: {plain(queue.name(queue.record(refs[0])))}{decision.besides}"
    return replace(decision, what=what, needed=0)


def _go_on(host: Host, decision: Decision, *, is_writing: bool = False) -> None:
    """Show what is to be decided on next; where nothing is, what is to be worded.

    Whoever writes goes on writing, from the line just written on, as long as anything waits for words.
    """
    before = host.context.review_list(host.current())
    former = before.ref
    at = before.refs.index(former) + 1 if former else 0
    around = [*before.refs[at:], *before.refs[:at]] if is_writing else []
    following = decision.following.id if decision.following is not None else ""
    host.context.forget_review_list()
    content = host.context.review_list(host.current().at(DRAFTS, former))
    waiting = next((ref for ref in (*around, *content.refs) if content.is_waiting(ref)), "")
    following = (is_writing and waiting) or following or waiting or content.ref
    beside = ""
    if decision.following is None and not (is_writing and content.is_waiting(following)):
        which = "of these " if content.query else ""
        waits = "; what waits for your words is next" if content.is_waiting(following) else ""
        beside = f" · none {which}is open{waits}"
    if decision.refs and (doubles := host.context.review.doubles(decision.changed)):
        beside += f" · another record is called {plain(', '.join(doubles))}: “merge” in the palette joins two"
    _show(host, decision, following, beside=beside or " · Z undoes it")


def _stay(host: Host, decision: Decision, field: str) -> None:
    """Show the record that was changed."""
    changed = decision.changed[0] if decision.changed else host.context.review_list(host.current()).ref
    _show(host, decision, changed, field)


def _go_to_change(host: Host, decision: Decision) -> None:
    """Show what is otherwise now that a decision was undone, or made again."""
    content = host.context.review_list(host.current())
    following = decision.following.id if decision.following is not None else ""
    _show(host, decision, next(iter(decision.changed), following or content.ref))


def _try(host: Host, work: Callable[[], None]) -> None:
    """Do something after a dialog, and say why it cannot be done."""
    try:
        work()
    except BadInput as error:
        host.say(plain(str(error)))


# What is typed


def _ask_words(host: Host, ref: str, field: str) -> None:
    """Have a field typed over its own row."""
    queue = host.context.review
    state = host.current()
    content = host.context.review_list(state)
    record = content.records.get(ref)
    if field != DIGEST:
        host.show(review_moves.at(state, content, ref, field))
    pane = host.view.panes[DRAFTS]
    assert isinstance(pane, DraftsPane)
    own = record.fields.get(field) if record is not None else None
    begin = own.value if own is not None and own.state != "rejected" else ""
    row = max(0, min(pane.cursor - pane.offset_item, pane.size.height - 1))
    indent = INDENT if record is not None else 5
    at = Offset(pane.region.x + 1 + indent, pane.region.y + 1 + row + _dividers_above(pane))
    width = max(10, pane.region.width - FRAME - indent)

    def keep(line: str | None) -> None:
        if line is not None:
            _try(host, lambda: _keep_words(host, queue, record, ref, field, line))

    host.app.push_screen(InPlace(begin, _hint(record, field), at, width, host.say, _fault_of(field)), keep)


def _dividers_above(pane: DraftsPane) -> int:
    return sum(pane.offset_item <= number <= pane.cursor for number, _ in pane.dividers)


def _hint(record: DraftRecord | None, field: str) -> str:
    if record is None:
        return "a sentence or two in your own words; enter keeps them"
    if field == WORDS.get(record.kind):
        return "in your own words; enter keeps it and accepts"
    return f"{label_of(field)}; enter keeps it"


def _keep_words(host: Host, queue: Review, record: DraftRecord | None, ref: str, field: str, line: str) -> None:
    """Write what was typed; what waited for it is accepted by it, and the next one is asked for."""
    query = host.current().lens.filters.get(DRAFTS, "")
    if not line and record is None:
        return
    decision = queue.set(ref, field, line, query)
    is_last_word = record is None or field == WORDS.get(record.kind)
    if not is_last_word or not line:
        _stay(host, _written(host, decision, ref, field), field)
        return
    was_waiting = record is None or record.state == "wording"
    if record is not None:
        decision = decision if was_waiting else queue.accept(ref, query=query)
        decision = _named(host, replace(decision, what="worded and accepted"), (ref,))
    _go_on(host, decision, is_writing=was_waiting)
    content = host.context.review_list(host.current())
    if was_waiting and content.is_waiting(content.ref):
        # Whoever writes goes on writing.
        result = commands.accept_draft.run(host.current(), host.context)
        if isinstance(result, AskWords):
            _ask_words(host, result.ref, result.field)


def _fault_of(field: str) -> Callable[[str], str]:
    """What is wrong with a value of a field as it is typed."""

    def fault(line: str) -> str:
        if field != "date":
            return ""
        try:
            dates.parse(line)
        except BadInput as error:
            return plain(str(error))
        return ""

    return fault


# What is chosen


def _menu(host: Host, title: str, hint: str, entries: list[Entry], then: Callable[[str], None]) -> None:
    def take(value: str | None) -> None:
        if value:
            _try(host, lambda: then(value))

    host.app.push_screen(Menu(title, hint, entries), take)


def _ask_role(host: Host, ref: str, field: str) -> None:
    record = host.context.review.record(ref)
    own = record.fields.get(field)
    entries = [Entry(role, role, "") for role in ROLES]
    if own is not None and own.value:
        entries.insert(0, Entry("-", "no role", "mentioned only: not there, as far as the report says"))
    _menu(
        host,
        f"Role of {record.main.value}",
        "a few letters · enter takes it",
        entries,
        lambda value: _set(host, ref, field, "" if value == "-" else value),
    )


def _ask_body(host: Host, ref: str, field: str) -> None:
    queue, model = host.context.review, host.context.model
    record = queue.record(ref)
    entries = [
        Entry(each.id, each.main.value, "", "in this report")
        for each in queue.records("kind:organisation")
        if each.source == record.source and each.state != "rejected"
    ]
    first, last = model.range("organisation")
    rows = model.load_range(first, min(last, first + MOST_OFFERED))
    entries += [Entry(row.id, row.label, row.secondary, "in the dataset") for row in rows]
    entries.append(Entry("-", "none", "for nobody, as far as the report says", "or"))
    entries.append(Entry("=", "another", "to be typed", "or"))

    def take(value: str) -> None:
        if value == "=":
            _ask_words(host, ref, field)
        else:
            _set(host, ref, field, "" if value == "-" else value)

    _menu(host, f"{record.main.value} is here for", "a few letters · enter takes it", entries, take)


def _ask_same(host: Host, ref: str, field: str) -> None:
    queue, model = host.context.review, host.context.model
    record = queue.record(ref)
    name = record.fields[field]
    rows = [(each, model.row_of(each)) for each in queue.namesakes(record, field)]
    entries = [
        Entry(each, model.one(row).label, f"{kind_of(each)} · {model.one(row).secondary}", "named so in the dataset")
        for each, row in rows
        if row is not None
    ]
    if not entries and not name.same_as:
        host.say(f"Nothing in the dataset is named like {plain(name.value)}; E takes the id of a record, too")
        return
    entries.append(Entry(NEW, "none of them", "a record of its own", "or"))
    _menu(
        host,
        f"{name.value} is the same as",
        "a few letters · enter takes it",
        entries,
        lambda value: _set(host, ref, field, value),
    )


def _set(host: Host, ref: str, field: str, value: str) -> None:
    _stay(host, _written(host, host.context.review.set(ref, field, value), ref, field), field)


def _written(host: Host, decision: Decision, ref: str, field: str) -> Decision:
    """A decision on a field, in words that say what the field is now."""
    own = host.context.review.record(ref).fields.get(field)
    is_there = own is not None and own.state != "rejected"
    value = (own.same_as or own.value) if own is not None and is_there else "none"
    if not value:
        value = name_of(host.context.review.passage(host.context.review.record(ref), field))
    return replace(decision, what=f"{label_of(field)}: {plain(value)} · Z undoes it")


def _ask_kind(host: Host, effect: AskKind) -> None:
    """Ask what is made of words of the text."""
    selection, queue = effect.selection, host.context.review
    record = host.context.review_list(host.current()).record
    is_person = record is not None and record.kind == "participation"
    entries = [Entry(kind, name, text, key=key) for kind, name, text, key in KINDS if kind != "role" or is_person]

    def take(kind: str) -> None:
        place = selection.paragraph, selection.start, selection.end
        if kind == "role":
            if record is not None:
                _ask_role(host, record.id, "role")
            return
        decision = queue.add(selection.source, kind, *place)  # type: ignore[arg-type]  # one of KINDS
        assert decision.following is not None
        what = f"added: {plain(queue.name(decision.following))} · Z undoes it"
        _stay(host, replace(decision, what=what, changed=(decision.following.id,)), "")
        host.show(replace(host.current(), pane=DRAFTS, selection=None))

    words = queue.text(selection.source)[selection.paragraph - 1][selection.start : selection.end]
    hint = " · ".join(f"{entry.key} {entry.name}" for entry in entries)
    _menu(host, f"“{plain(words)}” is a", hint, entries, take)
