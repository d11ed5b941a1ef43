"""Lines that say that a statement bears on a question, each with the reason and the evidence for that it does."""

from __future__ import annotations

from typing import cast

from convenings.domain.record_values import Bearing
from convenings.domain.records import Statement
from convenings.domain.text import plain
from convenings.presentation.profile.builder import ProfileBuilder
from convenings.presentation.profile.sections import bearings_on, statement_line
from convenings.presentation.profile.value import Entry


def bearing_line(builder: ProfileBuilder, record: Statement) -> Entry:
    """A statement that bears on the question, with the reason, and the evidence for that it does."""
    on_it = bearings_on(record, builder.record.id)
    line = statement_line(builder, record)
    numbers = dict.fromkeys((*line.numbers, *builder.cite_bearings(record, on_it)))
    notes = [line.note, *(bearing.reason for bearing in on_it)]
    basis = "inferred" if any(bearing.basis == "inferred" for bearing in on_it) else "stated"
    return line._replace(note=plain(": ".join(filter(None, notes))), numbers=tuple(numbers), basis=basis)


def question_line(builder: ProfileBuilder, bearing: Bearing) -> Entry:
    """A question that the statement bears on, with the reason."""
    line = builder.entry(bearing.question, bearing.reason)
    numbers = builder.cite_bearings(cast(Statement, builder.record), [bearing])
    return line._replace(numbers=numbers, basis=bearing.basis)
