"""Columns that repeat for each of several sessions of a row: ``Session 1``, ``Session 1 time``, ``Session 2``."""

from __future__ import annotations

import re

import msgspec

from convenings.interchange.tables.column_meanings import ROLES, meaning_of
from convenings.interchange.tables.mapping import Column, Guess
from convenings.interchange.tables.plan import Plan
from convenings.interchange.tables.times import read_time

ELSEWHERE = "elsewhere"
"""Field of a column of another session of its rows."""
_NUMBER = re.compile(r"(?<![\d.])(\d{1,2})(?!\d)")
_SESSION = re.compile(r"(?i)\b(?:session|talk|vortrag|sesion|sesión|sitzung|exposé|workshop)\b|\d+")
_OF_SESSIONS = frozenset(
    ("title", "date", "start", "end", "time", "room", "place", "track", "type", "abstract", "description", "link",
     "duration")
)  # fmt: skip
"""Fields of a session that may stand in a column with its number."""


def sessions_across(guess: Guess) -> list[Guess]:
    """A table, once for each of the sessions whose columns repeat in its rows; the table alone where none do."""
    numbers: dict[int, str] = {}
    for column in guess.columns:
        match = _NUMBER.search(column.name)
        if match is not None and not column.name.endswith(f"({match[1]})"):
            numbers[column.index] = match[1].lstrip("0")
    titles = [column for column in guess.columns if column.field == "title" and not column.language]
    groups = list(dict.fromkeys(numbers.get(column.index, "") for column in titles))
    if guess.kind != "events" or len(groups) < 2 or len(groups) < len(titles) or "" in groups:
        return [guess]
    return [
        msgspec.structs.replace(
            guess, columns=tuple(_own(column, group, numbers.get(column.index)) for column in guess.columns)
        )
        for group in groups
    ]


def with_sessions(plan: Plan) -> Plan:
    """A plan with the rows that have the session alone; what numbers them numbers who is in them."""
    title = plan.guess.first("title")
    if title is not None:
        plan.rows = [row for row in plan.rows if plan.cell(row, title)]
    who = plan.guess.of(*ROLES)
    if plan.id is not None and who:
        plan.person_ids.setdefault(who[0].index, plan.id)
        plan.id = None
    return plan


def _own(column: Column, group: str, number: str | None) -> Column:
    """A column as the table of one session has it."""
    if number is None or column.field in ROLES:
        return column
    field = column.field or meaning_of(" ".join(_SESSION.sub(" ", column.name).split())).field
    if field == "time" and any(read_time(cell, packed=True) is None for cell in column.samples):
        # A day stands before the time.
        field = "start"
    if field not in _OF_SESSIONS:
        return column
    return msgspec.structs.replace(column, field=field if number == group else ELSEWHERE)
