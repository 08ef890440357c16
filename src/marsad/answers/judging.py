"""What people's judging comes to, in words and as JSON."""

from typing import Any

from marsad.ledger.agreement import ENOUGH, Agreement, CaseKind

KINDS: dict[CaseKind, str] = {
    "pairs": "whether two incidents are one event",
    "values": "whether what was read is right",
}


def agreement_words(one: Agreement) -> str:
    """Return how two readers agree, as a sentence; kappa only where the cases are enough to mean something."""
    said = f"the same answer on {one.same} of {one.cases} {'case' if one.cases == 1 else 'cases'}"
    if one.cases < ENOUGH:
        return f"{said}; too few for kappa, which is shown from {ENOUGH} on"
    if one.kappa is None:
        return f"{said}; both gave one answer throughout, so kappa says nothing"
    return f"{said}; kappa {one.kappa:.2f}"


def agreement_to_json(one: Agreement) -> dict[str, Any]:
    """Return the agreement of two readers as JSON; `kappa` is null where it would mean nothing."""
    answers = [{"one": here, "other": there, "cases": number} for (here, there), number in one.answers.items()]
    return {
        "one": one.one,
        "other": one.other,
        "kind": one.kind,
        "cases": one.cases,
        "same": one.same,
        "kappa": None if one.kappa is None else round(one.kappa, 4),
        "answers": answers,
        "differ": [list(case) for case in one.differ],
    }
