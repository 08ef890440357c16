"""A sentence as a line of words and phrases: each noun phrase for a party or a ground is one mark, the rest are words.

Patterns of statements are written over this line: "A1 took control of P2 from A3". A mark's letter says what it
may be: A party, P ground, X either (a country), N a name that nobody knows, D a people's ("Northern"), E an attack or
other act of war, T a pronoun, R a relative one, L, G, F and H nouns for who leads, who
rules, who is tied to others, and strongholds.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from marsad.extract.lexicon import table
from marsad.extract.proper_names import is_name_word, name_stop
from marsad.extract.sentences import Sentence
from marsad.extract.statements.patterns import vocabulary


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the text that the registry or the gazetteer knows: offsets, and what it may be; "D" names a people."""

    start: int
    end: int
    sort: Literal["A", "P", "X", "D"]


@dataclass(frozen=True, slots=True)
class Tie:
    """The first half of a compound: the offsets of who, the word behind the hyphen, and the token after it."""

    start: int
    end: int
    how: str
    stop: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its tokens, what it may be, and its atoms: the names and nouns in it, (first, stop, sort).

    `tie` says who backs, leads or holds it, in "Northern-backed fighters".
    """

    first: int
    stop: int
    sort: str
    atoms: tuple[tuple[int, int, str], ...] = ()
    tie: Tie | None = None


@dataclass(slots=True)
class Line:
    """A sentence with its phrases as marks, and the text over which patterns run; quotation marks are left out."""

    sentence: Sentence
    phrases: list[Phrase]
    text: str = ""
    at: list[int] = field(default_factory=list)
    """The offset in `text` of every item, and the token that it stands for, in `tokens`."""
    tokens: list[int] = field(default_factory=list)
    apart: "Line | None" = None
    """The same sentence with its phrases taken apart, once somebody asked for it."""

    def phrase(self, mark: str) -> Phrase:
        """Return the phrase that a mark of the line stands for ("A3")."""
        return self.phrases[int(mark[1:])]

    def phrases_between(self, start: int, end: int, sorts: str) -> list[Phrase]:
        """Return the phrases of some sorts whose marks stand between two offsets of `text`."""
        found = re.finditer(rf"\b[{sorts}]\d+\b", self.text[max(0, start) : max(0, end)])
        return [self.phrase(one.group()) for one in found]

    def token_at(self, offset: int) -> int:
        """Return the token that stands at or before an offset of `text`."""
        return self.tokens[max(0, bisect_right(self.at, offset) - 1)]

    def offset_of(self, phrase: Phrase) -> int:
        """Return the offset in `text` at which a phrase's mark stands."""
        return self.at[bisect_right(self.tokens, phrase.first) - 1]

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the report's text of what stands between two offsets of `text`."""
        first, last = self.token_at(start), self.token_at(end - 1)
        stop = next((p.stop for p in self.phrases if p.first == last), last + 1)
        while stop - 1 > first and self.sentence.low[stop - 1] in ENDS:
            stop -= 1
        return self.offsets(first, stop)

    def span(self, phrase: Phrase) -> tuple[int, int]:
        """Return a phrase's offsets in the report's text, without its article and a possessive ending."""
        start, end = self.offsets(self.bare(phrase), phrase.stop)
        return start, end - 2 * self.sentence.low[phrase.stop - 1].endswith("'s")

    def bare(self, phrase: Phrase) -> int:
        """Return a phrase's first token, its article aside."""
        return phrase.first + (phrase.stop - phrase.first > 1 and self.sentence.low[phrase.first] in NO_NAME)

    def offsets(self, first: int, stop: int) -> tuple[int, int]:
        """Return the offsets of tokens in the report's text."""
        return self.sentence.starts[first], self.sentence.ends[stop - 1]


PLAIN = {"L": "A", "G": "A", "F": "A", "H": "P"}
"""The sorts of nouns for who leads, rules, is tied to others, and strongholds: plain words where atoms are apart."""
TITLES = frozenset(
    ("gen", "col", "lt", "maj", "brig", "capt", "sgt", "dr", "mr", "mrs", "sheikh", "mullah", "president", "colonel")
)
ARTICLES = frozenset(("the", "a", "an"))
NO_NAME = ARTICLES | {"that"}
OPENERS = frozenset(
    (
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "such",
        "any",
        "more",
        "other",
        "its",
        "his",
        "their",
        "some",
        "several",
        "many",
        "all",
        "both",
        "two",
        "three",
        "our",
        "your",
        "my",
        "her",
    )
)
HOW = (
    r"(?P<how>backed|supported|led|allied|aligned|linked|affiliated|funded|sponsored|trained|armed|dominated|held|controlled"
    r"|occupied|ruled|besieged|run|administered)"
)
TIE = re.compile(rf"(?P<who>[\w'’.]+?)\s?[-–]\s?{HOW}\b", re.IGNORECASE)
PRONOUNS = {"it": "T", "they": "T", "he": "T", "we": "T", "who": "R", "which": "R"}
PLAIN_ENDINGS = (
    "ness",
    "ible",
    "able",
    "ful",
    "ive",
    "ous",
    "ize",
    "ism",
    "ence",
    "ance",
    "ical",
    "ship",
    "ations",
    "ments",
)
BRACKETS = {"(": ")", "[": "]"}
ENDS = frozenset(".,;:!?”’\"')")
QUOTES = frozenset("\"“”‘’'`")


