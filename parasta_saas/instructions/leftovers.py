"""A provider's own words cut into pieces that can lie on a shelf, and put on a step again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ..core.sentences import comparable, split
from . import extras
from .drafting import carried_over
from .limits import merge_limit
from .merge import own_sentences
from .resolved import check_overlay, local_sentences, mode, not_permitted

Texts = Mapping[str, str]
Overlay = dict[str, Any]
FIELDS = ("guidance", "note", "local_role", "time_limit", *extras.EXTRAS)
# Said in templates/instructions/shelf_text.html.
WHY = ("answer", "gone", "beside", "limit", "locked", "undone", "imported", "phase_gone")


_MARK = "*↳ "  # begins a line that says where words came from: ours, not the provider's


@dataclass(frozen=True, slots=True)
class Piece:
    """Own words of one field in one language; a time limit is a number as text with its unit, language ""."""

    field: str
    language: str
    text: str
    unit: str = ""


def pieces(overlay: Mapping[str, Any], written_on: Texts, *, unit: str = "") -> list[Piece]:
    """Everything of the provider's own: runs of own sentences of the guidance, notes, roles, extras, the limit."""
    found = []
    for language, text in (overlay.get("guidance") or {}).items():
        runs = groupby(local_sentences(written_on.get(language, ""), text), key=lambda pair: pair[1])
        words = ["".join(piece for piece, _own in run).strip() for own, run in runs if own]
        found += [Piece("guidance", language, each) for each in words if each]
    for name in ("note", "local_role"):
        found += [Piece(name, language, text) for language, text in (overlay.get(name) or {}).items() if text.strip()]
    found += [Piece(*each) for each in extras.words_of(overlay)]
    if overlay.get("time_limit_value") is not None:
        found.append(Piece("time_limit", "", str(overlay["time_limit_value"]), unit))
    return found


def taken_along(
    overlay: Mapping[str, Any], was: Mapping[str, Any], becomes: Mapping[str, Any], guidance: Texts
) -> tuple[Overlay, list[tuple[Piece, str]]]:
    """An overlay on its way to a newer step: (what stands there, what can't with a word of WHY).

    `was`, `becomes`: content of the step it was written on and of the new one; `guidance`: the merged texts, without
    languages in which only the national one can stand now. What they leave out and a limit outside the new range are
    left over.
    """
    carried = carried_over(overlay, was, becomes)
    aside = {code: text for code, text in carried.pop("guidance", {}).items() if code not in guidance}
    merged = {
        code: text for code, text in guidance.items() if text.strip() != (becomes["guidance"].get(code) or "").strip()
    }
    if merged:
        carried["guidance"] = merged
    fits, left = fitting(overlay, was, becomes, carried)
    return fits, _against(aside, was, becomes) + left


def fitting(
    overlay: Mapping[str, Any], was: Mapping[str, Any], becomes: Mapping[str, Any], wanted: Overlay
) -> tuple[Overlay, list[tuple[Piece, str]]]:
    """`wanted` without what the step refuses, and what is thereby left over of `overlay`. Each language alone."""
    policy, national = mode(becomes, "guidance"), becomes.get("guidance") or {}
    texts = wanted.get("guidance") or {}
    aside = {code: text for code, text in texts.items() if not_permitted(policy, national.get(code, ""), text)}
    left, fits = _against(aside, was, becomes), dict(wanted)
    if aside:
        fits["guidance"] = {code: text for code, text in texts.items() if code not in aside}
    for refusal in check_overlay(becomes, fits):
        words = fits.pop(refusal.field.partition(".")[0], None)
        if words is not None and refusal.field != "time_limit_value":
            left += [(piece, "locked") for piece in pieces({refusal.field: words}, national)]
    own = overlay.get("time_limit_value")
    if own is not None and "time_limit_value" not in fits:
        merged = merge_limit(becomes.get("time_limit"), own, was.get("time_limit"))
        if merged.asks or "time_limit_value" in wanted:
            unit = (was.get("time_limit") or {}).get("unit", "")
            left.append((Piece("time_limit", "", str(own), unit), "limit"))
    return {name: value for name, value in fits.items() if value}, left


