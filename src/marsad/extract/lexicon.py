"""The word tables of the extractors, read once from the package's data: people, harm words, means, voices."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from marsad.vocabulary import Status


@dataclass(frozen=True, slots=True)
class PersonNoun:
    """A noun for a person, with what the noun alone says of the person's part in a conflict."""

    singular: str
    plural: str
    status: Status
    groups: tuple[str, ...]


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a lexicon file without its comments and its heading."""
    text = (files("marsad.data") / "lexicons" / f"{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(line.split("\t")) for line in lines[1:])


@cache
def people() -> tuple[PersonNoun, ...]:
    """Return every noun for a person."""
    return tuple(PersonNoun(one, many, _status(status), tuple(groups.split())) for one, many, status, groups in table("people"))


@cache
def singulars() -> dict[str, PersonNoun]:
    """Return the nouns for a person by their singular form."""
    return {noun.singular: noun for noun in people()}


@cache
def plurals() -> dict[str, PersonNoun]:
    """Return the nouns for a person by their plural form, those that look the same in both numbers included."""
    return {noun.plural: noun for noun in people()}


def person_noun(words: str) -> PersonNoun | None:
    """Return the person noun of these words in either number, None when they are not one."""
    low = words.lower()
    return plurals().get(low) or singulars().get(low)


def _status(word: str) -> Status:
    if word == "combatant":
        return "combatant"
    return "civilian" if word == "civilian" else "unknown"
