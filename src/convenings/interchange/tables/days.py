"""Days as people write them in a table, read in the order that their whole column settles."""

from __future__ import annotations

import datetime
import re
from typing import Literal

import msgspec

from convenings.domain import dates
from convenings.domain.days import day_number, month_end
from convenings.domain.text import fold
from convenings.interchange.tables.other_days import in_numbers, months_of, week_of
from convenings.interchange.tables.times import read_time

Order = Literal["day-first", "month-first", "year-first"]

_MONTHS = (
    "january jan januar janner jänner janvier enero gennaio januari ene gen janv janeiro stycznia января",
    "february feb februar fevrier febrero febbraio februari fevr fev febr fevereiro februar lutego февраля",
    "march mar marz maerz mars marzo maart mrz mär março marts marca марта",
    "april apr avril abril aprile avr abr kwietnia апреля",
    "may mai mayo maggio mei mag maio maj maja мая",
    "june jun juni juin junio giugno giu junho czerwca июня",
    "july jul juli juillet julio luglio juil lug julho lipca июля",
    "august aug aout agosto augustus ago augusti sierpnia августа",
    "september sep sept septembre septiembre settembre set setiembre setembro września сентября",
    "october oct oktober okt octobre octubre ottobre ott outubro out października октября",
    "november nov novembre noviembre novembro listopada ноября",
    "december dec dezember dez decembre diciembre dicembre dic dezembro grudnia декабря",
)
LONGEST_DAY = 100
"""Characters of a day at most."""
MONTH_OF_WORD = {fold(word): number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_WEEKDAYS = (
    "monday mon montag mo lundi lun lunes lunedi maandag 周一 星期一 月曜日",
    "tuesday tue tues dienstag di mardi martes martedi dinsdag 周二 星期二 火曜日",
    "wednesday wed weds mittwoch mi mercredi mer miercoles mercoledi woensdag mie 周三 星期三 水曜日",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves giovedi donderdag jue 周四 星期四 木曜日",
    "friday fri freitag fr vendredi ven viernes venerdi vrijdag vie 周五 星期五 金曜日",
    "saturday sat samstag sa sonnabend samedi sam sabado sabato zaterdag sab 周六 星期六 土曜日",
    "sunday sun sonntag so dimanche dim domingo domenica zondag dom 周日 星期日 星期天 日曜日",
)
WEEKDAY_OF_WORD = {fold(word): number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_LONG_WEEKDAYS = frozenset(word for word in WEEKDAY_OF_WORD if len(word) > 3)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})[/.]([12]\d{3})")
_SHORT_MONTH = re.compile(r"([^\W\d_]{3,9})\.?(?:-|\s?['’])(\d\d)")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(?:\d{2})?(Z|[+-]\d{4})?)?")
NUMERIC = re.compile(r"(\d{1,4})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{1,4})\.?")
TIMED = re.compile(
    r"(.*?\d\d?\.?)(?:\s*[T,]\s*|\s+)(?:at |um |à |a las |@ ?)?"
    r"(\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)(?:\s*(?:-|–|to|bis)\s*"
    r"(\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?))?\s*(?:uhr|h|hrs)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")
RANGE = re.compile(
    r"\s+(?:-|–|—|to|bis|au|al|until|through)\s+|\s*[–—]\s*|\s*/\s*(?=\d{4}-)|(?<=\d{4}-\d\d-\d\d)-(?=\d{4}-)"
)
_WORD = re.compile(r"[^\W\d_]+|\d+")
_EDTF = re.compile(
    r"-?\d{2}[\dX]{2}(?:-(?:\d\d|XX)){0,2}[?~%]?(?:/(?:\.\.|-?\d{4}(?:-\d\d){0,2}[?~%]?)?)?|\.\./\d{4}(?:-\d\d){0,2}"
)
_FILLER = frozenset(
    [
        "of",
        "de",
        "del",
        "den",
        "der",
        "the",
        "le",
        "el",
        "am",
        "on",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "ere",
        "e",
        "und",
        "and",
        "y",
        "et",
        "day",
        "dia",
        "tag",
        "jour",
    ]
)


