"""A text wrapped to a width: its lines, and where a cursor that goes from link to link comes to stand in it.

Nothing here draws, and nothing changes: each step gives another :class:`LinePosition`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from convenings.domain.state import TextPosition
from convenings.domain.text import plain
from convenings.tui.paint.segments import TextSpan, breaks, cells_of

LONGEST = 20_000
"""Code points of a paragraph that are shown: a dozen pages. All of them are wrapped whenever it comes on the screen."""

if TYPE_CHECKING:
    from convenings.presentation.profile.value import Listing


class Item(msgspec.Struct, frozen=True):
    """A paragraph of a text pane; one that can be chosen takes the cursor."""

    spans: Sequence[TextSpan]
    ref: str = ""
    """Id of the record that it leads to."""
    numbers: tuple[int, ...] = ()
    """Evidence it rests on."""
    choosable: bool = False
    indent: int = 0
    """Cells before its second and later lines, and its first."""
    bar: str = ""
    """Drawn before each of its lines, within the indent."""
    listing: Listing | None = None
    """The list that it leads to, rather than to a record."""
    hang: int = 0
    """Cells more before its second and later lines."""


class _Line(msgspec.Struct, frozen=True):
    item: int
    """Number of its paragraph."""
    spans: tuple[TextSpan, ...]


class LinePosition(msgspec.Struct, frozen=True):
    """Where a cursor stands in a wrapped text, in lines from 0."""

    cursor: int = 0
    """Line of the cursor: the first one of its paragraph."""
    top: int = 0
    """First line on the screen."""


class WrappedText:
    """Paragraphs in lines of at most ``width`` cells; none where there is no width."""

    def __init__(self, items: Sequence[Item] = (), width: int = 0) -> None:
        self.items = items
        self.width = width
        self.lines: list[_Line] = [
            _Line(number, spans)
            for number, item in enumerate(items if width else ())
            for spans in (_lines_of(item, width) if item.spans else [()])
        ]

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def _choices(self) -> list[int]:
        """Lines of the paragraphs that can be chosen."""
        return [at for at, line in enumerate(self.lines) if self.items[line.item].choosable]

    @property
    def first_choice(self) -> int:
        """First line that can be chosen; 0 where there is none."""
        return self._choices[0] if self._choices else 0

    def paragraph(self, line: int) -> int:
        """Paragraph of a line; of one past the end, that of the last. Without lines the first that can be chosen."""
        if self.lines:
            return self.lines[min(line, len(self.lines) - 1)].item
        return next((at for at, item in enumerate(self.items) if item.choosable), 0)

    def first_line(self, paragraph: int) -> int:
        """First line of a paragraph; 0 where there is no such paragraph."""
        at = bisect_left(self.lines, paragraph, key=lambda line: line.item)
        return at if at < len(self.lines) and self.lines[at].item == paragraph else 0

    def lines_of(self, paragraph: int) -> range:
        """Lines of a paragraph."""
        first = bisect_left(self.lines, paragraph, key=lambda line: line.item)
        return range(first, bisect_right(self.lines, paragraph, lo=first, key=lambda line: line.item))

    def top(self, line: int, capacity: int) -> int:
        """The line nearest to this one that can be the first on a screen of so many lines."""
        return max(0, min(line, len(self.lines) - capacity))

    def place(self, position: TextPosition, capacity: int) -> LinePosition:
        """Where a position is: at the first paragraph from there on that can be chosen."""
        choosable = (at for at, item in enumerate(self.items) if item.choosable and at >= position.paragraph)
        return LinePosition(self.first_line(next(choosable, position.paragraph)), self.top(position.top, capacity))

    def position(self, place: LinePosition) -> TextPosition:
        """A place by its paragraph, which stays where the text is wrapped to another width."""
        return TextPosition(self.paragraph(place.cursor), place.top)

    def moved(self, place: LinePosition, by: int, capacity: int) -> LinePosition:
        """So many links further on, or back; a line for each where the next link is further off than a screen."""
        for _ in range(abs(by)):
            place = self._step(place, 1 if by > 0 else -1, capacity)
        return place

    def _step(self, place: LinePosition, step: int, capacity: int) -> LinePosition:
        on_screen = range(place.top, place.top + capacity)
        scrolled = replace(place, top=self.top(place.top + step, capacity))
        paragraph, at = self.paragraph(place.cursor), place.cursor
        if at not in on_screen:
            if (at > place.top) == (step > 0):
                # It lies ahead: what is read on the way to it is not passed over.
                return scrolled
            at = on_screen.start - 1 if step > 0 else on_screen.stop
        while 0 <= (at := at + step) < len(self.lines):
            line = self.lines[at]
            if self.items[line.item].choosable and line.item != paragraph:
                first = self.first_line(line.item)
                is_near = place.cursor in on_screen and abs(first - place.cursor) <= capacity
                return self._reveal(first, place.top, capacity) if is_near or first in on_screen else scrolled
        return scrolled

    def _reveal(self, line: int, top: int, capacity: int) -> LinePosition:
        """The cursor on a line, its whole paragraph in sight, and the headings above the first choice."""
        last, first = self.lines_of(self.lines[line].item)[-1], line
        while first and not self.items[self.lines[first - 1].item].choosable:
            first -= 1
        if line - first > capacity // 2:
            first = line
        if last >= top + capacity:
            top = last - capacity + 1
        return LinePosition(line, max(0, min(top, first)))

    def at_line(self, place: LinePosition, line: int, capacity: int) -> LinePosition:
        """At the choice nearest to a line; at its own end of the text where the line is the first or the last."""
        if not self.lines:
            return place
        line = max(0, min(line, len(self.lines) - 1))
        if not self._choices:
            return replace(place, top=self.top(line, capacity))
        nearest = min(self._choices, key=lambda at: abs(at - line))
        place = self._reveal(self.first_line(self.lines[nearest].item), place.top, capacity)
        if line == len(self.lines) - 1:
            return replace(place, top=self.top(line, capacity))
        return replace(place, top=0) if line == 0 else place

    def paged(self, place: LinePosition, by: int, capacity: int) -> LinePosition:
        """So many screens further on, or back, the cursor taken along; a line of the last screen stays in sight."""
        top = self.top(place.top + by * (capacity - 1), capacity)
        choices = [at for at in self._choices if top <= at < top + capacity]
        if not choices:
            return replace(place, top=top)
        return LinePosition(self.first_line(self.lines[choices[0] if by > 0 else choices[-1]].item), top)


def _lines_of(item: Item, width: int) -> list[tuple[TextSpan, ...]]:
    """Lines of a paragraph, its indent and bar before each."""
    lead: list[TextSpan] = [(item.bar, "quote")] if item.bar else []
    lead.append((" " * (item.indent - cells_of(item.bar)), ""))
    spans = [(text if text.isprintable() else plain(text), style) for text, style in _shown(item.spans)]
    room = max(4, width - item.indent)
    text = "".join(text for text, _ in spans)
    if cells_of(text) <= room:
        return [(*lead, *spans)]
    later: list[TextSpan] = [(" " * item.hang, "")] if item.hang else []
    return [
        (*lead, *(later if start else ()), *_between(spans, start, end))
        for start, end in breaks(text, room, max(4, room - item.hang))
    ]


def _shown(spans: Sequence[TextSpan]) -> Sequence[TextSpan]:
    """Spans as they are or, of a paragraph that nobody reads to its end, the first ones and how much more there is."""
    total = sum(len(text) for text, _ in spans)
    if total <= LONGEST:
        return spans
    rest = f" … {total - LONGEST:,} characters more; convenings show prints them all"
    return [*_between(spans, 0, LONGEST), (rest, "gap")]


def _between(spans: Iterable[TextSpan], start: int, end: int) -> Iterator[TextSpan]:
    """Spans as far as they lie between two code points of their joined text."""
    at = 0
    for text, style in spans:
        if part := text[max(start - at, 0) : max(end - at, 0)]:
            yield part, style
        at += len(text)
