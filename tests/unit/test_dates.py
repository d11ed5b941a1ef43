"""Dates: every form that is read, every form that is refused, and what holds for all of them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.dates import Edtf, EdtfError, date_in_words, parse, within


def bounds(text: str) -> tuple[str, str]:
    parsed = parse(text)
    return tuple(date.fromordinal(day).isoformat() if day else "" for day in (parsed.earliest, parsed.latest))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2018", "2018-01-01", "2018-12-31", "year"),
        ("2018-02", "2018-02-01", "2018-02-28", "month"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2018-06-20", "2018-06-20", "2018-06-20", "day"),
        ("2018-06-20T09:00:00", "2018-06-20", "2018-06-20", "day"),
        ("2018-06-20T09:00:00Z", "2018-06-20", "2018-06-20", "day"),
        ("2018-06-20T23:30:00-08:00", "2018-06-20", "2018-06-20", "day"),
        ("201X", "2010-01-01", "2019-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("000X", "0001-01-01", "0009-12-31", "decade"),
        ("2018-XX", "2018-01-01", "2018-12-31", "year"),
        ("2018-XX-XX", "2018-01-01", "2018-12-31", "year"),
        ("2018-06-XX", "2018-06-01", "2018-06-30", "month"),
        ("2018-21", "2018-03-01", "2018-05-31", "season"),
        ("2018-22", "2018-06-01", "2018-08-31", "season"),
        ("2018-23", "2018-09-01", "2018-11-30", "season"),
        ("2019-24", "2019-12-01", "2020-02-29", "season"),
        ("9999-24", "9999-12-01", "9999-12-31", "season"),
        ("2018/2020", "2018-01-01", "2020-12-31", "interval"),
        ("2018-06/2018-06-20", "2018-06-01", "2018-06-20", "interval"),
        ("../2018", "", "2018-12-31", "interval"),
        ("2018/..", "2018-01-01", "", "interval"),
        ("/2018", "", "2018-12-31", "interval"),
        ("2018/", "2018-01-01", "", "interval"),
    ],
)
def test_bounds_and_precision(text: str, earliest: str, latest: str, precision: str) -> None:
    assert bounds(text) == (earliest, latest)
    assert parse(text).precision == precision
    assert parse(text).text == text


@pytest.mark.parametrize("text", ["2018", "2018-06", "2018-06-20", "201X", "2018-06-XX", "2018-21"])
@pytest.mark.parametrize(
    ("mark", "uncertain", "approximate"),
    [("", False, False), ("?", True, False), ("~", False, True), ("%", True, True)],
)
def test_qualifiers_change_nothing_but_the_doubt(text: str, mark: str, uncertain: bool, approximate: bool) -> None:
    marked, bare = parse(text + mark), parse(text)
    assert (marked.uncertain, marked.approximate) == (uncertain, approximate)
    assert (marked.earliest, marked.latest, marked.precision) == (bare.earliest, bare.latest, bare.precision)


def test_an_interval_is_as_doubtful_as_its_ends() -> None:
    both = parse("2018~/2020?")
    assert both.uncertain
    assert both.approximate
    assert not parse("2018~/2020").uncertain


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "missing"),
        ("2018-02-30", "February 2018 has no day 30"),
        ("2019-02-29", "February 2019 has no day 29"),
        ("2018-06-00", "June 2018 has no day 00"),
        ("2018-13", "no month 13"),
        ("2018-00", "no month 00"),
        ("2018-25", "no month 25"),
        ("0000", "no year 0000"),
        ("2018-6-20", "two digits"),
        ("20180620", "hyphens are missing"),
        ("987", "four digits"),
        ("-0044", "before 0001"),
        ("Y17000", "after 9999"),
        ("20.06.2018", "another order"),
        ("201x", "capital X"),
        ("201X-06", "cannot follow a year"),
        ("2018-XX-20", "cannot follow an unspecified month"),
        ("2018-21-03", "season has no day"),
        ("2018??", "once, at the end"),
        ("2018-06-20T25:00:00Z", "time"),
        ("2018-06-20T09:00", "time"),
        ("2018-06-20T09:00:00Z?", "time"),
        ("2018-06-20T09:00:00Z/2018-06-21", "no times"),
        ("20 June 2018", "words"),
        ("unknown", "words"),
        (" 2018", "space"),
        ("2018\n", "space"),
        ("２０１８", "0 to 9"),
        ("٢٠١٨", "0 to 9"),
        ("2018/06/20", "slash"),
        ("/", "at least one end"),
        ("../..", "at least one end"),
        ("../", "at least one end"),
        ("2020/2018", "ends before it starts"),
        ("2018-06-20/2018-06-19", "ends before it starts"),
        ("..", "no form"),
        ("2018-W25", "no form"),
    ],
)
def test_refusals_say_what_is_wrong_and_show_a_right_example(text: str, says: str) -> None:
    with pytest.raises(EdtfError, match=r"write|missing") as refused:
        parse(text)
    message = str(refused.value)
    assert says in message
    assert any(char.isdigit() for char in message.rpartition(";")[2]), "the mend shows a date"
    assert "\n" not in message


def test_a_refusal_is_short_and_harmless() -> None:
    with pytest.raises(EdtfError) as refused:
        parse("\x1b[31m" + "9" * 10_000)
    assert len(str(refused.value)) < 250
    assert "\x1b" not in str(refused.value)


def test_every_example_in_a_refusal_is_a_date() -> None:
    for wrong in (
        "x",
        "2018-6",
        "20180620",
        "987",
        "Y1",
        "201x",
        "9T",
        "2018??",
        " ",
        "June",
        "2020/2018",
        "/",
        "1/2/3",
    ):
        with pytest.raises(EdtfError) as refused:
            parse(wrong)
        hint = str(refused.value).rpartition(";")[2]
        for word in hint.replace(",", " ").split():
            if any(char.isdigit() for char in word):
                assert parse(word)


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("2018", "2018", "2018"),
        ("2018-02", "February 2018", "Feb 2018"),
        ("2018-06-20", "20 June 2018", "20 Jun 2018"),
        ("2018-06-02", "2 June 2018", "2 Jun 2018"),
        ("2018-06-20T09:00:00", "20 June 2018, 09:00", "20 Jun 2018"),
        ("2018-06-20T09:00:00Z", "20 June 2018, 09:00 UTC", "20 Jun 2018"),
        ("2018-06-20T09:00:00+08:00", "20 June 2018, 09:00 UTC+08:00", "20 Jun 2018"),
        ("2018~", "about 2018", "about 2018"),
        ("2018-06?", "June 2018?", "Jun 2018?"),
        ("2018-06%", "about June 2018?", "about Jun 2018?"),
        ("201X", "2010s", "2010s"),
        ("20XX", "between 2000 and 2099", "between 2000 and 2099"),
        ("2018-XX", "2018, month not known", "2018"),
        ("2018-XX-XX", "2018, day not known", "2018"),
        ("2018-06-XX", "June 2018, day not known", "Jun 2018"),
        ("2018-21", "spring 2018", "spring 2018"),
        ("2018-24", "winter 2018", "winter 2018"),
        ("2018/2020", "2018 to 2020", "2018 to 2020"),
        ("../2018", "until 2018", "until 2018"),
        ("2018/..", "from 2018", "from 2018"),
        ("/2018", "until 2018, start not known", "until 2018, start not known"),
        ("2018-06/", "from June 2018, end not known", "from Jun 2018, end not known"),
        ("2018-06/2018-08", "June to August 2018", "Jun to Aug 2018"),
        ("2018-06-20/2018-06-22", "20 to 22 June 2018", "20 to 22 Jun 2018"),
        ("2018-06-20/2018-07-20", "20 June to 20 July 2018", "20 Jun to 20 Jul 2018"),
        ("2018-06-20/2019-06-20", "20 June 2018 to 20 June 2019", "20 Jun 2018 to 20 Jun 2019"),
        ("2018-06-20/2018-06-20", "20 June 2018", "20 Jun 2018"),
        ("2018~/2020?", "about 2018 to 2020?", "about 2018 to 2020?"),
    ],
)
def test_in_words(text: str, long: str, short: str) -> None:
    assert date_in_words(text) == long
    assert date_in_words(text, short=True) == short


def test_in_words_an_inferred_date_says_so() -> None:
    assert date_in_words("2023-09-16", "inferred") == "16 September 2023 (inferred)"
    assert date_in_words("2023-09-16", "stated") == "16 September 2023"


def test_in_words_what_is_no_date_stands_as_it_is_but_harmless() -> None:
    assert date_in_words("mid June\x1b") == "mid June␛"


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        ("2018-06-20", "2018-06", True),
        ("2018-06-20", "2018-06-20", True),
        ("2018-06", "2018-06-20", False),
        ("2018-07-01", "2018-06", False),
        ("2018-06-20", "../2018", True),
        ("2019", "../2018", False),
        ("2017", "2018/..", False),
        ("2018/..", "2018/2020", True),
        ("2017/..", "2018/2020", False),
        ("../2019", "2018/2020", True),
        ("../2017", "2018/2020", False),
        ("2018-06~", "2018", True),
    ],
)
def test_within(inner: str, outer: str, inside: bool) -> None:
    assert within(inner, outer) is inside
    assert within(parse(inner), parse(outer)) is inside


def test_within_refuses_what_is_no_date() -> None:
    with pytest.raises(EdtfError):
        within("soon", "2018")


def test_a_date_is_read_once() -> None:
    assert parse("2018-06-20") is parse("2018-06-20")


days = st.dates()
months = days.map(lambda day: f"{day.year:04}-{day.month:02}")
seasons = st.builds(lambda day, season: f"{day.year:04}-{season}", days, st.integers(21, 24))
loose = days.flatmap(
    lambda day: st.sampled_from([f"{day.year:04}"[:3] + "X", f"{day.year:04}"[:2] + "XX", f"{day.year:04}-XX"])
)
singles = st.builds(
    str.__add__, st.one_of(days.map(date.isoformat), months, seasons, loose), st.sampled_from(["", "?", "~", "%"])
)


@given(days)
def test_every_day_comes_back(day: date) -> None:
    parsed = parse(day.isoformat())
    assert parsed == Edtf(day.isoformat(), day.toordinal(), day.toordinal(), "day", False, False)


@given(singles)
def test_the_earliest_day_is_not_after_the_latest(text: str) -> None:
    parsed = parse(text)
    assert parsed.earliest is not None
    assert parsed.latest is not None
    assert parsed.earliest <= parsed.latest
    assert within(parsed, parsed)


@given(singles, singles)
def test_an_interval_reaches_from_its_first_day_to_its_last(one: str, two: str) -> None:
    first, last = parse(one), parse(two)
    assert first.earliest is not None
    assert last.latest is not None
    if first.earliest > last.latest:
        with pytest.raises(EdtfError, match="ends before"):
            parse(f"{one}/{two}")
        return
    whole = parse(f"{one}/{two}")
    assert (whole.earliest, whole.latest) == (first.earliest, last.latest)
    assert date_in_words(whole.text)


@given(st.one_of(st.text(max_size=30), st.text("0123456789-/.?~%XTZ:+ ", max_size=25)))
def test_any_other_text_is_refused_and_nothing_worse(text: str) -> None:
    with suppress(EdtfError):
        assert parse(text).text == text
    assert isinstance(date_in_words(text), str)
