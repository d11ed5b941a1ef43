"""Whom of a dataset a name in a report may be of; this only proposes, and the reader decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from convenings.domain.kinds import kind_of
from convenings.domain.names import same_name_key
from convenings.domain.records import Event, Organisation, Person, Place, Record
from convenings.domain.text import fold

MOST = 5
"""Records that are proposed for one name."""


class Namesakes:
    """The names of people, organisations, events and places of a dataset.

    Args:
        records: All records.
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_key: dict[str, dict[str, None]] = defaultdict(dict)
        """Folded name, or key of a personal name, to the ids that have it."""
        for record in records:
            if not isinstance(record, (Person, Organisation, Event, Place)):
                continue
            for name in (record.label, *(each.value for each in record.names)):
                self._by_key[_folded(name)][record.id] = None
            if isinstance(record, Person):
                names = [
                    (record.family, record.given),
                    ("", record.label),
                    *(("", each.value) for each in record.names),
                ]
                for family, given in names:
                    if key := same_name_key(family, given):
                        self._by_key[f"person {key}"][record.id] = None

    def of(self, name: str, kinds: Sequence[str]) -> list[str]:
        """Ids of the records of some kinds that a name may be of, best first."""
        refs = dict(self._by_key.get(_folded(name), {}))
        if "person" in kinds and (key := same_name_key("", name)):
            refs |= self._by_key.get(f"person {key}", {})
        return [ref for ref in refs if kind_of(ref) in kinds][:MOST]


def _folded(name: str) -> str:
    """A name as it is compared: without an article before it."""
    return f"name {fold(name).removeprefix('the ')}"
