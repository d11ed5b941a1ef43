"""Words of the name index: which are one edit away from a word, and which contain it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from functools import lru_cache

from convenings.index import sql

MOST = 12
"""At most this many words stand in for one."""
SHORTEST = 3
"""Shorter words are too like everything else."""
TWO_EDITS_FROM = 8
"""From this many letters on, two edits are forgiven."""


class Vocabulary:
    """Words of an index, read on first use."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._terms: list[str] | None = None
        self._blob = ""
        self._by_letter: dict[str, list[str]] = {}
        self.near = lru_cache(maxsize=256)(self._near)
        """Words one edit away from a word, or whose beginning is; nearest first."""
        self._heads = lru_cache(maxsize=512)(self._make_heads)
        self.containing = lru_cache(maxsize=256)(self._containing)
        """Words that contain a word otherwise than at their beginning."""

    def _load(self) -> None:
        if self._terms is None:
            self._terms = [term for (term,) in self._connection.execute(sql.VOCABULARY)]
            self._blob = "\n" + "\n".join(self._terms) + "\n"
            letters: dict[str, list[str]] = defaultdict(list)
            for term in self._terms:
                for letter in {term[0], *term[1:2]}:
                    letters[letter].append(term)
            self._by_letter = dict(letters)

    def _near(self, word: str) -> list[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        self._load()
        if len(word) < SHORTEST:
            return []
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        found: dict[str, tuple[int, int]] = {}
        for size in (len(word), len(word) + 1, len(word) - 1):
            for letter in {word[0], word[1]}:
                heads, choices = self._heads(letter, size)
                near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=MOST)
                for head, distance, _ in near:
                    for term in heads[head]:
                        rank = (int(distance), abs(len(term) - len(word)))
                        found[term] = min(rank, found.get(term, rank))
        return sorted(found, key=lambda term: (found[term], term))[:MOST]

    def _make_heads(self, letter: str, size: int) -> tuple[dict[str, list[str]], list[str]]:
        """Beginnings of ``size`` letters of the words with a letter in first or second place, to those words."""
        heads: dict[str, list[str]] = defaultdict(list)
        for term in self._by_letter.get(letter, ()):
            heads[term[:size]].append(term)
        return heads, list(heads)

    def _containing(self, word: str) -> list[str]:
        self._load()
        found: list[str] = []
        at = 0
        while len(word) >= SHORTEST and len(found) < MOST and (at := self._blob.find(word, at)) >= 0:
            start, end = self._blob.rfind("\n", 0, at) + 1, self._blob.find("\n", at)
            if start != at:
                found.append(self._blob[start:end])
            at = end
        return found
