"""What every pane is: a bordered widget with a number, a title, a cursor and an offset, that draws its own lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from convenings.tui.painting import Span, paint, thumb

STYLE_NAMES = (
    "cursor", "cursor-idle", "dimmed", "key", "active",
    "muted", "faint", "strong", "link", "number", "inferred", "gap", "heading", "quote", "match",
    "event", "person", "organisation", "question", "initiative", "topic", "place", "participation",
)  # fmt: skip
"""Names of the styles that spans may carry; each is the component class ``span--NAME`` of the screen.

They belong to the screen and not to each pane because Textual works out every component class of every widget anew at
each change of styles.
"""
STYLE_CLASSES = {f"span--{name}" for name in STYLE_NAMES}
KIND_STYLE = {"membership": "muted", "relation": "muted", "statement": "muted", "source": "number", "gap": "gap"}
"""Style of the kinds that have none of their own."""


def named_styles(widget: Widget) -> dict[str, Style]:
    """Style by name, as the screen of a widget has it, without what it inherits."""
    return {name: widget.screen.get_component_rich_style(f"span--{name}", partial=True) for name in STYLE_NAMES}


def kind_style(kind: str) -> str:
    """Name of the style of a kind's glyph."""
    return KIND_STYLE.get(kind, kind)


class _Drawn(NamedTuple):
    """What one line shows; painted anew only where it differs from what was painted last."""

    spans: Sequence[Span]
    cursor: bool = False
    dimmed: bool = False
    thumb: bool = False


class _Paint(NamedTuple):
    """What all lines of one painting share."""

    width: int = 0
    base: Style = Style.null()
    cursor: Style = Style.null()
    rails: tuple[Segment, Segment] = (Segment(" "), Segment(" "))
    """The last cell of a line: without the scrollbar's thumb, and with it."""
    thumb: range = range(0)


