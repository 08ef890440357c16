"""Numbers that count nobody: years, hours, shares, money, distances, numbers in the names of units, roads and laws.

Also two figures that ran together over a full stop, and people driven out who were counted as hurt as well.
"""

import re
from dataclasses import replace

from marsad.extract.lexicon import person_noun
from marsad.model import Claim, Extraction, Span
from marsad.vocabulary import Harm

NUMBER = re.compile(r"\d[\d,.]*\d|\d")
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
YEAR = re.compile(r"(?:19|20)\d\d")
NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
IN_A_DATE = re.compile(
    rf"(?:\b{MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?,?\s+|\b(?:in|since|until|by|during|before|after|of|year|early|late|mid)[\s-]+"
    r"|\d[./-])$",
    re.IGNORECASE,
)
DAY_OF_A_MONTH = re.compile(
    rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\b(?!\s+(?:\d+\s+)?(?:people|others))", re.IGNORECASE
)
# Whole names only: "a unit 12 people strong" has no capital.
NAME_BEFORE = re.compile(
    r"\b(?:Brigade|Regiment|Battalion|Division|Unit|Squadron|Company|Army|Corps|Resolution|Law|Act|Article|Decree|Order|Section"
    r"|Chapter|Protocol|Route|Road|Highway|Motorway|Street|Avenue|Exit|Interstate|Flight|Boeing|Airbus|Camp|Block|Sector|Zone"
    r"|Area|Ward|District|Checkpoint|Gate|Point|Hill|Room|Tower|Channel|Radio|Group|Room|Apartment|Case|File|Chapter|Table"
    r"|Figure|Page|No\.?|Nr\.?|Number)\s+$|#$"
)
NAME_BEHIND = re.compile(
    r"(?:st|nd|rd|th)?\s+(?:\w+\s+)?(?:Brigade|Regiment|Battalion|Division|Squadron|Corps|Army\s+Group|Street|Avenue)\b"
)
NAMED_PLACE = re.compile(
    r"\b(?!(?:In|At|On|Near|From|The|Of|To|Around|Outside|Inside|Behind|By)\b)[A-Z][\w’'-]+\s+(?:Camp|Gate|Road|Highway|Motorway|Street"
    r"|Avenue|Hill|Tower|District|Ward|Area|Checkpoint|Zone|Block)\s+$"
)
"""A place whose name is whole: the number behind "Southgate Camp" is no part of it, that behind "in Sector" is."""
MONEY_BEFORE = re.compile(r"(?:[$€£¥₪]|\b(?:USD|EUR|GBP|US\$))\s*$")
HOUR = re.compile(r"[:.]\d\d(?!\d)\s*(?:a\.?m|p\.?m|hours|hrs|GMT|UTC|local)\b|:\d\d(?!\d)", re.IGNORECASE)
HOUR_BEFORE = re.compile(r"\d:$")
THING_BEHIND = re.compile(
    r"\s*(?:%|per\s?cent\b|percent\b|percentage\b)|\s?(?:km|kms|kilomet(?:re|er)s?|met(?:re|er)s?|miles?|mm|cm|kg|tons?|tonnes?"
    r"|hectares?|acres?|a\.m\.?|p\.m\.?|am|pm|GMT|UTC|o[’']clock|hours?|minutes?|dollars|euros|pounds\s+sterling)(?!\w)"
    r"|-(?:mm|km|kg|meter|metre|mile|calibre|caliber)\b",
    re.IGNORECASE,
)
RAN_TOGETHER = re.compile(r"(?P<one>.*?(?P<first>\d[\d,]*))[.!?]\s+(?P<other>(?P<second>\d[\d,]*)(?:\s.*)?)", re.DOTALL)
DRIVEN_OUT = re.compile(
    r"\s+(?:(?!and\b|or\b|but\b|killed|dead|wounded|injured|hurt)[\w-]+\s+){0,3}?(?:displaced|homeless|uprooted|driven\s+out|evacuated)\b"
    r"(?=\s*(?:$|[^\w\s]|and\b|in\b|by\b|from\b|since\b|after\b|when\b|as\b|to\b|on\b|during\b|across\b|so\b))",
    re.IGNORECASE,
)
HURT: frozenset[Harm] = frozenset({"killed", "injured", "casualties"})


