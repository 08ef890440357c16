"""No number stands in a report that is not in the ledger, and every figure of people leads to a receipt."""

import html as entities
import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.made import Told, reading, recorded
from tests.report.oracle import made_up, stretches

from marsad.export.profiles import INTERNAL, PUBLIC, Profile
from marsad.ledger import Ledger, RecordedReading, Selection, build_ledger, toll, trace
from marsad.model import Figure, Incident, Reading
from marsad.report.blocks import Bullets, Document, Paragraph, Run, Table
from marsad.report.compose import compose
from marsad.report.html import html
from marsad.report.markdown import markdown
from marsad.report.model import Ask, Situation
from marsad.report.situation import situation
from marsad.report.wording import words_of

SINCE, UNTIL = date(2021, 4, 26), date(2021, 5, 2)
ASKED = Ask(SINCE, UNTIL, profile=INTERNAL)
WINDOWS = [*stretches(SINCE, UNTIL), Selection(), Selection(until=UNTIL)]
MARK = re.compile(r"i[0-9a-f]{12}|[0-9a-f]{12}/[cs]\d+")

# Figures are far above any count of incidents, so that a wrong one cannot pass for such a count.
tellings = st.builds(
    Told,
    killed=st.integers(301, 40_000),
    place=st.sampled_from(["Baga", "Damasak", "Gwoza *[x]* <b>"]),
    by=st.sampled_from(["the militia", "the army | navy", None]),
    day=st.none() | st.integers(-40, 3).map(lambda days: UNTIL + timedelta(days=days)),
    injured=st.none() | st.integers(301, 9_000),
    who=st.sampled_from(["civilians", "farmers"]),
)
readings = st.lists(
    st.builds(
        reading,
        st.lists(tellings, max_size=3),
        st.sampled_from(["Wire", "Daily", None]),
        st.integers(-30, 0).map(lambda days: UNTIL + timedelta(days=days)),
        st.none() | st.integers(50_000, 90_000),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda one: (one.report.text, one.report.publisher, one.report.published),
)


def widened(one: Reading, spread: int | None) -> Reading:
    """Return a reading whose figures are ranges, or open upwards (None)."""

    def wide(incident: Incident) -> Incident:
        high = {harm: None if spread is None else figure.best + spread for harm, figure in incident.tolls.items()}
        tolls = {harm: Figure(max(0, f.best - 99), f.best, high[harm]) for harm, f in incident.tolls.items()}
        return replace(incident, tolls=tolls)

    return replace(one, incidents=tuple(wide(incident) for incident in one.incidents))


def ledger_of(found: list[Reading]) -> Ledger:
    return build_ledger([recorded(one, number) for number, one in enumerate(found)])


def written(told: Situation, long: bool) -> tuple[Document, str, str]:
    document = compose(told, words_of(None), long)
    # The days below the bars have no year; those of the caption and the table, which are the same, are checked.
    page = re.sub(r'<text class="days".*?</text>|<style>.*?</style>', " ", html(document), flags=re.DOTALL)
    return document, markdown(document).replace("\\", ""), entities.unescape(re.sub(r"<[^>]*>", " ", page))


def left_of(text: str, told: Situation) -> str:
    """Return a text without what it says of itself: its program's version, and the numbers of its list of receipts."""
    return text.replace(f"Marsad {told.version}", "Marsad")


@given(readings, st.sampled_from([0, 99, None]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_number_is_made_up(found: list[Reading], spread: int | None, long: bool) -> None:
    ledger = ledger_of([widened(one, spread) if spread != 0 else one for one in found])
    before = build_ledger([*ledger.readings.values()][:1])
    told = situation(ledger, ASKED, before)
    document, plain, page = written(told, long)
    for text in (plain, page):
        assert made_up(left_of(text, told), [ledger, before], WINDOWS, len(document.notes)) == []


def test_a_number_that_is_made_up_is_found() -> None:
    ledger = ledger_of([reading([Told(500, day=UNTIL)], "Wire", UNTIL)])
    told = situation(ledger, ASKED)
    document, plain, _ = written(told, True)

    def unknown(text: str) -> list[str]:
        return made_up(left_of(text, told), [ledger], WINDOWS, len(document.notes))

    assert unknown(plain) == []
    assert unknown(plain.replace("500", "501")) != []
    assert unknown(f"{plain} 12 June 1999") == ["12 June 1999"]
    assert unknown(f"{plain} [^99]") == ["[^99]"]
    assert unknown(f"{plain} “nobody said this”") == ["nobody said this"]


@given(readings)
@settings(max_examples=40, deadline=None)
def test_sums_are_those_of_the_toll(found: list[Reading]) -> None:
    ledger = ledger_of(found)
    told = situation(ledger, ASKED)
    for line, by in ((told.by_side, "perpetrator"),):
        table = toll(ledger, by, Selection(SINCE, UNTIL))  # type: ignore[arg-type]
        rows = {row.key: (len(row.incidents), dict(row.tolls)) for row in table.rows}
        assert {one.key or "unknown": (one.incidents, dict(one.tolls)) for one in line} == rows
        assert dict(told.total.tolls) == dict(table.total.tolls)
        assert told.total.incidents == len(table.total.incidents)
        assert told.undated == table.undated
    for stretch, window in zip(told.stretches, stretches(SINCE, UNTIL), strict=True):
        assert (stretch.start, stretch.end) == (window.since, window.until)
        assert dict(stretch.line.tolls) == dict(toll(ledger, "perpetrator", window).total.tolls)


@given(readings, st.sampled_from([INTERNAL, PUBLIC]), st.booleans())
@settings(max_examples=30, deadline=None)
def test_every_figure_has_a_receipt_that_leads_into_the_ledger(
    found: list[Reading], profile: Profile, long: bool
) -> None:
    ledger = ledger_of(found)
    told = situation(ledger, replace(ASKED, profile=profile), ledger_of(found[:2]))
    document = compose(told, words_of(None), long)
    notes = {note.number: "".join(run.words for line in note.lines for run in line) for note in document.notes}
    for line in lines_of(document):
        bold = [run for run in line if run.style == "strong" and any(sign.isdigit() for sign in run.words)]
        marks = [run.note for run in line if run.note is not None]
        assert not bold or marks, line
        assert all(mark in notes for mark in marks)
    for words in notes.values():
        ids = MARK.findall(words)
        assert ids or words == "No incident", words
        for each in ids:
            assert trace(ledger, each).asked == each


def lines_of(document: Document) -> list[tuple[Run, ...]]:
    """Return the lines of a report: a paragraph, one of a list, or a row with all its cells."""
    found: list[tuple[Run, ...]] = []
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found.append(block.runs)
            elif isinstance(block, Bullets):
                found += block.items
            elif isinstance(block, Table):
                found += [tuple(run for cell in row for run in cell) for row in block.rows]
    return found


def test_a_row_of_a_table_has_a_receipt() -> None:
    made: list[RecordedReading] = [recorded(reading([Told(5, day=UNTIL), Told(7, "Gwoza", day=SINCE)], "Wire", UNTIL))]
    document = compose(situation(build_ledger(made), ASKED), words_of(None))
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    assert len(tables) >= 3
    for table in tables:
        for row in table.rows:
            assert any(run.note for cell in row for run in cell)
