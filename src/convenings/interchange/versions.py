"""Whether a file is a newer version of one that was imported before, and which ids its things have then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from convenings.domain.kinds import kind_of
from convenings.domain.record_values import Import
from convenings.domain.records import Record

AS_OF = "-as-of-"
"""Stands in the id of a source for a former version of a file: ``source/talks-as-of-2026-11-20``."""
ALIKE = 0.5
"""Share of the events of a file that must be those of an earlier one for it to be its version."""
FEW = 3
"""Up to so many events may all be called otherwise in a newer version, where more than numbers tell them."""
_COUNTED = re.compile(r"(?:id )?\W*\d{1,6}(?: of .*)?", re.DOTALL)
"""A key that any list may have for anything, as it counts what stands in it."""

Things = Mapping[tuple[str, str], str]
"""Kind and key of things as a file knows them, to their labels."""
Ids = dict[tuple[str, str], str]
"""Kind and key of things to their ids in the dataset."""


def is_version_of(ref: str, source: str) -> bool:
    """Whether the id of a source is that of a file, or of a former version of it."""
    return ref == source or ref.startswith(f"{source}{AS_OF}")


def former_versions(source: str, imports: Iterable[Import]) -> list[Import]:
    """Imports of former versions of a file, of which something is still in the dataset."""
    return [each for each in imports if is_former(each) and is_version_of(each.source, source)]


def things_of(keys: Mapping[str, str], records: Mapping[str, Record]) -> Things:
    """What tells a file by its things: its events, or all it has where it has none.

    Args:
        keys: Id to key.
        records: Id to record.
    """
    every = [(kind_of(ref), key, ref) for ref, key in keys.items() if key]
    things = [thing for thing in every if thing[0] == "event"] or every
    return {(kind, key): getattr(records.get(ref), "label", "") for kind, key, ref in things}


def import_keys(each: Import) -> dict[str, str]:
    """Id to key of what an import brought."""
    return {ref: key for ref, (key, _) in each.records.items()}


def is_former(each: Import) -> bool:
    """Whether an import is of a former version of a file, of which something is still in the dataset."""
    return AS_OF in each.source


def by_name(imports: Iterable[Import], name: str, file_hash: str) -> Import | None:
    """The import of which a file most likely is a version, before it has been read: of its bytes, or of its name."""
    current = [each for each in imports if not is_former(each)]
    of_bytes = [each for each in current if each.hash == file_hash]
    return next(reversed(of_bytes), None) or next((each for each in reversed(current) if each.file == name), None)


def by_things(
    imports: Iterable[Import], name: str, format_name: str, things: Things, records: Mapping[str, Record]
) -> Import | None:
    """The import of which a file is a version, by the things that both have.

    Neither its name is enough, as two conferences may both call theirs ``schedule.xml``, nor its keys, as two tables
    may both number their rows from 1: the things must be called alike, too.

    Args:
        imports: Those of the dataset.
        name: Of the file.
        format_name: Of its format.
        things: Of the file.
        records: Those of the dataset.
    """
    best, most = None, 0.0
    for each in imports:
        if is_former(each) or each.reader.partition(" ")[0] != format_name:
            continue
        share = _likeness(things, things_of(import_keys(each), records), is_named_alike=each.file == name)
        if share and share >= most:
            best, most = each, share
    return best


def _likeness(things: Things, former: Things, *, is_named_alike: bool) -> float:
    """How likely one file is a version of another one; 0 where it is none."""
    if not things or not former:
        return float(is_named_alike and not things and not former)
    common = things.keys() & former.keys()
    called_alike = sum(things[thing] == former[thing] for thing in common)
    if is_named_alike:
        if all(_COUNTED.fullmatch(key) for _, key in common):
            return 1.0 + called_alike if called_alike and called_alike >= ALIKE * len(common) else 0.0
        return 1.0 + called_alike if called_alike or len(common) <= FEW else 0.0
    has_events = next(iter(things))[0] == "event"
    share = called_alike / max(len(things), len(former))
    return share if has_events and share >= ALIKE else 0.0


def ids_of(each: Import | None, imports: Iterable[Import]) -> Ids:
    """Ids of the things of a file, by what its version and all former ones brought."""
    if each is None:
        return {}
    ids: Ids = {}
    for one in (*former_versions(each.source, imports), each):
        ids |= {(kind_of(ref), key): ref for ref, key in import_keys(one).items() if key}
    return ids


def ids_of_systems(records: Iterable[Record]) -> Ids:
    """Ids of the things that systems number, whichever file they came with."""
    ids: Ids = {}
    for record in records:
        for identifier in record.identifiers:
            ids.setdefault((kind_of(record.id), f"{identifier.scheme}={identifier.value}"), record.id)
    return ids
