"""The whole of it: from a text to a draft, in one pass over its blocks and one over its sentences."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from convenings.drafting.absence import absent_in
from convenings.drafting.claims import BEGINS_WITH_PRONOUN, may_be, questions_in, statement_in
from convenings.drafting.events import find_events
from convenings.drafting.latin_people import PeopleFinder
from convenings.drafting.list_words import ABSENT, ROLE_TITLES
from convenings.drafting.lists import LONGEST, ListReader, ListRole
from convenings.drafting.organisation_cues import find_by_cue
from convenings.drafting.organisation_list import Organisations
from convenings.drafting.organisations import find_organisations
from convenings.drafting.organisers import organisers_in
from convenings.drafting.people import People
from convenings.drafting.phrases import apart, short_sentence
from convenings.drafting.roles import is_of_agenda, roles_in
from convenings.drafting.rule_words import OFFICES_OF_PLACES, ORGANISATION_HEADS, PLACES_OF_OFFICE
from convenings.drafting.text import Block, ReportText, read_report, sentences_of
from convenings.drafting.tokens import tokens_of
from convenings.drafting.value import Draft, DraftPerson, DraftRole, DraftStatement, Span

if TYPE_CHECKING:
    from convenings.drafting.cjk import CjkFinder

_SPOKE = frozenset(
    {
        "opening speaker",
        "keynote speaker",
        "speaker",
        "presenter",
        "panellist",
        "discussant",
        "moderator",
        "chair",
        "facilitator",
    }
)


_OPENING_MARKS = frozenset('“"«')


def draft(whole: str) -> Draft:
    """What the rules find in the text of a report; its offsets are code points in that text."""
    report = read_report(whole)
    organisations, people = Organisations(whole), People(report)
    lists = ListReader(report, organisations, people)
    blocks = [(block, tokens_of(whole, block.start, block.end)) for block in report.blocks]
    cjk = _cjk_finder(report, organisations, people)
    for block, tokens in blocks:
        if cjk is not None:
            cjk.find_organisations(block)
        find_organisations(whole, tokens, organisations)
    finder = PeopleFinder(report, organisations, people)
    listed = [cjk is None and lists.read(block) for block, _ in blocks]
    if cjk is not None:
        for block, _ in blocks:
            cjk.find_people(block)
        cjk.find_again(block for block, _ in blocks)
    for (block, tokens), is_listed in zip(blocks, listed, strict=True):
        if not is_listed:
            finder.find(tokens, is_list=block.start in lists.lines)
    for _, tokens in blocks:
        finder.find_again(tokens)
    for _, tokens in blocks:
        find_by_cue(whole, tokens, organisations, people)
    people.drop_partial_posts()
    result = Draft(report.language, people.items, organisations.items)
    _add_bodies(people, organisations)
    organisations.join()
    organisations.drop_parts()
    organisations.drop_tails()
    # "Liang Chen (LC)"
    result.organisations = [each for each in organisations.items if not all(map(people.is_mention, each.mentions))]
    _take_roles_from_titles(people)
    sentences = list(report.sentences())
    result.events = find_events(report, sentences)
    for cue in organisers_in(whole, sentences, result.organisations):
        result.organisations[cue.person].roles.append(DraftRole(cue.role, cue.span, cue.how))
    prose = [block for (block, _), is_list in zip(blocks, listed, strict=True) if not is_list or lists.is_prose(block)]
    _read_sentences(report, result, people, prose)
    for number, role, span in cjk.labels if cjk is not None else ():
        _give(people.items[number], DraftRole(role, span, "label"))
    phrases = sorted(people.phrases, key=lambda phrase: phrase.start)
    starts = [phrase.start for phrase in phrases]
    for block, _ in blocks:
        if block.start in lists.lines:
            role, span = lists.lines[block.start]
            within = phrases[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
            lists.roles += [ListRole(phrase.person, role, span) for phrase in within]
    for item in lists.roles:
        person = people.items[item.person]
        if item.role == ABSENT:
            person.is_present = False
        else:
            _give(person, DraftRole(item.role, item.span, "list"))
    for person in people.items:
        if person.is_present is False:
            person.roles = []
    return result


def _add_bodies(people: People, organisations: Organisations) -> None:
    """Add the bodies that people have posts in: neither places of office, nor *Centre*, which is said of one before."""
    ends_by_word = organisations.ends_by_word()
    for post in (post for person in people.items for post in person.posts):
        body, title = post.organisation, post.title.text.casefold() if post.title else ""
        if body is None:
            continue
        if body.text.casefold() in ORGANISATION_HEADS:
            ends = ends_by_word.get(body.text.casefold(), [])
            if at := bisect_left(ends, (body.span[0], 0)):
                organisations.items[ends[at - 1][1]].mentions.append(body.span)
            continue
        is_of_place = not PLACES_OF_OFFICE.isdisjoint(body.text.casefold().split()[-1:])
        if not (is_of_place and not OFFICES_OF_PLACES.isdisjoint(title.split())):
            organisations.add(body.span, body.how)


def _take_roles_from_titles(people: People) -> None:
    """Take *rapporteur* before a name, which is no title but what somebody was at the event, for the role."""
    for person in people.items:
        rest = []
        for post in person.posts:
            role = ROLE_TITLES.get(post.title.text.casefold(), "") if post.title and not post.organisation else ""
            if role and post.title:
                _give(person, DraftRole(role, post.title.span, "title"))
            else:
                rest.append(post)
        person.posts = rest


def _cjk_finder(report: ReportText, organisations: Organisations, people: People) -> CjkFinder | None:
    """What finds names in a Chinese or Japanese report."""
    if report.language not in ("zh", "ja"):
        return None
    # Its patterns take as long to compile as a short report to draft.
    from convenings.drafting.cjk import CjkFinder

    return CjkFinder(report.whole, organisations, people)


def _give(person: DraftPerson, role: DraftRole, within: Span | None = None) -> None:
    """Add a role that the person has not yet.

    A mere *speaker* is added only where no other way of speaking is told, an *attendee* only where the same sentence
    tells no more of the person.

    Args:
        person: Who had it.
        role: The role.
        within: The sentence that says so; nothing where a list does.
    """
    roles = {each.role for each in person.roles}
    if (
        role.role in roles
        or (role.role == "speaker" and roles & _SPOKE)
        or (role.role == "discussant" and "moderator" in roles)
    ):
        return
    if role.role == "attendee" and any(_is_within(each.span, within) for each in person.roles):
        return
    rest = [
        each
        for each in person.roles
        if not (each.role == "attendee" and _is_within(each.span, within))
        and not (each.role == "speaker" and role.role in _SPOKE)
        and not (each.role == "discussant" and role.role == "moderator")
    ]
    person.roles = [*rest, role]


def _is_within(span: Span, sentence: Span | None) -> bool:
    return sentence is not None and sentence[0] <= span[0] and span[1] <= sentence[1]


def _read_sentences(report: ReportText, result: Draft, people: People, blocks: list[Block]) -> None:
    """Roles, statements and questions, sentence by sentence."""
    phrases = apart(people.phrases)
    starts = [phrase.start for phrase in phrases]
    subject: int | None = None
    absent: set[int] = set()
    speaker_of_quote: int | None = None
    is_after_quote = False
    for block in blocks:
        is_agenda = block.end - block.start < LONGEST and is_of_agenda(report.whole[block.start : block.start + 24])
        if is_agenda:
            for cue in roles_in(short_sentence(report.whole, block, phrases, starts)):
                _give(people.items[cue.person], DraftRole(cue.role, cue.span, cue.how))
        for sentence in sentences_of(report.whole, block):
            text = report.whole[sentence.start : sentence.end]
            short = short_sentence(report.whole, sentence, phrases, starts)
            gone = set(absent_in(short))
            for cue in roles_in(short) if not is_agenda else ():
                if cue.person in gone:
                    continue
                _give(people.items[cue.person], DraftRole(cue.role, cue.span, cue.how), (sentence.start, sentence.end))
            if subject is not None and not may_be(report.whole, people.items[subject].mentions, short.text):
                subject = None
            # "We are late," said Jane Doe. "But we are here."
            is_reopened = is_after_quote and text[0] in _OPENING_MARKS and not short.phrases
            statement = statement_in(short, subject, speaker_of_quote is not None or is_reopened)
            if statement is not None:
                number, how = statement
                result.statements.append(DraftStatement((sentence.start, sentence.end), number, how))
                person = people.items[number]
                _give(person, DraftRole("speaker", (sentence.start, sentence.end), "statement"))
            absent |= gone
            result.questions += questions_in(short, is_heading=len(text) < 30)
            opened, closed = text.count("“") + text.count("«"), text.count("”") + text.count("»")
            if text.count('"') % 2:
                opened, closed = (opened + 1, closed) if speaker_of_quote is None else (opened, closed + 1)
            is_after_quote = statement is not None and not _OPENING_MARKS.isdisjoint(text)
            if statement is not None and opened > closed:
                speaker_of_quote = statement[0]
            elif closed > opened:
                speaker_of_quote = None
            if statement is not None:
                subject = statement[0]
            elif short.phrases and not BEGINS_WITH_PRONOUN.match(text):
                subject = short.phrases[0].person
        speaker_of_quote, is_after_quote = None, False
    for number in absent:
        # Who had a part besides was there for that; what they say, somebody may have read out.
        if all(role.how == "statement" for role in people.items[number].roles):
            people.items[number].is_present = False
