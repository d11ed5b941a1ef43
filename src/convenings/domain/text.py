"""Text from records, made harmless for a terminal (:func:`plain`) and made comparable for search (:func:`fold`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from unicodedata import category, decimal, normalize

_MAX_MARKS = 3
"""Combining marks kept on one base character; no living orthography stacks more."""

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")

_ORDINARY = (
    " ~\u00a1\u02ff\u0370\u0482\u048a\u058f\u1e00\u1fff\u2010\u2027\u2030\u205e\u2070\u20cf\u2100\u2cee"
    "\u3001\u3029\u3030\u3098\u309b\ua66e\uac00\ud7a3\uf900\ufaff\uff01\uffef\U0001f000\U0001faff\U00020000\U0003ffff"
)
"""First and last, in turns, of blocks without combining marks, variation selectors or unusual spaces."""
_ORDINARY_SEEN: set[str] = set()
"""Characters of these blocks that have come up. As a pattern, the blocks would take 2 to 5 ms of each start."""


@cache
def pattern(source: str) -> re.Pattern[str]:
    """A pattern, compiled on its first use, so that no start pays for it, and once: to ask ``re`` for it takes longer
    than to look through a name."""
    return re.compile(source)


_JOINERS = "\u200c\u200d"
"""What forbids letters to join, and what asks for it."""
SCRIPTS_THAT_JOIN = "[\u0620-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\uabff\U00010a00-\U00011fff]"
"""Letters of Arabic, Syriac, Indic, Tibetan, Burmese, Khmer and Mongolian, which a joiner gives another form."""


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
            return char if char in _JOINERS else ""
        if kind == "Zs":
            return char if char == "\N{IDEOGRAPHIC SPACE}" else " "
        return _REPLACEMENT if kind.startswith("C") and kind != "Co" and not is_newer(char) else char


_TERMINAL_TEXT = _TerminalText()


def plain(text: str, newline: str = " ") -> str:
    """Text as it may be written to a terminal: nothing in it moves the cursor, reorders the line or hides.

    Line breaks of every sort become ``newline``, a tab a space, other controls their picture (``␛`` for ESC) or U+FFFD,
    as do lone surrogates and what is no character; format characters (bidirectional controls, zero-width characters,
    tags), variation selectors and combining marks beyond three in a row are dropped, joiners except where they change
    how their neighbours look. Private characters and those newer than this Python stay, as names are written with them.
    The length can change, so cut passages out before, not after. Idempotent.
    """
    # Nearly every text is one of these two, and is not copied.
    if text.isascii() and text.isprintable():
        return text
    if text.isprintable() and (_ORDINARY_SEEN.issuperset(text) or _is_ordinary(text)):
        return text
    text = text.replace("\r\n", "\n").translate(_TERMINAL_TEXT)
    if newline != "\n":
        text = text.replace("\n", newline)
    if "\u200c" in text or "\u200d" in text:
        text = re.sub(f"[{_JOINERS}]", _joiner, text)
    chars: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if category(char) in ("Mn", "Me") else 0
        if marks <= _MAX_MARKS:
            chars.append(char)
    return "".join(chars)


def _is_ordinary(text: str) -> bool:
    """Whether a printable text is of ordinary blocks alone, whose characters are remembered then."""
    characters = set(text)
    # As many bounds lie before or at a character of a block as begin one, that is an odd number, or it is the last.
    if all(bisect_right(_ORDINARY, char) % 2 or char in _ORDINARY for char in characters):
        _ORDINARY_SEEN.update(characters)
        return True
    return False


def _joiner(match: re.Match[str]) -> str:
    """A joiner between characters that it changes; nothing elsewhere, where it would only hide."""
    text, at = match.string, match.start()
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    letters = re.match(SCRIPTS_THAT_JOIN, before) and re.match(SCRIPTS_THAT_JOIN, after)
    # Pictures are not joined: terminals differ in how wide that makes them.
    return match.group() if letters and category(before)[0] in "LM" and category(after)[0] == "L" else ""


_ASCII = {code: char.lower() if (char := chr(code)).isalnum() else " " for code in range(128)}

# Letters that Unicode does not decompose though readers type them plain.
_PLAIN_LETTERS = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}

IDEOGRAPH = "[\u3005-\u3007\u3040-\u3096\u309b-\u30ff\u31f0-\u31ff\u3400-\u9fff\ufa0e-\ufa29\U00020000-\U0003fffd]"
"""What is a word of its own, with the marks of kana on it: ideographs, kana and, as :data:`_HANGUL`, syllables."""
_HANGUL = "[\uac00-\ud7a3]"
_WORDS_OF_ONE = f"({IDEOGRAPH}[\u3099\u309a]*|{_HANGUL})"

_ACCENTS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # Latin, Greek, Cyrillic
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u0711\u0730-\u074a"  # pointing
    "\u180b-\u180f\u302a-\u302f\ufe00-\ufe0f\U000e0100-\U000e01ef"  # of form and tone
)
"""Combining marks that are accents, or say how a letter is read or drawn; any other is a letter of its script."""
_ACCENT = f"[{_ACCENTS}]"
_LETTER_WITH_MARK = "[\u0400-\u052f\u0620-\u06ff][\u0300-\u036f\u064b-\u065f\u0670]+"
"""Cyrillic and Arabic letters with marks: those that Unicode has a letter for, as й and أ, are that letter."""
_NOT_COMBINING = "\u0640"
"""The tatweel, which only widens a word, and counts as a letter in Unicode."""


class _Folded(dict[int, str]):
    """Code point of decomposed, case-folded text to what the search copy has for it, worked out on first use."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._fold(chr(code))
        return folded

    @staticmethod
    def _fold(char: str) -> str:
        kind = category(char)
        if kind == "Cf" or kind == "Me" or char == _NOT_COMBINING or pattern(_ACCENT).match(char):
            return ""
        if kind == "Nd":
            return str(decimal(char))
        if kind[0] in "LNM" or kind == "Co" or is_newer(char):
            return _PLAIN_LETTERS.get(char, char)
        return " "


