"""What a role is called when it is shown to a person. Keys are those of Membership.roles."""

from collections.abc import Iterable

from ..core.i18n import N_, _

ROLE_NAMES = {
    "provider_admin": N_("main user"),
    "quality_manager": N_("quality manager"),
    "wl_coordinator": N_("working-life coordinator"),
    "agreement_coordinator": N_("agreement coordinator"),
    "teacher": N_("teacher"),
    "provider_signatory": N_("signs for the provider"),
    "student": N_("student"),
    "guardian": N_("guardian"),
    "owner": N_("person in charge at the workplace"),
    "signatory": N_("signs for the workplace"),
    "instructor": N_("workplace instructor"),
    "contact": N_("contact person"),
    "viewer": N_("reader"),
    "national_editor": N_("editor of the reference process"),
    "national_admin": N_("publisher of the reference process"),
}


def role_names(roles: Iterable[str]) -> list[str]:
    """The roles in words of the language spoken now, in the order of ROLE_NAMES."""
    held = set(roles)
    return [_(words) for key, words in ROLE_NAMES.items() if key in held]
