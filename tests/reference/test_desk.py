"""The translation desk: what lacks its other language, one after the other, each text saved alone."""

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.errors import Conflict, Forbidden, Invalid, NotFound
from parasta_saas.reference import deskwork, queries, translation
from parasta_saas.reference.services import translation as services
from tests.reference import road
from tests.visitor import form_key

HOME = "/o/viitemalli/studio"
GUIDANCE, PHASE, ROLE = "steps.mid-review.guidance", "phases.partnership.short", "roles.student.name"
FI = {"guidance": {"fi": "Kutsu kaikki kolme."}}


@pytest.fixture
def draft(fresh):
    """A draft with one step changed in Finnish alone."""
    return fresh.staged("draft 1.2 in Finnish", lambda: road.write("1.2", **FI))


@pytest.fixture
def desk(draft):
    return f"{HOME}/{draft}/desk"


def text_at(draft, place):
    with acting_as("nelli") as nelli:
        return deskwork.at(queries.desk_of(queries.draft_for(nelli, draft)), place)


def form(draft, place=GUIDANCE, **given):
    return {"place": place, "language": "sv", "words": "Kalla alla tre.", "seen": text_at(draft, place).print, **given}


def text(key, state, fi="a", sv="a", before=None):
    was = {"fi": "a", "sv": "a"} if before is None else before
    return translation.Text("steps", key, "name", {"fi": fi, "sv": sv}, was, state, "")


def test_progress_counts_what_was_touched_and_no_more():
    texts = [text("1", "fine"), text("2", "fine", "b", "b"), text("3", "stale", "b"), text("4", "missing", "b", ""),
             text("5", "settled", "b"), text("6", "fine", "b", "b", {})]  # fmt: skip
    assert deskwork.progress(texts) == (3, 5)
    assert deskwork.progress([]) == (0, 0)


def test_the_next_text_is_the_one_below_and_then_the_first():
    texts = [text("1", "stale", "b"), text("2", "fine"), text("3", "missing", "b", ""), text("4", "stale", "b")]
    waits = deskwork.waiting(texts)
    assert [t.key for t in waits] == ["3", "1", "4"]
    assert [deskwork.following(waits, texts, t.place).key for t in texts] == ["3", "3", "4", "1"]
    assert deskwork.following(waits, texts, "").key == "1" and deskwork.following([], texts, "") is None


@pytest.mark.parametrize("htmx", [False, True])
def test_the_desk_shows_what_changed_beside_what_waits(cast, draft, desk, htmx):
    page = cast.nelli.get(desk, htmx=htmx)
    assert page.status_code == 200 and ("<html" in page.text) is not htmx
    assert "0 / 1" in page.text and "<ins>" in page.text and "Muuttunut vain yhdellä kielellä" in page.text
    assert text_at(draft, GUIDANCE).texts["sv"][:40] in page.text.replace("&#39;", "'")


@pytest.mark.parametrize("htmx", [False, True])
def test_a_saved_text_leaves_the_desk(cast, draft, desk, htmx):
    body = form(draft, _key=form_key(cast.nelli.get(desk)))
    answer = cast.nelli.post(f"{desk}/texts", body, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert "1 / 1" in cast.nelli.get(desk).text and "Pöytä on tyhjä" in cast.nelli.get(desk).text
    assert text_at(draft, GUIDANCE).texts["sv"] == "Kalla alla tre."
    assert text_at(draft, GUIDANCE).texts["fi"] == "Kutsu kaikki kolme."


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"words": " "}, "Täytä tämä kohta"),
        ({"words": "ä" * 5_000}, "Lyhennä"),
        ({"language": "de"}, ""),
        ({"seen": "x"}, "Joku muutti"),
    ],
)
def test_a_refused_text_is_kept_and_told(cast, draft, desk, wrong, told, htmx):
    answer = cast.nelli.post(f"{desk}/texts", form(draft, **{"words": "Detta skrev jag.", **wrong}), htmx=htmx)
    assert answer.status_code == 422 and told in answer.text
    assert "words" in wrong or "Detta skrev jag." in answer.text
    assert text_at(draft, GUIDANCE).state == "stale"


def test_two_translators_do_not_write_over_each_other(cast, draft, desk):
    old = form(draft)
    assert cast.tapio.post(f"{desk}/texts", form(draft, words="Kalla alla.")).status_code == 303
    answer = cast.nelli.post(f"{desk}/texts", old)
    assert answer.status_code == 422 and "Kalla alla." in answer.text and "Kalla alla tre." in answer.text
    assert text_at(draft, GUIDANCE).texts["sv"] == "Kalla alla."


