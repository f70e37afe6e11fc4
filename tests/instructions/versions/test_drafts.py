"""Drafts: saved beside publishing, shown, listed, discarded and had back; nothing typed is lost."""

import pytest

from tests.instructions.pages import statements
from tests.instructions.versions.people import NEW, form_of, in_force, publish, save, second_editor


def test_a_draft_is_kept_and_nobody_but_writers_reads_it(cast):
    answer = save(cast.aino, note_fi="Luonnoksen sanat.")
    assert answer.status_code == 303
    page = cast.aino.follow(answer).text
    assert "Luonnos on tallennettu. Se ei ole vielä voimassa." in page
    assert "Luonnos odottaa" in page and "Aino Alanko" in page
    assert form_of(cast.aino)["note_fi"] == "Luonnoksen sanat."
    eero = cast.eero.get(NEW).text
    assert "Luonnoksen sanat." not in eero and "Luonnos odottaa" not in eero


def test_a_draft_without_hypertext_requests_or_with_them_is_the_same(cast):
    form = {**form_of(cast.aino), "note_fi": "Htmx."}
    answer = cast.aino.post(f"{NEW}/draft", form, htmx=True)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, NEW)


def test_the_form_goes_on_from_the_draft_and_publishing_it_takes_it_away(cast):
    save(cast.aino, note_fi="Ensin näin.")
    assert publish(cast.aino, note_fi="Sitten näin.").status_code == 303
    assert "Sitten näin." in in_force(cast.aino)
    assert "Ei luonnoksia" in cast.aino.get("/o/lumo/drafts").text


def test_one_draft_is_published_from_the_list(cast):
    save(cast.aino, note_fi="Luettelosta.")
    listed = cast.aino.get("/o/lumo/drafts").text
    assert "Työpaikan ja opiskelijan" in listed or "drafts" in listed
    assert cast.aino.post(f"{NEW}/draft/publication").status_code == 303
    assert "Luettelosta." in in_force(cast.aino)


def test_a_discarded_draft_is_had_back(cast):
    save(cast.aino, note_fi="Takaisin.")
    assert cast.aino.post(f"{NEW}/draft/discard").status_code == 303
    page = cast.aino.get("/o/lumo/drafts").text
    back = page.split('action="/o/lumo/drafts/kept/')[1].split('"')[0]
    assert cast.aino.post(f"/o/lumo/drafts/kept/{back}").status_code == 303
    assert form_of(cast.aino)["note_fi"] == "Takaisin."
    assert cast.aino.post(f"/o/lumo/drafts/kept/{back}").status_code == 409


def test_a_discarded_draft_never_lies_over_a_new_one(cast):
    save(cast.aino, note_fi="Vanha.")
    cast.aino.post(f"{NEW}/draft/discard")
    back = cast.aino.get("/o/lumo/drafts").text.split('action="/o/lumo/drafts/kept/')[1].split('"')[0]
    save(cast.aino, note_fi="Uusi.")
    assert cast.aino.post(f"/o/lumo/drafts/kept/{back}").status_code == 409
    assert form_of(cast.aino)["note_fi"] == "Uusi."


def test_a_double_click_saves_one_draft(fresh, cast):
    form = {**form_of(cast.aino), "note_fi": "Kerran."}
    assert [cast.aino.post(f"{NEW}/draft", form).status_code for _ in range(2)] == [303, 303]
    with fresh.superuser_connection() as above:
        assert above.execute("select count(*) from kept_text where kind = 'draft'").fetchone() == (1,)


def test_words_that_can_not_be_kept_stay_in_the_form(cast):
    answer = save(cast.aino, note_fi="a" * 10_001)
    assert answer.status_code == 422
    assert "Lyhennä teksti 10000 merkkiin" in answer.text and "a" * 10_001 in answer.text


def test_a_loosened_limit_waits_as_a_draft_and_is_refused_when_published(cast):
    step = "/o/lumo/map/contact-response"
    assert save(cast.aino, step, time_limit_value="9").status_code == 303
    answer = cast.aino.post(f"{step}/draft/publication")
    assert answer.status_code == 409
    assert "Kirjoita 1–2." in answer.text
    assert form_of(cast.aino, step)["time_limit_value"] == "9"


@pytest.mark.parametrize("who", ["kerttu", "eero", "sanni", "ville"])
@pytest.mark.parametrize("path", ["draft", "draft/publication", "draft/discard", "draft/question", "writers"])
def test_only_editors_write_drafts(cast, who, path):
    save(cast.aino, note_fi="Ainon.")
    visitor = getattr(cast, who)
    assert visitor.post(f"{NEW}/{path}", {"version": "0"}).status_code == 403
    assert form_of(cast.aino)["note_fi"] == "Ainon."


@pytest.mark.parametrize("path", ["draft", "draft/publication", "draft/discard", "draft/question", "writers"])
def test_another_providers_drafts_are_nowhere(cast, path):
    assert cast.siiri.post(f"{NEW}/{path}", {"version": "0"}).status_code == 404


def test_who_else_writes_is_told_and_blocks_nobody(fresh, cast):
    second_editor(fresh)
    answer = cast.kerttu.post(f"{NEW}/writers", htmx=True)
    assert answer.status_code == 200 and "kirjoittaa tätä" not in answer.text
    page = cast.aino.get(f"{NEW}/edit").text
    assert "Kerttu Kivi kirjoittaa tätä juuri nyt (" in page
    assert save(cast.aino, note_fi="Silti.").status_code == 303
    assert "Kerttu" in cast.aino.post(f"{NEW}/writers", htmx=True).text


def test_a_sign_of_life_runs_out(fresh, cast):
    second_editor(fresh)
    cast.kerttu.post(f"{NEW}/writers", htmx=True)
    with fresh.superuser_connection() as above:
        above.execute("update editing set seen_at = seen_at - interval '3 minutes'")
    assert "kirjoittaa tätä" not in cast.aino.get(f"{NEW}/edit").text


def test_saving_ends_the_sign_of_life(fresh, cast):
    second_editor(fresh)
    cast.kerttu.post(f"{NEW}/writers", htmx=True)
    save(cast.kerttu, note_fi="Kertun.")
    assert "kirjoittaa tätä" not in cast.aino.get(f"{NEW}/edit").text


def test_the_list_of_drafts_costs_the_same_for_many(fresh, cast):
    save(cast.aino, note_fi="Yksi.")
    one, _ = statements(fresh, lambda: cast.aino.get("/o/lumo/drafts"))
    for step in ("mid-review", "safety-check", "planning-invite", "contact-response"):
        save(cast.aino, f"/o/lumo/map/{step}", note_fi="Lisää.")
    many, _ = statements(fresh, lambda: cast.aino.get("/o/lumo/drafts"))
    assert many == one <= 16
