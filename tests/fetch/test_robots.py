"""robots.txt and pace: what owners ask for is done."""

import pytest
from tests.fetch.conftest import FakeTime, Making
from tests.fetch.site import ROBOTS, Answer, Site, once

from marsad.fetch import Fetcher, FetchError, TemporaryFetchError
from marsad.fetch.errors import ForbiddenFetchError

CLOSED = Answer(b"User-agent: *\nDisallow: /closed\n\nUser-agent: marsad\nDisallow: /ours\nCrawl-delay: 5\n")


def test_what_is_closed_is_not_asked_for(site: Site, fetcher: Fetcher) -> None:
    site.routes |= {ROBOTS: CLOSED, "/closed": Answer(b"x"), "/ours/a": Answer(b"x")}
    with pytest.raises(ForbiddenFetchError, match=r"robots\.txt closes it to programs"):
        fetcher.get(f"{site.address}/ours/a")
    assert fetcher.get(f"{site.address}/closed").body == b"x"
    assert site.paths() == ["/closed"]


def test_it_is_asked_once_a_day(site: Site, fetcher: Fetcher, fake: FakeTime) -> None:
    site.routes |= {ROBOTS: CLOSED, "/a": Answer(b"x")}
    for hours in (0, 23, 2):
        fake.passed += hours * 3600
        fetcher.get(f"{site.address}/a")
    assert [one.path for one in site.asked] == [ROBOTS, "/a", "/a", ROBOTS, "/a"]


def test_each_host_on_the_way_is_asked_its_own(site: Site, other: Site, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(status=302, headers={"Location": f"{other.address}/ours/b"})
    other.routes |= {ROBOTS: CLOSED, "/ours/b": Answer(b"x")}
    with pytest.raises(ForbiddenFetchError):
        fetcher.get(f"{site.address}/a")
    assert other.paths() == []


def test_where_there_is_none_all_is_open_and_where_it_is_broken_nothing_is(site: Site, making: Making) -> None:
    site.routes["/a"] = Answer(b"x")
    assert making().get(f"{site.address}/a").body == b"x"
    for status in (500, 503, 429):
        site.routes[ROBOTS] = Answer(status=status)
        with pytest.raises(TemporaryFetchError, match=r"without its robots\.txt"):
            making(attempts=1).get(f"{site.address}/a")
    assert site.paths() == ["/a"]


def test_a_robots_txt_that_moved_is_found(site: Site, fetcher: Fetcher) -> None:
    site.routes |= {ROBOTS: Answer(status=301, headers={"Location": "/r.txt"}), "/r.txt": CLOSED}
    with pytest.raises(ForbiddenFetchError):
        fetcher.get(f"{site.address}/ours/a")


def test_one_that_is_no_text_closes_nothing(site: Site, fetcher: Fetcher) -> None:
    site.routes |= {ROBOTS: Answer(bytes(range(256)) * 40), "/a": Answer(b"x")}
    assert fetcher.get(f"{site.address}/a").body == b"x"


def test_requests_to_one_host_are_kept_apart(site: Site, other: Site, making: Making, fake: FakeTime) -> None:
    site.routes["/a"] = other.routes["/a"] = Answer(b"x")
    fetcher = making(host_seconds=2)
    for address in (site.address, other.address, site.address):
        fetcher.get(f"{address}/a")
    # The robots.txt of each host first, then its page; the hosts do not wait for one another.
    assert fake.waits == [2.0, 2.0]


def test_a_pause_that_the_owner_asks_for_is_kept(site: Site, making: Making, fake: FakeTime) -> None:
    site.routes |= {ROBOTS: CLOSED, "/a": Answer(b"x")}
    fetcher = making(host_seconds=1)
    for _ in range(3):
        fetcher.get(f"{site.address}/a")
    assert fake.waits == [1.0, 5.0, 5.0]


def test_nobody_waits_longer_than_the_limit(site: Site, making: Making, fake: FakeTime) -> None:
    site.routes |= {ROBOTS: Answer(b"User-agent: *\nCrawl-delay: 9999\n"), "/a": once(Answer(b"x"))}
    fetcher = making(wait_seconds=60)
    for _ in range(2):
        fetcher.get(f"{site.address}/a")
    assert fake.waits == [60.0]


def test_a_host_that_is_away_gives_its_pages_no_chance(making: Making) -> None:
    with pytest.raises(FetchError, match=r"robots\.txt"):
        making(attempts=1).get("http://127.0.0.1:9/a")
