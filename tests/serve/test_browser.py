"""A real browser walks the desk: paste, tree, add, incident, judge, toll, as of yesterday, undo; on desk and phone."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.made import Told, reading
from tests.serve.conftest import House, addresses, make_house

from marsad.model import Reading
from marsad.serve import make_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
REPORT = """Shelling killed 11 people in Kano on 30 April 2021: seven civilians and four soldiers.

Traders said that the road to the border stayed closed."""
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SERIOUS = {"serious", "critical"}
DATA = (".json", ".jsonl", ".csv", ".atom", ".zip")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; the tests are skipped where either is missing."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (a dev dependency)")
    with playwright.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])


def within(unit: str, one: Reading) -> Reading:
    """Return a reading whose incidents happened in a province."""
    placed = [replace(each, where=replace(each.where, admin1=unit)) for each in one.incidents if each.where]
    return replace(one, incidents=tuple(placed))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[House, str]]:
    """A desk that listens on a free port."""
    house = make_house(tmp_path)
    house.add(within("Borno", reading([Told(killed=3, injured=4)], "Wire")))
    # Another village of the province on the same day: near enough to ask, too far for the program to join.
    house.add(within("Borno", reading([Told(killed=5, place="Kukawa", by="the army", who="fishermen")], "Radio")))
    house.clock.moment += timedelta(days=1)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(house.desk), log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield house, f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def opened(browser: Any, size: dict[str, int], scheme: str = "light") -> tuple[Any, list[str]]:
    """Return a page, and the list of what its console and its requests complain of."""
    faults: list[str] = []
    page = browser.new_context(viewport=size, color_scheme=scheme).new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: None if "127.0.0.1" in asked.url else faults.append(f"asked {asked.url}"))
    return page, faults


def killed(page: Any) -> str:
    return str(page.locator(".figures .killed b").inner_text())


def test_a_monitors_day(browser: Any, served: tuple[House, str]) -> None:
    house, base = served
    page, faults = opened(browser, DESK)
    page.goto(base)
    assert killed(page) == "8"

    # Paste a report, and see it read: the tree, what lights up, the switches. Nothing is stored.
    page.click("nav >> text=Read a report")
    page.fill("textarea", REPORT)
    page.fill("[name=published]", "2021-05-01")
    page.fill("[name=publisher]", "Herald")
    page.click("button.main")
    assert page.locator("#text").inner_text().replace("\xa0", " ").startswith("Shelling killed")
    page.locator(".text a.number", has_text="11").hover()
    assert "11" in page.locator(".leaf.lit-self .figure").inner_text()
    assert [one[0] for one in page.locator(".leaf.lit-part .figure").all_inner_texts()] == ["7", "4"]
    assert "seven civilians" in "".join(page.locator(".text .lit-part").all_inner_texts())
    assert "7 + 4 = 11" in page.locator(".sum.lit-sum").inner_text()
    assert page.locator(".incidents .lit-total").count() == 1
    page.locator(".tree .leaf").nth(1).focus()
    assert page.locator(".text .lit-total").count() > 0
    place = page.locator(".text .m.place").first
    assert "underline" in place.evaluate("one => getComputedStyle(one).textDecorationLine")
    page.locator(".switch-place").uncheck()
    assert place.evaluate("one => getComputedStyle(one).textDecorationLine") == "none"
    assert house.client.get("/api/v1/reports").json()["count"] == 2

    # Add it; the map shows it, and leads to the incident.
    page.click("text=Add to the ledger")
    assert "Added" in page.locator(".done").inner_text()
    assert house.client.get("/api/v1/reports").json()["count"] == 3
    page.goto(base)
    before = int(killed(page))
    assert before == 19
    page.click("nav >> text=Map")
    page.wait_for_selector("#map[data-ready=yes]")
    row = page.locator("#places tr", has_text="Kano")
    assert row.locator("[data-best]").inner_text() == "11"
    row.locator("a").click()
    page.locator(".card .what a", has_text="Herald").click()
    assert "11" in page.locator("h1").inner_text() and "11 people" in page.locator(".says").inner_text()

    # Judge two papers to tell of one event: the toll falls, yesterday's does not, and undo brings it back.
    page.goto(f"{base}/incidents?place=Baga")
    page.locator(".card .what a", has_text="Wire").click()
    here = page.url
    page.locator(".card", has_text="Radio").locator("button[value=same]").click()
    assert "are same" in page.locator(".done").inner_text()
    page.goto(base)
    assert int(killed(page)) == 16
    assert house.client.get("/api/v1/toll").json()["total"]["killed"]["best"] == 16
    yesterday = (house.clock.moment - timedelta(days=1)).date()
    page.goto(f"{base}/?as_of={yesterday}")
    assert killed(page) == "8" and "What had been recorded until" in page.locator(".asof").inner_text()
    page.goto(here)
    page.locator(".history >> text=Undo").first.click()
    page.goto(base)
    assert int(killed(page)) == before
    assert faults == []


def test_the_map_is_drawn_and_moved_by_keys(browser: Any, served: tuple[House, str]) -> None:
    page, faults = opened(browser, DESK)
    page.goto(served[1] + "/map")
    page.wait_for_selector("#map[data-ready]")
    canvas = page.locator("#map canvas")
    before = canvas.screenshot()
    canvas.focus()
    for key in ("+", "ArrowLeft", "ArrowUp", "-", "0"):
        page.keyboard.press(key)
    page.keyboard.press("-")
    page.wait_for_timeout(200)
    assert canvas.screenshot() != before
    assert faults == []


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk, light", "phone, dark"])
def test_every_page_fits_and_axe_finds_nothing_serious(
    size: dict[str, int], scheme: str, browser: Any, served: tuple[House, str]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (a dev dependency)")
    house, base = served
    page, faults = opened(browser, size, scheme)
    pages = [path for _, path, _ in addresses(house) if not path.endswith(DATA) and "/api/v1/" not in path]
    for path in (*pages, "/login", "/nothing"):
        page.goto(base + path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [f"{path}: {wide} wide"] if wide > size["width"] else []
        found = axe.Axe().run(page).response["violations"]
        faults += [f"{path}: {each['id']} {each['nodes'][0]['html']}" for each in found if each["impact"] in SERIOUS]
    # Two pages are asked for that answer no: one that is not there, one that needs a question.
    assert [fault for fault in faults if "(Not Found)" not in fault and "(Bad Request)" not in fault] == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_page_from_right_to_left_mirrors(size: dict[str, int], browser: Any, served: tuple[House, str]) -> None:
    house, base = served
    page, faults = opened(browser, size)
    page.goto(f"{base}/read?lang=ar-XB")
    name = page.locator(".top .name").bounding_box()
    assert name["x"] > size["width"] / 2
    page.fill("textarea", REPORT)
    page.click("button.main")
    words, tree = (page.locator(part).bounding_box() for part in (".words", ".tree"))
    assert words["x"] > tree["x"] if size is DESK else words["y"] < tree["y"]
    # A report keeps its own direction.
    assert page.locator("#text").evaluate("one => getComputedStyle(one).direction") == "ltr"
    pages = [path for _, path, _ in addresses(house) if not path.endswith(DATA) and "/api/v1/" not in path]
    for path in ("", *pages, "/tolls?seen=chart", "/tolls?seen=map", "/login", "/nothing"):
        if path:
            page.goto(base + path)
        # What sticks out on the left of such a page can be scrolled to as well.
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert page.evaluate("document.documentElement.dir") == "rtl"
    assert [fault for fault in faults if "(Not Found)" not in fault and "(Bad Request)" not in fault] == []
