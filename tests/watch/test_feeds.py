"""Feeds as they come: sound, broken, wrong, and hostile; each gives entries or one clear line."""

import gzip
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import BadInputError
from marsad.fetch import Fetched
from marsad.watch.feeds import Entry, Listing, newest_first, read_listing, unpacked_entry
from marsad.watch.limits import WatchLimits
from marsad.watch.own_text import words_of

NOW = datetime(2024, 5, 7, 12, tzinfo=UTC)
BASE = "https://wire.example/feeds/world.xml"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)


def listing(raw: bytes | str, limits: WatchLimits | None = None) -> Listing:
    body = raw.encode() if isinstance(raw, str) else raw
    return read_listing(Fetched(BASE, BASE, NOW, body), limits or WatchLimits())


def rss(inside: str, head: str = '<?xml version="1.0"?>') -> str:
    return f'{head}<rss version="2.0"><channel><title>Wire</title>{inside}</channel></rss>'


def test_an_entry_of_rss() -> None:
    day = "<pubDate>Mon, 06 May 2024 23:30:00 -0500</pubDate>"
    (one,) = listing(
        rss(f"<item><guid isPermaLink='false'>g</guid><link>../a?b=1&amp;c</link><title>A &amp;  B</title>{day}</item>")
    ).entries
    assert (one.key, one.address, one.title) == ("g", "https://wire.example/a?b=1&c", "A & B")
    assert one.day == "2024-05-06", "the day is that of its writer's clock"


def test_an_entry_of_atom_knows_when_it_was_changed() -> None:
    entry = (
        "<entry><id>urn:1</id><link href='/a'/><published>2024-05-01T08:00:00Z</published>"
        "<updated>2024-05-03T08:00:00Z</updated></entry>"
    )
    (one,) = listing(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>").entries
    assert (one.day, one.changed) == ("2024-05-01", "2024-05-03")


@pytest.mark.parametrize(
    ("broken", "entries"),
    [
        (rss("<item><link>/a</link><title>no end"), 1),
        (rss("<item><link>/a</link><title>M&M & Co</title></item>"), 1),
        (rss("<item><link>/a</link><title>x</title></item>\x00\x01"), 1),
        (rss("<item><link>/a</link></item>") + "<!-- trailing", 1),
        (rss("<item><title>no address, no text</title></item><item><link>/a</link></item>"), 1),
        (rss("<item><link>javascript:alert(1)</link></item><item><link>ftp://x/</link></item>"), 0),
        (rss("<item><link>/a</link></item><item><link>/a</link></item>"), 1),
        ("\ufeff  \n" + rss("<item><link>/a</link></item>"), 1),
        (rss("<item><link>/a</link></item>", ""), 1),
        (rss("<item><link>/a</link></item>", '<?xml version="1.0" encoding="klingon"?>'), 1),
    ],
)
def test_what_is_half_broken_is_read_as_far_as_it_goes(broken: str, entries: int) -> None:
    assert len(listing(broken).entries) == entries


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "no feed and no sitemap"),
        (b"<html><head></head><body>hello</body></html>", "no feed and no sitemap"),
        (b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
         "its feed is https://wire.example/rss"),
        (b'<html><link type="application/rss+xml" href="http://[x"></html>', "no feed and no sitemap"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "no feed"),
        (b"{", "is no JSON"),
        (b'{"a": 1}', "no JSON Feed"),
        (b"{" * 100_000, "is no JSON"),
        (b"\x1f\x8bdamaged", "damaged"),
        (BOMB.encode() + b"<rss><channel><title>&d;</title></channel></rss>", "declares entities"),
        (BOMB.encode() + b"<urlset><url><loc>&d;</loc></url></urlset>", "declares entities"),
        (b"<rss>" + b" " * 300, "limit feed_bytes=200"),
        (b"<urlset>" + b" " * 300, "limit sitemap_bytes=250"),
        (gzip.compress(b"<urlset>" + b" " * 30_000_000), "250"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_clear_line(raw: bytes, word: str) -> None:
    with pytest.raises(BadInputError) as caught:
        listing(raw, WatchLimits(feed_bytes=200 if raw.startswith(b"<rss> ") else 10**7, sitemap_bytes=250))
    assert word in str(caught.value) and "\n" not in str(caught.value)


def test_a_bomb_in_another_encoding_does_not_go_off() -> None:
    raw = (BOMB + rss("<item><link>/a</link><title>&d;</title></item>", "")).encode("utf-16")
    with suppress(BadInputError):
        assert sum(len(one.title or "") for one in listing(raw).entries) < 10_000


def test_external_entities_are_not_fetched() -> None:
    raw = '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss version="2.0"><channel></channel></rss>'
    assert listing(raw).entries == ()


def test_too_many_entries_are_cut_and_that_is_noted() -> None:
    many = "".join(f"<item><link>/{n}</link></item>" for n in range(30))
    found = listing(rss(many), WatchLimits(feed_entries=10))
    assert len(found.entries) == 10 and found.notes == ("more entries than the limit",)


def test_the_newest_come_first_and_the_undated_keep_their_place() -> None:
    entries = [
        Entry(key, "", day=day) for key, day in (("a", None), ("b", "2024-05-01"), ("c", "2024-05-03"), ("d", None))
    ]
    assert [one.key for one in newest_first(entries)] == ["c", "b", "a", "d"]


def test_an_entry_can_be_kept() -> None:
    one = Entry("k", "https://x.example/", "m", "t\u2028\ud83d", "2024-05-07", None, None, "<p>ü", True)
    assert unpacked_entry(one.packed()) == one


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One <b>two</b></p><p>three<br>four</p>", "One two\n\nthree\n\nfour"),
        ("a<script>x</script><style>y</style>b<!-- c -->d", "abd"),
        ("<ul><li>one<li>two</ul>tail", "one\n\ntwo\n\ntail"),
        ("<div>" * 300 + "deep", "deep"),
        ("plain & simple", "plain & simple"),
        ("", ""),
    ],
)
def test_the_words_of_an_entry(markup: str, words: str) -> None:
    assert words_of(markup) == words


@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(lambda words: rss(f"<item>{words}</item>").encode("utf-8", "replace"))
)
def test_any_bytes_are_a_listing_or_one_clear_line(raw: bytes) -> None:
    try:
        found = listing(raw)
    except BadInputError as error:
        assert "\n" not in str(error)
    else:
        assert all(one.address or one.text for one in found.entries)


@given(st.text(max_size=300))
def test_any_markup_has_words_or_is_refused(markup: str) -> None:
    with suppress(BadInputError):
        assert words_of(markup) == words_of(markup)
