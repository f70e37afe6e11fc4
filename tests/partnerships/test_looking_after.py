"""One partnership: what it shows, editing, timeline, contact persons, and who may do what."""

import re

import pytest

from tests.partnerships.pages import asked, edit_form, partnership_of
from tests.visitor import form_key


@pytest.fixture
def kanerva(cast):
    return partnership_of(cast.kerttu, "lumo", "Kahvila Kanerva")


def test_the_page_answers_what_next_who_and_what_was_agreed(cast, kanerva):
    page = cast.kerttu.get(kanerva).text
    for words in ("Vuosikeskustelu kahvilalla", "Kerttu Kivi valmistelee.", "Kaisa Kanerva", "Toimiva kumppanuus, 2 v",
                  "Kaksi osaavaa kesätyöntekijää", "Puhelu joka toinen kuukausi", "Tuli mukaan"):  # fmt: skip
        assert words in page


def test_a_private_note_is_only_its_writers(cast, kanerva):
    assert "Kysy vuosikeskustelussa jatkajasta" in cast.kerttu.get(kanerva).text
    assert "Kysy vuosikeskustelussa jatkajasta" not in cast.aino.get(kanerva).text


def test_a_teacher_reads_and_has_no_buttons(cast, kanerva):
    page = cast.eero.get(kanerva)
    assert page.status_code == 200
    assert "Kirjaa puhelu" not in page.text and "/edit" not in page.text and "/invitation" not in page.text


def test_only_the_providers_staff_sees_it(cast, kanerva):
    for who, place, sees_list in (
        ("siiri", "kaari", 200), ("pekka", "kaari", 200), ("stina", "fjarden", 200), ("kaisa", "kahvila-kanerva", 404),
        ("ville", "lumo", 404), ("mirja", "lumo", 404), ("nelli", "viitemalli", 404),
    ):  # fmt: skip
        visitor = getattr(cast, who)
        assert (who, visitor.get(kanerva.replace("/o/lumo/", f"/o/{place}/")).status_code) == (who, 404)
        assert (who, visitor.get(f"/o/{place}/partnerships").status_code) == (who, sees_list)
    assert cast.aino.get(kanerva).status_code == 200


def test_the_list_of_another_provider_holds_nothing_of_lumos(cast):
    page = cast.siiri.get("/o/kaari/partnerships").text
    assert "Paja Oy" in page and "Kahvila Kanerva" not in page and "Hakapuun" not in page


def test_a_teacher_may_not_write_and_elsewhere_nothing_is_there(cast, kanerva):
    form = {"version": "1", "stage": "paused", "kind": "note", "words": "x", "name": "X", "email": "x@x.example"}
    for part in ("edit", "entries", "contacts"):
        assert cast.eero.post(f"{kanerva}/{part}", form).status_code == 403
        assert cast.pekka.post(f"{kanerva.replace('lumo', 'kaari')}/{part}", form).status_code == 404
    assert cast.eero.get(f"{kanerva}/edit").status_code == 403


