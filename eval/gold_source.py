"""Reads eval/gold/*.txt, the gold as people write it, and works out offsets (eval/README.md shows the form)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from marsad.vocabulary import BASES, HARMS, MEANS, MODALITIES, QUALIFIERS, SCOPES, STATUSES

Row = dict[str, Any]
Keys = dict[str, str]

TITLE_LINE = re.compile(r"^=== (?P<id>[\w-]+)(?: \| (?P<published>\d{4}-\d\d-\d\d|-))?(?: \| (?P<title>.+))?$")
CLAIM_LINE = re.compile(r"^(?P<id>c\d+) (?P<words>[^|]+)(?P<keys>(?:\|.*)?)$")
EVENT_LINE = re.compile(r"^event (?P<claims>c\d+(?: c\d+)*)\s*(?P<keys>(?:\|.*)?)$")
MARK = re.compile(r"\{(c\d+)\||\}")
NUMBER = re.compile(r"^(\d+)(?:-(\d+))?$")
FIGURE = re.compile(r"^(\d+)(?:(\+)|-(\d+))?$")
BASIS = re.compile(r"^(.*?)(?: \((" + "|".join(BASES) + r")\))?$")

LISTS = {"qualifier": QUALIFIERS, "status": STATUSES, "scope": SCOPES, "modality": MODALITIES, "means": MEANS}
TIES = ("of", "sums", "same", "like")
CLAIM_KEYS = {"by", "on", "said", "at", "in", "says", "victims", *TIES}
EVENT_KEYS = {"killed", "injured", "by", "on", "at", "in"}
# What a claim takes over from the claim it is tied to, unless its own line says otherwise.
INHERITED = (
    *("status", "scope", "modality", "means", "perpetrators", "basis"),
    *("date", "date_words", "place", "country", "admin1", "according_to"),
)


class GoldSourceError(Exception):
    """A gold file does not say what it should; the message names the report and the line."""


@dataclass(slots=True)
class Source:
    """One report of a gold file: its head, its marked text, and the lines that say what the marks mean."""

    id: str
    published: str | None
    title: str | None
    body: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one mark, in the text without marks."""

    plain: str
    start: int
    end: int


def read_gold(text: str, genre: str) -> Iterator[tuple[Row, Row]]:
    """Yield each report of one gold file with its gold, both as rows of JSON Lines."""
    for source in _sources(text):
        plain, marks = _unmark("\n".join(source.body).strip(), source.id)
        report = {"id": source.id, "title": source.title, "published": source.published, "text": plain}
        yield report | {"language": "en", "genre": genre}, _gold(source, plain, marks)


def _sources(text: str) -> Iterator[Source]:
    """A file opens with a comment (up to the first `===`); in a report, `---` parts text and notes."""
    source: Source | None = None
    in_notes = False
    for line in text.split("\n"):
        if head := TITLE_LINE.match(line):
            if source:
                yield source
            day = head["published"]
            source, in_notes = Source(head["id"], None if day in (None, "-") else day, head["title"]), False
        elif line.startswith("==="):
            raise GoldSourceError(f"not a head of a report: {line!r}")
        elif source and line == "---":
            in_notes = True
        elif source:
            (source.notes if in_notes else source.body).append(line)
    if source:
        yield source