@cache
def sorts() -> dict[str, str]:
    """Return the nouns and adjectives of data/lexicons/statement_nouns.tsv with what they make of a phrase."""
    return {row[0]: row[1] for row in table("statement_nouns")}


def line_of(sentence: Sentence, named: Sequence[Named]) -> Line:
    """Return a sentence as a line; `named` are the known names of the whole text."""
    return _written(sentence, _joined(sentence, list(_phrases(sentence, _known(sentence, named)))))


def atoms_of(line: Line) -> Line:
    """Return the same sentence with every name and noun as a mark of its own, not put together to phrases."""
    if line.apart is None:
        atoms = [Phrase(*atom) for one in line.phrases for atom in one.atoms if atom[2] not in PLAIN]
        line.apart = _written(line.sentence, atoms)
    return line.apart


def _written(sentence: Sentence, phrases: list[Phrase]) -> Line:
    line = Line(sentence, phrases)
    begins = {phrase.first: number for number, phrase in enumerate(phrases)}
    here, length = 0, 0
    parts: list[str] = []
    while here < len(sentence.low):
        number = begins.get(here)
        if number is None and (passed := _says_nothing(sentence, here)):
            here += passed
            continue
        item = sentence.low[here] if number is None else f"{phrases[number].sort}{number}"
        if sentence.low[here : here + 2] == ["-", "-"]:
            item = "–"
        line.at.append(length)
        line.tokens.append(here)
        parts.append(item)
        length += len(item) + 1
        here = here + 1 + (item == "–" and sentence.low[here] == "-") if number is None else phrases[number].stop
    line.text = " ".join(parts)
    return line


def _says_nothing(sentence: Sentence, at: int) -> int:
    """Return how many tokens to pass over: quotation marks, a name's letters in brackets, short titles."""
    low, words = sentence.low, sentence.words
    if low[at] in QUOTES:
        return 1
    if (
        low[at] in BRACKETS
        and low[at + 2 : at + 3] == [BRACKETS[low[at]]]
        and words[at + 1].isupper()
        and words[at + 1].isalpha()
    ):
        return 3
    return 2 if low[at] in TITLES and low[at + 1 : at + 2] == ["."] else 0


def _known(sentence: Sentence, named: Sequence[Named]) -> dict[int, tuple[int, str]]:
    """Return the known names of a sentence by their first token: where they end, and what they may be."""
    out: dict[int, tuple[int, str]] = {}
    for one in named:
        if one.end <= sentence.start or one.start >= sentence.end:
            continue
        tokens = [
            n
            for n, (a, b) in enumerate(zip(sentence.starts, sentence.ends, strict=True))
            if a < one.end and b > one.start
        ]
        while len(tokens) > 1 and one.sort == "A" and sorts().get(sentence.low[tokens[-1]]) == "E":
            # "Northern airstrike" is told of the North, and is no party.
            tokens.pop()
        if len(tokens) > 1 and sentence.ends[tokens[-1]] > one.end and _tie_at(sentence, tokens[-1]):
            # "Northern Front-held": the compound begins in the name.
            tokens.pop()
        if tokens:
            before = out.get(tokens[0])
            if before is None or before[0] <= tokens[-1] + 1:
                out[tokens[0]] = (tokens[-1] + 1, one.sort)
    return out


def _phrases(sentence: Sentence, known: dict[int, tuple[int, str]]) -> Iterator[Phrase]:
    at = 0
    while at < len(sentence.low):
        found = _phrase_at(sentence, at, known)
        if found is None:
            at += 1
        else:
            yield found
            at = found.stop


def _phrase_at(sentence: Sentence, at: int, known: dict[int, tuple[int, str]]) -> Phrase | None:
    low = sentence.low
    if low[at] in PRONOUNS:
        return Phrase(at, at + 1, PRONOUNS[low[at]])
    here = at + (low[at] in OPENERS)
    here += low[at] in ("all", "both") and low[here : here + 1] == ["the"]
    atoms: list[tuple[int, int, str]] = []
    tie: Tie | None = None
    while here < len(low):
        found = _tie_at(sentence, here)
        if found is not None:
            # "Northern Front-held": the name began before the hyphen.
            if atoms and atoms[-1][1] == here and atoms[-1][2] in "AN":
                found = replace(found, start=sentence.starts[atoms[0][0]])
            tie, atoms, here = found, [], found.stop
            continue
        stop, kind = _nominal(sentence, here, known)
        if kind is None or (atoms and _begins_anew(sentence, atoms[-1], kind)):
            break
        if kind != "modifier":
            atoms.append((here, stop, kind))
        here = stop
        here += low[here : here + 1] == ["’"] or (low[here : here + 1] == ["'"] and bool(atoms))
    if not atoms:
        return None
    sort = PLAIN.get(atoms[-1][2], atoms[-1][2])
    return Phrase(at, atoms[-1][1], sort, tuple(atoms), tie)


