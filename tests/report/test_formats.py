"""The files that people get: words stay words, templates and wording are the organisation's, errors say what to do."""

import io
import json
import shutil
from pathlib import Path

import docx as word_library
import pytest
from tests.made import Told, reading
from tests.report.test_situation import ASKED, FIRST, ledger_of, on
from typer.testing import CliRunner, Result

from marsad.cli.app import app
from marsad.errors import BadInputError
from marsad.model import Reading, Report
from marsad.report.compose import compose
from marsad.report.formats import FORMS, require_form, write
from marsad.report.situation import situation
from marsad.report.wording import words_of

SIGNS = reading([Told(7, "Old | Town", by="<script>alert(1)</script> *men*", day=on(1))], "A [Wire](x)", on(2))
TOLD = situation(ledger_of(SIGNS), ASKED)


def test_signs_of_a_format_in_words_stay_signs() -> None:
    page = write(TOLD, FORMS[".html"]).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    plain = write(TOLD, FORMS[".md"]).decode()
    assert r"Old \| Town" in plain
    assert r"\<script\>" in plain
    assert r"A \[Wire\](x)" in plain


def test_a_page_fetches_nothing_and_runs_nothing() -> None:
    page = write(TOLD, FORMS[".html"]).decode()
    assert "default-src 'none'" in page
    assert not any(word in page for word in ("<link", "<script", "@import", 'src="', "url("))


def test_every_mark_leads_to_its_note_and_back() -> None:
    import re

    page = write(TOLD, FORMS[".html"]).decode()
    marks, notes = set(re.findall(r'href="#note-(\d+)"', page)), set(re.findall(r'<li id="note-(\d+)"', page))
    assert marks == notes
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#(mark-\d+)"', page)) <= set(ids)


def test_a_copied_figure_does_not_take_its_receipt_for_a_digit() -> None:
    word = word_library.Document(io.BytesIO(write(TOLD, FORMS[".docx"])))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "7 people killed reported in 1 incident[1]." in text
    assert [cell.text for cell in word.tables[0].rows[1].cells][1:3] == ["1[1]", "7"]


@pytest.mark.parametrize("ending", [".md", ".html", ".docx"])
def test_the_same_ledger_gives_the_same_bytes(ending: str) -> None:
    again = situation(ledger_of(SIGNS), ASKED)
    assert write(TOLD, FORMS[ending]) == write(again, FORMS[ending])


def test_an_organisation_says_it_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('[titles]\nreport = "Nota de la mañana"\n[harms]\nkilled = "muertos"\n')
    said = write(TOLD, FORMS[".md"], tmp_path).decode()
    assert said.startswith("# Nota de la mañana")
    assert "muertos" in said


def test_an_organisation_brings_its_own_page(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(
        "<h1>Desk</h1>{% for b in document.section('toll').blocks %}{{ b | block }}{% endfor %}"
    )
    page = write(TOLD, FORMS[".html"], tmp_path).decode()
    assert page.startswith("<h1>Desk</h1>")
    assert "<strong>7</strong>" in page


def test_an_organisation_brings_its_own_word_styles(tmp_path: Path) -> None:
    own = word_library.Document()
    own.add_paragraph("An example of ours")
    own.sections[0].header.paragraphs[0].text = "Our House"
    own.save(str(tmp_path / "report.docx"))
    word = word_library.Document(io.BytesIO(write(TOLD, FORMS[".docx"], tmp_path)))
    assert word.sections[0].header.paragraphs[0].text == "Our House"
    assert "An example of ours" not in [paragraph.text for paragraph in word.paragraphs]
    (tmp_path / "report.docx").write_bytes(b"no document")
    with pytest.raises(BadInputError, match="no Word document"):
        write(TOLD, FORMS[".docx"], tmp_path)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ('[titles]\nrepport = "x"\n', "there is no titles.repport"),
        ("[toll]\nlead = 3\n", "must be of the kind that ships"),
        ('[toll]\nlead = "{nobody} died"\n', r"toll.lead has no place \{nobody\}"),
        ('months = ["January"]\n', "must have 12 words"),
        ("no toml", "words.toml"),
    ],
)
def test_wrong_wording_is_named(tmp_path: Path, words: str, error: str) -> None:
    (tmp_path / "words.toml").write_text(words)
    with pytest.raises(BadInputError, match=error):
        compose(TOLD, words_of(tmp_path))


@pytest.mark.parametrize("template", ["{% for %}", "{{ document.nothing }}", "{{ ''.__class__.__mro__ }}", "{{ 1/0 }}"])
def test_a_wrong_template_is_named(tmp_path: Path, template: str) -> None:
    (tmp_path / "report.html").write_text(template)
    with pytest.raises(BadInputError, match=r"report\.html"):
        write(TOLD, FORMS[".html"], tmp_path)


def test_other_endings_are_refused_with_those_there_are() -> None:
    with pytest.raises(BadInputError, match=r"\.md, \.html, \.docx, \.pdf"):
        require_form("note.odt")


def test_without_a_browser_a_pdf_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("MARSAD_CHROMIUM", raising=False)
    with pytest.raises(BadInputError, match="MARSAD_CHROMIUM"):
        write(TOLD, FORMS[".pdf"])


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium is installed")
def test_one_page_prints_its_figures() -> None:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(write(TOLD, FORMS[".pdf"], long=False))
    assert "7 people killed" in document[0].get_textpage().get_text_bounded()


def made_reading(report: Report, _options: object) -> Reading:
    return Reading(report, FIRST.claims, incidents=FIRST.incidents)


@pytest.fixture
def _ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARSAD_LEDGER", str(tmp_path / "ledger.db"))
    monkeypatch.setenv("MARSAD_NOW", "2021-05-02T09:00:00+00:00")
    monkeypatch.setattr("marsad.cli.ledger.make_reading", made_reading)
    told = {"text": FIRST.report.text, "publisher": "Wire", "published": "2021-04-28"}
    (tmp_path / "reports.jsonl").write_text(json.dumps(told) + "\n")
    run("add", "--no-link", str(tmp_path / "reports.jsonl"))


def run(*words: str) -> Result:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.exception or done.output
    return done


@pytest.mark.usefixtures("_ledger")
def test_the_command_writes_what_is_asked_for(tmp_path: Path) -> None:
    said = run("report", "--profile", "internal").stdout
    assert "22–28 April 2021" in said
    assert "“12 civilians were killed” Wire, 28 April 2021" in said
    assert "“" not in run("report").stdout.split("Receipts")[1]
    run("report", "--where", "Baga", "--short", "-o", str(tmp_path / "note.html"))
    assert "<!doctype html>" in (tmp_path / "note.html").read_text()
    nothing = run("report", "--where", "Gwoza").stdout
    assert "No incident of this kind was reported." in nothing


@pytest.mark.usefixtures("_ledger")
def test_news_are_what_was_recorded_since_the_last_report() -> None:
    assert "What changed" not in run("report", "--last", "2021-04-01").stdout
    assert "nothing was added" in run("report", "--last", "2021-05-02").stdout
