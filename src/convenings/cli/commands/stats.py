"""``convenings stats``: what a dataset holds and what it leaves open, every count with what it is a part of."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from convenings.cli.command import Command, Parser
from convenings.cli.common import OK, dataset_path, print_json
from convenings.domain.basis import inferred_fields
from convenings.domain.kinds import KINDS
from convenings.domain.record_values import Import
from convenings.domain.records import (
    Event,
    Gap,
    Membership,
    Organisation,
    Participation,
    Person,
    Record,
    Source,
    Statement,
)

if TYPE_CHECKING:
    from convenings.cli.printing import Printer
    from convenings.store.dataset import Dataset


def add_arguments(parser: Parser) -> None:
    """Declare no arguments: what every command takes is enough."""


def run(args: Namespace) -> int:
    """Print the counts."""
    from convenings.store.dataset import Dataset

    counts = count(Dataset.open(dataset_path(args)))
    if args.json:
        print_json(counts)
    elif args.csv:
        from convenings.cli.tabular import flattened, print_csv

        print_csv(("count", "value"), flattened(counts))
    else:
        _print(counts)
    return OK


def count(dataset: Dataset) -> dict[str, Any]:
    """All counts of a dataset.

    Raises:
        BadInput: A record cannot be read.
    """
    from convenings.domain.references import all_evidence

    records: list[Record] = []
    kinds: Counter[str] = Counter()
    for kind, _, _, record in dataset.scan():
        records.append(record)
        kinds[kind] += 1
    cited: dict[str, set[int]] = {}
    elements: dict[str, set[str]] = {}
    bases: Counter[str] = Counter()
    for record in records:
        for evidence in all_evidence(record):
            if evidence.pointer:
                elements.setdefault(dataset.resolve(evidence.source), set()).add(evidence.pointer)
            else:
                cited.setdefault(dataset.resolve(evidence.source), set()).add(evidence.paragraph)
            bases[evidence.basis] += 1
    gaps = Counter(record.type for record in records if isinstance(record, Gap))
    return {
        "dataset": {"file": str(dataset.path), "title": dataset.info.title, "format": dataset.info.format},
        "records": len(records),
        "kinds": {kind: kinds[kind] for kind in KINDS},
        "statuses": dict(Counter(e.status for e in records if isinstance(e, Event) and e.status).most_common()),
        "dates": _dates([record for record in records if isinstance(record, Event)]),
        "participations": _participations([record for record in records if isinstance(record, Participation)]),
        "people": _people(records),
        "organisations": _organisations([record for record in records if isinstance(record, Organisation)]),
        "evidence": {
            "total": bases.total(),
            "stated": bases["stated"],
            "inferred": bases["inferred"],
            "inferred_share": round(bases["inferred"] / bases.total(), 4) if bases.total() else 0,
        },
        "gaps": {"total": gaps.total(), "types": dict(gaps.most_common())},
        "sources": [_source(record, cited, elements) for record in records if isinstance(record, Source)],
        "imports": _imports(dataset),
    }


def _dates(events: list[Event]) -> dict[str, Any]:
    """The dates that the events lie between, no more exact than they are stated; an open end is written as in EDTF."""
    from convenings.domain.dates import EdtfError, parse

    starts: list[tuple[int, str]] = []
    ends: list[tuple[int, str]] = []
    dated = [event for event in events if event.date]
    for event in dated:
        try:
            when = parse(event.date or "")
        except EdtfError:
            # The check names it.
            continue
        start, _, end = (event.date or "").partition("/")
        start, end = start.partition("T")[0], (end or start).partition("T")[0]
        if when.earliest is None and when.latest is not None:
            starts.append((when.latest, f"../{end}"))
            ends.append((when.latest, end))
        elif when.latest is None and when.earliest is not None:
            starts.append((when.earliest, start))
            ends.append((when.earliest, f"{start}/.."))
        elif when.earliest is not None and when.latest is not None:
            starts.append((when.earliest, start))
            ends.append((when.latest, end))
    return {
        "earliest": min(starts, key=_day, default=(0, None))[1],
        "latest": max(ends, key=_day, default=(0, None))[1],
        "events": len(events),
        "dated": len(dated),
        "inferred": sum(event.date_basis == "inferred" for event in dated),
    }


def _day(bound: tuple[int, str]) -> int:
    return bound[0]


def _participations(parts: list[Participation]) -> dict[str, Any]:
    from convenings.domain.roles import ROLES

    roles: Counter[str] = Counter(part.role for part in parts)
    with_agent = sum(part.agent is not None for part in parts)
    return {
        "total": len(parts),
        "named": with_agent,
        "unnamed": len(parts) - with_agent,
        "roles": {role: roles[role] for role in ROLES if roles[role]},
    }


def _people(records: list[Record]) -> dict[str, int]:
    """How many people took part, how the others are known, and for how many an organisation is stated or inferred."""
    people = {record.id for record in records if isinstance(record, Person)}
    parts = [record for record in records if isinstance(record, Participation) and record.agent in people]
    took_part = {part.agent for part in parts}
    affiliated = {part.agent for part in parts if part.on_behalf_of}
    stated = {part.agent for part in parts if part.on_behalf_of and "on_behalf_of" not in inferred_fields(part)}
    members = {record.person for record in records if isinstance(record, Membership)} & people - took_part
    mentions = {ref for record in records if isinstance(record, Statement) for ref in record.mentions}
    return {
        "total": len(people),
        "took_part": len(took_part),
        "members_only": len(members),
        "mentioned_only": len((mentions & people) - took_part - members),
        "with_organisation": len(affiliated),
        "organisation_stated": len(stated),
        "organisation_inferred": len(affiliated - stated),
    }


def _organisations(organisations: list[Organisation]) -> dict[str, int]:
    unnamed = sum(organisation.unnamed is not None for organisation in organisations)
    return {"total": len(organisations), "named": len(organisations) - unnamed, "unnamed": unnamed}


def _source(source: Source, cited: Mapping[str, Iterable[int]], elements: Mapping[str, set[str]]) -> dict[str, Any]:
    """How many paragraphs of a report, or elements of a structured file, are cited."""
    numbers = {number for number in cited.get(source.id, ()) if 1 <= number <= source.paragraphs}
    counts = {"paragraphs": source.paragraphs, "cited": len(numbers), "elements": len(elements.get(source.id, ()))}
    return {"id": source.id, "label": source.label, **counts}


def _imports(dataset: Dataset) -> list[dict[str, Any]]:
    """The files that were imported, with when, by what, and how many records each brought; what is none is left out."""
    documents: list[dict[str, Any]] = []
    for raw in dataset.layout().documents("imports").values():
        with suppress(msgspec.DecodeError):
            each = msgspec.json.decode(raw, type=Import)
            more = {"reader": each.reader, "source": dataset.resolve(each.source), "records": len(each.records)}
            documents.append({"file": each.file, "at": each.at, **more})
    return documents


def _print(counts: Mapping[str, Any]) -> None:
    from convenings.cli.printing import Column, Printer

    printer = Printer()
    number_column = Column("", right=True)
    total, dates, parts = counts["records"], counts["dates"], counts["participations"]
    people, organisations, evidence = counts["people"], counts["organisations"], counts["evidence"]

    printer.line((counts["dataset"]["title"], "bold"), (f"  {counts['dataset']['file']}", "dim"))
    printer.heading("Records", str(total))
    printer.table(
        (Column("kind"), number_column), [(kind, _share(number, total)) for kind, number in counts["kinds"].items()]
    )
    printer.heading("Dates", _between(dates["earliest"], dates["latest"]))
    _print_shares(
        printer,
        ("events with a date of their own", dates["dated"], dates["events"]),
        ("of these, date inferred", dates["inferred"], dates["dated"]),
    )
    if statuses := counts["statuses"]:
        _print_shares(printer, *((f"events {word}", number, dates["events"]) for word, number in statuses.items()))
    printer.heading("Who took part", str(parts["total"]))
    _print_shares(
        printer,
        ("participations with a named party", parts["named"], parts["total"]),
        ("participations without", parts["unnamed"], parts["total"]),
        ("people who took part", people["took_part"], people["total"]),
        ("of these, for an organisation that is stated", people["organisation_stated"], people["took_part"]),
        ("of these, for an organisation that is inferred", people["organisation_inferred"], people["took_part"]),
        ("of these, for none", people["took_part"] - people["with_organisation"], people["took_part"]),
        ("people known by a membership alone", people["members_only"], people["total"]),
        ("people who are only mentioned", people["mentioned_only"], people["total"]),
        ("organisations with a name", organisations["named"], organisations["total"]),
    )
    printer.heading("Roles", str(parts["total"]))
    printer.table(
        (Column("role"), number_column),
        [(role, _share(number, parts["total"])) for role, number in parts["roles"].items()],
    )
    printer.heading("Evidence", str(evidence["total"]))
    _print_shares(
        printer,
        ("stated", evidence["stated"], evidence["total"]),
        ("inferred", evidence["inferred"], evidence["total"]),
    )
    gaps = counts["gaps"]
    printer.heading("Left open", str(gaps["total"]))
    printer.table(
        (Column("gap"), number_column),
        [(name, _share(number, gaps["total"])) for name, number in gaps["types"].items()],
    )
    printer.heading("Sources", str(len(counts["sources"])))
    texts = [source for source in counts["sources"] if source["paragraphs"]]
    files = [source for source in counts["sources"] if source["elements"]]
    if texts or not files:
        rows = [(source["label"], _share(source["cited"], source["paragraphs"])) for source in texts]
        printer.table((Column("paragraphs cited"), number_column), rows)
    if files:
        printer.table((Column("elements cited"), number_column), [(s["label"], str(s["elements"])) for s in files])
    if imports := counts["imports"]:
        printer.heading("Imported", str(len(imports)))
        columns = (Column("file"), Column("when"), Column("reader"), Column("records", right=True))
        printer.table(columns, [(i["file"], i["at"], i["reader"], str(i["records"])) for i in imports])


def _between(earliest: str | None, latest: str | None) -> str:
    """From when until when, in words where an end is open."""
    if earliest is None or latest is None:
        return "none"
    first = f"{earliest.removeprefix('../')} or earlier" if earliest.startswith("../") else earliest
    last = f"{latest.removesuffix('/..')} or later" if latest.endswith("/..") else latest
    return f"{first} to {last}"


def _print_shares(printer: Printer, *rows: tuple[str, int, int]) -> None:
    """A table of parts of wholes, each under its words."""
    from convenings.cli.printing import Column

    printer.table((Column(""), Column("", right=True)), [(words, _share(part, whole)) for words, part, whole in rows])


def _share(part: int, whole: int) -> str:
    percentage = f"{part / whole:6.1%}" if whole else "     –"
    return f"{part} of {whole} {percentage}"


COMMAND = Command(
    help="count what a dataset holds, and what it leaves open",
    add_arguments=add_arguments,
    run=run,
    examples=("stats", "stats --json --dataset my-events.json", "stats --csv"),
    takes_csv=True,
)
