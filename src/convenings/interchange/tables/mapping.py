"""The columns of a table with what they mean, and what the user says that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from convenings.domain.errors import BadInput, nearest
from convenings.domain.text import fold
from convenings.interchange.tables.cells import column_letters
from convenings.interchange.tables.column_meanings import FIELDS, ROLES
from convenings.interchange.tables.day_order import ORDERS, SERIALS
from convenings.interchange.tables.days import Dates
from convenings.interchange.tables.parties import WhoKind

RowKind = Literal["events", "people", "organisations"]
_KINDS: tuple[WhoKind, ...] = ("person", "organisation", "mixed")
_OTHER_WORDS = {"organization": "organisation", "people": "person", "-": "ignore", "none": "ignore"}
"""What people write for a field or kind besides what it is called here."""
_COMMAS = ("separate", "whole")
_DATED = ("date", "end-date", "start", "end")
WHO_WORDS = {
    "person": "people stand in it",
    "organisation": "organisations stand in it",
    "mixed": "people and organisations stand in it",
    "separate": "commas stand between those in it",
    "whole": "commas are part of the names in it",
}
"""What can be said of a column of who besides its field."""
DATE_WORDS = {
    "day-first": "3/4/2020 is 3 April",
    "month-first": "3/4/2020 is 4 March",
    "year-first": "20/4/3 is 3 April 2020",
    "excel": "43894 is 4 March 2020, as days are counted since 1900",
    "excel-1904": "42432 is 4 March 2020, as days are counted since 1904",
}
"""What can be said of a column of dates besides its field, or of all of them."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a table."""

    index: int
    """From 0."""
    name: str
    """As the file has it, made unique; of one without a name what spreadsheets call it: ``column D``."""
    field: str = ""
    """Key of :data:`~convenings.interchange.tables.column_meanings.FIELDS`; empty where there is no home for it."""
    kind: WhoKind | None = None
    """Of a column of who, who stands in it."""
    is_settled: bool = False
    """Whether the user said what it is."""
    is_kind_settled: bool = False
    """Whether the user said who stands in it."""
    separates: bool | None = None
    """Whether a comma separates people in it, where the user said so."""
    dates: str = ""
    """How the user said that dates in it are read, one of ``ORDERS`` or ``SERIALS``."""
    language: str = ""
    """BCP 47, of a translation."""
    behind: int | None = None
    """Of given names, index of the column with the family names that belong behind them."""
    samples: tuple[str, ...] = ()
    """Some of its cells."""


class Guess(msgspec.Struct, frozen=True, kw_only=True):
    """What a table is."""

    sheet: str
    """Its name; empty where the file has one table."""
    header: int
    """Index of the row with the names of columns; -1 where there is none."""
    kind: RowKind
    """What a row is."""
    columns: tuple[Column, ...]
    heading: tuple[str, ...] = ()
    """Texts that stand above the names of the columns."""

    def of(self, *fields: str) -> list[Column]:
        """Columns with one of some fields."""
        return [column for column in self.columns if column.field in fields]

    def first(self, field: str) -> Column | None:
        """The first column with a field."""
        return next((column for column in self.columns if column.field == field and not column.language), None)


def mapping_of(guess: Guess, dates: Mapping[int, Dates]) -> dict[str, str]:
    """Column to what it was taken for, as ``--map`` takes it; ``ignore`` where it has no home.

    Args:
        guess: What the table is.
        dates: Index of a column of dates to how it is read.
    """
    mapping: dict[str, str] = {}
    for column in guess.columns:
        if not column.field or column.field in FIELDS:
            words = [column.field or "ignore" if column.behind is None else "given"]
            if column.kind is not None and (column.is_kind_settled or column.kind == "mixed"):
                words.append(column.kind)
            if column.separates is not None:
                words.append("separate" if column.separates else "whole")
            if column.index in dates and (said := column.dates or dates[column.index].order):
                words.append(said)
            mapping[column.name] = " ".join(words)
    return mapping


def words_beside(words: str) -> Mapping[str, str]:
    """What else can be said of a column that is mapped so, to what it means."""
    fields = words.split()
    if any(field in fields for field in _DATED):
        return DATE_WORDS
    return WHO_WORDS if any(field in fields for field in ("name", *ROLES)) else {}


def with_word(words: str, word: str) -> str:
    """How a column is mapped, with another field, or another word besides it."""
    for alike in (_KINDS, _COMMAS, (*ORDERS, *SERIALS)):
        if word in alike:
            return " ".join([*(each for each in words.split() if each not in alike), word])
    return word


def with_dates(words: str, said: str) -> str:
    """How a column is mapped, where dates are read as is said now of all of them."""
    return with_word(words, said) if any(word in DATE_WORDS for word in words.split()) else words


def mapped_names(options: Mapping[str, str]) -> dict[str, str]:
    """Names of columns that the user mapped, to what they were mapped to."""
    return {key.removeprefix("map."): value for key, value in options.items() if key.startswith("map.")}


def letter_of(name: str, width: int) -> int | None:
    """Index of the column that a spreadsheet calls so: ``B``, ``column B``."""
    letters = name.strip().upper().removeprefix("COLUMN ").strip()
    return next((index for index in range(min(width, 702)) if column_letters(index) == letters), None)


def as_mapped(columns: list[Column], options: Mapping[str, str], file: str) -> tuple[list[Column], bool]:
    """Columns as the user mapped them, and whether any was."""
    mapped = mapped_names(options)
    by_name = {fold(column.name) or column.name: number for number, column in reversed(list(enumerate(columns)))}
    for name, words in mapped.items():
        number = by_name.get(fold(name) or name)
        if number is None:
            index = letter_of(name, max((column.index for column in columns), default=-1) + 1)
            number = next((at for at, column in enumerate(columns) if column.index == index), None)
        if number is None:
            # Of several files or sheets one has the column.
            continue
        columns[number] = _mapped(columns[number], words, columns, file)
    # What is said of all dates is said of those columns of which nothing is said.
    dates = options.get("dates", "")
    return [msgspec.structs.replace(each, dates=each.dates or dates) for each in columns], bool(mapped)


def _mapped(column: Column, words: str, columns: Sequence[Column], file: str) -> Column:
    """A column as the user mapped it: ``speaker``, ``with organisation``, ``mixed separate``, ``date day-first``."""
    field, kind, separates, dates = "", None, None, ""
    for typed in re.split(r"[\s,]+", words.strip().casefold()):
        word = _OTHER_WORDS.get(typed, typed)
        if word in _KINDS:
            kind = next(each for each in _KINDS if each == word)
        elif word in _COMMAS:
            separates = word == "separate"
        elif word in (*ORDERS, *SERIALS):
            dates = word
        elif word in FIELDS:
            field = word
        elif word:
            known = [*FIELDS, *_KINDS, *ORDERS, *SERIALS]
            near = nearest(word, known)
            hint = f"perhaps '{near}' is meant" if near else f"write one of {', '.join(known)}"
            raise BadInput(f"'{word}' is no field", file=file, place=f"--map {column.name}", hint=hint)
    if not field and (kind or separates is not None):
        field = column.field if column.field in ROLES else "with"
        has_people = any(each.field in ROLES or each.field == "name" for each in columns if each is not column)
        if kind == "organisation" and column.field in ("organisation", "affiliation") and has_people:
            field = "affiliation"
        elif column.field in ("name", "organisation") and not has_people:
            field = column.field
    return msgspec.structs.replace(
        column,
        field=field or column.field,
        kind=kind,
        separates=separates,
        dates=dates,
        is_settled=True,
        is_kind_settled=kind is not None,
    )
