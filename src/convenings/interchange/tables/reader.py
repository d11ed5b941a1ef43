"""From the tables of a file to records: what each is, how its columns are read, and the records of its rows."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from convenings.domain.errors import BadInput
from convenings.domain.text import fold
from convenings.interchange.reading import ForeignFile, Reading
from convenings.interchange.tables.agents import Agents
from convenings.interchange.tables.cells import Sheet, column_letters
from convenings.interchange.tables.column_meanings import ROLES
from convenings.interchange.tables.events import EventRows
from convenings.interchange.tables.grid import Grid, GridRows, grid_of
from convenings.interchange.tables.guess import guess_of, is_of_gifts
from convenings.interchange.tables.listed import ListRows
from convenings.interchange.tables.mapping import Guess, mapped_names, mapping_of
from convenings.interchange.tables.occasions import occasion_of
from convenings.interchange.tables.plan import Plan, plan_of
from convenings.interchange.tables.references import (
    Link,
    as_options,
    attend,
    join,
    links_of_table,
    meanings,
    sort_of,
    targets_of,
)
from convenings.interchange.tables.repeated import sessions_across, with_sessions
from convenings.interchange.tables.row_keys import keys_of
from convenings.interchange.tables.things import ThingRows


def read_sheets(sheets: Sequence[Sheet], file: ForeignFile, reading: Reading) -> None:
    """Make records of all tables of a file.

    Raises:
        BadInput: none of them is understood, or a column can be read in two ways.
    """
    agents = Agents(reading)
    tables: list[tuple[Sheet, Guess]] = []
    grids: list[tuple[Sheet, Grid]] = []
    left_out: list[Sheet] = []
    gifts: list[Sheet] = []
    for sheet in sheets:
        for stray in sheet.strays:
            reading.skip(f"item {stray}", "it is no object")
        grid = grid_of(sheet, file.options)
        if grid is not None:
            grids.append((sheet, grid))
        elif (guess := guess_of(sheet, file.options, file.name)) is not None and is_of_gifts(guess, file.options):
            gifts.append(sheet)
        elif guess is not None:
            tables.append((sheet, guess))
        else:
            left_out.append(sheet)
    tables, left_out, links = _linked(tables, left_out, file)
    if not tables and not grids and gifts:
        hint = "say with --map what a column is, if they stand for events all the same"
        raise BadInput("the table lists gifts, which are no events", file=file.name, hint=hint)
    if not tables and not grids:
        raise _not_understood(sheets, file)
    for sheet in gifts:
        reading.remark(f"Sheet {sheet.name} ({len(sheet.rows)} rows) lists gifts, which are no events: left out")
    _expect_columns(tables, file)
    for sheet in left_out:
        name = f"Sheet {sheet.name}" if sheet.name else "A table"
        reading.remark(f"{name} ({len(sheet.rows)} rows) has no names of columns that are understood, and was left out")
    mapping: dict[str, str] = {}
    contested: set[str] = set()
    plans: list[Plan] = []
    further: list[Plan] = []
    for number, (sheet, guess) in enumerate(tables):
        meant = meanings(sheet, guess, links[number])
        first, *others = sessions_across(guess)
        plans.append(plan_of(sheet, first, reading, number, meant))
        rows = plans[-1].rows
        further += [plan_of(sheet, other, reading, number, meant, rows) for other in others]
        if others:
            with_sessions(plans[-1])
    for plan in further:
        links.append([])
        plan.number = len(plans)
        plans.append(with_sessions(plan))
    for plan in plans:
        join(plan, links[plan.number])
    keys_of_plans = keys_of(plans, reading)
    # Lists first, those of bodies before those of people: they say more of those whom the others only name.
    for plan in sorted(plans, key=_turn):
        sheet, guess, keys = plan.sheet, plan.guess, keys_of_plans[plan.number]
        for column, words in mapping_of(guess, plan.dates).items():
            if mapping.setdefault(column, words) != words:
                contested.add(column)
        if guess.header > 0:
            where = f"Sheet {sheet.name}: the" if sheet.name else "The"
            reading.remark(f"{where} names of the columns are in row {guess.header + 1}")
        if guess.heading and not reading.source.title:
            reading.describe(title=" ".join(guess.heading[0].split())[:200])
        if (sort := sort_of(sheet, guess)) in ("room", "track"):
            ThingRows(plan, sort, reading, agents).read()
        elif guess.kind == "events":
            # Of several tables one may look at the records of another one.
            EventRows(plan, keys, reading, agents).read(is_alone=len(plans) == 1 and not grids and not links[0])
        else:
            # Beside a table of events a list is of those who are at them.
            is_alone = guess.kind == "people" and all(each.guess.kind != "events" for each in plans) and not grids
            ListRows(plan, keys, reading, agents, occasion_of(plan, file.name) if is_alone else None).read()
        repeats = [column.name for column in guess.of("repeats")]
        if repeats:
            reading.remark(f"Columns that repeat another one cell by cell were left out: {', '.join(repeats)}")
    for plan in plans:
        attend(plan, links[plan.number], plans, reading, agents)
    for sheet, grid in grids:
        GridRows(grid, sheet, reading, agents).read()
    reading.mapping |= {column: words for column, words in mapping.items() if column not in contested}
    for column in sorted(contested):
        reading.remark(f"Column {column}: it is not the same in all sheets, and --map would mean it in each of them")
    for column, names in agents.doubtful.items():
        _tell_doubt(column, list(names.values()).count("person"), len(names), reading)
    agents.finish()


def _linked(
    tables: list[tuple[Sheet, Guess]], others: list[Sheet], file: ForeignFile
) -> tuple[list[tuple[Sheet, Guess]], list[Sheet], list[list[Link]]]:
    """Tables, those among them that are understood by what they mean in others only; other sheets; links of the tables.

    Args:
        tables: Those that are understood by themselves.
        others: Sheets that are not.
        file: In which they stand.
    """
    targets = targets_of(tables)
    linked: list[tuple[Sheet, Guess]] = []
    links: list[list[Link]] = []
    for number, (sheet, guess) in enumerate(tables):
        ours = links_of_table(number, sheet, guess.header, guess, targets)
        again = _as_linked(sheet, ours, file) if ours else None
        linked.append((sheet, again or guess))
        links.append(ours if again else [])
    left_out: list[Sheet] = []
    for sheet in others:
        header = next((row for row, cells in enumerate(sheet.rows) if any(map(str.strip, cells))), -1)
        ours = links_of_table(-1, sheet, header, None, targets)
        again = _as_linked(sheet, ours, file) if len(ours) > 1 else None
        if again is None:
            left_out.append(sheet)
        else:
            linked.append((sheet, again))
            links.append(ours)
    return linked, left_out, links


def _as_linked(sheet: Sheet, links: Sequence[Link], file: ForeignFile) -> Guess | None:
    """What a table is whose columns mean other tables; one that names events of another one has rows of events, too."""
    guess = guess_of(sheet, as_options(links, sheet, file.options), file.name)
    if guess is None:
        return None
    linked = {link.column.name for link in links if link.field == "linked"}
    columns = tuple(
        msgspec.structs.replace(column, field="linked") if column.name in linked else column for column in guess.columns
    )
    is_joined = any(link.field == "id" for link in links) and guess.of(*ROLES)
    return msgspec.structs.replace(guess, columns=columns, kind="events" if is_joined else guess.kind)


def _turn(plan: Plan) -> tuple[int, bool]:
    """When a table is read among those of a file: what says more of the rows of another one after it."""
    return ("organisations", "people", "events").index(plan.guess.kind), bool(plan.joins)


def _tell_doubt(column: str, people: int, all_of_them: int, reading: Reading) -> None:
    """Say what the names were taken for of which no rule was sure."""
    bodies = all_of_them - people
    counts = (
        f"{people} as people and {bodies} as organisations"
        if people and bodies
        else f"as {'people' if people else 'organisations'}"
    )
    names = "1 name is" if all_of_them == 1 else f"{all_of_them} names are"
    hint = f"--map '{column}=person', organisation or mixed settles it"
    reading.remark(f"Column {column}: {names} not surely of a person or an organisation, and taken {counts}; {hint}")


def _not_understood(sheets: Sequence[Sheet], file: ForeignFile) -> BadInput:
    """That no table says what its columns are, with what they are called."""
    if not any(sheet.rows for sheet in sheets):
        return BadInput("there is nothing in it", file=file.name, hint="give a table with names of columns and rows")
    sheet = max(sheets, key=lambda each: len(each.rows))
    row = next((cells for cells in sheet.rows if any(cell.strip() for cell in cells)), [])
    if row and row[0].lstrip("\ufeff ").casefold().startswith(("<!doctype html", "<html")):
        hint = "whoever gives it out may ask to sign in first; open its address in a browser, and save the table"
        return BadInput("this is a web page, and no table", file=file.name, hint=hint)
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
