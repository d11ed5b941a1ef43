"""Who was not there, where a sentence and no list says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenings.drafting.patterns import Pattern
from convenings.drafting.phrases import PEOPLE, P, ShortSentence

_CUE = re.compile(
    r"apolog|regrets|unable|not (?:be )?(?:able|present)|could not|did not|absen|excus|缺席|未能|请假|請假", re.I
)
"""What every such sentence has, which is quick to look for."""
_BETWEEN = (
    r"(?:\s*,[^,.;:]{0,90}?,)?(?:\s*,?\s+(?:who|both|all|also|however|unfortunately|had|has|have)\b){0,3}\s*,?\s+"
)
_INVITED = (
    r"(?:\s+(?:had been|was|were|have been|has been)\s+(?:invited|due|expected|scheduled)\b"
    r"[^,.;]{0,40}?\b(?:but|and|who))?"
)
_COMING = r"(?:attend|come|join|participate|take part|make it|travel|be (?:there|present|with us))"
_PATTERNS = tuple(
    Pattern(pattern)
    for pattern in (
        rf"\b(?:apologies|regrets)(?:\s+for (?:absence|non-attendance))?(?:\s+(?:were|was|had been|have been))?"
        rf"(?:\s+(?:received|sent|given|noted|recorded|tendered))?(?:\s+(?:from|by|of)|\s*:)\s+(?:the\s+)?(?P<who>{PEOPLE})",
        rf"(?P<who>{PEOPLE}){_INVITED}{_BETWEEN}(?:sent|sends|gave|tendered|offered|conveyed|expressed)\s+"
        r"(?:(?:his|her|their)\s+)?(?:apologies|regrets)\b",
        rf"(?P<who>{PEOPLE}){_BETWEEN}apologi[sz]ed for (?:(?:his|her|their) absence|not (?:being|attending|coming))",
        rf"(?P<who>{PEOPLE}){_INVITED}{_BETWEEN}(?:(?:was|were) (?:unable|not able) to|could not|did not) {_COMING}\b",
        rf"(?P<who>{PEOPLE}){_BETWEEN}(?:was|were) (?:absent|excused|not present)\b",
        rf"\bin the absence of (?:the\s+)?(?P<who>{P}(?:\s+and\s+{P})?)",
        rf"(?P<who>{PEOPLE})\s+(?:s['’](?:est|étaient|était|étant) excusée?s?|excusó su asistencia)",
        rf"(?P<who>{PEOPLE})(?:等)?[^。，,；;\x80]{{0,8}}?(?:缺席|未能(?:出席|到场|與會|与会|参加|參加)|请假|請假)",
    )
)


def absent_in(sentence: ShortSentence) -> Iterator[int]:
    """Numbers of the people of whom a sentence says that they were not there."""
    if not sentence.phrases or not _CUE.search(sentence.text):
        return
    for pattern in _PATTERNS:
        for match in pattern.finditer(sentence.text):
            yield from sentence.people(match)
