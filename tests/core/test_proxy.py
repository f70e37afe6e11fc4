"""Behind a proxy the limits count who asks, and only a proxy that is told of is believed."""

from dataclasses import replace

import pytest
from flask import request

from parasta_saas.app import create_app


@pytest.mark.parametrize(("hops", "seen"), [(0, "127.0.0.1"), (1, "192.0.2.7")])
def test_the_address_that_asks_is_taken_from_a_known_proxy_alone(fresh, hops, seen):
    app = create_app(replace(fresh.settings, proxy_hops=hops))
    app.add_url_rule("/who", "core.alive2", lambda: request.remote_addr)
    answer = app.test_client().get("/who", headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.7"})
    assert answer.text == seen
