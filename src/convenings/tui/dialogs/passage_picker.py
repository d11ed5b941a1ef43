"""The attached text of a source, in which words are picked as a passage by keys or mouse."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding

from convenings.domain.text import plain
from convenings.presentation.word_spans import PassagePick, WordSpan
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.dialogs.keys_line import KeysLine
from convenings.tui.panes.bars import Bar
from convenings.tui.panes.line import Line
from convenings.tui.panes.reader import TextReader, Words

KEYS = (
    ("enter", "take it", "take"),
    ("esc", "leave", "leave"),
    ("←→", "word", "move(1)"),
    ("> <", "end", "end(1)"),
    (", .", "start", "start(1)"),
    ("↑↓", "paragraph", "paragraph(1)"),
    ("/", "search", "search"),
    ("n", "next", "next"),
)


class PickReader(TextReader):
    """The text, in which a word can be clicked."""

    def on_click(self, event: events.Click) -> None:
        """Pick the word that was clicked, or all up to it with shift."""
        at = event.get_content_offset_capture(self)
        place = self.place_at(at.x, at.y)
        if place is not None and isinstance(self.screen, PassagePicker):
            self.screen.pick_at(*place, extends=event.shift)


class SearchLine(Line):
    """The line in which words to be searched for are typed."""

    BINDINGS = [Binding("escape", "screen.end_search", "Leave it", priority=True)]

    def typed(self, value: str) -> None:
        """Go where the words stand, in the handler of the key."""
        if self.is_mounted and isinstance(self.screen, PassagePicker):
            self.screen.search_for(value)


class PassagePicker(Dialog[WordSpan]):
    """Gives the words that were picked; nothing where it is left.

    Args:
        label: What the source is called.
        pick: The text.
        begin: What is picked to begin with.
    """

    AUTO_FOCUS = "PickReader"
    BINDINGS = [
        Binding("escape,q", "leave", "Leave", show=False),
        Binding("enter", "take", "Take it", show=False),
        Binding("right,l", "move(1)", "Word on", show=False),
        Binding("left,h", "move(-1)", "Word back", show=False),
        Binding("down,j", "paragraph(1)", "Paragraph on", show=False),
        Binding("up,k", "paragraph(-1)", "Paragraph back", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("greater_than_sign,shift+right", "end(1)", "End on", show=False),
        Binding("less_than_sign,shift+left", "end(-1)", "End back", show=False),
        Binding("full_stop", "start(1)", "Start on", show=False),
        Binding("comma", "start(-1)", "Start back", show=False),
        Binding("slash", "search", "Search", show=False),
        Binding("n", "next", "Next place", show=False),
    ]

    def __init__(self, label: str, pick: PassagePick, begin: WordSpan) -> None:
        super().__init__()
        self._label = label
        self._pick = pick
        self.span = begin
        """What is picked."""
        self._pane = PickReader(pick.paragraphs, ())
        self._line = SearchLine(placeholder="words to search for", id="search", compact=True, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """The text, the line of a search while one is typed, and the keys."""
        yield self._pane
        yield self._line
        yield KeysLine(KEYS)

    def on_mount(self) -> None:
        """Show what is picked."""
        self._line.display = False
        self._pane.focus()
        self._show(self.span)

    def _show(self, span: WordSpan) -> None:
        self.span = span
        start, end = self._pick.place(span)
        self._pane.go_to(Words(span.paragraph, start, end))
        number = span.last - span.first + 1
        note = f"paragraph {span.paragraph} · {number} word{'s' if number > 1 else ''}"
        self._pane.set_title((f"Pick the passage: {plain(self._label)}", ""), note=note)

    def pick_at(self, paragraph: int, place: int, *, extends: bool) -> None:
        """Pick the word at a place, or all words from those picked to it."""
        span = self._pick.at(paragraph, place, place + 1)
        if extends and paragraph == self.span.paragraph:
            span = WordSpan(paragraph, min(span.first, self.span.first), max(span.last, self.span.last))
        self._show(span)

    def search_for(self, text: str) -> None:
        """Go to the first place of some words."""
        span = self._pick.next_with(text)
        if span is not None:
            self._show(span)
        elif text.strip():
            self._pane.set_title((f"Pick the passage: {plain(self._label)}", ""), note="These words stand nowhere")

    # Keys

    def action_move(self, by: int) -> None:
        """Go on by words."""
        self._show(self._pick.moved(self.span, by))

    def action_paragraph(self, by: int) -> None:
        """Go on by paragraphs."""
        self._show(self._pick.in_paragraph(self.span, by))

    def action_page(self, by: int) -> None:
        """Scroll by screens; what is picked stays."""
        self._pane.page(by)

    def action_start(self, by: int) -> None:
        """Move the start of what is picked."""
        self._show(self._pick.start_moved(self.span, by))

    def action_end(self, by: int) -> None:
        """Move the end of what is picked."""
        self._show(self._pick.end_moved(self.span, by))

    def action_search(self) -> None:
        """Type words to search for."""
        self._line.display = True
        self._line.focus()

    def action_next(self) -> None:
        """Go to the next place of the words searched for."""
        span = self._pick.next_with(self._line.value, self.span)
        if span is not None:
            self._show(span)

    def action_end_search(self) -> None:
        """Go back to the text."""
        self._line.display = False
        self._pane.focus()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Go back to the text, at the place that was searched for."""
        event.stop()
        self.action_end_search()

    def action_take(self) -> None:
        """Give what is picked."""
        self.dismiss(self.span)

    def action_leave(self) -> None:
        """Leave without a passage."""
        self.dismiss(None)

    @on(Bar.Clicked)
    async def do_click(self, event: Bar.Clicked) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.target)


def beginning(pick: PassagePick, words: str, place: Sequence[int]) -> WordSpan:
    """What is picked to begin with: the passage as it was, else where some words stand, else the first word.

    Args:
        pick: The text.
        words: What may stand there.
        place: Paragraph, start and end of the passage as it was; empty where there is none.
    """
    span = pick.next_with(words) if words else None
    if place:
        former = pick.at(place[0], place[1], place[2])
        # What was typed may stand in the passage as it was, or beside it.
        if span is None or span.paragraph != former.paragraph:
            return former
    return span or WordSpan(1, 0, 0)
