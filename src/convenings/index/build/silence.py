"""Runs in the builder, main thread.

Sources that state the organisation of nobody who took part: that is said once of each, and not of everybody in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from convenings.domain.records import Membership, Participation, Source
from convenings.index.build.all_records import AllRecords

MANY_PARTIES = 20
"""From how many participations on it tells nothing of one that it names no organisation, where none of them does; of a
structured file, which has no such column, from the first on."""


class Silence:
    """Of which rows nothing is said of organisations.

    Args:
        all_records: All records, none forgotten.
    """

    def __init__(self, all_records: AllRecords) -> None:
        of_organisation = bytearray(len(all_records.records))
        for row, participation in all_records.of(Participation):
            of_organisation[row] = bool(participation.on_behalf_of)
        for row, _ in all_records.of(Membership):
            of_organisation[row] = 1
        first, last = all_records.ranges.get("participation", (0, 0))
        self._is_everything = last - first >= MANY_PARTIES and not any(of_organisation)
        self.sources = _silent_sources(all_records, of_organisation, self._is_everything)
        """Rows of the sources that are silent."""
        # By row, whether any source that it rests on is not.
        self._speaks = bytearray(len(all_records.records))
        for row, source in zip(all_records.citing, all_records.cited, strict=True):
            if first <= row < last and source not in self.sources:
                self._speaks[row] = 1
        for row, participation in all_records.of(Participation):
            agent = all_records.rows.get(participation.agent or "")
            if agent is not None and self._speaks[row]:
                self._speaks[agent] = 1

    def is_silent(self, row: int) -> bool:
        """Whether a participation, or whoever took part, rests on silent sources alone."""
        return self._is_everything or (bool(self.sources) and not self._speaks[row])


def _silent_sources(all_records: AllRecords, of_organisation: Sequence[int], is_everything: bool) -> frozenset[int]:
    """Rows of the sources of participations none of which is for an organisation, nor any membership beside them.

    Args:
        all_records: All records.
        of_organisation: By row, whether it says of somebody for which organisation.
        is_everything: Whether none does.
    """
    first, last = all_records.ranges.get("participation", (0, 0))
    speaking: set[int] = set()
    numbers: Counter[int] = Counter()
    for row, source in zip(all_records.citing, all_records.cited, strict=True):
        if of_organisation[row]:
            speaking.add(source)
        if first <= row < last:
            numbers[source] += 1
    files = {row for row, source in all_records.of(Source) if source.type == "data"}
    return frozenset(
        source
        for source, number in numbers.items()
        if source not in speaking and (is_everything or source in files or number >= MANY_PARTIES)
    )
