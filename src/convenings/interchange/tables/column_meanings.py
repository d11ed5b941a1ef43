"""What the name of a column means: field of a record to the names that people give it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from convenings.domain.text import fold
from convenings.interchange.tables.cell_meanings import LANGUAGE_OF_NAME
from convenings.interchange.tables.column_names import AMBIGUOUS, NAMES
from convenings.interchange.tables.more_column_names import MORE_NAMES
from convenings.interchange.tables.vocabulary import words

FIELDS: dict[str, str] = {
    # Of an event
    "title": "title of the event",
    "type": "what sort of event it is",
    "date": "day, perhaps with a time, or days from and to",
    "end-date": "last day, perhaps with a time",
    "time": "time of day, or from and to",
    "start": "when it begins: a time, or a day with a time",
    "end": "when it ends: a time, or a day with a time",
    "duration": "how long it is",
    "zone": "time zone",
    "year": "year of a date that has none",
    "weekday": "day of the week, or another part of the date",
    "room": "room",
    "place": "venue or place",
    "city": "city",
    "country": "country",
    "address": "address of the place",
    "coordinates": "latitude and longitude of the place",
    "latitude": "latitude of the place",
    "longitude": "longitude of the place",
    "capacity": "how many the room holds",
    "attendance": "how many came",
    "track": "track",
    "topic": "topics",
    "about": "what it was about, in others' words",
    "abstract": "abstract, in others' words",
    "description": "description, in others' words",
    "language": "language spoken there",
    "status": "whether it was cancelled, moved or is tentative",
    "event": "conference or series that it belongs to",
    "id": "what the row is known by",
    "link": "address of a page, video or file",
    # Who
    "host": "who hosts the meeting",
    "with": "whom they met",
    "who": "who took part",
    "attendee": "who attended",
    "speaker": "who spoke",
    "keynote": "who gave the keynote",
    "presenter": "who presented",
    "panellist": "who sat on the panel",
    "moderator": "who moderated",
    "chair": "who was in the chair",
    "facilitator": "who facilitated",
    "trainer": "who trained",
    "organiser": "who organised it",
    "sponsor": "who sponsored it",
    "performer": "who performed",
    "author": "who wrote it",
    # Of a person or body
    "name": "name of the person or body, or of the event",
    "family": "family name",
    "given": "given name",
    "honorific": "Mr, Dr and the like",
    "also-called": "another spelling of the name",
    "abbreviation": "short form of the name",
    "role": "role at the event",
    "post": "title or post of the person",
    "affiliation": "body that the person is of",
    "parent": "body that the body is part of",
    "biography": "biography of the person",
    "image": "picture",
    "handle": "name on a network",
    "e-mail": "e-mail address, left out unless contacts are wanted",
    "telephone": "telephone number, left out unless contacts are wanted",
    "home-address": "home address, left out unless contacts are wanted",
    "birth": "birth, left out unless contacts are wanted",
    "gender": "gender, left out unless contacts are wanted",
    "ignore": "nothing: left out, and counted",
}
"""Every field to which a column can be mapped, and what it is."""
ROLES = {
    "host": "host", "with": "attendee", "who": "attendee", "attendee": "attendee", "speaker": "speaker",
    "keynote": "keynote speaker", "presenter": "presenter", "panellist": "panellist", "moderator": "moderator",
    "chair": "chair", "facilitator": "facilitator", "trainer": "trainer", "organiser": "organiser",
    "sponsor": "sponsor", "performer": "performer", "author": "author",
}  # fmt: skip
"""Fields of who, and the role that each has at the event."""
CONTACTS = {
    "e-mail": "e-mail",
    "telephone": "telephone",
    "home-address": "home address",
    "birth": "birth",
    "gender": "gender",
}
"""Fields that are left out unless contacts are wanted, and what the report calls them."""

FIELD_OF_NAME: dict[str, str] = {
    fold(name): field for field, names in MORE_NAMES.items() for name in names.split("|")
} | {
    **{field.replace("-", " "): field for field in FIELDS if field not in ("with", "handle")},
    **{name: field for field, names in (*NAMES.items(), *AMBIGUOUS.items()) for name in names.split("|") if name},
}
_LANGUAGES = words("ar ca cs da de el en es eu fi fr gl hu it ja ko nl no pl pt ro ru sv tr uk zh")
_SIGNS = (
    ("e-mail", words("email mail courriel correo")),
    ("telephone", words("phone telephone telefon telefono mobile")),
    ("speaker", words("speaker speakers referent referenten referentin intervenant ponente ponentes")),
    ("host", words("minister host mep commissioner")),
    ("with", words("met lobbyist lobbyists counterpart")),
    ("about", words("purpose subject agenda asunto objet thema betreff")),
    ("date", words("date datum fecha")),
    ("room", words("room raum salle sala")),
    ("place", words("venue location ort lieu lugar")),
    ("attendee", words("attendees participants teilnehmer asistentes participantes")),
    ("organisation", words("organisation organization organizacion organisme")),
)
"""Field to words that say so in a name of several words, those that say most first."""
_NOT_OF_EVENTS = words(
    "created updated modified published submitted submission deadline birth registration registered entered number "
    "count total percent cost price fee size page pages row colour color twitter code order ordered purchase purchased "
    "payment paid invoice"
)
_BEFORE = words(
    "event session talk meeting main the schedule conference webinar seminar workshop lecture course hearing briefing"
)
_IDS = frozenset(("id", "ids", "uuid", "uuids", "guid", "guids"))
_OF_LANGUAGE = frozenset(("title", "abstract", "description", "about", "biography", "name"))
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])(?!Ds\b)|(?<=[a-z])(?=\d{1,2}$)")


class Meaning(NamedTuple):
    """What the name of a column says it is."""

    field: str
    """A key of :data:`FIELDS`, or ``organisation``, which a table's other columns make one; empty where unknown."""
    language: str = ""
    """BCP 47, of a column that is another's translation."""


