"""Personal names as people write them: either order, joined or by syllables, with ``lü`` in each of its spellings.

Nothing here decides that two names are one person; :func:`propose_same` only proposes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from convenings.domain.spelling import plain_letters
from convenings.domain.text import fold, pattern

_FINALS = {
    "": "a o e ai ei ao ou an en ang eng er",
    "b": "a o ai ei ao an en ang eng i ie iao ian in ing u",
    "p": "a o ai ei ao ou an en ang eng i ie iao ian in ing u",
    "m": "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u",
    "f": "a o ei ou an en ang eng u",
    "d": "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un",
    "t": "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un",
    "n": "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v yu ve yue ue",
    "l": "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v yu ve yue ue",
    "g": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "k": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "h": "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang",
    "j": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "q": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "x": "i ia ie iao iu ian in iang ing iong u ue uan un",
    "zh": "a e ai ei ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "ch": "a e ai ao ou an en ang eng ong i u ua uo uai ui uan un uang",
    "sh": "a e ai ei ao ou an en ang eng i u ua uo uai ui uan un uang",
    "r": "e ao ou an en ang eng ong i u ua uo ui uan un",
    "z": "a e ai ei ao ou an en ang eng ong i u uo ui uan un",
    "c": "a e ai ao ou an en ang eng ong i u uo ui uan un",
    "s": "a e ai ao ou an en ang eng ong i u uo ui uan un",
    "y": "a ao e o ou an ang i in ing ong u ue uan un",
    "w": "a o ai ei an en ang eng u",
}
_SYLLABLES = frozenset(initial + final for initial, finals in _FINALS.items() for final in finals.split())
_LONGEST = max(map(len, _SYLLABLES))
_MAX_WORD = 40
"""Longer words are not names; they are not segmented."""

_UMLAUT = {
    initial + final: initial + sound
    for initial in "ln"
    for sound, finals in {"v": "v yu", "ve": "ve yue ue"}.items()
    for final in finals.split()
}
"""Every spelling that means ü without a doubt, to the one with ``v``. ``lu`` and ``nu`` are not among them."""

_MAY_HAVE_UMLAUT = re.compile("[ln](?:v|y|ue)")
_FOLDED_UMLAUT = re.compile("[ln][vyu]")
_UMLAUT_LETTER = re.compile("(?<=[ln])[üǖǘǚǜ]")
_HEAD = re.compile(r"([^\W_])[^\W_]*(?:['’][^\W_]+)*")
"""A word, and the first letter of it."""


@lru_cache(maxsize=65536)
def syllables(word: str) -> tuple[str, ...]:
    """The pinyin syllables of one folded word: ``haoming`` gives ``("hao", "ming")``; none if it is not all pinyin.

    The fewest syllables win, then those of which the fewest after the first begin with a vowel (pinyin would write an
    apostrophe there) or have ü spelt yu: ``xian`` is one, ``fangan`` is ``fan gan``, ``linyu`` is ``lin yu``.
    """
    if not word.isascii() or not word.isalpha() or len(word) > _MAX_WORD:
        return ()
    # Of the first so many letters each: how many syllables, how many unlikely ones, which.
    best: list[tuple[int, int, tuple[str, ...]] | None] = [(0, 0, ())] + [None] * len(word)
    for start in range(len(word)):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 1, min(start + _LONGEST, len(word)) + 1):
            part = word[start:end]
            if part not in _SYLLABLES:
                continue
            unlikely = start > 0 and (part[0] in "aeo" or part[1:3] == "yu")
            candidate = (before[0] + 1, before[1] + unlikely, (*before[2], part))
            now = best[end]
            if now is None or candidate[:2] < now[:2]:
                best[end] = candidate
    final = best[-1]
    return final[2] if final else ()


@lru_cache(maxsize=65536)
def variants(word: str) -> frozenset[str]:
    """The folded spellings of one word, folded or as written, that stand for the same name.

    ``lv``, ``lyu`` and ``Lü`` give ``{"lv", "lu", "lyu"}``, ``nü`` likewise, also inside a word of pinyin. Plain ``lu``
    gives only itself: it is another name. So a record written LU is found by "lu" alone, one written LV, Lü or Lyu by
    all three. A word that is not pinyin gives its folded form, and one without letters or digits nothing.
    """
    plain = fold(word)
    with_v = plain
    if not word.isascii() and _UMLAUT_LETTER.search(small := normalize("NFC", word).lower()):
        with_v = fold(_UMLAUT_LETTER.sub("v", small))
    parts = syllables(with_v) if _MAY_HAVE_UMLAUT.search(with_v) else ()
    if not any(part in _UMLAUT for part in parts):
        return frozenset({plain} if plain else ())
    parts_with_v = [_UMLAUT.get(part, part) for part in parts]
    spellings = {
        "".join(part[0] + vowel + part[2:] if part in ("lv", "nv", "lve", "nve") else part for part in parts_with_v)
        for vowel in ("v", "u", "yu")
    }
    return frozenset(spellings | {plain})


def _joined(name: str) -> str:
    """A name without any space."""
    return "".join(name.split())


def aliases(label: str, family: str = "", given: str = "", others: Iterable[str] = ()) -> list[str]:
    """Every further folded form by which a person is searched; the folded label itself is not among them.

    Family name first and last; the given name joined, by syllables, and as written; everything joined; the spellings
    of ``lü`` and ``nü``; and ``others`` (native and former names), folded and with those spellings too. A label of two
    words stands in for an unknown family and given name, since both orders are given anyway.
    """
    folded_label = fold(label)
    forms = _spellings(label, folded_label)
    for other in others:
        folded = fold(other)
        forms += (folded, *_spellings(other, folded))
    if not (family and given) and len(label.split()) == 2:
        family, given = label.split()
    if family and given:
        for last in _spell(family):
            for first in _spell(given):
                forms += _in_both_orders(first, last)
    return [form for form in dict.fromkeys(forms) if form and form != folded_label]


class _Spelling(NamedTuple):
    """One spelling of a family or given name, which may have several words; folded."""

    joined: str
    """As one word if it is pinyin."""
    by_syllable: str
    """By syllables."""
    as_is: str
    """As it was written."""
    without_space: str
    """Without any space."""
    ordinary: bool
    """Whether it is there, and stays folded whatever it is joined to."""


@lru_cache(maxsize=65536)
def _spell(name: str) -> list[_Spelling]:
    """A name in each of its spellings."""
    as_is = fold(name)
    together = sorted(variants(pattern(r"[\s'’-]+").sub("", name)))
    # Joined it is no pinyin, so that the words stay as they are.
    if len(together) < 2 and not syllables(together[0] if together else ""):
        together = [as_is]
    return [
        _Spelling(
            each, " ".join(syllables(each)) or each, as_is, _joined(each), as_is.isascii() and bool(each and as_is)
        )
        for each in together
    ]


def _in_both_orders(first: _Spelling, last: _Spelling) -> list[str]:
    """A given and a family name in both orders, and joined."""
    forms = [f"{first.joined} {last.joined}", f"{last.joined} {first.joined}"]
    if first.by_syllable != first.joined or last.by_syllable != last.joined or first.as_is != first.joined:
        for one, two in (
            (first.by_syllable, last.by_syllable),
            (first.as_is, last.joined),
            (first.by_syllable, last.joined),
        ):
            forms += (f"{one} {two}", f"{two} {one}")
    forms += (first.without_space + last.without_space, last.without_space + first.without_space)
    # Joining brings ideographs together again, and of what is empty a space is left.
    return forms if first.ordinary and last.ordinary else list(map(fold, forms))


def _spellings(name: str, folded: str) -> list[str]:
    """A whole name, which is also given folded, with each of its words in turn in its other spellings."""
    if not (_MAY_HAVE_UMLAUT if name.isascii() else _FOLDED_UMLAUT).search(folded):
        return []
    parts = name.split()
    return [
        fold(" ".join((*parts[:at], spelling, *parts[at + 1 :])))
        for at, part in enumerate(parts)
        if len(spellings := variants(part)) > 1
        for spelling in sorted(spellings)
    ]


def initials(label: str, family: str = "", given: str = "") -> list[str]:
    """Initials to find a record by, each of two letters or more.

    A person with family and given name: by syllables and by words, family name first and last (``hhm``, ``hh``,
    ``hmh``). Any other label: of its capitalised words, and of all its words (``sprc``).
    """
    if family and given:
        (family_syllables, family_words), (given_syllables, given_words) = _heads_of(family), _heads_of(given)
        forms = [
            family_syllables + given_syllables,
            family_words + given_words,
            given_syllables + family_syllables,
            given_words + family_words,
        ]
    else:
        heads = "".join(_HEAD.findall(label))
        capital = heads
        if not (heads.isascii() and heads.isupper()):
            capital = "".join([head for head in heads if head.isupper() or head.isdigit()])
        forms = [_folded_heads(capital), _folded_heads(heads)]
    return [each for each in dict.fromkeys(forms) if len(each) > 1]


@lru_cache(maxsize=65536)
def _heads_of(name: str) -> tuple[str, str]:
    """First letters of the syllables, and of the words, of a name; a word that is not pinyin counts as a syllable."""
    by_syllable = "".join(part[0] for word in fold(name).split() for part in syllables(word) or (word,))
    return by_syllable, _folded_heads("".join(_HEAD.findall(name)))


def _folded_heads(letters: str) -> str:
    """The search copy of first letters, one for each."""
    return letters.lower() if letters.isascii() else "".join(map(_head, letters))


@lru_cache(maxsize=4096)
def _head(letter: str) -> str:
    """The search copy of a first letter; of what becomes two letters (æ), the first."""
    return fold(letter)[:1]


def sorting_key(label: str, family: str = "", given: str = "") -> str:
    """What a name is put in order by: the family name where there is one, as given with its particles, then the rest.

    Accents and signs of transcription count for nothing, and numbers by their value: ``Group 9`` before ``Group 10``.

    Args:
        label: The folded label.
        family: The family name, as written.
        given: The given name, as written.
    """
    key = plain_letters(f"{family} {given}") if family else label if label.isascii() else plain_letters(label)
    return pattern("[0-9]+").sub(_by_value, key)


def _by_value(number: re.Match[str]) -> str:
    """A number with how long it is before it, so that numbers sort as texts by their value."""
    digits = number.group().lstrip("0")
    return f"{len(digits):04}{digits}"


def same_name_key(family: str, given: str) -> str:
    """Key under which two names may be one: order-free, the given name joined, ``lü lv lyu lu`` folded into one.

    A name known only as a whole may stand in either argument. A single word gives an empty string: it says too little.
    """
    parts = [family, given] if family.strip() and given.strip() else f"{family} {given}".split()
    folded = sorted(_without_umlaut(_joined(fold(part))) for part in parts)
    return " ".join(folded) if len(folded) > 1 and all(folded) else ""


def _without_umlaut(word: str) -> str:
    """A folded word in which every spelling of ü is a plain u."""
    parts = syllables(word)
    if not any(part in _UMLAUT for part in parts):
        return word
    return "".join(_UMLAUT.get(part, part).replace("v", "u") for part in parts)


def propose_same(names: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Pairs of ids whose names may be one person's, from ``(id, family, given)``; whoever reads them decides.

    Each further bearer of a name is paired with the first, so that many bearers of a common name stay few pairs.
    """
    first: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for ref, family, given in names:
        key = same_name_key(family, given)
        if key and first.setdefault(key, ref) != ref:
            pairs.append((first[key], ref))
    return pairs
