"""An index that grows report by report holds what one built in one go holds, in any order, and after taking back."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.made import START, Told, reading

from marsad.link import block, index
from marsad.link.index import Index, MemoryShelf
from marsad.link.judge import connected, link, words
from marsad.link.match import Link, Pair
from marsad.link.tellings import Linkable, Telling, tell
from marsad.model import Report

DAY = date(2021, 4, 30)
VILLAGES = ("Kirawa", "Ngoshe", "Amuda")
WORDS = ("grain", "bridge", "mortar", "elders", "riverbank", "convoy", "orchard", "schoolyard")


def linkable(number: int, village: str, killed: int, days: int, words: tuple[str, ...], dated: bool) -> Linkable:
    day = DAY + timedelta(days=days)
    made = reading([Told(killed, village, day=day)], f"Paper {number}", day if dated else None)
    text = f"{made.report.text}\\nAmong the {' and the '.join(words)} of {village} people spoke of it."
    report = Report(made.report.id, text, publisher=made.report.publisher, published=made.report.published)
    return Linkable(f"report {number}", type(made)(report, made.claims, incidents=made.incidents), (f"i{number}",))


reports = st.lists(
    st.tuples(
        st.sampled_from(VILLAGES),
        st.integers(2, 4),
        st.sampled_from((0, 1, 2, 9, 40)),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(tuple),
        st.booleans(),
    ),
    min_size=1,
    max_size=9,
).map(lambda rows: [linkable(number, *row) for number, row in enumerate(rows)])


def grown(told: list[Telling]) -> MemoryShelf:
    shelf = MemoryShelf()
    grow = Index(shelf)
    for one in told:
        grow.add(one)
    return shelf


@pytest.fixture(params=[400, 3])
def largest(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let keys be too common from a few reports on, so that growing makes keys die and taking back revives them."""
    for module in (index, block):
        monkeypatch.setattr(module, "LARGEST_BLOCK", request.param)
    monkeypatch.setattr(index, "LEAST", 0.0)


MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def found_by_definition(told: list[Telling]) -> set[block.Block]:
    """Return the blocks that are not too large: of all that a term finds, and of the fortnights and provinces in it."""
    counted = Counter(
        (term, part) for one in told for term in one.keys for part in (block.EVERYWHERE, *block.parts_of(one))
    )
    return {found for found, count in counted.items() if count <= block.LARGEST_BLOCK}


def by_definition(told: list[Telling]) -> dict[Pair, Link]:
    """Return the links as the definition has them: every pair looked at, by the keys that are not too common."""
    live = found_by_definition(told)
    ordered = sorted(told, key=lambda one: one.key)
    pairs = [(a, b) for number, a in enumerate(ordered) for b in ordered[number + 1 :]]
    found = {(a.key, b.key): index._judge_pair(a, b, live) for a, b in pairs}
    return {pair: one for pair, one in found.items() if one is not None}


@pytest.mark.usefixtures("largest")
@MANY
@given(reports, st.randoms(use_true_random=False))
def test_any_order_comes_to_what_the_definition_says(told: list[Linkable], random: object) -> None:
    tellings = [tell(one) for one in told]
    shuffled = list(tellings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert grown(tellings).links() == grown(shuffled).links() == by_definition(tellings) == link(told)


@pytest.mark.usefixtures("largest")
@MANY
@given(reports, st.data())
def test_what_was_taken_out_or_told_anew_leaves_no_trace(told: list[Linkable], data: st.DataObject) -> None:
    tellings = [tell(one) for one in told]
    gone = data.draw(st.sampled_from(tellings))
    again = data.draw(st.sampled_from(tellings))
    shelf = grown(tellings)
    anew = Index(shelf)
    anew.add(again)
    anew.remove(gone.key)
    left = [one for one in tellings if one.key != gone.key]
    assert shelf.links() == by_definition(left)


@pytest.mark.usefixtures("largest")
@MANY
@given(reports)
def test_words_on_what_was_touched_are_those_that_all_would_give(told: list[Linkable]) -> None:
    tellings = [tell(one) for one in told]
    shelf = grown(tellings[:-1])
    before = dict(words(shelf.links(), START))
    last = Index(shelf)
    last.add(tellings[-1])
    whole = dict(words(shelf.links(), START))
    reached = connected(shelf, last.touched)
    part = dict(words(reached, START))
    touched = {pair for pair in {**before, **whole} if last.touched.intersection(pair) or pair in reached}
    assert {**{pair: word for pair, word in before.items() if pair not in touched}, **part} == whole


def test_a_pair_s_link_does_not_depend_on_other_reports() -> None:
    pair = [linkable(n, "Kirawa", 3, 0, ("grain", "bridge"), True) for n in (1, 2)]
    others = [linkable(n, "Ngoshe", n, n, ("mortar",), True) for n in range(3, 9)]
    alone, among = link(pair), link([*others, *pair])
    assert alone
    assert alone.items() <= among.items()


def test_reports_of_days_up_to_a_week_apart_share_a_fortnight() -> None:
    def weeks(days: int) -> set[str]:
        parts = block.parts_of(tell(linkable(1, "Kirawa", 3, days, (), True)))
        return {part for part in parts if part.startswith("week")}

    for first in range(8):
        assert all(weeks(first) & weeks(first + apart) for apart in range(8))
        assert not weeks(first) & weeks(first + 14)


def test_what_too_many_share_still_finds_within_a_fortnight_or_a_province(monkeypatch: pytest.MonkeyPatch) -> None:
    told = [tell(linkable(n, "Kirawa", 3, 40 * n, ("grain", "bridge"), True)) for n in range(5)]
    told.append(tell(linkable(5, "Kirawa", 3, 0, ("grain", "bridge"), True)))
    monkeypatch.setattr(block, "LARGEST_BLOCK", 4)
    live = found_by_definition(told)
    shared = block.affinity(told[0], told[5], live)
    everywhere = block.affinity(told[0], told[5], {(term, block.EVERYWHERE) for term in told[0].keys})
    assert shared == pytest.approx(everywhere * block.OF_A_PART)
    assert block.affinity(told[0], told[1], live) == 0


def test_what_must_be_shared_grows_with_the_days_between() -> None:
    near, later = block.Card(False, DAY), block.Card(False, DAY + timedelta(days=60))
    assert block.enough(near, near) < block.enough(near, later)
    assert block.enough(near, block.Card(False, None)) == block.ENOUGH_UNDATED
