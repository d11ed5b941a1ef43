"""Runs in the builder, main thread.

The reasons that relate rows, each a number while they are collected and stored.

Most are a word: a role, or an act upon a question, at an event itself or in one of its parts. Such a number holds the
word, the part and whether it is inferred, and stands for no text that would have to be kept; see
:mod:`convenings.index.reason_codes`. Other reasons have a text under their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from convenings.index.reason_codes import at_itself, is_word, order_of, session_of, word_code, word_text

REASONS_SHOWN = 2
"""How many reasons a row names; "+2" stands for the others, and of more parts with one role their number."""
_FIELD_BITS = 20
_FIELD = (1 << _FIELD_BITS) - 1


def marked(text: str, inferred: bool) -> str:
    """A text, with ``(inferred)`` behind it where it is."""
    return f"{text} (inferred)" if inferred else text


def counted(number: int, word: str, inferred: int) -> str:
    """How many things of a sort, and how many of them are inferred: ``3 events (1 inferred)``."""
    return f"{number:,} {word}{'s' if number != 1 else ''}{_inferred_part(number, inferred)}"


def _inferred_part(number: int, inferred: int) -> str:
    return "" if not inferred else " (inferred)" if inferred == number else f" ({inferred:,} inferred)"


def occurrence_key(number: int) -> str:
    """What stands for an occurrence of a question, counted from 0, among the fields that are inferred."""
    return f"occurrences[{number}]"


def of_statements(*, inferred: bool, in_part: bool = False) -> int:
    """The negative number that stands for one statement; the sum of several stands for all of them."""
    return -(1 + (inferred << _FIELD_BITS) + (in_part << 2 * _FIELD_BITS))


class Reasons:
    """Numbers of reasons, and the texts of those that have one.

    Args:
        labels: Row of an event to its label.
    """

    def __init__(self, labels: Mapping[int, str] | Sequence[str]) -> None:
        self._labels = labels
        self._codes: dict[str, int] = {}
        self._codes_of_counts: dict[int, int] = {}
        self.texts: list[str] = []
        """By number, the reason in one short text."""
        self.role = word_code
        """Gives the number of a role or an act at an event, or in a part of it, which is given by row."""

    def code(self, text: str) -> int:
        """The number of a text."""
        code = self._codes.setdefault(text, len(self._codes))
        if code == len(self.texts):
            self.texts.append(text)
        return code

    def text(self, code: int) -> str:
        """What a number stands for."""
        if code < 0:
            return in_words(code)
        return word_text(code, self._labels.__getitem__) if is_word(code) else self.texts[code]

    def one(self, codes: int | list[int]) -> int:
        """The number of several reasons, or of a number of statements, in one text."""
        if isinstance(codes, int):
            code = self._codes_of_counts.get(codes)
            if code is None:
                code = self._codes_of_counts[codes] = self.code(in_words(codes))
            return code
        return self.code(self._shortened(codes))

    def _shortened(self, codes: list[int]) -> str:
        """The first reasons and how many more there are; roles at the event itself first, in the order of all roles.

        Of more than a few parts with one role their number is the reason: the profile names each.
        """
        if is_word(min(codes)):
            codes = sorted(codes, key=order_of)
        if len(codes) <= REASONS_SHOWN:
            return _joined(list(dict.fromkeys(map(self.text, codes))))
        in_parts = Counter(at_itself(code) for code in codes if _is_in_part(code))
        numbers: dict[str, int] = {}
        for code in codes:
            alike = in_parts[at_itself(code)] if _is_in_part(code) else 1
            if alike > REASONS_SHOWN:
                numbers[f"{self.text(at_itself(code))}, in {alike:,} events"] = alike
            else:
                numbers[self.text(code)] = 1
        texts, rest = list(numbers)[:REASONS_SHOWN], sum(list(numbers.values())[REASONS_SHOWN:])
        return _joined(texts) + (f" +{rest}" if rest else "")


def _joined(texts: Sequence[str]) -> str:
    """Reasons in one text."""
    return ("; " if any(", " in text for text in texts) else ", ").join(texts)


def _is_in_part(code: int) -> bool:
    """Whether a number is that of a role or an act in a part of an event."""
    return is_word(code) and session_of(code) is not None


def in_words(code: int) -> str:
    """The statements that a negative number stands for; ``-1`` is "1 statement"."""
    number, inferred, in_parts = (-code >> shift & _FIELD for shift in (0, _FIELD_BITS, 2 * _FIELD_BITS))
    parts = "" if not in_parts else " in parts" if in_parts == number else f", {in_parts} in parts"
    return counted(number, "statement", 0) + parts + _inferred_part(number, inferred)
