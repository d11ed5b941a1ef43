"""A whole text to read through: only the lines on the screen are wrapped, however long it is.

A place in it is a stretch and a line of that stretch. A stretch is a paragraph, or a part of one that is very long.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import msgspec
from textual import events

from convenings.presentation.passages import Passage
from convenings.tui.paint.line_content import LineContent
from convenings.tui.paint.segments import TextSpan, cells_of, thumb
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.wrapped import Item, WrappedText

LONGEST_STRETCH = 4000
"""Code points that are wrapped together."""
WIDEST = 100
"""Cells of a line at most: longer ones are hard to read."""
STRETCHES_WRAPPED = 400
"""Wrapped stretches that are remembered; a few screens."""
READ = frozenset({"match", "active"})
"""Styles of what is read now."""
ABOVE = 3
"""Share of the screen, as one in so many, that stays above a passage that is gone to."""


class Stretch(msgspec.Struct, frozen=True, gc=False):
    """What is wrapped together."""

    paragraph: int
    """Number of its paragraph, from 1."""
    start: int
    """First code point, and the one after the last."""
    end: int


class Words(msgspec.Struct, frozen=True, gc=False):
    """Words of the text that stand out: a passage, or a part of one."""

    paragraph: int
    start: int
    end: int


class TextReader(Pane):
    """A text with the passages in it that are cited.

    Args:
        paragraphs: The paragraphs of the text.
        passages: The passages that stand somewhere in it.
        name: Of the pane.
        title: What stands in its border.
    """

    def __init__(
        self, paragraphs: Sequence[str], passages: Iterable[Passage], name: str = "text", title: str = ""
    ) -> None:
        super().__init__(name, 0, title)
        self.paragraphs: Sequence[str] = ()
        self.words: Words | None = None
        """What is read now."""
        self.stretch, self.line = 0, 0
        """The first line on the screen."""
        self._stretches: list[Stretch] = []
        self._ends: list[int] = []
        """Code points of the text up to the end of each stretch."""
        self._passages: dict[int, list[Passage]] = {}
        """Number of a paragraph to the passages in it."""
        self._gutter = 0
        """Cells of the numbers of the paragraphs."""
        self._wrapped = lru_cache(STRETCHES_WRAPPED)(self._wrap)
        self._width = 0
        self._follows = False
        """Whether it stands where ``words`` took it: then it goes there again where it gets another size."""
        self.set_text(paragraphs, passages)

    def set_text(self, paragraphs: Sequence[str], passages: Iterable[Passage]) -> None:
        """Show another text from its beginning, with the passages that stand somewhere in it."""
        self.paragraphs, self.words, self._follows = paragraphs, None, False
        self.stretch, self.line = 0, 0
        self._stretches = [stretch for at, text in enumerate(paragraphs, 1) for stretch in stretches_of(at, text)]
        self._ends = list(accumulate(stretch.end - stretch.start for stretch in self._stretches))
        self._passages = defaultdict(list)
        for passage in passages:
            self._passages[passage.text_paragraph].append(passage)
        self._gutter = len(str(len(paragraphs))) + 2
        # Numbers of paragraphs may take more cells than in the text before.
        self._width = max(1, min(self.text_width, WIDEST) - self._gutter) if self._width else 0
        self._wrapped.cache_clear()

    @property
    def count(self) -> int:
        """How many stretches there are."""
        return len(self._stretches)

    @property
    def _top(self) -> tuple[int, int]:
        return self.stretch, self.line

    # Move

    def go_to(self, words: Words) -> None:
        """Have words stand out, and show them with some of what is before them where they are not on the screen."""
        self.words, self._follows = words, True
        self._wrapped.cache_clear()
        are_read = [_is_read(line) for line in self._lines_on_screen()]
        if not any(are_read) or are_read[0] or are_read[-1]:
            self._find_words()
        self.repaint()

    def go_to_paragraph(self, number: int) -> None:
        """Show a paragraph at the top, or the last where there are fewer."""
        self.words, self._follows = None, False
        self._wrapped.cache_clear()
        self._put(self._stretch_at(number, 0), 0)

    def move(self, by: int) -> None:
        """Scroll by lines."""
        self._follows = False
        self._put(*self._moved(self._top, by))

    def move_to(self, item: int) -> None:
        """Go to the beginning or the end."""
        self._follows = False
        self._put(*((0, 0) if item <= 0 else self._last_top))

    def scroll_items(self, by: int) -> None:
        """Scroll by lines."""
        self.move(by)

    def keep_in_view(self) -> None:
        """A text keeps its place."""

    def fit(self) -> None:
        """Take up the present size."""
        width = min(self.text_width, WIDEST) - self._gutter
        if width != self._width:
            self._width = max(1, width)
            self._wrapped.cache_clear()
        if self._follows:
            self._find_words()
        self._put(self.stretch, self.line)

    def on_click(self, event: events.Click) -> None:
        """Nothing in it can be chosen."""

    def _put(self, stretch: int, line: int) -> None:
        """Show a line at the top, as far as the text goes on below it."""
        if self._stretches and self._width:
            line = min(line, len(self._wrapped(stretch)) - 1)
            stretch, line = min((stretch, line), self._last_top)
        self.stretch, self.line = stretch, line
        self.repaint()

    def _moved(self, place: tuple[int, int], by: int) -> tuple[int, int]:
        """A place so many lines on, or back, no further than the text goes."""
        stretch, line = place
        line += by
        while line < 0 and stretch > 0:
            stretch -= 1
            line += len(self._wrapped(stretch))
        while stretch < self.count - 1 and line >= (lines := len(self._wrapped(stretch))):
            line -= lines
            stretch += 1
        return stretch, max(line, 0)

    @property
    def _last_top(self) -> tuple[int, int]:
        """The first line of the last screen."""
        last = max(0, self.count - 1)
        lines = len(self._wrapped(last)) if self._stretches else 1
        return self._moved((last, lines - 1), 1 - self.capacity)

    def _stretch_at(self, paragraph: int, start: int) -> int:
        """The stretch of a code point; the last one where the text has no such paragraph."""
        at = bisect_right(self._stretches, (paragraph, start), key=lambda each: (each.paragraph, each.start))
        return max(0, at - 1)

    def _find_words(self) -> None:
        """Show the words that are read now."""
        if self.words is None or not self._width:
            return
        stretch = self._stretch_at(self.words.paragraph, self.words.start)
        lines = self._wrapped(stretch)
        first = next((at for at, line in enumerate(lines) if _is_read(line)), 0)
        number = sum(map(_is_read, lines))
        above = max(0, min(self.capacity // ABOVE, self.capacity - number))
        self._put(*self._moved((stretch, first), -above))

    def place_at(self, x: int, y: int) -> tuple[int, int] | None:
        """Paragraph and code point that stand in a cell, beside a line the nearest in it; nothing where no text is."""
        if not self.count or not self._width or not 0 <= y < self.size.height:
            return None
        number, line = self._moved(self._top, y)
        lines = self._wrapped(number)
        if line >= len(lines) or not (body := _body(lines[line])):
            return None
        stretch = self._stretches[number]
        text, start = self.paragraphs[stretch.paragraph - 1], stretch.start
        for shown in lines[:line]:
            start += len(_body(shown))
            # Blanks at which a line was broken stand in no line.
            while start < stretch.end and text[start] == " ":
                start += 1
        ends = accumulate(map(cells_of, body))
        inside = next((at for at, end in enumerate(ends) if x - self._gutter < end), len(body) - 1)
        return stretch.paragraph, start + inside

    # Show

    def _wrap(self, number: int) -> tuple[tuple[TextSpan, ...], ...]:
        """The lines of a stretch, with the number of its paragraph before the first; one is free below a paragraph."""
        stretch = self._stretches[number]
        spans = list(self._spans(stretch))
        lines: list[tuple[TextSpan, ...]] = []
        for at, line in enumerate(WrappedText([Item(spans)], self._width).lines):
            text = str(stretch.paragraph) if not (at or stretch.start) else ""
            bar = "▌" if _is_read(line.spans) else " "
            lines.append(((text.rjust(self._gutter - 2), "muted"), (bar, "quote"), (" ", ""), *line.spans))
        if stretch.end == len(self.paragraphs[stretch.paragraph - 1]) and number < self.count - 1:
            lines.append(())
        return tuple(lines)

    def _spans(self, stretch: Stretch) -> Iterator[TextSpan]:
        """The text of a stretch, what is cited of it underlined, what is read now bold, too."""
        text, read = self.paragraphs[stretch.paragraph - 1], self.words
        cited = [(passage.start, passage.end) for passage in self._passages.get(stretch.paragraph, ())]
        here = read if read is not None and read.paragraph == stretch.paragraph else Words(stretch.paragraph, 0, 0)
        ends = {stretch.start, stretch.end, here.start, here.end, *(at for span in cited for at in span)}
        cuts = sorted(at for at in ends if stretch.start <= at <= stretch.end)
        for start, end in pairwise(cuts):
            style = "link" if any(first <= start < last for first, last in cited) else ""
            yield text[start:end], "match" if here.start <= start < here.end else style

    def _lines_on_screen(self) -> list[tuple[TextSpan, ...]]:
        """The lines from the first one on the screen to the last."""
        height = self.size.height
        lines: list[tuple[TextSpan, ...]] = []
        for stretch in range(self.stretch, self.count if self._width else 0):
            lines += self._wrapped(stretch)[self.line if stretch == self.stretch else 0 :]
            if len(lines) >= height:
                break
        return lines[:height]

    def _current_contents(self) -> list[LineContent]:
        """What each line shows at this moment."""
        lines, height = self._lines_on_screen(), self.size.height
        thumb_lines = range(*self._thumb(height))
        return [
            LineContent(line, thumb=y in thumb_lines) for y, line in enumerate(lines + [()] * (height - len(lines)))
        ]

    def _thumb(self, height: int) -> tuple[int, int]:
        """The scrollbar's thumb, by code points: how many lines there are is not known."""
        if not self._stretches or not self._width:
            return (0, 0)
        before, most = self._before(*self._top), self._before(*self._last_top)
        return thumb(self._ends[-1], max(1, self._ends[-1] - most), before, height) if most else (0, 0)

    def _before(self, stretch: int, line: int) -> int:
        """About how many code points stand before a line."""
        first = self._ends[stretch - 1] if stretch else 0
        return first + (self._ends[stretch] - first) * line // len(self._wrapped(stretch))


def stretches_of(number: int, text: str) -> Iterator[Stretch]:
    """A paragraph as stretches, parted at a space where there is one.

    Args:
        number: Number of the paragraph, from 1.
        text: The paragraph.
    """
    start = 0
    while len(text) - start > LONGEST_STRETCH:
        space = text.rfind(" ", start + LONGEST_STRETCH // 2, start + LONGEST_STRETCH)
        end = space + 1 if space >= 0 else start + LONGEST_STRETCH
        yield Stretch(number, start, end)
        start = end
    yield Stretch(number, start, len(text))


def _body(line: Sequence[TextSpan]) -> str:
    """The text of a line, behind the number of its paragraph."""
    return "".join(part for part, _ in line[3:])


def _is_read(line: Iterable[TextSpan]) -> bool:
    """Whether a line has some of what is read now."""
    return any(style in READ for _, style in line)
