"""The invented people and organisations of demo, tests, screenshots and docs. No real person, firm or institution."""

from dataclasses import dataclass

from ...core.i18n import N_


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

    def called(self, language: str) -> str:
        return self.name_sv if language == "sv" and self.name_sv else self.name


@dataclass(frozen=True)
class Person:
    """One of the cast; `more` are memberships beside the first: (organisation, roles)."""

    slug: str
    name: str
    at: str
    roles: tuple[str, ...]
    language: str = "fi"
    shows: str = ""  # an English msgid: what signing in as this person shows
    phone: str = ""  # for those whom workplaces call

    @property
    def email(self) -> str:
        return f"{self.slug}@{self.at}.example"

    @property
    def works(self) -> bool:
        return not {"student", "guardian"}.intersection(self.roles)


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
    Person(
        "nelli", "Nelli Norppa", "viitemalli", ("national_editor",),
        shows=N_("Drafts the next release of the reference process."),
    ),
    Person(
        "tapio", "Tapio Tervas", "viitemalli", ("national_admin",),
        shows=N_("Looks at the draft with fresh eyes and publishes it."),
    ),
    Person(
        "aino", "Aino Alanko", "lumo", ("quality_manager", "provider_admin"),
        shows=N_("Writes how things are done here and answers national updates."),
    ),
    Person(
        "kerttu", "Kerttu Kivi", "lumo", ("wl_coordinator",),
        shows=N_("Takes care of partnerships and answers those who get in touch."), phone="040 555 0151",
    ),
    Person(
        "oskari", "Oskari Ojala", "lumo", ("agreement_coordinator",),
        shows=N_("Gets the agreement already written from the planning session."), phone="040 555 0152",
    ),
    Person(
        "eero", "Eero Elo", "lumo", ("teacher",),
        shows=N_("Plans workplace periods together with workplaces and students."), phone="040 555 0153",
    ),
    Person("sanni", "Sanni Salo", "lumo", ("provider_signatory",), shows=N_("Signs agreements for the provider.")),
    Person(
        "siiri", "Siiri Sarka", "kaari", ("quality_manager",),
        shows=N_("Works at another provider and must see nothing of Lumo's."),
    ),
    Person(
        "pekka", "Pekka Pelto", "kaari", ("teacher", "wl_coordinator", "provider_signatory"),
        shows=N_("Does everything in a small school: the day of a one-person team."), phone="040 555 0154",
    ),
    Person(
        "stina", "Stina Strand", "fjarden", ("quality_manager", "wl_coordinator"), "sv",
        shows=N_("Works in Swedish from beginning to end."), phone="040 555 0155",
    ),
    Person(
        "matti", "Matti Mäki", "paja", ("owner", "signatory", "instructor"),
        shows=N_("Has a garage, a phone and two minutes."),
    ),
    Person(
        "kaisa", "Kaisa Kanerva", "kahvila-kanerva", ("owner", "instructor"),
        shows=N_("Comes in for the first time from a mail."),
    ),
    Person(
        "hanna", "Hanna Hillo", "kaislaranta", ("owner",),
        shows=N_("Deals with several schools for a large employer."),
    ),
    Person("joel", "Joel Jokinen", "kaislaranta", ("instructor",), shows=N_("Guides many students at one workplace.")),
    Person("lotta", "Lotta Lind", "kaislaranta", ("instructor",), "sv", shows=N_("Guides students in Swedish.")),
    Person("ville", "Ville Virta", "lumo", ("student",), shows=N_("Is 17 and on the way to a first workplace period.")),
    Person("iida", "Iida Isoaho", "lumo", ("student",), shows=N_("Is 24 and learns as an apprentice.")),
    Person("emil", "Emil Ek", "fjarden", ("student",), "sv", shows=N_("Is 16 and studies in Swedish.")),
    Person(
        "mirja", "Mirja Virta", "lumo", ("guardian",),
        shows=N_("Follows Ville's workplace period until he turns 18."),
    ),
)  # fmt: skip
BY_SLUG = {p.slug: p for p in PEOPLE}
