"""The ledger is derived: order changes nothing, the past is stable, nobody is counted twice, a person's word stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import START, Told, reading, recorded

from marsad.errors import LedgerError
from marsad.ledger import Ledger, RecordedReading, Selection, build_ledger, toll, trace
from marsad.ledger.policy import POLICIES, Policy
from marsad.ledger.record import Member, claim_ref, members_of
from marsad.ledger.tolls import BY, By, add_up
from marsad.model import Figure, Judgement, Revision
from marsad.vocabulary import Verdict

Recorded = tuple[list[RecordedReading], list[Judgement]]
DAY = date(2021, 4, 30)


def judged(left: Member, right: Member, verdict: Verdict, by: str = "Amal", after_minutes: int = 0) -> Judgement:
    return Judgement(left.id, right.id, verdict, by, START + timedelta(minutes=after_minutes), 0.9)


def only(one: RecordedReading) -> Member:
    (member,) = members_of(one)
    return member


def killed(ledger: Ledger, by: By = "perpetrator", selection: Selection | None = None) -> dict[str, int]:
    return {row.key: row.tolls["killed"].best for row in toll(ledger, by, selection).rows if "killed" in row.tolls}


tellings = st.builds(
    Told,
    killed=st.integers(1, 40),
    place=st.sampled_from(["Baga", "Damasak", "Gwoza"]),
    by=st.sampled_from(["the militia", "the army", None]),
    day=st.sampled_from([DAY, DAY + timedelta(days=1), None]),
    injured=st.none() | st.integers(1, 9),
    who=st.sampled_from(["civilians", "farmers"]),
)
readings = st.lists(
    st.builds(
        lambda told, publisher, day, total: reading(told, publisher, day, total),
        st.lists(tellings, max_size=3),
        st.sampled_from(["Wire", "Daily", None]),
        st.sampled_from([DAY, DAY + timedelta(days=2)]),
        st.none() | st.integers(100, 900),
    ),
    max_size=6,
    unique_by=lambda one: (one.report.text, one.report.publisher, one.report.published),
)


@st.composite
def records(draw: st.DrawFn) -> tuple[list[RecordedReading], list[Judgement]]:
    made = [recorded(one, minutes) for minutes, one in enumerate(draw(readings))]
    ids = [member.id for one in made for member in members_of(one)]
    if len(ids) < 2:
        return made, []
    words = st.builds(
        Judgement,
        st.sampled_from(ids),
        st.sampled_from(ids),
        st.sampled_from(["same", "different", "unsure"]),
        st.sampled_from(["Amal", "Boris", "program link 1"]),
        st.integers(0, 9).map(lambda minutes: START + timedelta(minutes=minutes)),
        st.sampled_from([0.6, 0.9]),
    )
    return made, [word for word in draw(st.lists(words, max_size=8)) if word.left != word.right]


@given(records(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(record: Recorded, random: Random) -> None:
    made, words = record
    shuffled, said = list(made), list(words)
    random.shuffle(shuffled)
    random.shuffle(said)
    one, other = build_ledger(made, words), build_ledger(shuffled, said)
    assert one.incidents == other.incidents
    assert one.running == other.running
    assert one.heirs == other.heirs


@given(records(), st.integers(0, 9))
def test_the_past_is_stable(record: Recorded, minutes: int) -> None:
    made, words = record
    moment = START + timedelta(minutes=minutes)
    then = build_ledger([r for r in made if r.recorded <= moment], [w for w in words if w.made <= moment])
    now = build_ledger(made, words, as_of=moment)
    assert now.incidents == then.incidents
    assert now.running == then.running


@given(records(), st.sampled_from(BY), st.sampled_from(POLICIES))
def test_totals_are_the_sum_of_what_is_shown(record: Recorded, by: By, policy: Policy) -> None:
    ledger = build_ledger(*record, policy=policy)
    table = toll(ledger, by)
    listed = [one for one in ledger.incidents if "killed" in one.tolls]
    best = sum(one.tolls["killed"].best for one in listed)
    assert best == sum(row.tolls["killed"].best for row in table.rows if "killed" in row.tolls)
    assert not listed or table.total.tolls["killed"].best == best


@given(records())
def test_different_stays_different(record: Recorded) -> None:
    made, words = record
    ids = [member.id for one in made for member in members_of(one)]
    if len(ids) < 2:
        return
    person = Judgement(ids[0], ids[-1], "different", "Zora", START + timedelta(days=1))
    ledger = build_ledger(made, [*words, person])
    assert ledger.heirs[ids[0]] != ledger.heirs[ids[-1]]


@given(records())
def test_adding_twice_changes_nothing(record: Recorded) -> None:
    made, words = record
    again = [replace(one, recorded=one.recorded + timedelta(days=1)) for one in made]
    assert build_ledger([*made, *again], words).heirs == build_ledger(made, words).heirs
    assert killed(build_ledger([*made, *again], words)) == killed(build_ledger(made, words))


def test_two_reports_of_one_event_count_once() -> None:
    one, other = recorded(reading([Told(12)])), recorded(reading([Told(14)], "Daily", DAY + timedelta(days=3)))
    apart = build_ledger([one, other])
    assert killed(apart) == {"the militia": 26}
    together = build_ledger([one, other], [judged(only(one), only(other), "same")])
    assert together.incidents[0].tolls["killed"] == Figure(12, 14, 14)
    assert killed(together) == {"the militia": 14}


@pytest.mark.parametrize(("policy", "best"), [("newest", 12), ("median", 12), ("lowest", 5), ("highest", 20)])
def test_the_policy_chooses_among_voices_and_each_counts_once(policy: Policy, best: int) -> None:
    told = [(5, "Wire", 1), (20, "Daily", 2), (8, "Post", 3), (12, "Post", 4)]
    made = [recorded(reading([Told(n)], who, DAY + timedelta(days=d))) for n, who, d in told]
    words = [judged(only(made[0]), only(one), "same") for one in made[1:]]
    (incident,) = build_ledger(made, words, policy=policy).incidents
    # Post corrected its 8 to 12: its newest word is its word.
    assert incident.tolls["killed"] == Figure(5, best, 20)


def test_copies_of_one_text_are_one_voice() -> None:
    first = reading([Told(12)])
    copy = replace(first, report=replace(first.report, publisher="Reprint", published=DAY + timedelta(days=2)))
    own = reading([Told(30, who="traders", by=None, place="the river port of Baga")], "Daily", DAY + timedelta(days=3))
    made = [recorded(first), recorded(copy), recorded(own)]
    words = [judged(only(made[0]), only(one), "same") for one in made[1:]]
    (incident,) = build_ledger(made, words, policy="median").incidents
    assert incident.voices == ("Daily", "Wire")
    assert toll(build_ledger(made, words), "place", Selection(min_sources=3)).rows == ()


def test_a_merged_id_answers_with_its_heir() -> None:
    one, other = recorded(reading([Told(12)])), recorded(reading([Told(14)], "Daily", DAY + timedelta(days=3)))
    ledger = build_ledger([one, other], [judged(only(one), only(other), "same")])
    found = trace(ledger, only(other).id)
    assert found.heir_of == only(other).id
    assert found.incidents[0].id == only(one).id
    assert {said.claim.span.quote for said in found.said} == {"12 civilians were killed", "14 civilians were killed"}


def test_a_better_reading_takes_over_and_old_ids_lead_to_it() -> None:
    first = reading([Told(12), Told(2, "Gwoza")])
    better = replace(first, incidents=(first.incidents[0], replace(first.incidents[1], type="raid")))
    wider = replace(better.claims[0].span, end=better.claims[0].span.end - 1, quote=better.claims[0].span.quote[:-1])
    better = replace(better, claims=(replace(better.claims[0], span=wider), *better.claims[1:]))
    old, new = recorded(first), recorded(better, 5)
    ledger = build_ledger([old, new])
    assert len(ledger.incidents) == 2
    for before, after in zip(members_of(old), members_of(new), strict=True):
        assert ledger.heirs[before.id] == after.id


def test_running_totals_stand_beside_and_are_never_added() -> None:
    ledger = build_ledger([recorded(reading([Told(3)], total=370_000))])
    table = toll(ledger)
    assert table.total.tolls["killed"].best == 3
    assert [one.claim.count.stated for one in table.running] == [370_000]


def test_windows_side_by_side_never_count_twice() -> None:
    ledger = build_ledger([recorded(reading([Told(3), Told(4, day=DAY + timedelta(days=1)), Told(5, day=None)]))])
    first = killed(ledger, "day", Selection(until=DAY))
    second = killed(ledger, "day", Selection(since=DAY + timedelta(days=1)))
    assert (first, second) == ({"2021-04-30": 3}, {"2021-05-01": 4})
    assert toll(ledger, "day", Selection(until=DAY)).undated == 1


def test_a_person_s_revision_stands_and_is_named() -> None:
    one = recorded(reading([Told(12)]))
    word = Revision(only(one).id, "killed", "9-11", "names were listed twice", "Amal", START)
    (incident,) = build_ledger([one], revisions=[word]).incidents
    assert incident.tolls["killed"] == Figure(9, 9, 11)
    assert incident.revisions == (word,)


def test_a_withdrawn_claim_leaves_no_trace_in_the_totals() -> None:
    one = recorded(reading([Told(12, injured=4), Told(2, "Gwoza")]))
    _, second = members_of(one)
    gone = Revision(claim_ref(one.report_key, "c1"), "withdrawn", "yes", "a rumour", "Amal", START)
    whole = Revision(second.id, "withdrawn", "yes", "a rumour", "Amal", START)
    ledger = build_ledger([one], revisions=[gone, whole])
    assert toll(ledger).total.tolls == {"injured": Figure(4, 4, 4)}
    back = replace(whole, value="no", made=START + timedelta(hours=1))
    assert killed(build_ledger([one], revisions=[gone, whole, back])) == {"the militia": 2}


def test_trace_of_a_row_unfolds_to_the_words() -> None:
    ledger = build_ledger([recorded(reading([Told(12), Told(2, "Gwoza", by="the army")]))])
    found = trace(ledger, "perpetrator:the army")
    assert [said.claim.span.quote for said in found.said] == ["2 civilians were killed"]
    assert found.row is not None
    assert found.row.tolls["killed"].best == 2


def test_trace_of_a_claim_finds_its_incident_and_unknown_ids_are_told() -> None:
    one = recorded(reading([Told(12), Told(2, "Gwoza")]))
    ledger = build_ledger([one])
    assert trace(ledger, claim_ref(one.report_key, "c2")).incidents[0].where is not None
    with pytest.raises(LedgerError, match="nothing answers to 'nowhere'"):
        trace(ledger, "nowhere")


def test_an_empty_ledger_has_an_empty_toll() -> None:
    table = toll(build_ledger([], as_of=datetime(2020, 1, 1, tzinfo=UTC)))
    assert (table.rows, table.total.tolls) == ((), {})


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.none() | st.integers(10, 20)), min_size=1))
def test_sums_keep_low_best_high_in_order(parts: Sequence[tuple[int, int, int | None]]) -> None:
    figures = [Figure(min(a, b), max(a, b), high) for a, b, high in parts]
    whole = add_up({"killed": figures})["killed"]
    assert whole.low <= whole.best
    assert whole.high is None or whole.best <= whole.high
