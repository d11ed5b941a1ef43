"""What the fields of a session are called, and what becomes of those that the data model has no home for."""

from __future__ import annotations

from convenings.interchange.reading import Reading
from convenings.interchange.schedules.links import FIELDS as LINK_FIELDS
from convenings.interchange.schedules.links import LISTS as LINK_LISTS
from convenings.interchange.schedules.parties import PEOPLE_FIELDS
from convenings.interchange.schedules.tree import Fields, is_fields, items_of

ID_FIELDS = ("guid", "code", "id", "slug")
"""The surest first."""
TITLE_FIELDS = ("title", "name")
TYPE_FIELDS = ("type", "submission_type", "event_type")
LANGUAGE_FIELDS = ("language", "content_locale")
STATE_FIELDS = ("status", "state")
TEXT_FIELDS = ("subtitle", "abstract", "description", "notes")
_HOMES = frozenset(
    {
        *TITLE_FIELDS, *TYPE_FIELDS, *LANGUAGE_FIELDS, *STATE_FIELDS, *TEXT_FIELDS, *ID_FIELDS, *PEOPLE_FIELDS,
        *LINK_FIELDS, *LINK_LISTS, "date", "start", "end", "duration", "room", "track", "tags", "slot", "day",
    }
)  # fmt: skip
_SAID_ELSEWHERE = frozenset(
    {"submission_type_id", "track_id", "tag_ids", "room_id", "slot_count", "day_index", "index"}
)
"""Numbers of what the session names, too."""
_INNER_HOMES = frozenset({"name", "title", "start", "end", "room", "room_id", "id", "text"})
_NO_HOME_IF_SET = {"do_not_record": "opt-out of recording", "recording_license": "recording licence",
                   "recording/license": "recording licence", "recording/optout": "opt-out of recording"}  # fmt: skip


def count_leftovers(fields: Fields, reading: Reading) -> None:
    """Count the values of a session that the model has no field for; that something is not so counts as no value."""
    for field, value in fields.items():
        if field == "recording" and is_fields(value):
            for inner, item in value.items():
                if _says_something(item):
                    reading.without_home(_NO_HOME_IF_SET.get(f"recording/{inner}", f"recording/{inner}"))
        elif field in ("slot", "room", "track") and is_fields(value):
            for inner in value.keys() - _INNER_HOMES:
                if _says_something(value[inner]) and not _is_language(inner):
                    reading.without_home(f"{field}/{inner}")
        elif field not in _HOMES and field not in _SAID_ELSEWHERE and _says_something(value):
            reading.without_home(_NO_HOME_IF_SET.get(field, field), len(items_of(value)))


def _says_something(value: object) -> bool:
    return bool(value) and bool(items_of(value)) and not (isinstance(value, str) and value.casefold() == "false")


def _is_language(key: str) -> bool:
    return len(key.partition("-")[0].partition("_")[0]) in (2, 3)