@pytest.mark.parametrize("htmx", [False, True])
def test_a_text_is_right_as_it_is_until_somebody_looks_again(cast, draft, desk, htmx):
    assert cast.nelli.post(f"{desk}/settled", {"place": GUIDANCE}, htmx=htmx).status_code == (200 if htmx else 303)
    assert text_at(draft, GUIDANCE).state == "settled"
    shown = cast.nelli.get(f"{desk}?text={GUIDANCE}").text
    assert "Katso uudelleen" in shown and "1 / 1" in shown
    assert cast.nelli.post(f"{desk}/settled", {"place": GUIDANCE}, htmx=htmx).status_code in (303, 409, 200)
    answer = cast.nelli.post(f"{desk}/settled/removal", {"place": GUIDANCE}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303) and text_at(draft, GUIDANCE).state == "stale"
    assert cast.nelli.post(f"{desk}/settled/removal", {"place": GUIDANCE}, htmx=htmx).status_code == 409


@pytest.mark.parametrize(
    "place", [PHASE, ROLE, "steps.mid-review.value", "documents.enquiry.name", "links.act-531-2017-72.name"]
)
def test_every_kind_of_text_is_written_alone(fresh, draft, place):
    before = text_at(draft, place)
    if before is None:
        pytest.fail(f"{place} is not on the desk")
    with acting_as("nelli") as nelli:
        release = queries.draft_for(nelli, draft)
        release.authors = []
        assert services.translate_text(nelli, release, place=place, language="sv", words="Helt ny.", seen=before.print)
        assert str(nelli.membership_id) in release.authors
    after = text_at(draft, place)
    assert after.texts == {**before.texts, "sv": "Helt ny."} and after.state == "stale" and after.behind == "fi"
    with acting_as("nelli") as nelli:
        release = queries.draft_for(nelli, draft)
        made = queries.comparison_of(release)
        assert len(made.steps) + len(made.parts) in (1, 2)
        same = services.translate_text(nelli, release, place=place, language="sv", words="Helt ny.", seen=after.print)
        assert same is False


def test_a_missing_text_comes_first(cast, draft, desk):
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, draft, "contact-response")
        step.rewrite("guidance", {"sv": ""})
    assert [t.place for t in deskwork.waiting(every(draft))][0] == "steps.contact-response.guidance"
    assert "Sanat puuttuvat" in cast.nelli.get(desk).text


def every(draft):
    with acting_as("nelli") as nelli:
        return queries.desk_of(queries.draft_for(nelli, draft))


def test_a_draft_in_review_is_read_not_written(cast, draft, desk):
    body = form(draft)
    with acting_as("nelli") as nelli:
        from parasta_saas.reference import services as all_services

        all_services.move_release(nelli, queries.draft_for(nelli, draft), command="send_to_review")
    page = cast.nelli.get(desk)
    assert page.status_code == 200 and "<textarea" not in page.text and "Tämä on oikein näin" in page.text
    assert cast.nelli.post(f"{desk}/texts", body).status_code == 409


def test_an_unknown_place_is_nowhere_and_others_may_not_write(draft):
    with acting_as("nelli") as nelli:
        release = queries.draft_for(nelli, draft)
        with pytest.raises(NotFound):
            services.translate_text(nelli, release, place="x.y.z", language="sv", words="x", seen="")
        with pytest.raises(Invalid):
            services.translate_text(nelli, release, place=GUIDANCE, language="sv", words="x", seen="")
        with pytest.raises(Conflict):
            services.unsettle_text(nelli, release, place=GUIDANCE)
    with acting_as("aino") as aino, pytest.raises(Forbidden):
        services.translate_text(aino, release, place=GUIDANCE, language="sv", words="x", seen="")


@pytest.mark.parametrize(("who", "place"), [("aino", "lumo"), ("matti", "paja"), ("siiri", "kaari")])
def test_for_everyone_else_there_is_no_desk(cast, draft, desk, who, place):
    visitor = getattr(cast, who)
    for path in (desk, desk.replace("viitemalli", place, 1)):
        assert visitor.get(path).status_code == 404
        for post in ("texts", "settled", "settled/removal"):
            assert visitor.post(f"{path}/{post}", form(draft)).status_code == 404
    assert text_at(draft, GUIDANCE).state == "stale"


def test_a_body_without_a_place_is_told(cast, desk):
    for post in ("texts", "settled", "settled/removal"):
        assert cast.nelli.post(f"{desk}/{post}", {}).status_code == 422
    assert cast.nelli.get(f"{desk}?text=steps.nowhere.name").status_code == 200


def test_the_desk_costs_the_same_for_every_draft(fresh, cast, draft, desk):
    cast.nelli.get(desk)
    fresh.statements.clear()
    cast.nelli.get(desk)
    spent = [line for line in fresh.statements if "set_config" not in line]
    assert len(spent) <= 14, spent
