"""The links of a record: to open in a browser, or to copy."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding

from convenings.presentation.links import ListedLink
from convenings.tui.dialogs.choice_dialog import ChoiceDialog
from convenings.tui.panes.choices import Choice

OPEN, COPY = "open:", "copy:"
"""What stands before the URL in the value that the dialog gives."""


class Links(ChoiceDialog):
    """Lists links; gives the one that is to be opened or copied, behind :data:`OPEN` or :data:`COPY`.

    Args:
        label: Of the record.
        links: What is listed.
        has_browser: Whether there is anything to open a page with.
    """

    BINDINGS = [
        Binding("escape,q,o", "dismiss", "Close", show=False, priority=True),
        Binding("y,c", "copy", "Copy", show=False),
    ]

    def __init__(self, label: str, links: Sequence[ListedLink], *, has_browser: bool) -> None:
        super().__init__()
        self._label, self._links, self._has_browser = label, links, has_browser

    def on_mount(self) -> None:
        """Fill the list."""
        sign = ("→", "number")
        self.fill([Choice(str(at), sign, link.name, link.note, self._act(link)) for at, link in enumerate(self._links)])
        note = "enter opens · y copies · esc closes" if self._has_browser else "enter copies · esc closes"
        self._list.set_title((f"Links of {self._label}", ""), note=note)
        self._list.focus()

    def _act(self, link: ListedLink) -> str:
        return "open" if self._has_browser and link.can_open else "copy"

    def action_take(self) -> None:
        """Have the link opened, or copied where it is none for a browser."""
        if (link := self._current) is not None:
            self.dismiss((OPEN if self._act(link) == "open" else COPY) + link.url)

    def action_copy(self) -> None:
        """Have the link copied."""
        if (link := self._current) is not None:
            self.dismiss(COPY + link.url)

    @property
    def _current(self) -> ListedLink | None:
        return None if self._list.current is None else self._links[int(self._list.current.value)]
