"""The same event told of other people, or in loaded words, holds the same claims: a name must not move a figure."""

import pytest
from tests.marked import read_text

from marsad.model import Claim, Reading

Told = tuple[str, int | None, str, str, str, bool]


def told(claim: Claim) -> Told:
    """What a claim says apart from names: the status of victims is the one thing that their name may decide."""
    count = claim.count
    return claim.harm, count.stated, count.qualifier, claim.scope, claim.modality, bool(claim.perpetrators)


def outline(reading: Reading) -> list[object]:
    """The claims in their order, how they hang together, and what the incidents add up to."""
    order = {claim.id: n for n, claim in enumerate(reading.claims)}
    ties = [(b.kind, b.check, order[b.total], sorted(order[p] for p in b.parts)) for b in reading.breakdowns]
    same = [(order[pair.first], order[pair.later]) for pair in reading.restatements]
    events = [(i.tolls.get("killed"), i.tolls.get("injured"), len(i.claims)) for i in reading.incidents]
    return [[told(claim) for claim in reading.claims], sorted(ties), sorted(same), events]


STORIES = {
    "an attack": "{Doer} killed 14 {victims} and wounded six others near {place} on Monday, {voice} said.",
    "passive": "Fourteen {victims}, including three children, were killed by {doer} in {place}, {voice} said.",
    "two sides": "{Doer} shot dead two {victims} in {place}. {Voice} put the number of wounded at five.",
    "a running total": "{Doer} killed more than 900 {victims} since 2019, according to {voice}.",
}

# Parties of many wars, of all sides and none, well known and made up; each set replaces the other word for word.
CASTS = {
    "rebels": {"doer": "the rebels", "victims": "villagers", "place": "Gao", "voice": "the mayor"},
    "an army": {"doer": "the Syrian army", "victims": "villagers", "place": "Idlib", "voice": "the mayor"},
    "another army": {"doer": "the Israeli military", "victims": "villagers", "place": "Jenin", "voice": "the mayor"},
    "a movement": {"doer": "Hamas", "victims": "villagers", "place": "Ashkelon", "voice": "the mayor"},
    "a power": {"doer": "the Russian army", "victims": "villagers", "place": "Kharkiv", "voice": "the mayor"},
    "its opponent": {"doer": "the Ukrainian army", "victims": "villagers", "place": "Donetsk", "voice": "the mayor"},
    "nobody has heard of": {
        "doer": "the Zarqun Front",
        "victims": "villagers",
        "place": "Teshmar",
        "voice": "the mayor",
    },
}

# Words that praise or damn. They are somebody's opinion of the people, never a fact about the count.
LOADED = {
    "plain": "militants",
    "damned": "terrorists",
    "praised": "freedom fighters",
    "mourned": "mujahideen",
    "official": "saboteurs",
    "mocked": "thugs",
}


LOADED_WORDS = [word for word in LOADED if word != "plain"]


def story(name: str, **cast: str) -> Reading:
    capitals = {key.capitalize(): cast[key][0].upper() + cast[key][1:] for key in ("doer", "voice")}
    return read_text(STORIES[name].format(**cast, **capitals))


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("cast", [cast for cast in CASTS if cast != "rebels"])
def test_other_parties_leave_the_figures_as_they_are(name: str, cast: str) -> None:
    assert outline(story(name, **CASTS[cast])) == outline(story(name, **CASTS["rebels"]))


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("word", LOADED_WORDS)
def test_loaded_words_for_the_doer_leave_the_figures_as_they_are(name: str, word: str) -> None:
    cast = CASTS["rebels"]
    loaded, plain = (story(name, **(cast | {"doer": f"the {LOADED[w]}"})) for w in (word, "plain"))
    assert outline(loaded) == outline(plain)


@pytest.mark.parametrize("name", ["an attack", "two sides"])
@pytest.mark.parametrize(("loaded", "plain"), [("martyrs", "people"), ("infidels", "people"), ("innocents", "people")])
def test_loaded_words_for_the_victims_leave_the_figures_as_they_are(name: str, loaded: str, plain: str) -> None:
    cast = CASTS["rebels"]
    assert outline(story(name, **(cast | {"victims": loaded}))) == outline(story(name, **(cast | {"victims": plain})))


@pytest.mark.parametrize("word", ["terrorists", "martyrs", "heroes", "thugs"])
def test_a_loaded_word_alone_never_decides_a_status(word: str) -> None:
    claims = read_text(f"Four {word} were killed near Gao on Monday.").claims
    assert {claim.victims.status for claim in claims} <= {"unknown"}
