"""What kind of event an incident is: a closed list, with the names that ACLED and PLOVER give it."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from marsad.errors import DataFileError
from marsad.model import Claim, EventCodes
from marsad.tally.tables import read_table
from marsad.vocabulary import Means

TYPE_OF_MEANS: dict[Means, str] = {
    "airstrike": "air_strike",
    "shelling": "shelling",
    "bombing": "bombing",
    "landmine": "bombing",
    "suicide_bombing": "suicide_bombing",
    "chemical": "chemical_attack",
    "clashes": "armed_clash",
    "ambush": "armed_clash",
    "shooting": "attack",
    "execution": "attack",
    "beating": "attack",
    "stabbing": "attack",
    "torture": "attack",
    "raid": "attack",
    "arson": "attack",
    "fire": "attack",
}
TYPE_OF_HARM = {
    "abducted": "abduction",
    "captured": "capture",
    "detained": "arrest",
    "missing": "disappearance",
    "displaced": "displacement",
    "killed": "attack",
    "injured": "attack",
    "casualties": "attack",
}
HEAVIEST = ("killed", "casualties", "injured", "abducted", "captured", "detained", "missing", "displaced")


def event_type(claims: Sequence[Claim]) -> str:
    """Return the type of the event that `claims` tell of: from its means, else from the heaviest harm."""
    means = Counter(TYPE_OF_MEANS[c.means] for c in claims if c.means is not None)
    if means:
        most = max(means.values())
        return next(TYPE_OF_MEANS[c.means] for c in claims if c.means and means[TYPE_OF_MEANS[c.means]] == most)
    harms = {c.harm for c in claims}
    return next(TYPE_OF_HARM[harm] for harm in HEAVIEST if harm in harms)


def codes_of(kind: str, means: Means | None) -> EventCodes | None:
    """Return how ACLED and PLOVER name a type of event, by its means where they tell a finer mode."""
    codes = event_codes()
    return codes.get(f"{kind}/{means}") or codes.get(kind)


@cache
def event_codes() -> dict[str, EventCodes]:
    """Return the codes of every type; DataFileError when the table is missing or damaged."""
    try:
        return {
            row["type"]: EventCodes(
                row["acled_event"], row["acled_sub_event"], row["plover_event"] or None, row["plover_mode"] or None
            )
            for row in read_table("event_types.tsv")
        }
    except KeyError as fault:
        raise DataFileError(
            f"data/tally/event_types.tsv is damaged (no column {fault}); install marsad again"
        ) from fault
