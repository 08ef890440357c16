"""Control: who holds, takes, retakes, loses, besieges or contests a ground, as the words of one sentence say it."""

import re
from collections.abc import Iterator

from marsad.extract.statements.drafts import Draft, apart
from marsad.extract.statements.patterns import wordings
from marsad.extract.statements.phrases import Line, Phrase, atoms_of

EXTENT = re.compile(r"\b(?:in theory|nominally|theoretically|on paper)\b")
TIES = {
    **dict.fromkeys(("held", "controlled", "occupied", "ruled", "run", "administered"), "holds"),
    "besieged": "besieges",
}


def find_control(line: Line) -> Iterator[Draft]:
    """Yield what a sentence says of control: by the patterns, then by compounds ("rebel-held Northfold")."""
    found = [
        _draft(line, relation, match) for relation, form in wordings("control") for match in form.finditer(line.text)
    ]
    found += [_compound(line, phrase) for phrase in line.phrases]
    atoms = atoms_of(line)
    found += [
        _draft(atoms, relation, match)
        for relation, form in wordings("strongholds")
        for match in form.finditer(atoms.text)
    ]
    yield from apart(draft for draft in found if draft is not None)


def _draft(line: Line, relation: str, match: re.Match[str]) -> Draft | None:
    groups = match.groupdict()
    ground = line.phrase(groups["ground"])
    slots = {"place": [line.span(ground)]}
    stands_for = {"place": ground} if ground.sort == "R" else {}
    mark = groups.get("actor") or groups.get("possessor")
    if mark:
        actor = line.phrase(mark)
        if actor == ground:
            return None
        slots["actor"] = [line.span(actor)]
        if actor.sort in "TR":
            stands_for["actor"] = actor
    elif groups.get("event"):
        event = line.phrase(groups["event"])
        noun = line.sentence.low[event.stop - 1]
        if (relation == "besieges") != noun.startswith("siege"):
            return None
        owner = [atom for atom in event.atoms[:-1] if atom[2] in "AXND"]
        if owner:
            slots["actor"] = [line.offsets(*owner[0][:2])]
    if groups.get("share"):
        slots["share"] = [line.words(match.start("share"), match.end("share"))]
    if extent := EXTENT.search(line.text, match.start(), match.end()):
        slots["extent"] = [line.words(*extent.span())]
    return Draft("control", {"relation": relation}, slots, stands_for, line.words(match.start(), match.end()))


def _compound(line: Line, phrase: Phrase) -> Draft | None:
    """Return the control that a compound tells: "rebel-held Northfold"."""
    if phrase.tie is None or phrase.tie.how not in TIES or phrase.sort not in "PXN":
        return None
    who, ground = (phrase.tie.start, phrase.tie.end), line.offsets(phrase.tie.stop, phrase.stop)
    return Draft("control", {"relation": TIES[phrase.tie.how]}, {"actor": [who], "place": [ground]})
