"""What a list of people is of, where a line above it, or the name of its sheet or file says so: an event, or a body."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from convenings.domain.records import Event, Participation
from convenings.domain.roles import Role
from convenings.domain.text import fold
from convenings.interchange.reading import Piece, Reading
from convenings.interchange.tables.bodies import is_body
from convenings.interchange.tables.cell_meanings import NO, type_of
from convenings.interchange.tables.day_headings import day_in
from convenings.interchange.tables.days import MONTH_OF_WORD, WEEKDAY_OF_WORD
from convenings.interchange.tables.plan import Plan

_ATTENDED = re.compile(
    r"\b(?:(?:list|register) of )?(?:attend(?:ance|ees?|ance list|ees? list)|participants?|delegates?|registrants?|"
    r"guests?|sign[- ]?in|sign[- ]?up|speakers?)\b(?:[- ](?:list|sheet|register|export))*"
    r"|\b(?:teilnehm\w*|anwesenheit\w*|gästeliste|gaesteliste|referent\w*liste)(?:[- ]?liste\b)?"
    r"|\b(?:liste des |liste de |feuille de |lista de )?(?:participants|présence|presence|asistentes|asistencia|"
    r"participantes)\b|签到表|参会人员(?:名单)?|出席者(?:名簿|一覧)?|参加者(?:名簿|一覧)?",
    re.IGNORECASE,
)
"""What lists of those who came to an event are called."""
_BELONGED = re.compile(
    r"\b(?:(?:list of )?(?:board |committee )?members?(?:hip)?|mitglieder|membres|miembros|socios)\b"
    r"(?:[- ](?:list|register))*"
    r"|\bmitglieder(?:liste|verzeichnis)\b|\bliste des membres\b",
    re.IGNORECASE,
)
"""What lists of those who belong to a body are called."""
_COUNCIL = re.compile(r"\b(?:board|committee|council|vorstand|ausschuss|comité|conseil|consejo|junta)\b", re.IGNORECASE)
"""Words for a body within another, of which those in a list are members."""
_EDGES = re.compile(
    r"^(?:[\s\-–—:,.|_]+|(?:of|at|for|to|in|from|the|der|des|die|das|du|de|la|le|les|del|los|bei|zur|zum|au|aux|von)\b)+"
    r"|[\s\-–—:,.|_]+$",
    re.IGNORECASE,
)
_CAME = frozenset(
    ("attended", "present", "anwesend", "teilgenommen", "checked in", "attendance", "asistio", "presence")
)
"""Names of columns that say whether somebody came."""
_UNNAMED = frozenset(
    (
        "date",
        "datum",
        "fecha",
        "source",
        "quelle",
        "note",
        "notes",
        "list",
        "liste",
        "export",
        "final",
        "contact",
        "contacts",
        "names",
        "people",
        "data",
        "table",
        "sheet",
        "copy",
        "version",
        "all",
        "csv",
        "report",
        "details",
    )
)
"""Words that are no name of an event by themselves."""


class Occasion(msgspec.Struct):
    """An event or body that a list is of."""

    label: str
    """As stated."""
    is_event: bool
    role: Role = "attendee"
    """Of those in the list of an event."""
    row: int | None = None
    """Index of the row that says so; nothing where the name of the sheet or file does."""
    date: str | None = None
    inferred: str = ""
    """From what the date was inferred, where it was."""


def occasion_of(plan: Plan, file: str) -> Occasion | None:
    """What a list of people is of; nothing where nothing says so.

    Args:
        plan: How it is read.
        file: Its name, without folder and ending.
    """
    rows = [row for row in range(max(plan.guess.header, 0)) if any(map(str.strip, plan.sheet.written(row)))]
    above = [(row, " ".join(" ".join(plan.sheet.written(row)).split())) for row in rows]
    sources: list[tuple[int | None, str]] = [*above, (None, plan.sheet.name.rpartition("/")[2]), (None, _spaced(file))]
    for row, text in sources:
        if len(text) > 300:
            continue
        if match := _ATTENDED.search(text):
            rest = _bare(f"{text[: match.start()]} {text[match.end() :]}")
            at = row
            if not _is_name(rest):
                others = ((other, _bare(line)) for other, line in above if other != row)
                at, rest = next(((other, line) for other, line in others if _is_name(line)), (row, ""))
            if rest:
                role: Role = "speaker" if re.search(r"speaker|referent", match[0], re.IGNORECASE) else "attendee"
                day = next(filter(None, (day_in(line, None) for line in (rest, *(line for _, line in above)))), None)
                dated = day if day is not None and day.date else None
                return Occasion(rest, True, role, at, dated.date if dated else None, dated.inferred if dated else "")
        elif match := _BELONGED.search(text):
            rest = _bare(f"{text[: match.start()]} {text[match.end() :]}")
            if is_body(rest):
                return Occasion(rest, False, row=row)
        elif _COUNCIL.search(text) and is_body(text):
            return Occasion(text, False, row=row)
    return None


class Attendance:
    """Has those in a list take part in the event that it is of.

    Args:
        occasion: That event.
        plan: How the list is read.
        reading: To which the records go.
    """

    def __init__(self, occasion: Occasion, plan: Plan, reading: Reading) -> None:
        self._occasion, self._plan, self._reading = occasion, plan, reading
        self._came = [column for column in plan.guess.columns if fold(column.name) in _CAME]
        self.at_home = frozenset(column.index for column in self._came)
        """Indexes of the columns that say whether somebody came."""

    def take(self, row: int, person: str, title: str, bodies: Iterable[str]) -> None:
        """Add that somebody was there, or was not."""
        reading, occasion = self._reading, self._occasion
        piece = self._plan.sheet.piece(row)
        event = self._event(piece)
        role: Role = occasion.role
        if any(fold(self._plan.cell(row, column)) in NO for column in self._came):
            role = "invitee"
        ref = reading.ref("participation", f"{event} {role} {person}", f"{event[6:]} {person.partition('/')[2]}")
        if not reading.has(ref):
            reading.add(
                Participation(
                    id=ref,
                    evidence=reading.evidence(piece),
                    event=event,
                    agent=person,
                    role=role,
                    role_basis="stated",
                    on_behalf_of=list(bodies),
                    title_as_stated=title,
                )
            )

    def _event(self, piece: Piece) -> str:
        """Id of the event, made for the first who was there."""
        reading, occasion = self._reading, self._occasion
        ref = reading.ref("event", f"event {occasion.label}", occasion.label)
        if reading.has(ref):
            return ref
        inferred = {"date": occasion.inferred} if occasion.inferred else {}
        if occasion.row is None:
            inferred["label"] = "the name of the sheet or file says of what the list is"
        else:
            piece = self._plan.sheet.piece(occasion.row)
        reading.remark(f"Those in the list were taken for who took part in '{occasion.label}', as is said above it")
        reading.add(
            Event(
                id=ref,
                evidence=reading.evidence(piece, inferred),
                label=occasion.label,
                type=type_of(occasion.label) or "activity",
                date=occasion.date,
                date_basis=("inferred" if occasion.inferred else "stated") if occasion.date else None,
            )
        )
        return ref


def _spaced(stem: str) -> str:
    """The name of a file with spaces between its words."""
    stem = re.sub(r"(\.(gz|csv|tsv|tab|txt|json|jsonl|ndjson|xlsx|xlsm|xls|ods))+$", "", stem, flags=re.IGNORECASE)
    return re.sub(r"[_\-]+", " ", stem.rpartition("/")[2])


def _bare(text: str) -> str:
    while (bare := _EDGES.sub("", text)) != text:
        text = bare
    return " ".join(text.split())


def _is_name(text: str) -> bool:
    """Whether a text may be the name of an event: it has a word besides a day."""
    day = day_in(text, None)
    words = [word for word in re.findall(r"[^\W\d_]{3,}", text) if fold(word) not in _UNNAMED]
    if day is not None and (day.date or day.month_day):
        words = [word for word in words if fold(word) not in MONTH_OF_WORD and fold(word) not in WEEKDAY_OF_WORD]
    return bool(words) and not re.match(r"\s*(?:date|datum|source|quelle|notes?|fecha)\s*:", text, re.IGNORECASE)
