"""The workspace: one dataset opened once, with what the user has added to it, and asked by every face.

A query is evaluated here and nowhere else, with the user's own marks and notes in it, so that panes, palette,
``search`` and ``list`` cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from convenings.domain.errors import BadInput
from convenings.index.model import ReadModel

if TYPE_CHECKING:
    from convenings.domain.query.tree import Query
    from convenings.index.evaluate import UserRows
    from convenings.index.hits import Hits
    from convenings.index.search import Search
    from convenings.store.known_datasets import DatasetFacts, KnownDataset, Ownership
    from convenings.store.user_data import UserData


class Workspace:
    """A read model, the user data and the search over both.

    Args:
        model: The open read model; closed by :meth:`close`.
        user_data: Marks, notes, session and settings of the user; opened when first asked for where absent.
    """

    def __init__(self, model: ReadModel, user_data: UserData | None = None) -> None:
        self.model = model
        self._given_data = user_data
        self._folded: tuple[dict[int, str], dict[int, str]] = {}, {}
        """Row to note, and to note as it is searched."""

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

    @property
    def user_data_key(self) -> str:
        """What the user data of this dataset is kept under."""
        return self.ownership.key

    @property
    def user_data(self) -> UserData:
        """Marks, notes, session and settings of the user."""
        return self._settled[0]

    @property
    def ownership(self) -> Ownership:
        """Whose data goes on with this dataset; where several may be meant, the user is to :meth:`choose`."""
        return self._settled[1]

    @cached_property
    def facts(self) -> DatasetFacts:
        """What identifies the dataset."""
        from convenings.store.known_datasets import DatasetFacts, path_key

        model = self.model
        path = path_key(model.path)
        return DatasetFacts(path, model.id, model.title, model.content_hash, model.total, model.sample)

    @cached_property
    def _settled(self) -> tuple[UserData, Ownership]:
        # Most commands never speak of it, and need not load what reads it.
        from convenings.store.user_data import UserData

        user_data = UserData.open() if self._given_data is None else self._given_data
        return user_data, user_data.settle(self.facts, lambda refs: len(self.model.rows_of(refs)))

    def choose(self, chosen: KnownDataset | None) -> None:
        """Let this dataset have what is kept for one that it may be; for none of them where nothing is given."""
        self.user_data.choose(self.facts, chosen)

    @property
    def warnings(self) -> Sequence[str]:
        """What the user should know of their data, one line each; nothing where it was not asked for."""
        if "_settled" not in self.__dict__:
            return ()
        return [*self.user_data.warnings, *filter(None, (self._undecided,))]

    @property
    def _undecided(self) -> str:
        """That the user is to choose, where several datasets may be meant."""
        if not (candidates := self.ownership.candidates):
            return ""
        several = ", ".join(each.path or each.title for each in candidates)
        hint = "open this one in the explorer to choose"
        return f"marks and notes of several datasets may be meant, and none are taken: {several}; {hint}"

    def attached_text(self, ref: str) -> str | None:
        """The text of a source, attached for this dataset or for another one; nothing where there is none.

        A structured file is no text to be read through.
        """
        source = self.model.find(ref)
        if getattr(source, "type", "") == "data":
            return None
        return self.user_data.attached_text(ref, getattr(source, "text_hash", ""))

    def marked(self) -> frozenset[int]:
        """Rows of the records that the user marked."""
        return self._rows_of(self.user_data.marks(self.user_data_key))

    def noted(self) -> frozenset[int]:
        """Rows of the records that the user wrote a note on."""
        return frozenset(self.notes())

    def notes(self) -> dict[int, str]:
        """Row to note of the records that the user wrote one on."""
        notes = self.user_data.notes(self.user_data_key)
        return {row: notes[ref] for ref, row in self.model.rows_of(notes).items()}

    def _rows_of(self, refs: Collection[str]) -> frozenset[int]:
        return frozenset(self.model.rows_of(refs).values())

    def _folded_notes(self) -> dict[int, str]:
        """Row to note as it is searched, folded once for as long as the notes are the same."""
        notes = self.notes()
        if self._folded[0] != notes:
            from convenings.domain.text import fold

            self._folded = notes, {row: fold(text) for row, text in notes.items()}
        return self._folded[1]

    def _user_rows(self, pinned: Collection[int] | None) -> UserRows:
        rows: dict[str, Callable[[], Collection[int]]] = {"marked": self.marked, "noted": self._folded_notes}
        return rows if pinned is None else {**rows, "pinned": lambda: pinned}

    # What a query selects

    def matching(self, query: Query, first: int, last: int, pinned: Collection[int] | None = None) -> list[int]:
        """Rows from ``first`` up to, and without, ``last`` that a query selects, in row order.

        Args:
            query: A parsed query.
            first: First row.
            last: One past the last row.
            pinned: Rows that are pinned; only the explorer has any, and elsewhere ``is:pinned`` is refused.

        Raises:
            BadInput: A value that its key does not take, or a key that asks nothing of the records in these rows.
        """
        # What evaluates a query is needed only where there is one, and not for the first screen.
        from convenings.index.evaluate import matching

        return matching(self.model, (first, last), query, self._user_rows(pinned))

    def matching_of_kinds(self, query: Query, kinds: Sequence[str]) -> tuple[list[str], list[int]]:
        """Those of some kinds that a query asks anything of, and the rows that it selects, kind by kind.

        Raises:
            BadInput: A value that its key does not take, or a query that asks nothing of any of these kinds.
        """
        from convenings.domain.query.of_kind import of_kind

        parts = {kind: part for kind in kinds if (part := of_kind(query, kind)) is not None}
        if kinds and not parts:
            what = f"there is no kind of record of which all of {query} asks anything"
            raise BadInput(what, hint="take a key out, or join what is of different kinds with or")
        spans = ((part, self.model.range(kind)) for kind, part in parts.items())
        rows = [row for part, span in spans for row in (self.matching(part, *span) if part else range(*span))]
        return list(parts), rows

    def search(
        self,
        line: str,
        limit: int | None = None,
        kinds: Sequence[str] = (),
        pinned: Collection[int] | None = None,
        *,
        count_all: bool = False,
    ) -> Hits:
        """Records that a line of the query language finds, best first, and how many there are.

        Args:
            line: The line.
            limit: At most this many; where absent, as many as anybody reads.
            kinds: Only of these kinds; all where empty.
            pinned: Rows that are pinned, as for :meth:`matching`.
            count_all: Whether it is to be said of any number how many there are, however long that takes.

        Raises:
            BadInput: The line cannot be understood, or has a key that asks nothing of a record of any of these kinds.
        """
        from convenings.index.search_run import COUNTED, LIMIT

        most = None if count_all else COUNTED
        return self._search(line, LIMIT if limit is None else limit, kinds, self._user_rows(pinned), most)

    def nearby(self, query: Query, first: int, last: int) -> Query | None:
        """A query for what was meant by words that no row from ``first`` up to ``last`` has; none where there is none.

        Args:
            query: A parsed query.
            first: First row.
            last: One past the last row.
        """
        return self._search.nearby(query, first, last) if self.model.complete else None

    @cached_property
    def _search(self) -> Search:
        from convenings.index.search import Search  # a list is filtered without

        return Search(self.model)


def open_workspace(model: ReadModel) -> Workspace:
    """The workspace of an open read model, with the data of the user who runs the program, read at once."""
    from convenings.store.user_data import UserData

    return Workspace(model, UserData.open())
