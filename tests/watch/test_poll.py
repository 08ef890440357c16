"""Polling a real server: what is read, what is passed over, what is told, and when one comes back."""

import gzip
import hashlib
import json
from datetime import date, datetime, timedelta

import pytest
from tests.fetch.site import ROBOTS, Answer, Asked, once
from tests.watch.conftest import START, Bench, article, item, rss

from marsad.errors import LedgerError
from marsad.watch.entries import pause_after, standing_of
from marsad.watch.watcher import LONGEST_SLEEP, watching

HERD = "Three herders were killed near the wells of Tassiga on Monday."
CONVOY = "Two drivers were killed when a convoy was attacked near Labbezanga."


def test_new_entries_are_read_once(bench: Bench) -> None:
    bench.site.routes |= {"/f": rss(item("a", "/a"), item("b", "/b")), "/a": article(HERD), "/b": article(CONVOY)}
    bench.watches("/f", 'publisher = "Wire"')
    log = bench.round()
    assert "one: 2 entries, 2 to read" in log
    assert [one.publisher for one in bench.reports()] == ["Wire", "Wire"]
    assert "2 entries, 0 to read" in bench.round(hours=1)
    assert bench.site.paths() == ["/f", "/b", "/a", "/f"], "the oldest entry, which a feed has last, comes first"


def test_the_original_bytes_and_the_address_are_kept(bench: Bench) -> None:
    page = article(HERD)
    bench.site.routes |= {"/f": rss(item("a", "/old")), "/old": Answer(status=301, headers={"Location": "/new"}),
                          "/new": page}  # fmt: skip
    bench.watches("/f")
    bench.round()
    (report,) = bench.reports()
    assert report.url == report.source == f"{bench.site.address}/new"
    assert report.sha256 == hashlib.sha256(page.body).hexdigest()


def test_a_feed_is_not_sent_again_where_it_did_not_change(bench: Bench) -> None:
    def feed(asked: Asked) -> Answer:
        known = asked.headers.get("if-none-match") == '"1"'
        return Answer(status=304) if known else Answer(rss(item("a", "/a")).body, headers={"ETag": '"1"'})

    bench.site.routes |= {"/f": feed, "/a": article(HERD)}
    bench.watches("/f")
    bench.round()
    assert "not changed" in bench.round(hours=1)


def test_only_what_is_due_is_polled_with_some_slack_for_cron(bench: Bench) -> None:
    bench.site.routes["/f"] = rss()
    bench.watches("/f")
    for hours, polls in ((0, 1), (0.5, 1), (0.45, 2), (0.97, 3)):
        bench.round(hours)
        assert len(bench.site.paths()) == polls


def test_trouble_is_waited_out_longer_each_time_and_forgotten_when_over(bench: Bench) -> None:
    bench.watches("/f")
    bench.site.routes["/f"] = Answer(status=500)
    bench.round()
    with bench.state() as state:
        first = standing_of(state, "one")
    bench.now = first.due or START
    bench.round()
    with bench.state() as state:
        second = standing_of(state, "one")
    assert (first.failures, second.failures) == (1, 2)
    assert second.due and first.due and second.due - bench.now > first.due - START
    bench.site.routes["/f"] = rss()
    bench.now = second.due
    bench.round()
    with bench.state() as state:
        assert standing_of(state, "one").failures == 0


def test_the_pause_is_the_same_for_the_same_source_and_never_too_long() -> None:
    hour = timedelta(hours=1)
    assert pause_after("a", hour, 3) == pause_after("a", hour, 3) != pause_after("b", hour, 3)
    assert hour * 8 <= pause_after("a", hour, 3) <= hour * 8 * 1.2
    assert pause_after("a", hour, 900) <= timedelta(days=1) * 1.2
    assert pause_after("a", timedelta(days=9), 5) >= timedelta(days=9)


def test_a_server_that_asks_for_patience_gets_it(bench: Bench) -> None:
    bench.watches("/f")
    bench.site.routes["/f"] = once(Answer(status=429, headers={"Retry-After": "36000"}), rss())
    bench.round()
    bench.round(hours=9)
    assert len(bench.site.paths()) == 1
    assert "0 entries" in bench.round(hours=1.1)


def test_a_page_that_is_away_is_tried_again_and_then_given_up(bench: Bench) -> None:
    bench.site.routes |= {"/f": rss(item("a", "/a")), "/a": Answer(status=503)}
    bench.watches("/f", rest="")
    bench.toml = bench.toml.replace("attempts = 1", "attempts = 1\ntries = 3")
    logs = [bench.round(hours) for hours in (0, 48, 48, 48)]
    assert "1 of 3 tries" in logs[0] and "2 of 3 tries" in logs[1]
    assert bench.site.paths().count("/a") == 3 and bench.reports() == []


