"""Measures in Chromium how long the map takes until its circles are drawn, on a large made-up ledger: milliseconds.

    python -m benchmarks.map_paint [--reports 125000] [--ledger FILE|URL] [--runs 3]

Counted from the click to the circles ("drawn") and to the finer coasts, provinces and names ("finished"). The server
has answered once before, as it has when people work. Needs Playwright and Chromium; without a graphics card Chromium
draws with the processor, which is slower than what most people have.
"""

import argparse
import os
import shutil
import socket
import threading
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from benchmarks.ledger import LATER, MANY, write
from playwright.sync_api import sync_playwright
from starlette.testclient import TestClient

from marsad.serve import Desk, Person, make_app
from marsad.store import open_book

MARKS = "performance.getEntriesByType('mark').map((one) => [one.name, Math.round(one.startTime)])"
SLIDE = """() => new Promise((done) => {
  const from = document.getElementById("from"), times = [];
  let step = 0;
  const next = () => {
    if (step++ === 20) return done(times.sort((a, b) => a - b)[10]);
    const begun = performance.now();
    from.value = step * 20;
    from.dispatchEvent(new Event("input"));
    times.push(performance.now() - begun);
    setTimeout(next, 50);
  };
  next();
})"""


def main() -> None:
    """Print one line per run."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=MANY)
    asked.add_argument("--ledger")
    asked.add_argument("--runs", type=int, default=3)
    chosen = asked.parse_args()
    with TemporaryDirectory() as folder:
        place = chosen.ledger or str(Path(folder) / "ledger.db")
        with open_book(place, LATER, create=True) as book:
            if not book.last_act():
                write(book, chosen.reports)
            book.keep_up()
        app = make_app(Desk(place, Person("bench", "administrator"), lambda: LATER))
        client = TestClient(app, base_url="http://127.0.0.1")
        assert client.get("/map").status_code == client.get("/map.json").status_code == 200
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True).start()
        while not server.started:
            time.sleep(0.02)
        for _ in range(chosen.runs):
            print(painted(f"http://127.0.0.1:{listener.getsockname()[1]}/map"))
        server.should_exit = True


def painted(address: str) -> str:
    """Return what one fresh browser measured, and how busy the machine was."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        flags = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
        browser = driver.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(address)
        page.wait_for_selector("#map[data-fine]", timeout=120_000)
        times = dict(page.evaluate(MARKS))
        slide = page.evaluate(SLIDE)
        browser.close()
    return (
        f"{times['map-ready']:6} ms drawn, {times['map-fine']:6} ms finished, {slide:5.1f} ms per step of the slider "
        f"(load {os.getloadavg()[0]:.1f})"
    )


if __name__ == "__main__":
    main()
