"""The profile of a record, of whatever kind."""

from __future__ import annotations

from convenings.index.model import ReadModel
from convenings.presentation.profile.builder import Maker, Profile
from convenings.presentation.profile.kinds import COMPOSERS

BEING_READ = "what relates to it is being read …"
"""All that a profile adds to names while the index is being built."""


def profile(model: ReadModel, row: int) -> Profile:
    """Profile of the record in a row."""
    maker = Maker(model, row)
    if not model.complete:
        # What points at the record is not known yet, nor what is called how: nothing may be said to be missing.
        maker.names(getattr(maker.record, "names", ()))
        maker.fact("", unknown=BEING_READ)
        return maker.about
    COMPOSERS[maker.about.kind](maker)
    known = len(maker.about.cited)
    maker.about.numbers = tuple(number for number in maker.cite(maker.record) if number > known)
    return maker.about
