"""Control: who holds, takes, retakes, loses, besieges or contests a ground, as the words of one sentence say it."""

import re
from collections.abc import Iterator

from marsad.extract.statements.drafts import Draft, apart
from marsad.extract.statements.patterns import matches
from marsad.extract.statements.phrases import Line, Phrase, atoms_of, sorts

NO_CONTEST = ("war", "bomb", "crime", "murder", "incident", "explosion", "blast", "kidnap", "abduct", "killing")
"""Nouns for acts of war that are no contest for a ground."""
EXTENT = re.compile(r"\b(?:in theory|nominally|theoretically|on paper)\b")
PREPOSITIONS = frozenset(
    ("in", "of", "from", "with", "at", "near", "to", "on", "by", "against", "for", "into", "inside")
)
NAMELESS = frozenset(
    ("area", "areas", "territory", "territories", "land", "lands", "parts", "positions", "villages", "towns")
)
"""Grounds that have no name of their own."""
BEHIND = re.compile(r" in (?:(?:the|[a-z]+) ){0,3}?([PX]\d+)")
OWN = frozenset(("its", "their", "our", "his"))
STRONG = frozenset(
    ("positions", "stronghold", "strongholds", "bastion", "bastions", "redoubt", "redoubts", "hideouts", "trenches")
)
NOUNS = {
    "post": STRONG,
    "own": STRONG,
    "wide": NAMELESS,
    "siege": frozenset(("siege", "sieges", "blockade")),
}
"""The nouns by which a phrase may fill a pattern's group of that name."""
TIES = {
    **dict.fromkeys(("held", "controlled", "occupied", "ruled", "run", "administered"), "holds"),
    "besieged": "besieges",
}


def find_control(line: Line) -> Iterator[Draft]:
    """Yield what a sentence says of control: by the patterns, then by compounds ("rebel-held Northfold")."""
    found = [_draft(line, relation, match) for relation, match in matches("control", line.text)]
    found += [_compound(line, phrase) for phrase in line.phrases]
    atoms = atoms_of(line)
    found += [_draft(atoms, relation, match) for relation, match in matches("strongholds", atoms.text)]
    yield from apart(draft for draft in found if draft is not None)


def _draft(line: Line, relation: str, match: re.Match[str]) -> Draft | None:
    if not _has_nouns(line, match):
        return None
    ground = line.phrase(match["ground"])
    if line.sentence.low[ground.first : ground.stop] == ["ground"]:
        return None
    if ground.sort == "R" and not _is_relative_to_ground(line, ground):
        return None
    if relation == "contests" and ground.sort == "N" and "capture" in match.group():
        # Who is called by a name that nobody knows may be a person.
        return None
    slots = {"place": [line.span(ground)]}
    if match.end() == match.end("ground") and (named := _ground_behind(line, ground, match.end())) is not None:
        slots = {"place": [line.offsets(line.bare(ground), named.stop)]}
    if (holding := _holding(line, relation, match)) is None:
        return None
    slots |= holding[0]
    stands_for = holding[1] | ({"place": ground} if ground.sort == "R" else {})
    if match.groupdict().get("share"):
        slots["share"] = [line.words(match.start("share"), match.end("share"))]
    if extent := EXTENT.search(line.text, match.start(), match.end()):
        slots["extent"] = [line.words(*extent.span())]
    return Draft("control", {"relation": relation}, slots, stands_for, line.words(match.start(), match.end()))


def _holding(
    line: Line, relation: str, match: re.Match[str]
) -> tuple[dict[str, list[tuple[int, int]]], dict[str, Phrase]] | None:
    """Return the slot of who holds, with its pronoun; empty where only a ground is told, None where nothing is."""
    groups = match.groupdict()
    ground = line.phrase(groups["ground"])
    holder = _holder(line, match)
    if holder is not None and holder.sort == "N" and line.sentence.shouted:
        # Where all is in capitals, a name that nobody knows may be any word.
        return None
    if holder is not None and holder != ground:
        return {"actor": [line.span(holder)]}, {"actor": holder} if holder.sort in "TR" else {}
    if groups.get("tied"):
        first = line.sentence.starts[line.token_at(match.start())]
        return {"actor": [(first, first + len(groups["tied"]))]}, {}
    if groups.get("event"):
        owners = _owners(line, relation, line.phrase(groups["event"]))
        return None if owners is None else (owners, {})
    return ({}, {}) if groups.get("alone") and _is_named(line, ground) else None


