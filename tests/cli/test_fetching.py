"""Addresses on the command line: read and added like files, politely, and only where the user allows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.test_bad_input import marsad
from tests.fetch.site import ROBOTS, Answer, Asked, Site, served
from tests.read.made_files import DAY_HEAD, page

PAGE = page(head=DAY_HEAD).encode()
FAST = ("--allow-private", "--limit", "host_seconds=0", "--limit", "attempts=1")


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        one.routes["/report"] = Answer(PAGE, headers={"Content-Type": "text/html", "ETag": '"1"'})
        yield one


def test_a_page_is_read_with_its_address_and_its_day(site: Site) -> None:
    ran = marsad("read", f"{site.address}/report", "--format", "jsonl", *FAST)
    assert ran.code == 0, ran.err
    report = ran.rows[0]["report"]
    assert isinstance(report, dict)
    assert report["source"] == f"{site.address}/report"
    assert report["url"] == "https://ledger.example/2024/05/07/market-bus", "the page names its own address"
    assert report["dated"] == {"by": "metadata", "certainty": 0.98, "against": []}


def test_this_machine_is_refused_without_a_word_from_the_user(site: Site) -> None:
    ran = marsad("read", f"{site.address}/report")
    assert ran.code == 1 and "--allow-private" in ran.err and site.asked == []


def test_nothing_is_fetched_offline(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--offline" in marsad("read", f"{site.address}/report", "--offline", *FAST).err
    monkeypatch.setenv("MARSAD_OFFLINE", "1")
    assert marsad("add", f"{site.address}/report", "--ledger", tmp_path / "l.db", *FAST).code == 1
    assert site.asked == []


def test_adding_a_page_again_is_free(site: Site, tmp_path: Path) -> None:
    def unless_known(asked: Asked) -> Answer:
        known = asked.headers.get("if-none-match") == '"1"'
        return Answer(status=304) if known else Answer(PAGE, headers={"ETag": '"1"'})

    site.routes["/report"] = unless_known
    words = ("add", f"{site.address}/report", "--ledger", tmp_path / "l.db", *FAST)
    assert marsad(*words).out.startswith("1 report added")
    ran = marsad(*words)
    assert ran.code == 0 and "0 reports added" in ran.out and "1 known already" in ran.out
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    (tmp_path / "l.db").unlink()
    assert marsad(*words).out.startswith("1 report added"), "a new ledger does not know what the old one knew"


def test_what_fails_is_one_line_and_the_rest_is_read(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two shepherds were killed near Gao on Monday.")
    site.routes[ROBOTS] = Answer(b"User-agent: *\nDisallow: /closed\n")
    site.routes["/picture"] = Answer(b"\x89PNG\r\n", headers={"Content-Type": "text/html"})
    away = [f"{site.address}/closed", f"{site.address}/gone", "ftp://example.org/a", f"{site.address}/picture"]
    ran = marsad("read", *away, tmp_path / "a.txt", "--format", "jsonl", *FAST)
    assert ran.code == 1 and len(ran.rows) == 1
    lines = ran.err.splitlines()
    for word, line in zip(("robots.txt", "404", "only http", "PNG", "1 reports in 5 files"), lines, strict=True):
        assert word in line


def test_a_limit_of_fetching_is_set_like_one_of_reading(site: Site) -> None:
    ran = marsad("read", f"{site.address}/report", *FAST, "--limit", "fetched_bytes=10", "--limit", "pdf_pages=5")
    assert ran.code == 1 and "fetched_bytes=10" in ran.err
    assert "NAME=NUMBER" in marsad("read", f"{site.address}/report", "--limit", "attempts=x").err
