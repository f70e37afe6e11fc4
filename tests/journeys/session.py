"""Part 5: three people plan Ville's placement at one table, each from an own device."""

from datetime import datetime, time, timedelta

from parasta_saas.core import clock
from tests.journeys.door import come_in
from tests.journeys.story import Story

KAISA, VILLE, MIRJA = "kaisa@kahvila-kanerva.example", "ville@lumo.example", "mirja@lumo.example"
GOAL = "Ville palvelee asiakkaita ja käyttää kassaa."
OWN_GOAL = "Ville oppii valmistamaan erikoiskahvit."
TASK = "Tiski, kassa ja leivonta aamuvuorossa."
GUIDANCE = "Kaisa ohjaa. Eero soittaa maanantaisin kello 14."


def eero_calls_a_session(story: Story) -> None:
    """From Ville's placement; each of the others gets a mail."""
    eero = story.at("eero").open("/o/lumo/placements/").follow("Ville Virta").says("Nyt", "Seuraavaksi", "Kuka")
    story.facts["placement"] = eero.url
    day = clock.today() + timedelta(days=8)
    when = datetime.combine(day, time(14, 30)).strftime("%Y-%m-%dT%H:%M")
    eero.follow("Kutsu yhteissuunnitteluun").says("Kaisa Kanerva")
    eero.press("Lähetä kutsut", starts_at=when, place="Kahvila Kanerva, takahuone")
    eero.says("Ville Virta", "14.30", "Kahvila Kanerva, takahuone")
    story.facts["session"] = eero.url
    story.work()
    assert {KAISA, VILLE, MIRJA} <= {letter.to for letter in story.world.letters(limit=4)}


def kaisa_comes_from_the_mail(story: Story) -> None:
    """In a browser that has never been here: she asks for the mail, and the sign-in leads on to the session."""
    kaisa = story.facts["kaisa"] = story.somebody().open(story.link(KAISA, "Ville Virta"))
    come_in(story, kaisa, KAISA)
    kaisa.says("Yhteissuunnittelu: Ville Virta", "Kahvila Kanerva, takahuone", "Eero Elo")


def three_propose(story: Story) -> None:
    """Each from an own device; everybody sees everything."""
    eero = story.at("eero")
    eero.press("Ehdota", kind="goal", words=GOAL)
    eero.press("Ehdota", kind="task", words=TASK)
    kaisa = story.facts["kaisa"]
    kaisa.open(kaisa.url).says(GOAL, TASK).press("Ehdota", kind="goal", words=OWN_GOAL)
    story.at("ville").open("/").says("Ville").open(story.link(VILLE, "Yhteissuunnittelu"))
    story.at("ville").says(GOAL, OWN_GOAL, TASK)


def three_agree(story: Story) -> None:
    """Each on an own device. Ville leaves one goal without an answer at first and gives it later."""
    kaisa, ville, eero = story.facts["kaisa"], story.at("ville"), story.at("eero").open(story.facts["session"])
    for words in (GOAL, TASK):
        kaisa.press("Sopii", within=words)
    for words in (GOAL, OWN_GOAL, TASK):
        ville.press("Sopii", within=words)
    eero.press("Sopii", within=OWN_GOAL)
    for reader in (kaisa, eero):
        reader.press("Kaisa Kanerva: paikalla" if reader is kaisa else "Eero Elo: paikalla")


def decisions_are_recorded(story: Story) -> None:
    """On the agenda, which is the process's own; then Eero closes, and everybody gets what was agreed."""
    eero = story.at("eero").open(story.facts["session"])
    eero.press("Tallenna päätös", within="Ohjauksesta ja tuesta sopiminen", decision=GUIDANCE).says(GUIDANCE)
    eero.press("Päätä tapaaminen").says("Tästä sovittiin", GOAL, OWN_GOAL, TASK)
    story.work()
    for who in (KAISA, VILLE):
        told = " ".join(story.letter(who, "sovittiin").text.split())
        assert all(words in told for words in (GOAL, OWN_GOAL, TASK, GUIDANCE)), told
