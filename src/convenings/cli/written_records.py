"""Records as they are written on a command line, or as JSON on standard input."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, get_origin, get_type_hints

import msgspec

from convenings.cli.common import parse_kind
from convenings.domain.errors import BadInput, nearest
from convenings.domain.fields import SHORT
from convenings.domain.kinds import KINDS, a_kind, kind_of
from convenings.domain.records import Event, Labelled, Record
from convenings.domain.slugs import Mint, slug
from convenings.store.decoding import explain

if TYPE_CHECKING:
    from convenings.store.dataset import Dataset

_EXTRAS = frozenset({"kind", "label", "start", "end", "inferred", "agent", "themes", "marked", "note", "reading"})
"""What ``list --json`` prints beyond the fields of a record; ``start`` and ``end`` are compared with those."""
_MOST_ITEMS = 1000
"""Items that a list may have by its numbers on the command line."""
_WHEN = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")


def document_of(kind: str, words: Sequence[str]) -> dict[str, Any]:
    """The document that ``field=value`` arguments write.

    A field that holds a list is repeated; what lies deeper goes by a path with numbers from 0, as
    ``attendance.min=120`` and ``names.0.value=Ana``. Of names, links and descriptions a plain value is the name, the
    address and the text, and of identifiers ``scheme=value``.

    Raises:
        BadInput: A word is no ``field=value``, there is no such field, or one that holds no list stands twice.
    """
    struct = KINDS[kind]
    hints = get_type_hints(struct)
    document: dict[str, Any] = {}
    for word in words:
        path, sign, value = word.partition("=")
        if not sign:
            raise BadInput(f"'{word}' is no field with a value", hint="write field=value, as in label='Ana Lima'")
        name, *rest = path.split(".")
        if name not in hints or name == "evidence":
            near = nearest(name, hints)
            fields = ", ".join(field for field in struct.__struct_fields__ if field != "evidence")
            hint = f"perhaps '{near}' is meant" if near and name != "evidence" else f"use one of: {fields}"
            hint = "give it by --source and --passage, or as JSON" if name == "evidence" else hint
            raise BadInput(f"{a_kind(kind)} has no field '{name}' to be written here", hint=hint)
        if rest:
            put_at(document, [name, *rest], value, word)
        elif get_origin(hints[name]) is list:
            document.setdefault(name, []).append(_item(name, value))
        elif name in document:
            raise BadInput(f"the field '{name}' stands twice", hint="keep one of the two")
        else:
            document[name] = value
    # What somebody writes here is meant as stated, or they would say from what it is inferred.
    if "date" in document:
        document.setdefault("date_basis", "stated")
    return document


def _item(name: str, value: str) -> Any:
    if name == "identifiers":
        scheme, _, number = value.partition("=")
        return {"scheme": scheme, "value": number}
    return {SHORT[name]: value} if name in SHORT else value


def put_at(document: dict[str, Any], path: list[str], value: str, word: str) -> None:
    """Put a value at a path of names and numbers.

    Raises:
        BadInput: A number leaves some out; ``word`` is what was written.
    """
    at: Any = document
    for name, after in zip(path, [*path[1:], ""], strict=True):
        if isinstance(at, list):
            if not name.isdecimal() or int(name) > min(len(at), _MOST_ITEMS):
                raise BadInput(f"'{word}' has no number of an item", hint="number the items from 0, none left out")
            key: Any = int(name)
            if key == len(at):
                at.append(None)
            present = at[key]
        else:
            key, present = name, at.get(name)
        if not after:
            at[key] = value
        elif not isinstance(present, (dict, list)):
            at[key] = present = [] if after.isdecimal() else {}
        at = present


def documents_in(data: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Place and document of every record in JSON: one object, a list of them, or one a line.

    Raises:
        BadInput: It is no such JSON; the place is in it.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("the text is not UTF-8", place=f"byte {error.start}", hint="save it as UTF-8") from error
    if not text.strip():
        raise BadInput("nothing came in", hint="give records as JSON: one, a list, or one per line")
    try:
        value = msgspec.json.decode(text)
    except (ValueError, RecursionError) as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) == 1 or isinstance(error, RecursionError):
            raise _malformed("", error) from error
        values = [(f"line {number}", _decoded(line, number)) for number, line in lines]
    else:
        items = value if isinstance(value, list) else [value]
        values = [(f"record {number}", item) for number, item in enumerate(items, 1)]
    for place, item in values:
        if not isinstance(item, dict):
            raise BadInput("this is no record", place=place, hint='write an object, as in {"id": "person/ana", ...}')
    return values


def _decoded(line: str, number: int) -> Any:
    try:
        return msgspec.json.decode(line)
    except (ValueError, RecursionError) as error:
        raise _malformed(f"line {number}", error) from error


def _malformed(place: str, error: Exception) -> BadInput:
    what = "nested too deeply" if isinstance(error, RecursionError) else str(error).removeprefix("JSON is malformed: ")
    return BadInput(f"this is no JSON ({what})", place=place, hint="give records as JSON: one, a list, or one per line")


def record_from(document: dict[str, Any], place: str, mint: Callable[[], Mint], *, lax: bool = False) -> Record:
    """The record that a document is, with an id of its own where it has none.

    Args:
        document: Its fields; also as ``list --json`` prints them.
        place: Where it comes from, for messages.
        mint: Gives new ids.
        lax: Whether numbers, and true and false, may be written as text.

    Raises:
        BadInput: It is no record, or what was worked out of its fields does not agree with them.
    """
    kind = _kind(document, place)
    struct = KINDS[kind]
    fields = {name: value for name, value in document.items() if name in struct.__struct_fields__}
    unknown = [name for name in document if name not in fields and name not in _EXTRAS]
    if "id" not in fields:
        fields["id"] = f"{kind}/new"
    try:
        record: Record = msgspec.convert(fields | {name: document[name] for name in unknown}, struct, strict=not lax)
    except msgspec.ValidationError as error:
        ref = document.get("id")
        raise explain(error, kind, file=place, record=ref if isinstance(ref, str) else kind) from error
    if isinstance(record, Event):
        _compare_times(record, document, place)
    if "id" not in document:
        record = msgspec.structs.replace(record, id=mint().ref(kind, _name(record)))
    return record


def _kind(document: dict[str, Any], place: str) -> str:
    """The kind of a document, by its id, and by the kind that it names."""
    ref, word = document.get("id"), document.get("kind")
    by_id = kind_of(ref) if isinstance(ref, str) else ""
    if isinstance(word, str):
        kind = parse_kind(word)
        if by_id and by_id != kind:
            raise BadInput(f"'{ref}' is no id of {a_kind(kind)}", file=place, hint="let id and kind agree")
        return kind
    if not by_id:
        hint = f'give it an id, or a "kind": {", ".join(KINDS)}'
        raise BadInput("nothing says what kind of record this is", file=place, hint=hint)
    return by_id


def _compare_times(event: Event, document: dict[str, Any], place: str) -> None:
    """Refuse a start or an end that is another one than that of the fields it was worked out of."""
    for name, clock in (("start", event.start_time), ("end", event.end_time)):
        value = document.get(name)
        if not isinstance(value, str) or not _WHEN.fullmatch(value):
            continue
        day, has_time, time = value.partition("T")
        # An end after midnight is on another day than that of the date, and a session without a date on its event's.
        is_other_day = name == "start" and event.date is not None and not event.date.startswith(day)
        if is_other_day or (has_time and time != clock):
            hint = f"change date and {name}_time, from which it is worked out, and leave out '{name}'"
            raise BadInput(f"the {name} {value} is not that of its fields", file=place, hint=hint)


def _name(record: Record) -> str:
    """Of what the id of a record is made."""
    if isinstance(record, Labelled):
        return record.label
    texts = [getattr(record, name, None) for name in ("agent", "person", "subject", "unnamed", "summary", "event")]
    refs = [text.rpartition("/")[2] if kind_of(text) else slug(text)[:30] for text in texts if isinstance(text, str)]
    return " ".join(refs[:2]) or type(record).__name__


def own_zones(records: list[Record], dataset: Dataset) -> list[Record]:
    """Records in which no event repeats the zone that it has from the event above, as ``list --json`` prints it."""
    events = {record.id: record for record in records if isinstance(record, Event)}
    if not any(event.zone and event.super_event for event in events.values()):
        return records
    stored = {record.id: record for record in dataset.records("event") if isinstance(record, Event)}
    every = stored | events

    def zone_above(event: Event) -> str | None:
        visited = {event.id}
        above = every.get(event.super_event or "")
        while above is not None and above.id not in visited:
            visited.add(above.id)
            if above.zone and (stored.get(above.id) is None or stored[above.id].zone):
                return above.zone
            above = every.get(above.super_event or "")
        return None

    def owned(record: Record) -> Record:
        if not isinstance(record, Event) or not record.zone or not record.super_event:
            return record
        former = stored.get(record.id)
        is_inherited = zone_above(record) == record.zone and (former is None or former.zone is None)
        return msgspec.structs.replace(record, zone=None) if is_inherited else record

    return [owned(record) for record in records]
