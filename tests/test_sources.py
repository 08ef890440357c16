"""An outlet is one voice, whatever it calls itself, and a page with an agency's credit is the agency's word."""

import csv
from importlib.resources import files

import pytest

from marsad.model import Report
from marsad.sources import KINDS, credited, fold, source_of, voice_of

BODY = "Gunmen stopped a bus near the market town and killed nine passengers, the council said on Tuesday."


@pytest.mark.parametrize(
    ("publisher", "url", "name"),
    [
        ("AFP", None, "Agence France-Presse"),
        ("Agence France-Presse", None, "Agence France-Presse"),
        ("agence france presse", None, "Agence France-Presse"),
        ("https://www.afp.com/en/news", None, "Agence France-Presse"),
        ("news.example AFP", None, "Agence France-Presse"),
        ("Dawn / AFP", None, "Agence France-Presse"),
        ("Reuters via Example News", None, "Reuters"),
        ("The Associated Press", None, "Associated Press"),
        ("Syrian Observatory For Human Rights", None, "Syrian Observatory for Human Rights"),
        ("SOHR", None, "Syrian Observatory for Human Rights"),
        ("bbc.co.uk", None, "BBC"),
        (None, "https://english.enabbaladi.net/archives/2024/05/x", "Enab Baladi"),
        ("Ahram Online", None, "Al-Ahram"),
        ("Niamey Ledger", None, None),
        ("Ma", None, None),
        ("afp.com.example", None, None),
        (None, None, None),
    ],
)
def test_names_and_addresses_lead_to_one_outlet(publisher: str | None, url: str | None, name: str | None) -> None:
    found = source_of(publisher, url)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"OUALLAM, Niger, May 7 (Reuters) - {BODY}", "Reuters"),
        (f"OUALLAM (AFP) — {BODY}", "Agence France-Presse"),
        (f"By Jane Roe, Associated Press\n\n{BODY}", "Associated Press"),
        (f"Agence France-Presse in Niamey\n\n{BODY}", "Agence France-Presse"),
        (f"{BODY}\n\nAFP", "Agence France-Presse"),
        (f"{BODY} — AFP", "Agence France-Presse"),
        (f"{BODY} (Xinhua)", "Xinhua"),
        (f"{BODY}\n\nSource: Anadolu Agency", "Anadolu Agency"),
        (f"{BODY}\n\n© 2024 AFP", "Agence France-Presse"),
        (f"{BODY}\n\nReuters and AFP contributed to this report.", None),
        (f"{BODY} A reporter told Reuters so.", None),
        (f"By Jane Roe\n\n{BODY}", None),
        (f"OUALLAM (own report) - {BODY}", None),
        (f"{BODY} The mayor spoke to AFP", None),
    ],
)
def test_a_credit_is_an_agencys_and_a_mention_is_none(text: str, name: str | None) -> None:
    found = credited(text)
    assert (found and found.name) == name


def test_the_voice_is_the_agency_then_the_outlet_then_the_publishers_own_words() -> None:
    assert voice_of(Report("1", f"{BODY} (AFP)", publisher="Dawn")) == "Agence France-Presse"
    assert voice_of(Report("2", BODY, publisher="dawn.com")) == "Dawn"
    assert voice_of(Report("3", BODY, publisher="Niamey Ledger")) == "Niamey Ledger"
    assert voice_of(Report("4", BODY)) is None
    assert voice_of(Report("5", BODY, url="https://apnews.com/article/x")) == "Associated Press"


def test_the_table_names_each_thing_once() -> None:
    lines = (files("marsad.data") / "sources" / "sources.tsv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) > 500
    assert {row["kind"] for row in rows} == set(KINDS)
    names = {(fold(name), row["id"]) for row in rows for name in (row["name"], *row["aliases"].split(";")) if name}
    hosts = [host for row in rows for host in row["domains"].split()]
    assert len(names) == len({name for name, _ in names}) and len(hosts) == len(set(hosts))
    assert len({row["id"] for row in rows}) == len(rows)
