"""What an event, an organisation, a place or a claim is by a word of its name; a guess where it has none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple


class TypeGuess(NamedTuple):
    """A type of the data model, and why."""

    type: Any
    """One of the closed list of its kind."""
    note: str
    """From what it is inferred; empty where a word of the name says so."""


_EVENTS: dict[str, str] = {
    "workshop": "workshop|atelier|taller|研讨班|工作坊|ワークショップ",
    "seminar": "seminars?|webinar|séminaire|seminario|研讨会|研討會|セミナー",
    "conference": "conference|congress|symposium|summit|forum|conférence|colloque|congreso|simposio|foro|"
    "论坛|論壇|大会|会议|シンポジウム",
    "round table": "round[ -]?table|table ronde|mesa redonda|圆桌",
    "panel": "panel",
    "fair": "fair|expo|exposition|feria|博览会|展览会",
    "visit": "visit|tour|delegation|visite|visita|访问|参观|参访",
    "training": "training|bootcamp|formation|capacitación|培训",
    "course": "course|class|curso|课程",
    "ceremony": "ceremony|awards?|cérémonie|ceremonia|仪式|儀式|颁奖",
    "exhibition": "exhibition|展览",
    "discussion": "discussion|dialogue|salon|conversation|debate|débat|diálogo|沙龙|对话",
    "keynote": "keynote",
    "talk": "talk|lecture|conférencia|讲座|講座|講演",
    "hearing": "hearing",
    "meeting": "meeting|assembly|réunion|reunión|座谈会|会谈|例会",
    "release": "launch|release|lanzamiento|发布会",
}
_ORGANISATIONS: dict[str, str] = {
    "university": "university|universit[éày]|universidad|universität|college|大学|大學|学院",
    "international organisation": "united nations|world bank|undp|unicef|unesco|unhcr|(?-i:WHO|ILO)|oecd|"
    "european union|asian development bank|联合国",
    "foundation": "foundation|fondation|fundaci[óo]n|stiftung|trust|基金会|基金會",
    "association": "association|federation|society|union|council of|network|alliance|chamber|league|club|"
    "asociaci[óo]n|协会|協會|学会|联合会|联盟",
    "research organisation": "institute|research cent(?:re|er)|academy|think ?tank|laboratory|instituto|institut|"
    "研究院|研究所|研究中心|科学院",
    "government body": "ministry|government|bureau|commission|authority|agency|embassy|consulate|parliament|"
    "municipality|city council|district council|state council|ministère|ministerio|gobierno|局|部|委员会|政府|厅",
    "media": "news|newspaper|press|radio|television|tv|magazine|daily|times|日报|新闻|电视台",
    "company": "ltd|limited|inc|llc|corp(?:oration)?|company|group|bank|holdings|plc|gmbh|公司|集团|银行",
    "unit": "department|faculty|school|office|division|section|unit|team|cent(?:re|er)|laborator(?:y|io)|系|处|中心",
}
_PLACES: dict[str, str] = {
    "room": "room|hall|auditorium|theatre|theater|salle|sala|厅|室",
    "online": "online|zoom|virtual|webinar|teams|en ligne|en línea|线上|云端|オンライン",
    "venue": "hotel|cent(?:re|er)|museum|library|club|university|college|school|institute|campus|palace|"
    "酒店|中心|大学|会展",
    "building": "building|house|tower|大厦|楼",
    "district": "district|区",
    "region": "province|state of|county|省",
}
_CLAIMS: dict[str, str] = {
    "hope": "hope[sd]?|looks? forward|wish(?:e[sd])?|希望|期待",
    "recommendation": "recommend\\w*|suggest\\w*|call(?:s|ed) (?:on|for|upon)|urge[sd]?|"
    "propos\\w+|advis\\w+|建议|呼吁|提出",
    "commitment": "pledge[sd]?|promise[sd]?|commit\\w*|承诺",
    "aim": "aims?|aimed|goal|intend\\w*|旨在",
}


def event_type(name: str) -> TypeGuess:
    """What an event is; an activity where no word of its name says so."""
    return _by_word(_EVENTS, name) or TypeGuess("activity", "no word of its name says what it is")


def organisation_type(name: str) -> TypeGuess:
    """What an organisation is."""
    return _by_word(_ORGANISATIONS, name) or TypeGuess("other", "no word of its name says what it is")


def place_type(name: str) -> TypeGuess:
    """What a place is; a city where no word of its name says so."""
    return _by_word(_PLACES, name) or TypeGuess("city", "no word of its name says what it is, and most are cities")


def claim_type(words: str) -> TypeGuess:
    """What somebody's claim is, by the verbs of the sentence; an opinion otherwise."""
    if guess := _by_word(_CLAIMS, words):
        return TypeGuess(guess.type, "by a word of the passage")
    return TypeGuess("opinion", "what somebody says and no word makes anything else")


def _by_word(words: Mapping[str, str], name: str) -> TypeGuess | None:
    """The type of which a word stands last in a name, as the last word is what a thing is."""
    best: tuple[int, str] | None = None
    for type_, pattern in words.items():
        # A word of a script without blanks is no word by itself.
        for match in re.finditer(rf"(?<![a-z])(?:{pattern})(?![a-z])", name[:500], re.I):
            if best is None or match.end() > best[0]:
                best = match.end(), type_
    return TypeGuess(best[1], "") if best else None
