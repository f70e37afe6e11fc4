"""Who reads the local instructions, who writes them, who answers a national update."""

from typing import Any

from ..core.access import Actor

EDITORS = ("quality_manager", "provider_admin")


def can_read_handbook(actor: Actor) -> bool:
    """Everyone at the provider: staff, students and guardians."""
    return actor.is_provider() and (actor.signed_in or actor.is_system)


def can_edit_instruction(actor: Actor) -> bool:
    """Write, publish, withdraw and take back what the provider says of its own."""
    return actor.is_provider(*EDITORS)


def can_open_handbook(actor: Actor) -> bool:
    """Say which national release the provider follows, once."""
    return actor.is_provider("system", *EDITORS)


def can_offer_update(actor: Actor) -> bool:
    """Bring a newer national release before the provider: the service itself does that."""
    return actor.is_provider("system")


def can_decide_update(actor: Actor) -> bool:
    """Answer the questions of a national update and take it into use."""
    return actor.is_provider(*EDITORS)


def can_report(actor: Actor) -> bool:
    """Tell the national body in numbers which release is followed and what a draft would mean."""
    return actor.is_provider("system", *EDITORS)


def can_see_adoption(actor: Actor) -> bool:
    """See by name which provider follows which release, and remind the late ones."""
    return actor.is_national("national_admin", "national_editor")


def can_count_adoption(actor: Actor) -> bool:
    """Publish how many providers follow which release: the service itself does that."""
    return actor.is_national("system")


def can_settle_shelf(actor: Actor) -> bool:
    """Put words from the shelf on a step, discard them, take them back: the provider's own editors alone."""
    return actor.is_provider(*EDITORS)


def is_staff(actor: Actor) -> bool:
    """Whether somebody works for the provider."""
    return actor.is_provider(
        *EDITORS, "wl_coordinator", "agreement_coordinator", "teacher", "provider_signatory"
    )  # fmt: skip


def can_comment_handbook(actor: Actor) -> bool:
    """Say what one thinks of the handbook: everyone at the provider, and whoever reads the public page."""
    return actor.is_provider() and (actor.signed_in or actor.has("reader"))


def can_answer_comment(actor: Actor, comment: Any) -> bool:
    """Editors answer everything; who was asked answers that."""
    mine = actor.signed_in and comment.asked_id == actor.membership_id
    return actor.is_provider(*EDITORS) or (actor.is_provider() and mine)


def can_share_words(actor: Actor) -> bool:
    """Read what other providers share and show them own words."""
    return is_staff(actor)


def can_seal_version(actor: Actor) -> bool:
    """Keep the handbook as it is after one's own command put something in force."""
    return actor.is_system or is_staff(actor)


def can_choose_features(actor: Actor) -> bool:
    """Switch on what the provider wants to use of the handbook."""
    return actor.is_provider(*EDITORS)


def can_edit_unit(actor: Actor, works_there: bool) -> bool:
    """Write what a unit says of its own: editors, and the people who work there."""
    return actor.is_provider(*EDITORS) or (works_there and is_staff(actor))


def can_see_rounds(actor: Actor) -> bool:
    """Look at drafts that are reviewed: whoever writes or approves."""
    return actor.is_provider("system", *EDITORS, "provider_signatory")


def can_approve_round(actor: Actor) -> bool:
    """Judge what others have written; whether it is one's own the round itself says."""
    return actor.is_provider(*EDITORS, "provider_signatory")


def can_put_in_force(actor: Actor) -> bool:
    """Put words in force: who may write, who may approve, and the service itself on their day."""
    return actor.is_provider("system", *EDITORS, "provider_signatory")


def can_write_plain_text(actor: Actor) -> bool:
    """Say in plain words what a step means for a workplace or a student."""
    return actor.is_provider("wl_coordinator", *EDITORS)


def can_make_public(actor: Actor) -> bool:
    """Open and close the handbook's public address."""
    return actor.is_provider(*EDITORS)


def can_read_public_handbook(actor: Actor) -> bool:
    """Whoever came by the public address, without an account."""
    return actor.is_provider("reader")


def can_follow_changes(actor: Actor) -> bool:
    """See what changed for one's role, say that one has read it, go through an induction: whoever works there."""
    return actor.signed_in and is_staff(actor)


def can_ask_reading(actor: Actor) -> bool:
    """Say who reads which version by when, see by name who has, write the questions of an induction."""
    return actor.is_provider(*EDITORS)


def can_remind_readers(actor: Actor) -> bool:
    """Remind those who have not read: the service itself."""
    return actor.is_provider("system")
