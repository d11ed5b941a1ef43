"""Titles and bodies behind a name: *Jane Doe, Director of Acme*, *Jane Doe (Acme)*, *Jane Doe of Oxfam*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from convenings.drafting.organisation_list import Organisations
from convenings.drafting.organisations import bare, is_body_of_one_word, run_at
from convenings.drafting.rule_words import COUNTRIES, SPEECH, words
from convenings.drafting.titles import posts_at, title_end
from convenings.drafting.tokens import Token
from convenings.drafting.value import Post, Value

_DEGREES = words("phd mp md jr sr obe mbe cbe msc ma ba mba")


class PostReader:
    """Reads what stands behind names.

    Args:
        whole: The text.
        organisations: Those of the text.
    """

    def __init__(self, whole: str, organisations: Organisations) -> None:
        self._whole = whole
        self._organisations = organisations

    def body_end(self, tokens: Sequence[Token], at: int) -> int:
        """Number of the token after *of the Reading Room* or *(Acme)*, if that stands behind a name."""
        if at + 1 >= len(tokens):
            return at
        if tokens[at].text == "(":
            return next((end + 1 for end in range(at + 2, min(at + 12, len(tokens))) if tokens[end].text == ")"), at)
        start = self._skip_article(tokens, at + 1)
        if tokens[at].lower not in ("of", "from") or start >= len(tokens) or not tokens[start].is_capital:
            return at
        return run_at(self._whole, tokens, start).end

    def posts_behind(self, tokens: Sequence[Token], end: int) -> tuple[list[Post], int]:
        """Titles and body behind a name, and the number of the token after them."""
        at = end
        if at >= len(tokens):
            return [], end
        sign = tokens[at].text
        if tokens[at].lower in ("mp", "obe", "mbe", "cbe", "phd", "jr", "sr"):
            at += 1
            sign = tokens[at].text if at < len(tokens) else ""
        if sign == "," and (after := self._behind_degrees(tokens, at + 1)):
            at = after
            sign = tokens[at].text if at < len(tokens) else ""
        if sign in (",", "(", "（", "–", "—", "-", ":"):
            start = at + 1
            posts = posts_at(self._whole, tokens, start, "apposition")
            if posts is not None:
                after = posts.end
                if sign in "(（" and after < len(tokens) and tokens[after].text in ")）":
                    after += 1
                return list(posts.posts), after
            if start < len(tokens) and tokens[start].is_capital and sign != "-":
                return self._body_behind(tokens, start, sign, end)
            if sign == "," and start + 1 < len(tokens) and tokens[start].lower in ("from", "of", "representing"):
                return self._body_behind(tokens, self._skip_article(tokens, start + 1), sign, end)
        if at < len(tokens) and tokens[at].lower in ("from", "of", "at", "representing", "with"):
            start = self._skip_article(tokens, at + 1)
            if start < len(tokens) and tokens[start].is_capital:
                run = run_at(self._whole, tokens, start)
                is_body = run.end - start == 1 and (tokens[start].is_capitals or is_body_of_one_word(tokens[start]))
                # "Genomics England"
                is_body = is_body or (run.end - start == 2 and bare(tokens[run.end - 1]) in COUNTRIES)
                # "Jane Doe of Reading Room said", whatever it is
                is_body = is_body or (
                    1 < run.end - start < 6 and tokens[run.end : run.end + 1] != [] and tokens[run.end].lower in SPEECH
                )
                if (
                    run.has_head
                    or is_body
                    or "The" in (tokens[start - 1].text, tokens[start].text)
                    or self._organisations.number_of(self._line(tokens, start, run.end)) is not None
                ):
                    return [self._body(tokens, start, run.end, "from")], run.end
        if at > end and at < len(tokens) and tokens[at].lower == "the":
            posts = posts_at(self._whole, tokens, at, "apposition")
            if posts is not None:
                return list(posts.posts), posts.end
        if at + 1 < len(tokens) and tokens[at].lower in ("is", "was") and tokens[at + 1].lower in ("the", "a", "an"):
            posts = posts_at(self._whole, tokens, at + 1, "apposition")
            if posts is not None and posts.posts[0].organisation is not None:
                return list(posts.posts), end
        return [], end

    def _behind_degrees(self, tokens: Sequence[Token], at: int) -> int:
        """Number of the comma behind *PhD* or *BA(Hons)*; 0 where no such letters stand there."""
        if at >= len(tokens) or not (
            tokens[at].lower in _DEGREES or (tokens[at].is_capitals and len(tokens[at].text) < 5)
        ):
            return 0
        at += 1
        if at + 2 < len(tokens) and tokens[at].text == "(" and tokens[at + 2].text == ")":
            at += 3
        is_before_title = at + 1 < len(tokens) and tokens[at].text == "," and title_end(tokens, at + 1) is not None
        return at if is_before_title else 0

    def _skip_article(self, tokens: Sequence[Token], at: int) -> int:
        return at + 1 if at < len(tokens) and tokens[at].lower in ("the", "la", "le", "el") else at

    def _body_behind(self, tokens: Sequence[Token], start: int, sign: str, end: int) -> tuple[list[Post], int]:
        """The organisation behind a comma or in brackets, without a title."""
        if start >= len(tokens) or not tokens[start].is_capital:
            return [], end
        run = run_at(self._whole, tokens, start)
        is_bracket = sign in "(（" and run.end < len(tokens) and tokens[run.end].text in ")）"
        is_acronym = run.end - start == 1 and (
            (tokens[start].is_capitals and len(tokens[start].text) > 2) or is_body_of_one_word(tokens[start])
        )
        # "(TU Berlin)", "(Genomics England)"
        is_in_brackets = is_bracket and (tokens[start].is_capitals or bare(tokens[run.end - 1]) in COUNTRIES)
        if (
            run.has_head
            or is_acronym
            or (is_in_brackets and run.end - start > 1)
            or (sign == "," and self._organisations.number_of(self._line(tokens, start, run.end)) is not None)
        ):
            return [self._body(tokens, start, run.end, "apposition")], run.end + is_bracket
        return [], end

    def _line(self, tokens: Sequence[Token], start: int, end: int) -> str:
        return " ".join(self._whole[tokens[start].start : tokens[end - 1].end].split())

    def _body(self, tokens: Sequence[Token], start: int, end: int, how: str) -> Post:
        last = tokens[end - 1]
        span = (tokens[start].start, last.start + len(re.sub(r"['’]s?\Z", "", last.text)))
        return Post(None, Value(" ".join(self._whole[slice(*span)].split()), span, how))
