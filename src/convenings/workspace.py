"""The workspace: one dataset opened once, with what the user has added to it, and asked by every face.

A query is evaluated here and nowhere else, with the user's own marks and notes in it, so that panes, palette,
``search`` and ``list`` cannot differ.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property
from types import TracebackType

from convenings.domain.query import Query
from convenings.index.filter import matching
from convenings.index.model import ReadModel
from convenings.index.search import LIMIT, Hit, Search
from convenings.store.user_data import UserData


class Workspace:
    """A read model, the user data and the search over both.

    Args:
        model: The open read model; closed by :meth:`close`.
        user_data: Marks, notes, session and settings of the user.
    """

    def __init__(self, model: ReadModel, user_data: UserData) -> None:
        self.model = model
        self.user_data = user_data
        self.key = str(model.path.resolve())
        """What the user data of this dataset is kept under."""

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the read model."""
        self.model.close()

    def with_model(self, model: ReadModel) -> Workspace:
        """The workspace of another state of the same dataset."""
        return Workspace(model, self.user_data)

    # What is the user's

    def marked(self) -> frozenset[int]:
        """Rows of the records that the user marked."""
        return self._rows_of(self.user_data.marks(self.key))

    def noted(self) -> frozenset[int]:
        """Rows of the records that the user wrote a note on."""
        return self._rows_of(self.user_data.notes(self.key))

    def _rows_of(self, refs: Collection[str]) -> frozenset[int]:
        return frozenset(self.model.rows_of(refs).values())

    # What a query selects

    def matching(self, query: Query, first: int, last: int, pinned: Collection[int] = ()) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` that a query selects, in row order.

        Args:
            query: A parsed query.
            first: First row.
            last: One past the last row.
            pinned: Rows that are pinned; only the explorer has any.

        Raises:
            BadInput: A value that its key does not take.
        """
        user_rows = {"marked": self.marked(), "noted": self.noted(), "pinned": pinned}
        return matching(self.model, (first, last), query, user_rows)

    def search(self, line: str, limit: int = LIMIT, kinds: Sequence[str] = ()) -> list[Hit]:
        """Records that a line of the query language finds, best first.

        Args:
            line: The line.
            limit: At most this many.
            kinds: Only of these kinds; all where empty.

        Raises:
            BadInput: The line cannot be understood.
        """
        return self._search(line, limit, kinds)

    @cached_property
    def _search(self) -> Search:
        return Search(self.model)


def open_workspace(model: ReadModel) -> Workspace:
    """The workspace of an open read model, with the data of the user who runs the program."""
    return Workspace(model, UserData.open())
