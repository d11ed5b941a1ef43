"""Search over the index, one engine for palette, panes and command line.

Every word is a prefix, in any order, accents and case ignored. What is found is ranked by where it was found; the rule
can be said in one breath: the name itself; words of the name; other names; initials, roles and kinds; one letter
off; inside a word; the text. Within one of these, people and organisations come first, then names that begin with what
was typed, then the shorter name, then the better connected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from convenings.domain.query import Query, parse
from convenings.domain.text import words
from convenings.index import sql
from convenings.index.filter import matching
from convenings.index.model import ReadModel
from convenings.index.vocabulary import Vocabulary

CANDIDATES = 60
"""At most this many rows of each kind are fetched and scored."""
ENOUGH = 20
"""With this many hits, no looser way of matching is tried."""
LIMIT = 50
"""How many hits are returned unless asked otherwise."""
MOST_WORDS = 32
"""Words of a search that count; a whole page pasted in need not be matched to its end."""

PREFERENCE = ("person", "organisation", "event", "question", "initiative", "topic", "place")
"""Kinds with a name, in the order in which equals are listed."""
REST = ("statement", "gap", "source", "participation", "membership", "relation")


class Tier:
    """Where a hit was found, best first."""

    EXACT, NAME, ALIAS, EXTRA, NEAR, INSIDE, TEXT = range(7)


class Hit(NamedTuple):
    """A record that was found; hits sort best first."""

    tier: int
    preference: int
    later: bool
    """Whether the name begins otherwise than what was typed."""
    length: int
    connected: int
    """Less is better connected."""
    row: int


class Search:
    """Searches one read model."""

    def __init__(self, model: ReadModel) -> None:
        self._model = model
        self._vocabulary = Vocabulary(model.sql)

    def __call__(self, text: str, limit: int = LIMIT, kinds: Sequence[str] = ()) -> list[Hit]:
        """Find records, best first.

        Args:
            text: A line of the query language.
            limit: At most this many.
            kinds: Only of these kinds; all where empty.

        Raises:
            BadInput: The line names a key that does not exist.
        """
        query = parse(text)
        plain = [w for w in query.words if not w.negated]
        typed = [token for word in plain for token in words(word.text)][:MOST_WORDS]
        wanted = kinds or [*PREFERENCE, *REST]
        narrow = Query(words=tuple(w for w in query.words if w.negated or w.phrase), fields=query.fields)
        if not typed:
            return self._listed(narrow, wanted, limit) if query.fields else []
        hits = self._find(typed, wanted)
        if narrow.words or narrow.fields:
            hits = self._narrowed(hits, narrow, wanted)
        return sorted(hits.values())[:limit]

    def _find(self, typed: list[str], wanted: Sequence[str]) -> dict[int, Hit]:
        hits: dict[int, Hit] = {}
        named = [kind for kind in PREFERENCE if kind in wanted]
        if not self._model.complete:
            self._scan(hits, typed, named)
            return hits
        exact = " ".join(_prefix(token) for token in typed)
        self._exactly(hits, typed, named)
        for columns, tier in (("{label alias}: ", Tier.ALIAS), ("", Tier.EXTRA)):
            if tier == Tier.ALIAS or len(hits) < ENOUGH:
                self._names(hits, typed, columns + f"({exact})", named, tier)
        sure = any(hit.tier == Tier.EXACT for hit in hits.values())
        if len(hits) < ENOUGH and not sure and (near := self._near(typed)):
            self._names(hits, typed, near, named, Tier.NEAR)
        if len(hits) < ENOUGH and not sure and (inside := self._inside(typed)):
            self._names(hits, typed, inside, named, Tier.INSIDE)
        if len(hits) < LIMIT:
            self._texts(hits, exact, wanted)
        return hits

    def _scan(self, hits: dict[int, Hit], typed: list[str], kinds: Sequence[str]) -> None:
        """Labels that contain what was typed: all there is to go by while the words are being indexed."""
        like = "%" + "%".join(typed) + "%"
        for at, kind in enumerate(kinds):
            for (row,) in self._model.sql.execute(sql.SCAN, (*self._model.range(kind), like, CANDIDATES)):
                hits[row] = Hit(Tier.INSIDE, at, True, 0, 0, row)

    def _exactly(self, hits: dict[int, Hit], typed: list[str], kinds: Sequence[str]) -> None:
        """Records of exactly this name, however many before them have names that begin with it."""
        for kind in kinds:
            values = (" ".join(typed), *self._model.range(kind), CANDIDATES)
            for (row,) in self._model.sql.execute(sql.EXACT_LABEL, values).fetchall():
                hits[row] = self._score(row, kind, typed, Tier.EXACT)

    def _names(self, hits: dict[int, Hit], typed: list[str], match: str, kinds: Sequence[str], tier: int) -> None:
        for kind in kinds:
            found = self._model.sql.execute(sql.NAME_MATCH, (match, *self._model.range(kind), CANDIDATES)).fetchall()
            for (row,) in found:
                if row not in hits:
                    hits[row] = self._score(row, kind, typed, tier)

    def _score(self, row: int, kind: str, typed: list[str], tier: int) -> Hit:
        label, alias, _ = self._model.sql.execute(sql.NAMED, (row,)).fetchone()
        line = " ".join(typed)
        if tier <= Tier.EXTRA:
            if line == label or line in alias.split("\n"):
                tier = Tier.EXACT
            elif _all_begin(typed, label.split()):
                tier = Tier.NAME
        connected = -sum(self._model.counts(row))
        return Hit(tier, PREFERENCE.index(kind), not label.startswith(line), len(label.split()), connected, row)

    def _texts(self, hits: dict[int, Hit], match: str, wanted: Sequence[str]) -> None:
        for at, kind in enumerate((*PREFERENCE, *REST)):
            if kind in wanted:
                found = self._model.sql.execute(
                    sql.BODY_MATCH, (match, *self._model.range(kind), CANDIDATES)
                ).fetchall()
                for (row,) in found:
                    hits.setdefault(row, Hit(Tier.TEXT, at, True, 0, 0, row))

    def _near(self, typed: list[str]) -> str:
        """Match expression with words one edit away (two from eight letters) in place of each that has none."""
        return _expanded([self._vocabulary.near(token) for token in typed], typed)

    def _inside(self, typed: list[str]) -> str:
        """Match expression with words that contain what was typed."""
        return _expanded([self._vocabulary.containing(token) for token in typed], typed)

    def _narrowed(self, hits: dict[int, Hit], narrow: Query, wanted: Iterable[str]) -> dict[int, Hit]:
        kept: set[int] = set()
        for kind in wanted:
            kept.update(matching(self._model, self._model.range(kind), narrow))
        return {row: hit for row, hit in hits.items() if row in kept}

    def _listed(self, query: Query, wanted: Sequence[str], limit: int) -> list[Hit]:
        """What a line of nothing but ``key:value`` selects."""
        found: list[Hit] = []
        for at, kind in enumerate((*PREFERENCE, *REST)):
            if kind in wanted and len(found) < limit:
                rows = matching(self._model, self._model.range(kind), query)
                found += [Hit(Tier.EXACT, at, False, 0, 0, row) for row in rows[: limit - len(found)]]
        return found


def _prefix(token: str) -> str:
    return f'"{token}"*'


def _expanded(options: list[list[str]], typed: list[str]) -> str:
    if not any(options):
        return ""
    return " AND ".join(
        "(" + " OR ".join([_prefix(token), *(f'"{word}"' for word in found)]) + ")"
        for token, found in zip(typed, options, strict=True)
    )


def _all_begin(typed: list[str], label: list[str]) -> bool:
    return all(any(word.startswith(token) for word in label) for token in typed)
