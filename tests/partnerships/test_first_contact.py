"""The public contact page, the clock, the answer, and a partnership without retyping."""

import re
from datetime import datetime

import pytest

from parasta_saas.core import clock
from parasta_saas.core.clock import HELSINKI
from parasta_saas.core.workdays import add_working_days
from tests.partnerships.pages import NEW_ID, enquiries_of, letter_form, new_workplace
from tests.visitor import form_key


@pytest.mark.parametrize("htmx", [False, True])
def test_anyone_writes_and_learns_who_answers_and_by_when(fresh, cast, htmx):
    page = cast.nobody.get("/contact/lumo")
    assert "Vastaamme 1 arkipäivässä." in page.text  # Lumo's own limit; the national one is two days
    answer = cast.nobody.post("/contact/lumo", letter_form(cast.nobody), htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    thanks = cast.nobody.get(answer.headers["HX-Redirect"] if htmx else answer.location)
    due = add_working_days(clock.now(), 1).astimezone(HELSINKI)
    assert "Kerttu Kivi vastaa sinulle viimeistään" in thanks.text
    assert f"{due.day}.{due.month}.{due.year}" in thanks.text
    fresh.work()
    assert "Kerttu Kivi" in fresh.letters("kalle@kello.example")[0].text
    told = fresh.letters("kerttu@lumo.example")[0]
    assert "Saisimmeko kelloseppäopiskelijan?" in told.text and "http://localhost/o/lumo/enquiries/" in told.text


def test_a_provider_without_an_own_limit_promises_the_national_one_in_its_own_language(cast):
    assert "Vastaamme 2 arkipäivässä." in cast.nobody.get("/contact/kaari").text
    swedish = cast.nobody.get("/contact/fjarden").text
    assert "Vi svarar inom 2 arbetsdagar." in swedish and '<html lang="sv"' in swedish and ">Suomi<" not in swedish
    assert cast.nobody.get("/contact/paja").status_code == 404 == cast.nobody.get("/contact/muuan").status_code


def test_the_clock_counts_working_days(fresh, cast, monkeypatch):
    friday = datetime(2026, 12, 4, 15, tzinfo=HELSINKI)  # Sunday 6 December is Independence Day
    with clock.frozen(friday):
        cast.nobody.post("/contact/lumo", letter_form(cast.nobody))
    assert "viimeistään ma 7.12.2026" in cast.kerttu.get("/o/lumo/enquiries").text


def test_the_one_with_fewest_waiting_is_named(fresh, cast):
    with fresh.superuser_connection() as connection:
        connection.execute(
            "update membership set roles = array_append(roles, 'wl_coordinator') where email = 'oskari@lumo.example'"
        )
    fresh.dirty = True
    thanks = cast.nobody.follow(cast.nobody.post("/contact/lumo", letter_form(cast.nobody)))
    assert "Oskari Ojala vastaa sinulle" in thanks.text


def test_what_cannot_be_used_is_told_and_the_rest_is_kept(cast):
    for changes, instruction in (
        ({"email": "kalle"}, "Kirjoita sähköpostiosoite näin"), ({"words": "  "}, "Täytä tämä kohta"),
        ({"workplace_name": ""}, "Täytä tämä kohta"), ({"words": "x" * 10_000_000}, "Lyhennä teksti 4000 merkkiin"),
    ):  # fmt: skip
        for htmx in (False, True):
            answer = cast.nobody.post("/contact/lumo", letter_form(cast.nobody, **changes), htmx=htmx)
            assert answer.status_code == 422
            assert instruction in answer.text and 'value="Kalle Kello"' in answer.text


def test_a_double_click_sends_once(fresh, cast):
    form = letter_form(cast.nobody)
    assert cast.nobody.post("/contact/lumo", form).status_code == 303
    assert cast.nobody.post("/contact/lumo", form).status_code == 303
    assert cast.kerttu.get("/o/lumo/enquiries").text.count("Kello ja Kulta</a>") == 1


def test_the_sixth_message_of_an_hour_is_refused_kindly(fresh, cast):
    for _ in range(5):
        assert cast.nobody.post("/contact/lumo", letter_form(cast.nobody)).status_code == 303
    answer = cast.nobody.post("/contact/lumo", letter_form(cast.nobody))
    assert answer.status_code == 422
    assert "ne ovat tallessa" in answer.text and "Saisimmeko" in answer.text
    other = letter_form(cast.nobody, email="toinen@kello.example")
    assert cast.nobody.post("/contact/lumo", other).status_code == 303


def test_nothing_is_lost_while_redis_and_mail_are_down(fresh, cast, monkeypatch):
    mail = fresh.app.config["SMTP_URL"]
    monkeypatch.setitem(fresh.app.config, "SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setitem(fresh.app.config, "REDIS_URL", "redis://127.0.0.1:9/0")
    monkeypatch.delitem(fresh.app.extensions, "parasta_queue", raising=False)
    thanks = cast.nobody.follow(cast.nobody.post("/contact/lumo", letter_form(cast.nobody)))
    assert thanks.status_code == 200 and "Kerttu Kivi vastaa sinulle" in thanks.text
    monkeypatch.setitem(fresh.app.config, "SMTP_URL", mail)
    monkeypatch.undo()
    fresh.app.extensions.pop("parasta_queue", None)
    fresh.work()
    assert len(fresh.letters("kalle@kello.example")) == 1 == len(fresh.letters("kerttu@lumo.example"))


def test_script_in_a_message_is_shown_as_text_on_the_page_and_in_mail(fresh, cast):
    cast.nobody.post("/contact/lumo", letter_form(cast.nobody, words="<script>alert(1)</script>"))
    found = _address(cast.kerttu, "Kello ja Kulta")
    assert "<script>alert(1)" not in cast.kerttu.get(found).text
    fresh.work()
    assert "<script>alert(1)" not in fresh.letters("kerttu@lumo.example")[0].html


@pytest.mark.parametrize("htmx", [False, True])
def test_an_answer_goes_by_mail_and_stops_the_clock(fresh, cast, htmx):
    found = _address(cast.kerttu, "Hoivakoti Helmi")
    form = {"_key": form_key(cast.kerttu.get(found)), "answer": "Hei Helena, soitan huomenna.\n\nTerveisin Kerttu"}
    answer = cast.kerttu.post(f"{found}/answer", form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    page = cast.kerttu.get(found).text
    assert "Vastattu ajoissa" in page and "Hei Helena, soitan huomenna." in page
    fresh.work()
    letter = fresh.letters("helena@hoivakotihelmi.example")[0]
    assert "Kerttu Kivi" in letter.subject and "Hei Helena, soitan huomenna." in letter.text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_second_answer_is_a_conflict_and_its_text_is_kept(fresh, cast, htmx):
    found = _address(cast.kerttu, "Hoivakoti Helmi")
    cast.kerttu.post(f"{found}/answer", {"answer": "Ensimmäinen vastaus."})
    second = cast.aino.post(f"{found}/answer", {"answer": "Toinen vastaus."}, htmx=htmx)
    assert second.status_code == 409
    assert "Kerttu Kivi on jo vastannut tähän." in second.text and "Toinen vastaus." in second.text
    fresh.work()
    letters = fresh.letters("helena@hoivakotihelmi.example")
    assert sum("vastaus." in letter.text for letter in letters) == 1
    assert "Toinen vastaus." not in cast.aino.get(found).text


def test_only_the_providers_coordinators_answer(cast):
    found = _address(cast.kerttu, "Hoivakoti Helmi")
    others = (("eero", "lumo", 403), ("siiri", "kaari", 404), ("ville", "lumo", 404), ("matti", "paja", 404))
    for who, place, status in others:
        address, visitor = found.replace("/o/lumo/", f"/o/{place}/"), getattr(cast, who)
        assert (who, visitor.post(f"{address}/answer", {"answer": "x"}).status_code) == (who, status)
        assert (who, visitor.get(address).status_code) == (who, 200 if status == 403 else 404)


def test_a_first_contact_becomes_a_partnership_without_retyping(fresh, cast):
    found = _address(cast.kerttu, "Hoivakoti Helmi")
    cast.kerttu.post(f"{found}/answer", {"answer": "Tervetuloa."})
    link = re.search(r'href="([^"]+new\?enquiry=[^"]+)"', cast.kerttu.get(found).text)[1]
    page = cast.kerttu.get(link).text
    for words in ("Hoivakoti Helmi", "Helena Helmi", "helena@hoivakotihelmi.example", "040 555 0123"):
        assert f'value="{words}"' in page
    typed = dict(re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', page)) | {"business_id": NEW_ID}
    address = cast.kerttu.post("/o/lumo/partnerships", typed).location
    page = cast.kerttu.get(address).text
    assert "Helena Helmi otti yhteyttä yhteydenottosivun kautta." in page and "Yhteydenottoon vastattiin." in page
    assert address in cast.kerttu.get(found).text
    assert cast.kerttu.get(link).location == address
    again = new_workplace(cast.kerttu, business_id="9900008-5", enquiry_id=typed["enquiry_id"])
    assert cast.kerttu.post("/o/lumo/partnerships", again).status_code == 409


def test_the_step_of_the_first_answer_says_how_many_wait(cast):
    page = cast.aino.get("/o/lumo/map/contact-response").text
    assert "Juuri nyt" in page and "2 yhteydenottoa odottaa" in page and "Seuraavan ottaa Kerttu Kivi." in page
    assert "Juuri nyt" not in cast.aino.get("/o/lumo/map/partner-registration").text


def _address(visitor, workplace: str) -> str:
    for address in enquiries_of(visitor, "lumo"):
        if f"<h1>{workplace}</h1>" in visitor.get(address).text:
            return address
    raise AssertionError(workplace)
