"""What the cells of a table mean for types, states and languages of events."""

from __future__ import annotations

import re

from convenings.domain.record_values import EventType, Status
from convenings.domain.text import fold
from convenings.interchange.tables.vocabulary import words

_TYPES: tuple[tuple[EventType, str], ...] = (
    ("lightning talk", "lightning|blitzvortrag|charla relampago|short talk|kurzvortrag|ignite"),
    ("round table", "roundtable|round table|runder tisch|table ronde|mesa redonda"),
    ("keynote", "keynote|plenary talk|plenarvortrag|conference pleniere|ponencia magistral"),
    ("panel", "panel|podiumsdiskussion|podium"),
    ("training", "training|schulung|formation|formacion|fortbildung|tutorial"),
    ("workshop", "workshop|atelier|taller|bootcamp|masterclass|hands on|youthworkshop"),
    ("seminar", "seminar|webinar|seminaire|seminario|webinaire|colloquium|symposium"),
    ("course", "course|kurs|cours|curso|summer school"),
    ("hearing", "hearing|anhorung|audition|audiencia"),
    ("sitting", "sitting|plenary session|plenarsitzung"),
    ("lightning talk", "short paper"),
    ("talk", "talk|vortrag|lecture|charla|expose|session talk|long talk|talks|paper|conferencia invitada"),
    ("presentation", "presentation|prasentation|presentacion|poster|demo|demonstration"),
    (
        "meeting",
        "meeting|treffen|reunion|besprechung|sitzung|rencontre|gesprach|call|telefonat|bof|"
        "birds of a feather|assembly|encuentro",
    ),
    ("discussion", "discussion|diskussion|debate|debat|fishbowl"),
    ("speech", "speech|rede|discours|discurso|address"),
    ("visit", "visit|besuch|visite|visita|site tour|site visit|tour"),
    ("sprint", "sprint|hackathon|hackday|hack day"),
    ("concert", "concert|konzert|concierto"),
    ("performance", "performance|auffuhrung|spectacle|show|theatre|actuacion"),
    ("screening", "screening|film|filmvorfuhrung|projection|movie"),
    ("ceremony", "ceremony|zeremonie|opening|eroffnung|closing|award|ceremonie|ceremonia|inauguration|preisverleihung"),
    ("exhibition", "exhibition|ausstellung|exposition|exposicion"),
    ("fair", "fair|messe|feria|salon|trade show"),
    ("conference", "conference|konferenz|tagung|congress|kongress|congres|colloque|congreso|summit|convention|forum"),
    (
        "break",
        "break|pause|lunch|breakfast|coffee|kaffee|registration|pausa|dejeuner|almuerzo|desayuno|descanso|"
        "mittagessen|fruhstuck|dinner|tea",
    ),
    (
        "social",
        "social|party|reception|networking|empfang|apero|drinks|fiesta|evento social|cocktail|happy hour|get together",
    ),
    ("series", "series|reihe|serie"),
    ("activity", "activity|aktivitat|activite|actividad|other|sonstiges|misc"),
)
_TYPE_OF_PHRASE: dict[str, EventType] = {}
for _type, _phrases in _TYPES:
    for _phrase in _phrases.split("|"):
        _TYPE_OF_PHRASE.setdefault(_phrase, _type)
