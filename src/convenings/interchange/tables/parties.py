"""Who stands in a cell: several people and bodies, with roles, titles and bodies beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec

from convenings.domain.text import fold
from convenings.interchange.tables.bodies import (
    has_form_of_person,
    is_body,
    is_given_name,
    is_no_name,
    is_suffix,
    is_title,
    role_of,
)
from convenings.interchange.tables.party import Cell, Party, party_of_object
from convenings.interchange.tables.party_lists import AND, BRACKETS, is_known_person, piped, with_people
from convenings.interchange.tables.vocabulary import LEGAL_FORMS

Comma = Literal["separates", "describes", "inverts", "belongs"]
"""What a comma does in a column: it stands between parties, before the title or body of one, between family and given
name, or within a name."""
WhoKind = Literal["person", "organisation", "mixed"]
LONGEST_NAME = 300
"""Characters of a name at most; what is longer is prose."""
LONGEST_LIST = 500
"""Parties of a cell at most; a cell with more is prose."""

_STRONG = re.compile(r"\s*(?:;|；|、|，|\r\n|\n|\r|\\n|\t|•|·|\s\|\s|\|)\s*")
_STRONG_SIGN = re.compile(r"[;；、，\r\n\t•·|]|\\n")
"""What stands in each of these; most cells have none, which one look says."""
_HIDDEN = "\ue000"
"""Stands for a semicolon within brackets while a text is taken apart."""
_MAIL = re.compile(r"<?\s*(?:mailto:)?(?<![\w.+-])([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)\s*>?")
_BLANKS = re.compile(r"[ \t\xa0]{2,}")
_HANDLE = re.compile(r"(?<!\S)@\w[\w.]*,?")
_REGISTER = re.compile(r"\s*[(\[]?\s*\b(\d{5,14}-\d{2})\b\s*[)\]]?")
_PRONOUNS = re.compile(r"(?i)^(?:she|he|they|er|sie|elle|il|ella|él|any|ze|xe)\s*[/,]\s*\w+(?:\s*/\s*\w+)*$")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.?[\s-]*)+")
_QUOTED = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|None)\s*(,|\]$)""")


