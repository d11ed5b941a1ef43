"""Whether a name is that of a person or of a body, where a rule is sure; what titles, roles and degrees are."""

from __future__ import annotations

import re
from functools import lru_cache

from convenings.domain.record_values import OrganisationType
from convenings.domain.roles import Role
from convenings.domain.text import fold
from convenings.interchange.tables.vocabulary import (
    BODY_TYPES,
    GIVEN_NAMES,
    HONORIFICS,
    LEGAL_FORMS,
    NO_NAMES,
    OTHER_BODIES,
    PARTICLES,
    ROLE_OF_WORD,
    SUFFIXES,
    TITLE_WORDS,
)

_LEGAL_PHRASE = re.compile(
    r"\b(?:e\. ?V\.|S\.A\.|s\.r\.l\.|S\.p\.A\.|A/S|a\.s\.|z\.s\.|sp\. z o\.o\.|AG|SA|SE|AB|AS|Co\.)(?=[\s,)]|$)"
)
_TYPE_OF_WORD = {word: kind for kind, words in BODY_TYPES for word in words.split()}
_OFFICE = re.compile(
    r"(?i)^(?:the\s+)?(?:(?:deputy|vice|prime|first|assistant|shadow|acting|special|federal|state)[\s-]+)*"
    r"(?:minister|ministre|ministro|ministra|ministerin|premier|treasurer|attorney|secretary|commissioner|president|chancellor|"
    r"ombudsman|speaker|mayor|governor|kanzler|staatssekret\w+|solicitor)\b"
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*\.?")
_HAN_BODY = re.compile(
    r"(?:公司|大学|大學|学院|學院|研究所|研究院|研究会|基金会|基金會|基金|协会|協會|協会|学会|學會|委员会|委員会|委員會|联合会|連合会|"
    r"中心|政府|集团|集團|银行|銀行|株式会社|有限会社|財団|財團|法人|団体|組合|病院|医院|学校|新聞|电视台|出版社|[省部庁局署課]$)"
)
"""What names of bodies have in Chinese and Japanese."""
_HAN_NAME = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff々]{2,6}")
_ACRONYM = re.compile(r"[A-Z0-9&+\-.]{3,}")
_NO_NAME_PHRASES = frozenset(
    (
        "to be announced",
        "to be confirmed",
        "to be determined",
        "various speakers",
        "not stated",
        "n a",
        "noch offen",
        "et al",
        "no speaker",
        "n n",
        "all members",
        "alle mitglieder",
    )
)

_NIL = frozenset(
    (
        "nil", "nil return", "nil returns", "nil return for this period", "nothing to report", "no meetings",
        "no meeting", "no external meetings", "no meetings held", "no meetings to report", "fehlanzeige",
        "keine treffen", "keine termine", "entfallt", "entfallen", "neant", "aucun", "aucune", "aucun rendez vous",
        "ninguno", "ninguna", "sin reuniones",
    )
)  # fmt: skip
"""What stands in a row of a period in which there was nothing."""
_OWN_MASTERS = frozenset(
    (
        "self employed", "selfemployed", "self", "freelance", "freelancer", "independent", "independant",
        "independante", "retired", "unemployed", "private", "individual", "student", "selbststandig", "selbstandig",
        "freiberuflich", "freiberufler", "freiberuflerin", "privat", "privatperson", "rentner", "im ruhestand",
        "retraite", "retraitee", "autonomo", "autonoma", "jubilado", "jubilada", "particular", "particulier",
    )
)  # fmt: skip
"""What people write for their body who have none."""


def is_no_name(text: str) -> bool:
    """Whether a text stands where a name would, and is none: ``TBD``, ``various speakers``, ``n/a``, ``-``."""
    folded = fold(text)
    return not folded or folded in _NO_NAME_PHRASES or folded in NO_NAMES or is_nil(text)


@lru_cache(maxsize=65536)
def is_nil(text: str) -> bool:
    """Whether a text states that there was nothing to state, as registers of meetings do."""
    return fold(text) in _NIL


def is_no_body(text: str) -> bool:
    """Whether a text stands where a body would, and is none: what :func:`is_no_name` knows, or ``self-employed``."""
    return is_no_name(text) or fold(text) in _OWN_MASTERS


