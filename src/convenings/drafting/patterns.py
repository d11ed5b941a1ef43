"""Patterns that are compiled when a text first has the words that they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

HAN = r"[\u3040-\u30ff\u3400-\u9fff]"
"""A sign of Chinese or Japanese: a cue of patterns for those."""


class Pattern:
    """A regular expression that is compiled when it may first match.

    Drafting a page takes 0.02 s, compiling all patterns of the rules 0.31 s, and those that a page needs half of that.

    Args:
        source: The pattern.
        cue: A shorter one that matches wherever it does, so that its words are looked for first; empty for none.
        flags: Of both, those of :mod:`re`.
    """

    def __init__(self, source: str, cue: str = "", flags: int = re.I) -> None:
        self._source = source
        self._cue_source = cue
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    @cached_property
    def _cue(self) -> re.Pattern[str] | None:
        return re.compile(self._cue_source, self._flags) if self._cue_source else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match in a text, in order."""
        if self._cue is not None and not self._cue.search(text):
            return iter(())
        return self._compiled.finditer(text)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text."""
        if self._cue is not None and not self._cue.search(text):
            return None
        return self._compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning of a text."""
        return self._compiled.match(text)
