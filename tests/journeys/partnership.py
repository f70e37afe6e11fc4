"""Part 4: a new workplace and its owner, and a second one that comes by itself."""

import re

from tests.journeys.story import Story

OWNER = "pirkko@puupihlaja.example"
CALLER = "kalle@kelloverstas.example"
NEED = "Saisimmeko kelloseppäopiskelijan ensi kevääksi?"
ANSWER = "Hei Kalle, olen Kerttu Kivi. Soitan sinulle huomenna kello kymmenen, ja sovitaan käynti."


def kerttu_opens_a_partnership(story: Story) -> None:
    """A workplace that nobody knew; a wrong check digit is mended first."""
    kerttu = story.at("kerttu").open("/o/lumo/partnerships").follow("Lisää työpaikka")
    filled = {
        "name": "Puuseppä Pihlaja", "town": "Tuulijärvi", "field": "Puuala", "contact_name": "Pirkko Pihlaja",
        "contact_email": OWNER, "contact_phone": "040 555 0171", "invite": True,
    }  # fmt: skip
    refused = kerttu.refused("Avaa kumppanuus", business_id="9900010-7", **filled)
    assert "Y-tunnus" in refused and "Puuseppä Pihlaja" in kerttu.field("name")
    kerttu.press("Avaa kumppanuus", business_id="9900010-6")
    kerttu.says("Puuseppä Pihlaja", "9900010-6", "Pirkko Pihlaja", "Kutsuttu")
    story.facts["partnership"] = kerttu.url


def owner_comes_in(story: Story) -> None:
    """By the mail's link, without a password; the provider sees that she is in."""
    story.work()
    pirkko = story.somebody().open(story.link(OWNER, "Kerttu Kivi")).says("Pirkko Pihlaja", "Puuseppä Pihlaja")
    pirkko.press("Hyväksyn kutsun", name="Pirkko Pihlaja").says("Pirkko", "Ei vielä opiskelijoita")
    assert "/today" in pirkko.url
    story.work()
    story.at("kerttu").open(story.facts["partnership"]).says("Tuli mukaan")


def second_workplace_makes_contact(story: Story) -> None:
    """Five fields without an account; a person is named and the clock of the first answer runs."""
    kalle = story.somebody().open("/contact/lumo").says("Vastaamme 1 arkipäivässä")
    filled = {"workplace_name": "Kelloverstas", "person_name": "Kalle Kello", "email": CALLER, "phone": "040 555 0177"}
    kalle.press("Lähetä", **filled, words=NEED)
    kalle.says("Kiitos, saimme viestisi", "Kerttu Kivi", "viimeistään")
    story.work()
    assert NEED in story.letter(CALLER).text
    assert "vastaa viimeistään" in story.letter("kerttu@lumo.example", "Kelloverstas").subject


def kerttu_answers_and_opens(story: Story) -> None:
    """The answer goes by mail; what the workplace told is in the partnership's form already."""
    kerttu = story.at("kerttu").open(story.link("kerttu@lumo.example", "Kelloverstas")).says(NEED, "Kalle Kello")
    kerttu.press("Lähetä vastaus", answer=ANSWER).says("Vastaus on matkalla", "Vastattu ajoissa")
    story.work()
    assert ANSWER in story.letter(CALLER, "Kerttu Kivi vastaa").text
    kerttu.follow("Avaa kumppanuus")
    typed = {name: kerttu.field(name) for name in ("name", "contact_name", "contact_email", "contact_phone")}
    assert typed == {
        "name": "Kelloverstas", "contact_name": "Kalle Kello", "contact_email": CALLER, "contact_phone": "040 555 0177",
    }  # fmt: skip
    kerttu.press("Avaa kumppanuus", business_id="9900011-4").says("Kelloverstas", "Kalle Kello")
    assert re.search(r"/o/lumo/partnerships/[0-9a-f-]{36}", kerttu.url)
    assert NEED in kerttu.text or "Yhteydenotto" in kerttu.text, "the partnership remembers how it began"
