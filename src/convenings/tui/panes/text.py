"""A pane of wrapped text in which some lines are links: profile, evidence, and what refers to a record."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.state import TextPosition
from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.segments import TextSpan, cells_of
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.wrapped import Item, LinePosition, WrappedText


class TextPane(Pane):
    """Wrapped paragraphs; the cursor goes from link to link, and scrolls where there are none."""

    def __init__(self, name: str, number: int, title: str) -> None:
        super().__init__(name, number, title)
        self.items: Sequence[Item] = ()
        self.text = WrappedText()
        """The paragraphs in lines, as wide as the pane."""
        self._wrap_cache = self.text
        """As they were wrapped last, perhaps only to see how high they would be."""
        self._pending = -1
        """Paragraph to go to once there is room to show it; -1 for none."""

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.text)

    @property
    def place(self) -> LinePosition:
        """Where the cursor stands, in lines."""
        return LinePosition(self.cursor, self.offset_item)

    @property
    def position(self) -> TextPosition:
        """Where the cursor stands, by its paragraph."""
        return self.text.position(self.place)

    @property
    def selected(self) -> int:
        """Paragraph under the cursor."""
        return self.text.paragraph(self.cursor)

    @property
    def item(self) -> Item | None:
        """Paragraph under the cursor, if it can be chosen."""
        item = self.items[self.selected] if self.items else None
        return item if item is not None and item.choosable else None

    def lines_needed(self, width: int) -> int:
        """Lines of the text in a pane of ``width`` cells, border included."""
        return len(self._wrapped(max(1, width - FRAME - 1)))

    def set_items(self, items: Sequence[Item]) -> None:
        """Show other paragraphs, from the top."""
        self.items = items
        self._wrap_cache = WrappedText(items)
        self._pending = -1
        self.text = self._wrapped(self.text_width if self.area else 0)
        self._go(LinePosition(self.text.first_choice))

    def _wrapped(self, width: int) -> WrappedText:
        """The text in lines of so many cells."""
        if self._wrap_cache.width != width:
            self._wrap_cache = WrappedText(self.items, width)
        return self._wrap_cache

    def fit(self) -> None:
        """Wrap anew, with the same paragraph under the cursor."""
        if self.text_width != self.text.width:
            selected = self.selected
            self.text = self._wrapped(self.text_width if self.area else 0)
            self.cursor = self.text.first_line(selected) if selected else self.text.first_choice
            if self._pending >= 0:
                self.select(self._pending)
            self.repaint()
        self.offset_item = self.text.top(self.offset_item, self.capacity)

    def _go(self, place: LinePosition) -> None:
        self.cursor, self.offset_item = place.cursor, place.top
        self.repaint()

    def stand_at(self, position: TextPosition) -> None:
        """Go to a position; to its paragraph, once there is room, where there is none yet."""
        if not len(self.text):
            self._pending = position.paragraph
        else:
            self._go(self.text.place(position, self.capacity))

    def select(self, item: int) -> None:
        """Put the cursor on a paragraph, at the top of the pane; on its first painting where it has no size yet."""
        self._pending = item
        if len(self.text):
            self._pending = -1
            line = self.text.first_line(item)
            self._go(LinePosition(line, self.text.top(line, self.capacity)))

    def move(self, by: int) -> None:
        """Go so many links further on, or back."""
        self._go(self.text.moved(self.place, by, self.capacity))

    def move_to(self, item: int) -> None:
        """Go to the first or last choice, or to the line that was clicked."""
        self._go(self.text.at_line(self.place, item, self.capacity))

    def page(self, by: int) -> None:
        """Scroll by screens and take the cursor along."""
        self._go(self.text.paged(self.place, by, self.capacity))

    def keep_in_view(self) -> None:
        """A text keeps its place."""

    @property
    def cursor_items(self) -> range:
        """The lines of the paragraph under the cursor, if it can be chosen."""
        return range(0) if self.item is None else self.text.lines_of(self.selected)

    def target_at(self, item: int, line: int, column: int) -> str:
        """A number opens its passage."""
        for text, style in self.text.lines[item].spans:
            if style == "number" and 0 <= column < cells_of(text):
                number = text[: text.find("]", column)].rpartition("[")[2]
                return f"passage:{number}" if number.isdecimal() else ""
            column -= cells_of(text)
        return ""

    def spans(self, item: int, line: int, width: int) -> tuple[TextSpan, ...]:
        """One line."""
        return self.text.lines[item].spans
