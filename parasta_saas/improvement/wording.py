"""Words for outcomes, changes and states; shown with `_`."""

from ..core.i18n import N_, _
from .gaps import OUTCOMES

OUTCOME_NAMES = {
    "as_is": N_("We already do this"), "partly": N_("In part"), "no": N_("Not yet"), "na": N_("Does not concern us"),
}  # fmt: skip
OUTCOME_MEANS = {
    "as_is": N_("The minimum is met in everyday work."),
    "partly": N_("Some do, or something is missing."),
    "no": N_("We do it otherwise, or not at all."),
    "na": N_("This step does not come up in our work."),
}
CHANGE_NAMES = {"new": N_("new gap"), "same": N_("as last time"), "better": N_("better than last time"),
                "worse": N_("worse than last time")}  # fmt: skip
STATE_NAMES = {"todo": N_("To do"), "doing": N_("Under way"), "done": N_("Done"), "dropped": N_("Dropped")}
STAGES = {
    "plan": (N_("Plan it"), N_("why, where to, who does what")),
    "do": (N_("Do"), N_("the actions are under way")),
    "check": (N_("Look back"), N_("what has changed?")),
    "act": (N_("Act"), N_("what do we do next?")),
}
PLAN_NAMES = {
    "why": (N_("Why"), N_("What changes, why, and what good it does for students, workplaces and us.")),
    "goals": (N_("Goals"), N_("What is different when this has worked.")),
    "timetable": (N_("Timetable"), N_("What happens in which order.")),
    "measures": (N_("Measures"), N_("How we see that we are getting there.")),
    "structures": (N_("Structures and roles"), N_("Who leads, who takes part, where it is talked about.")),
    "first": (N_("What first"), N_("The first thing to take on.")),
}


def outcomes(means: bool = True) -> list[tuple[str, str, str]]:
    """(value, name, what it means) for a choice."""
    return [(key, _(OUTCOME_NAMES[key]), _(OUTCOME_MEANS[key]) if means else "") for key in OUTCOMES]


def outcome_name(key: str) -> str:
    return _(OUTCOME_NAMES[key]) if key in OUTCOME_NAMES else _("No answer yet")
