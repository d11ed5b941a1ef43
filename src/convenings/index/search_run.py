"""One search under way: candidates by looser and looser ways of matching, each scored by where the words are in it.

Nothing is asked for that cannot be listed: of what is common only the first rows of a kind are scored, whole words
before beginnings and people who took part before others, and no further kind once there is enough. What a line asks
for besides its words is looked for in every row that matches, however many there are. What is cut is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice
from typing import NamedTuple

from convenings.domain.english import is_function_word
from convenings.domain.kinds import KINDS, WITH_NAME
from convenings.domain.text import fold
from convenings.index.hits import Hit, Tier
from convenings.index.kind_rows import KindRows, merged
from convenings.index.model import ReadModel
from convenings.index.narrowing import Narrowing
from convenings.index.questions import Match
from convenings.index.rows import TOOK_PART, Step, within
from convenings.index.search_words import SearchWord
from convenings.index.sqlite import match
from convenings.index.vocabulary import MOST, Vocabulary

CANDIDATES = 60
"""At most this many rows of each kind, or a few more than can be listed, are scored for one way of matching."""
FEW = 100
"""Where fewer rows match than this, all of them are scored."""
ENOUGH = 20
"""With this many hits, nothing is offered that was not asked for: neither slips nor insides of words."""
COUNTED = 10_000
"""Where more than this many records match, they are not counted while somebody types."""
LIMIT = 50
"""How many hits are returned unless asked otherwise."""
MOST_SLIPPED = 6
"""Up to this many words, each is tried as the one with a slip where all of them are known."""

_OFFERS = (Tier.NEAR, Tier.INSIDE)
"""Tiers of what is offered beyond what was asked for."""

Ask = Callable[[int, int], Iterator[int]]
"""A question to the index: what matches from a first row up to, and without, a last one, in row order."""


class Candidate(NamedTuple):
    """A row that matches, before its names are read."""

    tier: int
    """The tier by which it matched."""
    later: bool
    preference: int


class SearchRun:
    """One search under way.

    Args:
        model: The read model.
        vocabulary: Its words.
        words: What is typed.
        spans: Where it is looked for, in the order of preference.
        narrowing: What else must hold of a hit, if anything.
        limit: How many hits are wanted.
        is_as_typed: Whether it is the line itself, and no reading of it: then slips and insides of words are offered
            beside few hits, and not only for want of any.
    """

    def __init__(
        self,
        model: ReadModel,
        vocabulary: Vocabulary,
        words: Sequence[SearchWord],
        spans: Sequence[KindRows],
        narrowing: Narrowing | None = None,
        limit: int = LIMIT,
        *,
        is_as_typed: bool = True,
    ) -> None:
        self.hits: dict[int, Hit] = {}
        """Row to hit."""
        self._candidates: dict[int, Candidate] = {}
        """Row to what matches and is no hit yet: the names of many are read in one question."""
        self._model = model
        self._words = model.words
        self._vocabulary = vocabulary
        self._typed = [word for each in words for word in each.typed]
        self._sought = words
        self._spellings = [spellings for each in words for spellings in each.words]
        """By typed word, all its spellings."""
        self._has_spellings = any(each.joined for each in words) or any(len(each) > 1 for each in self._spellings)
        self._line = " ".join(self._typed)
        self._spans = spans
        self._nameable = [span for span in spans if span.kind in WITH_NAME]
        self._narrowing = narrowing
        self._limit, self._most = limit, max(CANDIDATES, limit + 10)
        self._added: set[int] = set()
        """Hits that were not found by the words."""
        self._is_as_typed = is_as_typed
        self._is_cut = False
        """Whether some of what contains the words was left out."""

    def run(self, *, whole: bool = False) -> None:
        """Find what there is, from the name itself to the text.

        Afterwards there are as many hits as are wanted, or all there are.

        Args:
            whole: Nothing is offered for words that no record has all of.
        """
        if self._model.step < Step.NAMES:
            self._scan()
            return
        self._by_names()
        self._score()
        has_texts = bool(self.hits) or next(self._having_all(), None) is not None
        if whole and not has_texts:
            return
        if len(self.hits) < (ENOUGH if self._is_as_typed else not has_texts) and not self._has_exact:
            self._by_slips()
            if self._count < ENOUGH:
                self._by_insides()
            self._score()
        if len(self.hits) < self._limit and has_texts:
            self._by_texts()

    def run_in_any_form(self) -> None:
        """Find what has every word somewhere, in any of its forms: first what is called so, then what shows so."""
        rows = dict(islice(self._having_all(), self._most))
        for row in self._model.load(list(rows)):
            texts = (row.label, f"{row.label} {row.trailing} {row.secondary}")
            has_all = (all(word.is_in(f" {fold(text)}") for word in self._sought) for text in texts)
            place = next((place for place, has in enumerate(has_all) if has), len(texts))
            preference = place * len(KINDS) + rows[row.row].preference
            self.hits[row.row] = Hit(Tier.FORM, preference, True, 0, 0, row.row)

    def count(self, most: int | None) -> tuple[int, bool]:
        """How many records match, and whether there are more than that.

        Args:
            most: At most this many are counted; all where absent.
        """
        if len(self.hits) < self._limit:
            return len(self.hits), self._is_cut
        if self._model.step < Step.NAMES:
            return len(self.hits), True
        begins, words, is_complete = match.beginnings(self._sought), self._words, self._model.complete
        spans = merged(self._spans)
        has_offers = any(hit.tier in _OFFERS or row in self._added for row, hit in self.hits.items())
        if self._narrowing is None and len(spans) == 1 and not has_offers:
            # Thousands match the first letters of a line, and are counted at each.
            number = (words.number_of_texts if is_complete else words.number_of_names)(begins, *spans[0], most)
            return (most, True) if most is not None and number >= most else (number, self._is_cut)
        every = {row for row, _ in islice(self._having_all(), most)}
        if most is not None and len(every) >= most:
            return most, True
        return len(every.union(self.hits)), self._is_cut

    def number(self, most: int) -> int:
        """How many records have all words, up to so many; nothing is scored for it."""
        return sum(1 for _ in islice(self._having_all(), most))

    def add(self, rows: Iterable[int], tier: int) -> None:
        """Add rows as hits in a tier, as far as they are looked for and are none yet."""
        ascending = sorted(rows)
        for row, span in self._rows(lambda first, last: iter(ascending[within(ascending, first, last)]), self._spans):
            if row not in self.hits:
                self.hits[row] = Hit(tier, span.preference, True, 0, 0, row)
                self._added.add(row)

    def _having_all(self) -> Iterator[tuple[int, KindRows]]:
        """Rows that have words that begin with all that are looked for, as far as these are indexed."""
        ask = self._words.texts if self._model.complete else self._words.names
        return self._rows(partial(ask, match.beginnings(self._sought)), self._spans)

    @property
    def _count(self) -> int:
        """How many hits there are, and will be."""
        return len(self.hits) + len(self._candidates)

    @property
    def _has_exact(self) -> bool:
        """Whether a record is called exactly what was typed."""
        return any(hit.tier == Tier.EXACT for hit in self.hits.values())

    # Ways of matching

    def _scan(self) -> None:
        """Labels that contain what was typed: all there is to go by while the words are being indexed."""
        for span in self._nameable:
            if len(self.hits) < self._limit:
                for row, _ in islice(self._rows(partial(self._words.scan, self._typed), [span]), self._most):
                    self.hits[row] = Hit(Tier.INSIDE, span.preference, True, 0, 0, row)

    def _by_names(self) -> None:
        """Names with every word: all of them where they are few, else in the order of the tiers."""
        begins, line = match.beginnings(self._sought), self._line
        few = self._first(self._names(begins), self._nameable)
        if len(few) < FEW:
            self._add(few, Tier.EXTRA, later=True)
            return
        self._take(partial(self._words.exact_labels, line), Tier.EXACT)
        # Another name that is exactly this must not be lost behind all that begin so; one word is no person's.
        if self._is_as_typed:
            several = [span for span in self._nameable if len(self._typed) > 1 or span.kind != "person"]
            self._take(self._names(match.in_other_names(match.exact(line))), Tier.EXACT, several)
        if self._has_spellings:
            whole = match.all_of(match.in_any_spelling(word, match.exact) for word in self._sought)
            self._take(self._names(match.in_names(whole)), Tier.SPELLING)
        # A name with more words than these has matched, too: only what is read of it tells them apart.
        self._score()
        self._take(self._names(match.in_label(match.all_of(map(match.exact, self._typed)))), Tier.NAME)
        self._take(self._names(match.in_label(match.all_of(map(match.beginning, self._typed)))), Tier.NAME)
        self._take(self._names(match.in_other_names(match.beginning(line))), Tier.ALIAS)
        if len(self._typed) > 1 or self._has_spellings:
            # Of one word, what has it in its label or in another name is there by now.
            self._take(self._names(match.in_names(begins)), Tier.ALIAS)
        self._take(self._names(begins), Tier.EXTRA, first=few)

    def _by_slips(self) -> None:
        """Names with a slip in the words that no name has, or else in one of the words; never in one such as ``of``."""
        typed, near = self._typed, self._vocabulary.near
        fixed = {at for at, word in enumerate(typed) if len(typed) > 1 and is_function_word(word)}
        unknown = {at for at, spellings in enumerate(self._spellings) if not any(map(self._vocabulary.has, spellings))}
        if unknown & fixed:
            return
        one_each = [{at} for at in range(len(typed)) if at not in fixed] if len(typed) <= MOST_SLIPPED else []
        slipped = [unknown] if unknown else one_each
        most = MOST // max(1, len(slipped))
        instead = {at: (near(typed[at]).whole, near(typed[at]).prefix[:most]) for at in set().union(*slipped)}
        whole, prefix = match.exact, match.beginning
        every: list[tuple[Match, bool]] = []
        for column, form in ((match.in_label, whole), (match.in_names, whole), (match.in_names, prefix)):
            ways = [
                [instead[at][form is prefix] if at in slips else each for at, each in enumerate(self._spellings)]
                for slips in slipped
            ]
            if meant := [match.all_of(match.any_of(map(form, words)) for words in way) for way in ways if all(way)]:
                every.append((column(match.any_of(meant)), column is not match.in_label))
        if not self.hits and every:
            # Most often there is nothing, and then one question tells.
            any_slip = self._names(match.any_of(each for each, _ in every))
            if next(self._rows(any_slip, self._nameable), None) is None:
                return
        for expression, later in every:
            if self._count < ENOUGH:
                self._take(self._names(expression), Tier.NEAR, later=later)

    def _by_insides(self) -> None:
        """Names with words that contain what was typed."""
        containing = [self._vocabulary.containing(token) for token in self._typed]
        if any(containing):
            self._is_cut = any(len(around) > MOST for around in containing)
            options = (
                [*map(match.beginning, spellings), *map(match.exact, around[:MOST])]
                for spellings, around in zip(self._spellings, containing, strict=True)
            )
            self._take(self._names(match.all_of(map(match.any_of, options))), Tier.INSIDE)

    def _by_texts(self) -> None:
        """What has every word whole somewhere, the last one maybe unfinished; then what has words that begin so.

        To find whole words is quick even where they are common.
        """
        *before, last = self._sought
        for form in (match.exact, match.beginning):
            for final in dict.fromkeys((form, match.beginning)):
                whole = [match.in_any_spelling(word, form) for word in before]
                expression = match.all_of([*whole, match.in_any_spelling(last, final)])
                room, later = self._most, final is not match.exact
                for row, span in self._rows(partial(self._words.texts, expression), self._spans):
                    if row not in self.hits:
                        self.hits[row] = Hit(Tier.TEXT, span.preference, later, 0, 0, row)
                        room -= 1
                        if not room:
                            break
                if len(self.hits) >= self._limit:
                    return

    # Rows that match, and what they are worth

    def _names(self, expression: Match) -> Ask:
        return partial(self._words.names, expression)

    def _take(
        self,
        ask: Ask,
        tier: int,
        spans: Sequence[KindRows] | None = None,
        *,
        later: bool = True,
        first: list[tuple[int, KindRows]] | None = None,
    ) -> None:
        """Take what matches: all of it where that is little, else kind by kind until there is enough.

        Args:
            ask: Gives the rows that match.
            tier: The tier of a hit.
            spans: Where to look.
            later: Whether a hit stands behind others of its tier.
            first: The first rows that match, where they have been asked for.
        """
        spans = self._nameable if spans is None else spans
        if self._enough(tier):
            return
        first = self._first(ask, spans) if first is None else first
        if len(first) < FEW:
            self._add(first, tier, later=later)
            return
        for span in spans:
            if self._enough(tier):
                return
            self._add(self._of_kind(ask, span, first), tier, later=later)

    def _enough(self, tier: int) -> bool:
        """Whether what matches in a tier now could only stand behind all that is listed."""
        tiers = chain((hit.tier for hit in self.hits.values()), (each.tier for each in self._candidates.values()))
        return sum(map(tier.__ge__, tiers)) >= self._limit

    def _first(self, ask: Ask, spans: Sequence[KindRows]) -> list[tuple[int, KindRows]]:
        """The first rows that match, in row order; all of them where they are few."""
        return list(islice(self._rows(ask, spans), FEW))

    def _of_kind(self, ask: Ask, span: KindRows, first: list[tuple[int, KindRows]]) -> list[tuple[int, KindRows]]:
        """The candidates of one kind; asked for only where they are not among the first rows of all kinds."""
        parts = self._parts(span)
        read = [(row, kind) for row, kind in first if kind == span]
        is_all = span.last <= first[-1][0]
        if (is_all and len(read) <= self._most) or (len(parts) == 1 and len(read) >= self._most):
            return read[: self._most]
        return list(islice(chain.from_iterable(self._rows(ask, [part]) for part in parts), self._most))

    def _parts(self, span: KindRows) -> list[KindRows]:
        """The rows of a kind in parts: people who took part before the others."""
        active = self._model.range(TOOK_PART)[0]
        if span.kind != "person" or not span.first < active < span.last:
            return [span]
        return [span._replace(first=active), span._replace(last=active)]

    def _rows(self, ask: Ask, spans: Sequence[KindRows]) -> Iterator[tuple[int, KindRows]]:
        """Rows of some kinds that match and can be hits, with their kinds."""
        ahead = sorted((span for span in spans if span.first < span.last), reverse=True)
        if not ahead:
            return
        first, last, narrowing = ahead[-1].first, ahead[0].last, self._narrowing
        if narrowing is not None:
            first, last = narrowing.bounds(first, last)
        for row in ask(first, last) if first < last else ():
            while row >= ahead[-1].last:
                ahead.pop()
            span = ahead[-1]
            if row >= span.first and (narrowing is None or narrowing.admits(row, span.kind)):
                yield row, span

    def _add(self, rows: Iterable[tuple[int, KindRows]], tier: int, *, later: bool) -> None:
        """Note rows that match as candidates, unless they have matched before."""
        for row, span in rows:
            if row not in self.hits and row not in self._candidates:
                self._candidates[row] = Candidate(tier, later, span.preference)

    def _score(self) -> None:
        """Make hits of the candidates, each with the tier that is its own by its names."""
        if not self._candidates:
            return
        line = self._line
        for row, label, alias, spelling, connected in self._words.names_of(list(self._candidates)):
            tier, later, preference = self._candidates[row]
            if tier <= Tier.EXTRA:
                tier = self._tier(label, alias, spelling, tier)
                others = f"\n{alias}\n{spelling}"
                later = not (label.startswith(line) or (tier == Tier.ALIAS and f"\n{line}" in others))
            self.hits[row] = Hit(tier, preference, later, label.count(" ") + 1, -connected, row)
        self._candidates.clear()

    def _tier(self, label: str, alias: str, spelling: str, tier: int) -> int:
        """Where in the names of a record the words are; ``tier`` if not all are. Another spelling is no exact name."""
        line = self._line
        if label == line or (line in alias and f"\n{line}\n" in f"\n{alias}\n"):
            return Tier.EXACT
        if self._has_spellings:
            if any(map(self._pattern().fullmatch, (label, *alias.split("\n"), *spelling.split("\n")))):
                return Tier.SPELLING
        elif line in spelling and f"\n{line}\n" in f"\n{spelling}\n":
            return Tier.SPELLING
        name = f" {label}"
        if all(f" {token}" in name for token in self._typed):
            return Tier.NAME
        names = f"{name}\n{alias}\n{spelling}".replace("\n", " ")
        return Tier.ALIAS if all(word.is_in(names) for word in self._sought) else tier

    def _pattern(self) -> re.Pattern[str]:
        """What a name is that has the typed words and no others, in any spelling."""
        return re.compile(" ".join(word.pattern for word in self._sought))
