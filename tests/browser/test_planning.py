"""Three at one table, each in an own browser: teacher at a desk, café owner and student on phones."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.live import PHONE
from tests.planning.table import called

pytestmark = pytest.mark.browser
GOAL, TASK = "Ville palvelee asiakkaita ja käyttää kassaa.", "Tiski ja kassa aamuvuorossa."


def propose(page: Page, kind: str, words: str) -> None:
    page.locator("#proposal label", has_text=kind).click()
    page.get_by_label("Tavallisin sanoin").fill(words)
    page.get_by_role("button", name="Ehdota").click()
    expect(page.locator("#goals li", has_text=words)).to_be_visible()


def agree(page: Page, *all_words: str) -> None:
    page.get_by_role("link", name="Katso uudet vastaukset").click()
    for words in all_words:
        row = page.locator("#goals li[id]", has_text=words)
        row.get_by_role("button", name="Sopii").click()
        expect(row.get_by_role("button", name="Peru")).to_be_visible()


def test_three_browsers_agree_and_the_teacher_closes(live):
    session = called()
    eero, kaisa, ville = live.person("eero"), live.person("kaisa", PHONE), live.person("ville", PHONE)
    for page, address in ((eero, session.lumo), (kaisa, session.kanerva), (ville, session.lumo)):
        page.goto(address)
    propose(eero, "Tavoite", GOAL)
    propose(kaisa, "Työtehtävä", TASK)
    agree(ville, GOAL, TASK)
    agree(kaisa, GOAL)
    agree(eero, TASK)

    item = eero.locator("li", has=eero.get_by_role("heading", name="Ohjauksesta ja tuesta sopiminen"))
    item.get_by_text("Kirjaa päätös").click()
    item.get_by_label("Mitä päätettiin").fill("Kaisa ohjaa.")
    item.get_by_role("button", name="Tallenna päätös").click()
    expect(item).to_contain_text("Kaisa ohjaa.")
    eero.get_by_role("button", name="Päätä tapaaminen").click()
    expect(eero.locator("main")).to_contain_text("Tästä sovittiin")
    kaisa.reload()
    for words in ("Tästä sovittiin", GOAL, TASK, "Kaisa ohjaa."):
        expect(kaisa.locator("main")).to_contain_text(words)
