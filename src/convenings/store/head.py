"""What a dataset says of itself, and whether a file has the tables of a dataset at all."""

from __future__ import annotations

import msgspec

from convenings.domain.errors import BadInput, nearest
from convenings.domain.records import FORMAT
from convenings.store.canonical import ORDER, Info, Redirect
from convenings.store.layout import Layout


class _Format(msgspec.Struct):
    """The only field that every version of the format has."""

    format: int


def read_head(layout: Layout) -> tuple[Info, dict[str, str]]:
    """What the dataset says of itself, and its redirects: old id to the id that it was merged into.

    Raises:
        BadInput: the file has not the tables of a dataset, or is of a newer format.
    """
    file = layout.file
    what = "this is not a Convenings dataset"
    if "dataset" not in layout.tables:
        raise BadInput(f"{what}: it has no table 'dataset'", file=file, hint="choose a file that Convenings wrote")
    heads = list(layout.documents("dataset").values())
    if len(heads) != 1:
        hint = f'keep one, such as {{"1": {{"format": {FORMAT}, "title": "..."}}}}'
        raise BadInput(f"the table must hold one document, not {len(heads)}", file=file, place="dataset", hint=hint)
    try:
        # Before the other fields, of which a newer format may have some that this program does not know.
        number = msgspec.json.decode(heads[0], type=_Format).format
        if number > FORMAT:
            what = f"the dataset is of format {number}, and this program reads up to format {FORMAT}"
            raise BadInput(what, file=file, place="dataset, field format", hint="install a newer Convenings")
        info = msgspec.json.decode(heads[0], type=Info)
        if info.format < 1:
            what = f"there is no format {number}"
            raise BadInput(what, file=file, place="dataset, field format", hint=f"write {FORMAT}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unfit(error, file, "dataset", Info) from error
    for table in layout.tables:
        if table not in ORDER:
            near = nearest(table, ORDER)
            hint = f"perhaps '{near}' is meant" if near else f"use one of: {', '.join(ORDER)}"
            raise BadInput(f"there is no table '{table}' in a dataset", file=file, hint=hint)
    try:
        redirects = [msgspec.json.decode(raw, type=Redirect) for raw in layout.documents("redirects").values()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unfit(error, file, "redirects", Redirect) from error
    return info, {redirect.id: redirect.to for redirect in redirects}


def _unfit(error: Exception, file: str, table: str, struct: type[msgspec.Struct]) -> BadInput:
    """The refusal for a document of one of the two tables that hold no records."""
    hint = f"its fields are: {', '.join(struct.__struct_fields__)}"
    return BadInput(str(error).replace("`", "'").lower(), file=file, place=table, hint=hint)
