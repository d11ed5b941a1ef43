"""A pane of wrapped text in which some lines are links: profile, evidence, and what refers to a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from convenings.domain.state import TextPosition
from convenings.domain.text import plain
from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.segments import TextSpan, broken, cells_of
from convenings.tui.panes.pane import Pane


class Item(NamedTuple):
    """A paragraph of a text pane; one that can be chosen takes the cursor."""

    spans: Sequence[TextSpan]
    ref: str = ""
    """Id of the record that it leads to."""
    numbers: tuple[int, ...] = ()
    """Evidence it rests on."""
    choosable: bool = False
    indent: int = 0
    """Cells before its second and later lines, and its first."""
    bar: str = ""
    """Drawn before each of its lines, within the indent."""


class _Line(NamedTuple):
    item: int
    """Number of its paragraph."""
    spans: tuple[TextSpan, ...]


class TextPane(Pane):
    """Wrapped paragraphs; the cursor goes from link to link, and scrolls where there are none."""

    def __init__(self, name: str, number: int, title: str) -> None:
        super().__init__(name, number, title)
        self.items: Sequence[Item] = ()
        self._lines: list[_Line] = []
        self._width = 0
        self._wrap_cache: tuple[int, list[_Line]] = 0, []
        """Width for which the text was wrapped last, and its lines there."""
        self._pending = -1
        """Paragraph to go to once there is room to show it; -1 for none."""

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def lines_needed(self, width: int) -> int:
        """Lines of the text in a pane of ``width`` cells, border included."""
        return len(self._wrapped(max(1, width - FRAME - 1)))

    def set_items(self, items: Sequence[Item]) -> None:
        """Show other paragraphs, from the top."""
        self.items = items
        self._wrap_cache = 0, []
        self._pending = -1
        self._wrap()
        self.cursor = self._first_choice()
        self.offset_item = 0
        self.repaint()

    def _wrap(self) -> None:
        self._width = self.text_width if self.area else 0
        self._lines = self._wrapped(self._width) if self._width else []

    def _wrapped(self, width: int) -> list[_Line]:
        """Lines of the whole text in ``width`` cells."""
        if self._wrap_cache[0] != width:
            lines = [
                _Line(number, spans)
                for number, item in enumerate(self.items)
                for spans in (_lines_of(item, width) if item.spans else [()])
            ]
            self._wrap_cache = width, lines
        return self._wrap_cache[1]

    def fit(self) -> None:
        """Wrap anew, with the same paragraph under the cursor."""
        if self.text_width != self._width:
            selected = self.selected
            self._wrap()
            self.cursor = self._first_line(selected) if selected else self._first_choice()
            if self._pending >= 0:
                self.select(self._pending)
            self.repaint()
        self.offset_item = max(0, min(self.offset_item, self.count - self.shown))

    def _first_choice(self) -> int:
        return next((i for i, line in enumerate(self._lines) if self.items[line.item].choosable), 0)

    def _first_line(self, item: int) -> int:
        return next((i for i, line in enumerate(self._lines) if line.item == item), 0)

    @property
    def selected(self) -> int:
        """Paragraph under the cursor."""
        if self._lines:
            return self._lines[min(self.cursor, self.count - 1)].item
        return next((at for at, item in enumerate(self.items) if item.choosable), 0)

    @property
    def item(self) -> Item | None:
        """Paragraph under the cursor, if it can be chosen."""
        item = self.items[self.selected] if self.items else None
        return item if item is not None and item.choosable else None

    @property
    def position(self) -> TextPosition:
        """Where the cursor stands, and the first line on the screen."""
        return TextPosition(self.selected, self.offset_item)

    def stand_at(self, position: TextPosition) -> None:
        """Put the cursor on a paragraph, or the first one that can be chosen after it, and scroll to a line.

        Where there is no room yet the text only comes to stand at the paragraph once there is.
        """
        if not self._lines:
            self._pending = position.paragraph
            return
        choosable = (at for at, item in enumerate(self.items) if item.choosable and at >= position.paragraph)
        self.cursor = self._first_line(next(choosable, position.paragraph))
        self.offset_item = max(0, min(position.top, self.count - self.shown))
        self.repaint()

    def position_after(self, step: Callable[[TextPane], None]) -> TextPosition:
        """Where the cursor would stand after a step, which is not made."""
        cursor, offset = self.cursor, self.offset_item
        step(self)
        position = self.position
        self.cursor, self.offset_item = cursor, offset
        return position

    def select(self, item: int) -> None:
        """Put the cursor on a paragraph, at the top of the pane; on its first painting where it has no size yet."""
        self._pending = item
        if self._lines:
            self._pending = -1
            self.cursor = self._first_line(item)
            self.offset_item = max(0, min(self.cursor, self.count - self.shown))
            self.repaint()

    def move(self, by: int) -> None:
        """Go to the next paragraph that can be chosen; scroll where it is further off than a screen."""
        step = 1 if by > 0 else -1
        for _ in range(abs(by)):
            self._step(step)
        self.repaint()

    def _step(self, step: int) -> None:
        at = self.cursor
        while 0 <= (at := at + step) < self.count:
            line = self._lines[at]
            if self.items[line.item].choosable and line.item != self.selected:
                at = self._first_line(line.item)
                if abs(at - self.cursor) <= self.shown:
                    self._reveal(at)
                    return
                break
        self.offset_item = max(0, min(self.offset_item + step, self.count - self.shown))

    def _reveal(self, line: int) -> None:
        """Put the cursor on a line; show its whole paragraph, and the headings above the first choice."""
        self.cursor = line
        item = self._lines[line].item
        last = line
        while last + 1 < self.count and self._lines[last + 1].item == item:
            last += 1
        first = line
        while first and not self.items[self._lines[first - 1].item].choosable:
            first -= 1
        if line - first > self.shown // 2:
            first = line
        if last >= self.offset_item + self.shown:
            self.offset_item = last - self.shown + 1
        self.offset_item = max(0, min(self.offset_item, first))
        self.repaint()

    def move_to(self, item: int) -> None:
        """Go to the first or last choice, or to the line that was clicked."""
        if not self.count:
            return
        item = max(0, min(item, self.count - 1))
        choosable = [i for i, line in enumerate(self._lines) if self.items[line.item].choosable]
        if not choosable:
            self.offset_item = max(0, min(item, self.count - self.shown))
            self.repaint()
            return
        nearest = min(choosable, key=lambda i: abs(i - item))
        self._reveal(self._first_line(self._lines[nearest].item))
        if item == self.count - 1:
            self.offset_item = max(0, self.count - self.shown)
        elif item == 0:
            self.offset_item = 0

    def page(self, by: int) -> None:
        """Scroll by a screen and take the cursor along."""
        self.offset_item = max(0, min(self.offset_item + by * (self.shown - 1), self.count - self.shown))
        top = self.offset_item
        visible = range(top, min(top + self.shown, self.count))
        choices = [i for i in visible if self.items[self._lines[i].item].choosable]
        if choices:
            self.cursor = self._first_line(self._lines[choices[0] if by > 0 else choices[-1]].item)
        self.repaint()

    def keep_in_view(self) -> None:
        """A text keeps its place."""

    @property
    def cursor_items(self) -> range:
        """The lines of the paragraph under the cursor, if it can be chosen."""
        if self.item is None:
            return range(0)
        selected = self.selected
        first = self._first_line(selected)
        after = (at for at in range(first, self.count) if self._lines[at].item != selected)
        return range(first, next(after, self.count))

    def spans(self, item: int, line: int, width: int) -> tuple[TextSpan, ...]:
        """One line."""
        return self._lines[item].spans


def _lines_of(item: Item, width: int) -> list[tuple[TextSpan, ...]]:
    """Lines of a paragraph, its indent and bar before each."""
    lead: list[TextSpan] = [(item.bar, "quote")] if item.bar else []
    lead.append((" " * (item.indent - cells_of(item.bar)), ""))
    spans = [(text if text.isprintable() else plain(text), style) for text, style in item.spans]
    room = max(4, width - item.indent)
    text = "".join(text for text, _ in spans)
    if cells_of(text) <= room:
        return [(*lead, *spans)]
    return [(*lead, *_between(spans, start, end)) for start, end in _breaks(text, room)]


def _breaks(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """First code point, and one past the last, of each line of a text, without spaces at its end."""
    start = 0
    while start < len(text):
        end = start + broken(text[start:], cells)
        yield start, start + len(text[start:end].rstrip())
        start = end


def _between(spans: Iterable[TextSpan], start: int, end: int) -> Iterator[TextSpan]:
    """Spans as far as they lie between two code points of their joined text."""
    at = 0
    for text, style in spans:
        if part := text[max(start - at, 0) : max(end - at, 0)]:
            yield part, style
        at += len(text)
