"""The organisations of a text, each once, with every place where a form of the name stands."""

from __future__ import annotations

import re
from collections.abc import Container

from convenings.drafting.rule_words import ORGANISATION_HEADS, UNITS
from convenings.drafting.value import DraftOrganisation, Span, Spans, Value


def initials(name: str) -> str:
    """First letters of the words of a name that are in capitals."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_][\w'’]*", name) if word[0].isupper())


class Organisations:
    """The organisations of a text, each once."""

    def __init__(self, whole: str) -> None:
        self._whole = whole
        self.items: list[DraftOrganisation] = []
        self._by_name: dict[str, int] = {}
        self.spans = Spans()
        """Every place of a name."""

    def add(self, span: Span, how: str, abbreviation: str = "") -> int:
        """Add a mention; gives the number of the organisation."""
        name = " ".join(self._whole[span[0] : span[1]].split())
        key = key_of(name)
        number = self._by_name.get(key)
        if number is None:
            number = len(self.items)
            self.items.append(DraftOrganisation(Value(name, span, how), [], abbreviation))
            self._by_name[key] = number
        item = self.items[number]
        if not self.spans.has(span):
            item.mentions.append(span)
            self.spans.add(span)
        if abbreviation:
            item.abbreviation = item.abbreviation or abbreviation
            self._by_name.setdefault(key_of(abbreviation), number)
        return number

    def number_of(self, name: str) -> int | None:
        """The number of an organisation by a form of its name."""
        return self._by_name.get(key_of(name))

    def join(self) -> None:
        """Make one of an abbreviation and the name that it stands for, and of a unit and that unit with its parent."""
        names = {number: item.name.text for number, item in enumerate(self.items)}
        target: dict[int, int] = {}
        by_initials: dict[str, int] = {}
        by_unit: dict[str, int] = {}
        for number, name in names.items():
            if " " in name:
                by_initials.setdefault(initials(name), number)
                unit = re.split(r"\s+(?:at|of the|,)\s+|,\s*", name)[0]
                if unit != name:
                    by_unit.setdefault(key_of(unit), number)
        for number, name in names.items():
            if " " not in name and name.isupper() and name in by_initials:
                target[number] = by_initials[name]
            elif (
                (other := by_unit.get(key_of(name))) is not None
                and other != number
                and name.split()[0].casefold() in UNITS
            ):
                target[number] = other
        target |= self._in_brackets(target)
        for number, other in target.items():
            if other not in target:
                self.items[other].mentions += self.items[number].mentions
        self.items = [
            item for number, item in enumerate(self.items) if number not in target or target[number] in target
        ]

    def _in_brackets(self, target: Container[int]) -> dict[int, int]:
        """Names in Latin letters in brackets behind one in Chinese to that: *萨里大学（University of Surrey）*."""
        ends = {end: number for number, item in enumerate(self.items) for _, end in item.mentions}
        same: dict[int, int] = {}
        for number, item in enumerate(self.items):
            start, end = item.mentions[0]
            other = ends.get(start - 1, number) if self._whole[start - 1 : start] in ("（", "(") else number
            is_closed = self._whole[end : end + 1] in ("）", ")")
            if other != number and is_closed and other not in target and self._whole[start - 2] > "\u2fff":
                same[number] = other
        return same

    def drop_parts(self) -> None:
        """Take out what is only the beginning of a longer name: *Ministry of Women* of *Ministry of Women, Fiji*."""
        ends: dict[int, int] = {}
        for start, end in (span for item in self.items for span in item.mentions):
            ends[start] = max(end, ends.get(start, 0))
        self.items = [item for item in self.items if any(end == ends[start] for start, end in item.mentions)]

    def ends_by_word(self) -> dict[str, list[tuple[int, int]]]:
        """A word that tells a body to where mentions of those end that have it, in order, each with its number."""
        ends: dict[str, list[tuple[int, int]]] = {}
        for number, item in enumerate(self.items):
            for word in ORGANISATION_HEADS.intersection(item.name.text.casefold().split()):
                ends.setdefault(word, []).extend((end, number) for _, end in item.mentions)
        return {word: sorted(places) for word, places in ends.items()}

    def drop_tails(self) -> None:
        """Take out what is only the end of a longer name: *College London*, where *King's College London* stands."""
        spans = sorted((start, -end) for item in self.items for start, end in item.mentions)
        tails: set[Span] = set()
        outer: Span = (0, 0)
        for start, end in ((start, -end) for start, end in spans):
            if end > outer[1]:
                outer = (start, end)
            elif end == outer[1] and start > outer[0] and not _PARENT.search(self._whole, outer[0], start):
                tails.add((start, end))
        self.items = [item for item in self.items if not tails.issuperset(item.mentions)]

    def covers(self, start: int, end: int) -> bool:
        """Whether a stretch lies in the name of one."""
        return self.spans.cover((start, end))


_PARENT = re.compile(r"[,;(|/–—]|\b(?:of|at|in|for|and|de|du|del|der|y|et)\b", re.I)
"""What stands before a body that another one belongs to."""


def key_of(name: str) -> str:
    """A name without article, case and signs, by which two places are of one organisation."""
    words = [word for word in re.findall(r"\w+", name.casefold()) if word not in ("at", "of")]
    return " ".join(words[1:] if words and words[0] in ("the", "la", "le", "el") else words)
