"""The mirror alone: step by step, finish, gap list, the one before."""

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.improvement.queries import mirror as mirrors
from parasta_saas.improvement.services import mirror as services
from tests.improvement.rooms import MIRRORS, answers, kaari_mirror, lumo_mirror
from tests.instructions.pages import statements

SCRIPT = "<script>alert(1)</script>"
DEEP = ">" * 10_000 + " syvällä"


@pytest.fixture
def mirror(fresh):
    return lumo_mirror()


def at(mirror, *rest: str) -> str:
    return "/".join((MIRRORS, str(mirror.id), *rest))


def test_without_a_mirror_the_page_says_what_to_do(cast):
    page = cast.siiri.get("/o/kaari/mirrors/").text
    assert "Ei vielä peilausta" in page
    assert "Aloita ensimmäinen peilaus" in page
    assert "Aloita ensimmäinen peilaus" not in cast.pekka.get("/o/kaari/mirrors/").text
    page = cast.siiri.follow(cast.siiri.post("/o/kaari/mirrors/")).text
    assert "Peilaus 1" in page
    assert "0 / 51 askelta vastattu" in page


def test_one_mirror_at_a_time(fresh, cast, mirror):
    answer = cast.aino.post(f"{MIRRORS}/")
    assert answer.status_code == 409
    assert "Peilaus on jo käynnissä" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_an_answer_is_saved_and_the_next_open_step_comes(cast, mirror, htmx):
    page = cast.aino.get(at(mirror, "steps", "termination")).text
    assert "Kansallinen vähimmäistaso" in page
    answer = cast.aino.post(at(mirror, "steps", "termination"), {
        "outcome": "no", "note": "Ei ole **yhteistä** tapaa.", "news": "Kuuleminen ensin.", "version": "0",
    }, htmx=htmx)  # fmt: skip
    assert answer.status_code == (200 if htmx else 303)
    assert "39 Näytön toteuttaminen" in cast.aino.follow(answer).text
    said = answers(mirror)["termination"]
    assert (said.outcome, said.answered_by) == ("no", "Aino Alanko")
    gaps = cast.aino.get(at(mirror, "gaps")).text
    assert "Ei ole <strong>yhteistä</strong> tapaa." in gaps
    assert "Kuuleminen ensin." in gaps


@pytest.mark.parametrize("body", [{}, {"outcome": "perhaps"}, {"outcome": "no", "note": "x" * 4001}])
@pytest.mark.parametrize("htmx", [False, True])
def test_an_answer_without_sense_is_sent_back_with_what_was_typed(cast, mirror, body, htmx):
    answer = cast.aino.post(at(mirror, "steps", "termination"), {"news": "Tämä jää", **body}, htmx=htmx)
    assert answer.status_code == 422
    assert "Tämä jää" in answer.text
    assert "termination" not in answers(mirror)


def test_two_who_answer_at_once_lose_nothing(cast, mirror):
    url = at(mirror, "steps", "termination")
    assert cast.aino.post(url, {"outcome": "no", "note": "ensin", "version": "0"}).status_code == 303
    answer = cast.aino.post(url, {"outcome": "partly", "note": "sitten", "version": "0"})
    assert answer.status_code == 422
    assert "Aino Alanko on vastannut tähän askeleeseen sillä välin" in answer.text
    assert "sitten" in answer.text
    assert answers(mirror)["termination"].note == "ensin"
    assert 'name="version" value="1"' in answer.text  # a second press saves over it, knowingly
    assert cast.aino.post(url, {"outcome": "partly", "note": "sitten", "version": "1"}).status_code == 303


@pytest.mark.parametrize("words", [SCRIPT, DEEP[:4000], f"[x](javascript:alert(1)) {SCRIPT}"])
def test_notes_are_shown_without_their_teeth(cast, mirror, words):
    cast.aino.post(at(mirror, "steps", "termination"), {"outcome": "no", "note": words, "news": words, "version": "0"})
    for page in (at(mirror, "gaps"), at(mirror, "steps", "termination")):
        shown = cast.eero.get(page)
        assert shown.status_code == 200
        assert SCRIPT not in shown.text
        assert 'href="javascript:' not in shown.text


