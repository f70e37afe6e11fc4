"""What hangs on a step: a checklist, forms and links, attachments, own roles, a deviation for a time."""

import re
from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.instructions import queries
from tests.instructions.pages import typed

STEP = "/o/lumo/map/matching"
MINIMUM = "Vähimmäistaso"
PDF = b"%PDF-1.7\n" + b"x" * 500
ROWS = {
    "hanging": "1", "checklist_fi": "- Soita\n- Kirjaa", "checklist_sv": "Ring\nAnteckna",
    "link_0_kind": "form", "link_0_title_fi": "Pohja", "link_0_url": "https://lumo.example/pohja",
    "link_1_kind": "link", "link_1_title_fi": "Kartta", "link_1_url": "https://lumo.example/kartta",
    "role_0_name_fi": "Tutor", "role_0_duty_fi": "On mukana puhelussa.",
}  # fmt: skip


def send(visitor, step=STEP, **fields):
    """Open the form and press the button with these fields changed."""
    page = visitor.get(f"{step}/edit")
    return visitor.post(f"{step}/edit", {**chosen(page), **typed_all(page), **fields})


def typed_all(page) -> dict[str, str]:
    """Every text of the form, with those whose names have numbers."""
    form = page.text[page.text.index('id="write"') :].split("</form>")[0]
    found = typed(page)
    for name, value in re.findall(r'<input[^>]* name="([a-z_0-9]+)"[^>]* value="([^"]*)"', form):
        if "_gone" not in name:  # a box that nobody ticked is not sent
            found[name] = value
    return found


def chosen(page) -> dict[str, str]:
    return dict(re.findall(r'name="(link_\d_kind)"[^>]*>\s*<option value="(form|link)" selected', page.text))


def upload(visitor, content: bytes, name: str = "ohje.pdf", step: str = STEP, **fields: str):
    page = visitor.get(f"{step}/edit")
    typed_in = {k: v for k, v in typed_all(page).items() if k != "file"}
    return visitor.upload(f"{step}/edit", content, name=name, **{**typed_in, **fields})


def overlay(key: str = "matching") -> dict:
    with acting_as("aino") as aino:
        return queries.book_of(aino).instructions[key].overlay()


def test_the_edit_page_keeps_everything_folded_until_there_is_something(cast):
    page = cast.aino.get(f"{STEP}/edit").text
    assert '<details class="sheet part more-of"><summary>' in page
    assert "Lisää: tarkistuslista" in page
    send(cast.aino, **ROWS)
    assert '<details class="sheet part more-of" open><summary>' in cast.aino.get(f"{STEP}/edit").text


def test_lists_are_published_with_the_text_and_shown_below_the_minimum(cast):
    assert send(cast.aino, note_fi="Näin.", **ROWS).status_code == 303
    text = cast.eero.get(STEP).text
    for words in ("Soita", "Kirjaa", "Pohja", "https://lumo.example/kartta", "Tutor", "On mukana puhelussa."):
        assert words in text
    assert text.index("Lukittu") < text.index("Kirjaa")
    assert "tarkistuslista, lomakkeet, linkit, omat roolit" in text.split("Historia")[1]
    cast.aino.post("/language", {"language": "sv"})
    assert "Anteckna" in cast.aino.get(STEP).text


def test_items_are_moved_changed_and_removed_without_scripts_and_keep_their_key(cast):
    send(cast.aino, **ROWS)
    before = {item["text"]["fi"]: item["key"] for item in overlay()["checklist"]}
    send(cast.aino, checklist_fi="Kirjaa\nSoita aina\nUusi", checklist_sv="Anteckna\nRing alltid\nNy")
    after = overlay()["checklist"]
    assert [item["text"]["fi"] for item in after] == ["Kirjaa", "Soita aina", "Uusi"]
    assert after[0]["key"] == before["Kirjaa"]
    assert len({item["key"] for item in after}) == 3
    send(cast.aino, link_0_gone="1")
    assert "forms" not in overlay()
    assert overlay()["own_links"][0]["title"] == {"fi": "Kartta"}


def test_rows_are_put_in_another_order_by_their_numbers(cast):
    send(cast.aino, hanging="1", role_0_name_fi="Eka", role_1_name_fi="Toka")
    send(cast.aino, role_0_order="2", role_1_order="1")
    assert [role["name"]["fi"] for role in overlay()["own_roles"]] == ["Toka", "Eka"]


def test_a_form_without_these_fields_leaves_what_hangs_there(cast):
    send(cast.aino, **ROWS)
    before = overlay()
    kept = ("version", "edition", "release", "kept", "_key")
    form = {k: v for k, v in typed_all(cast.aino.get(f"{STEP}/edit")).items() if k in kept}
    assert cast.aino.post(f"{STEP}/edit", {**form, "note_fi": "Muu."}).status_code == 303
    assert overlay()["checklist"] == before["checklist"]


