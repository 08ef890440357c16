"""What is worth an alert: new incidents, rises, falls and withdrawals, each told once, none in a quiet period."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import START, Told, reading, recorded

from marsad.ledger import TITLES, Ledger, RecordedReading, build_ledger, changes, series_of
from marsad.ledger.record import members_of
from marsad.model import Judgement, Reading, Revision, Voice
from marsad.watch.alerts import Memory, Moment, News, decide
from marsad.watch.sources import Rule
from marsad.watch.wording import alert_to_json, subject_line

RULE = Rule("r", toll=10, rise=5)
DAY = date(2021, 5, 1)
HOUR = timedelta(hours=1)


class Life:
    """A ledger to which readings and words of people are added, and a rule that looks at it after each."""

    def __init__(self, rule: Rule, *readings: RecordedReading) -> None:
        self.rule, self.memory, self.now = rule, Memory(), START
        self.readings, self.words, self.revisions = [*readings], list[Judgement](), list[Revision]()
        self.ledger = self._build()

    def adds(self, *readings: RecordedReading, hours: float = 1) -> list[News]:
        self.readings += readings
        return self.passes(hours)

    def passes(self, hours: float = 1) -> list[News]:
        self.now += HOUR * hours
        before, self.ledger = self.ledger, self._build()
        found = changes(before, self.ledger)
        moment = Moment(before, self.ledger, found, series_of(before), series_of(self.ledger), self.now)
        return decide(self.rule, self.memory, moment)

    def says_same(self, left: RecordedReading, right: RecordedReading) -> None:
        (a,), (b,) = members_of(left), members_of(right)
        self.words.append(Judgement(a.id, b.id, "same", "Amal", START + timedelta(minutes=len(self.words))))

    def _build(self) -> Ledger:
        return build_ledger(self.readings, self.words, self.revisions)


def told(killed: int, publisher: str = "Wire", day: int = 1, **more: object) -> RecordedReading:
    return recorded(reading([Told(killed, **more)], publisher, date(2021, 5, day)), day)  # type: ignore[arg-type]


def kinds(news: Sequence[News]) -> list[tuple[str, int, int | None]]:
    return [(one.kind, one.before.best, one.figure.best if one.figure else None) for one in news]


def test_a_new_incident_is_told_from_the_threshold_on() -> None:
    life = Life(RULE)
    assert kinds(life.adds(told(12))) == [("new", 0, 12)]
    assert kinds(life.adds(told(9, place="Gwoza"))) == []
    assert life.passes() == []


def test_what_was_there_before_watching_is_not_told_until_it_rises() -> None:
    first = told(12)
    life = Life(RULE, first)
    assert life.passes() == []
    second = told(18, "Daily", 2)
    life.says_same(first, second)
    assert kinds(life.adds(second)) == [("rise", 12, 18)]


def test_small_rises_add_up_until_they_are_worth_telling() -> None:
    reports = [told(12 + 2 * step, f"Paper {step}", 1 + step) for step in range(5)]
    life = Life(RULE)
    found = []
    for number, report in enumerate(reports):
        if number:
            life.says_same(reports[0], report)
        found += life.adds(report)
    assert kinds(found) == [("new", 0, 12), ("rise", 12, 18)]


def test_an_incident_that_comes_to_the_threshold_by_and_by_is_new_then() -> None:
    first, second = told(4), told(11, "Daily", 2)
    life = Life(RULE)
    assert life.adds(first) == []
    life.says_same(first, second)
    assert kinds(life.adds(second)) == [("new", 0, 11)]


def test_a_figure_that_was_told_and_falls_is_told() -> None:
    first, second = told(20), told(18, "Daily", 2)
    life = Life(RULE)
    life.adds(first)
    life.says_same(first, second)
    assert kinds(life.adds(second)) == [("fall", 20, 18)]


def test_what_was_told_and_is_withdrawn_is_told_and_nothing_else_is() -> None:
    big, small = told(20), told(4, place="Gwoza")
    life = Life(RULE)
    life.adds(big, small)
    for report in (big, small):
        (member,) = members_of(report)
        life.revisions.append(Revision(member.id, "withdrawn", "yes", "a rumour", "Amal", START))
    assert kinds(life.passes()) == [("withdrawn", 20, None)]
    assert life.passes() == []


def test_within_the_quiet_period_news_waits_and_what_holds_in_the_end_is_told_once() -> None:
    reports = [told(12), told(18, "Daily", 2), told(25, "Echo", 3)]
    life = Life(replace(RULE, quiet=6 * HOUR))
    assert len(life.adds(reports[0])) == 1
    for report in reports[1:]:
        life.says_same(reports[0], report)
        assert life.adds(report) == []
    assert life.passes(3.5) == []
    assert kinds(life.passes(1)) == [("rise", 12, 25)]
    assert life.passes(9) == [] and life.memory.held == {}


def test_news_that_no_longer_holds_when_the_quiet_period_ends_is_not_told() -> None:
    reports = [told(12), told(18, "Daily", 2), told(13, "Daily", 3)]
    life = Life(replace(RULE, quiet=6 * HOUR))
    life.adds(reports[0])
    for report in reports[1:]:
        life.says_same(reports[0], report)
        assert life.adds(report) == []
    assert life.passes(9) == []


def test_what_is_held_and_then_no_longer_wanted_is_let_go() -> None:
    first, second = told(12), told(18, "Daily", 2)
    life = Life(replace(RULE, quiet=6 * HOUR, place="Baga"))
    life.adds(first)
    life.says_same(first, second)
    assert life.adds(second) == [] and life.memory.held
    life.rule = replace(life.rule, place="Gwoza")
    assert life.passes(9) == [] and life.memory.held == {}


def test_an_alert_steers_no_terminal() -> None:
    life = Life(RULE)
    (news,) = life.adds(told(12, "\x1b[31mWire\x07"))
    assert str(alert_to_json(news, life.now, "newest")["words"]).isprintable()


def test_incidents_that_become_one_are_not_told_again() -> None:
    first, second = told(12), told(14, "Daily", 2)
    life = Life(RULE)
    assert len(life.adds(first, second)) == 2
    life.says_same(first, second)
    assert life.passes() == []


def test_only_what_the_rule_asks_for() -> None:
    life = Life(replace(RULE, on=("rise",)))
    first, second = told(12), told(18, "Daily", 2)
    assert life.adds(first) == []
    life.says_same(first, second)
    assert kinds(life.adds(second)) == [("rise", 12, 18)]


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (replace(RULE, place="baga"), True),
        (replace(RULE, place="Gwoza"), False),
        (replace(RULE, country=("NG", "ML")), True),
        (replace(RULE, country=("ML",)), False),
        (replace(RULE, actor="militia"), True),
        (replace(RULE, actor="army"), False),
        (replace(RULE, victims="civilian"), True),
        (replace(RULE, victims="combatant"), False),
        (replace(RULE, harm="injured"), False),
        (replace(RULE, min_sources=2), False),
        (replace(RULE, within=timedelta(days=7)), True),
        (replace(RULE, within=timedelta(days=7), means="airstrike"), False),
    ],
)
def test_filters(rule: Rule, wanted: bool) -> None:
    assert bool(Life(rule).adds(told(12))) == wanted


def test_old_incidents_are_none_of_todays_news() -> None:
    assert Life(replace(RULE, within=timedelta(days=7))).adds(told(12, day=2)) != []
    old = recorded(reading([Told(12, day=date(2019, 1, 1))], "Wire", DAY))
    assert Life(replace(RULE, within=timedelta(days=7))).adds(old) == []


def test_a_running_total_that_rises() -> None:
    first = recorded(reading([], "Count", DAY, total=1000))
    second = recorded(reading([], "Count", date(2021, 5, 9), total=1090), 5)
    third = recorded(reading([], "Count", date(2021, 5, 20), total=1101), 9)
    life = Life(replace(RULE, series_rise=100, on=()), first)
    assert life.passes() == [] and life.adds(second) == []
    (news,) = life.adds(third)
    assert kinds([news]) == [("series", 1000, 1101)]
    alert = alert_to_json(news, life.now, "newest")
    assert alert["words"] == "reported 1,101 killed in total in the country; was 1,000; word of Count"
    assert alert["trace"].startswith("marsad trace ")


def test_the_order_in_which_reports_come_does_not_change_what_stands_told() -> None:
    reports = [told(12), told(18, "Daily", 2), told(30, "Echo", 3)]
    ends = []
    for order in (reports, reports[::-1]):
        life = Life(RULE)
        for right in reports[1:]:
            life.says_same(reports[0], right)
        for report in order:
            life.adds(report)
        ends.append([one.figure.best for one in life.memory.known.values()])
    assert ends[0] == ends[1] == [30]


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from("ABC"), st.integers(1, 9)), max_size=8), st.integers(0, 9)
)
def test_a_rule_never_tells_the_same_figure_of_an_incident_twice_in_a_row(
    steps: list[tuple[int, str, int]], quiet: int
) -> None:
    life = Life(replace(RULE, quiet=quiet * HOUR))
    last: dict[str, tuple[int | None, datetime]] = {}
    first: RecordedReading | None = None
    for number, (killed, publisher, hours) in enumerate(steps):
        report = told(killed, f"{publisher}{number}", 1 + number)
        if first is not None:
            life.says_same(first, report)
        first = first or report
        for news in life.adds(report, hours=hours):
            figure = news.figure.best if news.figure else None
            before, moment = last.get(news.subject, (0, datetime.min.replace(tzinfo=START.tzinfo)))
            assert figure != before and life.now - moment >= quiet * HOUR
            last[news.subject] = figure, life.now


# What an alert says


def one_alert(made: Reading | None = None, **more: object) -> dict[str, object]:
    life = Life(replace(RULE, **more))  # type: ignore[arg-type]
    (news,) = life.adds(recorded(made) if made else told(12))
    return alert_to_json(news, life.now, "newest")


def test_an_alert_says_that_it_is_reported_by_whom_and_how_sure() -> None:
    alert = one_alert()
    assert alert["words"] == "reported 12 killed in Baga, NG, 2021-04-30; by the militia; word of Wire"
    assert alert["reported"] == {"low": 12, "best": 12, "high": 12}
    assert alert["before"] == {"low": 0, "best": 0, "high": 0}
    assert alert["kind"] == "new" and alert["rule"] == TITLES["newest"]
    assert str(alert["trace"]).startswith("marsad trace i")
    assert alert["according_to"] == ["Wire"] and alert["sources"] == 1
    assert subject_line(alert).startswith("[marsad] r: reported 12 killed in Baga")


def test_names_of_victims_and_of_sources_are_told_only_where_asked() -> None:
    made = reading([Told(12, who="relatives of Musa Danjuma")])
    claims = tuple(replace(one, according_to=Voice("Hauwa Bello, a nurse")) for one in made.claims)
    made = replace(made, claims=claims)
    silent, open_ = one_alert(made), one_alert(made, names=True)
    for name in ("Danjuma", "Hauwa"):
        assert name not in str(silent) and name in str(open_)


def test_the_same_news_has_the_same_id_and_other_news_another() -> None:
    assert one_alert()["id"] == one_alert()["id"] != one_alert(name="s")["id"]
