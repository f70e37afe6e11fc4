"""Pages of a provider's handbook: the map, a step, writing. The update desk stands in update.py."""

from . import (  # noqa: F401  their routes
    adoption,
    conversation,
    drafts,
    edit,
    guides,
    hanging,
    impact,
    imports,
    induction,
    induction_coverage,
    induction_questions,
    learning,
    manual,
    map,
    meetings,
    own_steps,
    plain,
    public_manual,
    publicity,
    reader_comments,
    reviews,
    settings,
    sharing,
    shelf,
    step,
    unit_words,
    update,
    versions,
)
from .blueprint import bp, updates

BLUEPRINTS = (bp, updates, adoption.bp, impact.bp, imports.bp, conversation.bp, sharing.bp,
              manual.bp, plain.bp, publicity.bp, public_manual.bp,
              drafts.bp, meetings.bp, reviews.bp, versions.bp, reader_comments.bp,
              reader_comments.public, learning.bp, induction.bp)  # fmt: skip
