"""The people of a text, each once, with every place where a form of the name stands."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections.abc import Sequence

import msgspec

from convenings.domain.text import fold
from convenings.drafting.text import ReportText
from convenings.drafting.value import DraftPerson, Post, Span, Spans, Value

MOST_BEARERS = 64
"""People with one word in their names who are compared with another name."""


class NounPhrase(msgspec.Struct, frozen=True):
    """A person with all that stands around the name: form of address and title before, title and body behind."""

    start: int
    end: int
    person: int
    """Number of the person."""


class People:
    """The people of a text, each once."""

    def __init__(self, report: ReportText) -> None:
        self._whole = report.whole
        self.items: list[DraftPerson] = []
        self.phrases: list[NounPhrase] = []
        self._by_key: dict[frozenset[str], int] = {}
        self._by_word: dict[str, list[int]] = {}
        self._words: list[frozenset[str]] = []
        self._posts: list[set[tuple[str, ...]]] = []
        """Title and body of each post of each, in small letters."""
        self._ends: list[int] = []
        """Where each of the phrases ends, in order."""
        self._places = Spans()

    def add(self, span: Span, how: str, posts: Sequence[Post], phrase: Span) -> int:
        """Add a mention of a full name; gives the number of the person."""
        name = " ".join(self._whole[slice(*span)].split())
        words = name_words(name)
        number = self.number_of(name)
        if number is None:
            number = len(self.items)
            self.items.append(DraftPerson(Value(name, span, how), []))
            self._by_key[words] = number
            self._words.append(words)
            self._posts.append(set())
            for word in words:
                self._by_word.setdefault(word, []).append(number)
        person = self.items[number]
        if not self._places.has(span):
            person.mentions.append(span)
            self._places.add(span)
        self._add_posts(number, posts)
        self._add_phrase(phrase, number)
        return number

    def _add_posts(self, number: int, posts: Sequence[Post]) -> None:
        person = self.items[number]
        for post in posts:
            key = tuple(part.text.casefold() if part else "" for part in (post.title, post.organisation))
            if key not in self._posts[number]:
                self._posts[number].add(key)
                person.posts.append(post)

    def has_no_body(self, number: int) -> bool:
        """Whether it was not said yet for which body somebody is there."""
        return not any(post.organisation for post in self.items[number].posts)

    def mention(self, number: int, span: Span, phrase: Span, posts: Sequence[Post] = ()) -> None:
        """Add a mention by a part of the name, with what it says of the post."""
        self._add_posts(number, posts)
        self.items[number].mentions.append(span)
        self._places.add(span)
        self._add_phrase(phrase, number)

    def drop_partial_posts(self) -> None:
        """Take out posts of which another one of the same person says all, and more."""
        for person in self.items:
            pairs = [(post.title, post.organisation) for post in person.posts if post.title and post.organisation]
            said = {value.text.casefold() for pair in pairs for value in pair}
            person.posts = [post for post in person.posts if not _is_part(post, said)]

    def _add_phrase(self, phrase: Span, number: int) -> None:
        self.phrases.append(NounPhrase(phrase[0], phrase[1], number))
        insort(self._ends, phrase[1])

    def end_before(self, at: int) -> int:
        """Where the last noun phrase ends that does so before a place; 0 where none does."""
        number = bisect_right(self._ends, at)
        return self._ends[number - 1] if number else 0

    def is_mention(self, span: Span) -> bool:
        """Whether a place is within that of a mention."""
        return self._places.cover(span)

    def number_of(self, name: str) -> int | None:
        """The number of the person with a name, with or without an initial."""
        words = name_words(name)
        number = self._by_key.get(words)
        return self._similar(words) if number is None else number

    def named(self, word: str) -> int | None:
        """The one person of whose name a word is a part; nothing where there is none, or several."""
        parts = [set(self._by_word.get(part, ())) for part in name_words(word)]
        numbers = set.intersection(*parts) if parts else set()
        return numbers.pop() if len(numbers) == 1 else None

    def _similar(self, words: frozenset[str]) -> int | None:
        """Who has all these words in the name, or of whose name the words have all: with and without an initial."""
        if len(words) < 2:
            return None
        # Who shares two words with it is found by any but the commonest.
        bearers = sorted((self._by_word.get(word, []) for word in words), key=len)[:-1]
        for number in (number for numbers in bearers for number in numbers[:MOST_BEARERS]):
            others = self._words[number]
            if len(words & others) >= 2 and (words <= others or others <= words):
                return number
        return None


def _is_part(post: Post, said: set[str]) -> bool:
    """Whether a post has a title or a body alone, and that is said already with both."""
    if post.title is not None and post.organisation is not None:
        return False
    value = post.title or post.organisation
    return value is not None and value.text.casefold() in said


def name_words(name: str) -> frozenset[str]:
    """The words of a name, folded, without initials."""
    return frozenset(word for word in re.split(r"[\s.'’]+", fold(name)) if len(word) > 1) or frozenset((fold(name),))
