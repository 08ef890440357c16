"""Ties harm words to the people they tell of: a small grammar of argument slots, read clause by clause.

Each frame says where its people stand: behind an active verb, before a passive one, in the of-phrase of a noun, at the
noun itself. A list, "including", "among them" or a colon hands the harm on to the phrases that follow.
"""

from dataclasses import replace

from marsad.extract.arguments import mention_ending, object_mention, subject_mention
from marsad.extract.clause import NUMBERED, Clause, Found, mention_around, mention_opening, word_before
from marsad.extract.harm_parts import read_among, read_including
from marsad.extract.keeping import keep
from marsad.extract.lexicon import word_set
from marsad.extract.mentions import Mention, find_mentions
from marsad.extract.name_lists import read_name_lists
from marsad.extract.sentences import Sentence
from marsad.extract.triggers import Trigger, auxiliary_before, find_triggers
from marsad.extract.word_kinds import things
from marsad.vocabulary import Harm

FLED_FROM = word_set("frames.fled_from")
BEFORE_TOLL = word_set("frames.before_toll")
COUNTED_BY = frozenset(["number", "count", "total", "tally"])
NUMBER_OF = word_set("frames.number_of")
LONGEST_NUMBER_OF = 6
LONGEST_FOUND = 8
REFLEXIVE = frozenset(["himself", "herself", "themselves"])
TIME_WORDS = word_set("frames.time_words")
NAMED_AS = frozenset(["identified", "named", "names"])


def find_harm(sentence: Sentence, listed: Harm | None = None, one_before: Harm | None = None) -> Clause:
    """Return what a sentence tells of harm to people, in order of place.

    `listed` is the harm of the list it is in, `one_before` that of one person told of just before.
    """
    triggers = find_triggers(sentence)
    names = not triggers and bool(NAMED_AS & set(sentence.low))
    clause = Clause(sentence, find_mentions(sentence) if triggers or listed or names else [], triggers)
    clause.one_before = one_before
    if listed and not any(t.frame != "count" for t in triggers):
        _bullet(clause, listed)
    for trigger in triggers:
        _read(clause, trigger)
    read_including(clause)
    read_among(clause)
    read_name_lists(clause)
    clause.found.sort(key=lambda f: f.first)
    return clause


def _bullet(clause: Clause, harm: Harm) -> None:
    """Read a list item that says only who and how many under the heading of a harm."""
    first = next((m for m in clause.mentions if m.first <= 1), None)
    if first is not None and first.kind in {"counted", "described", "vague"}:
        keep(clause, first, Trigger(0, 1, harm, "bullet"), "bullet")


def _read(clause: Clause, trigger: Trigger) -> None:
    if _number_told(clause, trigger):
        return
    if not REFLEXIVE.isdisjoint(clause.sentence.low[trigger.stop : trigger.stop + 1]):
        # "shot himself": who does it is who suffers it; "killed himself and four others": so do they.
        _subject(clause, trigger, "intransitive")
        joined = clause.sentence.low[trigger.stop + 1 : trigger.stop + 2] == ["and"]
        others = mention_opening(clause, trigger.stop + 2, trigger.stop + 3) if joined else None
        if others is not None and others.kind != "pronoun":
            keep(clause, others, trigger, "active")
        return
    _read_frame(clause, trigger)


def _read_frame(clause: Clause, trigger: Trigger) -> None:
    match trigger.frame:
        case "toll":
            _toll(clause, trigger, trigger.stop)
        case "passive":
            _passive(clause, trigger)
        case "past":
            _past(clause, trigger)
        case "active" | "base" | "ing" | "object":
            _object(clause, trigger, trigger.frame)
        case "intr":
            _intransitive(clause, trigger)
        case "bearing":
            _bearing(clause, trigger)
        case "adj":
            _adjective(clause, trigger)
        case "noun":
            _noun(clause, trigger)
        case "nouns" | "count":
            _counted_noun(clause, trigger)


def _intransitive(clause: Clause, trigger: Trigger) -> None:
    if trigger.harm != "displaced" or _flees_home(clause, trigger):
        _subject(clause, trigger, "intransitive")