_FOLDED = _Folded()
_NO_LATIN = "\0"
"""Stands for what is no Latin letter, nor a sign that is written with them."""


class _Latin(dict[int, str]):
    """Code point of text in Latin letters, which fold one by one, to what the search copy has for it."""

    def __missing__(self, code: int) -> str:
        is_latin = code < 0x250 or 0x1E00 <= code < 0x1F00 or 0x2010 <= code < 0x2028 or 0x2030 <= code < 0x205F
        folded = normalize("NFKD", normalize("NFKD", chr(code)).casefold()).translate(_FOLDED)
        self[code] = folded = folded if is_latin else _NO_LATIN
        return folded


_LATIN = _Latin()


def is_newer(char: str) -> bool:
    """Whether a character is one that this Python does not know yet and a newer Unicode may have given a meaning.

    Places that Unicode keeps for what is not seen, and those that it never fills, are none.
    """
    code = ord(char)
    kept = code == 0x2065 or 0xFDD0 <= code <= 0xFDEF or 0xFFF0 <= code <= 0xFFFF or 0xE0000 <= code <= 0xE0FFF
    return category(char) == "Cn" and not kept and code & 0xFFFE != 0xFFFE


def fold(text: str) -> str:
    """The search copy of a text: letters and digits only, lower case, no accents, words one space apart.

    Compatibility forms are resolved (full-width, ligatures), ``ø ł đ ß æ œ ı`` become plain letters, punctuation of any
    sort becomes a space, and each ideograph, kana or hangul syllable is a word of its own. A mark is dropped where it
    is an accent, and stays where it is a letter of its script (``й が أ कि``): texts that fold alike are written alike.
    What else is meant by another spelling, :mod:`convenings.domain.spelling` says. Idempotent.
    """
    if text.isascii():
        # A small table takes half the time of normalising.
        return " ".join(text.translate(_ASCII).split())
    # Letter by letter takes less than half the time of normalising, too.
    latin = text.translate(_LATIN)
    if _NO_LATIN not in latin:
        return " ".join(latin.split())
    text = normalize("NFKD", normalize("NFKD", text).casefold())
    if not text.isascii():
        text = pattern(_LETTER_WITH_MARK).sub(_composed, text).translate(_FOLDED)
        if not text.isascii():
            text = " ".join(pattern(_WORDS_OF_ONE).split(normalize("NFC", text)))
        return " ".join(text.split())
    return " ".join(text.translate(_ASCII).split())


