"""How the rows of a table are read, as all its cells settle it, before the first record is made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import msgspec

from convenings.domain.text import fold
from convenings.interchange.reading import Reading
from convenings.interchange.tables.agents import AgentKind
from convenings.interchange.tables.bodies import has_form_of_person, is_body
from convenings.interchange.tables.cells import Sheet
from convenings.interchange.tables.column_meanings import ROLES, meaning_of
from convenings.interchange.tables.day_order import dates_of, is_serial
from convenings.interchange.tables.days import Dates
from convenings.interchange.tables.mapping import Column, Guess
from convenings.interchange.tables.parties import People, comma_of, list_of, with_suffixes
from convenings.interchange.tables.times import read_time

DATE_FIELDS = ("date", "end-date", "start", "end")
_RUNNING = frozenset(("", "no", "nr", "num", "number", "row", "row number", "lfd nr", "n", "reihe", "numero"))
"""Names of columns that count rows, which are no ids."""
_TOTALS = frozenset(
    [
        "total",
        "totals",
        "sum",
        "subtotal",
        "grand",
        "average",
        "mean",
        "count",
        "summe",
        "gesamt",
        "insgesamt",
        "zwischensumme",
        "endsumme",
        "somme",
        "suma",
        "media",
        "promedio",
        "moyenne",
        "gesamtzahl",
    ]
)
_folded = lru_cache(maxsize=4096)(fold)
"""Of first cells, which most tables repeat: a day, or who was there."""
_NUMBER = re.compile(r"[-+]?[\d.,'\s]+%?")
MOST_OF_SAMPLE = 20_000
"""Cells by which what a comma does in a column is settled."""


class Plan(msgspec.Struct):
    """How the rows of a table are read."""

    sheet: Sheet
    guess: Guess
    rows: list[int]
    """Indexes of the rows that hold something, without names of columns and totals."""
    people: dict[int, People]
    """Index of a column of who to how it is read."""
    defaults: dict[int, AgentKind]
    """Index of a column of who to what a name in it is of which no rule is sure."""
    dates: dict[int, Dates]
    """Index of a column of dates to how it is read."""
    id: Column | None = None
    """The column by which rows are known."""
    person_ids: dict[int, Column] = {}
    """Index of a column of who to the one that numbers those in it."""
    shared_ids: list[Column] = []
    """Columns of ids that several rows share, and that number nobody."""
    running: list[Column] = []
    """Columns that count rows, and say nothing."""
    year: int | None = None
    """The one that stands above the table."""
    family: str = ""
    """What files like this one have in common in their names; the system in which its ids count."""
    number: int = 0
    """Of the table among those of the file."""
    meant: dict[tuple[int, str], str] = {}
    """Index of a column and cell to what it says of the rows of another table that it means."""
    joins: dict[int, tuple[int, int]] = {}
    """Row to the table and row of the event that it says more of."""
    refs: dict[int, str] = {}
    """Row to the id of its event, once it is read."""
    titles: dict[int, str] = {}
    """Row to what that event is called."""
    fields: dict[tuple[str, ...], list[Column]] = {}

    def of(self, *fields: str) -> list[Column]:
        """Columns with one of some fields; asked for in each row."""
        columns = self.fields.get(fields)
        if columns is None:
            columns = self.fields[fields] = self.guess.of(*fields)
        return columns

    def cell(self, row: int, column: Column) -> str:
        """A cell without the space around it; empty where the row is too short."""
        cells = self.sheet.rows[row]
        text = cells[column.index].strip() if column.index < len(cells) else ""
        if column.behind is not None:
            return f"{text} {cells[column.behind].strip() if column.behind < len(cells) else ''}".strip()
        return self.meant.get((column.index, text), text) if self.meant else text

    def cells(self, column: Column) -> Iterator[tuple[str, str]]:
        """Place and text of the cells of a column that are not empty, each text once, where it stands first.

        Only of columns that stand for themselves, as dates do.
        """
        rows, index = self.sheet.rows, column.index
        read: set[str] = set()
        for row in self.rows:
            cells = rows[row]
            if index < len(cells) and (text := cells[index].strip()) and text not in read:
                read.add(text)
                yield self.sheet.place(row), text

    def texts(self, column: Column) -> list[str]:
        """Cells of a column that are not empty."""
        if column.behind is not None or self.meant:
            return [text for row in self.rows if (text := self.cell(row, column))]
        rows, index = self.sheet.rows, column.index
        return [text for row in self.rows if index < len(rows[row]) and (text := rows[row][index].strip())]


def plan_of(
    sheet: Sheet,
    guess: Guess,
    reading: Reading,
    number: int = 0,
    meant: Mapping[tuple[int, str], str] | None = None,
    full: Sequence[int] | None = None,
) -> Plan:
    """How a table is read.

    Args:
        sheet: The table.
        guess: What it is.
        reading: Told of what is left out.
        number: Of the table among those of the file.
        meant: As :attr:`Plan.meant`.
        full: As :attr:`Plan.rows`, where it is settled which rows hold something.

    Raises:
        BadInput: a column of dates can be read in two orders.
    """
    rows = list(full) if full is not None else list(_full_rows(sheet, guess, reading))
    family = family_of(reading.file.name)
    plan = Plan(sheet, guess, rows, {}, {}, {}, family=family, number=number, meant=dict(meant or {}))
    file = reading.file.name
    for column in guess.of(*ROLES, "name"):
        plan.people[column.index] = _people(plan, column, reading)
        plan.defaults[column.index] = _default(plan, column)
    for column in guess.of(*DATE_FIELDS):
        # Whoever is listed has a post for years, and no time of the day: "2019" is a year there.
        if column.field in ("start", "end") and guess.kind == "events" and not _has_days(plan, column):
            continue
        serial = _is_serial(plan, column)
        dates = dates_of(plan.cells(column), column.name, column.dates, file, is_1904=sheet.is_1904, serial=serial)
        if serial:
            reading.remark(f"Column {column.name}: numbers were read as days by their number in the workbook")
        elif not dates.serials and (texts := plan.texts(column)) and all(map(is_serial, texts)):
            what = f"'{texts[0]}' and the like may be days by their number in a spreadsheet, and are left out"
            how = "--dates excel reads them as days since 1900, --dates excel-1904 since 1904"
            reading.remark(f"Column {column.name}: {what}; {how}")
        elif dates.order:
            reading.remark(f"Column {column.name}: dates were read with the {dates.order.replace('-', ' ')}")
        plan.dates[column.index] = dates
    _settle_ids(plan, reading)
    years = {year for text in guess.heading for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)}
    plan.year = int(years.pop()) if len(years) == 1 else None
    return plan


def _full_rows(sheet: Sheet, guess: Guess, reading: Reading) -> Iterator[int]:
    """Indexes of the rows below the header that hold something; totals and faulty rows are told and left out."""
    start = guess.header + 1
    header = [fold(cell) for cell in sheet.rows[guess.header]] if guess.header >= 0 else []
    width = len(header) if header else sheet.width
    while header and not header[-1]:
        header.pop()
    # Of most rows the first cell says that they name no columns.
    first = header[0] if header else ""
    lacking = {} if sheet.fills or not sheet.spans or sheet.is_objects else _lacking(sheet, start, width)
    for index in range(start, len(sheet.rows)):
        cells = sheet.written(index)
        full = sum(bool(cell.strip()) for cell in cells)
        if not full:
            continue
        if header and not sheet.is_objects and _names_columns(cells, header, first):
            reading.skip(sheet.place(index), "it names the columns again")
        elif _is_total(cells, full):
            reading.skip(sheet.place(index), "it is a row of totals", raw_of(sheet, index, reading, guess.header))
        elif any(cell.strip() for cell in cells[width:]):
            what = f"it has {len(cells)} cells, and there are {width} columns"
            reading.skip(sheet.place(index), what, raw_of(sheet, index, reading, guess.header))
        elif index in lacking:
            what = f"it has {lacking[index]} cells only, and there are {width} columns"
            reading.skip(sheet.place(index), what, raw_of(sheet, index, reading, guess.header))
        else:
            yield index


def _names_columns(cells: Sequence[str], header: list[str], first: str) -> bool:
    """Whether a row has the names of columns."""
    if len(cells[0]) > 2 * len(first) + 8 or _folded(cells[0]) != first:
        return False
    return [fold(cell) for cell in cells[: len(header)]] == header


def _lacking(sheet: Sheet, start: int, width: int) -> dict[int, int]:
    """Rows with too few cells to their number; none where so many have that empty cells at the end are left out."""
    short = {
        index: len(sheet.rows[index]) for index in range(start, len(sheet.rows)) if 0 < len(sheet.rows[index]) < width
    }
    short = {index: count for index, count in short.items() if any(cell.strip() for cell in sheet.rows[index])}
    full = len(sheet.rows) - start
    return {} if len(short) > 3 and len(short) * 10 > full else short


def _is_total(cells: Sequence[str], full: int) -> bool:
    """Whether a row sums up the others: its first cell says so, and the others are numbers or empty."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    first = _folded(texts[0]).split()
    if not first or first[0] not in _TOTALS or len(first) > 4:
        return False
    numbers = sum(bool(_NUMBER.fullmatch(text)) for text in texts[1:])
    return numbers == len(texts) - 1 and (numbers > 0 or any(char.isdigit() for char in texts[0]) or ":" in texts[0])


