"""Every main page in Finnish and in Swedish at three widths: no scrolling sideways, one heading, no complaint."""

import pytest
from playwright.sync_api import Page

from tests.browser.live import fits
from tests.browser.pages import PAGES, addresses

pytestmark = pytest.mark.browser
WIDTHS = (320, 390, 1280)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_main_pages_fit_on_every_screen(live, cast, language):
    """One window after another would fetch and read the same styles and scripts for each person."""
    there, page = live.world.staged("every page", lambda: addresses(live.world, cast)), live.window()
    wrong = [p for who, names in PAGES.items() for p in _looked_at(live, page, who, language, names, there)]
    assert wrong == []


def _looked_at(live, page: Page, who: str, language: str, names: tuple[str, ...], there: dict[str, str]) -> list[str]:
    """What is wrong on somebody's pages; whoever sat here before has left."""
    own = {"headers": {"Origin": live.address}, "max_redirects": 0}
    page.context.clear_cookies()
    if who != "guest":
        page.request.post("/demo/sign-in", form={"person": who}, **own)
    page.request.post("/language", form={"language": language}, **own)
    return [problem for name in names for problem in _problems(page, f"{who}: {name}", there[name], language)]


def _problems(page: Page, name: str, address: str, language: str) -> list[str]:
    answer = page.goto(address, wait_until="domcontentloaded")
    if answer is None or answer.status != 200:
        return [f"{name} {address}: {answer and answer.status}"]
    wrong = [] if page.locator("html").get_attribute("lang") == language else [f"{name} is not in {language}"]
    wrong += [] if page.locator("h1").count() == 1 else [f"{name}: {page.locator('h1').count()} headings of level 1"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844 if width < 500 else 900})
        wrong += [] if fits(page) else [f"{name} is wider than {width} px"]
    return wrong
