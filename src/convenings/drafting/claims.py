"""Sentences in which somebody is said to have said something, and questions; their wording is left to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from convenings.drafting.patterns import HAN, Pattern
from convenings.drafting.phrases import SIDE, P, ShortSentence
from convenings.drafting.value import DraftQuestion, Span

MOST_MENTIONS = 8
"""Places of a name at most that are looked at for a form of address."""
_SAYING = (
    r"(?:said|says|stated|noted|argued|added|explained|believed|believes|hoped|hopes|stress(?:ed|es)|emphasi[sz]ed|"
    r"suggested|recommended|point(?:ed|s) (?:out|to)|remarked|observed|expressed|indicated|mentioned|announced|"
    r"highlighted|underlined|underscored|claimed|agreed|praised|called (?:for|on|upon)|urged|warned|reiterated|"
    r"affirmed|"
    r"proposed|acknowledged|admitted|insisted|maintained|confirmed|declared|asserted|recalled|lamented|cautioned|"
    r"advocated|opined|commented that|reflected that|concluded that|reported that|made (?:it|"
    r"the point)|"
    r"demonstrated that|showed that|revealed|stressing|told|"
    r"thinks|thought|replied|answered|responded|felt|reminded|predicted|contended|conceded|countered|echoed|"
    r"described how|argues|notes|adds|explains|suggests|warns|concludes|recommends|claims|insists|urges|"
    r"raised (?:the|a) (?:point|concern|question)|made the case|"
    r"objected|disagreed|questioned (?:how|why)|summed up|"
    r"(?:began|started|opened|closed|ended|concluded|finished) by (?:describing|noting|saying|arguing|explaining|"
    r"stressing|reminding|pointing|recalling|warning|stating|telling|observing|asking (?:everyone|all|participants))|"
    r"encouraged|appealed|pledged|committed|promised|criticised|criticized|questioned whether|"
    r"ha declarado|declaró|dijo|señaló|afirmó|destacó|explicó|añadió|subrayó|indicó|ha valorado|ha señalado|ha "
    r"destacado|"
    r"ha afirmado|ha explicado|ha subrayado|(?:a|ont) (?:ainsi |également |notamment |aussi )?(?:rappelé|déclaré|"
    r"souligné|expliqué|indiqué|affirmé|ajouté|précisé|insisté|"
    r"répondu|reconnu|plaidé|dit|estimé|jugé|regretté|proposé|annoncé|défendu|soutenu|observé|noté|appelé|dénoncé|"
    r"confirmé|assuré|averti|promis)|a-t-(?:il|elle) (?:déclaré|ajouté|expliqué|souligné|dit|conclu|précisé|affirmé)|"
    r"sagte|erklärte|betonte)\b"
)
_GAP = (
    r"(?:\s*,[^,.;:“\"]{0,100},)?(?:\s+(?:also|then|further|in (?:his|her) (?:\w+ )?(?:speech|remarks|address|"
    r"presentation|talk)|has|later|subsequently|strongly|again|finally|and [\w ]{1,20}|delivered [\w ]{1,40} and|"
    r",)){0,3}\s*,?\s*"
)
_SAID = Pattern(rf"(?<!\bby )(?P<who>{P}){_GAP}(?P<cue>{_SAYING})", cue=P)
_SAID_OF = Pattern(
    rf"(?:^\W*|[.;,:]\s+|\b(?:and|while|but|when)\s+)(?P<who>{P}){SIDE}\s+(?:(?:also|then|later)\s+)?(?P<cue>{_SAYING})",
    cue=P,
)
"""*Jane Doe of Acme said*, at the beginning of a clause: elsewhere it may be Acme, or another, who said it."""
_SAID_LATER = Pattern(
    rf"(?P<who>{P})[^.;:“\"{P}]{{0,120}}?\b(?:and|who|while|but)\s+(?:also |then |"
    rf"further )?(?P<cue>{_SAYING})\s+(?:that|how|for|on|to|:)",
    cue=P,
)
_SAID_AFTER = Pattern(rf"[”\"»’,]\s*(?:,\s*)?(?P<cue>{_SAYING})\s+(?:the\s+)?(?P<who>{P})", cue=P)
_QUOTED_AFTER = Pattern(rf"[”\"»]\s*,?\s*(?P<who>{P})\s+(?P<cue>{_SAYING})", cue=r"[”\"»]")
_BEFORE_QUOTE = Pattern(
    rf"\A[^{P}“\"«:]*(?P<who>{P})(?P<cue>(?:(?!\b(?:talk|lecture|paper|presentation|keynote|session|speech|address|book|report|film|"
    rf"theme|topic|title|workshop|panel|module|called)s?\b)[^“\"«:{P}]){{0,120}}:)\s*[“\"«]",
    cue=r":\s*[“\"«]",
)
"""*Jane Doe was blunt: “We do not know.”*; what stands behind the name of a talk is its title."""
_ACCORDING = Pattern(
    rf"(?P<cue>according to|selon|según|pour)\s+(?:the\s+)?(?P<who>{P})", cue=r"according to|selon|según|pour"
)
_VIEW = Pattern(
    rf"(?P<who>{P})['’]s?\s+(?:\w+\s+)?(?P<cue>perspective|view|opinion|argument|message|position|point)\b",
    cue=r"['’]s?\s",
)
_PRONOUN = Pattern(
    rf"(?:^|[.;,]\s|\band\s|\")\W*(?P<who>he|she|él|ella|elle|il)\b{_GAP}(?P<cue>{_SAYING}|found that\b)",
    cue=r"\b(?:he|she|él|ella|elle|il)\b",
)
BEGINS_WITH_PRONOUN = re.compile(r"\W*(?:he|she|él|ella|elle|il)\b|(?:他|她)(?!们|們)", re.I)
_OF_MEN = re.compile(r"\b(?:mr|sir|lord|baron|m|monsieur|herr|señor|sr|don)\b\.?\s*\Z|先生\Z", re.I)
_OF_WOMEN = re.compile(
    r"\b(?:mrs|ms|miss|dame|lady|baroness|mme|mlle|madame|madam|frau|señora|sra|srta|doña)\b\.?\s*\Z|女士\Z", re.I
)
_HE_OR_SHE = re.compile(r"\b(?:(?P<he>he|him|his|il|él)|(?P<she>she|her|elle|ella))\b|(?P<she2>她)", re.I)
_CHINESE = Pattern(
    rf"(?P<who>{P})[^。！？{P}]{{0,24}}?(?P<cue>表示|指出|认为|認為|强调|強調|说|說|介绍说|介绍|介紹|宣布|透露|坦言|表明|"
    rf"提出|回顾|回顧|谈到|談到|呼吁|"
    rf"呼籲|建议|建議|希望|称|稱|述べ|語)",
    cue=HAN,
    flags=0,
)
_SAID_HE = Pattern(
    r"[»”\"],?\s*(?P<cue>a-t-(?:il|elle)\s+\w+)|^(?:selon|según|pour)\s+(?:elle|lui|"
    r"ella|él)\b|^according to (?:him|her)\b|^in (?:his|her) (?:view|opinion|experience)\b",
    cue=r"a-t-|^(?:selon|según|pour|according to|in (?:his|her))\s",
)
_CHINESE_PRONOUN = Pattern(
    r"^(?:他|她)(?:还|也|进一步|同时|最后|亦|還)?(?P<cue>表示|指出|认为|認為|强调|強調|说|說|提出|建议|建議|希望|呼吁|谈到)",
    cue="他|她",
    flags=0,
)
_NO_CLAIM = re.compile(
    r"^(?:expressed (?:his|her|their|sincere |deep |heartfelt )*(?:gratitude|thanks|appreciation|condolences)|"
    r"mentioned above)",
    re.I,
)
_THANKS = re.compile(
    r"\s+(?:his|her|their|its)?\s*(?:\w+\s+)?(?:gratitude|thanks|appreciation|condolences|welcome)\b", re.I
)
_QUESTION_INTRO = Pattern(
    r"\b(?:discuss(?:ed|es|ing|ion)?|explor(?:ed|es|ing)|examin(?:ed|es|ing)|consider(?:ed|s|ing)|debat(?:ed|"
    r"es|ing|e)|"
    r"ask(?:ed|s|ing)|question(?:s|ed)?|demandé|wonder(?:ed|s)?|look(?:ed|s|ing) at)\b[^.?!;]{0,60}?[\s:“\"'‘(]"
    r"(?P<question>(?:how|what|why|whether|in what ways?|comment|pourquoi)\s+[^.?!;:,]{12,240})",
    cue=r"\b(?:how|what|why|whether|comment|pourquoi)\s",
)
_SECOND = re.compile(r"\s+(?:and|or|et)\s+(?=(?:how|what|why|whether)\s)", re.I)
_CLAUSE = Pattern(r"(?P<question>how (?:to|can|could|should|we)\b[^.?!;:]{12,260})")


def statement_in(sentence: ShortSentence, subject: int | None, is_quoted: bool) -> tuple[int, str] | None:
    """Number of the person who is said to have said what a sentence says, and the rule; nothing where nobody is.

    Args:
        sentence: The sentence.
        subject: Who *he* or *she* would be.
        is_quoted: Whether the sentence goes on with what was quoted before.
    """
    text = sentence.text
    for how, pattern in (
        ("said", _SAID),
        ("said", _SAID_OF),
        ("said", _SAID_LATER),
        ("quoted", _SAID_AFTER),
        ("quoted", _QUOTED_AFTER),
        ("before quote", _BEFORE_QUOTE),
        ("according", _ACCORDING),
        ("view", _VIEW),
        ("said", _CHINESE),
    ):
        for match in pattern.finditer(text):
            if (people := sentence.people(match)) and not _is_thanks(text, match):
                return people[0], how
    if subject is not None:
        pronoun = _PRONOUN.search(text)
        if pronoun and not _is_thanks(text, pronoun):
            return subject, "pronoun"
        if _CHINESE_PRONOUN.search(text) or _SAID_HE.search(text):
            return subject, "pronoun"
        if is_quoted:
            return subject, "quote goes on"
    return None


def may_be(whole: str, mentions: Sequence[Span], sentence: str) -> bool:
    """Whether the first *he* or *she* of a sentence may stand for somebody, by the forms of address before the name."""
    pronoun = _HE_OR_SHE.search(sentence)
    if pronoun is None:
        return True
    other = _OF_WOMEN if pronoun["he"] else _OF_MEN
    return not any(other.search(whole, max(0, start - 12), start) for start, _ in mentions[:MOST_MENTIONS])


def _is_thanks(text: str, match: re.Match[str]) -> bool:
    """Whether only thanks were expressed, which is no claim."""
    return match["cue"].casefold() in ("expressed", "mentioned") and bool(_THANKS.match(text, match.end()))


def questions_in(sentence: ShortSentence, is_heading: bool) -> Iterator[DraftQuestion]:
    """The questions of a sentence: itself where it ends so, or clauses that begin with *how* and the like."""
    text = sentence.text
    stripped = text.rstrip(" \t\"”’'»)")
    if stripped.endswith(("?", "？")):
        start = max((text.rfind(mark, 0, len(stripped)) for mark in ("“", '"', "‘", "«", ": ")), default=-1)
        number = re.match(r"\W*\d+[.)]\s*", text)
        first = (
            start + 1
            if start >= 0 and stripped[start:].strip('“"‘«: ')[:1].isupper()
            else number.end()
            if number
            else 0
        )
        while first < len(stripped) and not text[first].isalnum() and text[first] not in "¿":
            first += 1
        if len(stripped) - first < 8:
            return
        yield DraftQuestion(_span(sentence, first, len(stripped)), True, "question mark")
        return
    if is_heading:
        return
    if re.search(r"\b(?:includ|discuss|focus|explor|as follows|topics)", text, re.I) and text.count("how to") >= 2:
        for match in _CLAUSE.finditer(text):
            yield DraftQuestion(_span(sentence, match.start(), _clause_end(match)), False, "list of clauses")
        return
    clause = _QUESTION_INTRO.search(text)
    if clause:
        at = clause.start("question")
        for part in _SECOND.split(clause["question"].rstrip(" ,”\"'’")):
            start = text.index(part, at)
            at = start + len(part)
            yield DraftQuestion(_span(sentence, start, at), False, "clause")


def _clause_end(match: re.Match[str]) -> int:
    return match.start() + len(re.sub(r"[,\s]*(?:\band)?\s*\Z", "", match["question"]))


def _span(sentence: ShortSentence, start: int, end: int) -> Span:
    return sentence.span(start, end)
