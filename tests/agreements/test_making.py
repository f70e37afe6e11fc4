"""From a closed session to an agreement that can be sent."""

import re
import threading
from html import unescape
from uuid import UUID

from parasta_saas.agreements import queries, services
from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.core.db import db
from parasta_saas.planning import queries as planning
from tests.agreements.story import COMPLETE, version


def test_the_agreement_is_already_written_from_the_session(path):
    page = path.make().cast.oskari.get(path.at)
    for words in ("Palvelee asiakkaita ja käyttää kassaa.", "Tiski, kassa ja leivonta", "Kaisa ohjaa, Eero soittaa",
                  "Ville Virta", "Kahvila Kanerva", "Kahvilapalvelut", "Sanni Salo", "KS-"):  # fmt: skip
        assert words in page.text, words
    assert path.row("number")[0].endswith("-0002"), "Otso's training agreement was the first of the year"


def test_a_second_press_shows_the_same_agreement(path):
    first = path.make().at
    assert path.cast.eero.get(f"/o/lumo/sessions/{path.session_id}").text.count(first) >= 1
    again = path.cast.oskari.post(f"/o/lumo/agreements/from/{path.session_id}", {"_key": "another"})
    assert again.location == first


def test_two_who_press_at_once_get_one_agreement(path):
    found: list[UUID] = []

    def press() -> None:
        with path.world.app.app_context():
            try:
                with acting_as("oskari") as oskari:
                    found.append(services.draft_agreement(oskari, planning.session_for(oskari, path.session_id)).id)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(found) == 4 and len(set(found)) == 1


def test_coordinator_and_own_teacher_make_agreements(path):
    refused = {"kerttu": 403, "sanni": 403, "aino": 403, "ville": 403, "mirja": 403, "iida": 404}
    for who, status in {**refused, "eero": 303, "oskari": 303}.items():
        asked = getattr(path.cast, who).post(f"/o/lumo/agreements/from/{path.session_id}", {"_key": who})
        assert asked.status_code == status, who


def test_another_provider_finds_neither_session_nor_agreement(path):
    path.make()
    assert path.cast.pekka.post(f"/o/kaari/agreements/from/{path.session_id}", {"_key": "x"}).status_code == 404
    assert path.cast.pekka.get(path.at.replace("/lumo/", "/kaari/")).status_code == 404


def test_rules_are_told_with_their_statute_and_what_blocks_is_not_sent(path):
    page = path.make().cast.oskari.get(path.at)
    assert "Korjattava" in page.text and "laki ammatillisesta koulutuksesta (531/2017)" in page.text
    assert "sisältö varma" in page.text
    refused = path.offered()
    assert refused.status_code == 422 and "Liitä mukaan HOKSin se osa" in refused.text
    path.world.work()
    assert path.row() == ("draft",) and not path.world.letters("sanni@lumo.example")


def test_completing_saves_and_with_htmx_shows_the_block(path):
    path.make()
    assert path.completed(weekly_hours="29,5").status_code == 303
    assert path.row("details->>'weekly_hours', content->'period'->>'weekly_hours'") == ("29.5", "29.5")
    data = {**COMPLETE, **path.shown(path.cast.oskari.get(path.at)), "weekly_hours": "30"}
    block = path.cast.oskari.post(path.at, data, htmx=True)
    assert block.status_code == 200 and 'id="work"' in block.text and "<html" not in block.text
    assert 'id="reading" aria-labelledby="read-h" hx-swap-oob' in block.text, "the agreement itself is shown anew"


UNUSABLE = (
        ("weekly_hours", "paljon", "Kirjoita luku"), ("weekly_hours", "NaN", "väliltä"),
        ("daily_hours", "25", "väliltä 0–24"), ("works_from", "25.00", "Kirjoita kellonaika"),
        ("visits", "joskus", "Kirjoita päivät"), ("dangerous_work_notice_on", "31.2.2027", "24.11.2026"),
        ("part_time_percent", "puolet", "kokonaisluku"), ("signer", "", "Täytä"),
        ("support", "x" * 2_001, "Lyhennä"),
)  # fmt: skip


def test_what_cannot_be_used_is_told_and_kept(path):
    shown = path.make().shown(path.cast.oskari.get(path.at))
    for number, (field, typed, told) in enumerate(UNUSABLE):
        data = {**COMPLETE, **shown, "_key": f"k{number}", field: typed, "schedule": "ma–su"}
        refused = path.cast.oskari.post(path.at, data, htmx=bool(number % 2))
        assert refused.status_code == 422, field
        assert told in unescape(refused.text) and 'value="ma–su"' in refused.text, field
    assert path.row("details->>'schedule'") == ("",)


def test_a_text_of_ten_megabytes_is_refused_with_instructions(path):
    path.make()
    assert path.completed(safety="x" * 10_000_000).status_code == 422
    assert path.row("details->>'safety'") == ("",)


