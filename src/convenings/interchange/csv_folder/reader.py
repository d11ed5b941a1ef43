"""The reader of the folders that the writer wrote, also after a spreadsheet has saved their tables again."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from convenings.domain.csv_text import value_of
from convenings.domain.errors import BadInput
from convenings.domain.kinds import KINDS, TABLES
from convenings.domain.record_values import Import
from convenings.domain.records import FORMAT, Record
from convenings.interchange.csv_folder.columns import (
    IMPORT_RECORDS,
    IMPORTS,
    NOTES,
    Column,
    import_columns,
    kind_columns,
)
from convenings.interchange.reading import ForeignFile, Reading
from convenings.store import decoding
from convenings.store.canonical import Info

_START = re.compile(rb'\s*\{\s*"convenings"\s*:')
_DELIMITERS = ",;\t"
"""What spreadsheets put between cells, by the language that they speak."""
_LONGEST = 2**31 - 1
"""Characters of a cell: as many as any system lets the reader of CSV take."""
_HINT = "export it again, or save the table as CSV in UTF-8"


class _Package(msgspec.Struct):
    """What of a package is ours."""

    dataset: Info
    redirects: dict[str, str] = {}


class _Resource(msgspec.Struct):
    path: str = ""


class _Head(msgspec.Struct):
    convenings: _Package
    resources: list[_Resource] = []


def fits(head: bytes, name: str) -> int:
    """Whether a ``datapackage.json`` is one that the writer wrote."""
    return 100 if _START.match(head) else 0


def read(file: ForeignFile, reading: Reading) -> None:
    """Every record of the folder; a row that is no record is skipped.

    Raises:
        BadInput: The package is none of ours, of a newer format, or alone.
    """
    head = _head(file)
    package = head.convenings
    tables = {name.removesuffix(".csv"): data for name, data in file.parts.items() if name.endswith(".csv")}
    missing = [each.path for each in head.resources if each.path not in file.parts]
    if missing and not tables:
        raise BadInput("there is no table beside this file", file=file.name, hint="name the folder that it lies in")
    reading.info, reading.redirects = package.dataset, package.redirects
    for path in missing:
        reading.remark(f"{path} is in the package and not in the folder")
    reading.describe(title=package.dataset.title)
    for kind, table in TABLES.items():
        if table in tables:
            for record in _records(kind, f"{table}.csv", tables.pop(table), reading):
                reading.add(record)
    reading.imports += _imports(tables.pop(IMPORTS, b""), tables.pop(IMPORT_RECORDS, b""), reading)
    if NOTES in tables:
        number = sum(1 for _ in _rows(f"{NOTES}.csv", tables.pop(NOTES), reading))
        if number:
            reading.remark(f"{number} marks and notes stay in {NOTES}.csv: they are yours and no part of a dataset")
    for name in sorted(tables):
        reading.remark(f"{name}.csv is none of the tables of a dataset and was left out")


def _head(file: ForeignFile) -> _Head:
    try:
        head = msgspec.json.decode(file.data, type=_Head)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"this is no package of ours ({str(error).replace('`', chr(39))})"
        raise BadInput(what, file=file.name, hint="export the dataset again") from error
    if head.convenings.dataset.format > FORMAT:
        what = f"it is of format {head.convenings.dataset.format}, and this program reads up to format {FORMAT}"
        raise BadInput(what, file=file.name, hint="install a newer Convenings")
    return head


def _records(kind: str, file: str, data: bytes, reading: Reading) -> Iterator[Record]:
    """The records of the table of a kind."""
    columns = {column.name: column for column in kind_columns(kind)}
    for place, row in _rows(file, data, reading):
        try:
            document = _document(columns, row, reading)
            record = msgspec.convert(document, KINDS[kind])
        except _BadCell as error:
            reading.skip(place, str(error), _raw(row))
            continue
        except msgspec.ValidationError as error:
            bad = decoding.explain(error, kind, file=file, record=row.get("id", ""))
            reading.skip(place, f"{bad.what}{f' in {bad.field}' if bad.field else ''}; {bad.hint}", _raw(row))
            continue
        if reading.has(record.id):
            reading.skip(place, f"the id '{record.id}' stands in the table twice", _raw(row))
        else:
            yield record


class _BadCell(Exception):
    """A cell that holds no value of its column."""


def _document(columns: dict[str, Column], row: dict[str, str], reading: Reading) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for name, cell in row.items():
        if (column := columns.get(name)) is None:
            if cell:
                reading.without_home(name)
            continue
        try:
            value = column.value(cell)
        except (ValueError, RecursionError) as error:
            raise _BadCell(f"the cell below {name} is no {column.type}") from error
        if value is not None:
            document[name] = value
    for column in columns.values():
        if column.is_required and column.name not in document and column.type == "string" and column.name in row:
            document[column.name] = ""
    return document


def _imports(data: bytes, parts: bytes, reading: Reading) -> Iterator[Import]:
    records: dict[str, dict[str, tuple[str, str]]] = {}
    for _, row in _rows(f"{IMPORT_RECORDS}.csv", parts, reading):
        source, ref, key, own_hash = (value_of(row.get(name, "")) for name in ("source", "id", "key", "hash"))
        records.setdefault(source, {})[ref] = key, own_hash
    columns = {column.name: column for column in import_columns()}
    for place, row in _rows(f"{IMPORTS}.csv", data, reading):
        try:
            document = _document(columns, row, reading)
            yield msgspec.convert(document | {"records": records.get(document.get("source", ""), {})}, Import)
        except (_BadCell, msgspec.ValidationError) as error:
            reading.skip(place, str(error).replace("`", "'"), _raw(row))


def _rows(file: str, data: bytes, reading: Reading) -> Iterator[tuple[str, dict[str, str]]]:
    """Place and cells of every row, by their headings; a row with too few or too many is skipped.

    Raises:
        BadInput: The table is not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"byte {error.start} is not UTF-8", file=file, hint=_HINT) from error
    first_line = text[: text.find("\n") + 1 or len(text)]
    delimiter = max(_DELIMITERS, key=first_line.count)
    former = csv.field_size_limit(_LONGEST)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    place = f"{file}, line 1"
    try:
        headings = next(lines, [])
        place = f"{file}, line {lines.line_num + 1}"
        for row in lines:
            place, here = f"{file}, line {lines.line_num + 1}", place
            # A spreadsheet may leave empty rows at the end of a table.
            if not any(row):
                continue
            if len(row) != len(headings):
                reason = f"the row has {len(row)} cells and the head {len(headings)}"
                reading.skip(here, reason, delimiter.join(row))
                continue
            yield here, dict(zip(headings, row, strict=True))
    except csv.Error as error:
        reading.skip(place, f"the table is broken from here on ({error})")
    finally:
        csv.field_size_limit(former)


def _raw(row: dict[str, str] | Sequence[str]) -> str:
    """A row as a line of the table."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(row.values() if isinstance(row, dict) else row)
    return line.getvalue()
