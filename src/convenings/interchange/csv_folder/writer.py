"""The writer of CSV folders."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from convenings.domain.csv_text import EMPTY, exact_cell
from convenings.domain.kinds import TABLES
from convenings.domain.records import FORMAT
from convenings.domain.slugs import slug
from convenings.interchange.csv_folder.columns import (
    IMPORT_RECORD_HEADINGS,
    IMPORT_RECORDS,
    IMPORTS,
    NOTE_HEADINGS,
    NOTES,
    Column,
    import_columns,
    kind_columns,
    schema_of,
    text_schema,
)
from convenings.interchange.selection import Selection

PACKAGE = "datapackage.json"
CELLS = (
    "Arrays and objects are JSON. An apostrophe stands before a text that a spreadsheet would take for a formula. "
    "A text with control characters is a JSON string."
)
"""What the package says of its cells, for people."""


def write(selection: Selection, target: Path) -> list[str]:
    """Write a folder: a CSV file for each kind that there is, and the package that describes them."""
    resources, kinds = [], selection.counts()
    for kind in kinds:
        columns = kind_columns(kind)
        rows = (cells(columns, record) for record in selection.of_kind(kind))
        resources.append(_put(target, TABLES[kind], [column.name for column in columns], rows, schema_of(kind, kinds)))
    if selection.imports:
        columns = import_columns()
        headings = tuple(column.name for column in columns)
        rows = (cells(columns, each) for each in selection.imports)
        resources.append(_put(target, IMPORTS, headings, rows, text_schema(headings)))
        parts = (
            tuple(map(exact_cell, (each.source, ref, *as_imported)))
            for each in selection.imports
            for ref, as_imported in each.records.items()
        )
        schema = text_schema(IMPORT_RECORD_HEADINGS)
        resources.append(_put(target, IMPORT_RECORDS, IMPORT_RECORD_HEADINGS, parts, schema))
    if selection.user_data:
        schema = text_schema(NOTE_HEADINGS)
        resources.append(_put(target, NOTES, NOTE_HEADINGS, _notes(selection), schema))
    package = msgspec.json.encode(_package(selection, resources))
    (target / PACKAGE).write_bytes(msgspec.json.format(package, indent=2) + b"\n")
    return []


def cells(columns: Sequence[Column], document: msgspec.Struct) -> tuple[str, ...]:
    """The cells of a record, or of another document."""
    return tuple(column.cell(getattr(document, column.name)) for column in columns)


def _notes(selection: Selection) -> Iterable[tuple[str, ...]]:
    user_data = selection.user_data
    assert user_data is not None
    for ref in user_data.refs:
        marked = "yes" if ref in user_data.marks else ""
        yield tuple(map(exact_cell, (ref, selection.label(ref), marked, user_data.notes.get(ref, ""))))


def _put(
    folder: Path, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], schema: dict[str, Any]
) -> dict[str, Any]:
    """Write a table after RFC 4180, and give what the package says of it."""
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        # A row of nothing but empty cells is none to whoever reads it.
        writer.writerows(row if any(row) else (EMPTY, *row[1:]) for row in rows)
    return {
        "name": name.replace("_", "-"),
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _package(selection: Selection, resources: list[dict[str, Any]]) -> dict[str, Any]:
    info = msgspec.to_builtins(selection.info) | {"format": FORMAT}
    texts = {"title": info["title"]} | {name: info[name] for name in ("id", "description") if name in info}
    licences = [{"title": info["licence"]}] if "licence" in info else []
    own: dict[str, Any] = {"dataset": info, "cells": CELLS}
    if selection.redirects:
        own["redirects"] = selection.redirects
    return (
        # First of all, as it tells a folder of ours by the beginning of this file.
        {"convenings": own, "profile": "tabular-data-package", "name": slug(info["title"])}
        | texts
        | ({"licenses": licences} if licences else {})
        | {"resources": resources}
    )