def _composed(match: re.Match[str]) -> str:
    return normalize("NFC", match.group())


_RUN = r"(?<!\w)\w+(?:[#$%&+=@]+\w*)+|(?<!\S)[#$%&+=@!?]{2,}(?!\S)"
"""What has a sign in it that belongs to a name: ``C++``, ``C#``, ``R&D``, ``50%``, ``???``."""
_PAIR = r"(?<!\w)\w+ ?& ?\w+"
"""Two words and what joins them: ``R & D`` is ``R&D``, too."""
_SIGN = "[#$%&+=@!?]"
"""Most texts have none of these, which one look says."""
_MARKER = "\N{LATIN LETTER VOICED LARYNGEAL SPIRANT}"
"""A letter that is in no name: the words that stand for signs begin with it, or have it in them."""
_MAYBE_PICTURE = "[^\0-\u218f]"
"""From here on a symbol is a word of its own; before it stand ``©``, ``®`` and the like, which nobody types."""
_MAYBE_SYMBOL = "[^\0-\u1fff]|[#$%&+=@!?]"
"""What a text has none of that is called by no symbol, whatever its compatibility forms are."""


def symbols(text: str) -> list[str]:
    """Words, in letters and digits alone, that stand for the symbols that a text, or the query for one, is called by.

    A word with signs behind or between its letters gives one (``C++``), and so does each picture (an emoji) and what
    has nothing but signs. Signs before a word say nothing: people put them before words for other ends. What begins
    a name begins its word here, too.
    """
    if text.isascii():
        return _runs(text.casefold()) if pattern(_SIGN).search(text) else []
    if not pattern(_MAYBE_SYMBOL).search(text):
        return []
    folded = normalize("NFKC", text).casefold()
    runs = _runs(folded) if pattern(_SIGN).search(folded) else []
    if not folded.isalnum():
        runs += [_spelt(char) for char in pattern(_MAYBE_PICTURE).findall(text) if category(char) == "So"]
    return list(dict.fromkeys(runs))


def _runs(folded: str) -> list[str]:
    """Words for what has signs in it, each once."""
    runs = [*pattern(_RUN).findall(folded), *(pattern(_PAIR).findall(folded) if "&" in folded else ())]
    return list(dict.fromkeys(map(_spelt, runs)))


def _spelt(run: str) -> str:
    """A run of letters and signs as one word; of a sign its code point, in five digits, stands behind the marker."""
    run = run.replace(" ", "")
    return "".join(
        fold(char) if char.isalnum() else f"{_MARKER}{ord(char):05x}" for char in run if category(char)[0] != "M"
    )


def is_symbol(word: str) -> bool:
    """Whether a word stands for what has a symbol in it."""
    return _MARKER in word


def words(text: str) -> list[str]:
    """The words of the search copy of a text, and after them those that stand for its symbols."""
    return [*fold(text).split(), *symbols(text)]


def with_symbols(text: str) -> str:
    """A further form of a name under which its symbols are searched; an empty string where it has none."""
    signs = symbols(text)
    return " ".join((fold(text), *signs)).strip() if signs else ""
