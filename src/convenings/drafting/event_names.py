"""What the event is called that a report is of: in quotation marks, by its title, or where it says what was held."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from convenings.drafting.dates import dates_in
from convenings.drafting.patterns import HAN, Pattern
from convenings.drafting.text import Block, ReportText
from convenings.drafting.value import Value

_EVENT = (
    r"(?:workshop|seminar|symposium|conference|summit|forum|congress|meeting|round ?table|festival|webinar|hackathon|"
    r"hack ?day|lectures?|training|convention|salon|dialogue|colloquium|launch|ceremony|session|debate|retreat|"
    r"exhibition|meet-?up|"
    r"(?:learning|study|training|open|away|information|networking|taster|careers?|discussion)[ -]days?|study exchange|"
    r"fair|event|call(?!s? for\b)|visit|talk|panel|activity|assembly|matinée|colloque|journée|congreso|jornada|"
    r"seminario|encuentro|foro|"
    r"tagung|论坛|研讨会|会议|大会|座谈会|沙龙|讲座|年会|峰会|シンポジウム|セミナー|講演会|会議)"
)
EVENT_WORD = re.compile(rf"(?<!\w){_EVENT}(?!\w)|论坛|研讨会|会议|大会|シンポジウム", re.I)
_IN_QUOTES = r"(?P<q>[“\"‘«']\s*(?P<name>\w[^”\"»]{7,180}?)\s*[”\"»’'](?![\w]))"
_QUOTED = Pattern(
    rf"{_EVENT}(?:[^.“\"‘«']{{0,60}}?(?:called|titled|entitled|named|on|:)|(?:(?!theme)[ \w]){{0,30}})\s*{_IN_QUOTES}",
    cue=r"[“\"‘«']",
)
_THEME = Pattern(
    rf"{_EVENT}[^.“\"‘«']{{0,60}}?(?:on the theme(?: of)?|themed|theme|sur le thème(?: de)?|"
    rf"autour d(?:u thème|e la thématique))\s*{_IN_QUOTES}",
    cue=r"[“\"‘«']",
)
_QUOTED_FIRST = Pattern(
    rf"^\W{{0,3}}(?P<q>[‘“\"«](?P<name>[^’”\"»]{{8,180}}?)[’”\"»])[^.]{{0,60}}\b{_EVENT}\b",
    cue=r"[‘“\"«]",
)
_NUMBERED = Pattern(
    rf"\b(?:the\s+)?(?P<name>(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|"
    rf"eleventh|twelfth|\w{{3,5}}teenth|twentieth|"
    rf"tenth|(?-i:[IVX]+(?=\s+[A-Z]))|annual|(?:19|20)\d\d(?!\s+(?:of|for|and|on|the|de)\b))\s+(?:(?-i:[A-ZÁ-Ü][\w’'&()-]*|of|for|and|on|the|de)\s+){{0,9}}?"
    rf"(?:{_EVENT[3:]}(?:\s+(?:(?:on|of|for|and|the|de|del|la|sobre|y|&)\s+){{0,2}}(?-i:[A-ZÁ-Ü][\w’'-]*)){{0,9}})"
)
_CAPITALS = Pattern(
    r"(?P<name>(?:[A-Z][\w’'&-]*\s+(?:(?:of|for|on|and|the|in|de)\s+)?){1,8}(?:Workshop|Seminar|Symposium|"
    r"Conference|Summit|Forum|"
    r"Congress|Meeting|Roundtable|Festival|Hackathon|Convention|Dialogue|Colloquium|Lecture|Meetup|Day|Week|Fair|Salon|"
    r"Congreso|Jornada)(?!\w)"
    r"(?:\s+(?:on|of|for)\s+(?:[A-Z][\w-]*\s*(?:and|of|the|&)?\s*){1,8})?)",
    flags=0,
)
_CHINESE_NAME = Pattern(
    r"(?:第[一二三四五六七八九十百\d]+届)?[“\"「《](?P<name>[^”\"」》\n]{4,40})[”\"」》](?=[^，。]{0,12}?(?:论坛|研讨会|会议|大会|活动|沙龙|讲座|"
    r"シンポジウム|在|于|於))"
    r"|(?P<name2>(?:第[一二三四五六七八九十百\d]+届|首届)[\u4e00-\u9fffA-Za-z0-9·—-]{2,30}?(?:论坛|研讨会|会议|大会|年会|峰会|沙龙|座谈会|交流会|讲座|工作坊))"
    r"|(?P<name3>[\u3040-\u30ff\u4e00-\u9fff]{4,40}?(?:シンポジウム|セミナー|講演会|フォーラム))",
    cue=HAN,
    flags=0,
)
_STRONG = (
    r"(?:workshops?|seminars?|symposium|conference|summit|forum|congress|meeting|round ?tables?|roundtables?|festival|"
    r"webinars?|meet-?up|hackathon|hack ?day|lectures?|training|convention|salon|dialogue|colloquium|retreat|assembly|"
    r"exchange|consultation|hearing|colloque|journée|congreso|jornada|seminario|encuentro|foro|tagung)"
)
"""Words that name an event by themselves; those of its parts, a session or a panel, are none of them."""
_LOWER_CASE = Pattern(
    rf"\b(?:the|a|an|its|their|our|this year[’']s|annual)\s+(?P<name>(?:[A-Z][\w’'&-]*\s+"
    rf"(?:(?:of|for|on|and|the|in)\s+)?){{1,8}}{_STRONG})\b(?![’'])",
    flags=0,
)
"""*The Soil Futures conference*."""
_FEW = r"(?:[^\W\d_][\w’'&-]*\s+){0,6}?"
_NOT_IN_SUBJECT = (
    r"in|at|on|with|by|from|which|that|where|when|during|last|this|today|yesterday|attended|organi[sz]ed|hosted|held|"
    r"between|as|supported|was|were|is|are|has|had|took|brought|for|to|sponsored|funded|led"
)
_SUBJECT = (
    rf"(?:\s+(?:on|about|of|for|into)\s+(?:the\s+)?(?!\d)[\w’'&-]+(?:\s+(?!(?:{_NOT_IN_SUBJECT})\b)[\w’'&-]+){{0,9}})?"
)
_WAS_HELD = (
    Pattern(
        rf"\b(?:held|holds|hosted|hosts|organi[sz]e[ds]|convene[ds]|conduct(?:s|ed)|staged|stages|ran|runs)\s+"
        rf"(?:(?:a|an|the|its|their|our|this year[’']s)\s+)?(?P<name>{_FEW}{_STRONG}{_SUBJECT})",
    ),
    Pattern(
        rf"\b(?:a|an|the)\s+(?P<name>{_FEW}{_STRONG}{_SUBJECT})\s+(?:was|were|took)\s+"
        r"(?:held|place|organi[sz]ed|hosted|convened)\b",
    ),
)
"""*Held a round table on school meals*, *a round table on school meals took place*."""
_PART = re.compile(r"(?:session|panel|talk|debate|activity|visit|call)s?\Z", re.I)
_REPORT_OF = Pattern(
    r"\W*(?:(?:subject|re|title|topic)\s*:\s*)?(?:(?:brief|short|summary|final|draft|full|official)\s+)*(?:report|summary|minutes|notes?|proceedings|"
    r"highlights|recap|record|account|outcomes?)\s+(?:on|of|from|about)\s+(?:(?:the|a|an|our)\s+)?"
)
_LABEL = Pattern(
    rf"\W*(?:minutes|notes|(?:{_STRONG}|event)\s+(?:report|summary|notes?|minutes|recap|proceedings|highlights|review))\s*[:|–—-]\s*"
)
"""*Report of the*, *Workshop report:*, and after it what was held."""
STRONG_WORD = re.compile(rf"(?<!\w){_STRONG}(?!\w)|论坛|论壇|研讨会|研討會|会议|會議|大会|シンポジウム", re.I)
LONGEST_TITLE = 160
_HEADINGS = 4
"""Lines at most among which the title is looked for."""


def name_of(report: ReportText, sentences: Sequence[Block], first: Block) -> Value:
    """What the event is called.

    A quoted title goes before all; then comes an event word with a numeral or capitals in the sentence that tells of
    it, then the title of the report, then what that sentence says was held, and the first line where nothing else is.

    Args:
        report: The text.
        sentences: Its sentences.
        first: The one that tells of the event.
    """
    nearby = [first, *(sentence for sentence in sentences[:6] if sentence != first)]
    values = chain(
        _matches(report, nearby, "name", _CHINESE_NAME),
        _matches(report, nearby, "quoted", _QUOTED, _QUOTED_FIRST),
        _matches(report, [first], "numbered", _NUMBERED),
        _matches(report, [first], "capitals", _CAPITALS, _LOWER_CASE),
        _matches(report, nearby, "quoted", _THEME),
        _titles(report, sentences),
        _matches(report, [first], "held", *_WAS_HELD),
        _matches(report, nearby, "numbered", _NUMBERED),
        _matches(report, nearby, "capitals", _CAPITALS, _LOWER_CASE),
        _matches(report, nearby, "held", *_WAS_HELD),
    )
    lines = (each for each in sentences if _LETTERS.search(report.whole, each.start, each.end))
    line = next(lines, Block(report.body, len(report.whole)))
    name = next(chain(values, _title_in_head(report)), None)
    return name or _value(report, line.start, _before_date(report, line), "first line")


def _matches(report: ReportText, sentences: Sequence[Block], how: str, *patterns: Pattern) -> Iterator[Value]:
    """What one of the patterns calls an event in one of the sentences, pattern by pattern."""
    for pattern in patterns:
        for sentence in sentences:
            for match in pattern.finditer(report.whole[sentence.start : sentence.end]):
                group = next(name for name in ("name", "name2", "name3") if match.groupdict().get(name))
                start, end = (sentence.start + at for at in match.span(group))
                # "First session" names a part of an event, and "third lecture" none.
                is_bare = len(match[group].split()) < 3 and match[group].islower()
                if how in ("quoted", "name") or not (is_bare or _PART.search(match[group])):
                    yield _value(report, start, end, how)


def _titles(report: ReportText, sentences: Sequence[Block]) -> Iterator[Value]:
    """What the first lines that are headings call the event."""
    is_behind_kind = False
    for line in sentences[:_HEADINGS]:
        text = report.whole[line.start : line.end]
        if len(text) > LONGEST_TITLE or text.endswith((".", ":", "。")) or _DETAIL.match(text):
            continue
        if _KIND.fullmatch(text):
            # "Seminar summary", and the title below
            is_behind_kind = True
            continue
        if is_behind_kind and _LETTERS.search(text) and next(dates_in(text, 0, len(text)), None) is None:
            yield _value(report, line.start, line.end, "title")
        is_behind_kind = False
        if text.endswith("?"):
            continue
        for pattern in _WAS_HELD:
            if match := pattern.search(text):
                yield _value(report, line.start + match.start("name"), line.start + match.end("name"), "title")
        label = _LABEL.match(text)
        prefix = label or _REPORT_OF.match(text)
        rest = text[prefix.end() if prefix else 0 :]
        rest = rest[: held.start()] if (held := _HELD_ON.search(rest)) else rest
        is_named = EVENT_WORD.search(rest) or label is not None
        is_bare = prefix is not None and len(rest.split()) < 2
        if (is_named if prefix else STRONG_WORD.search(rest)) and not is_bare:
            start = line.start + (prefix.end() if prefix else 0)
            yield _value(report, start, _before_date(report, Block(start, start + len(rest))), "title")


_DETAIL = re.compile(
    r"\W*(?:when|where|venue|date|time|place|location|present|attendance|participants?|speakers?|moderators?|chair|"
    r"organi[sz]ers?|hosts?)\W*:",
    re.I,
)
"""What begins a line that is no heading."""
_KIND = re.compile(
    rf"\W*(?:(?:{_STRONG}|event)\s+)?(?:summary|report|notes?|minutes|recap|proceedings|programme|program|agenda|"
    r"press release|newsletter)\W*",
    re.I,
)
"""A heading that says what kind of text it is, and not of what."""
_HELD_ON = re.compile(r"\s+(?:held|which took place)\s.*", re.I)


def _title_in_head(report: ReportText) -> Iterator[Value]:
    """The title that stands in the head before the report, without the name of a site behind it."""
    match = TITLE_LINE.search(report.head)
    if match is None or not match["title"].strip():
        return
    site = _SITE.search(match["title"])
    if site and STRONG_WORD.search(site[0]) and not STRONG_WORD.search(match["title"][: site.start()]):
        site = None
    end = match.start("title") + site.start() if site else match.end("title")
    start = match.start("title")
    prefix = _LABEL.match(report.head[start:end]) or _REPORT_OF.match(report.head[start:end])
    start += prefix.end() if prefix and end - start > prefix.end() + _SHORTEST else 0
    if _LETTERS.search(report.head, start, end):
        yield _value(report, start, end, "title")


TITLE_LINE = re.compile(r"^title[ \t]*:[ \t]*[\"'“]?(?P<title>[^\r\n]*?)[\"'”]?[ \t]*$", re.I | re.M)
_SITE = re.compile(r"\s+(?:[|»·•]|[–—-]{1,2}|::)\s+(?:(?![|»·•–—]\s)[^:,]){2,48}\Z")
"""What stands behind the title of a page: *| The Weir Trust*."""


def _before_date(report: ReportText, line: Block) -> int:
    """Where a title ends, before the date that may stand behind it."""
    date = next(dates_in(report.whole, line.start, line.end), None)
    if date is None or date.span[0] - line.start < _SHORTEST:
        return line.end
    before = report.whole[line.start : date.span[0]]
    return (
        line.start + len(_TAIL.sub("", before))
        if report.whole[date.span[1] : line.end].strip(" .)]*_") == ""
        else line.end
    )


_SHORTEST = 10
_LETTERS = re.compile(r"[^\W\d_]{4}|[\u3040-\u9fff]{2}")
_TAIL = re.compile(r"[\s,;:(\[|–—-]*(?:\b(?:held\s+)?on)?[\s,;:(\[|–—-]*\Z")


def _value(report: ReportText, start: int, end: int, how: str) -> Value:
    text = report.whole[start:end]
    start += len(text) - len(text.lstrip(" #*_\t"))
    end -= len(text) - len(text.rstrip(" *_\t.,;:"))
    return Value(report.at((start, end)), (start, end), how)
