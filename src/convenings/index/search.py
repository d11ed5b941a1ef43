"""Search over the index, one engine for palette and command line.

Every word is a prefix, in any order, accents and case ignored. What matches is ranked by where the words are; the rule
can be said in one breath: the name itself; the name itself in another spelling; words of the name; other names, and
words in another spelling; initials, roles and kinds; one letter off; inside a word; the text and what the row shows.
Within one of these, people and organisations come first, then names that begin with what was typed (or, one letter
off, that have it as whole words), then the shorter name, then the better connected. One letter off and inside a word
are offers beyond what was asked for: they are made where there are few other hits. So are, behind all of these, other
forms of the words; and where nothing is found, words like *who* and *the* are left out. Both are said of the hits.

Of a line with keys, negations and groups, the words that must hold are searched so, and all else narrows what they
find, exactly as it filters a pane. Of alternatives (``or``) with such words, each is searched by itself, and a record
keeps the best place that it has in any. A line without such words lists what it selects, by kind and in row order.

However few hits are listed, it is said how many there are: all that the line selects, and the offers.
"""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.kinds import DATE_FIELDS, SEARCH_ORDER
from convenings.domain.query.days import date_in
from convenings.domain.query.parser import parse
from convenings.domain.query.readings import Reading, with_other_forms, without_function_words
from convenings.domain.query.tree import (
    EVERYTHING,
    Either,
    Field,
    Not,
    Query,
    Word,
    all_of,
    any_of,
    asking,
    conjuncts,
    has_words,
)
from convenings.domain.text import words
from convenings.index.evaluate import Evaluation, UserRows, noted_with
from convenings.index.hits import Hit, Hits, Tier
from convenings.index.kind_rows import KindRows, merged
from convenings.index.model import ReadModel
from convenings.index.narrowing import Narrowing
from convenings.index.rows import Step
from convenings.index.search_run import COUNTED, ENOUGH, LIMIT, SearchRun
from convenings.index.search_words import words_sought
from convenings.index.vocabulary import Vocabulary
from convenings.index.word_rows import WordRows, with_dates

__all__ = ["COUNTED", "LIMIT", "MOST_WORDS", "Hit", "Hits", "Search", "Tier"]

MOST_WORDS = 32
"""Words of a search that hits are ranked by; of a whole page pasted in, all others narrow what these find."""

MOST_TERMS = 4
"""Of a line with more terms it is not worked out which one to leave out."""
MOST_ADVISED = 100
"""Up to how many records it is counted how many there would be then."""


