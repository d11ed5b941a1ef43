"""Words of a text in Latin letters, with their places, and what each looks like."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"<[^<>\n]{1,500}>|\]\([^()\s]{1,500}\)|&#?\w{2,8};|(?<![^\W_])(?:[dlDL]|[qQ]u)['’](?=[^\W\d_])|"
    # "Farmers' Union"
    r"[^\W\d_](?:[^\W_]|['’\-‐](?=[^\W\d_])|(?<=[^\W\d_]s)['’](?=\s[A-ZÀ-Þ]))*|\d[\d.,]*(?:st|nd|rd|th)?|\S"
)


class Token(NamedTuple):
    """A word, a number or a sign."""

    text: str
    start: int
    end: int
    lower: str
    """The text in small letters."""

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital."""
        return self.text[0].isupper()

    @property
    def is_capitals(self) -> bool:
        """Whether all its letters are capitals, of at least two."""
        return len(self.text) > 1 and self.text.upper() == self.text and self.text[0].isalpha()

    @property
    def is_initial(self) -> bool:
        """Whether it is one letter, as of a name."""
        return len(self.text) == 1 and self.text.isupper()

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter: neither a number nor a sign."""
        return self.text[0].isalpha()


def tokens_of(whole: str, start: int, end: int) -> list[Token]:
    """Words, numbers and signs of a stretch, in order."""
    return [Token(text := match[0], *match.span(), text.casefold()) for match in _TOKEN.finditer(whole, start, end)]


def are_adjacent(whole: str, first: Token, second: Token) -> bool:
    """Whether only a blank, a line's end or nothing stands between two tokens."""
    between = whole[first.end : second.start]
    return len(between) <= 3 and not between.strip() and between.count("\n") <= 1
