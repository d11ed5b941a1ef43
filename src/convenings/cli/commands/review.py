"""``convenings review``: what is drafted from reports, and decisions on it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from convenings.cli.command import Command, Parser
from convenings.cli.common import NOTHING, OK, log_warnings, own_dataset_path, print_json
from convenings.cli.streams import log_stderr
from convenings.domain.errors import BadInput

if TYPE_CHECKING:
    from convenings.drafting.review import Decision, Review
    from convenings.store.draft_file import DraftField, DraftRecord


LONGEST_PASSAGE = 120
"""Letters of the words of a report by which a draft without a name is told."""


def add_arguments(parser: Parser) -> None:
    """Declare the arguments."""
    parser.add_argument("--accept", metavar="ID", nargs="+", default=[], help="write drafts into the dataset")
    parser.add_argument("--reject", metavar="ID", nargs="+", default=[], help="reject drafts, for good")
    parser.add_argument("--later", metavar="ID", nargs="+", default=[], help="leave drafts for later, or take them up")
    parser.add_argument(
        "--set",
        metavar=("ID", "FIELD=VALUE"),
        nargs="+",
        action="append",
        default=[],
        help="write fields of a draft, or the summary (digest) of a paragraph; may be repeated",
    )
    parser.add_argument(
        "--filter",
        metavar="QUERY",
        default="",
        help="only these drafts, by words and by kind:, how:, role:, state: and source:",
    )
    parser.add_argument("--accept-all", action="store_true", help="accept all open drafts that --filter shows")
    parser.add_argument("--undo", action="store_true", help="take the last decision back")
    parser.add_argument("--redo", action="store_true", help="make the decision again that was taken back last")
    parser.add_argument("--all", action="store_true", help="list what is decided, too")


def run(args: Namespace) -> int:
    """Make the decisions, each on its own; or list what is open."""
    from convenings.drafting.review import Review

    if args.accept_all and not args.filter:
        raise BadInput("--accept-all goes with --filter", hint="say which, as in --filter how:honorific")
    pairs = [(each[0], *_field_of(text)) for each in args.set for text in _fields_in(each)]
    review = Review.open(own_dataset_path(args))
    decisions = _decide(args, review, pairs)
    if args.json:
        print_json(_as_object(args, review, decisions))
    elif not decisions:
        _print(args, review)
    for decision in decisions:
        wrote = f": {', '.join(decision.refs)}" if decision.refs else ""
        log_stderr(f"{decision.what}{decision.besides}{wrote}", name=False)
        for name in review.doubles(decision.changed) if decision.refs else ():
            log_stderr(f"another record is called {name}, too; convenings merge joins two", name=False)
    log_warnings(review.warnings)
    progress = review.progress(args.filter)
    if not (progress.total or args.filter or decisions):
        log_stderr("nothing is drafted here; convenings draft FILE --into DATASET reads a report", name=False)
        return NOTHING
    # As the explorer says it: with the paragraphs that lack a digest, which are of no one draft.
    wording = progress.wording + (0 if args.filter else len(review.to_be_worded()[1]))
    log_stderr(
        f"{progress.open} of {progress.total} open, {progress.later} for later, {wording} to be worded, "
        f"{progress.accepted} accepted, {progress.rejected} rejected",
        name=False,
    )
    return OK if decisions or progress.total else NOTHING


def _fields_in(words: list[str]) -> list[str]:
    if len(words) < 2:
        raise BadInput("--set takes a draft and its fields", hint="write --set ID role=moderator")
    return words[1:]


def _field_of(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise BadInput(f"there is no = in '{text}'", hint="write field=value, as in role=moderator")
    return name.strip(), value


def _decide(args: Namespace, review: Review, pairs: list[tuple[str, str, str]]) -> list[Decision]:
    """What was decided; fields are written first, as what is accepted may need them."""
    decisions = [review.set(*pair) for pair in pairs]
    if args.reject:
        decisions.append(review.reject(*args.reject))
    if args.later:
        decisions.append(review.later(*args.later))
    if args.accept:
        decisions.append(review.accept(*args.accept))
    if args.accept_all:
        decisions.append(review.accept_all(args.filter))
    if args.undo:
        decisions.append(review.undo())
    if args.redo:
        decisions.append(review.redo())
    return decisions


def _shown(args: Namespace, review: Review) -> list[DraftRecord]:
    return review.records(args.filter, () if args.all or "state:" in args.filter else ("open", "later", "wording"))


def _as_object(args: Namespace, review: Review, decisions: list[Decision]) -> dict[str, Any]:
    import msgspec

    progress = review.progress(args.filter)
    worded, paragraphs = review.to_be_worded()
    return {
        "dataset": str(review.dataset.path),
        "progress": msgspec.to_builtins(progress) | {"total": progress.total},
        "reports": [{"source": each.source, "file": each.file, "reader": each.reader} for each in review.reports],
        "decisions": [
            {"what": each.what, "drafts": list(each.changed), "records": list(each.refs)} for each in decisions
        ],
        "drafts": [_record_object(review, record) for record in _shown(args, review)],
        "to_be_worded": [
            *({"id": record.id, "kind": record.kind} for record in worded),
            *({"id": each.id, "kind": "paragraph", "source": each.source, "page": each.page} for each in paragraphs),
        ],
    }


def _record_object(review: Review, record: DraftRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "kind": record.kind,
        "state": record.state,
        "source": record.source,
        "page": review.page(record) or None,
        "fields": {name: _field_object(review, record, name, field) for name, field in record.fields.items()},
        "records": record.refs,
    }


def _field_object(review: Review, record: DraftRecord, name: str, field: DraftField) -> dict[str, Any]:
    evidence = field.evidence
    where = {"paragraph": evidence.paragraph, "start": evidence.start, "end": evidence.end} if evidence else None
    return {
        "value": field.value,
        "evidence": where,
        "how": field.how,
        "ticked": review.is_ticked(record, name),
        "state": field.state,
        "basis": field.basis,
        "draft": field.draft or None,
        "same_as": field.same_as or None,
        "perhaps": review.namesakes(record, name),
    }


def _print(args: Namespace, review: Review) -> None:
    """Print what is open for people to read, report by report."""
    from convenings.cli.printing import ID, Column, Printer

    printer = Printer()
    records = _shown(args, review)
    for report in review.reports:
        own = [record for record in records if record.source == report.source]
        if not own:
            continue
        printer.heading(report.source, report.file)
        columns = (Column("kind"), Column("draft", style="bold"), Column("state", optional=True), Column("where"), ID)
        printer.table(columns, [_row(review, record) for record in own])
    proposals = [
        (record, name, ref) for record in records for name in record.fields for ref in review.namesakes(record, name)
    ]
    if proposals:
        printer.heading("perhaps in the dataset already", "nothing is merged unless you say so")
        for record, name, ref in proposals:
            printer.line((record.fields[name].value, "bold"), (f"  --set {record.id} {name}={ref}", "dim"))
    worded, paragraphs = review.to_be_worded()
    if worded or paragraphs:
        printer.heading("to be worded", "in words of your own; this holds up nothing")
    from convenings.drafting.acceptance import WORDS

    for record in worded:
        printer.line(
            (f"{record.kind}, {_where(review, record)}", ""), (f"  --set {record.id} {WORDS[record.kind]}=…", "dim")
        )
    for each in paragraphs:
        page = f"page {each.page}, " if each.page else ""
        printer.line((f"{page}paragraph {each.paragraph} of {each.source}", ""), (f"  --set {each.id} digest=…", "dim"))


def _row(review: Review, record: DraftRecord) -> tuple[str, ...]:
    from convenings.drafting.gathering import is_set, label_of

    fields = [
        f"{name.split('.')[0].replace('_as_stated', '').replace('on_behalf_of', 'for')}: {field.value}"
        + (" (inferred)" if field.basis == "inferred" else "")
        for name, field in list(record.fields.items())[1:]
        if is_set(field) and name not in ("event", "form")
    ]
    main = record.main.value or label_of(review.passage(record), LONGEST_PASSAGE)[0]
    state = "" if record.state == "open" else {"wording": "to be worded"}.get(record.state, record.state)
    return record.kind, "; ".join([main, *fields]), state, _where(review, record), record.id


def _where(review: Review, record: DraftRecord) -> str:
    page = review.page(record)
    return f"{f'page {page}, ' if page else ''}paragraph {record.place[0]}"


COMMAND = Command(
    help="go through what is drafted from reports: accept, reject, write what is missing",
    add_arguments=add_arguments,
    run=run,
    examples=(
        "review --dataset my-events.json",
        "review --filter 'kind:person how:honorific' --dataset my-events.json",
        "review --filter 'kind:person how:honorific' --accept-all --dataset my-events.json",
        "review --undo --dataset my-events.json",
    ),
)
