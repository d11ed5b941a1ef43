"""Which rows a list shows through the lens of an explorer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convenings.domain.errors import BadInput
from convenings.index.rows import Rows

if TYPE_CHECKING:
    from convenings.tui.explorer.screen import Explorer


def rows_for(ui: Explorer, name: str) -> Rows:
    """Rows of a list: related to the pins of the other panes, filtered, in the chosen order.

    A filter that cannot be understood leaves the rows as they are, and is spoken of.
    """
    span = ui.lists[name].pane_range
    pins = pin_rows(ui, name)
    query = ui.lens.filters.get(name, "")
    order = ui.lens.orders.get(name, "")
    if not pins and not query:
        return ui.timeline.unfolded() if name == "timeline" else ui.model.everything(span, order)
    kept: Sequence[int] | None = ui.model.related_to_all(span, pins) if pins else None
    if query:
        from convenings.domain.query import parse
        from convenings.index.filter import matching

        try:
            own = {"marked": ui.marked, "pinned": pin_rows(ui, ""), "noted": noted(ui)}
            found = matching(ui.model, ui.model.range(span), parse(query), own)
            kept = found if kept is None else sorted(set(found).intersection(kept))
        except BadInput as error:
            ui.message = str(error)
    if kept is None:
        return ui.model.everything(span, order)
    if order:
        chosen = set(kept)
        return Rows.of([row for row in ui.model.everything(span, order) if row in chosen])
    return kept if isinstance(kept, Rows) else Rows.of(kept, ascends=True)


def pin_rows(ui: Explorer, pane: str) -> list[int]:
    """Rows of the pins that narrow a pane."""
    return [row for ref in ui.lens.seen_by(pane) if (row := ui.model.row_of(ref)) is not None]


def noted(ui: Explorer) -> set[int]:
    """Rows of the records that the user wrote a note on."""
    return {row for ref in ui.user_data.notes(ui.dataset_key) if (row := ui.model.row_of(ref)) is not None}