_BREAKS = words(
    "abendessen almuerzo break breakfast breaks cena checkin coffee dejeuner desayuno descanso diner dinner "
    "fruhstuck kaffeepause lunch mittagessen mittagspause pausa pause registration tea"
)
_SOCIALS = words(
    "afterparty apero barbecue bbq cocktail drinks empfang fiesta networking party recepcion reception social"
)
_MOST_WORDS = 7
"""Words of the title of a break at most."""
_STATUSES: dict[str, Status] = {
    **dict.fromkeys(words("cancelled canceled abgesagt annule annulee cancelado cancelada"), "cancelled"),
    **dict.fromkeys(words("ausgefallen withdrawn declined rejected abgelehnt"), "cancelled"),
    **dict.fromkeys(words("moved postponed verschoben reporte reportee aplazado aplazada"), "moved"),
    **dict.fromkeys(words("rescheduled"), "moved"),
    **dict.fromkeys(words("tentative provisional tbc vorlaufig provisoire unconfirmed pending"), "tentative"),
    **dict.fromkeys(words("geplant submitted waitlisted nominated"), "tentative"),
}  # fmt: skip
_HELD = words(
    "accepted active attended bestatigt completed confirmada confirmado confirme confirmed done held ok "
    "published realizado scheduled stattgefunden took yes"
)
YES = words("true yes y ja oui si 1 x")
NO = words("false no n nein non 0")
GOES_ON = frozenset(
    ("present", "to date", "today", "now", "current", "currently", "ongoing", "incumbent", "heute", "laufend",
     "andauernd", "bis heute", "aktuell", "aujourd hui", "en cours", "a ce jour", "present day", "actualidad",
     "la actualidad", "actual", "actualmente", "en curso")
)  # fmt: skip
"""What stands for the end of a term that goes on, folded."""
YES_OR_NO = YES | NO
LANGUAGE_OF_NAME = {
    name: code
    for code, names in (
        ("en", "english englisch anglais ingles"),
        ("de", "german deutsch allemand aleman"),
        ("fr", "french franzosisch francais frances"),
        ("es", "spanish spanisch espagnol espanol"),
        ("it", "italian italienisch italiano italien"),
        ("pt", "portuguese portugues"),
        ("nl", "dutch nederlands"),
        ("ca", "catalan catala"),
        ("pl", "polish polski"),
        ("ru", "russian"),
        ("zh", "chinese"),
        ("ja", "japanese"),
        ("sv", "swedish"),
        ("da", "danish"),
        ("cs", "czech"),
        ("uk", "ukrainian"),
        ("ar", "arabic"),
        ("tr", "turkish"),
        ("ko", "korean"),
        ("fi", "finnish"),
        ("no", "norwegian"),
        ("el", "greek"),
    )
    for name in names.split()
}
"""What languages are called, folded, to BCP 47."""


def type_of(text: str) -> EventType | None:
    """The type that a file's word stands for; None where it is none of ours."""
    folded = fold(text.partition(";")[0])
    if exact := _TYPE_OF_PHRASE.get(folded):
        return exact
    padded = f" {folded} "
    for phrase, kind in _TYPE_OF_PHRASE.items():
        if f" {phrase} " in padded or (len(phrase) > 5 and phrase in folded):
            return kind
    return None


def pause_of(title: str) -> EventType | None:
    """``break`` or ``social`` where the title of an event says that it is one."""
    parts = fold(title).split()
    if len(parts) > _MOST_WORDS and not (parts[0] in _BREAKS and len(parts) < 12):
        return None
    if any(word in _BREAKS for word in parts):
        return "break"
    return "social" if any(word in _SOCIALS for word in parts) else None


_OF_SCHEMA = re.compile(r"^(?:https?://schema\.org/)?Event(?=[A-Z])")


def status_of(text: str, column: str) -> Status | bool:
    """What has become of an event: a status, True where it was simply held, False where the text does not say.

    Args:
        text: Of the cell.
        column: Its name: of a column "cancelled" a yes says that.
    """
    # Of schema.org: "https://schema.org/EventCancelled".
    bare = text.strip()
    folded = fold(_OF_SCHEMA.sub("", bare) if "Event" in bare else bare)
    if status := _STATUSES.get(folded):
        return status
    asks = _STATUSES.get(fold(column))
    if asks and folded in YES:
        return asks
    if asks and folded in NO:
        return True
    return folded in _HELD


def language_of(text: str) -> str:
    """BCP 47 of a language as a file has it; empty where it is none."""
    bare = text.strip()
    if 2 <= len(bare.partition("-")[0]) <= 3 and bare.replace("-", "").isascii() and bare.replace("-", "").isalpha():
        head, _, tail = bare.partition("-")
        return f"{head.lower()}-{tail}" if tail else head.lower()
    return LANGUAGE_OF_NAME.get(fold(bare), "")
