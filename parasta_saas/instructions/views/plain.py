"""Plain words: what each step means for a workplace or a student, as they read it and as it is written."""

from typing import Any

from flask import Response, g, request, url_for

from ...core.access import require
from ...core.errors import NotFound
from ...core.forms import Form
from ...core.i18n import N_, OWN_NAMES, _, language, pick
from ...core.pages import changed, invalid, page
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from .. import policies
from ..manual_document import Asked, PhasePart, Reader, document
from ..models import PlainText
from ..plain_words import readability
from ..queries import manual as manuals
from ..queries import reading as queries
from ..queries.manual import Manual
from ..schemas_manual import ReadManual, WritePlainText, meant, plain_of
from ..services import publicity as services
from .manual import reader

bp = organisation_blueprint("plain", __name__, "/handbook/plain")
INDEX, PHASE, WRITE = "manual/plain.html", "manual/plain_phase.html", "manual/plain_write.html"
AUDIENCES = (("workplace", N_("For the workplace")), ("student", N_("For the student")))


@bp.get("", endpoint="show")
def show_phases() -> str:
    """The phases in plain words."""
    require(policies.can_read_handbook(g.actor))
    return page(INDEX, "phases", **_inside(manuals.manual_of(g.actor)))


@bp.get("/<phase>", endpoint="phase")
def show_phase(phase: str) -> str:
    """One phase on a short page."""
    require(policies.can_read_handbook(g.actor))
    return page(PHASE, "steps", **at_phase(_inside(manuals.manual_of(g.actor)), phase))


@bp.get("/of/<provider>", endpoint="of")
def show_partner(provider: str) -> str:
    """The plain words of a provider that this workplace works with."""
    return page(INDEX, "phases", **_partner(provider))


@bp.get("/of/<provider>/<phase>", endpoint="of_phase")
def show_partner_phase(provider: str, phase: str) -> str:
    return page(PHASE, "steps", **at_phase(_partner(provider), phase))


@bp.get("/write", endpoint="write")
def write() -> str:
    """A list of the steps that workplaces and students meet, each with its own field and button."""
    manual = manuals.manual_of(g.actor)
    require(policies.can_write_plain_text(g.actor))
    g.release_number = manual.release.number
    texts = queries.plain_texts_of(g.actor)
    return page(WRITE, rows=[_row(manual, key, texts.get(key)) for key in _to_write(manual)], **_writing(manual))


@bp.post("/write/<key>", endpoint="save")
def save(key: str) -> Response:
    manual = manuals.manual_of(g.actor)
    manual.entry(key)
    form = Form(WritePlainText)
    require(policies.can_write_plain_text(g.actor))
    if not form.valid:
        return invalid(WRITE, "row", **(_alone(manual, key, form) | {"form": form}))
    try:
        row = services.write_plain_text(g.actor, step_key=key, text=plain_of(form.data), version=form.data["version"])
    except services.WrittenMeanwhile as problem:
        form.values["version"] = problem.row.version
        response = invalid(WRITE, "row", **(_alone(manual, key, form, stands=problem.row) | {"form": form}))
        response.status_code = problem.status
        return response
    message = _("Saved.") if row.text else _("Saved without words: the national text is shown.")
    return changed(WRITE, "row", to=url_for(".write") + f"#s-{key}", message=message, **_alone(manual, key))


@bp.post("/write/<key>/hint", endpoint="hint")
def hint(key: str) -> str | Response:
    """How the text reads while it is being written; nothing is saved."""
    manual = manuals.manual_of(g.actor)
    manual.entry(key)
    form = Form(WritePlainText)
    require(policies.can_write_plain_text(g.actor))
    if not form.valid:
        return invalid(WRITE, "row", **(_alone(manual, key, form) | {"form": form}))
    hints = _hints(plain_of(form.data))
    return page(WRITE, "hints", **_alone(manual, key, form, hints=hints), hints=hints)


def plain_context(
    manual: Manual, texts: dict[str, PlainText], reading: Reader, audience: str, phase_url: Any, self_url: Any
) -> dict[str, Any]:
    """What the plain pages show, inside, to a partner and to the public. `phase_url(key)`, `self_url(audience)`."""
    asked = Asked(audience=audience)
    parts = document(manual.phases, manual.entries, manual.release.frame, reading, asked)
    return {
        "manual": manual, "parts": parts, "audience": audience, "phase_url": phase_url,
        "said": lambda step: _said(step.key, texts, reading),
        "tabs": [
            {"label": _(label), "value": value, "current": value == audience, "url": self_url(value)}
            for value, label in AUDIENCES
        ],
    }  # fmt: skip


