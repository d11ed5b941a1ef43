"""What was done to a record: the steps, the last one first, with what each of its fields was and became."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convenings.domain.text import plain
from convenings.presentation.history import changed_record, step_words, values_in_words
from convenings.store.past import PastStep
from convenings.tui.dialogs.text_dialog import TextDialog
from convenings.tui.panes.wrapped import Item

MOST_CHARACTERS = 400
"""Characters of a value that are shown."""


class RecordHistory(TextDialog[None]):
    """Lists the steps that changed a record.

    Args:
        label: What the record is called.
        steps: The steps, the last one first.
        has_more: Whether there are earlier ones, which are not listed.
    """

    def __init__(self, label: str, steps: Sequence[PastStep], *, has_more: bool) -> None:
        super().__init__("history")
        self._label, self._steps, self._has_more = label, steps, has_more

    def on_mount(self) -> None:
        """List them."""
        items = [item for past in self._steps for item in _lines(past)]
        if self._has_more:
            items.append(Item([("Earlier steps are listed by convenings history", "muted")]))
        self._pane.set_items(items)
        number = f"{len(self._steps)} step{'s' if len(self._steps) != 1 else ''}"
        self._pane.set_title((f"What was done to {plain(self._label)}", ""), note=f"{number} · esc closes")
        self._pane.focus()


def _lines(past: PastStep) -> Iterator[Item]:
    step, words = past.step, step_words(past)
    who = f"  {plain(step.who)}" if step.who else ""
    state = f"  {words.state}" if words.state else ""
    yield Item([(plain(words.title), "strong"), (state, "gap"), (f"  {words.when}{who}", "muted")], hang=2)
    for remark in words.remarks:
        yield Item([(plain(remark), "inferred")], indent=2)
    for record in map(changed_record, past.changes):
        if record.is_new or record.is_gone:
            yield Item([(plain(f"{record.id} {'came' if record.is_new else 'went'}"), "")], indent=2)
            continue
        for name, values in record.fields.items():
            before, after = values_in_words(*values, MOST_CHARACTERS)
            yield Item(
                [
                    (f"{plain(name).replace('_', ' ')}: ", "muted"),
                    (before, ""),
                    (" → ", "muted"),
                    (after, "strong"),
                ],
                indent=2,
                hang=2,
            )
    yield Item(())
