"""Words of time and the days they mean; publication day Saturday 20 April 2019 unless a line says otherwise."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.model import Claim, Count, Report, Span, Victims, When
from marsad.resolve.when import date_prec, find_times, read_time, resolve_when

PUBLISHED = date(2019, 4, 20)

READINGS = """
on Thursday night                        | 2019-04-18 | 2019-04-18 | day
Saturday's                               | 2019-04-20 | 2019-04-20 | day
last Saturday                            | 2019-04-13 | 2019-04-13 | day
on Tuesday of last week                  | 2019-04-09 | 2019-04-09 | day
late on Sunday evening                   | 2019-04-14 | 2019-04-14 | day
dawn today                               | 2019-04-20 | 2019-04-20 | day
yesterday                                | 2019-04-19 | 2019-04-19 | day
the day before yesterday                 | 2019-04-18 | 2019-04-18 | day
overnight                                | 2019-04-19 | 2019-04-20 | days
since Thursday                           | 2019-04-18 | 2019-04-20 | days
since the shelling resumed on Monday     | 2019-04-15 | 2019-04-20 | days
in 48 hours                              | 2019-04-18 | 2019-04-20 | days
over the past three days                 | 2019-04-17 | 2019-04-20 | days
over two days                            | 2019-04-19 | 2019-04-20 | days
the past week                            | 2019-04-13 | 2019-04-20 | week
last week                                | 2019-04-08 | 2019-04-14 | week
this week                                | 2019-04-15 | 2019-04-20 | days
over the weekend                         | 2019-04-20 | 2019-04-20 | day
last weekend                             | 2019-04-13 | 2019-04-14 | days
last month                               | 2019-03-01 | 2019-03-31 | month
in the last month                        | 2019-03-20 | 2019-04-20 | month
this month                               | 2019-04-01 | 2019-04-20 | month
in March                                 | 2019-03-01 | 2019-03-31 | month
in May                                   | 2018-05-01 | 2018-05-31 | month
last November                            | 2018-11-01 | 2018-11-30 | month
in August and September                  | 2018-08-01 | 2018-09-30 | year
early 2018                               | 2018-01-01 | 2018-04-30 | year
mid-2013                                 | 2013-05-01 | 2013-08-31 | year
in late August 2017                      | 2017-08-21 | 2017-08-31 | month
in 2017                                  | 2017-01-01 | 2017-12-31 | year
in 2019                                  | 2019-01-01 | 2019-04-20 | year
since 2011                               | 2011-01-01 | 2019-04-20 | year
since the beginning of 2019              | 2019-01-01 | 2019-04-20 | year
so far this year                         | 2019-01-01 | 2019-04-20 | year
between October 2016 and June 2017       | 2016-10-01 | 2017-06-30 | year
from Wednesday to Friday                 | 2019-04-17 | 2019-04-19 | days
on the 15th                              | 2019-04-15 | 2019-04-15 | day
on the 25th                              | 2019-03-25 | 2019-03-25 | day
between November 19 and 29               | 2018-11-19 | 2018-11-29 | month
November 19-20                           | 2018-11-19 | 2018-11-20 | days
Jan. 2                                   | 2019-01-02 | 2019-01-02 | day
2 January 2015                           | 2015-01-02 | 2015-01-02 | day
at noon on 3 March                       | 2019-03-03 | 2019-03-03 | day
the 3rd of February, 2016                | 2016-02-03 | 2016-02-03 | day
on 15/11                                 | 2018-11-15 | 2018-11-15 | day
15/11/2015                               | 2015-11-15 | 2015-11-15 | day
2015-11-02                               | 2015-11-02 | 2015-11-02 | day
six days ago                             | 2019-04-14 | 2019-04-14 | day
two weeks ago                            | 2019-04-06 | 2019-04-06 | day
a year ago                               | 2018-04-01 | 2018-04-30 | month
nine years ago                           | 2010-01-01 | 2010-12-31 | year
on Christmas Day                         | 2018-12-25 | 2018-12-25 | day
on Good Friday                           | 2019-04-19 | 2019-04-19 | day
until Wednesday                          | None       | 2019-04-17 | since
in recent weeks                          | None       | None       | unknown
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in READINGS.strip().splitlines()]


