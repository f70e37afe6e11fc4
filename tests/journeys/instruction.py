"""Parts 1–3: the map, a local instruction, the national update."""

from datetime import timedelta

from parasta_saas.core import clock
from tests.journeys.story import Story

MARK = "Esimerkkisisältö, ei ministeriön julkaisu"
DUTY = "Päivystäjän numero on jokaisen työpaikan sopimuksessa."


def map_is_home(story: Story) -> None:
    """Aino's front page is the process map; a step opens to its minimum, guidance and own words."""
    aino = story.at("aino").open("/").says("Palveluprosessi", "Toimintaprosessi", MARK)
    assert aino.url == "/o/lumo/map"
    steps = {a.get("href") for a in aino.page.xpath("//a[contains(@href, '/o/lumo/map/')]")}
    assert len(steps) > 30, f"only {len(steps)} steps on the map"
    step = aino.follow("Yhteydenottoon vastaaminen")
    step.says("Kansallinen vähimmäistaso", "Ohje", "Näin meillä", "2 arkipäivää", MARK)


def aino_writes_her_own(story: Story) -> None:
    """Own words on the first answer, and on a step that ran as national, each published in one press."""
    aino = story.at("aino").follow("Muokkaa Näin meillä -ohjetta")
    note = f"{aino.field('note_fi')}\n\n{DUTY} <script>alert(1)</script>"
    aino.press("Julkaise", note_fi=note, time_limit_value="1", local_role_fi="Kumppanuuspäivystäjä")
    aino.says("Julkaistu. Kaikki näkevät sen nyt", DUTY, "1 arkipäivä", "Kumppanuuspäivystäjä")
    assert not aino.page.xpath("//section[@id='ours' or @aria-labelledby='ours']//script")

    aino.open("/o/lumo/map/planning-invite/edit").says("Kansallinen vähimmäistaso")
    own = "Kutsun lähettää aina vastuuopettaja."
    aino.press(
        "Julkaise", guidance_fi=f"{aino.field('guidance_fi')} {own}",
        guidance_sv=f"{aino.field('guidance_sv')} Inbjudan skickas alltid av den ansvariga läraren.",
        note_fi="Kutsupohja on **yhteisessä** kansiossa.", local_role_fi="Vastuuopettaja",
    )  # fmt: skip
    aino.says(own, "Kutsupohja on yhteisessä kansiossa.")
    story.facts["own"] = own


def nation_publishes(story: Story) -> None:
    """Nelli has finished the draft; Tapio, a second pair of eyes, has approved it and publishes it."""
    nelli = story.at("nelli").open("/").follow("Versiot").follow("Viitemalli 1.1").says("1.1")
    nelli.follow("Tekstit lukijoille").press("Tallenna tekstit", partner_en="You see the goals five days before.")
    tapio = story.at("tapio").open("/").follow("Versiot").follow("Viitemalli 1.1").follow("Eteneminen ja hyväksyntä")
    until = clock.today() + timedelta(days=90)
    tapio.press("Julkaise versio 1.1", transition_until=until.isoformat())
    tapio.says("Julkaistu", "Nelli Norppa", "Tapio Tervas")


def aino_takes_the_update(story: Story) -> None:
    """The worker has offered it; one question is answered; every own word is there at the end."""
    story.work()
    aino = story.at("aino").open(story.link("aino@lumo.example", "1.1"))
    aino.says("Yksi kysymys", "Kaikki omat sananne ovat tallessa, valitsitpa mitä tahansa")
    aino.press("Tallenna", choice_0="keep", choice_1="keep")
    aino.press("Ota käyttöön").says("Kaikki omat sananne ovat tallessa", "Yhtään ei puutu.", story.facts["own"])
    aino.open("/o/lumo/map/planning-invite").says(
        story.facts["own"], "Lähetä kutsu kaikille samalla kertaa, jotta jokainen näkee, keitä on tulossa."
    )
    aino.open("/o/lumo/map/goals-and-tasks").says("Ohjaaja saa tavoitteet selkokielisenä listana sähköpostiin")
    aino.open("/o/lumo/map").says("Viitemalli 1.1")
    siiri = story.at("siiri").open("/o/kaari/map").says("Viitemalli 1.1")
    assert DUTY not in siiri.open("/o/kaari/map/contact-response").text
