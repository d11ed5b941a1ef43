"""What the words of schedules mean in ours: types of sessions, cancellations, languages, roles, sorts of links."""

from __future__ import annotations

import re
from functools import lru_cache

from convenings.domain.record_values import EventType, Status
from convenings.domain.roles import STANDARD_TERMS, Role
from convenings.domain.text import fold

TYPES: dict[str, EventType] = {
    "lecture": "talk", "talk": "talk", "presentation": "presentation", "devroom": "talk", "maintrack": "talk",
    "main track": "talk", "vortrag": "talk", "conference": "talk", "conference longue": "talk", "charla": "talk",
    "conference courte": "talk", "plenary": "talk", "pleniere": "talk", "invited talk": "talk", "session": "talk",
    "lightning talk": "lightning talk", "lightning talks": "lightning talk", "lightningtalk": "lightning talk",
    "lightning": "lightning talk", "conference eclair": "lightning talk", "blitzvortrag": "lightning talk",
    "keynote": "keynote", "workshop": "workshop", "atelier": "workshop", "taller": "workshop",
    "hands on": "workshop", "tutorial": "training", "training": "training", "course": "course", "kurs": "course",
    "podium": "panel", "panel": "panel", "panel discussion": "panel", "podiumsdiskussion": "panel",
    "round table": "round table", "roundtable": "round table", "table ronde": "round table", "bof": "discussion",
    "birds of a feather": "discussion", "discussion": "discussion", "diskussion": "discussion", "debate": "discussion",
    "meetup": "meeting", "meeting": "meeting", "treffen": "meeting", "assembly": "meeting",
    "general assembly": "meeting", "assemblee generale": "meeting", "hearing": "hearing", "seminar": "seminar",
    "sprint": "sprint", "hackathon": "sprint", "hacking session": "sprint", "exhibition": "exhibition",
    "standtrack": "exhibition", "stand": "exhibition", "poster": "exhibition", "poster session": "exhibition",
    "demo": "presentation", "demonstration": "presentation", "performance": "performance", "theater": "performance",
    "theatre": "performance", "show": "performance", "concert": "concert", "music": "concert", "dj set": "concert",
    "djset": "concert", "konzert": "concert", "film": "screening", "movie": "screening", "screening": "screening",
    "ceremony": "ceremony", "opening": "ceremony", "closing": "ceremony", "social": "social", "party": "social",
    "social event": "social", "break": "break", "pause": "break", "lunch": "break", "coffee break": "break",
    "dejeuner": "break", "meal": "break", "speech": "speech", "release": "release", "comment": "comment",
    "infodesk": "activity", "certification": "activity", "keysigning": "activity", "contest": "activity",
    "game": "activity", "games": "activity", "sports": "activity", "activity": "activity", "other": "activity",
    "sonstiges": "activity", "autre": "activity",
}  # fmt: skip
"""The folded word of a file to our type."""
_QUALIFIERS = re.compile(r"^(?:long|short|extended|regular|standard|full|half|invited|remote|online|open)\s+|\s+\d.*$")

_BREAK = re.compile(
    r"(?:(?:morning|afternoon|evening|lunch|coffee|tea|short|long|mid\w*)? ?(?:break|lunch|breakfast|dinner|brunch"
    r"|supper|coffee|tea|coffee and tea|tea and coffee|snack time|snacks|refreshments)(?: break| time)?|kaffee ?pause"
    r"|pause(?: \w+)?|mittag ?essen|mittags ?pause|fruhstuck|abend ?essen|(?:petit )?dejeuner|diner|gouter|pause cafe"
    r"|almuerzo|desayuno|comida|cena|pausa(?: \w+)?|descanso|pranzo|colazione|almoco|intervalo"
    r"|lounas|ebedszunet|lunch and \w+)"
)
_SOCIAL = re.compile(
    r"(?:.* )?(?:party|social event|social dinner|day trip|reception|get together|empfang|fete|pub quiz)(?: .*)?"
)

