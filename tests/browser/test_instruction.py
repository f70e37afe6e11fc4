"""Aino's day in a real browser: in by the door, the map, her own words, the national update."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from parasta_saas.core import clock
from tests.browser.live import fits

pytestmark = pytest.mark.browser
OWN = "Kutsun lähettää aina vastuuopettaja."


def test_the_door_leads_to_the_map_and_own_words_are_published(live):
    aino = live.person("aino")
    assert aino.url == f"{live.address}/o/lumo/map" and fits(aino)
    expect(aino.get_by_text("Näkyvyyden raja").first).to_be_visible()
    assert aino.locator(".map a[href*='/o/lumo/map/']").count() > 40

    aino.get_by_role("link", name="Yhteissuunnitteluun kutsuminen").click()
    expect(aino.get_by_role("heading", level=1)).to_contain_text("Yhteissuunnitteluun kutsuminen")
    aino.get_by_role("link", name="Näin meillä").first.click()
    guidance = aino.get_by_label("Ohje suomeksi")
    guidance.fill(f"{guidance.input_value()} {OWN}")
    aino.get_by_label("Oma teksti suomeksi").fill("- **Kutsupohja** on kansiossa.\n- <img src=x onerror=alert(1)>")
    aino.get_by_role("button", name="Esikatsele").click()
    expect(aino.locator("#preview .s-ours")).to_have_text(OWN)
    expect(aino.locator("#preview li strong")).to_have_text("Kutsupohja")
    aino.get_by_role("button", name="Julkaise").click()
    expect(aino.locator("#notices")).to_contain_text("Julkaistu. Kaikki näkevät sen nyt")
    expect(aino.locator("main .s-ours").first).to_have_text(OWN)
    assert aino.locator("main img").count() == 0


def test_an_update_is_published_offered_by_the_worker_and_answered_at_the_desk(live, worker):
    tapio = live.person("tapio")
    tapio.get_by_role("link", name="Versiot").click()
    tapio.get_by_role("link", name="Viitemalli 1.1").click()
    tapio.get_by_role("link", name="Eteneminen ja hyväksyntä").click()
    tapio.get_by_label("Siirtymäaika päättyy").fill((clock.today() + timedelta(days=90)).isoformat())
    tapio.get_by_role("button", name="Julkaise versio 1.1").click()
    tapio.get_by_role("button", name="Kyllä, jatka").click()
    expect(tapio.locator("#notices")).to_contain_text("Versio 1.1 on julkaistu")

    link = live.link("aino@lumo.example", "1.1")
    aino = live.person("aino")
    aino.get_by_role("link", name="Avaa päivitys").click()
    assert aino.url.endswith(link)
    expect(aino.get_by_role("heading", level=1)).to_contain_text("Yksi kysymys")
    for label in aino.locator("label", has_text="Pidä oma virke").all():
        label.click()
    aino.get_by_role("button", name="Tallenna").click()
    expect(aino.locator("#desk")).to_contain_text("Ota viitemalli 1.1 käyttöön")
    assert aino.url.endswith(link), "the desk was swapped, the page stayed"
    aino.get_by_role("button", name="Ota käyttöön").click()
    expect(aino.get_by_role("heading", level=1)).to_have_text("Kaikki omat sananne ovat tallessa")
    expect(aino.locator("main")).to_contain_text("Yhtään ei puutu.")