def test_a_page_that_comes_back_is_read_though_the_feed_has_forgotten_it(bench: Bench) -> None:
    bench.site.routes |= {"/f": once(rss(item("a", "/a")), rss()), "/a": once(Answer(status=503), article(HERD))}
    bench.watches("/f")
    bench.round()
    bench.round(hours=3)
    assert len(bench.reports()) == 1


def test_a_host_that_is_away_is_left_alone_for_the_round(bench: Bench) -> None:
    pages = {f"/{n}": Answer(status=503) for n in range(5)}
    bench.site.routes |= {"/f": rss(*(item(f"{n}", f"/{n}") for n in range(5))), **pages}
    bench.watches("/f")
    bench.round()
    assert bench.site.paths() == ["/f", "/4"]
    with watching(bench.sources(), bench.settings()) as watcher:
        assert watcher.pause_seconds() == LONGEST_SLEEP.total_seconds(), "nobody looks again every second"
    bench.site.routes |= {f"/{n}": article(f"{HERD} Report {n}.") for n in range(5)}
    bench.round(hours=3)
    assert len(bench.reports()) == 5


def test_what_robots_close_is_left_and_not_asked_for_again(bench: Bench) -> None:
    bench.site.routes |= {ROBOTS: Answer(b"User-agent: *\nDisallow: /a\n"), "/f": rss(item("a", "/a"))}
    bench.watches("/f")
    assert "robots.txt closes it" in bench.round()
    bench.round(hours=2)
    assert bench.site.paths() == ["/f", "/f"]


def test_an_entry_that_changed_is_read_again_as_its_publishers_newer_word(bench: Bench) -> None:
    changed = item("a", "/a").replace("<title>a</title>", "<title>a: toll rises</title>")
    bench.site.routes |= {"/f": once(rss(item("a", "/a")), rss(changed)),
                          "/a": once(article(HERD, "2024-05-07"), article(CONVOY, "2024-05-07"))}  # fmt: skip
    bench.watches("/f")
    bench.round()
    bench.round(hours=48)
    first, second = bench.reports()
    assert (first.published, second.published) == (date(2024, 5, 7), date(2024, 5, 9))
    assert second.dated and second.dated.by == "seen" and second.dated.against == ("first published 2024-05-07",)


def test_a_page_of_the_same_bytes_is_not_read_twice(bench: Bench) -> None:
    changed = item("a", "/a").replace("<title>a</title>", "<title>b</title>")
    bench.site.routes |= {"/f": once(rss(item("a", "/a")), rss(changed)), "/a": article(HERD)}
    bench.watches("/f")
    bench.round()
    bench.round(hours=48)
    assert len(bench.reports()) == 1 and bench.site.paths().count("/a") == 2


def test_updates_may_be_left_alone(bench: Bench) -> None:
    changed = item("a", "/a").replace("<title>a</title>", "<title>b</title>")
    bench.site.routes |= {"/f": once(rss(item("a", "/a")), rss(changed)), "/a": article(HERD)}
    bench.watches("/f", "updates = false")
    bench.round()
    bench.round(hours=48)
    assert bench.site.paths().count("/a") == 1


def test_at_first_sight_the_archive_is_passed_over_later_nothing_is(bench: Bench) -> None:
    pages = {f"/{n}": article(f"{HERD} Report {n}.") for n in range(9)}
    first, later = [item(f"{n}", f"/{n}") for n in range(4)], [item(f"{n}", f"/{n}") for n in range(9)]
    bench.site.routes |= {"/f": once(rss(*first), rss(*later)), **pages}
    bench.watches("/f", "newest = 2")
    assert "2 to read, 2 passed over" in bench.round()
    for _ in range(4):
        bench.round(hours=1)
    assert sorted(path for path in bench.site.paths() if path != "/f") == ["/0", "/1", "/4", "/5", "/6", "/7", "/8"]


def test_old_and_unwanted_entries_are_passed_over(bench: Bench) -> None:
    old = item("old", "/world/old", "Mon, 01 Jan 2024 08:00:00 GMT")
    bench.site.routes |= {"/f": rss(item("a", "/world/a"), item("s", "/sport/s"), old), "/world/a": article(HERD)}
    bench.watches("/f", 'only = ["*/world/*"]\nwithin = "7d"')
    assert "1 to read, 2 passed over" in bench.round()


