"""Nelli's draft 2.0 in an open comment round with six days left: what was said, two answers, one comment to look at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from ...core import clock
from ...core.access import Actor
from ...reference import changes, queries, services
from ...reference.models import Round
from ...reference.queries import rounds as found
from ...reference.services import comments
from ...reference.services import rounds as round_services
from ...reference.services.comments import Speaker, Spot
from .acting import acting_as, system_at

OPEN_FOR, LEFT = 24, 6  # days
CONTACT, GOALS, REVIEW = "teacher-contact", "goals-and-tasks", "mid-review"
MINIMUM = {
    "fi": "Opettaja ottaa yhteyttä sovitusti vähintään kerran jokaisen jakson aikana."
    " Pitkällä jaksolla yhteydenottoja on vähintään yksi kuukaudessa.",
    "sv": "Läraren tar kontakt enligt överenskommelse minst en gång under varje period."
    " Under en lång period tas kontakt minst en gång i månaden.",
    "en": "The teacher makes at least one agreed contact in every period."
    " In a long period there is at least one contact every month.",
}
GUIDANCE = {
    GOALS: {"replace_sentence": {
        "index": 1,
        "fi": "Ohjaaja saa tavoitteet nähtäväkseen viimeistään kolme arkipäivää ennen jakson alkua.",
        "sv": "Handledaren får se målen senast tre arbetsdagar innan perioden börjar.",
        "en": "The instructor gets to see the goals three working days before the period starts at the latest.",
    }},
    REVIEW: {"replace_sentence": {
        "index": 1,
        "fi": "Aloittakaa opiskelijan omasta arviosta ja jatkakaa ohjaajan havainnoilla.",
        "sv": "Börja med den studerandes egen bedömning och fortsätt med handledarens iakttagelser.",
        "en": "Start with the student's own view and go on with what the instructor has seen.",
    }},
}  # fmt: skip
SUMMARY = {
    "fi": "Yhteydenpito tihenee pitkillä jaksoilla, ja tavoitteet tulevat ohjaajalle ajoissa.",
    "sv": "Kontakten blir tätare under långa perioder, och handledaren får målen i god tid.",
    "en": "Contact becomes more frequent in long periods, and instructors get the goals in good time.",
}
NOTES = {
    "provider": {
        "fi": "Opettaja on pitkällä jaksolla yhteydessä joka kuukausi. Varatkaa siihen työaikaa.",
        "sv": "Läraren tar kontakt varje månad under långa perioder. Reservera arbetstid för det.",
    },
    "learner": {
        "fi": "Opettaja kysyy kuulumisiasi useammin.",
        "sv": "Läraren frågar oftare hur det går för dig.",
    },
    "partner": {
        "fi": "Näet tavoitteet hyvissä ajoin ja tiedät, milloin opettaja soittaa.",
        "sv": "Du ser målen i god tid och vet när läraren ringer.",
    },
}
TITLE = {"fi": "Viitemalli 2.0: yhteys ja tavoitteet ajoissa", "sv": "Referensmodell 2.0: kontakt och mål i god tid"}
BACKGROUND = {
    "fi": "Työpaikoilta kuuluu kaksi toivetta: opettaja saisi soittaa useammin, ja tavoitteet pitäisi nähdä ennen kuin"
    " opiskelija on ovella. Luonnos vastaa molempiin. Kerro, toimiiko se teillä.",
    "sv": "Från arbetsplatserna hörs två önskemål: läraren får gärna ringa oftare, och målen borde synas innan den"
    " studerande står i dörren. Utkastet svarar på båda. Berätta om det fungerar hos er.",
}
QUESTIONS = (
    {"fi": "Riittääkö yksi yhteydenotto kuukaudessa pitkällä jaksolla?",
     "sv": "Räcker en kontakt i månaden under en lång period?"},
    {"fi": "Mikä auttaisi ohjaajaa eniten ennen jakson alkua?",
     "sv": "Vad skulle hjälpa handledaren mest före periodens början?"},
)  # fmt: skip


def load() -> None:
    with on_day(0), acting_as("nelli") as nelli:
        release = services.draft_release(nelli, number="2.0", summary=SUMMARY, state="modelling")
        services.change_step(nelli, queries.step_for(nelli, release.id, CONTACT), minimum=MINIMUM)
        for key, change in GUIDANCE.items():
            step = queries.step_for(nelli, release.id, key)
            services.change_step(nelli, step, guidance=changes.edited(step.guidance, change))
        services.describe_release(nelli, release, notes=NOTES)
        asked = [*found.provider_ids(), *(o.id for o in found.organisations_at(("paja", "kaislaranta")))]
        begins = clock.today()
        round_id = round_services.open_round(
            nelli, queries.draft_for(nelli, release.id), kind="open", opens_on=begins,
            closes_on=begins + timedelta(days=OPEN_FOR + LEFT), title=TITLE, background=BACKGROUND,
            questions=QUESTIONS, invited=asked,
        ).id  # fmt: skip
    hear(round_id)


def hear(round_id: UUID) -> None:
    """What everyone says, day by day, and what Nelli answers."""
    goals_fi = Spot(step=GOALS, field="guidance", text_language="fi", sentence=1)
    contact = Spot(step=CONTACT, field="minimum", text_language="fi", sentence=1)
    with saying("aino", round_id, 3) as (aino, round_):
        first = comments.say_comment(
            aino, round_, spot=goals_fi, quote="kolme arkipäivää", suggestion="viisi arkipäivää",
            text="Ohjaajamme ehtivät valmistella työtehtävät vasta, kun tavoitteet ovat olleet näkyvissä työviikon."
            " Kolme päivää kuluu vuorolistojen tekoon.",
        ).id  # fmt: skip
    with saying("hanna", round_id, 5) as (hanna, round_):
        second = comments.say_comment(
            hanna, round_, spot=contact, as_organisation=True,
            text="Hyvä muutos. Kun opettaja soittaa joka kuukausi, pienet asiat eivät ehdi kasvaa isoiksi.",
        ).id  # fmt: skip
    with saying("siiri", round_id, 8) as (siiri, round_):
        third = comments.say_comment(
            siiri, round_, spot=contact, as_organisation=True, quote="yksi kuukaudessa",
            suggestion="yksi kuudessa viikossa",
            text="Meillä on kaksi opettajaa ja neljäkymmentä jaksoa yhtä aikaa. Kuukausi on pienelle oppilaitokselle"
            " tiukka, kuusi viikkoa onnistuisi.",
        ).id  # fmt: skip
    hear_more(round_id, third)
    fourth = hear_the_public(round_id)
    answer(round_id, first, second, fourth)


def hear_more(round_id: UUID, third: UUID) -> None:
    """Stina in Swedish, Aino's reply to Siiri, Matti from his garage."""
    goals_sv = Spot(step=GOALS, field="guidance", text_language="sv", sentence=1)
    with saying("stina", round_id, 11) as (stina, round_):
        comments.say_comment(
            stina, round_, spot=goals_sv, quote="senast tre arbetsdagar",
            text="Tre arbetsdagar fungerar inte när en plats byts med kort varsel. Skriv vad som gäller då.",
        )  # fmt: skip
    with saying("aino", round_id, 13) as (aino, round_):
        comments.say_comment(
            aino, round_, spot=Spot(parent=found.comment_for(aino, round_, third)),
            text="Meillä kuukausi on jo tapana: lyhyt viesti riittää, kun se on sovittu etukäteen.",
        )  # fmt: skip
    with saying("matti", round_id, 15) as (matti, round_):
        comments.say_comment(
            matti, round_, spot=Spot(step=REVIEW, field="guidance", text_language="fi", sentence=0),
            text="Korjaamolla ei istuta kokouksissa. Saako tämän hoitaa kymmenessä minuutissa auton vieressä?",
        )  # fmt: skip
    with saying("stina", round_id, 19) as (stina, round_):
        comments.say_comment(
            stina,
            round_,
            spot=Spot(question="q2"),
            text="Ett enda papper: vem som kommer, vad hen redan kan och vem man ringer om något händer.",
        )


