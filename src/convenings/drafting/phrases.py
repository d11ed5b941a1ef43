"""A sentence in which each person, with title and body, is one sign, so that rules of a few words can read it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

from convenings.drafting.people import NounPhrase
from convenings.drafting.text import Block
from convenings.drafting.value import Span

P = "\x80"
"""What stands for a person, and its pattern: of the controls that no text has, as a class of many signs takes a
hundred times as long to compile."""
SIDE = (
    r"(?:\s*[(（][^()（）\n\x80]{1,60}[)）]|\s+(?:of|from)\s+(?:the\s+)?"
    r"(?-i:[A-Z])[\w&’'-]*(?:\s+(?-i:[A-Z])[\w&’'-]*){0,5}|\s+of\s+(?:the|our)\s+\w{3,20}(?=,))?"
)
"""What may stand behind somebody and is no part of the sign: a body that no word tells to be one."""
PEOPLE = (
    rf"{P}(?:{SIDE}(?:\s*[,;、，；]\s*(?:以及|及|和|与|與|and\s+|&\s+|y\s+|et\s+|as well as\s+)?"
    rf"|\s+(?:and by|and with|and|&|y|"
    rf"et|as well "
    rf"as|together with|along with)\s+|和|与|與|及|以及|、){P}){{0,40}}"
)
"""Pattern of one person, or of several in a list, up to a length that no report has."""


class ShortSentence(msgspec.Struct, frozen=True):
    """A sentence with signs for its people."""

    text: str
    phrases: tuple[NounPhrase, ...]
    """Those of its people, in order, as their signs are."""
    block: Block
    _starts: tuple[int, ...]
    """Where each stretch of the text begins in the short one: of the text between, of a sign, and so on in turns."""
    _origins: tuple[int, ...]
    """Where it begins in the whole one."""

    def people(self, match: re.Match[str]) -> list[int]:
        """Numbers of the people whose signs stand in the group ``who`` of a match."""
        signs = self._starts[1::2]
        first, last = (bisect_left(signs, at) for at in match.span("who"))
        return [phrase.person for phrase in self.phrases[first:last]]

    def span(self, start: int, end: int) -> Span:
        """The place in the whole text of a stretch of the short one."""
        return self._origin(start), self._origin(end)

    def _origin(self, at: int) -> int:
        number = bisect_right(self._starts, at) - 1
        return self._origins[number] + at - self._starts[number]


def short_sentence(whole: str, block: Block, phrases: Sequence[NounPhrase], starts: Sequence[int]) -> ShortSentence:
    """A sentence with signs in the place of its people.

    Args:
        whole: The text.
        block: The sentence.
        phrases: Those of all people, in order, none within another.
        starts: Where each begins.
    """
    first, last = bisect_left(starts, block.start), bisect_left(starts, block.end)
    within = tuple(phrases[first:last])
    parts: list[str] = []
    short_starts, origins, at, length = [0], [block.start], block.start, 0
    for phrase in within:
        before = whole[at : phrase.start]
        parts += [before, P]
        length += len(before) + 1
        at = min(phrase.end, block.end)
        short_starts += [length - 1, length]
        origins += [phrase.start, at]
    parts.append(whole[at : block.end])
    return ShortSentence("".join(parts), within, block, tuple(short_starts), tuple(origins))


def apart(phrases: Sequence[NounPhrase]) -> list[NounPhrase]:
    """Phrases in order, without those that lie within another or begin before it ends."""
    rest: list[NounPhrase] = []
    for phrase in sorted(phrases, key=lambda each: (each.start, -each.end)):
        if not rest or phrase.start >= rest[-1].end:
            rest.append(phrase)
    return rest
