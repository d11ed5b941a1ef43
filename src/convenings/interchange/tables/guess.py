"""What a table is and what each of its columns means: a guess that people see, change and keep."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from convenings.domain.text import fold
from convenings.interchange.tables.bodies import is_body
from convenings.interchange.tables.cell_meanings import YES_OR_NO
from convenings.interchange.tables.cells import Sheet, column_letters
from convenings.interchange.tables.column_meanings import ROLES, Meaning, meaning_of
from convenings.interchange.tables.column_names import BARE_TITLES
from convenings.interchange.tables.days import WEEKDAY_OF_WORD
from convenings.interchange.tables.lists import (
    EVENT_SIGNS,
    PEOPLE_ONLY,
    PERSON_SIGNS,
    are_people,
    listed,
    with_committee,
    with_posts,
    with_terms,
    with_whole_names,
    without_terms,
)
from convenings.interchange.tables.mapping import Column, Guess, RowKind, as_mapped, letter_of, mapped_names

HEADER_ROWS = 30
"""Rows from the top among which the names of columns are looked for."""
_SAMPLE = 400
"""Rows by whose contents a column is judged."""
_OF_LISTED = frozenset(
    ("", "ignore", "id", "name", "date", "start", "end", "time", "e-mail", "telephone", "home-address", "birth",
     "gender", "affiliation", "organisation", "post", "role", "country", "city", "address", "link", "handle", "image",
     "honorific", "term-start", "term-end", "description")
)  # fmt: skip
"""Fields that a list of people may have: a day in it is when they came, or were written down."""
_BLOCKS = frozenset(
    ("session", "session name", "session title", "sitzung", "block", "sesion", "titre de la session", "sessão")
)
_HOUSES = frozenset(("department", "ministry"))
_GIFTS = frozenset(
    ("gift", "gifts", "description of gift", "geschenk", "geschenke", "cadeau", "cadeaux", "regalo", "regalos")
)
_BODY_WORDS = ("organi", "company", "firma", "verein", "body")
_TERMS = frozenset(("date", "start", "end", "end-date"))
"""Fields that say of an event when it is, and of a post when it was held."""
_COMPANIES = frozenset(
    ("company", "companies", "company name", "empresa", "entreprise", "etablissement", "firma", "institution",
     "institutions", "unternehmen")
)  # fmt: skip
"""Names of columns that have the body of a person, and in the diary of a host the one that they met."""


def guess_of(sheet: Sheet, options: Mapping[str, str], file: str) -> Guess | None:
    """What a table is; None where the names of its columns say too little.

    Args:
        sheet: The table.
        options: ``map.COLUMN`` to a field, with ``person``, ``organisation`` or ``mixed`` behind or instead of it.
        file: Name of the file, for messages.

    Raises:
        BadInput: a column is mapped to a field that there is not.
    """
    header = header_of(sheet, options)
    if header is None:
        return None
    columns = _columns(sheet, header)
    columns, is_any = as_mapped(columns, options, file)
    columns = _settled(columns, sheet, header)
    kind = _row_kind(columns, sheet, header)
    columns = without_terms(columns)
    if kind == "people":
        columns = with_posts(with_committee(columns))
    elif kind == "events":
        columns = with_whole_names(columns)
    columns = [_with_kind(column, kind) for column in columns]
    fields = {column.field for column in columns} - {"", "ignore", "id", "link"}
    if not fields or (len(fields) < 2 and sheet.width > 1 and not is_any and not fields & {"title", "name"}):
        return None
    heading = tuple(cell for row in range(header) for cell in sheet.written(row) if cell.strip())
    return Guess(sheet=sheet.name, header=header, kind=kind, columns=tuple(columns), heading=heading[:20])


def is_of_gifts(guess: Guess, options: Mapping[str, str]) -> bool:
    """Whether a table lists what somebody was given or gave, and nothing that took place."""
    names = [fold(column.name) for column in guess.columns]
    has_gifts = any(name in _GIFTS or name.startswith(("date gift", "gift ", "gifts ")) for name in names)
    return has_gifts and not mapped_names(options) and not guess.of("title", "about", "room")


def header_of(sheet: Sheet, options: Mapping[str, str]) -> int | None:
    """Index of the row with the names of the columns: that in which the most names are understood.

    -1 where there is none, and the user mapped columns by their letters; None where there is none.
    """
    if sheet.is_objects:
        return 0
    wanted = {fold(name) for name in mapped_names(options)}
    best, most = None, 0.0
    width = sheet.width
    for index in range(min(len(sheet.rows), HEADER_ROWS)):
        cells = [cell.strip() for cell in sheet.written(index)]
        short = [cell for cell in cells if cell and len(cell) <= 80]
        fields = {meaning_of(cell).field for cell in short} - {""}
        score = len(fields) + 2 * len(wanted & {fold(cell) for cell in short})
        # A row of the table may have a word or two that names a column elsewhere.
        if score > most and (score >= 2 or (width == 1 and score) or len(short) == len(cells) > 1):
            best, most = index, score
    if best is None and wanted and all(letter_of(name, width) is not None for name in mapped_names(options)):
        return -1
    return best


def _columns(sheet: Sheet, header: int) -> list[Column]:
    """The columns of a table with what their names mean."""
    names = sheet.rows[header] if header >= 0 else []
    columns: list[Column] = []
    seen: dict[str, int] = {}
    for index in range(sheet.width):
        cell = " ".join((names[index] if index < len(names) else "").split())
        samples = _samples(sheet, header, index)
        if not cell and not samples:
            continue
        name = cell or f"column {column_letters(index)}"
        seen[name] = seen.get(name, 0) + 1
        unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
        meaning = meaning_of(cell) if cell else Meaning("")
        columns.append(
            Column(index=index, name=unique, field=meaning.field, language=meaning.language, samples=samples)
        )
    return columns


def _samples(sheet: Sheet, header: int, index: int) -> tuple[str, ...]:
    cells: list[str] = []
    for row in sheet.rows[header + 1 : header + 1 + _SAMPLE]:
        if index < len(row) and (cell := row[index].strip()):
            cells.append(cell)
            if len(cells) == 60:
                break
    return tuple(cells)


def _settled(columns: list[Column], sheet: Sheet, header: int) -> list[Column]:
    """Columns whose names mean one thing in one table and another elsewhere, as the other columns have it."""
    columns = listed(with_terms([_counted(column) for column in columns]))
    fields = {column.field for column in columns}
    new = list(columns)

    def change(number: int, field: str) -> None:
        if not new[number].is_settled:
            new[number] = msgspec.structs.replace(new[number], field=field)

    has_person_name = "name" in fields or {"family", "given"} <= fields
    for number, column in enumerate(columns):
        if column.is_settled or column.language:
            continue
        name = fold(column.name)
        if column.field == "name":
            change(number, _name_field(fields, columns))
        elif name in _HOUSES and "with" in fields and "host" not in fields:
            # The house is who met them, and not for whom they came.
            change(number, "host")
        elif column.field == "title" and name in _BLOCKS and _repeats_beside(column, columns):
            change(number, "event")
        elif column.field == "date" and name in ("day", "tag", "jour", "dia") and _says_part(column):
            change(number, "weekday")
        elif column.field == "title" and name in BARE_TITLES:
            if (
                has_person_name
                and not fields & (EVENT_SIGNS - {"speaker"})
                and not fields & {"description", "topic", "event"}
            ) or (fields & {"host", "name"} and fields & {"about"} and "speaker" not in fields and _repeats(column)):
                change(number, "post")
        elif (column.field == "event" or name == "summary") and not fields & {"title", "name", "event"} - {
            column.field
        }:
            change(number, "title")
        elif column.field == "organisation" or (name in _COMPANIES and _is_diary(fields)):
            change(number, _organisation_field(fields, columns))
        elif (
            column.field == "about"
            and name in ("thema", "topic", "subject", "theme", "tema", "sujet", "issue")
            and "title" not in fields
        ):
            # Of a talk it is what the talk is called.
            if (
                fields & {"speaker", "presenter", "trainer"}
                and not fields & {"host", "with"}
                and "abstract" not in fields
            ):
                change(number, "title")
        elif column.field == "country" and fields & {"host"} and not _is_beside_place(columns, number):
            change(number, "")
        elif column.field == "who" and "host" in fields and "with" not in fields:
            change(number, "with")
        elif column.field == "time" and not any(char.isdigit() for cell in column.samples for char in cell):
            change(number, "")
    return [_by_content(column) for column in _without_repeats(new, sheet, header)]


def _counted(column: Column) -> Column:
    """A column; one that is called after people and says how many or whether they came has the names of nobody."""
    if column.field not in ROLES or column.is_settled or not column.samples:
        return column
    if all(fold(cell) in YES_OR_NO for cell in column.samples):
        return msgspec.structs.replace(column, field="")
    if all(re.fullmatch(r"(?:ca\.?|approx\.?|~|\+)?\s?\d[\d.,' ]*\+?", cell) for cell in column.samples):
        return msgspec.structs.replace(column, field="attendance" if column.field in ("attendee", "who") else "")
    return column


def _name_field(fields: set[str], columns: Sequence[Column]) -> str:
    """What a column that is called "name" holds."""
    if fields & {"host", "about"} and "date" in fields and "with" not in fields and "who" not in fields:
        return "with"
    has_title = "title" in fields
    other_people = fields & (PEOPLE_ONLY | {"with", "who", "attendee", "organiser"})
    if (
        has_title
        and fields & {"abstract", "description", "start", "room", "track", "date", "time"}
        and not other_people
    ):
        return "speaker"
    is_of_session = any(each.field == "title" and fold(each.name) not in BARE_TITLES for each in columns)
    if is_of_session and not other_people:
        return "who"
    if not has_title and (other_people or fields & {"room", "track", "abstract", "duration"}):
        return "title"
    if (
        not has_title
        and fields & {"date", "start"}
        and not fields & {"family", "given", "post", "e-mail", "affiliation", "organisation", "birth"}
        and not (fields <= _OF_LISTED and any(map(are_people, (each for each in columns if each.field == "name"))))
    ):
        return "title"
    return "name"


def _is_diary(fields: set[str]) -> bool:
    """Whether a table says who hosted meetings and what they were about, and names nobody else."""
    people = fields & (PEOPLE_ONLY | {"with", "who", "attendee", "name"})
    return people == {"host"} and ("about" in fields or (bool(fields & {"date", "weekday"}) and "title" not in fields))


def _organisation_field(fields: set[str], columns: Sequence[Column]) -> str:
    """What a column of organisations is to its row."""
    if _is_diary(fields):
        return "with"
    people = fields & (PEOPLE_ONLY | {"with", "who", "attendee", "name"})
    if people or {"family", "given"} <= fields or fields & {"family", "post"}:
        return "affiliation"
    if fields & {"about"} or ("date" in fields and "title" not in fields):
        return "with"
    return "organiser" if fields & (EVENT_SIGNS | {"title"}) else "name"


def _says_part(column: Column) -> bool:
    """Whether a column "day" has the day of the week, or its number in the month, and no date."""
    return all((cell.isdigit() and len(cell) <= 2) or fold(cell) in WEEKDAY_OF_WORD for cell in column.samples)


def _repeats(column: Column) -> bool:
    """Whether the cells of a column are few, each many times, as the titles of people are."""
    return len(column.samples) >= 4 and len(set(column.samples)) * 2 <= len(column.samples)


def _repeats_beside(column: Column, columns: Sequence[Column]) -> bool:
    """Whether cells of a column are those of blocks of several rows, of which another column has the titles."""
    others = [each for each in columns if each.field == "title" and not each.language and each is not column]
    count = len(set(column.samples))
    return any(len(set(each.samples)) > count for each in others) and count < len(column.samples)


def _is_beside_place(columns: Sequence[Column], number: int) -> bool:
    near = columns[max(number - 2, 0) : number + 3]
    return any(column.field in ("place", "city", "room", "address") for column in near)


def _without_repeats(columns: list[Column], sheet: Sheet, header: int) -> list[Column]:
    """Columns; one without a home that repeats another cell by cell says nothing of its own."""
    new: list[Column] = []
    for each in columns:
        column = each
        if not column.field and column.samples:
            twin = next((other for other in columns if other.field and other.samples == column.samples), None)
            rows = sheet.rows[header + 1 :]
            if twin and all(_cell(row, twin.index) == _cell(row, column.index) for row in rows):
                column = msgspec.structs.replace(column, field="repeats")
        new.append(column)
    return new


def _cell(row: Sequence[str], index: int) -> str:
    return row[index].strip() if index < len(row) else ""


def _by_content(column: Column) -> Column:
    """A column whose name is not understood, by what stands in it: addresses of pages, or prose."""
    if column.field or not column.samples or column.is_settled:
        return column
    if all(re.match(r"https?://\S+$", cell) for cell in column.samples):
        return msgspec.structs.replace(column, field="link")
    if all(re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", cell) for cell in column.samples):
        return msgspec.structs.replace(column, field="e-mail")
    words = sum(len(cell.split()) for cell in column.samples) / len(column.samples)
    return msgspec.structs.replace(column, field="description") if words >= 8 else column


def _row_kind(columns: Sequence[Column], sheet: Sheet, header: int) -> RowKind:
    """What a row of a table is, by its columns."""
    fields = {column.field for column in columns}
    is_named = "name" in fields or {"family", "given"} <= fields
    if is_named and fields & {"post", "affiliation"} and not fields & ((EVENT_SIGNS - _TERMS) | {"title", *ROLES}):
        # Days beside a post are those of its term.
        return "people"
    names = [column for column in columns if column.field == "name"]
    if names and fields <= _OF_LISTED and all(map(are_people, names)):
        return "people"
    if "title" in fields or fields & EVENT_SIGNS or ("who" in fields and fields & {"about", "place"}):
        return "events"
    name = next((column for column in columns if column.field == "name"), None)
    if name and not name.kind and any(word in fold(name.name) for word in _BODY_WORDS):
        return "organisations"
    if fields & {"family", "given"} or (fields & {"name", "who"} and fields & (PERSON_SIGNS - {"telephone", "e-mail"})):
        return "people"
    if name is None:
        return "events"
    if name.kind:
        return "organisations" if name.kind == "organisation" else "people"
    bodies = sum(is_body(cell) is True for cell in name.samples)
    people = sum(is_body(cell) is False for cell in name.samples)
    has_signs = bool(fields & {"parent", "abbreviation", "type", "link"})
    return "organisations" if bodies * 2 > len(name.samples) or (has_signs and bodies > people) else "people"


def _with_kind(column: Column, kind: RowKind) -> Column:
    """A column of who with who stands in it."""
    if column.kind is not None or column.field not in ROLES:
        return column
    return msgspec.structs.replace(column, kind="person" if column.field in PEOPLE_ONLY else "mixed")
