"""Search over the index, one engine for palette and command line.

Every word is a prefix, in any order, accents and case ignored. What matches is ranked by where the words are; the rule
can be said in one breath: the name itself; the name itself in another spelling; words of the name; other names, and
words in another spelling; initials, roles and kinds; one letter off; inside a word; the text. Within one of these,
people and organisations come first, then names that begin with what was typed (or, one letter off, that have it as
whole words), then the shorter name, then the better connected.

Of a line with keys, negations and groups, the words that must hold are searched so, and all else narrows what they
find, exactly as it filters a pane. Of alternatives (``or``) with such words, each is searched by itself, and a record
keeps the best place that it has in any. A line without such words lists what it selects, by kind and in row order; one
of nothing but negated words lists nothing, as it would list nearly everything.
"""

from __future__ import annotations

from collections.abc import Sequence

from convenings.domain.kinds import SEARCH_ORDER
from convenings.domain.query.parser import parse
from convenings.domain.query.tree import (
    EVERYTHING,
    Either,
    Field,
    Not,
    Query,
    Word,
    all_of,
    asking,
    conjuncts,
    fields,
)
from convenings.index.evaluate import Evaluation, UserRows
from convenings.index.model import ReadModel
from convenings.index.search_run import LIMIT, Hit, KindRows, Narrowing, SearchRun, Tier
from convenings.index.search_words import search_words
from convenings.index.vocabulary import Vocabulary

__all__ = ["LIMIT", "MOST_WORDS", "Hit", "Search", "Tier"]

MOST_WORDS = 32
"""Words of a search that count; a whole page pasted in need not be matched to its end."""


class Search:
    """Searches one read model; the words that it has read are kept as long as it is."""

    def __init__(self, model: ReadModel) -> None:
        self.model = model
        self._vocabulary = Vocabulary(model.words.vocabulary)

    def __call__(
        self, line: str, limit: int = LIMIT, kinds: Sequence[str] = (), user_rows: UserRows | None = None
    ) -> list[Hit]:
        """Find records, best first.

        Args:
            line: A line of the query language.
            limit: At most this many.
            kinds: Only of these kinds; all where empty.
            user_rows: What only the user knows.

        Raises:
            BadInput: The line cannot be understood, or has a key that asks nothing of a record of any of these kinds.
        """
        query, user_rows = asking(parse(line)), user_rows or {}
        wanted = kinds or SEARCH_ORDER
        Evaluation(self.model, query, user_rows).check(wanted)
        spans = [KindRows(*self.model.range(kind), kind, at) for at, kind in enumerate(SEARCH_ORDER) if kind in wanted]
        best: dict[int, Hit] = {}
        for alternative in _alternatives(query):
            for hit in self._hits(alternative, [span for span in spans if span.first < span.last], limit, user_rows):
                if (other := best.get(hit.row)) is None or hit < other:
                    best[hit.row] = hit
        return sorted(best.values())[:limit]

    def _hits(self, query: Query, spans: Sequence[KindRows], limit: int, user_rows: UserRows) -> list[Hit]:
        """What one alternative finds, in no order."""
        parts = conjuncts(query)
        typed = [word for part in parts if isinstance(part, Word) for word in search_words(part.text)][:MOST_WORDS]
        spans = self._of_kinds(spans, all_of([part for part in parts if _is_of_kind(part)] or [EVERYTHING]))
        rest = [part for part in parts if not _is_of_kind(part) and not (isinstance(part, Word) and not part.phrase)]
        if not spans:
            return []
        if not typed:
            lists = any(fields(query)) or not all(isinstance(part, Not) for part in parts)
            return self._list(all_of(rest or [EVERYTHING]), spans, limit, user_rows) if lists else []
        narrowing = Narrowing(self.model, rest, _scope(spans), user_rows) if rest else None
        run = SearchRun(self.model, self._vocabulary, typed, spans, narrowing)
        run.run()
        return list(run.hits.values())

    def _of_kinds(self, spans: Sequence[KindRows], query: Query) -> list[KindRows]:
        """The kinds that a query of nothing but ``kind:`` selects: the first row of a kind answers for all of them."""
        if not spans or not query:
            return list(spans)
        evaluation = Evaluation(self.model, query, {})
        return [s for s in spans if evaluation.selection(s.first, s.first + 1).among(range(s.first, s.first + 1))]

    def _list(self, query: Query, spans: Sequence[KindRows], limit: int, user_rows: UserRows) -> list[Hit]:
        """What a query selects, kind by kind in row order, at most ``limit``."""
        evaluation = Evaluation(self.model, query, user_rows)
        hits: list[Hit] = []
        for span in spans:
            if (room := limit - len(hits)) > 0:
                rows = evaluation.selection(span.first, span.last).among(range(span.first, span.last))
                hits += [Hit(Tier.EXACT, span.preference, False, 0, 0, row) for row in rows[:room]]
        return hits


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
