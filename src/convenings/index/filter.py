"""Which rows of a range a query keeps: what a pane's filter and the keys of a search mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from convenings.domain.dates import EdtfError, parse
from convenings.domain.errors import BadInput, nearest
from convenings.domain.kinds import KINDS, kind_from_word
from convenings.domain.query import Field, Query, Word
from convenings.domain.roles import ROLES
from convenings.domain.text import fold, words
from convenings.index.model import ReadModel
from convenings.index.sqlite import statements

EVERYTHING = 1 << 31
"""No limit on rows."""
RELATED_KEYS = {
    "event": "event",
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "topic": "topic",
}
"""Keys that mean "related to a record of this kind with these words in its name"."""
NAMES_TRIED = 200
"""At most this many records named by such a key are followed."""


def matching(
    model: ReadModel, span: tuple[int, int], query: Query, own: Mapping[str, Collection[int]] | None = None
) -> list[int]:
    """Rows of ``span`` that satisfy every part of ``query``, in row order.

    Args:
        model: The read model.
        span: First row, and one past the last.
        query: A parsed query.
        own: What only the user knows: ``marked``, ``noted`` and ``pinned`` to rows.

    Raises:
        BadInput: A value that its key does not take.
    """
    kept: list[int] | None = None
    dropped: set[int] = set()
    parts: list[Word | Field] = [*(word for word in query.words if words(word.text)), *query.fields]
    for part in dict.fromkeys(parts):
        found = _word(model, span, part) if isinstance(part, Word) else _field(model, span, part, own or {})
        if part.negated:
            dropped.update(found)
        else:
            kept = found if kept is None else sorted(set(found).intersection(kept))
    every: Iterable[int] = range(*span) if kept is None else kept
    return [row for row in every if row not in dropped] if dropped else list(every)


def _word(model: ReadModel, span: tuple[int, int], word: Word) -> list[int]:
    tokens = words(word.text)
    match = " ".join(f'"{token}"*' for token in dict.fromkeys(tokens))
    found = _together(
        model.listed(statement, match, *span) for statement in (statements.NAMES_MATCHING, statements.BODIES_MATCHING)
    )
    if not found:
        found = model.listed(statements.NAMES_CONTAINING, *span, fold(word.text))
    elif word.phrase and len(tokens) > 1:
        line = fold(word.text)
        found = [row for row in found if line in fold(model.one(row).label) or line in _text(model, row)]
    return found


def _together(lists: Iterable[list[int]]) -> list[int]:
    """Rows that are in any of some lists, in row order."""
    some = [found for found in lists if found]
    return sorted(set().union(*some)) if len(some) > 1 else some[0] if some else []


def _text(model: ReadModel, row: int) -> str:
    record = model.record(row)
    return fold(
        " ".join(str(getattr(record, name, "")) for name in ("text", "summary", "detail", "title", "title_as_stated"))
    )


def _field(model: ReadModel, span: tuple[int, int], field: Field, own: Mapping[str, Collection[int]]) -> list[int]:
    value = field.value.casefold()
    if field.key == "is" and value in ("marked", "noted", "pinned"):
        return sorted(row for row in own.get(value, ()) if span[0] <= row < span[1])
    if field.key == "date":
        return _dated(model, span, field.value)
    if field.key in RELATED_KEYS:
        return _related(model, span, RELATED_KEYS[field.key], field.value)
    if field.key == "kind":
        value = kind_from_word(value) or value
    known = model.facet_values(field.key)
    chosen = [v for v in known if v == value] or [v for v in known if v.startswith(value)]
    if not chosen and value not in _ALWAYS.get(field.key, ()):
        offered = sorted({*known, *_ALWAYS.get(field.key, ())})
        near = nearest(value, offered)
        hint = f"perhaps {near!r} is meant" if near else f"it can be {', '.join(offered[:12]) or 'nothing here'}"
        name = "state" if field.key == "is" else field.key
        raise BadInput(f"no {name} is called {field.value!r}", hint=hint)
    return _together(list(model.facet(field.key, v, *span)) for v in chosen)


_ALWAYS: dict[str, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "role": ROLES,
    "is": ("marked", "noted", "pinned", "unnamed", "gap"),
    "basis": ("stated", "inferred"),
}
"""Values that are right even where no record has them."""


def _dated(model: ReadModel, span: tuple[int, int], value: str) -> list[int]:
    try:
        date = parse(value)
    except EdtfError as error:
        raise BadInput(str(error)) from error
    first = date.earliest if date.earliest is not None else 0
    last = date.latest if date.latest is not None else EVERYTHING
    return model.listed(statements.DATED_ROWS, *span, last, first)


def _related(model: ReadModel, span: tuple[int, int], kind: str, value: str) -> list[int]:
    match = " ".join(f'"{token}"*' for token in dict.fromkeys(words(value)))
    if not match:
        return []
    column = f"{{label alias}}: ({match})"
    named = model.sql.execute(statements.NAME_MATCH, (column, *model.range(kind), NAMES_TRIED)).fetchall()
    found: set[int] = set()
    for row in _with_parts(model, [row for (row,) in named]):
        found.update(model.related_rows(row, *span))
        if span[0] <= row < span[1]:
            found.add(row)
    return sorted(found)


def _with_parts(model: ReadModel, rows: list[int]) -> list[int]:
    """Rows and all their units or parts, to any depth."""
    found = dict.fromkeys(rows)
    todo = list(rows)
    while todo and len(found) < NAMES_TRIED:
        for row in model.parts(todo.pop()):
            if row not in found:
                found[row] = None
                todo.append(row)
    return list(found)