class Day(msgspec.Struct, frozen=True, gc=False):
    """What a cell says of when."""

    date: str = ""
    """EDTF; empty where the year is not stated."""
    month_day: tuple[int, int] | None = None
    """Month and day of one without a year."""
    start: str = ""
    """``HH:MM``."""
    end: str = ""
    zone: str = ""
    """Offset, such as ``+01:00``."""
    inferred: str = ""
    """From what the date was inferred, where it was."""
    weekday: int | None = None
    """From Monday, 0, where one is stated."""


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """How the cells of a column of dates are read."""

    order: Order | None = None
    """Of numbers between slashes, points or hyphens."""
    no_times: bool = False
    """Whether every time is midnight, which says that there are none."""
    serials: Literal["", "excel", "excel-1904"] = ""
    """From when numbers count days; empty where they do not."""

    def read(self, text: str, year: int | None = None) -> Day | None:
        """The day, or days, of a cell; None where it is none.

        Args:
            text: The cell.
            year: Year that is stated elsewhere, for a day without one.

        Raises:
            ValueError: no calendar has such a day; the message names it.
        """
        text = " ".join(text.split())
        if not text or len(text) > LONGEST_DAY:
            return None
        if (_EDTF.fullmatch(text) and not re.fullmatch(r"\d{4}/\d{4}", text)) or re.fullmatch(
            r"[12]\d{3}/[12]\d{3}", text
        ):
            return Day(_valid_edtf(text))
        if (match := _MONTH_OF_YEAR.fullmatch(text)) and 1 <= int(match[1]) <= 12:
            return Day(f"{match[2]}-{int(match[1]):02}")
        if self.serials and re.fullmatch(r"\d{1,6}(?:\.\d+)?", text):
            return self._serial(float(text))
        day = self._single(text, year)
        if day is None and (week := week_of(text)) is not None:
            return Day(week[0], inferred=week[1])
        if day is None and (plain := in_numbers(text)) is not None:
            return self.read(plain, year)
        if day is None and (months := months_of(text, MONTH_OF_WORD)) is not None:
            return Day(months)
        if day is not None:
            return day
        halves = RANGE.split(text)
        return self._interval(halves[0], halves[1], year) if len(halves) == 2 else self._days_of_month(text, year)

    def _serial(self, number: float) -> Day | None:
        first = datetime.datetime(1904, 1, 1) if self.serials == "excel-1904" else datetime.datetime(1899, 12, 30)
        if number < 61 and self.serials == "excel":
            # Excel counts a 29 February 1900, which there was not.
            return None
        moment = first + datetime.timedelta(days=int(number), minutes=round(number % 1 * 1440))
        return Day(moment.date().isoformat(), start=f"{moment:%H:%M}" if number % 1 else "")

    def _interval(self, first: str, last: str, year: int | None) -> Day | None:
        """The days from one to another."""
        end = self._single(last, year)
        if end is None:
            return None
        if not end.date:
            return None
        start = self._single(first, int(end.date[:4]))
        if start is None and (match := re.fullmatch(r"\D{0,12}?(\d{1,2})(?:st|nd|rd|th|\.)?", first)):
            start = Day(_day(int(end.date[:4]), int(end.date[5:7]), int(match[1]))) if len(end.date) == 10 else None
        if start is None or not start.date or start.date > end.date:
            return None
        # A year that stands at the other end is stated.
        inferred = end.inferred or ("" if start.inferred.startswith("the year") else start.inferred)
        return Day(
            start.date if start.date == end.date else f"{start.date}/{end.date}",
            inferred=inferred,
            start=start.start,
            end=end.start,
        )

    def _days_of_month(self, text: str, year: int | None) -> Day | None:
        """``1-3 May 2019``, ``May 1-3, 2019``, ``1./2. Mai 2019``."""
        match = re.search(
            r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?\s*(?:-|–|/|&|and|und|y|et|to|bis)\s*(\d{1,2})(?!\d)", text
        )
        if match is None:
            return None
        first = self._single(text[: match.start()] + match[1] + text[match.end() :], year)
        last = self._single(text[: match.start()] + match[2] + text[match.end() :], year)
        if first is None or last is None or not (first.date and last.date) or first.date >= last.date:
            return None
        return Day(f"{first.date}/{last.date}", inferred=first.inferred)

    def _single(self, text: str, year: int | None) -> Day | None:
        """One day, perhaps with a time."""
        if match := _PACKED.fullmatch(text):
            time = f"{match[4]}:{match[5]}" if match[4] else ""
            return self._timed(Day(_day(int(match[1]), int(match[2]), int(match[3]))), time, "", match[6] or "")
        day = self._dated(text, year)
        if day is not None:
            return day
        match = TIMED.fullmatch(text)
        if match is None:
            return None
        day = self._dated(match[1], year)
        if day is None:
            return None
        return self._timed(day, match[2], match[3] or "", match[4] or "")

    def _timed(self, day: Day, time: str, end: str, zone: str) -> Day:
        """A day with the time that stands behind it."""
        clock = read_time(f"{time} - {end}" if end else time) if time else None
        if clock is None or (self.no_times and not clock.end):
            return day
        offset = ""
        if zone:
            match = _OFFSET.fullmatch(zone)
            offset = f"{match[1]}{match[2]}:{match[3]}" if match else "+00:00"
        return msgspec.structs.replace(day, start=clock.start, end=clock.end or "", zone=offset)

    def _dated(self, text: str, year: int | None) -> Day | None:
        """One day without a time."""
        if match := _ISO.fullmatch(text):
            return Day(_day(int(match[1]), int(match[2]), int(match[3])))
        if (match := _SHORT_MONTH.fullmatch(text)) and (month := MONTH_OF_WORD.get(fold(match[1]))):
            # A spreadsheet shows a month so; a day it shows as "21-Feb".
            first = _two_digits(match[2], month, 1, text)
            return msgspec.structs.replace(first, date=first.date[:7])
        weekday, bare = without_weekday(text)
        if match := NUMERIC.fullmatch(bare):
            day = self._numeric(match[1], match[2], match[3], match[4])
        else:
            day = _in_words(bare, year)
        return msgspec.structs.replace(day, weekday=weekday) if day is not None and weekday is not None else day

    def _numeric(self, first: str, separator: str, second: str, third: str) -> Day | None:
        """A day in numbers, in the order of the column."""
        if len(first) == 4:
            return Day(_day(int(first), int(second), int(third))) if len(third) <= 2 else None
        if len(third) not in (2, 4) or len(first) > 2:
            return None
        order: Order | None = self.order or ("day-first" if separator == "." else None)
        if order == "year-first":
            return _two_digits(first, int(second), int(third), f"{first}{separator}{second}{separator}{third}")
        day, month = (int(first), int(second)) if order != "month-first" else (int(second), int(first))
        if order is None and day != month:
            return None
        if len(third) == 2:
            return _two_digits(third, month, day, f"{first}{separator}{second}{separator}{third}")
        return Day(_day(int(third), month, day))


