"""Reports and what is drafted from them side by side: one decision a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual.geometry import Region, Size

from convenings.domain.errors import BadInput
from convenings.domain.state import State
from convenings.domain.text import plain
from convenings.index.model import ReadModel
from convenings.tui.commands.context import Context
from convenings.tui.commands.registry import REVIEWING
from convenings.tui.paint.layout import FRAME, MEDIUM, SMALLEST, STACKED
from convenings.tui.pane_names import DRAFTS, REPORT, REVIEW
from convenings.tui.panes.drafts import DraftsPane
from convenings.tui.panes.pane import Pane
from convenings.tui.panes.report import ReportPane
from convenings.tui.views.view import Tab

if TYPE_CHECKING:
    from convenings.drafting.review_list import ReviewList


class ReviewView:
    """The view of drafts; see :class:`~convenings.tui.views.view.View`."""

    id = REVIEW
    commands = REVIEWING

    def __init__(self, model: ReadModel, shared: Mapping[str, Pane]) -> None:
        self.report, self.drafts = ReportPane(), DraftsPane()
        self.panes: dict[str, Pane] = {REPORT: self.report, DRAFTS: self.drafts}

    def first_panes(self, state: State, context: Context) -> Iterable[Pane]:
        """Both."""
        return self.panes.values()

    def set_model(self, model: ReadModel) -> None:
        """What is drafted is in no read model."""

    def show(self, before: State, state: State, context: Context, *, with_scroll: bool) -> str:
        """Show the queue, and the text of the report of the record in use."""
        try:
            content = context.review_list(state)
        except BadInput as error:
            self.drafts.empty_text = str(error)
            self.drafts.show(None, "")
            return str(error)
        self.drafts.empty_text = content.error or "Nothing drafted matches this filter; esc clears it"
        self.drafts.show(content, state.field)
        self._show_text(state, content)
        return "" if state.typing else content.error

    def _show_text(self, state: State, content: ReviewList) -> None:
        from convenings.drafting.review_list import field_spans, spans_of

        self.report.empty_text = "The text of this report is not attached any more; convenings attach brings it back"
        self.report.show_text(content.source, content.text, content.uncovered)
        here = content.evidence(state.field) or content.evidence()
        if content.paragraph is not None:
            here = content.whole_paragraph
        fields = field_spans(content.record) if content.record is not None else ()
        self.report.show_marks(spans_of(content.every, content.source), fields, here, state.selection)

    def load_visible(self, context: Context) -> None:
        """Nothing is asked of the index."""

    def current(self, state: State, context: Context) -> State:
        """The state: both cursors are in it."""
        return state

    def show_titles(self, state: State, context: Context, size: Size, planned: Mapping[str, Region]) -> list[Tab]:
        """Write what stands in the borders."""
        content = self.drafts.content
        if content is None:
            return []
        page, paragraph = content.place
        left = len(content.uncovered)
        where = f"page {page} · " if page else ""
        note = f"{where}¶ {paragraph} of {len(content.text)}" if paragraph else ""
        without = f"{left} paragraph{'s' if left != 1 else ''} without a record"
        label = plain(content.label)
        self.report.set_title((f"{label} ", ""), note=" · ".join(filter(None, (note, without if left else ""))))
        query = state.lens.filters.get(DRAFTS, "")
        filtered = f"/{query} " if query else ""
        self.drafts.set_title(
            ("9 Review ", ""),
            (filtered, ""),
            (content.progress, "not bold"),
            targets=["", "filter", ""],
            note=self._note(content, context) or content.details,
        )
        return [Tab("tab", "Report", "", REPORT), Tab("9", "Review", content.progress.partition(" · ")[0], DRAFTS)]

    def _note(self, content: ReviewList, context: Context) -> str:
        """Whom of the dataset the record in use may be: proposed only."""
        record = content.record
        if record is None or record.is_decided:
            return ""
        refs = content.namesakes
        labels = [context.model.one(row).label for ref in refs if (row := context.row_of(ref)) is not None]
        if labels:
            return plain(f"s: perhaps {' or '.join(labels)} of the dataset")
        return ""

    def plan(self, size: Size, state: State) -> dict[str, Region]:
        """From the cells of a terminal to the region of each pane and bar, by widget id.

        Side by side, and one above the other in a terminal of eighty columns; the pane in use alone in a low one.
        """
        width, height = size
        if width < SMALLEST.width or height < SMALLEST.height:
            return {"too-small": Region(0, 0, width, height)}
        bars = {
            "top": Region(0, 0, width, 1),
            "prompt" if state.typing else "crumb": Region(0, height - 2, width, 1),
            "keys": Region(0, height - 1, width, 1),
        }
        body = Region(0, 1, width, height - 3)
        if state.zoomed or height < STACKED:
            return {**bars, state.pane if state.pane in self.panes else DRAFTS: body}
        if width >= MEDIUM:
            left, right = body.split_vertical(body.width // 2)
            return {**bars, REPORT: left, DRAFTS: right}
        lines = self.drafts.count + FRAME + len(self.drafts.dividers)
        above, below = body.split_horizontal(body.height - min(max(8, lines), body.height * 11 // 20))
        return {**bars, REPORT: above, DRAFTS: below}
