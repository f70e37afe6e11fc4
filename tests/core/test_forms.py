"""Forms: what was typed is kept, what can't be used is told beside its field, and what was sent once counts once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from marshmallow import fields

from parasta_saas.core.errors import Invalid
from parasta_saas.core.fields import CommandSchema, Day, Email, Line, Number, Words
from parasta_saas.core.forms import Form
from parasta_saas.core.i18n import using
from tests.core.probe import rows
from tests.visitor import Visitor, form_key

CONTACT = "/contact/lumo"
ENQUIRIES = "select words from enquiry where person_name = 'Kalle Kello'"


class Plan(CommandSchema):
    """A form of the test's own."""

    name = Line(required=True)
    email = Email(load_default="")
    day = Day(required=True)
    hours = Number(load_default=None)
    story = Words(load_default="", limit=100)
    goals = fields.List(Line(limit=10), load_default=list)


GOOD = {"name": "Aino", "day": "24.11.2026"}


def read(app, *, json=None, **form) -> Form:
    with app.test_request_context("/", method="POST", data=None if json is not None else form, json=json), using("fi"):
        return Form(Plan)


def test_a_form_is_read_once_and_typed(app):
    form = read(app, name="  Aino ", day="24.11.2026", hours="7", goals=["yksi", " ", "kaksi"], unknown="x")
    assert form.valid
    assert form.data == {
        "name": "Aino", "email": "", "day": form.data["day"], "hours": 7, "story": "", "goals": ["yksi", "kaksi"],
    }  # fmt: skip
    assert form.data["day"].isoformat() == "2026-11-24"


def test_one_line_stays_one_line_and_several_stay_several(app):
    form = read(app, **{**GOOD, "name": "Aino\r\nBcc: all@lumo.example\u2028x"}, story=" yksi\r\n\r\nkaksi ")
    assert form.data["name"] == "Aino Bcc: all@lumo.example x"
    assert form.data["story"] == "yksi\n\nkaksi"


def test_json_goes_through_the_same_schema(app):
    assert read(app, json={**GOOD, "goals": ["yksi"], "hours": 7}).data["goals"] == ["yksi"]
    assert not read(app, json={"name": ["Aino"], "day": {"a": 1}, "goals": "yksi", "hours": True}).valid


@pytest.mark.parametrize("body", ["[]", '"text"', "null", "{", "1", "[[1]]"])
def test_json_that_is_no_form_is_told_like_an_empty_one(app, body):
    with app.test_request_context("/", method="POST", data=body, content_type="application/json"):
        assert set(Form(Plan).errors) == {"name", "day"}


def test_each_error_stands_beside_its_field_in_the_readers_language(app):
    form = read(app, name=" ", day="31.2.2026", email="aino(at)lumo", hours="seitsemän", goals=["x" * 11, "ok"])
    assert set(form.errors) == {"name", "day", "email", "hours", "goals"}
    assert all(len(sentences) == 1 and sentences[0].endswith(".") for sentences in form.errors.values())
    assert form.errors["day"] == ["Kirjoita päivä näin: 24.11.2026."]
    assert "10" in form.errors["goals"][0] and "11" in form.errors["goals"][0]


def test_what_was_typed_is_kept(app):
    typed = {"name": "", "day": "huomenna", "story": "<b>pitkä</b> " * 20}
    form = read(app, **typed)
    assert not form.valid and form.values == typed


def test_a_text_of_ten_megabytes_is_told_with_its_length(app):
    form = read(app, **GOOD, story="x" * 10_000_000)
    assert "10000000" in form.errors["story"][0] and len(form.values["story"]) == 10_000_000


def test_what_postgresql_can_not_keep_is_left_out(app):
    assert read(app, name="A\x00ino", day="24.11.2026").data["name"] == "Aino"
    assert read(app, json={**GOOD, "name": "A\ud800ino\udfff"}).data["name"] == "Aino"
    assert read(app, name="\x00", day="24.11.2026").errors == {"name": ["Täytä tämä kohta."]}


def test_a_service_may_refuse_beside_the_fields(app):
    form = read(app, **GOOD).refuse(Invalid({"name": ["Nimi on jo käytössä."]}))
    assert not form.valid and form.errors == {"name": ["Nimi on jo käytössä."]}


def test_every_form_has_a_key_of_its_own(app):
    assert Form.blank(Plan).key != Form.blank(Plan).key
    assert Form.blank(Plan, name="Aino").values == {"name": "Aino"} and Form.blank(Plan).valid


def letter(visitor: Visitor, **changes: str) -> dict[str, str]:
    return {
        "_key": form_key(visitor.get(CONTACT)), "workplace_name": "Kello ja Kulta", "person_name": "Kalle Kello",
        "email": "kalle@kello.example", "words": "Saisimmeko opiskelijan?", **changes,
    }  # fmt: skip


@pytest.mark.parametrize("htmx", [False, True])
def test_a_double_click_counts_once_and_is_told_so(fresh, cast, htmx):
    sent = letter(cast.nobody)
    first, second = (cast.nobody.post(CONTACT, sent, htmx=htmx) for _ in range(2))
    assert first.status_code == second.status_code == (200 if htmx else 303)
    shown = cast.nobody.get(second.headers.get("HX-Redirect") or second.location)
    assert "Tämä on jo tallennettu" in cast.nobody.follow(shown).text
    assert len(rows(fresh, ENQUIRIES)) == 1


def test_two_clicks_at_the_same_moment_count_once(fresh, cast):
    sent, start = letter(cast.nobody), threading.Barrier(4)

    def click(_number: int) -> int:
        visitor = Visitor(fresh, None)
        start.wait(20)
        return visitor.post(CONTACT, sent).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(click, range(4))) == [303] * 4
    assert len(rows(fresh, ENQUIRIES)) == 1


def test_a_form_that_was_refused_can_be_mended_and_sent_again(fresh, cast):
    sent = letter(cast.nobody)
    refused = cast.nobody.post(CONTACT, {**sent, "email": "kalle"})
    assert refused.status_code == 422 and "Saisimmeko opiskelijan?" in refused.text
    assert cast.nobody.post(CONTACT, sent).status_code == 303
    assert rows(fresh, ENQUIRIES) == [("Saisimmeko opiskelijan?",)]


def test_a_key_with_a_nul_or_without_end_is_no_error(fresh, cast):
    for key in ("a\x00b", "x" * 10_000, "\x00", "ä" * 60):
        answer = cast.nobody.post(CONTACT, letter(cast.nobody, _key=key, words=f"Viesti {len(key)}"))
        assert answer.status_code == 303


def test_the_same_key_at_another_organisation_is_another_form(fresh, cast):
    sent = letter(cast.nobody)
    assert cast.nobody.post(CONTACT, sent).status_code == 303
    assert cast.nobody.post("/contact/kaari", sent).status_code == 303
    assert len(rows(fresh, ENQUIRIES)) == 2
