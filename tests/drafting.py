"""Measures the rules of drafting on readings made by hand: ``python -m tests.drafting READINGS TEXTS``.

Both are folders, a JSON file of one beside a text of the other with its stem. A reading has ``people`` (``name``,
``names``, ``spans``, ``titles`` and ``organisations`` with a ``text`` each, ``roles``, ``ignore``), ``organisations``
and ``statements`` (``span``, ``speaker``). A drafted person is right where one of its mentions overlaps one of the
reading's; a field of a person is right where it is so for the person and half of its words agree.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from convenings.domain.roles import SPEAKING
from convenings.drafting.draft_json import as_json
from convenings.drafting.drafter import draft
from convenings.drafting.policy import is_ticked

Json = Mapping[str, Any]


class Measures:
    """Counts by field, and by field and rule."""

    def __init__(self) -> None:
        self.wanted: Counter[str] = Counter()
        self.fields: dict[str, Counter[bool]] = defaultdict(Counter)
        self.rules: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
        self.mentioned: Counter[bool] = Counter()
        """People without a role in the reading, by whether one was drafted."""

    def count(self, field: str, how: str, is_right: bool) -> None:
        """Count something that was drafted."""
        self.fields[field][is_right] += 1
        self.rules[field, how][is_right] += 1


def words(text: str) -> Counter[str]:
    """The words of a text, of Chinese and Japanese the single characters."""
    return Counter(re.findall(r"[\u3040-\u9fff]|[^\W\u3040-\u9fff]+", text.casefold()))


def alike(role: str) -> str:
    """A role, all kinds of speaker as one, and a chair as a moderator."""
    name = role.replace("-", " ")
    return "moderator" if name == "chair" else "speaker" if name in SPEAKING - {"moderator"} else name


def agree(one: str, other: str) -> bool:
    """Whether half of the words of two texts are the same."""
    first, second = words(one), words(other)
    shared = (first & second).total()
    return bool(shared) and 2 * shared >= 0.5 * (first.total() + second.total())


def overlap(one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether two places share a code point."""
    (first, last), (begin, end) = one, other
    return min(last, end) > max(first, begin)


def pairs(
    wanted: Iterable[Json], drafted: Iterable[Json], count: Callable[[Json, bool], None]
) -> list[tuple[Json, Json]]:
    """Each drafted item with the one of the reading that it is; each of the reading goes once."""
    left = list(wanted)
    matches = []
    for item in drafted:
        match = next((each for each in left if any(overlap(item["span"], span) for span in each["spans"])), None)
        if match is None:
            count(item, False)
        elif match.get("ignore"):
            continue
        else:
            left.remove(match)
            matches.append((item, match))
            count(item, True)
    return matches


def measure(reading: Json, found: Json, measures: Measures) -> None:
    """Count what was drafted from one text."""
    people = [person for person in reading["people"] if not person.get("ignore")]
    measures.wanted["person"] += len(people)
    measures.wanted["organisation"] += sum(not each.get("ignore") for each in reading["organisations"])
    measures.wanted["title"] += sum(bool(person["titles"]) for person in people)
    measures.wanted["body"] += sum(bool(person["organisations"]) for person in people)
    measures.wanted["role"] += sum(len(person["roles"]) for person in people)
    measures.wanted["statement"] += len(reading["statements"])
    for person, match in pairs(
        reading["people"], found["people"], lambda item, right: measures.count("person", item["how"]["name"], right)
    ):
        for field, key, texts in (("title", "title", "titles"), ("body", "organisation", "organisations")):
            if person[key]:
                values = [post[key] for post in person["posts"] if post[key]]
                is_right = any(agree(value, text["text"]) for value in values for text in match[texts])
                measures.count(field, person["how"][key], is_right)
        for role in person["roles"]:
            is_right = alike(role) in map(alike, match["roles"])
            measures.count("role", person["how"][f"role:{role}"], is_right)
        if not match["roles"]:
            measures.mentioned[bool(person["roles"])] += 1
    pairs(
        reading["organisations"],
        found["organisations"],
        lambda item, right: measures.count("organisation", item["how"]["name"], right),
    )
    left = list(reading["statements"])
    for statement in found["statements"]:
        same = next((each for each in left if overlap(each["span"], statement["span"])), None)
        is_right = same is not None and bool(words(same["speaker"] or "") & words(statement["speaker"]))
        if same is not None:
            left.remove(same)
        measures.count("statement", statement["how"], is_right)


def main(argv: list[str] | None = None) -> int:
    """Print precision, recall and F1 by field, precision by rule, and what of it would be ticked."""
    parser = argparse.ArgumentParser(prog="python -m tests.drafting", description=__doc__)
    parser.add_argument("readings", type=Path)
    parser.add_argument("texts", type=Path)
    args = parser.parse_args(argv)
    measures, number = Measures(), 0
    for path in sorted(args.readings.glob("*.json")):
        reading = json.loads(path.read_text(encoding="utf-8"))
        text = (args.texts / reading["text"]).read_bytes().decode("utf-8")
        measure(reading, as_json(draft(text), reading["text"]), measures)
        number += 1
    print(f"{number} texts")
    print(f"{'field':14}{'wanted':>7}{'drafted':>8}{'precision':>10}{'recall':>8}{'F1':>6}")
    for field, verdicts in measures.fields.items():
        right, drafted, wanted = verdicts[True], verdicts.total(), measures.wanted[field]
        precision, recall = right / max(drafted, 1), right / max(wanted, 1)
        f1 = 2 * right / max(drafted + wanted, 1)
        print(f"{field:14}{wanted:7}{drafted:8}{precision:10.2f}{recall:8.2f}{f1:6.2f}")
    mentioned = measures.mentioned
    print(f"\nmerely mentioned and given a role: {mentioned[True]} of {mentioned.total()}")
    ticked: Counter[bool] = Counter()
    print(f"\n{'field':14}{'rule':16}{'right':>6}{'of':>5}")
    for (field, how), verdicts in sorted(measures.rules.items()):
        mark = "ticked" if is_ticked(field, how) else ""
        print(f"{field:14}{how:16}{verdicts[True]:6}{verdicts.total():5}  {mark}".rstrip())
        if mark:
            ticked.update(verdicts)
    people = sum(
        verdicts.total()
        for (field, how), verdicts in measures.rules.items()
        if field == "person" and is_ticked(field, how)
    )
    share = people / max(measures.fields["person"].total(), 1)
    print(f"\nticked beforehand: {ticked[True]} of {ticked.total()} right; {share:.0%} of the people")
    return 0


if __name__ == "__main__":
    sys.exit(main())
