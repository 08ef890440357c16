"""A real browser looks: days drawn on the chart, the map by list and keys, its window of time, all without script."""

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.made import Told, reading
from tests.serve.conftest import House, make_house
from tests.serve.test_browser import CHROMIUM, DESK, PHONE, QUIET, SERIOUS, opened

from marsad.model import Reading, Where
from marsad.serve import make_app

TOWN = Where("Baga", "Baga", "NG", "Borno", None, 13.12, 13.86, 1, "2347750")
PROVINCE = Where("Borno", "Borno", "NG", "Borno", None, 11.5, 13.0, 4, "2346794")
LAND = Where("Niger", "Niger", "NE", None, None, 18.0, 9.0, 6, "2440476")
NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; the tests are skipped where either is missing."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (a dev dependency)")
    with playwright.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])


def at(where: Where, killed: int, day: date, total: int | None = None) -> Reading:
    """Return a report of one event at a place of the gazetteer."""
    one = reading([Told(killed=killed, place=where.name or "", day=day)], f"Paper {day}", total=total)
    return replace(one, incidents=tuple(replace(each, where=where) for each in one.incidents))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[House, str]]:
    """Events on four days at a town, in a province and in a country, on a free port."""
    house = make_house(tmp_path)
    house.add(at(TOWN, 30, date(2021, 4, 1), total=90))
    house.add(at(TOWN, 4, date(2021, 4, 20)))
    house.add(at(PROVINCE, 7, date(2021, 4, 12)))
    house.add(at(LAND, 9, date(2021, 4, 28), total=120))
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


def killed(page: Any) -> str:
    return str(page.locator(".figures .killed b").inner_text())


def test_days_are_chosen_by_drawing_them_and_taken_away_as_chips(browser: Any, served: tuple[House, str]) -> None:
    page, faults = opened(browser, DESK)
    page.goto(served[1])
    page.wait_for_selector(".vega[data-ready]")
    assert killed(page) == "50"
    page.locator("#days").scroll_into_view_if_needed()
    box = page.locator(".vega svg").bounding_box()
    strip = box["y"] + box["height"] - 38
    page.mouse.move(box["x"] + box["width"] * 0.3, strip)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, strip, steps=4)
    page.mouse.move(box["x"] + box["width"] * 0.8, strip, steps=4)
    page.mouse.up()
    page.wait_for_url("**since=2021-04-**")
    assert killed(page) == "11"
    page.wait_for_selector(".vega[data-ready]")
    page.locator(".chips a", has_text="From").click()
    page.locator(".chips a", has_text="Until").click()
    assert killed(page) == "50" and "since" not in page.url
    assert faults == []


def test_days_are_chosen_by_keys_too(browser: Any, served: tuple[House, str]) -> None:
    page, faults = opened(browser, PHONE)
    page.goto(served[1])
    page.fill("#days [name=since]", "2021-04-10")
    page.fill("#days [name=until]", "2021-04-21")
    page.locator("#days [name=until]").press("Enter")
    page.wait_for_url("**until=2021-04-21**")
    assert killed(page) == "11"
    assert faults == []


def test_a_popup_stays_when_the_provinces_come(browser: Any, served: tuple[House, str]) -> None:
    page, faults = opened(browser, DESK)
    waiting: list[Any] = []
    page.route("**/world.json", lambda route: waiting.append(route))
    page.goto(served[1] + "/map")
    page.wait_for_selector("#map[data-ready=yes]")
    page.get_by_role("button", name="Show Baga on the map").press("Enter")
    page.wait_for_selector(".map-said li a")
    waiting[0].continue_()
    page.wait_for_selector("#map[data-fine=yes]")
    assert page.locator(".map-said li a").count() > 0
    assert faults == []


def test_the_list_moves_the_map_and_the_popup_tells_the_sentence(browser: Any, served: tuple[House, str]) -> None:
    page, faults = opened(browser, DESK)
    page.goto(served[1] + "/map")
    page.wait_for_selector("#map[data-ready=yes]")
    rows = page.locator("#places tbody tr:not([hidden])")
    assert rows.count() == 3
    before = page.url
    page.get_by_role("button", name="Show Baga on the map").press("Enter")
    page.wait_for_selector(".map-said li a")
    assert "34 killed, 2 incidents" in page.locator(".map-said").inner_text()
    assert page.locator(".map-said li a").first.get_attribute("href").startswith("/incidents/")
    page.wait_for_function(f"location.href !== '{before}'")
    page.get_by_role("button", name="Show Borno on the map").click()
    page.wait_for_selector(".map-said >> text=somewhere within")
    assert faults == []


def test_the_window_of_time_moves_the_list_and_stands_in_the_address(browser: Any, served: tuple[House, str]) -> None:
    page, faults = opened(browser, DESK)
    page.goto(served[1] + "/map")
    page.wait_for_selector("#map[data-ready=yes]")
    page.locator("#from").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert page.locator("#window").inner_text().endswith("20 killed, 3 incidents")
    assert "from=2021-04-06" in page.url
    page.goto("about:blank")
    page.goto(served[1] + "/map#from=2021-04-06&until=2021-04-21")
    page.wait_for_selector("#map[data-ready=yes]")
    assert page.locator("#window").inner_text().endswith("11 killed, 2 incidents")
    assert page.locator("#places tbody tr:not([hidden])").count() == 2
    page.click("#everywhere")
    page.wait_for_url("**since=2021-04-06&until=2021-04-21**")
    assert faults == []


def test_without_webgl_the_page_says_so_and_the_list_stands(browser: Any, served: tuple[House, str]) -> None:
    page, faults = opened(browser, DESK)
    page.add_init_script(NO_WEBGL)
    page.goto(served[1] + "/map")
    page.wait_for_selector(".map-fault:not([hidden])")
    assert page.locator("#places tbody tr").count() == 3
    assert faults == []


def test_without_script_tables_say_what_the_charts_say(browser: Any, served: tuple[House, str]) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(served[1])
    page.click("text=The figures by day, as a table")
    assert page.locator("details[open] tbody tr").count() == 4
    page.goto(served[1] + "/tolls/running")
    page.click("text=The figures as a table")
    assert page.locator("details[open] tbody tr").count() > 0
    page.goto(served[1] + "/map")
    assert "The map needs JavaScript" in page.content()


def test_who_asked_for_less_motion_is_offered_no_play(browser: Any, served: tuple[House, str]) -> None:
    page = browser.new_context(viewport=DESK, reduced_motion="reduce").new_page()
    page.goto(served[1] + "/map")
    page.wait_for_selector("#map[data-ready=yes]")
    assert page.locator("#later").is_visible() and not page.locator("#play").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_charts_maps_and_filters_fit_and_axe_finds_nothing_serious(
    size: dict[str, int], scheme: str, browser: Any, served: tuple[House, str]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (a dev dependency)")
    page, faults = opened(browser, size, scheme)
    for path in ("/", "/tolls?seen=chart", "/tolls?seen=chart&by=perpetrator&across=month", "/tolls?seen=map",
                 "/tolls/running", "/map?place=Baga", "/incidents?status=single&place=Baga"):  # fmt: skip
        page.goto(served[1] + path)
        if page.locator(".vega").count():
            page.wait_for_selector(".vega[data-ready]")
        if page.locator("#map").count():
            page.wait_for_selector("#map[data-ready=yes]")
        if page.locator(".filters summary").count():
            page.locator(".filters summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        found = axe.Axe().run(page).response["violations"]
        faults += [f"{path}: {each['id']} {each['nodes'][0]['html']}" for each in found if each["impact"] in SERIOUS]
    assert faults == []
