"""The demo's door: be one of the cast by one press, and read the mail. Registered only where PARASTA_DEMO=1."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from flask import Blueprint, Response, current_app, request, session

from ...accounts import identity
from ...accounts import session as sessions
from ...core.errors import NotFound
from ...core.i18n import N_, _
from ...core.pages import page, sent_on
from .. import mail_sink
from .people import BY_SLUG, PEOPLE, PLACES

bp = Blueprint("demo", __name__)
KINDS = {
    "national": N_("keeps the reference process"),
    "provider": N_("education provider"),
    "workplace": N_("workplace"),
}
# A letter is shown in a frame; a link in it opens in the whole window, where the person pressed it.
LETTER_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self';"
    " sandbox allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox"
)


@bp.get("/demo")
def cast():
    order = {place.slug: number for number, place in enumerate(PLACES)}
    people = sorted(PEOPLE, key=lambda person: order[person.at])
    groups = [(PLACES[order[slug]], list(there)) for slug, there in groupby(people, key=lambda person: person.at)]
    return page("demo/cast.html", groups=groups, kinds={kind: _(words) for kind, words in KINDS.items()})


@bp.post("/demo/sign-in")
def sign_in():
    """Become one of the cast, in the language and for the organisation of that person."""
    person = BY_SLUG.get(request.form.get("person", ""))
    if person is None:
        raise NotFound(_("Choose one of the people on the first page of the demonstration."))
    session.pop("language", None)
    sessions.begin(identity.open_account(person.email, person.name, person.language))
    return sent_on("/")


@dataclass(frozen=True)
class Letter(mail_sink.Letter):
    """A letter with the moment it arrived."""

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(int(self.key.split("_")[0]) / 1e9, UTC)


@bp.get("/demo/mail")
def mail():
    """Newest first; `to` narrows to one recipient."""
    arrived = _letters()
    to = request.args.get("to", "")
    recipients = [(address, address) for address in sorted({letter.to for letter in arrived})]
    shown = [letter for letter in arrived if not to or letter.to == to]
    return page("demo/mail.html", "content", letters=shown, recipients=recipients, to=to)


@bp.get("/demo/mail/<key>")
def letter(key: str):
    return page("demo/letter.html", letter=_letter(key))


@bp.get("/demo/mail/<key>/html")
def letter_html(key: str):
    """The HTML half by itself: no script, no request, no form."""
    shown = _letter(key).html.replace("<head>", '<head><base target="_top">', 1)
    return Response(shown, mimetype="text/html", headers={"Content-Security-Policy": LETTER_CSP})


def _letters() -> list[Letter]:
    return [Letter(**vars(found)) for found in mail_sink.letters(Path(current_app.config["PARASTA_HOME"]) / "mail")]


def _letter(key: str) -> Letter:
    found = next((one for one in _letters() if one.key == key), None)
    if found is None:
        raise NotFound(_("This letter is no longer here. Open the list of mail."))
    return found


BLUEPRINTS = (bp,)
