"""What stands where: the claims of a report in order, with the words around and between them, computed once."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.model import Claim, Report
from marsad.nature import NATURE
from marsad.passages import Passage, paragraphs, sentences
from marsad.tally.people import KIND_OF, TOKEN, kinds_of, relation
from marsad.vocabulary import Harm

STOP = frozenset(
    re.findall(
        r"\w+",
        "the a an of in at to and its their his her were was are is had have has been by from with for on "
        "more than about least over nearly up some many several most dozens hundreds thousands one two three "
        "four five six seven eight nine ten eleven twelve another additional further that who which those "
        "these this as well also reported said year old aged ages both all them they he she it other others",
    )
)
GAPS = (
    ("including", re.compile(r"\binclud(?:e|es|ed|ing)\b|\bamong(?:st)? (?:them|whom|those|the)\b|\bnamely\b", re.I)),
    ("of whom", re.compile(r"\bof (?:whom|them|these|which|those)\b", re.I)),
    ("with", re.compile(r"^\W*(?:with|as well as|plus|along with|in addition to|alongside)\s*$", re.I)),
    ("colon", re.compile(r"^[^.!?]{0,40}(?::|[-–—]{1,2})\s*(?:[•●▪*–-]\s*)?$")),
    ("bracket", re.compile(r"^\s*[(\[]\s*$")),
    ("and", re.compile(r"^[\s,;]*(?:and|&|or|but)\s*(?:also)?\s*$", re.I)),
    ("comma", re.compile(r"^\s*[,;)]+\s*$")),
    ("and verb", re.compile(r"^[^.!?\n]{0,60}\b(?:and|while|but|as)\b[^.!?\n]{0,60}$", re.I)),
)
OPENING = frozenset({"including", "of whom", "colon", "bracket", "nested"})
ITEM_END = re.compile(r"^[^.!?:]{0,60}(?:[,;]|[,;]?\s*\band)\s*$", re.I)
AMONG_THEM = re.compile(r"\s*(?:of|among|amongst) (?:them|whom)\b", re.I)
REACH = 4
"""How many claims back an "including" may reach."""
HEAD_SENTENCES = 3
"""How many sentences before a list may give its totals."""
COORDINATE = frozenset({"and", "comma", "with"})
PRONOUN = re.compile(r"^(?:he|she|they|him|her|them|it|who|whom|both|his|i|we)\b", re.I)
DEFINITE = re.compile(r"^(?:the|this|that|these|those|all|both|all of the)\b", re.I)
OTHER = re.compile(r"\b(?:others?|another|more|additional|further|remaining|rest|fellow|also)\b(?! than)", re.I)
PARTITIVE = re.compile(r"^[\w,\-–’' ]{1,30}?\bof (?:them|whom|the|those|these|its|his|her|their|which)\b", re.I)
ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|final|last)\b", re.I)
TOTAL = re.compile(
    r"\b(?:total|overall|altogether|combined|in all|toll|overall|death toll|bring(?:s|ing)?|brought)\b", re.I
)
RISEN = re.compile(r"\b(?:ris(?:e|es|en|ing)|rose|climb\w*|increas\w*|rais\w*|updat\w*|revis\w*|later|now)\b", re.I)
EARLIER = re.compile(r"\b(?:earlier|initial\w*|previous\w*|at first|preliminary|first reports?)\b", re.I)
TOTALLING = re.compile(r"\b(?:total|overall|altogether|combined|in all|bring(?:s|ing)?|brought|tak(?:ing|es))\b", re.I)
AGE = re.compile(r"\b(\d{1,2})-? ?(?:years?|months?)-? ?old\b|\baged? (\d{1,2})\b|, ?(\d{1,2})(?=,|\)|$| and)", re.I)
NAME = re.compile(r"\b[A-Z][\w’'.-]*[a-z][\w’'.-]*(?: (?:al-|el-|bin |abu |de |van )?[A-Z][\w’'.-]+)+")
BULLET = re.compile(r"\s*(?:[•●▪*–-]\s|\d{1,2}[.)]\s|[^\W\d_]{3,12}(?: \d{1,2})?:\s)")


Tellings = list[list[int]]
"""Groups of places in the scene that tell of the same harm to the same people, each in text order."""
UNDER_CASUALTIES = frozenset({"killed", "injured", "missing"})


def harm_holds(whole: Harm, part: Harm) -> bool:
    """Tell whether people of one harm can hold people of another: the same harm, or casualties."""
    return whole == part or (whole == "casualties" and part in UNDER_CASUALTIES)


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim, with what its words and its place in the text say; offsets count in `Scene.text`."""

    claim: Claim
    at: int
    start: int
    end: int
    sentence: int
    paragraph: int
    words: frozenset[str]
    head: str
    given_name: str
    said: str
    kinds: frozenset[str]
    ages: frozenset[str]
    gap: str
    gap_text: str
    lead: str
    opener: int
    chain: str
    marks: frozenset[str]
    where: frozenset[str]
    who: frozenset[str]
    list_head: Passage | None
    natural: bool
    larger: int
    rank: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A report's claims in text order, and the text they stand in (after the title, if claims stand there)."""

    text: str
    facts: tuple[Fact, ...]
    shouted: bool


