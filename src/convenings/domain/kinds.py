"""The table of the kinds of record: one row a kind, from which everything that differs by kind is derived.

A new kind is a struct in :mod:`~convenings.domain.records`, a row here, a profile, and the columns of its list; where
it relates other records, a rule of relation, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from convenings.domain.records import (
    Event,
    Gap,
    Initiative,
    Membership,
    Organisation,
    Participation,
    Person,
    Place,
    Question,
    Record,
    Relation,
    Source,
    Statement,
    Topic,
)

References = Mapping[str, tuple[str, ...]]
"""Field that holds ids to the kinds it may point at."""

ANY_KIND: tuple[str, ...] = ()
"""In place of the kinds that a field may point at: it may point at all of them."""


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """What tells one kind of record from the others."""

    name: str
    """One word in the singular; ids begin with it."""
    struct: type[Record]
    glyph: str
    """One cell wide; stands before its records."""
    style: str
    """Name of the style of the glyph; the hue of that name is in every theme."""
    row_rank: int
    """Its rows stand after those of the kinds with a lower rank."""
    search_rank: int
    """Its hits stand after equally good ones of the kinds with a lower rank."""
    plural: str = ""
    """Name of its table; the name with an s where nothing else is said."""
    words: tuple[str, ...] = ()
    """What a user may type besides the name, its plural and the name with an s."""
    has_name: bool = False
    """Whether its records have a name that is searched, and rows before the whole dataset is read."""
    references: References = {}
    """Its fields that hold ids. Evidence, and the occurrences of a question, hold ids too; a statement's ``questions``
    hold them in a value of their own."""
    whole: str = ""
    """The field by which its records nest: it points at the record of which one is a part."""
    dates: tuple[str, ...] = ()
    """Its fields that hold EDTF dates."""
    pane: str = ""
    """The pane that lists its records; a pane is called by the plural of what it is first for."""
    is_weighed: bool = False
    """Whether what is related to more of its records is the better connected."""


EVERY_KIND: tuple[Kind, ...] = (
    Kind(
        name="event",
        struct=Event,
        glyph="◆",
        style="event",
        row_rank=0,
        search_rank=2,
        has_name=True,
        references={"super_event": ("event",), "place": ("place",), "topics": ("topic",)},
        whole="super_event",
        dates=("date", "moved_from", "expanded_until"),
        pane="events",
        is_weighed=True,
    ),
    Kind(
        name="person",
        struct=Person,
        glyph="●",
        style="person",
        row_rank=6,
        search_rank=0,
        plural="people",
        words=("speaker", "speakers"),
        has_name=True,
        pane="speakers",
        is_weighed=True,
    ),
    Kind(
        name="organisation",
        struct=Organisation,
        glyph="■",
        style="organisation",
        row_rank=1,
        search_rank=1,
        words=("organization", "organizations"),
        has_name=True,
        references={"parent": ("organisation",), "place": ("place",)},
        whole="parent",
        pane="organisations",
        is_weighed=True,
    ),
    Kind(
        name="place",
        struct=Place,
        glyph="⌂",
        style="place",
        row_rank=5,
        search_rank=6,
        has_name=True,
        references={"parent": ("place",)},
        whole="parent",
        pane="places",
    ),
    Kind(
        name="initiative",
        struct=Initiative,
        glyph="▲",
        style="initiative",
        row_rank=3,
        search_rank=4,
        has_name=True,
        references={"topics": ("topic",)},
        pane="initiatives",
    ),
    Kind(
        name="question",
        struct=Question,
        glyph="?",
        style="question",
        row_rank=2,
        search_rank=3,
        has_name=True,
        references={"topics": ("topic",)},
        pane="questions",
        is_weighed=True,
    ),
    Kind(
        name="topic",
        struct=Topic,
        glyph="#",
        style="topic",
        row_rank=4,
        search_rank=5,
        has_name=True,
        references={"broader": ("topic",)},
        whole="broader",
        pane="topics",
    ),
    Kind(
        name="participation",
        struct=Participation,
        glyph="○",
        style="gap",
        row_rank=7,
        search_rank=10,
        references={
            "event": ("event",),
            "agent": ("person", "organisation", "initiative"),
            "on_behalf_of": ("organisation",),
        },
        pane="speakers",
        is_weighed=True,
    ),
    Kind(
        name="membership",
        struct=Membership,
        glyph="∈",
        style="muted",
        row_rank=8,
        search_rank=11,
        references={
            "person": ("person",),
            "organisation": ("organisation",),
            "on_behalf_of": ("organisation",),
            "area": ("place",),
        },
        dates=("first_attested", "last_attested", "start", "end"),
    ),
    Kind(
        name="relation",
        struct=Relation,
        glyph="→",
        style="muted",
        row_rank=9,
        search_rank=12,
        references={
            "subject": ("event", "person", "organisation", "initiative", "question", "topic"),
            "object": ("event", "person", "organisation", "initiative", "question", "topic"),
        },
    ),
    Kind(
        name="statement",
        struct=Statement,
        glyph="“",
        style="muted",
        row_rank=10,
        search_rank=7,
        references={
            "event": ("event",),
            "agents": ("person", "organisation"),
            "topics": ("topic",),
            "questions": ("question",),
            "mentions": ("person", "organisation", "initiative", "event", "place", "topic"),
        },
        pane="statements",
    ),
    Kind(
        name="source",
        struct=Source,
        glyph="¶",
        style="number",
        row_rank=11,
        search_rank=9,
        references={"published_by": ("organisation",)},
        dates=("published", "retrieved"),
    ),
    Kind(
        name="gap",
        struct=Gap,
        glyph="◌",
        style="gap",
        row_rank=12,
        search_rank=8,
        references={"about": ANY_KIND},
    ),
)
"""Every kind, in the order in which the tables stand in a dataset."""


class Tables(msgspec.Struct, frozen=True):
    """What follows from the table of kinds; the constants below say what each is."""

    structs: dict[str, type[Record]]
    kinds: dict[type[Record], str]
    tables: dict[str, str]
    glyphs: dict[str, str]
    styles: dict[str, str]
    words: dict[str, str]
    references: dict[str, References]
    wholes: dict[str, str]
    dates: dict[str, tuple[str, ...]]
    with_name: tuple[str, ...]
    without_name: tuple[str, ...]
    search_order: tuple[str, ...]
    panes: dict[str, str]
    weighed: tuple[str, ...]


def derive(kinds: Sequence[Kind]) -> Tables:
    """All that follows from a table of kinds, in the order of that table where nothing else is said."""
    names = tuple(kind.name for kind in kinds)
    tables = {kind.name: kind.plural or f"{kind.name}s" for kind in kinds}
    by_row = sorted(kinds, key=lambda kind: kind.row_rank)
    return Tables(
        structs={kind.name: kind.struct for kind in kinds},
        kinds={kind.struct: kind.name for kind in kinds},
        tables=tables,
        glyphs={kind.name: kind.glyph for kind in kinds},
        styles={kind.name: kind.style for kind in kinds},
        words={
            word: kind.name for kind in kinds for word in (kind.name, f"{kind.name}s", tables[kind.name], *kind.words)
        },
        references={
            kind.name: {field: targets or names for field, targets in kind.references.items()} for kind in kinds
        },
        wholes={kind.name: kind.whole for kind in kinds if kind.whole},
        dates={kind.name: kind.dates for kind in kinds if kind.dates},
        with_name=tuple(kind.name for kind in by_row if kind.has_name),
        without_name=tuple(kind.name for kind in by_row if not kind.has_name),
        search_order=tuple(kind.name for kind in sorted(kinds, key=lambda kind: kind.search_rank)),
        panes={kind.name: kind.pane for kind in sorted(kinds, key=lambda kind: not kind.is_weighed) if kind.pane},
        weighed=tuple(dict.fromkeys(kind.pane for kind in kinds if kind.is_weighed)),
    )


_TABLES = derive(EVERY_KIND)

KINDS = _TABLES.structs
"""Kind to struct, in the order the tables stand in a dataset."""
KIND_OF_STRUCT = _TABLES.kinds
"""Struct to kind."""
TABLES = _TABLES.tables
"""Kind to the name of its TinyDB table."""
GLYPHS = _TABLES.glyphs
"""Kind to the one-cell glyph that stands before its records."""
KIND_STYLES = _TABLES.styles
"""Kind to the name of the style of its glyph."""
KIND_WORDS = _TABLES.words
"""What a user may type for a kind, in small letters, to the kind."""
REFERENCES = _TABLES.references
"""Kind to its fields that hold ids, each with the kinds it may point at. A question's occurrences and every record's
evidence hold ids too: :data:`OCCURRENCE_REFERENCES` and ``source``."""
HIERARCHIES = _TABLES.wholes
"""Kind to the field by which its records nest; a chain of them must end."""
DATE_FIELDS = _TABLES.dates
"""Kind to its fields that hold EDTF dates."""
WITH_NAME = _TABLES.with_name
"""Kinds whose records have a name of their own, in row order. They are read first, so their rows stand before all
others; after them stand participations without an agent. Persons who took part and those are neighbours: together they
are the speakers pane."""
WITHOUT_NAME = _TABLES.without_name
"""The other kinds, in row order. But for sources no list shows them: their records stay in the order of the file."""
SEARCH_ORDER = _TABLES.search_order
"""Kinds in the order in which equally good hits are listed."""
PANE_OF_KIND = _TABLES.panes
"""Kind to the pane that lists its records."""
PANE_NAMES = tuple(dict.fromkeys(PANE_OF_KIND.values()))
"""The panes that list records, those first that every dataset is to fill, in the order of their keys."""
WEIGHED_PANES = _TABLES.weighed
"""Panes by whose rows it is counted how well a record is connected."""

OCCURRENCE_REFERENCES: References = {"event": ("event",), "agents": ("person", "organisation")}
"""Fields of an occurrence of a question that hold ids, each with the kinds it may point at."""
BEARING_REFERENCES: References = {"question": ("question",)}
"""Fields of what a statement says of a question that hold ids, each with the kinds it may point at."""
DESCRIPTION_REFERENCES: References = {"by": ("person", "organisation")}
"""Fields of a description that hold ids, each with the kinds it may point at."""


def kind_of(ref: str) -> str:
    """Kind named by a record id: ``person/x`` gives ``person``; an unknown kind gives an empty string."""
    kind = ref.partition("/")[0]
    return kind if kind in KINDS else ""


def kind_from_word(word: str) -> str:
    """Kind for what a user typed, singular or plural (``people``, ``persons``); an empty string where there is none."""
    return KIND_WORDS.get(word.strip().casefold(), "")


def a_kind(kind: str) -> str:
    """A kind with its article: a person, an event."""
    return f"{'an' if kind[:1] in set('aeiou') else 'a'} {kind}"


def counted(numbers: Mapping[str, int]) -> str:
    """How many records of which kinds: ``3 events, 1 person``."""
    return ", ".join(f"{number:,} {kind if number == 1 else TABLES[kind]}" for kind, number in numbers.items())
