"""When all have signed: one sealed document, and everybody told."""

import shutil
import subprocess
import threading
from uuid import UUID

import pytest

from parasta_saas.agreements import handlers, installation_key, queries
from parasta_saas.agreements.services import sealing
from parasta_saas.cli.demo.acting import system_at
from parasta_saas.core import jobs
from parasta_saas.core.clock import now


def test_sealing_twice_makes_one_document(sealed):
    body = {"agreement_id": sealed.id, "placement_id": str(sealed.row("placement_id")[0]), "part": "student"}
    before = sealed.row("sealed_at, state")
    for _ in range(2):
        with system_at("lumo") as lumo:
            handlers.seal_when_all_have_signed(lumo, body)
            handlers.inform_student_and_guardian(lumo, body)
            handlers.mail_informed(lumo, body)
            handlers.send_sealed(lumo, body)
            handlers.agree_on_placement(lumo, body)
    letters = len(sealed.world.letters())
    sealed.world.work()
    assert sealed.count("sealed_document") == 1 and sealed.count("agreement_notice") == 2
    assert sealed.row("sealed_at, state") == before and len(sealed.world.letters()) == letters


def test_a_worker_that_dies_while_sealing_leaves_nothing_half_done(offered, monkeypatch):
    assert offered.sign_by_link().status_code == 303 and offered.sign_for_provider().status_code == 303

    def die(*_args, **_kw):
        raise MemoryError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(sealing.document, "render_pdf", die)
        offered.world.work()
    assert offered.row() == ("signed",) and offered.count("sealed_document") == 0
    with offered.world.superuser_connection() as above:
        above.execute("update delivery set leased_until = now() - interval '1 second' where done_at is null")
    offered.world.work()
    assert offered.row() == ("sealed",) and offered.count("sealed_document") == 1


def test_student_guardian_signers_and_coordinator_get_one_mail_each(sealed):
    told = {}
    for letter in sealed.world.letters():
        if "Villen koulutussopimus" in letter.subject and not letter.subject.startswith("Allekirjoita"):
            told.setdefault(letter.to.split("@")[0].split("<")[-1], []).append(letter.subject.split(":")[0])
    ready, informed = ["Valmis"], ["Tiedoksi"]
    assert told == {"kaisa": ready, "oskari": ready, "sanni": ready, "ville": informed, "mirja": informed}


def test_telling_is_recorded_and_reading_only_when_a_person_says_so(sealed):
    link = sealed.link("mirja@lumo.example", "notice")
    for _ in range(20):
        page = sealed.cast.nobody.get(link)
        assert page.status_code == 200 and sealed.cast.nobody.client.head(link).status_code == 200
    assert "Villen koulutussopimus" in page.text and "Et allekirjoita mitään" in page.text
    assert sealed.cast.nobody.get(f"{link}/agreement.pdf").data.startswith(b"%PDF-")
    asked = "select part, read_at is not null from agreement_notice where agreement_id = %s order by part"
    with sealed.world.superuser_connection() as above:
        assert above.execute(asked, (sealed.id,)).fetchall() == [("guardian", False), ("student", False)]
        assert sealed.cast.nobody.post(link, {"_key": "read"}).status_code == 303
        assert sealed.cast.ville.post(f"{sealed.at}/reading", {"_key": "v"}).status_code == 303
        assert sealed.cast.eero.post(f"{sealed.at}/reading", {"_key": "e"}).status_code == 404
        assert above.execute(asked, (sealed.id,)).fetchall() == [("guardian", True), ("student", True)]
    assert "Olet lukenut tämän" in sealed.cast.nobody.get(link).text
    assert "Luettu" in sealed.cast.oskari.get(sealed.at).text


def test_a_sealed_agreement_moves_the_placement_on(sealed):
    with sealed.world.superuser_connection() as above:
        found = above.execute("select state from placement where id = %s", (sealed.row("placement_id")[0],))
        assert found.fetchone() == ("agreed",)


def test_a_sealed_agreement_stays_as_it_is(sealed):
    for address in ("taking-back", "reminders"):
        assert sealed.cast.oskari.post(f"{sealed.at}/{address}", {}).status_code == 409
    assert sealed.cast.kaisa.post(f"{sealed.at_workplace}/remark", {"remark": "Hups"}).status_code == 409


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is not here: apt-get install poppler-utils")
def test_pdfsig_says_valid(sealed, tmp_path):
    file = tmp_path / "agreement.pdf"
    file.write_bytes(sealed.cast.oskari.get(f"{sealed.at}/agreement.pdf").data)
    said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, timeout=30).stdout
    assert "Signature is Valid." in said and "Total document signed" in said and "ETSI.CAdES.detached" in said


def test_both_sides_read_the_same_sealed_file(sealed):
    ours = sealed.cast.eero.get(f"{sealed.at}/agreement.pdf").data
    theirs = sealed.cast.kaisa.get(f"{sealed.at_workplace}/agreement.pdf").data
    assert ours == theirs == sealed.cast.nobody.get(f"{sealed.link()}/agreement.pdf").data


def test_the_key_is_made_once_however_many_begin(tmp_path):
    made: list[str] = []

    def begin() -> None:
        made.append(installation_key.opened(tmp_path, "a sealing key of the tests").fingerprint)

    threads = [threading.Thread(target=begin) for _ in range(3)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(made) == 3 and len(set(made)) == 1


def test_the_garage_of_the_demo_has_its_sealed_agreement(fresh):
    with system_at("lumo") as lumo:
        otso = next(a for a in queries.agreements_of(lumo, state="sealed").items)
        document = queries.document_of(otso, with_pdf=True)
        assert document is not None and document.pdf.startswith(b"%PDF-") and document.size == len(document.pdf)
        assert otso.sealed_at <= now() and isinstance(otso.id, UUID)
    assert not jobs.dispatch(), "nothing is left undone"
