"""At Lumo teachers are asked to read the newest version, and Eero is in the middle of his induction."""

from datetime import timedelta

from ...core import clock
from ...core.access import Actor
from ...core.workdays import add_working_days
from ...instructions.learning_course import course_of
from ...instructions.queries import learning as queries
from ...instructions.queries import versions
from ...instructions.queries.manual import manual_of
from ...instructions.services import induction, learning
from .acting import acting_as

QUESTIONS = (
    (
        {"fi": "Opiskelija on tullut työpaikalle, mutta sopimus on vielä allekirjoittamatta. Mitä teet?",
         "sv": "Den studerande är på arbetsplatsen men avtalet är inte undertecknat. Vad gör du?"},
        (
            {"fi": "Jakso voi alkaa, ja sopimus allekirjoitetaan myöhemmin.",
             "sv": "Perioden kan börja och avtalet undertecknas senare."},
            {"fi": "Jakso alkaa vasta, kun sopimus on allekirjoitettu.",
             "sv": "Perioden börjar först när avtalet är undertecknat."},
            {"fi": "Kysyn opiskelijalta, mitä hän haluaa.", "sv": "Jag frågar vad den studerande vill."},
        ),
        1,
        {"fi": "Ilman sopimusta opiskelijan turva ja tehtävät ovat epäselvät.",
         "sv": "Utan avtal är den studerandes skydd och uppgifter oklara."},
    ),
    (
        {"fi": "Kuka ottaa ensin yhteyttä, kun jaksolla on ongelma?",
         "sv": "Vem tar kontakt först när det uppstår problem under perioden?"},
        (
            {"fi": "Se, joka huomaa ongelman.", "sv": "Den som märker problemet."},
            {"fi": "Aina opiskelija.", "sv": "Alltid den studerande."},
        ),
        0,
        {"fi": "Pieni asia pysyy pienenä, kun siitä puhutaan heti.",
         "sv": "En liten sak förblir liten när man talar om den genast."},
    ),
)  # fmt: skip


def load() -> None:
    with clock.frozen(clock.now() - timedelta(days=12)), acting_as("aino") as aino:
        for text, options, right, why in QUESTIONS:
            induction.write_question(aino, role="teacher", text=text, options=options, right=right, why=why)
    with clock.frozen(clock.now() - timedelta(days=9)), acting_as("eero") as eero:
        learning.acknowledge(eero, role="teacher", number=versions.changed_since(eero, 0)["guidance-plan"] - 1)
        _begin_induction(eero)
    with acting_as("aino") as aino:
        due_on = add_working_days(clock.now(), 5).date()
        learning.ask_reading(aino, roles=["teacher"], due_on=due_on)


def _begin_induction(eero: Actor) -> None:
    """The first half of a teacher's steps, at his own campus."""
    unit = queries.own_unit(eero)
    begun = induction.start_induction(eero, role="teacher", unit=unit)
    manual = manual_of(eero, unit=unit)
    course = course_of(manual.entries, "teacher", (), eero.languages)
    for step in course.steps[: course.total // 2]:
        induction.mark_step(eero, begun, step, seen=step.seal, number=manual.number)
