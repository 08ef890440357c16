"""The page's texts can be had in other languages, all that are marked; a page from right to left mirrors."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, House, addresses

from marsad.serve import make_app
from marsad.serve.messages import CURRENT, FOLDER, direction, gettext, languages, ngettext

PSEUDO = "ar-XB"
REPORT = "Nine people were killed in Maiduguri on 3 May 2021: five civilians and four soldiers."
NAMES = {"Marsad", "Ctrl", "Enter", "Places", "Herald"}
"""Words that stay as they are in every language."""
OF_THE_RECORD = {
    "Baga",
    "Kano",
    "Nigeria",
    "Wire",
    "Radio",
    "Gazette",
    "the",
    "militia",
    "UCDP",
    "where",
    "date",
    "prec",
}
"""Names of the little ledger, and of the codebooks' columns."""
LEFT = {
    # What programs send and get is English in every language, and so is what is said of it.
    "/api",
    # Titles of codebooks are names; an error is told in the words of the command line.
    "/export", "/names",
}  # fmt: skip


QUOTING = ("kbd", "code", "blockquote", "q", "script")
"""What holds words of reports, or of programs."""


class Words(HTMLParser):
    """The words of a page that are its own: not those of a report, nor what was built in Python."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.found += [known[name] or "" for name in ("aria-label", "placeholder", "data-busy") if name in known]
        if tag not in ("input", "link", "meta", "br"):
            is_report = known.get("id") == "text" or "quote" in (known.get("class") or "") or tag in QUOTING
            self._skipped.append(tag if is_report or self._inside() else "")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag not in ("input", "link", "meta", "br"):
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside():
            self.found.append(data)

    def _inside(self) -> bool:
        return any(self._skipped)


def english(page: str) -> list[str]:
    """Return the English words that a page shows."""
    words = Words()
    words.feed(page)
    found = [word for each in words.found for word in re.findall(r"[A-Za-z][A-Za-z’']+", each)]
    return [word for word in found if word not in NAMES]


def template() -> Any:
    babel = pytest.importorskip("babel.messages.pofile", reason="Babel is not installed (a dev dependency)")
    with (FOLDER / "marsad.pot").open("rb") as file:
        return babel.read_po(file)


def test_the_template_holds_every_marked_text() -> None:
    pytest.importorskip("babel.messages.extract", reason="Babel is not installed (a dev dependency)")
    from scripts.make_messages import template as collected

    known = {message.id for message in template() if message.id}
    fresh = {message.id for message in collected() if message.id}
    assert fresh == known, "run python scripts/make_messages.py"
    assert len(known) > 80


def test_every_text_is_in_the_pseudo_locale() -> None:
    token = CURRENT.set(PSEUDO)
    try:
        for message in template():
            if isinstance(message.id, str) and message.id:
                assert gettext(message.id).startswith("⟦"), message.id
            elif message.id:
                one, many = message.id
                assert all(ngettext(one, many, count).startswith("⟦") for count in (0, 1, 2, 7)), message.id
    finally:
        CURRENT.reset(token)


@pytest.mark.parametrize("path", ["/read", "/login"])
def test_a_page_that_is_marked_shows_no_english(path: str, house: House) -> None:
    assert english(house.client.get(path).text) != []
    page = house.client.get(f"{path}?lang={PSEUDO}").text
    assert '<html lang="ar-XB" dir="rtl">' in page
    assert english(page) == []


def test_every_page_is_marked(house: House) -> None:
    """Each page of a small ledger, in the pseudo-locale: what is left in Latin letters are the ledger's own names."""
    paths = [path for _, path, _ in addresses(house) if path.partition("?")[0] not in LEFT]
    paths += ["/tolls?by=month&across=means", "/tolls?seen=chart", "/incidents?status=single&since=2020-01-01"]
    told: dict[str, list[str]] = {}
    for path in paths:
        answer = house.client.get(path, headers={"accept-language": PSEUDO})
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        assert '<html lang="ar-XB" dir="rtl">' in answer.text, path
        left = [word for word in english(answer.text) if word not in OF_THE_RECORD]
        if left:
            told[path] = left
    assert told == {}


def test_addresses_are_the_same_in_every_language(house: House) -> None:
    for path in ("/", "/incidents", "/review", "/review?second=1", "/tolls", "/actors"):
        one, other = (
            re.findall(
                r'(?:href|action|src)="([^"]*)"', house.client.get(path, headers={"accept-language": language}).text
            )
            for language in ("en", PSEUDO)
        )
        assert one == other, path


def test_words_put_into_a_text_are_shown_not_obeyed(hostile: House) -> None:
    for path in ("/incidents", "/", "/tolls", "/places"):
        page = hostile.client.get(path, headers={"accept-language": PSEUDO}).text
        assert "<script>alert(1)" not in page and "\u202e" not in page and "<img src=x" not in page


def test_the_readers_own_words_are_marked(house: House) -> None:
    page = house.client.get(f"/read?lang={PSEUDO}").text
    found = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert found is not None
    fields = {"token": found[1], "text": REPORT, "publisher": "Herald"}
    shown = house.client.post("/read", data=fields).text
    assert 'dir="rtl"' in shown and REPORT.split()[0] in shown
    # What is built in Python (figures, days, harms, verdicts) is English still.
    for words in (
        "The words",
        "What it adds up to",
        "Add to the ledger",
        "Nothing is stored",
        "counted in",
        "whose word",
    ):
        assert words not in shown


def test_a_chosen_language_stays_chosen(house: House) -> None:
    assert 'dir="ltr"' in house.client.get("/read").text
    assert 'dir="rtl"' in house.client.get(f"/read?lang={PSEUDO}").text
    answer = house.client.get("/read")
    assert 'dir="rtl"' in answer.text and answer.headers["content-language"] == PSEUDO
    assert 'dir="ltr"' in house.client.get("/read?lang=en").text
    assert 'dir="ltr"' in house.client.get("/read").text


@pytest.mark.parametrize(("asked", "answered"), [
    ("ar-XB", "ar-XB"), ("fr;q=0.9, ar-XB;q=0.2", "ar-XB"), ("en, ar-XB;q=0.9", "en"), ("ar", "en"), ("en-GB", "en"),
    ("", "en"), ("*", "en"), ("de;q=x,;;q=,,", "en"), ("../../etc", "en"),
])  # fmt: skip
def test_the_browsers_language_is_heard(asked: str, answered: str, house: House) -> None:
    assert house.client.get("/read", headers={"accept-language": asked}).headers["content-language"] == answered


def test_a_desk_has_a_language(house: House) -> None:
    client = TestClient(make_app(house.desk, language=PSEUDO), base_url=BASE)
    assert 'dir="rtl"' in client.get("/read", headers={"accept-language": "en"}).text
    assert 'dir="ltr"' in client.get("/read?lang=en").text


def test_what_is_no_language_is_english(house: House) -> None:
    for asked in ("xx", "../..", "", "EN", "ar_XB"):
        assert house.client.get("/read", params={"lang": asked}).headers["content-language"] == "en"
    assert languages()[0] == "en" and PSEUDO in languages()
    assert (direction("fa-IR"), direction("uk")) == ("rtl", "ltr")


def test_style_sheets_name_no_side() -> None:
    """What says left or right does not mirror; start and end do."""
    sides = re.compile(r"(?:margin|padding|border)-(?:left|right)\s*:|text-align\s*:\s*(?:left|right)|float\s*:")
    for file in (Path(FOLDER).parent / "static").glob("*.css"):
        assert not sides.search(file.read_text("utf-8")), file.name
