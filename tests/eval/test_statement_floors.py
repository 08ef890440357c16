"""The finding of statements keeps what it reached, where the labelled reports lie beside the project."""

from collections import Counter
from pathlib import Path

import pytest
from eval.statements.measure import below_floors, labels, outcomes

SHARED = Path(__file__).parents[3] / "shared"


def test_labels_stand_in_two_halves_that_are_large_enough() -> None:
    halves = Counter(row["half"] for row in labels())
    assert sum(halves.values()) >= 120
    assert halves["measuring"] >= 60


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason="the labelled reports are not beside the project")
def test_no_kind_of_statement_falls_below_its_floor() -> None:
    counts = Counter((kind, outcome) for _, outcome, kind, _ in outcomes("measuring", SHARED))
    assert below_floors(counts) == []
