"""The query language: what is read, what is refused, and that the canonical text says the same."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.errors import BadInput, nearest
from convenings.domain.query.keys import KEYS
from convenings.domain.query.parser import MOST_NESTED, parse
from convenings.domain.query.tree import (
    EVERYTHING,
    All,
    BadQuery,
    Either,
    Field,
    Not,
    Query,
    Word,
    all_of,
    any_of,
    asking,
    conjuncts,
    negated,
)


@pytest.mark.parametrize(
    ("text", "words", "fields"),
    [
        ("", [], []),
        ("  red  cross ", [Word("red"), Word("cross")], []),
        ('"red  cross" x', [Word("red cross", phrase=True), Word("x")], []),
        ("!tencent", [Not(Word("tencent"))], []),
        ('!"red cross"', [Not(Word("red cross", phrase=True))], []),
        ("role:moderator", [], [Field("role", "moderator")]),
        ('!role:"keynote speaker"', [], [Not(Field("role", "keynote speaker"))]),
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
        ("!!x", [Not(Word("x"))], []),
        ("! x", [Word("x")], []),
    ],
)
def test_what_is_read(text: str, words: list[Query], fields: list[Query]) -> None:
    terms = conjuncts(parse(text))
    assert list(terms) == [*words, *fields]


@pytest.mark.parametrize(
    ("text", "key", "hint"),
    [
        ("rol:x", "rol", "write role:"),
        ("a Organsation:x", "Organsation", "write organisation:"),
        ('!flavour:"x y"', "flavour", "use one of kind, role"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_one(text: str, key: str, hint: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse(text)
    column = text.index(key) + 1
    assert str(refused.value).startswith(f'query, column {column}: there is no key "{key}"; ')
    assert text[refused.value.start : refused.value.end] == f"{key}:"
    assert hint in refused.value.hint


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_read_and_explained(key: str) -> None:
    assert parse(f"{key}:x") == Field(key, "x")
    assert KEYS[key].help
    assert KEYS[key].kinds


def test_a_query_that_asks_nothing_is_false() -> None:
    assert not parse(" ! ")
    assert parse("x")
    assert parse("role:chair")


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ('ROLE:"chair"  a !"b  c"', 'a !"b c" role:"chair"'),
        ('org:"Red Cross" "open', '"open" organisation:"Red Cross"'),
        ('"x"', '"x"'),
        ('role:"""x"', 'role:"""x"'),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical


A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b", Either((A, B))),
        ("a b or c", Either((All((A, B)), C))),
        ("a or b c", Either((A, All((B, C))))),
        ("(a or b) c", All((C, Either((A, B))))),
        ("(a or b)(b or c)", All((Either((A, B)), Either((B, C))))),
        ("!(a or b)", Not(Either((A, B)))),
        ("!(a b) c", All((C, Not(All((A, B)))))),
        ("a or (b or c)", Either((A, B, C))),
        ("a (b c)", All((A, B, C))),
        ("(a)", A),
        ("((a))", A),
        ("!(a)", Not(A)),
        ("!(!a)", A),
        ("!!(a)", Not(A)),
        ("! (a)", A),
        ("kind:event or kind:gap", Either((Field("kind", "event"), Field("kind", "gap")))),
        ('("a b" or c)', Either((Word("a b", phrase=True), C))),
        ('(role:"guest of honour")', Field("role", "guest of honour")),
        ("(role:chair or role:host) a", All((A, Either((Field("role", "chair"), Field("role", "host")))))),
        # What was typed before there were groups and alternatives means what it did.
        ("501(c)(3)", Word("501(c)(3)")),
        ("f(x) a(b", All((Word("f(x)"), Word("a(b")))),
        (":) a)", All((Word(":)"), Word("a)")))),
        ("place:f(x)", Field("place", "f(x)")),
        ("OR Or oR", All((Word("OR"), Word("Or"), Word("oR")))),
        ("a OR b", All((A, Word("OR"), B))),
        ('a "or" b', All((A, Word("or", phrase=True), B))),
        ("a !or b", All((A, Not(Word("or")), B))),
        ("or", Word("or")),
        ("or a", All((Word("or"), A))),
        ("a or", All((A, Word("or")))),
        ("a (b or)", All((A, B, Word("or")))),
        ("a (or b)", All((A, Word("or"), B))),
        ("a or or b", Either((A, All((Word("or"), B))))),
        ("or or or", Either((Word("or"), Word("or")))),
        ("(or) a", All((Word("or"), A))),
        ("oregon", Word("oregon")),
        # Where a bracket closes, and where it is a letter.
        ("(501(c)(3) or f(x))", Either((Word("501(c)(3)"), Word("f(x)")))),
        ("!(see f(x)) a", All((A, Not(All((Word("see"), Word("f(x)"))))))),
        ("(a)b", Word("a)b")),
        ("!(a)b c", Not(All((Word("a)b"), C)))),
        ("(a)(b)", All((A, B))),
        ("(a) (b)", All((A, B))),
        ("(a))", All((A, Word(")")))),
        ("((a or b)) c", All((C, Either((A, B))))),
        ("(a )b", All((A, Word(")b")))),
        ("(place:f(x) or b)", Either((Field("place", "f(x)"), B))),
        # A line still being typed is no error.
        ("(", EVERYTHING),
        ("!(", EVERYTHING),
        ("a or (", A),
        ("a or !", A),
        ("a or kind:", A),
        ("kind: or a", A),
        ("()", EVERYTHING),
        ("a or ()", A),
        ("(a or b", Either((A, B))),
        ("!(a b", Not(All((A, B)))),
        ('c (a or "b', All((C, Either((A, Word("b", phrase=True)))))),
    ],
)
def test_groups_and_alternatives(text: str, tree: Query) -> None:
    assert parse(text) == tree
    assert parse(str(tree)) == tree


