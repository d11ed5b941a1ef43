"""Rows as CSV after RFC 4180: UTF-8, a row of headings, values whole, and nothing that a spreadsheet would evaluate."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from convenings.cli.streams import as_utf8
from convenings.domain.csv_text import FORMULA_STARTS, GUARD, cell

__all__ = ["FORMULA_STARTS", "GUARD", "cell", "flattened", "print_csv"]


def print_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under their headings, each as soon as it is there."""
    as_utf8()
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Each row ends with CR LF by itself.
        sys.stdout.reconfigure(newline="")
    writer = csv.writer(sys.stdout)
    writer.writerow(headings)
    writer.writerows(map(cell, row) for row in rows)


def flattened(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of every value inside objects and lists, items counted from 0, as in ``evidence[0].end``.

    What is absent or empty is left out.
    """
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from flattened(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from flattened(inner, f"{path}[{at}]")
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is not None and value != "":
        yield path, str(value)
