"""Times of day and lengths of time, as people write them in a table."""

from __future__ import annotations

import re
from typing import NamedTuple

MINUTES = 24 * 60
_PART = re.compile(
    r"(\d{1,2})(?:\s?[:.h]\s?(\d{2}))?(?:[:.](\d{2})(?:[.,]\d+)?)?\s*:?\s*(a\.?\s?m\.?|p\.?\s?m\.?|a|p)?\s*(?:h|uhr|uur|hrs?|hours|heures|horas)?"
)
_PACKED = re.compile(r"(\d{2})(\d{2})")
_JOIN = re.compile(
    r"\s*(?:-|–|—|−|~|～|〜|至|到|から|\bto\b|\btill\b|\buntil\b|\bbis\b|\bà\b|\ba\b(?!\.?\s*m)|\bhasta\b|\bjusqu'à\b)\s*"
)
_LEAD = re.compile(r"^(?:at|from|ab|von|um|de|desde|a las|à|dès|kl\.?|gegen|ca\.?)\s+")
_WORDS = {
    "noon": "12:00",
    "12 noon": "12:00",
    "12noon": "12:00",
    "12 midnight": "00:00",
    "midday": "12:00",
    "mittag": "12:00",
    "midi": "12:00",
    "mediodía": "12:00",
    "midnight": "00:00",
    "mitternacht": "00:00",
    "minuit": "00:00",
    "medianoche": "00:00",
}
_ISO_LENGTH = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d+(?:\.\d+)?S)?)?", re.IGNORECASE)
_HOURS = r"(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|uur)"
_MINUTES = r"(?:m|mins?|minutes?|minuten?|minutos?|min\.|')"
_LENGTH = re.compile(
    rf"(?:(\d{{1,3}}(?:[.,]\d+)?)\s*{_HOURS}(?![a-z]))?\s*(?:and|und|et|y)?\s*(?:(\d{{1,4}})\s*(?:{_MINUTES})?(?![a-z]))?",
    re.IGNORECASE,
)


_HAN_HOUR = re.compile(
    r"(上午|午前|下午|午後|晚上)?\s*(\d{1,2})\s*(?:[:：]\s*(\d{2})|[時时点點]\s*(?:(\d{1,2})分?|(半))?)"
)
"""An hour in Chinese or Japanese: ``下午3点半``, ``14時30分``."""


def _from_han(match: re.Match[str]) -> str:
    hour = int(match[2]) + (12 if match[1] in ("下午", "午後", "晚上") and int(match[2]) < 12 else 0)
    return f"{hour}:{match[3] or match[4] or ('30' if match[5] else '00'):0>2}"


ZONE_BEHIND = re.compile(
    r"(.*\d.*?)\s*\(?\b(cet|cest|mez|mesz|gmt|utc|bst|wet|west|eet|eest|e[sd]t|c[sd]t|m[sd]t|p[sd]t|et|pt|ist|jst|kst|aest|"
    r"aedt|nzst|nzdt|local time|ortszeit|heure locale|hora local)\)?",
    re.IGNORECASE,
)
"""A time, and the letters of a zone behind it, which are those of several zones of the world."""


class Clock(NamedTuple):
    """A time of day, or a stretch of it."""

    start: str
    """``HH:MM``."""
    end: str | None = None


def read_time(text: str, *, packed: bool = False) -> Clock | None:
    """A time as written: ``9:00: AM``, ``13.30 Uhr``, ``14h30``, ``1-2:30pm``, ``noon``; None where it is none.

    Args:
        text: As written.
        packed: Whether four digits are a time: ``0930``.
    """
    plain = " ".join(text.casefold().split())
    if not plain or len(plain) > 60:
        return None
    if not plain.isascii():
        plain = _HAN_HOUR.sub(_from_han, plain)
    plain = _LEAD.sub("", plain)
    halves = [half.strip() for half in _JOIN.split(plain)]
    if len(halves) > 2 or not halves[0]:
        return None
    last = _parse(halves[-1], packed, "") if len(halves) == 2 else None
    if len(halves) == 2 and last is None:
        # "9:00 -": when it ends is open.
        if halves[1]:
            return None
        halves = halves[:1]
    if last is None:
        first = _parse(halves[0], packed, "")
        if first is None or not first.is_sure:
            return None
        return Clock(_clock(first.minute))
    first = _parse(halves[0], packed, "")
    if first is None or not (first.is_sure or last.is_sure):
        return None
    start = first.minute
    if last.half and not first.half:
        # Of "11-1pm" the first is the half of the day from which it is the shortest way on.
        hour = first.minute % (12 * 60) if first.minute < 13 * 60 else first.minute
        options = [hour, hour + 12 * 60] if hour < 12 * 60 else [hour]
        start = min(options, key=lambda minute: (last.minute - minute) % MINUTES)
    return Clock(_clock(start), _clock(last.minute))


class _Part(NamedTuple):
    minute: int
    half: str
    is_sure: bool
    """Whether more than a number of an hour is written."""


def _parse(text: str, packed: bool, half: str) -> _Part | None:
    """One time of day."""
    text = _WORDS.get(text, text)
    if match := _PACKED.fullmatch(text) if packed else None:
        hour, minute = int(match[1]), int(match[2])
        return _Part(hour * 60 + minute, "", True) if hour < 24 and minute < 60 else None
    match = _PART.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if minute > 59 or int(match[3] or 0) > 59:
        return None
    half = (match[4] or "")[:1]
    if half:
        # "14:00 pm" is written, and can mean one thing only.
        if hour > 12 or hour == 0:
            return _Part(hour * 60 + minute, half, True) if hour < 24 and half == "p" else None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0:
        hour = 0
    if hour > 23:
        return None
    unit = text.rstrip().endswith(("h", "uhr", "uur", "hrs", "hr", "hours", "heures", "horas"))
    return _Part(hour * 60 + minute, half, bool(half or match[2] or unit))


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def read_length(text: str) -> int | None:
    """Minutes of a length of time: ``1:30``, ``90``, ``1.5 hours``, ``1h30``, ``PT45M``; None where it is none.

    A number alone is minutes, except one below 10 with a decimal point, which is hours.
    """
    plain = text.strip()
    if not plain or len(plain) > 40:
        return None
    if match := re.fullmatch(r"(\d{1,3}):(\d{2})(?::(\d{2}))?", plain):
        return int(match[1]) * 60 + int(match[2]) if int(match[2]) < 60 else None
    if plain[:1] in "Pp" and (match := _ISO_LENGTH.fullmatch(plain)):
        return int(match[1] or 0) * MINUTES + int(match[2] or 0) * 60 + int(match[3] or 0) or None
    if match := re.fullmatch(r"(\d)[.,](\d+)", plain):
        return round(float(f"{match[1]}.{match[2]}") * 60)
    match = _LENGTH.fullmatch(plain)
    if match is None or not any(match.groups()):
        return None
    return round(float((match[1] or "0").replace(",", ".")) * 60) + int(match[2] or 0) or None


def later(start: str, minutes: int) -> str:
    """The time so many minutes after one, ``HH:MM``."""
    return _clock(int(start[:2]) * 60 + int(start[3:]) + minutes)
