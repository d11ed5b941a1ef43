"""Personal names as people write them: either order, joined or by syllables, with ``lü`` in each of its spellings.

Nothing here decides that two names are one person; :func:`propose_same` only proposes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import normalize

from convenings.domain.text import fold

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
_WRITTEN_UMLAUT = re.compile("(?<=[ln])[üǖǘǚǜ]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


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
    reached = 0
    for end in range(1, len(word) + 1):
        if end - reached > _LONGEST:
            return ()
        for start in range(max(0, end - _LONGEST), end):
            before, part = best[start], word[start:end]
            if before is None or part not in _SYLLABLES:
                continue
            unlikely = start > 0 and (part[0] in "aeo" or part[1:3] == "yu")
            found = (before[0] + 1, before[1] + unlikely, (*before[2], part))
            now = best[end]
            if now is None or found[:2] < now[:2]:
                best[end], reached = found, end
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
    written = plain if word.isascii() else fold(_WRITTEN_UMLAUT.sub("v", normalize("NFC", word).lower()))
    parts = syllables(written) if _MAY_HAVE_UMLAUT.search(written) else ()
    if not any(part in _UMLAUT for part in parts):
        return frozenset({plain} if plain else ())
    with_v = [_UMLAUT.get(part, part) for part in parts]
    spellings = {
        "".join(part[0] + vowel + part[2:] if part in ("lv", "nv", "lve", "nve") else part for part in with_v)
        for vowel in ("v", "u", "yu")
    }
    return frozenset(spellings | {plain})


def _joined(name: str) -> str:
    return "".join(name.split())


def _spaced(word: str) -> str:
    folded = fold(word)
    return " ".join(syllables(folded)) or folded


def aliases(label: str, family: str = "", given: str = "", others: Iterable[str] = ()) -> list[str]:
    """Every further folded form under which a person is to be found; the folded label itself is not among them.

    Family name first and last; the given name joined, by syllables, and as written; everything joined; the spellings
    of ``lü`` and ``nü``; and ``others`` (native and former names), folded and with those spellings too. A label of two
    words stands in for an unknown family and given name, since both orders are given anyway.
    """
    own = fold(label)
    forms = dict.fromkeys(_spellings(label))
    for other in others:
        forms |= dict.fromkeys((fold(other), *_spellings(other)))
    if not (family and given) and len(label.split()) == 2:
        family, given = label.split()
    if family and given:
        written = fold(given)
        for last, last_apart, last_whole in _written(family):
            for first, apart, whole in _written(given):
                for one, two in ((first, last), (apart, last_apart), (written, last), (apart, last)):
                    forms[f"{one} {two}".strip()] = forms[f"{two} {one}".strip()] = None
                forms[whole + last_whole] = forms[last_whole + whole] = None
    # What is made of folded parts is folded already, but for ideographs, which joining brings together again.
    folded = dict.fromkeys(form if form.isascii() else fold(form) for form in forms)
    return [form for form in folded if form and form != own]


@lru_cache(maxsize=65536)
def _written(name: str) -> tuple[tuple[str, str, str], ...]:
    """Each spelling of a name of one or more words: as one word if it is pinyin, by syllables, without any space."""
    together = tuple(sorted(variants(re.sub(r"[\s'’-]+", "", name))))
    if len(together) < 2 and not syllables(together[0] if together else ""):
        together = (fold(name),)
    return tuple((each, _spaced(each), _joined(each)) for each in together)


def _spellings(name: str) -> list[str]:
    """A whole name with each of its words in turn in its other spellings."""
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
        found = [
            family_syllables + given_syllables,
            family_words + given_words,
            given_syllables + family_syllables,
            given_words + family_words,
        ]
    else:
        every = _WORD.findall(label)
        found = [_heads([word for word in every if word[0].isupper() or word[0].isdigit()]), _heads(every)]
    return [each for each in dict.fromkeys(found) if len(each) > 1]


@lru_cache(maxsize=65536)
def _heads_of(name: str) -> tuple[str, str]:
    """First letters of the syllables, and of the words, of a name; a word that is not pinyin counts as a syllable."""
    by_syllable = "".join(part[0] for word in fold(name).split() for part in syllables(word) or (word,))
    return by_syllable, _heads(_WORD.findall(name))


def _heads(parts: Iterable[str]) -> str:
    return "".join(_head(part[0]) for part in parts)


@lru_cache(maxsize=4096)
def _head(letter: str) -> str:
    return fold(letter)[:1]


def same_name_key(family: str, given: str) -> str:
    """Key under which two names may be one: order-free, the given name joined, ``lü lv lyu lu`` folded into one.

    A name known only as a whole may stand in either argument. A single word gives an empty string: it says too little.
    """
    parts = [family, given] if family.strip() and given.strip() else f"{family} {given}".split()
    folded = sorted(_without_umlaut(_joined(fold(part))) for part in parts)
    return " ".join(folded) if len(folded) > 1 and all(folded) else ""


def _without_umlaut(word: str) -> str:
    parts = syllables(word)
    if not any(part in _UMLAUT for part in parts):
        return word
    return "".join(_UMLAUT.get(part, part).replace("v", "u") for part in parts)


def propose_same(names: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Pairs of ids whose names may be one person's, from ``(id, family, given)``; a person is to decide.

    Each further bearer of a name is paired with the first, so that many bearers of a common name stay few pairs.
    """
    first: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    for ref, family, given in names:
        key = same_name_key(family, given)
        if key and first.setdefault(key, ref) != ref:
            pairs.append((first[key], ref))
    return pairs