_OF_WHO = {
    "title": "post", "post": "post", "affiliation": "affiliation", "organisation": "affiliation",
    "biography": "biography", "image": "image", "handle": "handle", "e-mail": "e-mail", "telephone": "telephone",
    "role": "role", "given": "given", "family": "family", "honorific": "honorific", "gender": "gender",
    "birth": "birth", "link": "link", "id": "id", "home-address": "home-address", "status": "role",
}  # fmt: skip
"""What a column means whose name says of whom it is, to what it means of its own: ``Speaker 1 Organisation``."""
_WITHIN_PLACES = frozenset(("address", "city", "country", "latitude", "longitude", "capacity"))
_OF_ANYBODY = frozenset(("country", "city", "e-mail", "telephone"))
_BOOKED = words("order ticket booking invoice barcode registration")
"""Words in the names of columns that number what somebody booked, and no event."""
_ADDRESSED = re.compile(r"\b(?:of |von |de )?(?:your|ihre?[rsn]?|votre|tu) ", re.IGNORECASE)


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> Meaning:
    """What the name of a column means: ``startTime``, ``Start time (CET)``, ``title-es``, ``Beginn``."""
    folded = fold(_CAMEL.sub(" ", name.strip()[:200]))
    if name.strip() == "#":
        return Meaning("id")
    if name.startswith("@"):
        return Meaning({"@id": "id", "@type": "type"}.get(name.strip(), ""))
    if name.rstrip().endswith("#") and folded and not FIELD_OF_NAME.get(folded, "").startswith("link"):
        return Meaning("" if set(folded.split()) & _BOOKED else "id")
    if field := FIELD_OF_NAME.get(folded):
        return Meaning(field)
    bare = fold(_CAMEL.sub(" ", re.sub(r"[(\[].*?[)\]]|[*:]", " ", name[:200])))
    if bare and (field := FIELD_OF_NAME.get(bare)):
        inside = fold(name[len(name) - len(name.lstrip()) :].partition("(")[2])
        return Meaning(field, language_code(inside) if field in _OF_LANGUAGE else "")
    *rest, last = folded.split() or [""]
    first, *others = folded.split() or [""]
    for ends, between in ((last, rest), (first, others)):
        field = FIELD_OF_NAME.get(" ".join(between), "")
        if field in _OF_LANGUAGE and (language := language_code(ends)):
            return Meaning(field, language)
    # "Speaker 1", "Speaker 2"; "main_speaker"; "event location".
    if rest and last.isdigit() and (field := FIELD_OF_NAME.get(" ".join(rest))):
        return Meaning(field)
    if first in _BEFORE and (field := FIELD_OF_NAME.get(" ".join(others))):
        return Meaning(field)
    if whose := _of_whom(folded):
        return whose
    if "/" in name and len(both := [each for each in name.split("/") if len(each.strip()) > 2]) == 2:
        # In two languages: "Datum/Date".
        fields = {field for each in both if (field := FIELD_OF_NAME.get(fold(each), ""))}
        if len(fields) == 1:
            return Meaning(fields.pop())
    if "." in name.strip("."):
        # Of an object within one, what holds it says more: ``room.name``, ``speaker.name``.
        outer, _, inner = name.strip().rpartition(".")
        if inner.startswith("@"):
            # What JSON-LD says of its objects: "@type", "@id".
            return Meaning("")
        if fold(inner) in ("id", "guid", "slug", "code") and meaning_of(outer).field:
            return Meaning("")
        own = meaning_of(inner).field
        if own == "zone" or (own in _WITHIN_PLACES and meaning_of(outer).field in ("place", "address", "room")):
            return Meaning(own)
        return meaning_of(outer) if meaning_of(outer).field else meaning_of(inner)
    if (last in _IDS and rest) or re.fullmatch(r"[a-z]{2,4}id", folded):
        return Meaning("" if set(rest) & _BOOKED else "id")
    if last in ("url", "link", "href") and rest:
        return Meaning("link")
    parts = frozenset(folded.split())
    if parts & _NOT_OF_EVENTS:
        return Meaning("")
    return Meaning(next((field for field, signs in _SIGNS if parts & signs), ""))


