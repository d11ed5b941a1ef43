"""Which rows a list shows through the lens: related to the pins of the other panes, filtered, in the chosen order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from convenings.domain.errors import BadInput
from convenings.domain.kinds import PANE_NAMES, PANE_OF_KIND
from convenings.domain.state import Lens
from convenings.index.model import ReadModel
from convenings.index.rows import GROUPS, Rows
from convenings.workspace import Workspace

LIST_OF_RANGE = {span: "timeline" if span == "events" else span for span in PANE_NAMES}
"""Name of an index's range to the list before it: only the timeline is called otherwise than what it lists."""
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
    model, span = workspace.model, RANGES[name]
    pins, excluded = pin_rows(model, lens.seen_by(name)), pin_rows(model, lens.excluded_from(name))
    query, order = lens.filters.get(name, ""), lens.orders.get(name, "")
    if not pins and not excluded and not query:
        rows_of_all = unfolded(model, folded) if name == "timeline" else model.everything(span, order)
        return ListRows(rows_of_all, groups=_groups(model, span))
    rows: Sequence[int] | None = model.related_to_all(span, pins, excluded) if pins or excluded else None
    error = ""
    if query:
        from convenings.domain.query import parse

        try:
            first, last = model.range(span)
            matching = workspace.matching(parse(query), first, last, pin_rows(model, (pin.ref for pin in lens.pins)))
            rows = matching if rows is None else sorted(set(matching).intersection(rows))
        except BadInput as bad:
            error = str(bad)
    if rows is None:
        return ListRows(model.everything(span, order), error, _groups(model, span))
    groups = _groups(model, span, sorted(rows) if span in GROUPS else ())
    if order:
        chosen = set(rows)
        return ListRows(Rows.of([row for row in model.everything(span, order) if row in chosen]), error, groups)
    return ListRows(rows if isinstance(rows, Rows) else model.as_shown(span, rows), error, groups)


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


def home_of(model: ReadModel, row: int) -> str:
    """The list in which a row stands; an empty string where none lists it, as for people who are only mentioned."""
    name = HOME.get(model.one(row).kind, "")
    if not name:
        return ""
    first, last = model.range(RANGES[name])
    return name if first <= row < last else ""
