"""Where the placement stands after all this, and part 7: the one question."""

from tests.journeys.session import KAISA
from tests.journeys.story import Story

WORDS = "Ville tietää jo, mihin vuoroon tulee. Kuka kertoo hänelle työvaatteista?"
REPLY = "Kiitos Kaisa. Minä kerron Villelle työvaatteista tiistaina koululla. Eero"


def placement_shows_now_next_who(story: Story) -> None:
    """Derived from what has happened: planning and agreement are done, what comes is named with its person."""
    for who in ("eero", "oskari"):
        page = story.at(who).open(story.facts["placement"]).says("Nyt", "Seuraavaksi", "Kuka", "Kaisa Kanerva")
        done = page.page.xpath("//*[@id='history']//*[contains(@class, 'tl')]//li")
        assert len(done) >= 5, f"{who} sees {len(done)} steps done"
    story.at("ville").open("/").says("Kahvila Kanerva", "Eero Elo", "Seuraavaksi")
    story.at("kaisa").open("/").says("Ville Virta")


def kaisa_answers_from_the_mail(story: Story) -> None:
    """One question at a critical point, without an account."""
    kaisa = story.somebody().open(story.link(KAISA, "Yksi kysymys")).says("Ville Virta")
    scale = [radio.get("value") for radio in kaisa.page.xpath("//input[@name='score']")]
    kaisa.press("Lähetä vastaus", score=scale[1], words=WORDS).says("Vastauksesi on tallessa", "Eero Elo")
    story.facts["question"] = kaisa.url


def eero_replies_and_kaisa_sees(story: Story) -> None:
    story.work()
    eero = story.at("eero").open(story.link("eero@lumo.example", "Kaisa Kanerva")).says(WORDS)
    eero.press("Lähetä vastaus työpaikalle", reply=REPLY).says("Lähetetty")
    story.work()
    kaisa = story.somebody().open(story.link(KAISA, "Eero Elo")).says(REPLY, WORDS)
    kaisa.press("Kiitos, luin tämän").says("Luettu")
    eero.open(eero.url).says("Työpaikka on lukenut tämän")
