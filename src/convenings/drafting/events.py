"""The event that a report is of: its name, date and place as far as the text says them, and other dated events."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from itertools import groupby, islice

import msgspec

from convenings.drafting.dates import DateSpan, dates_in
from convenings.drafting.event_names import EVENT_WORD, TITLE_LINE, name_of
from convenings.drafting.publication import PUBLISHED, publication, with_year
from convenings.drafting.rule_words import HONORIFICS, NO_NAME, TITLE_HEADS, given_names, words
from convenings.drafting.text import Block, ReportText
from convenings.drafting.tokens import tokens_of
from convenings.drafting.value import DraftEvent, Span, Value, value_at

_HELD = re.compile(
    r"\b(?:held|took place|hosted|opened|organi[sz]ed|conducted|kicked off|launched|convened|gathered|met|celebrated|"
    r"inaugurated|concluded|organised|celebrado|celebró|organisé|eu lieu|took part|attended|invited|"
    r"conclusion)\b|举行|举办|召开|開催",
    re.I,
)
_BEFORE_DATELINE = re.compile(r"\W*(?:[^\W\d_][\w .,'’()/-]{0,60}?[\s,(])?\W*")
_BEHIND_DATELINE = re.compile(r"\W{0,3}\s*(?:[(（/][^()（）\n]{2,40}[)）/])?\s*(?:[-–—:|]|\Z)")
"""What stands between the date and the text where a paper's place and date begin it: *LEEDS, 3 May (Agency) -*."""
_NOT_WHEN = re.compile(
    r"\b(?:since|until|by|before|after|born|founded|established)\s*\Z|"
    r"\b(?:founded|foundation|founding|established|set up|born|created|inception)\s+(?:back\s+)?(?:in|on)\s*\Z",
    re.I,
)
"""Words before a date that is of something else."""
_LABELS = re.compile(
    r"^[\W_]*(?:(?P<date>date(?: ?(?:and|&|/) ?time)?|when|day|datum|fecha|日期|时间|時間|日時)|"
    r"(?P<place>venue|where|location|place|lugar|lieu|ort|地点|地點|会场|場所|会場))[\W_]*[:：]\W*(?P<value>.+)",
    re.I,
)
"""A line such as *Venue: Town Hall*."""
_ROOM = re.compile(
    r"^(?P<place>(?:room|hall|auditorium|lecture (?:hall|theatre)|conference "
    r"room)\b[^\n]{2,100})",
    re.I,
)
_PLACE_NAMES = r"(?P<place>[A-ZÁ-Ü][\w’'-]*(?:,?\s+(?:of\s+|the\s+|de\s+)?[A-ZÁ-Ü][\w’'-]*){0,6})"
_PLACE_BEFORE = re.compile(
    rf"[*_#\s]*{_PLACE_NAMES}\s*[,|·–—-]\s*(?:on\s+)?(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)day\s*,?\s*)?"
)
_PLACE_BEHIND = re.compile(rf"\s*[,|·–—-]\s*{_PLACE_NAMES}[*_\s.]*")
_EVENT_OR_BODY = re.compile(
    rf"{EVENT_WORD.pattern}|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|report|minutes|notes|news|press|"
    r"foundation|trust|network|association|society|department|ministry|team|desk|agency|online|zoom)\b",
    re.I,
)
"""What is no place where it stands beside a date."""
_SURE = 7
"""Weight of a sentence that says both that something was held and what, which goes before a line with a label."""
LONGEST_PLACE = 60
"""Code points of a place behind a label at most, which a sentence has more of."""
MOST_DATES = 40
"""Dates of one sentence that are looked at."""
MOST_EVENTS = 5
"""Events of a report, with the main one."""
_FUTURE = re.compile(r"\b(?:will|forthcoming|upcoming|next)\b|将于", re.I)
_ANNOUNCED = re.compile(
    r"\bwill (?:also |next )?(?:be|take|meet|run|host|hold|follow)\b|\b(?:is|are) to be held\b|\bforthcoming\b|"
    r"\bupcoming\b|\bnext (?:year|month|week|meeting|session|edition|one)\b|"
    r"se celebrará|tendrá lugar|aura lieu|auront lieu|将于",
    re.I,
)
"""Words before a date that is of an event to come."""
_TODAY = re.compile(r"\b(?:today|hoy|aujourd['’]hui|heute)\b|今天|今日", re.I)
_WHERE = re.compile(r"\b(?:at|in|en el|en la|en|à|au)\s+(?:the\s+|la\s+|el\s+)?(?=[A-ZÁ-Ü0-9])")
_WHERE_HELD = re.compile(
    r"\b(?:held|took place|place|hosted|opened|given|delivered|organi[sz]ed|conducted|off|launched|convened|"
    r"gathered|met|came together|celebrat\w+|inaugurated|"
    r"conclusion|celebrado|eu lieu|retrouvés?|réuni\w*|symposium|workshop|seminar|conference|event|"
    r"forum|summit|meeting|(?:learning|study|training|open|away|information|networking|discussion)[ -]day|"
    r"training)\b",
    re.I,
)
_PLACE_NAME = re.compile(
    r"(?-i:[A-ZÁ-Ü0-9][\w’'&.-]*)(?:\s+(?:(?:of|the|de|du|des|la|le|del|aux|au|and|for|"
    r"&)\s+){0,2}(?-i:[A-ZÁ-Ü][\w’'&-]*))*"
)
_DATELINE = re.compile(r"^\W{0,3}(?P<place>[A-ZÁ-Ü][A-ZÁ-Ü .]{2,24})(?:[,(:—–-]|\s+\d)")
_NO_PLACE = (
    words(
        "january february march april may june july august september october november december china english "
        "chinese french order addition particular total general brief short fact partnership collaboration "
        "cooperation"
    )
    | HONORIFICS
    | TITLE_HEADS
)


