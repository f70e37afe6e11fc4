"""Pages of the floor: alive, ready, accessibility statement, privacy."""

from flask import Blueprint, current_app, jsonify

from . import health
from .pages import page

bp = Blueprint("core", __name__)


@bp.get("/healthz")
def alive():
    return jsonify(alive=True)


@bp.get("/readyz")
def ready():
    checks = health.readiness(current_app)
    return jsonify(checks), 200 if all(c["ok"] for c in checks.values()) else 503


@bp.get("/accessibility")
def accessibility():
    return page("core/accessibility.html")


@bp.get("/privacy")
def privacy():
    return page("core/privacy.html")


BLUEPRINTS = (bp,)
