"""A workbook for people: names instead of ids, inferred said, nothing evaluated, everything cut told."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from hypothesis import given, settings

from convenings.domain.record_values import Count, Description, Evidence, Link, Name
from convenings.domain.records import Event, Membership, Organisation, Participation, Person, Place, Record, Source
from convenings.interchange import workbook_writer
from convenings.interchange.selection import Selection, UserData
from convenings.store.dataset import Info
from tests.unit.hostile_records import record_lists

INFO = Info(format=2, title="=Rivers", licence="CC0-1.0")


def written(records: list[Record], chosen: set[str] | None = None, user_data: UserData | None = None) -> bytes:
    file = io.BytesIO()
    remarks = workbook_writer.write(Selection(INFO, records, chosen, user_data=user_data), file)
    assert "a workbook is for people" in remarks[0]
    return file.getvalue()


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    import python_calamine

    book = python_calamine.load_workbook(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(data: bytes) -> str:
    """The XML of all sheets."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if "/worksheets/" in name)


def rivers() -> list[Record]:
    inferred = Evidence(
        source="source/s", start=0, end=1, passage_hash="0" * 16, fields=["place"], basis="inferred", note="the title"
    )
    return [
        Event(id="event/late", label="Late talk", type="talk", date="2021-02", super_event="event/day"),
        Event(
            id="event/day",
            label="Day on rivers",
            type="conference",
            date="2021-02-06",
            start_time="09:00",
            place="place/quay",
            attendance=Count(as_stated="more than 120", min=120, exclusive=True),
            descriptions=[Description(text="Of rivers.")],
            links=[Link(url="https://rivers.example/day")],
            evidence=[inferred],
        ),
        Person(id="person/ana", label="Ana Lima", names=[Name(value="Lima, Ana")]),
        Organisation(id="organisation/trust", label="River Trust", type="foundation"),
        Place(id="place/quay", label="Quay", type="venue", capacity=300, latitude=-33.5),
        Participation(
            id="participation/1", event="event/day", agent="person/ana", role="speaker",
            on_behalf_of=["organisation/trust"],
        ),
        Membership(id="membership/1", person="person/ana", organisation="organisation/trust", title="chair"),
        Source(id="source/s", label="A page"),
    ]  # fmt: skip


def test_people_read_names_and_not_ids() -> None:
    rows = sheets(written(rivers()))
    assert list(rows) == [
        "events", "people", "organisations", "places", "participations", "memberships", "sources", "about",
    ]  # fmt: skip
    assert rows["events"] == [
        [
            "label", "date", "start time", "type", "place", "super event", "attendance", "people", "descriptions",
            "links", "sources", "id",
        ],
        ["Late talk", "2021-02", "", "talk", "", "Day on rivers", "", "", "", "", "", "event/late"],
        [
            "Day on rivers", "2021-02-06", "09:00", "conference", "Quay (inferred)", "", "more than 120",
            "Ana Lima (speaker, for River Trust)", "Of rivers.", "https://rivers.example/day", "A page", "event/day",
        ],
    ]  # fmt: skip
    assert dict(zip(*rows["people"], strict=True)) == {
        "label": "Ana Lima",
        "names": "Lima, Ana",
        "took part in": "Day on rivers (speaker)",
        "organisations": "River Trust",
        "sources": "",
        "id": "person/ana",
    }
    assert dict(zip(*rows["places"], strict=True)) | {"sources": ""} == {
        "label": "Quay", "type": "venue", "capacity": 300.0, "latitude": -33.5, "sources": "", "id": "place/quay",
    }  # fmt: skip
    assert rows["participations"][1][0] == "Ana Lima, speaker, Day on rivers"
    assert ["title", "=Rivers"] in rows["about"]
    assert ["events", 2.0] in rows["about"]


def test_what_was_asked_for_stands_first_with_marks_and_notes() -> None:
    user_data = UserData({"event/day"}, {"event/day": "=ask again"})
    rows = sheets(written(rivers(), {"event/day"}, user_data))["events"]
    assert rows[0][-4:] == ["marked", "note", "asked for", "id"]
    assert [row[-4:] for row in rows[1:]] == [
        ["yes", "=ask again", "yes", "event/day"],
        ["", "", "", "event/late"],
    ]


def test_nothing_is_evaluated() -> None:
    labels = ["=1+1", "@x", "-1", "+1", "\t=1", "https://rivers.example", "<r><t>x</t></r>", "{=1}", "_x001B_", "007"]
    people: list[Record] = [Person(id=f"person/{n}", label=label) for n, label in enumerate(labels)]
    data = written(people)
    xml = parts(data)
    assert not re.search(r"<f>|<hyperlink", xml)
    assert 'state="frozen"' in xml
    cells = {row[-1]: row[0] for row in sheets(data)["people"][1:]}
    expected = dict(zip((person.id for person in people), labels, strict=True)) | {"person/6": "<r><t>x</t></r> "}
    assert cells == expected


def test_a_text_too_long_for_a_cell_is_cut_and_told() -> None:
    file = io.BytesIO()
    people: list[Record] = [Person(id="person/a", label="x" * 40_000), Person(id="person/b", label="😀" * 20_000)]
    remarks = workbook_writer.write(Selection(INFO, people), file)
    assert remarks[1:] == ["2 texts were cut at 32,767 characters, the most of a cell"]
    labels = [row[0] for row in sheets(file.getvalue())["people"][1:]]
    assert sorted(len(label.encode("utf-16-le")) // 2 for label in labels) == [32_766, 32_767] or all(
        label.endswith("…") for label in labels
    )


@settings(max_examples=20)
@given(record_lists())
def test_any_text_can_be_written_and_read(records: list[Record]) -> None:
    data = written(records)
    ids = [row[-1] for name, rows in sheets(data).items() if name != "about" for row in rows[1:]]
    assert len(ids) == len(records)
    assert not re.search(r"<f>|<hyperlink", parts(data))


def test_what_points_at_itself_has_a_label_with_an_end() -> None:
    members: list[Record] = [
        Membership(id="membership/a", person="membership/a", organisation="membership/b", title="chair"),
        Membership(id="membership/b", person="membership/a", organisation="membership/b", title="chair"),
    ]
    rows = sheets(written(members))["memberships"]
    assert rows[1][0] == "membership/a, chair, membership/b"
