"""Every kind of file gives the words, the title, the publisher and the day that a person sees in it."""

import re
import textwrap
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.read.made_files import ARTICLE, DAY_HEAD, docx, mail, mail_with, page, pdf, warc, workbook, zipped

from marsad.errors import BadInputError
from marsad.limits import with_limits
from marsad.model import Report
from marsad.read.evidence import CERTAINTY
from marsad.read.items import Item, SkippedInputError
from marsad.read.limits import Limits
from marsad.read.rows import columns_from
from marsad.read.source import ReadOptions, read_bytes
from marsad.vocabulary import DAY_EVIDENCE

DAY = date(2024, 5, 7)
NOTES = ReadOptions(columns={"text": "notes", "published": "event_date"})


def read(raw: bytes, name: str, options: ReadOptions | None = None, published: date | None = None) -> list[Item]:
    return list(read_bytes(raw, name, published, options))


def reports(raw: bytes, name: str, options: ReadOptions | None = None) -> list[Report]:
    return [item[0] for item in read(raw, name, options) if not isinstance(item, BadInputError)]


def faults(raw: bytes, name: str, options: ReadOptions | None = None) -> list[str]:
    return [str(item) for item in read(raw, name, options) if isinstance(item, BadInputError)]


def dating(report: Report) -> tuple[str, float, tuple[str, ...]] | None:
    return None if report.dated is None else (report.dated.by, report.dated.certainty, report.dated.against)


def test_a_page_gives_its_article_without_menus_its_day_and_its_address() -> None:
    (report,) = reports(page(head=DAY_HEAD).encode(), "a.html")
    assert report.text == "\n\n".join(ARTICLE)
    assert (report.title, report.publisher) == ("Nine killed on a market bus", "Niamey Ledger")
    assert report.url == "https://ledger.example/2024/05/07/market-bus"
    assert (report.published, dating(report)) == (DAY, ("metadata", 0.98, ()))
    assert (report.language, report.source) == ("en", "a.html")


def test_a_page_is_known_by_what_it_holds() -> None:
    (report,) = reports(page().encode(), "saved.txt")
    assert report.text == "\n\n".join(ARTICLE)


@pytest.mark.parametrize(
    ("head", "day", "told"),
    [
        ("", None, None),
        ('<meta name="dc.date" content="7 May 2024">', DAY, ("metadata", 0.95, ())),
        (
            '<script type="application/ld+json">{"datePublished": "2024-05-07"}</script>',
            DAY,
            ("metadata", 0.95, ()),
        ),
        ('<link rel="canonical" href="https://a.example/2024/05/07/x">', DAY, ("address", 0.93, ())),
        (
            '<meta name="date" content="2024-05-07"><link rel="canonical" href="https://a.example/2019/01/02/x">',
            DAY,
            ("metadata", 0.7, ("address says 2019-01-02",)),
        ),
    ],
)
def test_the_day_of_a_page_has_its_evidence(head: str, day: date | None, told: object) -> None:
    (report,) = reports(page(head=head).encode(), "a.html")
    assert (report.published, dating(report)) == (day, told)


def test_wrong_declared_encodings_do_no_harm() -> None:
    words = (*ARTICLE, "Le café de Ségou.")
    says_latin = page(words).replace("utf-8", "latin-1").encode("utf-8")
    says_utf_8 = page(words).encode("cp1252")
    for raw in (says_latin, says_utf_8):
        assert reports(raw, "a.html")[0].text.endswith("Le café de Ségou.")


def wrapped(width: int = 90) -> list[str]:
    return [line for part in ARTICLE for line in (*textwrap.wrap(part, width), "")]


def test_a_pdf_gives_paragraphs_without_running_heads_and_names_its_scans() -> None:
    lines = [textwrap.wrap(part, 90) for part in ARTICLE]
    bodies = [[line for part in (*lines[at:], *lines[:at]) for line in (*part, "")] for at in (0, 1, 2)]
    pages = [["The Niamey Ledger", *body, f"Page {number}"] for number, body in enumerate(bodies, start=1)]
    raw = pdf([*pages, b"", b""], "/Title (Weekly report) /CreationDate (D:20240508101010)")
    (report,) = reports(raw, "a.pdf")
    assert report.text.count(ARTICLE[1]) == 3
    assert "Page 2" not in report.text and "Niamey Ledger" not in report.text
    assert (report.title, report.published, dating(report)) == (
        "Weekly report",
        date(2024, 5, 8),
        ("document", 0.5, ()),
    )
    assert faults(raw, "a.pdf") == ["a.pdf: pages 4-5 of 5 are scans and unread; run again with --ocr"]


def test_a_table_in_a_pdf_stays_lines() -> None:
    rows = ["Town        Killed   Injured", "Ouallam     9        4", "Tillaberi   3        11"]
    (report,) = reports(pdf([[*wrapped(), *rows]]), "a.pdf")
    assert [" ".join(line.split()) for line in report.text.split("\n")[-3:]] == [" ".join(row.split()) for row in rows]


