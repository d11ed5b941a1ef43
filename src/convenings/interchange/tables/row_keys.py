"""By what the file knows each row of a table, so that its next version is known again: never by its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from convenings.domain.slugs import slug
from convenings.domain.text import fold
from convenings.interchange.reading import Reading
from convenings.interchange.tables.column_meanings import ROLES
from convenings.interchange.tables.mapping import Column
from convenings.interchange.tables.plan import Plan

_NAMES = frozenset(("title", "name", "family", "given"))
_MEETING = frozenset(("date", "start", *ROLES))
"""What a meeting without a title is known by; what it was about, and where, may be mended."""
_REST = frozenset(("date", "start", "time", "room", "place", "about", "affiliation", *ROLES))


_CORE = ("title", "name", "family", "given", "date", "start", "room")
"""Fields of which rows with one id say the same."""

_KIND_OF_ROWS = {"events": "event", "people": "person", "organisations": "organisation"}
"""What a table has to the kind of the records of its rows."""
Row = tuple[int, int]
"""Number of a table among those of a file, and index of a row in it."""


class Keys:
    """Gives the rows of a table their keys: an id, or else a hash of as few cells as tell it from all others.

    Args:
        plan: How the table is read.
        keys: Index of a row to its key.
    """

    def __init__(self, plan: Plan, keys: dict[int, str]) -> None:
        self._plan = plan
        self._keys = keys
        self._uses: Counter[str] = Counter()

    def of(self, row: int) -> tuple[str, bool]:
        """Key of a row, and whether it is a further one of several that are equal cell by cell."""
        key = self._keys[row]
        if row in self._plan.joins:
            return key, False
        if self._plan.id is not None and self._plan.cell(row, self._plan.id):
            return key, False
        self._uses[key] += 1
        number = self._uses[key]
        return key + (f" {number}" if number > 1 else ""), number > 1


def _joined(plans: Sequence[Plan], every: Sequence[dict[int, str]]) -> None:
    """Give rows that say more of the event of another row its key."""
    for plan, keys in zip(plans, every, strict=True):
        for row, (number, other) in plan.joins.items():
            if other in every[number]:
                keys[row] = every[number][other]


def keys_of(plans: Sequence[Plan], reading: Reading) -> list[Keys]:
    """The keys of the rows of tables, those of one kind told apart in all the sheets of a file.

    Args:
        plans: How the tables are read; where each sheet counts anew, its name becomes part of the system of its ids.
        reading: Told where they do.
    """
    every: list[dict[int, str]] = [{} for _ in plans]
    for kind in dict.fromkeys(plan.guess.kind for plan in plans):
        group = {number: plan for number, plan in enumerate(plans) if plan.guess.kind == kind}
        for (number, row), key in (_by_id(group, reading) | _by_content(group)).items():
            every[number][row] = key
    _joined(plans, every)
    return [Keys(plan, keys) for plan, keys in zip(plans, every, strict=True)]


def _by_id(plans: dict[int, Plan], reading: Reading) -> dict[Row, str]:
    """Keys of the rows that have an id: it alone, or with the sheet where it stands for something else in another."""
    rows: dict[str, list[Row]] = {}
    for number, plan in plans.items():
        if plan.id is not None:
            for row in plan.rows:
                if row not in plan.joins and (text := plan.cell(row, plan.id)):
                    rows.setdefault(text, []).append((number, row))
    shared = [text for text, ones in rows.items() if len({number for number, _ in ones}) > 1]
    contested = {text for text in shared if _is_contested(plans, rows[text])}
    if len(contested) * 2 > len(shared):
        contested = set(rows)
    first = _first_of(plans, rows, contested, reading)
    if contested and contested == set(rows):
        for number, plan in plans.items():
            if number != first:
                plan.family = f"{plan.family} {plan.sheet.name}".strip()
        reading.remark("Ids stand for something else in each sheet, and count only within it")
    return {
        (number, row): f"id {text}"
        + (f" of {plans[number].sheet.name or number}" if text in contested and number != first else "")
        for text, ones in rows.items()
        for number, row in ones
    }


def _first_of(plans: dict[int, Plan], rows: dict[str, list[Row]], contested: set[str], reading: Reading) -> int | None:
    """The table whose ids the dataset has without its name, as it was alone in the file once; None where none was.

    It is the one with the most rows that are called as the records are that were made for these ids then.
    """
    counts: Counter[int] = Counter()
    for text in contested:
        for number, row in rows[text]:
            kind = _KIND_OF_ROWS[plans[number].guess.kind]
            ref = reading.former_ref(kind, f"id {text}")
            if ref and ref.partition("/")[2].startswith(slug(_label(plans[number], row)) or "\n"):
                counts[number] += 1
    return counts.most_common(1)[0][0] if counts else None


def _label(plan: Plan, row: int) -> str:
    names = [plan.guess.first(field) for field in ("title", "name")]
    texts = [plan.cell(row, column) for column in names if column is not None]
    whole = " ".join(plan.cell(row, column) for column in plan.of("given", "family"))
    return next((text for text in (*texts, whole) if text.strip()), "")


def _is_contested(plans: dict[int, Plan], rows: Sequence[Row]) -> bool:
    """Whether rows of several sheets that have one id are called otherwise, or are at another time."""
    said: dict[str, str] = {}
    for number, row in rows:
        for field in _CORE:
            column = plans[number].guess.first(field)
            text = fold(plans[number].cell(row, column)) if column is not None else ""
            if text and said.setdefault(field, text) != text:
                return True
    return False


def _by_content(plans: dict[int, Plan]) -> dict[Row, str]:
    """Keys of the rows that have no id."""
    keys: dict[Row, str] = {}
    rows = [
        (number, row)
        for number, plan in plans.items()
        for row in plan.rows
        if row not in plan.joins and (plan.id is None or not plan.cell(row, plan.id))
    ]
    tiers = {number: _tiers(plan) for number, plan in plans.items()}
    for tier in range(3):
        hashes = {(number, row): _hash(plans[number], row, tiers[number][tier]) for number, row in rows}
        times = Counter(hashes.values())
        keys |= {one: f"content {text}" for one, text in hashes.items()}
        rows = [one for one in rows if times[hashes[one]] > 1]
    return keys


def _tiers(plan: Plan) -> tuple[list[Column], list[Column], list[Column]]:
    """Columns by which rows are told apart, the second where the first do not, and the third where neither does."""
    every = [column for column in plan.guess.columns if column not in plan.running]
    names = [column for column in every if column.field in _NAMES and not column.language]
    first = names or [column for column in every if column.field in _MEETING]
    second = [*names, *(column for column in every if column.field in _REST)]
    return first or second or every, second or every, every


def _hash(plan: Plan, row: int, columns: Sequence[Column]) -> str:
    cells = "\x1f".join([plan.cell(row, column) for column in columns])
    return sha256(cells.encode("utf-8", "replace")).hexdigest()[:16]
