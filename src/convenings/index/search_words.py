"""The words of a search, each with the other spellings in which it is looked for.

What a name or text is *indexed* under, the builder says; a word that is typed is looked for as typed and in these. A
Chinese character has its variants, simplified, traditional and Japanese, and a kana the other one of its sound, only
here: so an index holds each as it is written, and the table of variants is read when such a character is typed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category

import msgspec

from convenings.domain.query.tree import Word
from convenings.domain.spelling import HYPHENS_AND_APOSTROPHES, letter_spellings, without_hyphens
from convenings.domain.text import IDEOGRAPH, fold, words

_TABLE = Path(__file__).with_name("han_variants.txt")
_KANA = 0x60
"""From a hiragana to its katakana, in code points."""
_HIRAGANA, _KATAKANA = "[\u3041-\u3096\u309d\u309e]", "[\u30a1-\u30f6\u30fd\u30fe]"


class SearchWord(msgspec.Struct, frozen=True):
    """What is typed without a space: one folded word, or several that a hyphen or apostrophe parts."""

    words: tuple[tuple[str, ...], ...]
    """Each word in its spellings, as typed first."""
    joined: tuple[str, ...] = ()
    """Of several words, the spellings in which they are one."""

    @property
    def typed(self) -> list[str]:
        """The words as typed."""
        return [spellings[0] for spellings in self.words]

    def is_in(self, names: str) -> bool:
        """Whether words of folded names, each with a space before it, begin so in any spelling."""
        apart = all(any(f" {form}" in names for form in spellings) for spellings in self.words)
        return apart or any(f" {form}" in names for form in self.joined)

    @property
    def pattern(self) -> str:
        """A regular expression for any of its spellings in a folded text."""
        apart = " ".join(f"(?:{'|'.join(spellings)})" for spellings in self.words)
        return f"(?:{'|'.join((apart, *self.joined))})"


def search_words(text: str) -> list[SearchWord]:
    """The words of a line (:func:`convenings.domain.text.words`), with their other spellings."""
    every = words(text)
    if text.isascii() and not ("-" in text or "'" in text or "`" in text):
        return [SearchWord(((word,),)) for word in every]
    spelt = [word for chunk in _chunks(text) for word in _words_of(chunk)]
    # What stands behind the words of the search copy has no other spelling.
    rest = every[sum(len(word.words) for word in spelt) :]
    return [*spelt, *(SearchWord(((word,),)) for word in rest)]


def words_sought(word: Word) -> list[SearchWord]:
    """The words of a word or phrase of a query, with all by which each is looked for: spellings, and maybe forms."""
    sought = search_words(word.text)
    return [_in_any_form(each) for each in sought] if word.in_any_form else sought


def _in_any_form(word: SearchWord) -> SearchWord:
    """What is typed without a space, with the other forms of its words; of ``Tencent's``, without the last one."""
    from convenings.domain.english import is_possessive, other_forms  # needed where a line finds little or nothing

    spelt = word.words[:-1] if is_possessive(word.typed) else word.words
    return SearchWord(tuple((*spellings, *other_forms(spellings[0])) for spellings in spelt), word.joined)


def _chunks(text: str) -> list[str]:
    """A text at its spaces and signs, without hyphens and apostrophes at the ends of words."""
    signs = {char: " " for char in set(text) if category(char)[0] in "PSZC" and char not in HYPHENS_AND_APOSTROPHES}
    # Format characters and private ones are no signs, and part nothing.
    parting = {ord(char): " " for char in signs if category(char) not in ("Cf", "Co", "Cn")}
    return text.translate(parting).split()


@lru_cache(maxsize=4096)
def _words_of(chunk: str) -> tuple[SearchWord, ...]:
    folded = fold(chunk).split()
    if len(folded) == 1:
        return (SearchWord((_spellings(folded[0], letter_spellings(chunk)),)),)
    joined = without_hyphens(chunk)
    if joined != chunk and " " not in (form := fold(joined)):
        return (SearchWord(tuple(map(_spellings, folded)), _spellings(form, letter_spellings(joined))),)
    return tuple(SearchWord((_spellings(word),)) for word in folded)


def _spellings(word: str, others: Iterable[str] | None = None) -> tuple[str, ...]:
    """A folded word and its other spellings that are one word, as a text is not indexed by what follows what."""
    forms = [word, *(letter_spellings(word) if others is None else others), *_character_spellings(word)]
    return tuple(form for form in dict.fromkeys(forms) if " " not in form)


def _character_spellings(word: str) -> list[str]:
    """Other characters for a word that is one."""
    if not re.match(IDEOGRAPH, word):
        return []
    if re.fullmatch(_HIRAGANA, word):
        return [chr(ord(word) + _KANA)]
    if re.fullmatch(_KATAKANA, word):
        return [chr(ord(word) - _KANA)]
    return _han_variants().get(word, [])


@cache
def _han_variants() -> dict[str, list[str]]:
    """Character to its variants: all that are written for a character for which it is written."""
    variants: dict[str, dict[str, None]] = defaultdict(dict)
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            for char in line:
                variants[char] |= dict.fromkeys(line)
    return {char: [other for other in others if other != char] for char, others in variants.items()}
