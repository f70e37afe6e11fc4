"""Add, change and remove a provider's own guides beside the national ones."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.services.guides import text_problems
from .. import policies, queries
from ..events_guides import LocalGuideRemoved, LocalGuideReturned, LocalGuideWritten
from ..models import LocalGuide

Words = Mapping[str, Any]  # kind, title, summary, body, url: {fi, sv, en}; steps: keys
STEMS = ("title", "summary", "body", "url")


def write_local_guide(
    actor: Actor, *, words: Words, guide: LocalGuide | None = None, version: int = 0
) -> LocalGuide:  # fmt: skip
    """Add a guide of one's own, or change one, in the working languages; it shows at its steps at once.

    `version`: the one that the writer had before their eyes. Raises Invalid, Conflict.
    """
    require(policies.can_edit_instruction(actor))
    assert actor.organisation_id is not None
    if guide and guide.removed_at:
        raise Conflict(_("This guide has been removed. Return it first."))
    if guide and guide.version != version:
        raise Invalid({"_schema": [_("Somebody changed this guide while you were writing. Compare and save again.")]})
    if problems := dict(_problems(actor, words)):
        raise Invalid(problems)

    if guide is None:
        guide = LocalGuide(tenant_id=actor.organisation_id, id=uuid7())
        db.session.add(guide)
    for stem in STEMS:
        setattr(guide, stem, _in_working_languages(actor, getattr(guide, stem) or {}, words[stem]))
    guide.kind, guide.steps, guide.written_by = words["kind"], list(words["steps"]), actor.name
    emit(actor, LocalGuideWritten(guide_id=guide.id))
    return guide


def remove_local_guide(actor: Actor, guide: LocalGuide) -> None:
    """Take a guide of one's own from its steps and the list. Nothing is lost: `return_local_guide`."""
    require(policies.can_edit_instruction(actor))
    if guide.removed_at:
        raise Conflict(_("This guide has already been removed."))

    guide.removed_at = now()
    emit(actor, LocalGuideRemoved(guide_id=guide.id))


def return_local_guide(actor: Actor, guide: LocalGuide) -> None:
    """Have a removed guide back as it was."""
    require(policies.can_edit_instruction(actor))
    if not guide.removed_at:
        raise Conflict(_("This guide is in use already."))

    guide.removed_at = None
    emit(actor, LocalGuideReturned(guide_id=guide.id))


def _problems(actor: Actor, words: Words) -> Iterator[tuple[str, list[str]]]:
    """A language in which something was written must be whole; one language is enough."""
    written = [code for code in actor.languages if any(words[stem].get(code) for stem in STEMS)]
    for code in written or actor.languages[:1]:
        if not words["title"].get(code):
            yield f"title_{code}", [_("Give the guide a title.")]
        yield from text_problems(words, code)
    if not set(words["steps"]) <= {step.key for step in reference.steps_of(queries.book_of(actor).release.id)}:
        yield "steps", [_("Choose among the options shown.")]


def _in_working_languages(actor: Actor, before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """What was typed; a language that the form did not show keeps its words."""
    kept = {code: text for code, text in before.items() if code not in actor.languages}
    return kept | {code: text for code, text in now.items() if code in actor.languages}
