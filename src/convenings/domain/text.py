"""Text from records, made harmless for a terminal (:func:`plain`) and made comparable for search (:func:`fold`)."""

from __future__ import annotations

import re
from unicodedata import category, decimal, normalize

_MAX_MARKS = 3
"""Combining marks kept on one base character; no living orthography stacks more."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")

# Blocks without combining marks, variation selectors or unusual spaces; isprintable() rules out the rest. Patterns are
# compiled by their first use, so that start-up does not pay for them.
_ORDINARY = (
    "[ -~\u00a1-\u02ff\u0370-\u0482\u048a-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2cee"
    "\u3001-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ud7a3\uf900-\ufaff\uff01-\uffef"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff]*"
)


class _TerminalText(dict[int, str]):
    """Code point to the text that stands for it on a terminal, worked out on first use."""

    def __missing__(self, code: int) -> str:
        self[code] = text = self._text_for(chr(code))
        return text

    @staticmethod
    def _text_for(char: str) -> str:
        code = ord(char)
        if char in _LINE_BREAKS:
            return "\n"
        if char == "\t":
            return " "
        if code < 0x20:
            # The control pictures stand in the order of the controls.
            return chr(0x2400 + code)
        if code == 0x7F:
            return "\N{SYMBOL FOR DELETE}"
        # The combining grapheme joiner, Mongolian and other variation selectors, and tags: nothing of them is seen.
        if char == "\u034f" or 0x180B <= code <= 0x180F or 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF:
            return ""
        kind = category(char)
        if kind == "Cf":
            return ""
        if kind == "Zs":
            return char if char == "\N{IDEOGRAPHIC SPACE}" else " "
        return _REPLACEMENT if kind.startswith("C") else char


_TERMINAL_TEXT = _TerminalText()


def plain(text: str, newline: str = " ") -> str:
    """Text as it may be written to a terminal: nothing in it moves the cursor, reorders the line or hides.

    Line breaks of every sort become ``newline``, a tab a space, other controls their picture (``␛`` for ESC) or U+FFFD,
    as do lone surrogates, private and unassigned characters; format characters (bidirectional controls, zero-width
    characters, tags), variation selectors and combining marks beyond three in a row are dropped. The length can change,
    so cut passages out before, not after. Idempotent.
    """
    # Nearly every text is one of these two, and is not copied.
    if text.isascii() and text.isprintable():
        return text
    if text.isprintable() and re.fullmatch(_ORDINARY, text):
        return text
    text = text.replace("\r\n", "\n").translate(_TERMINAL_TEXT)
    if newline != "\n":
        text = text.replace("\n", newline)
    chars: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if category(char) in ("Mn", "Me") else 0
        if marks <= _MAX_MARKS:
            chars.append(char)
    return "".join(chars)


_ASCII = {code: char.lower() if (char := chr(code)).isalnum() else " " for code in range(128)}

# Letters that Unicode does not decompose though readers type them plain.
_PLAIN_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}

_IDEOGRAPH = "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\U00020000-\U0003ffff]"
"""What is a word of its own: ideographs and kana. Hangul syllables are, too, but come decomposed into these:"""
_JAMO = "[\u1100-\u11ff]"
_HANGUL = "[\uac00-\ud7a3]"


class _Folded(dict[int, str]):
    """Code point of decomposed, case-folded text to what the search copy has for it, worked out on first use."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._fold(chr(code))
        return folded

    @staticmethod
    def _fold(char: str) -> str:
        kind = category(char)
        if kind[0] == "M" or kind == "Cf":
            return ""
        if kind == "Nd":
            return str(decimal(char))
        if kind[0] not in "LN":
            return " "
        return f" {char} " if re.match(_IDEOGRAPH, char) else _PLAIN_LETTERS.get(char, char)


_FOLDED = _Folded()


def fold(text: str) -> str:
    """The search copy of a text: letters and digits only, lower case, no accents, words one space apart.

    Compatibility forms are resolved (full-width, ligatures), ``ø ł đ ß æ œ ı`` become plain letters, punctuation of any
    sort becomes a space, and each ideograph, kana or hangul syllable is a word of its own. Idempotent.
    """
    if text.isascii():
        # A small table takes half the time of normalising.
        return " ".join(text.translate(_ASCII).split())
    text = normalize("NFKD", normalize("NFKD", text).casefold()).translate(_FOLDED)
    if not text.isascii() and re.search(_JAMO, text):
        # Composing again puts hangul syllables back together; the marks are gone by now.
        text = re.sub(_HANGUL, r" \g<0> ", normalize("NFC", text))
    return " ".join(text.split())


def words(text: str) -> list[str]:
    """The words of the search copy of a text."""
    return fold(text).split()
