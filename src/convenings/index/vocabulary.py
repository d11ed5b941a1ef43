"""Words of the name index: which are one slip away from a word, and which contain it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from string import ascii_lowercase, digits
from typing import NamedTuple

from convenings.domain.text import is_symbol

MOST = 16
"""At most this many beginnings, or words that contain it, stand in for a word."""
MOST_WHOLE = 24
"""At most this many words one slip away."""
SHORTEST = 3
"""Shorter words are too like everything else."""
SHORTEST_PREFIX = 4
"""Shorter beginnings are, too."""
LETTERS_OF = 4096
"""Words from which it is learnt which letters there are."""
TWO_SLIPS = range(8, 25)
"""In words of this many letters two slips are forgiven."""

_AFTER = "\U0010ffff"
"""Sorts after every letter, in UTF-8 as well."""


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


class Near(NamedTuple):
    """What may have been meant instead of a word; first that with which most words begin, as joined names do."""

    whole: list[str]
    """Words."""
    prefix: list[str]
    """Beginnings of words."""


class Vocabulary:
    """Words of an index, read on first use.

    A slip is a letter too few, too many, another one, or two the wrong way round; never in a number. The sorted words
    are gone through letter by letter, as a tree, and a way is left where no word goes on: for one slip a few hundred
    bisections, for two at a million records some twenty thousand, which take 7 ms. The words stay in UTF-8, in which
    they sort as they do in code points: they are then read in two thirds of the time.
    """

    def __init__(self, read: Callable[[], bytes]) -> None:
        """A vocabulary.

        Args:
            read: Gives the words in UTF-8, sorted, one a line.
        """
        self._read = read
        self._text = b""
        self._words: list[bytes] = []
        self._letters: list[str] = []
        self.near = lru_cache(maxsize=256)(self._near)
        """Words one slip away from a word, or whose beginning is."""
        self.containing = lru_cache(maxsize=256)(self._containing)
        """Words that contain a word otherwise than at their beginning; one more than :data:`MOST` of many."""

    def has(self, beginning: str) -> bool:
        """Whether any word begins so."""
        self._load()
        return self._begins(beginning, 0, len(self._words)) >= 0

    def has_word(self, word: str) -> bool:
        """Whether it is one of the words."""
        self._load()
        at = self._begins(word, 0, len(self._words))
        return at >= 0 and self._words[at] == word.encode()

    def _load(self) -> None:
        if not self._letters:
            self._text = self._read()
            self._words = self._text.split(b"\n")[:-1]
            # Ideographs are words of their own; of other letters some thousand words have all there are.
            some = [word.decode() for word in self._words[:: 1 + len(self._words) // LETTERS_OF]]
            self._letters = sorted({*ascii_lowercase, *digits, *"".join(word for word in some if len(word) > 1)})

    def _place(self, word: str, low: int = 0, high: int | None = None) -> int:
        """Where a word stands, or would stand, from ``low`` up to ``high``."""
        return bisect_left(self._words, word.encode(), low, high)

    def _begins(self, beginning: str, low: int, high: int) -> int:
        """Place of the first word, from ``low`` up to ``high``, that begins so; -1 where none does."""
        prefix = beginning.encode()
        at = bisect_left(self._words, prefix, low, high)
        return at if at < high and self._words[at].startswith(prefix) else -1

    def _near(self, word: str) -> Near:
        self._load()
        if len(word) < SHORTEST or is_symbol(word):
            return Near([], [])
        slips = self._with_number(word, self._slips("", word, 0, len(self._words), 1))
        if not slips and len(word) in TWO_SLIPS:
            slips = self._with_number(word, self._slips("", word, 0, len(self._words), 2))
        often = sorted(slips, key=lambda slip: slips[slip] - self._place(slip + _AFTER, slips[slip]))
        whole = [slip for slip in often if self._words[slips[slip]] == slip.encode()]
        prefix = [slip for slip in often if slip != word[:-1]] if len(word) >= SHORTEST_PREFIX else []
        return Near(whole[:MOST_WHOLE], prefix[:MOST])

    @staticmethod
    def _with_number(word: str, slips: Iterable[tuple[str, int]]) -> dict[str, int]:
        """Those slips of a word that leave its digits as they are: another number is another thing."""
        digits = _digits(word)
        return {slip: place for slip, place in slips if _digits(slip) == digits and not is_symbol(slip)}

    def _slips(self, head: str, rest: str, low: int, high: int, slips: int) -> Iterator[tuple[str, int]]:
        """What some slips turn a word into that some word begins with, and where that is.

        Args:
            head: Letters before the first slip.
            rest: The letters after them.
            low: Place of the first word that begins with ``head``.
            high: One past the place of the last.
            slips: How many.
        """
        while low < high:
            if rest:
                yield from self._after(head, rest[1:], low, high, slips)
                if rest[:1] != rest[1:2] != "":
                    turned = head + rest[1]
                    yield from self._after(turned + rest[0], rest[2:], *self._range(turned, low, high), slips)
            for letter, first, last in self._next(head, low, high):
                if rest and letter != rest[0]:
                    yield from self._after(head + letter, rest[1:], first, last, slips)
                yield from self._after(head + letter, rest, first, last, slips)
            if not rest:
                return
            head, rest = head + rest[0], rest[1:]
            low, high = self._range(head, low, high)

    def _after(self, head: str, rest: str, low: int, high: int, slips: int) -> Iterator[tuple[str, int]]:
        """What some slips, of which the first has led to ``head``, turn a word into, and where that is."""
        if slips > 1:
            yield from self._slips(head, rest, *self._range(head, low, high), slips - 1)
        elif (place := self._begins(head + rest, low, high)) >= 0:
            yield head + rest, place

    def _range(self, head: str, low: int, high: int) -> tuple[int, int]:
        """Place of the first word that begins so, and one past that of the last, from ``low`` up to ``high``."""
        low = self._place(head, low, high)
        return low, self._place(head + _AFTER, low, high)

    def _next(self, head: str, low: int, high: int) -> Iterator[tuple[str, int, int]]:
        """Letters that follow ``head`` in the words from ``low`` up to ``high``, with the range of those words."""
        if not head:
            for letter in self._letters:
                yield letter, *self._range(letter, low, high)
            return
        length = len(head.encode())
        while low < high:
            word = self._words[low]
            if len(word) == length:
                low += 1
                continue
            letter = word[length : length + 4].decode(errors="ignore")[0]
            last = self._place(head + letter + _AFTER, low, high)
            yield letter, low, last
            low = last

    def _containing(self, word: str) -> list[str]:
        self._load()
        return list(islice(self._find(word), MOST + 1)) if len(word) >= SHORTEST and not is_symbol(word) else []

    def _find(self, word: str) -> Iterator[str]:
        at, sought = 0, word.encode()
        while (at := self._text.find(sought, at)) >= 0:
            start, end = self._text.rfind(b"\n", 0, at) + 1, self._text.find(b"\n", at)
            if start != at:
                yield self._text[start:end].decode()
            at = end
