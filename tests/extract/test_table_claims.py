"""Tables of numbers: every figure with its row and its column, totals that hold the others, and what is left alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.extract import extract
from marsad.extract.table_claims import figure_of
from marsad.model import Claim, Reading, Report
from marsad.reading import ReadingOptions, make_reading

PROVINCES = """Toll of the clashes in May 2024 by province

Province     Killed   Injured   Displaced
Idlib        12       30        1,200
Aleppo       9        14        300
Hama         3                  -
Total        24       44        1,500

The figures were gathered by the Field Desk.
"""
ATTACKS = """Attacks of the week

Date | Town | Killed | of whom children | Injured | Attacker | Weapon
5 May 2024 | Ouallam | 9 | 2 | 4 | bandits | gunfire
 | Tera | 3+ | | ~10 | bandits | roadside bomb
6 May 2024 | Gao | - | | 5 | the army | drone strike
Total | | 12 | 2 | 19 | |
"""
STATUSES = """Killed in the province, 1-7 May 2024

| District | Civilians | Soldiers | Total |
|----------|----------:|---------:|------:|
| Idlib    | 10        | 2        | 12    |
| Azaz     | 4         | 5        | 9     |
| Total    | 14        | 7        | 23    |
"""
YEARS = "Deaths since the start of the war\n\nYear\tKilled\n2019\t120\n2020\t1,100\nTotal\t1,220\n"


def read(text: str) -> Reading:
    return make_reading(Report("r", text, published=date(2024, 6, 2)), ReadingOptions("rules"))


def told(text: str) -> list[tuple[str | None, str | None, str, int | None]]:
    return [
        (c.when.text if c.when else None, c.where.text if c.where else None, c.harm, c.count.stated)
        for c in read(text).claims
    ]


def sums(reading: Reading) -> list[tuple[str, list[str], str, str]]:
    said = {claim.id: claim.span.quote for claim in reading.claims}
    return [(said[b.total], [said[part] for part in b.parts], b.kind, b.check) for b in reading.breakdowns]


def test_each_figure_has_its_rows_place_and_its_columns_harm() -> None:
    when = "in May 2024"
    assert told(PROVINCES) == [
        (when, "Idlib", "killed", 12),
        (when, "Idlib", "injured", 30),
        (when, "Idlib", "displaced", 1200),
        (when, "Aleppo", "killed", 9),
        (when, "Aleppo", "injured", 14),
        (when, "Aleppo", "displaced", 300),
        (when, "Hama", "killed", 3),
        (when, None, "killed", 24),
        (when, None, "injured", 44),
        (when, None, "displaced", 1500),
    ]


def test_a_month_is_a_period_that_makes_no_incident_and_its_totals_hold_its_rows() -> None:
    reading = read(PROVINCES)
    assert {claim.scope for claim in reading.claims} == {"period"} and not reading.incidents
    assert sums(reading) == [
        ("24", ["12", "9", "3"], "sum", "consistent"),
        ("44", ["30", "14"], "sum", "consistent"),
        ("1,500", ["1,200", "300"], "sum", "consistent"),
    ]
    # The sum of three provinces is no toll of the last of them.
    assert reading.claims[-1].where is None or reading.claims[-1].where.admin1 is None


def test_rows_of_days_are_incidents_and_an_empty_day_goes_on_from_above() -> None:
    reading = read(ATTACKS)
    found = [
        (i.when.start if i.when else None, i.where.text if i.where else None, {h: f.best for h, f in i.tolls.items()})
        for i in reading.incidents
    ]
    assert found == [
        (date(2024, 5, 5), "Ouallam", {"killed": 9, "injured": 4}),
        (date(2024, 5, 5), "Tera", {"killed": 3, "injured": 10}),
        (date(2024, 5, 6), "Gao", {"injured": 5}),
    ]
    first = reading.claims[0]
    assert (first.perpetrators[0].text, first.means) == ("bandits", "shooting")
    children = next(claim for claim in reading.claims if claim.victims.text == "children")
    assert (children.victims.status, children.victims.groups) == ("civilian", ("children",))
    assert ("9", ["2"], "including", "consistent") in sums(reading)
    tera = next(claim for claim in reading.claims if claim.span.quote == "3+")
    assert (tera.count.qualifier, tera.count.low, tera.count.high) == ("at_least", 3, None)
    total = reading.claims[-1]
    assert (total.scope, total.when) == ("period", None)


def test_columns_of_people_take_the_captions_harm_and_a_wrong_total_is_told() -> None:
    reading = read(STATUSES)
    assert {claim.harm for claim in reading.claims} == {"killed"}
    assert [c.victims.status for c in reading.claims[:3]] == ["civilian", "combatant", "unknown"]
    assert sums(reading) == [
        ("12", ["10", "2"], "sum", "consistent"),
        ("9", ["4", "5"], "sum", "consistent"),
        ("14", ["10", "4"], "sum", "consistent"),
        ("7", ["2", "5"], "sum", "consistent"),
        ("23", ["12", "9"], "sum", "short"),
        ("23", ["14", "7"], "including", "consistent"),
    ]
    assert any("23" in warning and "does not close" in warning for warning in reading.warnings)


def test_years_are_periods_and_their_total_runs() -> None:
    reading = read(YEARS)
    assert [(c.when.text if c.when else None, c.scope) for c in reading.claims] == [
        ("2019", "period"),
        ("2020", "period"),
        ("since the start of the war", "cumulative"),
    ]


def test_subtotals_hold_their_rows_and_the_last_total_holds_them() -> None:
    text = (
        "Dead, 1-7 May 2024\n\n | Killed\nIdlib | 12\nThe east\nAzaz | 3\nSubtotal | 15\nHama | 1\nGrand total | 16\n"
    )
    assert sums(read(text)) == [("15", ["12", "3"], "sum", "consistent"), ("16", ["15", "1"], "sum", "consistent")]


@pytest.mark.parametrize(
    "text",
    [
        "Town   Votes   Seats\nIdlib  12      3\nHama   9       1\n",
        "Attacks with deaths\n\nTown | Attacks | Vehicles lost\nIdlib | 12 | 3\n",
        "Country   Deaths per 100,000\nTanura    12\nMella     9\n",
        "Killed  in  action: nobody.\nTwo  ships  sank.",
        "The killed | the missing\nwere mourned | in silence\n",
    ],
)
def test_what_is_no_table_of_harm_gives_no_claims(text: str) -> None:
    assert not [claim for claim in read(text).claims if claim.extractor == "table"]


def test_prose_around_a_table_is_read_as_ever_and_ids_go_by_place() -> None:
    text = f"Gunmen killed four people in Gao on 3 May 2024.\n\n{PROVINCES}\nTwo soldiers died in Homs on Friday."
    claims = read(text).claims
    assert [claim.id for claim in claims] == [f"c{n}" for n in range(1, len(claims) + 1)]
    assert [claim.extractor for claim in claims] == ["rules", *["table"] * 10, "rules"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("12", ("exact", 12, 12)),
        ("1,200*", ("exact", 1200, 1200)),
        ("at least 7", ("at_least", 7, None)),
        (">7", ("more_than", 8, None)),
        ("10-12", ("range", 10, 12)),
        ("up to 5", ("up_to", 0, 5)),
        ("-", None),
        ("0", None),
        ("n/a", None),
        ("two men", None),
        ("12.5", None),
    ],
)
def test_a_cell_means_so_many(words: str, expected: tuple[str, int, int | None] | None) -> None:
    count = figure_of(words)
    assert (count and (count.qualifier, count.low, count.high)) == expected


CELLS = st.one_of(
    st.sampled_from(["Killed", "Injured", "Idlib", "Total", "5 May 2024", "", "-"]), st.integers(0, 5000).map(str)
)
MARKS = st.sampled_from([" | ", "\t", "   "])


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=8), MARKS)
def test_any_grid_is_read_with_spans_that_match(rows: list[list[str]], mark: str) -> None:
    text = "\n".join(mark.join(row) for row in [["Place", "Killed"], *rows])
    claims: tuple[Claim, ...] = extract(Report("r", text), "rules").claims
    assert all(text[claim.span.start : claim.span.end] == claim.span.quote for claim in claims)
    assert len({claim.id for claim in claims}) == len(claims)
