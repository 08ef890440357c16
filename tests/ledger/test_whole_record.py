"""What must hold of any record, with reports read anew, words taken back and things withdrawn in it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.made import START, Told, reading, recorded

from marsad.ledger import RecordedReading, build_ledger, sayings_of, toll, trace
from marsad.ledger.policy import POLICIES, Policy
from marsad.ledger.record import claim_ref, members_of
from marsad.ledger.rereads import shared_words
from marsad.model import Judgement, Reading, Revision

DAY = date(2021, 4, 30)
Record = tuple[list[RecordedReading], list[Judgement], list[Revision]]

moments = st.integers(0, 20).map(lambda minutes: START + timedelta(minutes=minutes))
tellings = st.builds(
    Told,
    killed=st.integers(1, 40),
    place=st.sampled_from(["Baga", "Gwoza"]),
    by=st.sampled_from(["the militia", None]),
    day=st.sampled_from([DAY, None]),
    injured=st.none() | st.integers(1, 9),
)


def less(one: Reading, kept: int, shorter: bool) -> Reading:
    """Return another reading of the same report: only the first incidents, or every claim one character shorter."""
    incidents = one.incidents[:kept]
    names = {name for incident in incidents for name in incident.claims}
    claims = tuple(claim for claim in one.claims if claim.id in names)
    if shorter:
        claims = tuple(replace(c, span=replace(c.span, end=c.span.end - 1, quote=c.span.quote[:-1])) for c in claims)
    return replace(one, claims=claims, incidents=incidents)


@st.composite
def records(draw: st.DrawFn) -> Record:
    made = []
    for number, told in enumerate(draw(st.lists(st.lists(tellings, min_size=1, max_size=3), max_size=4))):
        first = reading(told, draw(st.sampled_from(["Wire", "Daily"])), DAY + timedelta(days=number))
        made.append(recorded(first, draw(st.integers(0, 9))))
        for _ in range(draw(st.integers(0, 2))):
            again = less(first, draw(st.integers(0, 3)), draw(st.booleans()))
            made.append(recorded(again, draw(st.integers(10, 20))))
    ids = sorted({member.id for one in made for member in members_of(one)})
    refs = [claim_ref(one.report_key, f"c{n}") for one in made for n in (1, 2)]
    if len(ids) < 2:
        return made, [], []
    people = st.sampled_from(["Amal", "Boris", "program link 1"])
    verdicts = st.sampled_from(["same", "different", "unsure"])
    words = st.builds(Judgement, st.sampled_from(ids), st.sampled_from(ids), verdicts, people, moments, st.just(0.9))
    values = st.sampled_from([("killed", "7"), ("killed", "as read"), ("withdrawn", "yes"), ("withdrawn", "no")])
    revisions = [
        Revision(of, field, value, "because", "Amal", moment)
        for of, (field, value), moment in draw(
            st.lists(st.tuples(st.sampled_from([*ids, *refs]), values, moments), max_size=5)
        )
        if "/" not in of or field == "withdrawn"
    ]
    return made, [word for word in draw(st.lists(words, max_size=6)) if word.left != word.right], revisions


@given(records(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(record: Record, random: Random) -> None:
    shuffled: Record = ([*record[0]], [*record[1]], [*record[2]])
    for part in shuffled:
        random.shuffle(part)
    one, other = build_ledger(*record), build_ledger(*shuffled)
    assert one.incidents == other.incidents
    assert (one.heirs, one.parts, one.withdrawn) == (other.heirs, other.parts, other.withdrawn)


@given(records(), moments)
def test_the_past_is_stable(record: Record, moment: datetime) -> None:
    readings, words, revisions = record
    then = build_ledger(
        [one for one in readings if one.recorded <= moment],
        [one for one in words if one.made <= moment],
        [one for one in revisions if one.made <= moment],
    )
    now = build_ledger(*record, as_of=moment)
    assert (now.incidents, now.withdrawn, now.heirs) == (then.incidents, then.withdrawn, then.heirs)


@given(records(), moments)
def test_an_id_that_was_ever_shown_answers_for_ever_unless_a_new_reading_drops_it(
    record: Record, moment: datetime
) -> None:
    then, now = build_ledger(*record, as_of=moment), build_ledger(*record)
    members = {m.id for one in (*now.incidents, *now.withdrawn) for m in one.members}
    for incident in (*then.incidents, *then.withdrawn):
        if incident.id in members or incident.id in now.heirs:
            found = trace(now, incident.id)
            assert found.incidents or found.withdrawn
            assert all(part in {one.id for one in now.incidents} for part in found.parts)


@given(records(), st.sampled_from(POLICIES))
def test_totals_are_the_sum_of_what_is_shown_and_the_choice_is_among_what_was_said(
    record: Record, policy: Policy
) -> None:
    ledger = build_ledger(*record, policy=policy)
    listed = sum(one.tolls["killed"].best for one in ledger.incidents if "killed" in one.tolls)
    total = toll(ledger, "source").total.tolls
    assert listed == (total["killed"].best if "killed" in total else 0)
    for one in ledger.incidents:
        said = sayings_of(one)
        revised = {word.field for word in one.revisions}
        for harm, figure in one.tolls.items():
            chosen = [each for each in said if each.harm == harm and each.standing == "chosen"]
            assert len(chosen) == 1
            assert harm in revised or chosen[0].figure.best == figure.best


@given(records())
def test_nobody_is_in_two_incidents_and_what_is_withdrawn_is_in_none(record: Record) -> None:
    ledger = build_ledger(*record)
    members = [m for one in ledger.incidents for m in one.members]
    for one, other in combinations(members, 2):
        if one.recorded.report_key == other.recorded.report_key:
            assert not shared_words(one, other)
    standing = {m.id for one in ledger.incidents for m in one.members}
    assert not standing & {m.id for one in ledger.withdrawn for m in one.members}
