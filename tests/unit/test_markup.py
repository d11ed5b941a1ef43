"""The plain text of what others have written with markup."""

from __future__ import annotations

import time

import pytest

from convenings.domain.markup import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<br>two</p><ul><li>three</ul>", "One\ntwo\n• three"),
        ("a < b and <b>b</b> > c &amp; d", "a < b and b > c & d"),
        ("before<script>x()</SCRIPT>after<!-- <p> -->wards", "beforeafterwards"),
        # A letter that is two in small ones moves nothing.
        ("İİİ<STYLE>x</style>tail", "İİİtail"),
        ("<script>without an end", "without an end"),
        ("cut off <a href='", "cut off <a href='"),
    ],
)
def test_markup_becomes_lines_of_words(html: str, text: str) -> None:
    assert text_of(html, "html") == text
    assert text_of(html, "plain") == html


@pytest.mark.parametrize("part", ["<script>", "<<", "<!--", "<a"])
def test_hostile_markup_takes_no_more_than_its_length(part: str) -> None:
    start = time.process_time()
    text_of(part * (1_000_000 // len(part)) + ">", "html")
    # Looked through anew at each tag the rest takes several times that.
    assert time.process_time() - start < 8
