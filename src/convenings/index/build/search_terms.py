"""What every record with a name is found by, as the index of names keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from convenings.domain.kinds import KINDS, WITH_NAME
from convenings.domain.names import aliases, initials
from convenings.domain.text import fold
from convenings.index.build.named_records import Directory

LONGEST_NAME = 400
"""Code points of a name that its other forms are made from; what is longer is no name."""
PARTIES = frozenset({"person", "organisation"})
"""Kinds that are found by their roles."""
TYPED = frozenset(kind for kind in WITH_NAME if "type" in KINDS[kind].__struct_fields__)
"""Kinds that are found by their type."""
ABBREVIATED = frozenset({"event", "organisation", "initiative"})
"""Kinds that are known by the initials of their words."""


Found = tuple[int, str, str, str]
"""Row of a record with a name, and what it is found by, folded: its label, other forms of its name, one a line, and
initials, roles and kinds."""


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The search copy of a text that many records share: a role, a title."""
    return fold(text)


def found_by(directory: Directory, kind: str) -> Iterator[Found]:
    """What the records of a kind are found by, in row order."""
    return (_found_by(directory, kind, row) for row in range(*directory.ranges.get(kind, (0, 0))))


def _found_by(directory: Directory, kind: str, row: int) -> Found:
    record: Any = directory.records[row]
    name, own = directory.labels[row][:LONGEST_NAME], directory.folded[row]
    others = [other.value[:LONGEST_NAME] for other in record.names if other.value != record.label]
    if kind == "person":
        family, given = record.family[:LONGEST_NAME], record.given[:LONGEST_NAME]
        forms = aliases(name, family, given, others)
        extra = initials(name, family, given)
    else:
        forms = [fold(other) for other in others]
        extra = []
        if kind in ABBREVIATED:
            for each in (name, *others):
                extra += initials(each)
                if "-" in each:
                    forms.append(fold("".join(each.split())))
    if kind in PARTIES:
        extra.append(folded(directory.part(row, record)))
    extra.append(kind)
    if kind in TYPED:
        extra.append(folded(record.type))
    return row, own, "\n".join(form for form in dict.fromkeys(forms) if form != own), " ".join(extra)
