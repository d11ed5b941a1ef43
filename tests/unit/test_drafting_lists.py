"""Lists, tables and programmes: what stands beside a name is theirs only where the list means it so."""

from __future__ import annotations

from convenings.drafting.drafter import draft
from tests.unit.test_drafting import posts, roles


def test_the_title_of_a_talk_is_nobodys_title() -> None:
    found = draft(
        "# Otter days\n\n"
        "| Time | Title | Speaker | Affiliation |\n|---|---|---|---|\n"
        "| 09:30 | Welcome | Ida Lund | Hill College |\n"
        "| 10:00 | Keynote: Director of the river | Sam Fox | Weir Trust |\n\n"
        "| Speaker | Title | Affiliation |\n|---|---|---|\n"
        "| Tom Baxter | Eels at night | Shed Trust |\n\n"
        "| Name | Title | Organisation | Session |\n|---|---|---|---|\n"
        "| Nora Finch | Treasurer | Moor Council | 2 |\n"
    )
    assert {person.name.text: roles(found, person.name.text) for person in found.people} == {
        "Ida Lund": ["opening speaker"],
        "Sam Fox": ["keynote speaker"],
        "Tom Baxter": ["speaker"],
        "Nora Finch": [],
    }
    for name, body in (("Ida Lund", "Hill College"), ("Sam Fox", "Weir Trust"), ("Tom Baxter", "Shed Trust")):
        assert posts(found, name) == [("", body)]
    assert posts(found, "Nora Finch") == [("Treasurer", "Moor Council")]
