"""From the file of a report to its text and what the rules find in it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from convenings.drafting.files.report import ReportFile
from convenings.drafting.value import Draft


class Drafted(msgspec.Struct, frozen=True):
    """A report as it was read, and its draft with offsets in that text."""

    report: ReportFile
    draft: Draft
    file_hash: str
    """First 16 hexadecimal digits of the SHA-256 of the file."""


def read_and_draft(path: Path) -> Drafted:
    """Read a report and draft it.

    Raises:
        BadInput: The file cannot be read, or is no report.
    """
    from convenings.drafting.drafter import draft
    from convenings.drafting.files.reading import read_report_file
    from convenings.store.files import read
    from convenings.store.sources import text_hash

    data = read(path)[0]
    report = read_report_file(data, str(path))
    return Drafted(report, draft(report.text), text_hash(data))
