"""Lists of participants, tables and agendas: a person a line, with title, body and part beside the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from convenings.domain.text import fold
from convenings.drafting.list_words import COLUMNS, HEADING, INLINE, MARKS, SPEAKERS
from convenings.drafting.organisation_list import Organisations
from convenings.drafting.organisations import ARTICLES, is_head, run_at
from convenings.drafting.people import People, name_words
from convenings.drafting.rule_words import (
    EVENT_WORDS,
    HONORIFICS,
    NO_NAME,
    PARTICLES,
    SPEECH,
    TITLE_WORDS,
    family_names,
    given_names,
)
from convenings.drafting.text import Block, ReportText
from convenings.drafting.titles import posts_at
from convenings.drafting.tokens import Token, tokens_of
from convenings.drafting.value import Post, Span, Value, value_at

_BULLET = re.compile(r"(?:[*•·▪◦‣–—-]|\(?\d{1,3}[.)]|\|)\s*")
_TIME = re.compile(
    r"\(?\d{1,2}[.:h]\d{2}\s*(?:am|pm)?(?:\s*(?:-|–|—|to)\s*\d{1,2}[.:h]\d{2}\s*(?:am|pm)?)?\)?\s*[:|–—-]?\s*", re.I
)
LONGEST = 220
"""Code points of a line of a list at most."""


def _spans(post: Post) -> Iterator[Span]:
    yield from (value.span for value in (post.title, post.organisation) if value is not None)


def are_initials(letters: str, name: str) -> bool:
    """Whether capitals in brackets are those that the words of the name before begin with: *Rob Ellwood (RE)*."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", name)).upper().endswith(letters)


