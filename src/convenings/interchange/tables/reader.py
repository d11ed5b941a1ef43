"""From the tables of a file to records: what each is, how its columns are read, and the records of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.errors import BadInput
from convenings.domain.text import fold
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.tables.agents import Agents
from convenings.interchange.tables.cells import Sheet, column_letters
from convenings.interchange.tables.events import EventRows
from convenings.interchange.tables.grid import Grid, GridRows, grid_of
from convenings.interchange.tables.guess import guess_of
from convenings.interchange.tables.listed import ListRows
from convenings.interchange.tables.mapping import Guess, mapped_names, mapping_of
from convenings.interchange.tables.plan import plan_of
from convenings.interchange.tables.row_keys import keys_of


def read_sheets(sheets: Sequence[Sheet], file: ForeignFile, reading: Reading) -> None:
    """Make records of all tables of a file.

    Raises:
        BadInput: none of them is understood, or a column can be read in two ways.
    """
    agents = Agents(reading)
    tables: list[tuple[Sheet, Guess]] = []
    grids: list[tuple[Sheet, Grid]] = []
    left_out: list[Sheet] = []
    for sheet in sheets:
        for stray in sheet.strays:
            reading.skip(f"item {stray}", "it is no object")
        grid = grid_of(sheet, file.options)
        if grid is not None:
            grids.append((sheet, grid))
        elif (guess := guess_of(sheet, file.options, file.name)) is not None:
            tables.append((sheet, guess))
        else:
            left_out.append(sheet)
    if not tables and not grids:
        raise _not_understood(sheets, file)
    _expect_columns(tables, file)
    for sheet in left_out:
        name = f"Sheet {sheet.name}" if sheet.name else "A table"
        reading.remark(f"{name} ({len(sheet.rows)} rows) has no names of columns that are understood, and was left out")
    mapping: dict[str, str] = {}
    contested: set[str] = set()
    # Lists first, those of bodies before those of people: they say more of those whom the others only name.
    tables.sort(key=lambda each: ("organisations", "people", "events").index(each[1].kind))
    plans = [plan_of(sheet, guess, reading) for sheet, guess in tables]
    for plan, keys in zip(plans, keys_of(plans, reading), strict=True):
        sheet, guess = plan.sheet, plan.guess
        for column, words in mapping_of(guess, plan.dates).items():
            if mapping.setdefault(column, words) != words:
                contested.add(column)
        if guess.header > 0:
            where = f"Sheet {sheet.name}: the" if sheet.name else "The"
            reading.remark(f"{where} names of the columns are in row {guess.header + 1}")
        if guess.heading and not reading.source.title:
            reading.describe(title=" ".join(guess.heading[0].split())[:200])
        if guess.kind == "events":
            EventRows(plan, keys, reading, agents).read()
        else:
            ListRows(plan, keys, reading, agents).read()
        repeats = [column.name for column in guess.of("repeats")]
        if repeats:
            reading.remark(f"Columns that repeat another one cell by cell were left out: {', '.join(repeats)}")
    for sheet, grid in grids:
        GridRows(grid, sheet, reading, agents).read()
    reading.mapping |= {column: words for column, words in mapping.items() if column not in contested}
    for column in sorted(contested):
        reading.remark(f"Column {column}: it is not the same in all sheets, and --map would mean it in each of them")
    for column, names in agents.doubtful.items():
        _tell_doubt(column, list(names.values()).count("person"), len(names), reading)
    agents.finish()


def _tell_doubt(column: str, people: int, all_of_them: int, reading: Reading) -> None:
    """Say what the names were taken for of which no rule was sure."""
    bodies = all_of_them - people
    counts = (
        f"{people} as people and {bodies} as bodies" if people and bodies else "as people" if people else "as bodies"
    )
    names = "1 name is" if all_of_them == 1 else f"{all_of_them} names are"
    hint = f"--map '{column}=person', organisation or mixed settles it"
    reading.remark(f"Column {column}: {names} not surely that of a person or a body, and taken {counts}; {hint}")


def _not_understood(sheets: Sequence[Sheet], file: ForeignFile) -> BadInput:
    """That no table says what its columns are, with what they are called."""
    if not any(sheet.rows for sheet in sheets):
        return BadInput("there is nothing in it", file=file.name, hint="give a table with names of columns and rows")
    sheet = max(sheets, key=lambda each: len(each.rows))
    row = next((cells for cells in sheet.rows if any(cell.strip() for cell in cells)), [])
    names = [f"'{' '.join(cell.split())[:40]}'" for cell in row if cell.strip()][:8]
    what = f"no row has names of columns that are understood; the first one has {', '.join(names)}"
    hint = "say what each column is, by its name or letter, as in --map A=date --map B=speaker"
    return BadInput(what, file=file.name, hint=hint)


def _expect_columns(tables: Sequence[tuple[Sheet, Guess]], file: ForeignFile) -> None:
    """Refuse a mapping of a column that no table has.

    Raises:
        BadInput: naming the column.
    """
    from convenings.domain.errors import nearest

    settled = [column for _, guess in tables for column in guess.columns]
    names = {fold(column.name) or column.name for column in settled}
    letters = {column_letters(column.index) for column in settled}
    for name in mapped_names(file.options):
        bare = name.strip().upper().removeprefix("COLUMN ").strip()
        if (fold(name) or name) not in names and bare not in letters:
            near = nearest(name, [column.name for column in settled])
            hint = (
                f"perhaps '{near}' is meant"
                if near
                else "its columns are " + ", ".join(column.name for column in settled)
            )
            raise BadInput(f"there is no column '{name}'", file=file.name, place="--map", hint=hint)
