"""Match expressions of the full-text indexes, SQLite's FTS5 syntax: composed here and nowhere else.

Words are folded (see :func:`convenings.domain.text.fold`): letters and digits alone, so none can break its quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from convenings.index.questions import Match
from convenings.index.search_words import SearchWord


def exact(word: str) -> Match:
    """The word itself; of several, one after the other."""
    return Match(f'"{word}"')


def beginning(word: str) -> Match:
    """Words that begin with a word; of several, the last is what may go on."""
    return Match(f'"{word}"*')


def in_any_spelling(word: SearchWord, form: Callable[[str], Match]) -> Match:
    """What is typed without a space, in any of its spellings.

    Args:
        word: What is typed.
        form: Whether each word of it is to be whole (:func:`exact`) or may go on (:func:`beginning`).
    """
    apart = all_of(any_of(map(form, spellings)) for spellings in word.words)
    return any_of((apart, *map(form, word.joined)))


def beginnings(words: Iterable[SearchWord]) -> Match:
    """A word that begins with each of some words, or with another spelling of it."""
    return all_of(in_any_spelling(word, beginning) for word in dict.fromkeys(words))


def any_of(matches: Iterable[Match]) -> Match:
    """What any of some expressions matches."""
    each = list(matches)
    return each[0] if len(each) == 1 else Match(f"({' OR '.join(each)})")


def all_of(matches: Iterable[Match]) -> Match:
    """What all of some expressions match."""
    each = list(matches)
    return each[0] if len(each) == 1 else Match(f"({' AND '.join(each)})")


def in_label(match: Match) -> Match:
    """The expression, asked of the name by which a record is listed."""
    return Match(f"{{label}}: {match}")


def in_other_names(match: Match) -> Match:
    """The expression, asked of the other names and spellings."""
    return Match(f"{{alias spelling}}: {match}")


def in_names(match: Match) -> Match:
    """The expression, asked of all names, and not of initials, roles and kinds."""
    return Match(f"{{label alias spelling}}: {match}")
