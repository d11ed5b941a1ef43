"""How the cursors of the review move: over the lines of the queue, and over the words of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from convenings.domain.state import Selection, State
from convenings.presentation.word_spans import PassagePick, WordSpan
from convenings.tui.commands.context import Context
from convenings.tui.pane_names import DRAFTS, REPORT

if TYPE_CHECKING:
    from convenings.drafting.review_list import ReviewList


def at(state: State, content: ReviewList, ref: str, field: str = "") -> State:
    """The state with the cursor of the review on a record, or on a field of it."""
    return replace(state.at(DRAFTS, ref), field=field, selection=None) if ref else state


def moved(state: State, context: Context, by: int) -> State:
    """The state some lines further down the queue, or up; in the text some lines, too."""
    content = context.review_list(state)
    if state.pane == REPORT:
        return _moved_by_line(state, context, content, by)
    return line_at(state, content, content.position(content.ref, state.field) + by)


def paged(state: State, context: Context, by: int) -> State:
    """The state some screens further down, or up."""
    step = max(1, context.room.capacity(DRAFTS) - 1) if state.pane == DRAFTS else context.room.lines(REPORT) - 1
    return moved(state, context, by * max(1, step))


def at_end(state: State, context: Context, *, last: bool) -> State:
    """The state at the first or the last line, or paragraph."""
    content = context.review_list(state)
    if state.pane == REPORT:
        return first_word_in(state, content, len(content.text) if last else 1)
    return line_at(state, content, len(content.lines) - 1 if last else 0)


def moved_aside(state: State, context: Context, by: int) -> State:
    """The state at the next word of the text, or the one before; from the queue, in the text."""
    content = context.review_list(state)
    here = selection_of(state, content)
    if state.pane == DRAFTS:
        return replace(state, pane=REPORT, selection=here)
    if here is None:
        return first_word_in(state, content, 1)
    pick = PassagePick(content.text)
    return with_words(state, content, pick.moved(pick.at(here.paragraph, here.start, here.end), by))


def line_at(state: State, content: ReviewList, number: int) -> State:
    """The cursor on a line of the list, by its number; on the first or last one where there is no such line."""
    if not content.lines:
        return state
    line = content.lines[max(0, min(number, len(content.lines) - 1))]
    return at(state, content, line.ref, line.field)


def selection_of(state: State, content: ReviewList) -> Selection | None:
    """What is selected; else the words on which the line under the cursor rests."""
    if state.selection is not None and state.selection.source == content.source:
        return state.selection
    if (evidence := content.evidence(state.field)) is None:
        return None
    return Selection(content.source, evidence.paragraph, evidence.start, evidence.end)


def first_word_in(state: State, content: ReviewList, paragraph: int) -> State:
    """The state with the first word of a paragraph selected; of the nearest there is."""
    if not content.text:
        return state
    return with_words(state, content, WordSpan(max(1, min(paragraph, len(content.text))), 0, 0))


def with_words(state: State, content: ReviewList, span: WordSpan) -> State:
    """The state with words selected."""
    start, end = PassagePick(content.text).place(span)
    return replace(state, selection=Selection(content.source, span.paragraph, start, end))


def _moved_by_line(state: State, context: Context, content: ReviewList, by: int) -> State:
    """The state with the word selected that stands about so many lines below, or above."""
    here = selection_of(state, content)
    if here is None:
        return first_word_in(state, content, 1)
    columns = context.room.columns(REPORT)
    paragraph, place = here.paragraph, here.start
    for _ in range(abs(by)):
        text = content.text[paragraph - 1]
        place += columns if by > 0 else -columns
        if place >= len(text) and by > 0:
            if paragraph == len(content.text):
                place = len(text)
                break
            paragraph, place = paragraph + 1, place % columns if len(text) > columns else min(here.start, columns)
        elif place < 0:
            if paragraph == 1:
                place = 0
                break
            paragraph -= 1
            place = max(0, len(content.text[paragraph - 1]) - 1)
    return with_words(state, content, PassagePick(content.text).at(paragraph, place, place + 1))


def line_clicked(state: State, context: Context, number: int) -> State:
    """The state at a line of the queue that was clicked."""
    return replace(line_at(state, context.review_list(state), number), pane=DRAFTS)


def selected(state: State, context: Context, words: str) -> State:
    """The state with words selected by the mouse: paragraph, first and last code point."""
    content = context.review_list(state)
    paragraph, start, end = map(int, words.split())
    return replace(state, pane=REPORT, selection=Selection(content.source, paragraph, start, end))


def ends_moved(
    content: ReviewList, paragraph: int, former: tuple[int, int], start_by: int, end_by: int
) -> tuple[int, int]:
    """A stretch of a paragraph with its ends so many words further on, or back."""
    if not 1 <= paragraph <= len(content.text):
        return former
    pick = PassagePick(content.text)
    span = pick.at(paragraph, *former)
    start, end = pick.place(pick.end_moved(pick.start_moved(span, start_by), end_by))
    return start if start_by else former[0], end if end_by else former[1]