def find_events(report: ReportText, sentences: Sequence[Block]) -> list[DraftEvent]:
    """Events of a text, the main one first; a text of which nothing tells an event gives one without date and place."""
    published = publication(report, sentences)
    dated: list[tuple[int, Block, DateSpan]] = []
    announced: list[tuple[int, Block, DateSpan]] = []
    datelines: list[tuple[Block, DateSpan]] = []
    for number, sentence in enumerate(sentences):
        dates = list(islice(dates_in(report.whole, sentence.start, sentence.end), MOST_DATES))
        if not dates:
            continue
        text = report.whole[sentence.start : sentence.end]
        is_published = bool(PUBLISHED.search(text[:40]))
        announcement = _ANNOUNCED.search(report.whole, sentence.start, sentence.end)
        announced_from = announcement.end() if announcement else None
        is_future = bool(_FUTURE.search(text))
        usual = 4 * bool(_HELD.search(text)) + 3 * bool(EVENT_WORD.search(text)) - 4 * is_future
        usual += 2 * (number < 6) - min(number, 20) // 4
        for date in dates:
            before = report.whole[max(sentence.start, date.span[0] - 30) : date.span[0]]
            if (is_published and date.span[0] - sentence.start < 60) or _NOT_WHEN.search(before):
                continue
            if _is_dateline(report, sentence, date):
                published = published or ("" if date.edtf.startswith("XXXX") else date.edtf)
                datelines.append((sentence, date))
                continue
            if announced_from is not None and announced_from <= date.span[0]:
                announced.append((usual, sentence, date))
                continue
            is_vague = date.edtf.count("-") < 2 and "/" not in date.edtf
            dated.append((usual - is_vague, sentence, date))
    head = _head(report, sentences)
    is_announcement = not dated and not any(_tells_of_past(report, sentence) for sentence in sentences[:12])
    if is_announcement:
        dated, announced = announced, []
    best = max(dated, key=lambda each: (each[0], -each[2].span[0]), default=None)
    first = best[1] if best else _first_sentence(report, sentences)
    name = name_of(report, sentences, first)
    main = DraftEvent(name)
    of_main = best[2] if best is not None and best[0] > 0 else None
    if of_main is None or (head.is_date_labelled and best is not None and best[0] < _SURE):
        of_main = head.date or of_main or _date_of_title(report) or _date_of_today(report, datelines)
    elif head.date is not None and _holds(head.date.edtf, of_main.edtf):
        # "Rotterdam and Antwerp, 11-13 June 2019" before "was held in Rotterdam on 11 and 12 June".
        of_main = head.date
    if of_main is not None:
        main.date, main.date_note = with_year(of_main.edtf, published, is_to_come=is_announcement)
        main.date_span = of_main.span
    main.place = head.place or _place(report, sentences, first) or head.place_beside_date
    to_come = frozenset(date.span for _, _, date in announced)
    return [main, *_others(report, [*dated, *announced], of_main, published, to_come)]


