"""The refusal of a change where somebody else has changed the same fields meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.edits import FieldConflict
from convenings.domain.errors import BadInput

_MOST = 3
"""Fields that the sentence names."""


class Conflicts(BadInput):
    """A change that would run over somebody else's; nothing was saved."""

    def __init__(self, conflicts: Sequence[FieldConflict], file: str) -> None:
        first = [_words(conflict) for conflict in conflicts[:_MOST]]
        more = f" and {len(conflicts) - _MOST:,} more" if len(conflicts) > _MOST else ""
        what = f"changed by somebody else meanwhile: {', '.join(first)}{more}"
        super().__init__(what, file=file, hint="look at what is there now, and change it from there")
        self.conflicts = tuple(conflicts)
        """Every field of which something else was made, with what it was, is, and was to become."""


def _words(conflict: FieldConflict) -> str:
    if conflict.field:
        return f"{conflict.field} of {conflict.id}"
    return f"{conflict.id}, which is gone" if conflict.theirs is None else f"{conflict.id}, which is there again"
