"""Fetching against a real server: what comes, what is asked, and every way in which it can go wrong."""

import gzip
import zlib
from itertools import repeat

import pytest
from tests.fetch.conftest import FakeTime, Making
from tests.fetch.site import Answer, Asked, Site, once

from marsad import __version__
from marsad.fetch import Fetcher, FetchError, FetchLimits, Manners, TemporaryFetchError, Validators

PAGE = b"<html><body><p>Three herders were killed near Bankass.</p></body></html>"


def test_a_page_comes_with_what_is_known_of_it(site: Site, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE, headers={"Content-Type": "text/html; charset=cp1252", "ETag": '"7"'})
    found = fetcher.get(f"{site.address}/a#part")
    assert (found.body, found.media_type, found.charset) == (PAGE, "text/html", "cp1252")
    assert found.validators == Validators(f"{site.address}/a", '"7"', None)
    assert site.asked[-1].headers["user-agent"] == f"marsad/{__version__}"
    assert "cookie" not in site.asked[-1].headers and "authorization" not in site.asked[-1].headers


def test_whom_to_write_to_stands_in_the_name() -> None:
    assert Manners(contact="desk@example.org").user_agent == f"marsad/{__version__} (+desk@example.org)"


def test_what_is_known_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    def unless_known(asked: Asked) -> Answer:
        known = asked.headers.get("if-none-match") == '"7"'
        return Answer(status=304) if known else Answer(PAGE, headers={"ETag": '"7"'})

    site.routes["/a"] = unless_known
    first = fetcher.get(f"{site.address}/a")
    assert not first.unchanged and first.body == PAGE
    again = fetcher.get(f"{site.address}/a", first.validators)
    assert again.unchanged and again.body == b"" and again.validators == first.validators


def test_the_day_of_the_last_change_serves_where_there_is_no_tag(site: Site, fetcher: Fetcher) -> None:
    day = "Tue, 07 May 2024 08:00:00 GMT"
    site.routes["/a"] = Answer(PAGE, headers={"Last-Modified": day})
    known = fetcher.get(f"{site.address}/a").validators
    fetcher.get(f"{site.address}/a", known)
    assert site.asked[-1].headers["if-modified-since"] == day


def test_redirects_are_followed_and_the_last_address_is_kept(site: Site, other: Site, fetcher: Fetcher) -> None:
    site.routes["/old"] = Answer(status=301, headers={"Location": "/new?x=1"})
    site.routes["/new?x=1"] = Answer(status=302, headers={"Location": f"{other.address}/page"})
    other.routes["/page"] = Answer(PAGE)
    found = fetcher.get(f"{site.address}/old")
    assert (found.asked, found.address) == (f"{site.address}/old", f"{other.address}/page")


def test_a_circle_of_redirects_ends(site: Site, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(status=302, headers={"Location": "/b"})
    site.routes["/b"] = Answer(status=302, headers={"Location": "/a"})
    with pytest.raises(FetchError, match="in a circle"):
        fetcher.get(f"{site.address}/a")
    assert site.paths() == ["/a", "/b"]


def test_redirects_without_end_are_left(site: Site, making: Making) -> None:
    site.routes = {f"/{n}": Answer(status=307, headers={"Location": f"/{n + 1}"}) for n in range(20)}
    with pytest.raises(FetchError, match="redirects=3"):
        making(redirects=3).get(f"{site.address}/0")
    assert len(site.paths()) == 4


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://example.org/a", "http://user:pa55@example.org/", "http://"]
)
def test_a_redirect_to_what_is_not_fetched_is_refused(site: Site, fetcher: Fetcher, to: str) -> None:
    site.routes["/a"] = Answer(status=302, headers={"Location": to})
    with pytest.raises(FetchError) as caught:
        fetcher.get(f"{site.address}/a")
    assert "pa55" not in str(caught.value)


def test_this_machine_is_called_only_where_that_is_allowed(site: Site, making: Making) -> None:
    with pytest.raises(
        FetchError, match=r"127\.0\.0\.1, which is not of the public network; allow it by --allow-private"
    ):
        making(allow_private=False).get(f"{site.address}/a")
    assert site.asked == []


def test_a_server_that_asks_for_patience_gets_it(site: Site, fetcher: Fetcher, fake: FakeTime) -> None:
    site.routes["/a"] = once(Answer(status=429, headers={"Retry-After": "7"}), Answer(status=503), Answer(PAGE))
    assert fetcher.get(f"{site.address}/a").body == PAGE
    assert fake.waits == [7.0, 4.0]


def test_a_date_says_until_when_to_wait(site: Site, fetcher: Fetcher, fake: FakeTime) -> None:
    until = {"Retry-After": "Tue, 07 May 2024 12:00:30 GMT"}
    site.routes["/a"] = once(Answer(status=503, headers=until), Answer(PAGE))
    assert fetcher.get(f"{site.address}/a").body == PAGE
    assert fake.waits == [30.0]


