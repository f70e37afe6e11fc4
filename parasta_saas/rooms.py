"""The rooms of the house, lowest first. Each is a folder; what it offers is found by the file's name:

`policies` (asked by services and templates), `handlers` (listen to events), `slots` (fill places in lower
pages), `promises` (answer rooms beside) and `views` with a tuple `BLUEPRINTS`.
"""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

from . import models  # noqa: F401  every table is known before the first query
from .core import mail  # noqa: F401  its handler sends queued mail
from .core.access import register_policies

ROOMS = (
    "core", "accounts", "tenants", "reference", "instructions", "partnerships", "improvement", "placements",
    "planning", "agreements", "cases", "feedback", "portal", "audit", "demo",
)  # fmt: skip


def register(app: Flask) -> None:
    """Open every room; the demo's only where the demo runs."""
    for room in ROOMS:
        if room == "demo" and not app.config["PARASTA_DEMO"]:
            continue
        package = f"{__package__}.cli.demo" if room == "demo" else f"{__package__}.{room}"
        for part in ("policies", "handlers", "slots", "promises", "views"):
            if find_spec(f"{package}.{part}") is None:
                continue
            module = import_module(f"{package}.{part}")
            if part == "policies":
                register_policies(module)
            for blueprint in getattr(module, "BLUEPRINTS", ()):
                app.register_blueprint(blueprint)
