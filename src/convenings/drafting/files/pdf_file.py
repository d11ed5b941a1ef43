"""Reports as PDF, by pypdfium2: columns in order, lines joined to paragraphs, without running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import msgspec

from convenings.domain.errors import BadInput
from convenings.drafting.files.report import MOST_CHARACTERS, ReportFile, ReportParagraph, clean, join_lines

MOST_PAGES = 2000
_HYPHENS = dict.fromkeys((0x02, 0xFFFE), "-")
EDGE_LINES = 3
"""Lines at the top and at the bottom of a page that may be a running head or foot."""
_LONGEST_HEAD = 60
"""Code points of what stands at the left or the right of the head of a page."""
_NUMBER = re.compile(
    r"(?:page|seite|página|p\.|第)?\s*[-–—]?\s*(?:\d{1,4}|[ivxl]{1,6})\s*[-–—]?\s*(?:(?:of|/|von|de)\s*\d{1,4}|页)?",
    re.I,
)
_ENDS = re.compile(r"[.!?:;。！？：；”\"»)]\Z")
_OPEN_END = re.compile(
    r",\Z|\b(?:in|of|the|and|to|for|with|by|a|an|at|from|on|or|that|as|de|du|des|la|le|les|et|el|los|y|und|der|die|von)\Z"
)
"""What ends a line whose sentence does not end there."""
_ITEM = re.compile(r"(?:[•·▪*–—-]|\(?\d{1,3}[.)])\s")


class _Line(msgspec.Struct):
    """A line of a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def read_pdf(data: bytes, file: str) -> ReportFile:
    """A PDF, page by page.

    Raises:
        BadInput: it cannot be opened, has a password, or holds pictures of text alone.
    """
    import pypdfium2

    hint = "print it to a new PDF, or copy its text into a text file"
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        what = "the PDF has a password" if "password" in str(error).casefold() else "the PDF cannot be opened"
        raise BadInput(what, file=file, hint=hint) from error
    try:
        pages: list[list[_Line]] = []
        characters = 0
        for number in range(min(len(document), MOST_PAGES)):
            lines = _lines_of(document, number)
            characters += sum(len(line.text) for line in lines)
            pages.append(lines)
            if characters > MOST_CHARACTERS:
                break
    except pypdfium2.PdfiumError as error:
        raise BadInput("a page of the PDF cannot be read", file=file, hint=hint) from error
    finally:
        document.close()
    if not characters:
        what = "the PDF holds pictures of its pages and no text"
        raise BadInput(what, file=file, hint="have its text recognised by a scanner program first")
    _drop_running_lines(pages)
    paragraphs: list[ReportParagraph] = []
    for number, lines in enumerate(pages, 1):
        _add_paragraphs(paragraphs, lines, number)
    clean_paragraphs = (ReportParagraph(clean(each.text), each.page) for each in paragraphs)
    version = str(pypdfium2.PYPDFIUM_INFO)
    return ReportFile(tuple(each for each in clean_paragraphs if each.text), "application/pdf", f"pypdfium2 {version}")


def _lines_of(document: object, number: int) -> list[_Line]:
    """The lines of a page in reading order."""
    page = document[number]  # type: ignore[index]
    text_page = page.get_textpage()
    pieces = []
    for index in range(min(text_page.count_rects(), 20_000)):
        left, bottom, right, top = text_page.get_rect(index)
        # A hyphen at the end of a line comes as a sign of its own.
        text = text_page.get_text_bounded(left, bottom, right, top).translate(_HYPHENS).strip()
        if text and top > bottom:
            pieces.append(_Line(left, bottom, right, top, " ".join(text.split())))
    text_page.close()
    page.close()
    return _in_columns(_merged(pieces))


