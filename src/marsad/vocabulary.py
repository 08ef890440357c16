"""The closed lists of the field: what a value may be, and nothing else.

Harms, qualifiers, scopes and precisions follow the output contract (docs/contract.md); geoprecision is UCDP's
`where_prec`. A value that is not in its list is an error, never a default.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

Harm = Literal["killed", "injured", "missing", "captured", "abducted", "detained", "displaced", "casualties"]
Qualifier = Literal["exact", "at_least", "more_than", "about", "nearly", "up_to", "less_than", "range", "vague"]
Status = Literal["combatant", "civilian", "mixed", "unknown"]
Basis = Literal["asserted", "alleged", "claimed", "denied"]
Scope = Literal["incident", "period", "cumulative"]
Modality = Literal["asserted", "denied", "possible", "planned", "hypothetical"]
DatePrecision = Literal["day", "days", "week", "month", "year", "since", "unknown"]
DateOrigin = Literal["text", "publication"]
DayEvidence = Literal[
    "row", "header", "metadata", "address", "feed", "page", "text", "caller", "seen", "message", "document"
]
BreakdownKind = Literal["sum", "including"]
Check = Literal["consistent", "short", "exceeds"]
Means = Literal[
    "shooting",
    "airstrike",
    "shelling",
    "bombing",
    "suicide_bombing",
    "landmine",
    "ambush",
    "clashes",
    "execution",
    "arson",
    "raid",
    "beating",
    "stabbing",
    "chemical",
    "torture",
    "fire",
]
Verdict = Literal["same", "different", "unsure"]
StatementKind = Literal["responsibility", "control", "relation", "agreement", "record"]
Field = Literal["text", "title"]
"""Which part of a report an offset counts in."""

HARMS: tuple[Harm, ...] = get_args(Harm)
QUALIFIERS: tuple[Qualifier, ...] = get_args(Qualifier)
STATUSES: tuple[Status, ...] = get_args(Status)
BASES: tuple[Basis, ...] = get_args(Basis)
SCOPES: tuple[Scope, ...] = get_args(Scope)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
DATE_PRECISIONS: tuple[DatePrecision, ...] = get_args(DatePrecision)
DATE_ORIGINS: tuple[DateOrigin, ...] = get_args(DateOrigin)
DAY_EVIDENCE: tuple[DayEvidence, ...] = get_args(DayEvidence)
BREAKDOWN_KINDS: tuple[BreakdownKind, ...] = get_args(BreakdownKind)
CHECKS: tuple[Check, ...] = get_args(Check)
MEANS: tuple[Means, ...] = get_args(Means)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
STATEMENT_KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
STATEMENT_TERMS: Mapping[StatementKind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "responsibility": {"stance": ("claimed", "denied", "blamed", "unclaimed")},
        "control": {"relation": ("holds", "takes", "retakes", "loses", "besieges", "contests")},
        "relation": {"relation": ("backs", "leads", "part_of", "affiliate", "formerly", "split_from", "rival")},
        "agreement": {
            "agreement": (
                "ceasefire",
                "peace",
                "buffer_zone",
                "withdrawal",
                "prisoner_exchange",
                "evacuation",
                "other",
            ),
            "status": ("proposed", "agreed", "kept", "broken", "not_implemented", "refused"),
        },
        "record": {"measure": ("highest", "lowest", "first", "rank", "brings_to")},
    }
)
"""What a statement of each kind says, from closed lists; every one of these terms is given."""
STATEMENT_SLOTS: Mapping[StatementKind, tuple[str, ...]] = MappingProxyType(
    {
        "responsibility": ("actor", "event"),
        "control": ("actor", "place", "share", "extent"),
        "relation": ("left", "right"),
        "agreement": ("parties", "place", "terms"),
        "record": ("of", "window", "group", "place"),
    }
)
"""The words that a statement of each kind may hold, by the part they play; `parties` are several."""
GEOPRECISIONS: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
"""UCDP where_prec: 1 exact, 2 near, 3 second-order unit, 4 first-order unit, 5 region, 6 country, 7 water or air."""
