"""A real browser walks the desk: paste, tree, add, incident, judge, toll, as of yesterday, undo; on desk and phone."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.made import Told, reading
from tests.serve.conftest import House, make_house

from marsad.serve import make_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
REPORT = """Shelling of the market in Baga on 30 April 2021 killed at least 11 people, among them four children.

Gunmen abducted two drivers near Kano on the same day."""
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SERIOUS = {"serious", "critical"}


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
    """A desk that listens on a free port."""
    house = make_house(tmp_path)
    house.add(reading([Told(killed=3, injured=4)], "Wire"))
    house.add(reading([Told(killed=5, day=None)], "Radio"))
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

    page.click("nav >> text=Read a report")
    page.fill("textarea", REPORT)
    page.click("text=What you know of it")
    page.fill("[name=published]", "2021-05-01")
    page.fill("[name=publisher]", "Herald")
    page.click("button.main")
    assert page.locator("#text").inner_text().replace("\xa0", " ").startswith("Shelling of the market")
    page.locator(".text a.number").first.hover()
    assert page.locator(".leaf.lit-self").count() == 1
    page.locator(".tree .leaf").first.focus()
    assert page.locator(".text .lit-self").count() > 0

    page.click("text=Add to the ledger")
    assert "Added" in page.locator(".done").inner_text()
    page.goto(base)
    before = int(killed(page))

    page.goto(f"{base}/incidents?place=Baga")
    one, other = (link.get_attribute("href").split("?")[0] for link in page.locator(".card .what a").all()[:2])
    page.goto(base + one)
    page.locator(".card", has=page.locator(f"a[href='{other}']")).locator("button[value=same]").click()
    assert "are same" in page.locator(".done").inner_text()
    page.goto(base)
    assert int(killed(page)) < before
    yesterday = (house.clock.moment - timedelta(days=1)).date()
    page.goto(f"{base}/?as_of={yesterday}")
    assert killed(page) == "8"
    page.goto(f"{base}{one}")
    page.locator(".history >> text=Undo").click()
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


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_page_fits_and_axe_finds_nothing_serious(
    size: dict[str, int], scheme: str, browser: Any, served: tuple[House, str]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (a dev dependency)")
    house, base = served
    one = house.client.get("/api/v1/incidents").json()["incidents"][0]["id"]
    key = house.client.get("/api/v1/trace", params={"id": one}).json()["claims"][0]["ref"].split("/")[0]
    page, faults = opened(browser, size, scheme)
    for path in ("/", "/incidents", f"/incidents/{one}", f"/reports/{key}", "/tolls", "/map", "/changes", "/review",
                 "/read", "/people", "/login", "/receipt"):  # fmt: skip
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        found = axe.Axe().run(page).response["violations"]
        faults += [f"{path}: {each['id']} {each['nodes'][0]['html']}" for each in found if each["impact"] in SERIOUS]
    assert faults == []
