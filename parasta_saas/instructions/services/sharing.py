"""Show own words on a step to other providers, and take theirs over with their origin: a library of templates."""

from ...core.access import Actor, require
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _, using
from ...core.ids import uuid7
from ...reference.models import Step
from ...tenants.models import Organisation
from .. import leftovers, policies
from ..events_conversation import TemplateCopied, TemplateShared, TemplateWithdrawn
from ..models import Instruction, SharedTemplate
from ..queries import conversation as queries
from ..queries import handbook as handbooks
from .instruction import publish_instruction


def sharable(instruction: Instruction | None) -> bool:
    """Whether there is an own text or a checklist that others could use. Asks no policy: it only looks."""
    return bool(instruction and (any(instruction.note.values()) or instruction.extras.get("checklist")))


def share_words(
    actor: Actor, step: Step, instruction: Instruction | None, provider: Organisation
) -> SharedTemplate:  # fmt: skip
    """Let every provider read the own text and checklist of a step as they stand; links, files and roles stay inside.

    Sharing again shows the text of today. Raises Invalid where there is no own text.
    """
    require(policies.can_edit_instruction(actor))
    if instruction is None or not sharable(instruction):
        raise Invalid({"step": [_("There is no own text to share on this step yet.")]})
    words = {code: text for code, text in instruction.note.items() if text.strip()}
    checklist = instruction.extras.get("checklist") or []
    followed = handbooks.book_of(actor).release.number
    template = queries.own_template(actor, step.key)
    if template is None:
        template = SharedTemplate(tenant_id=actor.organisation_id, id=uuid7(), step_key=step.key)
        db.session.add(template)
    template.release_number = followed
    template.title, template.words, template.checklist = dict(step.name), words, {"items": checklist}
    template.provider_name = {"fi": provider.name} | dict(provider.names)
    emit(actor, TemplateShared(template_id=template.id, step_key=step.key))
    return template


def withdraw_template(actor: Actor, template: SharedTemplate) -> None:
    """Stop sharing; copies that others made stay theirs."""
    require(policies.can_edit_instruction(actor))
    template.withdraw()
    emit(actor, TemplateWithdrawn(template_id=template.id))


def copy_template(actor: Actor, template: SharedTemplate, step: Step) -> None:
    """Put another provider's words behind the own text of the step, with a line that says whose they were."""
    require(policies.can_edit_instruction(actor))
    instruction = handbooks.instruction_on(actor, step.key)
    overlay = instruction.overlay() if instruction else {}
    note = dict(overlay.get("note") or {})
    wanted = [code for code in actor.languages if code in template.words] or list(template.words)[:1]
    for code in wanted:
        with using(code):
            origin = _(
                "From %(name)s, shared text", name=template.provider_name.get(code, template.provider_name["fi"])
            )
        words = leftovers.with_origin(template.words[code], origin)
        if words in note.get(code, ""):
            raise Conflict(_("These words are in your own text already."))
        note = leftovers.appended(note, code, words)
    publish_instruction(
        actor, step, version=instruction.version if instruction else 0,
        guidance=overlay.get("guidance") or {}, note=note, local_role=overlay.get("local_role") or {},
        time_limit_value=overlay.get("time_limit_value"),
    )  # fmt: skip
    emit(actor, TemplateCopied(step_key=step.key, origin=template.provider_name["fi"]))