_IN_BRACKETS = re.compile(r"\(([A-Z]{2,4})\)")
_COMMA_OR_AND = re.compile(r"\s*,\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
_INITIALS = re.compile(r"([^,;()]{3,60}?)\s*\(([A-Z]{2,4})\)")


def _has_several(text: str) -> bool:
    """Whether signs in a line part people from each other; what *(Chair)* stands behind is one of them."""
    for _, mark in MARKS:
        text = mark.sub("", text)
    text = _INITIALS.sub(lambda match: match[1] if are_initials(match[2], match[1]) else match[0], text)
    return re.search(r"\)\s*[,;]|;", text[:-1]) is not None


class ListRole(msgspec.Struct, frozen=True):
    """A role, or absence, that a list gives to whoever stands in it."""

    person: int
    role: str
    span: Span


class ListReader:
    """Reads the lists of a text, line by line, with the heading that they stand under.

    Args:
        report: The text.
        organisations: Where organisations are added.
        people: Where people are added.
    """

    def __init__(self, report: ReportText, organisations: Organisations, people: People) -> None:
        self._whole = report.whole
        self._organisations = organisations
        self._people = people
        self._heading: tuple[str, Span] | None = None
        self._misses = 0
        self._columns: list[str] = []
        """What the columns of the table hold in which the last line stood."""
        self._column_role: tuple[str, Span] | None = None
        """What the head of the column with the names makes of them."""
        self.lines: dict[int, tuple[str, Span]] = {}
        """Where a line of people begins that was not read, to the role and the place of its label."""
        self._prose: list[int] = []
        """Where what stands in a line begins, if the line was read and is a sentence; in order."""
        self.roles: list[ListRole] = []

    def read(self, block: Block) -> bool:
        """Read a line; false where it is none of a list, and is to be read as prose."""
        text = self._whole[block.start : block.end]
        for role, pattern in HEADING:
            if len(text) < 60 and pattern.fullmatch(text):
                self._heading, self._misses = (role, (block.start, block.end)), 0
                return True
        for role, pattern in INLINE:
            if match := pattern.match(text):
                span = (block.start, block.start + match.end())
                if self._line_of_people(Block(span[1], block.end), (role, span)):
                    return True
                self.lines[block.start] = role, span
                return False
        if "|" in text or "\t" in text:
            return self._row(block)
        self._columns = []
        if len(text) > LONGEST:
            self._miss(2)
            return False
        if re.fullmatch(r"[\W\d]{0,4}", text):
            return True
        bullet = _BULLET.match(text)
        start = block.start + (bullet.end() if bullet else 0)
        item = Block(start, block.end)
        if self._heading is None:
            return bool(bullet) and self._item(item, None, is_certain=False)
        if _has_several(text) and self._line_of_people(item, self._heading):
            return True
        is_item = self._item(item, self._heading, is_certain=True)
        self._misses = 0 if is_item else self._misses
        if not is_item:
            self._miss(1)
        return is_item

    def is_prose(self, block: Block) -> bool:
        """Whether a line was read as an item of a list and is a sentence, too."""
        at = bisect_left(self._prose, block.start)
        return at < len(self._prose) and self._prose[at] < block.end

    def _row(self, block: Block) -> bool:
        """A row of a table: the first one tells the columns, the others have a person each."""
        cells: list[Span] = []
        text = self._whole[block.start : block.end]
        at = block.start
        for cell in re.split(r"[|\t]", text):
            start = at + len(cell) - len(cell.lstrip())
            cells.append((start, start + len(cell.strip())))
            at += len(cell) + 1
        if text.startswith("|"):
            del cells[0]
        names = [self._whole[start:end].casefold() for start, end in cells]
        kinds = [next((kind for kind, words in COLUMNS if re.fullmatch(words, name)), "") for name in names]
        if "name" in kinds and self._head(names, kinds, cells):
            return True
        if not self._columns or all(re.fullmatch(r"[:\-\s=]*", name) for name in names):
            return bool(self._columns)
        values = {kind: cell for kind, cell in zip(self._columns, cells, strict=False) if kind and cell[1] > cell[0]}
        if "given" in values and "name" in values:
            first, last = sorted((values["given"], values["name"]))
            values["name"] = (first[0], last[1])
        if "name" not in values:
            return False
        if "time" in values and values["time"] < values["name"]:
            # Roles are told as by a line of an agenda.
            self._cells(values, (values["name"][0], block.end), self._heading)
            return False
        return self._cells(values, (block.start, block.end), self._heading or self._column_role)

    def _head(self, names: Sequence[str], kinds: Sequence[str], cells: Sequence[Span]) -> bool:
        """The head of a table with people; false where it is a row: *Speaker | Jane Doe, Director*."""
        at = kinds.index("name")
        role = next((role for role, pattern in SPEAKERS if pattern.fullmatch(names[at])), "")
        if role and sum(map(bool, kinds)) == 1:
            return False
        # In a programme *title* is that of a talk.
        is_programme = "topic" not in kinds and ("time" in kinds or (role and "title" in names))
        self._column_role = (role, cells[at]) if role else None
        self._columns = ["topic" if is_programme and kind == "title" else kind for kind in kinds]
        return True

    def _cells(self, values: dict[str, Span], phrase: Span, heading: tuple[str, Span] | None) -> bool:
        start, end = values["name"]
        tokens = tokens_of(self._whole, start, end)
        first = 0
        while first < len(tokens) and (tokens[first].lower in HONORIFICS or (first and tokens[first].text == ".")):
            first += 1
        last = self._name_end(tokens, first) if first < len(tokens) else None
        if last is None:
            return False
        title = value_at(self._whole, *values["title"], "table") if "title" in values else None
        body = value_at(self._whole, *values["body"], "table") if "body" in values else None
        if self._behind_mark(tokens, last) < len(tokens):
            # Title, body or other people stand behind the name.
            return self._line_of_people(Block(start, end), heading)
        posts = [Post(title, body)] if title or body else []
        name = (tokens[first].start, tokens[last - 1].end)
        number = self._people.add(name, "table", posts, phrase)
        if body is not None:
            self._organisations.add(body.span, "table")
        self._give(number, heading, Block(start, end))
        return True

    def _give(self, number: int, heading: tuple[str, Span] | None, item: Block) -> None:
        """The role that a mark in brackets or else the heading gives to somebody."""
        text = self._whole[item.start : item.end]
        for role, pattern in MARKS:
            if match := pattern.search(text):
                self.roles.append(ListRole(number, role, (item.start + match.start(), item.start + match.end())))
        if heading is not None:
            self.roles.append(ListRole(number, heading[0], heading[1]))

    def _miss(self, weight: int) -> None:
        self._misses += weight
        if self._misses >= 2:
            self._heading = None

    def _line_of_people(self, block: Block, heading: tuple[str, Span] | None) -> bool:
        """People behind *Speakers:* on one line, with semicolons or commas between them."""
        text = self._whole[block.start : block.end]
        if ";" in text:
            parts = [(match.start(), match.end()) for match in re.finditer(r"[^;]+", text)]
        elif _has_several(text):
            parts = [(match.start(), match.end()) for match in re.finditer(r"[^,(]+(?:\([^)]*\))?[^,(]*", text)]
        else:
            parts = self._bare_names(block) or [(0, len(text))]
        is_any = False
        for start, end in parts:
            stripped = len(text[start:end]) - len(text[start:end].lstrip())
            is_any |= self._item(Block(block.start + start + stripped, block.start + end), heading, is_certain=True)
        return (is_any and len(parts) > 1) or (is_any and len(text) < 120 and text.count(",") < 3)

    def _bare_names(self, block: Block) -> list[Span]:
        """Places of names that have nothing beside them but commas; none where not every part is a name."""
        text = self._whole[block.start : block.end].rstrip(" .")
        at, parts = 0, []
        for match in (*_COMMA_OR_AND.finditer(text), None):
            end = match.start() if match else len(text)
            parts.append((at, end))
            at = match.end() if match else end
        return parts if len(parts) > 1 and all(self._is_bare_name(text[slice(*part)]) for part in parts) else []

    def _is_bare_name(self, text: str) -> bool:
        """Whether a text is a name that its form of address or its given name tells to be one."""
        for _, mark in MARKS:
            text = mark.sub("", text)
        tokens = tokens_of(text, 0, len(text))
        first = 0
        while first < len(tokens) and (tokens[first].lower in HONORIFICS or (first and tokens[first].text == ".")):
            first += 1
        if first >= len(tokens) or self._name_end(tokens, first, is_certain=True) != len(tokens):
            return False
        return first > 0 or (len(tokens) > 1 and fold(tokens[0].text) in given_names())

    def _item(self, item: Block, heading: tuple[str, Span] | None, *, is_certain: bool) -> bool:
        """One person with what stands beside the name."""
        tokens = tokens_of(self._whole, item.start, item.end)
        if tokens and tokens[0].text == "[":
            tokens = tokens[1:]
        first = 0
        while first < len(tokens) and (tokens[first].lower in HONORIFICS or (first and tokens[first].text == ".")):
            first += 1
        has_honorific = first > 0
        end = self._name_end(tokens, first, is_certain=is_certain)
        if end is None:
            return False
        name = (tokens[first].start, tokens[end - 1].end)
        rest = end
        is_link = rest < len(tokens) and tokens[rest].text[0] == "]"
        if is_link:
            # The address of a link is one token with it.
            rest += 1
        posts, has_post = self._posts(tokens, self._behind_mark(tokens, rest), item.end)
        words = name_words(self._whole[slice(*name)])
        if not is_certain and not (has_post and posts and posts[0].title is not None) and not has_honorific:
            return False
        if (
            len(words) < 2
            and not has_honorific
            and not (is_certain and rest < len(tokens) and self._is_lone_name(tokens, end - 1, rest))
            and not (is_certain and is_link)
        ):
            return False
        phrase_end = item.end
        if any(token.lower in SPEECH and token.text.islower() for token in tokens[end:]):
            # "Jane Doe, coordinator of X, shared ...": a sentence, too.
            self._prose.append(item.start)
            phrase_end = max([name[1], *(span[1] for post in posts for span in _spans(post))])
        number = self._people.add(name, "list", posts, (tokens[0].start, phrase_end))
        for post in posts:
            if post.organisation is not None:
                self._organisations.add(post.organisation.span, "list")
        self._give(number, heading, item)
        return True

    def _is_lone_name(self, tokens: Sequence[Token], at: int, rest: int) -> bool:
        """Whether a single word is a name, as it stands before a bracket or, if it is a usual one, before a colon."""
        return tokens[rest].text == "(" or (tokens[rest].text == ":" and fold(tokens[at].text) in given_names())

    def _name_end(self, tokens: Sequence[Token], first: int, *, is_certain: bool = False) -> int | None:
        """Number of the token after a name at the beginning of a line."""
        common = NO_NAME - given_names()
        if is_certain and first < len(tokens) and fold(tokens[first].text) in given_names():
            # "Louise Park" where only people are listed.
            common -= family_names()
        at = first
        while at < len(tokens) and at - first < 6:
            token = tokens[at]
            if (
                (
                    token.is_capital
                    and token.lower not in common
                    and not is_head(token)
                    and (token.lower not in EVENT_WORDS and token.lower not in TITLE_WORDS)
                )
                or (token.text == "." and at > first and tokens[at - 1].is_initial)
                or (token.lower in PARTICLES and at > first and at + 1 < len(tokens) and tokens[at + 1].is_capital)
            ):
                at += 1
            else:
                break
        if at == first or at - first > 5:
            return None
        if (
            at < len(tokens)
            and tokens[at].is_word
            and tokens[at].lower not in ("from", "of")
            and tokens[at].lower not in TITLE_WORDS
            and not (tokens[at].is_capital)
        ):
            return None
        return at

    def _behind_mark(self, tokens: Sequence[Token], at: int) -> int:
        """Number of the token after *(Chair)* and the like, where one stands behind the name."""
        text = self._whole[tokens[at].start : tokens[min(at + 3, len(tokens) - 1)].end] if at < len(tokens) else ""
        is_mark = any(pattern.match(text) for _, pattern in MARKS)
        if not is_mark and at and (match := _IN_BRACKETS.match(text)):
            before = self._whole[tokens[0].start : tokens[at - 1].end]
            is_mark = are_initials(match[1], before)
        return at + 3 if is_mark else at

    def _posts(self, tokens: Sequence[Token], at: int, end: int) -> tuple[list[Post], bool]:
        """What stands behind the name: title and body, in either order, or a body alone."""
        while at < len(tokens) and (not tokens[at].is_word or tokens[at].lower in ("from", "of")):
            if tokens[at].text in ".":
                return [], False
            at += 1
        while at < len(tokens) and tokens[at].lower in ARTICLES and not tokens[at].is_capital:
            at += 1
        if at >= len(tokens):
            return [], False
        posts = posts_at(self._whole, tokens, at, "list")
        if posts is not None:
            first = posts.posts[0]
            if first.organisation is None and posts.end < len(tokens) and tokens[posts.end].text in ",(–-|/":
                body = self._rest(tokens, posts.end + 1, end)
                if body is not None:
                    return [Post(first.title, body), *posts.posts[1:]], True
            return list(posts.posts), True
        if not tokens[at].is_capital and not tokens[at].text[0].isdigit():
            return [], False
        body = self._rest(tokens, at, end)
        # "Name, Body, Title"
        for number in range(at, len(tokens)):
            if tokens[number].text in ",(–-|" and number + 1 < len(tokens):
                behind = posts_at(self._whole, tokens, number + 1, "list")
                if behind is not None and behind.posts[0].organisation is None:
                    body = self._value(tokens[at].start, tokens[number - 1].end)
                    return [Post(behind.posts[0].title, body)], True
        return ([Post(None, body)], True) if body is not None else ([], False)

    def _rest(self, tokens: Sequence[Token], at: int, end: int) -> Value | None:
        """A body up to a bracket or the end of the line."""
        while at < len(tokens) and (
            not tokens[at].is_word or (tokens[at].lower in ARTICLES and not tokens[at].is_capital)
        ):
            at += 1
        if at >= len(tokens) or not tokens[at].text[0].isalnum():
            return None
        run = run_at(self._whole, tokens, at) if tokens[at].is_capital else None
        stop = at
        while (
            stop < len(tokens)
            and tokens[stop].text not in "(（)）|;["
            and not (tokens[stop].text == "," and run is not None and stop >= run.end)
        ):
            stop += 1
        last = tokens[stop - 1]
        if last.text in ".,:" and stop - 1 > at:
            last = tokens[stop - 2]
        if stop - at > 14:
            return None
        return self._value(tokens[at].start, last.end)

    def _value(self, start: int, end: int) -> Value:
        return Value(" ".join(self._whole[start:end].split()), (start, end), "list")
