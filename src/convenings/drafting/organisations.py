"""Names of organisations in Latin letters: where one begins and ends, and what it is abbreviated to."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from convenings.domain.text import fold
from convenings.drafting.organisation_list import Organisations
from convenings.drafting.rule_words import (
    BODIES_OF_ONE_WORD,
    COUNTRIES,
    EVENT_WORDS,
    HONORIFICS,
    NO_NAME,
    ORGANISATION_HEADS,
    PARTS,
    TITLE_HEADS,
    TITLE_MODIFIERS,
    TITLE_TAILS,
    TITLE_WORDS,
    UNITS,
    given_names,
    words,
)
from convenings.drafting.tokens import Token, are_adjacent
from convenings.drafting.value import Span

OF = words("of de del do da du des d d' d’ aux")
FOR = words("for on pour para")
ARTICLES = words("the la los las le les l l' l’ el a an our its their his her")
AND = words("and & y et e und")
LEGAL_FORMS = words("ltd limited inc llc co corp plc gmbh")
_NEVER_LAST = NO_NAME - ORGANISATION_HEADS
LONGEST = 24
"""Words of a name at most."""


class OrganisationRun(msgspec.Struct, frozen=True):
    """A run of words that may be the name of an organisation."""

    end: int
    """Number of the token after its last one."""
    has_head: bool
    """Whether a word such as *University* is in it."""
    is_event: bool
    """Whether what it names is rather an event."""


def bare(token: Token) -> str:
    """A word in small letters, without the ending of the possessive."""
    word = token.lower
    if "'" not in word and "’" not in word:
        return word
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("'", "’")) else word


def is_head(token: Token) -> bool:
    """Whether a word in capitals tells an organisation."""
    return token.is_capital and bare(token) in ORGANISATION_HEADS


def is_body_of_one_word(token: Token) -> bool:
    """Whether a word alone is a body: *Oxfam*, or one with a capital within it, as *HelpAge*."""
    word = token.text.removesuffix("'s").removesuffix("’s")
    return bare(token) in BODIES_OF_ONE_WORD or _INNER_CAPITAL.search(word) is not None


_INNER_CAPITAL = re.compile(r"(?<!Mc)(?<!Mac)(?<!Fitz)(?<!De)(?<!Di)(?<!Van)(?<!La)(?<!Le)(?<=[a-z])[A-Z][a-z]+\Z")


def run_at(whole: str, tokens: Sequence[Token], first: int) -> OrganisationRun:
    """The longest run from a word in capitals on that is one name, over *of*, *for*, *and* as far as they join."""
    at, heads, last_head, in_complement = first, 0, "", False
    last_event = ""
    while True:
        token = tokens[at]
        word = bare(token)
        if is_head(token):
            heads, last_head, in_complement = heads + 1, word, False
        if word in EVENT_WORDS and not in_complement:
            last_event = word
        elif is_head(token):
            last_event = ""
        if (token.lower != word and not _is_inside(whole, tokens, at, first)) or at - first >= LONGEST:
            at += 1
            break
        following = _following(whole, tokens, at, heads > 0, last_head, in_complement, first, bool(last_event))
        if following is None:
            at += 1
            break
        at, joins_complement = following
        in_complement = in_complement or joins_complement
    if at < len(tokens) and tokens[at].text == "." and bare(tokens[at - 1]) in LEGAL_FORMS:
        at += 1
    return OrganisationRun(at, heads > 0, bool(last_event))


def _is_inside(whole: str, tokens: Sequence[Token], at: int, first: int) -> bool:
    """Whether a possessive stands inside a name: *King's College*, *St John's College*, *National Farmers' Union*."""
    if at + 1 >= len(tokens) or not tokens[at + 1].is_capital or not are_adjacent(whole, tokens[at], tokens[at + 1]):
        return False
    word = bare(tokens[at])
    is_saint = at > first and tokens[at - 1].lower in ("st", "saint")
    is_plural = tokens[at].lower.endswith(("s'", "s’")) and word not in COUNTRIES
    return is_saint or word in OWNERS or (is_plural and is_head(tokens[at + 1]))


OWNERS = words("king queen women men children people pensioners veterans alzheimer parkinson crohn mothers")
"""Words that are part of a name with the ending of the possessive."""


