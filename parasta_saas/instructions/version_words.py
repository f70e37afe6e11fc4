"""What the fields of a step are called on pages about versions, and values of theirs in words. Pure."""

from collections.abc import Mapping
from typing import Any

from ..core.i18n import N_, pick
from ..core.i18n import _ as _said

FIELDS = {
    "name": N_("Name"), "minimum": N_("National minimum"), "guidance": N_("Guidance"), "note": N_("Own text"),
    "local_role": N_("Our role for this"), "time_limit": N_("Time limit"), "time_limit_value": N_("Our time limit"),
    "checklist": N_("Checklist"), "forms": N_("Forms"), "own_links": N_("Links"), "attachments": N_("Attachments"),
    "own_roles": N_("Own roles"), "deviation": N_("Deviation"), "params": N_("Set values"),
}  # fmt: skip
REASONS = {
    "edited": N_("Own words were changed"), "update": N_("A national update was taken into use"),
    "withdrawn": N_("Back to the national text"), "returned": N_("An earlier text taken back"),
    "undone": N_("Back to the earlier release"), "shelf": N_("Words from the shelf"),
    "own_step": N_("A step of our own was changed"), "unit": N_("A unit's words were changed"),
    "approved": N_("Approved drafts were put in force"), "imported": N_("An own handbook was brought in"),
}  # fmt: skip


def field_name(field: str) -> str:
    """In the language spoken now."""
    return _said(FIELDS.get(field, field))


def reason_name(reason: str) -> str:
    """Why a version was made, in the language spoken now."""
    return _said(REASONS.get(reason, "Own words were changed"))


def said(field: str, value: Any) -> str:
    """A value of an overlay as text, one item of a list a line."""
    if value in (None, "", [], {}):
        return ""
    if field == "deviation":
        return "\n".join(str(value.get(name) or "") for name in ("reason", "approver", "expires"))
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {value[name]}" for name in sorted(value))
    if isinstance(value, list | tuple):
        return "\n".join(_item(item) for item in value)
    return str(value)


def _item(item: Mapping[str, Any]) -> str:
    words = pick(item.get("text") or item.get("title") or item.get("name")).text
    return " ".join(part for part in (words, pick(item.get("duty")).text, item.get("url") or "") if part)
