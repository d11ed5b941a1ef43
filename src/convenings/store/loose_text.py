"""A text with its white space made even, in which passages are looked for that stand nowhere as they were cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNEVEN = re.compile(r"[^\S ]|\s{2,}")
_SPACES = re.compile(r"\s+")


class LooseText:
    """The paragraphs of a text with a single space for any white space, and the way back.

    Args:
        text: The paragraphs as they stand.
    """

    def __init__(self, text: Sequence[str]) -> None:
        self._text = text
        self.paragraphs = [_SPACES.sub(" ", paragraph) for paragraph in text]
        """The paragraphs with even white space."""

    def place(self, number: int, start: int, end: int) -> tuple[int, int]:
        """First code point of a passage in the paragraph as it stands, and the one after its last.

        Args:
            number: Number of the paragraph, from 1.
            start: First code point of the passage in the paragraph with even white space.
            end: The one after its last.
        """
        paragraph, at, places = self._text[number - 1], 0, list[int]()
        while at < len(paragraph):
            places.append(at)
            run = _SPACES.match(paragraph, at)
            at = run.end() if run else at + 1
        return places[start], places[end] if end < len(places) else at


def loosened(text: Sequence[str]) -> LooseText | None:
    """A text with its white space made even; nothing where it is so already, as another look would find no more."""
    return LooseText(text) if any(map(_UNEVEN.search, text)) else None