def test_whole_articles_are_taken_from_the_feed_itself(bench: Bench) -> None:
    entry = (
        "<entry><id>urn:1</id><link href='/a'/><title>Tassiga</title><published>2024-05-06T23:30:00-05:00</published>"
        f"<content type='html'>&lt;p&gt;{HERD}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;More.&lt;/p&gt;"
        "</content>"
        "</entry>"
    )
    bench.site.routes["/f"] = Answer(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>".encode())
    bench.watches("/f", "full_text = true")
    bench.round()
    (report,) = bench.reports()
    assert report.text == f"{HERD}\n\nMore." and report.title == "Tassiga" and report.url == f"{bench.site.address}/a"
    assert report.published == date(2024, 5, 6) and report.dated and report.dated.by == "feed"
    assert bench.site.paths() == ["/f"]


def test_halves_of_characters_and_marks_that_steer_terminals_do_no_harm(bench: Bench) -> None:
    items = [{"id": "\ud83d", "url": "/\ud83d", "title": "\x1b[31m\ud83d", "content_text": HERD + " \ud83d"}]
    feed = {"version": "https://jsonfeed.org/version/1", "items": items}
    bench.site.routes["/f"] = Answer(json.dumps(feed).encode())
    bench.watches("/f", "full_text = true")
    assert "\x1b" not in bench.round()
    assert len(bench.reports()) == 1


def test_a_json_feed_and_a_page_without_a_name_of_its_own(bench: Bench) -> None:
    items = [{"id": 1, "url": "/a", "date_published": "2024-05-07T01:00:00Z"}, {"id": "x"}, "no item"]
    feed = {"version": "https://jsonfeed.org/version/1", "items": items}
    bench.site.routes |= {"/f": Answer(json.dumps(feed).encode()), "/a": article(HERD)}
    bench.watches("/f")
    bench.round()
    assert len(bench.reports()) == 1


# Which day an entry's report gets


def test_a_page_without_a_day_gets_that_of_its_feed(bench: Bench) -> None:
    bench.site.routes |= {"/f": rss(item("a", "/a", "Mon, 06 May 2024 22:00:00 +0200")), "/a": article(HERD)}
    bench.watches("/f")
    bench.round()
    assert _dating(bench) == (date(2024, 5, 6), "feed", 0.9, ())


def test_a_page_that_names_another_day_is_believed_and_the_feed_stands_against_it(bench: Bench) -> None:
    feed = rss(item("a", "/a", "Tue, 07 May 2024 08:00:00 GMT"))
    bench.site.routes |= {"/f": feed, "/a": article(HERD, "2024-04-20T10:00:00Z")}
    bench.watches("/f")
    bench.round()
    assert _dating(bench) == (date(2024, 4, 20), "metadata", 0.7, ("feed says 2024-05-07",))


@pytest.mark.parametrize("day", ["Fri, 07 May 2094 08:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", ""])
def test_a_day_that_cannot_be_is_not_believed(bench: Bench, day: str) -> None:
    bench.site.routes |= {"/f": rss(item("a", "/a", day)), "/a": article(HERD)}
    bench.watches("/f", 'within = "36500d"')
    bench.round()
    assert bench.reports()[0].published is None


def test_a_feed_that_dates_all_entries_alike_dates_none(bench: Bench) -> None:
    pages = {f"/{n}": article(f"{HERD} Report {n}.") for n in range(3)}
    bench.site.routes |= {"/f": rss(*(item(f"{n}", f"/{n}") for n in range(3))), **pages}
    bench.watches("/f")
    assert "3 dates are not believed: all entries are of one moment" in bench.round()
    assert {one.published for one in bench.reports()} == {None}


def test_what_is_seen_for_the_first_time_is_of_that_day_if_one_looked_the_day_before(bench: Bench) -> None:
    bench.site.routes |= {"/f": once(rss(item("a", "/a", "")), rss(item("a", "/a", ""), item("b", "/b", ""))),
                          "/a": article(HERD), "/b": article(CONVOY)}  # fmt: skip
    bench.watches("/f")
    bench.round()
    bench.round(hours=24)
    first, second = bench.reports()
    assert first.published is None, "at first sight nobody knows how long it was there"
    assert second.published == date(2024, 5, 8) and second.dated and second.dated.by == "seen"


def _dating(bench: Bench) -> tuple[date | None, str, float, tuple[str, ...]]:
    (report,) = bench.reports()
    assert report.dated
    return report.published, report.dated.by, report.dated.certainty, report.dated.against


# Sitemaps


def test_a_news_sitemap_tells_days_and_a_plain_one_only_changes(bench: Bench) -> None:
    news = (
        f"<url><loc>{bench.site.address}/a</loc><news:news><news:publication_date>2024-05-06</news:publication_date></news:news></url>"
        f"<url><loc>{bench.site.address}/b</loc><lastmod>2024-05-07</lastmod></url>"
    )
    bench.site.routes |= {"/s": _sitemap("urlset", news), "/a": article(HERD), "/b": article(CONVOY)}
    bench.watches("/s")
    bench.round()
    assert {one.published for one in bench.reports()} == {date(2024, 5, 6), None}


def test_of_a_sitemap_the_pages_that_changed_last_come_first(bench: Bench) -> None:
    urls = "".join(f"<url><loc>/{n}</loc><lastmod>2024-05-0{n}</lastmod></url>" for n in range(1, 7))
    bench.site.routes |= {"/s": _sitemap("urlset", urls), **{f"/{n}": article(f"{HERD} Report {n}.") for n in range(7)}}
    bench.watches("/s", "newest = 2")
    bench.round()
    assert bench.site.paths() == ["/s", "/5", "/6"]


def test_of_an_index_only_changed_parts_are_fetched_and_packed_ones_unpacked(bench: Bench) -> None:
    part = _sitemap("urlset", f"<url><loc>{bench.site.address}/a</loc></url>").body
    index = "<sitemap><loc>/1.xml.gz</loc><lastmod>2024-05-07</lastmod></sitemap>"
    bench.site.routes |= {"/s": _sitemap("sitemapindex", index), "/1.xml.gz": Answer(gzip.compress(part)),
                          "/a": article(HERD)}  # fmt: skip
    bench.watches("/s")
    bench.round()
    bench.round(hours=1)
    assert bench.site.paths() == ["/s", "/1.xml.gz", "/a", "/s"]


def test_an_index_that_leads_to_itself_ends(bench: Bench) -> None:
    loop = "<sitemap><loc>/s</loc></sitemap><sitemap><loc>/t</loc></sitemap>"
    bench.site.routes |= {"/s": _sitemap("sitemapindex", loop), "/t": _sitemap("sitemapindex", loop)}
    bench.watches("/s")
    bench.round()
    assert bench.site.paths() == ["/s", "/t"]


def test_an_index_without_end_is_left_at_its_limit(bench: Bench) -> None:
    def more(asked: Asked) -> Answer:
        number = int(asked.path[1:])
        return _sitemap("sitemapindex", f"<sitemap><loc>/{number + 1}</loc></sitemap>")

    bench.site.routes |= {f"/{n}": more for n in range(100)}
    bench.watches("/0")
    bench.round()
    assert len(bench.site.paths()) == 21


def test_a_part_that_is_away_is_asked_for_again_though_the_index_did_not_change(bench: Bench) -> None:
    index = _sitemap("sitemapindex", "<sitemap><loc>/1</loc><lastmod>2024-05-07</lastmod></sitemap>").body
    part = _sitemap("urlset", f"<url><loc>{bench.site.address}/a</loc></url>")

    def unless_known(asked: Asked) -> Answer:
        known = "if-none-match" in asked.headers
        return Answer(status=304) if known else Answer(index, headers={"ETag": '"1"'})

    bench.site.routes |= {"/s": unless_known, "/1": once(Answer(status=503), part), "/a": article(HERD)}
    bench.watches("/s")
    bench.round()
    bench.round(hours=1)
    assert len(bench.reports()) == 1


def _sitemap(root: str, inside: str) -> Answer:
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return Answer(f'<?xml version="1.0"?><{root} {spaces}>{inside}</{root}>'.encode())


# Ledgers and states


def test_another_ledger_is_filled_anew(bench: Bench) -> None:
    bench.site.routes |= {"/f": rss(item("a", "/a")), "/a": article(HERD)}
    bench.watches("/f")
    bench.round()
    for path in bench.folder.glob("ledger.db*"):
        if ".watch" not in path.name:
            path.unlink()
    assert "is another than before" in bench.round()
    assert len(bench.record().readings) == 1


def test_a_second_watcher_of_one_ledger_is_refused(bench: Bench) -> None:
    bench.site.routes["/f"] = rss()
    bench.watches("/f")
    with watching(bench.sources(), bench.settings()), pytest.raises(LedgerError, match="another marsad watch"):
        bench.round()


def test_time_is_slept_through_until_something_is_due(bench: Bench) -> None:
    bench.site.routes["/f"] = rss()
    bench.watches("/f")
    with watching(bench.sources(), bench.settings()) as watcher:
        watcher.round()
        assert watcher.pause_seconds() == LONGEST_SLEEP.total_seconds()
        bench.now += timedelta(minutes=59)
        assert watcher.pause_seconds() == 60
    assert isinstance(bench.now, datetime)


def test_a_ledger_whose_server_is_away_is_tried_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from marsad.errors import AwayError
    from marsad.watch import watcher

    settings, rounds = bench.settings(), []

    def round_(_: object) -> None:
        rounds.append(1)
        if len(rounds) == 1:
            raise AwayError("ledger team: the server cannot be reached")
        settings.stop.event.set()

    bench.watches("/feed")
    monkeypatch.setattr(watcher.Watcher, "round", round_)
    monkeypatch.setattr(watcher, "AWAY_SECONDS", 0)
    watcher.watch(bench.sources(), settings)
    assert len(rounds) == 2
    assert "cannot be reached" in bench.err.getvalue()
