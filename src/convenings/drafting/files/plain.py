"""Plain text and Markdown: wrapped lines are joined where lines are mostly long, marks of Markdown are taken off."""

from __future__ import annotations

import re

from convenings.domain.errors import BadInput
from convenings.drafting.files.report import LONG_LINE, ReportFile, clean, join_lines, paragraphs_of

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_KEPT = re.compile(r"(title|subtitle|date|author|authors|location|venue)\s*:\s*(.+)", re.I)
_IMAGE = re.compile(r"!\[([^\]\n]{0,400})\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_LINK = re.compile(
    r"\[([^\[\]\n]{1,1000})\]\([^()\n]{0,1000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|"
    r"\[([^\[\]\n]{1,400})\]\[[^\]\n]{0,200}\]"
)
_EMPHASIS = re.compile(r"(\*\*|__|\*|_|~~)(?=\S)([^\n*_~]{1,1000}?)(?<=\S)\1(?!\w)")
_HEADING = re.compile(r"#{1,6}\s+|>\s?|={3,}\s*\Z|-{3,}\s*\Z|\*{3,}\s*\Z")
_RULE = re.compile(r"[|:\-\s=+]{3,}")
_DEFINITION = re.compile(r"\[[^\]\n]{1,200}\]:\s+\S+.*")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,500}>|<!--.{0,4000}?-->", re.S)
_ITEM = re.compile(r"\s*(?:[*+•·▪–—-]|\(?\d{1,3}[.)]|[a-z][.)])\s+")


def decode(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or an encoding that its bytes tell.

    Raises:
        BadInput: the bytes are no text.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data[:4096]:
        raise BadInput("this is no text", file=file, hint="save it as text, HTML, DOCX or PDF")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[: 1 << 18]).best()
        if best is None:
            raise BadInput("the encoding of the text cannot be told", file=file, hint="save it as UTF-8") from None
        return data.decode(best.encoding, "replace")


def read_plain(data: bytes, file: str) -> ReportFile:
    """A plain text."""
    return ReportFile(tuple(paragraphs_of(unwrapped(decode(data, file).splitlines()))), "text/plain", "text")


def read_markdown(data: bytes, file: str) -> ReportFile:
    """A text in Markdown, of whose front matter the title, the date and the author are kept."""
    text = decode(data, file)
    head: list[str] = []
    if match := _FRONT_MATTER.match(text):
        for line in match[1].splitlines():
            if kept := _KEPT.fullmatch(line.strip()):
                value = kept[2].strip(" \"'")
                head.append(f"{kept[1].capitalize()}: {value}")
        text = text[match.end() :]
    lines = []
    for line in unwrapped(_TAG.sub(" ", text).splitlines()):
        stripped = _without_marks(line)
        if stripped and not _RULE.fullmatch(stripped) and not _DEFINITION.fullmatch(stripped):
            lines.append(stripped)
    return ReportFile(tuple(paragraphs_of([*head, *lines])), "text/markdown", "markdown")


def _without_marks(line: str) -> str:
    line = _HEADING.sub("", line.strip(), count=1)
    line = _IMAGE.sub(r"\1", line)
    line = _LINK.sub(lambda match: match[1] or match[2], line)
    for _ in range(3):
        line = _EMPHASIS.sub(r"\2", line)
    from html import unescape

    return clean(unescape(line.replace("`", "")).strip("|"))


def unwrapped(lines: list[str]) -> list[str]:
    """Lines of a text, those that belong to one paragraph as one, where most lines are long and many go on in small
    letters; else as they are."""
    with_text = [line.strip() for line in lines if line.strip()]
    lengths = sorted(map(len, with_text))
    if len(with_text) < 6 or not LONG_LINE <= lengths[len(lengths) * 2 // 3] <= 110 or lengths[-1] > 160:
        return lines
    if sum(line[0].islower() for line in with_text) * 5 < len(with_text):
        return lines
    longest = lengths[len(lengths) * 9 // 10]
    joined: list[str] = []
    is_open = False
    for line in lines:
        text = line.strip()
        if not text:
            is_open = False
            continue
        if is_open and not _ITEM.match(line):
            joined[-1] = join_lines(joined[-1], text)
        else:
            joined.append(text)
        # A short line ends a paragraph, as does a heading.
        is_open = len(text) > longest * 0.7
    return joined
