"""Windows: what opens a running total, and what only looks like one."""

import pytest

from marsad.extract.certainty import window_of
from marsad.extract.rules import find_claims
from marsad.model import Report


@pytest.mark.parametrize(
    "since",
    [
        "5 April 2026",
        "April 5, 2026",
        "April 5",
        "5 April",
        "the 5th of April 2026",
        "the 3rd of March",
        "2026-04-05",
        "early April",
        "late 2025",
        "mid-March 2026",
        "the end of March",
        "Apr. 5",
        "last October",
        "2019",
    ],
)
def test_since_a_date_is_a_running_total(since: str) -> None:
    window = window_of(f"Clinics have counted 40 dead since {since}, nurses say")
    assert window is not None
    assert window.scope == "cumulative"


@pytest.mark.parametrize(
    "words",
    ["the deadliest raid since 2019", "the first such killing since 5 March", "the worst day since early April"],
)
def test_a_record_since_a_date_happened_once(words: str) -> None:
    assert window_of(f"In {words} rebels killed 40 people") is None


def test_who_is_at_risk_of_death_is_not_dead() -> None:
    claims = find_claims(Report("r", "Aid workers say 900 people are at risk of being killed in Tera.")).claims
    assert [claim.modality for claim in claims] == ["hypothetical"]
