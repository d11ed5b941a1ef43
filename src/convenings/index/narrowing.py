"""What must hold of the hits of a search besides the words that they are ranked by."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.query.tree import Query, all_of
from convenings.index.evaluate import Evaluation, UserRows, asks_user_alone
from convenings.index.model import ReadModel
from convenings.index.selection import Selection


class Narrowing:
    """What must hold of a hit besides the words that it is ranked by.

    Marks, notes and pins are few and known at once: they bound where is searched. All else is worked out for a kind
    when a row of it is met, so that no more is read than the hits are of; and a word that no name and no text of a kind
    has is looked for inside its labels.

    Args:
        model: The read model.
        parts: What must hold.
        scope: The first row that is searched, and one past the last.
        user_rows: What only the user knows.
    """

    def __init__(self, model: ReadModel, parts: Sequence[Query], scope: tuple[int, int], user_rows: UserRows) -> None:
        self._model = model
        self._bounds = scope
        self._of_user: Selection | None = None
        if of_user := [part for part in parts if asks_user_alone(part)]:
            self._of_user = Evaluation(model, all_of(of_user), user_rows).selection(*scope).for_lookup()
            if not self._of_user.inverted:
                rows = self._of_user.rows
                self._bounds = (min(rows), max(rows) + 1) if rows else (0, 0)
        others = [part for part in parts if not asks_user_alone(part)]
        self._others = Evaluation(model, all_of(others), user_rows) if others else None
        self._by_kind: dict[str, Selection] = {}

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """The first row from ``first`` up to ``last`` that can be a hit, and one past the last such row."""
        return max(first, self._bounds[0]), min(last, self._bounds[1])

    def admits(self, row: int, kind: str) -> bool:
        """Whether a row of a kind can be a hit."""
        if self._of_user is not None and not self._of_user.has(row):
            return False
        if self._others is None:
            return True
        if kind not in self._by_kind:
            self._by_kind[kind] = self._others.selection(*self._model.range(kind)).for_lookup()
        return self._by_kind[kind].has(row)
