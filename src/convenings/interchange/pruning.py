"""What of the records that a file has no longer may be removed: what nobody edited, and nothing else needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from convenings.domain.records import Record
from convenings.domain.references import references

Reasons = dict[str, str]
"""Id to why it stays."""


def prunable(
    gone: Mapping[str, Record],
    hashes: Mapping[str, str],
    records: Mapping[str, Record],
    redirects: Mapping[str, str],
    noted: Collection[str],
    source: str,
    hash_of: Callable[[Record], str],
) -> tuple[set[str], Reasons]:
    """Ids of records that may go, and why the others stay.

    Args:
        gone: Id to record, of those that the file has no longer.
        hashes: Id to the hash of the record as it was imported.
        records: All records of the dataset.
        redirects: Ids that merges took out of use, each with the id that stands for it.
        noted: Ids of what has a mark or a note of the user.
        source: Id of the source that stood for the file.
        hash_of: Hash of a record as it is.
    """
    reasons: Reasons = {}
    for ref, record in gone.items():
        if any(piece.source != source for piece in record.evidence):
            reasons[ref] = "it stands in another source, too"
        elif hash_of(record) != hashes[ref]:
            reasons[ref] = "it was edited here"
        elif ref in noted:
            reasons[ref] = "it has a mark or a note"
    removable = set(gone) - set(reasons)
    if not removable:
        return removable, reasons
    # What stays holds what it points at, and that holds on in turn.
    holders = [ref for ref in records if ref not in removable]
    while holders:
        holder = holders.pop()
        for _, each in references(records[holder]):
            target = redirects.get(each, each)
            if target in removable:
                removable.remove(target)
                reasons[target] = f"'{holder}' refers to it"
                holders.append(target)
    return removable, reasons
