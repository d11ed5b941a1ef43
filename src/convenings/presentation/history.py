"""What was done to a dataset, or to one record of it, in words: each step, and what each field was and became."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from convenings.domain.edits import changed_fields, words_of
from convenings.domain.text import plain
from convenings.store.line_changes import LineChange
from convenings.store.noting import documents
from convenings.store.past import PastStep

MOST_ALIKE = 40
"""Characters that are shown of what two long values begin with alike."""
NOT_LEFT_ALONE = "after that another program, or somebody by hand, has changed the file"


class ChangedRecord(NamedTuple):
    """What a step made of a record."""

    id: str
    is_new: bool
    is_gone: bool
    fields: dict[str, tuple[Any, Any]]
    """Each field that is otherwise since to what it was and what it became, as JSON has it; nothing where not set."""


class StepWords(NamedTuple):
    """A step in words."""

    when: str
    title: str
    state: str
    """What has become of it; empty where it is done, as most are."""
    remarks: Sequence[str]
    """What else is to be known of it, a sentence each."""


def changed_record(change: LineChange) -> ChangedRecord:
    """What a change made of its record."""
    before, after = documents(change)
    one, two = before or {}, after or {}
    fields = {name: (one.get(name), two.get(name)) for name in changed_fields(before, after)}
    return ChangedRecord(change.id, before is None, after is None, fields)


def step_words(past: PastStep) -> StepWords:
    """A step in words."""
    step = past.step
    return StepWords(
        f"{step.at.replace('T', ' ').removesuffix('Z')} UTC",
        words_of(step.kind, step.title),
        "" if past.state == "done" else past.state,
        [*([] if past.is_left_alone else [NOT_LEFT_ALONE]), *([f"because {step.why}"] if step.why else [])],
    )


def values_in_words(before: Any, after: Any, most: int) -> tuple[str, str]:
    """What a field was and became, each in a line of so many characters at most.

    Of two lists only those items are said that one has and the other has not, and how many stay; of what two long texts
    begin with alike, the end.
    """
    one, two = _text(before), _text(after)
    if isinstance(before, list) and isinstance(after, list):
        gone, new = _lacking(before, after), _lacking(after, before)
        # Where only their order is another one, both are said whole.
        if (stay := len(before) - len(gone)) and (gone or new):
            also = f"{stay:,} as before"
            one, two = ("; ".join(filter(None, (_items(each) if each else "", also))) for each in (gone, new))
    if one == two and before != after:
        # What differs is nothing that is put into words.
        one, two = _as_json(before), _as_json(after)
    if max(len(one), len(two)) > most:
        start = _alike(one, two) - MOST_ALIKE
        if start > 0:
            one, two = f"…{one[start:]}", f"…{two[start:]}"
    return _cut(one, most), _cut(two, most)


def value_in_words(value: Any, most: int) -> str:
    """A value of a field in a line of so many characters at most."""
    return _cut(_text(value), most)


def _lacking(values: list[Any], others: list[Any]) -> list[Any]:
    """Those of some values that are not among others; by their JSON, as there may be thousands of both."""
    rest = {msgspec.json.encode(each, order="deterministic") for each in others}
    return [each for each in values if msgspec.json.encode(each, order="deterministic") not in rest]


def _alike(one: str, two: str) -> int:
    """Characters that two texts begin with alike."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(two)))


def _text(value: Any) -> str:
    match value:
        case None | []:
            return "(nothing)"
        case bool():
            return "yes" if value else "no"
        case str():
            return plain(value)
        case {"passage_hash": _}:
            return _passage(value)
        case dict():
            parts = (
                f"{name.replace('_', ' ')} {_inside(each)}" for name, each in value.items() if each not in ([], "")
            )
            return ", ".join(map(plain, parts))
        case list():
            return _items(value)
    return _as_json(value)


def _items(values: list[Any]) -> str:
    return "; ".join(map(_text, values))


def _inside(value: Any) -> str:
    """A value that stands in another one: more than one thing in brackets."""
    text = _text(value)
    return f"({text})" if isinstance(value, dict | list) and ("," in text or ";" in text) else text


def _passage(piece: dict[str, Any]) -> str:
    """A piece of evidence: where it stands, what it supports, and how."""
    where = piece.get("pointer") or f"¶{piece.get('paragraph', 0)}"
    supports = ", ".join("everything" if name == "*" else name.replace("_", " ") for name in piece.get("fields", ()))
    how = " · ".join(filter(None, ("" if piece.get("basis", "stated") == "stated" else "inferred", piece.get("note"))))
    text = f"{where} of {piece.get('source')}, {piece.get('start')}–{piece.get('end')}: {supports}"
    return plain(f"{text} ({how})" if how else text)


def _as_json(value: Any) -> str:
    return plain(value if isinstance(value, str) else msgspec.json.encode(value).decode())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
