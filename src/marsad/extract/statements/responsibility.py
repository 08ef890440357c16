"""Responsibility: who claims, denies or is blamed for an attack, and that nobody has claimed it."""

import re
from collections.abc import Iterator

from marsad.extract.statements.drafts import Draft, apart
from marsad.extract.statements.patterns import matches, piece
from marsad.extract.statements.phrases import Line, Phrase

ATTACK = re.compile(
    r"\bE\d+|\b(?:kill|murder|massacr|assassinat|bomb|attack|shell|poison|behead|execut|abduct|kidnap|torch|rap|atrocit|explo)\w*"
    r"|\b(?:deaths?|genocide|aggression|terrorism|torture\w*|stabb\w+|dynamit\w+|shooting|downed|blown up|blew up"
    r"|acts? of violence)\b"
)
SUSPECTED = frozenset(("suspected", "alleged", "presumed", "apparent", "supposed", "purported"))
DECLARED = "declared"
"""What an army says of its own strike: claimed, where an act of war follows at once."""
NOT_ATTACKERS = frozenset(("member", "members", "site", "sites", "hideout", "hideouts", "positions", "base", "bases"))

SUFFERED = re.compile(r"\b(?:was|were|been|being|is|are) (?:\w+ )?allegedly|\ballegedly (?:been|being)")
"""Words by which a party did not do but suffer the deed."""
DOER_BEHIND = re.compile(r" by (?:the |an? )?[A-Z]\d+$")
"""The end of a match that names the doer last."""
KILLED = re.compile(
    r"\S+ (?:(?:was|were|are|is|been|have|has|had|reportedly) )*(?:killed|arrested|detained|captured|shot dead)"
    r" (?:in|by|on|after|during|when|as|near|at|[.,])"
)
"""Words behind a party that say that it suffered the deed."""
VICTIM = re.compile(
    r"\b(?:kill\w*|arrest\w*|detain\w*|captur\w*|target\w*|bodies of|search of|wound\w*) (?:[\w-]+ ){0,4}$"
)
"""Words before a party that say so."""
DOES = re.compile(
    r"(?:kills?|murders?|ambush|bombs?|raids?|storms?|stormed|raided|burn|burned|burnt|abducts?|kidnaps?|shoots?"
    r"|opened fire|hits?|strikes?|blew up|blows up|invaded|threw|set fire|beheaded|slaughtered|E\d+)\b"
)
"""Deeds that a headline tells right behind a party; an act of war may be a verb there ("rebels attack")."""
OWN = frozenset(("its", "their", "our", "his"))
NOBODY = frozenset(("any", "no", "other", "some"))
"""Openers of parties that name nobody: "they accused no group"."""

BEFORE_WHO = frozenset((",", ")", "]", "-", "–", "and", "to", "for", "of", "in"))
"""What stands before a "who" that means a party told before; behind other words than a party it asks."""


def find_responsibility(line: Line) -> Iterator[Draft]:
    """Yield what a sentence says of responsibility: by the patterns, then of suspected groups and alleged attacks."""
    found = [_draft(line, stance, match) for stance, match in matches("responsibility", line.text)]
    found += [_suspected(line, phrase) for phrase in line.phrases]
    yield from apart(draft for draft in found if draft is not None)


def _draft(line: Line, stance: str, match: re.Match[str]) -> Draft | None:
    groups = match.groupdict()
    if stance == "blamed" and not (ATTACK.search(line.text) or piece("DEED").search(line.text)):
        return None
    if _is_suffered(match) or (groups.get("own") and not _is_own(line, groups["own"])):
        return None
    if groups.get("actor") and _is_nobody(line, line.phrase(groups["actor"])):
        return None
    slots: dict[str, list[tuple[int, int]]] = {}
    stands_for: dict[str, Phrase] = {}
    if groups.get("actor"):
        actor = line.phrase(groups["actor"])
        slots["actor"] = [line.span(actor)]
        if actor.sort in "TR":
            stands_for["actor"] = actor
    elif groups.get("people"):
        slots["actor"] = [line.words(match.start("people"), match.end("people"))]
    elif groups.get("owned"):
        owners = _owners(line.phrase(groups["owned"]))
        if not owners:
            return None
        slots["actor"] = [line.offsets(owners[0][0], owners[-1][1])]
    if groups.get("event") and groups["event"].startswith("E"):
        slots["event"] = [line.span(line.phrase(groups["event"]))]
    return Draft("responsibility", {"stance": stance}, slots, stands_for, line.words(match.start(), match.end()))


