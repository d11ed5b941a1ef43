"""`search` on the bundled dataset."""

from __future__ import annotations

import json

import pytest

from tests.unit.cli_records import Run


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tencent", "organisation/tencent"),
        ("hao ming huang", "person/huang-haoming"),
        ("huang haoming", "person/huang-haoming"),
        ("lü zhenya", "person/lv-zhenya"),
        ("lyu zhenya", "person/lv-zhenya"),
        ("sprc", "organisation/sprc"),
        ("e-station", "initiative/first-aid-e-station"),
        ("red cros", "organisation/china-red-cross-foundation"),
        ("unique china", "question/unique-to-china"),
        ("moderator", "person/fu-changbo"),
        ("moderated", "person/fu-changbo"),
    ],
)
def test_search_has_the_right_record_first(run: Run, query: str, first: str) -> None:
    code, out, err = run("search", *query.split(), "--json")
    hits = json.loads(out)
    assert (code, err.endswith("--limit for more\n")) == (0, "50 of" in err)
    assert hits[0]["id"] == first
    assert len(hits) <= 50
    assert all(set(hit) - {"basis", "reading"} == {"id", "kind", "label", "context"} for hit in hits)
    assert all(hit["id"].startswith(hit["kind"] + "/") for hit in hits)


def test_search_takes_a_limit_and_kinds(run: Run) -> None:
    assert len(json.loads(run("search", "huang", "--json", "--limit", "2")[1])) == 2
    hits = json.loads(run("search", "china", "--json", "--kind", "organisations", "--kind", "place")[1])
    assert {hit["kind"] for hit in hits} == {"organisation", "place"}


def test_nothing_found_is_an_empty_array_and_exit_1(run: Run) -> None:
    code, out, err = run("search", "qqzzxxyy", "--json")
    assert (code, json.loads(out)) == (1, [])
    assert "nothing found for qqzzxxyy" in err


def test_search_prints_a_table_for_people(run: Run) -> None:
    code, out, _ = run("search", "huang", "haoming")
    assert code == 0
    assert "person/huang-haoming" in out.splitlines()[1]
