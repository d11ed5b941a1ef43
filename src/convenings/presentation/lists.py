"""Which rows a list shows through the lens: related to the pins of the other panes, filtered, in the chosen order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from convenings.domain.errors import BadInput
from convenings.domain.kinds import PANE_NAMES, PANE_OF_KIND
from convenings.domain.state import Lens
from convenings.index.model import ReadModel
from convenings.index.rows import GROUPS, Rows
from convenings.workspace import Workspace

if TYPE_CHECKING:
    from convenings.domain.query.tree import Query

LIST_OF_RANGE = {span: "timeline" if span == "events" else span for span in PANE_NAMES}
"""Name of an index's range to the list before it: only the timeline is called otherwise than what it lists."""
MOST_TERMS = 4
"""Of a line with more terms it is not worked out which one to leave out."""
NEARLY = "what is one letter off, or has it inside a word"
"""What is shown where nothing has what was typed."""
RANGES = {name: span for span, name in LIST_OF_RANGE.items()}
"""List to the name of the index's range behind it."""
HOME = {kind: LIST_OF_RANGE[span] for kind, span in PANE_OF_KIND.items()}
"""Kind to the list in which its records stand."""


class Divider(NamedTuple):
    """What stands before the first row of a group."""

    position: int
    """Of that row, from 0."""
    text: str


class ListRows(NamedTuple):
    """The rows of a list."""

    rows: Rows
    error: str = ""
    """Why its filter could not be understood: the rows are then those without it."""
    groups: tuple[int, ...] = ()
    """How many of the rows are in each group of the list; empty where it has no groups."""

    remark: str = ""
    """What is to be known of the rows: that they are near what the filter asks for, or what to try instead."""

    def without(self, model: ReadModel, name: str, removed: Collection[int]) -> ListRows:
        """All but some rows, where the list has a name."""
        if not removed or (rows := self.rows.without(removed)) is self.rows:
            return self
        gone = sorted(row for row in removed if self.rows.position(row) >= 0)
        groups = zip(self.groups, _groups(model, RANGES[name], gone), strict=True)
        return self._replace(rows=rows, groups=tuple(size - less for size, less in groups))

    def dividers(self, name: str) -> tuple[Divider, ...]:
        """What parts the groups: nothing stands before the first group there is, whose name is that of the list."""
        dividers: list[Divider] = []
        at = 0
        for number, (group, size) in enumerate(zip(GROUPS.get(RANGES[name], ()), self.groups, strict=False)):
            if size and number:
                dividers.append(Divider(at, f"{group.name} {size:,}"))
            at += size
        return tuple(dividers)


def list_rows(workspace: Workspace, lens: Lens, name: str, folded: Sequence[int] = ()) -> ListRows:
    """The rows that the lens leaves a list.

    Args:
        workspace: What is asked.
        lens: Pins, filters and orders.
        name: The list, one of :data:`RANGES`.
        folded: Rows of the events whose parts are folded away; only the whole timeline is folded.
    """
    return _indexed_rows(workspace, lens, name, folded).without(workspace.model, name, workspace.model.removed)


def _indexed_rows(workspace: Workspace, lens: Lens, name: str, folded: Sequence[int]) -> ListRows:
    """The rows of a list as the index has them, those of what has gone since among them."""
    model, span = workspace.model, RANGES[name]
    pins, excluded = pin_rows(model, lens.seen_by(name)), pin_rows(model, lens.excluded_from(name))
    query, order = lens.filters.get(name, ""), lens.orders.get(name, "")
    if not pins and not excluded and not query:
        rows_of_all = unfolded(model, folded) if name == "timeline" else model.everything(span, order)
        return ListRows(rows_of_all, groups=_groups(model, span))
    rows: Sequence[int] | None = model.related_to_all(span, pins, excluded) if pins or excluded else None
    error = remark = ""
    if query:
        try:
            all_pins = pin_rows(model, (pin.ref for pin in lens.pins))
            matching, remark = _matching(workspace, query, model.range(span), all_pins)
            rows = matching if rows is None else sorted(set(matching).intersection(rows))
        except BadInput as bad:
            error = str(bad)
    if rows is None:
        return ListRows(model.everything(span, order), error, _groups(model, span))
    groups = _groups(model, span, sorted(rows) if span in GROUPS else ())
    if order:
        chosen = set(rows)
        return ListRows(Rows.of([row for row in model.everything(span, order) if row in chosen]), error, groups, remark)
    return ListRows(rows if isinstance(rows, Rows) else model.as_shown(span, rows), error, groups, remark)


