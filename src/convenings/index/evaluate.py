"""Which rows a query selects: the one place in which a query is evaluated, with what the user has added in it.

A part is evaluated to the rows that it selects, or to those that it does not: ``!x`` is the exact complement of ``x``,
and costs what ``x`` costs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import get_args

from convenings.domain.errors import nearest
from convenings.domain.kinds import HIERARCHIES, KINDS, WITH_NAME, kind_from_word, kind_of
from convenings.domain.query.keys import DATED, KEYS, NAMING_KEYS, NONE, STATES, USER_STATES, Meaning, kinds_of
from convenings.domain.query.parser import no_key
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
    words_in,
)
from convenings.domain.record_values import Status
from convenings.domain.roles import ROLES
from convenings.domain.text import fold, words
from convenings.index.dated_rows import DatedRows
from convenings.index.model import ReadModel
from convenings.index.selection import Selection, conjunction, overlap
from convenings.index.word_rows import WordRows, with_dates

_VALUES: dict[str, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "role": ROLES,
    "is": tuple(STATES),
    "basis": ("stated", "inferred"),
    "status": get_args(Status),
}
"""Values that are right even where no record has them."""

MOST_OFFERED = 16
"""Values that a hint names where none is near the one that was written."""

UserRows = Mapping[str, Callable[[], Collection[int]]]
"""``marked``, ``noted`` and ``pinned`` to what gives the rows that are so; one that is absent has no meaning here.

