"""Reports are read from five formats into one paragraph a line, and what is broken or hostile is told in a sentence."""

from __future__ import annotations

import itertools

import pytest

from convenings.domain.errors import BadInput
from convenings.drafting.files.reading import read_report_file
from tests.unit.report_files import docx, paragraph, pdf, table
from tests.unit.tables import spreadsheet_of, workbook


def lines(data: bytes, name: str) -> list[str]:
    """The paragraphs of a file."""
    return [each.text for each in read_report_file(data, name).paragraphs]


def test_a_text_keeps_its_lines_where_they_are_paragraphs() -> None:
    assert lines(b"Present:\n\nNora Finch: Shed Trust\nTom Baxter: Moor Council\n", "a.txt") == [
        "Present:",
        "Nora Finch: Shed Trust",
        "Tom Baxter: Moor Council",
    ]


def test_broken_lines_of_a_text_are_joined() -> None:
    text = """\
The shed group met on 2 May 2019 in the hall of the Shed Trust to talk about
sheds, about tools, and about the old people who would like to use both of them
without having to climb a ladder.

Nora Finch, who has led the group since its beginning, thanked all who had come
from near and far, and asked the members to speak in turn about what their sheds
lack most.
"""
    assert len(lines(text.encode(), "a.txt")) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings(encoding: str) -> None:
    text = "第二届社区花园论坛在海港市图书馆举行，李明华主持论坛，王小兰作主旨演讲，介绍社区花园的经验。\n" * 3
    assert lines(text.encode(encoding), "a.txt") == text.splitlines()


def test_markdown_loses_its_marks() -> None:
    text = """---
title: "A day of sheds"
date: 2020-02-21
layout: post
---
# A day *of* sheds

* [Nora Finch](https://shed.example/nora) (chair)
* **Tom Baxter**

| Name | Body |
|------|------|
| Ida Lund | Hill College |
"""
    assert lines(text.encode(), "a.md") == [
        "Title: A day of sheds",
        "Date: 2020-02-21",
        "A day of sheds",
        "* Nora Finch (chair)",
        "* Tom Baxter",
        "Name | Body",
        "Ida Lund | Hill College",
    ]


def test_a_page_loses_its_furniture() -> None:
    page = """<!doctype html><html><head><title>x</title><style>p {}</style></head><body>
<nav><ul><li>Home</li></ul></nav><div class="cookie-banner"><p>We like biscuits</p></div>
<h1>A day of sh<b>ed</b>s</h1><p>Nora &amp; Tom<br>met.</p>
<table><tr><th>Name<th>Body</tr><tr><td>Ida <i>Lund</i></td><td>Hill College</td></tr></table>
<script>var x = "<p>no</p>";</script><footer>bye</footer></body></html>"""
    assert lines(page.encode(), "a.html") == [
        "A day of sheds",
        "Nora & Tom",
        "met.",
        "Name | Body",
        "Ida Lund | Hill College",
    ]


def test_a_document_of_a_word_processor() -> None:
    body = (
        paragraph("A day of sh", "eds") + table(("Name", "Body"), ("Ida Lund", "Hill College")) + paragraph("The end")
    )
    assert lines(docx(body), "a.docx") == ["A day of sheds", "Name | Body", "Ida Lund | Hill College", "The end"]


def test_what_was_deleted_from_a_document_is_no_text() -> None:
    body = "<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    assert lines(docx(body), "a.docx") == ["kept"]


def page_of(number: int, *text: str) -> list[tuple[float, float, str]]:
    """A page with a running head, a foot with its number, and lines of text."""
    below = [(70.0, 740.0 - 14 * place, line) for place, line in enumerate(text)]
    return [(70.0, 800.0, "Proceedings of the Shed Group"), *below, (290.0, 30.0, f"- {number} -")]


