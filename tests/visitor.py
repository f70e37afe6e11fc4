"""A person with a browser: signs in by a session of their own on first use."""

import re

from flask import g, has_app_context
from flask.testing import FlaskClient

from parasta_saas.accounts import identity
from parasta_saas.core import events
from parasta_saas.core.access import Actor

HEADERS = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html", "Accept-Language": "fi"}


class Visitor:
    """`get` and `post` as a browser would; `htmx=True` as htmx would."""

    def __init__(self, world, email: str | None) -> None:
        self.world, self.email = world, email
        self._client: FlaskClient | None = None

    @property
    def client(self) -> FlaskClient:
        if self._client is None:
            self._client = self.world.app.test_client()
            if self.email:
                self._sign_in()
        return self._client

    def _sign_in(self) -> None:
        token = self.world.tokens.get(self.email) or self._new_session()
        with self._client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True

    def _new_session(self) -> str:
        with self.world.app.app_context(), events.apart(Actor.anonymous()):
            account = identity.open_account(self.email, self.email, "fi")
            return identity.start_session(account, 12, "test")

    def get(self, url: str, *, htmx: bool = False, **kw):
        _forget_request()
        return self.client.get(url, headers=self._headers(htmx, kw), **kw)

    def post(self, url: str, data=None, *, htmx: bool = False, **kw):
        _forget_request()
        return self.client.post(url, data=data, headers=self._headers(htmx, kw), **kw)

    def upload(self, url: str, file: bytes, *, name: str = "file.bin", htmx: bool = False, **fields: str):
        """Send a file as a browser does; the body is written here: the test client leaves its own files open."""
        texts = [f'--part\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
        head = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = ("".join(texts) + head).encode() + file + b"\r\n--part--\r\n"
        return self.post(url, body, htmx=htmx, content_type="multipart/form-data; boundary=part")

    def follow(self, response):
        """Go where a redirect leads, to the end."""
        while response.status_code in (302, 303):
            response = self.get(response.location)
        return response

    def _headers(self, htmx: bool, kw) -> dict[str, str]:
        own = {**HEADERS, **kw.pop("headers", {})}
        return {**own, "HX-Request": "true", "HX-Target": "content"} if htmx else own


def _forget_request() -> None:
    """A test holds one application context, which its requests share: who asked last must not be who asks now."""
    if has_app_context():
        for name in list(g):
            g.pop(name)


def form_key(response) -> str:
    """The one-time key of the first form on a page."""
    found = re.search(r'name="_key" value="([^"]+)"', response.text)
    assert found, "the page has no form with a key"
    return found[1]
