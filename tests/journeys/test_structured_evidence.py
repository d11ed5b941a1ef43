"""The evidence of what a structured file brought, opened with its file attached and without."""

from __future__ import annotations

from pathlib import Path

from convenings.domain.records import Source
from convenings.store import canonical
from convenings.store.attaching import attach_file, user_data_for
from convenings.store.dataset import Dataset
from tests.driver import MEDIUM, WIDE, open_explorer
from tests.unit import structured


async def test_the_drawer_shows_the_piece_of_the_file_or_how_to_attach_it(tmp_path: Path) -> None:
    path = tmp_path / "eels.convenings.json"
    path.write_bytes(canonical.encode(structured.tables()))
    async with open_explorer(MEDIUM, path) as user:
        await user.find("late eels")
        await user.press("e")
        evidence = " ".join(user.evidence().split())
    assert "eels.json, /talks/1" in evidence
    assert "the file is not attached: convenings attach FILE" in evidence
    assert "supports the whole record" in evidence
    dataset = Dataset.open(path)
    source = next(record for record in structured.schedule() if isinstance(record, Source))
    refs = [record.id for _, _, _, record in dataset.scan()]
    assert attach_file(user_data_for(dataset, refs), source, tmp_path / "eels.json", structured.DATA) == ""
    async with open_explorer(WIDE, path) as user:
        await user.find("late eels")
        await user.press("e")
        evidence = " ".join(user.evidence().split())
    assert "the piece is exact" in evidence
    assert '"speaker": "Bo Åberg",' in evidence
    assert "supports the whole record" in evidence
