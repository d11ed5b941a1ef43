"""Records of a table whose rows are rooms or other places, or tracks and topics."""

from __future__ import annotations

from convenings.domain.record_values import PlaceType
from convenings.domain.text import fold
from convenings.interchange.reading import Reading
from convenings.interchange.tables.agents import Agents
from convenings.interchange.tables.plan import Plan, raw_of
from convenings.interchange.tables.references import Sort, label_column
from convenings.interchange.tables.surroundings import Surroundings

_AT_HOME = frozenset(("latitude", "longitude", "coordinates", "capacity"))


class ThingRows:
    """Makes records of the rows of a list of rooms or tracks.

    Args:
        plan: How it is read.
        sort: What its rows are.
        reading: To which the records go.
        agents: To which places and topics go.
    """

    def __init__(self, plan: Plan, sort: Sort, reading: Reading, agents: Agents) -> None:
        self._plan, self._sort, self._reading, self._agents = plan, sort, reading, agents
        self._surroundings = Surroundings(plan, reading, agents)

    def read(self) -> None:
        """Make records of all rows."""
        plan, reading = self._plan, self._reading
        label = label_column(plan.guess, self._sort)
        for row in plan.rows:
            name = " ".join(plan.cell(row, label).split()) if label is not None else ""
            if not name:
                raw = raw_of(plan.sheet, row, reading, plan.guess.header)
                reading.skip(plan.sheet.place(row), "it has no name", raw)
                continue
            piece = plan.sheet.piece(row)
            if self._sort == "track":
                self._agents.topic("track", name, piece)
            else:
                kind: PlaceType = "venue" if label is not None and fold(label.name) in ("venue", "place") else "room"
                self._agents.place(kind, name, None, piece, **self._surroundings.measures(row))
            for column in plan.guess.columns:
                is_at_home = column is label or (column.field in _AT_HOME and self._sort == "room")
                if not is_at_home and column.field != "id" and plan.cell(row, column):
                    reading.without_home(column.name)
