"""The commands that look at a dataset as a whole: ``check``, ``attach`` and ``stats``."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from convenings.domain.kinds import KINDS
from convenings.domain.records import Source
from convenings.store import canonical
from convenings.store.attaching import attach_file, user_data_for
from convenings.store.dataset import Dataset
from tests.unit import factory, structured
from tests.unit.cli_records import Run

# check and attach


def test_check_passes_on_the_bundled_dataset(run: Run) -> None:
    code, out, err = run("check")
    assert (code, out) == (0, "")
    assert "0 faults" in err
    assert run("check", "--json")[:2] == (0, "[]\n")


def test_check_names_each_fault(run: Run, tmp_path: Path) -> None:
    spoilt = factory.tables()
    spoilt["participations"]["1"]["agent"] = "person/anna"
    spoilt["people"]["1"]["colour"] = "red"
    path = tmp_path / "spoilt.json"
    path.write_text(json.dumps(spoilt), encoding="utf-8")
    code, out, err = run("check", path, "--json")
    faults = json.loads(out)
    assert code == 1
    assert all(set(fault) == {"file", "table", "record", "field", "what", "hint", "mend"} for fault in faults)
    assert ("people", "person/ana", "colour") in {(f["table"], f["record"], f["field"]) for f in faults}
    assert ("participations", "participation/ana", "agent") in {(f["table"], f["record"], f["field"]) for f in faults}
    assert f"{len(faults)} faults" in err
    code, out, _ = run("check", "--dataset", path)
    assert (code, len(out.splitlines())) == (1, len(faults))


def test_check_looks_passages_up_in_a_text_it_does_not_keep(
    run: Run, rivers: Path, text: Path, own_folders: Path
) -> None:
    code, _, err = run("check", rivers, "--source", text)
    assert code == 0
    assert "0 faults; 1 source attached, " in err
    assert err.endswith(" locators exact\n")
    assert "attached" not in run("check", rivers)[2]
    assert not (own_folders / "data").exists()


def test_attach_keeps_the_text_and_every_locator_holds(run: Run, rivers: Path, text: Path) -> None:
    code, out, err = run("attach", text, "--dataset", rivers, "--json")
    (tally,) = json.loads(out)
    total = tally.pop("exact")
    assert code == 0
    assert tally == {
        "source": "source/rivers",
        "file": str(text),
        "moved": 0,
        "ambiguous": 0,
        "lost": 0,
        "unsearched": 0,
    }
    assert f"{total} locators exact" in err
    text.unlink()
    code, out, err = run("check", rivers)
    assert (code, out) == (0, "")
    assert f"1 source attached, {total} locators exact" in err


def test_attach_says_what_no_longer_holds(run: Run, rivers: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(factory.TEXT.replace("Ana Lima", "A. Lima"), encoding="utf-8", newline="")
    assert run("attach", other, "--dataset", rivers)[0] == 2
    code, out, err = run("attach", other, "--source", "source/rivers", "--dataset", rivers, "--json")
    (tally,) = json.loads(out)
    assert code == 1
    assert tally["lost"]
    assert tally["moved"]
    assert f"{tally['lost']} lost" in err
    code, out, err = run("check", rivers)
    assert code == 1
    assert "the passage is lost" in out
    assert f"{tally['lost']} lost" in err


def test_detach_forgets_the_text(run: Run, rivers: Path, text: Path) -> None:
    run("attach", text, "--dataset", rivers)
    assert run("attach", "--detach", "source/rivers")[0] == 0
    assert "attached" not in run("check", rivers)[2]
    code, _, err = run("attach", "--detach", "source/rivers")
    assert (code, err.count("\n")) == (1, 1)


def test_nothing_is_attached_unless_every_file_can_be(run: Run, rivers: Path, text: Path, tmp_path: Path) -> None:
    code, _, err = run("attach", text, tmp_path / "missing.txt", "--dataset", rivers)
    assert code == 2
    assert "missing.txt" in err
    assert "attached" not in run("check", rivers)[2]


def test_attach_without_a_file_lists_what_is_attached(run: Run, rivers: Path, text: Path, tmp_path: Path) -> None:
    numbers = dict.fromkeys(("exact", "moved", "ambiguous", "lost", "unsearched"))
    nothing = {"source": "source/rivers", "label": "Rivers", "file": None, **numbers}
    code, out, err = run("attach", "--json", "--dataset", rivers)
    assert (code, json.loads(out), err) == (0, [nothing], "0 of 1 source attached\n")
    assert "no text is attached" in run("attach", "--dataset", rivers)[1]
    other = tmp_path / "other.txt"
    other.write_text(factory.TEXT.replace("Ana Lima", "A. Lima"), encoding="utf-8", newline="")
    for path, options in ((text, []), (other, ["--source", "source/rivers"])):
        attached = json.loads(run("attach", path, *options, "--dataset", rivers, "--json")[1])[0]
        code, out, err = run("attach", "--json", "--dataset", rivers)
        assert (code, json.loads(out)) == (0, [{"label": "Rivers"} | attached])
        assert err == "1 of 1 source attached\n"
    out = run("attach", "--dataset", rivers)[1]
    assert f"{attached['exact']} exact, {attached['moved']} moved" in out
    assert str(other) in "".join(line.strip() for line in out.splitlines())
    rows = run("attach", "--csv", "--dataset", rivers)[1].splitlines()
    assert rows[0] == "source,label,file,exact,moved,ambiguous,lost,unsearched"
    assert rows[1].startswith("source/rivers,Rivers,")


def test_a_text_that_is_attached_to_another_dataset_is_said(run: Run, rivers: Path, text: Path) -> None:
    run("attach", text, "--dataset", rivers)
    assert "attached, but of no source of this dataset: source/rivers" in run("attach")[2]


def test_a_text_that_is_gone_is_said(run: Run, rivers: Path, text: Path, own_folders: Path) -> None:
    run("attach", text, "--dataset", rivers)
    for copy in (own_folders / "data" / "sources").iterdir():
        copy.unlink()
    code, out, err = run("attach", "--dataset", rivers)
    assert code == 0
    assert "the text cannot be read" in out
    assert "0 of 1 source attached" in err


# format


def test_format_writes_what_check_calls_not_canonical(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "my events.json"
    path.write_text(json.dumps(factory.tables(), indent=1), encoding="utf-8")
    code, out, _ = run("check", path)
    assert code == 1
    assert f"canonical form from line 2 on; convenings format '{path}' writes it so" in out
    assert run("format", path) == (0, "", f"{path}: rewritten in canonical form\n")
    assert run("check", path)[0] == 0
    assert path.read_bytes() == canonical.encode(factory.tables())
    before = path.stat()
    assert run("format", "--dataset", path)[2] == f"{path}: in canonical form already, nothing is written\n"
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    now = json.loads(run("format", path, "--json")[1])
    assert now == {"file": str(path), "changed": False, "format": 2, "former_format": 2, "copy": None}


def test_format_leaves_what_is_no_record_for_check_to_name(run: Run, tmp_path: Path) -> None:
    spoilt = factory.tables()
    spoilt["people"]["1"]["colour"] = "red"
    path = tmp_path / "spoilt.json"
    path.write_text(json.dumps(spoilt), encoding="utf-8")
    assert run("format", path)[0] == 0
    assert json.loads(path.read_bytes())["people"] == spoilt["people"]
    code, out, _ = run("check", path)
    assert code == 1
    assert "colour" in out
    assert "canonical" not in out


def test_format_writes_only_a_dataset_that_is_named(run: Run, tmp_path: Path) -> None:
    code, out, err = run("format")
    assert (code, out) == (2, "")
    assert "no dataset is named" in err
    path = tmp_path / "other.json"
    path.write_bytes(b'{"a": 1}')
    assert run("format", path)[0] == 2
    assert path.read_bytes() == b'{"a": 1}'


# stats


def test_stats_count_what_the_file_holds(run: Run, rivers: Path) -> None:
    code, out, _ = run("stats", "--json", "--dataset", rivers)
    counts = json.loads(out)
    records = factory.records()
    assert code == 0
    assert counts["records"] == len(records) == sum(counts["kinds"].values())
    assert counts["kinds"] == {kind: sum(isinstance(r, s) for r in records) for kind, s in KINDS.items()}
    assert counts["participations"] == {
        "total": 2, "named": 1, "unnamed": 1, "roles": {"speaker": 1, "attendee": 1},
    }  # fmt: skip
    assert counts["dates"] == {
        "earliest": "2021-05-04", "latest": "2021-05-04", "events": 2, "dated": 1, "inferred": 0,
    }  # fmt: skip
    evidence = counts["evidence"]
    assert (evidence["inferred"], evidence["stated"] + 1) == (1, evidence["total"])
    assert evidence["inferred_share"] == round(1 / evidence["total"], 4)
    assert counts["gaps"] == {"total": 1, "types": {"unnamed party": 1}}
    source = {"id": "source/rivers", "label": "Rivers", "paragraphs": 4, "cited": 3, "elements": 0}
    assert counts["sources"] == [source]
    assert (counts["statuses"], counts["imports"]) == ({}, [])


def test_stats_give_every_count_its_denominator(run: Run, rivers: Path) -> None:
    code, out, _ = run("stats", "--dataset", rivers)
    assert code == 0
    assert "3 of 4" in out
    assert "2021-05-04 to 2021-05-04" in out


def test_stats_of_an_empty_dataset(run: Run, tmp_path: Path) -> None:
    path = factory.write(tmp_path / "empty.json", []).path
    assert run("stats", "--dataset", path)[0] == 0
    assert json.loads(run("stats", "--json", "--dataset", path)[1])["evidence"]["inferred_share"] == 0
    assert run("list", "event", "--dataset", path)[:2] == (1, "")
    assert run("search", "anything", "--json", "--dataset", path)[:2] == (1, "[]\n")


@pytest.mark.parametrize("words", ["", "Quite another report.\n\nIt is of mountains.\n"])
def test_a_wrong_text_does_not_take_the_place_of_the_right_one(
    run: Run, rivers: Path, text: Path, tmp_path: Path, words: str
) -> None:
    run("attach", text, "--dataset", rivers)
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(words, encoding="utf-8")
    code, out, err = run("attach", wrong, "--source", "source/rivers", "--dataset", rivers)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "not attached, as no passage of 'source/rivers' is in place, and few are elsewhere" in err
    assert run("check", rivers)[0] == 0
    assert run("attach", wrong, "--source", "source/rivers", "--anyway", "--dataset", rivers)[0] == 1
    assert "the passage is lost" in run("check", rivers)[1]


def test_a_file_too_large_for_a_text_is_refused_before_it_is_read(run: Run, rivers: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(1 << 32)
    for command in (
        ("attach", huge, "--source", "source/rivers", "--dataset", rivers),
        ("check", rivers, "--source", huge),
    ):
        code, _, err = run(*command)
        assert (code, err.count("\n")) == (2, 1)
        assert "larger than the text of a source can be, 16 MiB" in err


@pytest.fixture
def eels(tmp_path: Path) -> Path:
    """A dataset from a structured file that is no UTF-8."""
    path = tmp_path / "eels.convenings.json"
    path.write_bytes(canonical.encode(structured.tables(structured.LATIN)))
    return path


def test_a_structured_file_is_attached_whatever_its_bytes(run: Run, eels: Path, tmp_path: Path) -> None:
    file = tmp_path / "eels.json"
    file.write_bytes(structured.LATIN)
    code, out, err = run("attach", file, "--dataset", eels, "--json")
    (tally,) = json.loads(out)
    assert code == 0
    assert (tally["source"], tally["lost"], tally["moved"]) == ("source/schedule", 0, 0)
    assert f"{tally['exact']} locators exact" in err
    file.unlink()
    code, out, err = run("check", eels)
    assert (code, out) == (0, "")
    assert f"0 faults; 1 source attached, {tally['exact']} locators exact" in err
    assert run("attach", "--detach", "source/schedule", "--dataset", eels)[0] == 0
    assert "attached" not in run("check", eels)[2]


def test_a_packed_file_is_known_by_what_is_in_it(run: Run, eels: Path, tmp_path: Path) -> None:
    file = tmp_path / "eels.json.gz"
    file.write_bytes(gzip.compress(structured.LATIN))
    assert run("attach", file, "--dataset", eels)[0] == 0
    assert "locators exact" in run("check", eels)[2]


def test_check_says_how_many_elements_are_lost(run: Run, eels: Path, tmp_path: Path) -> None:
    file = tmp_path / "eels.json"
    file.write_bytes(structured.LATIN.replace(b"On eels", b"Of eels"))
    assert run("check", eels, "--source", file)[0] == 2
    assert run("attach", file, "--source", "source/schedule", "--dataset", eels)[0] == 1
    code, out, err = run("check", eels)
    assert code == 1
    assert "the element is another one in the attached file: /talks/0" in out
    assert " exact, " in err
    assert err.rstrip().endswith(" lost")


def test_an_importer_attaches_its_file_without_a_command(run: Run, eels: Path, tmp_path: Path) -> None:
    dataset = Dataset.open(eels)
    refs = [record.id for _, _, _, record in dataset.scan()]
    source = next(record for record in structured.schedule(structured.LATIN) if isinstance(record, Source))
    assert attach_file(user_data_for(dataset, refs), source, tmp_path / "eels.json", structured.LATIN) == ""
    assert "1 source attached" in run("check", eels)[2]


def test_stats_count_what_a_structured_file_brought(run: Run, eels: Path) -> None:
    counts = json.loads(run("stats", "--json", "--dataset", eels)[1])
    assert counts["statuses"] == {"cancelled": 1}
    assert [(source["paragraphs"], source["elements"]) for source in counts["sources"]] == [(0, 3)]
    brought = {"source": "source/schedule", "records": len(structured.schedule())}
    assert counts["imports"] == [
        {"file": "eels.json", "at": "2026-11-26T09:30:00Z", "reader": "eels 0.1.0", **brought},
    ]
    out = run("stats", "--dataset", eels)[1]
    for words in ("events cancelled", "elements cited", "Imported", "2026-11-26T09:30:00Z"):
        assert words in out
    assert "paragraphs cited" not in out
