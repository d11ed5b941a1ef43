"""What has become of records, laid over an index that has them as they were."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from convenings.domain.records import Event, Participation, Person
from convenings.domain.state import Lens
from convenings.index.model import ReadModel
from convenings.index.open import open_model
from convenings.index.rows import Rows
from convenings.presentation.lists import list_rows
from convenings.presentation.profile.compose import profile
from convenings.store.dataset import Dataset
from convenings.workspace import Workspace
from tests.driver import BUNDLED

WORKSHOP, PERSON = "event/beijing-workshop", "person/huang-haoming"


@pytest.fixture
def model() -> Iterator[ReadModel]:
    model = open_model(BUNDLED)
    yield model
    model.close()


def event(model: ReadModel) -> Event:
    record = model.find(WORKSHOP)
    assert isinstance(record, Event)
    return record


def test_a_changed_record_is_whole_and_its_row_has_its_label_and_date(model: ReadModel) -> None:
    changed = replace(event(model), label="Workshop\x1b[1m", date="2019-03", start_time=None, end_time=None)
    former = model.one(model.rows_of([WORKSHOP])[WORKSHOP])
    model.edit({WORKSHOP: changed})
    row = model.one(former.row)
    assert model.find(WORKSHOP) == changed
    assert (row.row, "\x1b" in row.label, row.date) == (former.row, False, "Mar 2019")
    assert [each.label for each in model.load_range(former.row, former.row + 1)] == [row.label]
    model.edit({})
    assert model.one(former.row) == former
    assert model.find(WORKSHOP) != changed


def test_an_added_record_has_a_row_of_its_own_and_is_in_the_profile_of_what_it_points_at(model: ReadModel) -> None:
    part = next(each for each in Dataset(BUNDLED).records("participation") if isinstance(each, Participation))
    added = replace(part, id="participation/new", event=WORKSHOP, agent=PERSON, role="speaker", unnamed=None)
    model.edit({added.id: added})
    row = model.row_of(added.id)
    assert row is not None
    assert row >= model.total
    assert model.record(row) == added
    assert model.one(row).kind == "participation"
    subject = model.row_of(WORKSHOP)
    assert subject is not None
    assert row in model.referring(subject, "participation", ("event",))
    assert row in [each.row for each in model.referrers(subject)]
    assert PERSON in str(profile(model, subject))
    # Whatever is laid over the index next, it keeps its row; taken back, it has none.
    model.edit({WORKSHOP: replace(event(model), label="Other"), added.id: added})
    assert model.row_of(added.id) == row
    model.edit({})
    assert model.row_of(added.id) is None
    assert row not in model.referring(subject, "participation", ("event",))


def test_a_record_that_points_elsewhere_by_now_is_in_no_profile_of_what_it_pointed_at(model: ReadModel) -> None:
    part = next(
        each
        for each in Dataset(BUNDLED).records("participation")
        if isinstance(each, Participation) and each.agent == PERSON
    )
    row, subject, other = (model.row_of(ref) for ref in (part.id, PERSON, "person/huang-qingwei"))
    assert row is not None
    assert subject is not None
    assert other is not None
    number = model.referrer_count(subject)
    model.edit({part.id: replace(part, agent="person/huang-qingwei")})
    assert row not in model.referring(subject, "participation", ("agent",))
    assert row in model.referring(other, "participation", ("agent",))
    assert model.referrer_count(subject) == number - 1
    model.edit({part.id: None})
    assert row not in model.referring(other, "participation", ("agent",))


def test_what_has_gone_has_no_row_by_its_id_and_is_in_no_list(model: ReadModel) -> None:
    workspace, every = Workspace(model), ("timeline", "speakers")
    former = {name: list_rows(workspace, Lens(), name) for name in every}
    gone = {name: model.row_of(ref) for name, ref in (("timeline", WORKSHOP), ("speakers", PERSON))}
    model.edit({WORKSHOP: None, PERSON: None})
    for name in every:
        now = list_rows(workspace, Lens(), name)
        assert list(now.rows) == [row for row in former[name].rows if row != gone[name]]
        assert sum(now.groups) in (0, len(now.rows))
        assert [now.rows.position(row) for row in now.rows] == list(range(len(now.rows)))
    assert model.row_of(WORKSHOP) is None
    assert model.find(PERSON) is None
    filtered = list_rows(workspace, Lens(filters={"speakers": "huang"}), "speakers")
    assert gone["speakers"] not in list(filtered.rows)
    model.edit({})
    assert model.row_of(WORKSHOP) == gone["timeline"]


@pytest.mark.parametrize(
    "rows",
    [
        Rows([(3, 9), (0, 2)]),
        Rows.of([4, 7, 1, 9]),
        Rows.of([1, 2, 5], ascends=True),
        Rows.of([4, 5, 1, 2], runs=(0, 2, 4)),
    ],
    ids=["segments", "listed", "ascending", "runs"],
)
def test_rows_without_some(rows: Rows) -> None:
    for gone in ((), (4,), (1, 5), (0, 1, 2, 3), tuple(range(10))):
        rest = rows.without(gone)
        assert list(rest) == [row for row in rows if row not in gone]
        assert [rest.position(row) for row in rest] == list(range(len(rest)))
        assert all(rest.position(row) == -1 for row in gone)


def test_a_renamed_person_is_called_so_by_what_names_them(model: ReadModel) -> None:
    record = model.find(PERSON)
    assert isinstance(record, Person)
    model.edit({PERSON: replace(record, label="Somebody else")})
    assert model.label(PERSON) == "Somebody else"
