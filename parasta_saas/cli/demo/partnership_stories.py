"""What the invented partnerships have lived through. No real person, firm or institution."""

from dataclasses import dataclass, field
from typing import Any

# Free for journeys and screenshots: 9900010-6.
INVENTED: dict[str, dict[str, Any]] = {
    "Hakapuun Rakennus Oy": {"business_id": "9900004-2", "town": "Tuulijärvi", "field": "Rakennusala"},
    "Kuulas Siivous Oy": {"business_id": "9900005-0", "town": "Tuulijärvi", "field": "Puhtaus- ja kiinteistöpalvelut"},
    "Metsolan Puutarha": {"business_id": "9900006-9", "town": "Hirsikoski", "field": "Puutarha-ala"},
    "Sähköpalvelu Ääri Ky": {"business_id": "9900007-7", "town": "Hirsikoski", "field": "Sähkö- ja automaatioala"},
    "Tuulijärven Hoivatalo ry": {"business_id": "9900008-5", "town": "Tuulijärvi", "field": "Sosiaali- ja terveysala"},
    "Ylälaakson Maitotila": {"business_id": "9900009-3", "town": "Ylälaakso", "field": "Maatalousala"},
}

Said = tuple[int, str, str, bool]  # days ago, kind, words, private


@dataclass(frozen=True)
class Story:
    """One partnership: opened `days_ago` by `by`; `talk` is (days ahead, what about)."""

    workplace: str  # a slug of the cast or a name of INVENTED
    by: str
    days_ago: int
    contact: dict[str, str]  # `person` is a slug of the cast
    stage: str = "started"
    joined: bool = False
    goals: tuple[str, str, str] | None = None  # theirs, ours, how one keeps in touch
    talk: tuple[int, str] | None = None
    entries: tuple[Said, ...] = ()
    place: dict[str, str] = field(default_factory=dict)  # town and field in the provider's own words


def _person(slug: str, title: str, phone: str) -> dict[str, str]:
    return {"person": slug, "title": title, "phone": phone}


def _stranger(name: str, email: str, title: str, phone: str = "") -> dict[str, str]:
    return {"name": name, "email": email, "title": title, "phone": phone, "language": "fi"}