_CANCELLED = (
    r"cancell?ed|abgesagt|f[äa]llt aus|entf[äa]llt|ausgefallen|annul[ée]e?s?|cancelad[oa]|suspendid[oa]|annullat[oa]"
    r"|cancellat[oa]|geannuleerd|afgelast|vervallen|inst[äa]llt|avlyst|aflyst|peruttu|peruutettu|odwołan[eya]|zrušeno"
    r"|zrušen[oáý]?|elmarad|отменен[оа]?|отменён|скасовано|iptal|ακυρώθηκε|キャンセル|中止|已?取消"
)
_MOVED = r"moved|relocated|verschoben|verlegt|d[ée]plac[ée]e?|report[ée]e?|movid[oa]|verplaatst|rescheduled|postponed"
_TENTATIVE = r"tentative|tbc|to be confirmed|unconfirmed|provisional"
_STATUSES: tuple[tuple[Status, str], ...] = (("cancelled", _CANCELLED), ("moved", _MOVED), ("tentative", _TENTATIVE))
_STANDING: dict[Status, re.Pattern[str]] = {
    status: re.compile(
        rf"[\[(【*]+\s*(?:{words})\b[^\])】*]{{0,40}}[\])】*]+|(?:{words})\s*(?:[:：–—!|]|-\s)|.*\S\s+[-–—]\s*(?:{words})!*"
        rf"|.*[\[(【]\s*(?:{words})\s*[\])】]",
        re.IGNORECASE,
    )
    for status, words in _STATUSES
}
_IN_CAPITALS = re.compile(rf"(?:{_CANCELLED})[\s!]", re.IGNORECASE)
_LONGEST_TITLE = 500

STATUSES: dict[str, Status] = {
    "canceled": "cancelled", "cancelled": "cancelled", "withdrawn": "cancelled", "rejected": "cancelled",
    "abgesagt": "cancelled", "moved": "moved", "rescheduled": "moved", "postponed": "moved", "tentative": "tentative",
    "undecided": "tentative",
}  # fmt: skip
HELD = frozenset({"confirmed", "accepted", "published", "scheduled", "done", "public"})
"""Words for the state of a session that say nothing against its having been held."""

_ROLES: dict[str, Role] = {
    **{fold(role): role for role in STANDARD_TERMS},  # type: ignore[misc]
    "coordinator": "organiser", "organizer": "organiser", "coorganizer": "co-organiser", "panelist": "panellist",
    "keynote": "keynote speaker", "lecturer": "speaker", "talker": "speaker", "referent": "speaker",
    "referentin": "speaker", "vortragende": "speaker", "moderation": "moderator", "host": "host",
    "chairperson": "chair", "session chair": "chair", "instructor": "trainer", "teacher": "trainer",
    "artist": "performer", "musician": "performer", "assistant": "facilitator", "main speaker": "speaker",
    "primary speaker": "speaker", "co speaker": "speaker", "cospeaker": "speaker", "animator": "facilitator",
}  # fmt: skip

_LANGUAGES = {
    "english": "en", "englisch": "en", "german": "de", "deutsch": "de", "french": "fr", "francais": "fr",
    "spanish": "es", "espanol": "es", "italian": "it", "italiano": "it", "dutch": "nl", "nederlands": "nl",
    "portuguese": "pt", "portugues": "pt", "russian": "ru", "polish": "pl", "polski": "pl", "czech": "cs",
    "japanese": "ja", "chinese": "zh", "korean": "ko", "swedish": "sv", "danish": "da", "finnish": "fi",
    "greek": "el", "turkish": "tr", "catalan": "ca", "ukrainian": "uk", "hungarian": "hu",
}  # fmt: skip
_LANGUAGE_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_](?:in)?formal)?")

_CACHED = 1024
"""Words of which the meaning is kept, as most stand in a file hundreds of times."""