class Search:
    """Searches one read model; the words that it has read are kept as long as it is."""

    def __init__(self, model: ReadModel) -> None:
        self.model = model
        self._vocabulary = Vocabulary(model.words.vocabulary)

    def nearby(self, query: Query, first: int, last: int) -> Query | None:
        """A query for what was meant where its words are in no row from ``first`` up to ``last``; none if they are.

        Each such word stands for those one slip away from it, and those that contain it. The line is none for words
        that it negates, and for phrases.
        """
        rows, parts, has_changed = WordRows(self.model), list[Query](), False
        for part in conjuncts(query):
            parts.append(part)
            if isinstance(part, Word) and not part.phrase and not rows.having(part, first, last):
                tokens = words(part.text)
                if len(tokens) != 1:
                    continue
                near, around = self._vocabulary.near(tokens[0]), self._vocabulary.containing(tokens[0])
                meant = dict.fromkeys([*near.whole, *near.prefix, *around])
                parts[-1] = any_of([part, *map(Word, meant)])
                has_changed = has_changed or bool(meant)
        return all_of(parts) if has_changed else None

    def __call__(
        self,
        line: str,
        limit: int = LIMIT,
        kinds: Sequence[str] = (),
        user_rows: UserRows | None = None,
        most_counted: int | None = COUNTED,
    ) -> Hits:
        """Find records, best first.

        Args:
            line: A line of the query language.
            limit: At most this many.
            kinds: Only of these kinds; all where empty.
            user_rows: What only the user knows.
            most_counted: Up to how many it is counted how many there are; all where absent.

        Raises:
            BadInput: The line cannot be understood, or has a key that asks nothing of a record of any of these kinds.
        """
        query, user_rows = asking(parse(line)), user_rows or {}
        wanted = kinds or SEARCH_ORDER
        Evaluation(self.model, query, user_rows).check(wanted)
        spans = [KindRows(*self.model.range(kind), kind, at) for at, kind in enumerate(SEARCH_ORDER) if kind in wanted]
        spans = [span for span in spans if span.first < span.last]
        if self.model.step < Step.NAMES or not has_words(query):
            return self._best(query, spans, limit, user_rows, most_counted)
        reading, shorter = Reading(query), without_function_words(query)
        hits = self._best(query, spans, limit, user_rows, most_counted, whole=shorter is not None)
        if not hits and shorter is not None:
            reading = shorter
            hits = self._best(shorter.query, spans, limit, user_rows, most_counted, shorter) or self._best(
                query, spans, limit, user_rows, most_counted
            )
        if len(hits) < min(limit, ENOUGH) and not any(hit.tier == Tier.EXACT for hit in hits):
            looser = with_other_forms(reading)
            if looser is not None:
                others = self._best(looser.query, spans, limit, user_rows, most_counted, looser)
                hits = _followed(hits, others, limit)
        if not hits:
            hits.advice = self._advice(reading.query, spans, user_rows)
        return hits

    def _best(
        self,
        query: Query,
        spans: Sequence[KindRows],
        limit: int,
        user_rows: UserRows,
        most_counted: int | None,
        reading: Reading | None = None,
        *,
        whole: bool = False,
    ) -> Hits:
        """What a query finds, best first: the best of each record in all its alternatives."""
        alternatives = _alternatives(query)
        every = [self._hits(each, spans, limit, user_rows, most_counted, reading, whole=whole) for each in alternatives]
        best: dict[int, Hit] = {}
        for hit in (hit for hits in every for hit in hits):
            if (other := best.get(hit.row)) is None or hit < other:
                best[hit.row] = hit
        total, is_least = max((hits.total for hits in every), default=0), any(hits.is_least for hits in every)
        if len(every) > 1:
            total = len(best)
            if any(hits.total > len(hits) for hits in every) and not is_least:
                total, is_least = self._number(query, spans, user_rows, most_counted)
        total = max(total, min(len(best), limit))
        return Hits(
            sorted(best.values())[:limit], total, is_least=is_least, reading=str(reading) if best and reading else ""
        )

    def _hits(
        self,
        query: Query,
        spans: Sequence[KindRows],
        limit: int,
        user_rows: UserRows,
        most_counted: int | None,
        reading: Reading | None,
        *,
        whole: bool,
    ) -> Hits:
        """What one alternative finds, in no order: as many as are wanted, or all.

        Where ``whole``, nothing is offered for words that no record has all of: a nearer reading comes first.
        """
        parts, spans = with_dates(conjuncts(query)), self._of_kinds(spans, query)
        if not spans or not query:
            return Hits([], 0)
        run = self._run(parts, spans, limit, user_rows, is_as_typed=reading is None)
        if run is None:
            rest = [part for part in parts if not _is_of_kind(part)]
            return self._list(all_of(rest or [EVERYTHING]), spans, limit, user_rows, most_counted)
        if reading is not None and reading.in_any_form:
            run.run_in_any_form()
        else:
            run.run(whole=whole)
        self._by_id_and_day(parts, run)
        self._by_notes(parts, run, user_rows)
        total, is_least = run.count(most_counted)
        return Hits(run.hits.values(), total, is_least=is_least)

    def _run(
        self,
        parts: Sequence[Query],
        spans: Sequence[KindRows],
        limit: int,
        user_rows: UserRows,
        *,
        is_as_typed: bool = False,
    ) -> SearchRun | None:
        """The search for the words among some parts that must all hold, narrowed by the rest; none without words."""
        typed = [word for part in parts if isinstance(part, Word) for word in words_sought(part)]
        if not typed:
            return None
        rest = [part for part in parts if not _is_of_kind(part) and not (isinstance(part, Word) and not part.phrase)]
        rest += [Word(" ".join(each.typed)) for each in dict.fromkeys(typed[MOST_WORDS:])]
        narrowing = Narrowing(self.model, rest, _scope(spans), user_rows) if rest else None
        words = typed[:MOST_WORDS]
        return SearchRun(self.model, self._vocabulary, words, spans, narrowing, limit, is_as_typed=is_as_typed)

    def _advice(self, query: Query, spans: Sequence[KindRows], user_rows: UserRows) -> str:
        """Which of the words of a line that finds nothing to leave out."""
        parts, spans = conjuncts(query), self._of_kinds(spans, query)
        if not spans or not 1 < len(parts) <= MOST_TERMS:
            return ""
        numbers = []
        for at, part in enumerate(parts):
            if isinstance(part, Word):
                run = self._run([*parts[:at], *parts[at + 1 :]], spans, MOST_ADVISED, user_rows)
                numbers.append((0 if run is None else run.number(MOST_ADVISED + 1), str(part)))
        number, without = max(numbers, default=(0, ""))
        if not number:
            return ""
        several = f"more than {MOST_ADVISED}" if number > MOST_ADVISED else f"{number:,}"
        return f"without {without} there {'is' if number == 1 else 'are'} {several}"

    def _by_id_and_day(self, parts: Sequence[Query], run: SearchRun) -> None:
        """Add what bears an id that was typed, and what has a day of its own in a date."""
        typed = [part for part in parts if isinstance(part, Word) and not part.phrase]
        rows = WordRows(self.model)
        if len(typed) == 1:
            run.add(rows.with_id(typed[0].text, 0, self.model.total), Tier.EXACT)
        if self.model.complete and any(date_in(part.text) for part in typed):
            evaluation = Evaluation(self.model, all_of(typed), {})
            for kind in DATE_FIELDS:
                span = self.model.range(kind)
                run.add(evaluation.selection(*span).among(range(*span)), Tier.TEXT)

    def _by_notes(self, parts: Sequence[Query], run: SearchRun, user_rows: UserRows) -> None:
        """Add what the user has written a note on, where the note has a word and the record all the others."""
        typed = [part for part in parts if isinstance(part, Word)]
        if noted := sorted(set[int]().union(*(noted_with(user_rows, word) for word in typed))):
            selection = Evaluation(self.model, all_of(typed), user_rows).selection(noted[0], noted[-1] + 1).for_lookup()
            run.add(filter(selection.has, noted), Tier.TEXT)

    def _of_kinds(self, spans: Sequence[KindRows], query: Query) -> list[KindRows]:
        """The kinds that the ``kind:`` of a query selects: the first row of a kind answers for all of them."""
        of_kind = [part for part in conjuncts(query) if _is_of_kind(part)]
        if not spans or not of_kind:
            return list(spans)
        query = all_of(of_kind)
        evaluation = Evaluation(self.model, query, {})
        return [s for s in spans if evaluation.selection(s.first, s.first + 1).among(range(s.first, s.first + 1))]

    def _list(
        self, query: Query, spans: Sequence[KindRows], limit: int, user_rows: UserRows, most_counted: int | None
    ) -> Hits:
        """What a query selects, kind by kind in row order."""
        evaluation = Evaluation(self.model, query, user_rows)
        hits: list[Hit] = []
        total = 0
        for span in spans:
            if len(hits) >= limit and most_counted is not None and total >= most_counted:
                return Hits(hits, total, is_least=True)
            every = range(span.first, span.last)
            selection = evaluation.selection(span.first, span.last)
            total += selection.number(every)
            rows = selection.first(every, limit - len(hits)) if len(hits) < limit else ()
            hits += [Hit(Tier.EXACT, span.preference, False, 0, 0, row) for row in rows]
        return Hits(hits, total)

    def _number(
        self, query: Query, spans: Sequence[KindRows], user_rows: UserRows, most_counted: int | None
    ) -> tuple[int, bool]:
        """How many records a query selects, and whether there are more than that."""
        evaluation, number = Evaluation(self.model, query, user_rows), 0
        for first, last in merged(spans):
            if most_counted is not None and number >= most_counted:
                return number, True
            number += evaluation.selection(first, last).number(range(first, last))
        return number, False


