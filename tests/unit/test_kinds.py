"""Every kind of record has its row, all that differs by kind follows from the rows, and a new one takes little else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
import pytest
from rich.cells import cell_len

from convenings.cli import columns
from convenings.domain import kinds, records
from convenings.domain.kinds import EVERY_KIND, Kind, a_kind, derive
from convenings.domain.record_values import Bearing
from convenings.domain.records import UNSUPPORTED_FIELDS, Labelled, Record
from convenings.presentation.profile.kinds import COMPOSERS
from convenings.tui.paint.styles import STYLES, kind_style

ROOT = Path(__file__).parents[2]


class Motion(Labelled, frozen=True, kw_only=True):
    """A kind that the program does not have."""

    event: str
    series: str | None = None
    moved: str | None = None


MOTION = Kind(
    name="motion",
    struct=Motion,
    glyph="!",
    style="muted",
    row_rank=4,
    search_rank=5,
    plural="motionen",
    words=("vote",),
    has_name=True,
    references={"event": ("event",), "series": ("motion",)},
    whole="series",
    dates=("moved",),
    pane="questions",
)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)
def test_a_row_fits_the_struct_of_its_kind(kind: Kind) -> None:
    hints = get_type_hints(kind.struct)
    every_name = {each.name for each in EVERY_KIND}
    assert kind.struct.__name__.casefold() == kind.name
    assert cell_len(kind.glyph) == 1
    assert kind_style(kind.name) in STYLES
    for field, targets in kind.references.items():
        assert hints[field] in (str, str | None, list[str], list[Bearing])
        assert set(targets) <= every_name
    for field in kind.dates:
        assert hints[field] == str | None
        # What is a fact about the document itself, or about our working out, is no claim and needs none.
        assert f"{field}_basis" in hints or "attested_basis" in hints or field in UNSUPPORTED_FIELDS
    if kind.whole:
        assert kind.references[kind.whole] == (kind.name,)
    if kind.has_name:
        assert issubclass(kind.struct, Labelled)


def test_every_struct_of_a_record_has_a_row() -> None:
    structs = {value for value in vars(records).values() if isinstance(value, type) and issubclass(value, Record)}
    assert {kind.struct for kind in EVERY_KIND} == structs - {Record, Labelled}


def test_no_two_kinds_share_what_tells_them_apart() -> None:
    for values in (
        [kind.name for kind in EVERY_KIND],
        [kind.glyph for kind in EVERY_KIND],
        [kind.row_rank for kind in EVERY_KIND],
        [kind.search_rank for kind in EVERY_KIND],
        [word for kind in EVERY_KIND for word in {kind.name, f"{kind.name}s", kinds.TABLES[kind.name], *kind.words}],
    ):
        assert len(set(values)) == len(values)


def test_rows_stand_where_the_build_relies_on_it() -> None:
    # Events are read first; people who took part stand beside the parties that nobody names.
    assert kinds.WITH_NAME[0] == "event"
    assert (*kinds.WITH_NAME, *kinds.WITHOUT_NAME)[kinds.WITH_NAME.index("person") + 1] == "participation"
    assert kinds.WITH_NAME[-1] == "person"
    # A kind without a name is not searched by name, so its hits stand last.
    assert set(kinds.SEARCH_ORDER[: len(kinds.WITH_NAME)]) == set(kinds.WITH_NAME)


def test_every_kind_has_a_profile_and_columns() -> None:
    assert set(COMPOSERS) == set(columns.COLUMNS) == set(kinds.KINDS)


def test_all_tables_follow_from_the_rows() -> None:
    tables = derive(EVERY_KIND)
    assert tables.structs == kinds.KINDS
    for derived in (tables.tables, tables.glyphs, tables.styles, tables.references):
        assert list(derived) == list(kinds.KINDS)
    assert tables.references["gap"]["about"] == tuple(kinds.KINDS)
    assert {*tables.words.values()} == set(kinds.KINDS)
    assert sorted((*tables.with_name, *tables.without_name)) == sorted(tables.search_order) == sorted(kinds.KINDS)
    main = ("events", "speakers", "organisations", "questions")
    assert (*main, "places", "initiatives", "topics", "statements") == kinds.PANE_NAMES
    assert main == kinds.WEIGHED_PANES


def test_a_further_row_is_in_every_table() -> None:
    tables = derive((*EVERY_KIND, MOTION))
    assert tables.structs["motion"] is Motion
    assert tables.tables["motion"] == "motionen"
    assert tables.glyphs["motion"] == "!"
    assert tables.styles["motion"] == "muted"
    for word in ("motion", "motions", "motionen", "vote"):
        assert tables.words[word] == "motion"
    assert tables.references["motion"] == {"event": ("event",), "series": ("motion",)}
    assert "motion" in tables.references["gap"]["about"]
    assert tables.wholes["motion"] == "series"
    assert tables.dates["motion"] == ("moved",)
    assert tables.with_name.index("motion") == tables.with_name.index("topic") + 1
    assert tables.search_order.index("motion") == tables.search_order.index("topic") + 1
    assert tables.panes["motion"] == "questions"
    rest = derive((*EVERY_KIND, msgspec.structs.replace(MOTION, has_name=False, row_rank=20, pane="")))
    assert "motion" not in rest.with_name
    assert rest.without_name[-1] == "motion"
    assert "motion" not in rest.panes


PROGRAMME = """
import sys
from typing import Literal

