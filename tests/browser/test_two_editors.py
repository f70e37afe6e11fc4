"""Two editors with a window each on one step: told of each other, brought together, nothing lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.live import PHONE, fits
from tests.instructions.versions.people import second_editor

pytestmark = pytest.mark.browser
EDIT = "/o/lumo/map/matching/edit"
NOTE = "Oma teksti suomeksi"
FIRST = "Soitamme opiskelijalle viikon sisällä. Kirjaamme sopivuuden."


def published(page, words: str) -> None:
    page.goto(EDIT)
    page.get_by_label(NOTE).fill(words)
    page.get_by_role("button", name="Julkaise").click()
    page.wait_for_url("**/map/matching")


def test_two_windows_are_told_of_each_other_and_brought_together(live):
    second_editor(live.world)
    kerttu, aino = live.person("kerttu"), live.person("aino")
    published(aino, FIRST)
    with kerttu.expect_response(lambda got: got.url.endswith("/writers")):
        kerttu.goto(EDIT)
    aino.goto(EDIT)
    expect(aino.locator("#writers")).to_contain_text("Kerttu Kivi kirjoittaa tätä juuri nyt")

    kerttu.get_by_label(NOTE).fill(FIRST.replace("viikon", "kahden päivän"))
    kerttu.get_by_role("button", name="Julkaise").click()
    kerttu.wait_for_url("**/map/matching")
    aino.get_by_label(NOTE).fill(FIRST.replace("opiskelijalle", "opiskelijalle ja huoltajalle") + " Kerromme muille.")
    aino.get_by_role("button", name="Julkaise").click()
    aino.wait_for_url("**/meetings/**")

    expect(aino.locator(".three")).to_contain_text("kahden päivän")
    expect(aino.locator(".three")).to_contain_text("ja huoltajalle")
    own = aino.get_by_label("Virke omin sanoin")
    expect(own).to_have_value("Soitamme opiskelijalle ja huoltajalle kahden päivän sisällä.")
    aino.get_by_role("button", name="Julkaise").click()
    expect(aino.locator("#meeting [role=alert]")).to_contain_text("Valitse, mikä jää.")
    aino.get_by_label("Kirjoitan sen uudelleen").check()
    aino.get_by_role("button", name="Julkaise").click()
    aino.wait_for_url("**/map/matching")
    expect(aino.locator("main")).to_contain_text(
        "Soitamme opiskelijalle ja huoltajalle kahden päivän sisällä. Kirjaamme sopivuuden. Kerromme muille."
    )


def test_without_scripts_and_on_a_phone_both_texts_meet_all_the_same(live):
    second_editor(live.world)
    aino, kerttu = live.person("aino"), live.person("kerttu", PHONE, scripts=False)
    published(aino, FIRST)
    kerttu.goto(EDIT)
    published(aino, FIRST.replace("viikon", "päivän"))
    kerttu.get_by_label(NOTE).fill(FIRST.replace("viikon", "kuukauden"))
    kerttu.get_by_role("button", name="Julkaise").click()
    assert "/meetings/" in kerttu.url and fits(kerttu)
    kerttu.get_by_label("Molemmat peräkkäin").check()
    kerttu.get_by_role("button", name="Tallenna luonnokseksi").click()
    expect(kerttu.locator("main")).to_contain_text("Luonnos odottaa")
    aino.goto(EDIT)
    expect(aino.get_by_label(NOTE)).to_have_value(
        "Soitamme opiskelijalle päivän sisällä. Soitamme opiskelijalle kuukauden sisällä. Kirjaamme sopivuuden."
    )
    assert fits(aino)
