"""Finds the runs of words in a report that may be place names: by the gazetteer and the words around, never by a tagger.

A tagger trained on news calls half of the towns of a war persons, so every capitalised run is looked up, the longest
first; what stands before and after it ("in", "town of", "Mr", "Street") and a list of words that are people or plain
English decide whether it is let in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from marsad.resolve.gazetteer import Gazetteer
from marsad.resolve.where_names import CLASS_WORDS, core, fold
from marsad.resolve.where_tables import Words, words

LONGEST = 6
ATOM = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W\d_][^\W_]*(?:['’ʿʼ‘`](?!s\b)[^\W_]+)*['’](?=\s[a-z])?|[^\W\d_][^\W_]*(?:['’ʿʼ‘`](?!s\b)[^\W_]+)*"
)
JOINT = re.compile(r"[ \t]*\n?[ \t]*|[-–‑]|\. ?")
INNER = frozenset(
    [
        "de",
        "la",
        "las",
        "los",
        "del",
        "da",
        "do",
        "das",
        "dos",
        "di",
        "du",
        "des",
        "le",
        "les",
        "el",
        "al",
        "ul",
        "an",
        "as",
        "ash",
        "ar",
        "at",
        "az",
        "ad",
        "ed",
        "ez",
        "es",
        "er",
        "en",
        "of",
        "the",
        "and",
        "y",
        "e",
        "i",
        "in",
        "sur",
        "upon",
        "am",
        "ve",
        "am-i",
        "i-",
    ]
)
ARTICLE_START = re.compile(r"(?:al|el|ul|as|ash|ar|at|az|ad|an|ez|es|er)$")
# Words before a name that make it a place.
PLACE_BEFORE = re.compile(
    r"\b(?:in|near|at|from|to|outside|inside|toward|towards|into|around|across|throughout|through|between|via|on|over|"
    r"(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west|"
    r"northern|southern|eastern|western|central|northeastern|northwestern|southeastern|southwestern|outskirts|suburbs?|"
    r"edges?|(?:country)?side|vicinity|parts|areas?|capital|centre|center|heart|city|town|village|villages|towns|cities|"
    r"province|provinces|district|districts|region|regions|state|states|governorate|governorates|county|camp|port|"
    r"hamlet|municipality|department|neighbou?rhood|suburb|island|valley|km|kilometers|kilometres|miles)"
    r"(?: of| from)?)\s+(?:the |a )?(?:(?:city|town|village|camp|district|province|region) of )?$",
    re.IGNORECASE,
)
STRONG_BEFORE = re.compile(
    r"\b(?:city|town|village|camp|district|province|hamlet|villages|towns|cities|governorate|municipality|suburb|"
    r"neighbou?rhood|department|county|region|island|outskirts)\s+of\s+$",
    re.IGNORECASE,
)
CLASS_BEFORE = re.compile(
    r"\b(city|town|village|camp|province|district|governorate|region|state|county|department|"
    r"municipality|suburb|neighbou?rhood|hamlet|island|river|capital)s?\s+(?:of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
CLASS_AFTER = re.compile(
    r"[’']?s?\s+(city|town|village|camp|province|district|governorate|region|state|county|department|municipality|suburbs?|"
    r"neighbou?rhood|hamlet|countryside|area|airport|provinces|districts|border|oblast|prefecture|river|island)\b",
    re.IGNORECASE,
)
TITLE_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Sheikh|Sheik|Imam|Mullah|Gen|General|Col|Colonel|Maj|Major|Capt|Captain|Lt|"
    r"Lieutenant|Sgt|Sergeant|Const|Sen|Senator|Rep|President|Minister|Judge|Prof|Professor|Pope|Prince|Princess|"
    r"King|Queen|Saint|Bishop|Commander|Mayor|Officer|Detective|Deputy|Secretary|Ayatollah|Sayyid|Abu|Umm|Bin|Ibn|Abdul)\.?\s+$"
)
# Capitalised words that may follow a place name inside a longer name: "Aleppo University", "Kabul Police".
HEADS = frozenset(
    ["council", "police", "university", "college", "school", "hospital", "airport", "bridge", "media", "center", "centre", "observatory", "army", "government", "ministry", "minister", "president", "province", "governorate", "district", "city", "county", "state", "region", "village", "town", "border", "front", "liberation", "revolutionary", "national", "international", "institute", "museum", "team", "times", "post", "news", "radio", "tv", "television", "fire", "department", "court", "court's", "prison", "jail", "station", "stadium", "park", "zoo", "road", "highway", "street", "river", "valley", "mountains", "desert", "peninsula", "island", "islands", "lake", "sea", "gulf", "canal", "dam", "camp", "base", "brigade", "division", "militia", "forces", "force", "guard", "guards", "command", "military", "security", "intelligence", "embassy", "consulate", "parliament", "assembly", "senate", "congress", "party", "union", "league", "association", "federation", "organization", "organisation", "authority", "administration", "commission", "committee", "agency", "bureau", "bank", "exchange", "stock", "airlines", "airways", "company", "corporation", "oil", "gas", "refinery", "power", "plant", "port", "harbour", "harbor", "street", "square", "market", "mosque", "church", "cathedral", "temple", "square", "chamber", "health", "human", "red", "crescent", "central", "general", "public", "high", "supreme", "district", "attorney", "sheriff", "coroner", "mayor", "governor", "prime", "king", "crown", "prince", "ambassador", "foreign", "defence", "defense", "interior", "spring", "war", "revolution", "agreement", "treaty", "accord", "accords", "conference", "summit", "process", "plan", "talks", "game", "games", "olympics", "cup", "open", "marathon", "festival", "nationals", "united", "club", "fc", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "new", "democratic", "islamic", "arab", "kurdish", "kurds", "partnership", "on", "in", "and", "or", "of", "for", "the", "at"]
)  # fmt: skip
ROADS = frozenset(
    [
        "street",
        "road",
        "avenue",
        "lane",
        "drive",
        "boulevard",
        "square",
        "crescent",
        "close",
        "court",
        "terrace",
        "way",
        "hotel",
    ]
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One word of the text, with its offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may be a place: its folded `key` and what its surroundings say.

    `kind_cue`: the kind of place that the words beside it name (gazetteer kind, or "" when none); `strong`: the words
    make it a place even if the gazetteer has no such name; `demonym`: ISO code when it names people of a country.
    """

    start: int
    end: int
    text: str
    key: str
    cued: bool
    strong: bool
    kind_cue: str
    initial: bool
    in_name: bool
    demonym: str | None = None
    known: bool = True
    person: bool = False


