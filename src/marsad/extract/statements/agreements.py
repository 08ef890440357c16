"""Agreements: which kind, between whom, and what became of it, as the words around its noun say."""

import re
from collections.abc import Iterator

from marsad.extract.statements.drafts import Draft
from marsad.extract.statements.patterns import matches, worth_trying
from marsad.extract.statements.phrases import Line, Phrase

AFTER = 40
BEFORE = 60
"""How many characters of a line around the words of an agreement may hold its parties."""
BREAKS = re.compile(r"[;:]| — | – ")
CLAUSE = re.compile(r" (?:as|but|while|after|when|although|though|because|which|who) ")
ENDINGS = frozenset(("broken", "kept", "refused", "not_implemented"))
TALKS = re.compile(r"\b(?:talks|dialogue|negotiat\w+|process|efforts?|initiatives?|conference|proposals?|plans?)\b")
UNSURE = re.compile(
    r"\b(?:to|will|would|could|can|may|might|should|must|if|unless|until|possibility of|hopes? of|towards?|chances? of"
    r"|without|prospects? (?:of|for)|before|willing|ready|prepared|ensur(?:e|ing)(?: that)?(?: the| a)?)"
    r" (?:[a-z]+ly )?$"
)
UNSURE_INSIDE = re.compile(
    r"\b(?:will|would|could|can|may|might|should|must|to|if|yet to|has yet to|hoped to) (?:[a-z]+ )?be "
)
"""What stands before or inside words for a made agreement when it is not made yet."""
SUPPOSED = re.compile(r"\b(?:if|whether|as long as|regarding|because|until|before|concerning) [^,;]{0,40}$")
"""What stands before talks of which nothing is told: "if it wants to hold a dialogue"."""
DEMANDED = re.compile(
    r"\b(?:demand\w*|ask\w*|call\w*|urg\w+|insist\w*|necessary|must|should|pressur\w*|request\w*) (?:[\w’'.$-]+ ){0,8}$"
)
"""Words by which somebody is only told to keep an agreement."""
NEGATED = re.compile(r"\bnot (?:[a-z]+ )?$")
MADE = re.compile(r"\b(?:sign(?:ed|s)?|accept(?:ed|s|ing)|ratif\w+|approved|seal(?:ed|ing)|conclude[ds])\b")
"""What is done to a plan or process that is agreed on, though most that is said of plans and talks proposes them."""
MAKING = ("reaching", "achieving", "signing a")
AFTERWARDS = re.compile(r"\b(?:after|by|since|upon|on|without) $")
"""Words before an agreement in the making ("reaching an accord") that is made for all that."""
FAILED = re.compile(r"\b(?:fail(?:s|ed|ing|ure)? to|unable to|cannot|could not|did not|without|never|no) (?:[a-z]+ )?$")
BROKEN_TALKS = re.compile(
    r"\b(?:suspend|collaps|bro?ke|break|interrupt|end|stall|fail|cancel|abandon|sabotag|quit|walk|wreck|torpedo)"
)
ZONE_MADE = re.compile(
    r"\b(?:propos|plan|establish|creat|set|call|negotiat|demand|want|agree|discuss|seek|impos|clear|enforc|sign)"
)
"""What is done to make a zone; else it is a place that is spoken of."""
PLACED = frozenset(("in", "at", "from", "near", "outside", "around"))
"""Words before a country where it is the place of an agreement and no party."""
WHO = 120
"""How many characters before its words a party is looked for where none stands near."""
PERSONS = frozenset(("they", "we", "who", "he"))
MADE_PEACE = re.compile(r"\bpeace\b")
AFTER_IT = ("after", "since", "under")
"""Words that tell only that an agreement was: of one that "broke down" they add nothing."""
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
            status = _meant(said_of, line.text, match, is_talks=bool(TALKS.search(line.text, start, end)))
            if kind == "buffer_zone" and not ZONE_MADE.search(match.group()):
                continue
            draft = None if status is None else _draft(line, meant, status, match)
            if draft is not None and status is not None and (meant, status) not in said:
                said.add((meant, status))
                yield draft
    yield from _whole(line, about_peace, said)


def _whole(line: Line, about_peace: bool, said: set[tuple[str, str]]) -> Iterator[Draft]:
    """Yield what whole wordings say without a noun for an agreement: "to talk with the rebels"."""
    for wording in worth_trying("agreements.said", line.text):
        kind, status = wording.says.split()
        match = wording.form.search(line.text)
        if match is None or not about_peace or (kind, status) in said:
            continue
        if (draft := _draft(line, kind, status, match)) is not None:
            said.add((kind, status))
            yield draft