def _is_dateline(report: ReportText, sentence: Block, date: DateSpan) -> bool:
    """Whether a date is that of the writing, with the place where it was written: *LEEDS, 3 May -*."""
    is_first = _BEFORE_DATELINE.fullmatch(report.whole, sentence.start, date.span[0]) is not None
    behind = _BEHIND_DATELINE.match(report.whole, date.span[1], sentence.end)
    return is_first and behind is not None and behind.end() < sentence.end


def _tells_of_past(report: ReportText, sentence: Block) -> bool:
    text = report.whole[sentence.start : sentence.end]
    return bool(EVENT_WORD.search(text) and _HELD.search(text)) and not _ANNOUNCED.search(text)


def _date_of_title(report: ReportText) -> DateSpan | None:
    """The date in a title that stands in the head before the report."""
    match = TITLE_LINE.search(report.head)
    return next(dates_in(report.whole, *match.span("title")), None) if match else None


def _date_of_today(report: ReportText, datelines: Sequence[tuple[Block, DateSpan]]) -> DateSpan | None:
    """The date of a dateline whose sentence tells what happened today."""
    dates = (date for sentence, date in datelines if _TODAY.search(report.whole, date.span[1], sentence.end))
    return next(dates, None)


class _Head(msgspec.Struct, frozen=True):
    """Date and place that lines near the beginning give with a label, or as a line of their own."""

    date: DateSpan | None
    is_date_labelled: bool
    place: Value | None
    place_beside_date: Value | None
    """What stands beside the date where both have a line of their own: *Nairobi, 5-6 October 2021*."""


_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_DATE, _LONGEST_LINE = 60, 110
"""Code points of a line of a date, and of one that has only a place beside it."""


def _head(report: ReportText, sentences: Sequence[Block]) -> _Head:
    date: DateSpan | None = None
    is_labelled = False
    place: Value | None = None
    beside: Value | None = None
    for sentence in sentences[:16]:
        text = report.whole[sentence.start : sentence.end]
        match = _LABELS.match(text)
        if match and match["date"] and not is_labelled:
            labelled = next(dates_in(report.whole, sentence.start + match.start("value"), sentence.end), None)
            date, is_labelled = labelled or date, labelled is not None
        elif (match and match["place"]) or (match := _ROOM.match(text)):
            group = "value" if "value" in match.groupdict() else "place"
            place = place or _labelled_place(report, *_within(sentence, match, group))
        elif (
            date is None
            and len(text) < _LONGEST_LINE
            and not PUBLISHED.search(text[:40])
            and not _ANNOUNCED.search(text)
        ):
            # A line of its own with a date, such as stands below the title of a programme.
            of_line = next(dates_in(report.whole, sentence.start, sentence.end), None)
            place_of_line = _place_beside(report, sentence, of_line) if of_line is not None else None
            is_alone = of_line is not None and not _LETTER.search(report.whole, of_line.span[1], sentence.end)
            if len(text) < _LONGEST_DATE or (place_of_line is not None and is_alone):
                date, beside = of_line, place_of_line
    return _Head(date, is_labelled, place, beside)


def _place_beside(report: ReportText, line: Block, date: DateSpan) -> Value | None:
    """The place that a line of a date begins or ends with, and nothing else stands in."""
    before = _PLACE_BEFORE.fullmatch(report.whole, line.start, date.span[0])
    behind = _PLACE_BEHIND.fullmatch(report.whole, date.span[1], line.end)
    match = before or (behind if not report.whole[line.start : date.span[0]].strip(" *_") else None)
    if match is None or _EVENT_OR_BODY.search(match["place"]):
        return None
    first = match["place"].split()[0].strip(",").casefold()
    # A line of a name and a date tells who wrote.
    return (
        None if first in _NO_PLACE or first in given_names() else value_at(report.whole, *match.span("place"), "label")
    )


def _holds(outer: str, inner: str) -> bool:
    """Whether a date with a year has another one in it, which is shorter or has none."""
    first, _, last = outer.partition("/")
    if outer == inner or len(first) < 10 or first.startswith("XXXX"):
        return False
    days = [day.replace("XXXX", first[:4]) for day in inner.split("/")]
    return all(len(day) == 10 and first <= day <= (last or first) for day in days)


def _labelled_place(report: ReportText, start: int, end: int) -> Value | None:
    """What stands behind *Venue:*; of a whole sentence, the name that it begins with."""
    if end - start > LONGEST_PLACE and (place := _place_at(report, start, end)) is not None:
        return place
    return value_at(report.whole, start, end, "label")


