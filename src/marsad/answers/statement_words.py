"""Statements in words that a person reads: who holds what, who stands with whom, what was agreed, what is a record."""

from collections.abc import Iterator

from marsad.model import Slot, Statement

RELATIONS = {
    "backs": "backs",
    "leads": "leads",
    "part_of": "part of",
    "affiliate": "tied to",
    "formerly": "formerly",
    "split_from": "split from",
    "rival": "rival of",
}
STATUSES = {
    "proposed": "is talked about",
    "agreed": "was agreed",
    "kept": "holds",
    "broken": "was broken",
    "not_implemented": "was not carried out",
    "refused": "was refused",
}
STANCES = {"claimed": "claims responsibility", "denied": "denies responsibility", "blamed": "blamed"}
MEASURES = {"highest": "the highest", "lowest": "the lowest", "first": "the first", "rank": "one of a row"}
SOMEBODY = "somebody"


def statement_words(one: Statement) -> str:
    """Return a statement as one plain clause, its actors by the registry's names and its places by the gazetteer's."""
    words = {
        "responsibility": _responsibility,
        "control": _control,
        "relation": _relation,
        "agreement": _agreement,
        "record": _record,
    }[one.kind](one)
    return words if one.modality == "asserted" else f"{words} ({one.modality})"


def statement_facts(one: Statement) -> Iterator[str]:
    """Yield when a statement says that it is so, and on whose word, in the report's words."""
    if one.when is not None and one.when.text:
        yield one.when.text
    if one.according_to is not None:
        yield f"according to {one.according_to.text}"


def _responsibility(one: Statement) -> str:
    event = _slot(one, "event")
    about = f" for {event}" if event else ""
    if one.terms["stance"] == "unclaimed":
        return f"nobody has claimed responsibility{about}"
    return f"{_slot(one, 'actor') or SOMEBODY}: {STANCES[one.terms['stance']]}{about}"


def _control(one: Statement) -> str:
    share, extent = _slot(one, "share"), _slot(one, "extent")
    ground = " of ".join(part for part in (share, _slot(one, "place") or "ground") if part)
    line = " → ".join((_slot(one, "actor") or SOMEBODY, one.terms["relation"], ground))
    return f"{line}, {extent}" if extent else line


def _relation(one: Statement) -> str:
    return " → ".join((_slot(one, "left"), RELATIONS[one.terms["relation"]], _slot(one, "right")))


def _agreement(one: Statement) -> str:
    between = " and ".join(_name(slot) for slot in one.slots.get("parties", ()))
    what = one.terms["agreement"].replace("_", " ")
    return f"{what}{f' ({between})' if between else ''} {STATUSES[one.terms['status']]}"


def _record(one: Statement) -> str:
    of, window = _slot(one, "of") or "event", _slot(one, "window")
    if one.terms["measure"] == "brings_to":
        return " ".join(filter(None, ("brings the", of, "to a new sum", window)))
    return " ".join(filter(None, (MEASURES[one.terms["measure"]], of, window)))


def _slot(one: Statement, name: str) -> str:
    return next((_name(slot) for slot in one.slots.get(name, ())), "")


def _name(slot: Slot) -> str:
    """Return what the words were taken for, or the words where that is not known."""
    meant = slot.actor.name if slot.actor else slot.where.name if slot.where else None
    return meant or " ".join(slot.text.split())