def atoms_of(text: str) -> list[Atom]:
    """Return the words of `text`; a possessive "'s" is not part of one."""
    return [Atom(m.start(), m.end(), m.group()) for m in ATOM.finditer(text)]


def is_shouting(text: str) -> bool:
    """Tell whether a text is in capitals throughout, so that capitals mark nothing."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def find_candidates(text: str, gazetteer: Gazetteer, *, shouting: bool | None = None) -> list[Candidate]:
    """Return the possible place names of `text`, in order and without overlap."""
    scan = _Scan(text, gazetteer, is_shouting(text) if shouting is None else shouting)
    return list(scan.run())


class _Scan:
    def __init__(self, text: str, gazetteer: Gazetteer, shouting: bool) -> None:
        self.text, self.gazetteer, self.shouting = text, gazetteer, shouting
        self.atoms = atoms_of(text)
        self.words: Words = words()

    def run(self) -> Iterator[Candidate]:
        at = 0
        while at < len(self.atoms):
            found, used = self.longest(at)
            if found is not None:
                yield found
            at += used

    def longest(self, at: int) -> tuple[Candidate | None, int]:
        """Return the longest candidate that starts at word `at`, and how many words to go on."""
        first = self.atoms[at]
        if not self.opens(at):
            return None, 1
        ends = self.ends(at)
        for n in reversed(ends):
            candidate = self.candidate(at, n)
            if candidate is not None:
                return candidate, n
        if fold(first.text) not in self.words.never and self.strong_cue(first.start):
            n = self.name_length(at, ends)
            return self.unknown(at, n), n
        return None, 1

    def opens(self, at: int) -> bool:
        atom = self.atoms[at]
        if self.shouting:
            return len(atom.text) > 2 or "." in atom.text
        if atom.text[0].isupper():
            return True
        following = self.atoms[at + 1] if at + 1 < len(self.atoms) else None
        return bool(
            following is not None
            and ARTICLE_START.match(atom.text)
            and following.text[0].isupper()
            and self.text[atom.end : following.start] in ("-", " ", "–")
        )

    def ends(self, at: int) -> list[int]:
        """Return the lengths in words of the runs that start at `at` and may be one name."""
        out = [1]
        for n in range(2, LONGEST + 1):
            if at + n > len(self.atoms):
                break
            left, right = self.atoms[at + n - 2], self.atoms[at + n - 1]
            joint = self.text[left.end : right.start]
            if not JOINT.fullmatch(joint) or (joint.startswith(".") and len(left.text) > 2 and "." not in left.text):
                break
            small = right.text.lower() in INNER
            if not right.text[0].isupper() and not small:
                break
            if right.text[0].isupper():
                out.append(n)
        if not self.atoms[at].text[0].isupper():
            out.remove(1)
        return out

    def candidate(self, at: int, n: int) -> Candidate | None:
        start, end = self.atoms[at].start, self.atoms[at + n - 1].end
        text = self.text[start:end]
        if text[-1] in "'’":
            end, text = end - 1, text[:-1]
        key = fold(text)
        if n == 1 and not self.single_may_be(at, key):
            return None
        demonym = self.words.demonyms.get(key)
        if demonym is None and key not in self.words.countries and not self.is_name(text, key):
            return None
        return self.judged(at, n, Candidate(start, end, text, key, False, False, "", False, False, demonym))

    def is_name(self, text: str, key: str) -> bool:
        return self.gazetteer.known(key) or (text[:3].lower() in ("al-", "al ") and self.gazetteer.known(core(text)))

    def single_may_be(self, at: int, key: str) -> bool:
        atom = self.atoms[at]
        if key in ("us", "uk", "eu", "uae", "drc", "prc", "roc", "car"):
            return (atom.text.isupper() and not self.shouting) or "." in atom.text
        if len(key) < 3 or (
            atom.text.isupper() and len(key) <= 4 and not self.shouting and key not in self.words.countries
        ):
            return bool(re.fullmatch(r"T-?\d", atom.text))
        return key not in self.words.never

    def judged(self, at: int, n: int, bare: Candidate) -> Candidate:
        before = self.text[max(0, bare.start - 40) : bare.start]
        after = self.text[bare.end : bare.end + 24]
        kind_cue = self.kind_cue(before, after)
        previous, following = self.neighbour(at - 1, at), self.neighbour(at + n, at + n - 1)
        initial = self.starts_sentence(bare.start)
        person = bool(TITLE_BEFORE.search(before)) or (n == 1 and bare.key in self.words.persons)
        return replace(
            bare,
            cued=bool(PLACE_BEFORE.search(before)) or bool(kind_cue),
            strong=bool(STRONG_BEFORE.search(before)),
            kind_cue=kind_cue,
            initial=initial,
            in_name=self.inside_name(previous, following),
            person=person,
        )

    def kind_cue(self, before: str, after: str) -> str:
        found = CLASS_AFTER.match(after) or CLASS_BEFORE.search(before)
        if not found:
            return ""
        word = found[1].lower().rstrip("s")
        if word in ("countryside", "region", "province", "governorate", "suburb"):
            return "1" if word != "suburb" else "P"
        return CLASS_WORDS.get(word, "")

    def neighbour(self, at: int, beside: int) -> str:
        """Return the capitalised word beside a run, if nothing but a space parts them; else ""."""
        if not 0 <= at < len(self.atoms):
            return ""
        left, right = sorted((self.atoms[at], self.atoms[beside]), key=lambda a: a.start)
        gap = self.text[left.end : right.start]
        word = self.atoms[at].text
        return word if gap in (" ", "-") and word[0].isupper() and not self.shouting else ""

    def inside_name(self, previous: str, following: str) -> bool:
        """Tell whether a run is part of a longer name that is no place: "Jack London", "Trafalgar Street"."""
        if following and fold(following) in ROADS:
            return True
        loose_next = bool(following) and fold(following) not in HEADS and fold(following) not in self.words.demonyms
        loose_before = bool(previous) and not self.opens_freely(previous)
        return loose_next or loose_before

    def opens_freely(self, word: str) -> bool:
        key = fold(word)
        return (
            key in self.words.never or key in self.words.demonyms or key in CLASS_WORDS or key in self.words.countries
        )

    def starts_sentence(self, start: int) -> bool:
        head = self.text[max(0, start - 4) : start].rstrip(" \t\"“”'‘’([")
        return not head or head[-1] in ".!?:;•\n" or "\n" in self.text[max(0, start - 2) : start]

    def strong_cue(self, start: int) -> bool:
        return not self.shouting and bool(STRONG_BEFORE.search(self.text[max(0, start - 40) : start]))

    def name_length(self, at: int, ends: list[int]) -> int:
        return ends[-1] if ends else 1

    def unknown(self, at: int, n: int) -> Candidate:
        start, end = self.atoms[at].start, self.atoms[at + n - 1].end
        text = self.text[start:end]
        before, after = self.text[max(0, start - 40) : start], self.text[end : end + 24]
        return Candidate(
            start, end, text, fold(text), True, True, self.kind_cue(before, after), False, False, known=False
        )
