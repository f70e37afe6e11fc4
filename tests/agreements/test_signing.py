"""Signing: on a phone without an account, by a member, in either order; and every way not to sign."""

from datetime import timedelta

from parasta_saas.core import clock
from tests.agreements.story import sha
from tests.visitor import form_key


def test_the_page_says_who_when_where_what_and_what_it_means(offered):
    page = offered.cast.nobody.get(offered.link())
    assert page.status_code == 200
    for words in ("Hei Kaisa", "Allekirjoita Villen koulutussopimus", "Ville Virta, 17 v", "ma–pe klo 8–14",
                  "Sinä olet Villen ohjaaja", "Mitä Ville opettelee", "Valmistaa päivän kahvilatuotteet.",
                  "Mitä allekirjoitus tarkoittaa", "Lue koko sopimus, 3 sivua", "Jokin ei täsmää",
                  "En ole oikea henkilö", "Allekirjoitan"):  # fmt: skip
        assert words in page.text, words
    assert "Esimerkkisisältö, ei ministeriön julkaisu" in page.text


def test_the_page_speaks_swedish_when_asked(offered):
    link, browser = offered.link(), offered.cast.nobody
    browser.post("/language", {"language": "sv", "next": link})
    page = browser.get(link)
    assert "Underteckna Villes utbildningsavtal" in page.text and 'lang="sv"' in page.text
    assert "Jag undertecknar" in page.text and "Allekirjoit" not in page.text


def test_the_whole_way_with_the_workplace_first(offered):
    link = offered.link()
    assert offered.sign_by_link(link).status_code == 303
    assert offered.row() == ("offered",)
    page = offered.cast.nobody.get(link)
    assert "Allekirjoitettu" in page.text and "kun kaikki ovat allekirjoittaneet" in page.text
    assert offered.sign_for_provider().status_code == 303
    assert offered.row() == ("signed",)
    offered.world.work()
    assert offered.row() == ("sealed",)
    assert "Sinetöity sopimus on tässä" in offered.cast.nobody.get(link).text
    assert offered.cast.nobody.get(f"{link}/agreement.pdf").data.startswith(b"%PDF-")


def test_the_whole_way_with_the_provider_first_and_htmx(offered):
    page = offered.cast.sanni.get(offered.at)
    data = {"_key": form_key(page), "sha256": sha(page)}
    block = offered.cast.sanni.post(f"{offered.at}/signature", data, htmx=True)
    assert block.status_code == 200 and "Olet allekirjoittanut" in block.text and "<html" not in block.text
    assert block.text.count("hx-swap-oob") == 3, "who has signed, the state, and what was done"
    assert offered.sign_by_link().status_code == 303
    assert offered.row() == ("signed",)


def test_a_scanner_that_looks_twenty_times_signs_nothing(offered):
    link = offered.link()
    for _ in range(20):
        assert offered.cast.nobody.get(link).status_code == 200
        assert offered.cast.nobody.client.head(link).status_code == 200
    assert offered.count("agreement_signature") == 0
    assert offered.sign_by_link(link).status_code == 303


def test_a_double_click_is_one_signature(offered):
    link = offered.link()
    page = offered.cast.nobody.get(link)
    data = {"_key": form_key(page), "sha256": sha(page)}
    assert [offered.cast.nobody.post(link, data).status_code for _ in range(2)] == [303, 303]
    assert offered.count("agreement_signature") == 1


def test_a_second_signature_of_the_same_side_is_a_conflict(offered):
    link = offered.link()
    page = offered.cast.nobody.get(link)
    assert offered.sign_by_link(link).status_code == 303
    again = offered.cast.nobody.post(link, {"_key": "another tab", "sha256": sha(page)})
    assert again.status_code == 409 and "Allekirjoitettu" in again.text
    owner = offered.cast.kaisa.post(f"{offered.at_workplace}/signature", {"sha256": sha(page)})
    assert owner.status_code == 409 and "Kaisa Kanerva allekirjoitti tämän" in owner.text
    assert offered.count("agreement_signature") == 1


