"""What differs between two days: added, altered, merged, split, withdrawn, and the totals that moved."""

from datetime import date, timedelta

from tests.made import START, Told, reading, recorded

from marsad.ledger import build_ledger
from marsad.ledger.changes import changes
from marsad.ledger.record import members_of
from marsad.model import Figure, Judgement, Revision

ONE = recorded(reading([Told(12)]))
OTHER = recorded(reading([Told(14)], "Daily", date(2021, 5, 3)), 10)
(A,), (B,) = members_of(ONE), members_of(OTHER)
SAME = Judgement(A.id, B.id, "same", "Amal", START + timedelta(minutes=20))
APART = Judgement(A.id, B.id, "different", "Amal", START + timedelta(minutes=30))


def test_nothing_differs_from_itself() -> None:
    ledger = build_ledger([ONE, OTHER], [SAME])
    assert changes(ledger, ledger) == changes(build_ledger([]), build_ledger([]))


def test_a_new_report_adds_an_incident_and_moves_the_total() -> None:
    found = changes(build_ledger([ONE]), build_ledger([ONE, OTHER]))
    assert [one.id for one in found.added] == [B.id]
    assert found.totals == (("killed", Figure(12, 12, 12), Figure(26, 26, 26)),)


def test_a_merge_and_its_undoing_are_told() -> None:
    apart, together = build_ledger([ONE, OTHER]), build_ledger([ONE, OTHER], [SAME])
    merged = changes(apart, together)
    assert merged.merged == ((B.id, A.id),)
    assert [one.fields for one in merged.altered] == [("tolls",)]
    undone = changes(together, build_ledger([ONE, OTHER], [SAME, APART]))
    assert undone.split == ((A.id, tuple(sorted((A.id, B.id)))),)


def test_what_is_withdrawn_is_told() -> None:
    word = Revision(A.id, "withdrawn", "yes", "a rumour", "Amal", START)
    found = changes(build_ledger([ONE]), build_ledger([ONE], revisions=[word]))
    assert [one.id for one in found.withdrawn] == [A.id]
    assert found.totals == (("killed", Figure(12, 12, 12), None),)
