"""A record that is two is split by a command: listed, tried without a change, done, and taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convenings.domain.errors import BadInput
from convenings.domain.records import Participation, Person
from convenings.store.check import check
from convenings.store.dataset import Dataset
from tests.unit import factory
from tests.unit.cli_records import Run
from tests.unit.test_splitting import ALL, FIRST, PERSON, SECOND, TALK, WEI


@pytest.fixture
def set_path(tmp_path: Path) -> Path:
    return factory.write(tmp_path / "set.json", [*factory.records(), *ALL]).path


def records(path: Path) -> dict[str, object]:
    return {record.id: record for _, _, _, record in Dataset(path).scan()}


def test_what_hangs_on_a_record_is_listed_as_the_options_take_it(run: Run, set_path: Path) -> None:
    code, out, _ = run("split", WEI, "--list", "--dataset", set_path)
    assert code == 0
    assert "--move participation/first  agent" in out
    assert "--move question/wei  occurrences[1].agents" in out
    assert "--field names.1  王伟" in out
    assert "--field evidence.1  ¶3 of source/rivers" in out
    code, out, _ = run("split", WEI, "--list", "--json", "--dataset", set_path)
    listed = json.loads(out)
    assert {"move": "membership/wei", "field": "person"} in listed["referring"]
    assert {"field": "identifiers.1", "value": "orcid=2"} in listed["own"]


def test_a_split_is_tried_done_and_taken_back(run: Run, set_path: Path) -> None:
    before = set_path.read_bytes()
    what = ("--name", "王薇", "--move", SECOND.id, "--field", "names=王薇", "identifiers=orcid=2", "links.1",
            "--copy", TALK.id, "--dataset", set_path)  # fmt: skip
    code, tried, err = run("split", WEI, *what, "--dry-run")
    assert (code, "would change" in err, set_path.read_bytes()) == (0, True, before)
    assert "agent  person/wei → person/u" in tried
    code, out, err = run("split", WEI, *what, "--why", "two people")
    assert (code, out) == (0, tried), err
    dataset = Dataset(set_path)
    assert check(dataset) == []
    present = records(set_path)
    second = present[SECOND.id]
    assert isinstance(second, Participation)
    other = present[str(second.agent)]
    assert isinstance(other, Person)
    assert (other.label, other.identifiers, other.links) == ("王薇", PERSON.identifiers[1:], PERSON.links[1:])
    assert present[TALK.id].agents == [WEI, other.id, "person/ana"]  # type: ignore[attr-defined]
    assert present[FIRST.id] == FIRST
    code, out, _ = run("history", other.id, "--dataset", set_path)
    assert f"split {WEI}: part of it is {other.id}" in out
    assert "two people" in out
    assert run("undo", "--dataset", set_path)[0] == 0
    assert set_path.read_bytes() == before


def test_what_goes_to_a_record_that_there_is(run: Run, set_path: Path) -> None:
    code, out, _ = run("split", WEI, "--to", "person/ana", "--move", "membership/wei", "--json", "--dataset", set_path)
    assert (code, json.loads(out)["other"], json.loads(out)["added"]) == (0, "person/ana", [])
    assert records(set_path)["membership/wei"].person == "person/ana"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--move", "participation/first"), "it is not said who the other record is; add --name NAME"),
        (("--name", "X", "--to", "person/ana"), "it is not said who the other record is"),
        (("--name", "X", "--move", "participation/frist"), "perhaps 'participation/first' is meant"),
        (("--name", "X", "--field", "identfiers"), "perhaps 'identifiers' is meant"),
        (("--name", "X", "--field", "names.7"), "has nothing that is 'names.7'; --list says what it has"),
        (("--name", "X", "--field", "names=Wei W."), "has nothing that is 'names=Wei W.'"),
        (("--name", "X", "--copy", "participation/first"), "the agent can be one record only"),
        (("--name", "X", "--field", "evidence"), "the record has no evidence"),
        (("--name", "X"), "nothing goes to the other record"),
    ],
)
def test_what_cannot_be_is_one_sentence(run: Run, set_path: Path, arguments: tuple[str, ...], what: str) -> None:
    before = set_path.read_bytes()
    code, out, err = run("split", WEI, *arguments, "--dataset", set_path)
    assert (code, out, set_path.read_bytes()) == (2, "", before)
    assert what in err
    with pytest.raises(BadInput):
        Dataset(set_path).hanging_on("person/nobody")
