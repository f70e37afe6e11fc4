"""Show a page or one block of it. The only place that knows HTMX."""

from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block
from werkzeug.datastructures import Headers

from .forms import Form


def is_htmx() -> bool:
    """Whether HTMX asks for a block; a boosted link is a page like any other."""
    return bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]


def page(template: str, block: str | None = None, **context: Any) -> str:
    """The whole page; for HTMX with a named block, that block alone."""
    if block and is_htmx() and request.headers.get("HX-Target"):
        return render_block(template, block, **context)
    return render_template(template, **context)


def changed(template: str, *blocks: str, to: str, message: str = "", **context: Any) -> Response:
    """Work is done. HTMX gets the changed blocks (the second and third out of band); others are sent on.

    Blocks are rendered after the commit would be too late, so they see the flushed state.
    """
    if not is_htmx() or not blocks:
        if message:
            flash(message)
        if is_htmx():
            return make_response("", 200, {"HX-Redirect": to})
        return redirect(to, 303)  # type: ignore[return-value]
    assert len(blocks) <= 3, "at most two out-of-band blocks"
    g.notice = message
    body = "".join(render_block(template, block, changed=True, oob=i > 0, **context) for i, block in enumerate(blocks))
    body += render_block("base.html", "notices", oob=True, **context) if message else ""
    return make_response(body, 200)


def invalid(template: str, block: str, *, form: Form, **context: Any) -> Response:
    """The same form with what was typed and how to mend it; 422, nothing saved."""
    shown = render_block(template, block, form=form, **context) if is_htmx() else render_template(
        template, form=form, **context
    )  # fmt: skip
    return make_response(shown, 422)


def sent_on(to: str, message: str = "") -> Response:
    """Go to another page after work that ends this one."""
    return changed("", to=to, message=message)


def pdf(content: bytes, name: str, *, attachment: bool = False) -> Response:
    """A PDF under a readable file name."""
    headers = Headers()
    headers.add("Content-Disposition", "attachment" if attachment else "inline", filename=name)
    return Response(content, mimetype="application/pdf", headers=headers)
