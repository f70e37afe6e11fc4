"""A mirror workshop: a leader at a desk, one big screen, three phones; a gap becomes an action, and it gets done."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.live import PHONE, fits
from tests.improvement.rooms import DUTIES, MIRRORS, PLAN, lumo_mirror

pytestmark = pytest.mark.browser
SCREEN = (1600, 900)


def vote(phone: Page, words: str) -> None:
    phone.get_by_role("button", name=words).click()
    expect(phone.get_by_role("button", name=words)).to_have_attribute("aria-pressed", "true")


def join(live, code: str, name: str = "", *, scripts: bool = True) -> Page:
    phone = live.window(PHONE, scripts=scripts)
    phone.goto("/mirror")
    phone.get_by_label("Koodi").fill(code)
    phone.get_by_label("Etunimi").fill(name)
    phone.get_by_role("button", name="Liity").click()
    expect(phone.get_by_role("heading", name="Miten meillä on nyt?")).to_be_visible()
    return phone


def open_workshop(leader: Page) -> str:
    leader.goto(f"{MIRRORS}/{lumo_mirror().id}")
    leader.get_by_role("button", name="Avaa työpaja").click()
    return leader.locator(".code-big").inner_text()


def test_three_phones_and_one_screen_find_a_gap_that_becomes_an_action(live):
    aino, screen = live.person("aino"), live.person("aino", SCREEN)
    code = open_workshop(aino)
    screen.goto(f"{aino.url}/screen")
    expect(screen.locator(".screen-code")).to_have_text(code)
    phones = [join(live, code.lower(), name) for name in ("Kaisa", "Ville", "")]
    expect(screen.locator("#screen")).to_contain_text("3 puhelinta on liittynyt")
    expect(screen.locator("#screen")).to_contain_text("Kaisa, Ville")
    assert all(fits(page) for page in (screen, *phones))

    step = aino.locator("h1").inner_text().split(" ", 1)[1]
    for phone, words in zip(phones, ("Ei vielä", "Näin toimitaan jo", "Osittain"), strict=True):
        expect(phone.locator("h1")).to_have_text(step)
        vote(phone, words)
    vote(phones[1], "Ei vielä")  # changed while the step is open
    expect(screen.locator("#screen")).to_contain_text("3 / 3")
    expect(aino.locator("#votes")).to_contain_text("3 / 3")
    expect(screen.locator(".vote-bars")).to_have_count(0)

    aino.get_by_label("Muistiinpanot").fill("Kukaan ei tiedä, kuka perehdyttää.")
    aino.get_by_role("button", name="Näytä äänet").click()
    expect(screen.locator(".vote-bars > div", has_text="Ei vielä")).to_contain_text("2")
    for phone in phones:
        expect(phone.locator("#phone")).to_contain_text("Äänet näkyvät isolla näytöllä.")

    expect(aino.get_by_role("radio", name="Ei vielä")).to_be_checked()
    aino.get_by_label("Muistiinpanot").fill("Kukaan ei tiedä, kuka perehdyttää.")
    aino.get_by_role("button", name="Tallenna ja siirry").click()
    expect(aino.locator("h1")).not_to_contain_text(step)
    after = aino.locator("h1").inner_text().split(" ", 1)[1]
    expect(screen.locator("h1")).to_have_text(after)
    for phone in phones:
        expect(phone.locator("h1")).to_have_text(after)
    late = join(live, code)
    expect(late.locator("h1")).to_have_text(after)

    aino.get_by_role("button", name="Sulje työpaja").click()
    for page in (screen, *phones, late):
        expect(page.get_by_role("heading", name="Kiitos!")).to_be_visible()
    becomes_an_action(live, aino, step)


def becomes_an_action(live, aino: Page, step: str) -> None:
    aino.get_by_role("link", name="Puutelista").click()
    gap = aino.locator(".gap", has_text=step)
    expect(gap).to_contain_text("Kukaan ei tiedä, kuka perehdyttää.")
    expect(gap).to_contain_text("ei vielä 2")
    gap.get_by_text("Kuka ja milloin").click()
    gap.get_by_label("Kuka hoitaa").select_option("Eero Elo")
    gap.get_by_role("button", name="Tee toimenpide").click()
    expect(aino.locator(".gap", has_text=step)).to_contain_text("Eero Elo")

    eero = live.person("eero", PHONE)
    eero.goto(PLAN)
    assert fits(eero)
    eero.locator(".act-row", has_text=step).get_by_role("link").click()
    eero.get_by_label("Mikä meni hyvin?").fill("Jokaisella on nyt nimetty perehdyttäjä.")
    eero.get_by_role("button", name="Merkitse valmiiksi").click()
    expect(eero.locator("#successes")).to_contain_text("Jokaisella on nyt nimetty perehdyttäjä.")
    expect(eero.locator(".act-row", has_text=step)).to_contain_text("Valmis")
    aino.goto(PLAN)
    expect(aino.locator("#successes li").first).to_contain_text("Jokaisella on nyt nimetty perehdyttäjä.")


def test_a_phone_without_scripts_votes_and_follows_by_a_link(live):
    aino = live.person("aino")
    code = open_workshop(aino)
    phone = join(live, code, scripts=False)
    first = phone.locator("h1").inner_text()
    phone.get_by_role("button", name="Osittain").click()
    expect(phone.locator("#phone")).to_contain_text("Sinä vastasit: Osittain")
    aino.get_by_role("radio", name="Osittain").check()
    aino.get_by_role("button", name="Tallenna ja siirry").click()
    expect(aino.locator("#votes")).to_contain_text("0 / 1")
    phone.get_by_role("link", name="Päivitä").click()
    expect(phone.locator("h1")).not_to_have_text(first)


def test_who_answers_is_set_and_undone_in_its_row(live):
    aino = live.person("aino")
    aino.goto(f"{DUTIES}?phase=demonstration")
    row = aino.locator("#duty-assessment")
    row.get_by_role("link", name="Muuta").click()
    row.get_by_label("Mitä").select_option("decides")
    row.get_by_label("Kuka", exact=True).select_option(label="Opettaja")
    row.get_by_role("button", name="Aseta").click()
    expect(row).to_contain_text("Päättää: Opettaja")
    row.get_by_role("button", name="Kumoa").click()
    expect(row).not_to_contain_text("Päättää: Opettaja")
    row.get_by_role("link", name="Valmis").click()
    expect(row.get_by_role("link", name="Muuta")).to_be_visible()
    expect(aino).to_have_url(re.compile("phase=demonstration"))


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("size", [PHONE, (1280, 900)])
def test_every_page_of_the_change_work_fits(live, language, size):
    aino = live.person("aino", size)
    mirror = lumo_mirror()
    aino.request.post("/language", form={"language": language, "next": "/"}, headers={"Origin": live.address})
    for page in (f"{MIRRORS}/", f"{MIRRORS}/{mirror.id}", f"{MIRRORS}/{mirror.id}/gaps",
                 f"{MIRRORS}/{mirror.id}/steps/termination", PLAN, f"{PLAN}/edit", DUTIES,
                 f"{DUTIES}?phase=all"):  # fmt: skip
        aino.goto(page)
        assert fits(aino), page
        expect(aino.locator("html")).to_have_attribute("lang", re.compile(language))
