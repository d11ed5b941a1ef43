"""The query language: what is read, what is refused, and that the canonical text says the same."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.errors import BadInput, nearest
from convenings.domain.query import KEYS, Field, Query, Word, parse


@pytest.mark.parametrize(
    ("text", "words", "fields"),
    [
        ("", [], []),
        ("  red  cross ", [Word("red"), Word("cross")], []),
        ('"red  cross" x', [Word("red cross", phrase=True), Word("x")], []),
        ("!tencent", [Word("tencent", negated=True)], []),
        ('!"red cross"', [Word("red cross", negated=True, phrase=True)], []),
        ("role:moderator", [], [Field("role", "moderator")]),
        ('!role:"keynote speaker"', [], [Field("role", "keynote speaker", negated=True)]),
        ("org:tencent", [], [Field("organisation", "tencent")]),
        ("Organization:x", [], [Field("organisation", "x")]),
        ("ROLE:chair a date:../2018", [Word("a")], [Field("role", "chair"), Field("date", "../2018")]),
        ("person:person/chen-yan", [], [Field("person", "person/chen-yan")]),
        ("place:a:b", [], [Field("place", "a:b")]),
        ("role:!x", [], [Field("role", "!x")]),
        ('"open to the end', [Word("open to the end", phrase=True)], []),
        ('role:"open', [], [Field("role", "open")]),
        ('"a"b"c"', [Word("a", phrase=True), Word('b"c"')], []),
        ('5" disk', [Word('5"'), Word("disk")], []),
        ('"say ""hi"""', [Word('say "hi"', phrase=True)], []),
        ("“curly quotes”", [Word("curly quotes", phrase=True)], []),
        ('"role:x"', [Word("role:x", phrase=True)], []),
        ("9:00 http://x.org/a?b=c a-b:c", [Word("9:00"), Word("http://x.org/a?b=c"), Word("a-b:c")], []),
        ("note: this", [Word("note:"), Word("this")], []),
        ("名:x", [Word("名:x")], []),
        (": :x", [Word(":"), Word(":x")], []),
        ('! !! "" "  " !"" role: role:"" is:', [], []),
        ("!!x", [Word("x", negated=True)], []),
        ("! x", [Word("x")], []),
    ],
)
def test_what_is_read(text: str, words: list[Word], fields: list[Field]) -> None:
    assert parse(text) == Query(tuple(words), tuple(fields))


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("rol:x", "rol", "write role:"),
        ("a Organsation:x", "Organsation", "write organisation:"),
        ('!flavour:"x y"', "flavour", "use one of kind, role"),
        ("doi:10.1", "doi", "quotes"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(text: str, key: str, hint: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse(text)
    assert str(refused.value).startswith(f'query: there is no key "{key}"; ')
    assert hint in refused.value.hint


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_read_and_explained(key: str) -> None:
    assert parse(f"{key}:x").fields == (Field(key, "x"),)
    assert KEYS[key]


def test_a_query_that_asks_nothing_is_false() -> None:
    assert not parse(" ! ")
    assert parse("x")
    assert parse("role:chair")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ('ROLE:"chair"  a !"b  c"', 'a !"b c" role:chair'),
        ('org:"Red Cross" "open', '"open" organisation:"Red Cross"'),
        ('"x"', '"x"'),
        ('role:"""x"', 'role:"""x"'),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical


bare = st.text(
    st.characters(codec="utf-8", exclude_categories=("Z", "C"), exclude_characters=':!"“”„'), min_size=1, max_size=8
)
spaced = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C"), exclude_characters="“”„"), min_size=1),
    min_size=1,
    max_size=3,
)
phrase = spaced.map(" ".join)
words_ = st.builds(Word, bare, st.booleans()) | st.builds(Word, phrase, st.booleans(), st.just(True))
fields_ = st.builds(Field, st.sampled_from(sorted(KEYS)), phrase, st.booleans())


@given(st.builds(Query, st.lists(words_, max_size=4).map(tuple), st.lists(fields_, max_size=4).map(tuple)))
def test_canonical_text_reads_back_the_same(query: Query) -> None:
    assert parse(str(query)) == query


typed = st.text(st.sampled_from('ab!":/ \t“rolekind9\x1f\u3000'), max_size=30) | st.text(max_size=30)


@given(typed)
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(BadInput):
        assert parse(str(parse(text))) == parse(text)


def test_an_error_is_one_harmless_line_of_what_is_known() -> None:
    assert str(BadInput("it is empty")) == "it is empty"
    assert str(BadInput("it is empty", file="a.json", hint="restore it")) == "a.json: it is empty; restore it"
    full = BadInput('no role "chiar"', file="a.json", place="people, person/x, role", hint='write "chair"')
    assert str(full) == 'a.json: people, person/x, role: no role "chiar"; write "chair"'
    assert (full.what, full.file) == ('no role "chiar"', "a.json")
    assert str(BadInput("bad\nname\x1b[2J")) == "bad name␛[2J"


def test_the_nearest_word_regardless_of_case() -> None:
    assert nearest("Moderater", ["chair", "moderator"]) == "moderator"
    assert nearest("chair", ["Chair", "chair"]) == "Chair"
    assert nearest("zzz", ["chair"]) == ""
    assert nearest("x", []) == ""
