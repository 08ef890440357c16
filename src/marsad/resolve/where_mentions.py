"""Finds the runs of words that may be place names: by the gazetteer and the words around, never by a tagger.

A tagger trained on news calls half of the towns of a war persons, so every capitalised run is looked up, the longest
first; what stands before and after it ("in", "town of", "Mr", "Street") and lists of words that are people or plain
English go with it, for the chooser to judge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from marsad.resolve.gazetteer import Gazetteer
from marsad.resolve.where_cues import is_cued, is_dateline, is_strong, is_titled, kind_cue, speaks
from marsad.resolve.where_names import CLASS_WORDS, core, fold
from marsad.resolve.where_tables import Words, words

LONGEST = 6
LOOK_BEHIND, LOOK_AHEAD = 40, 24
ATOM = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_][^\W_]*(?:['’ʿʼ‘`](?!s\b)[^\W_]+)*")
JOINT = re.compile(r"[ \t]*\n?[ \t]*|[-–‑]|\. ?")
_INNER = (
    "de la las los del da do das dos di du des le les el al ul an as ash ar at az ad ed ez es er en of the and y e i "
    "sur upon am ve"
)
INNER = frozenset(_INNER.split())
ARTICLES = frozenset("al el ul as ash ar at az ad an ez es er".split())  # noqa: SIM905
ENGLISH_ARTICLES = frozenset({"as", "at", "an", "en", "er", "es", "ad"})
CONTRACTED = re.compile(r"['’](?:ve|ll|re|d|m|t)$", re.IGNORECASE)
ARTICLED = re.compile(r"(?:al|as|ash|ar|ad|at|az|an|el|es|ez)[- ]", re.IGNORECASE)
# Abbreviations that are also words: they count only in capitals or with dots.
CAPITALS_ONLY = frozenset("us uk eu uae drc prc roc car fata loc".split())  # noqa: SIM905
OPEN_MARKS = " \t\"“”'‘’(["


class Atom(NamedTuple):
    """One word of the text, with its offsets."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of words that may be a place: its folded `key` and what its surroundings say.

    `kind_cue`: the kind of place that the words beside it name (gazetteer kind, or ""); `strong`: they make it a place
    even if the gazetteer has no such name (`known` False); `demonym`: ISO code when it names people of a country;
    `short`: unit and country that an abbreviation stands for; `person`: a name that people bear; `titled`: it follows
    a title or a given name; `based`: "London-based", where somebody sits; `speaks`: "said" or "who" follows;
    `facility`: it is part of the name of a school, mosque or square; `in_name`: of another.
    """

    start: int
    end: int
    text: str
    key: str
    cued: bool = False
    strong: bool = False
    kind_cue: str = ""
    initial: bool = False
    in_name: bool = False
    demonym: str | None = None
    known: bool = True
    person: bool = False
    titled: bool = False
    facility: bool = False
    article: bool = False
    short: tuple[str, str] | None = None
    based: bool = False
    speaks: bool = False


def atoms_of(text: str) -> list[Atom]:
    """Return the words of `text`; a possessive "'s" is not part of one."""
    return [Atom(m.start(), m.end(), m.group()) for m in ATOM.finditer(text)]


def is_shouting(text: str) -> bool:
    """Tell whether a text is in capitals throughout, so that capitals mark nothing."""
    head = text[:2000]
    upper = sum(map(str.isupper, head))
    return upper > 20 and upper > 2 * sum(map(str.islower, head))


def is_headline(text: str) -> bool:
    """Tell whether most words of a short text begin with capitals, as in a headline."""
    long = [w for w in text[:600].split() if len(w) > 3 and w[0].isalpha()]
    return len(text) < 600 and len(long) > 3 and sum(w[0].isupper() for w in long) > 0.7 * len(long)


def find_candidates(text: str, gazetteer: Gazetteer, *, shouting: bool) -> list[Candidate]:
    """Return the possible place names of `text`, in order and without overlap."""
    return list(_Scan(text, gazetteer, shouting).run())


class _Scan:
    def __init__(self, text: str, gazetteer: Gazetteer, shouting: bool) -> None:
        self.text, self.gazetteer, self.shouting = text, gazetteer, shouting
        self.atoms = atoms_of(text)
        self.words: Words = words()
        # In capitals throughout, or in a headline, a capital beside a name does not make them one name.
        self.loud = shouting or is_headline(text)

    def run(self) -> Iterator[Candidate]:
        at = 0
        while at < len(self.atoms):
            found, used = self.longest(at) if self.opens(at) else (None, 1)
            if found is not None:
                yield found
            at += used

    def opens(self, at: int) -> bool:
        """Tell whether a name may start here: at a capital, or at an article before one."""
        atom = self.atoms[at]
        if atom.text[0].isupper():
            return not self.shouting or len(atom.text) > 2 or "." in atom.text or atom.text in ("LA", "EL", "AL")
        if atom.text not in ARTICLES or at + 1 == len(self.atoms):
            return False
        following = self.atoms[at + 1]
        gap = self.text[atom.end : following.start]
        # "at Cairo" and "as Syria" are English; "at-Tanf" and "as-Suwayda" are names.
        joined = gap in ("-", "–") or (gap == " " and atom.text not in ENGLISH_ARTICLES)
        return following.text[0].isupper() and joined

    def longest(self, at: int) -> tuple[Candidate | None, int]:
        """Return the longest candidate that starts at word `at`, and how many words to go on."""
        lengths = self.lengths(at)
        for n in reversed(lengths):
            candidate = self.candidate(at, n)
            if candidate is not None:
                on_road = self.neighbour(at + n, at + n - 1) in self.words.roads and candidate.demonym is None
                return (None, n + 1) if on_road else (candidate, n)
        first = self.atoms[at].text
        if not self.shouting and len(first) > 1 and fold(first) not in self.words.never:
            n = self.plain_length(at, lengths)
            start, end = self.atoms[at].start, self.atoms[at + n - 1].end
            before, after = self.beside(start, end)
            if is_strong(before, after) and not is_titled(before):
                said = self.text[start:end]
                cue = kind_cue(before, after)
                return Candidate(start, end, said, fold(said), True, True, cue, known=False), n
        return None, 1

    def lengths(self, at: int) -> list[int]:
        """Return the lengths in words of the runs that start at `at` and may be one name."""
        out = [1] if self.atoms[at].text[0].isupper() else []
        for n in range(2, LONGEST + 1):
            if at + n > len(self.atoms):
                break
            left, right = self.atoms[at + n - 2], self.atoms[at + n - 1]
            joint = self.text[left.end : right.start]
            if not JOINT.fullmatch(joint) or (joint[:1] == "." and len(left.text) > 2):
                break
            if right.text[0].isupper():
                out.append(n)
            elif right.text not in INNER:
                break
        return out

    def plain_length(self, at: int, lengths: list[int]) -> int:
        """Return the longest length without small words such as "and" inside, for names that nobody knows."""
        best = 1 if not lengths else lengths[0]
        for n in lengths:
            small = [a.text for a in self.atoms[at : at + n] if not a.text[0].isupper()]
            if all(word in ARTICLES for word in small):
                best = n
        return best

    def beside(self, start: int, end: int) -> tuple[str, str]:
        return self.text[max(0, start - LOOK_BEHIND) : start], self.text[end : end + LOOK_AHEAD]

    def candidate(self, at: int, n: int) -> Candidate | None:
        """Return the run of `n` words at `at` with its surroundings if any list knows it as a name."""
        start, end = self.atoms[at].start, self.atoms[at + n - 1].end
        said = self.text[start:end]
        if n == 1:
            short = self.shortened(start, end)
            if short is not None:
                return short
            if not self.single_may_be(said):
                return None
        elif self.atoms[at].text.lower() == "the" and all(
            fold(a.text) in self.words.never for a in self.atoms[at + 1 : at + n]
        ):
            # "THE CAPITAL" in a report in capitals is no place, though somewhere one bears that name.
            return None
        key = fold(said)
        demonym = self.words.demonyms.get(key)
        article = bool(ARTICLED.match(said))
        known = demonym or key in self.words.countries or self.gazetteer.known(key)
        if not known and not (article and self.gazetteer.known(core(said))):
            return None
        before, after = self.beside(start, end)
        previous, following = self.neighbour(at - 1, at), self.neighbour(at + n, at + n - 1)
        cue = kind_cue(before, after)
        dateline = is_dateline(start, self.text[end : end + 80]) and not self.text[:start].strip(OPEN_MARKS)
        facility = following in self.words.facilities and following not in ("state",)
        return Candidate(
            start,
            end,
            said,
            key,
            cued=is_cued(before) or bool(cue) or dateline,
            strong=is_strong(before, after) and not facility,
            kind_cue=cue,
            initial=self.starts_sentence(start),
            in_name=not facility and not demonym and self.inside_name(previous, following),
            demonym=demonym,
            person=n == 1 and not dateline and key in self.words.persons,
            speaks=speaks(after),
            titled=is_titled(before) or previous in self.words.persons,
            facility=facility,
            article=article,
            based=after.startswith(("-based", " based", "‑based")),
        )

    def shortened(self, start: int, end: int) -> Candidate | None:
        """Return the state that an abbreviation stands for: "B.C." anywhere, "Mo." and "NV" after a comma."""
        if self.shouting:
            return None
        if self.text[end : end + 1] == ".":
            end += 1
        said = self.text[start:end]
        short = self.words.short.get(said) or self.words.short.get(said.rstrip(".")) or self.words.short.get(said + ".")
        after_comma = re.search(r"[^\W\d_],\s+$", self.text[max(0, start - 6) : start])
        if short is None or not (after_comma or said.count(".") > 1):
            return None
        return Candidate(start, end, said, fold(short[0]), cued=True, short=short)

    def single_may_be(self, said: str) -> bool:
        """Tell whether one word alone may be a place: no plain word, no bare initials."""
        key = fold(said)
        if CONTRACTED.search(said):
            return False
        if key in CAPITALS_ONLY:
            return "." in said or (said.isupper() and not self.shouting)
        if said.isupper() and len(key) <= 4 and not self.shouting and key not in self.words.countries:
            return False
        return len(key) >= 3 and (key not in self.words.never or key in self.words.demonyms)

    def neighbour(self, at: int, beside: int) -> str:
        """Return the folded capitalised word next to a run, if only a space or hyphen parts them; else ""."""
        if not 0 <= at < len(self.atoms):
            return ""
        left, right = (at, beside) if at < beside else (beside, at)
        gap = self.text[self.atoms[left].end : self.atoms[right].start]
        word = self.atoms[at].text
        return fold(word) if gap == " " and word[0].isupper() else ""

    def inside_name(self, previous: str, following: str) -> bool:
        """Tell whether a run is part of a longer name that is no place: "Jack London", "Trafalgar Street"."""
        lists = self.words
        if self.loud:
            return False
        if following and following not in lists.heads and following not in lists.demonyms:
            return following not in lists.never
        free = (lists.never, CLASS_WORDS, lists.demonyms, lists.countries)
        return bool(previous) and not any(previous in names for names in free)

    def starts_sentence(self, start: int) -> bool:
        head = self.text[max(0, start - 6) : start]
        bare = head.rstrip(OPEN_MARKS)
        return not bare or bare[-1] in ".!?:;•\n"
