"""What happens around comments on the handbook and shared texts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event
from ..core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class CommentSaid(Event):
    """Somebody commented on the handbook, proposed words, or asked a colleague."""

    name: ClassVar[str] = "instructions.comment_said"
    sentence: ClassVar[str] = N_("%(actor)s commented on the handbook.")
    comment_id: UUID
    step_key: str
    kind: str


@event
@dataclass(frozen=True, kw_only=True)
class CommentAnswered(Event):
    """A comment has its answer."""

    name: ClassVar[str] = "instructions.comment_answered"
    sentence: ClassVar[str] = N_("%(actor)s answered a comment on the handbook.")
    comment_id: UUID
    outcome: str


@event
@dataclass(frozen=True, kw_only=True)
class CommentReopened(Event):
    """An answer was taken back."""

    name: ClassVar[str] = "instructions.comment_reopened"
    sentence: ClassVar[str] = N_("%(actor)s took back an answer to a comment on the handbook.")
    comment_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class TemplateShared(Event):
    """Other providers may use the words."""

    name: ClassVar[str] = "instructions.template_shared"
    sentence: ClassVar[str] = N_("%(actor)s shared own words on a step with other providers.")
    template_id: UUID
    step_key: str


@event
@dataclass(frozen=True, kw_only=True)
class TemplateWithdrawn(Event):
    """The words are the provider's own again."""

    name: ClassVar[str] = "instructions.template_withdrawn"
    sentence: ClassVar[str] = N_("%(actor)s stopped sharing own words on a step.")
    template_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class TemplateCopied(Event):
    """Words of another provider were taken into the own text, with their origin."""

    name: ClassVar[str] = "instructions.template_copied"
    sentence: ClassVar[str] = N_("%(actor)s copied shared words of another provider.")
    step_key: str
    origin: str
