"""Windows of a real browser on the live server, which remember everything that went wrong in them."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request

from tests.installation import wait_until

SECONDS = 30  # a machine that runs other tests beside these is slow
PHONE, DESK = (390, 844), (1280, 900)
UNDER_WAY: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


class Live:
    """The server's address and the windows that a test has opened."""

    def __init__(self, world: Any, browser: Browser, address: str) -> None:
        self.world, self.browser, self.address = world, browser, address
        self.windows: list[tuple[BrowserContext, list[str]]] = []

    def window(self, size: tuple[int, int] = DESK, *, scripts: bool = True) -> Page:
        """A browser of its own: own cookies, own storage."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="fi", base_url=self.address,
            java_script_enabled=scripts,
        )  # fmt: skip
        context.set_default_timeout(SECONDS * 1000)
        page, problems = context.new_page(), []
        page.on("console", lambda said: problems.append(said.text) if _complains(said) else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("response", lambda got: problems.append(f"{got.status} {got.url}") if got.status >= 500 else None)
        self.windows.append((context, problems))
        _patient(page)
        return page

    def person(self, slug: str, size: tuple[int, int] = DESK, *, scripts: bool = True) -> Page:
        """Somebody of the cast, come in by the button of the demo's door."""
        page = self.window(size, scripts=scripts)
        page.goto("/demo")
        page.click(f'button[name="person"][value="{slug}"]')
        page.wait_for_url(lambda url: "/demo" not in url)
        return page

    def letter(self, to: str, subject: str) -> Any:
        """The newest mail to an address with these words in its subject; waits until the worker has sent it."""
        arrived: list[Any] = []

        def here() -> bool:
            arrived[:] = [m for m in self.world.letters(to) if subject in m.subject]
            return bool(arrived)

        assert wait_until(here, SECONDS), (
            f"no mail to {to} about {subject}: {[m.subject for m in self.world.letters(to)]}"
        )
        return arrived[0]

    def link(self, to: str, subject: str) -> str:
        """The address in that mail, as a path."""
        found = re.search(r"http://localhost(/\S+)", self.letter(to, subject).text)
        assert found, self.letter(to, subject).text
        return found[1]

    def close(self) -> None:
        """Nothing may have gone wrong in any window: no script error, no refused resource, no broken answer."""
        for context, _problems in self.windows:
            context.close()
        assert [problem for _context, problems in self.windows for problem in problems] == []


def _patient(page: Page) -> None:
    """Going elsewhere waits for the answer to what was pressed, as a person would: a browser drops the rest."""
    under_way: set[Request] = set()
    page.on("request", lambda sent: under_way.add(sent) if _brings_something(sent) else None)
    page.on("requestfinished", lambda sent: under_way.discard(sent))
    page.on("requestfailed", lambda sent: under_way.discard(sent))
    UNDER_WAY[page] = under_way

    def after(go: Callable[..., Any]) -> Callable[..., Any]:
        def goes(*where: Any, **how: Any) -> Any:
            answered(page)
            return go(*where, **how)

        return goes

    page.goto, page.reload = after(page.goto), after(page.reload)  # type: ignore[method-assign]


def _brings_something(sent: Request) -> bool:
    """Another page, a part of this one, or the answer to a form; not a style, a script or a picture."""
    return sent.method != "GET" or sent.is_navigation_request() or sent.resource_type in ("xhr", "fetch")


def answered(page: Page) -> None:
    """Wait until nothing that was asked for is under way: twice in a row, for one answer may ask for the next."""
    quiet = 0
    for _ in range(SECONDS * 40):
        page.wait_for_timeout(25)
        quiet = 0 if UNDER_WAY.get(page) else quiet + 1
        if quiet == 2:
            return


def waiting(act: Callable[..., Any]) -> Callable[..., Any]:
    """An act of a locator that ends when its answer is there: what comes next then finds the page that it is about."""

    @wraps(act)
    def acts(self: Locator, *where: Any, **how: Any) -> Any:
        done = act(self, *where, **how)
        answered(self.page)
        return done

    return acts


def _complains(said: ConsoleMessage) -> bool:
    """A form sent back to be mended (422) is no fault, though Chromium writes it down as one."""
    return said.type in ("error", "warning") and "status of 422" not in said.text


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def reload_until(page: Page, words: str) -> None:
    """Look again until the worker has done it."""
    shown = wait_until(lambda: page.reload() and words in page.inner_text("body"), SECONDS)
    assert shown, f"the page does not come to say “{words}”: {page.inner_text('body')[:2000]}"
