"""What stands over lists, tables and their columns, and the roles that it gives to whoever stands in them."""

from __future__ import annotations

import re

ABSENT = "absent"
"""In place of a role: the list is of those who were not there."""
_HEADINGS: tuple[tuple[str, str], ...] = (
    (
        ABSENT,
        r"apolog(?:y|ies)(?: for absence)?(?: (?:were )?received)?(?: from)?|in absentia|absen(?:t|tees|ces)|"
        r"(?:members |those )?(?:absent|not present|excused)|regrets(?: received)?(?: from)?|"
        r"(?:those )?(?:unable to|(?:who )?(?:could|did) not|not) (?:attend|attending|come|be present)|"
        r"sent (?:their )?(?:apologies|regrets)|excusée?s|ausentes|entschuldigt",
    ),
    ("facilitator", r"facilitators?|facilitated by|facilitation|animat(?:eur|rice)s?"),
    (
        "moderator",
        r"moderators?|moderated by|moderation|modérat(?:eur|rice)s?|moderador(?:a|es)?",
    ),
    ("chair", r"(?:co-|panel |session )?chairs?|(?:in the )?chair|chaired by|chairpersons?|chair(?:wo)?man"),
    ("keynote speaker", r"keynotes?(?: speakers?)?|keynote addresses"),
    ("panellist", r"panel(?:l)?ists?|panel(?: members| discussion)?|on the panel|round ?table"),
    ("presenter", r"presenters?|presented by|presentations?"),
    (
        "speaker",
        r"(?:guest |invited |featured |our |the )?speakers?(?: \d)?|lecturers?|intervenants?|ponentes?|"
        r"referent(?:en|s)?|contributors",
    ),
    ("discussant", r"discussants?|respondents?"),
    ("commentator", r"commentators?"),
    ("trainer", r"trainers?"),
    ("organiser", r"organi[sz]ers?|organi[sz]ing committee|convenors?"),
    (
        "rapporteur",
        r"rapporteurs?|(?:notes?|minutes)(?: (?:taken )?by)?|recorded by|(?:note|minute)s?[- ]?takers?|scribes?|clerk",
    ),
    (
        "attendee",
        r"(?:list of )?(?:attendees?|participants?|attendance|in attendance|present|members present|also present|who|"
        r"those present|guests?|delegates?|members|invited|presentes?|asistentes|présents?|participants? list|"
        r"teilnehmer)",
    ),
)
HEADING = tuple(
    (role, re.compile(rf"[#*•\s\d.]*(?:{words})[\s*]*(?:\(\d+\))?\s*[:：]?[*\s]*", re.I)) for role, words in _HEADINGS
)
_SPEECHES: tuple[tuple[str, str], ...] = (
    ("opening speaker", r"(?:opening|welcom(?:e|ing))(?: remarks| address| speech| words)?(?: by)?"),
    ("speaker", r"closing(?: remarks| address| speech| words)?(?: by)?"),
)
"""What is a label before a name, and on a line of its own the heading of a part."""
_TAKEN_BY = r"(?:notes?|minutes) (?:taken )?by\s"
"""A label without a colon: *Minutes taken by Jane Doe*."""
INLINE = (
    ("rapporteur", re.compile(rf"[#*•\s\d.–-]*{_TAKEN_BY}\s*(?=[^\s:：])", re.I)),
    *(
        (role, re.compile(rf"[#*•\s\d.–-]*\**(?:{words})\**\s*[:：]\**\s*(?=\S)", re.I))
        for role, words in (*_HEADINGS, *_SPEECHES)
    ),
)
MARKS = tuple(
    (role, re.compile(rf"\((?:{words})\)|[–—-]\s*(?:{words})\s*\Z", re.I))
    for role, words in (
        ("chair", "(?:co-)?chair(?:man|woman|person)?"),
        ("facilitator", "facilitator"),
        ("moderator", "moderator|host"),
        ("rapporteur", "notes?|minutes|rapporteur|note-?taker|scribe"),
        ("keynote speaker", "keynote"),
    )
)
ROLE_TITLES = {
    "moderator": "moderator",
    "rapporteur": "rapporteur",
    "general rapporteur": "rapporteur",
    "discussant": "discussant",
    "panellist": "panellist",
    "panelist": "panellist",
    "keynote speaker": "keynote speaker",
    "session chair": "chair",
    "panel chair": "chair",
    "meeting chair": "chair",
    "note taker": "rapporteur",
    "note-taker": "rapporteur",
}
"""What stands in the place of a title to the role at the event that it is."""
COLUMNS = (
    ("time", r"times?|hours?|when|hora|heure|uhrzeit|slot|时间|時間"),
    ("topic", r"topics?|talks?|subjects?|themes?|sessions?|presentations?|papers?|题目|主题|演題"),
    ("given", r"first ?name|given ?name|forename|prénom|nombre"),
    (
        "name",
        r"(?:full )?names?|surname|last ?name|family ?name|participants?|speakers?|presenters?|lecturers?|nom|"
        r"apellidos?|姓名|嘉宾|氏名|"
        r"person|who",
    ),
    ("title", r"titles?|positions?|roles?|job ?title|function|designation|cargo|fonction|职务|职位|役職"),
    (
        "body",
        r"organi[sz]ations?|institutions?|affiliations?|compan(?:y|ies)|bod(?:y|ies)|employer|agency|organismo|"
        r"organisme|institución|单位|机构|所属",
    ),
)
"""What a column holds, to the words at its head."""
SPEAKERS = (("speaker", re.compile(r"speakers?|lecturers?|嘉宾")), ("presenter", re.compile(r"presenters?")))
"""Role to the head of a column that gives it to all who stand below."""
