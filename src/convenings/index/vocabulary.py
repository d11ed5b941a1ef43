"""Words of the name index: which are one slip away from a word, and which contain it."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from string import ascii_lowercase, digits
from typing import NamedTuple

from convenings.index import sql

MOST = 16
"""At most this many beginnings, or words that contain it, stand in for a word."""
MOST_WHOLE = 24
"""At most this many words one slip away."""
SHORTEST = 3
"""Shorter words are too like everything else."""
SHORTEST_BEGUN = 4
"""Shorter beginnings are, too."""
LETTERS_OF = 4096
"""Words from which it is learnt which letters there are."""
TWO_SLIPS_FROM = 8
"""From this many letters on, two slips are forgiven, one in each half of the word."""

_AFTER = "\U0010ffff"
"""Sorts after every letter, in UTF-8 as well."""


class Near(NamedTuple):
    """What may have been meant instead of a word; first that with which most words begin, as joined names do."""

    whole: list[str]
    """Words."""
    begun: list[str]
    """Beginnings of words."""


class Vocabulary:
    """Words of an index, read on first use.

    A slip is a letter too few, too many, another one, or two the wrong way round. Each word that one slip could have
    made is looked up among the sorted words: some hundred steps of bisection, however many words there are. The words
    stay in UTF-8, in which they sort as they do in code points: they are then read in two thirds of the time.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._text = b""
        self._words: list[bytes] = []
        self._letters: list[str] = []
        self.near = lru_cache(maxsize=256)(self._near)
        """Words one slip away from a word, or whose beginning is."""
        self.containing = lru_cache(maxsize=256)(self._containing)
        """Words that contain a word otherwise than at their beginning."""

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
            (self._text,) = self._connection.execute(sql.VOCABULARY).fetchone()
            self._words = self._text.split(b"\n")[:-1]
            # Ideographs are words of their own; of other letters some thousand words have all there are.
            some = [word.decode() for word in self._words[:: 1 + len(self._words) // LETTERS_OF]]
            self._letters = sorted({*ascii_lowercase, *digits, *"".join(word for word in some if len(word) > 1)})

    def _place(self, word: str, low: int = 0, high: int | None = None) -> int:
        """Where a word stands, or would stand, from ``low`` up to ``high``."""
        return bisect_left(self._words, word.encode(), low, high)

    def _begins(self, beginning: str, low: int, high: int) -> int:
        """Place of the first word, from ``low`` up to ``high``, that begins so; -1 where none does."""
        begun = beginning.encode()
        at = bisect_left(self._words, begun, low, high)
        return at if at < high and self._words[at].startswith(begun) else -1

    def _near(self, word: str) -> Near:
        self._load()
        if len(word) < SHORTEST:
            return Near([], [])
        slips = dict(self._slips(word))
        if not slips and len(word) >= TWO_SLIPS_FROM:
            half = len(word) // 2
            heads = (head for head, _ in self._slips(word[:half]))
            slips = {slip: at for head in heads for slip, at in self._slips(head + word[half:], len(head))}
        often = sorted(slips, key=lambda slip: slips[slip] - self._place(slip + _AFTER, slips[slip]))
        whole = [slip for slip in often if self._words[slips[slip]] == slip.encode()]
        begun = [slip for slip in often if slip != word[:-1]] if len(word) >= SHORTEST_BEGUN else []
        return Near(whole[:MOST_WHOLE], begun[:MOST])

    def _slips(self, word: str, start: int = 0) -> Iterator[tuple[str, int]]:
        """What one slip from letter ``start`` on turns a word into that some word begins with, and where that is."""
        low, high = 0, len(self._words)
        for at in range(start, len(word) + 1):
            head, rest = word[:at], word[at:]
            low = self._place(head, low, high)
            high = self._place(head + _AFTER, low, high)
            if low == high:
                return
            tails = [rest[1:], rest[1:2] + rest[:1] + rest[2:]] if rest else []
            tails += [letter + tail for letter in self._letters for tail in ((rest, rest[1:]) if rest else (rest,))]
            for tail in tails:
                if tail != rest and (place := self._begins(head + tail, low, high)) >= 0:
                    yield head + tail, place

    def _containing(self, word: str) -> list[str]:
        self._load()
        return list(islice(self._find(word), MOST)) if len(word) >= SHORTEST else []

    def _find(self, word: str) -> Iterator[str]:
        at, sought = 0, word.encode()
        while (at := self._text.find(sought, at)) >= 0:
            start, end = self._text.rfind(b"\n", 0, at) + 1, self._text.find(b"\n", at)
            if start != at:
                yield self._text[start:end].decode()
            at = end
