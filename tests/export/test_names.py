"""Headlines and addresses that anybody may read: each word is known to name nobody, or it is taken for a name."""

from datetime import date

import pytest
from tests.export.made import wish
from tests.made import recorded

from marsad.export.formats import FORMATS
from marsad.export.names import address_names_nobody, headline_names_nobody, site_of
from marsad.export.run import export
from marsad.ledger import build_ledger
from marsad.model import Report
from marsad.reading import ReadingOptions, make_reading


@pytest.mark.parametrize(
    "title",
    [
        "Three civilians killed in Syrian army shelling",
        "Gunmen Kill Three in Market Raid",
        "ISLAMIC STATE CLAIMS ATTACK ON POLICE",
        "Jets strike Kafr Zita",
        "Nine soldiers die in Nigeria as Boko Haram attacks base",
    ],
)
def test_headlines_without_a_person(title: str) -> None:
    assert headline_names_nobody(title, ["Kafr Zita"])


@pytest.mark.parametrize(
    "title",
    [
        "Mahmud Qandari and family killed by shell",
        "Farmer Ali Hassan dies in raid",
        "Market mourns Hauwa Zannari",
        "army kills fighters; hauwa mourned",
        "POLICE SHOOT JOHN CARTER DEAD",
        "مقتل محمود القنداري في قصف",
        "Shelling in Zarbatiya kills two",
    ],
)
def test_headlines_that_may_name_a_person(title: str) -> None:
    assert not headline_names_nobody(title, ["Kafr Zita"])


@pytest.mark.parametrize(
    ("url", "fit"),
    [
        ("https://news.example.org/world/2021/04/army-attack-kills-three", True),
        ("https://news.example.org/2021/mahmud-qandari-killed", False),
        ("https://news.example.org/?q=%D9%85%D8%AD%D9%85%D9%88%D8%AF", False),
        ("https://news.example.org/12345", True),
    ],
)
def test_addresses(url: str, fit: bool) -> None:
    assert address_names_nobody(url, []) is fit
    assert site_of(url) == "https://news.example.org/"


REPORTS = (
    Report(
        "a",
        "KAFR ZITA - A shell hit the house of Mahmud Qandari on Friday. Qandari, 41, his wife Salma Berrawi and their "
        "daughter Nour were killed, said a relative, Faruq Hallabi. Dr Rima Sorani said that two nurses were wounded.",
        "Mahmud Qandari and family killed by shell in Kafr Zita",
        "Local Desk",
        "https://localdesk.example.org/2021/mahmud-qandari-killed",
        published=date(2021, 4, 24),
    ),
    Report(
        "b",
        "Three men, among them the teacher Yusuf Darrani, were shot dead by gunmen in Baga, Nigeria, on Sunday, a "
        "witness named Bello Takari told us.",
        "Teacher among three shot dead",
        "bello.takari@mail.example",
        published=date(2021, 5, 3),
    ),
    Report(
        "c",
        "The army said it killed 12 fighters near Gwoza on Monday. Residents said that Hauwa Zannari died too.",
        "Army kills fighters; Hauwa Zannari mourned",
        "Reuters",
        "https://www.reuters.com/world/army-gwoza",
        published=date(2021, 5, 4),
    ),
)
PEOPLE = ("Mahmud", "Qandari", "Salma", "Berrawi", "Nour", "Faruq", "Hallabi", "Rima", "Sorani", "Yusuf", "Darrani",
          "Bello", "Takari", "Hauwa", "Zannari")  # fmt: skip


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.needs])
def test_what_a_reader_makes_of_reports_names_nobody(name: str) -> None:
    options = ReadingOptions(extractor="rules", places=True)
    told = [recorded(make_reading(one, options), 60 * 24 * 9 + n) for n, one in enumerate(REPORTS)]
    done = export(build_ledger(told), name, wish())
    assert done.incidents or name == "ucdp", "UCDP takes in none of these: no organised side is named"
    words = done.written.content.decode("latin-1")
    assert not [person for person in PEOPLE if person.casefold() in words.casefold()]