def other_items(a: Fact, b: Fact) -> bool:
    """Tell whether two claims stand in two items of one list: neither can hold the other."""
    return a.list_head is not None and a.list_head == b.list_head and a.paragraph != b.paragraph


def of_other_causes(a: Fact, b: Fact) -> bool:
    """Tell whether nature did what one claim tells, and somebody what the other does: they share no dead."""
    return a.natural != b.natural and _was_done(b if a.natural else a) and not (a if a.natural else b).who


def _was_done(fact: Fact) -> bool:
    return bool(fact.who or fact.claim.means)


def set_scene(report: Report, claims: Sequence[Claim]) -> Scene:
    """Return the claims of `report` in text order, each with its surroundings; linear in the length of the text."""
    title = f"{report.title}\n\n" if report.title and any(c.span.within == "title" for c in claims) else ""
    text = title + report.text
    shouted = sum(map(str.isupper, text)) > 2 * sum(map(str.islower, text))

    def offset(claim: Claim) -> int:
        return claim.span.start + (0 if claim.span.within == "title" else len(title))

    ordered = sorted(claims, key=lambda c: (offset(c), -(c.span.end - c.span.start), c.id))
    sentence_starts = [p.start for p in sentences(text)]
    blocks = list(paragraphs(text))
    block_starts = [p.start for p in blocks]
    heads = _list_heads(text, blocks, sentence_starts)
    natural = {bisect_right(sentence_starts, found.start()) for found in NATURE.finditer(text)}
    facts: list[Fact] = []
    for at, claim in enumerate(ordered):
        start = offset(claim)
        paragraph = max(0, bisect_right(block_starts, start) - 1)
        sentence = bisect_right(sentence_starts, start)
        fact = _fact(text, claim, (at, start, sentence, paragraph), facts, heads)
        facts.append(replace(fact, natural=sentence in natural) if natural else fact)
    return Scene(text, tuple(facts), shouted)


def _list_heads(text: str, blocks: list[Passage], sentence_starts: list[int]) -> dict[int, Passage]:
    """Map each paragraph that is a list item to the words that open its list: the last sentences before it."""
    heads: dict[int, Passage] = {}
    for at, block in enumerate(blocks):
        if at and BULLET.match(text, block.start):
            opening = blocks[at - 1]
            if at - 1 in heads:
                heads[at] = heads[at - 1]
            elif text[opening.start : opening.end].rstrip().endswith((":", "-", "–")):
                last = bisect_right(sentence_starts, opening.end - 1)
                heads[at] = Passage(sentence_starts[max(0, last - HEAD_SENTENCES)], opening.end)
    return heads


def _fact(
    text: str, claim: Claim, place: tuple[int, int, int, int], before: list[Fact], heads: dict[int, Passage]
) -> Fact:
    at, start, sentence, paragraph = place
    end = start + len(claim.span.quote)
    said = claim.span.quote + " " + (claim.victims.text or "") + " " + " ".join(claim.victims.groups)
    tokens = [t.lower() for t in TOKEN.findall(said)]
    quoted = [t for t in TOKEN.findall(claim.span.quote) if not t[0].isdigit()]
    kinds = kinds_of(tokens)
    floor = before[-1].end if before else 0
    gap_text = text[max(floor, start - 160) : start] if start >= floor else ""
    gap = _gap(gap_text, start < floor, sentence != before[-1].sentence if before else True)
    if gap in ("comma", "and", "words") and AMONG_THEM.match(text, end):
        gap = "of whom"
    lead = text[max(0, start - 60) : start]
    opener = _opener((gap, gap_text), claim, kinds, before)
    return Fact(
        claim=claim,
        at=at,
        start=start,
        end=end,
        sentence=sentence,
        paragraph=paragraph,
        head=_head(quoted),
        given_name=_given_name(quoted, claim),
        said=" ".join(quoted).lower(),
        words=frozenset(t for t in tokens if t not in STOP and t not in KIND_OF and not t[0].isdigit()),
        kinds=kinds,
        ages=frozenset(a or b or c for a, b, c in AGE.findall(claim.span.quote + text[end : end + 6])),
        gap=gap,
        gap_text=gap_text,
        lead=lead,
        opener=opener,
        chain="" if opener < 0 else gap if gap in OPENING else before[-1].chain,
        marks=_marks(text, claim, start, end),
        where=_place_words(claim),
        who=frozenset(w for p in claim.perpetrators for w in _content(p.text)),
        list_head=heads.get(paragraph),
        natural=False,
        larger=_nearest_larger(claim, kinds, before),
        rank=sum(f.claim.harm == claim.harm for f in before),
    )


