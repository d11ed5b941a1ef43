"""Names in Chinese reports, where no blank parts them from what follows."""

from __future__ import annotations

from convenings.drafting.drafter import draft
from tests.unit.test_drafting import posts


def test_a_name_ends_before_the_verb() -> None:
    found = draft("绿荫基金会理事长许国强因出差未能到场，委托秘书长江涛代为致谢。海港大学教授王小兰作报告。\n")
    assert [person.name.text for person in found.people] == ["许国强", "江涛", "王小兰"]
    assert [person.is_present for person in found.people] == [False, None, None]
    assert posts(found, "江涛") == [("秘书长", "")]
