"""The profile of a record, of whatever kind."""

from __future__ import annotations

from convenings.index.model import ReadModel
from convenings.presentation.profile.builder import ProfileBuilder
from convenings.presentation.profile.kinds import COMPOSERS
from convenings.presentation.profile.others import of_others
from convenings.presentation.profile.value import Profile

BEING_READ = "what relates to it is being read …"
"""All that a profile adds to names while the index is being built."""


def profile(model: ReadModel, row: int) -> Profile:
    """Profile of the record in a row.

    Raises:
        BadInput: The dataset was changed under the index.
    """
    builder = ProfileBuilder(model, row)
    if not model.complete:
        # What points at the record is not known yet, nor what is called how: nothing may be said to be missing.
        builder.names(getattr(builder.record, "names", ()))
        builder.fact("", unknown=BEING_READ)
        return builder.about
    COMPOSERS[builder.about.kind](builder)
    of_others(builder)
    return builder.finish()
