"""What comes in: text in any encoding, JSON Lines good and broken, and the errors that say what to do."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInputError
from marsad.model import Report
from marsad.read import parse_day, read_reports

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
