"""Which rules have anything to say of a record: most are about some kinds, or about a list that most leave empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from convenings.domain.kinds import DATE_FIELDS, KINDS
from convenings.domain.records import Record
from convenings.store import evidence_rules, rules, time_rules, value_rules
from convenings.store.book import Book, Finding

Rule = Callable[[str, Record, Book], Iterable[Finding]]
_ONLY: dict[Rule, set[str]] = {
    rules.parties: {"participation", "statement"},
    time_rules.when: {"event", *DATE_FIELDS},
    time_rules.times: {"event"},
    value_rules.votes: {"event", "participation"},
    value_rules.location: {"place"},
    evidence_rules.digest: {"source"},
}
"""Rules that are about some kinds only: to ask them of a hundred thousand others takes a second."""
_ABOUT: dict[Rule, str] = {
    value_rules.identifiers: "identifiers",
    value_rules.links: "links",
    value_rules.descriptions: "descriptions",
}
"""Rules that are about a list, and have nothing to say where it is empty."""


def rules_for(kind: str, record: Record) -> tuple[Rule, ...]:
    """The rules for a record of a kind, in the order in which its faults are listed."""
    return _RULES[kind][_filled(record, _LISTS[kind])]


def _filled(record: Record, fields: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple([bool(getattr(record, field)) for field in fields])


def _every_choice(fields: tuple[str, ...]) -> list[tuple[bool, ...]]:
    choices: list[tuple[bool, ...]] = [()]
    for _ in fields:
        choices = [(*choice, filled) for choice in choices for filled in (False, True)]
    return choices


def _chosen(kind: str, filled: dict[str, bool]) -> tuple[Rule, ...]:
    return tuple(
        rule
        for rule in rules.RULES
        if kind in _ONLY.get(rule, KINDS) and (rule not in _ABOUT or filled.get(_ABOUT[rule], False))
    )


_LISTS = {
    kind: tuple(field for field in _ABOUT.values() if field in struct.__struct_fields__)
    for kind, struct in KINDS.items()
}
"""Kind to the lists that it has of those that a rule is about."""
_RULES = {
    kind: {choice: _chosen(kind, dict(zip(fields, choice, strict=True))) for choice in _every_choice(fields)}
    for kind, fields in _LISTS.items()
}
"""Kind, and which of these lists hold anything, to the rules."""