def test_an_earlier_edition_brings_its_lists_back(cast):
    send(cast.aino, **ROWS)
    send(cast.aino, checklist_fi="", checklist_sv="")
    assert "checklist" not in overlay()
    page = cast.aino.get(f"{STEP}/editions/1")
    version = re.search(r'name="version" value="(\d+)"', page.text)[1]
    assert "Kirjaa" in page.text
    assert cast.aino.post(f"{STEP}/editions/1/return", {"version": version}).status_code == 303
    assert len(overlay()["checklist"]) == 2


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("link_0_url", "http://lumo.example", "https://"),
        ("link_0_url", "javascript:alert(1)", "https://"),
        ("checklist_sv", "Bara en", "yhtä monta riviä"),
        ("link_0_title_fi", "", "mikä se on"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_and_what_was_typed_stays(cast, field, value, said):
    answer = send(cast.aino, **{**ROWS, "note_fi": "Säilyy.", field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Säilyy." in answer.text
    assert "Tutor" in answer.text


def test_a_file_is_attached_and_saved_by_a_reader_and_is_never_a_page(cast):
    assert upload(cast.aino, PDF, file_title_fi="Perehdytysopas").status_code == 303
    text = cast.ville.get(STEP).text
    assert "Perehdytysopas" in text
    url = re.search(r"/o/lumo/files/[0-9a-f-]{36}", text)[0]
    file = cast.ville.get(url)
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in file.headers["Content-Security-Policy"]
    assert cast.siiri.get(url.replace("lumo", "kaari")).status_code == 404
    assert cast.siiri.get(url).status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-" + b"x" * (10 * 1024 * 1024), "big.pdf"),
        (b"<script>", "x.html"),
        (b"<html>", "lies.pdf"),
        (b"", "e.txt"),
    ],
)
def test_a_file_too_large_or_of_another_kind_is_refused_with_the_way_out(cast, content, name):
    answer = upload(cast.aino, content, name=name, note_fi="Säilyy.")
    assert answer.status_code == 422
    assert "10 megatavua" in answer.text or "PDF-, Office-" in answer.text
    assert "Säilyy." in answer.text
    text = cast.aino.get(STEP).text
    assert name not in text


def test_a_script_in_a_name_is_only_text(cast):
    name = "<script>alert(1)</script>.pdf"
    upload(cast.aino, PDF, name=f"../../{name}", checklist_fi="<img src=x onerror=alert(1)>", hanging="1",
           file_title_fi="<b>x</b>")  # fmt: skip
    text = cast.aino.get(STEP).text
    assert "<script>alert(1)" not in text
    assert "<img src=x" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text
    url = re.search(r"/o/lumo/files/[0-9a-f-]{36}", text)[0]
    assert "\n" not in cast.aino.get(url).headers["Content-Disposition"]


def test_a_deviation_stands_beside_the_minimum_with_its_end_and_may_not_be_without_one(cast):
    page = cast.aino.get(f"{STEP}/edit").text
    who = re.search(r'<option value="([0-9a-f-]{36})">Kerttu', page)[1]
    last = clock.today() + timedelta(days=30)
    said = {"deviating": "1", "deviation_reason": "Sijaisuus.", "deviation_approver": who}
    answer = send(cast.aino, **said)
    assert answer.status_code == 422
    assert "sillä on aina loppu" in answer.text
    past = send(cast.aino, **said, deviation_expires=clock.today().isoformat())
    assert past.status_code == 422
    assert "Valitse tuleva päivä" in past.text
    assert send(cast.aino, **said, deviation_expires=last.isoformat()).status_code == 303
    text = cast.eero.get(STEP).text
    assert "Väliaikainen poikkeama" in text
    assert "Kansallinen vähimmäistaso on silti voimassa." in text
    assert text.index("Lukittu") < text.index("Sijaisuus.")


def test_a_deviation_that_has_ended_is_told_on_the_step_and_on_the_map(cast):
    with clock.frozen(clock.now() + timedelta(days=200)):
        assert "Poikkeama päättyi" in cast.eero.get("/o/lumo/map/partner-registration").text
        assert "Yksi poikkeama on päättynyt" in cast.aino.get("/o/lumo/map").text
        assert "Yksi poikkeama on päättynyt" not in cast.eero.get("/o/lumo/map").text


def test_nothing_of_it_is_seen_before_it_is_switched_on(cast):
    assert "Väliaikainen poikkeama" not in cast.siiri.get("/o/kaari/map/matching/edit").text
    assert "Koko järjestäjä" not in cast.siiri.get("/o/kaari/map").text
    cast.siiri.post("/o/kaari/handbook/settings", {"features": ["deviations"]})
    assert "Väliaikainen poikkeama" in cast.siiri.get("/o/kaari/map/matching/edit").text


@pytest.mark.parametrize("who", ["kerttu", "eero", "ville", "siiri"])
def test_the_settings_are_the_editors_alone(cast, who):
    visitor = getattr(cast, who)
    assert visitor.get("/o/lumo/handbook/settings").status_code in (403, 404)
    assert visitor.post("/o/lumo/handbook/settings", {"features": []}).status_code in (403, 404)
