"""Runs in the builder, main thread.

What the last import brought, told by the table of imports, whose documents are no records."""

from __future__ import annotations

import msgspec

from convenings.store.layout import Layout


class _When(msgspec.Struct, gc=False):
    at: str = ""


class _Brought(msgspec.Struct, gc=False):
    records: dict[str, msgspec.Raw] = {}


def newest_ids(layout: Layout) -> tuple[str, ...]:
    """Ids of the records that the last import made or updated, those of all files that it read together.

    Of a document that is no import nothing is told; what is wrong with it is for the check to say.
    """
    times: dict[str, list[msgspec.Raw]] = {}
    for raw in layout.documents("imports").values():
        try:
            times.setdefault(msgspec.json.decode(raw, type=_When).at, []).append(raw)
        except msgspec.DecodeError:
            continue
    refs: dict[str, None] = {}
    for raw in times[max(times)] if times else ():
        try:
            refs |= dict.fromkeys(msgspec.json.decode(raw, type=_Brought).records)
        except msgspec.DecodeError:
            continue
    return tuple(refs)