def test_markup_in_a_text_stays_text(path):
    path.make()
    assert path.completed(safety="<script>alert(1)</script>").status_code == 303
    page = path.cast.oskari.get(path.at)
    assert "<script>alert" not in page.text and "&lt;script&gt;alert(1)" in page.text
    assert path.cast.oskari.get(f"{path.at}/agreement.pdf").data.startswith(b"%PDF-")


def test_a_sign_that_no_font_has_is_refused_before_sending(path):
    path.make()
    assert path.completed(safety="Turvakengät 🦺").status_code == 303
    refused = path.offered()
    assert refused.status_code == 422 and "ei voi tulostaa" in refused.text


def test_two_who_write_at_once_do_not_overwrite_each_other(path):
    path.make()
    old = path.shown(path.cast.oskari.get(path.at))
    assert path.completed(schedule="ma–pe klo 8–14").status_code == 303
    refused = path.cast.eero.post(path.at, {**COMPLETE, **old, "_key": "other", "schedule": "ma–pe klo 9–15"})
    assert refused.status_code == 409 and 'value="ma–pe klo 9–15"' in refused.text
    assert path.row("details->>'schedule'") == ("ma–pe klo 8–14",)


def test_an_agreement_read_before_a_change_is_not_sent_in_its_old_form(path):
    path.make()
    old = version(path.cast.oskari.get(path.at))
    assert path.completed().status_code == 303
    assert path.cast.oskari.post(f"{path.at}/offer", {"version": old}).status_code == 409


def test_foreign_people_cannot_be_chosen(path):
    path.make()
    with path.world.superuser_connection() as above:
        found = "select id from membership where email = %s"
        eero, pekka = (above.execute(found, (m,)).fetchone()[0] for m in ("eero@lumo.example", "pekka@kaari.example"))
        contact = above.execute("select id from workplace_contact where email = 'matti@paja.example'").fetchone()[0]
    assert path.completed(signatory=str(pekka)).status_code == 404
    assert path.completed(signatory=str(eero)).status_code == 404, "a teacher does not sign for the provider"
    assert path.completed(signer=str(contact)).status_code == 404, "a person of another workplace"


def test_what_the_rules_warn_of_needs_a_reason(path):
    path.make()
    assert path.completed(daily_hours="9", weekly_hours="40").status_code == 303
    refused = path.offered()
    assert refused.status_code == 422 and "Kirjoita, miksi sopimus lähetetään" in refused.text
    assert path.offered(reason="Lauantai on lyhyt, viikko pysyy 40 tunnissa.").status_code == 303
    assert path.row("state, details->>'reason'") == ("offered", "Lauantai on lyhyt, viikko pysyy 40 tunnissa.")


def test_a_day_that_has_gone_by_cannot_be_agreed_on(path):
    path.make()
    assert path.completed().status_code == 303
    with path.world.superuser_connection() as above:
        above.execute("update placement set starts_on = current_date - 2 where student_name = 'Ville Virta'")
    refused = path.offered()
    assert refused.status_code == 422 and "ennen ensimmäistä päivää" in refused.text


def test_somebody_else_can_be_named_to_sign(path):
    path.make()
    assert path.completed(signer="other").status_code == 422
    named = {"signer_name": "Liisa Lahti", "signer_email": "Liisa@Kahvila.example", "signer_language": "sv"}
    assert path.completed(signer="other", **named).status_code == 303
    assert path.offered().status_code == 303
    path.world.work()
    letter = path.world.letters("liisa@kahvila.example")[0]
    assert letter.subject == "Underteckna Villes utbildningsavtal"


def test_only_the_agreement_coordinator_sends(path):
    path.make()
    for who in ("eero", "kerttu", "sanni", "aino"):
        for address in ("offer", "taking-back", "reminders"):
            assert getattr(path.cast, who).post(f"{path.at}/{address}", {"version": "1"}).status_code == 403
    assert path.row() == ("draft",)


def test_a_sent_agreement_is_not_changed_before_it_is_taken_back(offered):
    data = {**COMPLETE, "version": "9", "signer": "other", "signer_name": "X", "signer_email": "x@y.example"}
    with offered.world.superuser_connection() as above:
        data["version"] = str(above.execute("select version from agreement where id = %s", (offered.id,)).fetchone()[0])
    assert offered.cast.oskari.post(offered.at, data).status_code == 409
    assert offered.cast.oskari.post(f"{offered.at}/offer", {"version": data["version"]}).status_code == 409
    assert offered.cast.oskari.post(f"{offered.at}/taking-back", {}).status_code == 303
    assert offered.row("state, edition") == ("draft", 2)


def test_numbers_of_each_form_run_on_their_own(fresh):
    with acting_as("oskari") as oskari:
        numbers = {a.form: a.number for a in queries.agreements_of(oskari).items}
    year = clock.today().year
    assert numbers["training_agreement"].startswith("KS-") and numbers["apprenticeship"].startswith("OS-")
    assert all(re.fullmatch(r"\w\w-\d{4}-0001", n) and str(year) in n for n in numbers.values())