def test_ten_thousand_quotes_are_refused_kindly(cast, mirror):
    answer = cast.aino.post(at(mirror, "steps", "termination"), {"outcome": "no", "note": DEEP})
    assert answer.status_code == 422
    assert "Lyhennä" in answer.text


def test_a_finished_mirror_takes_no_more_until_it_is_opened_again(cast, mirror):
    done = cast.aino.follow(cast.aino.post(at(mirror, "finish"))).text
    assert "Peilaus on päätetty." in done
    assert cast.aino.post(at(mirror, "steps", "termination"), {"outcome": "no"}).status_code == 409
    assert cast.aino.post(at(mirror, "finish")).status_code == 409
    assert cast.aino.post(at(mirror, "reopening")).status_code == 303
    assert cast.aino.post(at(mirror, "steps", "termination"), {"outcome": "no"}).status_code == 303


def test_an_older_mirror_is_not_opened_again(cast, mirror):
    with acting_as("aino") as aino:
        old = mirrors.mirrors_of(aino)[-1]
    assert cast.aino.post(at(old, "reopening")).status_code == 409


def test_the_gap_list_is_compared_with_the_mirror_before(cast, mirror):
    page = cast.aino.get(at(mirror, "gaps")).text
    assert "Peilauksen 1 jälkeen" in page
    assert "Korjattu sen jälkeen:" in page
    assert "Yhteydenottoon vastaaminen" in page
    assert "kuten viimeksi" in page


@pytest.mark.parametrize("who", ["eero", "kerttu", "oskari", "sanni"])
def test_staff_reads_and_does_not_answer(cast, mirror, who):
    visitor = getattr(cast, who)
    for page in ("", "gaps", "steps/termination"):
        assert visitor.get(at(mirror, page).rstrip("/")).status_code == 200
    assert visitor.post(at(mirror, "steps", "termination"), {"outcome": "no"}).status_code == 403
    assert visitor.post(at(mirror, "finish")).status_code == 403
    assert "termination" not in answers(mirror)


@pytest.mark.parametrize("who", ["ville", "mirja"])
def test_a_student_has_no_business_here(cast, mirror, who):
    visitor = getattr(cast, who)
    assert visitor.get(f"{MIRRORS}/").status_code == 403
    assert visitor.get(at(mirror, "gaps")).status_code == 404


def test_another_providers_mirror_is_nowhere(cast, mirror):
    other = kaari_mirror()
    assert cast.aino.get(f"{MIRRORS}/{other.id}").status_code == 404
    assert cast.aino.post(f"{MIRRORS}/{other.id}/steps/termination", {"outcome": "no"}).status_code == 404
    assert cast.siiri.get(f"/o/kaari/mirrors/{mirror.id}/gaps").status_code == 404
    assert cast.aino.get(at(mirror, "steps", "no-such-step")).status_code == 404


def test_pages_cost_the_same_however_much_is_answered(fresh, cast, mirror):
    pages = [at(mirror), at(mirror, "gaps"), at(mirror, "steps", "termination")]

    def costs():
        return [statements(fresh, lambda page=page: cast.aino.get(page))[0] for page in pages]

    costs()
    before = costs()
    with acting_as("aino") as aino:
        made = mirrors.mirror_for(aino, mirror.id, lock=True)
        for step in mirrors.round_of(aino, made).steps:
            services.answer_step(aino, made, step, outcome="no", note="x")
    assert costs() == before
    assert max(before) <= 14, before


def test_the_mirror_speaks_swedish(cast):
    cast.stina.post("/language", {"language": "sv"})
    page = cast.stina.follow(cast.stina.post("/o/fjarden/mirrors/"))
    assert "Tillsammans i en verkstad" in page.text
    assert "Hur görs varje steg hos oss i dag?" in page.text
