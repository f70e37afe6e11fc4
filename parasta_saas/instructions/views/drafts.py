"""Drafts: saved beside the publishing, listed, published, discarded and had back; who else writes here just now."""

from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from flask import Response, g, url_for

from ...core.access import require
from ...core.errors import Conflict, Invalid, NotFound
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import N_, _, pick
from ...core.pages import invalid, is_htmx, page, sent_on
from ...reference import queries as reference
from ...reference.models import Step
from ...tenants.entry import organisation_blueprint
from .. import policies, queries
from ..drafting import carried_over
from ..models import InstructionDraft, InstructionEdition
from ..models.rounds import KeptText
from ..queries import Book, manual, rounds
from ..queries import drafts as found
from ..queries.layers import Here
from ..schemas_versions import OnScreen, SubmitDrafts
from ..services import drafts as services
from ..services import restoring
from ..services import rounds as round_services
from ..services.drafts import Screen
from . import edit
from .map import show_release

bp = organisation_blueprint("drafts", __name__)
IN_WORDS = (("fi", N_("in Finnish")), ("sv", N_("in Swedish")), ("en", N_("in English")))
LIST, WRITERS = "versions/drafts.html", "versions/_writers.html"


@bp.get("/drafts")
def index() -> str:
    """Everything that is being written."""
    require(policies.can_see_rounds(g.actor))
    return page(LIST, "drafts", **listed())


@bp.post("/map/<key>/draft")
def save(key: str) -> Response:
    """Keep what stands in the form, without publishing it."""
    book, here = edit.writable(key)
    if here.unit or here.own_step:
        raise NotFound()
    form = edit.form_of_step()
    try:
        if form.valid:
            screen = on_screen()
            typed = edit.typed_in(form, _as_seen(here, screen.kept), book)
            return told(services.save_draft(g.actor, here.step, screen, typed=typed), key)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(edit.EDIT, "writing", form=form, **edit.context_of(book, here, form))


@bp.post("/map/<key>/draft/publication")
def publish(key: str) -> Response:
    """Put one draft in force as it was saved."""
    book, draft = _draft(key)
    step = reference.step_of(book.release.id, key)
    try:
        return told(services.publish_draft(g.actor, draft, step), key)
    except Invalid as problem:
        raise Conflict(" ".join(words for each in problem.errors.values() for words in each)) from None


@bp.post("/map/<key>/draft/question")
def ask(key: str) -> Response:
    """Open the question that a changed text puts to a draft."""
    require(policies.can_edit_instruction(g.actor))
    _book, draft = _draft(key)
    services.require_free(g.actor, key)
    return told(services.ask_drafter(g.actor, draft, wants="draft"), key)


@bp.post("/map/<key>/draft/discard")
def discard(key: str) -> Response:
    """Not wanted; kept, and had back from the list."""
    require(policies.can_edit_instruction(g.actor))
    _book, draft = _draft(key)
    services.discard_draft(g.actor, draft)
    return sent_on(url_for(".index"), _("The draft was discarded. You can take it back from the list."))


@bp.post("/drafts/kept/<uuid:kept_id>/return")
def bring_back(kept_id: UUID) -> Response:
    """A discarded draft is a draft again."""
    kept = found.kept_for(g.actor, kept_id, "discarded", lock=True)
    services.bring_back(g.actor, kept)
    return sent_on(url_for(".index"), _("The draft is back."))


@bp.post("/map/<key>/writers")
def writers(key: str) -> Response | str:
    """A sign of life from an open form; who else writes on the step."""
    require(policies.can_edit_instruction(g.actor))
    reference.step_of(queries.book_of(g.actor).release.id, key)
    services.note_writing(g.actor, key)
    shown: dict[str, Any] = {"others": found.others_writing(g.actor, key), "writers_url": url_for(".writers", key=key)}
    return page(WRITERS, **shown) if is_htmx() else sent_on(url_for("instructions.edit", key=key))


def put_forward(book: Book, here: Here, form: Form) -> Response:
    """The main button of the form: in force in one press, or sent to another person. Raises Invalid."""
    screen = on_screen()
    typed = edit.typed_in(form, _as_seen(here, screen.kept), book)
    if not book.reviewed:
        return told(services.publish_words(g.actor, here.step, screen, typed=typed), here.key)
    made = services.save_draft(g.actor, here.step, screen, typed=typed)
    if isinstance(made, KeptText):
        return told(made, here.key)
    return _sent(made)


def propose(step: Step, overlay: dict[str, Any], form: Form) -> Response:
    """Withdrawing or taking back where another person approves: a draft that says so."""
    made = restoring.take_words(g.actor, step, overlay, seen=form.data.get("version", -1))
    return told(made, step.key) if made is None else _sent(made)


def on_today(edition: InstructionEdition, step: Step) -> dict[str, Any]:
    """An earlier edition's words on the national text of today."""
    return carried_over(edition.overlay, reference.step_of(edition.release_id, step.key).content(), step.content())


