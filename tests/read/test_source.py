"""What comes in: text in any encoding, JSON Lines good and broken, and the errors that say what to do."""

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read import parse_day, read_reports
from marsad.read.items import SkippedInputError
from marsad.read.source import read_bytes

DAY = date(2024, 5, 6)


def only(path: Path, published: date | None = None) -> Report:
    (item,) = read_reports(str(path), published)
    assert isinstance(item, Report), item
    return item


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_of_common_encodings_is_read(tmp_path: Path, encoding: str) -> None:
    words = "Troops killed two men near São Tomé, a café owner said – “in cold blood”."
    (tmp_path / "report.txt").write_bytes(words.encode(encoding))
    assert only(tmp_path / "report.txt", DAY).text == words


def test_plain_text_takes_its_day_from_the_caller_and_its_id_from_its_content(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Two died.")
    first, second = only(tmp_path / "a.txt", DAY), only(tmp_path / "b.txt", DAY)
    assert first.published == DAY
    assert first.id == second.id != only(tmp_path / "a.txt").id


def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text('{"id": "1", "text": "One."}\n{"id": "2", "tex\n\n[1]\n{"id": "3", "text": "Three."}\n')
    items = list(read_reports(str(path)))
    assert [item.id for item in items if isinstance(item, Report)] == ["1", "3"]
    told = [str(item) for item in items if isinstance(item, BadInputError)]
    assert ["line 2" in told[0], "line 4" in told[1]] == [True, True]


def test_an_unknown_date_is_told_and_the_report_is_read_without_one(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text('{"id": "1", "text": "One.", "published": "last Tuesday"}\n')
    error, report = read_reports(str(path), DAY)
    assert "last Tuesday" in str(error)
    assert isinstance(report, Report)


def test_a_json_document_may_hold_one_report_or_a_list(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(
        '{\n "id": "1", "text": "One.", "title": "T", "published": "2024-05-06T10:00:00Z"\n}'
    )
    report = only(tmp_path / "one.json")
    assert (report.title, report.published) == ("T", DAY)
    (tmp_path / "many.json").write_text('[{"text": "One."}, {"text": "Two."}]')
    assert len(list(read_reports(str(tmp_path / "many.json")))) == 2


def test_half_characters_are_replaced_one_for_one(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"id": "1", "text": "a\\ud800b"}\n')
    assert only(tmp_path / "r.jsonl").text == "a�b"


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"PK\x03\x04\x00\x00binary", "zip"), (b"Two\0died", "binary"), (b'{"text": ', "not JSON")],
)
def test_what_is_not_a_report_is_refused_with_advice(tmp_path: Path, content: bytes, word: str) -> None:
    name = "x.json" if content.startswith(b"{") else "x.txt"
    (tmp_path / name).write_bytes(content)
    (error,) = read_reports(str(tmp_path / name))
    assert isinstance(error, BadInputError)
    assert word in str(error)
    assert name in str(error)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    (error,) = read_reports(str(tmp_path / "none.txt"))
    assert isinstance(error, BadInputError)
    assert str(tmp_path / "none.txt") in str(error)


def test_days_are_iso() -> None:
    assert parse_day("2024-05-06T23:00:00+02:00") == DAY
    with pytest.raises(BadInputError, match="2019-04-20"):
        parse_day("6 May 2024")


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    for name in ("x.txt", "x.json", "x.jsonl"):
        path = tmp_path_factory.getbasetemp() / name
        path.write_bytes(raw)
        assert all(isinstance(item, Report | BadInputError) for item in read_reports(str(path)))


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Daily round-up of Borno, 14 March 2025", date(2025, 3, 14)),
        ("Weekly bulletin (3 May 2024)", date(2024, 5, 3)),
        ("Update – 12 Feb 2025", date(2025, 2, 12)),
        ("Summary: figures as of 3 May 2024", None),
        ("Report: 3 killed on 4 May 2024", None),
        ("Situation report: 1 to 7 May 2024", None),
        ("Attack on the mine, 4 May 2024", None),
    ],
)
def test_the_day_in_the_heading_of_what_comes_out_by_the_day_is_that_of_the_report(
    heading: str, day: date | None
) -> None:
    (item,) = read_bytes(f"{heading}\n\nGunmen killed two people in Gwoza.\n".encode(), "a.txt")
    assert not isinstance(item, BadInputError)
    assert item[0].published == day


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["13/02/2025", "05/03/2025"], [date(2025, 2, 13), date(2025, 3, 5)]),
        (["02/13/2025", "05/03/2025"], [date(2025, 2, 13), date(2025, 5, 3)]),
        (["13.2.2025", "12 February 2025"], [date(2025, 2, 13), date(2025, 2, 12)]),
        (["05/03/2025", "04/03/2025"], [None, None]),
        (["13/02/2025", "02/14/2025", "05/03/2025"], [date(2025, 2, 13), date(2025, 2, 14), None]),
    ],
)
def test_a_column_of_days_in_numbers_tells_which_number_is_the_day(cells: list[str], days: list[date | None]) -> None:
    rows = "".join(f"{cell};Gunmen killed two people in Gwoza, part {n}.\n" for n, cell in enumerate(cells))
    found = list(read_bytes(f"published;text\n{rows}".encode(), "a.csv"))
    assert [item[0].published for item in found if not isinstance(item, BadInputError)] == days
    faults = [str(item) for item in found if isinstance(item, BadInputError)]
    assert len(faults) == days.count(None) and all("can mean two days" in fault for fault in faults)


def test_a_row_without_words_is_left_out_and_is_no_failure() -> None:
    found = list(read_bytes(b"text,publisher\n,Desk\nTwo people were killed.,Desk\n", "a.csv"))
    assert [isinstance(item, SkippedInputError) for item in found] == [True, False]


def test_a_sheet_may_have_a_title_above_the_names_of_its_columns() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Weekly log of the desk"], [], ["text", "published"], ["Two people were killed.", "1 May 2024"]):
        sheet.append(row)
    raw = BytesIO()
    book.save(raw)
    (item,) = read_bytes(raw.getvalue(), "a.xlsx")
    assert not isinstance(item, BadInputError)
    assert (item[0].text, item[0].published) == ("Two people were killed.", date(2024, 5, 1))


def test_the_first_heading_of_a_word_file_is_its_title() -> None:
    document = docx.Document()
    document.add_heading("Incidents in April")
    document.add_paragraph("Two people were killed.")
    raw = BytesIO()
    document.save(raw)
    (item,) = read_bytes(raw.getvalue(), "a.docx")
    assert not isinstance(item, BadInputError)
    assert item[0].title == "Incidents in April"
