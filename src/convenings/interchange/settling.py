"""One record of the dataset, of the file, and of the file's former version: what it is to be, field by field."""

from __future__ import annotations

from typing import Any

import msgspec

from convenings.domain.record_values import Evidence, Name
from convenings.domain.records import Record
from convenings.interchange.reports import Conflict
from convenings.interchange.versions import is_version_of
from convenings.store.book import is_set

_APART = ("id", "evidence")
_EMPTY: tuple[Any, Any] = (None, [])
"""What a field holds of which a file said nothing; a list or not."""
_BASIS_OF = {"first_attested": "attested_basis", "last_attested": "attested_basis"}
"""Field to the field that says on what it stands, where that is not called by it."""


class Settled(msgspec.Struct):
    """What a record is to be."""

    record: Record
    conflicts: list[Conflict]


def settle(base: Record | None, ours: Record, theirs: Record, source: str) -> Settled:
    """What a record of the dataset is to be, once a file says of it what it says now.

    What the file changed since its former version is taken, unless the user has changed that field, too.

    Args:
        base: What the file said before; absent where it said nothing, or where nobody knows any more.
        ours: What stands in the dataset.
        theirs: What the file says now.
        source: Id of the source that stands for the file.
    """
    changes: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for name in ours.__struct_fields__:
        if name in _APART or name.endswith("_basis"):
            continue
        present, new = getattr(ours, name), getattr(theirs, name)
        former = getattr(base, name) if base is not None else _EMPTY[type(new) is list]
        if new in (present, former) or (base is None and not is_set(new)):
            continue
        if type(new) is list:
            changes[name] = _joined(former, changes.get(name, present), new)
        elif present == former or not (base or is_set(present)):
            changes[name] = new
        elif name == "label" and (names := _respelt(changes.get("names", getattr(ours, "names", None)), former, new)):
            changes["names"] = names
            continue
        else:
            conflicts.append(Conflict(record=ours.id, field=name, theirs=in_words(new), ours=in_words(present)))
            continue
        basis = _BASIS_OF.get(name, f"{name}_basis")
        if basis in ours.__struct_fields__:
            changes[basis] = getattr(theirs, basis)
    changes["evidence"] = _evidence(ours, theirs, source, {conflict.field for conflict in conflicts})
    return Settled(msgspec.structs.replace(ours, **changes), conflicts)


def _joined(former: list[Any], present: list[Any], new: list[Any]) -> list[Any]:
    """A list with what the file took out of it since, and put into it."""
    if present == former:
        return new
    gone = [item for item in former if item not in new]
    stays = [item for item in present if item not in gone]
    return stays + [item for item in new if item not in former and item not in stays]


def _respelt(names: list[Name] | None, former: str | None, new: str) -> list[Name] | None:
    """Other names of a record of which another file, or the user, has the label; nothing where that is at stake.

    Args:
        names: Those that it has; absent where its kind has none.
        former: What the file called it before; absent where it did not.
        new: What the file calls it now.
    """
    if names is None:
        return None
    if former is None:
        return names if any(name.value == new for name in names) else [*names, Name(value=new)]
    if not any(name.value == former for name in names):
        return None
    return [name if name.value != former else msgspec.structs.replace(name, value=new) for name in names]


def _evidence(ours: Record, theirs: Record, source: str, refused: set[str]) -> list[Evidence]:
    """Evidence of all files, that of this one as it is now."""
    others = [piece for piece in ours.evidence if not is_version_of(piece.source, source)]
    # What the file infers is of no use to a field that has the user's value.
    new = [piece for piece in theirs.evidence if piece.basis == "stated" or not refused.issuperset(piece.fields)]
    # In the place of what it said before, so that the order in which files come makes no difference.
    first = next((at for at, piece in enumerate(ours.evidence) if is_version_of(piece.source, source)), len(others))
    return [*others[:first], *new, *others[first:]]


def is_alike(one: Record, other: Record) -> bool:
    """Whether two records say the same, wherever that stands."""
    return one == other or msgspec.structs.replace(one, evidence=other.evidence) == other


def in_words(value: object) -> str:
    """A value of a field, for people."""
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
