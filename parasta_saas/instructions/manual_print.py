"""The handbook on A4 as tagged PDF (PDF/UA-1, ISO 14289-1); templates/print/handbook.typ sets it.

Everything that people wrote goes to Typst as data and is never evaluated. The same handbook gives the same bytes.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, NamedTuple

import typst

from ..core import formats, i18n
from ..core.i18n import Picked, _, pgettext
from ..core.markdown import to_html
from ..reference.printing import FONTS, PRINT, STANDARDS, Unprintable
from .manual_document import PhasePart, StepPart
from .manual_words import Block, blocks_of, shallow
from .reading import marked

SIGN = "\u25a1"  # stands on paper for a sign that no font can show
TRIES = 6
HERE = "\u200b"  # a line may break here
_UNBROKEN = re.compile(r"\S{70,}")


class Cover(NamedTuple):
    """What stands on the first page and at the edges of every page. `seal`: SHA-256 of the whole resolved handbook."""

    provider: str
    title: str
    part: str  # which part this is, in words; "" for the whole
    unit: str
    number: int
    release: str
    day: date
    mark: str
    seal: str


def print_manual(phases: Sequence[PhasePart], cover: Cover, language: str) -> bytes:
    """The phases as PDF in this language. Raises Unprintable where a text can't be set at all."""
    with i18n.using(language):
        view = view_of(phases, cover, language)
    return _compiled(view, cover.day)


def view_of(phases: Sequence[PhasePart], cover: Cover, language: str) -> dict[str, Any]:
    """What handbook.typ is given: words in the language spoken now, blocks of manual_words."""
    edition = _("Handbook version %(number)s", number=cover.number) if cover.number else _("No own texts yet")
    model = _("Reference model %(number)s", number=cover.release)
    facts = [(_("Education provider"), cover.provider), (_("Campus or field"), cover.unit),
             (_("This part"), cover.part), (_("Version"), edition),
             (_("Follows"), model), (_("Printed as it stood"), formats.date(cover.day))]  # fmt: skip
    return {
        "lang": language, "title": cover.title, "provider": cover.provider, "part": cover.part, "mark": cover.mark,
        "edition": f"{edition} · {model}", "hash": cover.seal, "hash_label": _("Content hash (SHA-256)"),
        "page": pgettext("agreement", "Page"), "contents": _("Contents"), "whole": not cover.part,
        "facts": [fact for fact in facts if fact[1]], "key": _key(),
        "empty": _("No step of the handbook is like this."),
        "columns": [_("No."), _("Step"), _("Responsible"), _("Time limit")],
        "phases": [_phase(phase) for phase in phases],
    }  # fmt: skip


def _key() -> list[str]:
    return [
        _("The national minimum stands in a box with a double edge. It is in force whatever else is written."),
        _("How we do it stands beside a thick line: it is the provider's own."),
        _("An underlined sentence of the guidance is the provider's own; the rest is national."),
    ]


def _phase(phase: PhasePart) -> dict[str, Any]:
    return {
        "title": f"{phase.order} {phase.name.text}", "order": phase.order,
        "rows": [[s.label, s.name.text, _who(s), capital(s.limit)] for s in phase.steps],
        "steps": [_step(step) for step in phase.steps],
    }  # fmt: skip


def _who(step: StepPart) -> str:
    return capital(step.local_role.text or step.responsible)


def capital(words: str) -> str:
    """With a capital letter."""
    return words[:1].upper() + words[1:]


def _step(step: StepPart) -> dict[str, Any]:
    tags = [_("Critical point")] if step.critical else []
    tags += [_("Service process")] if step.view == "service" else [_("Operating process")]
    tags += [_("Our own step")] if step.mark == "own" else []
    tags += [{"responsible": _("Responsible"), "participant": _("Takes part")}[step.part]] if step.part else []
    forms = capital(_(" and ").join(step.forms))
    facts = [
        (_("Responsible"), capital(step.responsible)), (_("Takes part"), capital(", ".join(step.participants))),
        (_("Time limit"), capital(step.limit)), (_("Form of agreement"), forms), (_("Statute"), step.statute),
        (_("Needed before"), capital(step.inputs.text)), (_("Comes out of it"), capital(step.outputs.text)),
        (_("Why this matters"), step.value.text),
    ]  # fmt: skip
    return {
        "title": f"{step.label} {step.name.text}", "critical": step.critical, "own_step": step.mark == "own",
        "tags": tags, "name_lang": step.name.language,
        "minimum": _minimum(step) if step.minimum.text else None,
        "ours": {"title": _("How we do it"), "parts": _ours(step)} if step.has_own else None,
        "guidance": _guidance(step) if step.guidance.text else None,
        "facts": [fact for fact in facts if fact[1]],
    }  # fmt: skip


