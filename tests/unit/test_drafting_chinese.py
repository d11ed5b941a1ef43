"""Names in Chinese reports, where no blank parts them from what follows."""

from __future__ import annotations

from convenings.drafting.drafter import draft
from tests.unit.test_drafting import posts, roles


def test_a_name_ends_before_the_verb() -> None:
    found = draft("绿荫基金会理事长许国强因出差未能到场，委托秘书长江涛代为致谢。海港大学教授王小兰作报告。\n")
    assert [person.name.text for person in found.people] == ["许国强", "江涛", "王小兰"]
    assert [person.is_present for person in found.people] == [False, None, None]
    assert posts(found, "江涛") == [("秘书长", "")]


def test_who_was_to_come_and_could_not_was_not_there() -> None:
    found = draft("原定出席的海港市民政局副局长何伟因故未能出席。社区主任周大勇和绿荫基金会秘书长李明华出席了论坛。\n")
    who = {person.name.text: (person.is_present, [role.role for role in person.roles]) for person in found.people}
    assert who == {"何伟": (False, []), "周大勇": (None, ["attendee"]), "李明华": (None, ["attendee"])}
    # A word for any place or crowd is no body.
    assert [posts(found, name) for name in who] == [
        [("副局长", "海港市民政局")],
        [("主任", "")],
        [("秘书长", "绿荫基金会")],
    ]


def test_latin_names_in_a_chinese_report() -> None:
    found = draft(
        "宁和公益基金会理事长沈慧芳致辞，并介绍了《时间银行的实践》。英国萨里大学（University of Surrey）教授David "
        "Hartnell通过视频分享了经验。圆桌对话由主编郑晓岚主持，理事长梁佩珊、Help at "
        "Home联合创始人Priya Nair展开讨论。\n"
    )
    names = ["沈慧芳", "David Hartnell", "郑晓岚", "梁佩珊", "Priya Nair"]
    assert [person.name.text for person in found.people] == names
    assert [each.name.text for each in found.organisations] == ["宁和公益基金会", "英国萨里大学", "Help at Home"]
    assert posts(found, "David Hartnell") == [("教授", "英国萨里大学")]
    assert posts(found, "Priya Nair") == [("联合创始人", "Help at Home")]
    assert [roles(found, name) for name in ("David Hartnell", "郑晓岚", "梁佩珊", "Priya Nair")] == [
        ["speaker"],
        ["moderator"],
        ["panellist"],
        ["panellist"],
    ]
