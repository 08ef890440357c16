"""What the desk keeps from act to act is what a desk that is opened anew makes of the same ledger."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from tests.ledger.test_whole_record import less
from tests.made import Told, reading
from tests.serve.conftest import House, make_house

from marsad.ledger import Selection
from marsad.model import Judgement, Reading, Revision
from marsad.serve.address import View
from marsad.serve.desk import Shelf
from marsad.serve.facts import gathered_of
from marsad.serve.groups import groups_of
from marsad.serve.map_page import _columns
from marsad.serve.map_told import places_of, told_of
from marsad.serve.queue import queue_of, waiting
from marsad.vocabulary import Verdict

VIEWS = (
    Selection(), Selection(place="baga"), Selection(since=date(2021, 4, 30), until=date(2021, 5, 1)),
    Selection(min_sources=2), Selection(status="revised"), Selection(perpetrator="militia"),
)  # fmt: skip
COLUMNS = (("day", "perpetrators"), ("voices", "standings"), ("point",), ("point", "day"))


def require_same(moved: Shelf, house: House) -> None:
    """Compare what was kept with what is made anew."""
    anew = Shelf(house.desk)
    for selection in VIEWS:
        view = View(selection, None, "newest", {})
        for columns in COLUMNS:
            assert groups_of(moved, view, *columns) == groups_of(anew, view, *columns)
        assert told_of(moved, view, "killed") == told_of(anew, view, "killed")
        assert places_of(moved, view) == places_of(anew, view)
        assert _columns(moved, view, "killed") == _columns(anew, view, "killed")
    assert waiting(moved, None, "newest") == waiting(anew, None, "newest")
    assert queue_of(moved, "newest") == queue_of(anew, "newest")
    assert gathered_of(moved).facts == gathered_of(anew).facts


def ids(house: House) -> list[str]:
    return sorted(one["id"] for one in house.client.get("/api/v1/incidents").json()["incidents"])


def placed(one: Reading, exact: int) -> Reading:
    """Return a reading whose incidents lie on the map, known so exactly."""
    incidents = []
    for each in one.incidents:
        assert each.where is not None
        where = replace(each.where, latitude=11.8, longitude=13.1, geoprecision=exact)
        incidents.append(replace(each, where=where))
    return replace(one, incidents=tuple(incidents))


def add(one: Reading) -> Callable[[House], None]:
    return lambda house: house.add(one)


def judge(verdict: Verdict, by: str, score: float | None, one: int, other: int) -> Callable[[House], None]:
    def act(house: House) -> None:
        known = ids(house)
        left, right = sorted((known[one % len(known)], known[other % len(known)]))
        if left == right:
            return
        with house.desk.book() as book:
            book.add_judgements([Judgement(left, right, verdict, by, house.clock(), score, ("so",))])

    return act


def revise(field: str, value: str, at: int) -> Callable[[House], None]:
    def act(house: House) -> None:
        known = ids(house)
        with house.desk.book() as book:
            book.add_revision(Revision(known[at % len(known)], field, value, "seen", "amal", house.clock()))

    return act


FIRST = placed(reading([Told(killed=25), Told(killed=2, place="Kano", by=None)], "Wire"), 1)
ACTS = (
    add(FIRST),
    add(placed(reading([Told(killed=31)], "Radio"), 2)),
    add(reading([Told(killed=1, day=None), Told(killed=4, place="Gwoza", injured=3)], "Gazette")),
    add(placed(reading([Told(killed=26, by="soldiers")], "Herald"), 3)),
    judge("unsure", "program link 1", 0.3, 0, 2),
    judge("same", "program link 1", 0.7, 1, 2),
    judge("unsure", "program link 1", 0.2, 1, 3),
    judge("same", "amal", None, 0, 3),
    judge("different", "amal", None, 1, 2),
    revise("killed", "9-11", 0),
    revise("where", "Kano", 1),
    revise("killed", "as read", 0),
    add(less(FIRST, 1, False)),
    add(less(FIRST, 0, False)),
)


def test_what_is_kept_after_each_act_is_what_is_made_anew(empty: House) -> None:
    shelf, pairs, points = Shelf(empty.desk), set(), set()
    for act in ACTS:
        act(empty)
        require_same(shelf, empty)
        pairs.add(len(waiting(shelf, None, "newest")))
        points.add(len(places_of(shelf, View(Selection(), None, "newest", {}))))
    assert len(pairs) > 2 and len(points) > 1


@pytest.mark.parametrize("seed", range(6))
def test_acts_may_come_in_any_order_and_several_at_a_time(tmp_path: Path, seed: int) -> None:
    house, random = make_house(tmp_path), Random(seed)
    ACTS[0](house)
    shelf = Shelf(house.desk)
    require_same(shelf, house)
    for _ in range(6):
        for act in random.sample(ACTS, 2):
            if len(ids(house)) > 1 or act in ACTS[:4]:
                act(house)
        require_same(shelf, house)
