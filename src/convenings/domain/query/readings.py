"""Other readings of a line, for where nothing is as it says: without words that say nothing, and with other forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
from msgspec.structs import replace

from convenings.domain.english import is_function_word, is_possessive, other_forms
from convenings.domain.query.tree import EVERYTHING, All, Either, Not, Query, Word, all_of, any_of, conjuncts, words_in
from convenings.domain.text import words


class Reading(msgspec.Struct, frozen=True):
    """What a line may mean instead of what it says, and how that differs."""

    query: Query
    left_out: tuple[str, ...] = ()
    """Words of the line that are not asked for."""
    in_any_form: tuple[str, ...] = ()
    """Words of the line that are asked for in other forms, too."""

    def __str__(self) -> str:
        """What somebody is told of it, as in: without who, the; moderated in any form."""
        parts = [f"without {', '.join(self.left_out)}"] if self.left_out else []
        parts += [f"{', '.join(self.in_any_form)} in any form"] if self.in_any_form else []
        return "; ".join(parts)


def readings(query: Query) -> Iterator[Reading]:
    """Other readings of a query, the nearest first: without function words, then with other forms of its words."""
    shorter = without_function_words(query)
    if shorter is not None:
        yield shorter
    if (looser := with_other_forms(shorter or Reading(query))) is not None:
        yield looser


def without_function_words(query: Query) -> Reading | None:
    """A query without the words that say nothing about what is sought; none where there are none, or no others.

    What is negated or in quotes is asked for as it stands.
    """
    left_out: list[str] = []
    shorter = _without(query, left_out)
    return Reading(shorter, tuple(dict.fromkeys(left_out))) if left_out else None


def with_other_forms(reading: Reading) -> Reading | None:
    """A reading with the words that must hold, or may, in any form; none where none of them has another.

    What is negated, in quotes or, behind other words, written as a name is asked for as it stands.
    """
    inflected: list[str] = []
    first = next(words_in(reading.query), None)
    looser = _each_word(reading.query, lambda word: word if _is_name(word, first) else _in_any_form(word, inflected))
    return Reading(looser, reading.left_out, tuple(dict.fromkeys(inflected))) if inflected else None


def _without(query: Query, left_out: list[str]) -> Query:
    """A query without the function words in it, which are added to a list."""
    if isinstance(query, Either):
        return any_of([_without(part, left_out) for part in query.parts])
    parts = conjuncts(query)
    functional = [part for part in parts if _says_nothing(part)]
    others = [part for part in parts if not _says_nothing(part)]
    if functional and any(not isinstance(part, Not) for part in others):
        left_out += [_shown(word) for part in functional for word in words_in(part)]
    else:
        others = list(parts)
    rest = [_without(part, left_out) if isinstance(part, Either) else part for part in others]
    return all_of(rest or [EVERYTHING])


def _says_nothing(part: Query) -> bool:
    """Whether a part asks for nothing but function words, be they alternatives."""
    if isinstance(part, Either):
        return all(map(_says_nothing, part.parts))
    return isinstance(part, Word) and not part.phrase and is_function_word(part.text)


def _shown(word: Word) -> str:
    """A word without the signs that end a sentence."""
    return word.text.strip(",.;:?!")


def _each_word(query: Query, change: Callable[[Word], Word]) -> Query:
    """A query with each word that must hold, or may, as another one; negations stay as they are."""
    match query:
        case Word():
            return change(query)
        case All(parts) if parts:
            return all_of([_each_word(part, change) for part in parts])
        case Either(parts):
            return any_of([_each_word(part, change) for part in parts])
    return query


def _is_name(word: Word, first: Word | None) -> bool:
    """Whether a word is written as a name, and not because a sentence begins with it; its possessive has a form."""
    return word != first and word.text[:1].isupper() and not is_possessive(words(word.text))


def _in_any_form(word: Word, inflected: list[str]) -> Word:
    """A word in any of its forms, where it has others; it is then added to a list."""
    typed = words(word.text)
    if word.phrase or not (is_possessive(typed) or any(map(other_forms, typed))):
        return word
    inflected.append(_shown(word))
    return replace(word, in_any_form=True)
