"""Citations: a record and the passage it rests on, in one line for a manuscript."""

from __future__ import annotations

from convenings.domain.places import place_in_words
from convenings.domain.records import Source
from convenings.domain.text import plain
from convenings.index.model import ReadModel
from convenings.presentation.profile.value import Cited, Profile

ENDS = (".", "?", "!", "…", "。", "？", "！", "؟", "।")
"""What a title may end in that needs no full stop behind it."""
CLOSING = "\"'”’»)]）」』"
"""What may stand behind that."""


def citation(model: ReadModel, profile: Profile, cited: Cited | None = None) -> str:
    """A citation of a record and of one passage: unless one is given, the first of its own, or else that it cites."""
    own = (each for each in profile.cited if each.ref == profile.ref)
    cited = cited or next(own, next(iter(profile.cited), None))
    where = ""
    if cited is not None:
        source = model.find(cited.evidence.source)
        if isinstance(source, Source):
            dated = f" ({source.published})" if source.published else ""
            inferred = ", inferred" if cited.evidence.basis == "inferred" else ""
            where = f" {source.title or source.label}{dated}, {place_in_words(cited.evidence, source)}{inferred}."
    return plain(f"{_sentence(profile.title)}{where} {model.title}, {profile.ref}.")


def _sentence(text: str) -> str:
    """A text with a full stop behind it, where it does not end in one or in a sign that stands for one."""
    return (
        text if text.rstrip("\"'”’»)]）」』").endswith((".", "?", "!", "…", "。", "？", "！", "؟", "।")) else f"{text}."
    )
