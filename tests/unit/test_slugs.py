from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.slugs import Mint, slug


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Ana Lima", "ana-lima"),
        ("Łukasz Żółć (chair)", "lukasz-zolc-chair"),
        ("Æther & Straße, 2nd ed.", "aether-strasse-2nd-ed"),
        ("C++ / C#", "c-c"),
    ],
)
def test_what_can_be_written_in_plain_letters_is(label: str, expected: str) -> None:
    assert slug(label) == expected


def test_names_in_other_scripts_differ_also_where_they_share_what_can_be_written() -> None:
    slugs = [slug(label) for label in ("黄浩明", "Кирилл 2", "Мефодий 2", "🎉", "", "2")]
    assert len({*slugs}) == len(slugs)
    assert slugs[-1] == "2"
    assert slugs[1].startswith("2-u")


@given(st.text())
def test_a_slug_is_a_proper_one_and_always_the_same(label: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(label))
    assert slug(label) == slug(label)
    assert len(slug(label)) <= 68


def test_ids_that_are_used_get_numbers_and_none_is_given_twice() -> None:
    mint = Mint({"person/lee", "person/lee-2"}.__contains__)
    assert [mint.ref("person", "Lee") for _ in range(3)] == ["person/lee-3", "person/lee-4", "person/lee-5"]
    assert mint.ref("person", "Lee 4") == "person/lee-4-2"
    assert mint.ref("event", "Lee") == "event/lee"


def test_a_thousand_of_one_name_are_not_counted_through_each_time() -> None:
    looks = 0

    def is_used(_: str) -> bool:
        nonlocal looks
        looks += 1
        return False

    mint = Mint(is_used)
    assert len({mint.ref("event", "Lunch") for _ in range(1000)}) == 1000
    assert looks == 1000
