"""Has a passage of an attached text picked for evidence: of which source, and where to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from textual.app import App

from convenings.domain.record_values import Evidence
from convenings.presentation.form_readings import FormReadings
from convenings.presentation.word_spans import PassagePick, WordSpan
from convenings.store.sources import passage_hash
from convenings.tui.dialogs.menu import Entry, Menu
from convenings.tui.dialogs.passage_picker import PassagePicker, beginning

MOST_SOURCES = 500
"""Sources that are looked through for an attached text."""


class Host(Protocol):
    """What is asked of the explorer."""

    @property
    def app(self) -> App[Any]:
        """The application."""


def pick_passage(
    host: Host, readings: FormReadings, evidence: Evidence | None, words: str, take: Callable[[Evidence], None]
) -> str:
    """Have a passage picked; gives why none can be, else an empty text.

    Args:
        host: The explorer.
        readings: What gives the texts.
        evidence: What there is; its source is asked for where there is none.
        words: What the passage may say, to begin there.
        take: Takes the evidence, with the new place.
    """
    if evidence is not None:
        return _pick_in(host, readings, evidence.source, evidence, words, take)
    model = readings.workspace.model
    first, last = model.range("source")
    rows = model.load_range(first, min(last, first + MOST_SOURCES))
    sources = [row for row in rows if readings.paragraphs(row.id) is not None]
    if not sources:
        return "No text is attached to pick a passage in: convenings attach FILE"
    if len(sources) == 1:
        return _pick_in(host, readings, sources[0].id, None, words, take)

    def go_on(source: str | None) -> None:
        if source:
            _pick_in(host, readings, source, None, words, take)

    entries = [Entry(row.id, row.label, row.secondary) for row in sources]
    host.app.push_screen(Menu("In which text?", "Filter · enter takes it · esc closes", entries), go_on)
    return ""


def _pick_in(
    host: Host,
    readings: FormReadings,
    source: str,
    evidence: Evidence | None,
    words: str,
    take: Callable[[Evidence], None],
) -> str:
    if evidence is not None and evidence.pointer:
        return "This passage stands in a structured file, which is read piece by piece: e shows it"
    texts = readings.paragraphs(source)
    if not texts:
        return "Its text is not attached, so the passage stays as it is: convenings attach FILE"
    pick = PassagePick(texts)
    place = () if evidence is None else (evidence.paragraph, evidence.start, evidence.end)

    def finish(span: WordSpan | None) -> None:
        if span is None:
            return
        start, end = pick.place(span)
        digest = passage_hash(texts[span.paragraph - 1][start:end])
        take(Evidence(source=source, paragraph=span.paragraph, start=start, end=end, passage_hash=digest, fields=["*"]))

    host.app.push_screen(
        PassagePicker(readings.workspace.model.label(source), pick, beginning(pick, words, place)), finish
    )
    return ""
