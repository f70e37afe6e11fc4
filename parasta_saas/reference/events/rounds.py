"""What happens in comment rounds."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ...core.events import Event, event
from ...core.i18n import N_


@event
@dataclass(frozen=True, kw_only=True)
class RoundOpened(Event):
    """A comment round on a draft was opened; the invited organisations are told."""

    name: ClassVar[str] = "reference.round_opened"
    sentence: ClassVar[str] = N_("%(actor)s opened a comment round on a draft of the reference model.")
    round_id: UUID
    release_id: UUID
    invited: tuple[str, ...]


@event
@dataclass(frozen=True, kw_only=True)
class RoundExtended(Event):
    """A comment round stays open longer."""

    name: ClassVar[str] = "reference.round_extended"
    sentence: ClassVar[str] = N_("%(actor)s gave a comment round more time.")
    round_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class RoundFinished(Event):
    """Every comment has its decision; who commented is told. `invited`: the organisations they spoke for."""

    name: ClassVar[str] = "reference.round_finished"
    sentence: ClassVar[str] = N_("%(actor)s finished a comment round on a draft of the reference model.")
    round_id: UUID
    invited: tuple[str, ...]


@event
@dataclass(frozen=True, kw_only=True)
class CommentGiven(Event):
    """Something was said in a comment round."""

    name: ClassVar[str] = "reference.comment_given"
    sentence: ClassVar[str] = N_("%(actor)s commented on a draft of the reference model.")
    round_id: UUID
    comment_id: UUID


@event
@dataclass(frozen=True, kw_only=True)
class CommentChanged(Event):
    """A comment was edited, taken back or given again by who said it."""

    name: ClassVar[str] = "reference.comment_changed"
    sentence: ClassVar[str] = N_("%(actor)s changed their comment on a draft of the reference model.")
    round_id: UUID
    comment_id: UUID
    stands: bool


@event
@dataclass(frozen=True, kw_only=True)
class CommentModerated(Event):
    """The national body let a comment through or hid it."""

    name: ClassVar[str] = "reference.comment_moderated"
    sentence: ClassVar[str] = N_("%(actor)s looked at a comment before it shows.")
    round_id: UUID
    comment_id: UUID
    shown: bool


@event
@dataclass(frozen=True, kw_only=True)
class CommentDecided(Event):
    """A comment got its answer."""

    name: ClassVar[str] = "reference.comment_decided"
    sentence: ClassVar[str] = N_("%(actor)s answered a comment on a draft of the reference model.")
    round_id: UUID
    comment_id: UUID
    outcome: str
    applied: bool
