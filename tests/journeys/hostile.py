"""A dataset whose every text tries to harm the terminal or the layout."""

from __future__ import annotations

from pathlib import Path

import msgspec

from convenings.domain.record_values import Bearing, Name
from convenings.domain.records import (
    Event,
    Gap,
    Membership,
    Organisation,
    Participation,
    Person,
    Question,
    Record,
    Source,
    Statement,
)
from tests.unit import factory

NASTY = {
    "markup": "[/] [bold]loud[/bold] [@click=app.quit]here[/] [link=x]",
    "unclosed": "[red][/nothing] \\[ [",
    "escape": "\x1b[31mred\x1b[0m\x1b]52;c;aGFjaw==\x07\x1b[2J\x9b5A",
    "bidi": "pay \u202egnp.exe\u202c \u2066\u200f\u061c end",
    "lines": "first\nsecond\r\nthird\u2028fourth\x85fifth\ttab\x0bx",
    "long": "long " * 2000,
    "word": "w" * 10_000,
    "emoji": "👩‍👩‍👧‍👦 🇨🇳 ❤️ 🧑🏽‍💻 👍🏿 1️⃣",
    "chinese": "黄浩明 亚洲公益研究院 技术向善高质量发展研讨会 " * 3,
    "marks": "z" + "\u0301" * 40 + "a\u0300\u200d\u200b\ufeff",
    "wide": "ＦＵＬＬ　ＷＩＤＴＨ ｶﾀｶﾅ ﷽ ༼༽",
    "nothing": "\u200b",
}
"""What is wrong with a text, to the text."""


def records() -> list[Record]:
    """For each nasty text an event, a person, an organisation and a question that bear it, tied to each other."""
    found = factory.records()
    for slug, text in NASTY.items():
        found += _tied(slug, text)
    return sorted(found, key=lambda record: record.id)


def _tied(slug: str, text: str) -> list[Record]:
    passage = factory.evidence(1, "A day", "label", "names", basis="inferred", note=text)
    name = Name(value=text, type="native", language="zh")
    event, person, body = f"event/{slug}", f"person/{slug}", f"organisation/{slug}"
    template = next(record for record in factory.records() if isinstance(record, Question))
    occurrence = msgspec.structs.replace(template.occurrences[0], event=event, agents=[person])
    source = next(record for record in factory.records() if isinstance(record, Source))
    digest = [msgspec.structs.replace(paragraph, digest=text) for paragraph in source.digest]
    cited = [passage]
    return [
        Event(id=event, label=text, type="speech", super_event="event/day", names=[name], summary=text, evidence=cited),
        Person(id=person, label=text, family=text, given=text, names=[name], honorific=text, evidence=cited),
        Organisation(id=body, label=text, type="unit", parent="organisation/trust", summary=text, evidence=cited),
        Question(id=f"question/{slug}", label=text, text=text, form="direct", occurrences=[occurrence], evidence=cited),
        Participation(
            id=f"participation/{slug}", event=event, role="speaker", agent=person, on_behalf_of=[body],
            title_as_stated=text, evidence=cited,
        ),
        Participation(id=f"participation/{slug}-some", event=event, role="attendee", unnamed=text, evidence=cited),
        Membership(id=f"membership/{slug}", person=person, organisation=body, title=text, evidence=cited),
        Statement(
            id=f"statement/{slug}", type="report", summary=text, event=event, agents=[person], evidence=cited,
            questions=[Bearing(question=f"question/{slug}", basis="inferred", reason=text, evidence=cited)],
        ),
        Gap(id=f"gap/{slug}", label=text, type="other", about=[event, person, body], detail=text, evidence=cited),
        Source(
            id=f"source/{slug}", label=text, title=text, paragraphs=len(digest), digest=digest,
            text_hash=source.text_hash, evidence=cited,
        ),
    ]  # fmt: skip


def write(path: Path) -> Path:
    """The dataset as a file."""
    factory.write(path, records())
    return path