NOBODY = frozenset(
    {
        "tbd", "tba", "tbc", "n a", "na", "n n", "nn", "to be announced", "to be determined", "to be confirmed",
        "to be defined", "nobody", "none", "null", "unknown", "unknown speaker", "speaker tbd", "no speaker",
        "no speakers", "speaker tba", "niemand", "unbekannt", "",
    }
)  # fmt: skip
"""Folded texts in the place of a person that name nobody."""
_PARTIES = re.compile(
    r"(?:various|several|multiple|diverse|verschiedene|all|many|divers|varios)(?: \w+){0,2}|everyone|everybody|alle|you"
)

_LINK_SORTS = (
    ("slides", re.compile(r"\b(?:slides?|slide deck|slidedeck|folien|transparents|diapositives)\b")),
    ("video", re.compile(r"\b(?:video|recording|livestream|live stream|aufzeichnung|webm|mp4)\b")),
    ("audio", re.compile(r"\b(?:audio|podcast|mp3|ogg)\b")),
    ("feedback", re.compile(r"\bfeedback\b")),
    ("paper", re.compile(r"\bpaper\b")),
)  # fmt: skip
_MEDIA_TYPES = {
    "pdf": "application/pdf", "mp4": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mkv": "video/x-matroska",
    "mp3": "audio/mpeg", "opus": "audio/ogg", "ogg": "audio/ogg", "png": "image/png", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml", "webp": "image/webp",
    "odp": "application/vnd.oasis.opendocument.presentation", "zip": "application/zip",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip


def type_of(stated: str, title: str, has_people: bool) -> EventType:
    """Our type of a session: by the file's own word, and where there is none, by its title where nobody speaks."""
    word = fold(re.sub(r"\(.*?\)", " ", stated))
    ours = TYPES.get(word) or TYPES.get(_QUALIFIERS.sub("", word).strip())
    if ours is None and word:
        # "Extended talk in English" is a talk: the last word that is a type.
        ours = next((TYPES[part] for part in reversed(word.split()) if part in TYPES), None)
    if not has_people and (ours is None or ours == "activity"):
        by_title = fold(title[:_LONGEST_TITLE])
        if _BREAK.fullmatch(by_title):
            return "break"
        if _SOCIAL.fullmatch(by_title):
            return "social"
    return ours or ("talk" if has_people else "activity")


def status_of(title: str) -> Status | None:
    """What the title of a session says has become of it: ``CANCELLED A talk``, ``Abgesagt: ...``."""
    title = title[:_LONGEST_TITLE].strip()
    for status, standing in _STANDING.items():
        if standing.match(title):
            return status
    match = _IN_CAPITALS.match(title)
    return "cancelled" if match and match.group().isupper() else None


@lru_cache(_CACHED)
def role_of(stated: str) -> Role | None:
    """Our role of a file's own word; None where it is none of ours."""
    word = fold(stated)
    return _ROLES.get(word) or _ROLES.get(word.removesuffix("s"))


@lru_cache(_CACHED)
def language_of(stated: str) -> str:
    """BCP 47 of ``de``, ``de_DE``, ``Deutsch``; empty where the text is no language."""
    if word := _LANGUAGES.get(fold(stated)):
        return word
    match = _LANGUAGE_TAG.fullmatch(stated.strip())
    if match is None:
        return ""
    language, script, region = match.groups()
    return "-".join(filter(None, (language.lower(), script and script.title(), region and region.upper())))


@lru_cache(_CACHED)
def is_party(name: str) -> bool:
    """Whether a text in the place of a person stands for several whom nobody names."""
    return bool(_PARTIES.fullmatch(fold(name)))


@lru_cache(_CACHED)
def link_sort(label: str) -> str:
    """Relation of a link by its label: ``slides``, ``video``, ``feedback``; empty where the label says nothing."""
    words = fold(label)
    return next((sort for sort, pattern in _LINK_SORTS if pattern.search(words)), "")


def media_type_of(url: str) -> str:
    """Media type of a file by the ending of its address; empty where that says nothing."""
    path = url.partition("?")[0].partition("#")[0]
    media_type = _MEDIA_TYPES.get(path[path.rfind(".") + 1 :].lower(), "")
    return media_type if media_type and path.count("/") > 2 else ""