def test_who_asks_for_too_much_patience_is_left_for_later(site: Site, fetcher: Fetcher, fake: FakeTime) -> None:
    site.routes["/a"] = Answer(status=429, headers={"Retry-After": "86400"})
    with pytest.raises(TemporaryFetchError) as caught:
        fetcher.get(f"{site.address}/a")
    assert caught.value.wait_seconds == 86400 and fake.waits == [] and site.paths() == ["/a"]


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        ("999999999999", 604_800),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 604_800),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None),
        ("\u00b2", None),
        ("soon", None),
    ],
)
def test_no_wish_to_wait_breaks_the_plan(site: Site, making: Making, words: str, seconds: float | None) -> None:
    site.routes["/a"] = Answer(status=503, headers={"Retry-After": words})
    with pytest.raises(TemporaryFetchError) as caught:
        making(attempts=1).get(f"{site.address}/a")
    assert caught.value.wait_seconds == seconds


def test_a_server_in_trouble_is_tried_as_often_as_the_limit_says(site: Site, fetcher: Fetcher, fake: FakeTime) -> None:
    site.routes["/a"] = Answer(status=500)
    with pytest.raises(TemporaryFetchError, match="answers 500"):
        fetcher.get(f"{site.address}/a")
    assert len(site.paths()) == 4 and fake.waits == [2.0, 4.0, 8.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 204, 206])
def test_an_answer_that_will_not_change_is_not_asked_for_twice(site: Site, fetcher: Fetcher, status: int) -> None:
    site.routes["/a"] = Answer(status=status, headers={"Content-Length": "0"})
    with pytest.raises(FetchError) as caught:
        fetcher.get(f"{site.address}/a")
    assert caught.value.status == status and len(site.paths()) == 1


def test_a_server_that_drips_is_left_in_time(site: Site, fetcher: Fetcher, fake: FakeTime) -> None:
    fake.tick = 1.0
    site.routes["/a"] = lambda _: Answer(pieces=repeat(b"x"))
    with pytest.raises(FetchError, match="total_seconds=120"):
        fetcher.get(f"{site.address}/a")
    assert len(site.paths()) == 1


def test_the_time_for_an_answer_counts_from_its_first_step(site: Site, fetcher: Fetcher, fake: FakeTime) -> None:
    site.routes["/a"] = Answer(PAGE)
    fetcher.get(f"{site.address}/a")
    fake.tick = 70.0
    with pytest.raises(FetchError, match="total_seconds=120"):
        fetcher.get(f"{site.address}/a")


def test_a_body_without_end_is_cut_off(site: Site, making: Making) -> None:
    site.routes["/a"] = lambda _: Answer(pieces=repeat(b"x" * 1000))
    with pytest.raises(FetchError, match="fetched_bytes=50000"):
        making(fetched_bytes=50_000).get(f"{site.address}/a")


@pytest.mark.parametrize("packed", [gzip.compress(PAGE, mtime=0), zlib.compress(PAGE)], ids=["gzip", "zlib"])
def test_packed_answers_are_unpacked(site: Site, fetcher: Fetcher, packed: bytes) -> None:
    site.routes["/a"] = Answer(packed, headers={"Content-Encoding": "gzip"})
    assert fetcher.get(f"{site.address}/a").body == PAGE


def test_a_bomb_is_not_unpacked(site: Site, making: Making) -> None:
    site.routes["/a"] = Answer(gzip.compress(b"\0" * 30_000_000), headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchError, match="more than 1,000,000 bytes"):
        making(fetched_bytes=1_000_000).get(f"{site.address}/a")


def test_what_was_packed_as_nobody_asked_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(b"x", headers={"Content-Encoding": "br"})
    with pytest.raises(FetchError, match="packed as br"):
        fetcher.get(f"{site.address}/a")


def test_damaged_and_broken_off_answers_are_told(site: Site, making: Making) -> None:
    packed = gzip.compress(PAGE)
    site.routes["/damaged"] = Answer(packed[:12] + b"\xff" * 20, headers={"Content-Encoding": "gzip"})
    site.routes["/packed"] = Answer(packed[:-9], headers={"Content-Encoding": "gzip"})
    site.routes["/plain"] = lambda _: Answer(headers={"Content-Length": "99"}, pieces=iter([b"short"]))
    fetcher = making(attempts=1)
    for path in ("/damaged", "/packed", "/plain"):
        with pytest.raises(FetchError):
            fetcher.get(site.address + path)


def test_nobody_at_home(making: Making) -> None:
    with pytest.raises(TemporaryFetchError, match="no answer"):
        making(attempts=1).get("http://127.0.0.1:9/a")


def test_words_are_posted_once_and_a_refusal_is_told(site: Site, fetcher: Fetcher) -> None:
    site.routes["/hook"] = once(Answer(), Answer(status=500))
    fetcher.post(f"{site.address}/hook", b"{}", {"Content-Type": "application/json"})
    assert (site.asked[-1].method, site.asked[-1].body) == ("POST", b"{}")
    with pytest.raises(TemporaryFetchError):
        fetcher.post(f"{site.address}/hook", b"{}", {})
    assert len(site.paths()) == 2


def test_whoever_waits_is_told_of_each_further_attempt(site: Site, fake: FakeTime) -> None:
    site.routes["/a"] = once(Answer(status=503), Answer(status=503), Answer(b"well"))
    told: list[str] = []
    manners = Manners(FetchLimits(host_seconds=0), allow_private=True)
    with Fetcher(manners, fake.time, tell=told.append) as fetcher:
        assert fetcher.get(f"{site.address}/a").body == b"well"
    assert [line.rpartition("; ")[2] for line in told] == [
        "asking again in 2 seconds (attempt 2 of 4)",
        "asking again in 4 seconds (attempt 3 of 4)",
    ]