def _meant(said_of: str, text: str, match: re.Match[str], is_talks: bool) -> str | None:
    """Return what became of an agreement once its clause is heard: "to reach a deal" has reached none."""
    before = text[max(0, match.start() - 40) : match.start()]
    if said_of == "broken":
        is_meant = BROKEN_TALKS.search(match.group()) if is_talks else not UNSURE.search(before)
        return said_of if is_meant else None
    if said_of == "proposed":
        return None if SUPPOSED.search(before) else said_of
    if said_of not in ("agreed", "kept"):
        return None if said_of == "refused" and before.endswith(" if ") else said_of
    if FAILED.search(before):
        return "refused" if is_talks else None
    unsure = UNSURE.search(before) or UNSURE_INSIDE.search(text, match.start(), match.end())
    if said_of == "kept" and not is_talks and (unsure or DEMANDED.search(before) or NEGATED.search(before)):
        # "Not abiding by it" has broken it; "must respect it" says nothing of what became of it.
        return "broken" if NEGATED.search(before) else None
    if is_talks:
        return "agreed" if MADE.search(match.group()) and not unsure else "proposed"
    is_making = match.group().startswith(MAKING) and not AFTERWARDS.search(before)
    return "proposed" if unsure or is_making else said_of


def _nouns(text: str) -> list[tuple[str, int, int]]:
    """Return the nouns for agreements, the most telling kind first, without those inside another."""
    found: list[tuple[str, int, int]] = []
    for kind, match in matches("agreements.kind", text):
        if not any(a < match.end() and match.start() < b for _, a, b in found):
            found.append((kind, *match.span()))
    return found


def _statuses(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield what is said of the noun at these offsets: that it was agreed, how it ended; proposed if nothing else."""
    marked = text[:start] + "§" * (end - start) + text[end:]
    low = max([cut.end() for cut in BREAKS.finditer(marked, 0, start)], default=0)
    ended = agreed = False
    for wording in worth_trying("agreements.status", marked):
        status = wording.says
        if (
            (status in ENDINGS and ended)
            or (status == "agreed" and agreed)
            or (status == "proposed" and (ended or agreed))
        ):
            continue
        match = wording.form.search(marked, low)
        if match is None or (ended and status == "agreed" and match.group().startswith(AFTER_IT)):
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
    parties = _parties(line, match.start() - BEFORE, end) or _parties(line, match.start() - WHO, match.start())[-2:]
    if not parties:
        parties = line.phrases_between(match.start() - BEFORE, end, "D")
    if not parties and (kind in ALWAYS_SAID or status in ENDINGS):
        parties = _parties(line, 0, match.start())[-2:]
    stands_for = {}
    if not parties and (pronoun := _subject(line, match.start())):
        stands_for = {"parties": pronoun}
    is_made = kind == "peace" and status == "agreed" and bool(MADE_PEACE.search(line.text, match.start(), match.end()))
    if kind not in ALWAYS_SAID and not parties and status not in ENDINGS and not is_made:
        return None
    named = {line.sentence.quote(line.bare(one), one.stop).lower(): line.span(one) for one in reversed(parties)}
    slots = {"parties": sorted(named.values())[:4]} if named else {}
    terms = {"agreement": kind, "status": status}
    return Draft("agreement", terms, slots, stands_for, extent=line.words(match.start(), match.end()))


def _parties(line: Line, start: int, end: int) -> list[Phrase]:
    """Return the parties between two offsets of a line: known ones, names that are joined, no place of a meeting."""
    found = line.phrases_between(start, end, "AXN")
    kept = [one for one in found if (is_joined(line, one) if one.sort == "N" else not _is_place(line, one))]
    return sorted(kept, key=lambda one: one.first)


def _is_place(line: Line, phrase: Phrase) -> bool:
    return phrase.sort == "X" and line.sentence.low[max(0, phrase.first - 1)] in PLACED


def _subject(line: Line, before: int) -> Phrase | None:
    """Return the pronoun of persons that stands last before an offset: who agrees, breaks or refuses."""
    found = line.phrases_between(before - 40, before, "TR")
    return next((one for one in reversed(found) if line.sentence.low[one.first] in PERSONS), None)
