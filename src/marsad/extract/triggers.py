"""Where a sentence tells of harm: each harm word with its harm, its grammar and its tokens."""

from dataclasses import dataclass

from marsad.extract.lexicon import HarmWord, harm_words, word_set
from marsad.extract.sentences import Sentence
from marsad.vocabulary import Harm

AUXILIARIES = frozenset(
    ["is", "are", "was", "were", "be", "been", "being", "am", "get", "gets", "got", "getting", "'s", "'re"]
)
PERFECT = frozenset(["has", "have", "had", "having"])
BETWEEN = word_set("triggers.between")


SUFFERED = frozenset(
    ["sustained", "suffered", "suffer", "suffering", "sustaining", "received", "experienced", "incurred"]
)
MOVED = frozenset(
    ["taken", "transported", "rushed", "airlifted", "flown", "brought", "transferred", "admitted", "evacuated"]
)
HOSPITALS = frozenset(["hospital", "hospitals", "clinic", "clinics", "medical", "infirmary"])
STRIKES = {
    **dict.fromkeys(("struck", "hit", "grazed", "blasted", "clipped", "pierced"), "past"),
    **dict.fromkeys(("striking", "hitting", "grazing"), "ing"),
    **dict.fromkeys(("strikes", "hits", "grazes"), "base"),
}
"""Verbs that tell of a wound only where a bullet or a part of the body is named with them."""
SHOOTING = frozenset(["shooting", "shootings", "stabbing", "stabbings"])
BEFORE_SHOOTING = frozenset(["after", "before", "by", "for", "and", "began", "started", "of", "then", ","])
TAKES_LIVES = word_set("triggers.takes_lives")
MISSILES = word_set("triggers.missiles")
BODY = word_set("triggers.body")
CONDITIONS = word_set("triggers.conditions")
STAYS = frozenset(["is", "are", "was", "were", "remain", "remains", "remained", "still", "be", "'s", "lies", "lay"])
LONGEST_STRIKE = 10
LONGEST_BEFORE = 4
FAR_BEFORE = 16
WOUNDS = frozenset(["injury", "injuries", "wound", "wounds", "burns", "trauma", "fractures", "concussion"])


@dataclass(frozen=True, slots=True)
class Trigger:
    """A harm word in a sentence: tokens `first` to `stop`; `frame` is its grammar here (see frames)."""

    first: int
    stop: int
    harm: Harm
    frame: str


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """Return the harm words of a sentence in order; longer phrases win over the words inside them."""
    found: list[Trigger] = []
    at = 0
    while at < len(sentence.low):
        trigger = _trigger_at(sentence, at)
        if trigger is None:
            at += 1
            continue
        found.append(trigger)
        at = trigger.stop
    return found


def _trigger_at(sentence: Sentence, at: int) -> Trigger | None:
    low = sentence.low[at].removesuffix("'s")
    if low in SUFFERED:
        for stop in range(at + 1, min(at + 7, len(sentence.low))):
            if sentence.low[stop] in WOUNDS:
                return Trigger(at, stop + 1, "injured", "intr")
    if low in SHOOTING:
        return _shooting(sentence, at)
    hurt = _hospital(sentence, at) or _with_wounds(sentence, at) or _struck(sentence, at) or _in_care(sentence, at)
    if hurt is not None:
        return hurt
    if low in {"lives", "life"} and (lost := _lives(sentence, at)) is not None:
        return lost
    for known in harm_words().get(low, ()):
        end = _matched(sentence, at, known)
        if end is not None:
            return Trigger(at, end, known.harm, _frame(sentence, at, end, known))
    return None


def _hospital(sentence: Sentence, at: int) -> Trigger | None:
    """ "was rushed to hospital" tells of an injury, unless a death is told in the same breath."""
    low = sentence.low
    if low[at] not in MOVED:
        return None
    near = low[at + 1 : at + 10]
    if (
        "to" not in near[:5]
        or not set(near) & HOSPITALS
        or set(low[at : at + 16]) & {"died", "dead", "body", "bodies", "morgue", "succumbed"}
    ):
        return None
    return Trigger(at, at + 1, "injured", "passive") if auxiliary_before(sentence, at) is not None else None


def _shooting(sentence: Sentence, at: int) -> Trigger | None:
    """Read "after shooting her friend", "the fatal shooting of a clerk"; a shooting by itself harms nobody known."""
    low = sentence.low
    behind = low[at + 1 : at + 2]
    longer = next((end for k in harm_words().get(low[at], ()) if (end := _matched(sentence, at, k)) is not None), None)
    if longer is not None:
        return Trigger(at, longer, "killed", "noun" if low[longer - 1] in {"death", "deaths"} else "ing")
    if behind == ["of"]:
        fatal = at and low[at - 1] in {"fatal", "deadly", "lethal"}
        return Trigger(at, at + 1, "killed" if fatal else "injured", "noun")
    verb = at and (low[at - 1] in BEFORE_SHOOTING or low[at - 1].endswith("ly"))
    return Trigger(at, at + 1, "injured", "ing") if verb and low[at].endswith("ing") and behind != ["at"] else None


