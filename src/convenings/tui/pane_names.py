"""Names of the panes, in words alone, so that commands can be listed without a screen."""

from __future__ import annotations

LISTS = ("speakers", "organisations", "questions")
"""Lists of which there may be room for one only."""
TEXTS = ("profile", "evidence")
"""Panes of wrapped text."""
PANES = ("timeline", *LISTS, "profile")
"""Panes in reading order: their number is the key that shows them."""
TITLES = {
    "timeline": "Timeline",
    "speakers": "Speakers",
    "organisations": "Organisations",
    "questions": "Questions",
    "profile": "Profile",
}
"""Pane to what stands in its border."""