def _is_suffered(match: re.Match[str]) -> bool:
    """Say whether the party of a match suffered the deed: "was allegedly killed", and nobody behind "by"."""
    return bool(SUFFERED.search(match.group())) and not DOER_BEHIND.search(match.group())


def _is_nobody(line: Line, actor: Phrase) -> bool:
    """Say whether a party names nobody: "no group", and a "who" that asks ("those who", "determine who")."""
    if line.sentence.low[actor.first] in NOBODY:
        return True
    if actor.sort != "R" or not actor.first:
        return False
    before = line.sentence.low[actor.first - 1]
    return before not in BEFORE_WHO and all(one.stop != actor.first for one in line.phrases)


def _is_own(line: Line, mark: str) -> bool:
    """Say whether a party is the speaker's: "said its fighters had struck"."""
    return line.sentence.low[line.phrase(mark).first] in OWN


def _owners(phrase: Phrase) -> list[tuple[int, int, str]]:
    """Return the names and nouns in an act of war that say whose it is: "Northern" in "a Northern airstrike"."""
    return [atom for atom in phrase.atoms[:-1] if atom[2] in "AXND"]


def _suspected(line: Line, phrase: Phrase) -> Draft | None:
    """Return who is blamed by "suspected rebels" and "alleged Northern airstrike"."""
    low = line.sentence.low
    doubts = SUSPECTED | {DECLARED} if phrase.sort == "E" else SUSPECTED
    at = next((n for n in range(max(0, phrase.first - 1), phrase.stop) if low[n] in doubts), None)
    if at is None or not phrase.atoms:
        return None
    atoms = [atom for atom in phrase.atoms if atom[0] > at]
    extent = line.offsets(at, phrase.stop)
    if phrase.sort == "N" and len(atoms) > 1 and atoms[-2][2] == "A":
        return Draft("responsibility", {"stance": "blamed"}, {"actor": [line.offsets(*atoms[-1][:2])]}, extent=extent)
    if phrase.sort == "E":
        return _alleged(line, phrase, at)
    if phrase.sort not in "AN" or low[phrase.stop - 1] in NOT_ATTACKERS or not any(a[2] in "AX" for a in atoms):
        return None
    if low[max(0, at - 1)] != "by" and not _does(line, phrase):
        return None
    return Draft("responsibility", {"stance": "blamed"}, {"actor": [line.offsets(at + 1, phrase.stop)]}, extent=extent)


def _alleged(line: Line, phrase: Phrase, at: int) -> Draft | None:
    """Return whose an alleged or declared act of war is said to be, where its phrase tells."""
    low = line.sentence.low
    owners = [atom for atom in _owners(phrase) if atom[0] > at]
    # "Declared the Northern offensive over" declares no strike.
    if not owners or (low[at] == DECLARED and low[at + 1] in ("the", "a", "an")):
        return None
    slots = {"actor": [line.offsets(owners[0][0], owners[-1][1])], "event": [line.offsets(*phrase.atoms[-1][:2])]}
    stance = "claimed" if low[at] == DECLARED else "blamed"
    return Draft("responsibility", {"stance": stance}, slots, extent=line.offsets(at, phrase.stop))


def _does(line: Line, phrase: Phrase) -> bool:
    """Say whether a deed of a party is told behind it, and not that it was killed or held itself."""
    at = line.offset_of(phrase)
    if KILLED.match(line.text, at) or VICTIM.search(line.text[:at]):
        return False
    after = line.text.find(" ", at) + 1
    return bool(DOES.match(line.text, after) or piece("DEED").search(line.text, after))
