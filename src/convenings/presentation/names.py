"""The other names of a record in words: what each is, and in which language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from convenings.domain.basis import mark_basis
from convenings.domain.record_values import Name
from convenings.domain.text import plain

_LANGUAGES = Path(__file__).with_name("languages.txt")
LANGUAGES_SHOWN = 3
"""How many names in other languages stand by themselves; of more, all but the first of these are folded into one."""


class NameLine(msgspec.Struct, frozen=True):
    """A line of names."""

    text: str
    basis: str


def name_lines(label: str, names: Iterable[Name]) -> list[NameLine]:
    """What else a record is called, a line each; what only repeats its label says nothing and has none.

    Former names are called so, and so are names in a language. Where there are many of the latter, the last line holds
    the rest: all of them, as they have been recorded, and how many there are.

    Args:
        label: What it is called above.
        names: The names that the record gives, in their order.
    """
    lines: list[NameLine] = []
    in_languages: list[tuple[str, Name]] = []
    seen = {(label, "")}
    for name in names:
        kind, value = _kind(name), plain(name.value)
        if value == label or (value, kind) in seen:
            continue
        seen.add((value, kind))
        if name.type in ("native", "translation"):
            in_languages.append((kind, name))
        else:
            lines.append(NameLine(f"{kind}: {value}", name.basis))
    alone = in_languages if len(in_languages) <= LANGUAGES_SHOWN else in_languages[: LANGUAGES_SHOWN - 1]
    lines += [NameLine(f"{kind}: {plain(name.value)}", name.basis) for kind, name in alone]
    rest = in_languages[len(alone) :]
    if rest:
        listed = "; ".join(f"{kind.removeprefix('in ')} {plain(name.value)}" for kind, name in rest)
        basis = "inferred" if any(name.basis == "inferred" for _, name in rest) else "stated"
        lines.append(NameLine(f"+{len(rest)} names in other languages: {listed}", basis))
    return lines


def name_line(name: Name) -> str:
    """A name within a line, with what it is: ``formerly Red Fund``."""
    return mark_basis(f"{_kind(name)} {plain(name.value)}", name.basis)


def _kind(name: Name) -> str:
    """What a name is."""
    match name.type:
        case "abbreviation":
            return "abbreviation"
        case "former":
            return "formerly"
        case "native":
            return f"in {language_in_words(name.language)}" if name.language else "in its own language"
        case "translation":
            return f"in {language_in_words(name.language)}" if name.language else "translated"
    return f"also, in {language_in_words(name.language)}" if name.language else "also"


def language_in_words(tag: str) -> str:
    """What English calls the language of a BCP 47 tag; the tag where that is not known."""
    return _languages().get(tag.partition("-")[0].lower(), plain(tag))


@cache
def _languages() -> dict[str, str]:
    lines = _LANGUAGES.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))
