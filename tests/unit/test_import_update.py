"""Importing again: the same file, a newer one, another one with the same people, and what the user did meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from convenings.domain.records import Event, Person
from convenings.interchange import registry
from convenings.interchange.reports import FileReport, ImportReport
from convenings.interchange.run import Options, import_files
from convenings.store.attaching import attached_content, user_data_for
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.unit import toy_format

FIRST = (
    "#toy\n1|Rivers|2021-02-06|Hall|Ana Lima (p1);Bo\n2|Lakes|2021-02-06|Attic|Ana Lima (p1)\n3|Seas|2021-02-07||Cy\n"
)


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("convenings.interchange.detection.FORMATS", (*registry.FORMATS, toy_format.FORMAT))
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("CONVENINGS_CACHE_DIR", str(tmp_path / "cache"))


class Desk:
    """A folder with a dataset and files that are imported into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "all.json"

    def take(self, text: str, name: str = "talks.toy", prune: bool = False) -> FileReport:
        """Import a file; gives what came of it. The dataset holds, with everything that is attached."""
        (self.folder / name).write_text(text)
        report = self.run(name, prune=prune)
        return report.files[0]

    def run(self, *names: str, prune: bool = False) -> ImportReport:
        report = import_files([self.folder / name for name in names], self.path, Options(prune=prune))
        assert not self.faults()
        return report

    def faults(self) -> list[str]:
        dataset = self.dataset
        sources = {record.id: record for record in dataset.records("source")}
        user_data = user_data_for(dataset, [record.id for _, _, _, record in dataset.scan()])
        attached = {ref: attached_content(source, user_data) for ref, source in sources.items()}  # type: ignore[arg-type]
        assert None not in attached.values()
        return [str(fault) for fault in check(dataset, attached)]  # type: ignore[arg-type]

    @property
    def dataset(self) -> Dataset:
        return Dataset.open(self.path)

    def event(self, ref: str) -> Event:
        return next(each for each in self.dataset.records("event") if each.id == ref)  # type: ignore[return-value]

    def labels(self, kind: str) -> list[str]:
        return [each.label for each in self.dataset.records(kind)]  # type: ignore[attr-defined]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_first_file_makes_the_dataset(desk: Desk) -> None:
    report = desk.take(FIRST)
    assert report.made == {"event": 3, "place": 2, "person": 3, "participation": 4}
    assert desk.labels("event") == ["Rivers", "Lakes", "Seas"]
    assert [source.title for source in desk.dataset.records("source")] == ["Toy days"]  # type: ignore[attr-defined]
    assert desk.dataset.info.title == "Toy days"


def test_the_same_file_twice_changes_no_byte(desk: Desk) -> None:
    desk.take(FIRST)
    before = desk.path.read_bytes()
    report = desk.take(FIRST)
    assert desk.path.read_bytes() == before
    assert not report.made
    assert not report.updated
    assert report.unchanged == {"event": 3, "place": 2, "person": 3, "participation": 4}


def test_a_newer_version_updates_what_came_from_it(desk: Desk) -> None:
    desk.take(FIRST)
    report = desk.take(FIRST.replace("Lakes", "Ponds").replace("2021-02-07", "2021-02-08") + "4|Bays|||\n")
    assert report.made == {"event": 1}
    assert report.updated == {"event": 2}
    assert desk.labels("event") == ["Rivers", "Ponds", "Seas", "Bays"]
    assert desk.event("event/lakes").label == "Ponds"
    assert desk.event("event/seas").date == "2021-02-08"
    assert len(desk.dataset.records("source")) == 1


def test_what_only_moved_in_the_file_counts_as_unchanged(desk: Desk) -> None:
    desk.take(FIRST)
    report = desk.take(FIRST.replace("#toy\n", "#toy and a longer first line\n"))
    assert not report.updated
    assert report.unchanged["event"] == 3


