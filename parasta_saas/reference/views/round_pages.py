"""What the pages of a comment round show, for members of organisations and for everyone."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import g, url_for

from ...core.clock import today
from ...core.errors import NotFound
from ...core.forms import Form
from ...core.i18n import LANGUAGES, N_, OWN_NAMES, _, pick
from .. import policies
from ..anchors import OUTDATED, Anchor, place
from ..models import Comment, Round
from ..queries import rounds as queries
from ..services.comments import Spot
from ..threads import COMMENTED, OUTCOMES, Thread, sentences_of, tally, texts_of

FIELD_NAMES = {
    "minimum": N_("National minimum"),
    "guidance": N_("Guidance"),
    "name": N_("Name"),
    "value": N_("Why this matters"),
    "inputs": N_("Begins from"),
    "outputs": N_("Results in"),
    "pulse": N_("What we ask at this point"),
}
LAYOUTS = {"provider": "base.html", "national": "base.html", "workplace": "portal_base.html"}


def frame() -> dict[str, Any]:
    """What every page of the rounds needs: its layout, the day."""
    layout = LAYOUTS[g.actor.kind] if g.actor.signed_in else "base.html"
    return {"layout": layout, "day": today(), "standing": standing, "OUTCOMES": OUTCOMES, "FIELD_NAMES": FIELD_NAMES}


def standing(round_: Round) -> str:
    """finished, coming, open or closed."""
    if round_.finished:
        return "finished"
    if today() < round_.opens_on:
        return "coming"
    return "open" if round_.accepts(today()) else "closed"


def around(round_: Round) -> dict[str, Any]:
    """What every page of one round needs."""
    g.release_number = _("%(number)s, draft", number=round_.number)
    inside = g.actor.signed_in
    return frame() | {
        "round": round_, "state": standing(round_), "inside": inside,
        "may_comment": policies.can_comment_round(g.actor) if inside else round_.public,
        "accepting": round_.accepts(today()), "days_left": (round_.closes_on - today()).days,
        "mine": lambda comment: inside and comment.author_id == g.actor.membership_id and not comment.by_public,
    }  # fmt: skip


def whole(round_: Round) -> dict[str, Any]:
    """The first page: what changes, the questions, the process, what was said about the whole."""
    base, made = queries.comparison_in(round_)
    found = queries.threads_of(g.actor, round_)
    counts = Counter(thread.place for thread in found if not thread.root.withdrawn_at)
    phases = [
        (phase, [step for step in round_.content["steps"] if step["phase"] == phase["key"]])
        for phase in round_.content["phases"]
    ]
    return around(round_) | {
        "base": base, "made": made, "phases": phases, "counts": counts, "found": found,
        "total": sum(counts.values()),
        "by_place": lambda place: [thread for thread in found if thread.place == place],
    }  # fmt: skip


def step(round_: Round, key: str) -> dict[str, Any]:
    """One step by sentence, with what was said about it; changed steps are neighbours of changed steps."""
    chosen = _step(round_, key)
    base, made = queries.comparison_in(round_)
    found = [thread for thread in queries.threads_of(g.actor, round_) if thread.place == f"step:{key}"]
    change = next((diff for diff in made.steps if diff.key == key and diff.kind != "removed"), None)
    return around(round_) | {
        "base": base, "step": chosen, "change": change, "found": found, "fields": _fields(chosen, found),
        "neighbours": _neighbours(round_, made.steps, key),
        "phase": next(p for p in round_.content["phases"] if p["key"] == chosen["phase"]),
    }  # fmt: skip


def summary(round_: Round) -> dict[str, Any]:
    """What was said and decided, generated from the decisions: in all, per step, per question."""
    found = [thread for thread in queries.threads_of(g.actor, round_) if thread.root.stands]
    places: dict[str, list[Thread]] = {}
    for thread in found:
        places.setdefault(thread.place, []).append(thread)
    steps = [(s, places[f"step:{s['key']}"]) for s in round_.content["steps"] if f"step:{s['key']}" in places]
    asked = [(q, places[f"question:{q['key']}"]) for q in round_.questions if f"question:{q['key']}" in places]
    said_by = {thread.root.author_organisation for thread in found if thread.root.author_organisation}
    return around(round_) | {
        "found": found, "tally": tally, "steps": steps, "asked": asked, "wholes": places.get("whole", []),
        "organisations": len(said_by), "public_address": url_for("rounds_public.summary", round_id=round_.id),
    }  # fmt: skip


def saying(round_: Round, spot: Spot, form: Form | None = None) -> dict[str, Any]:
    """The form of a comment with what it is about; NotFound where there is no such place."""
    about: dict[str, Any] = {"asked": None, "step": None, "sentence": None, "parent": spot.parent}
    if spot.parent is None and spot.question:
        about["asked"] = round_.question(spot.question) or _nothing()
    elif spot.parent is None and spot.step:
        about["step"] = _step(round_, spot.step)
        about["sentence"] = _sentence(about["step"], spot)
    shown = around(round_) | about | {
        "spot": spot, "back": place_url(round_, spot), "spoken": [(c, OWN_NAMES[c]) for c in LANGUAGES],
    }  # fmt: skip
    return shown if form is None else shown | {"form": form}


def own(round_: Round, comment: Comment, form: Form) -> dict[str, Any]:
    """One's own comment, to be edited, taken back or given again."""
    return around(round_) | {"comment": comment, "form": form, "back": comment_url(round_, comment)}


