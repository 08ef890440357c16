"""Takes a coded report to one form, whether a person marked it (gold) or a program printed it (docs/contract.md).

A gold row is flat (`start`, `stated`, `date`, `same_as`: docs/evaluation.md); a printed row nests (`span`, `count`,
`when`, `restatements`). Values are kept as they stand: an unknown harm or scope is simply never right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marsad.contract import to_json
from marsad.errors import BadInputError
from marsad.model import Reading

Row = Mapping[str, Any]
Edge = tuple[str, str]
Range = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class CodedClaim:
    """One claim as far as it is compared; None means that the coder, or the program, said nothing."""

    id: str
    start: int
    end: int
    in_title: bool
    harm: str | None
    stated: int | None
    stated_high: int | None
    qualifier: str | None
    status: str | None
    scope: str | None
    modality: str | None
    perpetrators: tuple[str, ...] = ()
    according_to: str | None = None
    days: tuple[str | None, str | None] | None = None
    country: str | None = None
    admin1: str | None = None
    place: str | None = None
    judged: frozenset[str] | None = None
    """The attributes that somebody judged; None where the gold was marked as a whole."""


@dataclass(frozen=True, slots=True)
class CodedIncident:
    """One event of a report: how many it killed (low, high; high None is open) and who did it."""

    killed: Range | None
    perpetrators: tuple[str, ...] = ()
    place: str | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coding:
    """All that one side says of one report; edges are (total, part) and (first, later), by claim id.

    A gold is `partial` where people judged only some of a report: what it does not name is not asked for, and
    `rejected` are claims of which they said that the words do not make them.
    """

    report: str
    claims: tuple[CodedClaim, ...] = ()
    breakdowns: tuple[Edge, ...] = ()
    restatements: tuple[Edge, ...] = ()
    incidents: tuple[CodedIncident, ...] = ()
    partial: bool = False
    rejected: tuple[CodedClaim, ...] = ()


def coding_of(reading: Reading) -> Coding:
    """Return what a reading says, in the form in which it is compared."""
    return coding_from_row(to_json(reading))


def coding_from_row(row: Row) -> Coding:
    """Return the coding that one JSON object holds, flat or nested; BadInputError names what is missing."""
    try:
        return Coding(
            report=str(row["doc"] if "doc" in row else row["id"]),
            claims=tuple(_claim(claim) for claim in row["claims"]),
            breakdowns=tuple((b["total"], part) for b in row.get("breakdowns") or () for part in b["parts"]),
            restatements=_restatements(row),
            incidents=tuple(_incident(incident) for incident in row.get("incidents") or ()),
            partial=row.get("judged") == "some",
            rejected=tuple(_claim(claim) for claim in row.get("rejected") or ()),
        )
    except KeyError as missing:
        raise BadInputError(f"a coded report lacks the key {missing} (docs/evaluation.md shows the form)") from None
    except (TypeError, AttributeError, ValueError, IndexError) as wrong:
        raise BadInputError(f"not a coded report: {wrong} (docs/evaluation.md shows the form)") from None


def _restatements(row: Row) -> tuple[Edge, ...]:
    if "restatements" in row:
        return tuple((pair[0], pair[1]) for pair in row["restatements"] if len(pair) == 2)
    return tuple((claim["same_as"], claim["id"]) for claim in row["claims"] if claim.get("same_as"))


def _claim(row: Row) -> CodedClaim:
    span, count = row.get("span") or row, row.get("count") or row
    when, where = row.get("when") or {}, row.get("where") or row
    nested = "span" in row
    return CodedClaim(
        id=row["id"],
        start=span["start"],
        end=span["end"],
        in_title=span.get("in") == "title",
        harm=row.get("harm"),
        stated=count.get("stated"),
        stated_high=count.get("stated_high"),
        qualifier=count.get("qualifier"),
        status=_status(row),
        scope=row.get("scope"),
        modality=row.get("modality"),
        perpetrators=_texts(row.get("perpetrators")),
        according_to=_text(row.get("according_to")),
        days=_days([when.get("start"), when.get("end")] if nested else row.get("date")),
        country=where.get("country"),
        admin1=where.get("admin1"),
        place=where.get("text") if nested else row.get("place"),
        judged=None if row.get("judged") is None else frozenset(row["judged"]),
    )


def _status(row: Row) -> str | None:
    """A gold row keeps the status beside the victims' words, a printed row inside its victims."""
    victims = row.get("victims")
    value = victims.get("status") if isinstance(victims, Mapping) else row.get("status")
    return None if value is None else str(value)


def _incident(row: Row) -> CodedIncident:
    where = row.get("where") or {}
    return CodedIncident(
        killed=_range(row.get("killed")),
        perpetrators=_texts(row.get("perpetrators")),
        place=where.get("text") or row.get("place"),
        claims=tuple(row.get("claims") or ()),
    )


def _range(value: Any) -> Range | None:
    if not value:
        return None
    return (value.get("low"), value.get("high")) if isinstance(value, Mapping) else (value[0], value[1])


def _days(value: Any) -> tuple[str | None, str | None] | None:
    return (value[0], value[1]) if value and value[0] else None


def _text(value: Any) -> str | None:
    text = value.get("text") if isinstance(value, Mapping) else value
    return None if text is None else str(text)


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(text for text in map(_text, values or ()) if text is not None)
