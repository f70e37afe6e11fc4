"""What was found in a file, and what became of it: nothing is dropped, renamed or left undrawn in silence. Pure."""

from dataclasses import dataclass, field
from typing import Any

from ...core.i18n import N_, _
from .ids import Renamed

SENTENCES = {
    "encoding": N_("The file says its encoding is %(declared)s, but it is %(used)s. It was read as %(used)s."),
    "renamed": N_("The id %(old)s was taken or not allowed. The element is now %(new)s."),
    "id_given": N_("An element had no id. It is now %(new)s."),
    "unresolved": N_("%(element)s refers to %(ref)s, which is not in the file."),
    "no_end": N_("%(element)s has no beginning or no end."),
    "two_lanes": N_("%(element)s stands in more than one lane: %(lanes)s."),
    "lane_in_lane": N_("The lane %(element)s lists the lane %(ref)s as if it were a step."),
    "cycle": N_("%(element)s leads back to itself: %(path)s."),
    "lanes_without_pool": N_("The lanes of %(element)s stand in no pool."),
    "no_diagram": N_("The file has no drawing: positions have to be laid out anew."),
    "not_drawn": N_("%(element)s is in the file, but in no drawing."),
    "strange_drawing": N_("The drawing of %(element)s can't be read as a place. It is kept as it is."),
    "few_points": N_("The line of %(element)s has fewer than two points."),
    "foreign": N_("Kept as they are, without being read: %(count)s elements or attributes of %(namespace)s."),
    "not_shown": N_("Kept as it is, but not shown by Parasta: %(element)s (%(tag)s)."),
}


@dataclass(frozen=True, slots=True)
class Warn:
    """One thing a person should know: a code, the id of the element, and a sentence."""

    code: str
    element: str | None = None
    values: tuple[tuple[str, object], ...] = ()

    @property
    def text(self) -> str:
        """The sentence in the language spoken now."""
        return _(SENTENCES[self.code], element=self.element or "–", **dict(self.values))

    def as_json(self) -> dict[str, str | None]:
        return {"code": self.code, "element": self.element, "text": self.text}


@dataclass(frozen=True, slots=True)
class Report:
    """What stands in the file (`counts`, by the keys of names.COUNTED), and what was done with it.

    kept: how many pieces of each tag are carried along unread. unresolved: (element, reference).
    not_drawn: ids of what a drawing should show and none does.
    """

    counts: dict[str, int]
    encoding: str = "utf-8"
    kept: dict[str, int] = field(default_factory=dict)
    renamed: tuple[Renamed, ...] = ()
    unresolved: tuple[tuple[str, str], ...] = ()
    not_drawn: tuple[str, ...] = ()
    warnings: tuple[Warn, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For `parasta bpmn check --json`: the counts, `warnings`, and the lists behind them."""
        return {
            **self.counts,
            "encoding": self.encoding,
            "kept": self.kept,
            "renamed": [{"tag": r.tag, "old": r.old, "new": r.new} for r in self.renamed],
            "unresolved": [{"element": element, "reference": ref} for element, ref in self.unresolved],
            "not_drawn": list(self.not_drawn),
            "warnings": [warning.as_json() for warning in self.warnings],
        }
