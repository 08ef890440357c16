"""Printed pages are read as a person reads them: column by column, tables row by row, notes at the end."""

from datetime import date

import pytest
from fpdf import FPDF
from tests.read.made_files import ARTICLE
from tests.read.printed import broken, newspaper, table, table_by_columns

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read.source import read_bytes
from marsad.reading import ReadingOptions, make_reading

STORY = " ".join(ARTICLE)
SECOND = (
    "In the north, smugglers fought border guards for two hours on Wednesday night. A spokesman of the guards said that"
    " three smugglers had been killed and that one guard was being treated for his wounds in the provincial hospital."
    " Shepherds found a fourth body on Thursday in the riverbed, where their vehicles had been abandoned."
)
ROWS = [
    ["Province", "Killed", "Injured", "Displaced"],
    ["Idlib", "12", "30", "1,200"],
    ["Northern countryside of Aleppo", "9", "14", "300"],
    ["Hama", "3", "", "0"],
    ["Total", "24", "44", "1,500"],
]
CAPTION = "Toll of the clashes in May 2024 by province"


def read(raw: bytes) -> Report:
    (item,) = read_bytes(raw, "a.pdf", date(2024, 6, 2))
    assert not isinstance(item, BadInputError), item
    return item[0]


@pytest.mark.parametrize("across", [False, True])
def test_two_columns_are_read_one_after_the_other(across: bool) -> None:
    first, second = broken(STORY), broken(SECOND)
    notes = ["1 The council counted the dead again on Friday.", "2 The guards gave no names."]
    raw = newspaper(
        [(first, second), (second, first)], headline="Nine killed on a market bus", notes=notes, across=across
    )
    lines = [line for line in read(raw).text.split("\n") if line]
    assert lines == ["Nine killed on a market bus", STORY, SECOND, SECOND, STORY, *notes]


@pytest.mark.parametrize("across", [False, True])
def test_letters_that_were_painted_one_by_one_are_words_again(across: bool) -> None:
    first, second = broken(STORY), broken(SECOND)
    raw = newspaper([(first, second), (second, first)], headline="Toll of a market raid", across=across, letters=True)
    lines = [line for line in read(raw).text.split("\n") if line]
    assert lines == ["Toll of a market raid", STORY, SECOND, SECOND, STORY]


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    words = f"{STORY} {SECOND}"
    lines = broken(words)
    raw = newspaper([(lines[:6], lines[6:12]), (lines[12:16], lines[16:])])
    assert len(lines) == 17
    assert read(raw).text == words


def test_running_heads_and_page_numbers_are_no_words_of_the_report() -> None:
    numbers = ("First", "Then", "Last")
    stories = [(f"{word} of all. {STORY} So {word}.", f"{word} again. {SECOND} So {word}.") for word in numbers]
    pages = [(broken(left), broken(right)) for left, right in stories]
    text = read(newspaper(pages, across=True)).text
    assert "weekly review" not in text
    assert text.split() == [word for story in stories for words in story for word in words.split()]


def test_two_pages_that_begin_and_end_alike_keep_their_words() -> None:
    pdf = FPDF()
    for place in ("Hama", "Idlib"):
        pdf.add_page()
        pdf.set_font("Helvetica", size=10)
        for at, line in enumerate(["Killed and injured by district", STORY[:60], f"Seen in {place}.", "Not complete."]):
            pdf.text(20, 30 + 10 * at, line)
    text = read(bytes(pdf.output())).text
    assert text.count("Killed and injured by district") == text.count("Not complete.") == 2


@pytest.mark.parametrize("raw", [table(ROWS, CAPTION, STORY, SECOND), table_by_columns(ROWS, CAPTION)])
def test_figures_stay_with_their_rows_and_columns(raw: bytes) -> None:
    text = read(raw).text
    assert "\n".join(" | ".join(row) for row in ROWS) in text
    reading = make_reading(read(raw), ReadingOptions("rules"))
    found = [
        (c.where.text if c.where else None, c.harm, c.count.stated) for c in reading.claims if c.extractor == "table"
    ]
    assert found == [
        ("Idlib", "killed", 12),
        ("Idlib", "injured", 30),
        ("Idlib", "displaced", 1200),
        ("Northern countryside of Aleppo", "killed", 9),
        ("Northern countryside of Aleppo", "injured", 14),
        ("Northern countryside of Aleppo", "displaced", 300),
        ("Hama", "killed", 3),
        (None, "killed", 24),
        (None, "injured", 44),
        (None, "displaced", 1500),
    ]
    assert {b.check for b in reading.breakdowns} == {"consistent"}


def test_a_table_between_paragraphs_parts_them() -> None:
    text = read(table(ROWS, CAPTION, STORY, SECOND)).text
    assert text.startswith(STORY) and text.endswith(SECOND)
    assert f"{CAPTION}\n" in text