def test_an_edit_stays_where_the_file_changes_something_else(desk: Desk) -> None:
    desk.take(FIRST)
    desk.dataset.update(replace(desk.event("event/lakes"), label="Great lakes"))
    report = desk.take(FIRST.replace("2|Lakes|2021-02-06", "2|Lakes|2021-02-07"))
    assert (desk.event("event/lakes").label, desk.event("event/lakes").date) == ("Great lakes", "2021-02-07")
    assert not report.conflicts
    assert report.updated == {"event": 1}


def test_where_file_and_user_changed_one_field_both_are_shown_and_the_users_stays(desk: Desk) -> None:
    desk.take(FIRST)
    desk.dataset.update(replace(desk.event("event/lakes"), date="2021-02-05"))
    report = desk.take(FIRST.replace("2|Lakes|2021-02-06", "2|Lakes|2021-02-07"))
    assert desk.event("event/lakes").date == "2021-02-05"
    (conflict,) = report.conflicts
    assert (conflict.record, conflict.field) == ("event/lakes", "date")
    assert (conflict.theirs, conflict.ours) == ("2021-02-07", "2021-02-05")


def test_an_edit_stays_through_the_same_file(desk: Desk) -> None:
    desk.take(FIRST)
    desk.dataset.update(replace(desk.event("event/lakes"), date="2021-02-05"))
    before = desk.path.read_bytes()
    report = desk.take(FIRST)
    assert desk.path.read_bytes() == before
    assert not report.conflicts
    assert not report.updated


def test_without_the_former_file_all_that_differs_stays_and_is_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take(FIRST)
    desk.dataset.update(replace(desk.event("event/lakes"), label="Great lakes"))
    monkeypatch.setenv("CONVENINGS_DATA_DIR", str(desk.folder / "elsewhere"))
    report = desk.take(FIRST.replace("2|Lakes|2021-02-06", "2|Lakes|2021-02-07"))
    assert {(each.field, each.theirs) for each in report.conflicts} >= {("date", "2021-02-07")}
    assert desk.event("event/lakes").label == "Great lakes"
    assert any("not attached any more" in remark for remark in report.remarks)


def test_what_is_gone_is_listed_and_stays_at_the_former_version(desk: Desk) -> None:
    desk.take(FIRST)
    less = FIRST.replace("3|Seas|2021-02-07||Cy\n", "")
    report = desk.take(less)
    assert {each.record for each in report.gone} == {"event/seas", "person/cy", "participation/seas-cy"}
    assert not report.removed
    sources = [source.id for source in desk.dataset.records("source")]
    assert sources[0] == "source/talks"
    assert sources[1].startswith("source/talks-as-of-")
    assert desk.event("event/seas").evidence[0].source == sources[1]
    before = desk.path.read_bytes()
    again = desk.take(less)
    assert desk.path.read_bytes() == before
    assert len(again.gone) == 3


def test_what_is_gone_comes_back_under_its_id(desk: Desk) -> None:
    desk.take(FIRST)
    desk.take(FIRST.replace("3|Seas|2021-02-07||Cy\n", ""))
    report = desk.take(FIRST)
    assert not report.made
    assert [event.id for event in desk.dataset.records("event")] == ["event/rivers", "event/lakes", "event/seas"]
    assert [source.id for source in desk.dataset.records("source")] == ["source/talks"]


def test_prune_removes_what_is_gone(desk: Desk) -> None:
    desk.take(FIRST)
    report = desk.take(FIRST.replace("3|Seas|2021-02-07||Cy\n", ""), prune=True)
    assert report.removed == {"event": 1, "person": 1, "participation": 1}
    assert desk.labels("event") == ["Rivers", "Lakes"]
    assert not report.gone
    assert len(desk.dataset.records("source")) == 1


