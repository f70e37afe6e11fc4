"""Smoke of the floor: alive, ready, sign-in by mail."""

import re

from tests.visitor import form_key  # noqa: F401


def test_alive(cast):
    assert cast.nobody.get("/healthz").json == {"alive": True}


def test_sign_in_by_mail(fresh, cast):
    nobody = cast.nobody
    answer = nobody.post("/sign-in", {"email": "aino@lumo.example"})
    assert answer.status_code == 303
    fresh.work()
    letter = fresh.letters("aino@lumo.example")[0]
    path = re.search(r"http://localhost(/sign-in/\S+)", letter.text)[1]
    for _ in range(20):
        assert nobody.get(path).status_code == 200
    assert nobody.post(path).status_code == 303
    assert nobody.post(path).status_code == 422