def hear_the_public(round_id: UUID) -> UUID:
    """Two who write without an account; the second still waits to be looked at."""
    with saying_publicly(round_id, 18) as (anyone, round_):
        fourth = comments.say_comment(
            anyone, round_, spot=Spot(question="q1"), speaker=Speaker(name="Venla Vaara"),
            text="Poikani jaksolla opettaja soitti kerran puolessa vuodessa. Kerran kuukaudessa olisi ollut toista.",
        ).id  # fmt: skip
    with saying_publicly(round_id, 23) as (anyone, round_):
        comments.say_comment(
            anyone, round_, as_organisation=True,
            speaker=Speaker(name="Tuulia Tammi", organisation="Kajon opiskelijayhdistys"),
            text="Opiskelijat toivovat, että tavoitteet kerrotaan myös heille samana päivänä kuin ohjaajalle.",
        )  # fmt: skip
    return fourth


def answer(round_id: UUID, first: UUID, second: UUID, fourth: UUID) -> None:
    """Nelli lets one of the public through and decides two comments; one suggestion goes into the draft."""
    with on_day(20), acting_as("nelli") as nelli:
        round_ = found.desk_round_for(nelli, round_id, lock=True)
        let = found.judged_comment_for(nelli, round_, fourth)
        comments.moderate_comment(nelli, round_, let, shown=True)
        comments.decide_comment(
            nelli, round_, found.judged_comment_for(nelli, round_, first), outcome="accepted", apply=True,
            reason={"fi": "Viisi arkipäivää on sama aika kuin vastaanoton valmistelussa, askel 25.",
                    "sv": "Fem arbetsdagar är samma tid som när mottagandet förbereds, steg 25."},
        )  # fmt: skip
        comments.decide_comment(
            nelli,
            round_,
            found.judged_comment_for(nelli, round_, second),
            outcome="accepted",
            reason={"fi": "Kiitos. Muutos pysyy luonnoksessa tällaisena."},
        )


@contextmanager
def on_day(number: int) -> Iterator[datetime]:
    """The day of the round with this number, from 0."""
    at = clock.now() - timedelta(days=OPEN_FOR - number)
    with clock.frozen(at):
        yield at


@contextmanager
def saying(slug: str, round_id: UUID, day: int) -> Iterator[tuple[Actor, Round]]:
    """One of the cast at the page of the round."""
    with on_day(day), acting_as(slug) as actor:
        yield actor, found.round_for(actor, round_id, lock=True)


@contextmanager
def saying_publicly(round_id: UUID, day: int) -> Iterator[tuple[Actor, Round]]:
    """Somebody without an account at the public page."""
    with on_day(day), system_at("viitemalli") as system:
        anyone = replace(system, roles=frozenset({"commenter"}), name="")
        yield anyone, found.round_for(anyone, round_id, lock=True)
