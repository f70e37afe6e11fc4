"""Write, publish and withdraw the guides of the national knowledge bank. An edition that was published stays."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from ...core.ids import uuid7
from .. import glossary, policies, queries
from ..events.guides import GuidePublished, GuideReturned, GuideWithdrawn, GuideWritten
from ..models import Guide, Release
from ..queries import guides as found

Words = Mapping[str, Any]  # kind, title, summary, body, url: {fi, sv, en}; steps, roles: keys
LED_OUT = ("video", "link")  # kinds that are an address elsewhere
RESERVED = {"new"}


def write_guide(
    actor: Actor, *, words: Words, key: str | None = None, edition: int = 1, version: int = 0, begin: bool = False
) -> Guide:
    """Save the next edition of a guide for later; without a key, or with `begin`, a first edition.

    `edition` and `version` are those that the writer had before their eyes. Raises Invalid.
    """
    require(policies.can_write_guide(actor))
    release = queries.current_release()
    if problems := dict(_problems(words, release)):
        raise Invalid(problems)

    if key is None or begin:
        return _begin(actor, words, key or _free_key(words), edition=1, after=None)
    current, draft = found.guide_for(actor, key)
    standing = (draft.edition, draft.version) if draft else (current.edition + 1 if current else 1, 0)
    if (edition, version) != standing:
        raise _meanwhile()
    if draft is None:
        return _begin(actor, words, key, edition=edition, after=current)
    for name, value in words.items():
        setattr(draft, name, value)
    draft.written_by = actor.name
    emit(actor, GuideWritten(guide_id=draft.id, key=key))
    return draft


def publish_guide(actor: Actor, guide: Guide) -> None:
    """Show this edition to everyone; the one before stays at its own address. Raises Conflict."""
    require(policies.can_write_guide(actor))
    if guide.released_at:
        raise Conflict(_("This edition has already been published."))

    guide.released_at = now()
    emit(actor, GuidePublished(guide_id=guide.id, key=guide.key, edition=guide.edition))


def withdraw_guide(actor: Actor, guide: Guide) -> None:
    """Take a guide out of the library and from its steps. Nothing is lost: `return_guide` brings it back."""
    require(policies.can_write_guide(actor))
    if not guide.released_at or guide.withdrawn:
        raise Conflict(_("Only a guide that is in the library can be withdrawn."))

    guide.withdrawn = True
    emit(actor, GuideWithdrawn(guide_id=guide.id, key=guide.key))


def return_guide(actor: Actor, guide: Guide) -> None:
    """Put a withdrawn guide back, as it was. Raises Conflict."""
    require(policies.can_write_guide(actor))
    if not guide.withdrawn:
        raise Conflict(_("This guide is in the library already."))

    guide.withdrawn = False
    emit(actor, GuideReturned(guide_id=guide.id, key=guide.key))


def text_problems(words: Words, language: str) -> Iterator[tuple[str, list[str]]]:
    """What a guide of its kind still lacks in one language, by field of the form. Asks no policy: it only looks."""
    body, url = (words[name].get(language) for name in ("body", "url"))
    if words["kind"] in LED_OUT and not url:
        yield f"url_{language}", [_("Give the address. The same one may serve both languages.")]
    elif words["kind"] == "guide" and not body:
        yield f"body_{language}", [_("Write the text of the guide.")]
    elif words["kind"] == "form" and not (body or url):
        yield f"body_{language}", [_("Write the form, or give the address where it is.")]


def _problems(words: Words, release: Release) -> Iterator[tuple[str, list[str]]]:
    for language in ("fi", "sv"):
        yield from text_problems(words, language)
    known = {"steps": {step.key for step in queries.steps_of(release.id)}}
    known["roles"] = {role["key"] for role in release.frame["roles"]}
    for name, keys in known.items():
        if not set(words[name]) <= keys:
            yield name, [_("Choose among the options shown.")]


def _begin(actor: Actor, words: Words, key: str, *, edition: int, after: Guide | None) -> Guide:
    row = insert(Guide).values(
        id=uuid7(), created_at=now(), version=1, key=key, edition=edition, after_id=after.id if after else None,
        withdrawn=False, written_by=actor.name, **words,
    )  # fmt: skip
    # Two writers may begin the same edition at one moment: one row, and the second is told.
    made = db.session.execute(row.on_conflict_do_nothing().returning(Guide.id)).scalar()
    if made is None:
        raise _meanwhile()
    emit(actor, GuideWritten(guide_id=made, key=key))
    draft = found.guide_for(actor, key)[1]
    assert draft is not None
    return draft


def _free_key(words: Words) -> str:
    """A key that no guide has or had, from the Finnish title."""
    stem = glossary.slug(words["title"]["fi"])[:60].strip("-") or "guide"
    taken = found.used_guide_keys() | RESERVED
    return next(key for n in range(1, len(taken) + 2) if (key := stem if n == 1 else f"{stem}-{n}") not in taken)


def _meanwhile() -> Invalid:
    return Invalid({"_schema": [_("Somebody changed this guide while you were writing. Compare and save again.")]})
