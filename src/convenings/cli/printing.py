"""What the command line prints for people: tables and paragraphs by Rich, whose text is never markup."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console, JustifyMethod
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from convenings.domain.text import plain

PIPED_WIDTH = 160
"""Columns of a page that goes to a file or a pipe, unless ``COLUMNS`` says otherwise."""
MOST_WHOLE = 60
"""Columns up to which a value is kept in one piece."""
HANG = 2
"""Columns by which the second and later lines of a long one stand further in."""
ROOM = 24
"""Columns of the page that each column of a table needs, or else records stand one below the other."""


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    heading: str
    style: str = ""
    right: bool = False
    whole: bool = False
    """Whether its values are to stay in one piece, as ids that are copied."""
    optional: bool = False
    """Whether it is left out where nothing stands in it."""


ID = Column("id", style="dim", whole=True)
"""The last column of every table of records."""


class Printer:
    """A page on stdout. Every text is made harmless; nothing is cut off, long text is folded."""

    def __init__(self) -> None:
        width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else PIPED_WIDTH
        self._console = Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)

    def space(self) -> None:
        """An empty line."""
        self._console.print()

    def heading(self, title: str, note: str = "") -> None:
        """A heading with an empty line before it."""
        self.space()
        self._console.print(_text(title, "bold").append(f"  {plain(note)}" if note else "", "dim"))

    def line(self, *parts: tuple[str, str], indent: int = 0) -> None:
        """A line of texts, each with its style; where it is long it goes on below, a little further in."""
        text = Text()
        for part, style in parts:
            text.append_text(_text(part, style))
        width = max(self._console.width - indent - HANG, 20)
        for at, line in enumerate(text.wrap(self._console, width, overflow="fold")):
            line.rstrip()
            self._console.print(Text(" " * (indent + (HANG if at else 0))).append_text(line), soft_wrap=True)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """A table; records one below the other where the page is too narrow for it."""
        rows = list(rows)
        shown = [at for at, each in enumerate(columns) if not each.optional or any(row[at].strip() for row in rows)]
        if len(shown) < len(columns):
            columns, rows = [columns[at] for at in shown], [[row[at] for at in shown] for row in rows]
        if len(columns) > 3 and self._console.width < ROOM * len(columns):
            self._stacked(columns, rows)
            return
        headed = any(column.heading for column in columns)
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_header=headed)
        cells = [[_text(value) for value in row] for row in rows]
        for at, column in enumerate(columns):
            whole = column.whole and all(row[at].cell_len <= MOST_WHOLE for row in cells)
            justify: JustifyMethod = "right" if column.right else "left"
            table.add_column(Text(column.heading), style=column.style, justify=justify, overflow="fold", no_wrap=whole)
        for row in cells:
            table.add_row(*row)
        self._print_ragged(table)

    def _print_ragged(self, table: Table) -> None:
        """Print a table without the blanks that fill up its last column."""
        for line in self._console.render_lines(table, pad=False):
            segments = list(line)
            while segments and not segments[-1].text.strip(" "):
                segments.pop()
            if segments:
                text, style, control = segments[-1]
                segments[-1] = Segment(text.rstrip(" "), style, control)
            self._console.print(Segments([*segments, Segment.line()]), end="", soft_wrap=True)

    def _stacked(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        for first, *rest in rows:
            indent = len(first) - len(first.lstrip(" "))
            self.line((first.strip(), columns[0].style), indent=indent)
            *middle, last = rest
            values = [value.strip() for value in middle if value.strip()]
            if values:
                self.line((" · ".join(values), ""), indent=indent + 2)
            self.line((last, columns[-1].style), indent=indent + 2)


def _text(value: str, style: str = "") -> Text:
    return Text(plain(value), style)