def _matching(workspace: Workspace, line: str, span: tuple[int, int], pins: Sequence[int]) -> tuple[list[int], str]:
    """Rows of a span that a filter selects, or else what is nearly that; and what is to be said of them.

    Raises:
        BadInput: The filter cannot be understood.
    """
    from convenings.domain.query import parse

    query = parse(line)
    rows, reading = selected(workspace, query, span, lambda each: workspace.matching(each, *span, pins))
    if reading:
        return rows, f"Nothing here has {line}: shown is {reading}"
    return rows, "" if rows or not query else advice(workspace, line, span, pins)


def selected(
    workspace: Workspace, query: Query, span: tuple[int, int], select: Callable[[Query], list[int]]
) -> tuple[list[int], str]:
    """What a query selects; where that is nothing, what its nearest reading does that selects anything, in words.

    Args:
        workspace: What is asked.
        query: A query.
        span: First row, and one past the last, of what is looked for.
        select: Gives the rows that a query selects.
    """
    rows = select(query)
    if rows or not query or not workspace.model.complete:
        return rows, ""
    from convenings.domain.query.readings import Reading, readings
    from convenings.domain.query.tree import asking

    reading = Reading(asking(query))
    for other in readings(reading.query):
        if rows := select(other.query):
            return rows, f"what is found {other}"
        reading = reading if other.in_any_form else other
    near = workspace.nearby(reading.query, *span)
    if near is not None and (rows := select(near)):
        return rows, f"{NEARLY}{f', {reading}' if reading.left_out else ''}"
    return [], ""


def advice(workspace: Workspace, line: str, span: tuple[int, int], pins: Collection[int] | None = None) -> str:
    """What to try where a line selects nothing of a span: which name is nobody's, or which of its terms to leave out.

    Args:
        workspace: What is asked.
        line: A line of the query language, which can be understood.
        span: First row, and one past the last.
        pins: Rows that are pinned; only the explorer has any.
    """
    from convenings.domain.query import parse
    from convenings.domain.query.tree import Field, all_of, conjuncts
    from convenings.index.evaluate import is_nobody

    parts = conjuncts(parse(line))
    for part in parts:
        if isinstance(part, Field) and is_nobody(workspace.model, part):
            return f'no {part.key} is called "{part.value}"'
    if 1 < len(parts) <= MOST_TERMS:
        numbers = []
        for at, part in enumerate(parts):
            try:
                rows = workspace.matching(all_of([*parts[:at], *parts[at + 1 :]]), *span, pins)
            except BadInput:  # a key without meaning there, which was not asked beside this part
                continue
            numbers.append((len(rows), str(part)))
        number, without = max(numbers, default=(0, ""))
        if number:
            return f"without {without} there {'is' if number == 1 else 'are'} {number:,}"
    return ""


def _groups(model: ReadModel, span: str, rows: Sequence[int] | None = None) -> tuple[int, ...]:
    """How many of some rows, which ascend, are in each group of a list; of all its rows by default."""
    return tuple(model.group_sizes(span, rows)) if span in GROUPS else ()


def pin_rows(model: ReadModel, refs: Iterable[str]) -> list[int]:
    """Rows of some pins, without those that the dataset no longer has."""
    return [row for ref in refs if (row := model.row_of(ref)) is not None]


def unfolded(model: ReadModel, folded: Sequence[int]) -> Rows:
    """All events but the parts of those that are folded, which are given by row."""
    first, last = model.range("events")
    segments: list[tuple[int, int]] = []
    for row in sorted(folded):
        if row >= first:
            segments.append((first, row + 1))
            first = row + model.one(row).size
    return Rows([*segments, (first, last)])


def lists_filled(model: ReadModel) -> tuple[str, ...]:
    """Every list that has a row, the timeline among them, in the order of :data:`RANGES`."""
    return tuple(name for name, span in RANGES.items() if len(range(*model.range(span))))


def home_of(model: ReadModel, row: int) -> str:
    """The list in which a row stands; an empty string where none lists it, as for people who are only mentioned."""
    name = HOME.get(model.one(row).kind, "")
    if not name:
        return ""
    first, last = model.range(RANGES[name])
    return name if first <= row < last else ""