def _day(cell: str) -> date | None:
    return None if cell == "None" else date.fromisoformat(cell)


@pytest.mark.parametrize(("words", "start", "end", "precision"), ROWS)
def test_words_mean_days(words: str, start: str, end: str, precision: str) -> None:
    read = read_time(words, PUBLISHED)
    assert (read.start, read.end, read.precision) == (_day(start), _day(end), precision)
    assert read.text == words


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("two days earlier", "2019-03-08"),
        ("three days later", "2019-03-13"),
        ("the same day", "2019-03-10"),
        ("the following morning", "2019-03-11"),
        ("a day before", "2019-03-09"),
        ("around 8 p.m.", "2019-03-10"),
    ],
)
def test_some_words_count_from_the_event_told_before(words: str, day: str) -> None:
    read = read_time(words, PUBLISHED, anchor=date(2019, 3, 10))
    assert (read.start, read.end) == (date.fromisoformat(day), date.fromisoformat(day))


@pytest.mark.parametrize(
    "words", ["on Thursday", "yesterday", "last month", "in 48 hours", "on 5 May", "two days later"]
)
def test_without_a_publication_day_relative_words_have_no_days(words: str) -> None:
    assert read_time(words, None) == When(words)


@pytest.mark.parametrize(
    ("words", "prec"), [("on Friday", 1), ("since Thursday", 2), ("last week", 3), ("in March", 4), ("in 2017", 5)]
)
def test_ucdp_date_prec(words: str, prec: int) -> None:
    assert date_prec(read_time(words, PUBLISHED)) == prec
    assert date_prec(read_time("recently", PUBLISHED)) is None


def claim(text: str, quote: str, words: str | None = None) -> Claim:
    at = text.index(quote)
    own = None
    if words is not None:
        start = text.index(words)
        own = When(words, span=Span(start, start + len(words), words))
    count = Count(quote, 1, "exact", 1, 1, 1)
    return Claim(quote, Span(at, at + len(quote), quote), "killed", count, Victims(quote), when=own)


def days(report: Report, *claims: Claim) -> list[tuple[date | None, date | None]]:
    return [(c.when.start, c.when.end) if c.when else (None, None) for c in resolve_when(report, claims)]


def test_a_claim_without_time_words_takes_those_of_its_event() -> None:
    text = (
        "Four miners dead after bomb at pit\n\nFour miners were killed by a bomb at the pit of Oru on Wednesday. "
        "Two guards were hurt as well.\n"
    )
    report = Report("r", text, published=PUBLISHED)
    expected = (date(2019, 4, 17), date(2019, 4, 17))
    assert days(report, claim(text, "Four miners"), claim(text, "Two guards")) == [expected, expected]


def test_the_day_on_which_somebody_spoke_is_not_the_day_of_the_harm() -> None:
    text = "The mayor said on Friday that a rocket had killed two shepherds on Tuesday."
    found = days(Report("r", text, published=PUBLISHED), claim(text, "two shepherds"))
    assert found == [(date(2019, 4, 16), date(2019, 4, 16))]


def test_a_dateline_tells_the_day_where_no_publication_day_is_given() -> None:
    text = "OSTRAVIA, 3 May 2017 (Agency) - Gunmen shot a judge yesterday."
    assert days(Report("r", text), claim(text, "a judge", "yesterday")) == [(date(2017, 5, 2), date(2017, 5, 2))]


