"""What every pane is: a bordered widget with a number, a title, a cursor and an offset, that draws its own lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count as count_from
from itertools import islice

from msgspec.structs import replace
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.line_content import BLANK, LineContent, PaneStyle, styles_of_lines, with_heading
from convenings.tui.paint.segments import TextSpan, thumb, to_segments, wrapped
from convenings.tui.paint.styles import styles_by_name
from convenings.tui.panes.clicks import Clicks, Place, TargetClicked, places_of, target_at
from convenings.tui.textual_private import (
    declared_again,
    forget_regions_to_paint,
    set_border_subtitle,
    set_border_title,
)

CACHED_LINES = 400
"""Painted lines that a pane remembers; a few screens."""
TITLE_FROM = 3
"""Cells of the border before its title."""
CACHED_EDGES = 50
"""Painted tops and bottoms of its border that it remembers."""


class Pane(Widget, can_focus=True):
    """A pane with a cursor over ``count`` items of ``item_height`` lines each, below ``header`` fixed lines.

    A plain widget that draws one line at a time with its own offset: nothing is laid out when it scrolls, so that one
    key is one repaint.
    """

    FOCUS_ON_CLICK = False
    """A click is answered whole by :meth:`on_click`: entering a pane may scroll it, and then another row is hit."""
    LEGEND = ""
    """What the signs in it mean, in sentences; listed with its keys."""
    header = 0
    """Lines above the items."""
    item_height = 1
    virtual_size = declared_again(Widget, "virtual_size", Reactive(Size(0, 0), repaint=False))
    """Set by Textual with its size, and would have everything placed anew."""
    cursor_always_active = False
    """Whether the cursor is drawn as in use where something else has the focus, as in the palette."""

    class Clicked(Message):
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
        self.planned = Size(0, 0)
        """Its size once it comes to the screen for the first time, border included."""
        self.empty_text = ""
        """What is said where there are no items."""
        self.dividers: tuple[tuple[int, str], ...] = ()
        """Items before which a line parts them from those above, with what it says, in order."""
        self._stale = False
        """Whether the lines may show something else than what is in ``_contents``."""
        self._contents: list[LineContent] = []
        """What each line shows; empty where that is to be asked anew when the pane comes to the screen."""
        self._cursor_items = range(0)
        """Items drawn as those the cursor stands on, while contents are worked out."""
        self._strips: dict[int, Strip] = {}
        """Line to its strip, sides of the border included; a line that is missing is still to be painted."""
        self._strip_cache: dict[LineContent, Strip] = {}
        """Lines as they were painted in the present style: a line that scrolls or comes back is not painted again."""
        self._pane_style: PaneStyle | None = None
        self._edge_cache: dict[tuple[int, object], Strip] = {}
        """Top and bottom of the border in the present style, by their line and the text in them."""
        self._title: tuple[TextSpan, ...] = ()
        """Text in the top of the border."""
        self._heading, self._note = "", ""
        """Texts at the right of its top, and in its bottom."""
        self._clicks = Clicks()
        self._title_targets: Sequence[Place] = ()
        self._note_target = ""

    @property
    def count(self) -> int:
        """How many items there are."""
        raise AttributeError

    def spans(self, item: int, line: int, width: int) -> Sequence[TextSpan]:
        """One line of an item, in at most ``width`` cells."""
        raise AttributeError

    def header_spans(self, line: int, width: int) -> list[TextSpan]:
        """One of the lines above the items."""
        return []

    @property
    def cursor_items(self) -> range:
        """Items that are drawn as those the cursor stands on."""
        return range(self.cursor, self.cursor + 1)

    def prepare_lines(self, items: range) -> None:
        """Work out once what the lines of all these items share, before they are asked for one by one."""
        self._cursor_items = self.cursor_items

    def line_content(self, item: int, line: int, width: int, thumb: bool) -> LineContent:
        """What one line of an item shows; ``thumb``: whether the scrollbar's thumb stands beside it."""
        return LineContent(tuple(self.spans(item, line, width)), item in self._cursor_items, False, thumb)

    @property
    def capacity(self) -> int:
        """How many items fit."""
        return self.capacity_at(self.area.height)

    def capacity_at(self, height: int) -> int:
        """How many items fit where the pane has so many lines, border included, wherever it is scrolled to."""
        return max(1, (height - FRAME - self.header) // self.item_height - len(self.dividers))

    def has_room_for_dividers(self, lines: int) -> bool:
        """Whether dividers are drawn in so many lines below the header."""
        return lines > len(self.dividers)

    def _last_offset(self, capacity: int) -> int:
        """First item to be shown at the end: fewer dividers than there are may stand among the last items."""
        offset = self.count - capacity
        for at, _ in self.dividers:
            offset -= at < offset
        return max(0, offset)

    @property
    def area(self) -> Size:
        """Its size, border included; where it is not on the screen, that which it had there, or will have."""
        # Not ``size``, which while everything is being placed asks Textual to place everything.
        return self.outer_size or self.planned

    @property
    def text_width(self) -> int:
        """Cells for text; the last column is kept for the scrollbar."""
        return max(1, self.area.width - FRAME - 1)

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
            self.offset_item = self.offset_for(self.capacity)

    def offset_for(self, capacity: int) -> int:
        """First item to be shown where so many fit: as near to the present one as shows the cursor."""
        offset = min(max(self.offset_item, self.cursor - capacity + 1), self.cursor)
        return min(offset, self._last_offset(capacity))

    def page(self, by: int) -> None:
        """Move by screens."""
        self.move(by * max(1, self.capacity - 1))

    def scroll_items(self, by: int) -> None:
        """Scroll without moving the cursor."""
        self.offset_item = max(0, min(self.offset_item + by, self._last_offset(self.capacity)))
        self.repaint()

    def set_title(
        self, *parts: TextSpan, heading: str = "", note: str = "", targets: Sequence[str] = (), note_target: str = ""
    ) -> None:
        """Show what stands in the border: at the top parts, and at its right a heading; at the bottom a note.

        ``targets`` say what a click on each part does, as ``TargetClicked`` says it, ``note_target`` one on the note.
        """
        self._title_targets = places_of([text for text, _ in parts], targets, TITLE_FROM)
        self._note_target = note_target
        if (parts, heading) != (self._title, self._heading):
            self._title, self._heading = parts, heading
            set_border_title(self, Content.assemble(*((text, style) if style else text for text, style in parts)))
            self.refresh(Region(-1, -1, self.size.width + FRAME, 1))
        if note != self._note:
            self._note = note
            set_border_subtitle(self, Content(note) if note else None)
            width, height = self.size
            self.refresh(Region(-1, height, width + FRAME, 1))

    def notify_style_update(self) -> None:
        """Forget what a theme, a stylesheet or the focus gave."""
        super().notify_style_update()
        self._pane_style = None

    def repaint(self) -> None:
        """Say that lines may show something else now; which they are is worked out once, when all is done."""
        self._stale = True
        self.check_idle()

    def on_idle(self) -> None:
        """Have painted what has changed in any other way than by a key, as by the mouse."""
        self.refresh_changes()

    def refresh_changes(self) -> None:
        """Have the lines painted that show something else than what was painted last."""
        if not self._stale:
            return
        if not self.is_on_screen:
            self._contents = []
            return
        changed = self._update_contents()
        if len(changed) == len(self._contents):
            self.refresh()
        elif changed:
            # With the sides of the border, so that Textual writes strips whole and need not cut them.
            width = self.size.width + FRAME
            self.refresh(*(Region(-1, y, width, 1) for y in changed))

    def _update_contents(self) -> list[int]:
        """Ask anew what each line shows; the numbers of those that show something else than before."""
        former: Sequence[LineContent | None] = self._contents
        self._contents = self._current_contents()
        self._stale = False
        if len(former) != len(self._contents):
            former = [None] * len(self._contents)
        changed = [y for y, line in enumerate(self._contents) if line != former[y]]
        for y in changed:
            self._strips.pop(y, None)
        return changed

    def _current_contents(self) -> list[LineContent]:
        """What each line shows at this moment."""
        (width, height), header, count, first = self.size, self.header, self.count, self.offset_item
        body = height - header
        # The last item may be cut by the border.
        self.prepare_lines(range(first, min(first + -(-max(body, 0) // self.item_height), count)))
        thumb_lines = range(*thumb(count, max(1, body // self.item_height), first, body))
        lines = [LineContent(tuple(self.header_spans(y, width))) for y in range(min(header, height))]
        sentence = [] if count else wrapped(self.empty_text, width - 3)
        for y, (item, line) in enumerate(self._shown(body)):
            if line < 0:
                text = f"── {dict(self.dividers)[item]} "
                lines.append(LineContent(((text + "─" * max(0, width - 1 - len(text)), "heading"),)))
            elif item < count:
                lines.append(self.line_content(item, line, width - 1, y in thumb_lines))
            else:
                text = sentence[y] if y < len(sentence) else ""
                lines.append(LineContent((("  ", ""), (text, "inferred"))) if text else BLANK)
        return lines

    def _shown(self, body: int) -> Iterator[tuple[int, int]]:
        """Of each line below the header the item, and the line of it; -1 for the divider before it."""
        first, height = self.offset_item, self.item_height
        if not self.dividers:
            return ((first + y // height, y % height) for y in range(body))
        before = {at for at, _ in self.dividers} if self.has_room_for_dividers(body) else ()
        every = ((item, line) for item in count_from(first) for line in range(-(item in before), height))
        return islice(every, max(body, 0))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The pane as strips: a border as Textual draws it, and lines that are painted where they have changed.

        A frame may come between a change and :meth:`refresh_changes`. It shows the pane as it was, as Textual has not
        been told yet which lines it would have to write; but where it writes all of them, they are as they are now.
        """
        size = self.size
        if not size.height:
            return super().render_lines(crop)
        style = self._pane_style
        if style is None or (style.size, style.focus, style.filters) != (size, self.has_focus, self.get_line_filters()):
            if self._strips:
                # Textual has noted to paint what is where the pane was before it got another size.
                forget_regions_to_paint(self)
            style = self._pane_style = self._current_style()
            self._edge_cache.clear()
            self._strip_cache.clear()
            self._contents = []
        if not self._contents:
            self.fit()
            self._update_contents()
        lines = self._strips
        for at, content in enumerate(self._contents):
            if at not in lines:
                lines[at] = self._paint_line(content, style)
        top, bottom = self._edge(0, (self._title, self._heading)), self._edge(size.height + 1, self._note)
        strips = [top, *map(lines.__getitem__, range(size.height)), bottom]
        x, y, width, height = crop
        strips = strips[y : y + height]
        return strips if width == size.width + FRAME else [strip.crop(x, x + width) for strip in strips]

    def _edge(self, y: int, text: object) -> Strip:
        """Top or bottom of the border."""
        if (strip := self._edge_cache.get((y, text))) is None:
            if len(self._edge_cache) >= CACHED_EDGES:
                self._edge_cache.clear()
            (strip,) = super().render_lines(Region(0, y, self.size.width + FRAME, 1))
            if y == 0 and self._heading and self._pane_style is not None:
                strip = with_heading(strip, self._heading, self._title, self._pane_style.styles[0][0]["muted"])
            self._edge_cache[y, text] = strip
        return strip

    def _current_style(self) -> PaneStyle:
        """What all lines share at this moment."""
        names, base, filters, size = styles_by_name(self), self.rich_style, self.get_line_filters(), self.size
        is_active = self.has_focus or self.cursor_always_active
        cursor = base + names["cursor" if is_active else "cursor-idle"]
        styles = styles_of_lines(base, cursor, names, filters, self.background_colors[1])
        plain = styles[0][0]
        rails = Segment(" ", plain[""]), Segment("▐", plain["faint"])
        style = PaneStyle(size, self.has_focus, filters, styles, rails)
        self._pane_style = style
        # Any line as Textual frames it has the sides of all lines.
        (framed,) = super().render_lines(Region(0, 1, size.width + FRAME, 1))
        first, *_, last = framed
        return replace(style, sides=(first, last), cursor_side=first if is_active else Segment("▌", plain["muted"]))

    def _paint_line(self, content: LineContent, style: PaneStyle) -> Strip:
        """A line with its sides, painted unless it has been."""
        if (strip := self._strip_cache.get(content)) is None:
            if len(self._strip_cache) >= CACHED_LINES:
                self._strip_cache.clear()
            styles, (left, right) = style.styles[content.dimmed][content.cursor], style.sides
            text = to_segments(content.spans, styles, style.size.width - 1)
            left = style.cursor_side if content.cursor else left
            strip = Strip([left, *text, style.rails[content.thumb], right], style.size.width + FRAME)
            self._strip_cache[content] = strip
        return strip

    def render_line(self, y: int) -> Strip:
        """One line without its sides; asked for by Textual when it draws a border around it."""
        return Strip.blank(self.size.width, self.rich_style)

    def on_show(self) -> None:
        """Paint what has changed while the pane was not on the screen."""
        self.repaint()

    def fit(self) -> None:
        """Take up the present size. A pane is painted in another size before it is told of it."""
        self.keep_in_view()

    def on_resize(self) -> None:
        """Take up another size."""
        self.fit()
        self.repaint()

    def target_at(self, item: int, line: int, column: int) -> str:
        """What a click on a cell of an item does, as ``TargetClicked`` says it, besides putting the cursor there."""
        return ""

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is, and do what stands there."""
        if self._clicks.is_stray(event):
            return
        at = event.get_content_offset_capture(self)
        width, height = self.size
        if at.y < 0 or at.y >= height:
            target = self._note_target if at.y > 0 else target_at(self._title_targets, at.x + 1)
            if target:
                self.post_message(TargetClicked(target))
            return
        y = at.y - self.header
        item, line = next(islice(self._shown(height), y, None), (self.count, 0)) if y >= 0 else (-1, 0)
        if at.x == width - 1 and y >= 0 and self.count > self.capacity:
            # On the scrollbar: as far along the items as the mouse is along it.
            first = round(y / max(1, height - self.header - 1) * self._last_offset(self.capacity))
            self.scroll_items(first - self.offset_item)
        elif 0 <= item < self.count and line >= 0:
            again = item == self.cursor and self.has_focus
            target = self.target_at(item, line, at.x)
            self.move_to(item)
            self.post_message(self.Clicked(self, again and not target))
            if target:
                self.post_message(TargetClicked(target))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll three items down."""
        event.stop()
        self.scroll_items(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll three items up."""
        event.stop()
        self.scroll_items(-3)
