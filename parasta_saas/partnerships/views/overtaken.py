"""Somebody was faster: the page as it is now, with what was typed still in it."""

from typing import Any

from flask import Response

from ...core.errors import Conflict, Invalid
from ...core.forms import Form
from ...core.pages import invalid


def overtaken(template: str, block: str, *, form: Form, problem: Conflict, **context: Any) -> Response:
    """409 with the typed text kept; nothing is saved."""
    form.refuse(Invalid({"_form": [str(problem)]}))
    response = invalid(template, block, form=form, overtaken=True, **context)
    response.status_code = 409
    return response
