"""What the three providers have written of their own on release 1.0, over the weeks before today."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta

from ...core import clock
from ...core.access import Actor
from ...instructions import queries, services
from ...reference import queries as reference
from . import layers
from .acting import acting_as, system_at

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Written:
    """One publication: `put` is (national sentence, what stands in its place) per language of the guidance."""

    key: str
    days_ago: int
    note: Texts = field(default_factory=dict)
    put: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    role: Texts = field(default_factory=dict)
    limit: int | None = None


def added(after: str, own: str) -> tuple[str, str]:
    """The provider's own sentence after a national one."""
    return after, f"{after} {own}"


AINO = (
    Written(
        "contact-response", 108,
        note={"fi": "Yhteydenotot tulevat yhteiseen kumppanuuspostiin. Päivystäjä vaihtuu viikoittain.",
              "sv": "Kontaktförfrågningarna kommer till vår gemensamma partnerskapspost. Jouren byts varje vecka."},
    ),
    Written(
        "contact-response", 96,
        note={"fi": "Yhteydenotot tulevat yhteiseen kumppanuuspostiin. Päivystäjä vaihtuu viikoittain, ja vuorolista on"
                    " kumppanuustiimin kalenterissa.\n\nHyvinvointialueen yhteydenotot ottaa aina Kerttu Kivi, jotta"
                    " heillä on yksi tuttu ihminen.\n\n- Kerro nimesi ja suora numerosi.\n- Kysy, mitä työpaikka"
                    " tarvitsee. Sopimusmuodosta puhutaan vasta myöhemmin.\n- Sovi seuraava askel ja päivä, ja kirjaa"
                    " ne saman puhelun aikana.",
              "sv": "Kontaktförfrågningarna kommer till vår gemensamma partnerskapspost. Jouren byts varje vecka, och"
                    " turlistan finns i partnerskapsteamets kalender.\n\nKontakter från välfärdsområdet tas alltid emot"
                    " av Kerttu Kivi, så att de har en bekant person.\n\n- Berätta vad du heter och ge ditt direkta"
                    " nummer.\n- Fråga vad arbetsplatsen behöver. Avtalsformen talar vi om först senare.\n- Kom överens"
                    " om nästa steg och dag, och anteckna dem under samma samtal."},
        put={"fi": added("Kerro nimesi ja se, mitä seuraavaksi tapahtuu.",
                         "Jos työpaikka jätti numeron, soita aina ensin."),
             "sv": added("Berätta vad du heter och vad som händer härnäst.",
                         "Om arbetsplatsen lämnade ett nummer, ring alltid först.")},
        role={"fi": "Kumppanuuspäivystäjä", "sv": "Partnerskapsjour"}, limit=1,
    ),
    Written(
        "goals-and-tasks", 90,
        put={"fi": ("Ohjaaja saa tavoitteet nähtäväkseen ennen jakson alkua.",
                    "Ohjaaja saa tavoitteet selkokielisenä listana sähköpostiin ennen jakson alkua."),
             "sv": ("Handledaren får se målen innan perioden börjar.",
                    "Handledaren får målen som en lättläst lista per e-post innan perioden börjar.")},
    ),
    Written(
        "partner-registration", 84,
        note={"fi": "Uuden työpaikan kirjaa se, joka sai yhteydenoton. Vastuuopettaja täydentää toimipaikan.",
              "sv": "En ny arbetsplats registreras av den som fick kontakten. Den ansvariga läraren kompletterar"
                    " verksamhetsstället."},
    ),
    Written(
        "need-of-workplace", 83, limit=3,
        note={"fi": "Käymme työpaikalla ensimmäisellä kerralla aina paikan päällä.",
              "sv": "Första gången besöker vi alltid arbetsplatsen på plats."},
    ),
    Written(
        "guidance-plan", 70,
        note={"fi": "Jokaiselle ohjaajalle sovitaan varahenkilö. Nimi kirjataan samaan suunnitelmaan.",
              "sv": "För varje handledare utses en ersättare. Namnet antecknas i samma plan."},
    ),
    Written(
        "agreement-draft", 62, limit=2, role={"fi": "Sopimustiimi", "sv": "Avtalsteamet"},
        put={"fi": added("Varmista, ettei sopimus poikkea HOKSista.", "Lähetä luonnos ensin vastuuopettajalle."),
             "sv": added("Försäkra dig om att avtalet inte avviker från PUK.",
                         "Skicka utkastet först till den ansvariga läraren.")},
    ),
    Written(
        "agreement-sign", 61,
        note={"fi": "Meillä allekirjoittaa koulutusjohtaja. Lomien ajaksi sijainen on nimetty johtosäännössä.",
              "sv": "Hos oss undertecknar utbildningschefen. Ersättaren under semestrar anges i instruktionen."},
    ),
    Written(
        "orientation-work", 48,
        put={"fi": added("Kerro myös tavat, joita ei ole kirjoitettu minnekään.",
                         "Anna opiskelijalle Lumon perehdytyskortti, johon hän kuittaa itse."),
             "sv": added("Berätta också om de vanor som inte står skrivna någonstans.",
                         "Ge den studerande Lumos introduktionskort, som hen själv kvitterar.")},
    ),
    Written(
        "problem-handling", 41,
        note={"fi": "Soita kumppanuuspäivystäjälle, kun on kiire. Kuraattori on tavattavissa samana päivänä.",
              "sv": "Ring partnerskapsjouren när det är bråttom. Kuratorn är anträffbar samma dag."},
    ),
    Written(
        "assessment-register", 27, limit=3,
        note={"fi": "Arviointi kirjataan samana viikkona, jotta opiskelija näkee sen ennen seuraavaa jaksoa.",
              "sv": "Bedömningen registreras samma vecka, så att den studerande ser den före nästa period."},
    ),
)  # fmt: skip
STINA = (
    Written(
        "contact-response", 75, role={"sv": "Arbetslivskontakten"},
        note={"sv": "Stina svarar på alla förfrågningar. När hon är ledig svarar studiekansliet."},
        put={"sv": added("Berätta vad du heter och vad som händer härnäst.", "Svara på arbetsplatsens eget språk.")},
    ),
    Written(
        "orientation-work", 52,
        note={"sv": "Läraren är med på arbetsplatsen den första dagen när den studerande är under 18 år."},
    ),
)  # fmt: skip
SIIRI = (
    Written(
        "contact-response",
        66,
        note={"fi": "Opettaja vastaa oman alansa työpaikoille. Pekka Pelto jakaa muut yhteydenotot joka aamu."},
    ),
)


def load() -> None:
    for provider in ("lumo", "kaari", "fjarden"):
        with _days_ago(110), system_at(provider) as actor:
            services.open_handbook(actor)
    for person, texts in (("aino", AINO), ("stina", STINA), ("siiri", SIIRI)):
        for written in texts:
            with _days_ago(written.days_ago), acting_as(person) as actor:
                _publish(actor, written)
    layers.load()


def _publish(actor: Actor, written: Written) -> None:
    book = queries.book_of(actor)
    step = reference.step_of(book.release.id, written.key)
    known = book.instructions.get(written.key)
    guidance = {code: step.guidance[code].replace(*put) for code, put in written.put.items()}
    services.publish_instruction(
        actor, step, version=known.version if known else 0, guidance=guidance, note=written.note,
        local_role=written.role, time_limit_value=written.limit,
    )  # fmt: skip


def _days_ago(days: int) -> AbstractContextManager[None]:
    return clock.frozen(clock.now() - timedelta(days=days))
