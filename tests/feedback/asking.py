"""A question that waits, and the ways to its page. Links are issued at once: only some tests are about the mail."""

import re

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import links
from parasta_saas.feedback import queries, services
from parasta_saas.placements import queries as placements


def placement_of(actor, name):
    return next(p for p in placements.placements_of(actor, state="all").items if p.student_name == name)


def ask(student="Ville Virta", step_key="goals-and-tasks", slug="lumo"):
    """Ask, and give back the question's id and the path of a link to it; (None, None) where it was not asked."""
    with system_at(slug) as actor:
        placement = placement_of(actor, student)
        pulse = services.ask_pulse(actor, placement, step_key=step_key)
        if pulse is None:
            return None, None
        token = links.issue(
            "pulse", organisation_id=placement.workplace_id, subject_id=pulse.id, person_name=placement.instructor_name,
            email=placement.instructor_email, language="fi", days=21,
        )  # fmt: skip
    return pulse.id, f"/pulse/{token}"


def path_in(letter):
    return re.search(r"http://localhost(/pulse/\S+)", letter.text)[1]


def state_of(pulse_id, slug="kerttu"):
    with acting_as(slug) as actor:
        return queries.pulse_for(actor, pulse_id)