def test_an_old_link_says_whom_to_ask(offered):
    link = offered.link()
    page = offered.cast.nobody.get(link)
    with clock.frozen(clock.now() + timedelta(days=31)):
        shown = offered.cast.nobody.get(link)
        assert "Linkki on liian vanha" in shown.text and "oskari@lumo.example" in shown.text
        assert "Palvelee asiakkaita" not in shown.text
        assert offered.cast.nobody.post(link, {"_key": "k", "sha256": sha(page)}).status_code == 409
        assert offered.cast.nobody.get(f"{link}/agreement.pdf").status_code == 409
    assert offered.count("agreement_signature") == 0
    assert offered.cast.oskari.post(f"{offered.at}/reminders", {}).status_code == 303
    offered.world.work()
    assert offered.link() != link and offered.sign_by_link(offered.link()).status_code == 303


def test_a_made_up_link_opens_nothing(offered):
    for address in ("/sign/made-up", "/sign/made-up/agreement.pdf", "/notice/made-up"):
        assert offered.cast.nobody.get(address).status_code == 404
    token = offered.link().rsplit("/", 1)[1]
    assert offered.cast.nobody.get(f"/notice/{token}").status_code == 404, "a link of one kind opens nothing of another"


def test_content_that_changed_after_it_was_opened_is_shown_anew_and_not_signed(offered):
    link = offered.link()
    before = offered.cast.nobody.get(link)
    assert offered.cast.oskari.post(f"{offered.at}/taking-back", {}).status_code == 303
    stopped = offered.cast.nobody.post(link, {"_key": "one", "sha256": sha(before)})
    assert stopped.status_code == 409 and "korjaa sopimuksen" in stopped.text
    assert offered.completed(schedule="ti–la klo 9–15").status_code == 303
    assert offered.offered().status_code == 303
    refused = offered.cast.nobody.post(link, {"_key": "two", "sha256": sha(before)})
    assert refused.status_code == 409
    assert "Sopimus on muuttunut" in refused.text and "ti–la klo 9–15" in refused.text
    assert offered.count("agreement_signature") == 0
    assert sha(refused) != sha(before) and offered.sign_by_link(link).status_code == 303


def test_a_signature_on_earlier_content_does_not_count_for_the_next(offered):
    link = offered.link()
    assert offered.sign_by_link(link).status_code == 303
    assert offered.cast.oskari.post(f"{offered.at}/taking-back", {}).status_code == 303
    assert offered.completed(schedule="ti–la klo 9–15").status_code == 303
    assert offered.offered().status_code == 303
    offered.world.work()
    assert offered.sign_for_provider().status_code == 303
    assert offered.row() == ("offered",), "Kaisa has not signed the new content"
    used = offered.cast.nobody.get(link)
    assert "Uusimman viestisi linkki" in used.text
    assert offered.sign_by_link(offered.link()).status_code == 303
    assert offered.row() == ("signed",)


def test_a_remark_stops_the_signing_and_goes_to_the_coordinator(offered):
    link = offered.link()
    form = offered.cast.nobody.get(f"{link}/remark")
    assert offered.cast.nobody.post(f"{link}/remark", {"_key": form_key(form), "remark": "  "}).status_code == 422
    words = "Viimeinen päivä on 19.3.\n<b>Ei</b> 26.3."
    sent = offered.cast.nobody.post(f"{link}/remark", {"_key": "r", "remark": words})
    assert sent.status_code == 303
    assert "Kiitos, viesti meni perille" in offered.cast.nobody.get(link).text
    offered.world.work()
    letter = offered.world.letters("oskari@lumo.example")[0]
    assert "Jokin ei täsmää" in letter.subject and "> Viimeinen päivä on 19.3." in letter.text
    page = offered.cast.oskari.get(offered.at)
    assert "Kaisa Kanerva pysäytti" in page.text and "&lt;b&gt;Ei&lt;/b&gt;" in page.text
    sanni = offered.cast.sanni.post(f"{offered.at}/signature", {"sha256": "0" * 64})
    assert sanni.status_code == 409
    assert offered.completed().status_code == 303 and offered.offered().status_code == 303
    assert offered.sign_by_link(link).status_code == 303


