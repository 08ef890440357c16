"""Who did it: the actor of a harm word, from the grammar around it, with how sure the report is of it."""

import re
from dataclasses import dataclass
from functools import cache

from marsad.extract.frames import Found
from marsad.extract.lexicon import kinds_of
from marsad.extract.mentions import noun_at, stops
from marsad.extract.sentences import Sentence
from marsad.extract.triggers import auxiliary_before
from marsad.vocabulary import Basis

ALLEGED = re.compile(
    r"\b(?:allegedly|alleged|suspected|blamed?|blames|blaming|accus\w+|believed to|purported\w*|reportedly carried|presumed|suspects?|attributed|charged)\b",
    re.IGNORECASE,
)
CLAIMED = re.compile(r"\b(?:claim(?:ed|s|ing)? (?:the |it |that |they |to |responsibility|credit|killing)|took responsibility|takes responsibility)", re.IGNORECASE)
NP_BREAKS = frozenset(", ; : ( ) — – \" “ ” that who which when where while after before but if as said says and or than because".split())
EVENT_LINKS = frozenset("in after during by from when following of amid".split())
ADVERB_LEADS = frozenset("on in at since during after before late early yesterday today meanwhile earlier".split())
LIGHT = frozenset("the a an this that these those several another new separate deadly recent heavy intense alleged suspected reported apparent massive two three four his their its first second fresh ground air aerial".split())


@dataclass(frozen=True, slots=True)
class Actor:
    """The words of a doer as tokens of a sentence, and the basis."""

    first: int
    stop: int
    basis: Basis


@cache
def events() -> frozenset[str]:
    """Return the nouns for acts of violence."""
    return frozenset(word for word, kind in kinds_of("forces").items() if kind == "event")


@cache
def force_words() -> frozenset[str]:
    """Return the words that name or mark armed bodies."""
    return frozenset(word for word, kind in kinds_of("forces").items() if kind == "force")


def find_actor(sentence: Sentence, found: Found) -> Actor | None:
    """Return the doer that the clause of a claim gives, None when it gives none."""
    if found.trigger is None:
        return None
    trigger = found.trigger
    span = None
    if found.pattern in {"active", "base", "ing", "object"}:
        span = _subject(sentence, trigger.first, participle=trigger.frame == "ing")
    span = span or _by_phrase(sentence, trigger.stop, found) or _event_actor(sentence, found)
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
        end = _main_verb(sentence, end)
        if end is None:
            return None
        aux = auxiliary_before(sentence, end)
        if aux is not None and sentence.low[end].endswith("ed"):
            return _by_phrase_from(sentence, end + 1, at)
        end = _before_verb(sentence, end)
    start = _phrase_start(sentence, end)
    return _actor_in(sentence, start, end) if start < end else None


def _before_verb(sentence: Sentence, at: int) -> int:
    here = at
    skip = {"have", "has", "had", "also", "reportedly", "allegedly", "then", "to", "later", "and", "who", "which", "that", "since", "already", "claim", "claimed"}
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
        finite = (word.endswith("ed") and len(word) > 4) or (stops().get(word) == "verb" and word not in {"killing", "leaving"})
        if finite and not (noun_at(sentence, here + 1) if here + 1 < len(low) else None):
            best = here
            if low[here - 1] not in {"linked", "who", "which", "that"} and word not in {"linked", "based", "armed", "said", "backed", "held"}:
                return best
        here -= 1
    return best


def _phrase_start(sentence: Sentence, end: int) -> int:
    low = sentence.low
    here = end
    while here > 0:
        word = low[here - 1]
        if word in NP_BREAKS:
            break
        kind = stops().get(word)
        if kind in {"verb", "pron", "conj"} and word not in {"led", "strike", "strikes", "raids", "raid", "attack", "attacks", "fire", "fighting", "dead"}:
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
    while head_end < end and low[head_end] not in {"of", "in", "on", "at", "by", "near", "against", "from", "during", "to", "with", "outside", "targeting", "across"}:
        head_end += 1
    if head_end == start:
        return None
    head = head_end - 1
    for at in range(start, head_end):
        if low[at].removesuffix("'s") in events() and noun_at(sentence, head) is None:
            return _event_owner(sentence, start, head_end, end)
    if low[start] in {"it", "he", "she", "they", "we", "i", "which", "who", "that"}:
        return None
    if _is_actor(sentence, start, head_end):
        return start, end
    return None


def _is_actor(sentence: Sentence, start: int, end: int) -> bool:
    return any(
        noun_at(sentence, at) or sentence.low[at] in force_words() or (sentence.words[at][0].isupper() and sentence.low[at] not in stops()) or sentence.low[at] in {"forces", "group", "groups", "government", "troops", "coalition", "affiliate", "faction", "security"}
        for at in range(start, end)
    )


def _event_owner(sentence: Sentence, start: int, head_end: int, end: int) -> tuple[int, int] | None:
    """Read "an Israeli air strike", "Saturday's attack by an affiliate of X", "the army's shelling"."""
    by = _by_phrase_from(sentence, head_end, end)
    if by is not None:
        return by
    low = sentence.low
    first = start
    while first < head_end and (low[first] in LIGHT or stops().get(low[first]) in {"det", "prep"} or low[first] in {"saturday's", "sunday's", "monday's", "tuesday's", "wednesday's", "thursday's", "friday's"}):
        first += 1
    stop = first
    while stop < head_end and low[stop].removesuffix("'s") not in events() and low[stop] not in {"air", "drone", "suicide", "car", "artillery", "ground", "military", "aerial", "rocket", "missile", "rebel"}:
        stop += 1
    if low[first:stop] == [] and first < head_end and low[first] in {"rebel", "militant", "military"}:
        stop = first + 1
    if stop > first and _names_actor(sentence, first, stop):
        return first, stop
    return None


def _names_actor(sentence: Sentence, first: int, stop: int) -> bool:
    words = sentence.words[first:stop]
    if sentence.titled or sentence.shouted:
        return any(noun_at(sentence, at) or sentence.low[at] in force_words() for at in range(first, stop))
    return any(w[0].isupper() and not w[0].isdigit() for w in words) or any(sentence.low[at] in force_words() or noun_at(sentence, at) for at in range(first, stop))


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
        if word in NP_BREAKS or word in {"in", "on", "at", "near", "during", "from", "against", "outside", "since", ".", "with", "for", "inside", "by"}:
            break
        kind = stops().get(word)
        if kind in {"verb", "pron", "conj", "adverb"} and word not in events():
            break
        here += 1
    return here


def _event_actor(sentence: Sentence, found: Found) -> tuple[int, int] | None:
    """Read the doer of the event that the sentence names: "in a Turkish drone strike", "when X attacked"."""
    low = sentence.low
    places = [at for at in range(len(low)) if low[at].removesuffix("'s") in events() and not (found.first <= at < found.stop)]
    anchor = found.trigger.first if found.trigger else found.first
    for at in sorted(places, key=lambda p: (p < anchor, abs(p - anchor))):
        start = at
        while start > 0 and at - start < 7 and low[start - 1] not in NP_BREAKS and (stops().get(low[start - 1]) not in {"prep", "verb", "pron", "conj", "adverb"} or low[start - 1] in events()):
            start -= 1
        end = _phrase_stop(sentence, at + 1)
        limit = end
        if end < len(low) and low[end] == "by":
            limit = _phrase_stop(sentence, end + 1)
        owner = _event_owner(sentence, start, at + 1, limit)
        if owner is not None:
            return owner
    return None
