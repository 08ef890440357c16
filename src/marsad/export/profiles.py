"""What may leave, for whom: names, sources, exact places and recent days are people's safety before they are data.

A profile is looked at in one place, where entries are gathered (gather.py); writers of formats see entries only, so
that no codebook can print what its profile holds back.
"""

import re
from dataclasses import dataclass
from typing import Literal

from marsad.errors import BadInputError

Sources = Literal["all", "published"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is told to one kind of reader.

    `words`: the reports' own words (quotes, names of victims, of unnamed doers and of who told it). `sources`: all
    publishers, or those alone that published on the open web or are known media and monitors. `decimals` of degrees
    that coordinates keep (None: all), `shy_decimals` those of homes, clinics and places that no gazetteer knows.
    `delay_days`: how old an incident must be. `small_cell`: attributes of fewer people than this are not told apart.
    """

    name: str
    about: str
    words: bool
    sources: Sources
    decimals: int | None
    shy_decimals: int | None
    delay_days: int
    small_cell: int


PUBLIC = Profile(
    name="public",
    about="anybody: no names, no words of reports, published sources only, places rounded, the last two days held back",
    words=False,
    sources="published",
    decimals=2,
    shy_decimals=1,
    delay_days=2,
    small_cell=5,
)
PARTNER = Profile(
    name="partner",
    about="an organisation that you trust: all sources named, no names of victims, homes and clinics rounded",
    words=False,
    sources="all",
    decimals=3,
    shy_decimals=2,
    delay_days=0,
    small_cell=3,
)
INTERNAL = Profile(
    name="internal",
    about="your own desk: everything as it was recorded",
    words=True,
    sources="all",
    decimals=None,
    shy_decimals=None,
    delay_days=0,
    small_cell=0,
)
PROFILES = {one.name: one for one in (PUBLIC, PARTNER, INTERNAL)}

SHY_PLACES = re.compile(
    r"\b(?:homes?|houses?|apartments?|flats?|residences?|clinics?|hospitals?|medical|ambulances?|shelters?"
    r"|safe ?houses?|schools?|orphanages?|camps?|tents?|farms?|mosques?|church(?:es)?)\b",
    re.IGNORECASE,
)
"""Words of places where people live, are healed or hide: their exact position can harm them."""


def require_profile(name: str) -> Profile:
    """Return the profile of that name; raise BadInputError with the names there are."""
    if name not in PROFILES:
        raise BadInputError(f"there is no profile {name!r}: choose one of {', '.join(PROFILES)}")
    return PROFILES[name]