def _of_whom(folded: str) -> Meaning | None:
    """Meaning of a name that says of whom something is, or in which words it is asked for.

    ``Speaker 1 Affiliation``, ``Name of cabinet member``, ``Title of your talk``; nothing where it does neither.
    """
    if (plain := _ADDRESSED.sub("", f"{folded} ").strip()) and plain != folded:
        # "Title of your talk" is "title of talk", and "Tell us your name" no more than "tell us name".
        bare = folded.replace("your ", "")
        return meaning_of(bare) if bare != folded and not meaning_of(plain).field else meaning_of(plain)
    parts = [word for word in folded.split() if word not in ("the", "a", "der", "des", "la", "le", "el")]
    parts = [word for word in parts if not word.isdigit()] or parts
    if "of" in parts[1:-1]:
        # "Title of the cabinet member" is as "cabinet member title".
        at = parts.index("of", 1)
        if (first := FIELD_OF_NAME.get(" ".join(parts[:at]), "")) in _OF_ANYBODY:
            return Meaning(first)
        parts = [*parts[at + 1 :], *parts[:at]]
        if whole := FIELD_OF_NAME.get(" ".join(parts)):
            return Meaning(whole)
    for end in range(len(parts) - 1, 0, -1):
        whom, what = FIELD_OF_NAME.get(" ".join(parts[:end]), ""), " ".join(parts[end:])
        if whom in ROLES:
            own = FIELD_OF_NAME.get(what, "")
            if what in ("name", "names", "full name", "fullname"):
                return Meaning(whom)
            return Meaning(_OF_WHO[own]) if own in _OF_WHO else None
    return None


def language_code(word: str) -> str:
    """BCP 47 of a language by its code or name, folded; empty where it is none."""
    return word if word in _LANGUAGES else LANGUAGE_OF_NAME.get(word, "")
