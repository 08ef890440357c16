"""Both readers at once: each proposes, the learned reader judges all, and each says what it says best.

A claim's confidence is the learned reader's, fitted with the rules' agreement as evidence. Of a claim that both found,
doers, sources and status come from the learned reader where it has them; windows and times from the rules, which follow
the report's lists, paragraphs and sums, where the network sees a few sentences. Of two places the one that stands in
the claim's own sentence holds, the learned reader's first: it knows buildings and streets without a capital. A claim
that only the learned reader found takes all these from the claim of the rules in the same sentence, if there is one.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from marsad.extract import rules, tagger
from marsad.extract.sentences import BULLET, sentence_spans
from marsad.extract.sums import with_sums_as_periods
from marsad.model import Claim, Extraction, Perpetrator, Report, Span, Where
from marsad.vocabulary import Scope

# The network's place may break off behind an article.
NAMES_SOMETHING = re.compile(r"(?!\b(?:an?|the|in|at|of|near)\b)\b[\w’'-]{2,}", re.IGNORECASE)


def find_claims(report: Report) -> Extraction:
    """Return the claims that the two readers find together, with the learned reader's links and warnings."""
    by_rules = rules.find_claims(report)
    found = tagger.find_claims(report, by_rules.claims)
    ends = [end for _, end in sentence_spans(report.text)]
    joined = [_joined(claim, by_rules.claims, ends) for claim in found.claims]
    claims = with_sums_as_periods([_without_false_doers(claim, report.text) for claim in joined])
    return Extraction(tuple(claims), found.links, found.warnings)


def _without_false_doers(claim: Claim, text: str) -> Claim:
    """Drop doers that cannot be this claim's: "no suspects", of another item of a list, told after a running total."""
    kept = tuple(doer for doer in claim.perpetrators if not _is_false(doer, claim, text))
    return claim if kept == claim.perpetrators else replace(claim, perpetrators=kept)


def _is_false(doer: Perpetrator, claim: Claim, text: str) -> bool:
    if doer.text.lower().startswith("no "):
        return True
    if doer.span is None or doer.span.within != "text" or claim.span.within != "text":
        return False
    item, other = _item(text, claim.span.start), _item(text, doer.span.start)
    if item is not None and other is not None and item != other:
        return True
    return claim.scope == "cumulative" and "\n\n" in text[claim.span.end : doer.span.start]


def _item(text: str, at: int) -> int | None:
    """Return where the item of a list begins that a place in the text lies in, None outside of lists."""
    start = text.rfind("\n", 0, at) + 1
    return start if BULLET.match(text, start) else None


def _joined(claim: Claim, by_rules: Sequence[Claim], ends: Sequence[int]) -> Claim:
    if claim.where is not None and not NAMES_SOMETHING.search(claim.where.text or ""):
        claim = replace(claim, where=None)
    other = next((one for one in by_rules if _same(claim, one)), None)
    if other is None:
        beside = next((one for one in by_rules if _in_one_sentence(claim.span, one.span, ends)), None)
        if beside is None:
            return replace(claim, extractor="both")
        where = _place(claim, beside, ends)
        return replace(claim, where=where, when=beside.when, scope=beside.scope, extractor="both")
    victims = claim.victims
    if victims.status == "unknown":
        victims = replace(victims, status=other.victims.status)
    return replace(
        claim,
        victims=victims,
        where=_place(claim, other, ends),
        when=other.when,
        according_to=claim.according_to or other.according_to,
        means=other.means or claim.means,
        scope=_scope(claim, other, by_rules),
        modality=claim.modality if other.modality == "asserted" else other.modality,
        extractor="both",
    )


def _place(claim: Claim, other: Claim, ends: Sequence[int]) -> Where | None:
    """Choose between the learned reader's place and the rules' (measured on reports held out from training).

    What both carried over from other sentences is the network's for an event, the rules' for a sum over a window.
    """
    learned, ruled = claim.where, other.where
    if learned is None or learned.span is None or ruled is None or ruled.span is None:
        return learned or ruled
    if not _in_one_sentence(claim.span, learned.span, ends):
        if _in_one_sentence(claim.span, ruled.span, ends):
            return ruled
        if other.scope != "incident" and not _meet(learned.span, ruled.span):
            return ruled
    return learned


def _scope(claim: Claim, other: Claim, by_rules: Sequence[Claim]) -> Scope:
    """Return the scope of a claim that both found: a window or a running total comes from either.

    Where the learned reader alone says so, it was right 22 times in 32. The rules follow windows through a report:
    where they found one, what they take for an event is none of its sums.
    """
    windows = any(one.scope == "period" for one in by_rules)
    if other.scope != "incident" or (claim.scope == "period" and windows):
        return other.scope
    return claim.scope


def _in_one_sentence(one: Span, other: Span, ends: Sequence[int]) -> bool:
    """Say whether two runs of words begin in one sentence; `ends` are the ends of the report's sentences."""
    return one.within == other.within == "text" and bisect_right(ends, one.start) == bisect_right(ends, other.start)


def _meet(a: Span, b: Span) -> bool:
    return a.within == b.within and a.start < b.end and b.start < a.end


def _same(claim: Claim, other: Claim) -> bool:
    return _meet(claim.span, other.span) and claim.harm == other.harm and claim.count.stated == other.count.stated
