"""Reports as web pages, read by the standard library: blocks are paragraphs, rows of tables have bars between cells."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from convenings.drafting.files.plain import decode
from convenings.drafting.files.report import MOST_CHARACTERS, ReportFile, paragraphs_of
from convenings.drafting.words import words

_SKIPPED = words(
    "script style noscript template svg nav footer aside form iframe select button object canvas head math"
)
_BLOCKS = words(
    "address article blockquote br dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5 h6 header "
    "hr li main ol p pre section summary table tbody td tfoot th thead tr ul caption center"
)
_VOID = words("br hr img input meta link area base col embed source track wbr")
_FURNITURE = re.compile(
    r"\b(?:cookie|navbar|breadcrumb|menu|sidebar|share|social|footer|banner|skip-link|newsletter|"
    r"related-posts)\b",
    re.I,
)
_DEEPEST = 2000
"""Elements within each other at most; deeper ones are read as if they stood beside each other."""


class _Paragraphs(HTMLParser):
    """Collects the text of blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._parts: list[str] = []
        self._length = 0
        self._skipped: list[str] = []
        self._cells: list[int] = []
        self._row: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            if tag in _BLOCKS and not self._skipped:
                self._end_line()
            return
        if self._skipped:
            if tag == self._skipped[-1] and len(self._skipped) < _DEEPEST:
                self._skipped.append(tag)
            return
        names = " ".join(value or "" for name, value in attrs if name in ("class", "id", "role"))[:400]
        if tag in _SKIPPED or (tag in ("div", "section", "ul", "header") and _FURNITURE.search(names)):
            self._skipped.append(tag)
            self._end_line()
        elif tag == "tr":
            self._end_line()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
        elif tag in _BLOCKS and self._row is None:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
            return
        if tag in ("td", "th") and self._row is not None:
            self._end_cell()
        elif tag == "tr" and self._row is not None:
            self._end_cell()
            row, self._row = [cell for cell in self._row if cell], None
            self.lines.append(" | ".join(row))
        elif tag in _BLOCKS and self._row is None:
            self._end_line()

    def handle_data(self, data: str) -> None:
        if not self._skipped and self._length < MOST_CHARACTERS:
            self._parts.append(data)
            self._length += len(data)

    def _end_cell(self) -> None:
        text = " ".join("".join(self._parts).split())
        self._parts = []
        if text and self._row is not None:
            self._row.append(text)

    def _end_line(self) -> None:
        if self._row is not None:
            self._end_cell()
            return
        self.lines.append(" ".join("".join(self._parts).split()))
        self._parts = []

    def close(self) -> None:
        super().close()
        self._row = None
        self._end_line()


def read_html(data: bytes, file: str) -> ReportFile:
    """A web page without its furniture: menus, forms, footers, banners about cookies."""
    match = re.search(rb"""<meta[^>]{0,200}charset=["']?([\w-]+)""", data[:4096], re.I)
    encoding = match[1].decode("ascii", "replace").casefold() if match else ""
    try:
        text = data.decode(encoding) if encoding not in ("", "utf-8", "utf8") else decode(data, file)
    except (LookupError, UnicodeDecodeError):
        text = decode(data, file)
    parser = _Paragraphs()
    parser.feed(text)
    parser.close()
    return ReportFile(tuple(paragraphs_of(parser.lines)), "text/html", "html")