def _begins_anew(sentence: Sentence, before: tuple[int, int, str], kind: str) -> bool:
    """Say whether a noun begins another phrase: a capital behind a noun of a headline, whom somebody is fighting."""
    if kind == "N" and sentence.titled and before[2] in "EAP":
        return True
    return kind in "AXN" and sentence.low[before[0]] in ("fighting", "battling", "attack", "attacks")


def _tie_at(sentence: Sentence, at: int) -> Tie | None:
    """Return the first half of a compound that begins at a token ("Northern-backed", "N.F.-held")."""
    start = sentence.starts[at]
    found = TIE.match(sentence.text, start - sentence.start)
    if found is None:
        return None
    end = sentence.start + found.end()
    stop = next((n for n in range(at, len(sentence.ends)) if sentence.ends[n] >= end), at) + 1
    return Tie(
        start,
        start + len(found["who"].rstrip(".") if found["who"][-2:-1].islower() else found["who"]),
        found["how"].lower(),
        stop,
    )


def _nominal(sentence: Sentence, at: int, known: dict[int, tuple[int, str]]) -> tuple[int, str | None]:
    """Return where a word or name that may stand in a phrase ends, and what it makes of it; None where it may not."""
    low = sentence.low[at]
    if at in known:
        stop, sort = known[at]
        return stop, sort
    if low in TITLES and sentence.low[at + 1 : at + 2] == ["."]:
        return at + 2, "modifier"
    plain = low.removesuffix("'s").removesuffix("'")
    noun = sorts().get(plain) or sorts().get(plain.rsplit("-", 1)[-1])
    if noun == "W" or (noun is None and _is_plain_shouted(sentence, plain)):
        return at, None
    if noun:
        return at + 1, "modifier" if noun == "M" else noun
    if is_name_word(sentence, at) and not (at == 0 and not _looks_like_name(sentence, at)):
        stop = name_stop(sentence, at) or at + 1
        inner = [n for n in range(at + 1, stop) if n in known or _is_plain(sentence, n)]
        stop = min(inner) if inner else stop
        # "Northern Valley Guards" is a party by its last word, though nobody knows it.
        last = sorts().get(sentence.low[stop - 1].removesuffix("'s")) if stop - at > 1 else None
        return stop, last if last in ("A", "P") else "N"
    if "-" in low and low[0].isalpha():
        return at + 1, "modifier"
    return at, None


def _is_plain(sentence: Sentence, at: int) -> bool:
    """Say whether a word is part of no name, though its capitals might say so."""
    low = sentence.low[at]
    return sorts().get(low) == "W" or (low not in sorts() and _is_plain_shouted(sentence, low))


def _is_plain_shouted(sentence: Sentence, low: str) -> bool:
    """Say whether a word is no name where all is in capitals: a plain word of reports, or one that ends like those."""
    if not sentence.shouted:
        return False
    return low in vocabulary() or low.removesuffix("s") in vocabulary() or low.endswith(PLAIN_ENDINGS)


def _looks_like_name(sentence: Sentence, at: int) -> bool:
    """Say whether the first word of a sentence is a name: another capital follows, or it is all capitals."""
    return sentence.words[at].isupper() or (at + 1 < len(sentence.low) and is_name_word(sentence, at + 1))


def _is_left_open(sentence: Sentence, phrase: Phrase) -> bool:
    """Say whether a phrase ends inside brackets that it opened."""
    low = sentence.low[phrase.first : phrase.stop]
    return "(" in low and ")" not in low


def _is_other_name(phrase: Phrase, gap: list[str], after: list[str]) -> bool:
    """Say whether a phrase is a name's other form in brackets: its letters in round ones, any in square ones."""
    if gap not in (["("], ["["]) or after != [BRACKETS[gap[0]]]:
        return False
    return phrase.sort in "AN" and (gap == ["["] or phrase.stop - phrase.first == 1)


def _joined(sentence: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """Join "the town of NAME" into one ground, and a name with its letters in brackets into one party."""
    out: list[Phrase] = []
    for phrase in phrases:
        before = out[-1] if out else None
        gap = sentence.low[before.stop : phrase.first] if before else []
        after = sentence.low[phrase.stop : phrase.stop + 1]
        if after == [")"] and _is_left_open(sentence, phrase):
            phrase = replace(phrase, stop=phrase.stop + 1)
        if before and gap == ["of"] and before.sort == "P" and phrase.sort in "PXN":
            out[-1] = replace(before, stop=phrase.stop, atoms=before.atoms + phrase.atoms)
        elif before and before.sort in "AN" and _is_other_name(phrase, gap, after):
            # A name with its letters behind it: "Northern Front (NF)".
            out[-1] = replace(before, stop=phrase.stop + 1, sort="A")
        else:
            out.append(phrase)
    return out
