"""From the ledger to alerts: whoever changed it, from the first look on, each change once."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from tests.fetch.site import Answer, Asked
from tests.made import START as MADE
from tests.made import Told, reading
from tests.watch.conftest import Bench, article, item, rss

from marsad.ledger.record import members_of
from marsad.model import Reading, Revision
from marsad.store import Origin, open_book
from marsad.watch.state import state_place
from marsad.watch.watcher import Settings, watch

RULE = '[[alert]]\nname = "big"\ntoll = 10\n'


def add(bench: Bench, made: Reading) -> None:
    """Record a reading as somebody else would, beside the watcher."""
    with open_book(bench.place, bench.now, create=True) as book:
        book.add_reading(made, Origin("Amal", bench.now, "0", "hand"))


def watched(bench: Bench) -> Bench:
    bench.site.routes["/f"] = rss()
    bench.watches("/f", rest=RULE)
    bench.now = MADE + timedelta(days=1)
    return bench


def told(bench: Bench) -> str:
    before = bench.out.tell()
    bench.round(hours=1)
    return bench.out.getvalue()[before:]


def test_what_stands_in_the_ledger_already_is_no_news(bench: Bench) -> None:
    add(watched(bench), reading([Told(40)]))
    assert told(bench) == ""


def test_what_others_record_and_revise_is_told(bench: Bench) -> None:
    told(watched(bench))
    made = reading([Told(40)])
    add(bench, made)
    assert "big: reported 40 killed in Baga" in told(bench)
    assert told(bench) == ""
    (member,) = members_of(bench.record().readings[0])
    with open_book(bench.place, bench.now) as book:
        book.add_revision(Revision(member.id, "withdrawn", "yes", "a rumour", "Amal", bench.now))
    assert "withdrawn: was reported 40 killed in Baga" in told(bench)


def test_waiting_ends_at_once_when_asked_to_stop(bench: Bench) -> None:
    bench.watches("/f")
    bench.toml = bench.toml.replace("attempts = 1", "attempts = 2\nwait_seconds = 9000")
    clock = lambda: bench.now  # noqa: E731
    settings = Settings(bench.place, bench.settings().recorder, bench.settings().log, bench.out, clock,
                        allow_private=True)  # fmt: skip

    def busy(_: Asked) -> Answer:
        settings.stop.event.set()
        return Answer(status=503, headers={"Retry-After": "9000"})

    bench.site.routes["/f"] = busy
    watch(bench.sources(), settings)
    assert "asked to stop" in bench.err.getvalue() and bench.site.paths() == ["/f"]
    assert threading.active_count() < 50


def test_a_ledger_of_any_kind_is_watched(bench: Bench, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marsad.watch.state.user_data_path", lambda *_, **__: bench.folder)
    page = article("Three herders were killed near the wells of Tassiga on Monday.", "2024-05-07")
    watched(bench).site.routes |= {"/f": rss(item("a", "/a", "")), "/a": page}
    bench.elsewhere = place
    assert told(bench) == ""
    assert len(bench.reports()) == 1
    add(bench, reading([Told(40)]))
    assert "big: reported 40 killed in Baga" in told(bench)
    assert told(bench) == ""


def test_the_state_lies_beside_a_file_and_in_the_users_folder_for_a_database() -> None:
    assert state_place("/x/l.db") == Path("/x/l.db.watch")
    one, other = state_place("postgresql://desk@host/a"), state_place("postgresql://desk@host/b")
    assert one != other and one.suffix == ".watch" and "host" not in str(one)
