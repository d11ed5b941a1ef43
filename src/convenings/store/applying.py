"""A batch of changes carried out on the lines of a dataset."""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.errors import BadInput
from convenings.domain.kinds import kind_of
from convenings.store import canonical
from convenings.store.batch import Batch, Outcome
from convenings.store.canonical import Redirect
from convenings.store.changes import absent, follow
from convenings.store.decoding import BadRecord
from convenings.store.faults import Fault
from convenings.store.line_changes import changes_of
from convenings.store.splice import Lines, Pieces
from convenings.store.validation import checked, refuse


def apply(batch: Batch, lines: Lines, file: str) -> tuple[Pieces | None, Outcome]:
    """What a file is to hold after some changes, and what they did; nothing where it is to stay as it is.

    Args:
        batch: The changes.
        lines: Those of the canonical bytes of the file, which are changed.
        file: Its name, for messages.

    Raises:
        BadBatch: Some of it cannot be saved; every fault is in it.
        NotCanonical: The bytes are no canonical ones.
    """
    outcome = carry_out(batch, lines, file)
    return (lines.pieces() if lines.is_changed else None), outcome


def carry_out(batch: Batch, lines: Lines, file: str) -> Outcome:
    """Carry some changes out on lines, and give what they did; else as :func:`apply`."""
    if batch.split is not None:
        # Few batches have one.
        from convenings.store.splitting import split_faults, with_split

        batch = with_split(batch, lines, file)
    result = checked(batch, lines, file)
    faults = [*result.faults, *_removal_faults(batch, lines, file)]
    if batch.split is not None and not faults:
        faults = split_faults(batch, lines, file)
    refuse(faults)
    outcome = Outcome()
    _put_records(batch, lines, result.encoded, outcome)
    _merge(batch, lines, file, outcome)
    _remove(batch.remove, lines, outcome)
    for old, new in batch.redirects.items():
        if old not in lines.redirects and not lines.has(old):
            lines.redirect(old, Redirect(old, new))
    _put_imports(batch, lines)
    if lines.is_changed:
        outcome.changes = changes_of(lines)
    return outcome


def _put_records(batch: Batch, lines: Lines, encoded: dict[str, bytes], outcome: Outcome) -> None:
    for record in batch.insert:
        lines.put(record.id, encoded[record.id])
        outcome.inserted.append(record.id)
    for record in (*batch.upsert, *batch.update):
        before, after = lines.encoded(record.id), encoded[record.id]
        if before == after:
            outcome.unchanged.append(record.id)
            continue
        lines.put(record.id, after)
        (outcome.inserted if before is None else outcome.updated).append(record.id)


def _merge(batch: Batch, lines: Lines, file: str, outcome: Outcome) -> None:
    if not (batch.merge or batch.unmerge):
        return
    # Only few batches have merges, and what they need takes a while to load.
    from convenings.store.merging import Merging

    merging = Merging(lines, file)
    faults = []
    for ref in batch.unmerge:
        try:
            outcome.unmerged += merging.unmerge(ref)
        except BadInput as error:
            faults.append(_refusal(error, ref, batch, file))
    for old, new in batch.merge:
        try:
            merging.merge(old, new)
        except BadInput as error:
            faults.append(_refusal(error, old, batch, file))
    refuse(faults)
    outcome.merged = merging.merged


def _refusal(error: BadInput, ref: str, batch: Batch, file: str) -> Fault:
    table, _, _ = error.place.partition(",")
    field = error.field if isinstance(error, BadRecord) else ""
    return Fault(batch.places.get(ref, file), table, ref, field, error.what, error.hint)


def _removal_faults(batch: Batch, lines: Lines, file: str) -> list[Fault]:
    """What is to be removed and is not there."""
    absentees = [ref for ref in batch.remove if not (isinstance(ref, str) and kind_of(ref) and lines.has(ref))]
    return [_refusal(absent(str(ref), file), ref, batch, file) for ref in absentees]


def _remove(refs: Sequence[str], lines: Lines, outcome: Outcome) -> None:
    """Take records out, with the redirects that lead to them, and from the imports that brought them."""
    removed = dict[str, None].fromkeys(refs)
    if not removed:
        return
    outcome.removed = [*removed]
    for ref in outcome.removed:
        lines.drop(ref)
    chains = {old: redirect.to for old, redirect in lines.redirects.items()}
    for old in [old for old in chains if follow(old, chains) in removed]:
        removed[old] = None
        lines.redirect(old, None)
    for key, document in lines.others("imports").items():
        if document.get("source") in removed:
            lines.put_other("imports", key, None)
        elif not removed.keys().isdisjoint(records := document.get("records", {})):
            rest = {ref: entry for ref, entry in records.items() if ref not in removed}
            lines.put_other("imports", key, canonical.document("imports", document | {"records": rest}))


def _put_imports(batch: Batch, lines: Lines) -> None:
    """Add imports, each in the place of the one of its source, where there is one."""
    if not batch.imports:
        return
    chains = {old: redirect.to for old, redirect in lines.redirects.items()}
    present = lines.others("imports")
    keys = {follow(str(document.get("source")), chains): key for key, document in present.items()}
    for each in batch.imports:
        key = keys.setdefault(follow(each.source, chains), f"imports of {each.source}")
        if (encoded := canonical.document("imports", each)) != canonical.document("imports", present.get(key)):
            lines.put_other("imports", key, encoded)
