"""What a report says: changes, trends, doubts, running totals, control; and what a profile keeps back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.export.made import SECRETS
from tests.export.made import made as secret_ledger
from tests.made import START, Told, reading, recorded
from tests.stating import Says, agreed, holds, saying

from marsad.errors import BadInputError
from marsad.export.profiles import INTERNAL, PARTNER, PUBLIC
from marsad.ledger import Ledger, build_ledger
from marsad.ledger.record import members_of
from marsad.model import Judgement, Reading, Revision
from marsad.report.blocks import Document
from marsad.report.compose import compose
from marsad.report.docx import docx
from marsad.report.html import html
from marsad.report.markdown import markdown
from marsad.report.model import Ask
from marsad.report.situation import situation, window_of
from marsad.report.wording import words_of

SINCE, UNTIL = date(2021, 4, 26), date(2021, 5, 2)
ASKED = Ask(SINCE, UNTIL, profile=INTERNAL)


def on(days: int) -> date:
    return SINCE + timedelta(days=days)


def ledger_of(*found: Reading, revisions: tuple[Revision, ...] = (), judged: tuple[Judgement, ...] = ()) -> Ledger:
    return build_ledger([recorded(one, number) for number, one in enumerate(found)], judged, revisions)


def text_of(ledger: Ledger, ask: Ask = ASKED, before: Ledger | None = None, long: bool = True) -> str:
    return markdown(compose(situation(ledger, ask, before), words_of(None), long))


FIRST = reading([Told(12, day=on(1))], "Wire", on(2))
SECOND = reading([Told(15, day=on(1))], "Daily", on(3))


def test_the_headline_gives_the_range_of_what_sources_say() -> None:
    one, other = (members_of(recorded(each))[0].id for each in (FIRST, SECOND))
    same = Judgement(one, other, "same", "Amal", START)
    said = text_of(ledger_of(FIRST, SECOND, judged=(same,)))
    assert "**15 (12–15)** people killed reported in 1 incident[^1]." in said
    assert "1 incident[^1] of which sources give different figures" in said
    assert "according to Daily and Wire" in said


def test_a_corrected_figure_is_told_as_it_was_and_as_it_is() -> None:
    name = members_of(recorded(FIRST))[0].id
    word = Revision(name, "killed", "9", "three were found alive", "Amal", START + timedelta(days=1))
    said = text_of(ledger_of(FIRST, revisions=(word,)), before=ledger_of(FIRST))
    assert "killed 12 → 9" in said
    assert "Told otherwise: Baga, Nigeria, 27 April 2021, 9 killed" in said


def test_what_came_late_belongs_to_an_older_week_and_is_told() -> None:
    late = reading([Told(30, "Gwoza", day=SINCE - timedelta(days=9))], "Wire", on(4))
    said = text_of(ledger_of(FIRST, late), before=ledger_of(FIRST))
    assert "Came late, of an earlier day: Gwoza, Nigeria, 17 April 2021: **30** civilians killed" in said
    assert "**12** people killed reported in 1 incident" in said


def test_what_a_person_took_out_is_named() -> None:
    name = members_of(recorded(FIRST))[0].id
    word = Revision(name, "withdrawn", "yes", "a hoax", "Amal", START + timedelta(days=1))
    said = text_of(ledger_of(FIRST, revisions=(word,)), before=ledger_of(FIRST))
    assert "Taken out by a person: Baga, Nigeria, 27 April 2021, 12 killed" in said
    assert "No incident of this kind was reported." in said


def test_two_that_are_found_to_be_one_are_told() -> None:
    one, other = (members_of(recorded(each))[0].id for each in (FIRST, SECOND))
    same = Judgement(one, other, "same", "Amal", START)
    said = text_of(ledger_of(FIRST, SECOND, judged=(same,)), before=ledger_of(FIRST, SECOND))
    assert "Found to be one event, and counted once:" in said
    assert one in said
    assert other in said


@pytest.mark.parametrize(
    ("earlier", "words"),
    [(3, "More people were reported killed than in each"), (90, "Fewer people were"), (12, "no clear change")],
)
def test_a_week_is_held_against_those_before_of_which_reports_are_known(earlier: int, words: str) -> None:
    old = reading([Told(earlier, "Gwoza", day=on(-5))], "Wire", on(-4))
    assert words in text_of(ledger_of(FIRST, old))


def test_a_week_without_any_report_is_no_week_without_any_dead() -> None:
    told = situation(ledger_of(FIRST), ASKED)
    assert [one.reports for one in told.stretches] == [0, 0, 0, 0, 1]
    assert "The ledger holds no report of the 4 weeks before" in text_of(ledger_of(FIRST))


def test_running_totals_stand_beside_with_what_no_incident_explains() -> None:
    total = reading([Told(12, day=on(1))], "Wire", on(2), total=700)
    said = text_of(ledger_of(total))
    assert "**12** people killed reported" in said
    assert "Wire counts **700**" in said


def test_control_and_agreements_of_the_window_are_told_with_their_words() -> None:
    told = saying(
        [holds("River Brigade", "holds", "Northfold"), agreed("broken", "River Brigade; Hill Army", "Northfold")],
        base=FIRST,
    )
    said = text_of(ledger_of(told))
    assert "River Brigade **is said to hold** Northfold" in said
    assert "**said to be broken**" in said


def test_a_record_that_is_claimed_is_checked() -> None:
    claim = Says("It was the deadliest attack in Baga since 3 April", "record", {"measure": "highest"},
                 {"of": "attack", "window": "since 3 April"})  # fmt: skip
    larger = reading([Told(40, day=date(2021, 4, 10))], "Wire", date(2021, 4, 11))
    said = text_of(ledger_of(larger, saying([claim], base=FIRST)))
    assert "By this ledger: **it fails**" in said
    assert "Against it: 40 on 10 April 2021." in said


def test_the_deadliest_that_is_known_is_told_although_nobody_claims_it() -> None:
    small = reading([Told(2, "Gwoza", day=on(0))], "Wire", on(0))
    weeks = [reading([Told(3, "Gwoza", day=on(-days))], "Wire", on(1 - days)) for days in (14, 7)]
    said = text_of(ledger_of(*weeks, small, FIRST))
    assert "The incident of 27 April 2021 with **12**" in said


@pytest.mark.parametrize("profile", [PUBLIC, PARTNER])
@pytest.mark.parametrize("long", [True, False])
def test_nothing_that_is_kept_back_leaves_in_any_format(profile: object, long: bool) -> None:
    ledger = secret_ledger()
    ask = Ask(date(2021, 4, 1), date(2021, 6, 1), profile=profile)  # type: ignore[arg-type]
    document = compose(situation(ledger, ask, secret_ledger()), words_of(None), long)
    secrets = SECRETS if profile is PUBLIC else [each for each in SECRETS if "Bortavi" not in each]
    for text in (markdown(document), html(document), _word_text(document)):
        assert "Jets strike" not in text
        assert [secret for secret in secrets if secret in text] == []


def test_public_sums_leave_out_the_last_days_and_say_so() -> None:
    ask = Ask(date(2021, 4, 1), date(2021, 6, 1), profile=PUBLIC)
    told = situation(secret_ledger(), ask)
    assert told.total.tolls["killed"].best == 12 + 1 + 4 + 24
    assert "1 incident held back: it is less than 2 days old." in text_of(secret_ledger(), ask)


def test_the_week_ends_with_the_newest_report() -> None:
    asked = window_of(ledger_of(FIRST), Ask())
    assert (asked.since, asked.until) == (on(2) - timedelta(days=6), on(2))
    with pytest.raises(BadInputError, match="give --since and --until"):
        window_of(build_ledger([]), Ask())
    with pytest.raises(BadInputError, match="begins on"):
        window_of(ledger_of(FIRST), replace(ASKED, since=UNTIL, until=SINCE))


def _word_text(document: Document) -> str:
    return _words_of_docx(docx(document))


def _words_of_docx(content: bytes) -> str:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
