"""Search puts the right record first: by where it was found, then by how much it is connected."""

from __future__ import annotations

import string
from pathlib import Path

from convenings.domain.record_values import Name
from convenings.domain.records import (
    Event,
    Membership,
    Organisation,
    Participation,
    Person,
    Record,
    Statement,
    Topic,
)
from convenings.index.search import LIMIT, Search, Tier
from convenings.index.search_run import FEW
from tests.unit.indexing import found, opened


def test_hits_are_ranked_by_where_they_were_found(tmp_path: Path) -> None:
    content: list[Record] = [
        Statement(id="statement/text", type="report", summary="A cedar fell."),
        Organisation(id="organisation/inside", label="Mountaincedars", type="company"),
        Organisation(id="organisation/near", label="Cedra", type="company"),
        Organisation(id="organisation/alias", label="Pines", type="company", names=[Name(value="Cedar Valley")]),
        Organisation(id="organisation/words", label="Old Cedar", type="company"),
        Organisation(id="organisation/begins", label="Cedar Works", type="company"),
        Organisation(id="organisation/longer", label="Cedar Works of the North", type="company"),
        Topic(id="topic/exact", label="Cedar", type="concept"),
        Person(id="person/words", label="Ann Cedar"),
        Event(id="event/words", label="Cedar day", type="fair"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "cedar") == [
            "topic/exact",
            "person/words",
            "organisation/begins",
            "organisation/longer",
            "organisation/words",
            "event/words",
            "organisation/alias",
            "statement/text",
        ], "with the name itself found, nothing looser is tried"
        assert found(model, "cedar !kind:topic")[0] == "person/words"
    with opened(tmp_path / "without.json", [r for r in content if r.id != "topic/exact"]) as model:
        tiers = [hit.tier for hit in Search(model)("cedar")]
        assert found(model, "cedar")[-4:] == [
            "organisation/alias",
            "organisation/near",
            "organisation/inside",
            "statement/text",
        ]
        assert tiers == sorted(tiers)
        assert set(tiers) == {Tier.NAME, Tier.ALIAS, Tier.NEAR, Tier.INSIDE, Tier.TEXT}


def test_among_equals_the_better_connected_is_first(tmp_path: Path) -> None:
    content: list[Record] = [
        Person(id="person/a", label="Ann Cedar"),
        Person(id="person/b", label="Bea Cedar"),
        Organisation(id="organisation/o", label="Office", type="company"),
        Membership(id="membership/b", person="person/b", organisation="organisation/o", title="chair"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "cedar") == ["person/b", "person/a", "membership/b"]


def test_the_name_itself_is_first_however_many_names_begin_with_it(tmp_path: Path) -> None:
    many: list[Record] = [
        Event(id=f"event/e{n}", label=f"Workshop {n}", type="fair", date=f"{1900 + n}") for n in range(100)
    ]
    with opened(tmp_path / "set.json", [*many, Event(id="event/last", label="Workshop", type="fair")]) as model:
        hits = Search(model)("workshop")
        assert model.one(hits[0].row).id == "event/last"
        assert hits[0].tier == Tier.EXACT
        assert len(hits) == LIMIT


def test_another_name_that_is_exactly_this_is_not_lost_behind_people_whose_names_begin_so(tmp_path: Path) -> None:
    content: list[Record] = [Person(id=f"person/p{n}", label=f"Unterberg{n} Ann") for n in range(2 * FEW)]
    content.append(
        Organisation(id="organisation/un", label="Nations", type="international organisation", names=[Name(value="UN")])
    )
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "un")[0] == "organisation/un"


def test_a_given_name_and_a_slip_in_the_family_name_is_found_among_others(tmp_path: Path) -> None:
    others = ["Maria Garland", "Maria Garrick", "Marianne Garcia", "Mario Garcia", "Maria Garibaldi", "Ana Gracia"]
    content: list[Record] = [
        Person(id=f"person/{n}-{at}", label=f"{label}{'son' * (at % 2)}", given=label.split()[0])
        for n, label in enumerate(others)
        for at in range(60)
    ]
    content += [Person(id=f"person/{letter}", label=f"Ana Garca{letter}") for letter in string.ascii_lowercase]
    content.append(Person(id="person/meant", label="Maria García", given="Maria", family="García"))
    with opened(tmp_path / "set.json", content) as model:
        for typed in ("maria garcai", "maria gacia", "maria garcxa", "garrcia maria", "maria agrcia"):
            assert found(model, typed)[0] == "person/meant", typed


def test_of_two_names_one_slip_away_the_one_of_whole_words_is_first(tmp_path: Path) -> None:
    names = [("Weiguang", "Yang"), ("Xiaowei", "Yang"), ("Wei", "Yang"), ("Weiming", "Ying")]
    content: list[Record] = [
        Person(id=f"person/{given}-{family}-{n}".lower(), label=f"{family.upper()} {given}", family=family, given=given)
        for given, family in names
        for n in range(FEW // 2 if given != "Wei" else 1)
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "wei yng")[0] == found(model, "yxng wei")[0] == "person/wei-yang-0"


def test_two_characters_that_begin_a_name_stand_before_those_that_are_only_in_it(tmp_path: Path) -> None:
    def person(ref: str, native: str) -> Person:
        return Person(id=f"person/{ref}", label=f"Someone {ref}", names=[Name(value=native, type="native")])

    content: list[Record] = [person(f"a{n}", "王小伟") for n in range(2 * FEW)]
    content += [person(f"z{n}", "王伟明") for n in range(3)]
    with opened(tmp_path / "set.json", content) as model:
        assert set(found(model, "王伟")[:3]) == {"person/z0", "person/z1", "person/z2"}


def test_people_who_took_part_are_found_before_more_than_can_be_listed_who_did_not(tmp_path: Path) -> None:
    content: list[Record] = [Person(id=f"person/p{n}", label=f"Ann Cedar{n}") for n in range(2 * FEW)]
    content += [
        Event(id="event/e", label="Fair", type="fair"),
        Participation(id="participation/p", event="event/e", agent="person/p150", role="speaker"),
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "ced")[0] == "person/p150"


def test_what_is_asked_for_besides_is_looked_for_behind_the_first_rows(tmp_path: Path) -> None:
    content: list[Record] = [
        Organisation(id=f"organisation/o{n}", label=f"Cedar {n}", type="media" if n == 180 else "company")
        for n in range(2 * FEW)
    ]
    with opened(tmp_path / "set.json", content) as model:
        assert found(model, "cedar type:media") == ["organisation/o180"]
        assert found(model, "cedar !kind:organisation") == []
        assert len(found(model, "cedar kind:organisation")) == LIMIT


def test_alternatives_are_searched_each_by_itself_and_the_best_place_counts(tmp_path: Path) -> None:
    content: list[Record] = [
        Organisation(id="organisation/cedar", label="Old Cedar", type="company"),
        Organisation(id="organisation/works", label="Works", type="company", names=[Name(value="Cedar Works")]),
        Organisation(id="organisation/slip", label="Cedra", type="media"),
        Topic(id="topic/birch", label="Birch", type="concept"),
        Person(id="person/birch", label="Ann Birch"),
        Statement(id="statement/both", type="report", summary="A birch fell on a cedar."),
    ]
    with opened(tmp_path / "set.json", content) as model:
        alone = [hit for line in ("cedar", "birch") for hit in Search(model)(line)]
        best = {hit.row: hit for hit in sorted(alone, reverse=True)}
        for line in ("cedar or birch", "birch or cedar"):
            assert Search(model)(line) == sorted(best.values())
        # It is called so, for one alternative; for the other, a further name of it only begins so.
        first = Search(model)("cedar or works")[0]
        assert (model.one(first.row).id, first.tier) == ("organisation/works", Tier.EXACT)
        assert Search(model)("works or cedar") == Search(model)("cedar or works")
        # What narrows one alternative leaves the other as it is.
        assert found(model, "cedar type:media or birch kind:person") == ["person/birch", "organisation/slip"]
        assert found(model, "kind:topic or ann") == ["topic/birch", "person/birch"]
        assert found(model, "(cedar or birch) kind:person") == ["person/birch"]
