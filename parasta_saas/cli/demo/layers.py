"""What Lumo has beside its words on national steps: two campuses, a step of its own, a checklist, a deviation."""

from datetime import timedelta

from ...core import clock
from ...core.access import Actor
from ...instructions import queries
from ...instructions.models import OwnStep
from ...instructions.own_steps import in_places
from ...instructions.queries import layers as found
from ...instructions.services import layers, own_steps, publish_instruction
from ...reference import queries as reference
from ...tenants import queries as tenants
from ...tenants import services_units as units
from ...tenants.models import OrganisationUnit
from .acting import acting_as

CAMPUSES = (
    ({"fi": "Keskustan kampus", "sv": "Campus centrum"}, ("Eero",)),
    ({"fi": "Sataman kampus", "sv": "Campus hamnen"}, ()),
)
CHECKLIST = (
    {"fi": "Työpaikan yhteyshenkilö on sovittu", "sv": "Arbetsplatsens kontaktperson är utsedd"},
    {"fi": "Ohjaajan varahenkilö on nimetty", "sv": "Handledarens ersättare är utsedd"},
    {"fi": "Lähipäivät on merkitty kalenteriin", "sv": "Närstudiedagarna finns i kalendern"},
)


def load() -> None:
    with clock.frozen(clock.now() - timedelta(days=20)), acting_as("aino") as aino:
        layers.choose_features(aino, features=("units", "deviations"), reviewed=False)
        campuses = [_campus(aino, name, people) for name, people in CAMPUSES]
        _hang(aino)
        _own_step(aino)
        _deviate(aino)
        _say_at(aino, campuses[1])


def _campus(actor: Actor, name: dict[str, str], people: tuple[str, ...]) -> OrganisationUnit:
    unit = units.add_unit(actor, kind="campus", name=name)
    members = [m for m in tenants.members_of(actor) if m.name.startswith(people)] if people else []
    units.choose_people(actor, unit, members)
    return unit


def _hang(actor: Actor) -> None:
    """A checklist and a form on the guidance plan."""
    items = [{"key": f"item-{at}", "text": text} for at, text in enumerate(CHECKLIST)]
    form = {
        "key": "plan", "title": {"fi": "Ohjaussuunnitelman pohja", "sv": "Mall för handledningsplan"},
        "url": "https://lumo.example/ohjaussuunnitelma",
    }  # fmt: skip
    notes = layers.attach_file(
        actor, name="ohjaajan-muistilista.txt", content="Nimi\nPuhelin\nLähipäivät\n".encode(),
        title={"fi": "Ohjaajan muistilista", "sv": "Handledarens minneslista"},
    )  # fmt: skip
    _add(actor, "guidance-plan", {"checklist": items, "forms": [form], "attachments": [notes]})


def _deviate(actor: Actor) -> None:
    """For a time the assessment is registered later than Lumo itself wants; the minimum stands."""
    kerttu = next(member for member in tenants.members_of(actor) if member.name.startswith("Kerttu"))
    last = clock.today() + timedelta(days=120)
    deviation = {
        "reason": "Kumppanuuspostissa vastaa sijainen, kunnes uusi päivystäjä on valittu.",
        "approver": kerttu.name, "approver_id": str(kerttu.id), "expires": last.isoformat(),
    }  # fmt: skip
    _add(actor, "partner-registration", {"deviation": deviation})


def _add(actor: Actor, key: str, extras: dict[str, object]) -> None:
    book = queries.book_of(actor)
    known = book.instructions[key]
    publish_instruction(
        actor, reference.step_of(book.release.id, key), version=known.version, guidance=known.guidance,
        note=known.note, local_role=known.local_role, time_limit_value=known.time_limit_value, extras=extras,
    )  # fmt: skip


def _own_step(actor: Actor) -> OwnStep:
    return own_steps.write_own_step(
        actor, place=f"{own_steps.AFTER}orientation-work",
        content={
            "name": {"fi": "Soita ohjaajalle ensimmäisen viikon perjantaina",
                     "sv": "Ring handledaren första veckans fredag"},
            "note": {"fi": "Kysy, miten viikko meni ja mitä ensi viikolla tehdään. Viisi minuuttia riittää.",
                     "sv": "Fråga hur veckan gick och vad som görs nästa vecka. Fem minuter räcker."},
            "local_role": {"fi": "Vastuuopettaja", "sv": "Ansvarig lärare"},
            "view": "service", "applies_to": ["training_agreement", "apprenticeship"],
        },
    )  # fmt: skip


def _say_at(actor: Actor, unit: OrganisationUnit) -> None:
    """The campus by the harbour has its own way of the first contact."""
    book = queries.book_of(actor)
    here = found.layers_of(actor, book, unit.id)
    steps = in_places(reference.steps_of(book.release.id), here.placed)
    layers.publish_unit_words(
        actor, found.here_of(book, here, steps, "contact-response"), version=0,
        typed={"note": {"fi": "Satamassa yhteydenotot ottaa vastaan logistiikan alan opettaja.",
                        "sv": "På campus hamnen tar läraren i logistik emot kontakterna."}},
    )  # fmt: skip
