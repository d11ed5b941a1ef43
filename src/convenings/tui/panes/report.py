"""The text of a report beside what is drafted from it: what the record in use rests on, and words that are selected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from textual import events

from convenings.domain.state import Selection
from convenings.presentation.word_spans import PassagePick
from convenings.store.draft_file import DraftEvidence
from convenings.tui.paint.segments import TextSpan
from convenings.tui.paint.styles import kind_style
from convenings.tui.pane_names import REPORT, TITLES
from convenings.tui.panes.clicks import TargetClicked
from convenings.tui.panes.drafts import STAND_FOR
from convenings.tui.panes.reader import Stretch, TextReader, Words

SELECT = "select:"
"""How the target of a click begins that selects words: paragraph, first and last code point follow."""
NO_RECORD = "○"
"""Stands beside a paragraph in which no record stands yet."""


class ReportPane(TextReader):
    """The text of one report."""

    LEGEND = (
        "○ beside a paragraph: no record stands in it yet. Coloured words are drafted or accepted already; those of "
        "the record in use are underlined. Arrows go over the words, < and > move the end of what is selected, enter "
        "makes a record of it; the mouse selects, too."
    )

    def __init__(self) -> None:
        super().__init__((), (), REPORT, TITLES[REPORT])
        self.source = ""
        self._marks: dict[int, list[tuple[int, int, str]]] = {}
        """Number of a paragraph to what of it has a style, the most important last."""
        self._uncovered: Collection[int] = ()
        self._pressed: tuple[int, int, int] | None = None
        """Paragraph and word at which the mouse was pressed."""

    def show_text(self, source: str, paragraphs: Sequence[str], uncovered: Collection[int]) -> None:
        """Show the text of a report, with the paragraphs in which no record stands."""
        if source != self.source or paragraphs != self.paragraphs:
            self.source = source
            self.set_text(paragraphs, ())
        if uncovered != self._uncovered:
            self._uncovered = uncovered
            self._wrapped.cache_clear()
            self.repaint()

    def show_marks(
        self,
        drafted: Sequence[tuple[DraftEvidence, str]],
        fields: Sequence[DraftEvidence],
        here: DraftEvidence | None,
        selection: Selection | None,
    ) -> None:
        """Have words stand out.

        Args:
            drafted: Where records stand, and their kinds.
            fields: Where the fields of the record in use stand.
            here: The field, or the record, in use, which is brought on the screen.
            selection: Words that are selected, which are brought on the screen in its place.
        """
        marks: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for evidence, kind in drafted:
            if kind not in ("statement", "question"):
                style = kind_style(STAND_FOR.get(kind, kind))
                marks[evidence.paragraph].append((evidence.start, evidence.end, style))
        for evidence in fields:
            marks[evidence.paragraph].append((evidence.start, evidence.end, "link"))
        if here is not None:
            marks[here.paragraph].append((here.start, here.end, "match"))
        words = None if here is None else Words(here.paragraph, here.start, here.end)
        if selection is not None and selection.source == self.source:
            marks[selection.paragraph].append((selection.start, selection.end, "active"))
            words = Words(selection.paragraph, selection.start, selection.end)
        if marks == self._marks and words == self.words:
            return
        self._marks = marks
        if words is not None:
            self.go_to(words)
        else:
            self.words = None
            self._wrapped.cache_clear()
            self.repaint()

    def _spans(self, stretch: Stretch) -> Iterator[TextSpan]:
        """The text of a stretch in the styles that its words have."""
        text, marks = self.paragraphs[stretch.paragraph - 1], self._marks.get(stretch.paragraph, [])
        ends = {stretch.start, stretch.end, *(at for start, end, _ in marks for at in (start, end))}
        for start, end in pairwise(sorted(at for at in ends if stretch.start <= at <= stretch.end)):
            styles = [style for first, last, style in marks if first <= start < last]
            yield text[start:end], styles[-1] if styles else ""

    def _wrap(self, number: int) -> tuple[tuple[TextSpan, ...], ...]:
        """The lines of a stretch; a paragraph in which no record stands has a sign beside it."""
        lines = super()._wrap(number)
        stretch = self._stretches[number]
        if stretch.paragraph not in self._uncovered or stretch.start or not lines:
            return lines
        first, _, *rest = lines[0]
        return ((first, (NO_RECORD, "gap"), *rest), *lines[1:])

    # Mouse

    def _word_under(self, event: events.MouseEvent) -> tuple[int, int, int] | None:
        """Paragraph, first and last code point of the word under the mouse."""
        at = event.get_content_offset_capture(self)
        if (place := self.place_at(at.x, at.y)) is None:
            return None
        pick, (paragraph, start) = PassagePick(self.paragraphs), place
        return paragraph, *pick.place(pick.at(paragraph, start, start + 1))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select at a word."""
        self._pressed = self._word_under(event)
        if self._pressed is not None:
            self.capture_mouse()
            self._select(self._pressed)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the word under the mouse, as far as the paragraph goes."""
        if self._pressed is not None and (here := self._word_under(event)) is not None:
            self._select(here)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """What is under the mouse now is selected."""
        if self._pressed is not None:
            self._pressed = None
            self.release_mouse()

    def _select(self, here: tuple[int, int, int]) -> None:
        pressed = self._pressed or here
        if here[0] == pressed[0]:
            start, end = min(here[1], pressed[1]), max(here[2], pressed[2])
            self.post_message(TargetClicked(f"{SELECT}{here[0]} {start} {end}"))
