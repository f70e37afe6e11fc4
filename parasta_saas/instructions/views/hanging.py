"""What hangs on a step, from the form and into it; files that hang there are downloaded here."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, g, url_for
from werkzeug.datastructures import Headers

from ...core import clock, formats
from ...core.access import require
from ...core.errors import Invalid
from ...core.forms import Form
from ...core.i18n import _
from ...core.ids import uuid7
from ...tenants import queries as tenants
from ...tenants.queries_units import STAFF
from .. import attachments, policies
from ..deviations import has_ended
from ..extras import ADDED
from ..extras_typed import MOST, Rows, shown
from ..queries import Book
from ..queries import layers as found
from ..services import layers as services
from .blueprint import bp

# A file of a provider is never a page of ours: it may do nothing, and it is saved, not shown.
CSP = "default-src 'none'; sandbox"
STEMS = {"link": ("forms", "own_links"), "att": ("attachments",), "role": ("own_roles",)}


@bp.get("/files/<uuid:file_id>", endpoint="file")
def download(file_id: UUID) -> Response:
    """Save a file that hangs on a step."""
    require(policies.can_read_handbook(g.actor))
    file = found.attached_file_for(g.actor, file_id)
    headers = Headers({"Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff"})
    headers.add("Content-Disposition", "attachment", filename=file.name)
    return Response(file.content, mimetype=file.media_type, headers=headers)


def extras_of(form: Form, current: Mapping[str, Any], book: Book) -> dict[str, Any]:
    """What the form says hangs on the step: {} where it did not show these fields. Raises Invalid."""
    if not form.data.get("hanging"):
        return {}
    rows = Rows(form.data, current, g.actor.languages, lambda: uuid7().hex[-12:])
    lists = rows.lists()
    errors = rows.errors
    if "deviations" in book.features and form.data.get("deviating"):
        deviation, problems = _deviation(form.data, current.get("deviation"))
        lists["deviation"] = deviation
        errors |= problems
    if errors:
        raise Invalid(errors)
    if form.data.get("file") is not None:
        lists["attachments"] = [*lists["attachments"], _attached(form)]
    return lists


def values_of(overlay: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the form as they stand."""
    deviation = overlay.get("deviation") or {}
    return {**shown(overlay, g.actor.languages), "hanging": "1"} | {
        f"deviation_{name}": deviation.get(key, "")
        for name, key in (("reason", "reason"), ("approver", "approver_id"), ("expires", "expires"))
    }


def context_of(form: Form, overlay: Mapping[str, Any], book: Book) -> dict[str, Any]:
    """Rows to show: those that are there, those just typed, and one more to fill in."""
    deviating = "deviations" in book.features
    return {
        "rows": {stem: _count(form, overlay, stem) for stem in STEMS},
        "there": {stem: sum(len(overlay.get(name) or ()) for name in names) for stem, names in STEMS.items()},
        "files": {item["key"]: item for item in overlay.get("attachments") or ()},
        "hangs": any(overlay.get(name) for name in ADDED) or _typed_some(form),
        "deviating": deviating, "deviation": overlay.get("deviation"), "accept": attachments.ACCEPT,
        "approvers": [(str(m.id), m.name) for m in tenants.members_of(g.actor, *STAFF)] if deviating else [],
    }  # fmt: skip


def hanging(overlay: Mapping[str, Any]) -> dict[str, Any] | None:
    """What hangs on a step, for its page; None where nothing does."""
    if not any(overlay.get(name) for name in (*ADDED, "deviation")):
        return None
    deviation = overlay.get("deviation")
    return {
        **{name: overlay.get(name) or [] for name in ADDED},
        "deviation": deviation and {**deviation, "day": date.fromisoformat(deviation["expires"]),
                                    "ended": has_ended(deviation, clock.today())},
        "url": lambda item: url_for("instructions.file", file_id=item["file_id"]),
        "main": g.actor.languages[0], "size": lambda item: _size(item["size"]),
    }  # fmt: skip


def labels() -> dict[str, str]:
    """Field → what the summary of errors calls it."""
    return {
        "file": _("Attach a file"), "deviation_reason": _("Deviation"), "deviation_expires": _("Deviation"),
        "deviation_approver": _("Deviation"), "time_limit_value": _("Our time limit"),
    }  # fmt: skip


def _size(count: int) -> str:
    """340 kB, 1.2 MB."""
    if count < 1_000_000:
        return _("%(number)s kB", number=max(1, round(count / 1000)))
    return _("%(number)s MB", number=formats.number(round(count / 1_000_000, 1)))


def _attached(form: Form) -> dict[str, Any]:
    title = {code: form.data[f"file_title_{code}"] for code in g.actor.languages if form.data.get(f"file_title_{code}")}
    sent = form.data["file"]
    content = sent.read() if hasattr(sent, "read") else b""
    return services.attach_file(g.actor, name=getattr(sent, "filename", "") or "", content=content, title=title)


def _deviation(data: Mapping[str, Any], before: Mapping[str, Any] | None) -> tuple[Any, dict[str, list[str]]]:
    """(the deviation, what has to be mended)."""
    reason, expires, who = (data.get(f"deviation_{name}") for name in ("reason", "expires", "approver"))
    if data.get("deviation_gone") or not (reason or expires or who):
        return {}, {}
    errors: dict[str, list[str]] = {}
    if not reason:
        errors["deviation_reason"] = [_("Say why you deviate for a time.")]
    if who is None:
        errors["deviation_approver"] = [_("Say who has approved it.")]
    if expires is None:
        errors["deviation_expires"] = [_("Say until when it holds: it has an end.")]
    if errors or who is None or expires is None:
        return before, errors
    member = tenants.member_for(g.actor, who, *STAFF)
    made = {"reason": reason, "approver": member.name, "approver_id": str(member.id), "expires": expires.isoformat()}
    if expires <= clock.today() and made != before:
        return before, {"deviation_expires": [_("Choose a day to come. A deviation that has ended is removed.")]}
    return made, {}


def _count(form: Form, overlay: Mapping[str, Any], stem: str) -> int:
    there = sum(len(overlay.get(name) or ()) for name in STEMS[stem])
    if stem == "att":
        return min(there, MOST)
    typed = [int(name.split("_")[1]) for name, value in form.values.items() if _is_row(name, stem) and value]
    return min(MOST, max([there, *(at + 1 for at in typed)]) + 1)


def _is_row(name: str, stem: str) -> bool:
    parts = name.split("_")
    return parts[0] == stem and len(parts) > 2 and parts[1].isdigit() and parts[2] not in ("order", "kind")


def _typed_some(form: Form) -> bool:
    return any(form.errors) and any(
        value for name, value in form.values.items()
        if name.startswith("checklist_") or any(_is_row(name, stem) for stem in STEMS)
    )  # fmt: skip
