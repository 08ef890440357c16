"""Finds whose word a report is: copies of one agency text in many papers are one voice, not many."""

from collections.abc import Sequence

from marsad.ledger.record import Member
from marsad.passages import tokens

Shingles = frozenset[tuple[str, ...]]
SHINGLE_WORDS = 5
COPIED = 0.5
"""From this share of the shorter text's shingles on, a text is a copy: reprints keep more, own words far less."""


def voices_of(members: Sequence[Member]) -> dict[str, str]:
    """Return the voice of every member by id: the publisher, or that of the earliest report whose text it copies.

    A copy repeats the figures too: who changes them says something of their own. `members` are those of one incident,
    oldest report first, so few texts are compared with one another.
    """
    if len(members) == 1:
        return {members[0].id: members[0].voice}
    voices: dict[str, str] = {}
    heard: list[tuple[Member, Shingles]] = []
    for member in members:
        told = shingles(member.report.text)
        copied = (one for one, text in heard if _is_copy(member, told, one, text))
        voices[member.id] = next((voices[one.id] for one in copied), member.voice)
        heard.append((member, told))
    return voices


def _is_copy(member: Member, told: Shingles, one: Member, text: Shingles) -> bool:
    return member.incident.tolls == one.incident.tolls and likeness(told, text) >= COPIED


def shingles(text: str) -> Shingles:
    """Return the runs of SHINGLE_WORDS words of a text, without case; a shorter text is one run."""
    words = [text[t.start : t.end].casefold() for t in tokens(text)]
    runs = range(max(1, len(words) - SHINGLE_WORDS + 1))
    return frozenset(tuple(words[at : at + SHINGLE_WORDS]) for at in runs)


def likeness(one: Shingles, other: Shingles) -> float:
    """Return the share of the shorter text's runs that stand in the longer one."""
    return len(one & other) / min(len(one), len(other))
