"""The plain text of what others have written with markup; nothing of it is ever taken for markup of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convenings.domain.records import Labelled, Record

_BLOCKS = frozenset(
    {
        "p", "div", "br", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "blockquote", "pre", "section", "article", "header", "footer", "figure",
    }
)  # fmt: skip
"""Elements that begin and end a line."""
_HIDDEN = frozenset({"script", "style", "template", "title", "head"})
"""Elements whose content nobody is to read."""
_END = {name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII) for name in _HIDDEN}
"""Such an element to what ends it."""
_NAME = re.compile(r"/?([A-Za-z][A-Za-z0-9]*)")
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r" *\n[ \n]*")


def words_of_others(record: Record) -> Iterator[str]:
    """What a record is found by that is not ours: what others say of it, and what systems that number it call it."""
    for identifier in record.identifiers:
        yield identifier.value
    if isinstance(record, Labelled):
        for description in record.descriptions:
            yield text_of(description.text, description.format)


def text_of(text: str, form: str) -> str:
    """The words of a text in one of the formats of a description, its lines parted by line feeds.

    Args:
        text: The text.
        form: ``plain``, ``html`` or ``markdown``, which is read as it stands.
    """
    return _text_of_html(text) if form == "html" else text


def _text_of_html(text: str) -> str:
    from html import unescape  # with a table of entities, which few texts need

    joined = unescape("".join(_pieces(text)))
    return _LINES.sub("\n", _BLANKS.sub(" ", joined)).strip()


def _pieces(text: str) -> Iterator[str]:
    """What stands between the tags, line feeds in the place of those that part lines; in one pass."""
    at = 0
    unclosed: set[str] = set()
    while (start := text.find("<", at)) >= 0:
        match = _NAME.match(text, start + 1)
        if match is None and text[start + 1 : start + 2] not in ("!", "?"):
            yield text[at : start + 1]
            at = start + 1
            continue
        is_comment = text.startswith("<!--", start)
        end = text.find("-->" if is_comment else ">", start)
        if end < 0:
            # What is cut off in a tag has no more tags.
            break
        yield text[at:start].replace("\n", " ")
        at = end + (3 if is_comment else 1)
        name = match[1].lower() if match else ""
        if name in _BLOCKS:
            yield "\n• " if name == "li" and text[start + 1] != "/" else "\n"
        elif name in _HIDDEN and name not in unclosed and text[start + 1] != "/":
            close = _END[name].search(text, at)
            if close is None:
                # Nor has any further one, which need not be looked for again.
                unclosed.add(name)
            else:
                at = close.start()
    yield text[at:].replace("\n", " ")
