"""Writes scores and faults down, for a program (figures by name) and for a person (lines of a table)."""

from collections.abc import Iterable, Iterator
from typing import Any

from marsad.evaluate.faults import Fault
from marsad.evaluate.score import Scores

# So much of a report's words stands in the list of faults: enough to find them, and the line stays a line.
WORDS_SHOWN = 90


def figures(scores: Scores) -> dict[str, Any]:
    """Return the scores as plain values: the form of `--json`, of eval/floors.json and of comparisons."""
    out: dict[str, Any] = {}
    for name, tried in scores.things.items():
        out[name] = {
            "precision": tried.precision,
            "recall": tried.recall,
            "f1": tried.f1,
            "gold": tried.gold,
            "predicted": tried.found,
        }
    out |= {name: share.accuracy for name, share in scores.shares.items()}
    out["attributes"] = {
        name: {"accuracy": share.accuracy, "asked": share.asked} for name, share in scores.attributes.items()
    }
    return out


def print_scores(scores: Scores) -> Iterator[str]:
    """Yield the lines of a table: things with precision, recall and F1, shares of reports, then attributes."""
    yield f"{'':<32} {'P':>6} {'R':>6} {'F1':>6}   {'gold':>6} {'found':>6}"
    for name, tried in scores.things.items():
        rates = f"{tried.precision:6.3f} {tried.recall:6.3f} {tried.f1:6.3f}"
        yield f"{name:<32} {rates}   {tried.gold:6} {tried.found:6}"
    for name, share in scores.shares.items():
        yield f"{name:<32} {share.accuracy:20.3f}   of {share.asked} reports"
    if scores.attributes:
        yield "attributes of the claims that are right (strict):"
    for name, share in scores.attributes.items():
        yield f"  {name:<30} {share.accuracy:20.3f}   of {share.asked}"


def print_faults(faults: Iterable[tuple[Fault, str]]) -> Iterator[str]:
    """Yield a line for each fault: report and offsets, kind, expected and found, and the report's words.

    Each fault comes with the text of its report.
    """
    for fault, text in faults:
        place = f"{fault.report}:{fault.start}-{fault.end}" if fault.end else fault.report
        words = f"  «{_short(text[fault.start : fault.end])}»" if fault.end else ""
        yield f"{place}  {fault.kind}: {_told(fault)}{words}"


def _told(fault: Fault) -> str:
    if not fault.found:
        return f"missed {fault.expected}"
    if not fault.expected:
        return f"invented {fault.found}"
    return f"expected {fault.expected}, found {fault.found}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1] + "…"
