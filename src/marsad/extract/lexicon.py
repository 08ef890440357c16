"""The word tables of the extractors, read once from the package's data: people, harm words, means, voices."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.vocabulary import HARMS, Harm, Status


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for a person, with what the noun alone says of the person's part in a conflict."""

    singular: str
    plural: str
    status: Status
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HarmWord:
    """A word or phrase of harm, and the grammar it comes in (`frame`, see data/lexicons/harms.tsv)."""

    words: tuple[str, ...]
    harm: Harm
    frame: str


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a lexicon file without its comments and its heading."""
    text = (files("marsad.data") / "lexicons" / f"{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(line.split("\t")) for line in lines[1:])


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the first column of a lexicon file as a set."""
    return frozenset(row[0] for row in table(name))


@cache
def word_set(name: str) -> frozenset[str]:
    """Return one of the small word sets of the grammar (data/lexicons/sets.tsv), by its name."""
    return next(frozenset(words.split()) for key, words in table("sets") if key == name)


@cache
def kinds_of(name: str) -> dict[str, str]:
    """Return a lexicon file of two columns as a mapping."""
    return {row[0]: row[1] for row in table(name)}


@cache
def people() -> tuple[PersonNoun, ...]:
    """Return every noun for a person."""
    rows = table("people")
    return tuple(PersonNoun(one, many, _status(status), tuple(groups.split())) for one, many, status, groups in rows)


@cache
def singulars() -> dict[str, PersonNoun]:
    """Return the nouns for a person by their singular form."""
    return {noun.singular: noun for noun in people()}


@cache
def plurals() -> dict[str, PersonNoun]:
    """Return the nouns for a person by their plural form, those that look the same in both numbers included."""
    return {noun.plural: noun for noun in people()}


@cache
def harm_words() -> dict[str, tuple[HarmWord, ...]]:
    """Return the harm words by their first word, the longest phrase first."""
    found: dict[str, list[HarmWord]] = {}
    for words, harm, frame in table("harms"):
        parts = tuple(words.split())
        known = next(h for h in HARMS if h == harm)
        found.setdefault(parts[0], []).append(HarmWord(parts, known, frame))
    return {first: tuple(sorted(all_, key=lambda h: -len(h.words))) for first, all_ in found.items()}


def person_noun(words: str) -> PersonNoun | None:
    """Return the person noun of these words in either number, None when they are not one."""
    low = words.lower()
    return plurals().get(low) or singulars().get(low)


def _status(word: str) -> Status:
    if word == "combatant":
        return "combatant"
    return "civilian" if word == "civilian" else "unknown"
