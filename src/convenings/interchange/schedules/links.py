"""Links of a session or person: pages, slides, recordings, images."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urljoin

from convenings.domain.record_values import Link
from convenings.interchange.reading import Reading
from convenings.interchange.schedules.tree import Fields, is_fields, items_of, text_of
from convenings.interchange.schedules.words import language_of, link_sort, media_type_of

_ADDRESS = re.compile(
    r"(?:https?|ftps?|ipfs|ipns|gopher|gemini|ircs?|xmpp|matrix|magnet|rtmp|mms)(?::|$)", re.IGNORECASE
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)")
_EMPTY = re.compile(r"https?:/*", re.IGNORECASE)

FIELDS = {
    "url": "page", "feedback_url": "feedback", "origin_url": "origin", "logo": "image", "image": "image",
    "video_download_url": "video", "video_url": "video", "recording_url": "video", "slides_url": "slides",
    "avatar": "image", "avatar_url": "image", "homepage": "page", "website": "page", "link": "page",
}  # fmt: skip
"""Field that holds an address to the relation of its link."""
LISTS = frozenset({"links", "attachments", "resources", "recordings", "videos"})
"""Fields that hold several."""
_SHORTEST = 12
"""Characters of the shortest address worth looking into for whether it is empty."""
_ADDRESS_FIELDS = ("url", "href", "resource", "link", "text")
_LABEL_FIELDS = ("title", "text", "name", "label", "description")
_ITEM_FIELDS = frozenset({"type", "rel", "id", "language", *_LABEL_FIELDS})


class Links:
    """Makes links of fields.

    Args:
        reading: where it is said what is no link.
        base: the address that relative ones are relative to; empty where the file says none.
    """

    def __init__(self, reading: Reading, base: str) -> None:
        self._reading = reading
        self._base = base

    def of(self, fields: Fields) -> list[Link]:
        """Every link of a session or person, each address once."""
        links: dict[str, Link] = {}
        for name, value in fields.items():
            if relation := FIELDS.get(name):
                for item in items_of(value):
                    if link := self._link(text_of(item), relation, ""):
                        links.setdefault(link.url, link)
            elif name in LISTS:
                for item in items_of(value):
                    if link := self._of_item(name, item):
                        links.setdefault(link.url, link)
        return list(links.values())

    def _of_item(self, name: str, item: object) -> Link | None:
        if not is_fields(item):
            return self._link(text_of(item), "", "")
        at = label = ""
        for key in _ADDRESS_FIELDS:
            if item.get(key):
                at = key
                break
        for key in _LABEL_FIELDS:
            if item.get(key) and key != at and (label := text_of(item[key])):
                break
        sort = text_of(item.get("type") or item.get("rel"))
        relation = link_sort(sort) or ("" if sort == "other" else sort) or link_sort(label)
        for key in item.keys() - _ITEM_FIELDS:
            if key != at and items_of(item[key]):
                self._reading.without_home(f"{name}/{key}", len(items_of(item[key])))
        return self._link(text_of(item.get(at)), relation, label, item.get("language"))

    def _link(self, url: str, relation: str, label: str, language: object = None) -> Link | None:
        if url.lower().startswith("mailto:"):
            if not self._reading.file.with_contacts:
                self._reading.leave_out("e-mail")
                return None
        elif not url.startswith("http") and _SCHEME.match(url) and not _ADDRESS.match(url) and "//" not in url:
            # What a browser would run, or what no address is.
            self._reading.without_home("link")
            return None
        elif self._base and url.startswith("/"):
            with suppress(ValueError):
                url = urljoin(self._base, url)
        if len(url) < _SHORTEST and (not url or _EMPTY.fullmatch(url)):
            if label:
                self._reading.without_home("link without an address")
            return None
        if label == url or (label.startswith("http") and _EMPTY.fullmatch(label)):
            label = ""
        of_text = language_of(text_of(language)) if language else ""
        return Link(url=url, rel=relation, label=label, language=of_text, media_type=media_type_of(url))
