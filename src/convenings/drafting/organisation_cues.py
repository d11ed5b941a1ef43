"""Bodies that no word of theirs tells, and a cue before them does: *organised by*, *representatives of*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from convenings.drafting.organisation_list import Organisations
from convenings.drafting.organisations import AND, ARTICLES, bare, is_month, name_end, run_at
from convenings.drafting.rule_words import COUNTRIES, HONORIFICS, NO_NAME, TITLE_HEADS, words
from convenings.drafting.tokens import Token
from convenings.drafting.value import Span

_COMMON_NOUNS = words(
    "association fondation collectif société entreprise asociación fundación empresa ong organisation"
)
"""Small words before the name of a body."""
_SENT = words(
    "representatives representative delegates delegation members member manager managers officials official "
    "staff experts researchers researcher colleagues participants participant team teams scholars executives "
    "leaders academics students practitioners professionals volunteers guests makers ngos organisations "
    "organizations companies institutions"
)
"""Who may be *from* or *of* an organisation."""
_JOINTLY = words("partnership collaboration cooperation conjunction association coordination partenariat colaboración")
_WITH = words("with con avec by of")
_ACTED = words(
    "organised organized hosted sponsored supported co-organised co-organized co-hosted funded convened co- "
    "funded coordinated financed launched initiated implemented commissioned run conducted organisée organisé "
    "organizado"
)


def find_by_cue(whole: str, tokens: Sequence[Token], organisations: Organisations, people: PlaceTeller) -> None:
    """Add the organisations of a block that are listed behind *representatives from*, *organised by* and the like."""
    for at in range(len(tokens) - 2):
        word, following = tokens[at].lower, tokens[at + 1].lower
        is_cue = (
            (word in _SENT and following in ("from", "of", "including"))
            or (word in _JOINTLY and following in _WITH)
            or (word in _ACTED and following in ("by", "par", "por"))
        )
        if is_cue:
            _add_list(whole, tokens, at + 2, organisations, people)
        elif word in _COMMON_NOUNS and not tokens[at].is_capital and tokens[at + 1].is_capital:
            _add_list(whole, tokens, at + 1, organisations, people, most=1)


class PlaceTeller(Protocol):
    """Tells whether a place is within the name of a person."""

    def is_mention(self, span: Span) -> bool:
        """Whether it is."""


def _add_list(
    whole: str, tokens: Sequence[Token], at: int, organisations: Organisations, people: PlaceTeller, most: int = 12
) -> None:
    """Add up to so many names that stand in a list."""
    for _ in range(most):
        while (
            at < len(tokens)
            and (tokens[at].lower in ARTICLES or tokens[at].lower in ("both", "as", "well", "jointly"))
            and (not tokens[at].is_capital or tokens[at].lower == "the")
        ):
            at += 1
        if at >= len(tokens) or not tokens[at].is_capital or is_month(tokens[at]):
            return
        if bare(tokens[at]) in TITLE_HEADS | HONORIFICS:
            return
        run = run_at(whole, tokens, at)
        span = (tokens[at].start, name_end(whole, tokens[run.end - 1]))
        is_lone = (
            run.end - at == 1 and not tokens[at].is_capitals and organisations.number_of(whole[slice(*span)]) is None
        )
        if (
            bare(tokens[run.end - 1]) in COUNTRIES
            or people.is_mention(span)
            or (is_lone and tokens[at].lower in NO_NAME)
        ):
            return
        if not organisations.covers(*span) and not is_lone:
            organisations.add(span, "cue")
        at = run.end
        if at < len(tokens) and tokens[at].text in "(（":
            while at < len(tokens) and tokens[at].text not in ")）":
                at += 1
            at += 1
        moved = at
        while at < len(tokens) and (tokens[at].text in ",;" or tokens[at].lower in AND):
            at += 1
        if at == moved:
            return