def _merged(pieces: Sequence[_Line]) -> list[_Line]:
    """Pieces that stand side by side on one line, as lines, from the top down."""
    lines: list[_Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        height = piece.top - piece.bottom
        if (
            last is not None
            and abs(last.bottom - piece.bottom) < height * 0.6
            and -height < piece.left - last.right < height * 2.5
        ):
            gap = "" if piece.left - last.right < height * 0.12 or last.text.endswith("-") else " "
            last.text = f"{last.text}{gap}{piece.text}"
            last.right, last.top, last.bottom = piece.right, max(last.top, piece.top), min(last.bottom, piece.bottom)
        elif last is None or piece.text != last.text or piece.left != last.left or piece.bottom != last.bottom:
            lines.append(piece)
    return lines


def _in_columns(lines: list[_Line]) -> list[_Line]:
    """Lines in reading order: where hardly any crosses the middle, the left column before the right one."""
    if len(lines) < 12:
        return sorted(lines, key=lambda line: (-round(line.bottom), line.left))
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    middle = _gutter(lines, left, right)
    if middle is None:
        return sorted(lines, key=lambda line: (-round(line.bottom), line.left))
    down = sorted(lines, key=lambda each: -each.top)
    ordered = _head_row(down)
    band: list[_Line] = []
    for line in down[len(ordered) :]:
        if line.left < middle - 4 and line.right > middle + 4:
            ordered += _columns_of(band, middle)
            ordered.append(line)
            band = []
        else:
            band.append(line)
    return ordered + _columns_of(band, middle)


def _head_row(down: Sequence[_Line]) -> list[_Line]:
    """Lines beside each other at the top of a page, with a blank stripe below: its head, and of no column."""
    first = down[0]
    height = first.top - first.bottom
    row = [line for line in down[:4] if abs(line.bottom - first.bottom) < height * 0.6]
    is_apart = len(row) > 1 and first.bottom - down[len(row)].top > height
    is_head = is_apart and all(len(line.text) < _LONGEST_HEAD for line in row)
    return sorted(row, key=lambda line: line.left) if is_head else []


def _columns_of(band: list[_Line], middle: float) -> list[_Line]:
    down = sorted(band, key=lambda line: -line.top)
    return [line for line in down if line.right <= middle + 4] + [line for line in down if line.right > middle + 4]


def _gutter(lines: Sequence[_Line], left: float, right: float) -> float | None:
    """The blank stripe between two columns, in points from the left; nothing where there is one column."""
    width = right - left
    best: tuple[int, float] | None = None
    for step in range(30, 71):
        at = left + width * step / 100
        crossing = sum(line.left < at - 2 and line.right > at + 2 for line in lines)
        if best is None or crossing < best[0]:
            best = crossing, at
    if best is None or best[0] > len(lines) * 0.15:
        return None
    on_left = sum(line.right <= best[1] + 4 for line in lines)
    on_right = sum(line.left >= best[1] - 4 for line in lines)
    return best[1] if min(on_left, on_right) > len(lines) * 0.25 else None


def _drop_running_lines(pages: list[list[_Line]]) -> None:
    """Take out what stands at the edge of most pages, but for its numbers, and page numbers."""
    counts: Counter[str] = Counter()
    for lines in pages:
        counts.update({_shape(line.text) for line in _edges(lines)})
    for lines in pages:
        edges = {id(line) for line in _edges(lines)}
        lines[:] = [
            line
            for line in lines
            if id(line) not in edges
            or not (
                _NUMBER.fullmatch(line.text)
                or (len(pages) > 1 and counts[_shape(line.text)] * 2 > len(pages) and len(line.text) < 140)
            )
        ]


def _edges(lines: Sequence[_Line]) -> list[_Line]:
    """The lines at the top and at the bottom of a page."""
    down = sorted(lines, key=lambda line: -line.top)
    return down[:EDGE_LINES] + down[-EDGE_LINES:] if len(down) > EDGE_LINES * 2 else down[:1] + down[-1:]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _goes_on(first: str, second: str) -> bool:
    """Whether a paragraph goes on at the top of the next column or page: in small letters, or behind such a word."""
    return not _ENDS.search(first) and (second[0].islower() or _OPEN_END.search(first) is not None)


def _add_paragraphs(paragraphs: list[ReportParagraph], lines: Sequence[_Line], page: int) -> None:
    """Add the paragraphs of a page; the first line may go on with the last paragraph of the page before."""
    if not lines:
        return
    heights = median(line.top - line.bottom for line in lines)
    gaps = [first.bottom - second.bottom for first, second in pairwise(lines) if first.bottom > second.bottom]
    usual = median(gaps) if gaps else heights * 1.3
    widest = max(line.right for line in lines)
    before: _Line | None = None
    for line in lines:
        if before is None:
            previous = paragraphs[-1].text if paragraphs else ""
            goes_on = bool(previous) and paragraphs[-1].page == page - 1 and _goes_on(previous, line.text)
        else:
            gap = before.bottom - line.bottom
            is_near = 0 < gap <= usual * 1.35 or gap < 0
            is_short = before.right < widest - (widest - before.left) * 0.25 and _ENDS.search(before.text) is not None
            is_heading = abs((before.top - before.bottom) - (line.top - line.bottom)) > heights * 0.25
            goes_on = is_near and not is_short and not is_heading and not _ITEM.match(line.text)
            if gap < 0:
                goes_on = _goes_on(before.text, line.text)
        if goes_on and paragraphs:
            last = paragraphs[-1]
            paragraphs[-1] = ReportParagraph(join_lines(last.text, line.text), last.page)
        else:
            paragraphs.append(ReportParagraph(line.text, page))
        before = line
