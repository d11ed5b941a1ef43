"""A passage that is being picked: a run of whole words in one paragraph of a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from convenings.domain.text import pattern

_WORD = r"[\u2e80-\u9fff\uf900-\ufaff]|(?:(?![\u2e80-\u9fff\uf900-\ufaff])\w)+(?:['’-]\w+)*|[^\w\s]"
"""A character of a script without spaces, a word with what its hyphens join, or a sign."""


class WordSpan(msgspec.Struct, frozen=True):
    """A run of words."""

    paragraph: int
    """From 1."""
    first: int
    """Number of the first word in the paragraph, from 0, and of the last."""
    last: int


class PassagePick:
    """What is picked of a text, and how it moves; every move gives another span.

    Args:
        paragraphs: The text.
    """

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.paragraphs = paragraphs
        self.words = lru_cache(maxsize=64)(self._words)
        """Where the words of a paragraph stand: first code point, and the one after the last."""

    def _words(self, paragraph: int) -> Sequence[tuple[int, int]]:
        if not 1 <= paragraph <= len(self.paragraphs):
            return ((0, 0),)
        return [match.span() for match in pattern(_WORD).finditer(self.paragraphs[paragraph - 1])] or [(0, 0)]

    def place(self, span: WordSpan) -> tuple[int, int]:
        """First code point of a span in its paragraph, and the one after the last."""
        words = self.words(span.paragraph)
        return words[span.first][0], words[span.last][1]

    def at(self, paragraph: int, start: int, end: int) -> WordSpan:
        """The words in which some code points of a paragraph lie."""
        paragraph = max(1, min(paragraph, len(self.paragraphs)))
        words = self.words(paragraph)
        inside = [number for number, (first, last) in enumerate(words) if first < end and last > start]
        near = min(range(len(words)), key=lambda number: abs(words[number][0] - start))
        return WordSpan(paragraph, inside[0], inside[-1]) if inside else WordSpan(paragraph, near, near)

    def moved(self, span: WordSpan, by: int) -> WordSpan:
        """One word, so many further on, or back; also into another paragraph."""
        at = (span.last if by > 0 else span.first) + by
        paragraph = span.paragraph
        while at < 0 and paragraph > 1:
            paragraph -= 1
            at += len(self.words(paragraph))
        while at >= len(self.words(paragraph)) and paragraph < len(self.paragraphs):
            at -= len(self.words(paragraph))
            paragraph += 1
        at = max(0, min(at, len(self.words(paragraph)) - 1))
        return WordSpan(paragraph, at, at)

    def in_paragraph(self, span: WordSpan, by: int) -> WordSpan:
        """The first word of a paragraph so many further on, or back."""
        return WordSpan(max(1, min(span.paragraph + by, len(self.paragraphs))), 0, 0)

    def start_moved(self, span: WordSpan, by: int) -> WordSpan:
        """The span with its start so many words further on, or back, no further than to its last word."""
        return replace(span, first=max(0, min(span.first + by, span.last)))

    def end_moved(self, span: WordSpan, by: int) -> WordSpan:
        """The span with its end so many words further on, or back, no further than to its first word."""
        return replace(span, last=max(span.first, min(span.last + by, len(self.words(span.paragraph)) - 1)))

    def next_with(self, text: str, span: WordSpan | None = None) -> WordSpan | None:
        """Where a text stands next behind a span, round the end to the beginning; nothing where it stands nowhere."""
        wanted = text.strip().casefold()
        if not wanted:
            return None
        first, behind = (1, -1) if span is None else (span.paragraph, self.place(span)[0])
        number = len(self.paragraphs)
        for step in range(number + 1):
            paragraph = (first - 1 + step) % number + 1
            start = behind + 1 if step == 0 else 0
            at = self.paragraphs[paragraph - 1].casefold().find(wanted, start)
            if at >= 0:
                return self.at(paragraph, at, at + len(wanted))
        return None
