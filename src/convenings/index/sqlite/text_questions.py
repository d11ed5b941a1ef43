"""What the index answers by words: which rows have them in their names or texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from operator import itemgetter

import msgspec

from convenings.index.questions import Match, Names
from convenings.index.sqlite import statements


class WordIndex:
    """Questions about the words of an open index; satisfies :class:`~convenings.index.questions.Words`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # All rows at once, in row order

    def names_matching(self, expression: Match, first: int, last: int) -> list[int]:
        """Rows whose names, initials, roles or kind an expression matches."""
        return self._rows(statements.NAMES_MATCHING, expression, first, last)

    def texts_matching(self, expression: Match, first: int, last: int) -> list[int]:
        """Rows with an expression in all that they are searched by: names, initials, roles, kind, text and row."""
        return self._rows(statements.BODIES_MATCHING, expression, first, last)

    def labels_containing(self, text: str, first: int, last: int) -> list[int]:
        """Rows with a folded text anywhere in their folded label."""
        return self._rows(statements.NAMES_CONTAINING, first, last, text)

    def with_phrase(self, phrase: str, rows: Sequence[int]) -> set[int]:
        """Those of some rows that have some folded words one after the other in one of their names."""
        values = msgspec.json.encode(rows).decode(), phrase
        return {row for (row,) in self._connection.execute(statements.NAMES_WITH_PHRASE, values)}

    def _rows(self, statement: str, *values: object) -> list[int]:
        (rows,) = self._connection.execute(statement, values).fetchone()
        return msgspec.json.decode(rows, type=list[int])

    # One row after the other, in row order, so that asking can end early

    def names(self, expression: Match, first: int, last: int) -> Iterator[int]:
        """Rows whose names an expression matches."""
        return self._each(statements.NAME_MATCH, expression, first, last)

    def texts(self, expression: Match, first: int, last: int) -> Iterator[int]:
        """Rows with an expression in all that they are searched by."""
        return self._each(statements.BODY_MATCH, expression, first, last)

    def exact_labels(self, label: str, first: int, last: int) -> Iterator[int]:
        """Rows whose folded label is exactly this."""
        return self._each(statements.EXACT_LABEL, label, first, last)

    def scan(self, words: Sequence[str], first: int, last: int) -> Iterator[int]:
        """Rows whose label has some words in it in this order: all there is while words are still being indexed."""
        return self._each(statements.SCAN, first, last, f"%{'%'.join(words)}%")

    def _each(self, statement: str, *values: object) -> Iterator[int]:
        return map(itemgetter(0), self._connection.execute(statement, values))

    # How many rows, at most so many where that is said

    def number_of_names(self, expression: Match, first: int, last: int, most: int | None) -> int:
        """How many rows :meth:`names` gives."""
        return self._number(statements.NAME_NUMBER, expression, first, last, most)

    def number_of_texts(self, expression: Match, first: int, last: int, most: int | None) -> int:
        """How many rows :meth:`texts` gives."""
        return self._number(statements.BODY_NUMBER, expression, first, last, most)

    def _number(self, statement: str, expression: Match, first: int, last: int, most: int | None) -> int:
        limit = -1 if most is None else most
        (number,) = self._connection.execute(statement, (expression, first, last, limit)).fetchone()
        return int(number)

    # What else is asked of words

    def names_of(self, rows: Sequence[int]) -> Iterator[Names]:
        """The names of some rows, and what else hits are ranked by, in no order."""
        values = (msgspec.json.encode(rows).decode(),)
        return iter(self._connection.execute(statements.SCORED, values))

    def vocabulary(self) -> bytes:
        """Every word of the name index in UTF-8, sorted, one a line."""
        (words,) = self._connection.execute(statements.VOCABULARY).fetchone()
        return bytes(words)
