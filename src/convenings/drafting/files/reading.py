"""Reading a report of any format, told by its content and only then by its name."""

from __future__ import annotations

from convenings.domain.errors import BadInput
from convenings.drafting.files.report import MOST_BYTES, MOST_CHARACTERS, ReportFile

FORMATS = "text, Markdown, HTML, DOCX and PDF"


def read_report_file(data: bytes, name: str) -> ReportFile:
    """The paragraphs of a report.

    Args:
        data: The bytes of the file.
        name: Its name, for messages, and to tell Markdown and HTML from plain text.

    Raises:
        BadInput: it is empty, too large, of another format, broken, or holds no text.
    """
    if len(data) > MOST_BYTES:
        what = f"the file has {len(data):,} bytes, and reports are read up to {MOST_BYTES:,}"
        raise BadInput(what, file=name, hint="part it into several")
    if not data.strip():
        raise BadInput("the file is empty", file=name, hint="choose a file with a report")
    report = _read(data, name)
    if not report.paragraphs:
        raise BadInput("there is no text in the file", file=name, hint="open it and see whether it shows any")
    if sum(len(paragraph.text) for paragraph in report.paragraphs) > MOST_CHARACTERS:
        raise BadInput(
            f"the report has more than {MOST_CHARACTERS:,} characters", file=name, hint="part it into several"
        )
    return report


def _read(data: bytes, name: str) -> ReportFile:
    ending = name.casefold().rpartition(".")[2]
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from convenings.drafting.files.pdf_file import read_pdf

        return read_pdf(data, name)
    if instead := _what_is_imported(data):
        raise BadInput(f"this is a {instead} and no report", file=name, hint="import it (convenings import)")
    if data.startswith(b"PK\x03\x04"):
        from convenings.drafting.files.docx_file import read_docx

        return read_docx(data, name)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise BadInput("this is a document of an old word processor", file=name, hint="save it as DOCX or PDF")
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending in ("html", "htm", "xhtml") or head.startswith((b"<!doctype html", b"<html")):
        from convenings.drafting.files.html_file import read_html

        return read_html(data, name)
    from convenings.drafting.files.plain import read_markdown, read_plain

    return read_markdown(data, name) if ending in ("md", "markdown") else read_plain(data, name)


def _what_is_imported(data: bytes) -> str:
    """What a file is, where that is known by its beginning and read by an import; else an empty text."""
    if data.startswith(b"PK\x03\x04"):
        is_spreadsheet = b"xl/workbook.xml" in data or b"opendocument.spreadsheet" in data[:200]
        return "spreadsheet" if is_spreadsheet else ""
    return "calendar" if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCALENDAR") else ""
