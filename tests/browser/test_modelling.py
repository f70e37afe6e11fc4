"""Nelli draws a new step in the browser; what she drew goes into the steps when she has confirmed it."""

import pytest
from playwright.sync_api import expect

from tests.browser.live import fits

pytestmark = pytest.mark.browser


def draft(nelli, number="1.2"):
    """A draft of its own, begun in the list of releases; its address."""
    nelli.get_by_role("link", name="Versiot").click()
    nelli.get_by_label("Version numero").fill(number)
    nelli.get_by_role("button", name="Aloita luonnos").click()
    expect(nelli.get_by_role("heading", level=1)).to_contain_text(number)
    return nelli.url.split("?")[0]


def drawn_box(nelli, name):
    """A task from the palette, put into the teacher's lane and named; where it was put is answered."""
    expect(nelli.locator("#modeler[data-state=ready]")).to_be_visible()
    lane = nelli.locator("#modeler [data-element-id=lane-teacher] .djs-visual rect").first.bounding_box()
    nelli.locator("#modeler [data-action='create.task']").click()
    x, y = lane["x"] + lane["width"] * 0.25, lane["y"] + lane["height"] * 0.72
    nelli.mouse.move(x, y - 10)
    nelli.mouse.move(x, y, steps=4)
    nelli.mouse.click(x, y)
    expect(nelli.locator("#modeler .djs-direct-editing-content")).to_be_visible()
    nelli.keyboard.type(name)
    nelli.mouse.click(lane["x"] + lane["width"] - 12, lane["y"] + lane["height"] - 8)


def test_a_step_is_modelled_in_the_browser_and_taken_over(live):
    nelli = live.person("nelli")
    home = draft(nelli)
    nelli.goto(f"{home}/diagrams/co-planning")
    assert fits(nelli)
    nelli.get_by_role("link", name="Piirrä").click()
    drawn_box(nelli, "Kättely ja kahvit")
    nelli.get_by_role("button", name="Tallenna piirros").click()

    expect(nelli.locator("#proposals")).to_contain_text("Uusi askel: Kättely ja kahvit")
    nelli.get_by_label("Nimi, svenska").fill("Handslag och kaffe")
    nelli.get_by_role("button", name="Siirrä valitut askeliin").click()
    expect(nelli.locator("#notices")).to_contain_text("1 asia siirrettiin askeliin")
    expect(nelli.locator("#proposals")).to_have_count(0)
    expect(nelli.locator(".dg-added")).to_have_count(1)
    nelli.get_by_role("link", name="Kättely ja kahvit").first.click()
    expect(nelli.locator("main")).to_contain_text("Uusi askel")
