"""The vocabulary knows which words are one slip away from what was typed, and which contain it."""

from __future__ import annotations

import string
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.index.vocabulary import MOST, MOST_WHOLE, Near, Vocabulary

WORDS = st.lists(st.text("abcdé王", min_size=1, max_size=7), max_size=20)


def vocabulary(words: Iterable[str]) -> Vocabulary:
    """A vocabulary of these words."""
    lines = "".join(f"{word}\n" for word in sorted(set(words)))
    return Vocabulary(lines.encode)


def slips(word: str, letters: str) -> set[str]:
    """Everything that one slip makes of a word."""
    found = {word[:at] + word[at + 1 :] for at in range(len(word))}
    found |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    found |= {word[:at] + letter + word[at + 1 :] for at in range(len(word)) for letter in letters}
    found |= {word[:at] + letter + word[at:] for at in range(len(word) + 1) for letter in letters}
    return found - {word}


@given(words=WORDS, typed=st.text("abcdé", min_size=3, max_size=7))
def test_one_slip_away_is_what_one_slip_makes(words: list[str], typed: str) -> None:
    found = vocabulary(words).near(typed)
    possible = slips(typed, string.ascii_lowercase + "é王")
    assert set(found.whole) == possible & set(words)
    begun = {slip for slip in possible - {typed[:-1]} if any(word.startswith(slip) for word in words)}
    assert set(found.prefix) <= begun
    assert len(found.prefix) == (min(len(begun), MOST) if len(typed) > 3 else 0)


@given(words=st.lists(st.text("ab", min_size=6, max_size=10), max_size=20), typed=st.text("ab", min_size=8, max_size=9))
def test_two_slips_are_forgiven_where_one_explains_nothing(words: list[str], typed: str) -> None:
    once = slips(typed, "ab")
    twice = once.union(*(slips(slip, "ab") for slip in once))
    found = vocabulary(words).near(typed)
    if any(word.startswith(slip) for word in words for slip in once):
        assert set(found.whole) == once & set(words)
    else:
        assert set(found.whole) - {typed} == twice & set(words) - {typed}


@given(words=WORDS, typed=st.text("abcd王", min_size=1, max_size=4))
def test_has_a_beginning_and_a_word(words: list[str], typed: str) -> None:
    found = vocabulary(words)
    assert found.has(typed) == any(word.startswith(typed) for word in words)
    assert found.has_word(typed) == (typed in words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fuondatoin", "foundation"),
        ("innvoatoin", "innovation"),
        ("blokchian", "blockchain"),
        ("fuonadtion", "foundation"),
        ("foundatnn", "foundation"),
        ("xlxckchain", "blockchain"),
    ],
)
def test_two_slips_in_a_long_word_are_forgiven_wherever_they_are(typed: str, meant: str) -> None:
    assert vocabulary(["foundation", "innovation", "blockchain", "other"]).near(typed).whole == [meant]


@pytest.mark.parametrize("typed", ["fuondtaoni", "ab", "王", ""])
def test_nothing_is_near_what_is_too_different_or_too_short(typed: str) -> None:
    assert vocabulary(["foundation", "abc", "王"]).near(typed) == Near([], [])


def test_of_many_words_those_with_which_many_begin_are_near() -> None:
    few = [f"{letter}ang" for letter in string.ascii_lowercase] + [f"y{letter}ng" for letter in string.ascii_lowercase]
    found = vocabulary([*few, "yingwei", "yingyi", "yingbo", "yongyi"]).near("yng")
    assert found.whole[:2] == ["ying", "yong"]
    assert len(found.whole) == MOST_WHOLE


def test_containing_is_not_beginning_with() -> None:
    found = vocabulary(["conductor", "semiconductor", "superconductors", "éconductor", "duct"]).containing("conductor")
    assert found == ["semiconductor", "superconductors", "éconductor"]
    many = vocabulary(f"x{n}cedar" for n in range(100))
    assert len(many.containing("cedar")) == MOST + 1
    assert vocabulary(["abc"]).containing("bc") == vocabulary([]).containing("abc") == []
