"""Errors as a page, a notice or JSON; each says what to do next. Everything is rolled back first."""

import logging

from flask import Flask, Response, flash, g, jsonify, make_response, redirect, render_template, request
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from . import events
from .access import Actor
from .errors import AlreadyDone, Conflict, Forbidden, NotFound, ParastaError
from .i18n import _

log = logging.getLogger(__name__)


def init(app: Flask) -> None:
    app.register_error_handler(ParastaError, domain_error)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(StaleDataError, lambda e: domain_error(_stale()))
    app.register_error_handler(OperationalError, database_down)
    app.register_error_handler(NoConnectionFree, database_down)
    app.register_error_handler(Exception, unexpected)


def _stale() -> Conflict:
    return Conflict(_("Somebody changed this while you were writing. Open it again and add your change."))


def domain_error(problem: ParastaError) -> Response:
    events.rollback()
    if isinstance(problem, AlreadyDone) and not _wants_json():
        return _already(problem)
    if isinstance(problem, Forbidden):
        _remember_refusal()
    return _answer(problem.status, str(problem))


def _already(problem: AlreadyDone) -> Response:
    flash(str(problem))
    to = request.referrer if request.referrer and request.referrer.startswith(request.host_url) else "/"
    if request.headers.get("HX-Request"):
        return make_response("", 200, {"HX-Redirect": to})
    return redirect(to, 303)  # type: ignore[return-value]


def http_error(problem: HTTPException) -> Response:
    events.rollback()
    if problem.code is None or problem.code < 400:
        return problem.get_response()  # type: ignore[return-value]
    if isinstance(problem, RequestEntityTooLarge):
        return _answer(413, _("Shorten the text or choose a smaller file: 10 MB at most."))
    if problem.code == 405:
        return _answer(404, str(NotFound()))
    return _answer(problem.code, "")


def database_down(problem: Exception) -> Response:
    log.error("database_unreachable", exc_info=problem)
    return _answer(503, "")


def unexpected(problem: Exception) -> Response:
    events.rollback()
    if isinstance(problem, DBAPIError) and getattr(problem.orig, "sqlstate", "") == "42501":
        log.error("row_level_security_refused", exc_info=problem)
        return _answer(404, "")
    log.error("unexpected_error", exc_info=problem)
    return _answer(500, "")


def _answer(code: int, message: str) -> Response:
    if _wants_json():
        return make_response(jsonify(error=message or code), code)
    known = code if code in (403, 404, 409, 422, 500, 503) else (500 if code >= 500 else 422)
    shown = render_template(f"errors/{known}.html", message=message, home_url="/")
    return make_response(shown, code)


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and not request.headers.get("HX-Request")


def _remember_refusal() -> None:
    """Write the refusal into the chain, in a transaction of its own."""
    actor: Actor | None = g.get("actor")
    if actor is None or actor.organisation_id is None:
        return
    with events.apart(actor):
        events.append_audit(actor.organisation_id, actor, "core.refused", {"endpoint": request.endpoint or ""})
