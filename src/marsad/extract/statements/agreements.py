"""Agreements: which kind, between whom, and what became of it, as the words around its noun say."""

import re
from collections.abc import Iterator

from marsad.extract.statements.drafts import Draft
from marsad.extract.statements.patterns import wordings
from marsad.extract.statements.phrases import Line, Phrase

AFTER = 40
BEFORE = 60
"""How many characters of a line around the words of an agreement may hold its parties."""
BREAKS = re.compile(r"[;:]| — | – ")
CLAUSE = re.compile(r" (?:as|but|while|after|when|although|though|because|which|who) ")
ENDINGS = frozenset(("broken", "kept", "refused", "not_implemented"))
TALKS = re.compile(r"\b(?:talks|dialogue|negotiat\w+|process|efforts?|initiatives?|conference|proposals?|plans?)\b")
JOINS = frozenset(("between", "with", "by"))
ALWAYS_SAID = frozenset(("ceasefire", "buffer_zone", "prisoner_exchange", "evacuation", "withdrawal"))
"""Kinds whose noun is enough; of talks and deals somebody must be named who holds or makes them."""


def find_agreements(line: Line, about_peace: bool = True) -> Iterator[Draft]:
    """Yield the agreements of a sentence of which something is said, each with what became of it.

    A bare "accord" is one on peace where the report speaks of peace (`about_peace`).
    """
    said: set[tuple[str, str]] = set()
    for kind, start, end in _nouns(line.text):
        meant = ("peace" if about_peace else "other") if kind == "accord" else kind
        for said_of, match in _statuses(line.text, start, end):
            # Talks that were held, agreed on or begun have not come to an agreement yet.
            status = "proposed" if said_of in ("agreed", "kept") and TALKS.search(line.text, start, end) else said_of
            draft = _draft(line, meant, status, match)
            if draft is not None and (meant, status) not in said:
                said.add((meant, status))
                yield draft


def _nouns(text: str) -> list[tuple[str, int, int]]:
    """Return the nouns for agreements, the most telling kind first, without those inside another."""
    found: list[tuple[str, int, int]] = []
    for kind, form in wordings("agreements.kind"):
        for match in form.finditer(text):
            if not any(a < match.end() and match.start() < b for _, a, b in found):
                found.append((kind, *match.span()))
    return found


def _statuses(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield what is said of the noun at these offsets: that it was agreed, how it ended; proposed if nothing else."""
    marked = text[:start] + "§" * (end - start) + text[end:]
    low = max([cut.end() for cut in BREAKS.finditer(marked, 0, start)], default=0)
    ended = agreed = False
    for status, form in wordings("agreements.status"):
        if (
            (status in ENDINGS and ended)
            or (status == "agreed" and agreed)
            or (status == "proposed" and (ended or agreed))
        ):
            continue
        match = form.search(marked, low)
        if match is None:
            continue
        ended = ended or status in ENDINGS
        agreed = agreed or status in ("agreed", "not_implemented")
        yield status, match
        if status == "proposed":
            return


def is_joined(line: Line, phrase: Phrase) -> bool:
    """Say whether a name that nobody knows stands where a party does: behind "between", "with" or "by"."""
    return line.sentence.low[max(0, phrase.first - 1)] in JOINS


def _draft(line: Line, kind: str, status: str, match: re.Match[str]) -> Draft | None:
    clause_end = CLAUSE.search(line.text, match.end(), match.end() + AFTER)
    end = clause_end.start() if clause_end else match.end() + AFTER
    parties = line.phrases_between(match.start() - BEFORE, end, "AXN")
    parties = sorted((one for one in parties if one.sort != "N" or is_joined(line, one)), key=lambda one: one.first)
    if kind not in ALWAYS_SAID and not parties and status not in ENDINGS:
        return None
    named = {line.sentence.quote(line.bare(one), one.stop).lower(): line.span(one) for one in reversed(parties)}
    slots = {"parties": sorted(named.values())[:4]} if named else {}
    terms = {"agreement": kind, "status": status}
    return Draft("agreement", terms, slots, extent=line.words(match.start(), match.end()))