def raw_of(sheet: Sheet, index: int, reading: Reading, header: int) -> str:
    """A row as it stands in the file; of a workbook its cells, with tabs between them."""
    if sheet.spans and sheet.spans[index][1]:
        start, end = sheet.spans[index]
        return reading.file.data[start:end].decode("utf-8", "replace")
    row = _line(sheet.rows[index])
    # Rows that are mended and imported again need the names of their columns, once.
    is_first = not any(skipped.raw for skipped in reading.skipped)
    return f"{_line(sheet.rows[header])}\n{row}" if is_first and 0 <= header < index else row


def _line(cells: Sequence[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _people(plan: Plan, column: Column, reading: Reading) -> People:
    """How the cells of a column of who are read."""
    kind = column.kind or ("organisation" if plan.guess.kind == "organisations" else "person")
    texts = list(islice(dict.fromkeys(plan.texts(column)), MOST_OF_SAMPLE))
    comma = comma_of(texts, kind)
    if column.separates is not None:
        comma = "separates" if column.separates else "belongs"
    prefix = len(texts) > 1 and all(re.match(r"\d+\s*:\s*\S", text) for text in texts)
    if comma == "separates":
        reading.remark(f"Column {column.name}: commas were read as standing between people")
    elif comma == "inverts":
        reading.remark(f"Column {column.name}: names were read as family name, comma, given name")
    elif (
        comma == "belongs"
        and column.field != "name"
        and (count := sum(list_of(text) is None and len(with_suffixes(text.split(","))) > 1 for text in texts))
    ):
        cells = "1 cell has a comma" if count == 1 else f"{count} different cells have a comma"
        how = f"--map '{column.name}={column.field} separate'"
        reading.remark(f"Column {column.name}: {cells} that was taken as part of a name; {how} separates by it")
    return People(comma=comma, kind=kind, prefix=prefix)


def _default(plan: Plan, column: Column) -> AgentKind:
    """What the names of a column are of which no rule is sure: what most of the others are."""
    if column.kind in ("person", "organisation"):
        return "person" if column.kind == "person" else "organisation"
    if column.field in ("organiser", "sponsor"):
        return "organisation"
    if column.field == "name":
        return "organisation" if plan.guess.kind == "organisations" else "person"
    counts: Counter[AgentKind] = Counter()
    people = plan.people[column.index]
    cells = islice(dict.fromkeys(plan.texts(column)), 2000)
    for name in dict.fromkeys(party.name for cell in cells for party in people.read(cell).parties):
        sure = is_body(name)
        if sure is not None:
            counts["organisation" if sure else "person"] += 1
        elif has_form_of_person(name):
            # A name of the usual form is half a reason.
            counts["person"] += column.field in ("who", "attendee", "host")
    return "organisation" if counts["organisation"] > counts["person"] else "person"


def _has_days(plan: Plan, column: Column) -> bool:
    """Whether a column of beginnings or ends has days, and not times alone."""
    texts = list(islice(plan.texts(column), 50))
    return sum(read_time(text, packed=True) is None for text in texts) * 2 > len(texts)


def _is_serial(plan: Plan, column: Column) -> bool:
    """Whether a column of a workbook has days by their number, as nothing but plain numbers of the size stand in it."""
    numeric = [row for row in plan.rows if (row, column.index) in plan.sheet.numeric]
    if not numeric:
        return False
    values = [plan.cell(row, column) for row in numeric]
    return all(map(is_serial, values))


def _settle_ids(plan: Plan, reading: Reading) -> None:
    """Settle what each column of ids numbers: the rows, somebody in them, or neither.

    It numbers the rows where its cells differ, or the rows with one id say the same of an event.
    """
    core = [column for column in plan.guess.columns if column.field in ("title", "date", "start", "room", "name")]
    for column in plan.guess.of("id"):
        texts = plan.texts(column)
        is_running = [str(number) for number in range(1, len(plan.rows) + 1)] == texts
        if not texts or (is_running and fold(column.name.replace("#", "")) in _RUNNING):
            plan.running.append(column)
            continue
        first: dict[str, tuple[str, ...]] = {}
        numbers_rows = all(
            first.setdefault(text, cells := tuple(plan.cell(row, each) for each in core)) == cells
            for row in plan.rows
            if (text := plan.cell(row, column))
        ) and (len(first) == len(texts) or bool(core and plan.id is None))
        if numbers_rows and not (plan.guess.kind == "events" and _is_of_who(column)):
            if plan.id is None and len(texts) * 5 >= len(plan.rows) * 4:
                plan.id = column
            elif len(first) < len(texts):
                plan.shared_ids.append(column)
        elif (owner := _numbered_by(plan, column)) is not None:
            plan.person_ids[owner.index] = column
        else:
            plan.shared_ids.append(column)
            if plan.id is None and not numbers_rows:
                what = "rows that differ have the same id, so it is not by it that rows are known"
                reading.remark(f"Column {column.name}: {what}")


def _is_of_who(column: Column) -> bool:
    """Whether a column of ids is called after those whom it numbers: ``Speaker ID``."""
    return meaning_of(re.sub(r"[\W_]*(?:ids?|uuids?|guids?|#)$", "", column.name, flags=re.IGNORECASE)).field in ROLES


def _numbered_by(plan: Plan, column: Column) -> Column | None:
    """The column of who whose cells an id stands for, each always the same."""
    for who in plan.guess.of(*ROLES):
        there: dict[str, str] = {}
        back: dict[str, str] = {}
        if all(
            there.setdefault(text, name) == name and back.setdefault(name, text) == text
            for row in plan.rows
            if (text := plan.cell(row, column)) and (name := plan.cell(row, who))
        ):
            return who
    return None


def family_of(name: str) -> str:
    """What the files of one kind have in common in their names: without folder, ending and numbers."""
    stem = re.sub(r"(\.(gz|csv|tsv|tab|txt|json|jsonl|ndjson|xlsx|xlsm|xls|ods))+$", "", name, flags=re.IGNORECASE)
    return re.sub(r"[\s_.-]*\d+[\s_.-]*", "-", stem).strip("-_ .") or "table"