def test_a_pdf() -> None:
    first = page_of(
        1,
        "The shed group met on 2 May 2019 in the hall of the Shed Trust to talk about sheds and",
        "about the old people who would like to use them without a lad-",
        "der. All agreed.",
        "Nora Finch chaired the meeting, and thanked everybody who had come from near and from",
    )
    second = page_of(2, "far. Then they went home by the late bus.")
    third = page_of(3, "Nobody stayed behind.")
    report = read_report_file(pdf(first, second, third), "a.pdf")
    assert [(each.page, each.text) for each in report.paragraphs] == [
        (
            1,
            "The shed group met on 2 May 2019 in the hall of the Shed Trust to talk about sheds and about the old "
            "people who would like to use them without a ladder. All agreed.",
        ),
        (
            1,
            "Nora Finch chaired the meeting, and thanked everybody who had come from near and from far. Then they "
            "went home by the late bus.",
        ),
        (3, "Nobody stayed behind."),
    ]


def test_columns_are_read_one_after_the_other() -> None:
    left = [(50.0, 700.0 - 14 * n, f"left {n} of the first column with some words") for n in range(10)]
    right = [(310.0, 700.0 - 14 * n, f"right {n} of the second column with words") for n in range(10)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    text = read_report_file(pdf(mixed), "a.pdf").text
    assert text.index("left 9") < text.index("right 0")


def test_the_head_of_a_page_is_of_no_column_and_a_sentence_goes_on_in_the_next() -> None:
    left = [(50.0, 700.0 - 14 * n, f"left {n} of the first column with some words") for n in range(9)]
    right = [(310.0, 700.0 - 14 * n, f"right {n} of the second column with words") for n in range(1, 10)]
    last, first = (50.0, 700.0 - 14 * 9, "left 9 was chaired by the Institute in"), (310.0, 700.0, "Hull. It rained")
    head = [(50.0, 760.0, "Weir Trust"), (480.0, 760.0, "Newsletter 12")]
    text = lines(pdf([*head, *left, last, first, *right]), "a.pdf")
    assert text[:2] == ["Weir Trust", "Newsletter 12"]
    assert any("chaired by the Institute in Hull. It rained" in line for line in text)


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"", "a.txt", "the file is empty"),
        (b"  \n ", "a.txt", "the file is empty"),
        (b"\0\1\2\3" * 50, "a.txt", "this is no text"),
        (b"%PDF-1.4\nrubbish", "a.pdf", "the PDF cannot be opened"),
        (pdf([]), "a.pdf", "the PDF holds pictures of its pages and no text"),
        (b"PK\x03\x04rubbish", "a.docx", "this is no whole DOCX file"),
        (workbook([["Name"], ["Ana"]]), "a.xlsx", "this is a spreadsheet and no report; import it"),
        (spreadsheet_of([["Name"], ["Ana"]]), "a.ods", "this is a spreadsheet and no report; import it"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "a.ics", "this is a calendar and no report; import it"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "a.doc", "this is a document of an old word processor"),
        (docx("<w:p>"), "a.docx", "the document in the file is broken"),
        (
            docx(paragraph("x"), head='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
            "a.docx",
            "the document in the file is broken",
        ),
        (b"<html><body><script>x</script></body></html>", "a.html", "there is no text in the file"),
    ],
    # Packed files hold the time at which they were made, which is to be in no name of a test.
    ids=itertools.count(),
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, name: str, what: str) -> None:
    with pytest.raises(BadInput, match=what) as error:
        read_report_file(data, name)
    assert name in str(error.value)


def test_deep_nesting_ends() -> None:
    assert lines(b"<div>" * 100_000 + b"deep", "a.html") == ["deep"]


@pytest.mark.parametrize("holder", ["form", "div class='page has-sidebar'", "div class='social-impact'"])
def test_what_holds_the_whole_page_is_no_furniture(holder: str) -> None:
    text = "The shed group met on 2 May 2019 in the hall of the Shed Trust to talk about sheds."
    page = f"<html><body><nav>Home</nav><{holder}><p>{text}</p></{holder.split()[0]}></body></html>"
    assert lines(page.encode(), "a.html") == [text]


