"""Registering a workplace, opening a partnership and asking its owner in."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.partnerships.pages import NEW_ID, enquiries_of, new_workplace, partnership_of
from tests.visitor import form_key


@pytest.mark.parametrize("htmx", [False, True])
def test_one_form_registers_opens_and_invites(fresh, cast, htmx):
    answer = cast.kerttu.post("/o/lumo/partnerships", new_workplace(cast.kerttu), htmx=htmx)
    address = answer.headers["HX-Redirect"] if htmx else answer.location
    assert answer.status_code == (200 if htmx else 303)
    page = cast.kerttu.get(address)
    assert "Leipomo Lehto" in page.text and NEW_ID in page.text and "Kutsuttu" in page.text
    assert "Kumppanuus on avattu: Leipomo Lehto." in page.text
    fresh.work()
    letter = fresh.letters("liisa@leipomolehto.example")[0]
    assert re.search(r"http://localhost/invitation/\S+", letter.text)


def test_the_owner_who_comes_in_stands_on_the_page_and_later_people_come_as_instructors(fresh, cast):
    address = cast.kerttu.post("/o/lumo/partnerships", new_workplace(cast.kerttu)).location
    fresh.work()
    letter = fresh.letters("liisa@leipomolehto.example")[0]
    path = re.search(r"http://localhost(/invitation/\S+)", letter.text)[1]
    page = cast.nobody.get(path)
    taken = cast.nobody.post(path, {"_key": form_key(page), "name": "Liisa Lehto", "language": "fi"})
    assert taken.status_code == 303
    fresh.work()
    page = cast.kerttu.get(address)
    assert "Tuli mukaan" in page.text and "Liisa Lehto tuli mukaan Parastaan." in page.text
    contact = {"_key": form_key(page), "name": "Lauri Lehto", "email": "lauri@leipomolehto.example", "language": "fi"}
    page = cast.kerttu.follow(cast.kerttu.post(f"{address}/contacts", contact))
    invite = re.search(r'action="([^"]+/invitation)"', page.text)[1]
    assert cast.kerttu.post(invite, {}).status_code == 303
    with fresh.superuser_connection() as connection:
        found = connection.execute("select email, roles from invitation where name like '% Lehto' order by id")
        assert found.fetchall() == [
            ("liisa@leipomolehto.example", ["owner"]), ("lauri@leipomolehto.example", ["instructor"]),
        ]  # fmt: skip


def test_a_workplace_is_in_the_register_once(fresh, cast):
    cast.kerttu.post("/o/lumo/partnerships", new_workplace(cast.kerttu))
    answer = cast.pekka.post("/o/kaari/partnerships", new_workplace(cast.pekka, "kaari", name="Lehdon leipomo"))
    page = cast.pekka.follow(answer)
    assert "Leipomo Lehto on jo rekisterissä. Kumppanuus on avattu." in page.text
    with fresh.superuser_connection() as connection:
        assert connection.execute("select count(*) from organisation where slug like 'leipomo%'").fetchone() == (1,)
        assert connection.execute("select count(*) from partnership where business_id = %s", (NEW_ID,)).fetchone() == (
            2,
        )


def test_opening_a_known_partnership_again_shows_it(cast):
    paja = partnership_of(cast.kerttu, "lumo", "Paja Oy")
    form = new_workplace(cast.kerttu, business_id="99000018", name="Paja", contact_email="matti@paja.example")
    answer = cast.kerttu.post("/o/lumo/partnerships", form)
    assert answer.status_code == 303 and answer.location == paja
    assert "Paja Oy on jo kumppaninne." in cast.kerttu.get(paja).text


def test_a_wrong_business_id_is_told_how_to_mend_and_the_text_is_kept(fresh, cast):
    for typed, instruction in (
        ("9900001-7", "Viimeinen numero ei sovi muihin"), ("", "Täytä tämä kohta"),
        ("99OOO01-8", "vain numeroita ja väliviiva"), ("990001", "seitsemän numeroa"), ("9900001", "väliviiva ennen"),
    ):  # fmt: skip
        for htmx in (False, True):
            form = new_workplace(cast.kerttu, business_id=typed)
            answer = cast.kerttu.post("/o/lumo/partnerships", form, htmx=htmx)
            assert answer.status_code == 422
            assert instruction in answer.text and 'value="Leipomo Lehto"' in answer.text
            assert ("<html" in answer.text) is not htmx
    assert not _registered(fresh, "Leipomo Lehto")


def test_html_in_a_name_is_shown_as_text(cast):
    answer = cast.kerttu.post("/o/lumo/partnerships", new_workplace(cast.kerttu, name="<script>alert(1)</script>"))
    page = cast.kerttu.follow(answer)
    assert "<script>alert(1)" not in page.text and "&lt;script&gt;alert(1)" in page.text


def test_a_double_click_opens_one_partnership(fresh, cast):
    form = new_workplace(cast.kerttu)
    assert cast.kerttu.post("/o/lumo/partnerships", form).status_code == 303
    again = cast.kerttu.post("/o/lumo/partnerships", form)
    assert again.status_code == 303
    fresh.work()
    assert len(fresh.letters("liisa@leipomolehto.example")) == 1


def test_two_people_who_register_the_same_workplace_at_once_get_one(fresh, cast):
    forms = [new_workplace(cast.kerttu), new_workplace(cast.oskari)]
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(who.post, "/o/lumo/partnerships", form)
            for who, form in zip((cast.kerttu, cast.oskari), forms, strict=True)
        ]
        answers = [job.result() for job in jobs]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert _registered(fresh, "Leipomo Lehto") == 1


def test_who_may_register_a_workplace(fresh, cast):
    for who, status in (("eero", 403), ("sanni", 403), ("ville", 403), ("kaisa", 404), ("oskari", 303)):
        answer = getattr(cast, who).post("/o/lumo/partnerships", new_workplace(cast.kerttu))
        assert (who, answer.status_code) == (who, status)
        assert bool(_registered(fresh, "Leipomo Lehto")) is (status == 303)


def test_another_providers_first_contact_cannot_be_used(fresh, cast):
    foreign = enquiries_of(cast.stina, "fjarden")[0].split("/")[-1]
    answer = cast.kerttu.post("/o/lumo/partnerships", new_workplace(cast.kerttu, enquiry_id=foreign))
    assert answer.status_code == 404
    assert cast.kerttu.get(f"/o/lumo/partnerships/new?enquiry={foreign}").status_code == 404
    assert not _registered(fresh, "Leipomo Lehto")


def _registered(world, name: str) -> int:
    with world.superuser_connection() as connection:
        found = connection.execute("select count(*) from workplace_register where name = %s", (name,))
        return found.fetchone()[0]
