"""What to say of text that is not a date we read: what is wrong with it, and how it is written instead."""

from __future__ import annotations

import re

from convenings.domain.text import plain

EXAMPLE = "write a date like 2018-06-20, 2018-06, 2018, 2018~ or 2018/2020"
MOST_DIGITS = 12
"""Of a year."""

# Ways of writing a date that are close to EDTF, each with what to say; the first that fits is said.
_NEAR_MISSES = (
    (r"\s.*|.*\s", "it begins or ends with a space", "write 2018-06-20"),
    (r"\+.*", "a year has no plus sign", "write 2018"),
    (r"-0000.*", "there is no year -0000", "write 0000 for the year before 0001"),
    (r"-?[0-9]{4}-[0-9]{1,2}(-[0-9]{1,2})?", "month and day have two digits", "write 2018-06-09"),
    (r"[0-9]{8}", "the hyphens are missing", "write 2018-06-20"),
    (r"-?[0-9]{1,3}", "a year has four digits", "write 2018, 0987 or -0551"),
    (r"-?[0-9]{5,}", "a year of more than four digits begins with Y", "write Y17000, or Y-17000"),
    (r"Y-?0*[0-9]{1,4}[?~%]?", "Y is for years of more than four digits", "write 2018, or -0551"),
    (
        r"Y-?[0-9]+(E[0-9]+)?[?~%]?",
        f"years of more than {MOST_DIGITS} digits are not read",
        "write at most Y999999999999",
    ),
    (r"[Y0-9XE-]+S[0-9]+", "significant digits (EDTF level 2) are not read", "write 195X, 19XX or 1950~"),
    (r"Y.*", "after Y stands a year alone, in digits", "write Y17000"),
    (r"[0-9]+[./][0-9]+[./][0-9]+", "day, month and year stand in another order", "write 2018-06-20"),
    (r"[0-9]{2,4}[xXuU-]+", "unspecified digits are a capital X", "write 201X, 2018-XX or 2018-06-XX"),
    (r"XXXX.*", "nothing is said of the year", "leave the date out, or write an interval as in 2010/2018"),
    (r"-?[0-9]{4}-[0-9X]{2}(-[0-9X]{2})?", "only a whole month or day is unspecified", "write 2018-XX or 2018-06-XX"),
    (r".*[0-9]T.*", "the time is not one", "write 2018-06-20T09:00:00+08:00"),
    (r".*[0-9Xx][?~%]+.", "a qualifier stands once, at the end", "write 2018-06? or 2018~"),
    (r"[^\W\d_]{3,}.*|.*\s.*", "words are not read", "write 2018-06-20 for a day, 2018-06 for a month"),
)


class EdtfError(ValueError):
    """Text that is not a date we read; the message says what is wrong and gives a right example."""


def error(text: str, what: str, hint: str) -> EdtfError:
    """The error that quotes a text, says what is wrong with it, and how to write it."""
    quote = plain(text if len(text) <= 40 else text[:39] + "…")
    return EdtfError(
        f'"{quote}" is not an EDTF date: {what}; {hint}' if text else f"an EDTF date is missing; {EXAMPLE}"
    )


def near_miss(part: str, whole: str) -> EdtfError:
    """What to say of a part of ``whole`` that has none of the forms."""
    if not part.isascii() and any(char.isdigit() and not char.isascii() for char in part):
        return error(whole, "its digits are not 0 to 9", "write 2018-06-20")
    if len(part) < 40:
        for mend in (_of_set, _of_qualified_part, _of_inner_digits):
            if says := mend(part):
                return error(whole, *says)
    for pattern, what, hint in _NEAR_MISSES:
        if re.fullmatch(pattern, part):
            return error(whole, what, hint)
    return error(whole, "it has no form that is read", EXAMPLE)


_NUMBERS = r"-?[0-9]{4}(?:-[0-9]{2}){0,2}"


def _of_set(part: str) -> tuple[str, str] | None:
    """One of several dates, or all of them: ``[1667,1668]``, ``{1960,1961-12}``."""
    if not re.fullmatch(r"[\[{].*[\]}]", part):
        return None
    members = re.findall(_NUMBERS, part)
    if not any(member.startswith("-") for member in members):
        members.sort()
    first = ".." if part.startswith("..", 1) or not members else members[0]
    last = members[-1] if members and not part.endswith("..", 0, -1) else ".."
    interval = f"{first}/{last}" if first != last else "2016/2018"
    return "a set of dates (EDTF level 2) is not read", f"write the interval that holds them: {interval}"


def _of_qualified_part(part: str) -> tuple[str, str] | None:
    """A qualifier of a part of the date alone: ``2004-06-~11``, ``2004?-06-11``."""
    marks, bare = set(re.findall("[?~%]", part)), re.sub("[?~%]", "", part)
    if not marks or not re.fullmatch(_NUMBERS, bare):
        return None
    mark = marks.pop() if len(marks) == 1 else "%"
    what = "a qualifier stands once, at the end, and one of a part alone (EDTF level 2) is not read"
    return what, f"write {bare}{mark}"


def _of_inner_digits(part: str) -> tuple[str, str] | None:
    """Digits that are unspecified before others that are not: ``1X99``, ``2XXX``."""
    match = re.fullmatch(r"(-?[0-9][0-9X]{3})(?:-[0-9X]{2}){0,2}", part)
    if match is None or "X" not in match[1]:
        return None
    years = sorted((match[1].replace("X", "0"), match[1].replace("X", "9")), reverse=part.startswith("-"))
    return "of a year only the last two digits can be unspecified", f"write an interval: {'/'.join(years)}"