from convenings.domain import kinds
from convenings.domain.records import Labelled

class Motion(Labelled, frozen=True, kw_only=True):
    type: Literal["bill", "amendment"]
    event: str
    moved: str | None = None

HAS_NAME = sys.argv[1] == "named"
row = kinds.Kind(
    name="motion", struct=Motion, glyph="!", style="muted", row_rank=4 if HAS_NAME else 20, search_rank=5,
    words=("vote",), has_name=HAS_NAME, references={"event": ("event",)}, dates=("moved",),
)
before = dict(vars(kinds))
kinds.EVERY_KIND = (*kinds.EVERY_KIND, row)
new = kinds.derive(kinds.EVERY_KIND)
for constant, value in before.items():
    for field in new.__struct_fields__:
        if value is getattr(kinds._TABLES, field):
            setattr(kinds, constant, getattr(new, field))

from convenings.cli import columns
from convenings.presentation.profile import kinds as profiles

profiles.COMPOSERS["motion"] = lambda builder: builder.fact(builder.record.type, "type")
columns.COLUMNS["motion"] = (("motion", "type"), lambda model, row, record: (row.label, record.type))

from convenings.__main__ import main

sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize("sort", ["named", "without a name"])
def test_the_command_line_takes_a_new_kind(tmp_path: Path, sort: str) -> None:
    data: dict[str, Any] = {
        "dataset": {"1": {"format": 2, "title": "Assembly"}},
        "events": {"1": {"id": "event/day", "label": "Day of Bills", "type": "workshop", "date": "2018-06-20"}},
        "motions": {
            "1": {"id": "motion/roads", "label": "Better Roads", "type": "bill", "event": "event/day", "moved": "2018"}
        },
    }
    path = tmp_path / "data.json"
    path.write_text(json.dumps(data), encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", PROGRAMME, sort, *arguments, "--json", "--dataset", str(path)],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    for word in ("motion", "motions", "vote"):
        listing = run("list", word)
        assert listing.returncode == 0, listing.stderr
        assert '"motion/roads"' in listing.stdout
    assert '"motion/roads"' in run("search", "kind:vote", "better").stdout
    assert '"bill"' in run("show", "motion/roads").stdout
    assert '"motion": 1' in run("stats").stdout
    data["motions"]["1"]["moved"] = "soon"
    data["motions"]["1"]["event"] = "person/nobody"
    path.write_text(json.dumps(data), encoding="utf-8")
    check = run("check")
    assert check.returncode == 1
    assert "not an EDTF date" in check.stdout
    assert "person/nobody" in check.stdout


def test_a_kind_has_the_article_that_goes_with_it() -> None:
    assert [a_kind(kind) for kind in ("person", "event", "organisation", "place")] == [
        "a person",
        "an event",
        "an organisation",
        "a place",
    ]
