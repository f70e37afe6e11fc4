"""From the roles in which people sign in to the roles of the process. Pure.

A membership says what somebody may do in Parasta, the process says who does what. Where both mean the same work they
bear the same key. Guidance counsellors and special needs teachers are teachers to Parasta, as they see the same
things; so a teacher may also read as one of them, and is asked to read as a teacher only.
"""

from collections.abc import Collection

STAFF = (
    "teacher", "wl_coordinator", "agreement_coordinator", "provider_signatory", "quality_manager", "provider_admin",
)  # fmt: skip
BESIDE = {"teacher": ("guidance_counsellor", "special_needs_teacher")}


def own_roles(membership: Collection[str]) -> list[str]:
    """The roles of the process that a member has, in which they may be asked to read."""
    return [role for role in STAFF if role in membership]


def readable_roles(membership: Collection[str]) -> list[str]:
    """Those and the ones that a member may choose beside them."""
    return [one for role in own_roles(membership) for one in (role, *BESIDE.get(role, ()))]


def induction_roles() -> list[str]:
    """National roles in which somebody may be inducted at a provider; its own local ones come beside them."""
    return [one for role in STAFF for one in (role, *BESIDE.get(role, ()))]
