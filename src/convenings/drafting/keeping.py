"""Reports for a dataset: each is kept as the text of its source, and drafted into the queue."""

from __future__ import annotations

from pathlib import Path

import msgspec

from convenings import __version__
from convenings.domain.records import Source
from convenings.domain.slugs import Mint
from convenings.drafting.gathering import label_of
from convenings.drafting.queue import records_of, with_decisions
from convenings.drafting.reading import Drafted
from convenings.drafting.versions import CarriedOver, Version, carry_over
from convenings.store.attaching import user_data_for
from convenings.store.dataset import BadRecord, Dataset
from convenings.store.draft_file import DraftFile, DraftReport
from convenings.store.quoting import source_of
from convenings.store.sources import paragraphs, text_hash

BY = f"convenings {__version__} rules"
"""What drafts."""


class QueuedReport(msgspec.Struct, frozen=True):
    """What came of drafting a report for a dataset."""

    source: str
    """Id of the source that it is."""
    is_new: bool
    """Whether the source was added to the dataset."""
    open: int
    """Records that are open now."""
    total: int
    """All of them."""
    former: str = ""
    """Id of the source that was drafted from the same file before it was changed."""
    carried_over: int = 0
    """Records of that one, of which the reader had done something, that went over to this one."""
    warnings: tuple[str, ...] = ()


def draft_into(dataset_path: Path, path: Path, drafted: Drafted) -> QueuedReport:
    """Keep a report for a dataset, which is made where there is none, and put what is drafted into its queue.

    Nothing of the draft goes into the dataset, but the report itself is a source of it from now on. Of a report that
    was drafted before all decisions stay; of a file that has changed since, those on paragraphs that have not.

    Args:
        dataset_path: The dataset.
        path: The file of the report.
        drafted: What was read of it.

    Raises:
        BadInput: The dataset cannot be read or written, or the text cannot be kept.
    """
    dataset = _dataset(dataset_path)
    bad: list[BadRecord] = []
    records = {record.id: record for _, _, _, record in dataset.scan(bad)}
    data = drafted.report.text.encode()
    hash_ = text_hash(data)
    source = next((each for each in records.values() if isinstance(each, Source) and each.text_hash == hash_), None)
    is_new = source is None
    if source is None:
        source = _new_source(data, drafted, Mint(lambda ref: ref in records or ref in dataset.redirects()))
        dataset.insert([source])
    user_data = user_data_for(dataset, {*records, source.id})
    if user_data.attached_text(source.id, hash_) is None:
        user_data.attach(source.id, path, hash_, data)
    file = DraftFile(user_data.queue(user_data.dataset))
    tables = file.tables
    former = [record for record in tables.records.values() if record.source == source.id]
    report = DraftReport(
        source=source.id,
        text_hash=hash_,
        file=str(path.absolute()),
        file_hash=drafted.file_hash,
        media_type=drafted.report.media_type,
        reader=drafted.report.reader,
        by=BY,
        language=drafted.draft.language,
        pages=[each.page for each in drafted.report.paragraphs] if drafted.report.paragraphs[0].page else [],
    )
    fresh = records_of(drafted.draft, drafted.report.text, source.id, hash_)
    previous = next((each for each in reversed(tables.reports.values()) if each.file == report.file), report)
    carried = CarriedOver(fresh, {}, 0)
    if previous.source != source.id:
        before = user_data.attached_text(previous.source, previous.text_hash)
        old, new = Version(previous, paragraphs(before or "")), Version(report, paragraphs(drafted.report.text))
        carried = carry_over(fresh, tables.records.values(), old, new, records)
    drafts = with_decisions(carried.drafts, (carried.queue.get(record.id) or record for record in former))
    # What changes nothing leaves the decisions that can be undone.
    if tables.reports.get(source.id) != report or former != drafts:
        file.put_report(report, drafts, carried.queue)
    user_data.keep_queue(user_data.dataset, file.path)
    open_ = sum(record.state == "open" for record in drafts)
    return QueuedReport(
        source=source.id,
        is_new=is_new,
        open=open_,
        total=len(drafts),
        former=previous.source if previous.source != source.id else "",
        carried_over=carried.number,
        warnings=(*user_data.warnings, *file.warnings),
    )


def _dataset(path: Path) -> Dataset:
    if path.exists() or path.is_symlink():
        return Dataset.open(path)
    name = path.name.removesuffix(".json").removesuffix(".convenings").replace("-", " ").replace("_", " ").strip()
    return Dataset.create(path, f"{name[:1].upper()}{name[1:]}" or "Reports")


def _new_source(data: bytes, drafted: Drafted, mint: Mint) -> Source:
    label = label_of(drafted.report.paragraphs[0].text, 60)[0]
    source = source_of(data, label, ref=mint.ref("source", label))
    return msgspec.structs.replace(source, language=drafted.draft.language)