@lru_cache(maxsize=65536)
def is_body(name: str) -> bool | None:
    """Whether a name is that of a body; None where no rule is sure. Of a person, False."""
    words = fold(name).split()
    if not words:
        return None
    bare = name.strip()
    plain_words = bare.replace(".", " ").split()
    first, last = words[0], words[-1]
    legal = bool(_LEGAL_PHRASE.search(bare)) or any(word in LEGAL_FORMS for word in words[1:])
    if legal and not (first in HONORIFICS and len(words) < 5 and not _LEGAL_PHRASE.search(bare)):
        return True
    is_titled = (
        first in HONORIFICS
        and len(words) > 1
        and bare[:1].isupper()
        and first not in ("don", "gen", "col", "count", "red")
    )
    if _HAN_BODY.search(bare):
        return True
    has_body_word = any(word in _TYPE_OF_WORD or word in OTHER_BODIES for word in words)
    if is_titled and len(words) <= 5 and not (has_body_word and len(words) > 3):
        return False
    # An order or a degree follows in capitals only; "ma" and "am" are words, too.
    if len(words) > 2 and last in SUFFIXES and plain_words[-1].isupper() and not has_body_word:
        return False
    if has_body_word:
        return True
    if len(words) == 1 and _ACRONYM.fullmatch(bare) and any(char.isalpha() for char in bare):
        return True
    if any(char.isdigit() for char in bare) or "&" in bare or "+" in bare or "@" in bare:
        return True
    if any(word in ("of", "for", "and", "the", "für", "fur", "pour", "para") for word in words):
        return True
    return None


def is_surely_body(name: str) -> bool:
    """Whether a name is that of a body even where people are expected: by its legal form, or what it calls itself."""
    words = fold(name).split()
    if not name.isascii() and _HAN_BODY.search(name):
        return True
    if len(words) > 2 and words[0] in ("cabinet", "office", "kabinett", "buro") and words[1] in _OF:
        return True
    if len(words) < 2 or is_body(name) is not True:
        return False
    is_legal = bool(_LEGAL_PHRASE.search(name)) or words[-1] in LEGAL_FORMS
    return is_legal or any(word in _TYPE_OF_WORD and word != "red" and len(word) > 3 for word in words)


_OF = frozenset(("of", "des", "du", "der", "de", "del", "von"))


def is_given_name(word: str) -> bool:
    """Whether a word is one of the most usual given names."""
    return fold(word) in GIVEN_NAMES


def has_form_of_person(name: str) -> bool:
    """Whether a name could be a person's with a family and a given name: two to five words, each beginning large."""
    words = name.split()
    if len(words) == 1 and not name.isascii() and _HAN_NAME.fullmatch(name):
        return not is_body(name)
    if not 2 <= len(words) <= 6 or is_body(name):
        return False
    full = 0
    for word in words:
        bare = word.strip("'\"“”‘’(),.")
        if fold(bare) in PARTICLES and not bare[:1].isupper():
            continue
        if not _NAME_WORD.fullmatch(word.strip("'\"“”‘’")) or not (bare[:1].isupper() or not bare[:1].isascii()):
            return False
        full += 1
    return full >= 2


def is_suffix(text: str) -> bool:
    """Whether a text behind a comma is a degree or the like, or several: ``PhD``, ``Jr.``, ``MD PhD``."""
    words = text.replace(".", "").split()
    return 0 < len(words) <= 3 and all(
        fold(word) in SUFFIXES and (word[:1].isupper() or word == "phd") for word in words
    )


def is_title(text: str) -> bool:
    """Whether a text is what somebody is called by their post: ``Managing Director``, ``Head of Policy``."""
    words = fold(text).split()
    return any(word in TITLE_WORDS for word in words[:4])


@lru_cache(maxsize=4096)
def is_office(text: str) -> bool:
    """Whether a text is the name of an office rather than of who holds it: ``Minister for Planning``."""
    return bool(_OFFICE.match(text)) and not any(
        len(word) > 1 and fold(word) in HONORIFICS for word in text.split()[:1]
    )


def role_of(text: str) -> Role | None:
    """The role that a word of a file stands for; None where it is none."""
    return ROLE_OF_WORD.get(fold(text))


def honorific_of(name: str) -> str:
    """The honorifics with which a name begins, as they are written."""
    words = name.split()
    count = 0
    while count < len(words) - 1 and fold(words[count]) in HONORIFICS and words[count][:1].isupper():
        count += 1
    return " ".join(words[:count])


def organisation_type(name: str) -> OrganisationType:
    """What a body is by the words of its name; ``other`` where they do not say."""
    if is_office(name):
        return "government body"
    words = fold(name).split()
    kinds = {_TYPE_OF_WORD[word] for word in words if word in _TYPE_OF_WORD}
    for kind, _ in BODY_TYPES if kinds else ():
        if kind in kinds:
            return kind
    if re.search(r"\be\. ?V\.", name):
        return "association"
    if _LEGAL_PHRASE.search(name) or any(
        word in LEGAL_FORMS and word not in ("ev", "asbl", "aisbl", "ngo", "ngos") for word in words
    ):
        return "company"
    return "association" if any(word in ("ev", "asbl", "aisbl", "vzw", "ivzw") for word in words) else "other"
