"""The translation desk: texts without their other language, or whose other language is older. One after the other."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import changed, invalid, page
from ...tenants.entry import organisation_blueprint
from .. import changes, deskwork, flow, policies, queries, services, telling, translation
from ..models import Release
from ..schemas.translation import SettleText, TranslateText
from ..services import translation as desk_services
from .studio import in_foot, national_only

bp = organisation_blueprint("desk", __name__, "/studio/<uuid:release_id>/desk")
bp.before_request(national_only)
PAGE = "studio/desk.html"


@bp.get("", endpoint="show")
def show_desk(release_id: UUID):
    release = queries.release_for(g.actor, release_id)
    return page(PAGE, "desk", **_desk(release, request.args.get("text", "")))


@bp.post("/texts", endpoint="write")
def write_text(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(TranslateText)
    try:
        if form.valid:
            desk_services.translate_text(g.actor, release, **form.data)
            return _next(release, form.data["place"], _("The text has been saved."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(PAGE, "desk", **_desk(release, str(form.values.get("place", "")), form=form))


@bp.post("/settled", endpoint="settle")
def settle_text(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(SettleText)
    if not form.valid:
        return invalid(PAGE, "desk", **_desk(release, "", form=form))
    services.settle_text(g.actor, release, place=form.data["place"])
    return _next(release, form.data["place"], _("Marked as right as it is."))


@bp.post("/settled/removal", endpoint="unsettle")
def look_again(release_id: UUID):
    release = queries.draft_for(g.actor, release_id)
    form = Form(SettleText)
    if not form.valid:
        return invalid(PAGE, "desk", **_desk(release, "", form=form))
    desk_services.unsettle_text(g.actor, release, place=form.data["place"])
    shown = _desk(release, form.data["place"])
    to = url_for(".show", release_id=release.id, text=form.data["place"])
    return changed(PAGE, "desk", to=to, message=_("The text waits on the desk again."), **shown)


def _next(release: Release, place: str, message: str) -> Any:
    """Saved: on to the next text that waits."""
    shown = _desk(release, "", after=place)
    chosen = shown["chosen"]
    to = url_for(".show", release_id=release.id, text=chosen.place if chosen else None)
    return changed(PAGE, "desk", to=to, message=message, **shown)


def _desk(release: Release, place: str, *, after: str = "", form: Form | None = None) -> dict[str, Any]:
    """The queue, how far it is, and the one text that is looked at: at `place`, else the next after `after`."""
    in_foot(release)
    base = queries.base_of(release)
    before, content = queries.content_of(base) if base else {}, queries.content_of(release)
    texts = translation.desk(before, content, release.settled)
    waits = deskwork.waiting(texts)
    chosen = deskwork.at(texts, place) or deskwork.following(waits, texts, after)
    names = telling.Names(before, content)
    orders = {step["key"]: step["order"] for step in content["steps"]}
    return {
        "release": release, "base": base, "waits": waits, "progress": deskwork.progress(texts), "chosen": chosen,
        "settled": translation.open_texts(texts, "settled"), "field_label": deskwork.field_label,
        "title_of": lambda text: deskwork.title(text, names, orders),
        "may_write": release.state in flow.OPEN and policies.can_draft_release(g.actor),
        **(_chosen(chosen, waits, texts, form) if chosen else {"form": form}),
    }  # fmt: skip


def _chosen(
    chosen: translation.Text, waits: list[translation.Text], texts: list[translation.Text], form: Form | None
) -> dict[str, Any]:
    """The text side by side: what changed in one language, and the other to be written."""
    target = chosen.behind or _other(chosen)
    source = next(code for code in translation.REQUIRED if code != target)
    was, now = chosen.before.get(source) or "", chosen.texts.get(source) or ""
    seen = {"place": chosen.place, "language": target, "seen": chosen.print}
    return {
        "target": target, "source": source, "words": changes.word_diff(was, now) if was != now and was else [],
        "source_text": now, "english": chosen.texts.get("en") or "", "form": form or Form.blank(
            TranslateText, **seen, words=chosen.texts.get(target) or ""
        ),
        "skip": deskwork.following([text for text in waits if text != chosen], texts, chosen.place),
    }  # fmt: skip


def _other(text: translation.Text) -> str:
    """Of a text that waits for nothing: Swedish, unless it alone changed."""
    swedish = text.texts.get("sv", "") != text.before.get("sv", "")
    finnish = text.texts.get("fi", "") != text.before.get("fi", "")
    return "fi" if swedish and not finnish else "sv"