def _within(sentence: Block, match: re.Match[str], group: str) -> Span:
    start = sentence.start + match.start(group)
    return start, start + len(match[group].rstrip(" *_|.,"))


def _others(
    report: ReportText,
    dated: Sequence[tuple[int, Block, DateSpan]],
    main: DateSpan | None,
    published: str,
    to_come: Container[Span],
) -> Iterator[DraftEvent]:
    """Further events with a date of their own: announced ones and former editions."""
    used = {main.edtf if main else ""}
    for sentence, same in groupby(dated, key=lambda each: each[1]):
        text = report.whole[sentence.start : sentence.end]
        match = EVENT_WORD.search(text)
        if not match or not (_HELD.search(text) or _FUTURE.search(text)):
            continue
        span = (sentence.start + match.start(), sentence.start + match.end())
        for _, _, date in same:
            if date.edtf in used or (main and _holds(main.edtf, date.edtf)):
                continue
            used.add(date.edtf)
            if len(used) > MOST_EVENTS:
                return
            edtf, note = with_year(date.edtf, published, is_to_come=date.span in to_come)
            yield DraftEvent(Value(report.at(span), span, "event word"), edtf, date.span, note)


def _first_sentence(report: ReportText, sentences: Sequence[Block]) -> Block:
    for sentence in sentences[:12]:
        text = report.whole[sentence.start : sentence.end]
        if EVENT_WORD.search(text) and _HELD.search(text):
            return sentence
    return sentences[0] if sentences else Block(report.body, len(report.whole))


_CHINESE_PLACE = re.compile(
    r"(?:在|于|於)(?P<place>[\u4e00-\u9fffA-Za-z0-9·（）()]{2,30}?)(?:隆重|顺利|成功|正式|圆满|盛大|如期|联合)*(?:举行|舉行|举办|舉辦|召开|召開|"
    r"开幕|開幕|启动|落幕)"
    r"|(?P<place2>[\u4e00-\u9fff\u3040-\u30ffー・]{3,40}?)(?:にて|において|で、)"
)


def _place(report: ReportText, sentences: Sequence[Block], first: Block) -> Value | None:
    """Where the event was: behind *held at* and the like in the sentence that tells of it, or in the next ones."""
    nearby = [first, *(sentence for sentence in sentences[:8] if sentence != first)]
    for sentence in nearby:
        chinese = _CHINESE_PLACE.search(report.whole, sentence.start, sentence.end)
        if chinese:
            span = chinese.span("place" if chinese["place"] else "place2")
            return Value(report.at(span), span, "held at")
        text = report.whole[sentence.start : sentence.end]
        if _FUTURE.search(text) or not (EVENT_WORD.search(text) or sentence == first):
            continue
        held = _WHERE_HELD.search(text)
        if held is None or (sentence != first and not _HELD.search(text)):
            continue
        for match in _WHERE.finditer(text, held.end()):
            if match[0].startswith("in") and "partnership" in text[match.start() : match.end() + 14]:
                continue
            place = _place_at(report, sentence.start + match.end(), sentence.end)
            if place is not None:
                return place
    for sentence in sentences[:3]:
        dateline = _DATELINE.match(report.whole[sentence.start : sentence.end])
        if dateline:
            start = sentence.start + dateline.start("place")
            span = (start, start + len(dateline["place"].rstrip()))
            return Value(report.at(span).title(), span, "dateline")
    return None


def _place_at(report: ReportText, start: int, end: int) -> Value | None:
    tokens = tokens_of(report.whole, start, min(end, start + 200))
    if not tokens or tokens[0].lower in _NO_PLACE:
        return None
    if not tokens[0].is_capital:
        return None
    match = _PLACE_NAME.match(report.whole, tokens[0].start, end)
    if match is None:
        return None
    end = match.end()
    if match[0].rstrip(".").casefold() in NO_NAME:
        return None
    before = report.whole[max(0, start - 60) : start]
    if before.count("“") + before.count("‘") > before.count("”") + before.count("’") or before.count('"') % 2:
        return None
    if EVENT_WORD.fullmatch(match[0].split()[-1]):
        return None
    span: Span = (tokens[0].start, end - (2 if match[0].endswith(("'s", "’s")) else match[0].endswith(".")))
    return Value(report.at(span), span, "held at")
