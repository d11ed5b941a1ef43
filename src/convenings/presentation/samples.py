"""Records that are not in any index yet, as a few lines each: what an import would bring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from convenings.domain.dates import when_in_words
from convenings.domain.kinds import KIND_OF_STRUCT
from convenings.domain.records import Event, Labelled, Participation, Record
from convenings.domain.text import plain

MOST_NAMES = 6
"""Of those who take part, how many are named."""
LONGEST = 160
"""Letters of a value that are shown."""
_UNSHOWN = frozenset(
    {"id", "label", "evidence", "date", "date_basis", "start_time", "end_time", "position", "super_event"}
)
"""Fields that say nothing here, or that are said in other words."""


class Sample(msgspec.Struct, frozen=True):
    """A record in a few lines, all of them harmless."""

    kind: str
    label: str
    lines: tuple[tuple[str, str], ...]
    """Field, and what it holds."""


def samples(records: Sequence[Record], book: Mapping[str, Record]) -> list[Sample]:
    """Some records as people are to look them over.

    Args:
        records: The records.
        book: Every record by id, for what they refer to, and for who takes part.
    """
    refs = {record.id for record in records if isinstance(record, Event)}
    parties: dict[str, list[Participation]] = {ref: [] for ref in refs}
    for other in book.values() if refs else ():
        if isinstance(other, Participation) and other.event in parties:
            parties[other.event].append(other)
    return [
        Sample(
            KIND_OF_STRUCT[type(record)],
            plain(record.label if isinstance(record, Labelled) else record.id),
            tuple((name, _short(value)) for name, value in _lines(record, book, parties.get(record.id, ()))),
        )
        for record in records
    ]


def _lines(record: Record, book: Mapping[str, Record], parties: Sequence[Participation]) -> Iterator[tuple[str, str]]:
    if isinstance(record, Event):
        if when := when_in_words(record.date, record.start_time, record.date_basis, end_time=record.end_time):
            yield "when", when
        if record.super_event:
            yield "part of", _name(record.super_event, book)
        roles: dict[str, list[str]] = {}
        for each in parties:
            roles.setdefault(each.role, []).append(_name(each.agent, book) if each.agent else each.unnamed or "unnamed")
        for role, names in roles.items():
            more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
            yield role, ", ".join(names[:MOST_NAMES]) + more
    for field in record.__struct_fields__:
        value = getattr(record, field)
        if field.endswith("_basis"):
            if value == "inferred" and field != "date_basis":
                yield field.removesuffix("_basis"), "inferred"
            continue
        if field not in _UNSHOWN and (text := _text(value, book)):
            # A list of one is called what it holds.
            is_one = isinstance(value, list) and len(value) == 1
            yield field.replace("_", " ").removesuffix("s" if is_one else ""), text


def _text(value: object, book: Mapping[str, Record]) -> str:
    """What a field holds in words; nothing of what holds nothing."""
    match value:
        case None | "" | [] | False:
            return ""
        case str():
            return _name(value, book)
        case list():
            return ", ".join(filter(None, (_text(each, book) for each in value)))
        case msgspec.Struct():
            held = [getattr(value, name, "") for name in ("text", "url", "value", "as_stated")]
            return next((text for text in held if isinstance(text, str) and text), "")
    return str(value)


def _name(ref: str, book: Mapping[str, Record]) -> str:
    record = book.get(ref)
    return record.label if isinstance(record, Labelled) else ref


def _short(text: str) -> str:
    text = plain(text[: LONGEST * 2])
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
