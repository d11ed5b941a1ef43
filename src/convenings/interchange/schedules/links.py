"""Links of a session or person: pages, slides, recordings, images."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urljoin

from convenings.domain.links import is_link
from convenings.domain.record_values import Link
from convenings.interchange.reading import Reading
from convenings.interchange.schedules.tree import Fields, is_fields, items_of, text_of
from convenings.interchange.schedules.word_meanings import language_of, link_sort, media_type_of

_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,10}[^\W\d_]{2,24}(?:[/:?#]|$)")
"""What an address begins with that somebody wrote without its scheme."""
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
        relation = (link_sort(sort) or ("" if sort == "other" else sort)) if sort else ""
        for key in item:
            if key != at and key not in _ITEM_FIELDS and items_of(item[key]):
                self._reading.without_home(f"{name}/{key}", len(items_of(item[key])))
        return self._link(text_of(item.get(at)), relation or link_sort(label), label, item.get("language"))

    def _link(self, stated: str, relation: str, label: str, language: object = None) -> Link | None:
        if stated.lower().startswith("mailto:") and not self._reading.file.with_contacts:
            self._reading.leave_out("e-mail")
            return None
        url = self._whole(stated)
        if len(url) < _SHORTEST and (not url or _EMPTY.fullmatch(url)):
            if label:
                self._reading.without_home("link without an address")
            return None
        if not is_link(url):
            # What a program would run, what lies on a host that the file does not name, or what is no address.
            self._reading.without_home("link that is no whole address")
            return None
        if label in (url, stated) or (label.startswith("http") and _EMPTY.fullmatch(label)):
            label = ""
        of_text = language_of(text_of(language)) if language else ""
        return Link(url=url, rel=relation, label=label, language=of_text, media_type=media_type_of(url))

    def _whole(self, stated: str) -> str:
        """An address as a link needs it: with a scheme and without blanks."""
        url = stated.replace(" ", "%20")
        if url.startswith("http"):
            return url
        if url.startswith("//"):
            return f"https:{url}"
        if _HOST.match(url) and not is_link(url):
            self._reading.remark("Some links have no http:// before them, which is put there")
            return f"http://{url}"
        if self._base and url.startswith("/"):
            with suppress(ValueError):
                return urljoin(self._base, url)
        return url
