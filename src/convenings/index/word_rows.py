"""Which rows have a word, a phrase or a name: what a query asks by words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from convenings.domain.dates import EdtfError, parse
from convenings.domain.kinds import DATE_FIELDS, kind_of
from convenings.domain.markup import words_of_others
from convenings.domain.query.days import MOST_WORDS, date_in
from convenings.domain.query.tree import Query, Word
from convenings.domain.spelling import letter_spellings
from convenings.domain.text import fold, is_symbol, words
from convenings.index.dated_rows import bounds_of
from convenings.index.model import READ_TOGETHER, ReadModel
from convenings.index.questions import Match
from convenings.index.search_words import search_words, words_sought
from convenings.index.selection import overlap
from convenings.index.sqlite import match

_TEXTS = ("text", "summary", "detail", "title", "title_as_stated")
"""Fields in which a phrase is looked for beside what the row shows."""

MOST_REMEMBERED = 2_000
"""Rows with a word that are remembered: while somebody types, and for each reading of a line, all its words are asked
for again; of what is in more rows the index gives them as quickly as is wanted, and they take memory."""


class WordRows:
    """Rows of one read model by words."""

    def __init__(self, model: ReadModel) -> None:
        self._model = model

    def occurs(self, word: Word) -> bool:
        """Whether any record has a word."""
        rows = self._model.words.texts(expression(word), 0, self._model.total)
        return next(iter(rows), None) is not None

    def having(self, word: Word, first: int, last: int) -> Collection[int]:
        """Rows that have the word, bear the id that it is, or have a day of their own in the date that it is.

        Where there are none, those with it anywhere in a label. Of a phrase, rows with all of it together in a name, in
        what their row shows, or in the text itself.
        """
        key = (word, word.unfinished, first, last)
        if (rows := self._model.word_rows.get(key)) is None:
            rows = self._having(word, first, last)
            if len(rows) <= MOST_REMEMBERED:
                self._model.word_rows.put(key, rows)
        return rows

    def _having(self, word: Word, first: int, last: int) -> Collection[int]:
        tokens, index = words(word.text), self._model.words
        ask = index.texts_matching if self._model.complete else index.names_matching
        rows: Collection[int] = ask(expression(word), first, last)
        if word.phrase and len(tokens) > 1 and not any(map(is_symbol, tokens[1:2])):
            rows = self._together(word, rows)
        others = {*self.with_id(word.text, first, last), *self._with_day(word.text, first, last)}
        if others:
            return others.union(rows)
        if rows or word.phrase or any(map(is_symbol, tokens)):
            return rows
        return index.labels_containing(fold(word.text), first, last)

    def _together(self, word: Word, rows: Collection[int]) -> set[int]:
        """Those of some rows that have a phrase together somewhere, in any spelling."""
        phrase = f" {fold(word.text)}" if word.unfinished else f" {fold(word.text)} "
        together = self._model.words.with_phrase(phrase, list(rows))
        patterns = [each.pattern for each in search_words(word.text) if not is_symbol(each.typed[0])]
        pattern = re.compile(f" {' '.join(patterns)}{'' if word.unfinished else ' '}")
        return together.union(self._saying(pattern, [row for row in rows if row not in together]))

    def _saying(self, phrase: re.Pattern[str], rows: Sequence[int]) -> Iterator[int]:
        """Those of some rows that have a phrase in what they show or in their prose."""
        for start in range(0, len(rows), READ_TOGETHER):
            for row in self._model.load(rows[start : start + READ_TOGETHER]):
                shown = (row.label, row.trailing, row.secondary)
                if any(_has(text, phrase) for text in shown) or _has(self._prose(row.row), phrase):
                    yield row.row

    def _prose(self, row: int) -> str:
        record = self._model.record(row)
        return " ".join((*(str(getattr(record, name, "")) for name in _TEXTS), *words_of_others(record)))

    def with_id(self, text: str, first: int, last: int) -> Iterator[int]:
        """The row with an id, where the text is one."""
        if "/" in text and kind_of(text):
            row = self._model.row_of(text)
            if row is not None and first <= row < last:
                yield row

    def _with_day(self, text: str, first: int, last: int) -> Iterator[int]:
        """Rows that have a day of their own in a date, where the text is one."""
        if date := date_in(text):
            for kind in DATE_FIELDS:
                if span := overlap(self._model.range(kind), (first, last)):
                    yield from self._dated(date, span)

    def _dated(self, date: str, span: range) -> list[int]:
        """Rows of a span with a day in a date; none where there is no such date, as on the 31st of a short month."""
        try:
            days = parse(date)
        except EdtfError:
            return []
        return self._model.index.rows_between(span.start, span.stop, *bounds_of(days))

    def called(self, kind: str, value: str, *, exact: bool) -> Collection[int]:
        """Rows of a kind that are called by a value.

        Args:
            kind: A kind whose records have a name.
            value: Words that begin words of a name.
            exact: Whether that is the whole of a name; where none is that, whole words of one, in this order. What is
                written so goes before what is in another spelling.
        """
        sought, index, span = search_words(value), self._model.words, self._model.range(kind)
        if not exact:
            return index.names_matching(match.in_names(match.beginnings(sought)), *span)
        whole = match.all_of(match.in_any_spelling(word, match.exact) for word in sought)
        having = {
            row: (label, alias, spelling)
            for row, label, alias, spelling, _ in index.names_of(index.names_matching(match.in_names(whole), *span))
        }
        line = " ".join(words(value))
        spelt = re.compile(" ".join(word.pattern for word in sought))
        within = re.compile(f" {spelt.pattern} ")
        tests: tuple[Callable[[tuple[str, str, str]], bool], ...] = (
            lambda names: _is_called(line, *names),
            lambda names: any(map(spelt.fullmatch, _lines(*names))),
            lambda names: any(f" {line} " in f" {name} " for name in _lines(*names)),
            lambda names: any(within.search(f" {name} ") for name in _lines(*names)),
        )
        selected = ([row for row, names in having.items() if test(names)] for test in tests)
        return next(filter(None, selected), [])


def expression(word: Word) -> Match:
    """What the names and texts of a record that has a word match."""
    sought = words_sought(word)
    if not word.phrase:
        return match.beginnings(sought)
    last = match.beginning if word.unfinished else match.exact
    whole = [match.in_any_spelling(each, match.exact) for each in sought[:-1]]
    return match.all_of([*whole, match.in_any_spelling(sought[-1], last)])


def with_dates(parts: Sequence[Query]) -> list[Query]:
    """Queries that must all hold, with the bare words of a date, such as May 2020, put together as one word."""
    joined: list[Query] = []
    at = 0
    while at < len(parts):
        for number in range(MOST_WORDS, 1, -1):
            run = parts[at : at + number]
            if len(run) == number and all(isinstance(each, Word) and not each.phrase for each in run):
                text = " ".join(map(str, run))
                if date_in(text):
                    joined.append(Word(text))
                    at += number
                    break
        else:
            joined.append(parts[at])
            at += 1
    return joined


def _has(text: str, phrase: re.Pattern[str]) -> bool:
    """Whether a text has a phrase, as it is written or in another spelling of its letters."""
    return any(phrase.search(f" {form} ") for form in (fold(text), *letter_spellings(text)))


def _lines(label: str, alias: str, spelling: str) -> list[str]:
    return [label, *alias.split("\n"), *spelling.split("\n")]


def _is_called(line: str, label: str, alias: str, _: str) -> bool:
    """Whether some folded words are the whole of a name; ``c`` is none of what is called C++."""
    others = alias.split("\n")
    if line in others:
        return True
    behind = [other[len(label) + 1 :] for other in others if other.startswith(f"{label} ")]
    return line == label and not any(all(map(is_symbol, rest.split())) for rest in behind if rest)
