"""Names of the panes, in words alone, so that commands can be listed without a screen."""

from __future__ import annotations

MAIN_LISTS = ("speakers", "organisations", "questions")
"""Lists that every dataset is to fill."""
LISTS = (*MAIN_LISTS, "places", "topics", "initiatives", "statements")
"""Lists that can stand beside the timeline; the first that have any rows do so, where nothing else is chosen."""
SLOTS = len(MAIN_LISTS)
"""How many of them do."""
PROGRAMME = "programme"
"""The pane of a day by rooms and hours, in a view of that name."""
REVIEW = "review"
"""The view in which drafted reports are decided on."""
REPORT, DRAFTS = "report", "drafts"
"""Its panes: the text of a report, and what is drafted from it."""
TEXTS = ("profile", "evidence")
"""Panes of wrapped text."""
PANES = ("timeline", *LISTS, "profile")
"""Panes that stand on the screen by themselves, in reading order."""
TITLES = {
    "timeline": "Timeline",
    "speakers": "Speakers",
    "organisations": "Organisations",
    "questions": "Questions",
    "places": "Places",
    "topics": "Topics",
    "initiatives": "Initiatives",
    "statements": "Statements",
    "profile": "Profile",
    "programme": "Programme",
    "report": "Report",
    "drafts": "Draft",
}
"""Pane to what stands in its border."""
