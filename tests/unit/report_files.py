"""Small files of reports, made by hand: documents of a word processor, and PDF with text at given places."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from html import escape
from io import BytesIO

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(body: str, *, head: str = "", properties: str = "") -> bytes:
    """A document whose body is a piece of WordprocessingML, with its properties as XML where they are given."""
    document = f'{head}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        # With a date that is always alike, as tests are called by what they are given.
        package.writestr(zipfile.ZipInfo("[Content_Types].xml"), "<Types/>")
        package.writestr(zipfile.ZipInfo("word/document.xml"), document)
        foot = f'<w:ftr xmlns:w="{_WORD}"><w:p><w:r><w:t>a foot</w:t></w:r></w:p></w:ftr>'
        package.writestr(zipfile.ZipInfo("word/footer1.xml"), foot)
        if properties:
            package.writestr(zipfile.ZipInfo("docProps/core.xml"), properties)
    return out.getvalue()


def paragraph(*runs: str) -> str:
    """A paragraph of some runs, as WordprocessingML."""
    return "<w:p>" + "".join(f"<w:r><w:t>{escape(run)}</w:t></w:r>" for run in runs) + "</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table, as WordprocessingML."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def pdf(*pages: Sequence[tuple[float, float, str]]) -> bytes:
    """A PDF of pages of lines: points from the left and from the bottom, and an ASCII text in 10 point Helvetica."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for lines in pages:
        escaped = (re.sub(r"([\\\\()])", r"\\\1", line) for _, _, line in lines)
        places = (f"{x} {y} Td" for x, y, _ in lines)
        commands = (f"BT /F1 10 Tf {place} ({line}) Tj ET\n" for place, line in zip(places, escaped, strict=True))
        text = "".join(commands).encode("ascii")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
        kids.append(len(objects) + 1)
        resources = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>"
        objects.append(page % (len(objects), resources))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
