"""Runs in the builder, main thread.

The words that lead a search to a record with a name, as the index of names keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from convenings.domain.kinds import KINDS, WITH_NAME
from convenings.domain.names import aliases, initials
from convenings.domain.roles import VERBS
from convenings.domain.spelling import name_spellings, text_spellings
from convenings.domain.text import fold, symbols, with_symbols
from convenings.index.build.named_records import NamedRecords, roles_in

LONGEST_NAME = 400
"""Code points of a name that its other forms are made from; what is longer is no name."""
PARTIES = frozenset({"person", "organisation"})
"""Kinds that a search for a role leads to."""
TYPED = frozenset(kind for kind in WITH_NAME if "type" in KINDS[kind].__struct_fields__)
"""Kinds that a search for a type leads to."""
ABBREVIATED = frozenset({"event", "organisation", "initiative", "question", "topic"})
"""Kinds that a search for the initials of their words leads to."""


SearchTerms = tuple[int, str, str, str, str]
"""Row of a record with a name, and folded: its label; other forms of its name, one a line; initials, roles and kinds;
and other spellings of its names, one a line, which find it but are never what it is called."""


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """The search copy of a text that many records share: a role, a title."""
    return searched(text)


def searched(text: str) -> str:
    """The search copy of a text that is found by its symbols, too, and by other spellings of its words."""
    if not text:
        return ""
    copy = fold(text)
    if signs := symbols(text):
        copy = " ".join((copy, *signs)).strip()
    return copy if text.isascii() else f"{copy} {text_spellings(text)}".strip()


def search_terms_of(named_records: NamedRecords, kind: str) -> Iterator[SearchTerms]:
    """Search terms of the records of a kind, in row order."""
    return (_search_terms_of(named_records, kind, row) for row in range(*named_records.ranges.get(kind, (0, 0))))


@cache
def _verbs(roles: int) -> str:
    """What somebody did who had some roles, given as bits."""
    return " ".join(dict.fromkeys(word for role in roles_in(roles) for word in VERBS.get(role, "").split()))


def _search_terms_of(named_records: NamedRecords, kind: str, row: int) -> SearchTerms:
    record: Any = named_records.records[row]
    name, search_copy = named_records.labels[row][:LONGEST_NAME], named_records.folded[row]
    label = record.label
    others = [other.value[:LONGEST_NAME] for other in record.names if other.value != label]
    names = [(name, search_copy if len(name) < LONGEST_NAME else fold(name))]
    if others:
        names += [(each, fold(each)) for each in others]
    if kind == "person":
        family, given_name = record.family[:LONGEST_NAME], record.given[:LONGEST_NAME]
        forms = aliases(name, family, given_name, others)
        extra = initials(name, family, given_name)
    else:
        forms = [copy for _, copy in names[1:]]
        extra = []
        if kind in ABBREVIATED:
            for each, _ in names:
                extra += initials(each)
                if "-" in each:
                    forms.append(fold("".join(each.split())))
    forms += [form for each, _ in names if (form := with_symbols(each))]
    if kind in PARTIES:
        extra.append(folded(named_records.roles_or_type(row, record)))
        extra.append(_verbs(named_records.roles.get(row, 0)))
    extra.append(kind)
    if kind in TYPED:
        extra.append(folded(record.type))
    distinct = {search_copy: None} | dict.fromkeys(forms)
    spellings: dict[str, None] = {}
    for each, copy in names:
        spellings |= dict.fromkeys(form for form in name_spellings(each, copy) if form not in distinct)
    del distinct[search_copy]
    return row, search_copy, "\n".join(distinct), " ".join(filter(None, extra)), "\n".join(spellings)
