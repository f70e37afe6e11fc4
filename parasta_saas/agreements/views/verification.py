"""The public page: is this document genuine? No names, no account."""

from hashlib import sha256
from typing import Any

from flask import Blueprint, current_app, redirect, request, url_for

from ...core.forms import Form
from ...core.i18n import _
from ...core.pages import page
from .. import installation_key, queries, schemas
from ..seal import code_hash, grouped, load_trust
from ..verify import verify

bp = Blueprint("verification", __name__)
PAGE = "verification/page.html"
MAX_BYTES = 10 * 1024 * 1024


@bp.get("/verify", endpoint="page")
def verification_page():
    return _page(Form.blank(schemas.CheckCode))


@bp.post("/verify")
def check():
    """A file if one was chosen, else the code."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return _judge(file.stream.read(MAX_BYTES + 1))
    form = Form(schemas.CheckCode)
    code = _tidy(form.data.get("code", ""))
    if not code:
        form.errors = form.errors or {"code": [_("Type the code or choose the file.")]}
        return _page(form), 422
    return redirect(url_for(".show", code=code), 303)


@bp.get("/verify/<code>")
def show(code: str):
    """What the register of seals says of a code."""
    code = _tidy(code)
    seal = queries.seal_with(code_hash=bytes.fromhex(code_hash(code)))
    form = Form.blank(schemas.CheckCode, code=code)
    return _page(form, asked=code, seal=seal), 200 if seal else 404


def _judge(pdf: bytes) -> Any:
    form = Form.blank(schemas.CheckCode)
    if len(pdf) > MAX_BYTES:
        form.errors = {"file": [_("Choose a smaller file: 10 MB at most.")]}
        return _page(form), 422
    verdict = verify(pdf, load_trust(installation_key.folder(current_app.config["PARASTA_HOME"])))
    seal = queries.seal_with(sha256=sha256(pdf).hexdigest()) if verdict.genuine else None
    return _page(form, verdict=verdict, seal=seal)


def _page(form: Form, **found: Any) -> str:
    return page(PAGE, form=form, **{"asked": "", "seal": None, "verdict": None, **found})


def _tidy(code: str) -> str:
    """As people read it: capitals in groups of four, whatever was typed between them."""
    return grouped("".join(c for c in code.upper() if c.isalnum())[:32])
