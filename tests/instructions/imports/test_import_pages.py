"""An existing handbook is brought in by a person, piece by piece, in the browser's own terms."""

import re

import pytest

from tests.instructions.imports.samples import HANDBOOK, docx, xlsx
from tests.visitor import form_key

IMPORTS, SHELF = "/o/lumo/imports", "/o/lumo/shelf"
INTERRUPTED = "Opettaja kirjaa keskeytyksen ja sen syyn samana päivänä"
CANTEEN = "Ruokala on auki kello 10.30"


@pytest.fixture
def brought(cast) -> str:
    """The address of a handbook that Aino brought."""
    return bring(cast)


def bring(cast, text: str = HANDBOOK, **more: str) -> str:
    answer = cast.aino.post(IMPORTS, {"text": text, "name": "Työelämäkäsikirja", **more})
    assert answer.status_code == 303, answer.text
    return answer.location


def address(page, deed: str, words: str) -> str:
    """The address of a deed of the piece that has these words."""
    card = next(part for part in page.text.split("<article") if words in part)
    return re.search(rf'"(/o/lumo/imports/[0-9a-f-]{{36}}/pieces/[0-9a-f-]{{36}}/{deed})', card)[1]


def test_a_pasted_handbook_becomes_pieces_with_suggestions_and_publishes_nothing(cast, brought):
    before = cast.aino.get("/o/lumo/map/interruption").text
    page = cast.aino.get(brought).text
    assert page.count("<article") == 5
    assert "0 / 5 sijoitettu" in page
    assert "Ehdotus sanojen perusteella: keskeytyksen" in page
    assert "Millään askeleella ei ole tällaisia sanoja" in page
    assert INTERRUPTED not in before
    assert "5 palaa odottaa" in cast.aino.get(IMPORTS).text


@pytest.mark.parametrize(
    ("name", "file", "words"),
    [
        ("opas.docx", docx((1, "Jos jakso keskeytyy"), "Opettaja kirjaa keskeytyksen."), "Word-tiedosto"),
        ("opas.xlsx", xlsx(Taulu=[["Vaihe", "Ohje"], ["Keskeytys", "Kirjaa keskeytyksen syy"]]), "Taulukkotiedosto"),
        ("opas.md", HANDBOOK.encode(), "Markdown"),
        ("kansio/opas.txt", "Keskeytys\n\nKirjaa syy samana päivänä.".encode("cp1252"), "Teksti"),
    ],
)
def test_a_file_is_brought(cast, name, file, words):
    answer = cast.aino.upload(IMPORTS, file, name=name)
    assert answer.status_code == 303
    listed = cast.aino.get(IMPORTS).text
    assert words in listed
    assert "opas." in listed
    assert "kansio" not in listed


