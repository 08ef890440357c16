"""The reader: what was pasted or dropped is shown as it was read, stored only when added, and never more than text."""

import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from tests.made import Told, reading
from tests.serve.conftest import House, plain

from marsad.answers.statement_words import statement_facts, statement_words
from marsad.model import ActorRef, Reading, Slot, Span, Statement, Voice
from marsad.serve.marks import runs_of
from marsad.serve.pages import seen

TEXT = "The River Brigade claimed the raid, a spokesman said. Four soldiers were killed near Baga on 2 May 2021."
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "</div></body>", "javascript:alert(1)",
    '" autofocus onfocus="alert(1)', "&lt;b&gt;", "\x00\x1b[31m", "-->", "]]>",
)  # fmt: skip


class Page(HTMLParser):
    """A page as a browser takes it apart: its tags with their attributes, and the words that it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.shown += data


def told() -> Reading:
    """Return a reading with one statement, made by hand."""
    report = plain(TEXT)
    words = "The River Brigade claimed the raid"
    slots = {
        "actor": (Slot("The River Brigade", Span(0, 17, "The River Brigade"), ActorRef("river", "River Brigade")),),
        "event": (Slot("the raid", Span(26, 34, "the raid")),),
    }
    voice = Voice("a spokesman", span=Span(36, 47, "a spokesman"))
    span = Span(0, len(words), words)
    return Reading(report, statements=(Statement("s1", "responsibility", span, {"stance": "claimed"}, slots, voice),))


def test_statements_are_marked_and_said_in_one_line() -> None:
    one = told()
    runs = runs_of(one)
    assert "".join(run.text for run in runs) == TEXT
    marked = {run.text: run.kinds for run in runs if run.kinds}
    assert marked["The River Brigade"] == ("actor", "statement") and marked["a spokesman"] == ("voice",)
    assert statement_words(one.statements[0]) == "River Brigade: claims responsibility for the raid"
    assert list(statement_facts(one.statements[0])) == ["according to a spokesman"]


def test_the_page_shows_statements_with_their_words(house: House) -> None:
    house.add(told())
    key = house.client.get("/api/v1/reports").json()["reports"][0]["key"]
    page = house.client.get(f"/reports/{key}").text
    assert "What else it says" in page and "River Brigade: claims responsibility for the raid" in page
    assert 'class="switch-statement"' in page and 'class="switch-claim"' not in page


def test_every_claim_says_where_it_went(house: House) -> None:
    text = (
        "Nine people were killed in Maiduguri on 3 May 2021. Two were injured in Kano on 1 May 2021. "
        "At least 300 people have been killed since 2019."
    )
    page = house.post("/read", text=text, published="2021-05-04")
    assert "counted in incident 1" in page and "counted in incident 2" in page
    assert "never added" in page and "at least 300, no upper bound" in page


def test_a_file_that_is_no_report_is_no_fault(house: House) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
    files = {"file": ("photo.png", picture, "image/png")}
    answer = house.client.post("/read", data={"token": house.token("/read")}, files=files)
    assert answer.status_code == 200
    assert 'class="note"' in answer.text and 'class="fault"' not in answer.text
    assert "photo.png" in answer.text


def test_what_of_a_file_was_left_out_is_said(house: House) -> None:
    raw = b'{"text": "Four soldiers were killed near Baga on 2 May 2021."}\nnot json\n{"no": "text"}\n'
    files = {"file": ("two.jsonl", raw, "application/octet-stream")}
    answer = house.client.post("/read", data={"token": house.token("/read")}, files=files)
    assert "Four soldiers" in answer.text
    assert "remarks on the file" in answer.text and "line 2" in answer.text and "line 3" in answer.text


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("where", ["text", "title", "publisher", "url"])
def test_hostile_words_show_as_text(words: str, where: str, house: House) -> None:
    fields = {"text": f"Six people were killed in Kano. {words}", "published": "2021-05-03"}
    fields[where] = f"Six people were killed in Kano. {words}"
    page = Page()
    page.feed(house.post("/read", **fields))
    assert [tag for tag, _ in page.tags if tag in ("img", "iframe", "style", "object")] == []
    assert all("src" in known for tag, known in page.tags if tag == "script")
    assert [name for _, known in page.tags for name in known if name.startswith("on") or name == "style"] == []
    assert all(not (known.get("href") or "").startswith("javascript") for _, known in page.tags)
    assert page.shown.count("49") == 0
    if where != "url":
        assert words.replace("\x00", "").replace("\x1b", "⟨001B⟩") in page.shown


@pytest.mark.parametrize(("words", "shown"), [
    ("a\u202eb", "a⟨202E⟩b"), ("a\u200bb", "a⟨200B⟩b"), ("a\u2066b\u2069", "a⟨2066⟩b⟨2069⟩"), ("\ufeffa", "⟨FEFF⟩a"),
    ("ki\u200dlled", "ki⟨200D⟩lled"), ("\U000e0041", "⟨E0041⟩"), ("\ud83d", "⟨D83D⟩"), ("a\x85b", "a⟨0085⟩b"),
    ("می\u200cخواهم", "می\u200cخواهم"), ("👩\u200d🚀", "👩\u200d🚀"), ("a\tb\nc", "a\tb\nc"), ("قُتل", "قُتل"),
])  # fmt: skip
def test_signs_that_nobody_sees_are_written_out(words: str, shown: str) -> None:
    assert seen(words) == shown


def test_a_long_report_stays_quick_to_show(house: House) -> None:
    """A hundred thousand signs with two thousand claims: the page is made in a moment, whole."""
    one = reading([Told(killed=n % 50 + 2, place=f"Place {n}") for n in range(1500)])
    assert len(one.report.text) > 75_000
    house.add(replace(one, incidents=()))
    key = next(r["key"] for r in house.client.get("/api/v1/reports").json()["reports"] if r["characters"] > 75_000)
    house.client.get(f"/reports/{key}")
    start = time.perf_counter()
    page = house.client.get(f"/reports/{key}").text
    assert time.perf_counter() - start < 5
    assert page.count('class="node"') == 1500


def test_half_a_character_can_be_read(house: House) -> None:
    raw = b'{"text": "Six people were killed in Kano. \\ud83d", "title": "\\udc00"}'
    files = {"file": ("one.json", raw, "application/json")}
    assert house.client.post("/read", data={"token": house.token("/read")}, files=files).status_code == 200
