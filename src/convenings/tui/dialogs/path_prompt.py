"""A line for the path of a file or folder, with what lies in its folder below it, followed as one types."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from convenings.presentation.path_completion import Way, common_path, path_ways
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.paint.layout import FRAME
from convenings.tui.paint.segments import cells_of
from convenings.tui.panes.choices import Choice, ChoiceList
from convenings.tui.panes.line import Line
from convenings.tui.panes.pane import Pane

KEYS = "tab completes · ↑↓ choose · enter takes it · esc leaves"
FOLDER, FILE = ("▸", "number"), (" ", "muted")
"""What stands before a folder, and before a file."""
LONGEST_PATH = 4096
"""Characters of a path at most."""


class PathLine(Line):
    """The line that is typed into."""

    def typed(self, value: str) -> None:
        """List what it may go on to, in the handler of the key."""
        screen = self.screen if self.is_mounted else None
        if isinstance(screen, PathPrompt):
            screen.follow(value)

    def validate_value(self, value: str) -> str:
        """As much of a path as any system takes."""
        return value[:LONGEST_PATH]


class PathPrompt(Dialog[str]):
    """Asks for a path; gives the line as it was typed, or nothing where it is left.

    Args:
        title: What it is for, in the border of the list.
        begin: What stands in the line at first.
        accept: Says why a line cannot be taken, in a sentence; an empty text where it can.
        only_folders: Whether nothing but folders is offered.
        is_made: Whether what the path names is made, where it is not there yet.
    """

    AUTO_FOCUS = "#line"
    BINDINGS = [
        Binding("escape", "dismiss", "Leave", show=False),
        Binding("down,ctrl+n", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page down", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page up", show=False, priority=True),
        Binding("tab", "complete", "Complete", show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        begin: str = "",
        accept: Callable[[str], str] = lambda line: "",
        *,
        only_folders: bool = False,
        is_made: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._begin = begin
        self._accept = accept
        self._only_folders = only_folders
        self._is_made = is_made
        self._ways: list[Way] = []
        self._is_choosing = False
        """Whether the cursor was moved in the list since something was typed: Enter then takes what it stands on."""
        self._line = PathLine(placeholder="path of a file, as ~/Documents/…", id="line", select_on_focus=False)
        self._list = ChoiceList("paths")

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield self._line
        yield self._list

    def on_mount(self) -> None:
        """Begin."""
        self._list.can_focus = False
        self._line.begin(self._begin)
        self.follow(self._begin)

    def on_key(self, event: events.Key) -> None:
        """Take what is typed before the line has the focus."""
        if event.character is not None and event.is_printable:
            event.stop()
            self._line.value += event.character
            self._line.cursor_position = len(self._line.value)

    def follow(self, line: str) -> None:
        """List how a line may go on."""
        self._choose(False)
        self._ways = path_ways(line, only_folders=self._only_folders)
        unknown = "Nothing there begins so yet: it is made" if self._is_made else "Nothing there begins so"
        self._list.empty_text = unknown if line else "Nothing lies here"
        self._list.show(
            [Choice(way.path, FOLDER if way.is_folder else FILE, way.name, "", "") for way in self._ways],
        )
        self.say("")

    def say(self, sentence: str) -> None:
        """Say something in the border; the keys where there is nothing to say."""
        self._list.set_title((self._title, ""), note=sentence or KEYS)

    def _refuse(self, problem: str) -> None:
        """Say why the line cannot be taken: in the border, or in place of the list where it is longer than that."""
        if cells_of(problem) <= self._list.area.width - FRAME - 2:
            self.say(problem)
            return
        self._ways = []
        self._list.empty_text = problem
        self._list.show([])
        self.say("")

    def _choose(self, is_choosing: bool) -> None:
        """Go into the list, or back to the line; its cursor stands out only where Enter takes what it is on."""
        self._is_choosing = self._list.cursor_always_active = is_choosing

    def _put(self, line: str) -> None:
        self._line.value = line
        self._line.cursor_position = len(line)

    def action_complete(self) -> None:
        """Type what all ways to go on have in common; where that is nothing more, what is under the cursor."""
        line, common = self._line.value, common_path(self._ways)
        if not self._is_choosing and len(common) > len(line):
            self._put(common)
        elif self._list.current is not None:
            self._put(self._list.current.value)

    def action_move(self, by: int) -> None:
        """Move the cursor of the list: the first step goes into it."""
        if self._is_choosing:
            self._list.move(by)
        elif self._ways:
            self._choose(True)
            self._list.move_to(0 if by > 0 else self._list.count - 1)
        self._tell_choice()

    def action_page(self, by: int) -> None:
        """Move it by screens."""
        self._choose(bool(self._ways))
        self._list.page(by)
        self._tell_choice()

    def _tell_choice(self) -> None:
        if self._is_choosing:
            self.say("enter takes what is under the cursor · type to go on with the line · esc leaves")

    def on_input_submitted(self) -> None:
        """Take the line, or what was chosen for it."""
        choice = self._list.current
        if self._is_choosing and choice is not None:
            self._put(choice.value)
            return
        self._take()

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Put what was clicked in the line."""
        event.stop()
        if self._list.current is not None:
            self._put(self._list.current.value)

    def _take(self) -> None:
        line = self._line.value.strip()
        if self.is_closing or not line:
            return
        if problem := self._accept(line):
            self._refuse(problem)
        else:
            self.dismiss(line)
