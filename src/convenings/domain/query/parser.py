"""Reads a line of the query language.

What stands in a line, in the order in which it is looked for at the start of a term:

- ``!``, once or more often: the term or group behind it is negated;
- ``(``: opens a group. A bracket inside a word is a letter of it (``501(c)(3)``, ``f(x)``, ``a(b``);
- ``key:value`` with letters alone before the colon, ``"a phrase"``, else a word.

``)`` closes a group only where one is open, and only at the end of a term or right before another ``(``; one that has
its partner in the same word belongs to the word. So ``(see f(x))`` is a group that ends with ``f(x)``, ``(a)(b)`` are
two groups, and in ``(a)b`` the bracket is a letter of the word ``a)b`` of a group that is still open.
``or`` joins alternatives between two terms; at either end of the line or of a group it is a word.

What a Chinese or Japanese input method types for the signs of the language (``：``, ``！``, ``（``, ``）``, ``“``,
``＂`` and the space between ideographs) is read as these.

A line still being typed is no error: an open quote or an open group reaches to the end; ``!``, ``kind:`` and ``()`` say
nothing. Everything is read in one pass, without recursion, in a time that grows with the length of the line.
"""

from __future__ import annotations

import re

from convenings.domain.errors import nearest
from convenings.domain.query.keys import ALIASES, KEYS
from convenings.domain.query.tree import (
    EVERYTHING,
    OR,
    BadQuery,
    Field,
    Query,
    Word,
    all_of,
    any_of,
    negated,
)

MOST_NESTED = 32
"""Groups that may stand in one another; brackets around a single term are not counted."""

_SIGNS = str.maketrans({**dict.fromkeys("“”„‟＂〝〞「」『』", '"'), "！": "!", "（": "(", "）": ")", "：": ":"})
"""Signs of the language as keyboards and input methods write them; one code point stays one, so that columns hold."""
_KEY = r"([A-Za-z]+):"
_QUOTED = r'"((?:[^"]+|"")*)("?)'
_PIECE = r"([^\s()]+)|(\(+)|(\)+)"


def parse(line: str) -> Query:
    """Read a query, also one still being typed.

    A colon makes a key after letters alone; ``9:00`` is a word, and so are ``http://x`` and ``note:`` before a space.
    Letters that are no key, and like none, are a word with their colon, as in the title ``Action:Now``; it remembers
    them, for whoever finds that there is no such word.

    Raises:
        BadQuery: A key that is not in :data:`KEYS` and nearly is one, or groups nested too deep.
    """
    return _Parser(line.translate(_SIGNS)).parse()


class _Group:
    """A group that is open.

    Args:
        start: Where its bracket stands.
        is_negated: Whether there is a ``!`` before that.
    """

    __slots__ = ("alternatives", "depth", "has_term", "is_negated", "joins", "start")

    def __init__(self, start: int = 0, *, is_negated: bool = False) -> None:
        self.start = start
        self.is_negated = is_negated
        self.alternatives: list[list[Query]] = [[]]
        self.has_term = False
        """Whether a term has been typed in it, be it one that says nothing."""
        self.joins = False
        """Whether the last thing was an ``or`` behind a term: what follows says what it is."""
        self.depth = 0
        """How many groups stand in one another in it."""

    def add(self, part: Query) -> None:
        """Take in a term or a group."""
        if self.joins:
            self.alternatives.append([])
        self.joins, self.has_term = False, True
        if part:
            self.alternatives[-1].append(part)

    def add_or(self) -> None:
        """Take in a bare ``or``."""
        if self.has_term and not self.joins:
            self.joins = True
        else:
            self.add(Word(OR))

    def query(self) -> Query:
        """What the group asks, now that it is closed."""
        if self.joins:
            self.alternatives[-1].append(Word(OR))
        tree = any_of([all_of(parts) if parts else EVERYTHING for parts in self.alternatives])
        return negated(tree) if self.is_negated else tree