Where those that are noted come as a mapping, it is to the folded texts of the notes, which are then found by words.
"""


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
    return [kind for kind in KINDS if overlap(model.range(kind), (first, last))]


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
        self._words = WordRows(model)
        self._targets = cache(self._targets_of)
        self._dates = DatedRows(model)

    def check(self, kinds: Iterable[str]) -> None:
        """Refuse what cannot be answered.

        Args:
            kinds: Kinds of the records that are wanted; a ``kind:`` that must hold narrows them.

        Raises:
            BadQuery: A value that its key does not take, a key that asks nothing of a record of any of these kinds, or
                one that is none, unless it stands with its value in some name or text.
        """
        wanted = list(kinds)
        for part in conjuncts(self._query):
            if isinstance(part, Field) and part.key == "kind":
                chosen = self._values(part)
                wanted = [kind for kind in wanted if kind in chosen]
        for field in dict.fromkeys(fields(self._query)):
            _check_kinds(field, wanted)
            self._check_value(field)
        for word in dict.fromkeys(words_in(self._query)):
            if word.unknown_key and self._model.complete and not self._words.occurs(word):
                raise no_key(word.unknown_key, word.start)

    def selection(self, first: int, last: int) -> Selection:
        """What the query selects of the rows from ``first`` up to, and without, ``last``."""
        return self._select(self._query, first, last)

    def _select(self, part: Query, first: int, last: int) -> Selection:
        match part:
            case Word():
                rows = self._words.having(part, first, last)
                noted = noted_with(self._user_rows, part)
                return Selection(noted.intersection(range(first, last)).union(rows) if noted else rows)
            case Field():
                return Selection(self._field(part, first, last))
            case Not(inner):
                return ~self._select(inner, first, last)
            case All(parts):
                return conjunction(self._select(each, first, last) for each in dict.fromkeys(with_dates(parts)))
            case Either(parts):
                return ~conjunction(~self._select(each, first, last) for each in dict.fromkeys(parts))

    # Fields

    def _check_value(self, field: Field) -> None:
        if field.key == "date":
            if not _is_none(field):
                self._dates.check(field)
        elif is_of_user(field):
            if field.value.casefold() not in self._user_rows:
                hint = "only the explorer has pins" if field.value.casefold() == "pinned" else ""
                raise BadQuery(f"{field} has no meaning here", field.start, field.end, hint=hint)
        elif not names_records(field):
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
        elif field.key == "is":
            here = [state for state in STATES if state not in USER_STATES]
        else:
            here = model.facet_values(field.key)
        chosen = [each for each in here if each == value]
        if not chosen and not field.exact:
            chosen = [each for each in here if each.startswith(value)]
        right = _VALUES.get(field.key, ())
        # Before the index is complete, nobody knows which types there are.
        if chosen or value in right or not model.complete:
            return chosen
        # As many as a line has room for, before all those that have an answer here.
        offered = [*sorted(here), *sorted({*right}.difference(here))]
        near = nearest(value, offered)
        those = ", ".join(sorted(offered[:MOST_OFFERED])) or "nothing here"
        hint = f"perhaps {near!r} is meant" if near else f"it can be {those}"
        name = "state" if field.key == "is" else field.key
        raise BadQuery(f"no {name} is called {field.value!r}", field.start, field.end, hint=hint)

    def _field(self, field: Field, first: int, last: int) -> Collection[int]:
        """Rows from ``first`` up to ``last`` that a field selects."""
        if field.key == "date":
            return self._undated(first, last) if _is_none(field) else self._dates.select(field, first, last)
        if is_of_user(field):
            return {row for row in self._user_rows[field.value.casefold()]() if first <= row < last}
        if names_records(field):
            return self._linked_as(field, first, last)
        values = self._values(field)
        if field.key == "is":
            return set[int]().union(*(self._in_state(state, first, last) for state in values))
        if field.key == "kind":
            ranges = map(self._model.range, values)
            spans = sorted((overlap(span, (first, last)) for span in ranges), key=lambda span: span.start)
            return spans[0] if len(spans) == 1 else [row for span in spans for row in span]
        lists = self._model.facets(field.key, values, first, last)
        return lists[0] if len(lists) == 1 else set[int]().union(*lists)

    def _in_state(self, state: str, first: int, last: int) -> Collection[int]:
        """Rows that are in a state of ``is:`` which the dataset says."""
        if state == "undated":
            return self._undated(first, last)
        key, value = ("basis", state) if state == "inferred" else ("is", state)
        return self._model.facets(key, [value], first, last)[0]

    def _undated(self, first: int, last: int) -> set[int]:
        """Rows that could have days and have none."""
        every = {row for kind in DATED for row in overlap(self._model.range(kind), (first, last))}
        return every - self._dates.dated(first, last)

    # Fields that name other records

    def _linked_as(self, field: Field, first: int, last: int) -> set[int]:
        """Rows that are linked with what a field names; or with no record of that kind."""
        if not _is_none(field):
            return self._linked(field.key, self._targets(field.key, field.value, field.exact), first, last)
        every = {row for kind in KEYS[field.key].kinds for row in overlap(self._model.range(kind), (first, last))}
        return every - self._linked(field.key, range(*self._model.range(field.key)), first, last)

    def _linked(self, key: str, targets: Collection[int], first: int, last: int) -> set[int]:
        """Rows that are linked with some records of the kind of a key, each kind as the table of keys says."""
        meanings = KEYS[key].kinds
        spans = {kind: span for kind in meanings if (span := overlap(self._model.range(kind), (first, last)))}
        rows: set[int] = set()
        if any(meanings[kind].related for kind in spans):
            # The kinds in the table are all that can be related to one, so all of the span are asked at once.
            rows |= self._model.links.related_to_any(targets, first, last)
            rows.update(row for row in targets if first <= row < last)
        for kind, span in spans.items():
            rows |= self._pointing(meanings[kind], targets, span)
        if at_events := [kind for kind in spans if meanings[kind].at_events]:
            rows |= self._at_events(key, targets, at_events, spans)
        return rows

    def _pointing(self, meaning: Meaning, targets: Collection[int], span: range) -> set[int]:
        """Rows of a kind that point at any of some records by the fields that a key goes by."""
        links, rows = self._model.links, set[int]()
        if meaning.fields:
            rows |= links.referring_to_any(targets, span.start, span.stop, meaning.fields)
        if meaning.on_behalf:
            rows |= links.on_behalf_of_any(targets, span.start, span.stop)
        return rows

    def _at_events(
        self, key: str, targets: Collection[int], kinds: Iterable[str], spans: Mapping[str, range]
    ) -> set[int]:
        """Rows of some kinds that are linked with the events that a key finds, and with the sessions of those."""
        events = self._model.range("event")
        at = self._with_parts("event", self._linked(key, targets, *events))
        rows: set[int] = set()
        for kind in kinds:
            meaning = KEYS["event"].kinds[kind]
            if meaning.related:
                rows |= self._model.links.related_to_any(at, spans[kind].start, spans[kind].stop)
            rows |= self._pointing(meaning, at, spans[kind])
        return rows

    def _targets_of(self, kind: str, value: str, exact: bool) -> set[int]:
        """Rows of a kind that a value names, by a name or an id, and all their parts; none where it has no word."""
        if kind_of(value) == kind:
            return self._with_parts(kind, self._words.with_id(value, *self._model.range(kind)))
        if kind not in WITH_NAME:
            # The names of all others stand among their texts.
            return {*self._words.having(Word(value, phrase=exact), *self._model.range(kind))} if words(value) else set()
        return self._with_parts(kind, self._words.called(kind, value, exact=exact)) if words(value) else set()

    def _with_parts(self, kind: str, rows: Iterable[int]) -> set[int]:
        """Rows of a kind and all their units or parts, to any depth."""
        every = set(rows)
        latest: Collection[int] = every
        while latest and kind in HIERARCHIES:
            parts = self._model.links.referring_to_any(latest, *self._model.range(kind), (HIERARCHIES[kind],))
            latest = parts - every
            every |= latest
        return every


def noted_with(user_rows: UserRows, word: Word) -> set[int]:
    """Rows on which the user has written a note that has a word, or beginnings of words, as a text may have it."""
    notes = user_rows["noted"]() if "noted" in user_rows else ()
    if not isinstance(notes, Mapping) or not (tokens := words(word.text)):
        return set()
    ending = " " if word.phrase and not word.unfinished else ""
    sought = [f" {fold(word.text)}{ending}"] if word.phrase else [f" {token}" for token in tokens]
    return {row for row, text in notes.items() if all(each in f" {text} " for each in sought)}


def _is_none(field: Field) -> bool:
    """Whether a field asks for what is linked with nothing, or has no date."""
    return not field.exact and field.value.casefold() == NONE


def names_records(field: Field) -> bool:
    """Whether the value of a field is a name of other records."""
    return field.key in NAMING_KEYS


def is_nobody(model: ReadModel, field: Field) -> bool:
    """Whether the value of a field is to be a name, and nothing is called so."""
    if not names_records(field) or _is_none(field):
        return False
    if kind_of(field.value) == field.key:
        return model.row_of(field.value) is None
    if field.key not in WITH_NAME or not words(field.value):
        return False
    return not WordRows(model).called(field.key, field.value, exact=field.exact)


def asks_user_alone(query: Query) -> bool:
    """Whether a query asks for nothing but what only the user knows."""
    return not has_words(query) and all(map(is_of_user, fields(query)))


def is_of_user(field: Field) -> bool:
    """Whether a field asks for what no dataset says: what is marked, noted or pinned."""
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