def test_a_menu_is_furniture_however_long_it_is() -> None:
    text = "The shed group met on 2 May 2019 in the hall of the Shed Trust to talk about sheds."
    menu = "<div class='main-menu'>" + "<a>Our sheds</a> " * 100 + "<script>" + "x = 1;" * 100 + "</script></div>"
    assert lines(f"<html><body>{menu}<p>{text}</p></body></html>".encode(), "a.html") == [text]


ROWS = (("Name", "Title", "Body"), ("Joan Pettifer", "", "Seaford Council"), ("", "Chair", "Moor Council"))


def test_an_empty_cell_keeps_its_place() -> None:
    expected = ["Name | Title | Body", "Joan Pettifer | | Seaford Council", "| | Chair | Moor Council"]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    assert lines(f"<html><table>{rows}</table></html>".encode(), "a.html") == expected
    assert lines(docx(table(*ROWS)), "a.docx") == expected


def test_a_cell_stays_one_whatever_is_in_it() -> None:
    page = "<html><table><tr><td><p>Ida</p><p>Lund</p></td><td>Hill<br>College<svg></svg></td></tr></table></html>"
    assert lines(page.encode(), "a.html") == ["Ida Lund | Hill College"]


def test_a_table_in_a_table_loses_no_text() -> None:
    page = "<html><table><tr><td>before<table><tr><td>a</td><td>b</td></tr></table>behind</td></tr></table></html>"
    assert lines(page.encode(), "a.html") == ["before", "a | b", "behind"]


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("iso-8859-1", b"a \x93shed\x94", "a “shed”"),
        ("gb2312", "社区花园论坛，镕".encode("gb18030"), "社区花园论坛，镕"),
        # Encodings of Python that are none of a page.
        ("unicode_escape", rb"a shed \ud800", r"a shed \ud800"),
        ("idna", b"a shed..", "a shed.."),
        ("utf-16", b"a shed", "a shed"),
    ],
)
def test_the_encoding_that_a_page_names(name: str, data: bytes, text: str) -> None:
    page = f"<html><meta charset={name}><p>".encode() + data + b"</p></html>"
    assert lines(page, "a.html") == [text]


_DUBLIN_CORE = '<p:coreProperties xmlns:p="p" xmlns:dc="http://purl.org/dc/elements/1.1/">{}</p:coreProperties>'


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("A day of sheds &amp; tools", "Title: A day of sheds & tools"),
        ("Nora and Tom met in May", "Nora and Tom met in May."),
        ("Microsoft Word - report3.doc", "Nora and Tom met in May."),
        ("report.docx", "Nora and Tom met in May."),
        ("", "Nora and Tom met in May."),
    ],
)
def test_the_title_of_a_file_is_kept_where_no_heading_says_it(title: str, first: str) -> None:
    body = "Nora and Tom met in May."
    page = f"<html><head><title>{title}</title></head><body><p>{body}</p></body></html>"
    assert lines(page.encode(), "a.html")[0] == first
    properties = _DUBLIN_CORE.format(f"<dc:title>{title}</dc:title><dc:creator>Ida Lund</dc:creator>")
    assert lines(docx(paragraph(body), properties=properties), "a.docx")[0] == first


def test_the_title_of_a_page_is_often_its_heading_with_the_site_behind() -> None:
    page = "<title>A day of sheds | Shed Trust</title><h1>A day of sheds</h1><p>Nora and Tom met.</p>"
    assert lines(page.encode(), "a.html") == ["A day of sheds", "Nora and Tom met."]


@pytest.mark.parametrize("properties", ["<broken", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "\0"])
def test_properties_that_are_broken_give_no_title(properties: str) -> None:
    assert lines(docx(paragraph("Nora and Tom met."), properties=properties), "a.docx") == ["Nora and Tom met."]