class Pane(Widget, can_focus=True):
    """A pane with a cursor over ``count`` items of ``item_height`` lines each, below ``header`` fixed lines.

    A plain widget that draws one line at a time with its own offset: nothing is laid out when it scrolls, so that one
    key is one repaint.
    """

    FOCUS_ON_CLICK = False
    """A click is answered whole by :meth:`on_click`: entering a pane may scroll it, and then another row is hit."""
    header = 0
    """Lines above the items."""
    item_height = 1
    always_lively = False
    """Whether the cursor is drawn as in use where something else has the focus, as in the palette."""

    class Chosen(Message):
        """An item was clicked."""

        def __init__(self, pane: Pane, again: bool) -> None:
            self.pane = pane
            self.again = again
            """Whether it was the item the cursor stood on already."""
            super().__init__()

    def __init__(self, name: str, number: int, title: str) -> None:
        super().__init__(id=name)
        self.number = number
        self.title = title
        self.cursor = 0
        """Item that the cursor stands on."""
        self.offset_item = 0
        """First item shown."""
        self._styles: dict[str, Style] = {}
        self._paint = _Paint()
        self._drawn: dict[int, _Drawn] = {}
        """Line to what it showed when it was last painted."""
        self._note = ""

    @property
    def count(self) -> int:
        """How many items there are."""
        raise AttributeError

    @property
    def empty(self) -> str:
        """What is said where there are no items."""
        return ""

    def spans(self, item: int, line: int, width: int) -> list[Span]:
        """One line of an item, in at most ``width`` cells."""
        raise AttributeError

    def header_spans(self, line: int, width: int) -> list[Span]:
        """One of the lines above the items."""
        return []

    def is_cursor(self, item: int) -> bool:
        """Whether an item is drawn as the one the cursor stands on."""
        return item == self.cursor

    def is_dimmed(self, item: int) -> bool:
        """Whether an item is unrelated to what is looked at."""
        return False

    @property
    def shown(self) -> int:
        """How many items fit."""
        return max(1, (self.size.height - self.header) // self.item_height)

    @property
    def text_width(self) -> int:
        """Cells for text; the last column is kept for the scrollbar."""
        return max(1, self.size.width - 1)

    def move(self, by: int) -> None:
        """Move the cursor, stopping at both ends."""
        self.move_to(self.cursor + by)

    def move_to(self, item: int) -> None:
        """Put the cursor on an item, or the nearest there is, and show it."""
        self.cursor = max(0, min(item, self.count - 1))
        self.keep_in_view()
        self.repaint()

    def keep_in_view(self) -> None:
        """Scroll as little as shows the cursor, and never past the end."""
        if self.size.height:
            self.offset_item = min(max(self.offset_item, self.cursor - self.shown + 1), self.cursor)
            self.offset_item = max(0, min(self.offset_item, self.count - self.shown))

    def page(self, by: int) -> None:
        """Move by screens."""
        self.move(by * max(1, self.shown - 1))

    def scroll_items(self, by: int) -> None:
        """Scroll without moving the cursor."""
        self.offset_item = max(0, min(self.offset_item + by, self.count - self.shown))
        self.repaint()

    def set_title(self, *parts: Span, note: str = "") -> None:
        """Show what stands in the border: parts at the top, a note at the bottom."""
        title = Content.assemble(*(Content.styled(text, style) if style else Content(text) for text, style in parts))
        if title != self._border_title:
            self.border_title = title
        if note != self._note:
            # Set without Textual's descriptor, which would paint the whole pane anew for a count in its border.
            self._note = note
            self._border_subtitle = Content(note) if note else None
            self.refresh(Region(-1, self.size.height, self.size.width + 2, 1))

    def notify_style_update(self) -> None:
        """Forget the styles that a theme or a stylesheet gave."""
        super().notify_style_update()
        self._styles = {}

    def repaint(self) -> None:
        """Paint the lines that have changed since they were last painted."""
        width, height = self.size
        if not height:
            return
        rail = self._rail()
        changed = [y for y in range(height) if self._drawn.get(y) != self._line(y, width, rail)]
        if len(changed) > height * 3 // 4:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the pane, with what they share asked for once."""
        if not self._styles:
            self._styles = named_styles(self)
        base = self.rich_style
        cursor = base + self._styles["cursor" if self.has_focus or self.always_lively else "cursor-idle"]
        thumb_style = base + self._styles["faint"]
        self._paint = _Paint(
            self.size.width, base, cursor, (Segment(" ", base), Segment("▐", thumb_style)), self._rail()
        )
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the pane."""
        now = self._paint
        line = self._drawn[y] = self._line(y, now.width, now.thumb)
        base = now.cursor if line.cursor else now.base
        if line.dimmed:
            base += self._styles["dimmed"]
        return paint(line.spans, {} if line.dimmed else self._styles, base, now.width - 1, now.rails[line.thumb])

    def _rail(self) -> range:
        """Lines of the scrollbar's thumb, counted from the first item."""
        return range(*thumb(self.count, self.shown, self.offset_item, self.size.height - self.header))

    def _line(self, y: int, width: int, rail: range) -> _Drawn:
        """What one line shows."""
        y -= self.header
        if y < 0:
            return _Drawn(self.header_spans(y + self.header, width))
        item, line = divmod(y, self.item_height)
        item += self.offset_item
        if item >= self.count:
            return _Drawn([("  ", ""), (self.empty, "inferred")] if not self.count and not y else [])
        spans = self.spans(item, line, width - 1)
        return _Drawn(spans, self.is_cursor(item), self.is_dimmed(item), y in rail)

    def on_show(self) -> None:
        """Paint what has changed while the pane was not on the screen."""
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.keep_in_view()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        y = event.get_content_offset_capture(self).y - self.header
        item = y // self.item_height + self.offset_item
        if y >= 0 and item < self.count:
            again = item == self.cursor and self.has_focus
            self.move_to(item)
            self.post_message(self.Chosen(self, again))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll three items down."""
        event.stop()
        self.scroll_items(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll three items up."""
        event.stop()
        self.scroll_items(-3)
