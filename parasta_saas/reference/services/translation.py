"""The translation desk: write one text of a draft in one language, or take back that it is right as it is."""

from typing import Any

from ...core.access import Actor, require
from ...core.errors import Conflict, Invalid, NotFound
from ...core.events import Event, emit
from ...core.i18n import _
from .. import policies, queries, translation
from ..events import StepChanged
from ..events.translation import TextTranslated
from ..models import Release


def translate_text(actor: Actor, release: Release, *, place: str, language: str, words: str, seen: str) -> bool:
    """Put one language of one text in place; True if anything changed. `seen`: the print of the text that the
    writer had before their eyes (translation.Text.print). The release is locked by the caller."""
    require(policies.can_draft_release(actor))
    release.require_open()
    text = next((text for text in queries.desk_of(release) if text.place == place), None)
    if text is None:
        raise NotFound()
    if text.print != seen:
        raise Invalid({"words": [_("Somebody changed this text while you were writing. Compare and save again.")]})
    if text.texts.get(language, "") == words:
        return False
    _write(release, text, {language: words})
    release.written_by(actor.membership_id)
    emit(actor, _fact(release, text, language))
    return True


def unsettle_text(actor: Actor, release: Release, *, place: str) -> None:
    """Take back that a text is right although it changed in one language only."""
    require(policies.can_draft_release(actor))
    release.require_draft()
    if place not in release.settled:
        raise Conflict(_("This text waits for no translation any more."))
    release.settled = {key: value for key, value in release.settled.items() if key != place}


def _write(release: Release, text: translation.Text, texts: dict[str, str]) -> None:
    if text.kind == "steps":
        queries.step_of(release.id, text.key).rewrite(text.field, texts)
    elif text.kind == "phases":
        phase = next(phase for phase in queries.phases_of(release.id) if phase.key == text.key)
        setattr(phase, text.field, getattr(phase, text.field) | texts)
        if text.field == "name":
            phase.name_soft = phase.name_soft | texts  # the seams of compounds belong to the old name
    elif text.kind == "roles":
        release.frame = {**release.frame, "roles": _with(release.frame["roles"], text, texts)}
    else:
        release.put(text.kind, _with(release.parts[text.kind], text, texts))


def _with(things: list[dict[str, Any]], text: translation.Text, texts: dict[str, str]) -> list[dict[str, Any]]:
    """The list with the new words in the one thing that they belong to."""
    return [
        {**thing, text.field: (thing.get(text.field) or {}) | texts} if thing["key"] == text.key else thing
        for thing in things
    ]


def _fact(release: Release, text: translation.Text, language: str) -> Event:
    if text.kind == "steps":
        return StepChanged(release_id=release.id, step_key=text.key, fields=(text.field,))
    return TextTranslated(release_id=release.id, place=text.place, language=language)
