"""A list to choose from that stands over the explorer: it is filtered as one types, and walked by keys or mouse."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from convenings.domain.text import words
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.paint.layout import MEDIUM, STACKED
from convenings.tui.paint.segments import TextSpan
from convenings.tui.panes.line import Line
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.text import TextPane
from convenings.tui.panes.wrapped import Item


class Entry(msgspec.Struct, frozen=True):
    """Something that can be chosen."""

    value: str
    """What the menu gives where it is chosen."""
    name: str
    """Its name, by which it is found first."""
    text: str
    """What is said of it, by which it is found, too."""
    heading: str = ""
    """What it stands under; neighbours under the same heading have it once."""
    key: str = ""
    """The keys that do the same, parted by spaces; to type one of them finds it first of all."""


class MenuLine(Line):
    """The line that filters."""

    def typed(self, value: str) -> None:
        """Filter in the handler of the key."""
        if self.is_mounted and isinstance(self.screen, Menu):
            self.screen.filter(value)

    def on_key(self, event: events.Key) -> None:
        """Leave the menu its key."""
        if isinstance(self.screen, Menu) and self.screen.is_closed_by(event):
            event.prevent_default()


class MenuList(TextPane):
    """What can be chosen."""

    cursor_always_active = True
    can_focus = False

    def __init__(self) -> None:
        super().__init__("menu", 0, "")
        self.clicked_line = -1
        """The line that was clicked last."""

    def move_to(self, item: int) -> None:
        """Go to the line that was clicked."""
        self.clicked_line = item
        super().move_to(item)

    @property
    def is_choice_clicked(self) -> bool:
        """Whether what was clicked is the choice under the cursor, and no heading or text beside it."""
        return self.clicked_line in self.cursor_items


class Menu(Dialog[str]):
    """Gives the value that was chosen; nothing where it is left.

    Args:
        title: What stands in the border of the list.
        placeholder: What the line says while nothing is typed.
        entries: What can be chosen, in order.
        closing_keys: Keys that close it while nothing is typed.
        begin_at: Value of the entry to begin at.
    """

    AUTO_FOCUS = "#line"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (MEDIUM, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (STACKED, "-high")]
    BINDINGS = [
        Binding("escape", "dismiss", "Close", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
        Binding("ctrl+home", "end(False)", "First", show=False, priority=True),
        Binding("ctrl+end", "end(True)", "Last", show=False, priority=True),
        Binding("enter", "take", "Take it", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        placeholder: str,
        entries: Iterable[Entry],
        closing_keys: Collection[str] = (),
        begin_at: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self.entries = [*entries]
        self._closing_keys = closing_keys
        self._list = MenuList()
        self._line = MenuLine(placeholder=placeholder, id="line")
        self._begin_at = begin_at
        self.matches = self.entries
        """The entries that are listed."""

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield self._line
        yield self._list

    def on_mount(self) -> None:
        """Show everything."""
        self.filter("")

    def on_resize(self, event: events.Resize) -> None:
        """Wrap to another width."""
        super().on_resize(event)
        self.call_after_refresh(self._fill)

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus; the key that has opened the menu closes it."""
        if self.is_closed_by(event):
            event.stop()
            self.leave(None)
        elif event.character is not None and event.is_printable and not self._line.has_focus:
            event.stop()
            self._line.value += event.character
            self._line.cursor_position = len(self._line.value)

    def is_closed_by(self, event: events.Key) -> bool:
        """Whether a key is one that closes it, and no letter of what is typed."""
        return event.key in self._closing_keys and not self._line.value

    # What is listed

    def filter(self, line: str) -> None:
        """List what a line finds, best first; everything where nothing is typed."""
        self.matches = find(self.entries, line)
        self._list.empty_text = "Nothing here is called that, nor says it; ctrl+z takes a letter back"
        self._fill()
        self._tell()

    def _fill(self) -> None:
        """Write the entries in the width that there is."""
        selected = self._begin_at or self.current
        width, items, heading = self._list.text_width, list[Item](), ""
        is_whole = len(self.matches) == len(self.entries)
        # Of what a line finds nothing but the heading tells those apart that say the same.
        has_headings = is_whole or len({(each.name, each.text) for each in self.matches}) < len(self.matches)
        for entry in self.matches:
            if has_headings and entry.heading != heading:
                heading = entry.heading
                items += [Item(())] * bool(items) + self.heading_items(heading)
            items.append(self.item(entry, width))
        self._list.set_items(items)
        at = next((at for at, item in enumerate(items) if item.ref and item.ref == selected), -1)
        if len(self._list.text):
            self._begin_at = ""
            if is_whole and at > self._list.selected:
                self._list.move_to(self._list.text.first_line(at))
        self._list.set_title((self._title, ""), note=self.note())

    def heading_items(self, heading: str) -> list[Item]:
        """What stands above the entries under a heading."""
        return [Item([(heading, "heading")])]

    def item(self, entry: Entry, width: int) -> Item:
        """An entry in so many cells."""
        spans: list[TextSpan] = [(entry.name, "strong"), ("  ", ""), (entry.text, "")]
        return Item(spans, entry.value, choosable=True, indent=1, hang=2)

    def note(self) -> str:
        """What the lower border says."""
        return f"{len(self.matches)} of {len(self.entries)}" if len(self.matches) < len(self.entries) else ""

    @property
    def current(self) -> str:
        """Value of the entry under the cursor."""
        return self._list.item.ref if self._list.item is not None else ""

    def chosen(self) -> None:
        """The cursor stands on another entry now."""

    def _tell(self) -> None:
        """Say where the cursor stands, once it stands anywhere."""
        if len(self._list.text):
            self.chosen()

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._list.move(by)
        self._tell()

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        before = self._list.offset_item
        self._list.page(by)
        if self._list.offset_item == before:
            self._list.move_to(self._list.count - 1 if by > 0 else 0)
        self._tell()

    def action_end(self, last: bool) -> None:
        """Go to the first entry, or to the last one."""
        self._list.move_to(self._list.count - 1 if last else 0)
        self._tell()

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Take the entry that was clicked."""
        event.stop()
        if self._list.is_choice_clicked:
            self.action_take()

    def on_click(self, event: events.Click) -> None:
        """Leave by a click beside the menu."""
        if event.widget is self:
            self.leave(None)

    def action_take(self) -> None:
        """Take the entry under the cursor."""
        if self.current:
            self.leave(self.current)

    async def action_dismiss(self, result: str | None = None) -> None:
        """Leave without having chosen."""
        self.leave(None)

    def leave(self, value: str | None) -> None:
        """Close."""
        self.dismiss(value)


def find(entries: Sequence[Entry], line: str) -> list[Entry]:
    """The entries that a line finds: by one of their keys, then by the beginnings of words of name and text."""
    typed = words(line)
    if not typed and not line.strip():
        return [*entries]
    ranked: list[tuple[int, int]] = []
    for at, entry in enumerate(entries):
        name, text = words(entry.name), words(f"{entry.name} {entry.text} {entry.heading}")
        if line.strip() in entry.key.split():
            ranked.append((0, at))
        elif typed and " ".join(name).startswith(" ".join(typed)):
            ranked.append((1, at))
        elif typed and _all_begin(typed, name):
            ranked.append((2, at))
        elif typed and _all_begin(typed, text):
            ranked.append((3, at))
    return [entries[at] for _, at in sorted(ranked)]


def _all_begin(typed: Iterable[str], text: Sequence[str]) -> bool:
    return all(any(word.startswith(token) for word in text) for token in typed)