def _following(
    whole: str,
    tokens: Sequence[Token],
    at: int,
    has_head: bool,
    last_head: str,
    in_complement: bool,
    first: int,
    is_event: bool,
) -> tuple[int, bool] | None:
    """Number of the next word of the name, and whether it lies behind *of* or the like; nothing where the name ends."""
    following = at + 1
    if following >= len(tokens) or not are_adjacent(whole, tokens[at], tokens[following]):
        return None
    token = tokens[following]
    if token.is_capital:
        is_title = token.lower in TITLE_HEADS and has_head
        return None if is_title or is_month(token) else (following, False)
    word = token.lower
    if word == "." and bare(tokens[at]) in LEGAL_FORMS:
        return _following(whole, tokens, following, has_head, last_head, in_complement, first, is_event)
    if word == "," and has_head | (bare(tokens[at]) in LEGAL_FORMS):
        return _behind_comma(whole, tokens, following + 1, last_head)
    if word == "." or word == ",":
        return None
    if has_head and token.is_word and is_head(tokens[at]) and at + 3 < len(tokens) and word not in _NOT_ADJECTIVES:
        # "Conseil départemental de la Sorgue"
        behind = at + 2
        if tokens[behind].lower in OF and not tokens[behind].is_capital:
            start = behind + 1
            while start < len(tokens) and tokens[start].lower in ARTICLES and not tokens[start].is_capital:
                start += 1
            if (
                start < len(tokens)
                and tokens[start].is_capital
                and word.endswith(("al", "ale", "ar", "ique", "ica", "ico"))
            ):
                return start, True
    last = bare(tokens[at])
    # "Jane Smith of the University": two words before *of* that tell no body are a person's.
    is_person = not has_head and not is_event and at > first
    joins = (
        (word in OF and not is_person)
        or (word in FOR and (has_head or bare(tokens[at]) in EVENT_WORDS))
        # "Homes for Life"
        or (word == "for" and at == first and _may_be_for(tokens[at], tokens[following + 1 : following + 2]))
        or (word in ("at", "at the") and last_head in UNITS)
    )
    # "Campaign to End Loneliness"
    joins = joins or (word in ("to", "against") and last in _CAUSES)
    if joins or word in ("the", "la"):
        start = following + 1
        while start < len(tokens) and tokens[start].lower in ARTICLES and not tokens[start].is_capital:
            start += 1
        if start < len(tokens) and tokens[start].is_capital and not is_month(tokens[start]):
            return start, joins
        return None
    if word in AND:
        start = following + 1
        if start >= len(tokens) or not tokens[start].is_capital or is_month(tokens[start]):
            return None
        if tokens[start].lower in TITLE_WORDS and (
            any(bare(token) in TITLE_HEADS for token in tokens[start : start + 4])
        ):
            return None
        chunk = _chunk(whole, tokens, start)
        right_has_head = any(is_head(each) for each in chunk)
        is_open = in_complement or (has_head and not is_head(tokens[at]))
        if at == first and tokens[at].is_capitals and word != "&":
            return None
        # "the Department for Mobility and Jane Doe"
        if in_complement and len(chunk) == 2 and not right_has_head and fold(chunk[0].text) in given_names():
            return None
        # "Centre for Ageing and Society": a word alone is no second body.
        is_lone = in_complement and len(chunk) == 1 and not chunk[0].is_capitals
        if word == "&" or (is_open and (is_lone or not right_has_head)) or (not has_head and right_has_head):
            return start, False
    return None


def _may_be_for(token: Token, behind: Sequence[Token]) -> bool:
    word = bare(token)
    return word not in NO_NAME | TITLE_WORDS and not word.endswith("ing") and bool(behind) and behind[0].is_capital


_CAUSES = words("campaign coalition alliance committee commission movement network fund")
_NOT_ADJECTIVES = words("total final")


def _behind_comma(whole: str, tokens: Sequence[Token], start: int, last_head: str) -> tuple[int, bool] | None:
    """The word behind a comma, where that stands inside a name: *Co., Ltd.*, *Department of Law, University of X*."""
    if start >= len(tokens) or not tokens[start].is_capital:
        return None
    chunk = _chunk(whole, tokens, start)
    if chunk[0].lower in LEGAL_FORMS:
        return start, False
    heads = [bare(token) for token in chunk if is_head(token)]
    if last_head in PARTS and heads and heads[0] not in UNITS and chunk[0].lower not in TITLE_WORDS:
        return start, False
    return None


def _chunk(whole: str, tokens: Sequence[Token], start: int) -> list[Token]:
    """Words in capitals that follow each other."""
    chunk = [tokens[start]]
    for token in tokens[start + 1 : start + 12]:
        if not token.is_capital or not are_adjacent(whole, chunk[-1], token):
            break
        chunk.append(token)
    return chunk


def is_month(token: Token) -> bool:
    """Whether it is the name of a month or of a day of the week, in English."""
    return token.lower in _TIMES


_TIMES = words(
    "january february march april june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday"
)
_ACRONYM = re.compile(r"\s?[(（]\s?(?:the |hereinafter referred to as )?[\"“]?([A-Z][A-Za-z&-]*[A-Z])[\"”]?\s?[)）]")
_EXPANSION = re.compile(r"\s?[(（]\s?([A-Z][^()（）]{6,90})[)）]")


