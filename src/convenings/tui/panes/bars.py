"""What stands around the panes: what is open, the tabs, where am I, which keys work here; and instead of them."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from convenings.domain.text import plain
from convenings.tui.commands.command import Command
from convenings.tui.commands.registry import first_key
from convenings.tui.paint.segments import ELLIPSIS, LineStyles, TextSpan, cells_of, clip, to_segments, wrapped
from convenings.tui.paint.styles import styles_by_name
from convenings.tui.panes.clicks import Clicks, Place, places_of, target_at


def message_lines(message: str, size: Size, ending: str) -> list[str]:
    """A message in lines that fit a terminal.

    Args:
        message: The message.
        size: Cells of the terminal; at most half of its rows are taken.
        ending: How it ends where it would take more.
    """
    width, most = max(1, size.width - 2), max(2, size.height // 2)
    # No more of it is looked at than can be shown, however long it is.
    text = plain(message[: width * most * 2])
    lines = wrapped(text, width)
    if len(lines) <= most and len(text) >= len(plain(message)):
        return lines
    return [*lines[: most - 1], clip(lines[most - 1 :][0], max(1, width - len(ending))).rstrip(ELLIPSIS) + ending]


class Bar(Widget):
    """One line of spans; some of them can be clicked."""

    ending = "… ! shows all of it"
    """How a message ends that takes more lines than there are for it."""

    class Clicked(Message):
        """A command on the line was clicked, or another target as panes have them."""

        def __init__(self, target: str) -> None:
            self.target = target
            super().__init__()

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self._spans: Sequence[TextSpan] = ()
        self._targets: list[Place] = []
        self._clicks = Clicks()
        self._line_styles: LineStyles | None = None
        self._painted_spans: list[TextSpan] = []
        """What the line showed when it was last painted."""
        self.message = ""
        """Said in its place, in as many lines as it takes."""
        self._painted_message = ""

    def show(self, spans: Sequence[TextSpan], targets: Sequence[str] = ()) -> None:
        """Show other spans, and what a click on each of them does."""
        self._spans = spans
        self._targets = [*places_of([text for text, _ in spans], targets)]
        self.repaint()

    def layout_spans(self, width: int) -> Sequence[TextSpan]:
        """Spans for a width; also says where its commands stand, in ``_targets``."""
        return self._spans

    def repaint(self) -> None:
        """Paint the line if it has changed."""
        width = self.size.width
        if width and (self.message, list(self.layout_spans(width))) != (self._painted_message, self._painted_spans):
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        if self._line_styles is None:
            self._line_styles = LineStyles(self.rich_style, styles_by_name(self))
        width = self.size.width
        self._painted_spans, self._painted_message = list(self.layout_spans(width)), self.message
        spans: Sequence[TextSpan] = self._painted_spans
        if self.message:
            lines = message_lines(self.message, self.app.size, self.ending)
            spans = [(f" {lines[y]}" if y < len(lines) else "", "gap")]
        return Strip(to_segments(spans, self._line_styles, width), width)

    def on_show(self) -> None:
        """Paint what has changed while the line was not on the screen."""
        self.refresh()

    def notify_style_update(self) -> None:
        """Forget the styles that a theme gave."""
        super().notify_style_update()
        self._line_styles = None

    def on_click(self, event: events.Click) -> None:
        """Do what stands where the mouse is."""
        if self._clicks.is_stray(event) or self.message:
            return
        if target := target_at(self._targets, event.x):
            self.post_message(self.Clicked(target))


LEAST_TITLE = 22
"""Cells of the dataset's title that counts leave it, if it needs them."""


