"""Where scripts are off the same forms do the same work."""

import pytest
from playwright.sync_api import expect

from tests.browser.live import PHONE
from tests.planning.table import called

pytestmark = pytest.mark.browser


def test_own_words_are_published_without_scripts(live):
    aino = live.person("aino", scripts=False)
    aino.goto("/o/lumo/map/planning-invite/edit")
    aino.get_by_label("Oma teksti suomeksi").fill("Kutsupohja on kansiossa.")
    aino.get_by_role("button", name="Esikatsele").click()
    expect(aino.locator("#preview")).to_contain_text("Kutsupohja on kansiossa.")
    aino.get_by_role("button", name="Julkaise").click()
    expect(aino.locator("#notices")).to_contain_text("Julkaistu. Kaikki näkevät sen nyt")


def test_a_workplace_writes_and_a_goal_is_agreed_without_scripts(live):
    stranger = live.window(PHONE, scripts=False)
    stranger.goto("/contact/lumo")
    stranger.get_by_role("button", name="Lähetä").click()
    expect(stranger.locator("[aria-invalid=true]")).to_have_count(4)
    for label, words in (("Työpaikka", "Kelloverstas"), ("Nimesi", "Kalle Kello"), ("Sähköposti", "k@kello.example")):
        stranger.get_by_label(label).fill(words)
    stranger.get_by_label("Mitä tarvitset?").fill("Opiskelijan kevääksi.")
    stranger.get_by_role("button", name="Lähetä").click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Kiitos, saimme viestisi")

    kaisa = live.person("kaisa", PHONE, scripts=False)
    kaisa.goto(called().kanerva)
    kaisa.locator("#proposal label", has_text="Tavoite").click()
    kaisa.get_by_label("Tavallisin sanoin").fill("Palvelee asiakkaita.")
    kaisa.get_by_role("button", name="Ehdota").click()
    expect(kaisa.locator("#goals")).to_contain_text("Palvelee asiakkaita.")
