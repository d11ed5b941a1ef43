"""Runs in the builder, main thread.

Pairs of rows that are related, each way with its reasons, while they are collected.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from convenings.index.build.reasons import Reasons


class RelatedRows(NamedTuple):
    """What one row is related to."""

    row: int
    others: list[int]
    """Rows, sorted."""
    reasons: list[int]
    """Beside each, the code of the reason."""


Further = Callable[[int], Iterable[tuple[int, int]]]
"""From a row to others that it is related to, with codes of the reasons; asked once, when all else is known."""


class RelatedPairs:
    """Pairs of rows with the reasons that relate them, in both directions.

    Args:
        number: How many rows there are.
        reasons: What the codes of reasons stand for.
    """

    def __init__(self, number: int, reasons: Reasons) -> None:
        # Nearly every pair has one reason, held as its code; the few that have more hold a list. A negative number
        # stands for so many statements, the last one in a list: their count is a reason only once all are read.
        self._of: list[dict[int, int | list[int]] | None] = [None] * number
        self.statements: dict[int, array[int]] = {}
        """Row of an organisation to the rows of the statements that people made at events to which they came for it."""
        self.reasons = reasons
        self.further: Further = lambda _: ()
        """Gives what is related to a row by the records of others."""

    def add(self, a: int, b: int, reason: int, back: int | None = None) -> None:
        """Relate two rows.

        Args:
            a: A row.
            b: Another row; nothing is related to itself.
            reason: Code of what stands beside ``b`` for somebody who looks at ``a``.
            back: Of what stands beside ``a`` for somebody who looks at ``b``, where that is not the same.
        """
        if a == b:
            return
        back = reason if back is None else back
        # There are as many calls as pairs, so both directions are written out.
        if (others := self._of[a]) is None:
            self._of[a] = {b: reason}
        elif (codes := others.setdefault(b, reason)) != reason:
            _add_another(others, b, codes, reason)
        if (others := self._of[b]) is None:
            self._of[b] = {a: back}
        elif (codes := others.setdefault(a, back)) != back:
            _add_another(others, a, codes, back)

    def add_statements(self, a: int, theme: int, number: int) -> None:
        """Statements that relate ``a`` and a theme, as :func:`~convenings.index.build.reasons.of_statements` counts."""
        if a != theme:
            self._count_statements(a, theme, number)
            self._count_statements(theme, a, number)

    def _count_statements(self, a: int, b: int, number: int) -> None:
        others = self._of[a]
        if others is None:
            self._of[a] = {b: number}
            return
        codes = others.get(b)
        if codes is None:
            others[b] = number
        elif isinstance(codes, int):
            others[b] = codes + number if codes < 0 else [codes, number]
        elif codes[-1] < 0:
            codes[-1] += number
        else:
            codes.append(number)

    def by_row(self) -> Iterator[RelatedRows]:
        """What each row that is related to any is related to, by row; each is given once, and forgotten."""
        one = self.reasons.one
        for row in range(len(self._of)):
            others = self._of[row] or {}
            for other, code in self.further(row):
                if other != row and (codes := others.setdefault(other, code)) != code:
                    _add_another(others, other, codes, code)
            if others:
                rows = sorted(others)
                reasons = [
                    codes if codes.__class__ is int and codes >= 0 else one(codes)
                    for codes in map(others.__getitem__, rows)
                ]
                self._of[row] = None
                yield RelatedRows(row, rows, reasons)


def _add_another(others: dict[int, int | list[int]], other: int, codes: int | list[int], code: int) -> None:
    """Add a reason to those that relate a row to another one; a number of statements stays the last."""
    if isinstance(codes, int):
        others[other] = [codes, code] if codes >= 0 else [code, codes]
    elif code not in codes:
        codes.insert(len(codes) - (codes[-1] < 0), code)
