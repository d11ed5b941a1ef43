"""By what the file knows each row of a table, so that its next version is known again: never by its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from convenings.interchange.tables.columns import ROLES
from convenings.interchange.tables.mapping import Column
from convenings.interchange.tables.plan import Plan

_NAMES = frozenset(("title", "name", "family", "given"))
_MEETING = frozenset(("date", "start", *ROLES))
"""What a meeting without a title is known by; what it was about, and where, may be mended."""
_REST = frozenset(("date", "start", "time", "room", "place", "about", "affiliation", *ROLES))


class Keys:
    """Gives the rows of a table their keys: an id, or else a hash of as few cells as tell it from all others.

    Args:
        plan: How the table is read.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        columns = plan.guess.columns
        names = [column for column in columns if column.field in _NAMES and not column.language]
        first = names or [column for column in columns if column.field in _MEETING]
        second = [*names, *(column for column in columns if column.field in _REST)]
        every = [column for column in columns if column not in plan.running]
        self._keys: dict[int, str] = {}
        rows = plan.rows
        if plan.id is not None:
            rows = [row for row in rows if not plan.cell(row, plan.id)]
        for tier in filter(None, (first, second, every)):
            hashes = {row: self._hash(row, tier) for row in rows}
            times = Counter(hashes.values())
            self._keys |= hashes
            rows = [row for row in rows if times[hashes[row]] > 1]
        self._uses: Counter[str] = Counter()

    def of(self, row: int) -> tuple[str, bool]:
        """Key of a row, and whether it is a further one of several that are equal cell by cell."""
        if row not in self._keys and self._plan.id is not None:
            return f"id {self._plan.cell(row, self._plan.id)}", False
        key = self._keys[row]
        self._uses[key] += 1
        number = self._uses[key]
        return f"content {key}" + (f" {number}" if number > 1 else ""), number > 1

    def _hash(self, row: int, columns: Sequence[Column]) -> str:
        cells = "\x1f".join([self._plan.cell(row, column) for column in columns])
        return sha256(cells.encode("utf-8", "replace")).hexdigest()[:16]
