"""A report's page is one that everybody can read: axe finds nothing, in light and dark, at the desk and on a phone."""

import shutil
from pathlib import Path

import pytest
from tests.export.made import made
from tests.report.test_situation import ASKED, FIRST, SECOND, ledger_of

from marsad.ledger import Ledger
from marsad.report.formats import FORMS, write
from marsad.report.situation import situation

CHROMIUM = shutil.which("chromium")


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize(("width", "scheme"), [(1100, "light"), (390, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(tmp_path: Path, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
    from playwright.sync_api import sync_playwright

    pages = [_page(ledger_of(FIRST, SECOND), tmp_path / "one.html"), _page(made(), tmp_path / "other.html")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        # The page's own policy lets no script in, that of the test neither.
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        for page in pages:
            seen = context.new_page()
            seen.goto(page)
            assert [one["id"] for one in Axe().run(seen).response["violations"]] == []
            assert seen.evaluate("document.documentElement.scrollWidth <= innerWidth")
        browser.close()


def _page(ledger: Ledger, path: Path) -> str:
    path.write_bytes(write(situation(ledger, ASKED, ledger), FORMS[".html"]))
    return path.as_uri()