class People(msgspec.Struct, frozen=True, kw_only=True):
    """How the cells of a column of people are read."""

    comma: Comma = "belongs"
    kind: WhoKind = "mixed"
    prefix: bool = False
    """Whether numbers with a colon stand before names, as in ``5:name``."""

    def read(self, text: str) -> Cell:
        """The parties of a cell, in its order."""
        # Long runs of blanks would be looked through once from each of their characters.
        text = _BLANKS.sub(" ", text.strip())
        if not text:
            return Cell()
        listed = list_of(text) or piped(text)
        pieces: list[str | dict[str, Any]] = listed if listed is not None else list(self._pieces(text))
        parties: list[Party] = []
        strays: list[str] = []
        for piece in pieces[:LONGEST_LIST]:
            party = self._object(piece) if isinstance(piece, dict) else self._party(piece)
            if party is None:
                if str(piece).strip():
                    strays.append(str(piece))
            elif not any(party.name == other.name and party.row == other.row for other in parties):
                parties += with_people(party)
        strays += [str(piece) for piece in pieces[LONGEST_LIST:]]
        return Cell(tuple(parties), tuple(strays))

    def _pieces(self, text: str) -> Iterable[str]:
        """The texts between separators."""
        for strong in filter(None, strong_parts(text)):
            for part in self._by_comma(strong.strip()):
                names = part.split(" / ")
                if len(names) > 1 and not all(_is_whole_name(name, self.kind) and not is_body(name) for name in names):
                    names = [part]
                for each in names:
                    yield from self._by_and(each)

    def _by_comma(self, text: str) -> list[str]:
        if "," not in text:
            return [text]
        if self.comma != "separates":
            return _sure_parts(text) if self.comma == "belongs" else [text]
        return [part for part in with_suffixes(_outside(text)) if part]

    def _by_and(self, text: str) -> list[str]:
        """Several people joined by "and"; in the name of a body the word belongs to it."""
        parts = [part.strip(" ,") for part in AND.split(text)]
        if len(parts) < 2 or not all(parts):
            return [re.sub(r"^(?:and|und|et|y|&)\s+", "", text)]
        if "(" in text and not _balanced(parts):
            return [text]
        bare = [BRACKETS.sub(" ", part).partition(",")[0].strip() for part in parts]
        if self.kind == "person":
            # "Department of Trade and Industry" may stand there all the same.
            return [text] if is_body(text) and any(is_body(part) for part in bare) and not _all_people(bare) else parts
        return parts if _all_people(bare) else [text]

    def _object(self, value: dict[str, Any]) -> Party | None:
        """A party that the file gives as an object."""
        party = party_of_object(value)
        return msgspec.structs.replace(party, kind=self._kind(party.name)) if party is not None else None

    def _party(self, text: str) -> Party | None:
        """The party that a text names, with what stands beside its name."""
        text = " ".join(text.split()).strip(" ,;–—")
        text = text[2:] if text.startswith("- ") else text
        if self.prefix:
            text = re.sub(r"^\d+\s*:\s*", "", text)
        mails = _MAIL.findall(text)
        handles = _HANDLE.findall(text)
        if mails or handles:
            text = _HANDLE.sub("", _MAIL.sub("", text)).strip(" ,;()<>")
        register = ""
        if match := _REGISTER.search(text):
            register = match[1]
            text = (text[: match.start()] + text[match.end() :]).strip(" ,-–")
        if is_no_name(text):
            return None
        asides = [handle.strip(",") for handle in handles]
        role = title = abbreviation = ""
        bodies: list[str] = []
        for inside in BRACKETS.findall(text):
            parts = with_suffixes(_outside(inside)) if "," in inside else re.split(r"\s*[;/–]\s+|\s+-\s+", inside)
            for part in filter(None, map(str.strip, parts)):
                if role_of(part):
                    role = role or part
                elif _PRONOUNS.match(part):
                    asides.append(part)
                elif (
                    is_suffix(part)
                    or (is_title(part) and not is_body(part))
                    or (is_title(part) and not bodies and self.kind != "organisation")
                ):
                    title = title or part
                elif len(part) == 2 and part.isupper():
                    asides.append(part)
                else:
                    bodies.append(part)
        name = " ".join(BRACKETS.sub(" ", text).split()).strip(" ,")
        if not name:
            name, bodies = text.strip("()[] "), []
        name, more_title, more_bodies, family, given = self._described(name)
        title = title or more_title
        bodies += more_bodies
        kind = self._kind(name)
        if kind != "person" and bodies and _is_abbreviation(bodies[0], name):
            abbreviation = bodies.pop(0)
        if kind == "organisation" and bodies and not family:
            # Brackets behind a body hold another name of it, or where it is.
            asides += bodies
            bodies = []
        if not name or len(name) > LONGEST_NAME or is_no_name(name):
            return None
        if not kind and has_form_of_person(name) and (title or any(is_body(body) for body in bodies)):
            # A body holds no post, and comes for no other one.
            kind = "person"
        return Party(
            name, kind, role, title, tuple(bodies), abbreviation, register, family, given, len(mails),
            mails[0] if mails else "", asides=tuple(asides),
        )  # fmt: skip

    def _described(self, name: str) -> tuple[str, str, list[str], str, str]:
        """Name, title, bodies, family and given name of a text with commas or a dash."""
        if self.kind == "organisation":
            return name, "", [], "", ""
        if "," in name:
            parts = with_suffixes(name.split(","))
            if len(parts) == 2 and self.comma == "inverts" and all(parts):
                return f"{parts[1]} {parts[0]}", "", [], parts[0], parts[1]
            is_person = has_form_of_person(parts[0].partition(",")[0]) or (
                self.kind == "person" and not is_body(parts[0])
            )
            if len(parts) > 1 and is_person and (self.comma == "describes" or is_title(parts[1])):
                return self._name_title_bodies(parts)
            if len(parts) == 2 and is_person and is_body(parts[1]):
                return parts[0], "", [parts[1]], "", ""
        elif match := re.search(r"\s+[–—-]\s+|\s+:\s+", name):
            before, behind = name[: match.start()], name[match.end() :]
            if has_form_of_person(before) and (is_title(behind) or is_body(behind)):
                return self._name_title_bodies([before, *behind.split(",")])
            if is_body(before) and is_known_person(behind):
                return behind, "", [before], "", ""
        return name, "", [], "", ""

    @staticmethod
    def _name_title_bodies(parts: Sequence[str]) -> tuple[str, str, list[str], str, str]:
        """The parts of "name, title, body"."""
        name, *rest = (part.strip() for part in parts if part.strip())
        titles = [part for part in rest[:2] if is_title(part)] if rest else []
        bodies = [part for part in rest if part not in titles]
        # With two parts behind the name the first is the title, whatever it is called.
        if not titles and len(bodies) > 1:
            titles = [bodies.pop(0)]
        return name, ", ".join(titles), [", ".join(bodies)] if bodies else [], "", ""

    def _kind(self, name: str) -> Literal["person", "organisation", ""]:
        if self.kind != "mixed":
            return self.kind
        sure = is_body(name)
        return "" if sure is None else "organisation" if sure else "person"


def strong_parts(text: str) -> list[str]:
    """Parts of a text between separators that stand in no name, those within brackets left alone."""
    text = _BLANKS.sub(" ", text)
    if not _STRONG_SIGN.search(text):
        return [text]
    if "(" in text and ";" in text:
        text = BRACKETS.sub(lambda match: match[0].replace(";", _HIDDEN), text)
    return [part.replace(_HIDDEN, ";") for part in _STRONG.split(text)]


def _all_people(parts: Sequence[str]) -> bool:
    return all(has_form_of_person(part) or is_body(part) is False for part in parts)


def _balanced(parts: Sequence[str]) -> bool:
    return all(part.count("(") == part.count(")") for part in parts)


