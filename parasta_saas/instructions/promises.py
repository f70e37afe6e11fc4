"""What instructions know that rooms beside ask for (core/questions)."""

from typing import Any
from uuid import UUID

from ..core.access import Actor
from ..core.errors import NotFound
from ..core.questions import answers
from ..reference import queries as reference
from . import queries
from .limits import merge_limit
from .queries import reports


@answers("time_limit")
def time_limit(actor: Actor, step_key: str) -> dict[str, Any] | None:
    """The time limit in force on a step at the acting provider, its own where it is the stricter one.

    None where the step has no limit, or before the first national release.
    """
    try:
        book = queries.book_of(actor)
        step = reference.step_of(book.release.id, step_key)
    except NotFound:
        return None
    if not step.time_limit:
        return None
    own = book.instructions.get(step_key)
    merged = merge_limit(step.time_limit, own.time_limit_value if own else None)
    return {**step.time_limit, "value": merged.value}


@answers("impact_known")
def impact_known(actor: Actor, release_id: UUID, content_sha256: str) -> bool:
    """Whether this content of a draft has been weighed against every provider's handbook."""
    done, providers = reports.weighed(actor, release_id, content_sha256)
    return 0 < providers <= done