def at_phase(context: dict[str, Any], key: str) -> dict[str, Any]:
    """The same with one phase chosen and those before and after; NotFound for a phase with nothing to tell."""
    parts: list[PhasePart] = context["parts"]
    at = next((number for number, part in enumerate(parts) if part.key == key), None)
    if at is None:
        if key in {phase.key for phase in context["manual"].phases}:
            return context | {"part": None, "before": None, "after": None, "phase_key": key}
        raise NotFound()
    after = parts[at + 1] if at + 1 < len(parts) else None
    return context | {"part": parts[at], "before": parts[at - 1] if at else None, "after": after, "phase_key": key}


def wanted_audience() -> str:
    return str(meant(ReadManual, dict(request.args)).get("audience", ""))


def _inside(manual: Manual) -> dict[str, Any]:
    g.release_number = manual.release.number
    audience = wanted_audience() or ("student" if g.actor.has("student", "guardian") else "workplace")
    texts = queries.plain_texts_of(g.actor)
    return plain_context(
        manual,
        texts,
        reader(),
        audience,
        lambda key: url_for("plain.phase", phase=key, audience=audience),
        lambda value: url_for(request.endpoint or ".show", **{**(request.view_args or {}), "audience": value}),
    ) | {
        "base": "base.html",
        "provider_name": g.actor.organisation_name,
        "home": url_for("plain.show", audience=audience),
    }


def _partner(slug: str) -> dict[str, Any]:
    """As a workplace reads a provider it works with; NotFound for any other."""
    provider = tenants.organisation_at(slug, "provider")
    if not g.actor.is_workplace() or not tenants.relation_between(provider.id, g.actor.organisation_id):
        raise NotFound()
    manual = queries.partner_manual(g.actor, provider)
    audience, texts = wanted_audience() or "workplace", queries.plain_texts_of(g.actor, provider)
    g.release_number = manual.release.number
    return plain_context(
        manual, texts, Reader(language(), provider.languages, outside=True), audience,
        lambda key: url_for("plain.of_phase", provider=slug, phase=key, audience=audience),
        lambda value: url_for(request.endpoint or ".of", **{**(request.view_args or {}), "audience": value}),
    ) | {"base": "portal_base.html", "provider_name": provider.called(language()),
         "comment_url": lambda key: url_for("reader_comments.show", provider=slug, step=key),
         "home": url_for("plain.of", provider=slug, audience=audience)}  # fmt: skip


def _said(key: str, texts: dict[str, PlainText], reading: Reader) -> Any:
    """The plain words of a step, or None where nobody wrote any."""
    row = texts.get(key)
    found = pick(row.text if row else None, reading.language, main=reading.working[0])
    return found._replace(text=reading.tidy(found.text)) if found.text else None


def _to_write(manual: Manual) -> list[str]:
    keys = {
        step.key
        for audience, _label in AUDIENCES
        for part in document(manual.phases, manual.entries, manual.release.frame, reader(), Asked(audience=audience))
        for step in part.steps
    }
    return [entry.key for entry in manual.entries if entry.key in keys]


def _writing(manual: Manual) -> dict[str, Any]:
    return {
        "languages_written": [(code, OWN_NAMES[code]) for code in g.actor.languages],
        "form": Form.blank(WritePlainText),
    }  # fmt: skip


def _row(manual: Manual, key: str, row: PlainText | None, **changed: Any) -> dict[str, Any]:
    """One step to write on; `changed`: what is different from what stands (the form, its hints, another's text)."""
    text = row.text if row else {}
    values = {f"text_{code}": text.get(code, "") for code in g.actor.languages}
    entry = manual.entry(key)
    return {
        "key": key, "row": row, "hints": _hints(text), "stands": None,
        "form": Form.blank(WritePlainText, version=row.version if row else 0, **values),
        "part": document(manual.phases, [entry], manual.release.frame, reader())[0].steps[0],
    } | changed  # fmt: skip


def _alone(manual: Manual, key: str, form: Form | None = None, **changed: Any) -> dict[str, Any]:
    """One row for a swap, and the whole list around it where there is no script."""
    texts = queries.plain_texts_of(g.actor)
    mine = changed | ({"form": form} if form else {})
    rows = [_row(manual, each, texts.get(each), **(mine if each == key else {})) for each in _to_write(manual)]
    one = next((row for row in rows if row["key"] == key), None) or _row(manual, key, texts.get(key), **mine)
    return _writing(manual) | {"one": one, "rows": rows}


def _hints(texts: dict[str, str]) -> list[tuple[str, Any]]:
    """(language's own name, what to look at) of every language with words."""
    found = [(OWN_NAMES[code], readability(text, code)) for code, text in texts.items()]
    return [(name, hints) for name, hints in found if hints]
