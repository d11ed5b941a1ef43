"""What a field was and became, in words."""

from __future__ import annotations

from typing import Any

import pytest

from convenings.presentation.history import value_in_words, values_in_words

PIECE = {"source": "source/report", "paragraph": 4, "start": 20, "end": 85, "passage_hash": "ab", "fields": ["event"]}
ASKED = {"event": "event/day", "act": "raised", "explicit": True, "agents": ["person/bo", "person/ida"]}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, "nl", ("(nothing)", "nl")),
        ([], ["a"], ("(nothing)", "a")),
        (True, False, ("yes", "no")),
        (["a", "b"], ["a"], ("b; 1 as before", "1 as before")),
        (["a", "b"], ["b", "a"], ("a; b", "b; a")),
        (["a"], ["b"], ("a", "b")),
        (
            [ASKED],
            [{**ASKED, "agents": []}],
            (
                "event event/day, act raised, explicit yes, agents (person/bo; person/ida)",
                "event event/day, act raised, explicit yes",
            ),
        ),
        ([PIECE], [], ("¶4 of source/report, 20–85: event", "(nothing)")),
    ],
)
def test_only_what_differs_is_said(before: Any, after: Any, words: tuple[str, str]) -> None:
    assert values_in_words(before, after, 200) == words


def test_a_passage_says_where_it_is_what_it_supports_and_how() -> None:
    piece = {**PIECE, "pointer": "row=7", "fields": ["*"], "basis": "inferred", "note": "of the heading"}
    assert value_in_words(piece, 200) == "row=7 of source/report, 20–85: everything (inferred · of the heading)"


def test_what_no_words_tell_apart_is_told_apart_all_the_same() -> None:
    before, after = values_in_words([PIECE], [{**PIECE, "passage_hash": "cd"}], 400)
    assert '"passage_hash":"ab"' in before
    assert '"passage_hash":"cd"' in after


def test_of_long_texts_that_begin_alike_the_end_is_shown() -> None:
    before, after = values_in_words("x" * 300 + "one", "x" * 300 + "two", 100)
    assert (before, after) == ("…" + "x" * 40 + "one", "…" + "x" * 40 + "two")


def test_control_characters_are_harmless() -> None:
    assert "\x1b" not in value_in_words([{"label": "\x1b[31m", "piece": {**PIECE, "note": "\x1b"}}], 200)


def test_work_on_long_lists_is_linear() -> None:
    """Item against item it would take minutes."""
    pieces = [{**PIECE, "paragraph": number} for number in range(60_000)]
    assert values_in_words(pieces[:50_000], pieces[10_000:], 4000)[0].startswith("¶0 of source/report")
