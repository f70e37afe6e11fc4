"""A provider picks its working languages; Swedish only is valid, none is not."""

import pytest

from parasta_saas.tenants import queries

SETTINGS = "/o/lumo/settings"


def test_the_administrator_chooses_and_the_edit_form_follows(cast):
    assert "guidance_sv" in cast.aino.get("/o/lumo/map/contact-response/edit").text
    assert cast.aino.post(SETTINGS, {"languages": ["fi"]}).status_code == 303
    assert "guidance_sv" not in cast.aino.get("/o/lumo/map/contact-response/edit").text
    assert cast.aino.post(SETTINGS, {"languages": ["sv", "fi"]}, htmx=True).status_code == 200
    assert "guidance_sv" in cast.aino.get("/o/lumo/map/contact-response/edit").text


def test_swedish_alone_is_enough(cast):
    assert cast.aino.post(SETTINGS, {"languages": ["sv"]}).status_code == 303
    assert queries.organisation_at("lumo").languages == ["sv"]


@pytest.mark.parametrize("chosen", [[], ["en"], ["xx"]])
def test_without_finnish_and_swedish_it_says_what_to_choose(cast, chosen):
    answer = cast.aino.post(SETTINGS, {"languages": chosen})
    assert answer.status_code == 422
    assert queries.organisation_at("lumo").languages == ["fi", "sv"]


@pytest.mark.parametrize("who", ["kerttu", "eero", "ville", "stina"])
def test_nobody_else_chooses(cast, who):
    visitor = getattr(cast, who)
    assert visitor.get(SETTINGS).status_code in (403, 404)
    assert visitor.post(SETTINGS, {"languages": ["sv"]}).status_code in (403, 404)
    assert queries.organisation_at("lumo").languages == ["fi", "sv"]
