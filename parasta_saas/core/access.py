"""Who acts, for whom. `Actor` is the first argument of every service."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any
from uuid import UUID

from .errors import Forbidden
from .i18n import _


@dataclass(frozen=True)
class Actor:
    """A person or the system acting for one organisation."""

    kind: str  # provider, workplace, national, system, anonymous
    organisation_id: UUID | None = None
    organisation_name: str = ""
    organisation_slug: str = ""
    person_id: UUID | None = None
    membership_id: UUID | None = None
    name: str = ""
    email: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    language: str = "fi"
    languages: tuple[str, ...] = ("fi", "sv")  # working languages of the organisation
    link: Any = None  # the guest link this actor came in by

    @classmethod
    def system(cls, organisation: Any = None) -> "Actor":
        """The service itself, for one organisation (its row) or for none."""
        if organisation is None:
            return cls(kind="system", name="Parasta")
        return cls(
            kind=organisation.kind,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            organisation_slug=organisation.slug,
            languages=tuple(organisation.languages),
            language=organisation.languages[0],
            name="Parasta",
            roles=frozenset({"system"}),
        )

    @classmethod
    def anonymous(cls, language: str = "fi") -> "Actor":
        return cls(kind="anonymous", language=language)

    @classmethod
    def guest(cls, link: Any, organisation: Any) -> "Actor":
        """Whoever holds a mailed link: one organisation, one thing, no account."""
        return cls(
            kind=organisation.kind,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            organisation_slug=organisation.slug,
            languages=tuple(organisation.languages),
            name=link.person_name,
            email=link.email,
            language=link.language,
            roles=frozenset({"guest"}),
            link=link,
        )

    @property
    def is_system(self) -> bool:
        return "system" in self.roles or self.kind == "system"

    @property
    def signed_in(self) -> bool:
        return self.membership_id is not None

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def is_provider(self, *roles: str) -> bool:
        """Acts for a provider, in one of these roles (any, where none is named)."""
        return self.kind == "provider" and (not roles or self.has(*roles))

    def is_workplace(self, *roles: str) -> bool:
        return self.kind == "workplace" and (not roles or self.has(*roles))

    def is_national(self, *roles: str) -> bool:
        return self.kind == "national" and (not roles or self.has(*roles))


def require(allowed: bool, message: str | None = None) -> None:
    """Stop with 403 unless a policy said yes."""
    if not allowed:
        raise Forbidden(message or _("This is done in another role. Ask the person responsible for it."))


POLICIES: dict[str, Callable[..., bool]] = {}


def register_policies(module: ModuleType) -> None:
    """Make `can_<verb>_<noun>` of a feature available to templates as can('<verb>_<noun>', thing)."""
    for name, function in vars(module).items():
        if name.startswith("can_") and getattr(function, "__module__", None) == module.__name__:
            POLICIES[name.removeprefix("can_")] = function
