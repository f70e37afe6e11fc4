"""Lumo's mirror of last spring and the one that is half done, a change plan with two actions, some duties."""

from datetime import timedelta

from ...core import clock, events, links
from ...core.access import Actor
from ...improvement.models import Mirror, PlanAction
from ...improvement.queries import mirror as mirrors
from ...improvement.queries import plan as plans
from ...improvement.queries import responsibility as duty_queries
from ...improvement.raci import Holder, own_role
from ...improvement.services import actions, duties, mirror, plan, workshop
from ...improvement.services.duties import Duty
from ...tenants import queries as tenants
from .acting import acting_as

SPRING, LATELY = 150, 6  # days ago
NOTES = {
    "contact-response": ("Puhelut ohjautuvat kolmeen numeroon.", "Nimetty yhteyshenkilö heti."),
    "partnership-agreement": ("Sovitaan opettajakohtaisesti, ei kirjata yhteen paikkaan.", "Yhteiset tavoitteet."),
    "need-of-workplace": ("Tarvetta kysytään vasta paikkaa haettaessa.", ""),
    "planning-invite": ("Palaveri pidetään, mutta opiskelija ei aina ole mukana.", "Opiskelija mukana suunnittelussa."),
}  # fmt: skip
OUTCOMES = ("as_is", "as_is", "partly", "as_is", "no", "as_is", "as_is", "partly", "na", "as_is")
BETTER = ("contact-response",)  # of last spring's gaps
WORDS = {
    "why": {
        "fi": "Työpaikat saavat eri opettajilta eri palvelua. Yhteinen malli tekee siitä tasaista.",
        "sv": "Arbetsplatserna får olika service av olika lärare. En gemensam modell gör den jämn.",
    },
    "goals": {
        "fi": "- Jokainen yhteydenotto saa vastauksen kahdessa päivässä.\n- Opiskelija on mukana suunnittelussa.",
        "sv": "- Varje kontakt får svar inom två dagar.\n- Den studerande är med i planeringen.",
    },
    "measures": {
        "fi": "Työpaikkojen vastaukset kriittisissä kohdissa.",
        "sv": "Arbetsplatsernas svar i de kritiska punkterna.",
    },
    "first": {"fi": "Yhteydenottoon vastaaminen.", "sv": "Att svara på kontakt."},
}


def load() -> None:
    with clock.frozen(clock.now() - timedelta(days=SPRING)), acting_as("aino") as aino:
        spring = mirror.begin_mirror(aino)
        _answer(aino, spring, share=1.0)
        held = workshop.open_workshop(aino, spring, mirrors.round_of(aino, spring).step("planning-invite"))
    with clock.frozen(clock.now() - timedelta(days=SPRING)):
        _vote(held.code, ("partly", "no", "partly", "as_is", "partly"))
        with acting_as("aino") as aino:
            workshop.close_workshop(aino, mirrors.workshop_for(aino, held.id, lock=True))
            mirror.finish_mirror(aino, mirrors.mirror_for(aino, spring.id, lock=True))
    with clock.frozen(clock.now() - timedelta(days=SPRING - 10)), acting_as("aino") as aino:
        today = clock.today()
        plan.write_plan(
            aino, texts=WORDS, starts_on=today, ends_on=today + timedelta(days=365),
            review_on=today + timedelta(days=SPRING + 11),
        )  # fmt: skip
        spring = mirrors.mirrors_of(aino)[0]
        _plan(aino, spring, "contact-response", "kerttu", SPRING - 40)
        _plan(aino, spring, "planning-invite", "eero", SPRING + 20)
    with clock.frozen(clock.now() - timedelta(days=45)), acting_as("kerttu") as kerttu:
        done = _action(kerttu, "contact-response")
        told = "Kaksi työpaikkaa kiitti nopeasta vastauksesta."
        actions.move_action(kerttu, done, state="done", success=told)
    with clock.frozen(clock.now() - timedelta(days=30)), acting_as("eero") as eero:
        actions.move_action(eero, _action(eero, "planning-invite"), state="doing")
    with clock.frozen(clock.now() - timedelta(days=LATELY)), acting_as("aino") as aino:
        _answer(aino, mirror.begin_mirror(aino), share=0.5, better=BETTER)
        _share_out(aino)


def _share_out(aino: Actor) -> None:
    """Who answers for some steps; at one campus it is somebody else, and one step has two who answer."""
    kerttu, oskari, eero = (_member(aino, slug) for slug in ("kerttu", "oskari", "eero"))
    for key in ("contact-response", "partnership-agreement"):
        duties.add_duty(aino, key, kerttu)
    duties.add_duty(aino, "agreement-draft", oskari)
    duties.add_duty(aino, "agreement-draft", kerttu)
    coordinator = own_role({"fi": "Alakohtainen vastuuopettaja", "sv": "Branschansvarig lärare"})
    duties.set_many(aino, ["planning-invite", "goals-and-tasks"], Duty("does", coordinator))
    duties.add_duty(aino, "planning-invite", Duty("informed", Holder("role:wl_coordinator")))
    for unit in duty_queries.open_units(aino)[:1]:
        duties.add_duty(aino, "contact-response", eero, unit_id=unit.id)


def _member(aino: Actor, slug: str) -> Duty:
    """This person answers."""
    member = next(m for m in tenants.members_of(aino) if m.email == f"{slug}@lumo.example")
    return Duty("answers", Holder(f"member:{member.id}"), member_id=member.id)


def _vote(code: str, choices: tuple[str, ...]) -> None:
    """Phones in the room, each with one vote, as guests by the code on the screen."""
    with events.apart(Actor.anonymous()):
        link, guest = links.open_link("mirror", workshop.token_of(code))
    for choice in choices:
        with events.apart(guest):
            held = mirrors.workshop_for(guest, link.subject_id, lock=True)
            phone = workshop.join_workshop(guest, held)
            workshop.cast_vote(guest, held, phone, step_key=held.step_key, choice=choice)


def _answer(aino, made: Mirror, *, share: float, better: tuple[str, ...] = ()) -> None:
    """Answer the first part of the steps, the same way each time except where it got better."""
    steps = mirrors.round_of(aino, made).steps
    for number, step in enumerate(steps[: round(len(steps) * share)]):
        note, news = NOTES.get(step.key, ("", ""))
        outcome = "as_is" if step.key in better else "partly" if note else OUTCOMES[number % len(OUTCOMES)]
        mirror.answer_step(aino, made, step, outcome=outcome, note=note, news=news)


def _plan(aino, made: Mirror, key: str, owner: str, days: int) -> None:
    around = mirrors.round_of(aino, made)
    member = next(m for m in tenants.members_of(aino) if m.email == f"{owner}@lumo.example")
    actions.action_from_gap(
        aino, made, around.step(key), around.answers[key], owner=member, due_on=clock.today() + timedelta(days=days)
    )


def _action(actor, key: str) -> PlanAction:
    return next(action for action in plans.actions_of(actor) if action.step_key == key)
