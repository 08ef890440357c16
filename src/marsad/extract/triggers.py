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
    hurt = _hospital(sentence, at) or _with_wounds(sentence, at)
    if hurt is not None:
        return hurt
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
        if low[stop] in {"wound", "wounds"} and low[stop - 1] in {"gunshot", "stab", "bullet", "shrapnel"}:
            return Trigger(at, stop + 1, "injured", "bearing")
    return None


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
    if known.frame != "past":
        return known.frame
    aux = auxiliary_before(sentence, at)
    if aux is not None:
        return "passive"
    here = at - 1
    while here >= 0 and sentence.low[here] in BETWEEN:
        here -= 1
    if here >= 0 and sentence.low[here] in PERFECT:
        return "active"
    return "past"


def auxiliary_before(sentence: Sentence, at: int) -> int | None:
    """Return the first token of the passive auxiliary that governs the participle at `at` ("have been", "was")."""
    here = at - 1
    while here >= 0 and sentence.low[here] in BETWEEN and sentence.low[here] not in {"been", "be", "being"}:
        here -= 1
    if here < 0 or sentence.low[here] not in AUXILIARIES:
        return None
    while here > 0 and sentence.low[here - 1] in (
        AUXILIARIES | PERFECT | BETWEEN | {"may", "might", "could", "would", "will", "must", "can"}
    ):
        here -= 1
    return here
