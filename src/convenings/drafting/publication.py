"""When a report was written or published, as it says, and what that tells of days that it names in part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from convenings.drafting.dates import DateSpan, dates_in
from convenings.drafting.text import Block, ReportText

PUBLISHED = re.compile(
    r"^\W*(?:date\b|(?:for |press |immediate |embargoed )*release[d]? ?(?:time|date)?|publi(?:shed|cation)|posted|"
    r"updated|revision|"
    r"发表日期|发布|来源|更新|日期|"
    r"by\b)|\bviews?:|Date[:：]",
    re.I,
)
_WRITTEN = re.compile(r"\W*(?:(?:for |press |immediate )*release|publi(?:shed|cation)|posted|date)\b[^.]{0,30}\d", re.I)
"""A line that says when a text was written, or first given out; one that was updated may be years older."""
BY_YEAR, BY_WEEKDAY = "the year is that of the publication date", "by the weekday, before the date of the text"
"""Notes of dates that are inferred."""
_DAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_WEEKDAY = re.compile(rf"\b(?P<name>(?P<day>{'|'.join(_DAYS)})day)\b", re.I)
_THEN = re.compile(r"\b(?:on|held|opened|gathered|met|place|hosted|convened)\s+\Z", re.I)
"""Words before the weekday. *Last Friday* may be two days ago or nine, and *every Friday* is no day."""


def written_on(report: ReportText, sentences: Sequence[Block]) -> list[DateSpan]:
    """The dates that lines of a report, or of its head, give as those on which it was written or first given out."""
    lines = (each for each in sentences[:12] if _WRITTEN.match(report.whole, each.start, each.end))
    dates = [date for line in lines for date in dates_in(report.whole, line.start, line.end)]
    return dates + _dates_of_head(report)


def _dates_of_head(report: ReportText) -> list[DateSpan]:
    """When the report was published, as its head says: *date: 2024-02-06*."""
    lines = (match.span() for match in _LINE.finditer(report.head) if _WRITTEN.match(match[0]))
    return [date for line in lines for date in dates_in(report.whole, *line)]


_LINE = re.compile(r"[^\r\n]+")


def publication(report: ReportText, sentences: Sequence[Block]) -> str:
    """EDTF of when the report was published, where its own lines say so."""
    for sentence in (*sentences[:12], *sentences[-3:]):
        text = report.whole[sentence.start : sentence.end]
        if PUBLISHED.search(text[:40]) or len(text) < 24:
            for date in dates_in(report.whole, sentence.start, sentence.end):
                if not date.edtf.startswith("XXXX"):
                    return date.edtf
    return next((date.edtf for date in _dates_of_head(report)), "")


def with_year(edtf: str, published: str, *, is_to_come: bool = False) -> tuple[str, str]:
    """A date with the year of the publication where it has none, and a note where that was done; the year before where
    the day would otherwise lie behind the publication, and the next one where it is to come and lies before."""
    if "XXXX" not in edtf or len(published) < 4:
        return edtf, ""
    year = published[:4]
    dated = edtf.replace("XXXX", year)
    if len(published) == 10 and (dated[:10] < published if is_to_come else dated[:10] > published):
        dated = edtf.replace("XXXX", str(int(year) + (1 if is_to_come else -1)))
    return dated, BY_YEAR


def day_of_weekday(whole: str, start: int, end: int, written: str) -> DateSpan | None:
    """The last day before a text was written, or that day itself, that is the one weekday which a sentence names.

    Args:
        whole: The text.
        start: Where the sentence begins, which tells of the past.
        end: Where it ends.
        written: When it was written, as ``YYYY-MM-DD``.
    """
    weekdays = list(_WEEKDAY.finditer(whole, start, end))
    if len(weekdays) != 1 or len(written) != len("YYYY-MM-DD") or written.startswith("XXXX"):
        return None
    (match,) = weekdays
    if not _THEN.search(whole, max(start, match.start() - 12), match.start()):
        return None
    last = date.fromisoformat(written)
    ago = (last.weekday() - _DAYS.index(match["day"].casefold())) % len(_DAYS)
    return DateSpan((last - timedelta(days=ago)).isoformat(), match.span("name"))