class TopBar(Bar):
    """Name of the program and the dataset at the left, counts and the search key at the right."""

    def __init__(self, palette: Command) -> None:
        super().__init__("top")
        self._palette = palette
        self.title = ""
        self.counts: list[tuple[str, str, str, str]] = []
        """Glyph, its style, number in words and target of each kind."""

    def layout_spans(self, width: int) -> Sequence[TextSpan]:
        """The key always; as many counts as leave room for the title."""
        key = f"{first_key(self._palette)} {self._palette.label} ".lstrip()
        head = " Convenings  "
        tail: list[TextSpan] = []
        targets: list[str] = []
        used = cells_of(key)
        least = cells_of(head) + min(cells_of(self.title), LEAST_TITLE) + 2
        for glyph, style, number, target in self.counts:
            cells = cells_of(glyph) + cells_of(number) + 3
            if width - used - cells < least:
                break
            tail += [(glyph, style), (f" {number}  ", "muted")]
            targets += [target, target]
            used += cells
        room = width - used - cells_of(head)
        title = clip(self.title, max(room - 2, 0))
        texts = [*(text for text, _ in tail), key]
        self._targets = [*places_of(texts, [*targets, self._palette.id], width - used)]
        gap = " " * max(0, room - cells_of(title))
        return [(head, "strong"), (title, "muted"), (gap, ""), *tail, (key, "muted")]


class TabBar(Bar):
    """The panes as tabs, where there is room for one only."""

    def __init__(self) -> None:
        super().__init__("tabs")
        self.tabs: Sequence[tuple[str, str, str, str]] = ()
        """Key, title, count and name of each pane."""
        self.active = ""

    def layout_spans(self, width: int) -> Sequence[TextSpan]:
        """Titles with notes where they fit, then without, then numbers only beside the active one."""
        for form in range(4):
            texts = [self._text(form, *tab) for tab in self.tabs]
            if sum(map(cells_of, texts)) <= width:
                break
        self._targets = []
        at = 0
        for text, tab in zip(texts, self.tabs, strict=True):
            self._targets.append((at, at + cells_of(text), f"show_{tab[3]}"))
            at += cells_of(text)
        return [
            (text, "active" if tab[3] == self.active else "muted") for text, tab in zip(texts, self.tabs, strict=True)
        ]

    def _text(self, form: int, key: str, title: str, note: str, pane: str) -> str:
        if form == 0 and note:
            return f" {key} {title} {note} "
        if form <= 1 or pane == self.active:
            return f" {key} {title} "
        return f" {key} {title[:4]} " if form == 2 else f" {key} "


class KeyBar(Bar):
    """The keys that work here; whole entries only, help always among them."""

    ending = "… enter, then ! shows all of it"

    def __init__(self) -> None:
        super().__init__("keys")
        self.labels: dict[str, str] = {}
        """Command to another label than its own, where it does something more particular here."""
        self.commands: Sequence[Command] = ()
        """Those that can act here, in their order; the last one is always shown."""

    def layout_spans(self, width: int) -> Sequence[TextSpan]:
        """As many entries as fit, in their order; the last is kept for help."""
        entries = [(each.id, first_key(each), self.labels.get(each.id, each.label)) for each in self.commands]
        if not entries:
            return []
        last = entries[-1]
        room = width - self._cells(last)
        spans: list[TextSpan] = []
        self._targets = []
        at = 0
        for entry in entries[:-1]:
            if at + self._cells(entry) <= room:
                at = self._add(spans, entry, at)
        self._add(spans, last, at)
        return spans

    @staticmethod
    def _cells(entry: tuple[str, str, str]) -> int:
        return cells_of(entry[1]) + cells_of(entry[2]) + 3

    def _add(self, spans: list[TextSpan], entry: tuple[str, str, str], at: int) -> int:
        command, key, label = entry
        spans += [(f" {key}", "key"), (f" {label} ", "muted")]
        self._targets.append((at, at + self._cells(entry), command))
        return at + self._cells(entry)


class TooSmall(Widget):
    """Stands in for everything where the terminal is too small to read."""

    def __init__(self) -> None:
        super().__init__(id="too-small")

    def render(self) -> Content:
        """The sentence."""
        return Content("Make the terminal larger: 40 columns by 10 rows at least")