def _head(quoted: list[str]) -> str:
    """Return the noun that a short phrase ends on ("fighters" of "three Kurdish fighters"), before any "of", "who"."""
    out = ""
    for word in quoted:
        if word.lower() in ("of", "from", "in", "who", "and", "at", "with", "killed", "dead", "wounded", "injured"):
            break
        out = word.lower()
    return out


def _given_name(quoted: list[str], claim: Claim) -> str:
    """Return the consonants of a single person's first capitalised name, so that spellings of one name agree."""
    if claim.count.stated != 1:
        return ""
    for word in quoted:
        low = word.lower()
        if word[0].isupper() and low not in STOP and low not in KIND_OF and len(low) > 2:
            return low[0] + re.sub(r"[aeiouy’']|(.)(?=\1)", "", low[1:])
    return ""


def _nearest_larger(claim: Claim, kinds: frozenset[str], before: list[Fact]) -> int:
    """Return the place of the nearest earlier claim of the harm that could hold this one by number and kind, or -1."""
    return next((f.at for f in reversed(before) if _could_open(f, claim, kinds) and _not_narrower(f, kinds)), -1)


def _not_narrower(fact: Fact, kinds: frozenset[str]) -> bool:
    return relation(fact.kinds, kinds) != "narrower"


def _gap(gap_text: str, nested: bool, parted: bool) -> str:
    if nested:
        return "nested"
    tail = gap_text[-60:]
    if parted:
        return "including" if GAPS[0][1].search(re.split(r"[.!?\n]", tail)[-1][-24:]) else "sentence"
    for name, pattern in GAPS:
        if pattern.search(tail if name in ("including", "of whom") else gap_text):
            return name
    return "words"


def _opener(gap: tuple[str, str], claim: Claim, kinds: frozenset[str], before: list[Fact]) -> int:
    """Return the place of the claim that an "including" chain hangs on, or -1.

    It is the nearest claim before the "including" that could hold this one by harm and number; one that does not
    stand right before it must be of a fitting kind too.
    """
    if gap[0] in OPENING:
        near = before[: -REACH - 1 : -1]
        return next((f.at for f in near if _could_open(f, claim, f.kinds if f is near[0] else kinds)), -1)
    if gap[0] != "sentence" and before and before[-1].opener >= 0 and _goes_on(gap, before[-1]):
        opener = before[before[-1].opener]
        return opener.at if _could_open(opener, claim, opener.kinds) else -1
    return -1


def _goes_on(gap: tuple[str, str], last: Fact) -> bool:
    """Tell whether a chain goes on: "and" or a comma; after a colon, whatever ends on one ("9 in the north, 4 …")."""
    return gap[0] in COORDINATE or (last.chain == "colon" and ITEM_END.search(gap[1]) is not None)


def _could_open(fact: Fact, claim: Claim, kinds: frozenset[str]) -> bool:
    x, y = fact.claim.count.stated, claim.count.stated
    larger = x is None or y is None or x > y
    return larger and harm_holds(fact.claim.harm, claim.harm) and relation(fact.kinds, kinds) != "apart"


def _marks(text: str, claim: Claim, start: int, end: int) -> frozenset[str]:
    said, lead, tail = claim.span.quote, text[max(0, start - 50) : start], text[end : end + 40]
    lead = lead[max(lead.rfind(". "), lead.rfind("\n")) + 1 :]
    found = {
        "pronoun": PRONOUN.search(said),
        "definite": DEFINITE.search(said) or re.search(r"\b(?:the|these|those|all)\s*$", lead, re.I),
        "other": OTHER.search(said) or re.search(r"\b(?:another|other|additional|further)\s*$", lead, re.I),
        "partitive": PARTITIVE.search(said) or re.match(r"\s*of (?:them|whom|the|those|these)\b", tail),
        "ordinal": ORDINAL.search(said),
        "total": TOTAL.search(said)
        or TOTALLING.search(lead[-40:])
        or re.match(r"[^.\n]{0,25}\b(?:in total|in all)\b", tail),
        "risen": RISEN.search(said) or RISEN.search(lead[-40:]),
        "earlier": EARLIER.search(said) or EARLIER.search(lead),
        "named": claim.count.stated == 1 and NAME.search(said),
        "identified": re.search(r"\b(?:identified|named)\b(?: \w+)? (?:as|by)|\bname[sd]?\b", lead + said + tail, re.I),
    }
    return frozenset(name for name, hit in found.items() if hit)


def _content(words: str | None) -> frozenset[str]:
    return frozenset(t for t in (w.lower() for w in TOKEN.findall(words or "")) if t not in STOP)


def _place_words(claim: Claim) -> frozenset[str]:
    return _content(claim.where.text) if claim.where else frozenset()
