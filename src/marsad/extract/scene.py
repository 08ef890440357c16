"""The scene of a harm in the report's words: when, where and by what means. Values are filled in by `resolve`."""

import re
from dataclasses import dataclass
from functools import cache

from marsad.extract.lexicon import person_noun, table, word_set
from marsad.vocabulary import MEANS, Means

DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?"
    r"|Feb\.?|Mar\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
PART = r"(?:night|morning|afternoon|evening|dawn|noon|midday|overnight|midnight)"
ORD = r"\d{1,2}(?:st|nd|rd|th)?"
FULL = (
    rf"(?:{ORD}(?:\s+of)?\s+{MONTH}(?:,?\s+(?:19|20)\d\d)?|{MONTH}\s+{ORD}(?:\s*,\s*(?:19|20)\d\d|\s+"
    rf"(?:19|20)\d\d)?|{MONTH}\s+(?:19|20)\d\d|(?:19|20)\d\d-[01]\d-[0-3]\d)"
)
CLOCK = r"(?:\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?m\.?|p\.?m\.?)|\d{1,2}:\d\d(?:\s*(?:hours|hrs))?)"
NUM = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|24|48|72|a|one|several|few|couple\s+of)"
WHEN = re.compile(
    rf"""(?:\b(?:shortly|just|early|late)\s+)?(?:\b(?:before|after|around|at)\s+(?:about\s+)?{CLOCK}(?:\s+local\s+time)?,?\s+)?(?:\b(?:on|since|until|from)\s+)?(?:\bthe\s+)?(?:(?:{PART}|day)\s+(?:of|on)\s+)?
      (?:\b(?:late|early|last|this|next)\s+)*\b{DAY}(?:,?\s+(?:at\s+)?(?:the\s+)?{PART}\b)?(?:,?\s+(?:the\s+)?{FULL})?
     |\b(?:since|until|between|from|by|on|in|during|the\s+{PART}\s+of|early\s+on|late\s+on)?\s*(?:the\s+)?{FULL}\b
     |\bsince\s+(?:the\s+)?(?:start|beginning|outbreak|onset|launch)\s+of\s+(?:the\s+|this\s+)?[\w’'-]+(?:\s+(?:in|on)\s+(?:{MONTH}\s+)?(?:19|20)?\d\d)?
     |\b(?:since|in|during|by|from)\s+(?:(?:early|late|mid)[\s-]+)?(?:{MONTH}\b|(?:19|20)\d\d\b)(?:\s+(?:19|20)\d\d)?
     |\bsince\s+\w+ing\s+in\s+(?:19|20)\d\d\b
     |\b(?:yesterday|today|tonight|overnight|earlier\s+today|last\s+night|this\s+(?:morning|afternoon|evening|week|month|year)|(?:(?:earlier|later)\s+)?(?:last|this|the\s+past|the\s+previous)\s+(?:week|month|year|weekend|night))\b(?:\s+(?:{PART}|at\s+dawn)\b)?
     |\b(?:in|over|during|within|for)\s+(?:the\s+)?(?:last|past|previous|first|a\s+span\s+of)?\s*{NUM}[\s-]+(?:hours?|days?|weeks?|months?|years?)\b
     |\b(?:the\s+)?(?:past|last)\s+{NUM}\s+(?:hours?|days?|weeks?|months?|years?)\b
     |\b{NUM}\s+(?:hours?|days?|weeks?|months?|years?)\s+(?:ago|earlier|later|before)\b
     |\b(?:{PART}\s+of\s+)?{DAY}(?:[’']s)?\b
     |\bat\s+dawn\b|\b(?:in|during)\s+(?:19|20)\d\d\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
LEAD_BREAKS = word_set("scene.lead_breaks")
BODIES = word_set("scene.bodies")
SPAN_NAME = r"(?:[A-ZÀ-Ý][\w’'.-]*|[a-z]{1,3}[-‘’'][A-Z][\w’'-]*|\d+(?:st|nd|rd|th))"
GLUE = r"(?:of|the|de|del|la|al|el|and|bin|in|as)"
PLACE_NOUN = (
    r"(?:province|governorate|city|town|village|district|region|area|county|state|countryside|camp"
    r"|suburb|neighbou?rhood|valley|desert|coast|border|outskirts|vicinity"
    r"|edges?|capital|island|mountains?|prison|hospital|school|mosque|church|market|airport|base"
    r"|checkpoint|road|highway|street|bridge|square|hotel|restaurant|station|home|house|building|park"
    r"|peninsula"
    r"|front|frontline|crossing|refugee\s+camp|university|stadium|university|nightclub|club|bar"
    r"|apartment|complex|block|subdistrict|municipality|department|territory|strip|bank)s?"
)
KIND_OF_PLACE = re.compile(rf"\b{PLACE_NOUN}\b")
WHERE = re.compile(
    rf"""\b(?P<prep>(?i:in|at|near|outside|inside|around|on|across|from|throughout|into|off|between|over|to|along|targeting|targeted|hit|struck|shelled|bombed|of))\s+
    (?P<place>(?:(?:the|a|an|this|that)\s+)?(?:[a-z][\w’'-]*\s+){{0,7}}?(?:of\s+(?:the\s+)?)?{SPAN_NAME}(?:(?:\s+|,\s+(?!the\b)|-)(?:{GLUE}\s+){{0,2}}{SPAN_NAME}){{0,5}}(?:\s+{PLACE_NOUN}\b){{0,2}}
      (?:\s+(?:in|of|near|at|on)\s+(?:the\s+)?(?:[a-z][\w’'-]*\s+){{0,3}}{SPAN_NAME}(?:\s+{SPAN_NAME}){{0,3}}(?:\s+{PLACE_NOUN}\b)?)*)""",
    re.VERBOSE,
)
PEOPLES = re.compile(r"(?:[A-Z][a-z]+ish|French|Dutch|Greek|Czech)\Z")
# "the first week of Turkey's offensive": a stretch of time, whoever's it is.
STRETCH = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?|wake|aftermath|course|weekend)\s+(?:of|after|in)\b")
NOT_PLACE = re.compile(
    rf"(?i:\b{DAY}\b|\b{MONTH}(?!\w)|\b(?:19|20)\d\d\b|\b(?:attack|airstrike|strike|interview|statement|tweet"
    rf"|facebook|twitter|report|killing|bombing|raid|war|least|fight|said|including|killed|addition"
    rf"|Islam|Muslim)s?\b)"
)
# "the murder of the judge", "an effort": deeds, talk and people, which the learned reader may take for places.
DEED_OR_TALK = re.compile(
    r"(?:(?:the|an?|his|her|its|their|our|this|that|these|those|recent|such)\s+)*"
    r"(?:cases?|murders?|assassinations?|massacres?|deaths?|killings?|crimes?|efforts?|responses?|collusion|protests?"
    r"|investigations?|details?|communiqu[eé]s?|statements?|interviews?|letters?|speech(?:es)?|messages?|meetings?"
    r"|conflicts?|situations?|involvement|reactions?|revenge|retaliation|return|exchange|connection|cooperation"
    r"|terrorists?|guerrillas?|leaders?|ministers?|attorneys?|judges?|journalists?|members?)\b",
    re.IGNORECASE,
)
AREA = re.compile(
    r"\b(?:in|across|inside|within|throughout)\s+(?P<place>the\s+[“\"‘']?(?:[a-z][a-z-]+\s+){1,3}"
    r"(?:zone|enclave|territory|territories|provinces|governorates|areas)\b)"
)
# "• Northern district: two raids": what heads the line of a list is where it happened, if it says or looks so.
HEADING = re.compile(
    rf"\s*(?:[•●▪*–—-]\s*(?P<item>{SPAN_NAME}(?:\s+{SPAN_NAME}){{0,2}}(?:\s+{PLACE_NOUN})?)"
    rf"|(?P<place>{SPAN_NAME}(?:\s+{SPAN_NAME}){{0,2}}\s+{PLACE_NOUN}))\s*:\s"
)
PEOPLE_IN = re.compile(r"(?:the\s+)?(?:[a-z-]+\s+){0,2}(?P<people>[a-z]+)\s+(?:in|at|from)\s+(?=\S)")
DATELINE = re.compile(
    r"^\s*(?:[\w’'. ]{0,20}:\s)?(?P<place>[A-Z][A-Za-z’'. -]{2,28}?)(?:,\s[\w ./]+)?\s*(?:\("
    r"(?:[A-Z][\w ./]+)\)\s*)?(?:—|–|--|:|-\s)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words found in a sentence, offsets within its text."""

    start: int
    end: int
    text: str


def find_times(text: str) -> list[Words]:
    """Return the words of time in a sentence, in order."""
    return [_trimmed(m.start(), m.end(), text) for m in WHEN.finditer(text) if m.group().strip()]


def is_deed_or_talk(place: str) -> bool:
    """Say whether words taken for a place begin with a deed, talk or people, and name no kind of place."""
    return bool(DEED_OR_TALK.match(place)) and not KIND_OF_PLACE.search(place.lower())


def _is_where(prep: str, place: str) -> bool:
    """Say whether a phrase behind this word is where it happened; what was hit is a place when it says its kind."""
    if prep in {"hit", "struck", "targeting", "targeted", "shelled", "bombed"}:
        return bool(KIND_OF_PLACE.search(place))
    return prep not in {"of", "to", "from", "into", "over", "between"}


def _plain_lead(place: str) -> bool:
    """Say whether the small words before the name are a noun phrase of place, not a clause."""
    lead = re.split(r"(?=\b[A-ZÀ-Ý])", place, maxsplit=1)[0].split()
    return not any(w in LEAD_BREAKS or (len(w) > 4 and w.endswith("ing") and w not in {"building"}) for w in lead)


def _is_people_only(place: str) -> bool:
    """Say whether the capitalised words of a phrase are a people's or an armed body's ("Turkish", "the RSF")."""
    names = [w for w in re.findall(r"[\w’'-]+", place) if w[:1].isupper()]
    return all(_is_people_word(w) for w in names) or any(w in BODIES for w in place.split())


def _is_people_word(word: str) -> bool:
    noun = person_noun(word)
    nationality = noun is not None and "nationality" in noun.groups
    return nationality or bool(PEOPLES.match(word)) or word.lower() in force_words()


def find_places(text: str) -> list[Words]:
    """Return the words of place in a sentence: behind a preposition of place, with a capitalised name in them.

    A sentence without any takes what heads it ("Northern district: two raids").
    """
    found: list[Words] = []
    at = 0
    while match := WHERE.search(text, at):
        place = _cut(match["place"])
        if (
            place
            and _plain_lead(place)
            and not NOT_PLACE.search(place)
            and not STRETCH.search(place)
            and not _is_people_only(place)
            and _is_where(match["prep"].lower(), place)
        ):
            start = match.start("place") + _people_in_front(place)
            if match["prep"].lower() in {"outside", "near", "inside", "around"}:
                start = match.start("prep")
            found.append(_trimmed(start, match.start("place") + len(place), text))
            at = match.end("place")
        else:
            at = match.end("prep")
    return found or _headings(text)


def _people_in_front(place: str) -> int:
    """Return where the place begins in "the herders in Northfold"."""
    front = PEOPLE_IN.match(place)
    return front.end() if front and person_noun(front["people"]) else 0


def _headings(text: str) -> list[Words]:
    heading = HEADING.match(text)
    if heading is None:
        return []
    group = "item" if heading["item"] else "place"
    place = heading[group]
    if NOT_PLACE.search(place) or _is_people_only(place) or person_noun(place) or person_noun(place.split()[-1]):
        return []
    return [_trimmed(heading.start(group), heading.end(group), text)]


def find_areas(text: str) -> list[Words]:
    """Return areas that a sentence calls by their kind only ("in the demilitarised zone")."""
    return [_trimmed(m.start("place"), m.end("place"), text) for m in AREA.finditer(text)]


def _cut(place: str) -> str:
    """Cut a place at a comma that does not go on with a name, and at what cannot belong to it."""
    if found := NOT_PLACE.search(place):
        place = place[: found.start()].rstrip(" ,")
        place = re.sub(r"\s+(?:in|of|on|at|near|the|and)\s*(?:the)?$", "", place)
    while "," in place and any(w in BODIES for w in place.split()):
        place = place[: place.rindex(",")].rstrip()
    return place if re.search(r"[A-ZÀ-Ý]", place) else ""


def dateline(text: str) -> Words | None:
    """Return the place that opens a report before a dash or a colon ("BEIRUT (AFP) —")."""
    found = DATELINE.match(text[:120])
    return Words(found.start("place"), found.end("place"), found["place"]) if found else None


@cache
def force_words() -> frozenset[str]:
    """Return the words that name or mark armed bodies."""
    return frozenset(row[0] for row in table("forces") if row[1] == "force")


@cache
def _means() -> tuple[tuple[Means, re.Pattern[str]], ...]:
    known = {name: name for name in MEANS}
    return tuple(
        (known[next(m for m in MEANS if m == name)], re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
        for name, pattern in table("means")
    )


def find_means(text: str) -> Means | None:
    """Return how the harm was done as the words of a passage say it: the most telling word wins."""
    for name, pattern in _means():
        if pattern.search(text):
            return name
    return None


def _trimmed(start: int, end: int, text: str) -> Words:
    while start < end and text[start] in " ,\n\t":
        start += 1
    while end > start and text[end - 1] in " ,.\n\t":
        end -= 1
    return Words(start, end, text[start:end])
