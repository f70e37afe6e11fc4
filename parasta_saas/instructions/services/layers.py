"""What a unit says of its own on a step, what hangs on steps as files, and what is switched on in a handbook."""

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath
from typing import Any

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.errors import Conflict, Invalid, NotFound
from ...core.events import emit
from ...core.files import LIMIT, stored
from ...core.i18n import _
from ...core.ids import uuid7
from ...reference import queries as reference
from ...tenants import queries_units as units
from .. import policies, queries, refusals
from ..attachments import media_type
from ..drafting import drafted
from ..events_layers import FeaturesChosen, UnitWordsPublished
from ..models import FEATURES, Handbook, UnitInstruction
from ..queries import layers as found
from ..queries.layers import Here
from ..resolved import check_overlay
from .instruction import EditedMeanwhile, open_handbook
from .versions import seal_version


def choose_features(actor: Actor, *, features: Collection[str], reviewed: bool) -> None:
    """Switch on or off what the handbook uses. What was written with it is kept and comes back with it."""
    require(policies.can_choose_features(actor))
    handbook = open_handbook(actor)
    handbook.features, handbook.reviewed = [each for each in FEATURES if each in features], reviewed
    emit(actor, FeaturesChosen(features=tuple(handbook.features), reviewed=reviewed))


def attach_file(actor: Actor, *, name: str, content: bytes, title: Mapping[str, str]) -> dict[str, Any]:
    """Keep a file; returns it as extras hold it. Raises Invalid for more than 10 MB, an empty one, other kinds."""
    require(policies.is_staff(actor))
    plain = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in plain if sign.isprintable()).strip()[-120:] or "file"
    if len(content) > LIMIT:
        raise Invalid({"file": [_("The file is larger than 10 MB. Choose a smaller one.")]})
    kind = media_type(plain, content)
    if kind is None:
        raise Invalid({"file": [_("Attach a PDF, Office or OpenDocument file, a picture (PNG, JPEG) or plain text.")]})
    file = stored(actor.organisation_id, name=plain, media_type=kind, content=content, by=actor.name)
    file.id = uuid7()
    db.session.add(file)
    return {
        "key": uuid7().hex[-12:], "title": dict(title) or {actor.languages[0]: plain}, "file_id": str(file.id),
        "name": plain, "size": file.size,
    }  # fmt: skip


def publish_unit_words(actor: Actor, here: Here, *, version: int, typed: Mapping[str, Any]) -> bool:
    """Put what a unit says on a step in force, on top of the provider's words; False if it is the same as before.

    `typed`: texts, time limit and extras as `drafting.drafted` takes them. Raises EditedMeanwhile, Invalid.
    """
    require(policies.is_staff(actor))  # who works at the unit: `_locked`
    handbook, words = _locked(actor, here, version)
    above, current = here.above, dict(words.overlay) if words else {}
    overlay = drafted(above, current, actor.languages, typed)
    if overlay == current and not here.stacked.conflicts:
        return False
    _refuse(actor, here, above, overlay)
    _put(actor, handbook, here, words, overlay, above["guidance"])
    return True


def settle_unit_words(actor: Actor, here: Here, *, version: int, language: str, way: str) -> None:
    """Where the unit and the text above changed the same sentence: `keep` the unit's, or `take` the one above."""
    require(policies.is_staff(actor))  # who works at the unit: `_locked`
    handbook, words = _locked(actor, here, version)
    if words is None or language not in here.stacked.conflicts:
        raise Conflict(_("This text asks nothing any more."))
    guidance = dict(words.overlay.get("guidance") or {})
    if way == "take":
        guidance.pop(language)
    overlay = {name: value for name, value in words.overlay.items() if name != "guidance"}
    overlay |= {"guidance": guidance} if guidance else {}
    above = {**words.above, language: here.above["guidance"].get(language, "")}
    _put(actor, handbook, here, words, overlay, above)


def withdraw_unit_words(actor: Actor, here: Here, *, version: int) -> None:
    """Let the unit do as its provider does. Its words stay in the versions of the handbook: `return_unit_words`."""
    require(policies.is_staff(actor))  # who works at the unit: `_locked`
    handbook, words = _locked(actor, here, version)
    if words is None or not words.overlay:
        raise Conflict(_("The unit has nothing of its own on this step."))
    _put(actor, handbook, here, words, {}, {})


def return_unit_words(actor: Actor, here: Here, *, version: int) -> None:
    """What the unit said last on this step stands again."""
    require(policies.is_staff(actor))  # who works at the unit: `_locked`
    handbook, words = _locked(actor, here, version)
    assert here.unit
    last = found.last_words(actor, here.unit, here.key)
    if last is None or (words and words.overlay):
        raise Conflict(_("There is nothing to take back."))
    _refuse(actor, here, here.above, {k: v for k, v in last["overlay"].items() if k != "guidance"})
    _put(actor, handbook, here, words, last["overlay"], last["above"])


def put_unit_words(actor: Actor, handbook: Handbook, here: Here, overlay: dict[str, Any]) -> None:
    """Words of a unit that an editor has put together from the shelf, in force; the handbook is locked already."""
    require(policies.can_settle_shelf(actor))
    above = here.words.above if here.words and here.words.overlay else here.above["guidance"]
    _put(actor, handbook, here, here.words, overlay, above)


def lock_handbook(actor: Actor) -> Handbook:
    """The handbook, locked; an editor's command begins it where there is none yet."""
    require(policies.is_staff(actor))
    handbook = open_handbook(actor) if policies.can_open_handbook(actor) else queries.handbook_of(actor)
    if handbook is None:
        raise NotFound()
    return handbook


def _locked(actor: Actor, here: Here, version: int) -> tuple[Handbook, UnitInstruction | None]:
    """The handbook first; then everything that the unit writes on is read again as it stands now."""
    if here.unit is None:
        raise NotFound()
    require(policies.can_edit_unit(actor, units.works_at(actor, here.unit)))
    handbook = lock_handbook(actor)
    queries.instruction_on(actor, here.key)
    words = found.words_on(actor, here.unit, here.key)
    national = here.own_step is None
    if (words.version if words else 0) != version or (national and handbook.release_id != here.step.release_id):
        raise EditedMeanwhile(None)
    return handbook, words


def _refuse(actor: Actor, here: Here, above: Mapping[str, Any], overlay: Mapping[str, Any]) -> None:
    if problems := check_overlay(above, overlay):
        frame = reference.release_with(here.step.release_id).frame if here.own_step is None else {}
        raise Invalid(
            refusals.told(problems, step=above, frame=frame, languages=actor.languages, language=actor.language)
        )


def _put(
    actor: Actor,
    handbook: Handbook,
    here: Here,
    words: UnitInstruction | None,
    overlay: dict[str, Any],
    above: Mapping[str, str],
) -> None:
    assert here.unit
    if words is None:
        words = UnitInstruction(
            tenant_id=actor.organisation_id, id=uuid7(), unit_id=here.unit.id, step_key=here.key
        )  # fmt: skip
        db.session.add(words)
    words.overlay, words.above = overlay, dict(above)
    words.edited_by_id, words.edited_by, words.edited_at = actor.membership_id, actor.name, now()
    handbook.grow()
    seal_version(actor, handbook, reason="unit", changed=[here.key])
    emit(actor, UnitWordsPublished(unit_id=here.unit.id, step_key=here.key))
