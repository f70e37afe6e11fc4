"""A new step on its whole way: drawn, commented on, decided, reviewed, approved by another person, published."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from parasta_saas.core import clock
from tests.browser import axe
from tests.browser.live import PHONE, reload_until
from tests.browser.test_modelling import draft, drawn_box

pytestmark = pytest.mark.browser
NAME = "Kättely ja kahvit"
WORDS = {
    "minimum": (
        "Uusi työpaikka ja opettaja tapaavat kerran ennen sopimista.",
        "En ny arbetsplats och läraren träffas.",
    ),
    "guidance": (
        "Sovi tapaaminen heti. Tapaa työpaikalla. Kysy ensin, kerro vasta sitten.",
        "Boka ett möte genast. Träffas på arbetsplatsen. Fråga först, berätta sedan.",
    ),
    "value": ("Tuttu kasvo helpottaa yhteydenottoa.", "Ett bekant ansikte gör det lättare att ta kontakt."),
    "inputs": ("yhteydenotto", "kontakt"),
    "outputs": ("sovittu tapaaminen", "bokat möte"),
}


def fill(page, **values):
    for name, words in values.items():
        page.locator(f"[name={name}]").fill(words)


def confirmed(page, button):
    page.get_by_role("button", name=button).click()
    page.get_by_role("button", name="Kyllä, jatka").click()


def written(nelli, home):
    """The drawn step gets its texts, the draft its words for readers."""
    nelli.goto(f"{home}/steps")
    nelli.get_by_role("link", name=NAME).first.click()
    nelli.goto(nelli.url)
    key = nelli.url.split("step=")[-1].rsplit("/", 1)[-1]
    nelli.goto(f"{home}/steps/{key}")
    for field, (fi, sv) in WORDS.items():
        if not nelli.locator(f"[name={field}_fi]").is_visible():
            nelli.locator(f"details:has([name={field}_fi]) > summary").first.click()
        fill(nelli, **{f"{field}_fi": fi, f"{field}_sv": sv})
    nelli.get_by_role("button", name="Tallenna askel").click()
    expect(nelli.locator("#notices")).to_contain_text("Askel on tallennettu")
    nelli.goto(f"{home}/words")
    for who in ("summary", "provider", "learner", "partner"):
        fill(nelli, **{f"{who}_fi": "Uusi työpaikka tavataan ensin.", f"{who}_sv": "En ny arbetsplats möts först."})
    nelli.get_by_role("button", name="Tallenna tekstit").click()
    expect(nelli.locator("#notices")).to_contain_text("on tallennettu")
    return key


def opened(nelli, home):
    """An open round from today on; its id."""
    nelli.goto(f"{home}/way")
    nelli.get_by_role("button", name="Aloita mallinnus").click()
    expect(nelli.locator("#notices")).to_contain_text("Mallinnus")
    nelli.get_by_role("link", name="Avaa kommenttikierros").click()
    fill(nelli, opens_on=clock.today().isoformat(), closes_on=(clock.today() + timedelta(days=30)).isoformat())
    fill(nelli, question_1_fi="Riittääkö yksi tapaaminen?", question_1_sv="Räcker ett möte?")
    nelli.get_by_label("Kysy kaikilta järjestäjiltä").check()
    confirmed(nelli, "Avaa kierros")
    expect(nelli.locator("#notices")).to_contain_text("Kommenttikierros on avattu")
    return nelli.url.split("?")[0].rsplit("/", 1)[1]


def said(page, at, words, *, public=False):
    page.goto(at)
    fill(page, text=words)
    if public:
        fill(page, author_name="Veera Viherlehto")
    page.get_by_role("button", name="Lähetä kommentti").click()
    expect(page.locator("#notices")).not_to_be_empty()


def decided(nelli, desk):
    """The public's comment is let through; every thread gets its answer; the round is finished."""
    nelli.goto(desk)
    for _ in range(8):
        show = nelli.get_by_role("button", name="Näytä kaikille")
        if show.count():
            show.first.click()
            expect(show).to_have_count(0)
        outcome = nelli.locator("select[name=outcome]:visible").first
        if outcome.count():
            outcome.select_option("accepted")
            nelli.locator("textarea[name^=reason_]:visible").first.fill("Kiitos, näin tehdään.")
            nelli.locator("form:has(select[name=outcome]:visible) button:has-text('Tallenna päätös')").first.click()
            expect(nelli.locator("#notices")).to_contain_text("tallennettu")
            continue
        waiting = nelli.locator(".queue section").first.get_by_role("link")
        if not waiting.count():
            break
        waiting.first.click()
    nelli.goto(desk)
    nelli.locator("summary:has-text('Päätä kierros')").click()
    nelli.get_by_label("Sulje kierros nyt, ennen viimeistä päivää").check()
    confirmed(nelli, "Päätä kierros ja näytä päätökset")
    expect(nelli.locator("#notices")).to_contain_text("Kierros on päätetty")