def _bearing(clause: Clause, trigger: Trigger) -> None:
    """ "a man with gunshot wounds" """
    before = mention_ending(clause, trigger.first) or mention_ending(clause, trigger.first - 1)
    if before is not None and before.kind != "plural":
        keep(clause, before, trigger, "bearing")


def _flees_home(clause: Clause, trigger: Trigger) -> bool:
    """Tell people driven out from a suspect who fled the scene."""
    near = set(clause.sentence.low[trigger.stop : trigger.stop + 10])
    return bool(near & FLED_FROM) and not near & {"scene", "shooting", "police"}


def _passive(clause: Clause, trigger: Trigger) -> None:
    aux = auxiliary_before(clause.sentence, trigger.first)
    _subject(clause, trigger, "passive", trigger.first if aux is None else aux)


def _past(clause: Clause, trigger: Trigger) -> None:
    """A past form without an auxiliary: "three killed in", "gunmen killed three", "killed: 5"."""
    within = mention_around(clause, trigger.first)
    if within is not None and within.kind in {"counted", "vague"}:
        # "seven injured civilians": the harm word stands inside the phrase for its people.
        keep(clause, within, trigger, "attributive")
        return
    before = mention_ending(clause, trigger.first)
    after = object_mention(clause, trigger)
    if before is not None and _is_reduced(clause, before, after):
        keep(clause, before, trigger, "reduced")
    elif after is not None:
        keep(clause, after, trigger, "active")
    elif word_before(clause, trigger.first) in {"and", "or", ","}:
        _share(clause, trigger)


def _is_reduced(clause: Clause, before: Mention, after: Mention | None) -> bool:
    """Say whether a past form is a participle told of the phrase before it, and not a verb with an object."""
    if before.kind in NUMBERED:
        return True
    if after is not None and after.kind != "named":
        return False
    return before.kind != "pronoun" or clause.sentence.low[before.first] not in {"we", "i"}


def _share(clause: Clause, trigger: Trigger) -> None:
    """ "32 killed and wounded": the same people; "X was abducted and killed": the subject of the verb before."""
    for earlier in reversed(clause.found):
        if (
            earlier.trigger is not None
            and earlier.trigger.stop <= trigger.first
            and earlier.pattern in {"passive", "reduced"}
        ):
            if trigger.first - earlier.trigger.stop <= 3 and earlier.harm != trigger.harm and trigger.harm != "injured":
                clause.found.append(Found(earlier.first, earlier.stop, trigger.harm, trigger, "shared", earlier.kind))
            return


def _object(clause: Clause, trigger: Trigger, pattern: str) -> None:
    mention = object_mention(clause, trigger)
    if mention is not None:
        keep(clause, mention, trigger, pattern)


def _subject(clause: Clause, trigger: Trigger, pattern: str, at: int | None = None) -> None:
    mention = subject_mention(clause, trigger.first if at is None else at)
    if mention is not None:
        keep(clause, mention, trigger, pattern)


def _adjective(clause: Clause, trigger: Trigger) -> None:
    """ "12 dead", "leaving three people dead", "X is dead", "the 12 dead"."""
    aux = auxiliary_before(clause.sentence, trigger.first) or _found_before(clause, trigger)
    if aux is not None:
        _subject(clause, trigger, "predicate", aux)
        return
    before = mention_ending(clause, trigger.first)
    inside = mention_around(clause, trigger.first)
    if before is not None:
        keep(clause, before, trigger, "adjective")
    elif inside is not None and inside.kind in {"counted", "vague"}:
        keep(clause, inside, trigger, "adjective")
    elif word_before(clause, trigger.first) == "and":
        _share(clause, trigger)


def _found_before(clause: Clause, trigger: Trigger) -> int | None:
    """Return the auxiliary of "were found at the scene dead"."""
    low = clause.sentence.low
    for at in range(trigger.first - 1, max(0, trigger.first - LONGEST_FOUND), -1):
        if low[at] in {",", ";", "and", "left"}:
            return None
        if low[at] in {"found", "discovered"}:
            return auxiliary_before(clause.sentence, at)
    return None


