"""Reports as web pages, read by the standard library: blocks are paragraphs, rows of tables have bars between cells."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from convenings.drafting.files.plain import decode
from convenings.drafting.files.report import MOST_CHARACTERS, ReportFile, paragraphs_of, row_of, with_title
from convenings.drafting.rule_words import words

_SKIPPED = words(
    "title script style noscript template svg nav footer aside iframe select button object canvas head math"
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
"""Words of a class or id that mostly name furniture."""
_ENCODINGS = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
    "iso-8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
}
"""Names of encodings to those in which pages that give them are written (WHATWG Encoding Standard)."""
_PAGE_ENCODING = re.compile(
    r"windows-\d+|cp\d+|iso-8859-\d+|koi8-[ru]|macintosh|gb18030|big5(?:-hkscs)?|euc-jp|iso-2022-jp"
)
"""Encodings that a page may name; of Python's others some are none of text, and UTF-8 is told by the bytes."""
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,1000})</title", re.I)
_SENTENCE = 60
"""Code points from which on a piece of text is rather of a report than of a menu."""
_DEEPEST = 2000
"""Elements within each other at most; deeper ones are read as if they stood beside each other."""


class _Paragraphs(HTMLParser):
    """Collects the text of blocks.

    Args:
        has_furniture: Whether forms are read, and what is called a banner or the like.
    """

    def __init__(self, *, has_furniture: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.length = 0
        """Code points that were read."""
        self.sentences = 0
        """Those of them that stand in pieces as long as a sentence."""
        self.furniture = 0
        """Code points of such pieces that were left out."""
        self._has_furniture = has_furniture
        self._is_furniture = False
        self._parts: list[str] = []
        self._skipped: list[str] = []
        self._row: list[str] | None = None
        self._is_cell = False

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
        is_furniture = not self._has_furniture and (
            tag == "form" or (tag in ("div", "section", "ul", "header") and _FURNITURE.search(names) is not None)
        )
        if tag in _SKIPPED or is_furniture:
            self._skipped.append(tag)
            self._is_furniture = is_furniture
            self._end_line()
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            self._is_cell = True
        elif tag in _BLOCKS:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            if tag == self._skipped[-1]:
                self._skipped.pop()
            return
        if tag in ("td", "th") and self._row is not None:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        length = len(data.strip())
        if self._skipped:
            is_text = self._is_furniture and self.cdata_elem is None and length >= _SENTENCE
            self.furniture += length if is_text else 0
        elif self.length < MOST_CHARACTERS:
            self._parts.append(data)
            self.length += length
            self.sentences += length if length >= _SENTENCE else 0

    def _end_cell(self) -> None:
        text = " ".join("".join(self._parts).split())
        self._parts = []
        if self._row is not None and (text or self._is_cell):
            self._row.append(text)
        self._is_cell = False

    def _end_row(self) -> None:
        """End a row, also one in a cell of which another table begins."""
        if self._row is None:
            self._end_line()
            return
        self._end_cell()
        self.lines.append(row_of(self._row))
        self._row = None

    def _end_line(self) -> None:
        if self._row is not None:
            # A cell stays one, whatever blocks are in it.
            self._parts.append(" ")
            return
        self.lines.append(" ".join("".join(self._parts).split()))
        self._parts = []

    def close(self) -> None:
        super().close()
        self._end_row()


def read_html(data: bytes, file: str) -> ReportFile:
    """A web page without its furniture: menus, forms, footers, banners about cookies."""
    text = _decode(data, file)
    parser = _parsed(text, has_furniture=False)
    if parser.furniture > parser.sentences or not parser.length:
        # All of the page stands in a form, or in something that is called so.
        parser = _parsed(text, has_furniture=True)
    title = _TITLE.search(text)
    return ReportFile(with_title(unescape(title[1]) if title else "", paragraphs_of(parser.lines)), "text/html", "html")


def _parsed(text: str, *, has_furniture: bool) -> _Paragraphs:
    parser = _Paragraphs(has_furniture=has_furniture)
    parser.feed(text)
    parser.close()
    return parser


def _decode(data: bytes, file: str) -> str:
    """The text of a page, in the encoding that it names where that is one of a page."""
    match = re.search(rb"""<meta[^>]{0,200}charset=["']?([\w-]+)""", data[:4096], re.I)
    name = match[1].decode("ascii", "replace").casefold() if match else ""
    encoding = _ENCODINGS.get(name, name)
    if _PAGE_ENCODING.fullmatch(encoding):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeError):
            pass
    return decode(data, file)
