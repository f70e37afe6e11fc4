"""The owner of a café signs on a phone, from the mail, without an account; the worker seals."""

import pytest
from playwright.sync_api import expect

from tests.agreements.story import begin
from tests.browser.live import PHONE, fits, reload_until

pytestmark = pytest.mark.browser


def test_kaisa_signs_on_her_phone_and_the_worker_seals(live, cast, worker):
    path = begin(live.world, cast).make()
    assert path.completed().status_code == 303
    assert path.offered().status_code == 303

    kaisa = live.window(PHONE)
    kaisa.goto(live.link("kaisa@kahvila-kanerva.example", "llekirjoita"))
    button = kaisa.get_by_role("button", name="Allekirjoitan")
    expect(button).to_be_in_viewport()
    assert fits(kaisa) and button.bounding_box()["height"] >= 44
    kaisa.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    expect(button).to_be_in_viewport()
    button.click()
    expect(kaisa.locator("main").get_by_role("status")).to_contain_text("Allekirjoitettu")
    expect(button).to_have_count(0)

    sanni = live.person("sanni")
    sanni.goto(path.at)
    sanni.get_by_role("button", name="Allekirjoitan").click()
    expect(sanni.locator("#notices")).to_contain_text("Allekirjoitettu")
    reload_until(sanni, "asiakirja on sinetöity")
    reload_until(kaisa, "Avaa sopimus (PDF)")
