"""When a report was written or published, as it says, and what that tells of days that it names in part."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
BY_YEAR = "the year is that of the publication date"
"""Note of a date that is inferred."""


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
