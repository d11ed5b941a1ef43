"""Match expressions of the full-text indexes, SQLite's FTS5 syntax: composed here and nowhere else.

Words are folded (see :func:`convenings.domain.text.fold`): letters and digits alone, so none can break its quotes.
"""

from __future__ import annotations

from collections.abc import Iterable

from convenings.index.questions import Match


def exact(word: str) -> Match:
    """The word itself; of several, one after the other."""
    return Match(f'"{word}"')


def beginning(word: str) -> Match:
    """Words that begin with a word; of several, the last is what may go on."""
    return Match(f'"{word}"*')


def beginnings(words: Iterable[str]) -> Match:
    """A word that begins with each of some words."""
    return Match(" ".join(map(beginning, dict.fromkeys(words))))


def any_of(matches: Iterable[Match]) -> Match:
    """What any of some expressions matches."""
    return Match(f"({' OR '.join(matches)})")


def all_of(matches: Iterable[Match]) -> Match:
    """What all of some expressions match."""
    return Match(f"({' AND '.join(matches)})")


def in_label(match: Match) -> Match:
    """The expression, asked of the name by which a record is listed."""
    return Match(f"{{label}}: {match}")


def in_alias(match: Match) -> Match:
    """The expression, asked of the other names."""
    return Match(f"{{alias}}: {match}")


def in_names(match: Match) -> Match:
    """The expression, asked of all names, and not of initials, roles and kinds."""
    return Match(f"{{label alias}}: {match}")
