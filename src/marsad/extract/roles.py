"""Who did it: the actor of a harm word, from the grammar around it, with how sure the report is of it."""

import re
from dataclasses import dataclass
from functools import cache

from marsad.extract.clause import Found
from marsad.extract.lexicon import person_noun, table, word_set
from marsad.extract.mentions import NOT_DESCRIBED
from marsad.extract.scene import force_words
from marsad.extract.sentences import Sentence
from marsad.extract.triggers import auxiliary_before
from marsad.extract.word_kinds import noun_at, stops
from marsad.vocabulary import Basis

ALLEGED = re.compile(
    (
        r"\b(?:allegedly|alleged|suspected|blamed?|blames|blaming|accus\w+|believed to|purported\w*"
        r"|reportedly carried|presumed|suspects?|attributed|charged)\b"
    ),
    re.IGNORECASE,
)
CLAIMED = re.compile(
    (
        r"\b(?:claim(?:ed|s|ing)? (?:the |it |that |they |to |responsibility|credit|killing)"
        r"|took responsibility|takes responsibility)"
    ),
    re.IGNORECASE,
)
NOUNS_TOO = frozenset(("led", "strike", "strikes", "raids", "raid", "attack", "attacks", "fire", "fighting", "dead"))
NP_BREAKS = word_set("roles.np_breaks")
ADVERB_LEADS = word_set("roles.adverb_leads")
JUDGEMENT = word_set("roles.judgement")
WEAPONS = word_set("roles.weapons")
TIME_WORDS = word_set("roles.time_words")
LIGHT = word_set("roles.light")


@dataclass(frozen=True, slots=True)
class Actor:
    """The words of a doer as tokens of a sentence, and the basis."""

    first: int
    stop: int
    basis: Basis


@cache
def events() -> frozenset[str]:
    """Return the nouns for acts of violence."""
    return frozenset(row[0] for row in table("forces") if row[1] == "event")


def find_actor(sentence: Sentence, found: Found) -> Actor | None:
    """Return the doer that the clause of a claim gives, None when it gives none."""
    if found.trigger is None:
        return None
    trigger = found.trigger
    span = None
    if found.pattern in {"active", "base", "ing", "object"}:
        span = _subject(sentence, trigger.first, participle=trigger.frame == "ing")
    span = (
        span
        or _by_phrase(sentence, trigger.stop, found)
        or event_actor(sentence, trigger.first, (found.first, found.stop))
    )
    if span is None:
        return None
    return Actor(span[0], span[1], basis_of(sentence, span))


def basis_of(sentence: Sentence, span: tuple[int, int]) -> Basis:
    """Say how sure the report is of a doer, by the words around it."""
    if CLAIMED.search(sentence.text):
        return "claimed"
    first = max(0, span[0] - 6)
    near = sentence.quote(first, min(len(sentence.low), span[1] + 4))
    return "alleged" if ALLEGED.search(near) else "asserted"


def _subject(sentence: Sentence, at: int, participle: bool) -> tuple[int, int] | None:
    """Read the noun phrase in front of an active verb; a participle takes the subject of its main clause."""
    end = _before_verb(sentence, at)
    if participle:
        verb = _main_verb(sentence, end)
        if verb is None:
            return None
        if auxiliary_before(sentence, verb) is not None and sentence.low[verb].endswith("ed"):
            return _by_phrase_from(sentence, verb + 1, at)
        end = _before_verb(sentence, verb)
    start = _phrase_start(sentence, end)
    if start and sentence.low[start - 1] in past_harm() and "and" in sentence.low[end:at]:
        # "X killed 14 and wounded six": the second verb shares the subject of the first.
        return _subject(sentence, start - 1, participle=False)
    if end < at and sentence.low[end] in {"that", "which", "who"}:
        # A relative clause speaks of the phrase right before it: "in a war that has killed".
        start = max(
            [here + 1 for here in range(start, end) if stops().get(sentence.low[here]) == "prep"], default=start
        )
    return _actor_in(sentence, start, end) if start < end else None


def pronoun_subject(sentence: Sentence, found: Found) -> bool:
    """Say whether the doer of an active harm word is a pronoun ("they have killed")."""
    if found.trigger is None or found.pattern not in {"active", "base", "object"}:
        return False
    end = _before_verb(sentence, found.trigger.first)
    return end > 0 and sentence.low[end - 1] in {"they", "it"}


def last_actor(sentence: Sentence) -> tuple[int, int] | None:
    """Return the last armed body that a sentence names: what "they" in the next one stands for."""
    low = sentence.low
    for at in range(len(low) - 1, -1, -1):
        noun = person_noun(low[at])
        armed = noun is not None and noun.status == "combatant" and low[at] == noun.plural
        if armed or (
            low[at] in force_words() and sentence.words[at][0].isupper() and low[at] not in {"armed", "security"}
        ):
            start = at
            while start > 0 and _owner_word(sentence, start - 1):
                start -= 1
            return start, at + 1
    return None


