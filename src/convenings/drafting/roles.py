"""Who had which role: a cue has to govern the name, as verb, as *by*, or as the head of a list; else there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from convenings.drafting.patterns import HAN, Pattern
from convenings.drafting.phrases import PEOPLE, SIDE, P, ShortSentence
from convenings.drafting.value import Span


class Cue(NamedTuple):
    """That somebody had a role, and the words that say so."""

    person: int
    role: str
    span: Span
    how: str


_GAVE = (
    r"(?:delivered|delivering|giving|gave|made|presented|held|offered|pronounced|pronunció|dio|impartió|"
    r"prononcé|donné)"
)
_THING = (
    r" (?:(?:the|this|that|these|those|a|an|any|his|her|their|its)\s+)?(?:\w+\s+)?"
    r"(?:initiatives?|proposals?|ideas?|plans?|"
    r"reports?|facts?|decisions?|news|progress|moves?|changes?|steps?|efforts|commitments?|announcement|publication|"
    r"discussion|opportunity|law|bill|policy|strategy|approach|findings|recommendations?|suggestions?|debate|work)\b"
)
"""What somebody may welcome who opens nothing."""
_SOME = r"(?:\s+(?!(?:introduc|thank|welcom|invit|follow)ed\b)[\w’'\"“”:-]+){0,6}?\s+"
_DID: tuple[tuple[str, str, str], ...] = (
    (
        "moderator",
        "moderated",
        r"(?:co-)?moderated|moderating|acted as (?:the )?moderator|moderó|a (?:animé|modéré)|modéra",
    ),
    (
        "chair",
        "chaired",
        r"(?:co-)?chaired|chairing|presided(?: over)?|presiding|presidió|took the chair|(?:was )?in the chair\b",
    ),
    ("facilitator", "facilitated", r"facilitated"),
    ("keynote speaker", "keynote", rf"{_GAVE}{_SOME}(?:keynote|distinguished lecture|conferencia magistral)"),
    (
        "opening speaker",
        "opening",
        rf"welcom(?:ed|ing)(?!{_THING})|inaugurated|inaugurating|opened|opening|kicked off|{_GAVE}{_SOME}(?:opening|"
        rf"welcom\w+|inaugural|introductory)\b|inauguró|"
        r"dio la bienvenida|a ouvert|a inauguré|a accueilli|in (?:his|her|their) (?:opening|welcom\w+|inaugural)",
    ),
    (
        "presenter",
        "presented",
        rf"presented|presenting|{_GAVE}{_SOME}(?:presentation|paper|case study)s?\b|presentó|a présenté",
    ),
    (
        "speaker",
        "spoke",
        r"focus(?:ed|es) on|stressed|emphasi[sz]ed|highlighted|explained|described|outlined|"
        rf"{_GAVE}{_SOME}(?:speech|lecture|talk|address|remarks|report|vote of thanks|sharing)\b|spoke|addressed|"
        r"shared|introduced|talked|lectured|intervino|habló|est intervenue?|a pris la parole|in (?:his|her|their) "
        r"(?:speech|address|remarks|talk|lecture|presentation|sharing)",
    ),
    (
        "panellist",
        "panel",
        r"(?:joined|participated in|took part in|sat on|spoke (?:on|at)) (?:the|a) (?:panel|round ?table)",
    ),
    ("commentator", "commented", r"commented on|commented"),
    ("discussant", "discussed", r"(?:jointly )?discussed|debated|exchanged (?:views|ideas)"),
    (
        "attendee",
        "attended",
        r"attended|took part|participated|were present|was present|joined|were in attendance|asistió|asistieron|"
        r"participó|participaron|ha participado|han participado|ha asistido|han asistido|ont? participé|ont? assisté",
    ),
    ("organiser", "organised", r"organi[sz]ed|convened|a organisé|organizó"),
    ("host", "hosted", r"hosted"),
    ("speaker", "concluded", r"concluded|closed|summed up|summari[sz]ed|proposed (?:the|a) vote of thanks|thanked"),
)
"""Role, name of the rule, and what somebody did who had it; earlier ones are looked for first."""
_BETWEEN = (
    r"(?:\s*,[^,.;:]{0,90}?,)?(?:\s*,?\s+(?:who|also|then|has|have|had|subsequently|further|later|jointly|"
    r"first|again|finally|both|all|warmly|formally|officially|respectively|briefly|kindly|ha|han|,)\b){0,3}\s*,?\s*"
)
_ACTIVE = tuple(
    (role, how, Pattern(rf"(?P<who>{PEOPLE}){SIDE}{_BETWEEN}(?P<cue>{verbs})", cue=verbs)) for role, how, verbs in _DID
)
_THINGS: tuple[tuple[str, str, str], ...] = (
    ("moderator", "moderated", r"moderated|animée?s?|moderad[oa]s?"),
    ("facilitator", "facilitated", r"facilitated"),
    ("chair", "chaired", r"chaired|presided over|presidid[oa]s?|présidée?s?"),
    (
        "keynote speaker",
        "keynote",
        r"keynotes?(?: (?:speech(?:es)?|address(?:es)?|presentations?|lectures?|remarks|talks?))?|distinguished "
        r"lectures?",
    ),
    (
        "opening speaker",
        "opening",
        r"(?:opening|welcom\w+|inaugural|introductory)(?: (?:speech(?:es)?|address(?:es)?|remarks?|notes?|"
        r"words))|opened|"
        r"inaugurated|welcomed|introduction(?: and \w+)?(?: of [^,.;]{1,60}?)?|inauguraci[oó]n",
    ),
    ("presenter", "presented", r"presentations?|presented|case stud(?:y|ies)"),
    (
        "speaker",
        "spoke",
        r"speech(?:es)?|lectures?|talks?|address(?:es)?|remarks|sharings?|vote of thanks|interventions?|inputs?|"
        r"contributions?",
    ),
    ("host", "hosted", r"hosted|co-hosted"),
    ("organiser", "organised", r"organi[sz]ed|convened|organizad[oa]s?|organisée?s?"),
    ("attendee", "attended", r"attended|graced|joined|accompanied"),
    ("guest of honour", "officiated", r"officiated"),
    ("attendee", "attended", r"asistencia|presencia|participación"),
)
_BY = (
    r"(?:\s+(?:of|for|to|on|from|was|were|is|are|being|given|delivered|made|presented|held|led|jointly|"
    r"followed)\b[^,.;:]{0,70}?)?\s+(?:by|par|por|from|de)\s+(?:(?:the|her|his|our)\s+)?"
)
_PASSIVE = tuple(
    (role, how, Pattern(rf"\b(?P<cue>{things}){_BY}(?P<who>{PEOPLE})", cue=rf"\b(?:{things})"))
    for role, how, things in _THINGS
)
_GIVEN = Pattern(
    rf"\b(?P<cue>(?:papers?|reports?)\b[^,.;:{P}]{{0,70}}?\b(?:given|delivered|made|presented|"
    rf"read))\s+(?:[^,.;:{P}]{{0,40}}?\s)?by\s+(?:the\s+)?(?P<who>{PEOPLE})",
    cue=r"\b(?:papers?|reports?)\b",
)
"""A paper or report is of whoever wrote it; a role is told only where it was presented."""
_HEADS: tuple[tuple[str, str, str], ...] = (
    ("panellist", "panel", r"panel(?:l)?ists?|panel|round ?table"),
    ("keynote speaker", "keynote", r"keynote speakers?|keynotes?"),
    ("facilitator", "facilitated", r"facilitators?"),
    ("moderator", "moderated", r"moderators?|moderadora?|modérat(?:eur|rice)s?"),
    ("host", "hosted", r"(?:our|the) hosts?|hosts?(?=\s*:)|masters? of ceremon(?:y|ies)|MC(?=\s*:)"),
    ("chair", "chaired", r"chairs?|chairpersons?"),
    ("speaker", "spoke", r"speakers?|ponentes?|intervenants?|invited guests?|guest speakers?|lecturers?"),
    ("presenter", "presented", r"presenters?"),
    ("discussant", "discussed", r"discussants?"),
    ("rapporteur", "rapporteur", r"rapporteurs?"),
    ("guest of honour", "guest", r"(?:chief|special|distinguished) guests?|guests? of hono[u]?r"),
    (
        "attendee",
        "attended",
        r"attendees?|participants?|guests?|delegates?|those present|asistentes|presencia|presence",
    ),
)
_LISTED = tuple(
    (
        role,
        how,
        Pattern(
            rf"\b(?P<cue>{heads})\b(?:[^.;:{P}]{{0,70}}?"
            rf"\b(?:includ\w+|were|was|are|featur\w+|compris\w+|consist\w+ of|such as|of|with|between|de)\b|"
            rf"\s*[:,–—-])\s*"
            rf"(?:the\s+)?(?P<who>{PEOPLE})",
            cue=rf"\b(?:{heads})\b",
        ),
    )
    for role, how, heads in _HEADS
)
_AS = Pattern(
    rf"(?P<who>{P})\s*,?\s*(?:who (?:was|acted|served)\s+)?(?:as|acting as|in the role of)\s+(?:the\s+|a\s+)?"
    r"(?P<cue>moderator|chair|facilitator|host|keynote speaker|rapporteur|discussant|panel(?:l)?ist|chief guest|"
    r"speaker)\b",
    cue=r"\b(?:as|in the role of)\b",
)
_ROLE_BEFORE = Pattern(
    rf"\b(?:(?:session|panel|workshop|conference|event|seminar) )?(?P<cue>moderator|chair|facilitator|"
    rf"rapporteur|discussant|keynote speaker|panel(?:l)?ist|guest speaker|presenter)\s+(?P<who>{P})",
    cue=rf"(?:or|ir|eur|ant|er|ist)\s+{P}",
)
"""*Session chair Jane Doe*."""
_TOOK_PART = Pattern(
    rf"(?P<cue>ha participado|han participado|participaron|asistieron|han asistido|participó|ont participé|"
    rf"étaient présents)"
    rf"(?:\s*,?\s*(?:también|además|entre otros|notamment|,|el|la))*\s+(?P<who>{PEOPLE})",
    cue=r"ha participado|han participado|participaron|asistieron|han asistido|participó|ont participé|étaient présents",
)
_PANEL = re.compile(r"\b(?:panel|round ?table)\b", re.I)
_DISCUSSED_WITH = Pattern(
    rf"(?P<cue>discuss(?:ed|ion|ing)?|debated?|dialogue|exchanged (?:views|ideas)|conversation)\b"
    rf"[^.;{P}]{{0,240}}?\bwith\s+(?P<who>{PEOPLE})",
    cue=r"discuss|debate|dialogue|exchanged|conversation",
)
_ROUND_TABLE = Pattern(
    rf"\b(?P<cue>table[ -]ronde|mesa redonda)\b[^.;]{{0,200}}?[.?»]?\s*(?:y participaient|réunissait|avec|con|"
    rf"participaron)\s+(?P<who>{PEOPLE})",
    cue=r"table[ -]ronde|mesa redonda",
)
_DURING = Pattern(
    rf"\b(?:during|in|for|at)\s+(?:the|his|her|their|a)\s+(?P<cue>keynote|opening|welcome|inaugural|closing)\s+"
    rf"(?:speech|address|session|remarks|lecture|ceremony|"
    rf"part)[^.;:{P}]{{0,40}},\s*(?:the\s+)?(?P<who>{P})",
    cue=r"\b(?:keynote|opening|welcome|inaugural|closing)\s",
)
_DURING_ROLES = {"keynote": "keynote speaker", "closing": "speaker"}
"""Word before *speech* to the role of who gave it; all others open."""
_OPENING = Pattern(
    rf"\b(?P<cue>opening|inaugurating|kicking off|declaring open|"
    rf"welcoming)\b[^.;:,{P}]{{0,60}},\s*(?:the\s+)?(?P<who>{P})",
    cue=r"opening|inaugurating|kicking off|declaring open|welcoming",
)
_TOGETHER = Pattern(
    rf"\b(?P<cue>panel|round ?table|debate|discussion)\b[^.;]{{0,160}}?\b(?:brought together|gathered|featured|"
    rf"featuring|included|"
    rf"comprised|saw|with contributions from|in which)\s+(?P<who>{PEOPLE})",
    cue=r"panel|round ?table|debate|discussion",
)
_INVITED = Pattern(
    rf"invited\s+(?:[^.;:,]{{0,40}}?\s)?(?P<who>{PEOPLE}){_BETWEEN}to\s+(?P<cue>share|speak|deliver|give|present|"
    rf"talk|address|lecture)",
    cue=r"invited",
)
_GUEST = Pattern(
    rf"(?P<cue>(?:chief|special) guests?|guests? of hono[u]?r)\s*,?\s*(?P<who>{PEOPLE})",
    cue=r"guests?\b",
)
_WELCOMED = Pattern(
    rf"welcomed\s+(?:the\s+)?(?P<cue>chief guests?)\s*,?\s*(?P<who>{PEOPLE})",
    cue=r"welcomed\s",
)
_BETWEEN_THEM = Pattern(
    rf"(?P<cue>discussion|debate|conversation|dialogue|talk|round ?table|panel)\s+(?:discussion\s+)?(?:between|"
    rf"with|among|featuring)\s+(?P<who>{PEOPLE})",
    cue=r"discussion|debate|conversation|dialogue|talk|round ?table|panel",
)
_AGENDA = re.compile(rf"^\W*\d{{1,2}}[.:h]\d{{2}}\b[^{P}]{{0,160}}?(?P<who>{PEOPLE})", re.I)
"""A line that begins with a time, up to the people in it."""
_TIME = re.compile(r"\W*\d{1,2}[.:h]\d{2}\b")
_AGENDA_CELL = re.compile(rf"\|\s*(?P<who>{PEOPLE})", re.I)
"""Those in a further cell of such a line."""
_WHO_LEADS = re.compile(rf"\b(?:chair|moderat|facilitat)\w*(?:\s+by)?\s*:?\s*{P}", re.I)
_AGENDA_ROLES = tuple(
    (role, re.compile(words, re.I))
    for role, words in (
        ("moderator", r"moderat|facilitat"),
        ("chair", r"\bchair"),
        ("keynote speaker", r"keynote|plenary lecture"),
        ("opening speaker", r"welcome|opening|introduct|greeting"),
        ("panellist", r"panel|round ?table|debate|discussion"),
        ("presenter", r"presentation|case stud|paper|demo|report"),
        ("speaker", r""),
    )
)
_ABSENT = re.compile(
    r"(?P<cue>apologies|fait excuser|in absentia|unable to attend|could not attend|was absent|in memory of|"
    r"the late)",
    re.I,
)
_WORD = re.compile(r"\w")
"""Of a short sentence without any nothing is left but names."""
_TO_COME = re.compile(
    r"\bnext (?:year|month|meeting|conference|edition|seminar|workshop|event|forum|lecture|webinar|summit|one)\b", re.I
)
"""Words on an event that is to follow this one."""
_OF_AS = {"panelist": "panellist", "guest speaker": "speaker", "chief guest": "guest of honour"}
"""Word behind *as* to the role, where that is called otherwise."""
_NOT_THERE = re.compile(
    r"\b(?:report|book|article|letter|statement|study|research|wrote|written|published|founded|established|born|"
    r"previous(?:ly)?|last year|earlier|will be|is to be|upcoming|forthcoming|next (?:year|month))\b",
    re.I,
)


_WHO_ZH = rf"{P}(?:(?:[、,，；;]\s*(?:以及|及|和)?|和|与|與|及|以及){P}){{0,40}}"
_CHINESE: tuple[tuple[str, str, Pattern], ...] = tuple(
    (role, how, Pattern(pattern, cue=HAN, flags=0))
    for role, how, pattern in (
        (
            "guest of honour",
            "guest",
            rf"(?P<cue>主礼嘉宾|主禮嘉賓|主礼|特邀嘉宾)(?:包括|有|为|為|：|:)?\s*(?P<who>{_WHO_ZH})",
        ),
        ("moderator", "moderated", rf"由\s*(?P<who>{_WHO_ZH})\s*(?:担任|擔任)?(?P<cue>主持|司会)"),
        ("moderator", "moderated", rf"(?P<who>{_WHO_ZH})(?:担任|擔任)?(?P<cue>主持)(?!人)"),
        (
            "opening speaker",
            "opening",
            rf"(?P<who>{_WHO_ZH})(?:等)?[^。，,；;\x80]{{0,12}}?(?P<cue>致辞|致辭|致词|致欢迎|致歡迎|宣布开幕|揭幕|开场)",
        ),
        (
            "keynote speaker",
            "keynote",
            rf"(?P<who>{_WHO_ZH})(?:等)?[^。，,；;\x80]{{0,30}}?(?P<cue>主旨演讲|主題演講|主题演讲|主旨发言|基調講演)",
        ),
        (
            "panellist",
            "panel",
            rf"(?P<cue>圆桌|圓桌|对话|對話)(?:[^。；\x80]{{0,24}}?{P}(?:担任|擔任)?主持(?:人)?[，,]\s*)?[^。；\x80]{{0,24}}?(?P<who>{_WHO_ZH})"
            rf"(?!(?:担任|擔任)?主持)",
        ),
        ("commentator", "commented", rf"(?P<who>{_WHO_ZH})[^。，,；;\x80]{{0,12}}?(?P<cue>点评|點評|总结)"),
        (
            "speaker",
            "spoke",
            rf"(?P<who>{_WHO_ZH})(?:等)?[^。，,；;\x80]{{0,30}}?(?P<cue>演讲|演講|发言|發言|讲话|講話|讲座|分享|授课|介绍|"
            rf"作报告|做报告|报告)",
        ),
        (
            "attendee",
            "attended",
            rf"(?P<cue>出席的?嘉宾|出席的嘉賓|与会嘉宾|與會嘉賓|参加活动的|出席活动的|(?<!主礼)(?<!主禮)(?<!特邀)嘉宾)(?:还有|包括|有|为|：|"
            rf":)?\s*(?P<who>{_WHO_ZH})",
        ),
        (
            "attendee",
            "attended",
            rf"(?P<who>{_WHO_ZH})(?:等)?[^。，,；;\x80]{{0,20}}?(?P<cue>出席|参加|參加|参与|與會|与会)",
        ),
    )
)


def is_of_agenda(text: str) -> bool:
    """Whether a line is one of a programme: it begins with a time."""
    return _TIME.match(text) is not None


def _in_agenda(sentence: ShortSentence, taken: set[tuple[int, str]]) -> Iterator[Cue]:
    """Roles in a line of a programme: of those who stand first, and of those in a cell of their own."""
    text = sentence.text
    match = _AGENDA.match(text)
    if match is None:
        return
    before = text[: match.start("who")]
    for each in (match, *_AGENDA_CELL.finditer(text, match.end())):
        words_before = before if each is match else _WHO_LEADS.sub("", text[: each.start()])
        role = next(role for role, words in _AGENDA_ROLES if words.search(words_before))
        for person in sentence.people(each):
            if (person, role) not in taken:
                taken.add((person, role))
                yield Cue(person, role, sentence.span(0, match.start("who")), "agenda")


def roles_in(sentence: ShortSentence) -> Iterator[Cue]:
    """The roles that a sentence says somebody had."""
    text = sentence.text
    if not sentence.phrases or not _WORD.search(text) or _ABSENT.search(text) or _TO_COME.search(text):
        return
    taken: set[tuple[int, str]] = set()

    def cues(role: str, how: str, match: re.Match[str]) -> Iterator[Cue]:
        span = sentence.span(match.start("cue"), match.end("cue"))
        for person in sentence.people(match):
            if (person, role) not in taken:
                taken.add((person, role))
                yield Cue(person, role, span, how)

    yield from _in_agenda(sentence, taken)
    for match in _AS.finditer(text):
        yield from cues(_OF_AS.get(match["cue"].casefold(), match["cue"].casefold()), "as", match)
    for match in _ROLE_BEFORE.finditer(text):
        cue = match["cue"].casefold()
        yield from cues(_OF_AS.get(cue, cue), "before", match)
    for match in _GUEST.finditer(text):
        yield from cues("guest of honour", "guest", match)
    for role, how, pattern in _CHINESE:
        for match in pattern.finditer(text):
            yield from cues(role, how, match)
    for role, how, pattern in _PASSIVE:
        for match in pattern.finditer(text):
            yield from cues(role, how, match)
    for match in _GIVEN.finditer(text):
        yield from cues("presenter", "presented", match)
    for match in _BETWEEN_THEM.finditer(text):
        yield from cues("panellist", "between", match)
    for match in _TOOK_PART.finditer(text):
        yield from cues("attendee", "attended", match)
    is_panel = _PANEL.search(text) is not None
    for match in _DISCUSSED_WITH.finditer(text):
        yield from cues("panellist" if is_panel else "discussant", "discussed", match)
    for match in _DURING.finditer(text):
        yield from cues(_DURING_ROLES.get(match["cue"].casefold(), "opening speaker"), "during", match)
    for match in _OPENING.finditer(text):
        yield from cues("opening speaker", "opening", match)
    for match in _TOGETHER.finditer(text):
        yield from cues("panellist", "panel", match)
    for match in _INVITED.finditer(text):
        yield from cues("speaker", "invited", match)
    for role, how, pattern in _LISTED:
        for match in pattern.finditer(text):
            yield from cues(role, how, match)
    for role, how, pattern in _ACTIVE:
        for match in pattern.finditer(text):
            if role == "organiser" and _NOT_THERE.search(text):
                continue
            yield from cues(role, how, match)