def test_a_list_of_months_takes_the_year_that_the_report_names_once() -> None:
    text = "Drone raids since early 2022 have grown.\n\nJanuary: one raid killed a farmer.\n\nMarch 4: a driver died."
    found = days(Report("r", text), claim(text, "a farmer", "January"), claim(text, "a driver", "March 4"))
    assert found == [(date(2022, 1, 1), date(2022, 1, 31)), (date(2022, 3, 4), date(2022, 3, 4))]


def test_a_report_whose_event_cannot_be_dated_borrows_no_other_day() -> None:
    text = "A mortar wounded two drivers on Monday. The road has been shelled since the truce of 4 May 2016."
    assert days(Report("r", text), claim(text, "two drivers")) == [(None, None)]


def test_the_figures_of_a_list_take_the_window_that_opens_it() -> None:
    text = "Since early 2022 the raids have claimed lives, by our count:\n\nNine farmers.\n\nForty reservists."
    totals = [replace(claim(text, quote), scope="cumulative") for quote in ("Nine farmers", "Forty reservists")]
    assert days(Report("r", text), *totals) == [(date(2022, 1, 1), None)] * 2
    assert days(Report("r", text, published=date(2022, 9, 1)), *totals) == [(date(2022, 1, 1), date(2022, 9, 1))] * 2


def test_a_remembered_attack_dates_only_its_own_sentence() -> None:
    text = (
        "A bomb killed four cadets on Wednesday.\n\nIn the same street a bomb killed a baker on 3 June 2015.\n\n"
        "Six cadets were wounded."
    )
    report = Report("r", text, published=PUBLISHED)
    found = days(report, claim(text, "four cadets"), claim(text, "a baker"), claim(text, "Six cadets"))
    wednesday, remembered = (date(2019, 4, 17),) * 2, (date(2015, 6, 3),) * 2
    assert found == [wednesday, remembered, wednesday]


def test_a_death_in_hospital_keeps_its_day_and_the_others_keep_theirs() -> None:
    text = (
        "Gunmen shot a teacher and a clerk on 12 April.\n\nThe teacher died on Thursday of her wounds.\n\n"
        "The clerk was hit twice."
    )
    report = Report("r", text, published=PUBLISHED)
    found = days(report, claim(text, "a teacher and a clerk"), claim(text, "The teacher", "on Thursday"))
    assert found == [(date(2019, 4, 12),) * 2, (date(2019, 4, 18),) * 2]
    assert days(report, claim(text, "The clerk")) == [(date(2019, 4, 12),) * 2]


def test_the_first_days_of_an_offensive_count_from_its_start() -> None:
    text = "Nine villagers died in the first three days of the offensive, which began on Monday."
    words = "in the first three days"
    found = days(Report("r", text, published=PUBLISHED), claim(text, "Nine villagers", words))
    assert found == [(date(2019, 4, 15), date(2019, 4, 17))]


def test_an_archived_report_counts_weekdays_from_its_own_event() -> None:
    text = "On Sunday 22 October 2017 a shell hit a school in Oru.\n\nA nurse said a pupil was killed on Sunday."
    report = Report("r", text, published=date(2018, 12, 31))
    assert days(report, claim(text, "a pupil", "on Sunday")) == [(date(2017, 10, 22),) * 2]


def test_stamps_of_a_page_date_no_event() -> None:
    text = "Fire kills two at depot\n\n20 May, 2018 - 10:05\n\nRain ends drought\n\n19 May, 2018 - 08:00\n"
    assert days(Report("r", text, published=date(2018, 5, 21)), claim(text, "two")) == [(None, None)]


def test_words_that_are_no_day_of_harm_are_not_taken_for_it() -> None:
    wrong = {
        "OSTRAVIA, 18 Apr 19 (Agency) -- [Text] The council has named two drovers killed by a mine.": "18 Apr 19",
        "The bishop today condemned the murder of two drovers by unknown men.": "today",
        "Two drovers who led the 6 May Movement were shot dead in their yard.": "6 May",
        "The killers of two drovers are to stand before the bench on 23 April.": "23 April",
    }
    for text, words in wrong.items():
        found = days(
            Report("r", text, published=PUBLISHED), claim(text, "two drovers" if "two" in text else "Two", words)
        )
        assert found == [(None, None)], text


