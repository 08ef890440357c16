"""A real browser judges by keys alone; axe and the width of the screen are asked on every page of the judging part."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from tests.made import Told, reading
from tests.serve.conftest import House, make_house
from tests.serve.test_browser import CHROMIUM, DESK, PHONE, QUIET, SERIOUS, opened
from tests.serve.test_named_pages import by_actor, with_unknown_place

from marsad.model import ActorRef, Judgement
from marsad.serve import make_app


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; the tests are skipped where either is missing."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (a dev dependency)")
    with playwright.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[House, str]]:
    """A desk with a pair, a large toll, an actor that nobody knows, a place without entry and a warned report."""
    house = make_house(tmp_path)
    known = ActorRef("boko-haram", "Boko Haram")
    for days, (publisher, dead) in enumerate((("Wire", 23), ("Radio", 41))):
        one = reading([Told(killed=dead, injured=9)], publisher, date(2021, 5, 1) + timedelta(days=days))
        house.add(by_actor(one, known, "Boko Haram fighters"))
    lost = reading([Told(killed=2, place="Qarzamush")], "Gazette")
    house.add(with_unknown_place(by_actor(lost, None, "the Reed Men of Kano"), "Qarzamush"))
    house.add(replace(reading([], "Herald"), warnings=("a table of numbers was not read",)))
    ids = sorted(row["id"] for row in house.client.get("/api/v1/incidents?place=Baga").json()["incidents"])
    with house.desk.book() as book:
        word = Judgement(ids[0], ids[1], "unsure", "program link 1", house.clock(), 0.15, ("the same night",))
        book.add_judgements([word])
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(house.desk), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield house, f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def kind(page: Any) -> str:
    return str(page.locator("#case-name").inner_text()).split("\n")[0].strip()


def press(page: Any, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_reviewer_judges_by_keys_alone(browser: Any, served: tuple[House, str]) -> None:
    _, base = served
    page, faults = opened(browser, DESK)
    page.goto(f"{base}/review")
    seen = [page.url]
    press(page, "j")
    assert page.url != seen[0]
    press(page, "k")
    for _ in range(6):
        if kind(page) == "One event or two?":
            break
        press(page, "j")
    press(page, "s")
    assert "Your last word: tester said" in page.locator("#take-back").inner_text()
    press(page, "z")
    assert kind(page) == "One event or two?"
    press(page, "d")
    for _ in range(6):
        if kind(page) == "Are these values right?":
            break
        press(page, "j")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "field"
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.locator("#take-back", has_text="accepted it as it is").wait_for()
    assert faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_of_judging_fits_and_axe_finds_nothing_serious(
    size: dict[str, int], scheme: str, browser: Any, served: tuple[House, str]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (a dev dependency)")
    house, base = served
    rows = house.client.get("/api/v1/incidents?place=Baga").json()["incidents"]
    ids = sorted(row["id"] for row in rows)
    shelf = house.client.app.state.shelf  # type: ignore[attr-defined]
    report = next(key for key, one in shelf.ledger().readings.items() if one.reading.warnings)[:12]
    place = shelf.ledger().incidents[0].where
    page, faults = opened(browser, size, scheme)
    for path in (
        "/review", f"/review?case={quote(f'pair:{ids[0]}+{ids[1]}', safe='')}", f"/review?case=incident:{ids[0]}",
        f"/review?case=report:{report}", "/review?second=1", "/review/work", "/actors", "/actors?find=HTS",
        "/actors/boko-haram", "/actors/unknown", "/places", f"/places/{quote('NG/' + place.name.casefold(), safe='')}",
        "/places/unknown", "/names?of=actor:reed%20men%20of%20kano&find=boko", "/names?of=place:qarzamush@NG&find=Gao",
        f"/incidents/{ids[0]}",
    ):  # fmt: skip
        answer = page.goto(base + path)
        assert answer.status == 200, path
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        found = axe.Axe().run(page).response["violations"]
        faults += [f"{path}: {each['id']} {each['nodes'][0]['html']}" for each in found if each["impact"] in SERIOUS]
    assert faults == []
