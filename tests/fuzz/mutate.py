"""Inputs that are nearly right: datasets, JSON files, queries and key presses, each from a generator of numbers."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.journeys.hostile import NASTY

WORDS = (
    "ana", "rivers", "event/day", "person/ana", "trust", "黄", "é", "\u202e", "\x1b[31m", "\udcff", "2021", "2021-05",
    "*", '"', "(", ")", "!", "or", "and", "-", ":", "::", "is:marked", "is:noted", "date:2021", "date:..", "date:2021/",
    "type:workshop", "role:speaker", "kind:person", "of:event/day", "at:event/day", "has:", "topic:", "place:ghent",
    "nothing:x", "x" * 300, "\u0301", "%", "_", "'", ";", "\\",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, "", " ", 0, -1, 1, 2**31, 2**63, -(2**63), 10**30, 1e308, 0.5, True, False, [], {}, [[]], [None], {"": ""},
    "acme", "person/", "/", "person/ana", "event/day", "event/nobody", "topic/water", "organisation/trust",
    "2021-13-40", "2021-05-04T99:99", "0000", "-9999", "9999-12-31", "../..", "2021~", "24:61", "workshop",
    "stated", "inferred", "zh", "\x00", "\u2028", *NASTY.values(),
)  # fmt: skip
KEYS = (
    *"jkhlgGnNpPmxXzZ+-0123456789/?eEuUfFoOaAcCyYrRsStTvVwWbBdDiI.,;:<>[](){}'\"!@#$%^&*=_|~`",
    "up", "down", "left", "right", "enter", "escape", "tab", "shift+tab", "pageup", "pagedown", "home", "end",
    "space", "backspace", "delete", "ctrl+p", "ctrl+r", "ctrl+s", "ctrl+o", "ctrl+i", "ctrl+a", "ctrl+e", "f1",
)  # fmt: skip
BYTES = (
    *(bytes([n]) for n in range(32) if n not in (3, 17, 26, 28)), b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D",
    b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"\x1b[<0;20;10M\x1b[<0;20;10m", b"\x1b[<64;20;10M",
    b"\x1b[<65;40;12M", b"\x1b[200~pasted \x1b[201~", b"\x1bOP", b"\xff\xfe", b"\xe9\xbb\x84", b"\x1b[",
    b"\x1b]52;c;?\x07", b"\x1b[I",
    b"\x1b[O", *(bytes([n]) for n in range(32, 127) if n not in b"qQ"),
)  # fmt: skip


def damaged_bytes(rng: Random, data: bytes) -> bytes:
    """Bytes with one to four things done to them."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        end = min(len(data), at + rng.choice((1, 2, 8, 100, 5000)))
        match rng.randrange(7):
            case 0:
                data = data[:at] + data[end:]
            case 1:
                data = data[:at] + data[at:end] * 2 + data[end:]
            case 2:
                data = data[:at] + rng.randbytes(rng.choice((1, 3, 50))) + data[at:]
            case 3:
                data = data[:at]
            case 4 if at < len(data):
                data = data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
            case 5:
                data = (
                    data[:at]
                    + rng.choice((b"\x00", b"\xff", b'"', b"{", b"}", b"[", b"]", b",", b"\\u", b"NaN"))
                    + data[end:]
                )
            case _:
                data = data[:at] + rng.choice((b"[" * 3000, b'{"a":' * 3000, b"\xef\xbb\xbf", b"9" * 400)) + data[at:]
    return data


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container inside a JSON value with each key or number of it."""
    stack = [value]
    while stack:
        holder = stack.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            yield holder, key
            if isinstance(holder[key], dict | list):
                stack.append(holder[key])


def damaged_json(rng: Random, value: Any) -> bytes:
    """A JSON value with one to six things done to what it holds, encoded."""
    value = copy.deepcopy(value)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        every = list(places(value))
        if not every:
            break
        holder, key = rng.choice(every)
        other, other_key = rng.choice(every)
        match rng.choice((0, 1, 2, 3, 4, 4, 5, 6, *[7] * 16)):
            case 0:
                del holder[key]
            case 1:
                holder[key], other[other_key] = copy.deepcopy(other[other_key]), copy.deepcopy(holder[key])
            case 2 if isinstance(holder, dict):
                holder[rng.choice(("", "id", "x", "label", "7", str(rng.choice(VALUES))))] = holder.pop(key)
            case 3 if isinstance(holder[key], list):
                holder[key] = holder[key] * rng.choice((0, 2, 40))
            case 4 if isinstance(holder[key], str):
                holder[key] = rng.choice(
                    (holder[key] * 50, holder[key][::-1], holder[key] + "\u202e", holder[key].upper())
                )
            case 5:
                holder[key] = [holder[key]]
            case 6:
                holder[key] = copy.deepcopy(rng.choice(VALUES))
            case _:
                # Of its own type, so that it is not refused at once.
                alike = [each for each in VALUES if type(each) is type(holder[key])]
                holder[key] = copy.deepcopy(rng.choice(alike or VALUES))
    text = json.dumps(value, ensure_ascii=rng.random() < 0.2, indent=rng.choice((None, 1)))
    return text.encode("utf-8", "surrogatepass")


def damaged(rng: Random, data: bytes, value: Any) -> bytes:
    """One of the two."""
    return damaged_bytes(rng, data) if rng.random() < 0.3 else damaged_json(rng, value)


def query(rng: Random) -> str:
    """A line of the query language, or nearly."""
    return " ".join(rng.choice(WORDS) + rng.choice(("", "", "*", "~", ":", "x")) for _ in range(rng.randint(1, 6)))


COMMANDS: tuple[Callable[[Random], list[str]], ...] = (
    lambda rng: ["list", rng.choice(("event", "person", "question", "statement", "participation", "source", "gap"))],
    lambda rng: ["list", rng.choice(("--json", "--csv"))],
    lambda rng: ["list", "event", "--filter", query(rng)],
    lambda rng: ["list", "--filter", query(rng), "--json"],
    lambda rng: ["show", rng.choice(("event/day", "person/ana", "question/owner", "source/rivers"))],
    lambda rng: ["show", rng.choice(("event/talk", "organisation/trust", "topic/rivers", "person/wide")), "--json"],
    lambda rng: ["show", rng.choice(("gap/who", "relation/runs", "place/ghent", query(rng))), "--csv"],
    lambda rng: ["search", query(rng)],
    lambda rng: ["search", query(rng), "--json"],
    lambda rng: ["stats", *rng.choice(([], ["--json"]))],
    lambda rng: ["attach", *rng.choice(([], ["--json"], ["--csv"]))],
)  # fmt: skip


def command(rng: Random) -> list[str]:
    """A command of the command line that needs a dataset."""
    return rng.choice(COMMANDS)(rng)
