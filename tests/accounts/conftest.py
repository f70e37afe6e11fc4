"""The way from asking to being in, in steps that a test can stop at."""

import re
from dataclasses import dataclass

import pytest

AINO = "aino@lumo.example"


@dataclass
class SignIn:
    """What a test needs of one request: the browser that asked, and what stands in the mail."""

    world: object
    browser: object
    address: str = AINO

    def ask(self, **kw):
        self.browser.get("/sign-in")
        return self.browser.post("/sign-in", {"email": self.address}, **kw)

    def asked(self):
        assert self.ask().status_code == 303
        self.world.work()
        return self

    @property
    def letter(self):
        return self.world.letters(self.address)[0]

    @property
    def path(self) -> str:
        return re.search(r"http://localhost(/sign-in/\S+)", self.letter.text)[1]

    @property
    def code(self) -> str:
        return "".join(re.search(r"\b(\d{3}) (\d{3})\b", self.letter.text).groups())

    def wrong_code(self) -> str:
        return f"{(int(self.code) + 1) % 1_000_000:06d}"

    def give(self, code: str, browser=None, **kw):
        return (browser or self.browser).post("/sign-in/code", {"code": code}, **kw)


def is_in(visitor) -> bool:
    return visitor.get("/organisations").status_code == 200


@pytest.fixture
def sign_in(fresh, cast) -> SignIn:
    return SignIn(fresh, cast.nobody)


@pytest.fixture
def other(fresh):
    """A second browser."""
    from tests.visitor import Visitor

    return Visitor(fresh, None)