def without_numbers_of_things(found: Extraction, text: str) -> Extraction:
    """Return the claims whose digits count people; those driven out are no injured, and no span holds two figures."""
    parted = (_parted(claim, text) for claim in found.claims)
    told = [_driven_out(claim, text) for claim in parted if not _is_thing(claim, text)]
    kept: list[Claim] = []
    for claim in told:
        if not (claim.harm == "displaced" and any(_is_same(claim, one) for one in kept)):
            kept.append(claim)
    ids = {claim.id for claim in kept}
    links = tuple(link for link in found.links if {link.left, link.right} <= ids)
    return replace(found, claims=tuple(kept), links=links)


def _number(claim: Claim) -> tuple[int, int] | None:
    """Return where the digits of a claim's figure stand in the text, None if it has none there."""
    if claim.span.within != "text" or claim.count.stated is None:
        return None
    for digits in NUMBER.finditer(claim.span.quote):
        if digits.group().replace(",", "") == str(claim.count.stated):
            return claim.span.start + digits.start(), claim.span.start + digits.end()
    return None


def _is_thing(claim: Claim, text: str) -> bool:
    place = _number(claim)
    if place is None:
        return False
    start, end = place
    before = text[max(0, start - 30) : start]
    if NAME_BEFORE.search(before):
        return not (NAMED_PLACE.search(before) and _is_of_people(text, end))
    if MONEY_BEFORE.search(before) or HOUR_BEFORE.search(before):
        return True
    if HOUR.match(text, end) or THING_BEHIND.match(text, end) or NAME_BEHIND.match(text, end):
        return True
    if DAY_OF_A_MONTH.match(text, end) and claim.count.stated is not None and claim.count.stated <= 31:
        return True
    if not (YEAR.fullmatch(text[start:end]) and IN_A_DATE.search(before)):
        return False
    return not _is_of_people(text, end)


def _is_of_people(text: str, end: int) -> bool:
    """Say whether the word behind a number is one for people."""
    behind = NEXT_WORD.match(text, end)
    return behind is not None and person_noun(behind.group(1)) is not None


def _parted(claim: Claim, text: str) -> Claim:
    """Keep the figure of a claim from what the next sentence begins with: "wounded 30. 1,200 were"."""
    both = RAN_TOGETHER.fullmatch(claim.span.quote)
    if both is None or claim.span.within != "text":
        return claim
    mine = str(claim.count.stated)
    group = "one" if both["first"].replace(",", "") == mine else "other"
    if group == "other" and both["second"].replace(",", "") != mine:
        return claim
    start, end = claim.span.start + both.start(group), claim.span.start + both.end(group)
    words = text[start:end]
    said = claim.victims.span
    inside = said is not None and start <= said.start and said.end <= end
    victims = claim.victims if inside else replace(claim.victims, text=None, span=None)
    count = claim.count if claim.count.words in words else replace(claim.count, words=words)
    return replace(claim, span=Span(start, end, words), victims=victims, count=count)


def _driven_out(claim: Claim, text: str) -> Claim:
    place = _number(claim)
    if claim.harm not in HURT or place is None or not DRIVEN_OUT.match(text, place[1]):
        return claim
    return replace(claim, harm="displaced")


def _is_same(claim: Claim, other: Claim) -> bool:
    return (
        other.harm == claim.harm
        and other.count.stated == claim.count.stated
        and other.span.within == claim.span.within
        and other.span.start < claim.span.end
        and claim.span.start < other.span.end
    )