def test_the_day_of_an_answer_to_a_murder_is_not_the_day_of_the_murder() -> None:
    text = "The judges resigned on Friday the post they held, and deplored the murder of two drovers on Tuesday."
    assert days(Report("r", text, published=PUBLISHED), claim(text, "two drovers")) == [(date(2019, 4, 16),) * 2]
    text = "At the same time, two drovers were shot. The Red Column claimed credit on Friday for the death of a guard."
    assert days(Report("r", text, published=PUBLISHED), claim(text, "two drovers")) == [(None, None)]


def test_since_a_day_when_somebody_was_killed_is_that_day() -> None:
    text = "The seat has been vacant since 4 April, when a councillor was shot."
    found = days(Report("r", text, published=PUBLISHED), claim(text, "a councillor", "since 4 April"))
    assert found == [(date(2019, 4, 4),) * 2]


def test_a_day_told_twice_is_the_dated_one() -> None:
    text = "Speaking of the fire that killed two drovers today, 18 April, the mayor wept."
    assert days(Report("r", text, published=PUBLISHED), claim(text, "two drovers")) == [(date(2019, 4, 18),) * 2]


@pytest.mark.parametrize(
    "text",
    [
        "The 19 April Movement freed a hostage.",
        "He may march to the sun, she said.",
        "Some 2,015 people and 12 trucks.",
        "They live at 14 May Street.",
        "A Mar Elias shelter took in 300 families.",
    ],
)
def test_names_and_numbers_are_not_times(text: str) -> None:
    assert find_times(text, PUBLISHED) == ()


def test_list_entries_with_a_colon_keep_their_day() -> None:
    (found,) = find_times("March 4: a driver died.", PUBLISHED)
    assert (found.text, found.start) == ("March 4", date(2019, 3, 4))


def test_spans_match_the_text() -> None:
    text = "Shells hit the port on Monday, and between 3 and 5 May 2016 the market."
    for time in find_times(text, PUBLISHED):
        assert time.span is not None
        assert text[time.span.start : time.span.end] == time.span.quote == time.text


WORDS = st.sampled_from([row[0] for row in ROWS])
DAYS = st.dates(date(1990, 1, 1), date(2030, 12, 31))


@given(WORDS, DAYS)
def test_an_interval_never_ends_before_it_starts_nor_after_publication(words: str, published: date) -> None:
    read = read_time(words, published)
    if read.start and read.end:
        assert read.start <= read.end
    if read.end and not any(figure in words for figure in ("20", "Jan", "Mar", "Nov", "/", "Dec")):
        # A feast of the coming week is that feast, not the one 51 weeks ago.
        assert read.end <= published + timedelta(days=7 if "Good Friday" in words else 0)


@given(st.sampled_from(["on Monday", "last Friday", "Sunday night", "since Tuesday"]), DAYS)
def test_a_week_later_the_same_weekday_is_a_week_later(words: str, published: date) -> None:
    first, second = read_time(words, published), read_time(words, published + timedelta(days=7))
    assert first.start and second.start
    assert second.start - first.start == timedelta(days=7)


@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    for time in find_times(text, PUBLISHED):
        assert time.span is not None
        assert text[time.span.start : time.span.end] == time.text


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Easter Sunday 2024", "2024-03-31"),
        ("Good Friday 2018", "2018-03-30"),
        ("Thanksgiving 2018", "2018-11-22"),
        ("on Memorial Day 2017", "2017-05-29"),
        ("New Year’s Eve 2015", "2015-12-31"),
        ("on the Fourth of July 2016", "2016-07-04"),
    ],
)
def test_feasts_fall_on_their_days(words: str, day: str) -> None:
    assert read_time(words, PUBLISHED).start == date.fromisoformat(day)
