"""Which bodies held the event: only where a sentence near the beginning, or one on the event itself, says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from convenings.drafting.event_names import EVENT_WORD, STRONG_WORD
from convenings.drafting.patterns import Pattern
from convenings.drafting.people import NounPhrase
from convenings.drafting.phrases import SIDE, P, apart, short_sentence
from convenings.drafting.roles import Cue
from convenings.drafting.text import Block
from convenings.drafting.value import DraftOrganisation

FIRST_SENTENCES = 12
"""Sentences of a report in which *a workshop* is most likely the one that it is of."""
MOST_SENTENCES = 4000
"""Sentences of a report that are looked at."""
_ITSELF = Pattern(rf"(?:\W*It\b|.{{0,60}}\b(?:the|this)\s+(?:\w+[\s-]+){{0,2}}(?:{EVENT_WORD.pattern}))")
_OTHER = re.compile(
    r"\b(?:last|next|previous(?:ly)?|earlier|former(?:ly)?|will|since|every|each|regularly|usually|annually|"
    r"first (?:held|organi[sz]ed)|side event)\b",
    re.I,
)
"""What tells of another event, or of several."""
_CUES = re.compile(
    r"organi[sz]e|hosted|hosts|convene|\bheld\b|\bholds\b|\bran\b|staged|sponsored|supported|funded|"
    r"主办|主辦|承办|承辦|协办|協辦|共催|主催",
    re.I,
)
_LEAD = (
    r"^\W*(?:(?:On|In|At|From|Last|This|To|As|For)\b[^\x80.;]{2,80}?[,\d]?\s+|"
    r"[A-Z][A-Za-z ,]{2,30}\s*(?:\([^()]{1,40}\)\s*)?[–—:-]\s*)?(?:the\s+)?[*_\[]{0,3}"
)
_AND = r"(?:,\s*and|,|;|and|&|as well as|together with|along with|[、和与與及])"
_WHO = rf"(?P<who>{P}(?:{SIDE}\s*{_AND}\s*(?:the\s+)?{P}){{0,12}})"
_ASIDE = (
    rf"(?:\s+(?:at|of)\s+(?:the\s+)?{P})?(?:\s*\([^()]{{1,60}}\))?(?:\s*,[^,.;:\x80]{{0,90}},)?\s+"
    r"(?:(?:has|have|jointly|together|also|successfully|recently|co-)\s*){0,2}"
)
_BY = r"\s+(?:jointly\s+)?by\s+(?:the\s+)?(?:[\w-]+\s+and\s+(?:the\s+)?)?[*_\[]{0,3}"
_PATTERNS: tuple[tuple[str, Pattern], ...] = tuple(
    (role, Pattern(pattern, cue))
    for role, cue, pattern in (
        ("host", "host", rf"{_LEAD}{_WHO}{_ASIDE}(?P<cue>hosted|hosts|host)\b"),
        (
            "organiser",
            "held|holds|organi|convene|ran|staged",
            rf"{_LEAD}{_WHO}{_ASIDE}(?P<cue>held|holds|organi[sz]e[ds]?|convene[ds]?|ran|staged)\b",
        ),
        ("host", "hosted", rf"\b(?P<cue>(?:co-?)?hosted){_BY}{_WHO}"),
        ("organiser", "organi[sz]ed|convened", rf"\b(?P<cue>(?<!co-)(?:organi[sz]ed|convened)){_BY}{_WHO}"),
        ("co-organiser", "organi[sz]ed|convened", rf"\b(?P<cue>co-?(?:organi[sz]ed|convened)){_BY}{_WHO}"),
        ("sponsor", "sponsored", rf"\b(?P<cue>sponsored){_BY}{_WHO}"),
        ("supporter", "supported|funded", rf"\b(?P<cue>(?:supported|funded)){_BY}{_WHO}"),
        (
            "co-organiser",
            r"\bwith\b",
            rf"(?:organi[sz]ed|hosted|convened|held)\b(?:(?!project|part of)[^.;]){{0,80}}?\b(?P<cue>in "
            rf"(?:partnership|collaboration|cooperation|conjunction) with|(?:together|jointly) with)"
            rf"\s+(?:the\s+)?{_WHO}",
        ),
        ("organiser", "主办|主辦", rf"由\s*{_WHO}(?:共同|联合|聯合)?(?P<cue>主办|主辦)"),
        ("organiser", "主办单位|主辦單位|主催", rf"(?P<cue>主办单位|主辦單位|主催)[:：]\s*{_WHO}"),
        ("co-organiser", "承办|承辦|协办|協辦", rf"{_WHO}(?:共同|联合|聯合)?(?P<cue>承办|承辦|协办|協辦)"),
    )
)


def organisers_in(whole: str, sentences: Sequence[Block], organisations: Sequence[DraftOrganisation]) -> Iterator[Cue]:
    """The parts that bodies had in holding the event, by their numbers, and the words that say so.

    Args:
        whole: The text.
        sentences: Its sentences.
        organisations: Those of the text.
    """
    mentions = ((span, number) for number, each in enumerate(organisations) for span in each.mentions)
    phrases = apart([NounPhrase(start, end, number) for (start, end), number in mentions])
    starts = [phrase.start for phrase in phrases]
    taken: set[tuple[int, str]] = set()
    for number, sentence in enumerate(islice(sentences, MOST_SENTENCES)):
        if not _CUES.search(whole, sentence.start, sentence.end):
            continue
        short = short_sentence(whole, sentence, phrases, starts)
        text = short.text
        is_near = number < FIRST_SENTENCES and STRONG_WORD.search(text)
        if not short.phrases or _OTHER.search(text) or not (is_near or _ITSELF.match(text)):
            continue
        for role, pattern in _PATTERNS:
            for match in pattern.finditer(text):
                for body in short.people(match):
                    if (body, role) not in taken:
                        taken.add((body, role))
                        yield Cue(body, role, short.span(match.start("cue"), match.end("cue")), "organised")