def test_a_new_step_goes_from_a_drawing_to_a_release_in_force(live, worker):
    nelli = live.person("nelli")
    home = draft(nelli)
    nelli.goto(f"{home}/diagrams/co-planning/drawing")
    drawn_box(nelli, NAME)
    nelli.get_by_role("button", name="Tallenna piirros").click()
    nelli.get_by_label("Nimi, svenska").fill("Handslag och kaffe")
    nelli.get_by_role("button", name="Siirrä valitut askeliin").click()
    expect(nelli.locator("#notices")).to_contain_text("1 asia siirrettiin askeliin")
    key = written(nelli, home)
    round_id = opened(nelli, home)

    assert "kommentti" in live.letter("aino@lumo.example", "1.2").subject.lower()
    for who, place, words in (("aino", "lumo", "Hyvä lisäys."), ("siiri", "kaari", "Riittääkö videopuhelu?")):
        said(live.person(who, PHONE), f"/o/{place}/rounds/{round_id}/say?step={key}", words)
    said(live.window(PHONE), f"/reference/rounds/{round_id}/say", "Kiitos, kun saa sanoa.", public=True)
    decided(nelli, f"/o/viitemalli/studio/rounds/{round_id}")
    summary = live.window()
    summary.goto(f"/reference/rounds/{round_id}/summary")
    expect(summary.locator("main")).to_contain_text("Riittääkö videopuhelu?")

    nelli.goto(f"{home}/way")
    nelli.get_by_role("button", name="Lähetä katselmointiin").click()
    expect(nelli.locator("#notices")).to_contain_text("Katselmointi")
    tapio = live.person("tapio")
    tapio.goto(f"{home}/way")
    fill(tapio, participants="Tapio Tervas ja Nelli Norppa")
    tapio.get_by_role("button", name="Kirjaa katselmointi").click()
    expect(tapio.locator("#notices")).to_contain_text("Katselmointi on kirjattu")
    tapio.get_by_role("button", name="Laske vaikutukset").click()
    tapio.goto(f"{home}/way")
    reload_until(tapio, "Laskettu tästä tekstistä")
    tapio.get_by_role("button", name="Hyväksy").click()
    expect(tapio.locator("#notices")).to_contain_text("Hyväksytty")
    confirmed(tapio, "Julkaise versio 1.2")
    expect(tapio.locator("#notices")).to_contain_text("Versio 1.2 on julkaistu")
    nobody = live.window(PHONE)
    nobody.goto(f"/reference/releases/1.2/steps/{key}")
    expect(nobody.get_by_role("heading", level=1)).to_contain_text(NAME)
    live.letter("siiri@kaari.example", "1.2")


PAGES = (
    "/reference/diagrams", "/reference/diagrams/actors", "/reference/diagrams/agreement", "/reference",
    "/reference/releases", "/reference/releases/1.0", "/reference/guides", "/reference/glossary", "/reference/rounds",
)  # fmt: skip
INSIDE = (
    "",
    "/way",
    "/words",
    "/steps",
    "/parts",
    "/diagrams",
    "/diagrams/co-planning",
    "/diagrams/co-planning?with=1.1",
    "/diagrams/co-planning/drawing",
    "/compare",
    "/compare?with=1.1",
    "/desk",
    "/impact",
)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_axe_finds_nothing_on_the_pages_of_the_reference_process(live, language):
    nelli = live.person("nelli")
    nelli.context.request.post("/language", form={"language": language, "next": "/"}, headers={"Origin": live.address})
    nelli.goto("/o/viitemalli/studio")
    home = nelli.locator("main a[href*='/studio/']").first.get_attribute("href")
    inside = [f"{home}{page}" for page in INSIDE] + ["/o/viitemalli/studio/rounds", "/o/viitemalli/adoption"]
    assert {page: found for page in (*PAGES, *inside) if (found := axe.violations(nelli, page))} == {}


def test_a_diagram_is_read_with_the_keyboard_alone(live):
    page = live.window()
    page.goto("/reference/diagrams/co-planning")
    frame = page.locator("[data-panzoom]")
    frame.focus()
    before = frame.locator("svg").get_attribute("width")
    page.keyboard.press("+")
    assert float(frame.locator("svg").get_attribute("width")) > float(before)
    page.keyboard.press("Tab")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "Yhteissuunnitteluun kutsuminen" in name and "kriittinen piste" in name
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Yhteissuunnitteluun kutsuminen")