def test_the_wrong_person_names_the_right_one(offered):
    link = offered.link()
    bad = offered.cast.nobody.post(f"{link}/person", {"_key": "b", "right_name": "Kalle", "right_email": "kalle"})
    assert bad.status_code == 422 and 'value="Kalle"' in bad.text
    named = {"right_name": "Kalle Kanerva", "right_email": "kalle@kahvila-kanerva.example"}
    assert offered.cast.nobody.post(f"{link}/person", {"_key": "p", **named}).status_code == 303
    offered.world.work()
    letter = offered.world.letters("oskari@lumo.example")[0]
    assert "Joku muu allekirjoittaa" in letter.subject and "kalle@kahvila-kanerva.example" in letter.text
    page = offered.cast.oskari.get(offered.at)
    assert 'value="Kalle Kanerva"' in page.text and 'value="kalle@kahvila-kanerva.example"' in page.text
    known = {"signer_name": "Kalle Kanerva", "signer_email": "kalle@kahvila-kanerva.example", "signer": "other"}
    assert offered.completed(**known).status_code == 303 and offered.offered().status_code == 303
    offered.world.work()
    assert "Hei Kalle" in offered.cast.nobody.get(offered.link("kalle@kahvila-kanerva.example")).text


def test_the_owner_signs_signed_in(offered):
    page = offered.cast.kaisa.get(offered.at_workplace)
    assert "Allekirjoitan" in page.text and "Palvelee asiakkaita" in page.text
    data = {"_key": form_key(page), "sha256": sha(page)}
    assert offered.cast.kaisa.post(f"{offered.at_workplace}/signature", data).status_code == 303
    with offered.world.superuser_connection() as above:
        row = above.execute("select name, method from agreement_signature where agreement_id = %s", (offered.id,))
        assert row.fetchone() == ("Kaisa Kanerva", "sign_in")


def test_the_owner_says_signed_in_what_does_not_match(offered):
    at = f"{offered.at_workplace}/remark"
    assert offered.cast.kaisa.post(at, {"_key": "a", "remark": ""}).status_code == 422
    assert offered.cast.kaisa.post(at, {"_key": "b", "remark": "Väärä päivä."}).status_code == 303
    assert offered.row("state, remark") == ("draft", "Väärä päivä.")
    assert offered.cast.kaisa.get(offered.at_workplace).status_code == 404, "a draft is the provider's own"


def test_who_is_no_signatory_cannot_sign(offered):
    content = sha(offered.cast.sanni.get(offered.at))
    for who, status in {"eero": 403, "oskari": 403, "ville": 403, "mirja": 403, "iida": 404}.items():
        asked = getattr(offered.cast, who).post(f"{offered.at}/signature", {"sha256": content})
        assert asked.status_code == status, who
    assert offered.count("agreement_signature") == 0


def test_an_instructor_reads_and_cannot_sign(cast, fresh):
    with fresh.superuser_connection() as above:
        number = "select id, sha256 from agreement where number like 'OS-%'"
        iidas, content = above.execute(number).fetchone()
    at = f"/o/kaislaranta/agreements/{iidas}"
    assert cast.joel.get(at).status_code == 200 and "Allekirjoitan" not in cast.joel.get(at).text
    assert cast.joel.post(f"{at}/signature", {"sha256": content}).status_code == 403
    assert cast.hanna.post(f"{at}/signature", {"sha256": content}).status_code == 303
    fresh.work()
    with fresh.superuser_connection() as above:
        assert above.execute("select state from agreement where id = %s", (iidas,)).fetchone() == ("sealed",)


def test_nothing_is_signed_after_the_first_day(offered):
    page = offered.cast.nobody.get(offered.link())
    with offered.world.superuser_connection() as above:
        above.execute("update link set expires_at = expires_at + interval '1 year'")
    with clock.frozen(clock.now() + timedelta(days=120)):
        refused = offered.cast.nobody.post(offered.link(), {"_key": "late", "sha256": sha(page)})
    assert refused.status_code == 409 and "Tätä ei voi enää allekirjoittaa" in refused.text
    assert offered.count("agreement_signature") == 0


def test_redis_down_loses_nothing(offered):
    assert offered.sign_by_link().status_code == 303
    offered.world.app.extensions["parasta_queue"].connection.flushdb()
    assert offered.sign_for_provider().status_code == 303
    offered.world.app.extensions["parasta_queue"].connection.flushdb()
    offered.world.work()
    assert offered.row() == ("sealed",)