def _outside(text: str) -> list[str]:
    """Parts of a text between commas that are in no brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        if char in "([（":
            depth += 1
        elif char in ")]）":
            depth = max(depth - 1, 0)
        elif char == "," and not depth:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]]


def with_suffixes(parts: Sequence[str]) -> list[str]:
    """Parts of a text between commas, a degree or suffix being with the name that it follows."""
    whole: list[str] = []
    for part in (each.strip() for each in parts):
        if whole and is_suffix(part):
            whole[-1] = f"{whole[-1]}, {part}"
        else:
            whole.append(part)
    return whole


_CLOSED = re.compile(r"[)\]）]\s*,")


def _sure_parts(text: str) -> list[str]:
    """Parts of a text between commas that surely stand between parties, whatever they do elsewhere in its column.

    A comma behind brackets does, before what is neither a degree, a title nor a legal form; so do all commas of a text
    of which every part is the whole name of a person that begins with a usual given name.
    """
    if not _CLOSED.search(text) and not is_given_name(text.partition(" ")[0]):
        return [text]
    parts = [part for part in with_suffixes(_outside(text)) if part]
    if len(parts) > 1 and all(is_known_person(part) for part in parts):
        return parts
    whole = parts[:1]
    for part in parts[1:]:
        is_of_last = is_title(part) or is_suffix(part) or fold(part.split()[0]) in LEGAL_FORMS
        if whole[-1].endswith((")", "]", "）")) and not is_of_last:
            whole.append(part)
        else:
            whole[-1] = f"{whole[-1]}, {part}"
    return whole


def _is_abbreviation(short: str, name: str) -> bool:
    """Whether a text in brackets is the abbreviation of the name before it."""
    if " " in short or not 2 <= len(short) <= 12 or sum(char.isupper() for char in short) < 2:
        return False
    letters = [char.casefold() for char in short if char.isalpha()]
    rest = iter(name.casefold())
    return bool(letters) and all(char in rest for char in letters)


def list_of(text: str) -> list[str | dict[str, Any]] | None:
    """The items of a cell that is a list as JSON or Python write one; None for any other text."""
    if not (text.startswith("[") and text.endswith("]")) and not (text.startswith("{") and text.endswith("}")):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return _python_list(text)
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, (str, dict)) for item in items):
        return None
    return list(items)


def _python_list(text: str) -> list[str | dict[str, Any]] | None:
    """The items of ``['A', "B"]``."""
    if not text.startswith("["):
        return None
    items: list[str | dict[str, Any]] = []
    at = 1
    while match := _QUOTED.match(text, at):
        quoted = match[1] if match[1] is not None else match[2]
        if quoted:
            items.append(re.sub(r"\\(.)", r"\1", quoted))
        at = match.end()
        if match[3] == "]":
            return items
    return [] if text[1:-1].strip() == "" else None


def comma_of(cells: Sequence[str], kind: WhoKind) -> Comma:
    """What a comma does in a column, as far as all of its cells show it.

    Args:
        cells: Cells that are not empty.
        kind: Who stands in it.
    """
    split: list[list[str]] = []
    for cell in cells:
        if list_of(cell) is not None or piped(cell) is not None:
            continue
        for piece in strong_parts(cell):
            parts = [part for part in with_suffixes(_outside(_HANDLE.sub("", piece))) if part]
            if len(parts) > 1:
                split.append(parts)
    if not split or kind == "organisation":
        return "belongs"
    if (
        all(len(parts) == 2 and _is_inverted([parts[0], BRACKETS.sub(" ", parts[1]).strip()]) for parts in split)
        and len(split) * 5 >= len(cells) * 4
    ):
        return "inverts"
    # The names of a column that are separated somewhere are whole cells elsewhere, or have the form of names.
    if all(all(_is_whole_name(part, kind) for part in parts) for parts in split):
        return "separates"
    described = sum(
        any(is_title(part) or is_body(part) for part in parts[1:]) and not is_body(parts[0]) for parts in split
    )
    return "describes" if kind == "person" and described == len(split) else "belongs"


def _is_inverted(parts: Sequence[str]) -> bool:
    """Whether two parts are a family name and a given one: ``Smith, John``, ``Heagy, L. J.``."""
    family, given = parts
    words, others = family.split(), given.split()
    is_short = len(words) == 1 or (
        len(words) <= 3 and fold(words[0]) in ("van", "von", "de", "la", "der", "del", "di", "da")
    )
    if not (is_short and 1 <= len(others) <= 3) or is_body(family) or is_body(given) or is_title(given):
        return False
    return bool(_INITIALS.fullmatch(given)) or (
        len(others) <= 2 and all(word[:1].isupper() for word in [*words[-1:], *others])
    )


def _is_whole_name(part: str, kind: WhoKind) -> bool:
    """Whether a part of a cell is surely somebody's whole name."""
    bare = BRACKETS.sub(" ", part).partition(",")[0].strip()
    names = [name.strip() for name in AND.split(bare) if name.strip()]
    if kind == "person":
        return bool(names) and all(has_form_of_person(name) and not is_title(name) for name in names)
    return bool(names) and all(
        (has_form_of_person(name) and not is_title(name)) or is_body(name) is False for name in names
    )