def begun(round_: Round, spot: Spot, asked: Mapping[str, str]) -> dict[str, Any]:
    """What stands in the form of a new comment: the sentence as its quote, the language spoken."""
    sentence = _sentence(_step(round_, spot.step), spot) if spot.step and not spot.parent else None
    return {**asked, "quote": sentence or "", "suggestion": "", "speaks": "self", "spoken": g.actor.language}


def words(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, without the place: as the service takes it."""
    return {
        "text": said["text"], "quote": said.get("quote") or "", "suggestion": _other(said),
        "as_organisation": said["speaks"] == "organisation",
    }  # fmt: skip


def place_url(round_: Round, spot: Spot) -> str:
    """The page on which a comment on this stands."""
    return _url(round_, spot.parent.step_key if spot.parent else None if spot.question else spot.step)


def comment_url(round_: Round, comment: Comment) -> str:
    """The page on which a comment stands, at the comment."""
    return f"{_url(round_, comment.step_key)}#c-{comment.id}"


def _url(round_: Round, step_key: str | None) -> str:
    if step_key:
        return url_for(".step", round_id=round_.id, key=step_key)
    return url_for(".show", round_id=round_.id)


def _other(said: Mapping[str, Any]) -> str:
    """A suggestion that repeats the quote suggests nothing."""
    wish = said.get("suggestion") or ""
    return "" if wish == said.get("quote") else wish


def _fields(chosen: Mapping[str, Any], found: list[Thread]) -> list[dict[str, Any]]:
    """The texts of a step as sentences, each with how many comments hang on it."""
    shown = []
    for field, language, text in sorted(texts_of(chosen), key=lambda t: COMMENTED.index(t[0])):
        here = [t for t in found if (t.root.field, t.root.text_language) == (field, language) and t.root.stands]
        placed = [place(Anchor.of(thread.root.anchor), text) for thread in here if thread.root.anchor]
        on = Counter(p.sentence for p in placed if p.state != OUTDATED)
        shown.append({
            "field": field, "language": language, "whole": on[None], "said": len(here),
            "sentences": [(i, said, on[i]) for i, said in sentences_of(text)],
        })  # fmt: skip
    return shown


def _neighbours(round_: Round, changed: Any, key: str) -> list[tuple[str, str, str] | None]:
    """The changed steps before and after, as ui.neighbours takes them; all steps where this one did not change."""
    keys = [diff.key for diff in changed if diff.kind != "removed"]
    order = keys if key in keys else [s["key"] for s in round_.content["steps"]]
    at, known = order.index(key), {s["key"]: s for s in round_.content["steps"]}
    before = known[order[at - 1]] if at else None
    after = known[order[at + 1]] if at + 1 < len(order) else None
    return [
        (_("Previous, step %(number)s", number=before["order"]), *_named(round_, before)) if before else None,
        (_("Next, step %(number)s", number=after["order"]), *_named(round_, after)) if after else None,
    ]


def _named(round_: Round, step_: Mapping[str, Any]) -> tuple[str, str]:
    return pick(step_["name"]).text, _url(round_, step_["key"])


def _step(round_: Round, key: str | None) -> dict[str, Any]:
    return next((s for s in round_.content["steps"] if s["key"] == key), None) or _nothing()


def _sentence(chosen: Mapping[str, Any], spot: Spot) -> str | None:
    """The words of the sentence that is commented; None for a whole field or step."""
    if spot.sentence is None or not spot.field:
        return None
    text = (chosen.get(spot.field) or {}).get(spot.text_language or "") or ""
    return dict(sentences_of(text)).get(spot.sentence) or _nothing()


def _nothing() -> Any:
    raise NotFound()
