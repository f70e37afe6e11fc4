"""Another site can't act for you: the browser's own headers say where a request comes from.

`Sec-Fetch-Site` where the browser sends it, else `Origin`. A change without either is refused
(Fetch Metadata, W3C; RFC 6454). Cookies are SameSite=Lax besides.
"""

from urllib.parse import urlsplit

from flask import Flask, current_app, request

from .errors import Forbidden
from .i18n import _

SAFE = {"GET", "HEAD", "OPTIONS"}


def init(app: Flask) -> None:
    app.before_request(check)


def check() -> None:
    """Refuse a change that another site asked for."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site in ("same-origin", "none"):
            return
    elif _origin(request.headers.get("Origin", "")) in (_origin(current_app.config["PUBLIC_URL"]), request.host):
        return
    raise Forbidden(_("Open the page again in Parasta and send the form from there."))


def _origin(url: str) -> str:
    return urlsplit(url).netloc or "-"
