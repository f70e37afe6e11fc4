"""What the national body's pages of a comment round show."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID

from flask import g

from ...core.clock import today
from ...core.forms import Form
from ...core.i18n import LANGUAGES, OWN_NAMES, Picked, _, language, pick
from .. import flow, policies
from ..anchors import OUTDATED, Anchor, Placed, place
from ..changes import word_diff
from ..comparison import compare
from ..models import Comment, Release, Round
from ..queries import content_of
from ..queries import rounds as queries
from ..schemas import rounds as schemas
from ..threads import CHANGED, OUTCOMES, WRITTEN, Thread, place_of
from .round_pages import FIELD_NAMES, standing
from .studio import in_foot

at = place_of


class Spot(NamedTuple):
    """One line of the queue: what is commented, and how much of it still waits."""

    at: str
    number: str
    title: Picked
    critical: bool
    total: int
    open: int
    waits: int


def index() -> dict[str, Any]:
    """Every round with where it stands, and the drafts on which one may be opened."""
    rounds = queries.rounds_of(g.actor)
    return {
        "rounds": rounds, "drafts": queries.drafts_of(g.actor), "standing": standing, "day": today(),
        "flow_labels": flow.LABELS, "may_open": policies.can_open_round(g.actor),
    }  # fmt: skip


def opening(release: Release, form: Form) -> dict[str, Any]:
    """The form of a new round, with the organisations that were looked for and chosen."""
    in_foot(release)
    chosen = form.values.get("invited") or []
    picked = queries.organisations_at([chosen] if isinstance(chosen, str) else chosen)
    rows = min(max(_number(form.values.get("rows")), 1, _filled(form.values)), schemas.MAX_QUESTIONS)
    return {
        "release": release, "form": form, "rows": rows, "most": schemas.MAX_QUESTIONS, "picked": picked,
        "hits": [o for o in queries.organisations_called(str(form.values.get("find") or "")) if o not in picked],
        "searched": str(form.values.get("find") or "").strip(), "called": lambda o: o.called(g.actor.language),
        "pairs": [("fi", OWN_NAMES["fi"]), ("sv", OWN_NAMES["sv"])],
    }  # fmt: skip


def proposed(release: Release, asked: Mapping[str, str]) -> dict[str, Any]:
    """What stands in the form at first: an open round of thirty days that begins tomorrow."""
    internal = asked.get("kind") == "internal"
    begins = today() + timedelta(days=0 if internal else 1)
    return {
        "kind": "internal" if internal else "open", "opens_on": begins.isoformat(), "public": "1",
        "closes_on": (begins + timedelta(days=6 if internal else 29)).isoformat(), "rows": 1,
        "title_fi": f"Viitemalli {release.number}", "title_sv": f"Referensmodell {release.number}",
    }  # fmt: skip


def rearranged(form: Form, deed: str) -> Form:
    """The same form, not sent yet: one more question, one less, or organisations looked for."""
    form.errors = {}
    word, _sep, number = deed.partition(":")
    if word == "more":
        form.values["rows"] = _number(form.values.get("rows")) + 1
    if word == "less" and number.isdigit():
        for n in range(int(number), schemas.MAX_QUESTIONS + 1):
            for code in ("fi", "sv"):
                form.values[f"question_{n}_{code}"] = form.values.get(f"question_{n + 1}_{code}", "")
        form.values["rows"] = _number(form.values.get("rows")) - 1
    return form


def wanted(data: Mapping[str, Any]) -> dict[str, Any]:
    """The loaded form of a new round, as the service takes it."""
    asked = [
        {code: data.get(f"question_{n}_{code}") or "" for code in ("fi", "sv")}
        for n in range(1, schemas.MAX_QUESTIONS + 1)
    ]
    ids = [o.id for o in queries.organisations_at(data["invited"])]
    ids += queries.provider_ids() if "all_providers" in data else []
    return {
        "kind": data["kind"], "opens_on": data["opens_on"], "closes_on": data["closes_on"], "invited": ids,
        "title": {code: data[f"title_{code}"] for code in ("fi", "sv")}, "public": "public" in data,
        "background": {c: data[f"background_{c}"] for c in ("fi", "sv") if data.get(f"background_{c}")},
        "questions": [texts for texts in asked if any(texts.values())], "short": "short" in data,
    }  # fmt: skip


def desk(
    round_: Round,
    asked: str,
    judge_form: Form | None = None,
    deciding: UUID | None = None,
    *,
    end_form: Form | None = None,
    more_form: Form | None = None,
) -> dict[str, Any]:
    """The queue, the place that is looked at with its text, and what was said about it."""
    release, base = queries.draft_of(g.actor, round_)
    in_foot(release)
    found = queries.threads_of(g.actor, round_)
    content = content_of(release)
    spots = _spots(round_, found)
    here = next((s for s in spots if s.at == asked), None) or _first(spots)
    key = here.at.removeprefix("step:") if here and here.at.startswith("step:") else ""
    step = next((s for s in content["steps"] if s["key"] == key), None)
    made = compare(content_of(base), content) if base else None
    mine = [thread for thread in found if here and thread.place == here.at]
    return {
        "round": round_, "release": release, "base": base, "state": standing(round_), "day": today(),
        "found": found, "spots": spots, "here": here, "step": step, "key": key,
        "question": round_.question(here.at.removeprefix("question:")) if here else None,
        "change": next((d for d in made.steps if d.key == key), None) if made else None,
        "mine": mine, "placed": {t.root.id: _placed(t.root, step) for t in mine}, "word_diff": word_diff,
        "OUTCOMES": OUTCOMES, "FIELD_NAMES": FIELD_NAMES, "CHANGED": CHANGED, "OUTDATED": OUTDATED,
        "open_count": sum(t.open for t in found), "waiting_count": sum(t.waits for t in found),
        "total": sum(t.root.stands for t in found), "own_names": OWN_NAMES,
        "organisations": len({t.root.author_organisation for t in found if t.root.author_organisation}),
        "form_for": lambda comment: _refused(judge_form, schemas.DecideComment, comment, deciding),
        "mod_for": lambda comment: _refused(judge_form, schemas.ModerateComment, comment, deciding),
        "choices": [(outcome, _(words)) for outcome, words in OUTCOMES.items()],
        "blank": lambda thread: Form.blank(schemas.DecideComment, **_answered(thread)),
        "may_apply": lambda comment: _may_apply(comment, step, release),
        "step_options": [(s["key"], f"{s['order']} {pick(s['name']).text}") for s in content["steps"]],
        "end_form": end_form or Form.blank(schemas.FinishRound),
        "more_form": more_form or Form.blank(schemas.ExtendRound),
    }  # fmt: skip


def reasons(form: Form) -> dict[str, str]:
    """The reason of a decision in the languages in which it was given."""
    return {code: form.data[f"reason_{code}"] for code in LANGUAGES if form.data.get(f"reason_{code}")}


def _spots(round_: Round, found: list[Thread]) -> list[Spot]:
    """What was commented, in the order of the process; the whole and the questions first."""
    steps = {s["key"]: s for s in round_.content["steps"]}
    order = ["whole", *(f"question:{q['key']}" for q in round_.questions), *(f"step:{key}" for key in steps)]
    spots = []
    for place_ in order:
        here = [thread for thread in found if thread.place == place_]
        if here:
            spots.append(_spot(place_, here, round_, steps))
    return spots


def _spot(place_: str, here: list[Thread], round_: Round, steps: Mapping[str, Any]) -> Spot:
    word, _sep, key = place_.partition(":")
    number, critical = "", False
    title = Picked(_("The whole"), language(), fell_back=False)
    if word == "question":
        number, title = "?", pick((round_.question(key) or {}).get("text"))
    elif word == "step":
        number, title, critical = str(steps[key]["order"]), pick(steps[key]["name"]), steps[key]["critical"]
    stands = sum(thread.root.stands or thread.root.waits for thread in here)
    return Spot(place_, number, title, critical, stands, sum(t.open for t in here), sum(t.waits for t in here))


def _first(spots: list[Spot]) -> Spot | None:
    return next((spot for spot in spots if spot.open or spot.waits), spots[0] if spots else None)


def _placed(comment: Comment, step: Mapping[str, Any] | None) -> Placed | None:
    """Where a comment hangs in the draft as it stands now; None for one on no text."""
    if not comment.anchor or not comment.field:
        return None
    texts = (step or {}).get(comment.field) or {}
    return place(Anchor.of(comment.anchor), texts.get(comment.text_language or ""))


def _may_apply(comment: Comment, step: Mapping[str, Any] | None, release: Release) -> bool:
    placed = _placed(comment, step)
    open_ = release.state in flow.OPEN and not release.released
    return bool(comment.suggestion and comment.field in WRITTEN and placed and placed.span and open_)


def _refused(form: Form | None, schema: type, comment: Comment, about: UUID | None) -> Form | None:
    """The form that came back, at the comment and for the deed it was about."""
    return form if form and isinstance(form.schema, schema) and comment.id == about else None


def _answered(thread: Thread) -> dict[str, Any]:
    """The answer there is, as the form's values."""
    if not thread.decision:
        return {"version": 0, "changed_step": thread.root.step_key or ""}
    given = {f"reason_{code}": text for code, text in thread.decision.reason.items()}
    version, step_key = thread.decision.version, thread.decision.step_key
    return {**given, "version": version, "outcome": thread.decision.outcome, "changed_step": step_key or ""}


def _filled(values: Mapping[str, Any]) -> int:
    """The number of the last question that has words."""
    found = [n for n in range(1, schemas.MAX_QUESTIONS + 1) for c in ("fi", "sv") if values.get(f"question_{n}_{c}")]
    return max(found, default=1)


def _number(value: Any) -> int:
    return int(value) if str(value or "").isdigit() and len(str(value)) < 3 else 1
