"""The attached text of a source, to be read through: it opens at a passage, and Esc is back where one was."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from convenings.domain.text import plain
from convenings.presentation.passages import Passage
from convenings.presentation.source_text import SourceText
from convenings.tui.dialogs.dialog import Dialog
from convenings.tui.dialogs.keys_line import KeysLine
from convenings.tui.panes.bars import Bar
from convenings.tui.panes.reader import TextReader, Words

KEYS = (
    ("esc", "back", "close"),
    ("n", "next passage", "step(1)"),
    ("p", "before", "step(-1)"),
    ("g", "top", "end(0)"),
    ("G", "bottom", "end(1)"),
)


class Reader(Dialog[None]):
    """A text, opened at the passage with a number.

    Args:
        text: The text with the passages that a profile cites.
        number: The number under which it cites what is read first; 0 for the beginning of the text.
    """

    CSS = """
    Reader { background: $background; }
    Reader TextReader { height: 1fr; border: heavy $accent; background: $surface; color: $foreground;
        border-title-color: $accent; border-subtitle-color: $muted; }
    Reader KeysLine { height: 1; }
    """
    BINDINGS = [
        Binding("escape,q,t", "close", "Back", show=False),
        Binding("down,j", "move(1)", "Line down", show=False),
        Binding("up,k", "move(-1)", "Line up", show=False),
        Binding("pagedown,ctrl+d,space", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False),
        Binding("g,home", "end(0)", "Top", show=False),
        Binding("G,end", "end(1)", "Bottom", show=False),
        Binding("n,tab", "step(1)", "Next passage", show=False),
        Binding("p,shift+tab", "step(-1)", "Previous passage", show=False),
    ]

    def __init__(self, text: SourceText, number: int) -> None:
        super().__init__()
        self._text = text
        self._number = number
        self._at = -1
        """Passage that is read now, in the order of the text; -1 for none."""
        self._pane = TextReader(text.paragraphs, text.passages)

    def compose(self) -> ComposeResult:
        """The text, and the keys."""
        yield self._pane
        yield KeysLine(KEYS if self._text.passages else (KEYS[0], *KEYS[3:]))

    def on_mount(self) -> None:
        """Open at the passage asked for."""
        self._pane.set_title((self._text.label, ""))
        self._pane.focus()
        passages = self._text.passages
        self._at = next((at for at, each in enumerate(passages) if self._number in each.numbers), -1)
        if self._at >= 0:
            support = next(each for each in passages[self._at].supports if each.number == self._number)
            self._pane.go_to(Words(passages[self._at].text_paragraph, support.start, support.end))
        elif self._number in self._text.uncertain:
            self._pane.go_to_paragraph(self._text.uncertain[self._number].paragraph)
        self._say_where()

    def _say_where(self) -> None:
        """Say in the border what is read."""
        passages = self._text.passages
        if self._at >= 0:
            where = f"{_numbers(passages[self._at])} · passage {self._at + 1} of {len(passages)}"
        elif (lost := self._text.uncertain.get(self._number)) is not None:
            where = f"[{self._number}] is not in this text any more ({lost.state}): this is where it was"
        else:
            where = f"{len(passages)} cited passage{'s' if len(passages) != 1 else ''}"
        self._pane.set_title((plain(self._text.label), ""), note=where)

    def action_close(self) -> None:
        """Go back where one was."""
        if self.is_current:
            self.dismiss()

    def action_move(self, by: int) -> None:
        """Scroll by lines."""
        self._pane.move(by)

    def action_page(self, by: int) -> None:
        """Scroll by screens."""
        self._pane.page(by)

    def action_end(self, last: int) -> None:
        """Go to the beginning, or to the end."""
        self._pane.move_to(last)

    def action_step(self, by: int) -> None:
        """Go to the next cited passage of the text, or to the one before; they stop at both ends."""
        passages: Sequence[Passage] = self._text.passages
        if passages:
            self._at = max(0, min(self._at + by, len(passages) - 1))
            passage = passages[self._at]
            self._pane.go_to(Words(passage.text_paragraph, passage.start, passage.end))
            self._say_where()

    @on(Bar.Clicked)
    async def do_click(self, event: Bar.Clicked) -> None:
        """A key was clicked."""
        event.stop()
        await self.run_action(event.target)


def _numbers(passage: Passage) -> str:
    return "".join(f"[{number}]" for number in passage.numbers)