def _two_digits(year: str, month: int, day: int, text: str) -> Day:
    """A day of a year of two digits, from 1969 to 2068 as in POSIX."""
    number = int(year) + (2000 if int(year) < 69 else 1900)
    return Day(_day(number, month, day), inferred=f"'{text}' does not state the century")


def _day(year: int, month: int, day: int) -> str:
    """A day as EDTF.

    Raises:
        ValueError: no calendar has it.
    """
    if not (1 <= month <= 12 and 1 <= day <= month_end(year, month) - day_number(year, month, 1) + 1):
        raise ValueError(f"no calendar has a day {day} of a month {month} in the year {year}")
    return f"{year:04}-{month:02}-{day:02}"


def _valid_edtf(text: str) -> str:
    try:
        dates.parse(text)
    except dates.EdtfError as error:
        raise ValueError(str(error).partition(";")[0]) from None
    return text


def without_weekday(text: str) -> tuple[int | None, str]:
    """The weekday with which a text begins or ends, if any, and the rest."""
    match = re.match(r"([^\W\d_]+)\.?\s*[,.]?\s*", text)
    if match and (number := WEEKDAY_OF_WORD.get(fold(match[1]))) is not None and match.end() < len(text):
        return number, text[match.end() :]
    match = re.search(r"\s*[,(（]?\s*([^\W\d_]+)[)）]?$", text)
    is_set_off = match is not None and match[0].lstrip()[:1] in tuple("(（")
    if match and match.start() and fold(match[1]) in (WEEKDAY_OF_WORD if is_set_off else _LONG_WEEKDAYS):
        return WEEKDAY_OF_WORD[fold(match[1])], text[: match.start()]
    return None, text


def _in_words(text: str, year: int | None) -> Day | None:
    """A day, or month, with the month as a word in one of several languages."""
    month: int | None = None
    numbers: list[str] = []
    for word in _WORD.findall(text):
        if word.isdigit():
            numbers.append(word)
            continue
        folded = fold(word)
        number = MONTH_OF_WORD.get(folded)
        if number is not None and month in (None, number):
            month = number
        elif folded not in _FILLER:
            return None
    if month is None or len(numbers) > 2:
        return None
    years = [number for number in numbers if len(number) == 4]
    short = [number for number in numbers if len(number) <= 2]
    if len(years) + len(short) != len(numbers) or len(years) > 1:
        return None
    if len(short) == 2:
        # "3 Feb 21", "Feb 3, '21": the year stands last.
        return _two_digits(short[1], month, int(short[0]), text) if len(short[1]) == 2 else None
    if years:
        return Day(_day(int(years[0]), month, int(short[0])) if short else f"{years[0]}-{month:02}")
    if not short:
        return None
    if year is None:
        return Day(month_day=(month, int(short[0])))
    return Day(_day(year, month, int(short[0])), inferred=f"the year {year} stands elsewhere in the file")


def weekday_of(date: str) -> int | None:
    """Day of the week of an EDTF day, from Monday, 0; None for anything that is no single day."""
    if len(date) != 10:
        return None
    return (day_number(int(date[:4]), int(date[5:7]), int(date[8:])) + 6) % 7
