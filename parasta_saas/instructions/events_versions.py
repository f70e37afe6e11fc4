"""What happens to a provider's handbook as a whole."""

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class VersionPublished(Event):
    """A version of the handbook is in force."""

    name: ClassVar[str] = "instructions.version_published"
    sentence: ClassVar[str] = N_("%(actor)s put a version of the handbook in force.")
    version_id: UUID
    number: int
    changed: list[str] = field(default_factory=list)


@event
@dataclass(frozen=True, kw_only=True)
class DraftSaved(Event):
    """Words on a step are kept and not yet in force."""

    name: ClassVar[str] = "instructions.draft_saved"
    sentence: ClassVar[str] = N_("%(actor)s saved a draft for a step.")
    draft_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class DraftDiscarded(Event):
    """A draft is not wanted; its words are kept."""

    name: ClassVar[str] = "instructions.draft_discarded"
    sentence: ClassVar[str] = N_("%(actor)s discarded a draft. Its words are kept.")
    kept_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class DraftReturned(Event):
    """A discarded draft is a draft again."""

    name: ClassVar[str] = "instructions.draft_returned"
    sentence: ClassVar[str] = N_("%(actor)s took a discarded draft back.")
    kept_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class DraftShelved(Event):
    """The step of a draft is gone; its words lie on the shelf."""

    name: ClassVar[str] = "instructions.draft_shelved"
    sentence: ClassVar[str] = N_("%(actor)s put a draft on the shelf, because its step is gone.")
    kept_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class TextsMet(Event):
    """Somebody's words were written over somebody else's newer ones: both are kept until one decides."""

    name: ClassVar[str] = "instructions.texts_met"
    sentence: ClassVar[str] = N_("%(actor)s wrote on a step at the same time as somebody else. Both texts are kept.")
    kept_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class RoundSubmitted(Event):
    """Drafts wait for another person's judgement."""

    name: ClassVar[str] = "instructions.round_submitted"
    sentence: ClassVar[str] = N_("%(actor)s sent drafts of the handbook for review.")
    round_id: UUID
    turn: int  # the round's row version: a round may be sent more than once


@event
@dataclass(frozen=True, kw_only=True)
class RoundReturned(Event):
    """Drafts are with their writers again. `moved`: a text changed under them."""

    name: ClassVar[str] = "instructions.round_returned"
    sentence: ClassVar[str] = N_("%(actor)s sent drafts of the handbook back to their writers.")
    round_id: UUID
    turn: int
    moved: bool


@event
@dataclass(frozen=True, kw_only=True)
class RoundTakenBack(Event):
    """The writers took drafts back before they were judged."""

    name: ClassVar[str] = "instructions.round_taken_back"
    sentence: ClassVar[str] = N_("%(actor)s took drafts of the handbook back from review.")
    round_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class RoundApproved(Event):
    """A second person approved drafts."""

    name: ClassVar[str] = "instructions.round_approved"
    sentence: ClassVar[str] = N_("%(actor)s approved drafts of the handbook.")
    round_id: UUID
    turn: int


@event
@dataclass(frozen=True, kw_only=True)
class RoundPublished(Event):
    """Approved drafts are in force."""

    name: ClassVar[str] = "instructions.round_published"
    sentence: ClassVar[str] = N_("%(actor)s put approved drafts of the handbook in force.")
    round_id: UUID
    number: int


@event
@dataclass(frozen=True, kw_only=True)
class RoundCancelled(Event):
    """A round came to nothing; its drafts are drafts still."""

    name: ClassVar[str] = "instructions.round_cancelled"
    sentence: ClassVar[str] = N_("%(actor)s cancelled a review. The drafts are kept.")
    round_id: UUID
