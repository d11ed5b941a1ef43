"""What a user is told when something they gave cannot be used, and the word they may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from convenings.domain.text import plain

MOST_OF_PATH = 4096
MOST_OF_PART, ENDING = 400, 120
"""Characters of each part of a sentence, and how many of them are of its end where there are more."""


class BadInput(Exception):
    """Something given from outside (a file, a query, an argument) that cannot be used.

    ``str()`` gives one line, safe to print: ``file: place: what; hint``, empty parts left out.
    """

    def __init__(self, what: str, *, file: str = "", place: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        """What is wrong."""
        self.file = file
        """The file it stands in, where there is one."""
        self.place = place
        """Where in it: table, record, field, line."""
        self.hint = hint
        """What the user can do about it."""

    def __str__(self) -> str:
        # A path is to be copied, and no system has endless ones.
        parts = self.file[:MOST_OF_PATH], *map(shortened, (self.place, self.what))
        line = ": ".join(filter(None, parts))
        return plain(f"{line}; {shortened(self.hint)}" if self.hint else line)


def shortened(text: str) -> str:
    """A text for a line that people read: of a very long one the beginning and the end."""
    return text if len(text) <= MOST_OF_PART else f"{text[: MOST_OF_PART - ENDING]} … {text[-ENDING:]}"


def nearest(word: str, candidates: Iterable[str]) -> str:
    """The candidate most like ``word``, regardless of case; an empty string where none is close."""
    from difflib import get_close_matches  # needed only once something is wrong

    # Of candidates that differ only by case, the first one counts.
    by_folded = {candidate.casefold(): candidate for candidate in reversed(list(candidates))}
    close = get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else ""