def _unmark(text: str, report: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Return the text without its marks, and where each marked claim stands in it; marks may nest."""
    plain: list[str] = []
    marks: dict[str, tuple[int, int]] = {}
    opened: list[tuple[str, int]] = []
    at = length = 0
    for mark in MARK.finditer(text):
        plain.append(text[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        if mark[1]:
            opened.append((mark[1], length))
        elif opened:
            claim, start = opened.pop()
            if claim in marks:
                raise GoldSourceError(f"{report}: {claim} is marked twice")
            marks[claim] = (start, length)
        else:
            raise GoldSourceError(f"{report}: a mark is closed that was not opened")
    if opened:
        raise GoldSourceError(f"{report}: {opened[0][0]} is opened and never closed")
    return "".join([*plain, text[at:]]), marks


def _gold(source: Source, plain: str, marks: dict[str, tuple[int, int]]) -> Row:
    claims: dict[str, Row] = {}
    ties: dict[tuple[str, str], list[str]] = {}
    events: list[Row] = []
    for line in filter(None, map(str.strip, source.notes)):
        if found := CLAIM_LINE.match(line):
            keys = _keys(found["keys"], CLAIM_KEYS, source.id)
            _known(found["id"], marks, source.id)
            claims[found["id"]] = _claim(found, keys, claims, Words(plain, *marks[found["id"]]), source.id)
            _note_ties(found["id"], keys, ties)
        elif found := EVENT_LINE.match(line):
            events.append(_event(found, claims, plain, source.id))
        else:
            raise GoldSourceError(f"{source.id}: neither a claim nor an event: {line!r}")
    if left := sorted(set(marks) - set(claims)):
        raise GoldSourceError(f"{source.id}: marked, but not explained: {', '.join(left)}")
    kinds = {"of": "including", "sums": "sum"}
    breakdowns = [{"total": total, "parts": parts, "kind": kinds[kind]} for (total, kind), parts in ties.items()]
    ordered = sorted(claims.values(), key=lambda claim: (claim["start"], claim["end"]))
    return {"doc": source.id, "claims": ordered, "breakdowns": breakdowns, "incidents": events}


def _note_ties(claim: str, keys: Keys, ties: dict[tuple[str, str], list[str]]) -> None:
    for kind in ("of", "sums"):
        for total in keys.get(kind, "").split():
            ties.setdefault((total, kind), []).append(claim)


def _claim(found: re.Match[str], keys: Keys, before: dict[str, Row], words: Words, report: str) -> Row:
    place = f"{report}: {found['id']}"
    row: Row = dict.fromkeys(INHERITED) | {"status": "unknown", "scope": "incident", "modality": "asserted"}
    row |= {"perpetrators": [], "basis": None}
    for tie in TIES:
        for other in keys.get(tie, "").split():
            _known(other, before, place)
            row |= {name: before[other][name] for name in INHERITED}
    row |= _words(found["words"].split(), place)
    row |= _values(keys, words.plain, place)
    return {
        "id": found["id"],
        "start": words.start,
        "end": words.end,
        "words": words.plain[words.start : words.end],
        **row,
        "victims": keys.get("victims"),
        "same_as": keys.get("same"),
    }


def _words(words: list[str], place: str) -> Row:
    """Read the harm, the number and the words of the closed lists."""
    harm, number, *rest = [*words, ""]
    if harm not in HARMS:
        raise GoldSourceError(f"{place}: {harm!r} is no harm")
    row: Row = {"harm": harm, "stated": None, "stated_high": None, "qualifier": "exact"}
    if digits := NUMBER.match(number):
        row["stated"] = int(digits[1])
        if digits[2]:
            row |= {"stated_high": int(digits[2]), "qualifier": "range"}
    elif number == "vague":
        row["qualifier"] = "vague"
    else:
        raise GoldSourceError(f"{place}: {number!r} is neither a number nor vague")
    for word in filter(None, rest):
        names = [name for name, allowed in LISTS.items() if word in allowed]
        if not names:
            raise GoldSourceError(f"{place}: {word!r} stands in no closed list")
        row[names[0]] = word
    return row


def _values(keys: Keys, plain: str, place: str) -> Row:
    """Read what stands after the bars; a dash says that there is none."""
    row: Row = {}
    for key, name in (("said", "date_words"), ("at", "place"), ("says", "according_to")):
        if key in keys:
            row[name] = _standing(keys[key], plain, place)
    if "by" in keys:
        doers = [BASIS.match(one) for one in keys["by"].split(" + ") if one != "-"]
        row["perpetrators"] = [_standing(doer[1], plain, place) for doer in doers if doer]
        row["basis"] = next((doer[2] or "asserted" for doer in doers if doer), None)
    if "on" in keys:
        row["date"] = _days(keys["on"])
    if "in" in keys:
        country, _, admin1 = keys["in"].partition("/")
        row |= {"country": None if country == "-" else country, "admin1": admin1 or None}
    return row


def _event(found: re.Match[str], claims: dict[str, Row], plain: str, report: str) -> Row:
    place = f"{report}: event {found['claims']}"
    keys = _keys(found["keys"], EVENT_KEYS, place)
    ids = found["claims"].split()
    for claim in ids:
        _known(claim, claims, place)
    first = claims[ids[0]]
    row = {name: first[name] for name in ("date", "place", "country", "admin1", "perpetrators")}
    row |= {name: value for name, value in _values(keys, plain, place).items() if name in row}
    return {"claims": ids, "killed": _figure(keys.get("killed")), "injured": _figure(keys.get("injured")), **row}


def _figure(words: str | None) -> list[int | None] | None:
    if words is None:
        return None
    found = FIGURE.match(words)
    if not found:
        raise GoldSourceError(f"not a figure: {words!r} (12, 12-14, or 12+ for an open one)")
    low = int(found[1])
    return [low, None if found[2] else int(found[3] or low)]


def _days(words: str) -> list[str] | None:
    if words == "-":
        return None
    start, _, end = words.partition("..")
    return [start, end or start]


def _keys(words: str, allowed: set[str], place: str) -> Keys:
    keys: Keys = {}
    for part in filter(None, map(str.strip, words.split("|"))):
        key, _, value = part.partition(":")
        if key not in allowed or not value.strip():
            raise GoldSourceError(f"{place}: {part!r} is not one of {', '.join(sorted(allowed))} with a value")
        keys[key] = value.strip()
    return keys


def _known(claim: str, known: dict[str, Any], place: str) -> None:
    if claim not in known:
        raise GoldSourceError(f"{place}: {claim} is not marked, or not explained before")


def _standing(words: str, plain: str, place: str) -> str | None:
    """Return words after making sure that the report has them: who, where and whose word are told in its words."""
    if words == "-":
        return None
    if words.casefold() not in " ".join(plain.split()).casefold():
        raise GoldSourceError(f"{place}: the report does not say {words!r}")
    return words
