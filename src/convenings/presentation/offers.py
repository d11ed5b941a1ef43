"""What may stand behind a key that is being typed: values that occur, with how many records have each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from convenings.domain.kinds import KINDS, WITH_NAME
from convenings.domain.query.keys import ALIASES, KEYS, NAMING_KEYS
from convenings.index.model import ReadModel

MOST_OFFERS = 12
"""At most this many values are offered."""
_UNFINISHED = re.compile(r"(?:^|[\s(!])([A-Za-z]+)[:：]([^\s:()\"]*)$")

_KEY_BEGINNING = re.compile(r"(?:^|[\s(!])([A-Za-z]+)$")


class Offer(NamedTuple):
    """A value that completes a line."""

    term: str
    """The key with the value, as it is typed."""
    number: int
    """How many records have it."""


def offers(model: ReadModel, line: str, span: tuple[int, int] | None = None) -> list[Offer]:
    """Values of the key that a line ends in, the most frequent first; none where it ends in no key.

    Args:
        model: The read model.
        line: A line of the query language that is being typed.
        span: First row, and one past the last, of what is looked for; everything where absent.
    """
    if not (match := _UNFINISHED.search(line)) or not model.complete:
        return []
    key, typed = ALIASES.get(match[1].lower(), match[1].lower()), match[2].casefold()
    if key not in KEYS:
        return []
    numbers = sorted(_numbers(model, key, typed, span or (0, model.total)), key=lambda offer: (-offer[1], offer[0]))
    terms = ((f'"{value}"' if re.search(r"[\s()]", value) else value, number) for value, number in numbers)
    return [Offer(f"{key}:{value}", number) for value, number in terms if number and value.casefold() != typed][
        :MOST_OFFERS
    ]


def completions(model: ReadModel, line: str, span: tuple[int, int] | None = None) -> list[str]:
    """A line with its last term completed: by each value that is offered, or by each key that begins so."""
    if match := _UNFINISHED.search(line):
        start = line[: match.start(1)]
        return [f"{start}{offer.term}" for offer in offers(model, line, span)]
    match = _KEY_BEGINNING.search(line)
    return [f"{line[: match.start(1)]}{key}:" for key in KEYS if key.startswith(match[1].lower())] if match else []


class Completer:
    """Completes a line, each time it is asked by the next way to go on from what was typed.

    Args:
        ways: Gives all ways to complete a line.
    """

    def __init__(self, ways: Callable[[str], Sequence[str]]) -> None:
        self._ways = ways
        self._lines: Sequence[str] = ()

    def next(self, line: str) -> str:
        """The line completed in the next way; an empty one where there is none."""
        if line in self._lines:
            return self._lines[(self._lines.index(line) + 1) % len(self._lines)]
        self._lines = self._ways(line)
        return self._lines[0] if self._lines else ""


def _numbers(model: ReadModel, key: str, typed: str, span: tuple[int, int]) -> Iterator[tuple[str, int]]:
    """Values that begin so, and how many rows of a span have each; of a name, how many records it is related to."""
    first, last = span
    if key == "kind":
        values: Sequence[str] = [kind for kind in KINDS if kind.startswith(typed)]
        for kind in values:
            yield kind, len(range(max(first, model.range(kind)[0]), min(last, model.range(kind)[1])))
    elif key in NAMING_KEYS:
        yield from _names(model, key, typed)
    elif key != "date":
        values = [value for value in model.facet_values(key) if value.startswith(typed)]
        for value, rows in zip(values, model.facets(key, values, first, last), strict=True):
            yield value, len(rows)
        if key == "is" and "inferred".startswith(typed):
            (rows,) = model.facets("basis", ["inferred"], first, last)
            yield "inferred", len(rows)


def _names(model: ReadModel, kind: str, typed: str) -> Iterator[tuple[str, int]]:
    """Labels of a kind with a word that begins so."""
    from convenings.index.word_rows import WordRows

    span = model.range(kind)
    is_named = kind in WITH_NAME
    rows = WordRows(model).called(kind, typed, exact=False) if typed and is_named else range(*span)
    for row in model.load(list(rows)[:MOST_OFFERS]):
        if '"' not in row.label and (is_named or typed in row.label.casefold()):
            yield row.label, sum(model.counts(row.row))
