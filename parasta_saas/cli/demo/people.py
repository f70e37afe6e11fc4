"""The invented people and organisations of demo, tests, screenshots and docs. No real person, firm or institution."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One organisation. `business_id` is formally valid and invented."""

    slug: str
    kind: str
    name: str
    languages: tuple[str, ...] = ("fi", "sv")
    business_id: str = ""
    name_sv: str = ""
    partners: tuple[str, ...] = ()  # providers that work with this workplace


@dataclass(frozen=True)
class Person:
    """One of the cast; `more` are memberships beside the first: (organisation, roles)."""

    slug: str
    name: str
    at: str
    roles: tuple[str, ...]
    language: str = "fi"
    shows: str = ""  # an English msgid: what signing in as this person shows

    @property
    def email(self) -> str:
        return f"{self.slug}@{self.at}.example"


PLACES = (
    Place("viitemalli", "national", "Viitemallin ylläpito", name_sv="Referensmodellens förvaltning"),
    Place("lumo", "provider", "Lumon koulutuskuntayhtymä"),
    Place("kaari", "provider", "Kaaren ammattiopisto", ("fi",)),
    Place("fjarden", "provider", "Yrkesinstitutet Fjärden", ("sv",)),
    Place("paja", "workplace", "Paja Oy", ("fi",), "9900001-8", partners=("lumo", "kaari")),
    Place("kahvila-kanerva", "workplace", "Kahvila Kanerva", ("fi",), "9900002-6", partners=("lumo",)),
    Place(
        "kaislaranta", "workplace", "Kaislarannan hyvinvointialue", ("fi", "sv"), "9900003-4",
        name_sv="Kaislastrands välfärdsområde", partners=("lumo", "kaari", "fjarden"),
    ),
)  # fmt: skip

PEOPLE = (
    Person("nelli", "Nelli Norppa", "viitemalli", ("national_editor",)),
    Person("tapio", "Tapio Tervas", "viitemalli", ("national_admin",)),
    Person("aino", "Aino Alanko", "lumo", ("quality_manager", "provider_admin")),
    Person("kerttu", "Kerttu Kivi", "lumo", ("wl_coordinator",)),
    Person("oskari", "Oskari Ojala", "lumo", ("agreement_coordinator",)),
    Person("eero", "Eero Elo", "lumo", ("teacher",)),
    Person("sanni", "Sanni Salo", "lumo", ("provider_signatory",)),
    Person("siiri", "Siiri Sarka", "kaari", ("quality_manager",)),
    Person("pekka", "Pekka Pelto", "kaari", ("teacher", "wl_coordinator", "provider_signatory")),
    Person("stina", "Stina Strand", "fjarden", ("quality_manager", "wl_coordinator"), "sv"),
    Person("matti", "Matti Mäki", "paja", ("owner", "signatory", "instructor")),
    Person("kaisa", "Kaisa Kanerva", "kahvila-kanerva", ("owner", "instructor")),
    Person("hanna", "Hanna Hillo", "kaislaranta", ("owner",)),
    Person("joel", "Joel Jokinen", "kaislaranta", ("instructor",)),
    Person("lotta", "Lotta Lind", "kaislaranta", ("instructor",), "sv"),
    Person("ville", "Ville Virta", "lumo", ("student",)),
    Person("iida", "Iida Isoaho", "lumo", ("student",)),
    Person("emil", "Emil Ek", "fjarden", ("student",), "sv"),
    Person("mirja", "Mirja Virta", "lumo", ("guardian",)),
)
BY_SLUG = {p.slug: p for p in PEOPLE}
