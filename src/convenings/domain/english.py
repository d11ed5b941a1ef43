"""English as questions are typed in it: words that say nothing about what is sought, and other forms of those that do.

Both are of use only where a line as typed finds nothing, or little. Words of other scripts, and what is written all in
capitals, as the name of a body is, are never left out and have no other forms.

The words are those of the closed classes, to which a language adds none, and the few verbs that could be asked of any
record. The forms are beginnings of words, as an index answers them: so a handful of rules reach what a stemmer, which
gives the stem of a word and not the words of a stem, would have to be kept beside every index for. They inflect and do
not derive, but that whoever moderates is a moderator, as the beginning is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from convenings.domain.roles import VERBS
from convenings.domain.text import words

_CLASSES = (
    # Articles and what else stands before a noun.
    "a an the this that these those some any each every both all such much many more most other another "
    # Pronouns.
    "i me my mine we us our ours you your yours he him his she her hers it its they them their theirs one "
    "somebody someone anybody anyone everybody everyone something anything everything "
    # What asks.
    "who whom whose what which when where why how whether whoever whatever whichever "
    # Auxiliary verbs.
    "am is are was were be been being do does did done doing have has had having can could may might must shall should "
    "will would "
    # Prepositions.
    "about above across after against along among around as at before behind below beside between beyond by during for "
    "from in inside into of off on onto out outside over per since through throughout till to toward towards under "
    "until up upon via with within without "
    # Conjunctions and particles; what negates is none of them.
    "and but or so than then there here if because while also too very just only ever please "
    # Verbs that could be asked of any record, and of the one who searches.
    "find show list tell give gives gave say says said take takes took happen happens happened hold holds held"
)
FUNCTION_WORDS = frozenset(_CLASSES.split())
"""Words that say nothing about what is sought, in small letters."""
CONTRACTED = frozenset(("s", "d", "m", "t", "re", "ve", "ll"))
"""What an apostrophe parts from the word before it: of ``who's`` and ``they're``."""
SHORTEST = 4
"""Letters of the shortest word that has other forms, and of the shortest beginning that is one without its ``e``."""

_LETTERS = re.compile("[a-z]+")
_Z_OR_S = re.compile("(?<=.[a-z])i[sz](?=(?:e[sd]?|ing|ations?|ers?)$)")


def is_function_word(text: str) -> bool:
    """Whether a word as typed says nothing about what is sought."""
    typed = words(text)
    if not typed or (len(text) > 1 and text.isupper()):
        return False
    return typed[0] in FUNCTION_WORDS and all(word in CONTRACTED for word in typed[1:])


def is_possessive(typed: Sequence[str]) -> bool:
    """Whether the words of what is typed without a space are a name and the ``s`` behind its apostrophe."""
    return len(typed) > 1 and typed[-1] == "s"


def other_forms(word: str) -> tuple[str, ...]:
    """Beginnings of the other forms of a folded English word, without what begins with the word itself anyway.

    Of what somebody did, what they are called for it is one: ``spoke`` leads to ``speaker``.
    """
    if len(word) < SHORTEST or not _LETTERS.fullmatch(word) or word in FUNCTION_WORDS:
        return ()
    twins = [_Z_OR_S.sub(letters, word) for letters in ("is", "iz")] if _Z_OR_S.search(word) else []
    forms = [form for each in dict.fromkeys((word, *twins)) for form in (*_uninflected(each), each)]
    forms += _roles_of(word, forms)
    # A beginning finds all that begins with it.
    distinct = {*forms, word}
    return tuple(
        form
        for form in dict.fromkeys(forms)
        if form != word and not any(form.startswith(other) for other in distinct if other != form)
    )


def _roles_of(verb: str, forms: Sequence[str]) -> list[str]:
    """Last words of the roles that somebody had who did something, where no form of the verb finds the role."""
    roles = [role.replace("-", " ").split() for role, verbs in VERBS.items() if verb in verbs.split()]
    return [role[-1] for role in roles if not any(word.startswith(tuple(forms)) for word in role)]


def _uninflected(word: str) -> list[str]:
    """Beginnings that an English word shares with its other forms."""
    if word.endswith("ies"):
        return [f"{word[:-3]}y"]
    if word.endswith("ied"):
        return [f"{word[:-3]}y", f"{word[:-3]}i"]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [f"{word[:-1]}ie"]
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            return _without_ending(word.removesuffix(ending))
    if re.search("(?:ss|x|z|ch|sh)es$", word):
        return [word[:-2]]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "news")):
        return [word[:-1]]
    if word.endswith("e") and len(word) > SHORTEST + 1:
        return [word[:-1]]
    return []


def _without_ending(base: str) -> list[str]:
    """Beginnings of the forms of a verb, from what stands before ``ed`` or ``ing``."""
    # No English verb ends in j or q, as the names of Beijing and Chongqing seem to.
    if not re.search("[aeiouy].*[^jq]$", base) or len(base) < SHORTEST - 1:
        return []
    if re.search(r"..([bdgkmnprt])\1$|....ll$", base):
        return [base[:-1]]
    return [base] if len(base) >= SHORTEST or re.search("[^aeiou]{2}$|[aeiou]y$|[aeiou]{2}.$", base) else [f"{base}e"]