def test_what_says_nothing_is_no_alternative_and_no_condition() -> None:
    assert asking(parse("a or -")) == asking(parse("a - !-")) == A
    assert asking(parse("- or !(* -)")) == EVERYTHING
    assert asking(parse("c (a or - b)")) == parse("c (a or b)")


OTHER_SIGNS = "“”„‟＂〝〞「」『』！（）："
"""Read as the signs of the language, so that no word has them."""
letters = st.characters(codec="utf-8", exclude_categories=("Z", "C"), exclude_characters=f':!"(){OTHER_SIGNS}')
bare = st.text(letters, min_size=1, max_size=8)
in_brackets = st.builds("{}({})".format, bare, bare)
spaced = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C"), exclude_characters=OTHER_SIGNS), min_size=1),
    min_size=1,
    max_size=3,
)
phrase = spaced.map(" ".join)
words_ = st.builds(Word, bare | in_brackets | st.sampled_from(["or", "OR", "a)b", "a(b"]))
terms = words_ | st.builds(Word, phrase, st.just(True)) | st.builds(Field, st.sampled_from(sorted(KEYS)), phrase)
trees = st.recursive(
    terms,
    lambda parts: (
        parts.map(negated)
        | st.lists(parts, min_size=2, max_size=4).map(all_of)
        | st.lists(parts, min_size=2, max_size=4).map(any_of)
    ),
    max_leaves=12,
)


@given(trees | st.just(EVERYTHING))
def test_canonical_text_reads_back_the_same(tree: Query) -> None:
    assert parse(str(tree)) == tree


typed = (
    st.text(st.sampled_from('ab!":/ \t“rolekind9\x1f\u3000'), max_size=30)
    | st.lists(st.sampled_from(["(", ")", "!", "or", " ", "a", "b", '"', "role:", "f(x)"]), max_size=30).map("".join)
    | st.text(max_size=30)
)


@given(typed)
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(BadInput):
        assert parse(str(parse(text))) == parse(text)


@given(typed)
def test_every_beginning_of_a_line_of_known_keys_is_read(text: str) -> None:
    line = text.replace(":", "")
    for end in range(len(line) + 1):
        parse(line[:end])


@pytest.mark.parametrize(
    "text", ["(", "!", "!(", "()", ")", "(a)", "a or ", '"', '("a" or b) ', "a)(", "(a)b(", "(a))))"]
)
def test_a_long_line_takes_no_longer_for_each_of_its_letters(text: str) -> None:
    counts: list[int] = []
    for size in (500, 4000):
        steps = 0

        def count(*_: object) -> None:
            nonlocal steps
            steps += 1

        sys.setprofile(count)
        try:
            tree = parse(text * size)
        finally:
            sys.setprofile(None)
        counts.append(steps)
        assert parse(str(tree)) == tree
    assert counts[1] <= 8.5 * counts[0] + 100


def test_a_hundred_thousand_brackets_are_read() -> None:
    assert parse("(" * 100_000) == parse("!" * 100_000) == parse("!(" * 100_000) == EVERYTHING
    assert parse("(" * 100_000 + "a" + ")" * 100_000) == A
    assert parse("!(" * 99_999 + "a b") == Not(All((A, B)))


def test_groups_nested_too_deep_are_refused_at_their_place() -> None:
    def nested(depth: int) -> str:
        return "c " + "(a or (b " * (depth // 2) + "x" + ")" * depth

    assert parse(str(parse(nested(MOST_NESTED)))) == parse(nested(MOST_NESTED))
    for line in (nested(MOST_NESTED + 2), "(a or !(b " * 50_000):
        with pytest.raises(BadQuery, match=f"more than {MOST_NESTED} deep") as refused:
            parse(line)
        assert line[refused.value.start : refused.value.end] == "("
        assert refused.value.place == f"query, column {refused.value.start + 1}"


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
