"""Days, times and lengths as people write them in tables."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from convenings.domain.errors import BadInput
from convenings.domain.records import Event, Place
from convenings.interchange.tables.days import Dates
from convenings.interchange.tables.times import read_length, read_time
from tests.unit.tables import read_mapped, read_table, records_of


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9:00: AM", "09:00", None),
        ("12:30: PM", "12:30", None),
        ("9am", "09:00", None),
        ("1-2:30pm", "13:00", "14:30"),
        ("11-1pm", "11:00", "13:00"),
        ("9-10:00am", "09:00", "10:00"),
        ("13.30 Uhr", "13:30", None),
        ("14h30", "14:30", None),
        ("19:20:00", "19:20", None),
        ("22:00–01:00", "22:00", "01:00"),
        ("noon", "12:00", None),
        ("0930", "09:30", None),
        ("24:00", "00:00", None),
        ("12 noon", "12:00", None),
        ("14時30分", "14:30", None),
        ("下午3点半", "15:30", None),
        ("上午9:00～10:30", "09:00", "10:30"),
    ],
)
def test_times(text: str, start: str, end: str | None) -> None:
    clock = read_time(text, packed=True)
    assert clock is not None
    assert (clock.start, clock.end) == (start, end)


@pytest.mark.parametrize("text", ["", "9", "25:00", "9:75", "soon", "1-2-3", "x" * 5000, "14:00 am"])
def test_what_is_no_time(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1:30", 90), ("90", 90), ("1h30", 90), ("PT1H30M", 90), ("1.5 hours", 90), ("45 min", 45), ("2 Std.", 120)],
)
def test_lengths(text: str, minutes: int) -> None:
    assert read_length(text) == minutes


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020-03-02", "2020-03-02"),
        ("20220222", "2022-02-22"),
        ("2 March 2020", "2020-03-02"),
        ("March 2nd, 2020", "2020-03-02"),
        ("2. März 2020", "2020-03-02"),
        ("2 mars 2020", "2020-03-02"),
        ("2 de marzo de 2020", "2020-03-02"),
        ("Mon, 2 Mar 2020", "2020-03-02"),
        ("02.03.2020", "2020-03-02"),
        ("March 2020", "2020-03"),
        ("2020", "2020"),
        ("1-3 May 2019", "2019-05-01/2019-05-03"),
        ("30 April - 2 May 2019", "2019-04-30/2019-05-02"),
        ("2019-05-01 to 2019-05-03", "2019-05-01/2019-05-03"),
        ("2018-06?", "2018-06?"),
        ("03/2021", "2021-03"),
        ("1st–3rd March 2021", "2021-03-01/2021-03-03"),
        ("2021-W10-3", "2021-03-10"),
        ("January to March 2021", "2021-01/2021-03"),
        ("Nov 2020 - Jan 2021", "2020-11/2021-01"),
        ("Q1 2021", "2021-01/2021-03"),
        ("2. Quartal 2021", "2021-04/2021-06"),
        ("3 de março de 2021", "2021-03-03"),
        ("3 февраля 2021", "2021-02-03"),
        ("2021年2月3日(水)", "2021-02-03"),
        ("令和3年2月3日", "2021-02-03"),
        ("民國110年2月", "2021-02"),
        ("2021-02-03 (Wed)", "2021-02-03"),
    ],
)
def test_days(text: str, date: str) -> None:
    day = Dates().read(text)
    assert day is not None
    assert (day.date, day.inferred) == (date, "")


@pytest.mark.parametrize("text", ["2021-W10", "2021W10", "KW 10/2021", "Week 10, 2021"])
def test_a_week_by_its_number_is_seven_days_that_are_inferred(text: str) -> None:
    day = Dates().read(text)
    assert day is not None
    assert (day.date, bool(day.inferred)) == ("2021-03-08/2021-03-14", True)
    with pytest.raises(ValueError, match="no week 60"):
        Dates().read("2021-W60")


def test_the_letters_of_a_zone_behind_a_time_are_told_and_the_time_is_read() -> None:
    reading = read_table("Date,Time,Title\n2021-05-03,14:00-15:30 CET,Rivers\n")
    [event] = records_of(reading, Event)
    assert (event.start_time, event.end_time, event.zone) == ("14:00", "15:30", None)
    assert reading.no_home == {"Time: time zone": 1}


@pytest.mark.parametrize("text", ["Feb-21", "Feb '21", "Feb’21"])
def test_a_month_as_a_spreadsheet_shows_it_is_no_day_of_the_year_elsewhere(text: str) -> None:
    day = Dates().read(text, 2021)
    assert day is not None
    assert (day.date, day.inferred) == ("2021-02", f"'{text}' does not state the century")
    day = Dates().read("21-Feb", 2021)
    assert day is not None
    assert day.date == "2021-02-21"


def test_a_day_with_a_time() -> None:
    day = Dates().read("20220222T133000")
    assert day is not None
    assert (day.date, day.start) == ("2022-02-22", "13:30")
    day = Dates().read("2021-02-06T14:00:00+01:00")
    assert day is not None
    assert (day.date, day.start, day.zone) == ("2021-02-06", "14:00", "+01:00")


@pytest.mark.parametrize("text", ["tbc", "3/4/2021", "44233", "", "soon after May", "x" * 5000])
def test_what_is_no_day(text: str) -> None:
    assert Dates().read(text) is None


def test_a_day_that_no_calendar_has_is_an_error() -> None:
    with pytest.raises(ValueError, match="31"):
        Dates(order="day-first").read("31/02/2020")


def dates(text: str, order: str = "") -> list[str | None]:
    reading = read_mapped(text, {"dates": order} if order else {})
    return [event.date for event in records_of(reading, Event)]


def test_the_whole_column_settles_the_order() -> None:
    assert dates("Date,Title\n03/04/2021,A\n04/13/2021,B\n") == ["2021-03-04", "2021-04-13"]
    assert dates("Date,Title\n03/04/2021,A\n13/04/2021,B\n") == ["2021-04-03", "2021-04-13"]


def test_an_order_that_nothing_settles_is_refused_with_column_and_option() -> None:
    with pytest.raises(BadInput, match=r"column Held on.*--dates day-first") as error:
        read_mapped("Held on,Title\n03/04/2021,A\n", {"map.Held on": "date"})
    assert "03/04/2021" in str(error.value)


def test_two_orders_in_a_column_are_refused_with_both_rows() -> None:
    with pytest.raises(BadInput, match=r"row 2.*row 3"):
        read_table("Date,Title\n13/04/2021,A\n04/13/2021,B\n")


def test_the_order_that_the_user_says_is_taken() -> None:
    assert dates("Date,Title\n03/04/2021,A\n", order="month-first") == ["2021-03-04"]
    assert dates("Date (DD/MM/YYYY),Title\n03/04/2021,A\n") == ["2021-04-03"]


def test_an_order_that_the_user_says_of_one_column_leaves_the_others_alone() -> None:
    text = "Date,Until,Title\n03/04/2021,04/13/2021,A\n"
    reading = read_mapped(text, {"map.Date": "date month-first"})
    assert [event.date for event in records_of(reading, Event)] == ["2021-03-04/2021-04-13"]
    assert reading.mapping == {"Date": "date month-first", "Until": "end month-first", "Title": "title"}


def test_days_by_their_number_are_read_once_the_user_says_since_when_they_count() -> None:
    text = "Date,Until,Title\n44197,4/13/2021,A\n44210.5,4/14/2021,B\n"
    undecided = read_table(text)
    (remark,) = [remark for remark in undecided.remarks if "44197" in remark]
    assert remark.startswith("Column Date: ")
    assert "--dates excel " in remark
    assert "--dates excel-1904 " in remark
    assert undecided.no_home == {"Date": 2}
    # What is said of the numbers leaves the column with slashes to settle its order.
    assert dates(text, order="excel") == ["2021-01-01/2021-04-13", "2021-01-14/2021-04-14"]
    later = read_mapped(text, {"map.Date": "excel-1904"})
    assert later.mapping["Date"] == "date excel-1904"
    assert ["2025-01-02" in each.reason for each in later.skipped] == [True, False]


def test_a_year_of_two_digits_is_inferred() -> None:
    (event,) = records_of(read_table("Date,Title\n13/04/69,A\n"), Event)
    assert (event.date, event.date_basis) == ("1969-04-13", "inferred")
    assert [each.note for each in event.evidence if each.fields == ["date"]] == [
        "'13/04/69' does not state the century"
    ]


def test_a_year_that_stands_elsewhere_is_inferred_and_a_missing_one_is_not_invented() -> None:
    (event,) = records_of(read_table("Year,Date,Title\n2020,Mon 3 Feb,A\n"), Event)
    assert (event.date, event.date_basis) == ("2020-02-03", "inferred")
    reading = read_table("Date,Time,Title\nMon 3 Feb,9am,A\n")
    (event,) = records_of(reading, Event)
    assert (event.date, event.start_time) == (None, "09:00")
    assert reading.no_home == {"Date": 1}


def test_the_year_of_a_heading_above_the_table() -> None:
    (event,) = records_of(read_table("Programme 2020,,\nDate,Time,Title\n3 Feb,9am,A\n"), Event)
    assert (event.date, event.date_basis) == ("2020-02-03", "inferred")


def test_an_impossible_day_is_skipped_and_words_have_no_home() -> None:
    reading = read_table("Date,Title\n2021-02-30,A\ntbc,B\n2021-02-03,C\n")
    assert [event.label for event in records_of(reading, Event)] == ["B", "C"]
    assert [each.place for each in reading.skipped] == ["row 2"]
    assert reading.no_home == {"Date": 1}


def test_midnight_in_every_cell_is_no_time() -> None:
    events = records_of(read_table("Date,Title\n2021-02-03T00:00:00,A\n2021-02-04T00:00:00,B\n"), Event)
    assert [(event.date, event.start_time) for event in events] == [("2021-02-03", None), ("2021-02-04", None)]


def test_start_end_and_duration() -> None:
    rows = "2021-02-03,22:00,01:00,,A\n2021-02-03,09:00,,1:30,B\n2021-02-03,9:00,10:00,60,C\n"
    text = f"Date,Start,End,Duration,Title\n{rows}"
    reading = read_table(text)
    assert [(event.start_time, event.end_time) for event in records_of(reading, Event)] == [
        ("22:00", "01:00"), ("09:00", "10:30"), ("09:00", "10:00"),
    ]  # fmt: skip
    assert reading.no_home == {}


def test_days_with_times_from_and_to() -> None:
    text = (
        "Title,Start,End,Timezone\nA, 20220222T133000, 20220223T123000,Australia/Sydney\n"
        "B,20220222T220000,20220223T010000,Sydney\nC,20220222T090000,20220222T100000,\n"
    )
    reading = read_table(text)
    assert [(e.date, e.start_time, e.end_time, e.zone) for e in records_of(reading, Event)] == [
        ("2022-02-22/2022-02-23", "13:30", "12:30", "Australia/Sydney"),
        ("2022-02-22", "22:00", "01:00", None),
        ("2022-02-22", "09:00", "10:00", None),
    ]
    assert reading.no_home == {"Timezone": 1}


def serials(is_1904: bool) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"date_1904": is_1904})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Date", "Title", "No of participants"])
    sheet.write_row(1, 0, [44233, "A", 44233])
    book.close()
    return target.getvalue()


@pytest.mark.parametrize(("is_1904", "date"), [(False, "2021-02-06"), (True, "2025-02-07")])
def test_days_by_their_number_in_a_workbook(is_1904: bool, date: str) -> None:
    (event,) = records_of(read_table(serials(is_1904), "t.xlsx"), Event)
    assert event.date == date
    assert event.attendance is not None
    assert event.attendance.as_stated == "44233"


def test_numbers_in_text_are_no_days_unless_the_user_says_so() -> None:
    assert dates("Date,Title\n44233,A\n") == [None]
    assert dates("Date,Title\n44233,A\n", order="excel") == ["2021-02-06"]


def test_parts_of_a_date_that_it_says_already_are_at_home_there() -> None:
    right, wrong = "2021-02-03,A,2021,February,Wednesday,1", "2021-02-03,B,2020,May,Friday,3"
    text = f"date,Title,year,month_name,day_name,quarter\n{right}\n{wrong}\n"
    assert read_table(text).no_home == {"year": 1, "month_name": 1, "day_name": 1, "quarter": 1}


def test_a_weekday_that_contradicts_its_date_is_told_once() -> None:
    reading = read_table("Date,Title\nMon 2 Feb 2021,A\nMon 3 Feb 2021,B\nMon 1 Feb 2021,C\n")
    assert [event.date for event in records_of(reading, Event)] == ["2021-02-02", "2021-02-03", "2021-02-01"]
    assert [remark for remark in reading.remarks if "(row 2) and 1 more are another day of the week" in remark]


def test_a_year_that_stands_alone_is_when_it_was() -> None:
    reading = read_table("Year,Conference,City\n2019,PyDays,Vienna\n2020,PyDays,online\n")
    assert [event.date for event in records_of(reading, Event)] == ["2019", "2020"]
    assert [(place.label, place.type) for place in records_of(reading, Place)] == [
        ("Vienna", "city"),
        ("online", "online"),
    ]
    assert reading.no_home == {}


def test_a_german_appointment_has_a_day_and_a_time() -> None:
    (event,) = records_of(read_table('Termin;Thema\n"17.02.2021, 18:15 Uhr";Vögel\n'), Event)
    assert (event.date, event.start_time) == ("2021-02-17", "18:15")