def _before_verb(sentence: Sentence, at: int) -> int:
    here = at
    skip = {
        "have",
        "has",
        "had",
        "also",
        "reportedly",
        "allegedly",
        "then",
        "to",
        "later",
        "and",
        "who",
        "which",
        "that",
        "since",
        "already",
        "claim",
        "claimed",
    }
    while here > 0 and (sentence.low[here - 1] in skip or sentence.low[here - 1].endswith("ly")):
        here -= 1
    return here


def _main_verb(sentence: Sentence, at: int) -> int | None:
    """Return the finite verb of the clause in front of a participle."""
    low = sentence.low
    best = None
    here = at - 1
    while here > 0:
        word = low[here]
        if word in {";", ":"}:
            break
        finite = (word.endswith("ed") and len(word) > 4) or (
            stops().get(word) == "verb" and word not in {"killing", "leaving"}
        )
        if finite and not (stops().get(low[here - 1]) == "det" or here - 1 in sentence.numbers):
            best = here
            if low[here - 1] not in {"linked", "who", "which", "that"} and word not in {
                "linked",
                "based",
                "armed",
                "said",
                "backed",
                "held",
            }:
                return best
        here -= 1
    return best


@cache
def past_harm() -> frozenset[str]:
    """Return the past forms of the verbs of harm."""
    return frozenset(row[0] for row in table("harms") if row[2] == "past" and " " not in row[0])


def _phrase_start(sentence: Sentence, end: int) -> int:
    low = sentence.low
    here = end
    while here > 0:
        word = low[here - 1]
        if word == ")" and "(" in low[max(0, here - 5) : here]:
            here = max(at for at in range(max(0, here - 5), here) if low[at] == "(")
            continue
        if word in NP_BREAKS:
            break
        kind = stops().get(word)
        if word in past_harm() and here >= 2 and stops().get(low[here - 2]) != "det":
            break
        if kind in {"verb", "pron", "conj"} and word not in NOUNS_TOO:
            if word in {"it", "they", "he", "she"}:
                return here - 1
            break
        here -= 1
    while here < end and low[here] in ADVERB_LEADS and here + 1 < end:
        here += 1
    return here


