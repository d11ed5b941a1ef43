"""Finds the people whom a text in Latin letters names: by which rule, and with which titles beside the name."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from convenings.domain.text import fold
from convenings.drafting.organisation_list import Organisations
from convenings.drafting.organisations import AND, bare, is_head
from convenings.drafting.people import People
from convenings.drafting.posts_behind import PostReader
from convenings.drafting.rule_words import (
    COUNTRIES,
    EVENT_WORDS,
    GIVEN_SYLLABLE,
    HONORIFICS,
    NO_NAME,
    PARTICLES,
    SPEECH,
    SURNAMES_OF_CHINA,
    TITLE_MODIFIERS,
    TITLE_WORDS,
    family_names,
    given_names,
    words,
)
from convenings.drafting.text import ReportText
from convenings.drafting.titles import posts_at, title_end
from convenings.drafting.tokens import Token, are_adjacent
from convenings.drafting.value import Post, Value

_BY = words("by par por")
_ROMAN = re.compile(r"[IVX]{2,}")
_GIVEN = re.compile(rf"(?:{GIVEN_SYLLABLE}){{1,3}}")
_PINYIN = re.compile(rf"(?:{GIVEN_SYLLABLE})(?:['’-]?{GIVEN_SYLLABLE}){{0,2}}")


class _Name(msgspec.Struct, frozen=True):
    """Words that may be a name."""

    first: int
    end: int
    """Number of the token after the last one."""


class PeopleFinder:
    """Finds the people of a text.

    Args:
        report: The text.
        organisations: Those of the text, whose names are no people's.
        people: Where people are added.
    """

    def __init__(self, report: ReportText, organisations: Organisations, people: People) -> None:
        self._whole = report.whole
        self._organisations = organisations
        self.people = people
        body = report.whole[report.body :]
        self._behind = PostReader(report.whole, organisations)
        self._is_list = False
        self._lower = frozenset(re.findall(r"(?<![^\W_])[^\W\d_A-ZÀ-Þ][^\W\d_]+", body))

    def find(self, tokens: Sequence[Token], *, is_list: bool = False) -> None:
        """Add the people of a block.

        Args:
            tokens: Those of the block.
            is_list: Whether it is a list of people, so that words in capitals are a name without any other sign.
        """
        self._is_list = is_list
        at = 0
        while at < len(tokens):
            name = self._name_at(tokens, at)
            if name is None:
                at += 1
                continue
            at = self._add(tokens, name) or name.end

    def _name_at(self, tokens: Sequence[Token], at: int) -> _Name | None:
        """Words that may be a name and begin at a token."""
        if not self._is_name_word(tokens, at):
            return None
        end = at + 1
        while end < len(tokens) and end - at < 6:
            before = tokens[end - 1]
            if tokens[end].text == "." and before.is_initial:
                end += 1
                continue
            if not are_adjacent(self._whole, before, tokens[end]) or before.lower != bare(before):
                break
            if self._is_name_word(tokens, end):
                end += 1
                continue
            joins = tokens[end].lower in PARTICLES
            steps = 2 if joins and end + 1 < len(tokens) and tokens[end + 1].lower in PARTICLES else 1
            if joins and end + steps < len(tokens) and self._is_name_word(tokens, end + steps):
                end += steps + 1
                continue
            break
        return _Name(at, end)

    def _is_name_word(self, tokens: Sequence[Token], at: int) -> bool:
        token = tokens[at]
        if not token.is_capital:
            return False
        if token.is_initial:
            return at + 1 < len(tokens) and (tokens[at + 1].text == "." or tokens[at + 1].is_capital)
        word = bare(token)
        if word == "he":
            # "Mr. He Wei"
            before = tokens[at - 2 if at > 1 and tokens[at - 1].text == "." else at - 1].lower if at else ""
            return before in HONORIFICS and at + 1 < len(tokens) and tokens[at + 1].is_capital
        if (
            word in HONORIFICS
            or word in ORDINARY
            or is_head(token)
            or word.removesuffix("s") in EVENT_WORDS
            or _ROMAN.fullmatch(token.text)
        ):
            return False
        if word in TITLE_WORDS:
            return False
        return not self._organisations.covers(token.start, token.end)

    def _add(self, tokens: Sequence[Token], name: _Name) -> int | None:
        """Add a person where a rule says that words are a name; gives the number of the token to go on from."""
        first, end = name.first, name.end
        words = [token for token in tokens[first:end] if token.is_word]
        full = [token for token in words if not token.is_initial and token.lower not in PARTICLES]
        honorific = self._honorific(tokens, first)
        how = self._rule(tokens, name, full, honorific)
        if not how:
            return None
        before, phrase_start = self._posts_before(tokens, honorific if honorific is not None else first)
        posts = list(before)
        behind, phrase_end = self._behind.posts_behind(tokens, end)
        posts += behind
        if honorific is not None and tokens[honorific].lower == "professor" and not any(post.title for post in posts):
            span = (tokens[honorific].start, tokens[honorific].end)
            body = posts[0].organisation if posts else None
            posts[:1] = [Post(Value(self._whole[slice(*span)], span, "honorific"), body)]
        if how == "unsure":
            if not posts and not self._is_list:
                return None
            how = "list" if self._is_list else "apposition" if behind else "title"
        elif how in ("given", "verb") and posts:
            how = "apposition" if behind else "title"
        last = tokens[end - 1]
        span = (tokens[first].start, last.start + len(re.sub(r"['’]s?\Z", "", last.text)))
        start = tokens[phrase_start].start
        self.people.add(span, how, posts, (start, max(span[1], tokens[phrase_end - 1].end)))
        return phrase_end

    def _honorific(self, tokens: Sequence[Token], first: int) -> int | None:
        """Number of the first token of the forms of address before a name: *Rt Hon*, *Prof. Dr.*"""
        at = first
        while at > 0:
            before = tokens[at - 1]
            if before.text == "." and at > 1 and tokens[at - 2].lower in HONORIFICS:
                at -= 2
            elif (before.lower in HONORIFICS and before.is_capital) or (
                before.lower == "the"
                and at < first
                and at > 0
                and tokens[at].lower in ("rt", "hon", "honourable", "rev")
            ):
                at -= 1
            else:
                break
        return at if at < first else None

    def _rule(self, tokens: Sequence[Token], name: _Name, full: list[Token], honorific: int | None) -> str:
        """The rule by which words are a person's name; empty where none says so, ``unsure`` where a title decides."""
        first, end = name.first, name.end
        is_body = any(bare(token) in COUNTRIES for token in full) and fold(bare(full[0])) not in given_names()
        if honorific is None and is_body:
            # "FIDA Kenya"
            return ""
        if honorific is not None:
            if len(full) >= 2:
                return "honorific"
            known = self.people.named(bare(full[0])) if full else None
            return "honorific" if full and known is None and not tokens[first].is_capitals else ""
        if not 2 <= len(full) <= 5 or end - first < 2:
            return ""
        capitals = [token for token in full if token.is_capitals]
        folded = [fold(bare(token)) for token in full]
        if len(full) == 2 and self._is_pinyin(folded):
            return "pinyin"
        if len(capitals) == 1 and len(full) <= 4 and self._are_capitals_a_name(full):
            return "caps"
        if len(capitals) == len(full):
            return "caps" if len(full) == 2 and folded[0] in given_names() and folded[1] not in self._lower else ""
        if len(capitals) and len(capitals[0].text) > 2:
            return ""
        ordinary = [word for token, word in zip(full, folded, strict=True) if self._is_ordinary(token, word)]
        if ordinary:
            return "unsure" if len(ordinary) < len(full) and folded[0] in given_names() else ""
        before = tokens[first - 1].lower if first else ""
        is_given = folded[0] in given_names() or (folded[-1] in given_names() and folded[0] in family_names())
        if is_given and (before not in ("in", "at", "near", "the", "of") or folded[-1] in family_names()):
            return "given"
        verb = self._behind.body_end(tokens, end)
        after = tokens[verb].lower if verb < len(tokens) else ""
        participle = tokens[end + 1].lower if end + 1 < len(tokens) else ""
        is_french = after in ("a", "ont") and participle.endswith(("é", "u", "it", "is"))
        if (after in SPEECH or is_french) and before not in ("the",):
            return "verb"
        if before in _BY and first > 1 and tokens[first - 2].lower in SPEECH | {"remarks", "speech", "address", "talk"}:
            return "by"
        return "unsure"

    def _is_ordinary(self, token: Token, word: str) -> bool:
        """Whether a word in capitals also stands in the text in small letters, and is no usual name."""
        return token.text.casefold() in self._lower and word not in family_names()

    def _are_capitals_a_name(self, full: list[Token]) -> bool:
        others = [token for token in full if not token.is_capitals]
        capitals = next(token for token in full if token.is_capitals)
        letters = fold(capitals.text)
        # Few letters with hardly a vowel are an abbreviation.
        is_abbreviation = len(letters) < 5 and re.search("[^aeiouy]{3}", letters) is not None
        if (
            is_abbreviation
            or not re.search("[aeiouy]", letters)
            or any(token.text.casefold() in self._lower for token in others)
        ):
            return False
        if self._organisations.number_of(capitals.text) is not None:
            return False
        folded = fold(capitals.text)
        if capitals is full[0] and len(full) == 2:
            return (
                folded in SURNAMES_OF_CHINA
                or folded in family_names()
                or len(folded) > 3
                or (fold(others[0].text) in given_names())
            )
        return capitals is full[-1] or folded in SURNAMES_OF_CHINA or folded in family_names()

    def _is_pinyin(self, folded: list[str]) -> bool:
        """Whether two words are a Chinese name in Latin letters, in either order, as no English word looks."""
        family, given = folded
        if {family, given} in ({"hong", "kong"}, {"tai", "po"}, {"viet", "nam"}):
            return False
        for one, other in ((family, given), (given, family)):
            if one in SURNAMES_OF_CHINA and _PINYIN.fullmatch(other) and other not in self._lower and len(other) > 1:
                return other not in NO_NAME and one not in self._lower
        return False

    def _posts_before(self, tokens: Sequence[Token], first: int) -> tuple[list[Post], int]:
        """Titles before a name: *IGR Director*, *the Executive Director of the Shed Trust,*"""
        behind_comma = first > 0 and tokens[first - 1].text == ","
        stop = first - 1 if behind_comma else first
        earliest = stop
        while stop - 12 < earliest > 0 and (tokens[earliest - 1].is_word or tokens[earliest - 1].text in "&/-'()."):
            earliest -= 1
        for start in range(earliest, stop):
            token = tokens[start]
            if self.people.is_mention((token.start, token.end)):
                continue
            if start and not behind_comma and not self._may_begin_title(tokens, start):
                continue
            if not token.is_word or token.lower in AND:
                continue
            end = title_end(tokens, start)
            if end is None or end > stop:
                continue
            if behind_comma and not (
                token.lower == "the" or (token.is_capital and start and tokens[start - 1].lower == "the")
            ):
                continue
            posts = posts_at(self._whole, tokens[:stop], start, "before")
            if posts is not None and posts.end == stop:
                return list(posts.posts), start
        return [], first

    def _may_begin_title(self, tokens: Sequence[Token], start: int) -> bool:
        """Whether a title before a name may begin at a word: it is in capitals, or it tells a title itself."""
        token = tokens[start]
        word = bare(token)
        if word in ORDINARY and word not in TITLE_MODIFIERS and not token.is_capitals:
            return False
        if word in TITLE_WORDS:
            before = tokens[start - 1]
            return not (before.is_capital and bare(before) in TITLE_WORDS)
        return token.is_capital

    def find_again(self, tokens: Sequence[Token]) -> None:
        """Add further mentions in a block of people who are known by now, by the whole name or by one word of it."""
        at = 0
        while at < len(tokens):
            name = self._name_at(tokens, at)
            if name is None:
                at += 1
                continue
            at = name.end
            words = [token for token in tokens[name.first : name.end] if token.is_word]
            full = [token for token in words if not token.is_initial and token.lower not in PARTICLES]
            last = tokens[name.end - 1]
            span = (tokens[name.first].start, last.start + len(re.sub(r"['’]s?\Z", "", last.text)))
            if self.people.is_mention(span):
                continue
            number = (
                self.people.named(bare(full[0])) if len(full) == 1 else self.people.number_of(self._whole[slice(*span)])
            )
            if number is None:
                continue
            honorific = self._honorific(tokens, name.first)
            start = tokens[honorific if honorific is not None else name.first].start
            posts: list[Post] = []
            end = name.end
            if self.people.has_no_body(number):
                posts, end = self._behind.posts_behind(tokens, name.end)
            phrase_end = tokens[end - 1].end if end > name.end else span[1]
            self.people.mention(number, span, (start, phrase_end), posts)


ORDINARY = NO_NAME - given_names() | words("the in on at may april june august")
