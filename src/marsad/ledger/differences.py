"""What a new reading of a report says otherwise than the one before: claims matched by their words."""

from collections.abc import Iterable
from dataclasses import dataclass

from marsad.ledger.rereads import overlap
from marsad.model import Claim, Perpetrator, Reading, Voice, When, Where

Value = tuple[object, ...] | object


@dataclass(frozen=True, slots=True)
class Difference:
    """A claim that is new (`before` None), no longer read (`after` None), or read otherwise (`fields` says in what)."""

    before: Claim | None
    after: Claim | None
    fields: tuple[str, ...] = ()


def differences(before: Reading, after: Reading) -> tuple[Difference, ...]:
    """Return how two readings of one report differ, in the order of the text; both stay in the record."""
    pairs = _matched(before.claims, after.claims)
    told = {old.id for old, _ in pairs} | {f"new {new.id}" for _, new in pairs}
    out = [Difference(old, new, fields) for old, new in pairs if (fields := _moved(old, new))]
    out += [Difference(old, None) for old in before.claims if old.id not in told]
    out += [Difference(None, new) for new in after.claims if f"new {new.id}" not in told]
    return tuple(sorted(out, key=_place))


def _matched(before: Iterable[Claim], after: Iterable[Claim]) -> list[tuple[Claim, Claim]]:
    """Return the pairs of one harm that share most words, each claim once, the surest first."""
    shared = [
        (overlap(old, new), old.count.words == new.count.words, old, new)
        for old in before
        for new in after
        if old.harm == new.harm
    ]
    shared.sort(key=lambda one: (-one[0], not one[1], one[2].id, one[3].id))
    pairs: list[tuple[Claim, Claim]] = []
    olds: set[str] = set()
    news: set[str] = set()
    for number, _, old, new in shared:
        if number and old.id not in olds and new.id not in news:
            olds.add(old.id)
            news.add(new.id)
            pairs.append((old, new))
    return pairs


def _moved(old: Claim, new: Claim) -> tuple[str, ...]:
    before, after = _values(old), _values(new)
    return tuple(name for name in before if before[name] != after[name])


def _values(claim: Claim) -> dict[str, Value]:
    """Return what a claim says, without its id, its confidence and the places of its words."""
    count = claim.count
    return {
        "count": (count.low, count.best, count.high),
        "victims": (claim.victims.status, claim.victims.actor),
        "perpetrators": tuple(_doer(one) for one in claim.perpetrators),
        "when": _when(claim.when),
        "where": _where(claim.where),
        "according_to": _voice(claim.according_to),
        "means": claim.means,
        "scope": claim.scope,
        "modality": claim.modality,
    }


def _doer(one: Perpetrator) -> Value:
    return one.actor or one.text, one.basis


def _when(one: When | None) -> Value:
    return None if one is None else (one.start, one.end)


def _where(one: Where | None) -> Value:
    return None if one is None else one.gazetteer_id or one.name or one.text


def _voice(one: Voice | None) -> Value:
    return None if one is None else one.actor or one.text


def _place(one: Difference) -> tuple[str, int, int, str]:
    claim = one.after or one.before
    assert claim is not None
    return claim.span.within, claim.span.start, claim.span.end, claim.harm
