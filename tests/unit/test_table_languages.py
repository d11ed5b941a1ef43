"""Tables of further languages, and what stands between those in a cell whatever commas do elsewhere in its column."""

from __future__ import annotations

import pytest

from convenings.domain.records import Event, Organisation, Person
from tests.unit.tables import labels, read_table, records_of, roles


@pytest.mark.parametrize(
    "text",
    [
        "Data,Ora,Titolo,Relatore,Luogo\n3 febbraio 2021,14:30,T,Maria Rossi,L\n",
        "Data;Início;Título;Palestrante;Local\n03/02/2021;14:30;T;Maria Rossi;L\n13/02/2021;14:30;U;Maria Rossi;L\n",
        "Datum;Tijd;Titel;Spreker;Locatie\n3 februari 2021;14.30 uur;T;Maria Rossi;L\n",
        "Datum,Tid,Titel,Talare,Plats\n2021-02-03,14:30,T,Maria Rossi,L\n",
        "Data,Godzina,Tytuł,Prelegent,Miejsce\n3 lutego 2021,14:30,T,Maria Rossi,L\n",
        "日期,时间,题目,主讲人,地点\n2021年2月3日,14:30,T,Maria Rossi,L\n",
        "開催日,時間,タイトル,講師,会場\n令和3年2月3日,14時30分,T,Maria Rossi,L\n",
        "Datum/Date,Uhrzeit/Time,Titel/Title,Referent/Speaker,Ort/Place\n3.2.2021,14:30,T,Maria Rossi,L\n",
    ],
)
def test_talks_in_further_languages(text: str) -> None:
    reading = read_table(text)
    event = records_of(reading, Event)[0]
    assert (event.label, event.date, event.start_time) == ("T", "2021-02-03", "14:30")
    assert roles(reading, event) == [("speaker", "Maria Rossi")]
    assert event.place is not None
    assert not reading.no_home


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "utf-8"])
def test_names_in_japanese_are_parted_and_bodies_are_none_of_them(encoding: str) -> None:
    rows = ["2021年2月3日,河川政策,山田太郎、鈴木花子,東京", "2021年3月14日,湖沼政策,水資源機構協会、山田太郎,大阪"]
    text = "\n".join(["日付,議題,出席者,場所", *rows])
    reading = read_table(text.encode(encoding))
    assert labels(reading, Person) == ["山田太郎", "鈴木花子"]
    assert labels(reading, Organisation) == ["水資源機構協会"]


def test_a_comma_behind_brackets_stands_between_those_in_a_cell() -> None:
    people = "Dr. Anna Müller (BMU), Prof. Dr. Bernd Schulz (TU Berlin), Weir Trust e.V."
    reading = read_table(f'Datum;Thema;Teilnehmer\n3.2.2021;Flüsse;"{people}"\n4.2.2021;Seen;Lake, River und Co. KG\n')
    assert labels(reading, Person) == ["Dr. Anna Müller", "Prof. Dr. Bernd Schulz"]
    assert {"Weir Trust e.V.", "Lake, River und Co. KG"} < {*labels(reading, Organisation)}


def test_a_family_name_before_the_given_one_may_have_its_body_behind_it() -> None:
    reading = read_table('Date,Title,Presenters\n2031-05-03,Rivers,"Lima, Ana (Weir Trust); Berg, Bo (Lake Society)"\n')
    assert [(each.given, each.family) for each in records_of(reading, Person)] == [("Ana", "Lima"), ("Bo", "Berg")]


def test_a_block_of_sessions_is_that_of_which_they_are_part() -> None:
    text = "Title,Session,Date,Presenter\nRivers,Morning,2031-05-03,Ana Lima\nLakes,Morning,2031-05-03,Eve Ek\n"
    reading = read_table(text)
    morning = next(event for event in records_of(reading, Event) if event.label == "Morning")
    assert [event.super_event for event in records_of(reading, Event) if event is not morning] == [morning.id] * 2
    assert not any(event.names for event in records_of(reading, Event))


def test_a_month_or_quarter_is_when_a_meeting_was_where_nothing_says_more() -> None:
    quarters = read_table("Quarter,Minister,Organisation\nQ1 2021,Ada Brook,Weir Trust\nQ2 2021,Ada Brook,Lake Fund\n")
    assert [event.date for event in records_of(quarters, Event)] == ["2021-01/2021-03", "2021-04/2021-06"]
    months = read_table(
        "Month,Year,Minister,Organisation\nMarch,2021,Ada Brook,Weir Trust\nMay,2021,Ada Brook,Sea Fund\n"
    )
    assert [event.date for event in records_of(months, Event)] == ["2021-03", "2021-05"]
    assert not quarters.no_home
    assert not months.no_home


def test_a_cabinet_of_somebody_is_no_person() -> None:
    reading = read_table("Host,Date,Entity,Subject\nCabinet of Frans Berg,2021-02-17,Lake Society,Lakes\n")
    assert sorted(labels(reading, Organisation)) == ["Cabinet of Frans Berg", "Lake Society"]
    assert not labels(reading, Person)