def _owners(line: Line, relation: str, event: Phrase) -> dict[str, list[tuple[int, int]]] | None:
    """Return the party in a phrase for what was done ("the Northern siege"); None where it tells of no control."""
    noun = line.sentence.low[event.stop - 1]
    # Of what else is done "on" or "of" a ground only a siege speaks of control, and only one with a party.
    if (relation == "besieges") != noun.startswith("siege") or noun.startswith(NO_CONTEST):
        return None
    owners = [line.offsets(first, stop) for first, stop, sort in event.atoms[:-1] if sort in "AXND"][:1]
    if owners:
        return {"actor": owners}
    return None if relation == "besieges" else {}


def _is_named(line: Line, ground: Phrase) -> bool:
    """Say whether a ground has a name, and is more than "the region"."""
    return any(line.sentence.low[first] not in sorts() for first, _, _ in ground.atoms)


def _has_nouns(line: Line, match: re.Match[str]) -> bool:
    """Say whether the phrases of a match that need certain nouns end in them ("post": "positions")."""
    groups = match.groupdict()
    if groups.get("own") and line.sentence.low[line.phrase(groups["own"]).first] not in OWN:
        return False
    return all(
        line.sentence.low[line.phrase(groups[name]).stop - 1] in nouns
        for name, nouns in NOUNS.items()
        if groups.get(name)
    )


def _ground_behind(line: Line, ground: Phrase, end: int) -> Phrase | None:
    """Return the named ground in which nameless "areas" or "territory" lie, told right behind them."""
    if line.sentence.low[ground.stop - 1] not in NAMELESS or any(atom[2] != "P" for atom in ground.atoms):
        return None
    if any(line.sentence.low[first] not in NAMELESS for first, _, _ in ground.atoms):
        return None
    found = BEHIND.match(line.text, end)
    return line.phrase(found[1]) if found else None


def _holder(line: Line, match: re.Match[str]) -> Phrase | None:
    """Return the party of a match; behind "and" the sentence's subject goes on."""
    groups = match.groupdict()
    if mark := groups.get("actor") or groups.get("possessor"):
        return line.phrase(mark)
    if groups.get("joined"):
        return next((one for one in line.phrases if _is_subject(line, one, match.start())), None)
    return None


def _is_subject(line: Line, one: Phrase, before: int) -> bool:
    """Say whether a phrase may be what a sentence is about: a party before an offset, and behind no preposition."""
    if one.sort not in "AXN" or line.offset_of(one) >= before:
        return False
    return one.first == 0 or line.sentence.low[one.first - 1] not in PREPOSITIONS


def _is_relative_to_ground(line: Line, relative: Phrase) -> bool:
    """Say whether "which" stands for a ground: one stands right before it; "who" never does."""
    if line.sentence.low[relative.first] == "who":
        return False
    earlier = [one for one in line.phrases if one.stop <= relative.first]
    return bool(earlier) and earlier[-1].sort in "PX"


def _compound(line: Line, phrase: Phrase) -> Draft | None:
    """Return the control that a compound tells: "rebel-held Northfold", "the besieged town"."""
    if phrase.sort in "PX" and "besieged" in line.sentence.low[phrase.first : phrase.stop]:
        return Draft("control", {"relation": "besieges"}, {"place": [line.span(phrase)]})
    if phrase.tie is None or phrase.tie.how not in TIES or phrase.sort not in "PXN":
        return None
    if phrase.sort == "N" and phrase.tie.how in ("run", "administered"):
        # "the state-run Northern Agency" is no ground.
        return None
    named = _ground_behind(line, phrase, line.offset_of(phrase) + len(str(line.phrases.index(phrase))) + 1)
    ground = line.offsets(phrase.tie.stop, phrase.stop if named is None else named.stop)
    slots = {"actor": [(phrase.tie.start, phrase.tie.end)], "place": [ground]}
    return Draft("control", {"relation": TIES[phrase.tie.how]}, slots)
