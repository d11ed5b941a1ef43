"""Text made harmless for a terminal, and text made comparable for search."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenings.domain.text import fold, is_newer, is_symbol, plain, symbols, words

# All of the planes in use, and the edges of the others.
EVERY_CHARACTER = [
    chr(code)
    for code in (*range(0x32400), 0x3FFFF, 0x40000, *range(0xE0000, 0xE1001), 0xF0000, 0x100000, sys.maxunicode)
]
anything = st.text(st.characters(codec=None), max_size=40) | st.text(
    "ab\u0301\u0302\ufe0f\u200d\r\n\x1b\u202e\ud800", max_size=40
)


def is_harmless(text: str) -> bool:
    others = "\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
    return all(char.isprintable() or char in others or category(char) == "Co" or is_newer(char) for char in text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tencent",
        "[bold] [/] [red]x",
        "黄浩明 HUANG Haoming",
        "“tech” – e’s",
        "Łódź ß Æ",
        "한국어 か",
        "café",
        "emoji 🙂",
        "ａ\u3000ｂ",
        "李\U00031350 鈴\ue000 \U0010fffd \u0378",
        "می\u200cخواهم क्\u200dष",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x07\x00\x7f", "␇␀␡"),
        ("\x9b31m", "\ufffd31m"),
        ("a\u202eb\u2066c\u2069\u200e\u200f\u061c", "abc"),
        ("zero\u200b\u200c\u200d\u2060\ufeffwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("❤\ufe0f\U000e0100", "❤"),
        ("\ud800", "\ufffd"),
        ("\uffff\ufdd0\u2065\U000e0fff", "\ufffd\ufffd\ufffd"),
        ("a\u200cb c\u200d \u200dd", "ab c d"),
        ("क\u200d\u200dष", "कष"),
        ("👩🏽\u200d🔬", "👩🏽🔬"),
        ("no\u00a0break", "no break"),
        ("tab\there", "tab here"),
    ],
)
def test_harmful_text_is_shown_or_dropped(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"])
def test_line_breaks_become_what_is_asked_for(break_: str) -> None:
    assert plain(f"a{break_}b") == "a b"
    assert plain(f"a{break_}b", newline="\n") == "a\nb"
    assert plain(f"a{break_}b", newline=" ⏎ ") == "a ⏎ b"


def test_a_tower_of_marks_is_cut_to_three() -> None:
    assert plain("e" + "\u0301" * 50 + "f") == "e\u0301\u0301\u0301f"
    assert plain("e\u0301\u200d\u0302\u200d\u0303\u200d\u0304") == "e\u0301\u0302\u0303"
    assert plain("a\u0301b\u0302c\u0303d\u0304e\u0305") == "a\u0301b\u0302c\u0303d\u0304e\u0305"


def test_no_character_gets_through_that_is_not_printable() -> None:
    assert [hex(ord(char)) for char in EVERY_CHARACTER if not is_harmless(plain(char))] == []


def test_the_quick_way_and_the_slow_way_agree_on_every_character() -> None:
    # The marks at the end force the slow way.
    differing = [
        char for char in EVERY_CHARACTER if category(char)[0] != "M" and plain(char) != plain(char + "\u0301" * 4)[:-3]
    ]
    assert list(map(ascii, differing)) == []


@given(anything)
def test_plain_text_is_harmless_and_stays(text: str) -> None:
    once = plain(text)
    assert is_harmless(once)
    assert plain(once) == once
    assert plain(plain(text, newline="\n"), newline="\n") == plain(text, newline="\n")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("  Red   CROSS ", "red cross"),
        ("First Aid E-station", "first aid e station"),
        ("China's “new” – really?", "china s new really"),
        ("China’s", "china s"),
        ("Lü Zhenya", "lu zhenya"),
        ("LÜ", "lu"),
        ("café", "cafe"),
        ("Łódź, Straße, Ærø, œuvre, Đorđe, þ", "lodz strasse aero oeuvre dorde th"),
        ("İstanbul ışık", "istanbul isik"),
        ("黄浩明 HUANG", "黄 浩 明 huang"),
        ("ＴＥＣＨ①½", "tech11 2"),
        ("ﬁnance", "finance"),
        ("한국", "한 국"),
        ("ひら カナ", "ひ ら カ ナ"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("٢٠١٨", "2018"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("a\x1b\ud800b", "a b"),
        ("鈴\ue000 李\U00031350", "鈴 \ue000 李 \U00031350"),
        ("か が ｶﾞ は ぱ か゚", "か が ガ は ぱ か゚"),
        ("Ива́н Сергей Ёлка Їжак", "иван сергей ёлка їжак"),
        ("أحمد مُحَمَّد محـمود فاطمة", "أحمد محمد محمود فاطمة"),
        ("कि का क्षेत्रीय", "कि का क्षेत्रीय"),
        ("น้ำ ที่", "น้ํา ที่"),
        ("שָׁלוֹם", "שלום"),
        ("Άγιος", "αγιοσ"),
        ("于 於", "于 於"),
        ("ʿAbd Kɔfi Əliyev", "ʿabd kɔfi əliyev"),
        ("می\u200cخواهم", "میخواهم"),
        ("Internet+, 5G & C#", "internet 5g c"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert " ".join(word for word in words(text) if not is_symbol(word)) == folded


def test_folding_every_character_twice_is_folding_it_once() -> None:
    assert [hex(ord(char)) for char in EVERY_CHARACTER if fold(fold(char)) != fold(char)] == []


@given(anything)
def test_a_folded_text_has_letters_and_digits_one_space_apart(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == " ".join(once.split())
    assert all(char == " " or category(char)[0] in "LNM" or category(char) == "Co" or is_newer(char) for char in once)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_the_quick_way_for_ascii_folds_like_the_slow_one(text: str) -> None:
    assert fold(text + " é") == f"{fold(text)} e".strip()


@pytest.mark.parametrize("letter", ["a", "é"])
def test_work_on_a_long_word_beside_a_sign_is_linear(letter: str) -> None:
    """In the square of its length it would take an hour."""
    word = letter * 200_000
    assert words(f"{word} 5%")[:2] == [fold(word), "5"]
    assert len(words(f"{word} & 5")) == 3


@given(st.text(max_size=30))
def test_folding_forgets_case(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


def test_letters_that_fold_one_by_one_fold_as_they_do_beside_others() -> None:
    for code in (*range(0x80, 0x2070), *range(0x20A0, 0x2200)):
        char = chr(code)
        alone, beside = fold(f"a{char}b {char}"), fold(f"a{char}b {char} 李")
        assert beside == f"{alone} 李", f"U+{code:04X}"


def test_no_letter_below_the_signs_is_searched_as_a_symbol() -> None:
    for code in range(0x80, 0x2000):
        assert symbols(f"a{chr(code)}b") == [], f"U+{code:04X}"
    assert symbols("a\N{SUPERSCRIPT PLUS SIGN}") == symbols("a+") != []


def test_a_character_that_is_ordinary_leaves_what_stands_beside_it_to_be_looked_at() -> None:
    assert plain("\u010dern\u00fd") == "\u010dern\u00fd"
    assert plain("\u010dern\u00fd\u202e") == "\u010dern\u00fd"
    assert plain("\u010d" + "\u0301" * 9) == "\u010d" + "\u0301" * 3