def _actor_in(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """Return the doer that a noun phrase names: itself when it is people or a body, what qualifies it when an event."""
    low = sentence.low
    head_end = start
    while head_end < end and low[head_end] not in {
        "of",
        "in",
        "on",
        "at",
        "by",
        "near",
        "against",
        "from",
        "during",
        "to",
        "with",
        "outside",
        "targeting",
        "across",
    }:
        head_end += 1
    if head_end == start:
        return None
    head = head_end - 1
    for at in range(start, head_end):
        if low[at].removesuffix("'s") in events() and noun_at(sentence, head) is None:
            return _event_owner(sentence, start, head_end, end)
    if low[start] in {"it", "he", "she", "they", "we", "i", "which", "who", "that"}:
        return None
    if all(
        low[at] in LIGHT or at in sentence.numbers or low[at] in TIME_WORDS or low[at] in stops()
        for at in range(start, head_end)
    ):
        return None
    if _is_actor(sentence, start, head_end):
        return start, end
    return None


def _is_actor(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        (noun_at(sentence, at) and sentence.low[at] not in NOT_DESCRIBED)
        or sentence.low[at] in force_words()
        or (sentence.words[at][0].isupper() and sentence.low[at] not in stops())
        or sentence.low[at]
        in {"forces", "group", "groups", "government", "troops", "coalition", "affiliate", "faction", "security"}
        for at in range(start, end)
    )


def _event_owner(sentence: Sentence, start: int, head_end: int, end: int) -> tuple[int, int] | None:
    """Read "an Israeli air strike", "Saturday's attack by an affiliate of X", "the army's shelling"."""
    by = _by_phrase_from(sentence, head_end, end)
    if by is not None:
        return by
    low = sentence.low
    event = next((at for at in range(start, head_end) if low[at].removesuffix("'s") in events()), head_end)
    best = None
    at = start
    while at < event:
        stop = at
        while stop < event and _owner_word(sentence, stop):
            stop += 1
        if stop > at:
            best = (at, stop)
            at = stop
        at += 1
    return best


def _owner_word(sentence: Sentence, at: int) -> bool:
    """Say whether a word in front of an attack may name who made it: a people, an armed body, a capitalised name."""
    low = sentence.low[at].removesuffix("'s").removesuffix("'")
    if (
        low in JUDGEMENT
        or low in LIGHT
        or low in WEAPONS
        or at in sentence.numbers
        or low in stops()
        or low in TIME_WORDS
    ):
        return False
    noun = person_noun(low)
    if noun is not None and "nationality" in noun.groups:
        return True
    if low in force_words() or low.endswith(("-led", "-backed", "-linked", "-affiliated")):
        return True
    if noun is not None and low == noun.plural:
        return True
    if sentence.titled or sentence.shouted:
        return low in {
            "forces",
            "israel",
            "russia",
            "government",
            "coalition",
            "army",
            "turkey",
            "u.s.",
            "state",
            "islamic",
        }
    return sentence.words[at][0].isupper() and sentence.words[at][0].isalpha()


def _by_phrase(sentence: Sentence, at: int, found: Found) -> tuple[int, int] | None:
    """Read "by X" behind the harm word, the victims between them when they follow it."""
    limit = min(len(sentence.low), max(at, found.stop) + 14)
    return _by_phrase_from(sentence, at, limit)


def _by_phrase_from(sentence: Sentence, at: int, limit: int) -> tuple[int, int] | None:
    low = sentence.low
    for here in range(at, min(limit, len(low))):
        if low[here] in {";", ".", "but", "while", "said"}:
            return None
        if low[here] == "by" and here + 1 < len(low):
            stop = _phrase_stop(sentence, here + 1)
            if stop > here + 1:
                actor = _actor_in(sentence, here + 1, stop)
                if actor is not None:
                    return actor
    return None


def _phrase_stop(sentence: Sentence, at: int) -> int:
    low = sentence.low
    here = at
    while here < len(low) and here - at < 12:
        word = low[here]
        if word in NP_BREAKS or word in {
            "in",
            "on",
            "at",
            "near",
            "during",
            "from",
            "against",
            "outside",
            "since",
            ".",
            "with",
            "for",
            "inside",
            "by",
        }:
            break
        kind = stops().get(word)
        if kind in {"verb", "pron", "conj", "adverb"} and word not in events():
            break
        here += 1
    return here


def event_actor(sentence: Sentence, anchor: int, victims: tuple[int, int] = (0, 0)) -> tuple[int, int] | None:
    """Read the doer of the attack that a sentence tells of: "in a Turkish strike", "when X attacked", "blamed X"."""
    low = sentence.low
    named = _blamed(sentence)
    if named is not None:
        return named
    places = [
        at
        for at, word in enumerate(low)
        if (word.removesuffix("'s") in events() or word in assaults()) and not victims[0] <= at < victims[1]
    ]
    for at in sorted(places, key=lambda p: (p < anchor, abs(p - anchor))):
        owner = _owner_of_event(sentence, at) if low[at].removesuffix("'s") in events() else None
        if owner is None and low[at] in assaults() and at != anchor:
            owner = _attacker(sentence, at)
        if owner is not None:
            return owner
    return None


def _owner_of_event(sentence: Sentence, at: int) -> tuple[int, int] | None:
    low = sentence.low
    start = at
    while start > 0 and at - start < 7 and low[start - 1] not in NP_BREAKS:
        if stops().get(low[start - 1]) in {"prep", "verb", "pron", "conj", "adverb"} and low[start - 1] not in events():
            break
        start -= 1
    end = _phrase_stop(sentence, at + 1)
    if end < len(low) and low[end] == "by":
        end = _phrase_stop(sentence, end + 1)
    return _event_owner(sentence, start, at + 1, end)


def _attacker(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Return the subject of a verb of attack, when it is people or an armed body."""
    if auxiliary_before(sentence, at) is not None:
        return _by_phrase_from(sentence, at + 1, at + 12)
    participle = sentence.low[at].endswith("ing")
    end = _main_verb(sentence, at) if participle else at
    if end is None:
        return None
    end = _before_verb(sentence, end)
    start = _phrase_start(sentence, end)
    return _actor_in(sentence, start, end) if start < end else None


BLAME = re.compile(
    (
        r"\b(?:attributed|blamed|blames|blame|pinned)\s+(?:\w+\s+){0,5}?(?:to|on)\s+|\b(?:blamed|blames"
        r"|blaming|accused|accuses|accusing)\s+(?!for\b|on\b|by\b)"
    ),
    re.IGNORECASE,
)


def _blamed(sentence: Sentence) -> tuple[int, int] | None:
    found = BLAME.search(sentence.text)
    if found is None:
        return None
    offset = sentence.start + found.end()
    first = next((at for at, start in enumerate(sentence.starts) if start >= offset), None)
    if first is None:
        return None
    stop = _phrase_stop(sentence, first)
    return _actor_in(sentence, first, stop) if stop > first else None


@cache
def assaults() -> frozenset[str]:
    """Return the verbs of attack."""
    return frozenset(row[0] for row in table("forces") if row[1] == "assault")
