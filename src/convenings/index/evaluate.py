"""Which rows a query selects: the one place in which a query is evaluated, with what the user has added in it.

A part is evaluated to the rows that it selects, or to those that it does not: ``!x`` is the exact complement of ``x``,
and costs what ``x`` costs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from convenings.domain.errors import nearest
from convenings.domain.kinds import HIERARCHIES, KINDS, kind_from_word
from convenings.domain.query.keys import KEYS, STATES, USER_STATES, Meaning, kinds_of
from convenings.domain.query.tree import (
    All,
    BadQuery,
    Either,
    Field,
    Not,
    Query,
    Word,
    asking,
    conjuncts,
    fields,
    has_words,
)
from convenings.domain.roles import ROLES
from convenings.domain.spelling import letter_spellings
from convenings.domain.text import fold
from convenings.index.dated_rows import DatedRows
from convenings.index.model import READ_TOGETHER, ReadModel
from convenings.index.search_words import SearchWord, search_words

_TEXTS = ("text", "summary", "detail", "title", "title_as_stated")
"""Fields in which a phrase is looked for beside the label."""
_VALUES: dict[str, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "role": ROLES,
    "is": tuple(STATES),
    "basis": ("stated", "inferred"),
}
"""Values that are right even where no record has them."""

UserRows = Mapping[str, Callable[[], Collection[int]]]
"""``marked``, ``noted`` and ``pinned`` to what gives the rows that are so; one that is absent has no meaning here."""


def matching(model: ReadModel, span: tuple[int, int], query: Query, user_rows: UserRows | None = None) -> list[int]:
    """Rows of ``span`` that a query selects, in row order.

    Args:
        model: The read model.
        span: First row, and one past the last.
        query: A parsed query.
        user_rows: What only the user knows; asked for only where the query speaks of it.

    Raises:
        BadQuery: A value that its key does not take, or a key that asks nothing of the records of the span.
    """
    query = asking(query)
    evaluation = Evaluation(model, query, user_rows or {})
    evaluation.check(kinds_between(model, *span))
    return evaluation.selection(*span).among(range(*span))


def kinds_between(model: ReadModel, first: int, last: int) -> list[str]:
    """Kinds of the rows from ``first`` up to, and without, ``last``."""
    return [kind for kind in KINDS if _overlap(model.range(kind), (first, last))]


class Selection(NamedTuple):
    """Rows that are selected; or, ``inverted``, all but these."""

    rows: Collection[int]
    """A set, or a sequence that ascends."""
    inverted: bool = False

    def __invert__(self) -> Selection:
        return Selection(self.rows, not self.inverted)

    def has(self, row: int) -> bool:
        """Whether a row is selected; quick after :meth:`for_lookup`."""
        return (row in self.rows) != self.inverted

    def for_lookup(self) -> Selection:
        """The selection in a form in which a row is looked up in one step."""
        return self if isinstance(self.rows, set | range) else Selection(set(self.rows), self.inverted)

    def among(self, every: range) -> list[int]:
        """Those of some consecutive rows that are selected, in row order; others are not in the selection."""
        if not self.inverted:
            return sorted(self.rows) if isinstance(self.rows, set) else list(self.rows)
        rows = self.rows if isinstance(self.rows, set) else set(self.rows)
        return [row for row in every if row not in rows] if rows else list(every)


class Evaluation:
    """The evaluation of one query, over one or more spans of rows.

    Args:
        model: The read model.
        query: A query without words that say nothing.
        user_rows: What only the user knows.
    """

    def __init__(self, model: ReadModel, query: Query, user_rows: UserRows) -> None:
        self._model = model
        self._query = query
        self._user_rows = user_rows
        self._targets = cache(self._called)
        self._dates = DatedRows(model)

    def check(self, kinds: Iterable[str]) -> None:
        """Refuse what cannot be answered.

        Args:
            kinds: Kinds of the records that are wanted; a ``kind:`` that must hold narrows them.

        Raises:
            BadQuery: A value that its key does not take, or a key that asks nothing of a record of any of these kinds.
        """
        wanted = list(kinds)
        for part in conjuncts(self._query):
            if isinstance(part, Field) and part.key == "kind":
                chosen = self._values(part)
                wanted = [kind for kind in wanted if kind in chosen]
        for field in dict.fromkeys(fields(self._query)):
            _check_kinds(field, wanted)
            self._check_value(field)

    def selection(self, first: int, last: int) -> Selection:
        """What the query selects of the rows from ``first`` up to, and without, ``last``."""
        return self._select(self._query, first, last)

    def _select(self, part: Query, first: int, last: int) -> Selection:
        match part:
            case Word():
                return Selection(self._word(part, first, last))
            case Field():
                return Selection(self._field(part, first, last))
            case Not(inner):
                return ~self._select(inner, first, last)
            case All(parts):
                return _conjunction(self._select(each, first, last) for each in dict.fromkeys(parts))
            case Either(parts):
                return ~_conjunction(~self._select(each, first, last) for each in dict.fromkeys(parts))

    # Words

    def _word(self, word: Word, first: int, last: int) -> Collection[int]:
        """Rows with the word in a name or text, as the beginning of a word; where there are none, anywhere in a label.

        Of a phrase, rows with all of it together in the label or in the text itself; in any spelling.
        """
        sought, index = search_words(word.text), self._model.words
        names, texts = index.names_with(sought, first, last), index.texts_with(sought, first, last)
        if not (names or texts):
            return index.labels_containing(fold(word.text), first, last)
        either = set(names).union(texts) if names and texts else names or texts
        line = fold(word.text)
        if not word.phrase or " " not in line:
            return either
        together = index.of_label_containing(line, names)
        rest = set(texts)
        if any(len(each.pattern) > len(each.typed[0]) for each in sought):
            rest.update(names)
        return together.union(self._saying(sought, sorted(rest - together)))

    def _saying(self, sought: Sequence[SearchWord], rows: Sequence[int]) -> Iterator[int]:
        """Those of some rows that have some words together in their label or their prose, in any spelling."""
        together = re.compile(" ".join(each.pattern for each in sought))
        for start in range(0, len(rows), READ_TOGETHER):
            for row in self._model.load(rows[start : start + READ_TOGETHER]):
                if _has(row.label, together) or _has(self._prose(row.row), together):
                    yield row.row

    def _prose(self, row: int) -> str:
        record = self._model.record(row)
        return " ".join(str(getattr(record, name, "")) for name in _TEXTS)

    # Fields

    def _check_value(self, field: Field) -> None:
        if field.key == "date":
            self._dates.check(field)
        elif _is_of_user(field):
            if field.value.casefold() not in self._user_rows:
                hint = "only the explorer has pins" if field.value.casefold() == "pinned" else ""
                raise BadQuery(f"{field} has no meaning here", field.start, field.end, hint=hint)
        elif not _names_records(field):
            self._values(field)

    def _values(self, field: Field) -> list[str]:
        """The values that are meant: the one that is written, or else those that begin so.

        Raises:
            BadQuery: There is none.
        """
        value, model = field.value.casefold(), self._model
        if field.key == "kind":
            value = kind_from_word(value) or value
            here = [kind for kind in KINDS if kind in model.ranges]
        else:
            here = model.facet_values(field.key)
        chosen = [each for each in here if each == value] or [each for each in here if each.startswith(value)]
        right = _VALUES.get(field.key, ())
        # Before the index is complete, nobody knows which types there are.
        if chosen or value in right or not model.complete:
            return chosen
        offered = sorted({*here, *right})
        near = nearest(value, offered)
        hint = f"perhaps {near!r} is meant" if near else f"it can be {', '.join(offered[:12]) or 'nothing here'}"
        name = "state" if field.key == "is" else field.key
        raise BadQuery(f"no {name} is called {field.value!r}", field.start, field.end, hint=hint)

    def _field(self, field: Field, first: int, last: int) -> Collection[int]:
        """Rows from ``first`` up to ``last`` that a field selects."""
        if field.key == "date":
            return self._dates.select(field, first, last)
        if _is_of_user(field):
            return {row for row in self._user_rows[field.value.casefold()]() if first <= row < last}
        if _names_records(field):
            return self._linked(field.key, field.value, first, last)
        values = self._values(field)
        if field.key == "kind":
            ranges = map(self._model.range, values)
            spans = sorted((_overlap(span, (first, last)) for span in ranges), key=lambda span: span.start)
            return spans[0] if len(spans) == 1 else [row for span in spans for row in span]
        lists = self._model.facets(field.key, values, first, last)
        return lists[0] if len(lists) == 1 else set[int]().union(*lists)

    # Fields that name other records

    def _linked(self, key: str, value: str, first: int, last: int) -> set[int]:
        """Rows that are linked with the records of a kind that a value names, each kind as the table of keys says."""
        targets, meanings = self._targets(key, value), KEYS[key].kinds
        spans = {kind: span for kind in meanings if (span := _overlap(self._model.range(kind), (first, last)))}
        rows: set[int] = set()
        if any(meanings[kind].related for kind in spans):
            # The kinds in the table are all that can be related to one, so all of the span are asked at once.
            rows |= self._model.links.related_to_any(targets, first, last)
            rows.update(row for row in targets if first <= row < last)
        for kind, span in spans.items():
            rows |= self._pointing(meanings[kind], targets, span)
        if at_events := [kind for kind in spans if meanings[kind].at_events]:
            rows |= self._at_events(key, value, at_events, spans)
        return rows

    def _pointing(self, meaning: Meaning, targets: Collection[int], span: range) -> set[int]:
        """Rows of a kind that point at any of some records by the fields that a key goes by."""
        links, rows = self._model.links, set[int]()
        if meaning.fields:
            rows |= links.referring_to_any(targets, span.start, span.stop, meaning.fields)
        if meaning.on_behalf:
            rows |= links.on_behalf_of_any(targets, span.start, span.stop)
        return rows

    def _at_events(self, key: str, value: str, kinds: Iterable[str], spans: Mapping[str, range]) -> set[int]:
        """Rows of some kinds that are linked with the events that a key finds, and with the sessions of those."""
        events = self._model.range("event")
        at = self._with_parts("event", self._linked(key, value, *events))
        rows: set[int] = set()
        for kind in kinds:
            meaning = KEYS["event"].kinds[kind]
            if meaning.related:
                rows |= self._model.links.related_to_any(at, spans[kind].start, spans[kind].stop)
            rows |= self._pointing(meaning, at, spans[kind])
        return rows

    def _called(self, kind: str, value: str) -> set[int]:
        """Rows of a kind with the words of a value in their names, and all their parts; none where it has no word."""
        sought = search_words(value)
        return self._with_parts(kind, self._model.words.called(sought, *self._model.range(kind))) if sought else set()

    def _with_parts(self, kind: str, rows: Iterable[int]) -> set[int]:
        """Rows of a kind and all their units or parts, to any depth."""
        every = set(rows)
        latest: Collection[int] = every
        while latest and kind in HIERARCHIES:
            parts = self._model.links.referring_to_any(latest, *self._model.range(kind), (HIERARCHIES[kind],))
            latest = parts - every
            every |= latest
        return every


def _names_records(field: Field) -> bool:
    """Whether the value of a field is a name of other records."""
    return field.key in HIERARCHIES or field.key == "person"


def _has(text: str, together: re.Pattern[str]) -> bool:
    """Whether a text has what a pattern matches, in any spelling."""
    return any(map(together.search, (fold(text), *letter_spellings(text))))


def asks_user_alone(query: Query) -> bool:
    """Whether a query asks for nothing but what only the user knows."""
    return not has_words(query) and all(map(_is_of_user, fields(query)))


def _is_of_user(field: Field) -> bool:
    return field.key == "is" and field.value.casefold() in USER_STATES


def _check_kinds(field: Field, wanted: Sequence[str]) -> None:
    """Refuse a key that asks nothing of the records of any wanted kind.

    Raises:
        BadQuery: It does not.
    """
    state = field.value.casefold() if field.key == "is" and field.value.casefold() in STATES else ""
    kinds = kinds_of(field.key, state)
    if wanted and not any(kind in kinds for kind in wanted):
        name = f"is:{state}" if state else f"{field.key}:"
        what = f"{name} has no meaning for {_listing(wanted, 'or')} records"
        raise BadQuery(what, field.start, field.end, hint=f"it is for {_listing(list(kinds), 'and')} records")


def _listing(kinds: Sequence[str], last: str) -> str:
    """Kinds in words: a, b and c."""
    *others, final = kinds
    return f"{', '.join(others)} {last} {final}" if others else final


def _conjunction(selections: Iterable[Selection]) -> Selection:
    """What all of some selections select."""
    common: Collection[int] | None = None
    excluded: set[int] = set()
    for rows, inverted in selections:
        if inverted:
            excluded.update(rows)
        else:
            common = rows if common is None else set(common).intersection(rows)
            if not common:
                return Selection(())
    if common is None:
        return Selection(excluded, inverted=True)
    return Selection(set(common) - excluded if excluded else common)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> range:
    return range(max(a[0], b[0]), min(a[1], b[1]))