def _struck(sentence: Sentence, at: int) -> Trigger | None:
    """Read "was hit by a bullet", "struck her in the leg", "grazing his arm"."""
    frame = STRIKES.get(sentence.low[at])
    if frame is None:
        return None
    near = sentence.low[at + 1 : at + 1 + LONGEST_STRIKE]
    for stop in (";", ".", "who", "while"):
        near = near[: near.index(stop)] if stop in near else near
    before = sentence.low[max(0, at - (FAR_BEFORE if frame == "ing" else LONGEST_BEFORE)) : at]
    shot = not MISSILES.isdisjoint(near) or not MISSILES.isdisjoint(before)
    in_body = any(a in {"in", "on"} and not BODY.isdisjoint(near[i + 1 : i + 5]) for i, a in enumerate(near))
    if not shot and not in_body:
        return None
    return Trigger(at, at + 1, "injured", _voice(sentence, at) if frame == "past" else frame)


def _lives(sentence: Sentence, at: int) -> Trigger | None:
    """Read "claimed two lives", "at least 30 lives were lost"."""
    low = sentence.low
    taken = not TAKES_LIVES.isdisjoint(low[max(0, at - 6) : at])
    lost = "lost" in low[at + 1 : at + 6]
    return Trigger(at, at + 1, "killed", "count") if taken or lost else None


def _in_care(sentence: Sentence, at: int) -> Trigger | None:
    """Read "are in critical condition", "is still in the hospital", "was treated and released"."""
    low = sentence.low
    if low[at] == "treated" and auxiliary_before(sentence, at) is not None:
        near = set(low[at + 1 : at + 10])
        return Trigger(at, at + 1, "injured", "passive") if near & (HOSPITALS | WOUNDS | {"released"}) else None
    if low[at] != "in":
        return None
    for stop in range(at + 2, min(at + 7, len(low))):
        if low[stop] == "condition" and not CONDITIONS.isdisjoint(low[at + 1 : stop]):
            return Trigger(at, stop + 1, "injured", "intr")
    stays = at and low[at - 1] in STAYS
    if stays and not HOSPITALS.isdisjoint(low[at + 1 : at + 4]):
        return Trigger(at, at + 1, "injured", "intr")
    return None


def _with_wounds(sentence: Sentence, at: int) -> Trigger | None:
    """ "a man with gunshot wounds" """
    low = sentence.low
    if low[at] not in {"with", "from"} or set(low[max(0, at - 3) : at]) & {
        "died",
        "dead",
        "die",
        "dies",
        "killed",
        "succumbed",
    }:
        return None
    for stop in range(at + 1, min(at + 7, len(low))):
        if low[stop] in {"wound", "wounds"} and _tells_of_shot(low, stop):
            return Trigger(at, stop + 1, "injured", "bearing")
    return None


def _tells_of_shot(low: list[str], at: int) -> bool:
    """Say whether a wound is one of a weapon, or to a part of the body."""
    return low[at - 1] in {"gunshot", "stab", "bullet", "shrapnel", "shot"} or low[at + 1 : at + 2] == ["to"]


def _matched(sentence: Sentence, at: int, known: HarmWord) -> int | None:
    stop = at + len(known.words)
    if stop > len(sentence.low):
        return None
    if len(known.words) > 1 and tuple(sentence.low[at + 1 : stop]) != known.words[1:]:
        return None
    return stop


def _frame(sentence: Sentence, at: int, stop: int, known: HarmWord) -> str:
    """Tell active from passive for a past form; other forms keep the frame of the table."""
    if (
        (
            known.frame == "ing"
            and at
            and sentence.low[at - 1] in {"the", "of", "a", "his", "her", "their", "this", "that", "in", "for", "after"}
        )
        and at + len(known.words) < len(sentence.low)
        and sentence.low[stop] == "of"
    ):
        return "noun"
    return _voice(sentence, at) if known.frame == "past" else known.frame


def _voice(sentence: Sentence, at: int) -> str:
    """Tell passive and active apart for the past form at `at`; "past" where no auxiliary tells."""
    aux = auxiliary_before(sentence, at)
    if aux is not None:
        return "passive"
    here = at - 1
    while here >= 0 and _is_between(sentence.low[here]):
        here -= 1
    if here >= 0 and sentence.low[here] in PERFECT:
        return "active"
    return "past"


def auxiliary_before(sentence: Sentence, at: int) -> int | None:
    """Return the first token of the passive auxiliary that governs the participle at `at` ("have been", "was")."""
    here = at - 1
    while here >= 0 and _is_between(sentence.low[here]) and sentence.low[here] not in {"been", "be", "being"}:
        here -= 1
    if here < 0 or sentence.low[here] not in AUXILIARIES:
        return None
    while here > 0 and sentence.low[here - 1] in (
        AUXILIARIES | PERFECT | BETWEEN | {"may", "might", "could", "would", "will", "must", "can"}
    ):
        here -= 1
    return here


def _is_between(word: str) -> bool:
    """Say whether a word may stand between an auxiliary and its participle: any adverb in -ly may."""
    return word in BETWEEN or (word.endswith("ly") and len(word) > 4 and word not in {"family", "only", "elderly"})