def _minimum(step: StepPart) -> dict[str, Any]:
    basis = _("Basis: %(basis)s.", basis=step.basis) if step.basis else ""
    return {"title": _("National minimum"), "text": step.minimum.text, "lang": step.minimum.language, "basis": basis}


def _guidance(step: StepPart) -> dict[str, Any]:
    title = _("National guidance that we have adapted") if step.adapted else _("National guidance")
    html = marked(shallow(step.national_guidance), shallow(step.guidance.text))
    return {"title": title, "lang": step.guidance.language, "blocks": blocks_of(html)}


def _ours(step: StepPart) -> list[dict[str, Any]]:
    """Titled pieces in the order of the page."""
    parts = [_part(_("At our own unit") if whose == "unit" else "", _blocks(note), note) for whose, note in step.notes]
    if step.national_limit:
        words = _("%(own)s (nationally %(national)s)", own=capital(step.limit), national=step.national_limit)
        parts.append(_part(_("Our time limit"), [_paragraph(words)]))
    if step.local_role.text:
        parts.append(_part(_("With us this is done by"), [_paragraph(step.local_role.text)], step.local_role))
    lists = (
        (_("Checklist"), [_paragraph(item.text) for item in step.checklist]),
        (_("Forms and links"), [_paragraph(title.text, url) for title, url in step.links]),
        (_("Attachments"), [_paragraph(f"{a['title'].text} ({a['name']})") for a in step.attachments]),
        (_("Own roles"), [_paragraph(f"{name.text}: {duty.text}" if duty.text else name.text)
                          for name, duty in step.own_roles]),
        (_("Chosen with us"), [_paragraph(f"{name}: {value}") for name, value in step.params]),
    )  # fmt: skip
    parts += [
        _part(title, [{"kind": "list", "start": 1, "items": [[i] for i in items]}]) for title, items in lists if items
    ]
    if step.deviation:
        parts.append(_part(_("Deviation"), [_paragraph(deviation_words(step.deviation))]))
    return parts


def deviation_words(deviation: Mapping[str, str]) -> str:
    """The reason, who approved it and until when."""
    until = formats.date(date.fromisoformat(str(deviation["expires"])[:10]))
    approved = _("Approved by %(name)s, in force until %(date)s.", name=deviation["approver"], date=until)
    return f"{deviation['reason']} {approved}"


def _part(title: str, blocks: list[Block], words: Picked | None = None) -> dict[str, Any]:
    return {"title": title, "blocks": blocks, "lang": words.language if words else i18n.language()}


def _blocks(words: Picked) -> list[Block]:
    return blocks_of(to_html(shallow(words.text)))


def _paragraph(words: str, url: str = "") -> Block:
    return {"kind": "p", "runs": [{"t": words, "b": False, "o": False, "c": False, "u": url}]}


def _compiled(view: Mapping[str, Any], day: date) -> bytes:
    """Signs that no font has are replaced, because one of them must not keep a whole handbook off paper."""
    text = json.dumps(_breakable(view), ensure_ascii=False)
    for _try in range(TRIES):
        try:
            return _set(text, day)
        except typst.TypstError as error:
            found = re.search(r'the text `"(.*?)"` could not be displayed', str(error), re.DOTALL)
            if found is None:
                raise
            text = _showable(text, found[1])
    raise Unprintable(_("Some signs of the handbook can't be printed. Write them in other letters."))


def _breakable(value: Any) -> Any:
    """With places to break in words that are wider than the paper; addresses of links stay as they are."""
    if isinstance(value, str):
        return _UNBROKEN.sub(lambda found: HERE.join(re.findall(".{1,40}", found[0], re.DOTALL)), value)
    if isinstance(value, Mapping):
        return {name: each if name in ("u", "hash") else _breakable(each) for name, each in value.items()}
    return [_breakable(each) for each in value] if isinstance(value, list | tuple) else value


def _showable(text: str, missing: str) -> str:
    """Without the signs that were missing, and without any pictograph, so that it rarely takes a second try."""
    wrong = {sign for sign in missing if not sign.isascii()}
    return "".join(
        SIGN if sign in wrong or unicodedata.category(sign) in ("So", "Cn", "Co") and sign != SIGN else sign
        for sign in text
        if unicodedata.category(sign) != "Cf" or sign in ("\u00ad", HERE)
    )


def _set(text: str, day: date) -> bytes:
    compiler = typst.Compiler(PRINT / "handbook.typ", root=PRINT, font_paths=_fonts())
    pdf = compiler.compile(
        format="pdf", sys_inputs={"view": text}, pdf_standards=STANDARDS,
        timestamp=datetime.combine(day, time(), UTC),
    )  # fmt: skip
    assert isinstance(pdf, bytes)  # a list only for images of several pages
    return pdf


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS] if FONTS.is_dir() else [])
