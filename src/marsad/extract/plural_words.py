"""Whether the words for people mean one or several, by the last word of the phrase."""

import re

from marsad.extract.lexicon import plurals, singulars, word_set
from marsad.extract.word_kinds import things
from marsad.numerals import find_numbers

SEVERAL = word_set("plural_words.several")
SINGLE = re.compile(r"^[\W_]*(?:a|an|the|this|that|his|her|their|its|my|our|whose|one|another)\s", re.IGNORECASE)
HEAD_END = re.compile(
    r"\s+(?:of|from|in|at|on|near|with|who|whom|whose|that|which|by|for|to|during|named|called|were"
    r"|was|are|is|has|have|had|displaced|living"
    r"|fleeing|staying|travelling|traveling|aboard|killed|wounded|injured|shot|convicted|allegedly"
    r"|aged|known|identified|belonging|working|accompanying|recovered|affiliated|and|including|inside"
    r"|outside)\b.*$|[,(:;–—].*$",
    re.IGNORECASE | re.DOTALL,
)
NOT_PLURAL = re.compile(r"(?:ss|us|is|'s|’s|[A-Z]{2,})$")

ONE_OPENS = re.compile(r"(?:an?|one|another|this|that|he|she|him|each|every)\b", re.IGNORECASE)
MATTER_OF_ONE = re.compile(r"['’]s\s+(?:death|murder|killing|body|assassination|arrest|family)s?$")
BRACKET_INSIDE = re.compile(r"\s\([^)]*\)(?=\s\w)")


def is_named(words: str) -> bool:
    """Say whether a phrase opens like a name and does not end in a plural noun."""
    head = HEAD_END.sub("", words.strip()).split()
    last = head[-1].lower() if head else ""
    return words.lstrip()[:1].isupper() and not words.isupper() and last not in plurals()


def counts_things(words: str) -> bool:
    """Say whether the number in a phrase is one of things or animals ("300 sheep", "12 police vehicles")."""
    number = next(find_numbers(words), None)
    head = HEAD_END.sub("", words[number.end :]).split() if number else []
    return bool(head) and head[-1].lower().strip("\"'”’.") in things()


def is_plural(words: str) -> bool:
    """Say whether a phrase without a number means several people."""
    body = BRACKET_INSIDE.sub("", re.sub(r"^[\W_]+", "", words))
    head = MATTER_OF_ONE.sub("", HEAD_END.sub("", body).strip().rstrip("\"'”’"))
    if ONE_OPENS.match(body):
        return bool(re.search(r"\bfamily$", head, re.IGNORECASE))
    last = head.split()[-1] if head.split() else ""
    low = last.lower()
    if low in SEVERAL:
        return low != "police" or len(head.split()) == 1
    noun = plurals().get(low)
    if noun is not None:
        return noun.singular != noun.plural or not SINGLE.match(body)
    if low in singulars():
        return False
    # An unknown capitalised word in -s is as likely a name ("Reyes"), and in upper case nothing tells them apart.
    return last.islower() and low.endswith("s") and not NOT_PLURAL.search(last)