STORIES = (
    Story(
        "kahvila-kanerva", "kerttu", 825, _person("kaisa", "Yrittäjä ja ohjaaja", "040 555 0102"), "active", True,
        ("Kaksi osaavaa kesätyöntekijää", "Kolme paikkaa vuodessa, yksi näyttö", "Puhelu joka toinen kuukausi"),
        (7, "Vuosikeskustelu kahvilalla"),
        (
            (190, "visit", "Kevään opiskelija on oppinut kassan. Kaisa sanoo, että voi ottaa syksyllä uuden.", False),
            (96, "call", "Syksyn paikka sovittu. Kaisa toivoo, että aloituspäivä ei osu markkinaviikolle.", False),
            (41, "visit", "Käytiin läpi omavalvonta ja opiskelijan tehtävät keittiössä.", False),
            (6, "call", "Kaisa toivoo, että opettaja käy tammikuun kolmannella viikolla, kun opiskelija on päässyt"
                        " alkuun.", False),
            (5, "note", "Kysy vuosikeskustelussa jatkajasta. Kaisa mainitsi asian ohimennen.", True),
        ),
    ),
    Story(
        "paja", "kerttu", 410, _person("matti", "Yrittäjä ja ohjaaja", "040 555 0101"), "active", True,
        ("Kaksi käsiparia rengaskaudelle", "Paikka kahdelle ajoneuvoalan opiskelijalle", "Käynti joka jaksolla"),
        (15, "Rengaskauden purku"),
        (
            (160, "visit", "Rengaskausi meni hyvin. Matti palkkasi kesäksi yhden opiskelijan.", False),
            (33, "call", "Lokakuussa aloittaa uusi opiskelija. Matti ohjaa itse.", False),
        ),
    ),
    Story(
        "kaislaranta", "kerttu", 620, _person("hanna", "Henkilöstöpäällikkö", "040 555 0103"), "active", True,
        ("Opiskelijoista pysyviä työntekijöitä", "Kymmenen paikkaa, ohjaajille koulutus", "Palaveri kahdesti vuodessa"),
        (21, "Kevään paikat"),
        (
            (120, "visit", "Päivänsäteen yksikkö: viisi ohjaajaa kävi koulutuksen.", False),
            (14, "call", "Hanna kertoi, että kaikki kolme koulua kysyvät kevään paikkoja samaan aikaan.", False),
        ),
    ),
    Story(
        "Hakapuun Rakennus Oy", "kerttu", 260, _stranger("Heikki Haka", "heikki@hakapuu.example", "Vastaava mestari",
        "040 555 0104"), "active", True, ("Apua sisätöihin talvella", "Kaksi paikkaa talvelle", "Puhelu kuukausittain"),
        None, ((58, "visit", "Työmaa on turvallinen ja perehdytys kunnossa.", False),),
    ),
    Story("Kuulas Siivous Oy", "kerttu", 75, _stranger("Kirsi Kuulas", "kirsi@kuulas.example", "Palveluesimies",
          "040 555 0105"), entries=((60, "call", "Kirsi haluaa ensin tietää, mitä ohjaajalta odotetaan.", False),)),
    Story("Metsolan Puutarha", "kerttu", 540, _stranger("Meeri Metsola", "meeri@metsola.example", "Puutarhuri"),
          "paused", entries=((200, "call", "Talvella ei ole töitä. Soitetaan maaliskuussa.", False),)),
    Story("Sähköpalvelu Ääri Ky", "kerttu", 30, _stranger("Ari Ääri", "ari@aari.example", "Yrittäjä", "040 555 0107")),
    Story("Tuulijärven Hoivatalo ry", "aino", 330, _stranger("Tuula Tuuli", "tuula@hoivatalo.example", "Johtaja",
          "040 555 0108"), "active", goals=("Sijaisia kesäksi", "Kolme paikkaa vuodessa", "Puhelu joka jaksolla")),
    Story("Ylälaakson Maitotila", "kerttu", 12, _stranger("Yrjö Ylälaakso", "yrjo@ylalaakso.example", "Isäntä",
          "040 555 0109"), talk=(3, "Tutustuminen tilalla")),
    Story("paja", "pekka", 200, _person("matti", "Yrittäjä", "040 555 0101"), "active", True,
          ("Apua ruuhkaviikoille", "Yksi paikka keväälle", "Puhelu joka jaksolla"), (10, "Kevään paikka"),
          ((20, "call", "Matti ottaa keväällä yhden opiskelijan, jos Lumon jakso ei osu päälle.", False),)),
    Story("kaislaranta", "pekka", 300, _person("hanna", "Henkilöstöpäällikkö", "040 555 0103"), "active", True),
    Story(
        "kaislaranta", "stina", 480, _person("lotta", "Handledare, Västerhamn", "040 555 0113"), "active", True,
        ("Vikarier som talar svenska", "Fyra platser om året på svenska", "Samtal varannan månad"),
        (8, "Vårens platser"),
        ((45, "visit", "Avdelningen i Västerhamn tar emot två studerande åt gången.", False),
         (10, "call", "Lotta vill veta i god tid hur yrkesprovet går till.", False)),
        {"town": "Kaislastrand", "field": "Social- och hälsovårdsbranschen"},
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Wrote:
    """One first contact through the public page, and its answer if there is one."""

    to: str
    workplace: str
    person: str
    email: str
    words: str
    workdays_ago: int
    phone: str = ""
    answer: str = ""
    by: str = "kerttu"
    language: str = "fi"


ENQUIRIES = (
    Wrote(
        "lumo", "Leipomo Lehto", "Liisa Lehto", "liisa@leipomolehto.example",
        "Voisimmeko saada keväälle leipuriopiskelijan? Meillä on yksi ohjaaja, joka on kouluttanut ennenkin.", 22,
        "040 555 0121", "Hei Liisa, olen Kerttu Kivi. Soitan sinulle huomenna kello 9 ja sovitaan käynti leipomolle.",
    ),
    Wrote(
        "lumo", "Talotekniikka Tammi Oy", "Timo Tammi", "timo@tammi.example",
        "Haluaisimme tietää, mitä oppisopimus maksaa meille ja mitä me saamme siitä.", 9, "",
        "Hei Timo, lähetän tässä lyhyen vastauksen ja soitan iltapäivällä. Oppisopimuksessa työntekijä oppii työssä ja"
        " saa palkkaa. Käydään läpi teidän tilanteenne.",
    ),
    Wrote(
        "lumo", "Hoivakoti Helmi", "Helena Helmi", "helena@hoivakotihelmi.example",
        "Tarvitsemme kesäksi kaksi lähihoitajaopiskelijaa. Miten pääsemme alkuun?", 1, "040 555 0123",
    ),
    Wrote(
        "lumo", "Pyöräpaja Polku", "Petri Polku", "petri@polku.example",
        "Meillä olisi paikka yhdelle, joka haluaa oppia pyörähuoltoa. En ole ennen ohjannut opiskelijaa.\n"
        "Voiko joku käydä meillä?", 0,
    ),
    Wrote(
        "fjarden", "Strandkrogen", "Sofia Skog", "sofia@strandkrogen.example",
        "Vi skulle gärna ta emot en studerande i köket i sommar. Vad behöver vi göra?", 0, "040 555 0131",
        language="sv",
    ),
)  # fmt: skip