def test_prune_removes_later_what_was_left_before(desk: Desk) -> None:
    desk.take(FIRST)
    less = FIRST.replace("3|Seas|2021-02-07||Cy\n", "")
    desk.take(less)
    report = desk.take(less, prune=True)
    assert report.removed == {"event": 1, "person": 1, "participation": 1}
    assert [source.id for source in desk.dataset.records("source")] == ["source/talks"]


def test_prune_leaves_what_was_edited_or_is_referred_to(desk: Desk) -> None:
    desk.take(FIRST)
    desk.dataset.update(replace(desk.event("event/seas"), label="All seas"))
    lakes = replace(desk.event("event/lakes"), label="Lakes and seas")
    desk.dataset.update(lakes)
    report = desk.take("#toy\n1|Rivers|2021-02-06||Bo\n", prune=True)
    reasons = {each.record: each.reason for each in report.gone}
    assert reasons["event/seas"] == "it was edited here"
    assert "refers to it" in reasons["place/attic"]
    assert "person/ana-lima" not in reasons


def test_prune_leaves_what_has_a_note(desk: Desk) -> None:
    desk.take(FIRST)
    user_data = user_data_for(desk.dataset, [record.id for _, _, _, record in desk.dataset.scan()])
    user_data.set_note(user_data.dataset, "event/seas", "ask Cy")
    user_data.flush(5)
    report = desk.take(FIRST.replace("3|Seas|2021-02-07||Cy\n", ""), prune=True)
    assert {each.record: each.reason for each in report.gone} == {"event/seas": "it has a mark or a note"}


def test_what_the_user_removed_stays_removed(desk: Desk) -> None:
    desk.take(FIRST)
    for ref in ("participation/seas-cy", "event/seas"):
        desk.dataset.remove(ref)
    forget(desk, "participation/seas-cy", "event/seas")
    before = desk.path.read_bytes()
    report = desk.take(FIRST)
    assert desk.path.read_bytes() == before
    assert "2 removed records stay removed" in report.remarks
    desk.take(FIRST.replace("Lakes", "Ponds"))
    assert desk.labels("event") == ["Rivers", "Ponds"]


def forget(desk: Desk, *refs: str) -> None:
    """Take records out of the imports, as removing them does."""

    def change(tables: dict[str, dict[str, object]]) -> None:
        for document in tables["imports"].values():
            for ref in refs:
                document["records"].pop(ref, None)  # type: ignore[index]

    desk.dataset.db.storage.change(change)


def test_a_person_of_one_system_is_one_record_and_its_other_spelling_is_a_name(desk: Desk) -> None:
    desk.take(FIRST, "2021.toy")
    report = desk.take("#toy\n1|Deltas|2022-02-06|Hall|Ana M. Lima (p1);Bo\n", "2022.toy")
    assert report.merged == {"person": 1}
    assert report.made == {"event": 1, "place": 1, "person": 1, "participation": 2}
    ana = next(each for each in desk.dataset.records("person") if each.id == "person/ana-lima")
    assert isinstance(ana, Person)
    assert [name.value for name in ana.names] == ["Ana M. Lima"]
    assert {piece.source for piece in ana.evidence} == {"source/2021", "source/2022"}
    assert [each.id for each in desk.dataset.records("person")][-1] == "person/bo-2"
    for name, text in (("2021.toy", FIRST), ("2022.toy", "#toy\n1|Deltas|2022-02-06|Hall|Ana M. Lima (p1);Bo\n")):
        before = desk.path.read_bytes()
        desk.take(text, name)
        assert desk.path.read_bytes() == before, name


def test_a_newer_version_updates_a_record_that_another_file_has_too(desk: Desk) -> None:
    desk.take(FIRST, "2021.toy")
    desk.take("#toy\n1|Deltas|2022-02-06|Hall|Ana M. Lima (p1)\n", "2022.toy")
    report = desk.take("#toy\n1|Deltas|2022-02-06|Hall|Ana Maria Lima (p1)\n", "2022.toy")
    assert report.updated == {"person": 1}
    ana = next(each for each in desk.dataset.records("person") if each.id == "person/ana-lima")
    assert isinstance(ana, Person)
    assert (ana.label, [name.value for name in ana.names]) == ("Ana Lima", ["Ana Maria Lima"])


