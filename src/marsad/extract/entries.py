"""Entries of a list, a live blog or a round-up: each tells its own event, with its own doer, source and place.

An entry begins with a bullet, an hour, a day or the name of a place before a colon; what stands before the first entry
("This week soldiers killed:") goes for all.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from marsad.extract.lexicon import kinds_of, person_noun
from marsad.extract.scene import DAY, FULL, MONTH, NOT_PLACE, PLACE_NOUN, SPAN_NAME, force_words
from marsad.extract.sentences import BULLET
from marsad.extract.voices import SOURCE_WORDS
from marsad.model import Claim, Extraction, Perpetrator, Span, Where

LINE = re.compile(r"[^\n]*\S[^\n]*")
HOUR = re.compile(
    r"\s*[\[(]?(?:\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|\d{4}\s*(?:hrs|hours|GMT|UTC))"
    r"(?:\s*(?:GMT|UTC|BST|CET|EET|local time))?[\])]?\s*(?:[:.,–—-]\s*)?",
    re.IGNORECASE,
)
DATED = re.compile(rf"\s*(?:{DAY},?\s+)?(?:{FULL}|{DAY}|{MONTH})\s*[:–—-]\s", re.IGNORECASE)
NAME = rf"{SPAN_NAME}(?:[ -]{SPAN_NAME}){{0,3}}(?:\s{PLACE_NOUN})?"
HEADED = re.compile(
    rf"\s*(?:[•●▪*–—-]\s*|\d{{1,2}}[.)]\s*)?(?P<place>{NAME}(?:,\s{NAME}){{0,2}})(?:\s\([^)\n]{{1,40}}\))?\s?[:–—]\s+(?=\S)"
)
KINDS = (("bullet", BULLET), ("hour", HOUR), ("day", DATED), ("place", HEADED))
ONE_LINE = frozenset({"bullet", "place"})
"""Kinds of entries that end with their line; the others go on to the next entry."""
LABEL = re.compile(
    r"(?:update|read|photo|video|watch|related|source|note|summary|background|developing|breaking|live|correction|editor|by"
    r"|analysis|opinion|story|names?|date|time|place|location|toll|total|killed|injured|wounded|dead|deaths|casualties|more|also"
    r"|civilians|summary|incident|type|status|victims|tags|topics|previous|next|caption|image|media|contact|share|follow)s?\b",
    re.IGNORECASE,
)


NAME_WORD = re.compile(r"\b[A-ZÀ-Ý]\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: where it begins and ends, and the place that heads it, if one does."""

    start: int
    end: int
    place: Span | None = None


def find_entries(text: str) -> list[Entry]:
    """Return the entries of a report in order, none for a report with fewer than two of a kind."""
    begun: list[tuple[int, int, str]] = []
    for line in LINE.finditer(text):
        kind = next((name for name, pattern in KINDS if pattern.match(text, line.start(), line.end())), None)
        if kind == "bullet" or (kind and not (kind == "place" and _heading(text, line.start(), line.end()) is None)):
            begun.append((line.start(), line.end(), kind))
    count = {kind: sum(kind == one for _, _, one in begun) for kind, _ in KINDS}
    begun = [one for one in begun if count[one[2]] > 1]
    entries: list[Entry] = []
    for at, (start, end, kind) in enumerate(begun):
        stop = begun[at + 1][0] if at + 1 < len(begun) else len(text)
        entries.append(Entry(start, end if kind in ONE_LINE else stop, _heading(text, start, end)))
    return entries


class _Entries:
    """The entries of a report, and which of them a run of words stands in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = find_entries(text)
        self._starts = [entry.start for entry in self.all]

    def of(self, span: Span | None) -> Entry | None:
        if span is None or span.within != "text":
            return None
        at = bisect_right(self._starts, span.start) - 1
        return self.all[at] if at >= 0 and span.start < self.all[at].end else None

    def parts(self, own: Entry, span: Span | None) -> bool:
        """Say whether words stand in another entry, or are the place that heads this one."""
        other = self.of(span)
        if other is not None and other is not own:
            return True
        head = own.place
        return head is not None and span is not None and other is own and head.start <= span.start < head.end


def within_entries(found: Extraction, text: str) -> Extraction:
    """Return the claims; one of an entry has no doer, source, day or place of another, and its heading is its place."""
    if "\n" not in text.strip() or not found.claims:
        return found
    entries = _Entries(text)
    if not entries.all:
        return found
    claims: list[Claim] = []
    for claim in found.claims:
        own = entries.of(claim.span)
        claims.append(claim if own is None else _told(claim, own, entries))
    return replace(found, claims=tuple(_with_own_doers(claims, found.claims, entries)))


def _told(claim: Claim, own: Entry, entries: _Entries) -> Claim:
    voice, where, when = claim.according_to, claim.where, claim.when
    if voice is not None and entries.parts(own, voice.span):
        voice = None
    other = entries.of(where.span) if where else None
    if other is not None and other is not own:
        where = None
    other = entries.of(when.span) if when else None
    if other is not None and other is not own:
        when = None
    doers = tuple(kept for one in claim.perpetrators if (kept := _doer(one, own, entries)) is not None)
    return replace(claim, perpetrators=doers, according_to=voice, where=_place(where, own), when=when)


def _doer(doer: Perpetrator, own: Entry, entries: _Entries) -> Perpetrator | None:
    """Return a doer of this entry; one of another entry is the same where this one says its name again."""
    if not entries.parts(own, doer.span):
        return doer
    first = own.place.end if own.place else own.start
    names = (name for name in NAME_WORD.findall(doer.text) if name.lower() not in kinds_of("stops"))
    for words in (doer.text, *names):
        at = entries.text.find(words, first, own.end)
        if at >= 0:
            return replace(doer, text=words, span=Span(at, at + len(words), words))
    return None


def _with_own_doers(claims: list[Claim], before: tuple[Claim, ...], entries: _Entries) -> Iterator[Claim]:
    """Yield the claims; one that lost the doer of another entry takes that of the claim before it in its own."""
    last: dict[int, tuple[Perpetrator, ...]] = {}
    for claim, old in zip(claims, before, strict=True):
        own = entries.of(claim.span)
        if own is None:
            yield claim
            continue
        if old.perpetrators and not claim.perpetrators:
            claim = replace(claim, perpetrators=last.get(own.start, ()))
        elif claim.perpetrators:
            last[own.start] = claim.perpetrators
        yield claim


def _heading(text: str, start: int, end: int) -> Span | None:
    """Return the name of a place that heads a line, behind its bullet, None for a label, people or a source."""
    headed = HEADED.match(text, start, end)
    if headed is None:
        return None
    words = headed["place"]
    people = any(person_noun(word) or word.lower() in force_words() for word in re.findall(r"[\w’'-]+", words))
    if people or NOT_PLACE.search(words) or LABEL.match(words) or SOURCE_WORDS.search(words):
        return None
    return Span(headed.start("place"), headed.end("place"), words)


def _place(where: Where | None, entry: Entry) -> Where | None:
    """Take the heading for the place, where the entry itself names none ("Tera: a mine on a road")."""
    named = where is not None and re.search(r"[A-ZÀ-Ý]", where.text or "")
    if entry.place is None or named:
        return where
    return Where(entry.place.quote, span=entry.place)
