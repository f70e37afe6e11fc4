"""Weigh a draft against every handbook: one transaction per provider, in its own scope, counts only.

Each provider's count stays when the job dies. Asked again, everyone is weighed anew: their own words may have changed.
"""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from ..core import jobs
from ..core.access import Actor
from ..reference import queries as reference
from . import queries, services
from .impact import weigh as counted


def weigh(draft_id: UUID) -> int:
    """Weigh the draft as it stands; returns for how many providers. Called as the service, outside any scope."""
    with jobs.as_national() as actor:
        draft = reference.release_for(actor, draft_id)
        sha, declared = reference.content_print(draft), draft.lineage
        after = {step.key: step.content() for step in reference.steps_of(draft.id)}
    known: dict[UUID, dict[str, Any]] = {}

    def one(provider: Actor) -> None:
        book = queries.book_of(provider)
        before = known.get(book.release.id)
        if before is None:
            before = {step.key: step.content() for step in reference.steps_of(book.release.id)}
            known[book.release.id] = before
        own = {key: _mine(instruction) for key, instruction in book.instructions.items()}
        counts = counted(before, after, own, declared)
        services.report_impact(provider, release_id=draft_id, content_sha256=sha, counts=asdict(counts))

    return jobs.in_each_provider(one)


def _mine(instruction: Any) -> dict[str, Any]:
    return {
        "guidance": dict(instruction.guidance), "base": dict(instruction.base_guidance),
        "limit": instruction.time_limit_value, "words": instruction.is_local,
    }  # fmt: skip
