"""The story that the explorer must be able to tell by keys alone, told once for the pilot and for a real terminal."""

from __future__ import annotations

from typing import NamedTuple


class Step(NamedTuple):
    """Keys that a user presses, and what the screen then says."""

    why: str
    keys: tuple[str, ...]
    """Textual's names of keys, or ``type:`` and what is typed."""
    seen: tuple[str, ...]
    """Each stands within one line of the screen."""
    gone: tuple[str, ...] = ()
    """None of these is on the screen."""


OPENING = "vent reports"
"""What the line above the keys says before the first key, at every width."""
START = "◆ Beijing workshop"
"""What it says later on where everybody starts."""

MODERATOR = (
    Step("open the palette", ("ctrl+p",), ("Palette", "Search records")),
    Step("find the round table", ("type:round table",), ("◆ Round table discussion",)),
    Step("go there", ("enter",), ("◆ Round table discussion",), ("Palette",)),
    Step("see who spoke", ("5",), ("FU Changbo", "moderator, organisation not stated")),
    Step("go to the speakers", ("2", "G", "g", "/"), ("key:value", "2 Speakers")),
    Step(
        "find the moderator", ("type:role:moderator", "enter"), ("● FU Changbo", "1 of 28", "organisation not stated")
    ),
    Step("see that the source is silent", ("5",), ("moderator, organisation not",)),
    Step("see it among what is not known", ("G",), ("Not known", "FU Changbo's affiliation and title")),
    Step(
        "open the evidence", ("e",), ("Evidence for FU Changbo", "paragraph 10 of 12", "FU Changbo moderated a round")
    ),
    Step("close it", ("escape",), ("◌ FU Changbo's affiliation and title",), ("Evidence for FU Changbo",)),
    Step("take the filter off", ("2", "escape"), ("● CHEN Lan", "● ZHAO Keyu"), ("/role:moderator",)),
    Step("go back to the profile", ("5",), ("5 Profile",)),
    Step("follow its first line", ("enter",), ("round table, no date of its own",)),
    Step("pin it", ("1", "enter"), ("▶ Round table discussion", "1 pinned")),
    Step("see its panellists only", ("2",), ("● HUANG Qingwei", "● LIU Xiaojun"), ("● WANG Yifan",)),
    Step("choose a panellist", ("g", "down", "down"), ("● HUANG Qingwei  Ant Foundation",)),
    Step("pin the organisation", ("3", "enter"), ("› ▶ Ant Foundation", "2 pinned")),
    Step(
        "see its profile", ("5",), ("■ Ant Foundation", "foundation", "Questions it bears on", "What can enterprises")
    ),
    Step(
        "see the questions",
        ("4",),
        ("? What can enterprises do", "? How do technology and goodness"),
    ),
    Step("go back", ("[", "[", "["), ("◆ Round table discussion",), ("▶ Ant Foundation",)),
    Step("go to the start", ("H",), (START,), ("pinned", "▶")),
)
"""Who moderated the round table, for whom that person spoke, and what follows from a panellist's organisation."""
