"""Aino at the update desk: twelve changed steps, one question, a colleague asked, tried first, then in force."""

import pytest
from playwright.sync_api import expect

from parasta_saas.reference import services
from tests.browser.live import PHONE, fits
from tests.instructions import nation

pytestmark = pytest.mark.browser
CLEAN = (
    "contact-response", "need-of-workplace", "guidance-plan", "agreement-draft", "agreement-sign", "orientation-work",
    "problem-handling", "assessment-register", "matching", "demo-plan",
)  # fmt: skip


def twelve(draft):
    """Ten steps get a sentence more, one changes the very sentence that Lumo changed, one is gone."""
    for key in CLEAN:
        step = draft.step(key)
        services.change_step(draft.nelli, step, guidance={"fi": f"{step.guidance['fi']} Kirjaa sopimanne päivä."})
    draft.rewrite("goals-and-tasks", "saa tavoitteet nähtäväkseen", "lukee ja kuittaa tavoitteet")
    draft.remove("partner-registration")


def test_twelve_changed_steps_become_a_published_handbook(live, worker):
    nation.publish("1.2", twelve)
    link = live.link("aino@lumo.example", "1.2")
    aino = live.person("aino")
    aino.goto(link)
    expect(aino.get_by_role("heading", level=1)).to_contain_text("Yksi kysymys")
    expect(aino.locator("#desk")).to_contain_text("11 muutosta on jo valmiina")
    expect(aino.locator("#desk")).to_contain_text("Yksi askel poistuu")

    aino.get_by_text("Keskustele työkaverin kanssa").click()
    aino.get_by_label("Keneltä kysyt?").select_option(label="Eero Elo")
    aino.get_by_label("Kysymyksesi").fill("Riittääkö, että ohjaaja kuittaa?")
    aino.get_by_role("button", name="Lähetä kysymys").click()
    expect(aino.locator("#notices")).to_contain_text("saa kysymyksesi")
    eero = live.person("eero", PHONE)
    eero.goto(live.link("eero@lumo.example", "kysyy sinulta"))
    assert fits(eero)
    card = eero.locator("article", has_text="Riittääkö, että ohjaaja kuittaa?")
    card.get_by_text("Vastaa", exact=True).click()
    card.get_by_text("Merkitty tiedoksi").click()
    card.get_by_label("Vastaus").fill("Riittää, jos hän myös kysyy.")
    card.get_by_role("button", name="Lähetä vastaus").click()
    expect(eero.locator("#notices")).to_contain_text("Vastattu")

    aino.reload()
    expect(aino.locator("#desk")).to_contain_text("Riittää, jos hän myös kysyy.")
    aino.get_by_role("radio", name="Yhdistä").check()
    aino.locator("textarea[name=own_0]").fill("Ohjaaja saa tavoitteet sähköpostiin ja kuittaa ne ennen jakson alkua.")
    aino.get_by_role("button", name="Tallenna").click()
    expect(aino.locator("#desk")).to_contain_text("Ota viitemalli 1.2 käyttöön")

    aino.get_by_role("link", name="Kokeile ensin").click()
    expect(aino.locator("main")).to_contain_text("kuittaa ne ennen jakson alkua")
    assert fits(aino)
    aino.get_by_role("link", name="Takaisin päivitykseen").click()
    aino.get_by_role("button", name="Ota käyttöön").click()
    expect(aino.get_by_role("heading", level=1)).to_have_text("Kaikki omat sananne ovat tallessa")
    expect(aino.locator("main")).to_contain_text("Valmis minuutissa: yksi kysymys.")
    expect(aino.locator("main")).to_contain_text("Yhtään ei puutu.")

    aino.goto("/o/lumo/map/goals-and-tasks")
    expect(aino.locator("main")).to_contain_text("kuittaa ne ennen jakson alkua")
    aino.goto("/o/lumo/versions")
    expect(aino.locator("main")).to_contain_text("1.2")
    aino.goto("/o/lumo/shelf")
    expect(aino.locator("main")).to_contain_text("Vastuuopettaja täydentää toimipaikan.")
