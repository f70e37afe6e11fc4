"""Which fact completes which steps: the one table. Pure."""

# event → the steps it completes, once per placement
COMPLETES: dict[str, tuple[str, ...]] = {
    "placements.placement_planned": ("partner-registration", "matching"),
    "planning.session_called": ("planning-invite",),
    "planning.session_closed": ("goals-and-tasks",),
    "agreements.agreement_drafted": ("agreement-draft",),
    "agreements.agreement_offered": ("agreement-review",),
    "agreements.agreement_sealed": ("agreement-sign",),
    "agreements.person_informed": ("agreement-notify",),
    "feedback.pulse_replied": ("own-feedback",),
}
# event → steps that it completes only where a decision about them was written down
COMPLETES_IF_DECIDED: dict[str, tuple[str, ...]] = {
    "planning.session_closed": ("form-choice", "guidance-plan", "demo-plan", "other-learning"),
}
# event → steps of the partnership that lie behind the placement already: those the partnership has facts for
COMPLETES_IF_KNOWN: dict[str, tuple[str, ...]] = {
    "placements.placement_planned": ("contact-response", "partnership-agreement"),
}


def steps_of(event: str, *, decided: frozenset[str] = frozenset(), known: frozenset[str] = frozenset()) -> list[str]:
    """Keys of the steps that are done when this has happened.

    decided: steps with a written decision; known: steps that the partnership has facts for.
    """
    return [
        *COMPLETES.get(event, ()),
        *(key for key in COMPLETES_IF_DECIDED.get(event, ()) if key in decided),
        *(key for key in COMPLETES_IF_KNOWN.get(event, ()) if key in known),
    ]
