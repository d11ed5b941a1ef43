"""Sources and evidence made of a text: its paragraphs and hash, and where a passage of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from convenings.domain.errors import BadInput
from convenings.domain.record_values import Basis, Evidence
from convenings.domain.records import Source
from convenings.domain.slugs import slug
from convenings.store.loose_text import loosened
from convenings.store.sources import paragraphs, passage_hash, read_text, text_hash

_BREAK = re.compile(r"[\r\n]")


def source_of(data: bytes, label: str = "", *, ref: str = "", file: str = "") -> Source:
    """The source that a text is, without a digest, which is written by hand.

    Args:
        data: The bytes of the text, in UTF-8.
        label: What it is called; its first paragraph where empty.
        ref: Its id; one is made of the label where empty.
        file: The file, for messages.

    Raises:
        BadInput: The bytes are not UTF-8, or hold nothing.
    """
    lines = paragraphs(read_text(data, file))
    if not lines:
        raise BadInput("the text is empty", file=file, hint="give the text of a source")
    title = lines[0].strip()
    label = label or title
    return Source(
        id=ref or f"source/{slug(label)}",
        label=label,
        title=title,
        paragraphs=len(lines),
        text_hash=text_hash(data),
        # The title is what the first paragraph says.
        evidence=[evidence_of(ref or f"source/{slug(label)}", "\n".join(lines), title, ["title"], paragraph=1)],
    )


def evidence_of(
    source: str,
    text: str,
    passage: str,
    fields: Iterable[str],
    *,
    paragraph: int = 0,
    basis: Basis = "stated",
    note: str = "",
) -> Evidence:
    """The evidence that a passage of a text is.

    Args:
        source: Id of the source that the text is of.
        text: The text, as :func:`~convenings.store.sources.read_text` gives it.
        passage: What is cited, within one paragraph; other white space is no matter where it stands in one place only.
        fields: Names of the fields that it supports.
        paragraph: Which paragraph is meant, the title being 1, where the passage stands in several; 0 for any.
        basis: Whether the passage states these fields.
        note: From what they are inferred otherwise.

    Raises:
        BadInput: The text does not have the passage, or has it more than once.
    """
    wanted = passage.strip()
    if not wanted:
        raise BadInput("the passage is empty", place=source, hint="give some words of the text")
    if _BREAK.search(wanted):
        hint = "give a piece of evidence for each paragraph"
        raise BadInput("the passage goes over more than one paragraph", place=source, hint=hint)
    lines = paragraphs(text)
    if paragraph and not 1 <= paragraph <= len(lines):
        hint = f"write a number from 1 to {len(lines)}"
        raise BadInput(f"the text has no paragraph {paragraph}", place=source, hint=hint)
    hits = _places(lines, wanted, paragraph)
    if not hits and (loose := loosened([*lines, wanted])) is not None:
        even = loose.paragraphs
        hits = [
            (number, *loose.place(number, start, end)) for number, start, end in _places(even[:-1], even[-1], paragraph)
        ]
    if not hits:
        what, hint = f"the text does not have the passage '{wanted}'", "copy it from the text, letter by letter"
        raise BadInput(what, place=source, hint=hint)
    if len(hits) > 1:
        numbers = list(dict.fromkeys(number for number, _, _ in hits))
        where = (
            f"in paragraphs {', '.join(map(str, numbers[:5]))}" if len(numbers) > 1 else f"in paragraph {numbers[0]}"
        )
        what = f"the passage '{wanted}' stands {len(hits)} times {where}"
        raise BadInput(what, place=source, hint="give more of the words around it, or say which paragraph")
    [(number, start, end)] = hits
    return Evidence(
        source=source,
        paragraph=number,
        start=start,
        end=end,
        passage_hash=passage_hash(lines[number - 1][start:end]),
        fields=list(fields),
        basis=basis,
        note=note,
    )


def _places(lines: list[str], wanted: str, paragraph: int) -> list[tuple[int, int, int]]:
    """Paragraph, first code point and the one after the last of every place where a passage stands."""
    return [
        (number, match.start(), match.end())
        for number, line in enumerate(lines, 1)
        if paragraph in (0, number)
        for match in re.finditer(re.escape(wanted), line)
    ]
