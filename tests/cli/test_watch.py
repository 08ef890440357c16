"""`marsad watch` as a user runs it: checking, looking, one round, and clear words for what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.test_bad_input import marsad
from tests.fetch.site import Answer, Site, served
from tests.watch.conftest import LIMITS, article, item, rss


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        raid = article(
            "Gunmen killed 12 villagers in Bankass, in central Mali, on Tuesday, the mayor said.", "2024-05-07"
        )
        one.routes |= {"/f": rss(item("a", "/a", "")), "/a": raid}
        yield one


@pytest.fixture
def file(site: Site, tmp_path: Path) -> Path:
    made = tmp_path / "sources.toml"
    rule = '[[alert]]\nname = "mali"\ncountry = "ML"\n'
    made.write_text(f'{LIMITS}\n[[source]]\nname = "wire"\naddress = "{site.address}/f"\nevery = "1h"\n{rule}')
    return made


def test_a_round_records_and_tells(file: Path, tmp_path: Path) -> None:
    words = ("watch", file, "--once", "--allow-private", "--ledger", tmp_path / "l.db", "--extractor", "rules")
    ran = marsad(*words)
    assert ran.code == 0, ran.err
    assert "mali: reported 12 killed in Bankass" in ran.out and len(ran.out.splitlines()) == 1
    assert "wire: recorded" in ran.err and "one round is done" in ran.err
    assert "12" in marsad("toll", "--ledger", tmp_path / "l.db").out
    assert marsad(*words).out == "", "nothing is told twice"


def test_a_dry_run_lists_and_keeps_nothing(file: Path, site: Site, tmp_path: Path) -> None:
    words = ("watch", file, "--dry-run", "--allow-private", "--ledger", tmp_path / "l.db")
    for _ in range(2):
        ran = marsad(*words)
        assert ran.code == 0 and ran.out == f"wire\t{site.address}/a\n"
    assert "/a" not in site.paths() and not (tmp_path / "l.db").exists()


def test_a_dry_run_tells_of_sources_that_are_away(file: Path, site: Site, tmp_path: Path) -> None:
    site.routes["/f"] = Answer(status=500)
    ran = marsad("watch", file, "--dry-run", "--allow-private", "--ledger", tmp_path / "l.db")
    assert ran.out == "" and "answers 500" in ran.err


def test_a_sound_file_is_called_sound_and_its_secrets_are_looked_for(file: Path) -> None:
    ran = marsad("watch", file, "--check")
    assert ran.code == 0 and ran.out == f"{file}: sound: 1 source, 1 alert, 0 outputs beside stdout\n"
    hook = '[output.h]\nkind = "webhook"\naddress = "https://h.example/"\nsecret_env = "MARSAD_NO_SUCH"\n'
    file.write_text(file.read_text() + hook)
    ran = marsad("watch", file, "--check")
    assert ran.code == 1 and "the environment has no MARSAD_NO_SUCH" in ran.err


def test_every_fault_of_a_file_is_a_line(file: Path) -> None:
    file.write_text(file.read_text().replace('every = "1h"', 'every = "often"').replace('"ML"', '"Mali"'))
    ran = marsad("watch", file, "--check")
    assert ran.code == 1 and ran.out == ""
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == [f"{file}, line 9", f"{file}, line 12"]


def test_offline_watches_nothing(file: Path, site: Site) -> None:
    ran = marsad("watch", file, "--offline")
    assert ran.code == 1 and "--offline" in ran.err and site.asked == []


def test_this_machine_is_not_watched_without_a_word(file: Path, site: Site, tmp_path: Path) -> None:
    ran = marsad("watch", file, "--once", "--ledger", tmp_path / "l.db")
    assert "not of the public network" in ran.err and site.asked == []


def test_the_status_tells_of_every_source(file: Path, site: Site, tmp_path: Path) -> None:
    words = ("watch", file, "--allow-private", "--ledger", tmp_path / "l.db")
    ran = marsad(*words, "--status")
    assert ran.out.splitlines()[1].split() == ["wire", "never", "never", "0", "0", "0"]
    assert "was never watched yet" in ran.err
    site.routes["/f"] = Answer(status=500)
    marsad(*words, "--once")
    ran = marsad(*words, "--status")
    assert "never watched" not in ran.err
    assert ran.out.splitlines()[1].split()[1] == "never" and ran.out.splitlines()[1].split()[-3:] == ["1", "0", "0"]
    assert ran.out.splitlines()[-1] == "0 alerts undelivered"


def test_outputs_are_tried_and_each_says_whether_it_took(file: Path, site: Site, tmp_path: Path) -> None:
    hook = f'[output.hook]\nkind = "webhook"\naddress = "{site.address}/hook"\n'
    file.write_text(file.read_text() + hook + '[output.log]\nkind = "file"\npath = "a.jsonl"\n')
    words = ("watch", file, "--allow-private", "--ledger", tmp_path / "l.db", "--try-outputs")
    ran = marsad(*words)
    assert ran.code == 1 and "hook: " in ran.err and "404" in ran.err and "log: took it" in ran.err
    assert "a trial: nothing was reported" in ran.out and "trial" in (tmp_path / "a.jsonl").read_text()
    site.routes["/hook"] = Answer()
    assert marsad(*words).code == 0
