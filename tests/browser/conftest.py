"""A live server and a real Chromium. Where Chromium is absent the tests are told by name as not run."""

import logging
import threading

import pytest
from playwright.sync_api import Locator, expect, sync_playwright
from werkzeug.serving import make_server

from tests import installation
from tests.browser import chromium
from tests.browser.live import SECONDS, Live, waiting
from tests.cast import free_port


def pytest_collection_modifyitems(items):
    if not chromium.found():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=chromium.REASON))


@pytest.fixture(scope="package")
def browser():
    """One Chromium for the tests of this folder; each opens windows of its own.

    Playwright keeps an event loop running in this thread: other folders' tests must not meet it.
    """
    expect.set_options(timeout=SECONDS * 1000)
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        for act in ("click", "check", "select_option"):
            patched.setattr(Locator, act, waiting(getattr(Locator, act)))
        program = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.ARGUMENTS)
        yield program
        program.close()


@pytest.fixture
def live(fresh, browser):
    """This world behind a real HTTP server; its windows are closed and looked over at the end."""
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = make_server("127.0.0.1", free_port(), fresh.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    here = Live(fresh, browser, f"http://127.0.0.1:{server.server_port}")
    yield here
    here.close()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def worker(fresh, tmp_path):
    """The worker of production as a process of its own."""
    with installation.running((*installation.PARASTA, "worker"), installation.environment(fresh), tmp_path / "worker"):
        yield