class _Parser:
    """Reads one line from left to right."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._open = [_Group()]
        """The line itself, and the groups that are open, innermost last."""

    def parse(self) -> Query:
        """The tree of the line."""
        line, at = self._line, 0
        skip, marks = re.compile(r"\s*").match, re.compile("!*").match
        while (at := _end(skip(line, at))) < len(line):
            start, at = at, _end(marks(line, at))
            if line.startswith("(", at):
                self._open.append(_Group(at, is_negated=at > start))
                at += 1
            else:
                at = self._term(at, is_negated=at > start)
        self._close(len(self._open) - 1)
        return self._open[0].query()

    def _term(self, at: int, *, is_negated: bool) -> int:
        """Read a word, a phrase or a field, and the brackets behind it; gives the place after it."""
        start, line, closing = at, self._line, 0
        if key := re.compile(_KEY).match(line, at):
            at = key.end()
        if quoted := re.compile(_QUOTED).match(line, at):
            value, at = " ".join(quoted[1].replace('""', '"').split()), quoted.end()
        else:
            value, at, closing = self._bare(at)
        letters = key[1] if key else ""
        is_open = quoted is not None and not quoted[2]
        part: Query
        if key is None:
            part = Word(value, phrase=quoted is not None, unfinished=is_open) if value else EVERYTHING
        elif name := _key_of(letters):
            in_quotes = quoted is not None and not is_open
            part = Field(name, value, start, at, quoted=in_quotes, unfinished=is_open) if value else EVERYTHING
        elif quoted is None and (not value or value.startswith("//")):
            part = Word(f"{letters}:{value}")
        elif quoted is None and not _near_key(letters):
            # Whether that is a word is for whoever knows which words there are.
            part = Word(f"{letters}:{value}", unknown_key=letters, start=start)
        else:
            raise no_key(letters, start)
        if part == Word(OR) and not is_negated:
            self._open[-1].add_or()
        elif at > start or is_negated:
            self._open[-1].add(negated(part) if is_negated else part)
        self._close(closing)
        return at + closing

    def _bare(self, at: int) -> tuple[str, int, int]:
        """The word that begins at a place, the place after it, and how many groups the brackets there close."""
        start, partners, piece_at = at, 0, re.compile(_PIECE).match
        while piece := piece_at(self._line, at):
            _, opening, closing = piece.groups()
            at = piece.end()
            if opening:
                partners += len(opening)
            elif closing:
                over = len(closing) - partners
                partners = max(0, -over)
                if over > 0 and len(self._open) > 1 and self._line[at : at + 1].strip() in ("", "("):
                    end = at - over
                    return self._line[start:end], end, min(over, len(self._open) - 1)
        return self._line[start:at], at, 0

    def _close(self, number: int) -> None:
        """Close the innermost groups.

        Raises:
            BadQuery: One has too many in one another.
        """
        for _ in range(number):
            group = self._open.pop()
            tree, around = group.query(), self._open[-1]
            depth = group.depth + (sum(map(len, group.alternatives)) > 1)
            if depth > MOST_NESTED:
                what = f"brackets stand more than {MOST_NESTED} deep in one another here"
                raise BadQuery(what, group.start, group.start + 1, hint="take some of them away")
            around.depth = max(around.depth, depth)
            around.add(tree)


def _end(match: re.Match[str] | None) -> int:
    assert match is not None  # the pattern fits the empty text, too
    return match.end()


def _key_of(letters: str) -> str:
    """The key that some letters in any case mean; an empty string where there is none."""
    key = letters.lower()
    key = ALIASES.get(key, key)
    return key if key in KEYS else ""


def _near_key(letters: str) -> str:
    """The key that some letters nearly are; an empty string where they are like none."""
    return nearest(letters, (*KEYS, *ALIASES))


def no_key(letters: str, start: int) -> BadQuery:
    """What is said of letters before a colon that are no key; ``start`` is where they stand, from 0."""
    close = _near_key(letters)
    keys = f"write {_key_of(close)}:" if close else f"use one of {', '.join(KEYS)}"
    hint = f"{keys}, or put quotes around a word with a colon"
    return BadQuery(f'there is no key "{letters}"', start, start + len(letters) + 1, hint=hint)