def _noun(clause: Clause, trigger: Trigger) -> None:
    """ "the killing of three medics", "his brother's death", "a death toll of 40"."""
    low = clause.sentence.low
    if trigger.stop < len(low) and low[trigger.stop] in {"toll", "tolls", "count"}:
        _toll(clause, trigger, trigger.stop + 1)
        return
    of_phrase = _of_phrase(clause, trigger)
    if of_phrase is not None and of_phrase.kind != "pronoun":
        keep(clause, of_phrase, trigger, "noun of")
        return
    owner = next((m for m in clause.mentions if m.possessive and trigger.first - 2 <= m.stop <= trigger.first), None)
    if owner is not None and owner.kind in {"named", "described", "counted"}:
        keep(clause, owner, trigger, "possessive")
        return
    inside = mention_around(clause, trigger.first)
    if inside is not None and inside.kind == "counted":
        keep(clause, inside, trigger, "counted noun")


def _of_phrase(clause: Clause, trigger: Trigger) -> Mention | None:
    """Return the mention in the of-phrase of a noun of harm."""
    low, at = clause.sentence.low, trigger.stop
    # "the death on Monday of nine pupils"
    at = next(
        (of for of in range(at, min(at + 3, len(low))) if low[of] == "of" and TIME_WORDS.issuperset(low[at:of])), at
    )
    if low[at : at + 1] != ["of"]:
        return None
    return mention_opening(clause, at + 1, at + 2)


def _number_told(clause: Clause, trigger: Trigger) -> bool:
    """Read "the number of people killed has risen to 19"; say whether there is such a number."""
    low = clause.sentence.low
    before = low[max(0, trigger.first - LONGEST_NUMBER_OF) : trigger.first]
    opens = next((at for at in range(len(before) - 1) if before[at] in COUNTED_BY and before[at + 1] == "of"), None)
    if opens is None or not NUMBER_OF.issuperset(before[opens + 2 :]):
        return False
    return _toll(clause, trigger, trigger.stop)


def _toll(clause: Clause, trigger: Trigger, at: int) -> bool:
    """Read "the death toll rose to 40", "a toll of at least nine"; say whether a number was found."""
    toll = next((m for m in clause.mentions if m.first >= at and _is_toll(clause, m, at)), None)
    if toll is not None:
        keep(clause, toll, trigger, "toll")
    return toll is not None


def _is_toll(clause: Clause, mention: Mention, at: int) -> bool:
    """Say whether a number is the toll that the words from token `at` to it speak of."""
    low = clause.sentence.low
    counts = low[mention.head] not in things() if mention.kind == "thing" else mention.kind in {"counted", "number"}
    between = low[at : mention.first]
    if not counts or len(between) > 14 or ";" in between:
        return False
    if "since" in between and between[-1] not in {"reached", "hit", "passed", "exceeded", "topped", "to"}:
        return False
    return not between or between[-1] in BEFORE_TOLL


def _counts(clause: Clause, inside: Mention, trigger: Trigger) -> bool:
    """Say whether a phrase that holds a count noun says how many: "12 deaths", "five killings last year"."""
    if inside.first >= trigger.first:
        return False
    return inside.kind in {"counted", "vague"} or (inside.kind == "thing" and inside.first in clause.sentence.numbers)


def _counted_noun(clause: Clause, trigger: Trigger) -> None:
    """ "12 deaths", "dozens of injuries", "seven arrests"."""
    inside = next((m for m in clause.mentions if m.first <= trigger.first < m.stop), None)
    if inside is not None and _counts(clause, inside, trigger):
        # "24 killings last year": the words behind the noun say no more of how many.
        keep(clause, replace(inside, stop=min(inside.stop, trigger.stop)), trigger, "counted noun")
        return
    of = clause.sentence.low[trigger.stop : trigger.stop + 1] == ["of"]
    if inside is not None and of and inside.stop > trigger.stop + 1 and inside.kind in {"described", "plural"}:
        # "the body of a boy", "the bodies of two women"
        keep(clause, inside, trigger, "body of")
        return
    of_phrase = _of_phrase(clause, trigger)
    if of_phrase is not None and of_phrase.kind in {"counted", "number", "named", "described"}:
        keep(clause, of_phrase, trigger, "noun of")
