"""Recurrence rules (RFC 5545, section 3.3.10), worked out by dateutil within bounds: no rule runs on without an end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

LONGEST_RULE = 1000
"""Characters."""
FURTHEST = 100
"""Years after its start up to which any rule is worked out."""
_CYCLE = 400
"""Years after which the Gregorian calendar repeats itself, weekdays and all."""
_LARGEST_INTERVAL = 10_000
_PART = re.compile(r"([A-Z-]+)=([A-Z0-9,+:-]*)")
_SHORT = ("SECONDLY", "MINUTELY", "HOURLY")
_OF_DAYS = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS", "BYEASTER")


class BadRule(Exception):
    """A rule that cannot be read, or not be worked out in bounded time. ``str()`` says why, in a few words."""


def parts_of_rule(rule: str) -> dict[str, str]:
    """Parts of a rule by name, all in capitals.

    Raises:
        BadRule: it is none.
    """
    if len(rule) > LONGEST_RULE:
        raise BadRule(f"it has more than {LONGEST_RULE} characters")
    parts: dict[str, str] = {}
    for word in re.sub(r"\s", "", rule).upper().strip(";").split(";"):
        match = _PART.fullmatch(word)
        if match is None:
            raise BadRule(f"'{word[:40]}' is no part of a rule")
        parts[match[1]] = match[2]
    if "FREQ" not in parts:
        raise BadRule("it has no FREQ")
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise BadRule("it counts in another calendar than the Gregorian")
    for name, most in (("INTERVAL", _LARGEST_INTERVAL), ("COUNT", 10**9)):
        if name in parts and not (parts[name].isdecimal() and 1 <= int(parts[name][:12]) <= most):
            raise BadRule(f"{name}={parts[name][:20]} is no number from 1 to {most}")
    return parts


def rule_times(rule: str, start: datetime, end: datetime) -> Iterator[datetime]:
    """When a rule says, from a start on and before an end. UNTIL in it is passed over: the end has it.

    Raises:
        BadRule: it cannot be read, or would have to be tried second by second.
    """
    parts = parts_of_rule(rule)
    parts.pop("UNTIL", None)
    if parts["FREQ"] in _SHORT and (parts.keys() & set(_OF_DAYS) or re.search("[0-9]", parts.get("BYDAY", ""))):
        raise BadRule(f"it is {parts['FREQ']} and limited to days")
    # A rule that fits no day is tried up to the year 9999, so it is worked out in the last of the equal centuries.
    shift = (datetime.max.year - FURTHEST - start.year) // _CYCLE * _CYCLE
    from dateutil.rrule import rrulestr

    try:
        rrule = rrulestr(
            ";".join(f"{name}={value}" for name, value in parts.items()),
            dtstart=start.replace(year=start.year + shift),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise BadRule("it cannot be read") from error
    try:
        for time in rrule:
            at = time.replace(year=time.year - shift) if time.year > shift else datetime.min
            if at >= end or at.year > start.year + FURTHEST:
                return
            yield at
    except ValueError as error:
        # Only on its way dateutil finds that steps of a day never come to five o'clock.
        raise BadRule("no time ever fits it") from error
