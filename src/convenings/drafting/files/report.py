"""What every reader of a report gives: its paragraphs, each with its page where the file has pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from convenings.domain.text import fold

MOST_BYTES = 64 << 20
"""Size of the largest file that is read."""
MOST_CHARACTERS = 8 << 20
"""Code points of the longest text that is taken from one."""
LONG_LINE = 50
"""Code points from which on a line counts as long, so that a paragraph may have been broken there."""

_BLANKS = re.compile(r"[ \t\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_NEVER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")


class ReportParagraph(msgspec.Struct, frozen=True):
    """A paragraph, heading, item of a list or row of a table."""

    text: str
    page: int = 0
    """The page on which it begins, from 1; 0 where the file has no pages."""


class ReportFile(msgspec.Struct, frozen=True):
    """A report as it was read from a file."""

    paragraphs: tuple[ReportParagraph, ...]
    media_type: str
    reader: str
    """What read it, with its version where it is a library: ``docx``, ``pypdfium2 5.1``."""

    @property
    def text(self) -> str:
        """One paragraph a line: what is kept as the text of the source."""
        return "".join(f"{paragraph.text}\n" for paragraph in self.paragraphs)


def clean(text: str) -> str:
    """A line without control characters and without blanks at its ends; runs of blanks within it are one."""
    return _BLANKS.sub(" ", _NEVER.sub(" ", text)).strip()


def paragraphs_of(lines: Iterable[str], page: int = 0) -> list[ReportParagraph]:
    """Lines with something in them, clean, each a paragraph."""
    return [ReportParagraph(text, page) for line in lines if (text := clean(line))]


_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|unbenannt|sans titre|new (?:document|page)|document\s*\d*\Z|doc\s*\d+\Z)|"
    r".*\.(?:docx?|html?|pdf|rtf|odt|txt|pages)\Z",
    re.I,
)
"""What programs put into the place of a title."""
_TITLE_LENGTHS = range(8, 301)
_FIRST_PARAGRAPHS = 12
"""Those among which the title may stand as a heading."""


def with_title(title: str, paragraphs: list[ReportParagraph]) -> tuple[ReportParagraph, ...]:
    """Paragraphs behind a line with the title that a file has beside its text, where no heading says the title."""
    title = clean(" ".join(title.split()))
    folded = fold(title)
    first = [fold(paragraph.text) for paragraph in paragraphs[:_FIRST_PARAGRAPHS]]
    # The title of a page is often that of its report with the name of the site.
    is_heading = any(folded in text or (2 * len(text) >= len(folded) and text in folded) for text in first)
    if len(title) not in _TITLE_LENGTHS or _NO_TITLE.match(title) or is_heading or not paragraphs:
        return tuple(paragraphs)
    return (ReportParagraph(f"Title: {title}"), *paragraphs)


def row_of(cells: Sequence[str]) -> str:
    """A row of a table as a line, with bars between its cells; an empty one keeps its place."""
    texts = [cell for cell in cells if cell]
    if len(texts) < 2:
        return "".join(texts)
    # A bar before the first cell, where that is empty, as it would otherwise be lost with the blanks.
    return ("" if cells[0] else "| ") + " | ".join(cells).rstrip(" |")


def join_lines(first: str, second: str) -> str:
    """Two lines of one paragraph as one: a word broken at the end of the first is joined, other lines by a blank."""
    if re.search(r"[^\W\d_]-\Z", first) and second[:1].islower():
        return first[:-1] + second
    if first.endswith("\u00ad"):
        return first[:-1] + second
    # No blank where neither side is of a script that parts words by blanks.
    if re.search(r"[\u3000-\u9fff\uff00-\uffef]\Z", first) and re.match(r"[\u3000-\u9fff\uff00-\uffef]", second):
        return first + second
    return f"{first} {second}"
