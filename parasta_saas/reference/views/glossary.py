"""The words of the field: all of them by letter, and each with the steps and guides that use it."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from flask import Blueprint, g, request, url_for

from ...core import i18n
from ...core.errors import NotFound
from ...core.i18n import LANGUAGES, OWN_NAMES, pick
from ...core.pages import page
from ...tenants.entry import organisation_blueprint
from .. import glossary, library, queries, terms
from ..queries import guides as found
from .guides import cards_of

bp = organisation_blueprint("glossary", __name__, "/reference/glossary")
public = Blueprint("glossary_public", __name__, url_prefix="/reference/glossary")
public.add_app_template_filter(terms.with_terms, "with_terms")
PAGE, TERM = "glossary/page.html", "glossary/term.html"
READ = ("name", "minimum", "guidance", "value")  # texts of a step in which a word counts as used


class Used(NamedTuple):
    """A step that uses a term."""

    key: str
    order: int
    name: str


@bp.get("", endpoint="page")
@public.get("", endpoint="page")
def show_page():
    release = queries.current_release()
    g.release_number = release.number
    words = request.args.get("q", "").replace("\x00", "")[:100].strip()
    language = i18n.language()
    taken = [entry for entry in glossary.entries(language) if not words or _fits(words, entry)]
    return page(
        PAGE, "words", words=words, total=len(glossary.entries(language)), count=len(taken), url=url_for(".page"),
        letters=[(letter, list(rows)) for letter, rows in groupby(taken, key=_letter)], others=_others(language),
        used={key: len(steps) for key, steps in _steps_using(release.id, language).items()},
    )  # fmt: skip


@bp.get("/<key>", endpoint="term")
@public.get("/<key>", endpoint="term")
def show_term(key: str):
    language = i18n.language()
    entry = terms.definitions(language).get(key)
    if entry is None:
        raise NotFound()
    release = queries.current_release()
    g.release_number = release.number
    room = "reference" if getattr(g.actor, "organisation_slug", "") else "reference_public"
    used = [(url_for(f"{room}.step", key=step.key), step) for step in _steps_using(release.id, language).get(key, ())]
    guides = [guide for guide in found.library() if _uses(key, language, (guide.title, guide.summary, guide.body))]
    return page(
        TERM, entry=entry, used=used, guides=cards_of(guides), others=_others(language),
        entries={code: terms.definitions(code)[key] for code in LANGUAGES if code != language},
    )  # fmt: skip


@lru_cache(maxsize=12)
def _steps_using(release_id: UUID, language: str) -> dict[str, list[Used]]:
    """Each term with the steps of a published release that use it. A published release never changes."""
    using: dict[str, list[Used]] = {}
    for step in queries.steps_of(release_id):
        # A blank line between the texts: no term reaches from one into the next.
        text = "\n\n".join(pick(getattr(step, field), language).text for field in READ)
        for span in glossary.find(text, language):
            using.setdefault(span.key, []).append(Used(step.key, step.order, pick(step.name, language).text))
    return using


def _uses(key: str, language: str, texts: Iterable[dict[str, str]]) -> bool:
    return any(span.key == key for text in texts for span in glossary.find(text.get(language, ""), language))


def _fits(words: str, entry: glossary.Entry) -> bool:
    """Whether what was typed stands in the term in any language, or in its definition in this one."""
    names = {code: terms.definitions(code)[entry.key].term for code in LANGUAGES}
    return library.finds(words, (names, {"definition": entry.definition}))


def _letter(entry: glossary.Entry) -> str:
    return entry.term[:1].upper()


def _others(language: str) -> list[tuple[str, str, dict[str, Any]]]:
    """(code, own name, terms by key) of the two languages beside the reader's."""
    return [(code, OWN_NAMES[code], dict(terms.definitions(code))) for code in LANGUAGES if code != language]
