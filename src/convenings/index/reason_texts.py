"""Reasons in words, as far as they were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from convenings.index.cache import Cache
from convenings.index.questions import Questions
from convenings.index.reason_codes import is_word, session_of, word_text

CACHED_REASONS = 8192
"""Reasons that are kept in words; a dataset of a hundred thousand records has two thousand."""


class ReasonTexts:
    """Reads what the numbers of reasons stand for, many in one question, and keeps it.

    Args:
        index: The index.
        labels: Gives of some rows their labels, in one question.
    """

    def __init__(self, index: Questions, labels: Callable[[Iterable[int]], dict[int, str]]) -> None:
        self._index, self._labels = index, labels
        self._texts: Cache[int, str] = Cache(CACHED_REASONS)

    def __call__(self, codes: Iterable[int]) -> dict[int, str]:
        """Some numbers with what each stands for."""
        distinct, put = set(codes), self._texts.put
        texts = {code: text for code in distinct if (text := self._texts.get(code)) is not None}
        words = [code for code in distinct - texts.keys() if is_word(code)]
        if words:
            labels = self._labels([row for code in words if (row := session_of(code)) is not None])
            texts |= {code: put(code, word_text(code, labels.__getitem__)) for code in words}
        if len(texts) < len(distinct):
            new = self._index.reasons(distinct - texts.keys())
            texts |= {code: put(code, text) for code, text in new.items()}
        return texts