def _followed(hits: Hits, others: Hits, limit: int) -> Hits:
    """Hits of a line, and behind them those of its words in other forms, which are hits of the line as well or more."""
    rows = {hit.row for hit in hits}
    more = [hit for hit in others if hit.row not in rows]
    if not more:
        return hits
    # What a slip or the inside of a word led to has none of the forms.
    offers = sum(hit.tier in (Tier.NEAR, Tier.INSIDE) for hit in hits)
    total = max(others.total + offers, len(hits) + len(more))
    is_least = hits.is_least or others.is_least
    return Hits([*hits, *more][:limit], total, is_least=is_least, reading=hits.reading, reading_of_forms=others.reading)


def _alternatives(query: Query) -> tuple[Query, ...]:
    """What is searched by itself: the alternatives of a line, if any has a word that must hold."""
    if isinstance(query, Either) and any(isinstance(each, Word) for part in query.parts for each in conjuncts(part)):
        return query.parts
    return (query,)


def _is_of_kind(part: Query) -> bool:
    """Whether a part says nothing but of which kind a record is."""
    inner = part.part if isinstance(part, Not) else part
    return isinstance(inner, Field) and inner.key == "kind"


def _scope(spans: Sequence[KindRows]) -> tuple[int, int]:
    """The first row of some kinds, and one past the last."""
    return min(span.first for span in spans), max(span.last for span in spans)