def test_words_that_a_margin_broke_are_whole_again() -> None:
    from marsad.read.layout import unwrapped

    lines = ["The council said that the gun-", "men had come from the north and", "left.", "Nobody followed them."]
    assert (
        unwrapped([lines])
        == "The council said that the gunmen had come from the north and left.\nNobody followed them."
    )


def test_a_word_file_gives_paragraphs_and_tables_in_their_order() -> None:
    table = [["Town", "Killed"], ["Ouallam", "9"]]
    (report,) = reports(docx(["Published: 7 May 2024", table, ARTICLE[0]], "Weekly", datetime(2024, 6, 1)), "a.docx")
    assert report.text == f"Published: 7 May 2024\n\nTown | Killed\nOuallam | 9\n\n{ARTICLE[0]}"
    assert (report.title, report.published, dating(report)) == ("Weekly", DAY, ("text", 0.8, ()))


def test_a_mail_gives_its_words_and_its_attachments_each_by_its_kind() -> None:
    first, second = reports(mail_with(ARTICLE[0], "r.pdf", pdf([wrapped()]), "application/pdf"), "a.eml")
    assert (first.text, first.title, first.publisher) == (ARTICLE[0], "With a file", "desk@ledger.example")
    assert (first.published, dating(first)) == (DAY, ("header", 0.95, ()))
    assert second.source == "a.eml » r.pdf" and "nine passengers" in second.text


def test_an_attachment_without_a_day_has_that_of_its_message_and_one_with_a_day_keeps_it() -> None:
    bare = reports(mail_with("See the file.", "r.txt", ARTICLE[0].encode(), "text/plain"), "a.eml")[1]
    assert (bare.published, dating(bare), bare.notes) == (DAY, ("message", 0.6, ()), ())
    own = reports(mail_with("See the file.", "r.txt", b"Published: 2 May 2024\n\nTwo died.", "text/plain"), "a.eml")[1]
    assert (own.published, dating(own)) == (date(2024, 5, 2), ("text", 0.8, ()))


def test_a_file_of_an_archive_has_no_day_of_the_archives_and_says_so() -> None:
    dated, bare = reports(zipped({"a.txt": b"Published: 7 May 2024\n\nTwo died.", "b.txt": b"Two died."}), "a.zip")
    assert (dated.published, dated.notes) == (DAY, ())
    assert bare.published is None and "archive" in bare.notes[0]


def test_keys_that_are_not_read_are_named_once_for_a_file() -> None:
    raw = b'{"text": "One.", "publishd": "2024-05-07"}\n{"text": "Two.", "publishd": "2024-05-08", "x": 1}\n'
    for name, content in (("a.jsonl", raw), ("a.json", b"[" + raw.replace(b"}\n{", b"}, {") + b"]")):
        assert len(reports(content, name)) == 2
        (line,) = faults(content, name)
        assert line.startswith(f"{name}: keys that are not read: publishd, x (")
    assert not faults(b'{"notes": "One.", "x": 1}\n', "a.jsonl", ReadOptions(columns={"text": "notes"}))


def test_a_list_without_any_text_has_one_line_that_names_its_keys() -> None:
    (line,) = faults(b'[{"notes": "One."}, {"notes": "Two.", "day": 1}]', "a.json")
    assert line.startswith('a.json: none of its 2 items has a "text"; they have notes, day. Say which is which: --map')


def test_a_mailbox_gives_every_message() -> None:
    raw = b"".join(b"From desk@x.example Tue May  7\n" + mail(words) + b"\n\n" for words in ("One died.", ">From two."))
    assert [one.text for one in reports(raw, "inbox")] == ["One died.", "From two."]
    assert [one.source for one in reports(raw, "inbox")] == ["inbox » message 1", "inbox » message 2"]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_is_read_by_the_users_map(mark: str) -> None:
    rows = [
        ["event_date", "notes"],
        ["07 May 2024", f'"Two{mark} they said, ""died""\nthere."'],
        ["2024-05-07", "Fine."],
    ]
    first, second = reports("\n".join(mark.join(row) for row in rows).encode(), "a.csv", NOTES)
    assert first.text == f'Two{mark} they said, "died"\nthere.' and second.text == "Fine."
    assert {first.published, second.published} == {DAY}
    assert (first.source, second.source) == ("a.csv, line 2", "a.csv, line 4")


def test_a_day_that_may_mean_two_days_is_told_and_not_guessed() -> None:
    raw = b"event_date,notes\n05/06/2024,Two died.\n"
    (report,) = reports(raw, "a.csv", NOTES)
    assert report.published is None
    assert "05/06/2024" in faults(raw, "a.csv", NOTES)[0]


def test_a_map_that_does_not_fit_names_the_columns_there_are() -> None:
    assert "it has when, what" in faults(b"when,what\n1,2\n", "a.csv")[0]
    with pytest.raises(BadInputError, match="KEY=COLUMN"):
        columns_from("notes")
    with pytest.raises(BadInputError, match="one of text"):
        columns_from("body=notes")


