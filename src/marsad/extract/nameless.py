"""Who did it and who said it are people, bodies or states: never a day, an hour, a time zone or a small word."""

import re
from dataclasses import replace

from marsad.extract.lexicon import kinds_of, person_noun
from marsad.extract.scene import BODIES, DAY, FULL, force_words
from marsad.model import Claim, Extraction, Perpetrator, Span, Voice

TIME = re.compile(
    r"\d[\d:.,/-]*(?:st|nd|rd|th|am|pm|hrs?|h|s)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?|ramadan|eid|christmas|easter|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|yesterday|today|tomorrow|tonight|overnight|dawn|noon|midday|midnight|(?:mid-?)?(?:morning|afternoon|evening|night)s?"
    r"|seconds?|minutes?|hours?|days?|weeks?|weekends?|months?|years?|earlier|later|early|late|last|this|next|past|previous|ago"
    r"|a\.?m\.?|p\.?m\.?|gmt|utc|bst|cest|cet|eest|eet|est|edt|ist|msk|pst|pdt|cst|cdt|local|time|o'clock",
    re.IGNORECASE,
)
# A capital tells "US" and "WHO" from the pronouns; whoever is only called "someone" is still a person.
SOMEBODY = frozenset({"someone", "somebody", "others", "they", "he", "she", "we", "i", "one"})
BODY = re.compile(
    r"\b(?:groups?|factions?|units?|forces|coalitions?|governments?|regimes?|authorit(?:y|ies)|deput(?:y|ies)|part(?:y|ies)|sides?|gangs?"
    r"|captors?|enem(?:y|ies)|bands?|states?|networks?|cells?|wings?|elements|mobs?|crowds?|crews?|columns?|patrols?|convoys?"
    r"|allies|affiliates?|(?:war)?planes?|jets?|aircraft|helicopters?|gunships?|drones?|compan(?:y|ies)|famil(?:y|ies)"
    r"|relatives?|\w*(?<!und)(?<!numb)(?<!wat)(?<!riv)ers?|\w+(?:ors|ists?|ants|ians?|m[ae]n)|\w+-olds?|ex-\w+|step\w+)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W_](?:[\w.:/’'@&-]*\w)?")
DATE = rf"(?:(?:late|early)\s+)?(?:on|in|since|at|of)?\s*(?:{DAY},?\s+)?(?:the\s+)?(?:{FULL}|{DAY})"
# "March 23 Movement" is a name: only small letters go on behind a date.
HEAD = re.compile(rf"\s*(?i:{DATE}),?\s+(?=[a-z])")
TAIL = re.compile(rf",?\s+(?:late\s+|early\s+)?(?:on\s+(?:{DAY}|{FULL})|{FULL})\b.*$", re.IGNORECASE | re.DOTALL)
PLACE_BEFORE = re.compile(r"\b(?:in|near|at|outside|inside|around)\s+(?:[A-ZÀ-Ý][\w’'-]*,?\s+){0,3}$")
OPEN_END = re.compile(r"^(?:which|whose|but|and|or)\b|\s(?:an?|the)$", re.IGNORECASE)


def without_nameless(found: Extraction, text: str) -> Extraction:
    """Return the claims without doers and sources that name nobody; a date beside a name is cut off."""
    return replace(found, claims=tuple(_mended(claim, text) for claim in found.claims))


def _mended(claim: Claim, text: str) -> Claim:
    doers = tuple(kept for doer in claim.perpetrators if (kept := _doer(doer, text)) is not None)
    voice = claim.according_to
    if voice is not None and (names_nobody(voice.text) or _is_cut_short(voice)):
        voice = None
    if doers == claim.perpetrators and voice is claim.according_to:
        return claim
    return replace(claim, perpetrators=doers, according_to=voice)


def names_nobody(words: str) -> bool:
    """Say whether a phrase holds nothing but words of time and small words: "Yesterday's", "GMT", "which he"."""
    return not any(_means_something(word) for word in WORD.findall(words))


def _means_something(word: str) -> bool:
    plain = re.sub(r"[’']s?$", "", word)
    if TIME.fullmatch(plain):
        return plain == "Dawn"  # a newspaper
    low = plain.lower()
    return low not in kinds_of("stops") or low in SOMEBODY or (len(plain) > 1 and plain.isupper())


def _is_cut_short(voice: Voice) -> bool:
    return bool(OPEN_END.search(voice.text))


def _doer(doer: Perpetrator, text: str) -> Perpetrator | None:
    if names_nobody(doer.text):
        return None
    if doer.span is None or doer.span.within != "text":
        return doer if _may_do(doer.text) else None
    head = HEAD.match(doer.text)
    first = head.end() if head else 0
    tail = TAIL.search(doer.text, first)
    last = tail.start() if tail else len(doer.text)
    words = doer.text[first:last].strip(" ,")
    dated = first > 0 or last < len(doer.text)
    if not _may_do(words) or (dated and not _is_people(words) and PLACE_BEFORE.search(text[: doer.span.start][-60:])):
        return None
    if not dated:
        return doer
    start = doer.span.start + doer.text.index(words, first)
    return replace(doer, text=words, span=Span(start, start + len(words), words))


def _may_do(words: str) -> bool:
    """Say whether words can be a doer: a name, or a noun for people, a body or what people man."""
    named = any(word[:1].isupper() and _means_something(word) for word in WORD.findall(words)[1:])
    first = next(iter(WORD.findall(words)), "")
    opens = first[:1].isupper() and _means_something(first)
    return bool(words) and (named or opens or _is_people(words) or not words.isascii() or "@" in words)


def _is_people(words: str) -> bool:
    low = [word.lower() for word in WORD.findall(words)]
    return (
        any(_is_person(word) for word in low)
        or bool(BODY.search(words))
        or any(body in words.split() for body in BODIES)
    )


def _is_person(low: str) -> bool:
    # A word that judges people names them all the same.
    return bool(person_noun(low)) or low in force_words() or low in SOMEBODY or low in kinds_of("loaded")