@pytest.mark.parametrize("htmx", [False, True])
def test_a_call_is_written_down(cast, kanerva, htmx):
    key = form_key(cast.kerttu.get(kanerva + "?log=call"))
    form = {"_key": key, "kind": "call", "words": "Kaisa <b>soitti</b>\nja kysyi jouluvuoroista."}
    answer = cast.kerttu.post(f"{kanerva}/entries", form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    page = answer if htmx else cast.kerttu.get(kanerva)
    assert "Kaisa &lt;b&gt;soitti&lt;/b&gt;<br>ja kysyi" in page.text
    assert ('id="timeline"' in answer.text and "<html" not in answer.text) is htmx


def test_the_timeline_can_be_narrowed(cast, kanerva):
    calls = cast.kerttu.get(kanerva + "?only=contact").text
    assert "Kaisa toivoo, että opettaja käy" in calls and "Kumppanuus avattiin" not in calls
    part = cast.kerttu.get(kanerva + "?only=notes", htmx=True).text
    assert "jatkajasta" in part and "Kaisa toivoo" not in part


def test_older_entries_are_on_the_next_page(cast, kanerva):
    for number in range(12):
        assert cast.kerttu.post(f"{kanerva}/entries", {"kind": "note", "words": f"Huomio {number}."}).status_code == 303
    page = cast.kerttu.get(kanerva).text
    assert "Huomio 0." in page and "Kumppanuus avattiin" not in page
    older = re.search(r'href="([^"]+cursor=[^"]+)" rel="next"', page)[1].replace("&amp;", "&")
    assert "Kumppanuus avattiin" in cast.kerttu.get(older).text


def test_ten_megabytes_are_refused_with_an_instruction(cast, kanerva):
    answer = cast.kerttu.post(f"{kanerva}/entries", {"kind": "note", "words": "x" * 10_000_000}, htmx=True)
    assert answer.status_code == 422 and "Lyhennä teksti 4000 merkkiin" in answer.text
    too_much = cast.kerttu.post(f"{kanerva}/entries", {"kind": "note", "words": "x" * 13_000_000}, htmx=True)
    assert too_much.status_code == 413 and "10 Mt" in too_much.text


def test_goals_stage_and_talk_are_set_and_told(cast, kanerva):
    form = edit_form(cast.kerttu, kanerva, stage="paused", own_goal="Neljä paikkaa", next_talk="Joulukahvit",
                     next_talk_at="2199-12-24T10:00")  # fmt: skip
    page = cast.kerttu.follow(cast.kerttu.post(f"{kanerva}/edit", form)).text
    for words in ("Joulukahvit", "Neljä paikkaa", "Vaihe on nyt: Tauolla.", "24.12.2199 klo 10.00"):
        assert words in page


def test_the_coordinator_changes_to_a_person_of_the_same_provider(cast, kanerva):
    edit = cast.kerttu.get(kanerva + "/edit").text
    aino = re.search(r'<option value="([^"]+)">Aino Alanko', edit)[1]
    page = cast.kerttu.follow(cast.kerttu.post(f"{kanerva}/edit", edit_form(cast.kerttu, kanerva, coordinator_id=aino)))
    assert "Aino Alanko hoitaa nyt kumppanuutta." in page.text
    paja = partnership_of(cast.pekka, "kaari", "Paja Oy")
    pekka = re.search(r'<option value="([^"]+)"[^>]*>Pekka Pelto', cast.pekka.get(paja + "/edit").text)[1]
    form = edit_form(cast.kerttu, kanerva, coordinator_id=pekka)
    assert cast.kerttu.post(f"{kanerva}/edit", form).status_code == 404


def test_what_cannot_be_used_is_told_and_kept(cast, kanerva):
    for changes, instruction in (
        ({"next_talk_at": "2020-01-01T10:00"}, "Tämä hetki on jo mennyt"),
        ({"next_talk_at": "huomenna"}, "Kirjoita päivä ja kellonaika näin"), ({"stage": "lost"}, "Valitse jokin"),
        ({"coordinator_id": "kerttu"}, "Valitse jokin"), ({"own_goal": "x" * 401}, "Lyhennä teksti 400 merkkiin"),
    ):  # fmt: skip
        for htmx in (False, True):
            form = edit_form(cast.kerttu, kanerva, rhythm="Kerran kuussa", **changes)
            answer = cast.kerttu.post(f"{kanerva}/edit", form, htmx=htmx)
            assert answer.status_code == 422 and instruction in answer.text and "Kerran kuussa" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_second_edit_from_an_old_page_is_a_conflict_with_both_texts(cast, kanerva, htmx):
    mine = edit_form(cast.kerttu, kanerva, own_goal="Kertun tavoite")
    cast.aino.post(f"{kanerva}/edit", edit_form(cast.aino, kanerva, own_goal="Ainon tavoite"))
    answer = cast.kerttu.post(f"{kanerva}/edit", mine, htmx=htmx)
    assert answer.status_code == 409
    assert "Ainon tavoite" in answer.text and 'value="Kertun tavoite"' in answer.text
    assert "Ainon tavoite" in cast.kerttu.get(kanerva).text


def test_a_contact_person_stands_once(cast, kanerva):
    contact = {"name": "Kaisa", "email": "KAISA@kahvila-kanerva.example", "language": "fi"}
    answer = cast.kerttu.post(f"{kanerva}/contacts", contact, htmx=True)
    assert answer.status_code == 422 and "Tämä sähköpostiosoite on täällä jo" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_an_invitation_is_sent_and_sent_again(fresh, cast, htmx):
    aari = partnership_of(cast.kerttu, "lumo", "Sähköpalvelu Ääri Ky")
    for button in ("Kutsu", "Lähetä uudelleen"):
        page = cast.kerttu.get(aari).text
        assert button in page
        invite = re.search(r'action="([^"]+/invitation)"', page)[1]
        answer = cast.kerttu.post(invite, {}, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
        if htmx:
            assert 'id="people"' in answer.text and 'id="next"' in answer.text and "hx-swap-oob" in answer.text
    fresh.work()
    assert len(fresh.letters("ari@aari.example")) == 2
    foreign = invite.replace("/o/lumo/", "/o/kaari/")
    assert cast.pekka.post(foreign, {}).status_code == 404
    assert cast.eero.post(invite, {}).status_code == 403


def test_who_has_come_in_is_not_invited_again(cast, kanerva):
    contact = re.search(r"contacts/[^/]+/invitation", cast.kerttu.get(kanerva).text)
    assert contact is None


def test_the_list_finds_by_name_business_id_and_stage(cast):
    def names(query: str) -> list[str]:
        page = cast.kerttu.get(f"/o/lumo/partnerships?{query}", htmx=True).text
        return re.findall(r'<th scope="row"><a [^>]+>([^<]+)', page)

    assert names("q=kanerva") == ["Kahvila Kanerva"]
    assert names("q=9900001-8") == ["Paja Oy"] == names("q=FI99000018")
    assert names("q=99000&stage=paused") == ["Metsolan Puutarha"]
    assert names("q=ÄÄRI") == ["Sähköpalvelu Ääri Ky"]
    assert names("q=%25") == names("") and names("q=x%00y") == []
    assert cast.kerttu.get("/o/lumo/partnerships?cursor=rikki").status_code == 422


def test_pages_cost_a_constant_number_of_statements(fresh, cast, kanerva):
    for _ in range(3):
        cast.kerttu.post(f"{kanerva}/entries", {"kind": "note", "words": "Lisää."})
    counts = {}
    for address in ("/o/lumo/partnerships", "/o/lumo/partnerships?q=kahvila", kanerva, "/o/lumo/enquiries"):
        cast.kerttu.get(address)
        fresh.statements.clear()
        assert cast.kerttu.get(address).status_code == 200
        counts[address] = len(asked(fresh))
    assert counts["/o/lumo/partnerships"] == counts["/o/lumo/partnerships?q=kahvila"] <= 5
    assert counts[kanerva] <= 12  # with what the rooms above put there
    assert counts["/o/lumo/enquiries"] <= 10