def test_a_map_serves_json_too() -> None:
    (report,) = reports(b'{"notes": "Two died.", "event_date": "7 May 2024"}\n', "a.jsonl", NOTES)
    assert (report.text, report.published) == ("Two died.", DAY)


def test_json_lines_are_known_whatever_the_file_is_called() -> None:
    raw = b'{"text": "One."}\n{"text": "Two."}\n'
    for name in ("a.json", "a.txt", "standard input"):
        assert [one.text for one in reports(raw, name)] == ["One.", "Two."]


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    rows: list[list[object]] = [["event_date", "notes"], [datetime(2024, 5, 7), "Two."], ["07 May 2024", "One."]]
    first, second = reports(workbook({"May": rows, "Key": [["a"], [1]]}), "a.xlsx", NOTES)
    assert (first.text, first.published, first.source) == ("Two.", DAY, "a.xlsx, sheet May, row 2")
    assert (second.text, second.published) == ("One.", DAY)


def test_markdown_loses_its_marks_and_its_front_matter_is_believed() -> None:
    raw = b"---\ntitle: Weekly\ndate: 2024-05-07\n---\nTwo **died** [there](http://x.example).\n\n|a|b|\n|-|-|\n|1|2|\n"
    (report,) = reports(raw, "a.md")
    assert report.text == "Two died there.\n\na | b\n1 | 2"
    assert (report.title, report.published) == ("Weekly", DAY)


def test_files_in_archives_keep_the_way_to_them() -> None:
    inner = zipped({"c.html": page().encode()})
    raw = zipped({"may/a.txt": b"One died.", "b.zip": inner, "__MACOSX/x.txt": b"x", "p.png": b"\x89PNG"})
    assert [one.source for one in reports(raw, "z.zip")] == ["z.zip » b.zip » c.html", "z.zip » may/a.txt"]
    (skipped,) = [item for item in read(raw, "z.zip") if isinstance(item, BadInputError)]
    assert isinstance(skipped, SkippedInputError) and "p.png" in str(skipped)


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_gives_its_pages_with_their_addresses(packed: bool) -> None:
    url = "https://ledger.example/2024/05/07/bus"
    raw = warc(
        {url: ("text/html; charset=utf-8", page().encode()), "https://ledger.example/x.css": ("text/css", b"a")}, packed
    )
    for content, name in ((raw, "a.warc"), (zipped({"archive/a.warc.gz": raw, "datapackage.json": b"{}"}), "a.wacz")):
        (report,) = reports(content, name)
        assert (report.url, report.published, report.text) == (url, DAY, "\n\n".join(ARTICLE))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Published: 7 May 2024\nTwo died.", DAY),
        ("Weekly\nTuesday, May 7, 2024, 10:30 GMT\n\nTwo died.", DAY),
        ("Posted on 2024-05-07 at 10:00\nTwo died.", DAY),
        ("Two men who were shot on 7 May 2024 have died.", None),
        ("Date of birth: 7 May 1984, says the list.\nTwo died.", None),
    ],
)
def test_a_text_gives_its_day_only_where_it_says_that_it_came_out_then(words: str, day: date | None) -> None:
    assert reports(words.encode(), "a.txt")[0].published == day


def test_the_callers_day_stands_over_a_documents_own_metadata_only() -> None:
    raw = docx([ARTICLE[0]], created=datetime(2024, 6, 1))
    (item,) = read(raw, "a.docx", published=DAY)
    assert not isinstance(item, BadInputError) and item[0].published == DAY
    (item,) = read(page(head=DAY_HEAD).encode(), "a.html", published=date(2020, 1, 1))
    assert not isinstance(item, BadInputError) and item[0].published == DAY


def test_limits_are_set_by_name() -> None:
    options = ReadOptions(limits=with_limits(Limits(), ["pdf_pages=1"]))
    assert options.limits == replace(Limits(), pdf_pages=1)
    assert "pdf_pages=1" in faults(pdf([ARTICLE, ARTICLE]), "a.pdf", options)[0]
    for word in ("pages=1", "rows=\u00b2", "rows=-1", "rows"):
        with pytest.raises(BadInputError, match="html_bytes"):
            with_limits(Limits(), [word])


def test_the_docs_name_every_limit_with_its_number_and_reason() -> None:
    words = (Path(__file__).parents[2] / "docs" / "reading.md").read_text("utf-8")
    for one in fields(Limits):
        assert f"| `{one.name}` | {one.default:,} | {one.metadata['reason']} |" in words


def test_the_docs_name_every_kind_of_evidence_with_its_certainty() -> None:
    words = (Path(__file__).parents[2] / "docs" / "reading.md").read_text("utf-8")
    assert set(CERTAINTY) == set(DAY_EVIDENCE)
    for by, certainty in CERTAINTY.items():
        assert re.search(rf"\| `{by}` \| .+ \| {certainty} \|", words), by
