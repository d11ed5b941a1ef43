"""Other spellings of a name: what a reader types, or another source writes, for the same letters.

What is found by another spelling is never called the same name; whether two texts are written alike,
:func:`convenings.domain.text.fold` says. ASCII without hyphens and apostrophes, as most names are, has no other
spelling and costs one look.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import name, normalize

from convenings.domain.text import fold, pattern

HYPHENS_AND_APOSTROPHES = "'’‘ʼʻʾʿ`´′\u2010\u2011-"
"""Signs within a word, which some leave out."""
_WITHIN_WORD = f"(?<=[^\\W_])[{HYPHENS_AND_APOSTROPHES}]+(?=[^\\W_])"
_WRITTEN_OUT = dict(zip("äöüøå", ["ae", "oe", "ue", "oe", "aa"], strict=True))
_LATIN_NAME = (
    "LATIN (?:SMALL LETTER|LETTER SMALL CAPITAL) (?:OPEN |REVERSED |TURNED |DOTLESS |BARRED |SCRIPT )*"
    "([A-Z])(?: WITH .*)?"
)
"""Unicode's name of a letter that is drawn after a plain one, and that."""
_SOUNDS = {"ə": ("a", "e"), "ŋ": ("ng", "n"), "ʃ": ("sh", "s"), "ʒ": ("z", "z")}
"""A letter that is drawn after none: two usual plain spellings."""
_ARABIC = dict(zip("ةىیئکۀەٱ", "هيييكهها", strict=True))
"""Letters that are written for each other, as by Arabs and Iranians, or at the end of a word."""
_PARTICLES = frozenset(
    [
        "abu",
        "al",
        "ben",
        "bin",
        "den",
        "der",
        "el",
        "ibn",
        "la",
        "mac",
        "mc",
        "san",
        "st",
        "van",
        "von",
        "de",
        "di",
        "da",
        "do",
        "dos",
        "du",
        "del",
        "della",
        "le",
    ]
)
_PARTICLE = rf"\b({'|'.join(sorted(_PARTICLES))}) (?=[^\W\d_])"
_SIGNS = frozenset(HYPHENS_AND_APOSTROPHES)


class _Plain(dict[int, str]):
    """Code point of a small letter to its plain spelling, worked out on first use.

    Args:
        way: Which of two usual spellings, 0 or 1.
    """

    def __init__(self, way: int) -> None:
        super().__init__()
        self._way = way

    def __missing__(self, code: int) -> str:
        self[code] = plain = self._plain(chr(code))
        return plain

    def _plain(self, char: str) -> str:
        if "\u02b0" <= char <= "\u02ff":
            return ""
        if char == "ё":
            return "е"
        if "\u0600" <= char <= "\u06ff":
            # Without its hamza or madda.
            char = _ARABIC.get(char, char)
            return normalize("NFD", char)[0]
        if match := re.fullmatch(_LATIN_NAME, name(char, "")):
            return match[1].lower()
        return _SOUNDS[char][self._way] if char in _SOUNDS else char


_PLAIN = _Plain(0), _Plain(1)
_WITHOUT_SPELLINGS: set[str] = set()
"""Small letters that have come up and are their own plain spelling: most texts in other scripts have no other one."""


def plain_letters(text: str) -> str:
    """The folded text in letters that sort where a reader looks for them, by those that they are drawn after."""
    if text.isascii():
        return fold(text)
    return fold(normalize("NFC", text).casefold().translate(_PLAIN[0]))


def letter_spellings(text: str) -> list[str]:
    """Other folded spellings of a text by its letters; the folded text itself is not among them.

    Umlauts and Nordic letters written out (``mueller``), signs of transcription left out (``abd al aziz``), letters of
    other alphabets than the English by those they are drawn after (``kofi``) or a schwa by either usual letter, and
    Arabic and Russian letters that are written for each other.
    """
    return [] if text.isascii() else list(_letter_spellings(text))


@lru_cache(maxsize=4096)
def _letter_spellings(text: str) -> tuple[str, ...]:
    small = normalize("NFC", text).casefold()
    if _WITHOUT_SPELLINGS.issuperset(small):
        return ()
    ways, characters = [small], set(small)
    if not characters.isdisjoint(_WRITTEN_OUT):
        ways.append("".join([_WRITTEN_OUT.get(char, char) for char in small]))
    plains = _PLAIN[:1] if characters.isdisjoint(_SOUNDS) else _PLAIN
    forms = dict.fromkeys(way.translate(plain) for way in ways for plain in plains)
    if forms.keys() == {small}:
        _WITHOUT_SPELLINGS.update(characters)
        return ()
    same = fold(text)
    return tuple(form for form in dict.fromkeys(map(fold, forms)) if form and form != same)


def name_spellings(label: str, folded: str = "") -> list[str]:
    """Other folded spellings of a name, by its letters and by its words; the folded name itself is not among them.

    Beside those of :func:`letter_spellings`, each also where hyphens and apostrophes join what they part (``maryann``,
    ``gorkij``) and particles go with what follows them (``vandenbergh``, ``stjohn``).

    Args:
        label: The name.
        folded: Its search copy, where that is at hand.
    """
    same = folded or fold(label)
    # Most names have no other spelling, and a look at their letters and words is what a large dataset can wait for.
    has_particle = not _PARTICLES.isdisjoint(same.split())
    is_ascii = label.isascii()
    has_sign = "-" in label or "'" in label or "`" in label or not (is_ascii or _SIGNS.isdisjoint(label))
    if is_ascii and not has_particle and not has_sign:
        return []
    joined = without_hyphens(label) if has_sign else label
    forms = [] if is_ascii else [*letter_spellings(label)]
    if joined != label:
        forms += [fold(joined), *letter_spellings(joined)]
    for form in (same, *forms) if has_particle else ():
        together = pattern(_PARTICLE).sub(r"\1", form)
        if together != form:
            forms.append(together)
    return [form for form in dict.fromkeys(forms) if form and form != same]


def without_hyphens(text: str) -> str:
    """A text in which hyphens and apostrophes within a word join what they part."""
    return pattern(_WITHIN_WORD).sub("", text)


def text_spellings(text: str) -> str:
    """Other folded spellings of the words of a text that have any, one space apart."""
    if text.isascii():
        return ""
    chunks = dict.fromkeys(chunk for chunk in text.split() if not chunk.isascii())
    return " ".join(form for chunk in chunks for form in letter_spellings(chunk))
