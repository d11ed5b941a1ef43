"""Dates: every form that is read, every form that is refused, and what holds for all of them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from datetime import time as Time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.dates import (
    Edtf,
    EdtfError,
    Moment,
    date_in_words,
    day_in_words,
    parse,
    parse_moment,
    when_in_words,
    within,
)
from convenings.domain.days import calendar_day


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
        ("001X", "0010-01-01", "0019-12-31", "decade"),
        ("2018-XX", "2018-01-01", "2018-12-31", "year"),
        ("2018-XX-XX", "2018-01-01", "2018-12-31", "year"),
        ("2018-06-XX", "2018-06-01", "2018-06-30", "month"),
        ("2018-21", "2018-03-01", "2018-05-31", "season"),
        ("2018-22", "2018-06-01", "2018-08-31", "season"),
        ("2018-23", "2018-09-01", "2018-11-30", "season"),
        ("2019-24", "2019-12-01", "2020-02-29", "season"),
        ("2018-25", "2018-03-01", "2018-05-31", "season"),
        ("2019-28", "2019-12-01", "2020-02-29", "season"),
        ("2018-29", "2018-09-01", "2018-11-30", "season"),
        ("2018-30", "2018-12-01", "2019-02-28", "season"),
        ("2018-31", "2018-03-01", "2018-05-31", "season"),
        ("2018-32", "2018-06-01", "2018-08-31", "season"),
        ("2018-33", "2018-01-01", "2018-03-31", "season"),
        ("2018-36", "2018-10-01", "2018-12-31", "season"),
        ("2018-38", "2018-05-01", "2018-08-31", "season"),
        ("2018-41", "2018-07-01", "2018-12-31", "season"),
        ("2018-29/2018-30", "2018-09-01", "2019-02-28", "interval"),
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
        ("2018-20", "no month 20"),
        ("2018-42", "no month 42"),
        ("2018-29-03", "season has no day"),
        ("-0000", "no year -0000"),
        ("2018-6-20", "two digits"),
        ("20180620", "hyphens are missing"),
        ("987", "four digits"),
        ("-44", "four digits"),
        ("+2018", "no plus sign"),
        ("17000", "begins with Y"),
        ("-17000", "begins with Y"),
        ("Y2018", "more than four digits"),
        ("Y02018", "more than four digits"),
        ("Y1234567890123", "12 digits"),
        ("Y1E99", "12 digits"),
        ("Y17000-05", "a year alone"),
        ("[1667,1668]", "write the interval that holds them: 1667/1668"),
        ("{1668,1667-05}", "write the interval that holds them: 1667-05/1668"),
        ("[..1984]", "write the interval that holds them: ../1984"),
        ("{1984..}", "write the interval that holds them: 1984/.."),
        ("[soon]", "a set of dates"),
        ("2004-06-~11", "write 2004-06-11~"),
        ("2004?-06~-11", "write 2004-06-11%"),
        ("1950S2", "significant digits"),
        ("1X99", "write an interval: 1099/1999"),
        ("-1X99", "write an interval: -1999/-1099"),
        ("2018-1X", "only a whole month or day"),
        ("XXXX", "nothing is said of the year"),
        ("-0551-02-30", "February 552 BC has no day 30"),
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
        ("2018-06-20T09:00:00", "20 June 2018, 09:00", "20 Jun 2018, 09:00"),
        ("2018-06-20T09:00:00Z", "20 June 2018, 09:00 UTC", "20 Jun 2018, 09:00"),
        ("2018-06-20T09:00:00+08:00", "20 June 2018, 09:00 UTC+08:00", "20 Jun 2018, 09:00"),
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
        ("2018-25", "northern spring 2018", "northern spring 2018"),
        ("2018-29~", "about southern spring 2018", "about southern spring 2018"),
        ("2018-34", "second quarter of 2018", "second quarter of 2018"),
        ("2018-39", "third third of 2018", "third third of 2018"),
        ("2018-40", "first half of 2018", "first half of 2018"),
        ("-0551", "552 BC", "552 BC"),
        ("0000-12-31", "31 December 1 BC", "31 Dec 1 BC"),
        ("-0551-09/-0551-10", "September to October 552 BC", "Sep to Oct 552 BC"),
        ("-055X", "between 560 and 551 BC", "between 560 and 551 BC"),
        ("-01XX", "between 200 and 101 BC", "between 200 and 101 BC"),
        ("Y17000", "17000", "17000"),
        ("Y-17E3", "17001 BC", "17001 BC"),
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


years = st.integers(-9999, 9999) | st.integers(-(10**12) + 1, 10**12 - 1)


def reckoned(year: int, month: int, day: int) -> int:
    """Number of a day by the standard library, which counts four hundred years elsewhere: the calendar repeats so."""
    cycles, like = divmod(year, 400)
    return date(like + 400, month, day).toordinal() + (cycles - 1) * 146097


def year_text(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04}" if abs(year) <= 9999 else f"Y{year}"


@given(years)
def test_every_year_has_the_days_that_the_calendar_gives_it(year: int) -> None:
    parsed = parse(year_text(year))
    assert (parsed.earliest, parsed.latest) == (reckoned(year, 1, 1), reckoned(year, 12, 31))
    assert parsed.precision == "year"
    assert ("BC" in date_in_words(parsed.text)) is (year < 1)


@given(st.integers(-9999, 9999), st.integers(1, 12), st.integers(1, 31))
def test_days_and_months_of_any_year(year: int, month: int, number: int) -> None:
    text = f"{year_text(year)}-{month:02}"
    beyond = reckoned(year + month // 12, month % 12 + 1, 1)
    assert (parse(text).earliest, parse(text).latest) == (reckoned(year, month, 1), beyond - 1)
    if number > beyond - reckoned(year, month, 1):
        with pytest.raises(EdtfError, match="has no day"):
            parse(f"{text}-{number:02}")
        return
    ordinal = parse(f"{text}-{number:02}").earliest
    assert ordinal == reckoned(year, month, number)
    assert calendar_day(ordinal) == (year, month, number)
    assert day_in_words(ordinal) == date_in_words(f"{text}-{number:02}") or 0 < year < 1000


@given(st.integers(-9998, 9998), st.integers(0, 3))
def test_the_same_season_is_half_a_year_away_in_the_other_hemisphere(year: int, season: int) -> None:
    north, south = parse(f"{year_text(year)}-{25 + season}"), parse(f"{year_text(year)}-{29 + season}")
    assert parse(f"{year_text(year)}-{21 + season}").earliest == north.earliest
    first, months_away = (season * 3 + 3, season * 3 + 9 if season < 2 else season * 3 - 3)
    assert north.earliest == reckoned(year, first, 1)
    assert south.earliest == reckoned(year, months_away, 1)
    assert all(89 < 1 + (each.latest or 0) - (each.earliest or 0) < 93 for each in (north, south))


@given(st.integers(-999, 999), st.sampled_from(["X", "XX"]))
def test_unspecified_digits_hold_every_year_they_may_be(number: int, unspecified: str) -> None:
    digits = f"{abs(number):03}"[: 4 - len(unspecified)].zfill(4 - len(unspecified))
    text = ("-" if number < 0 else "") + digits + unspecified
    if text.startswith("-0"):
        return
    possible = [int(text.replace(unspecified, str(n).zfill(len(unspecified)))) for n in range(10 ** len(unspecified))]
    parsed = parse(text)
    assert parsed.earliest == min(reckoned(year, 1, 1) for year in possible)
    assert parsed.latest == max(reckoned(year, 12, 31) for year in possible)


@given(st.dates(), st.times(), st.sampled_from([None, 0, 480, -210, 840]), st.booleans())
def test_a_time_is_read_with_its_distance_to_utc(day: date, time: Time, offset: int | None, seconds: bool) -> None:
    zone = "" if offset is None else "Z" if offset == 0 else f"{offset // abs(offset) * (abs(offset) // 60):+03}"
    zone += f":{abs(offset) % 60:02}" if offset else ""
    asked = parse_moment(f"{day}T{time:%H:%M}{':00' if seconds else ''}{zone}")
    assert asked == Moment(day.toordinal(), time.hour * 60 + time.minute, offset)
    written = parse(f"{day}T{time:%H:%M:%S}{zone}")
    assert (written.earliest, written.latest) == (day.toordinal(), day.toordinal())
    assert (written.minute, written.offset) == (time.hour * 60 + time.minute, offset)


@pytest.mark.parametrize(
    "text", ["2018-06-20T", "2018-06-20T9:00", "2018-06-20T24:00", "2018-02-30T09:00", "2018T09:00"]
)
def test_what_is_no_time_is_never_taken_for_its_day(text: str) -> None:
    with pytest.raises(EdtfError, match="write"):
        parse_moment(text)


def test_no_time_is_asked_for_of_an_interval() -> None:
    with pytest.raises(EdtfError, match="an interval has no times"):
        parse_moment("2018-06-20T09:00/2018-06-20T10:00")
    assert parse_moment("2018-06-20") is None


@pytest.mark.parametrize(
    ("day", "start_time", "basis", "words"),
    [
        ("2021-03-10", "17:00", None, "10 March 2021, 17:00"),
        ("2021-03-10", "17:00", "inferred", "10 March 2021, 17:00 (inferred)"),
        ("2021-03-10", None, None, "10 March 2021"),
        ("2021-03-10", "17:00:30", None, "10 March 2021, 17:00"),
        ("2021-03-10T16:00:30+08:00", "17:00", None, "10 March 2021, 16:00 UTC+08:00"),
        (None, "09:00", None, "09:00"),
        (None, None, None, ""),
        ("2021-03-10", "nine\x1b", None, "10 March 2021, nine␛"),
    ],
)
def test_date_and_time_in_words(day: str | None, start_time: str | None, basis: str | None, words: str) -> None:
    assert when_in_words(day, start_time, basis) == words


days = st.dates()
months = days.map(lambda day: f"{day.year:04}-{day.month:02}")
seasons = st.builds(lambda day, season: f"{day.year:04}-{season}", days, st.integers(21, 41))
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
