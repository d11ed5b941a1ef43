"""From an entry of a calendar to the record of an event."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import msgspec

from convenings.domain.links import is_link
from convenings.domain.record_values import Description, EventType, Evidence, Identifier, Link, Status
from convenings.domain.records import Event
from convenings.interchange.calendars.entries import Entry
from convenings.interchange.calendars.lines import ContentLine, items_of, unescaped
from convenings.interchange.calendars.pieces import Pieces
from convenings.interchange.calendars.places import Places
from convenings.interchange.calendars.published import leftovers_of
from convenings.interchange.calendars.times import DAY, When, is_midnight
from convenings.interchange.reading import Reading

UNTITLED = "Untitled event"
_USED = frozenset(
    {
        "BEGIN", "END", "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE",
        "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE", "STATUS", "CLASS", "LOCATION", "GEO", "CATEGORIES",
        "DESCRIPTION", "COMMENT", "X-ALT-DESC", "STYLED-DESCRIPTION", "CONTACT", "URL", "ATTACH", "CONFERENCE",
        "STRUCTURED-DATA", "IMAGE", "LINK", "ATTENDEE", "ORGANIZER", "RELATED-TO", "X-APPLE-STRUCTURED-LOCATION",
        "X-MICROSOFT-CDO-ALLDAYEVENT", "METHOD", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    }
)  # fmt: skip
"""Properties with a home, or by which an event is known again."""
_LINKS = {
    "URL": "url",
    "ATTACH": "attachment",
    "CONFERENCE": "conference",
    "X-GOOGLE-CONFERENCE": "conference",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL": "conference",
    "IMAGE": "image",
    "LINK": "related",
    "STRUCTURED-DATA": "structured data",
}
"""Property to what its address is to the event."""
_TEXTS = {
    "DESCRIPTION": "description",
    "STYLED-DESCRIPTION": "styled description",
    "X-ALT-DESC": "description",
    "COMMENT": "comment",
    "CONTACT": "contact",
}
"""Property to what the words of others in it are called."""
_MARKUP = re.compile(
    r"</?(?:a|b|i|u|p|br|em|strong|div|span|ul|ol|li|h[1-6]|table|td|tr|img|html|body|font)\b[^<>]*>", re.I
)
_CALLED_OFF = "cancel?led|abgesagt|entfällt|annulé|cancelado|annullato|geannuleerd|inställd|avlyst"
_CANCELLED = re.compile(
    rf"\s*[\[(*]*(?:{_CALLED_OFF})\b(?: event)?[\])*]*\s*(?:[:!–—-]|$)"
    rf"|.*(?:[\[(]\s*(?:{_CALLED_OFF})\s*[\])]|\bf(?:ä|ae)llt (?:leider )?aus\b)",
    re.IGNORECASE | re.DOTALL,
)


class Span(msgspec.Struct, frozen=True):
    """From when to when an event is; the end as the file has it, so after the last of its days."""

    start: When | None
    end: When | None = None


class Events:
    """Makes events of entries."""

    def __init__(self, reading: Reading, pieces: Pieces) -> None:
        self._reading = reading
        self._pieces = pieces
        self._places = Places(reading, pieces)
        self.private: Counter[str] = Counter()
        """Class of access to how many events have it."""

    def evidence(self, entry: Entry, inferred: Mapping[str, str], pointer: str = "") -> list[Evidence]:
        """That an event stands in an entry.

        Args:
            entry: The entry.
            inferred: Field to from what it was inferred.
            pointer: That of one occurrence of it; else its own.
        """
        return self._reading.evidence(self._pieces.of(entry.component, pointer or entry.pointer), inferred)

    def label(self, entry: Entry) -> str:
        """Its title."""
        return " ".join(entry.component.text("SUMMARY").split()) or UNTITLED

    def ref(self, entry: Entry, key: str, when: When | None) -> str:
        """Id of the event that an entry is, or of one of its occurrences."""
        return self._reading.ref("event", key, f"{self.label(entry)[:45]} {when.day if when else ''}")

    def fields(self, entry: Entry, span: Span, zone_above: str | None = None) -> dict[str, Any]:
        """Date, times and zone of an event.

        Args:
            entry: Where it stands.
            span: When it is.
            zone_above: The zone of the event that it is part of, which it need not repeat.
        """
        if span.start is None:
            return {}
        start = entry.calendar.on_its_clock(span.start)
        end = span.end.in_zone(start.zone) if span.end is not None else None
        fields: dict[str, Any] = {"date": start.day, "date_basis": "stated"}
        if start.zone is not None and not start.is_day:
            zone = start.zone.name_at(start.at)
            fields["zone"] = zone if zone != zone_above else None
        if start.is_day:
            # The end of whole days is the day after the last of them (RFC 5545, section 3.6.1).
            if end is not None and end.at > start.at:
                last = When(end.at - DAY if end.is_day or is_midnight(end) else end.at)
                fields["date"] = f"{start.day}/{last.day}" if last.day != start.day else start.day
            return fields
        fields["start_time"] = start.clock
        if end is None or end.at <= start.at:
            return fields
        if end.is_day:
            end = When(end.at, zone=start.zone)
        if end.clock != start.clock or end.day != start.day:
            fields["end_time"] = end.clock
        is_next_day = end.at.date() == (start.at + DAY).date()
        if end.day != start.day and not (is_next_day and (end.clock or "") <= (start.clock or "")):
            fields["date"] = f"{start.day}/{end.day}"
        return fields

    def content(self, entry: Entry) -> dict[str, Any]:
        """What an event is beside when: type, place, topics, links, others' words."""
        component = entry.component
        topics = self._places.topics_of(entry)
        word, event_type = self.type_of(entry)
        self._count(entry)
        return {
            "label": self.label(entry),
            "type": event_type,
            "type_as_stated": word,
            "place": (place := self._places.place_of(entry)),
            "place_basis": "stated" if place else None,
            "topics": topics,
            "links": list(self._links(component.lines)),
            "descriptions": list(self._descriptions(component.lines)),
        }

    def type_of(self, entry: Entry) -> tuple[str, EventType]:
        """The file's word for the type, where one of its categories is one of ours; else no more than an activity."""
        for line in entry.component.all("CATEGORIES"):
            for word in items_of(line.value):
                if word.casefold() in get_args(EventType) and word.casefold() != "series":
                    return word, word.casefold()  # type: ignore[return-value]
        return "", "activity"

    def status(
        self, entry: Entry, start: When | None = None, was: When | None = None
    ) -> tuple[Status | None, str | None, dict[str, str]]:
        """What has become of an event, when it was to be where it was moved, and what of this is inferred from what.

        Args:
            entry: Where it stands.
            start: When it is.
            was: Of an occurrence, when its series has it.
        """
        moved_from = None
        if start is not None and was is not None and not _is_same(start, was.in_zone(start.zone)):
            moved_from = entry.calendar.on_its_clock(was).edtf
        if entry.is_cancelled:
            return "cancelled", moved_from, {}
        if _CANCELLED.match(self.label(entry)):
            return "cancelled", moved_from, {"status": "the title says so"}
        is_tentative = entry.component.text("STATUS").upper() == "TENTATIVE"
        return "moved" if moved_from else "tentative" if is_tentative else None, moved_from, {}

    def single(self, entry: Entry, key: str, span: Span) -> Event:
        """The event of an entry that does not recur; its identifier is what stands in its key."""
        status, moved_from, inferred = self.status(entry, span.start, entry.recurrence_id)
        return Event(
            id=self.ref(entry, key, span.start),
            identifiers=identifiers_of(entry.scheme, key),
            **self.content(entry),
            **self.fields(entry, span),
            status=status,
            moved_from=moved_from,
            evidence=self.evidence(entry, inferred),
        )

    def _links(self, lines: list[ContentLine]) -> Iterator[Link]:
        urls: set[str] = set()
        for line in lines:
            rel = _LINKS.get(line.name)
            url = line.value.strip()
            if line.name == "LOCATION" and re.fullmatch(r"https?://\S+", line.text, re.IGNORECASE):
                rel, url = "location", line.text
            alternative = line.parameter("ALTREP")
            if rel is None and alternative:
                rel, url = "alternate", alternative
            if rel is None or not url or url in urls:
                continue
            if line.parameter("ENCODING").upper() == "BASE64" or not is_link(url):
                is_inline = line.parameter("ENCODING") or line.parameter("VALUE").upper() == "BINARY"
                self._reading.without_home(f"{line.name} ({'inline' if is_inline else 'no whole address'})")
                continue
            urls.add(url)
            label = line.parameter("LABEL") or line.parameter("FILENAME") or line.parameter("X-FILENAME")
            yield Link(
                url=url,
                rel=line.parameter("LINKREL").casefold() or rel,
                label=label,
                language=line.parameter("LANGUAGE"),
                media_type=line.parameter("FMTTYPE"),
            )

    def _descriptions(self, lines: list[ContentLine]) -> Iterator[Description]:
        # The plain one first, as the others say the same with markup.
        texts = sorted((line for line in lines if line.name in _TEXTS), key=lambda line: line.name != "DESCRIPTION")
        bare: set[str] = set()
        for line in texts:
            text = unescaped(line.value).strip()
            if line.name == "CONTACT" and text and not self._reading.file.with_contacts:
                self._reading.leave_out("contact")
                continue
            if not text:
                continue
            if len(texts) > 1:
                words = re.sub(r"\W+", "", _MARKUP.sub("", text))
                if words in bare:
                    self._reading.without_home(line.name)
                    continue
                bare.add(words)
            is_html = line.parameter("FMTTYPE").casefold() == "text/html" or _MARKUP.search(text) is not None
            yield Description(
                text=text,
                title=_TEXTS[line.name],
                language=line.parameter("LANGUAGE"),
                format="html" if is_html else "plain",
            )

    def _count(self, entry: Entry) -> None:
        """Count what an entry has that no record holds."""
        for line in entry.component.lines:
            if line.name not in _USED:
                self._reading.without_home(group_of(line.name))
        access = entry.component.text("CLASS").upper()
        if access not in ("", "PUBLIC"):
            self.private[access] += 1
            self._reading.without_home("CLASS")
        for name in leftovers_of(entry.component) if entry.component.parts else ():
            self._reading.without_home(name)


def _is_same(start: When, was: When) -> bool:
    """Whether an occurrence is when its series has it; a day says nothing of the hour."""
    return start.day == was.day if was.is_day else start.at == was.at


def identifiers_of(scheme: str, key: str) -> list[Identifier]:
    """The identifier that a key is, where a system numbers its events."""
    head, separator, value = key.partition("=")
    return [Identifier(scheme=scheme, value=value)] if scheme and separator and head == scheme else []


def group_of(name: str) -> str:
    """A property for the list of those without a home: those of one program's own together."""
    parts = name.split("-")
    return f"X-{parts[1]}-…" if parts[0] == "X" and len(parts) > 2 else name
