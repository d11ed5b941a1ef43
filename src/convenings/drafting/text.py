"""The text of a report as the rules see it: where the report begins, its blocks and sentences, its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import msgspec

from convenings.drafting.rule_words import words
from convenings.drafting.value import Span

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.S)
_HEAD_LINE = re.compile(
    r"(?:title|title-from|source|url|link|note|author|published|publisher|language|licen[cs]e|date|"
    r"retrieved)[ \t]*:.*",
    re.I,
)
_BREAK = re.compile(r"\r\n|\r|\n")
LONGEST_SENTENCE = 1500
"""Code points of a sentence at most, which no real one has; it bounds the work of the rules."""
MOST_WIDE = 130
"""Code points of a line at most, where paragraphs were broken into lines."""
_BLANK = re.compile(r"\s")
_WORD = re.compile(r"[^\W\d_]+")
_KANA, _HAN, _HANGUL = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\u3400-\u9fff]"), re.compile(r"[\uac00-\ud7af]")
_ARABIC, _CYRILLIC = re.compile(r"[\u0600-\u06ff]"), re.compile(r"[\u0400-\u04ff]")
_COMMON = {
    "en": "the of and to in a is that for on with was as by at from",
    "fr": "le la les des de et du un une en est que pour dans par au sur",
    "es": "el la los las de y en que un una por con para del se al",
    "de": "der die das und von den im mit für auf ein eine zu des",
    "pt": "o a os as de e do da em que um uma para com no na",
    "it": "il la di e che un una per in con del della dei le",
}
"""Language to its commonest words."""
_ABBREVIATIONS = words(
    "mr mrs ms dr prof st hon rev sen gov gen col lt sr jr messrs no vs etc eg ie co ltd inc corp dept univ "
    "fig vol jan feb mar apr jun jul aug sep sept oct nov dec mme mlle insp sgt supt cllr revd engr ph approx assoc "
    "sra srta lic ing"
)
"""Words that a full stop does not end a sentence after."""
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*(?=\s)|[。！？]+[”’」』）]*")
_STARTS = re.compile(r"\s+[\"'“‘«(\[¿¡*_•–—-]*\s*[^\W_]")


class Block(msgspec.Struct, frozen=True):
    """Lines that are read as one: a paragraph, an item of a list, a heading."""

    start: int
    end: int


class ReportText(msgspec.Struct, frozen=True):
    """The text of a file, with offsets into it."""

    whole: str
    body: int
    """Code point at which the report begins, behind a head of ``Title:`` and other lines that others have put there."""
    blocks: tuple[Block, ...]
    language: str
    """``en``, ``zh`` and so on; English where nothing tells."""

    @property
    def head(self) -> str:
        """What stands before the report."""
        return self.whole[: self.body]

    def at(self, span: Span) -> str:
        """What stands at a place, on one line."""
        return " ".join(self.whole[span[0] : span[1]].split())

    def sentences(self) -> Iterator[Block]:
        """Every sentence of the report, in order; a line of a list is one, too."""
        for block in self.blocks:
            yield from sentences_of(self.whole, block)


def read_report(whole: str) -> ReportText:
    """See where a report begins, and which lines belong together."""
    body = _body(whole)
    lines = _lines(whole, body)
    blocks = _blocks(whole, lines) if _is_wrapped(whole, lines) else tuple(Block(*line) for line in lines)
    return ReportText(whole, body, blocks, language_of(whole[body:]))


def _body(whole: str) -> int:
    match = _FRONT_MATTER.match(whole)
    at = match.end() if match else 0
    head = at
    while head < len(whole):
        ending = _BREAK.search(whole, head)
        line, after = whole[head : ending.start() if ending else len(whole)], ending.end() if ending else len(whole)
        if line.strip() and not _HEAD_LINE.fullmatch(line):
            break
        head = after
    # A head alone is no report: then the lines are the report.
    return head if whole[head:].strip() else at


def _lines(whole: str, body: int) -> list[Span]:
    """Lines with something in them, without the blanks around it."""
    lines, at = [], body
    for match in (*_BREAK.finditer(whole, body), None):
        end = match.start() if match else len(whole)
        line = whole[at:end]
        if stripped := line.strip():
            start = at + line.index(stripped[0])
            lines.append((start, start + len(stripped)))
        at = match.end() if match else end
    return lines


def _is_wrapped(whole: str, lines: list[Span]) -> bool:
    """Whether paragraphs were broken into lines: mostly the first word of the next line would not have fitted."""
    width = max((end - start for start, end in lines), default=0)
    pairs = [(first, second) for first, second in pairwise(lines) if whole.count("\n", first[1], second[0]) == 1]
    if not 40 <= width <= MOST_WIDE or len(pairs) < 3:
        return False
    broken = sum(end - start + 1 + min(_first_word(whole, second), 24) > width for (start, end), second in pairs)
    return broken * 10 >= len(pairs) * 6


def _first_word(whole: str, line: Span) -> int:
    """Code points of the first word of a line."""
    blank = _BLANK.search(whole, *line)
    return (blank.start() if blank else line[1]) - line[0]


def _blocks(whole: str, lines: list[Span]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for start, end in lines:
        if (
            blocks
            and whole.count("\n", blocks[-1].end, start) <= 1
            and not re.match(r"[•*–—-]|\d+[.)]\s", whole[start:end])
        ):
            blocks[-1] = Block(blocks[-1].start, end)
        else:
            blocks.append(Block(start, end))
    return tuple(blocks)


def language_of(text: str) -> str:
    """The language of a text by its script and its commonest words, as far as we have rules for it."""
    sample = text[:20_000]
    letters = max(1, len(_WORD.findall(sample)))
    if len(_KANA.findall(sample)) * 12 > len(sample):
        return "ja"
    if len(_HAN.findall(sample)) * 5 > len(sample):
        return "zh"
    for script, language in ((_HANGUL, "ko"), (_ARABIC, "ar"), (_CYRILLIC, "ru")):
        if len(script.findall(sample)) * 4 > len(sample):
            return language
    words = [word.casefold() for word in _WORD.findall(sample)]
    shares = {language: sum(word in common for word in words) for language, common in _SETS.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] * 20 > letters else "en"


_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def sentences_of(whole: str, block: Block) -> Iterator[Block]:
    """The sentences of a block; what ends without a full stop is one, and a very long one is read in pieces."""
    for sentence in _whole_sentences(whole, block):
        at = sentence.start
        while sentence.end - at > LONGEST_SENTENCE:
            blank = max(whole.rfind(" ", at, at + LONGEST_SENTENCE), at + LONGEST_SENTENCE // 2)
            yield Block(at, blank)
            at = blank
            while at < sentence.end and whole[at].isspace():
                at += 1
        if at < sentence.end:
            yield Block(at, sentence.end)


def _whole_sentences(whole: str, block: Block) -> Iterator[Block]:
    at = block.start
    for match in _END.finditer(whole, block.start, block.end):
        if whole[match.start()] == "." and not _is_end(whole, at, match):
            continue
        if _SPEAKER_BEHIND.match(whole, match.end(), block.end):
            continue
        yield Block(at, match.end())
        after = match.end()
        while after < block.end and whole[after].isspace():
            after += 1
        at = after
    if at < block.end:
        yield Block(at, block.end)


def _is_end(whole: str, start: int, match: re.Match[str]) -> bool:
    """Whether a full stop ends the sentence: not behind an initial or an abbreviation, nor before a small letter."""
    before = _LAST_WORD.search(whole[max(start, match.start() - 24) : match.start()])
    word = before[0] if before else ""
    if match.end() - match.start() == 1 and (word.casefold() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())):
        return False
    if _DAY_BEFORE.search(whole[max(0, match.start() - 3) : match.start()]) and _MONTH_BEHIND.match(whole, match.end()):
        return False
    following = _STARTS.match(whole, match.end())
    return following is None or not following[0][-1].islower()


_SPEAKER_BEHIND = re.compile(
    r"(?<=[”」』])[^。！？，,“]{1,16}(?:说|表示|指出|认为|道|問|问|说道)|"
    r"(?<=[”\"»’])\s+[^\W\d_][^.!?“\"«]{2,60}\b(?:said|says|added|asked|noted)\b"
)
"""Who said what was quoted, behind the quotation: the sentence is not at its end."""
_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\Z")
_MONTH_BEHIND = re.compile(
    r"\s+(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b", re.I
)
"""*Am 12. September*."""
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
