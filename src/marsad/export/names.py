"""Says whether a headline or an address can be shown to anybody: whether all of it is words that name no person.

A reader finds most names of victims, and never all. So it is asked the other way round: words pass that are known to
name nobody, such as the common words of English and of reports, countries, armed groups and the places that the report
is about; what is unknown is taken for a name.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from marsad.link.tables import common_words, report_words
from marsad.link.words import words_of
from marsad.resolve.registry import registry

WORD = re.compile(r"[^\W\d_]{3,}")
"""Shorter words are too short to name anybody by."""
LEXICONS = ("harms.tsv", "means.tsv", "people.tsv", "things.tsv", "forces.tsv")
CALENDAR = (
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
WEB = (
    "www http https html htm php asp aspx amp org com net news article articles world middle east africa asia live blog"
)
RARE = 0.004
"""The share of texts below which a word of the table of common words can be somebody's name."""


def headline_names_nobody(title: str, places: Iterable[str]) -> bool:
    """Say whether every word of a headline that could be a name is known to be none; `places` are of its report."""
    found = WORD.findall(title)
    # Where all letters are of one case, or of a script without cases, a capital says nothing.
    cased = any(word != word.upper() and word[0] == word[0].upper() for word in found) and title != title.upper()
    doubtful = [word for word in found if not (cased and word == word.lower() != word.upper())]
    return _all_known(doubtful, places)


def address_names_nobody(url: str, places: Iterable[str]) -> bool:
    """Say whether every word of an address beyond its host is known to name nobody."""
    parts = urlsplit(url)
    return _all_known(WORD.findall(unquote(f"{parts.path} {parts.query} {parts.fragment}")), places)


def names_nobody(word: str) -> bool:
    """Say whether a word is known to be no part of anybody's name."""
    return _all_known([word], ())


def site_of(url: str) -> str:
    """Return an address without all that follows its host."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}/"


def _all_known(words: Iterable[str], places: Iterable[str]) -> bool:
    here = {stem for place in places for stem in words_of(place)}
    return all(stem in here or stem in _known() for word in words for stem in words_of(word))


@cache
def _known() -> frozenset[str]:
    """Return the stems of words that name nobody."""
    common = [word for word, share in common_words().items() if share >= RARE]
    states = registry().states.values()
    nations = [words for state in states for words in (state.name, *state.names, *state.demonyms)]
    groups = [actor.name for actor in registry().actors.values()]
    groups += [alias.words for alias in registry().aliases]
    known = {
        stem for words in (*common, *nations, *groups, *_lexicon_words(), CALENDAR, WEB) for stem in words_of(words)
    }
    return frozenset((known | report_words().keys()) - _given_names())


@cache
def _given_names() -> frozenset[str]:
    text = files("marsad.data").joinpath("codebooks", "given_names.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(stem for line in lines for stem in words_of(line))


def _lexicon_words() -> list[str]:
    found = []
    for name in LEXICONS:
        text = files("marsad.data").joinpath("lexicons", name).read_text("utf-8")
        rows = csv.reader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
        found += [" ".join(row[:2]) for row in rows]
    return found
