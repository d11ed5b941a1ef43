"""Search over the index, one engine for palette, panes and command line.

Every word is a prefix, in any order, accents and case ignored. What is found is ranked by where it was found; the rule
can be said in one breath: the name itself; words of the name; other names; initials, roles and kinds; one letter
off; inside a word; the text. Within one of these, people and organisations come first, then names that begin with what
was typed (or, one letter off, that have it as whole words), then the shorter name, then the better connected.

Nothing is asked for that cannot be listed: of what is common only the first rows of a kind are looked at, whole words
before beginnings and people who took part before others, and no further kind once there is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

import msgspec

from convenings.domain.kinds import SEARCH_ORDER, WITH_NAME
from convenings.domain.query import Query, parse
from convenings.domain.text import words
from convenings.index.filter import matching
from convenings.index.model import ReadModel
from convenings.index.rows import Step
from convenings.index.sqlite import statements
from convenings.index.vocabulary import MOST, Vocabulary

CANDIDATES = 60
"""At most this many rows of each kind are scored for one way of matching."""
FEW = 100
"""Where fewer rows match than this, all of them are scored."""
MOST_FILTERED = 20_000
"""At most this many matching rows of a kind are tried against the keys and negations of a line."""
ENOUGH = 20
"""With this many hits, no looser way of matching is tried."""
LIMIT = 50
"""How many hits are returned unless asked otherwise."""
MOST_WORDS = 32
"""Words of a search that count; a whole page pasted in need not be matched to its end."""
MOST_SLIPPED = 6
"""Up to this many words, each is tried as the one with a slip where all of them are known."""


class Tier:
    """Where a hit was found, best first."""

    EXACT, NAME, ALIAS, EXTRA, NEAR, INSIDE, TEXT = range(7)


class Hit(NamedTuple):
    """A record that was found; hits sort best first."""

    tier: int
    preference: int
    later: bool
    """Whether the name begins otherwise than what was typed; one letter off, whether its words only begin with it."""
    length: int
    connected: int
    """Less is better connected."""
    row: int


class _RowSpan(NamedTuple):
    """Rows of a kind."""

    first: int
    last: int
    kind: str
    preference: int


class Search:
    """Searches one read model."""

    def __init__(self, model: ReadModel) -> None:
        self.model = model
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
        of_kinds = Query(fields=tuple(f for f in query.fields if f.key == "kind"))
        narrow = Query(
            words=tuple(w for w in query.words if w.negated or w.phrase),
            fields=tuple(f for f in query.fields if f.key != "kind"),
        )
        if narrow:
            # A value that its key does not take is said also where nothing is found.
            matching(self.model, (0, 0), narrow)
        spans = self._spans(kinds or SEARCH_ORDER, of_kinds)
        if not typed:
            return self._listed(narrow, spans, limit) if query.fields else []
        run = _SearchRun(self.model, self._vocabulary, typed, spans, narrow)
        run.find()
        return sorted(run.hits.values())[:limit]

    def _spans(self, kinds: Iterable[str], of_kinds: Query) -> list[_RowSpan]:
        """Rows of the kinds wanted, in the order of preference."""
        spans = [_RowSpan(*self.model.range(kind), kind, at) for at, kind in enumerate(SEARCH_ORDER) if kind in kinds]
        if not of_kinds:
            return spans
        matching(self.model, (0, 0), of_kinds)
        # The first row of a kind answers for all of them.
        return [s for s in spans if s.first < s.last and matching(self.model, (s.first, s.first + 1), of_kinds)]

    def _listed(self, query: Query, spans: Sequence[_RowSpan], limit: int) -> list[Hit]:
        """What a line of nothing but ``key:value`` selects."""
        found: list[Hit] = []
        for span in spans:
            if (room := limit - len(found)) > 0:
                rows = matching(self.model, span[:2], query) if query else range(*span[:2])
                found += [Hit(Tier.EXACT, span.preference, False, 0, 0, row) for row in rows[:room]]
        return found


class _SearchRun:
    """One search under way.

    Args:
        model: The read model.
        vocabulary: Its words.
        typed: Folded words.
        spans: Where it is looked for, in the order of preference.
        narrow: What else must hold of a hit.
    """

    def __init__(
        self, model: ReadModel, vocabulary: Vocabulary, typed: list[str], spans: Sequence[_RowSpan], narrow: Query
    ) -> None:
        self.hits: dict[int, Hit] = {}
        self._model = model
        self._vocabulary = vocabulary
        self._typed = typed
        self._line = " ".join(typed)
        self._spans = spans
        self._named = [span for span in spans if span.kind in WITH_NAME]
        self._narrow = narrow
        self._kept: dict[_RowSpan, set[int]] = {}

    def find(self) -> None:
        """Find what there is, from the name itself to the text."""
        if self._model.step < Step.NAMES:
            self._scan()
            return
        self._names()
        if len(self.hits) < ENOUGH and not self._sure:
            self._near()
            if len(self.hits) < ENOUGH:
                self._inside()
        if len(self.hits) < LIMIT:
            self._texts()

    @property
    def _sure(self) -> bool:
        """Whether the name itself was found."""
        return any(hit.tier == Tier.EXACT for hit in self.hits.values())

    def _scan(self) -> None:
        """Labels that contain what was typed: all there is to go by while the words are being indexed."""
        like = "%" + "%".join(self._typed) + "%"
        for span in self._named:
            if len(self.hits) < LIMIT:
                for (row,) in self._model.sql.execute(statements.SCAN, (*span[:2], like, CANDIDATES)):
                    if not self._narrow or self._keeps(row, span):
                        self.hits[row] = Hit(Tier.INSIDE, span.preference, True, 0, 0, row)

    def _names(self) -> None:
        """Names with every word: all of them where they are few, else in the order of the tiers."""
        prefix, line = _all(map(_prefix, self._typed)), self._line
        if self._all_of(prefix, Tier.EXTRA, self._named):
            return
        self._take(line, Tier.EXACT, statement=statements.EXACT_LABEL)
        # Another name that is exactly this must not be lost behind all that begin so; one word is no person's.
        nameable = [span for span in self._named if len(self._typed) > 1 or span.kind != "person"]
        self._take(f"{{alias}}: {_exact(line)}", Tier.EXACT, nameable)
        self._take(f"{{label}}: {_all(map(_exact, self._typed))}", Tier.NAME)
        self._take(f"{{label}}: {prefix}", Tier.NAME)
        self._take(f"{{alias}}: {_prefix(line)}", Tier.ALIAS)
        self._take(f"{{label alias}}: {prefix}", Tier.ALIAS)
        self._take(prefix, Tier.EXTRA)

    def _near(self) -> None:
        """Names with a slip in the words that no name has, or else in one of the words."""
        typed, near = self._typed, self._vocabulary.near
        unknown = {at for at, token in enumerate(typed) if not self._vocabulary.has(token)}
        slipped = [unknown] if unknown else [{at} for at in range(len(typed))] if len(typed) <= MOST_SLIPPED else []
        most = MOST // max(1, len(slipped))
        instead = {at: (near(typed[at]).whole, near(typed[at]).prefix[:most]) for at in set().union(*slipped)}
        for columns, form in (("label", _exact), ("label alias", _exact), ("label alias", _prefix)):
            ways = [
                [instead[at][form is _prefix] if at in slips else [token] for at, token in enumerate(typed)]
                for slips in slipped
            ]
            match = " OR ".join(_all(_any(map(form, words)) for words in way) for way in ways if all(way))
            if match and len(self.hits) < ENOUGH:
                self._take(f"{{{columns}}}: ({match})", Tier.NEAR, later=columns != "label")

    def _inside(self) -> None:
        """Names with words that contain what was typed."""
        containing = [self._vocabulary.containing(token) for token in self._typed]
        if any(containing):
            options = ([_prefix(t), *map(_exact, found)] for t, found in zip(self._typed, containing, strict=True))
            self._take(_all(map(_any, options)), Tier.INSIDE)

    def _texts(self) -> None:
        """Texts with every word whole; the last one may be unfinished where no name has it."""
        *before, last = self._typed
        finished = len(last) == 1 or self._sure or self._vocabulary.has_word(last)
        match = _all([*map(_exact, before), (_exact if finished else _prefix)(last)])
        for row, span in islice(self._rows(statements.BODY_MATCH, match, self._spans), CANDIDATES):
            self.hits.setdefault(row, Hit(Tier.TEXT, span.preference, True, 0, 0, row))

    def _take(
        self,
        match: str,
        tier: int,
        spans: Sequence[_RowSpan] | None = None,
        *,
        later: bool = True,
        statement: str = statements.NAME_MATCH,
    ) -> None:
        """Score what matches: all of it where that is little, else kind by kind until there is enough."""
        spans = self._named if spans is None else spans
        if self._enough(tier) or self._all_of(match, tier, spans, later=later, statement=statement):
            return
        for span in spans:
            if self._enough(tier):
                return
            parts = (self._rows(statement, match, [part]) for part in self._parts(span))
            self._score(islice(chain.from_iterable(parts), CANDIDATES), tier, later=later)

    def _enough(self, tier: int) -> bool:
        """Whether what is found in a tier now could only stand behind all that is listed."""
        return sum(hit.tier <= tier for hit in self.hits.values()) >= LIMIT

    def _all_of(
        self,
        match: str,
        tier: int,
        spans: Sequence[_RowSpan],
        *,
        later: bool = True,
        statement: str = statements.NAME_MATCH,
    ) -> bool:
        """Score all that matches if it is little; whether it was."""
        found = list(islice(self._rows(statement, match, spans), FEW))
        if len(found) < FEW:
            self._score(found, tier, later=later)
        return len(found) < FEW

    def _parts(self, span: _RowSpan) -> list[_RowSpan]:
        """The same rows, people who took part before the others."""
        active = self._model.range("speakers")[0]
        if span.kind != "person" or not span.first < active < span.last:
            return [span]
        return [span._replace(first=active), span._replace(last=active)]

    def _rows(self, statement: str, match: str, spans: Sequence[_RowSpan]) -> Iterator[tuple[int, _RowSpan]]:
        """Rows of some kinds that match and fulfil what else was asked, with their kinds."""
        every = not self._narrow
        ahead = sorted((span for span in spans if span.first < span.last), reverse=True)
        if not ahead:
            return
        for (row,) in self._model.sql.execute(statement, (match, ahead[-1].first, ahead[0].last, MOST_FILTERED)):
            while row >= ahead[-1].last:
                ahead.pop()
            span = ahead[-1]
            if row >= span.first and (every or self._keeps(row, span)):
                yield row, span

    def _keeps(self, row: int, span: _RowSpan) -> bool:
        """Whether a row fulfils the keys and negations of the line; all rows of a kind are asked at once."""
        if span not in self._kept:
            self._kept[span] = set(matching(self._model, span[:2], self._narrow))
        return row in self._kept[span]

    def _score(self, found: Iterable[tuple[int, _RowSpan]], tier: int, *, later: bool = True) -> None:
        """Make hits of rows that are none yet, with the tier that is theirs by their name."""
        spans = {row: span for row, span in found if row not in self.hits}
        if not spans:
            return
        typed, line, named = [f" {token}" for token in self._typed], self._line, tier <= Tier.EXTRA
        for row, label, alias, connected in self._model.sql.execute(
            statements.SCORED, (msgspec.json.encode(list(spans)).decode(),)
        ):
            own, off = tier, later
            if named:
                own = self._tier(label, alias, tier, typed)
                off = not (label.startswith(line) or (own == Tier.ALIAS and f"\n{line}" in f"\n{alias}"))
            self.hits[row] = Hit(own, spans[row].preference, off, label.count(" ") + 1, -connected, row)

    def _tier(self, label: str, alias: str, tier: int, typed: list[str]) -> int:
        """Where in the names of a record the words are, each given with a space before it; ``tier`` if not all are."""
        line = self._line
        if label == line or (line in alias and f"\n{line}\n" in f"\n{alias}\n"):
            return Tier.EXACT
        name = f" {label}"
        absent = [token for token in typed if token not in name]
        if not absent:
            return Tier.NAME
        others = " " + alias.replace("\n", " ")
        return Tier.ALIAS if all(token in others for token in absent) else tier


def _exact(word: str) -> str:
    return f'"{word}"'


def _prefix(word: str) -> str:
    return f'"{word}"*'


def _any(parts: Iterable[str]) -> str:
    return f"({' OR '.join(parts)})"


def _all(parts: Iterable[str]) -> str:
    return f"({' AND '.join(parts)})"
