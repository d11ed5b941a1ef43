"""What of a record goes to another one: a line for all that hangs on it, each toggled."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from textual.binding import Binding

from convenings.domain.kinds import GLYPHS
from convenings.domain.parting import Belonging, Fate
from convenings.domain.text import plain, words
from convenings.presentation.splitting import Choosable, SplitLine
from convenings.tui.dialogs.filtered_choices import FilteredChoices
from convenings.tui.paint.styles import kind_style
from convenings.tui.panes.choices import Choice
from convenings.tui.panes.pane import Pane

KEYS = (
    ("space", "moves it", "toggle_line"),
    ("enter", "before/after", "take"),
    ("A", "group", "toggle_group"),
    ("/", "filter", "filter"),
    ("n", "name", "rename"),
    ("esc", "leave", "close"),
    ("↑↓", "move", "move(1)"),
)
_SIGNS: Mapping[Choosable, str] = {"stays": " ", "goes": "→", "both": "=", "follows": " "}


class Splitter(Protocol):
    """Who says what a choice comes to, and who the other record is."""

    def show(self, fates: Mapping[Belonging, Fate], tell: Callable[[str, dict[int, str]], None]) -> None:
        """Show each record before and after, and save it where that is wanted.

        Args:
            fates: What is chosen of what does not just stay, or follow.
            tell: Told why that cannot be: a sentence, and line to what is wrong there; an empty sentence where it can.
        """

    def rename(self, tell: Callable[[str, Sequence[int]], None]) -> None:
        """Ask who the other record is, and tell what it is called and which lines go with that."""


class SplitChoices(FilteredChoices):
    """Lists what hangs on a record; each line stays with it, goes to the other one, or both have it.

    Args:
        label: What the record is called.
        other: What the other one is called, and whether that is a new one.
        lines: What hangs on it.
        going: Lines that go with its name.
        remark: What both have in any case; empty where that is nothing.
        splitter: Who shows what it comes to.
    """

    BINDINGS = [
        Binding("space", "toggle_line", "Stays, goes, both", show=False),
        Binding("A", "toggle_group", "All of this group", show=False),
        Binding("n", "rename", "The other's name", show=False),
        Binding("q", "close", "Leave", show=False),
    ]

    def __init__(
        self,
        label: str,
        other: str,
        lines: Sequence[SplitLine],
        going: Sequence[int],
        remark: str,
        splitter: Splitter,
    ) -> None:
        super().__init__(KEYS, self._list_those)
        self._label, self._other, self._lines, self._remark = label, other, lines, remark
        self._splitter = splitter
        self._fates: list[Choosable] = [line.fates[0] for line in lines]
        for at in going:
            self._fates[at] = "goes"
        self.choice_words = [tuple(words(f"{line.label} {line.beside} {line.heading} {line.kind}")) for line in lines]
        self._faults: dict[int, str] = {}
        """Line to what is wrong with what is chosen there."""
        self._note = ""
        self._is_leaving = False
        """Whether Esc was pressed where there is something to lose: once more leaves."""
        self._matching: Sequence[int] = ()
        """Lines that the filter leaves."""

    # What is shown

    def _list_those(self, line: str, places: Sequence[int]) -> None:
        self._matching = places
        self._list.empty_text = (
            f"Nothing here has {plain(line)}; esc takes the filter off" if line else "Nothing hangs on it"
        )
        dividers = self._dividers(self._matching)
        self.fill(list(map(self._choice, self._matching)), dividers, len(self._lines) + len(self._dividers()))
        self._tell()

    def _dividers(self, matching: Sequence[int] | None = None) -> tuple[tuple[int, str], ...]:
        lines = range(len(self._lines)) if matching is None else matching
        headings = [self._lines[at].heading for at in lines]
        numbers = {heading: headings.count(heading) for heading in dict.fromkeys(headings)}
        return tuple((headings.index(heading), f"{heading}  {number:,}") for heading, number in numbers.items())

    def _choice(self, at: int) -> Choice:
        line, fault = self._lines[at], self._faults.get(at, "")
        glyph = (GLYPHS[line.kind], kind_style(line.kind)) if line.kind else ("·", "muted")
        sign = "!" if fault else _SIGNS[self._fates[at]]
        return Choice(str(at), glyph, line.label, fault or line.beside, self._fates[at], sign)

    def _repaint(self, lines: Sequence[int]) -> None:
        """Show some lines as they are now, and the cursor where it is."""
        changed = {*lines}
        self._list.choices = [
            self._choice(at) if at in changed else choice
            for at, choice in zip(self._matching, self._list.choices, strict=True)
        ]
        self._list.repaint()
        self._tell()
        self._list.refresh_changes()

    def _tell(self) -> None:
        """Say in the border who is who, and what is wrong in the line of the cursor or what is chosen."""
        numbers = [sum(fate == each for fate in self._fates) for each in ("goes", "both")]
        chosen = ", ".join(
            f"{number:,} {word}" for number, word in zip(numbers, ("go", "for both"), strict=True) if number
        )
        at = self._at
        fault = self._faults.get(at, "") if at is not None else ""
        note = self._note or fault or chosen or self._remark or "space moves a line there"
        self._list.set_title((f"{self._label}: what goes to {self._other}?", ""), note=note)

    @property
    def _at(self) -> int | None:
        """The line under the cursor."""
        choice = self._list.current
        return None if choice is None else int(choice.value)

    # Keys

    def action_move(self, by: int) -> None:
        """Move the cursor, and say what is wrong where it comes."""
        super().action_move(by)
        self._begin()
        self._tell()

    def action_page(self, by: int) -> None:
        """Likewise by screens."""
        super().action_page(by)
        self._begin()
        self._tell()

    def _begin(self) -> None:
        """Forget what was said of the last key."""
        self._note, self._is_leaving = "", False

    def action_toggle_line(self) -> None:
        """Let the line under the cursor go, be both's, or stay."""
        at = self._at
        if at is not None:
            self._set([at], self._next(at))

    def action_toggle_group(self) -> None:
        """Let all lines under this heading that are listed have what the one under the cursor would get next."""
        at = self._at
        if at is not None:
            heading, fate = self._lines[at].heading, self._next(at)
            self._set([each for each in self._matching if self._lines[each].heading == heading], fate)

    def _next(self, at: int) -> Choosable:
        fates = self._lines[at].fates
        return fates[(fates.index(self._fates[at]) + 1) % len(fates)]

    def _set(self, lines: Sequence[int], fate: Choosable) -> None:
        self._begin()
        # What was wrong may be right by what is chosen now.
        former = list(self._faults)
        self._faults = {}
        for at in lines:
            if fate in self._lines[at].fates:
                self._fates[at] = fate
        self._repaint([*lines, *former])

    def action_rename(self) -> None:
        """Ask who the other record is."""

        def take(other: str, going: Sequence[int]) -> None:
            self._other = other
            self._set(going, "goes")

        self._splitter.rename(take)

    def action_take(self) -> None:
        """Show each record before and after, or say at its line what speaks against it."""
        fates: dict[Belonging, Fate] = {}
        for line, fate in zip(self._lines, self._fates, strict=True):
            # What stays of itself need not be said; of evidence that would follow it has to be.
            if fate != "follows" and (fate != "stays" or line.fates[0] != "stays"):
                fates[line.belonging] = fate
        if not {"goes", "both"} & set(self._fates):
            self._note = "Nothing goes yet: space moves a line there"
            self._tell()
            return
        self._note = "Working out what changes …"
        self._tell()
        self._splitter.show(fates, self._take_faults)

    def _take_faults(self, sentence: str, faults: dict[int, str]) -> None:
        """Show what speaks against what is chosen, the first of it under the cursor."""
        self._note = ""
        former = list(self._faults)
        self._faults = {at: plain(what) for at, what in faults.items()}
        listed = [at for at in self._matching if at in faults]
        if listed:
            self._list.move_to(self._matching.index(listed[0]))
        elif sentence:
            self._note = plain(sentence)
        self._repaint([*former, *faults])

    def action_close(self) -> None:
        """Take the filter off, or leave; where something would be lost, only when asked a second time."""
        if self._line.value:
            super().action_close()
        elif self._is_leaving or not {"goes", "both"} & set(self._fates):
            self.dismiss()
        else:
            self._is_leaving, self._note = True, "esc again gives up what you chose · enter shows before and after"
            self._tell()

    def on_pane_clicked(self, event: Pane.Clicked) -> None:
        """Toggle what was clicked a second time."""
        event.stop()
        if event.again:
            self.action_toggle_line()
        else:
            self._tell()