def _against(texts: Texts, was: Mapping[str, Any], becomes: Mapping[str, Any]) -> list[tuple[Piece, str]]:
    """Own words of guidance where only the national ones can stand now; what the nation said or says is not own."""
    found = []
    for piece in pieces({"guidance": texts}, was.get("guidance") or {}):
        own = own_sentences((becomes.get("guidance") or {}).get(piece.language, ""), piece.text)
        words = piece.text if len(own) == len(split(piece.text).sentences) else " ".join(own)
        found += [(Piece("guidance", piece.language, words), "locked")] if words else []
    return found


def with_origin(words: str, origin: str) -> str:
    """Words with a line of where they came from, in Markdown."""
    return f"{words.strip()}\n\n{_MARK}{origin}*"


def appended(note: Texts, language: str, words: str) -> dict[str, str]:
    """A note with a paragraph more."""
    before = (note.get(language) or "").rstrip()
    return {**note, language: f"{before}\n\n{words}" if before else words}


def removed(note: Texts, language: str, words: str) -> dict[str, str] | None:
    """A note without that paragraph; None where it is no longer there as it was put."""
    text = note.get(language) or ""
    if words not in text:
        return None
    before, _words, after = text.partition(words)
    rest = "\n\n".join(part for part in (before.strip(), after.strip()) if part)
    kept = {code: each for code, each in note.items() if code != language}
    return kept | ({language: rest} if rest else {})


@dataclass(frozen=True, slots=True)
class Account:
    """Where the own words of one step are after an update."""

    in_force: tuple[Piece, ...]
    on_shelf: tuple[Piece, ...]
    missing: tuple[Piece, ...]


def account(own: Iterable[Piece], stands: Sequence[Mapping[str, Any]], shelf: Iterable[Piece]) -> Account:
    """Look for every own sentence in the overlays now in force (`stands`) and on the shelf."""
    kept = {(piece.language, comparable(each)) for piece in shelf for each in _sentences(piece)}
    there: list[Piece] = []
    lies: list[Piece] = []
    missing: list[Piece] = []
    for piece in (Piece(p.field, p.language, each, p.unit) for p in own for each in _sentences(p)):
        if _stands(piece, stands):
            there.append(piece)
        else:
            (lies if (piece.language, comparable(piece.text)) in kept else missing).append(piece)
    return Account(tuple(there), tuple(lies), tuple(missing))


def _stands(piece: Piece, overlays: Sequence[Mapping[str, Any]]) -> bool:
    if piece.field == "time_limit":
        return any(str(overlay.get("time_limit_value")) == piece.text for overlay in overlays)
    if piece.field in extras.EXTRAS:
        asked = (piece.field, piece.language, piece.text)
        if any(asked in set(extras.words_of(overlay)) for overlay in overlays):
            return True
        # Put beside an heir's words they are lines of its note, what has no language in the first one.
        notes = [text for overlay in overlays for text in (overlay.get("note") or {}).values()]
        return any(comparable(piece.text) in comparable(text) for text in notes)
    fields = ("guidance", "note", "local_role", "national")
    texts = [(overlay.get(name) or {}).get(piece.language, "") for overlay in overlays for name in fields]
    texts += [line for overlay in overlays for *_where, line in extras.words_of(overlay)]  # gone home from a note
    words = comparable(piece.text)
    return any(words in comparable(text) for text in texts if text)


def _sentences(piece: Piece) -> list[str]:
    if piece.field in ("time_limit", "local_role", *extras.EXTRAS):
        return [piece.text]
    found = [sentence.text for sentence in split(piece.text).sentences] or [piece.text]
    return [words for words in found if not words.startswith(_MARK)]