def test_a_file_under_another_name_is_a_version_where_it_has_the_same_things(desk: Desk) -> None:
    desk.take(FIRST)
    report = desk.take(FIRST.replace("Lakes", "Ponds"), "talks-v2.toy")
    assert report.updated == {"event": 1}
    assert not report.made
    assert len(desk.dataset.records("source")) == 1


def test_another_file_of_one_name_is_no_version(desk: Desk) -> None:
    desk.take(FIRST)
    report = desk.take("#toy\n77|Dunes|2022-05-01||Bo\n")
    assert report.made == {"event": 1, "person": 1, "participation": 1}
    assert not report.gone
    assert [source.id for source in desk.dataset.records("source")] == ["source/talks", "source/talks-2"]
    assert desk.take("#toy\n1|Ports|2022-05-01||\n2|Quays|||\n3|Piers|||\n9|Locks|||\n", "2022.toy").made == {
        "event": 4
    }
    before = desk.path.read_bytes()
    desk.take(FIRST)
    assert desk.path.read_bytes() == before


def test_merged_people_stay_merged(desk: Desk) -> None:
    desk.take(FIRST)
    desk.dataset.merge("person/bo", "person/cy")
    before = desk.path.read_bytes()
    report = desk.take(FIRST)
    assert desk.labels("person") == ["Ana Lima", "Cy"]
    assert report.unchanged["participation"] == 4
    desk.take(FIRST)
    assert before
    desk.take(FIRST.replace("Lakes", "Ponds"))
    assert desk.labels("person") == ["Ana Lima", "Cy"]
    assert desk.labels("event") == ["Rivers", "Ponds", "Seas"]


def test_who_was_where_is_said_once_though_two_files_say_it(desk: Desk) -> None:
    desk.take("#toy\n1|Rivers|||Bo;Bo (p2)\n")
    report = desk.take("#toy\n1|Rivers|||Ana (p1);Ana (p1)\n", "twice.toy")
    assert report.made == {"person": 1, "participation": 1}


def test_dates_are_read_as_was_said_before_unless_it_is_said_anew(tmp_path: Path) -> None:
    talks, path = tmp_path / "talks.csv", tmp_path / "all.json"

    def dates(said: str = "") -> list[str | None]:
        report = import_files([talks], path, Options(settled={"dates": said} if said else {}))
        assert [each.error for each in report.files] == [""]
        return [event.date for event in Dataset.open(path).records("event") if isinstance(event, Event)]

    talks.write_text("Date,Until,Title\n03/04/2022,2022-12-01,Masts\n")
    assert dates("day-first") == ["2022-04-03/2022-12-01"]
    talks.write_text("Date,Until,Title\n04/05/2022,2022-12-01,Masts\n")
    assert dates() == ["2022-05-04/2022-12-01"]
    assert dates("month-first") == ["2022-04-05/2022-12-01"]
    assert dates() == ["2022-04-05/2022-12-01"]


def test_a_number_alone_makes_no_version_of_another_table_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    for folder, rows in (
        ("a", "1,2020-02-03,Opening\n2,2020-02-04,Birds\n3,2020-02-05,Fish\n"),
        ("b", "1,2021-05-03,Opening\n2,2021-05-04,Seas\n3,2021-05-05,Lakes\n"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "data.csv").write_text(f"ID,Date,Title\n{rows}")
        import_files([tmp_path / folder / "data.csv"], path)
    assert [event.label for event in Dataset.open(path).records("event") if isinstance(event, Event)] == [
        "Opening", "Birds", "Fish", "Opening", "Seas", "Lakes",
    ]  # fmt: skip
