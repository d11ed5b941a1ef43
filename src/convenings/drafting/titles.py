"""Titles, and the organisations that they are held in, beside the name of a person."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from convenings.domain.text import fold
from convenings.drafting.organisations import AND, ARTICLES, FOR, OF, OWNERS, bare, is_head, run_at
from convenings.drafting.rule_words import (
    COUNTRIES,
    FIELDS,
    HONORIFICS,
    NO_NAME,
    TITLE_HEADS,
    TITLE_TAILS,
    TITLE_WORDS,
    given_names,
    words,
)
from convenings.drafting.tokens import Token, are_adjacent
from convenings.drafting.value import Post, Span, Value

FAR = 9
"""Words of a title at most before the one that tells it."""
_OF_OR_FOR = OF | FOR
_IN = _OF_OR_FOR | words("at in from with within à au aux en")
_MINISTERS = words("minister ministre ministro ministra")
_STOPS = words(
    "who which that said says was were is are has have had delivered gave made spoke and by as to dont qui que"
)
_ENDS = _IN | _STOPS | HONORIFICS
"""Words behind which a title does not go on."""


class Posts(msgspec.Struct, frozen=True):
    """Titles and organisations behind or before a name."""

    posts: tuple[Post, ...]
    end: int
    """Number of the token after the last one that belongs to them."""


def posts_at(whole: str, tokens: Sequence[Token], first: int, how: str) -> Posts | None:
    """One or more titles with their organisations from a token on; nothing where no title stands there."""
    posts: list[Post] = []
    at = first
    if at < len(tokens) and tokens[at].lower in AND:
        return None
    while True:
        parsed = _post(whole, tokens, at, how)
        if parsed is None:
            break
        post, at = parsed
        posts.append(post)
        # "... of X and Honorary Chairman of Y", "... of X, and the director of Y"
        following = at
        while following < len(tokens) and following < at + 3 and tokens[following].lower in (*AND, ",", "the", "also"):
            following += 1
        if following == at or len(posts) == 4 or not _has_title(tokens, following, 5):
            break
        at = following
    return Posts(tuple(posts), at) if posts else None


def _has_title(tokens: Sequence[Token], first: int, far: int) -> bool:
    """Whether the word that tells a title comes before the name, the verb or the sign that would end one."""
    for token in tokens[first : first + far]:
        if bare(token) in TITLE_HEADS or bare(token).rpartition("-")[2] in TITLE_HEADS:
            return True
        if not token.is_word or token.lower in _ENDS:
            return False
    return False


def title_end(tokens: Sequence[Token], first: int) -> int | None:
    """Number of the token after a title that begins at one; nothing where none does."""
    head = None
    at = first
    while at < len(tokens) and at < first + FAR:
        token = tokens[at]
        word = bare(token)
        if word in TITLE_HEADS or word.rpartition("-")[2] in TITLE_HEADS:
            head = at
            at += 1
            while at < len(tokens) and tokens[at].lower in TITLE_TAILS:
                head, at = at, at + 1
            # "Founder and CEO", "Vice Chairman and Secretary General", "Professor / Head"
            joint = at
            while (joint < len(tokens) and tokens[joint].text in ("/", "&")) or (
                joint < len(tokens) and tokens[joint].lower in AND
            ):
                joint += 1
            if joint > at and _has_title(tokens, joint, 4):
                at = joint
                continue
            if (
                at < len(tokens)
                and _has_title(tokens, at, 3)
                and tokens[at].is_word
                and tokens[at].lower not in HONORIFICS
            ):
                continue
            break
        if token.text == "(" and at + 2 < len(tokens) and tokens[at + 2].text == ")" and tokens[at + 1].is_capitals:
            at += 3
            continue
        is_sign = not token.is_word and token.text not in "&/-"
        if is_sign or token.lower in _IN or (token.lower in _STOPS and token.lower not in AND):
            break
        if token.lower in AND and at + 1 < len(tokens) and not _has_title(tokens, at + 1, 5):
            break
        at += 1
    return None if head is None else head + 1


def _post(whole: str, tokens: Sequence[Token], first: int, how: str) -> tuple[Post, int] | None:
    at = first
    while at < len(tokens) and tokens[at].lower in ARTICLES:
        at += 1
    end = title_end(tokens, at)
    if end is None or _begins_with_somebody(tokens, at, end):
        return None
    start = at
    organisation: Span | None = None
    end, after = _with_field(whole, tokens, end)
    if after is not None:
        organisation, end_of_post = after
    else:
        end_of_post = end
    if organisation is None:
        # "IGR Director", "Ministry of Justice spokesperson"
        prefix = _owner(tokens, start, end) or _prefix(whole, tokens, start, end)
        if prefix is not None:
            organisation = (tokens[start].start, _span_end(tokens[prefix - 1], whole))
            start = prefix
    title = Value(
        _line(whole, tokens[start].start, tokens[end - 1].end), (tokens[start].start, tokens[end - 1].end), how
    )
    body = None if organisation is None else Value(_line(whole, *organisation), organisation, how)
    return Post(title, body), end_of_post


def _begins_with_somebody(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether what would be a title is a name and the next one's title: *Jane Doe and a student*."""
    joints = (at for at in range(start + 2, min(start + 4, end)) if tokens[at].lower in AND or tokens[at].text == ",")
    joint = next(joints, None)
    if joint is None or fold(tokens[start].text) not in given_names():
        return False
    return all(token.is_capital and bare(token) not in TITLE_WORDS for token in tokens[start:joint])


