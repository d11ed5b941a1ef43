"""How the check, and whoever refuses a change, says what is wrong with a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from convenings.domain.errors import shortened
from convenings.domain.text import plain
from convenings.store.decoding import BadRecord


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a dataset; ``str()`` gives one line, safe to print."""

    file: str
    """The dataset, or the place in another file that the record comes from."""
    table: str
    """Empty where the file as a whole is meant."""
    record: str
    """Id, or ``document N`` where the record has none; empty where no single record is meant."""
    field: str
    """The field and the way to it, such as ``evidence[0].end``, items counted from 0; empty for the whole record."""
    what: str
    hint: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.table, self.record, self.field and f"field {self.field}") if part)
        line = ": ".join(filter(None, (self.file, shortened(place), shortened(self.what))))
        return plain(f"{line}; {shortened(self.hint)}")


class BadBatch(BadRecord):
    """Changes that cannot be saved, of which none was. ``str()`` names the first fault, and how many there are."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first, others = faults[0], len(faults) - 1
        more = f" ({others} more fault{'s' * (others > 1)} beside this one)" if others else ""
        super().__init__(
            first.what + more,
            file=first.file,
            table=first.table,
            record=first.record,
            field=first.field,
            hint=first.hint,
        )
        self.faults = tuple(faults)
        """Everything that is wrong, in the order of the batch."""