def find_organisations(whole: str, tokens: Sequence[Token], organisations: Organisations) -> None:
    """Add the organisations of a block that their words or an abbreviation in brackets tell."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.is_capital or _cannot_begin(tokens, at):
            at += 1
            continue
        run = run_at(whole, tokens, at)
        end = run.end
        while end > at + 1 and tokens[end - 1].lower in _NEVER_LAST and not tokens[end - 1].is_capitals:
            if is_head(tokens[end - 1]) or end - at <= 2 or run.has_head:
                break
            end -= 1
        span = (token.start, name_end(whole, tokens[end - 1]))
        acronym = _ACRONYM.match(whole, span[1])
        fits = acronym is not None and _fits(acronym[1], whole[span[0] : span[1]])
        by = at > 1 and "by" in (tokens[at - 1].lower, tokens[at - 2].lower)
        words = end - at
        is_quoted = run.has_head and not by and _is_in_quotes(whole, tokens[0].start, span)
        if run.has_head and words > 1 and not (run.is_event and not by) and not is_quoted:
            organisations.add(span, "defined" if fits else "suffix", acronym[1] if acronym and fits else "")
        elif fits and acronym is not None and (not run.is_event or by) and not _is_person(tokens[at:end]):
            organisations.add(span, "defined", acronym[1])
        elif words == 1 and token.is_capitals:
            expansion = _EXPANSION.match(whole, span[1])
            if expansion is not None and _fits(token.text, expansion[1]):
                organisations.add((expansion.start(1), expansion.end(1)), "defined", token.text)
        at = max(end, at + 1)


def _is_person(tokens: Sequence[Token]) -> bool:
    """Whether words before letters in brackets are rather somebody with initials: *Rob Ellwood (RE)*."""
    first = tokens[0]
    return first.lower in HONORIFICS or (len(tokens) in (2, 3) and fold(first.text) in given_names())


def _is_in_quotes(whole: str, start: int, span: Span) -> bool:
    """Whether a name is only a part of something in quotes, such as a theme."""
    before = whole[max(start, span[0] - 160) : span[0]]
    is_open = before.count("“") > before.count("”") or before.count("«") > before.count("»")
    return is_open and not (before.rstrip().endswith(("“", "«")) and whole[span[1] : span[1] + 2].lstrip()[:1] in "”»")


def _cannot_begin(tokens: Sequence[Token], at: int) -> bool:
    """Whether a name of an organisation does not begin with a word in capitals, as it is an article or a title."""
    word = tokens[at].lower
    if word in ARTICLES or word in AND or word in OF:
        return True
    if word in TITLE_HEADS and at + 1 < len(tokens):
        return True
    # "Meeting of the Ports Network"
    following = bare(tokens[at + 1]) if at + 1 < len(tokens) else ""
    if (word in ("annual", "general") and following in _MEETINGS) or (word == "press" and following in _RELEASES):
        return True
    if word in _MEETINGS and at + 1 < len(tokens) and tokens[at + 1].lower in OF and not tokens[at + 1].is_capital:
        return True
    # "Secretary General of the Foundation"
    if word in TITLE_TAILS and at and bare(tokens[at - 1]) in TITLE_HEADS:
        return True
    if word in TITLE_MODIFIERS and any(bare(token) in TITLE_HEADS for token in tokens[at + 1 : at + 4]):
        return True
    starts_sentence = at == 0 or tokens[at - 1].text in ".!?:"
    return starts_sentence and word in _FUNCTION_WORDS


_RELEASES = words("release statement conference contact")
_MEETINGS = words(
    "meeting conference workshop seminar symposium webinar session launch visit lecture roundtable report minutes"
)
_FUNCTION_WORDS = NO_NAME & words(
    "in on at by for from with and or but as this that these those it he she we they his her our their its "
    "when while after before during since until although though however moreover furthermore finally firstly "
    "secondly thirdly also meanwhile subsequently then next today yesterday if because so thus hence all both "
    "each every some many most another several no not what how why where which who whose according speaking "
    "introducing opening following"
)


def name_end(whole: str, last: Token) -> int:
    """Where a name ends, without the ending of the possessive, with the full stop of *Ltd.*"""
    end = last.start + len(re.sub(r"['’]s?\Z", "", last.text))
    return end + 1 if bare(last) in LEGAL_FORMS and whole[end : end + 1] == "." and end == last.end else end


def _fits(acronym: str, name: str) -> bool:
    """Whether letters in brackets are those that a name begins its words with, all but some in order."""
    letters = [letter for letter in acronym.casefold() if letter.isalpha()]
    text = "".join(word[0] for word in re.findall(r"\w+", name.casefold()))
    at = matched = 0
    for letter in letters:
        place = text.find(letter, at)
        if place >= 0:
            at, matched = place + 1, matched + 1
    return len(letters) >= 2 and matched * 3 >= len(letters) * 2
