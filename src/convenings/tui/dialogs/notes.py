"""The editor of the user's own note on a record, which changes nothing in it by showing it."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import category

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.timer import Timer
from textual.widgets import TextArea

from convenings.domain.text import plain
from convenings.tui.dialogs.dialog import Dialog

KEPT_AFTER = 0.5
"""Seconds without a key after which what was typed is kept as a draft."""
LONGEST_NOTE = 20_000
"""Characters up to which a text that is pasted is taken: a dozen pages. The editor wraps all of them."""
MOST_EDITED = 100_000
"""Characters of a note that can be edited here; a longer one, which came another way, would take seconds a key."""
_STAND_INS = 0xF0000
"""First of the private characters that stand for what an editor would change or a terminal obey."""
_UNSEEN = "\N{COMBINING GRAPHEME JOINER}"
"""Is drawn for what takes no cell, as it takes none either."""


class NoteArea(TextArea):
    """Edits a text of which every character stays as it is.

    Line breaks that an editor would make its own, controls, and what turns the direction of a line, are private
    characters in it, and drawn as signs; joiners, variation selectors and tabs are in it themselves.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        odd = {char for char in text if _is_odd(char)}
        free = (chr(code) for code in range(_STAND_INS, _STAND_INS + 0xFFFE) if chr(code) not in text)
        self._stand_ins = dict(zip(sorted(odd), free, strict=False))
        self._signs = {ord(stand_in): _sign(char) for char, stand_in in self._stand_ins.items()}
        super().__init__(self.with_stand_ins(text))

    def with_stand_ins(self, text: str) -> str:
        """A text as the editor has it."""
        return text.translate({ord(char): stand_in for char, stand_in in self._stand_ins.items()})

    def on_paste(self, event: events.Paste) -> None:
        """Take as much of a text as a note may have, and say of how much that is not so."""
        room = max(0, LONGEST_NOTE - len(self.text))
        if (rest := len(event.text) - room) > 0:
            event.text = event.text[:room]
            what = f"a note ends at {LONGEST_NOTE:,} characters: the last {rest:,} pasted are left out"
            self.border_subtitle = Content(what)

    @property
    def note(self) -> str:
        """The text as it is kept."""
        return self.text.translate({ord(stand_in): char for char, stand_in in self._stand_ins.items()})

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn: as many characters, and as many cells, as are in it."""
        line = super().get_line(line_index)
        drawn = "".join(self._signs.get(ord(char)) or _drawn(char) for char in line.plain)
        return Text(drawn, style=line.style, spans=line.spans, end="", no_wrap=True)


class NoteEditor(Dialog[str]):
    """Edits a note; gives its text, or nothing where the change is given up. An empty text removes the note.

    Args:
        label: Whose note it is.
        note: The note as it is kept.
        draft: What was being written, where that is another text.
        keep_draft: Keeps what is being written, lest it be lost.
        is_given_up: Whether the draft was given up: then the note is shown, and undoing brings the draft back.
    """

    CSS = """
    NoteEditor { align: center middle; background: $background 0%; }
    NoteEditor TextArea {
        width: 84%; max-width: 90; height: 60%; max-height: 16;
        border: heavy $accent; background: $surface; border-title-color: $accent; border-subtitle-color: $muted;
    }
    """
    BINDINGS = [
        # Not with priority: what was typed before such a key, and waits for the editor, is part of the note.
        Binding("ctrl+s", "keep", "Keep"),
        Binding("escape", "give_up", "Give up"),
    ]

    def __init__(
        self,
        label: str,
        note: str,
        draft: str = "",
        keep_draft: Callable[[str], object] = lambda _: None,
        *,
        is_given_up: bool = False,
    ) -> None:
        super().__init__()
        self._label = label
        self._before = note
        self._draft, self._is_given_up = draft, is_given_up
        self._keep_draft = keep_draft
        self._area = NoteArea(note + draft)
        self._timer: Timer | None = None
        self.ref = ""
        """Id of the record, for whoever has to keep the note when the program ends."""

    @property
    def note(self) -> str:
        """The text as it is now."""
        return self._area.note

    @property
    def is_changed(self) -> bool:
        """Whether it is another one than the note that is kept."""
        return self.note != self._before

    def compose(self) -> ComposeResult:
        """The text."""
        yield self._area

    def on_mount(self) -> None:
        """Show the text, the cursor behind it, and say whose note it is and how to keep it."""
        area, texts = self._area, [self._before, *filter(None, (self._draft,))]
        if self._is_given_up:
            texts.reverse()
        first, *others = map(area.with_stand_ins, texts)
        area.load_text(first)
        for text in others:
            area.replace(text, area.document.start, area.document.end, maintain_selection_offset=False)
        area.move_cursor(area.document.end)
        area.border_title = Content(f"Note on {plain(self._label)}")
        again = " · ^z what was given up" if self._draft and self._is_given_up else ""
        area.border_subtitle = Content(f"^s keep · esc give up{again}")
        area.focus()

    def on_text_area_changed(self, event: events.Event) -> None:
        """Keep a draft of it, once nothing more is typed for a moment."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(KEPT_AFTER, self._save_draft)

    def _save_draft(self) -> None:
        # What became of the note of a closed editor is settled.
        if self.is_changed and not self.is_closing:
            self._keep_draft(self.note)

    def action_keep(self) -> None:
        """Keep the note."""
        self.dismiss(self.note)

    def action_give_up(self) -> None:
        """Leave the note as it was."""
        self.dismiss(None)


def _is_odd(char: str) -> bool:
    """Whether an editor would change a character, or a terminal obey it."""
    kind = category(char)
    if kind == "Cf":
        # Joiners only change how their neighbours look; what else is unseen turns lines, or hides.
        return char not in "\u200b\u200c\u200d\u2060\ufeff\u00ad"
    return kind in ("Cc", "Cs", "Zl", "Zp") and char not in "\n\t"


def _sign(char: str) -> str:
    """One character of one cell for one that is not drawn."""
    sign = plain(char, "\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}")
    return sign if len(sign) == 1 and sign != " " else "\N{REPLACEMENT CHARACTER}"


def _drawn(char: str) -> str:
    """What is drawn for a character: nothing else where it is seen."""
    if char == "\t" or category(char) not in ("Cf", "Mn") or plain(f"a{char}") != "a":
        return char
    return _UNSEEN
