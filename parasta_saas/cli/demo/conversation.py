"""What has been said about Lumo's handbook, and a text that Kaari shares with others."""

from datetime import timedelta

from ...core import clock
from ...instructions import queries as handbooks
from ...instructions.queries import conversation as queries
from ...instructions.services import conversation as services
from ...instructions.services import sharing
from ...instructions.services.instruction import publish_instruction
from ...reference import queries as reference
from ...reference.models import Step
from ...tenants import queries as tenants
from .acting import acting_as

SHARED = {
    "fi": "Perehdytyksen ensimmäisenä päivänä kuljemme työpaikan läpi yhdessä: ovet, hätäpoistumistiet ja se ihminen,"
    " jolta kysytään.\n\n- Opiskelija kertoo päivän lopuksi omin sanoin, mitä teki.\n- Ohjaaja näyttää ensin, tekee"
    " sitten yhdessä.",
    "sv": "Den första dagen i introduktionen går vi genom arbetsplatsen tillsammans: dörrarna, nödutgångarna och den"
    " person som man frågar.\n\n- Den studerande berättar i slutet av dagen med egna ord vad hen gjorde.\n"
    "- Handledaren visar först och gör sedan tillsammans.",
}


def load() -> None:
    with clock.frozen(clock.now() - timedelta(days=9)), acting_as("eero") as eero:
        services.say(eero, step_key="contact-response", words="Päivystäjän numero puuttuu maanantain listasta.")
    with clock.frozen(clock.now() - timedelta(days=8)), acting_as("aino") as aino:
        asked = queries.comments_at(aino, "contact-response")[0]
        services.answer(aino, asked, outcome="noted", answer="Kiitos! Numero on nyt listalla ja oven vieressä.")
    with clock.frozen(clock.now() - timedelta(days=2)), acting_as("eero") as eero:
        step = _step(eero, "planning-invite")
        was = step.guidance["fi"]
        services.say(
            eero, step_key=step.key, words="Näin opiskelija ehtii valmistautua.",
            proposed={"field": "guidance", "language": "fi", "was": was,
                      "text": f"{was} Kysy opiskelijalta ensin, mikä aika sopii."},
        )  # fmt: skip
    with clock.frozen(clock.now() - timedelta(days=6)), acting_as("aino") as aino:
        _lend(aino, _step(aino, "guidance-plan"))
    with clock.frozen(clock.now() - timedelta(days=5)), acting_as("siiri") as siiri:
        _share(siiri, next(step for step in _steps(siiri) if step.phase_key == "orientation"))


def _share(siiri, step: Step) -> None:
    """Siiri writes her own text and lets others use it."""
    instruction = handbooks.instruction_on(siiri, step.key)
    publish_instruction(
        siiri, step, version=instruction.version if instruction else 0, guidance={}, local_role={},
        note={code: SHARED[code] for code in siiri.languages if code in SHARED},
    )  # fmt: skip
    _lend(siiri, step)


def _lend(actor, step: Step) -> None:
    """Others may use what stands on a step."""
    written = handbooks.instruction_on(actor, step.key)
    sharing.share_words(actor, step, written, tenants.organisation_with(actor.organisation_id))


def _steps(actor) -> list[Step]:
    return reference.steps_of(handbooks.book_of(actor).release.id)


def _step(actor, key: str) -> Step:
    return next(step for step in _steps(actor) if step.key == key)
