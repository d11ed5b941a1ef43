"""What workbooks hide, leave out or are not, and days that stand once for several rows."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from convenings.domain.errors import BadInput
from convenings.domain.records import Event
from tests.unit.tables import labels, read_table, records_of


def test_a_hidden_sheet_and_formulas_without_values_are_told() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        shown = book.add_worksheet("Talks")
        shown.write_row(0, 0, ["Date", "Title", "Speaker"])
        shown.write_row(1, 0, ["2031-05-03", "", "Ana Lima"])
        shown.write_formula(1, 1, '=CONCATENATE("a","b")', None, "")
        shown.write_formula(2, 1, '=CONCATENATE("c","d")', None, "cd")
        hidden = book.add_worksheet("More")
        hidden.hide()
        hidden.write_row(0, 0, ["Date", "Title", "Speaker"])
        hidden.write_row(1, 0, ["2031-05-04", "Lakes", "Eve Ek"])
    reading = read_table(target.getvalue(), "talks.xlsx")
    assert "Lakes" in labels(reading, Event)
    assert "cd" in labels(reading, Event)
    remarks = " ".join(reading.remarks)
    assert "Sheet More is hidden" in remarks
    assert "1 cell has a formula of which the workbook keeps no value" in remarks


@pytest.mark.parametrize(
    ("part", "name", "message"),
    [
        ("Index/Document.iwa", "talks.numbers", "a document of Numbers"),
        ("Index/Document.iwa", "talks.xlsx", "a document of Numbers"),
        ("word/document.xml", "talks.xlsx", "a document of Word"),
    ],
)
def test_a_packed_file_that_is_no_workbook_is_said_to_be_what_it_is(part: str, name: str, message: str) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        parts.writestr(part, b"x")
    with pytest.raises(BadInput, match=message):
        read_table(target.getvalue(), name)


def test_a_workbook_with_a_password_is_refused_as_such() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(3000)
    with pytest.raises(BadInput, match="has a password"):
        read_table(data, "talks.xlsx")


def test_a_web_page_that_is_called_a_table_is_refused_as_such() -> None:
    with pytest.raises(BadInput, match="this is a web page"):
        read_table("<!DOCTYPE html><html><body>Sign in, please</body></html>\n", "talks.csv")


def test_a_row_with_a_time_and_no_day_is_of_the_day_above_it() -> None:
    text = "Date,Time,Session\n3 May 2031,09:00,Rivers\n,10:00,Lakes\n4 May 2031,09:00,Seas\n,,Open questions\n"
    events = {event.label: event for event in records_of(read_table(text), Event)}
    assert (events["Lakes"].date, events["Lakes"].date_basis) == ("2031-05-03", "inferred")
    assert events["Seas"].date_basis == "stated"
    assert events["Open questions"].date is None
