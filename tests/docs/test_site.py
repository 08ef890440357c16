"""The documentation site: every link and anchor leads somewhere, nothing is fetched, and no mark is left over."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from scripts.build_docs import build, readme_part
from scripts.check_site import faults

from marsad.export.formats import FORMATS

ROOT = Path(__file__).parents[2]
# A list or a table whose marks were taken for words, because no empty line stands before it.
LEFT_OVER = re.compile(r"(?:^|\n)\s*(?:[*-] |\d+\. |\|)|\]\(|\*\*")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("documentation")
    assert build(place) == []
    yield place / "site"
    shutil.rmtree(place)


def text_of(page: Path) -> str:
    return str(html.parse(page).getroot().xpath("string(//article)"))


def test_every_page_of_the_docs_is_on_the_site(site: Path) -> None:
    pages = {page.stem for page in (ROOT / "docs").glob("*.md")}
    assert pages - {page.stem for page in site.glob("*.html")} == set()
    home = html.parse(site / "index.html").getroot()
    in_menu = {link.removesuffix(".html").removeprefix("./") for link in home.xpath("//nav//a/@href")}
    assert pages - {"index"} - in_menu == set(), "a page that no menu leads to; see docs/zensical.toml"


def test_no_mark_of_a_list_or_a_table_is_left_as_words(site: Path) -> None:
    left = [
        (page.name, words[:60])
        for page in sorted(site.glob("*.html"))
        for one in html.parse(page).getroot().xpath("//article//p|//article//li|//article//td")
        if LEFT_OVER.search(words := str(one.text_content()))
    ]
    assert left == []


def test_pages_made_from_the_code_hold_what_the_code_holds(site: Path) -> None:
    assert "marsad doctor" in text_of(site / "commands.html")
    assert "Ledger.toll(" in text_of(site / "python-reference.html")
    assert all(one.title in text_of(site / "codebooks.html") for one in FORMATS.values())
    assert "two careful readers" in text_of(site / "limits.html")


def test_a_section_that_the_readme_lost_is_told() -> None:
    with pytest.raises(ValueError, match="no section 'How bad"):
        readme_part("How bad is it?")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="other.html#here">x</a>', None),
        ('<a href="https://site.example/">x</a>', None),
        ('<a href="none.html">x</a>', "leads to none.html, which is not there"),
        ('<a href="other.html#there">x</a>', "leads to other.html#there, where there is no such anchor"),
        ('<a href="#there">x</a>', "leads to #there, where there is no such anchor"),
        ('<script src="https://cdn.example/x.js"></script>', "fetches https://cdn.example/x.js"),
        ('<img src="x.png">', "has nothing at x.png"),
    ],
)
def test_a_bad_link_is_told(body: str, fault: str | None, tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(f"<html><body>{body}</body></html>")
    (tmp_path / "other.html").write_text('<html><body><h2 id="here">x</h2></body></html>')
    assert list(faults(tmp_path)) == ([] if fault is None else [f"one.html: {fault}"])