@pytest.mark.parametrize("htmx", [False, True])
def test_a_piece_is_put_on_a_step_with_its_origin_and_taken_back(cast, brought, htmx):
    page = cast.aino.get(brought)
    place = address(page, "placement", INTERRUPTED)
    answer = cast.aino.post(place, {"step": "interruption", "language": "fi"}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    step = cast.aino.get("/o/lumo/map/interruption").text
    assert INTERRUPTED in step
    assert "Aiemmasta käsikirjastamme: Työelämäkäsikirja › Työelämäkäsikirja" in step
    after = answer if htmx else cast.aino.follow(answer)
    assert "1 / 5 sijoitettu" in after.text
    assert "Aino Alanko siirsi sen askeleelle" in after.text
    assert cast.aino.post(place, {"step": "interruption"}, htmx=htmx).status_code == 409
    back = place.replace("placement", "return")
    assert cast.aino.post(back, htmx=htmx).status_code == (200 if htmx else 303)
    assert INTERRUPTED not in cast.aino.get("/o/lumo/map/interruption").text
    assert INTERRUPTED in cast.aino.get(brought).text
    assert cast.aino.post(back).status_code == 409


def test_own_words_that_stood_there_stay_in_front(cast, brought):
    place = address(cast.aino.get(brought), "placement", INTERRUPTED)
    cast.aino.post(place, {"step": "contact-response"})
    step = cast.aino.get("/o/lumo/map/contact-response").text
    assert step.index("Päivystäjä vaihtuu viikoittain") < step.index(INTERRUPTED)


def test_a_swedish_piece_goes_into_the_swedish_text(cast, brought):
    place = address(cast.aino.get(brought), "placement", "Vår koordinator svarar")
    cast.aino.post(place, {"step": "mid-review"})
    assert "Vår koordinator svarar" in edited(cast, "mid-review", "note_sv")
    assert "Vår koordinator svarar" not in edited(cast, "mid-review", "note_fi")


def test_a_person_corrects_the_language(cast, brought):
    place = address(cast.aino.get(brought), "placement", "Vår koordinator svarar")
    cast.aino.post(place, {"step": "mid-review", "language": "fi"})
    assert "Vår koordinator svarar" in edited(cast, "mid-review", "note_fi")


def edited(cast, key: str, field: str) -> str:
    page = cast.aino.get(f"/o/lumo/map/{key}/edit").text
    return re.search(rf'<textarea[^>]* name="{field}"[^>]*>(.*?)</textarea>', page, re.S)[1]


@pytest.mark.parametrize("htmx", [False, True])
def test_a_step_that_is_not_there_is_refused(cast, brought, htmx):
    place = address(cast.aino.get(brought), "placement", CANTEEN)
    for words in ({}, {"step": "no-such"}, {"step": "x\x00y"}, {"step": "mid-review", "language": "xx"}):
        refused = cast.aino.post(place, words, htmx=htmx)
        assert refused.status_code == 422
        assert CANTEEN in refused.text


def test_a_step_that_would_become_too_long_is_refused_and_nothing_is_lost(cast):
    long = "# Jos jakso keskeytyy\n\n" + "\n\n".join(f"Lause {i} on tässä." * 12 for i in range(25))
    place = bring(cast, long)
    for _again in range(2):
        page = cast.aino.get(place)
        url = address(page, "placement", "Lause")
        answer = cast.aino.post(url, {"step": "interruption"})
        if answer.status_code == 422:
            break
        long += " ja lisää"
        place = bring(cast, long)
    assert answer.status_code == 422
    assert "liian pitkä" in answer.text
    assert "Lause" in cast.aino.get(place).text


def test_a_piece_is_put_on_the_shelf_and_from_there_on_a_step(cast, brought):
    shelf = address(cast.aino.get(brought), "shelf", CANTEEN)
    assert cast.aino.post(shelf).status_code == 303
    page = cast.aino.get(SHELF)
    assert CANTEEN in page.text
    assert "tuodusta käsikirjasta" in page.text
    assert "askel on poistunut" not in page.text
    place = re.search(r'action="(/o/lumo/shelf/[0-9a-f-]{36}/placement)"', page.text)[1]
    assert cast.aino.post(place, {"step": "mid-review"}).status_code == 303
    step = cast.aino.get("/o/lumo/map/mid-review").text
    assert CANTEEN in step
    assert "Aiemmasta käsikirjastamme: Työelämäkäsikirja" in step
    refused = cast.aino.post(shelf.replace("/shelf", "/return"))
    assert refused.status_code == 409
    assert "hoitanut nämä sanat hyllyssä" in refused.text


def test_a_piece_on_the_shelf_is_taken_back(cast, brought):
    shelf = address(cast.aino.get(brought), "shelf", CANTEEN)
    cast.aino.post(shelf, {"language": "sv"})
    assert cast.aino.post(shelf.replace("/shelf", "/return")).status_code == 303
    assert CANTEEN not in cast.aino.get(SHELF).text
    assert CANTEEN in cast.aino.get(brought).text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_piece_is_left_out_and_taken_back(cast, brought, htmx):
    out = address(cast.aino.get(brought), "out", CANTEEN)
    assert cast.aino.post(out, htmx=htmx).status_code == (200 if htmx else 303)
    assert CANTEEN not in cast.aino.get(brought).text
    assert CANTEEN in cast.aino.get(f"{brought}?show=settled").text
    assert cast.aino.post(out, htmx=htmx).status_code == 409
    assert cast.aino.post(out.replace("/out", "/return"), htmx=htmx).status_code == (200 if htmx else 303)
    assert CANTEEN in cast.aino.get(brought).text


def test_clear_suggestions_are_looked_through_and_carried_out_together(cast, brought):
    preview = cast.aino.get(f"{brought}/sure")
    pieces = re.findall(r'name="pieces" value="([0-9a-f-]{36})"', preview.text)
    assert len(pieces) >= 2
    assert CANTEEN not in preview.text
    assert cast.aino.post(f"{brought}/sure", {}).status_code == 422
    key = form_key(preview)
    answer = cast.aino.post(f"{brought}/sure", {"pieces": pieces, "_key": key})
    assert answer.status_code == 303
    assert f"{len(pieces)} / 5 sijoitettu" in cast.aino.follow(answer).text
    assert INTERRUPTED in cast.aino.get("/o/lumo/map/interruption").text
    assert cast.aino.post(f"{brought}/sure", {"pieces": pieces}).status_code == 409
    assert "Selviä ehdotuksia ei ole enää" in cast.aino.get(f"{brought}/sure").text


def test_the_rest_goes_to_the_shelf_at_once_and_all_is_settled(cast, brought):
    assert cast.aino.post(f"{brought}/shelf").status_code == 303
    assert "Joka pala on hoidettu" in cast.aino.get(brought).text
    page = cast.aino.get(SHELF).text
    assert CANTEEN in page
    assert INTERRUPTED in page


def test_an_import_is_removed_and_returned_as_it_was(cast, brought):
    cast.aino.post(address(cast.aino.get(brought), "out", CANTEEN))
    assert cast.aino.post(f"{brought}/removal").status_code == 303
    assert cast.aino.post(f"{brought}/removal").status_code == 409
    page = cast.aino.get(IMPORTS).text
    assert "4 palaa odottaa" not in page
    assert f'action="{brought}/return"' in page
    assert cast.aino.post(f"{brought}/return").status_code == 303
    assert cast.aino.post(f"{brought}/return").status_code == 409
    assert "4 palaa odottaa" in cast.aino.get(IMPORTS).text


@pytest.mark.parametrize("htmx", [False, True])
def test_the_same_text_brought_twice_is_told_and_brought_again_on_demand(cast, brought, htmx):
    again = cast.aino.post(IMPORTS, {"text": HANDBOOK}, htmx=htmx)
    assert again.status_code == 409
    assert "Aino Alanko toi täsmälleen tämän" in again.text
    assert brought in again.text
    assert CANTEEN in again.text  # what was pasted is still there
    assert bring(cast, again="1") != brought


@pytest.mark.parametrize(
    ("name", "file", "told"),
    [
        ("a.docx", b"not a file of Word", "Tiedosto ei aukea."),
        ("a.docx", b"%PDF-1.7", "PDF-tiedostosta ei näe otsikoita."),
        ("a.docm", docx((1, "A"), "x"), "Tiedostossa on makroja"),
        ("a.xlsx", docx((1, "A"), "x"), "Nimeä se muotoon *.docx."),
        ("a.exe", b"MZ", "Valitse .docx-, .xlsx-, .md- tai .txt-tiedosto."),
        ("a.md", b"x" * (10 * 1024 * 1024 + 1), "enintään 10 Mt"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_how_to_mend_it(cast, name, file, told):
    answer = cast.aino.upload(IMPORTS, file, name=name)
    assert answer.status_code == 422
    assert told in answer.text
    assert cast.aino.get(IMPORTS).text.count("palaa odottaa") == 1  # that of the demo


def test_a_much_bigger_file_is_refused_before_it_is_read(cast):
    assert cast.aino.upload(IMPORTS, b"x" * (13 * 1024 * 1024), name="a.docx").status_code in (413, 422)


@pytest.mark.parametrize("htmx", [False, True])
def test_neither_file_nor_text_is_asked_for(cast, htmx):
    answer = cast.aino.post(IMPORTS, {"name": "Tyhjä"}, htmx=htmx)
    assert answer.status_code == 422
    assert "Valitse tiedosto tai liitä teksti." in answer.text


def test_what_was_not_read_is_told(cast):
    page = cast.aino.follow(cast.aino.post(IMPORTS, {"text": "# A\n\nsanat ![Kaavio](k.png)\n\n# Tyhjä luku"})).text
    assert "Kuvia jätettiin pois" in page
    assert "Kaavio (k.png)" in page
    assert "Tyhjä luku" in page


def test_markup_in_a_piece_does_no_harm(cast):
    page = cast.aino.follow(
        cast.aino.post(IMPORTS, {"text": "# <script>alert(1)</script>\n\n<b onclick=x>sana</b>"})
    ).text
    assert "<script>alert" not in page
    assert "<b onclick" not in page


@pytest.mark.parametrize("who", ["kerttu", "eero", "ville", "siiri", "nelli", "kaisa", "nobody"])
def test_nobody_but_the_providers_own_editors_sees_or_settles_pieces(cast, brought, who):
    place = address(cast.aino.get(brought), "placement", CANTEEN)
    visitor = getattr(cast, who)
    for url in (IMPORTS, brought, f"{brought}/sure"):
        assert visitor.get(url).status_code in (303, 403, 404)
    for deed in ("placement", "shelf", "out", "return"):
        answer = visitor.post(place.replace("placement", deed), {"step": "mid-review"})
        assert answer.status_code in (303, 403, 404)
    for url in (IMPORTS, f"{brought}/sure", f"{brought}/shelf", f"{brought}/removal"):
        assert visitor.post(url, {"text": "x"}).status_code in (303, 403, 404)
    assert CANTEEN in cast.aino.get(brought).text


def test_a_foreign_import_or_piece_is_nowhere(cast, brought):
    place = address(cast.aino.get(brought), "placement", CANTEEN).replace("/o/lumo/", "/o/kaari/")
    assert cast.siiri.post(place, {"step": "mid-review"}).status_code == 404
    assert cast.siiri.get(brought.replace("/o/lumo/", "/o/kaari/")).status_code == 404
    other = bring(cast, "# Toinen\n\nsanoja tähän")
    piece = place.split("/pieces/")[1]
    assert cast.aino.post(f"{other}/pieces/{piece}", {"step": "mid-review"}).status_code == 404
    assert CANTEEN not in cast.aino.get(f"{other}?last={piece.split('/')[0]}").text


def test_a_double_click_places_once(cast, brought):
    page = cast.aino.get(brought)
    place, key = address(page, "placement", INTERRUPTED), form_key(page)
    codes = [cast.aino.post(place, {"step": "interruption", "_key": key}).status_code for _ in range(2)]
    assert codes[0] == 303
    assert codes[1] in (303, 409)
    assert edited(cast, "interruption", "note_fi").count(INTERRUPTED) == 1


def test_the_pages_ask_the_database_the_same_however_many_pieces_there_are(fresh, cast, brought):
    many = bring(
        cast, "\n\n".join(f"# Jos jakso {i} keskeytyy\n\nOpettaja kirjaa keskeytyksen {i}." for i in range(60))
    )

    def asked(url: str) -> int:
        cast.aino.get(url)
        fresh.statements.clear()
        assert cast.aino.get(url).status_code == 200
        return len([s for s in fresh.statements if "set_config" not in s])

    for part in ("", "/sure", "?show=settled"):
        assert asked(brought + part) == asked(many + part) <= 12
    assert asked(IMPORTS) <= 9
    page = cast.aino.get(many).text
    assert page.count("<article") == 20
    assert "at=2" in page
    assert cast.aino.get(f"{many}?at=99&show=x&last=y").status_code == 200


def test_the_pages_speak_swedish(cast, brought):
    cast.aino.post("/language", {"language": "sv", "next": brought})
    assert "Till vilket steg?" in cast.aino.get(brought).text
    assert "Ta in er egen handbok" in cast.aino.get(IMPORTS).text


def test_what_happened_is_in_the_log(fresh, cast, brought):
    cast.aino.post(address(cast.aino.get(brought), "placement", INTERRUPTED), {"step": "interruption"})
    with fresh.superuser_connection() as above:
        names = {name for (name,) in above.execute("select name from audit_entry").fetchall()}
    assert {"instructions.handbook_brought", "instructions.piece_placed"} <= names