def _with_field(whole: str, tokens: Sequence[Token], end: int) -> tuple[int, tuple[Span, int] | None]:
    """The end of a title with its field (*of Sociology*), and the organisation behind with the token after it."""
    for _ in range(3):
        if end >= len(tokens):
            return end, None
        word = tokens[end].lower
        if word not in _IN and word not in (",", "(", "（", "–", "-", "@", "/"):
            return end, None
        start = end + 1
        while (
            start < len(tokens)
            and tokens[start].lower in ARTICLES
            and not (
                tokens[start].is_capital and start + 1 < len(tokens) and tokens[start + 1].is_capital and word != ","
            )
        ):
            start += 1
        if start < len(tokens) and tokens[start].lower in ARTICLES:
            start += 1
        if start >= len(tokens):
            return end, None
        if word in OF and start == end + 1 and _is_unnamed(tokens, start):
            # "Head of School"
            return start + 1, None
        if word in _OF_OR_FOR:
            # A minister is of a field, whatever it is called.
            is_for = word in FOR or bare(tokens[end - 1]) in _MINISTERS
            field = _field_end(whole, tokens, start, is_for=is_for)
            if field is None and tokens[start].is_capital and not run_at(whole, tokens, start).has_head:
                # "Head of Markets at the Assembly"
                field = _subject_end(tokens, start)
        else:
            field = _subject_end(tokens, start) if word == "in" else None
        if field is not None:
            end = field
            continue
        if not tokens[start].is_capital or tokens[start].lower in HONORIFICS:
            return end, None
        # "Director of Accra-based start-up FarmLink"
        if tokens[start].lower.endswith("-based"):
            return end, None
        run = run_at(whole, tokens, start)
        if word in (",", "–", "-") and (not run.has_head and not _may_be_body(tokens, start, run.end)):
            return end, None
        if word == "in" and not run.has_head:
            return end, None
        return end, ((tokens[start].start, _span_end(tokens[run.end - 1], whole)), _behind_acronym(tokens, run.end))
    return end, None


def _is_unnamed(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word tells a body and nothing beside tells which."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return is_head(tokens[at]) and not tokens[at].is_capitals and (following is None or not following.is_word)


def _subject_end(tokens: Sequence[Token], start: int) -> int | None:
    """Number of the token after what somebody teaches *in*, where *at* and a body follow."""
    at = start
    while at < len(tokens) and at < start + FAR and (tokens[at].is_capital or tokens[at].lower in (*AND, "of")):
        at += 1
    return at if start < at < len(tokens) and tokens[at].lower == "at" else None


def _behind_acronym(tokens: Sequence[Token], end: int) -> int:
    """Number of the token after what stands in brackets behind a body: an abbreviation or a part of it."""
    if end + 2 >= len(tokens) or tokens[end].text not in "(（" or not tokens[end + 1].is_word:
        return end
    for at in range(end + 2, min(end + 14, len(tokens))):
        if tokens[at].text in ")）":
            return at + 1
    return end


def _field_end(whole: str, tokens: Sequence[Token], start: int, *, is_for: bool) -> int | None:
    """Number of the token after a field that a title is of; nothing where it is an organisation's name."""
    if tokens[start].lower not in FIELDS and not (is_for and tokens[start].is_capital):
        return None
    at = start
    while at + 1 < len(tokens):
        following = tokens[at + 1]
        if following.lower in FIELDS or (following.is_capital and not is_head(following)):
            at += 1
        elif (
            following.lower in AND
            and at + 2 < len(tokens)
            and (tokens[at + 2].lower in FIELDS or tokens[at + 2].is_capital)
        ):
            at += 2
        else:
            break
        if not are_adjacent(whole, tokens[at - 1], tokens[at]):
            at -= 1
            break
    run = run_at(whole, tokens, start) if tokens[start].is_capital else None
    if is_for and run is not None and run.end - start < 3:
        return at + 1
    if run is not None and run.has_head and any(is_head(token) for token in tokens[start : at + 2]):
        return None
    return at + 1


def _may_be_body(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether words in capitals behind a comma may be a body without a word that tells it: *President, Acme*."""
    first = tokens[start]
    if first.lower in TITLE_WORDS or first.lower in HONORIFICS or (first.lower in NO_NAME and end - start < 2):
        return False
    after = tokens[end].text if end < len(tokens) else "."
    # A name of a person would be followed by a comma and a title, or by a verb.
    return after in ".;)）,—–(（" or end == len(tokens) or tokens[end].lower in (*AND, "who")


def _owner(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Number of the token after a body whose title it is: *NHS England's Chief Data Officer*."""
    for at in range(start, end - 1):
        if not tokens[at].is_capital:
            return None
        if tokens[at].lower != bare(tokens[at]):
            is_country = at == start and bare(tokens[at]) in COUNTRIES
            return None if is_country or bare(tokens[at]) in OWNERS else at + 1
    return None


def _prefix(whole: str, tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Number of the token after an organisation that a title begins with; nothing where it begins with none."""
    if not tokens[start].is_capital or end - start < 2:
        return None
    run = run_at(whole, tokens, start)
    stop = min(run.end, end - 1)
    for at in range(start, stop):
        if bare(tokens[at]) in TITLE_WORDS:
            stop = at
            break
    if stop <= start:
        return None
    words = tokens[start:stop]
    if any(is_head(token) for token in words) or (len(words) == 1 and words[0].is_capitals and len(words[0].text) > 2):
        return stop
    return None


def _span_end(token: Token, whole: str) -> int:
    end = token.start + len(token.text.removesuffix("'s").removesuffix("’s"))
    return end + 1 if bare(token) in ("ltd", "inc", "co") and whole[end : end + 1] == "." else end


def _line(whole: str, start: int, end: int) -> str:
    return " ".join(whole[start:end].split())