def _sent(draft: Any) -> Response:
    """The draft goes for review at once, with those that came back together with it."""
    try:
        round_ = round_services.submit_again(g.actor, draft.step_key)
    except Conflict as problem:  # kept as a draft all the same
        return sent_on(url_for(".index"), f"{_('The draft is saved. It is not in force yet.')} {problem}")
    return sent_on(
        url_for("reviews.show", review_id=round_.id), _("Sent for review. Those who may approve get a mail.")
    )


@dataclass(frozen=True)
class Drafted(Here):
    """A step with the words of a draft on the national text that they were written on."""

    draft: dict[str, Any] = field(default_factory=dict)

    @property
    def overlay(self) -> dict[str, Any]:
        return self.draft


def with_draft(here: Here) -> tuple[Here, str]:
    """What a form that is opened now shows: the draft, where there is one, and which copy of it."""
    if here.unit or here.own_step:
        return here, ""
    draft = found.draft_at(g.actor, here.key)
    last = found.last_copy(g.actor, draft) if draft else None
    return (_as_seen(here, last), str(last.id)) if last else (here, "")


def _as_seen(here: Here, kept: KeptText | None) -> Here:
    if kept is None:
        return here
    content = here.content
    if kept.release_id != here.step.release_id:
        content = reference.step_of(kept.release_id, here.key).content()
    whole = {each.name: getattr(here, each.name) for each in fields(Here)} | {"content": content}
    return Drafted(**whole, draft=dict(kept.overlay))


def about_writing(book: Book, here: Here) -> dict[str, Any] | None:
    """What the form of a step says of drafts, reviews and other writers; None for a unit and an own step."""
    if here.unit or here.own_step:
        return None
    draft = found.draft_at(g.actor, here.key)
    return {
        "reviewed": book.reviewed, "draft": draft, "round": rounds.locked_by(g.actor, here.key) if draft else None,
        "others": found.others_writing(g.actor, here.key), "writers_url": url_for("drafts.writers", key=here.key),
        "save_url": url_for("drafts.save", key=here.key),
    }  # fmt: skip


def on_screen() -> Screen:
    """What stood in the form when it was opened."""
    data = Form(OnScreen).data
    kept = found.kept_for(g.actor, data["kept"], "draft") if data.get("kept") else None
    return Screen(data.get("version", 0), data.get("edition", 0), data.get("release", ""), kept)


def told(made: Any, key: str) -> Response:
    """Where one goes from here, and what has been done."""
    if isinstance(made, KeptText):
        return sent_on(url_for("meetings.show", key=key, kept_id=made.id))
    to = url_for("instructions.step", key=key)
    if isinstance(made, InstructionDraft):
        return sent_on(to, _("The draft is saved. It is not in force yet."))
    if made is None:
        return sent_on(to, _("The text is the same as before, so nothing was published."))
    return sent_on(to, _("Published. Everyone at %(name)s sees it now.", name=g.actor.organisation_name))


def listed(form: Form | None = None) -> dict[str, Any]:
    """The drafts with what each waits for; kept texts that may be had back; open rounds."""
    book, mine = queries.book_of(g.actor), [d for d in manual.drafts_of(g.actor) if d.unit_id is None]
    show_release(book)
    kept = found.unsettled(g.actor)
    keys = {d.step_key for d in mine} | {k.step_key for k in kept}
    steps = found.steps_with({book.release.id} | {d.release_id for d in mine} | {k.release_id for k in kept}, keys)
    taken = rounds.open_items(g.actor)
    cards = [_card(book, draft, steps, taken) for draft in mine]
    open_rounds = {round_.id: round_ for _item, round_ in taken.values()}
    return {
        "cards": cards, "reviewed": book.reviewed, "open_rounds": list(open_rounds.values()),
        "free": [card for card in cards if card["free"]], "form": form or Form.blank(SubmitDrafts),
        "kept": [{"row": row, "name": steps[(row.release_id, row.step_key)].name} for row in kept],
        "blank": Form.blank(CommandSchema), "in_words": {code: _(words) for code, words in IN_WORDS},
        "free_options": [(c["draft"].step_key, pick(c["step"].name).text) for c in cards if c["free"]],
    }  # fmt: skip


def _card(book: Book, draft: InstructionDraft, steps: Any, taken: Any) -> dict[str, Any]:
    step, was = steps.get((book.release.id, draft.step_key)), steps.get((draft.release_id, draft.step_key))
    round_ = taken[draft.step_key][1] if draft.step_key in taken else None
    instruction = book.instructions.get(draft.step_key)
    asks = bool(step and was and not services.meet(g.actor, draft, step, instruction, was=was).clean)
    locked = bool(round_ and round_.is_locked)
    return {
        "draft": draft, "step": step or was, "gone": step is None, "round": round_, "locked": locked, "asks": asks,
        "free": step is not None and not asks and not locked,
    }  # fmt: skip


def _draft(key: str) -> tuple[Book, InstructionDraft]:
    """The provider's draft on a step, locked; for its editors alone."""
    require(policies.can_edit_instruction(g.actor))
    book, draft = queries.book_of(g.actor), manual.draft_on(g.actor, key)
    if draft is None:
        raise NotFound()
    return book, draft
