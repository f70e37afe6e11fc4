"""Comment rounds on the national body's side: opened with dates, every comment decided, nothing finished before."""

from datetime import timedelta
from uuid import uuid4

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock, events, jobs
from parasta_saas.core.clock import today
from parasta_saas.core.errors import Conflict, Forbidden, Invalid, NotFound
from parasta_saas.reference import flow, queries, services
from parasta_saas.reference.queries import rounds as found
from parasta_saas.reference.services import comments
from parasta_saas.reference.services import rounds as round_services
from parasta_saas.reference.services.comments import Spot
from parasta_saas.tenants import queries as tenants
from tests.reference import rounds
from tests.visitor import form_key


def typed(release_id=None, **other):
    """The form of a new round, as a browser sends it."""
    days = {"opens_on": today().isoformat(), "closes_on": (today() + timedelta(days=29)).isoformat()}
    words = {"title_fi": "Kierros", "title_sv": "Runda", "question_1_fi": "Sopiiko?", "question_1_sv": "Passar det?"}
    return {"kind": "open", "public": "1", "rows": "1", "do": "open", **days, **words, **other}


# Opening


def test_a_round_keeps_the_text_as_it_stands_and_moves_the_draft(fresh):
    round_id = rounds.opened()
    with acting_as("nelli") as nelli:
        round_ = found.desk_round_for(nelli, round_id)
        release = queries.release_for(nelli, round_.release_id)
        assert release.state == "open_comment"
        assert round_.content == queries.content_of(release)
        services.change_step(
            nelli, queries.step_for(nelli, release.id, rounds.STEP), minimum={"fi": "Aivan muuta.", "sv": "Helt annat."}
        )
        assert queries.facts_of(nelli, release).round_running
        assert not queries.facts_of(nelli, release).round_finished
    with acting_as("aino") as aino:
        seen = found.round_for(aino, round_id)
        step = next(s for s in seen.content["steps"] if s["key"] == rounds.STEP)
        assert step["minimum"]["fi"] == rounds.MINIMUM["fi"]
        with pytest.raises(NotFound):  # the draft itself stays the national body's
            queries.release_for(aino, seen.release_id)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(-1, 29, "opens_on"), (5, 4, "closes_on"), (0, 28, "short"), (0, 500, "closes_on")],
)
def test_days_that_can_not_be_are_refused_and_nothing_moves(fresh, first, last, field):
    draft = rounds.draft()
    day = today()
    with pytest.raises(Invalid) as refused:
        rounds.opened(draft, opens_on=day + timedelta(days=first), closes_on=day + timedelta(days=last))
    assert list(refused.value.errors) == [field]
    with acting_as("nelli") as nelli:
        assert queries.release_for(nelli, draft).state == "modelling"


def test_a_short_round_is_opened_when_somebody_says_so(fresh):
    rounds.opened(closes_on=today(), short=True)


def test_a_question_is_asked_in_both_languages(fresh):
    with pytest.raises(Invalid) as refused:
        rounds.opened(questions=[rounds.QUESTION, {"fi": "Vain suomeksi?", "sv": ""}])
    assert list(refused.value.errors) == ["question_2_sv"]


def test_a_second_round_waits_for_the_first(fresh):
    draft = rounds.draft()
    rounds.opened(draft)
    with pytest.raises(Conflict):
        rounds.opened(draft)


def test_only_the_national_body_opens_a_round(cast):
    draft = rounds.draft()
    with pytest.raises((Forbidden, NotFound)):
        rounds.opened(draft, slug="aino")
    assert cast.aino.get(f"/o/lumo/studio/{draft}/rounds/new").status_code == 404
    assert cast.aino.post(f"/o/lumo/studio/{draft}/rounds", typed()).status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_nelli_opens_a_round_in_the_browser(fresh, cast, htmx):
    draft = rounds.draft()
    url = f"/o/viitemalli/studio/{draft}/rounds"
    key = form_key(cast.nelli.get(f"{url}/new"))
    answer = cast.nelli.post(url, typed(_key=key, all_providers="1", invited="paja"), htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    cast.nelli.post(url, typed(_key=key), htmx=htmx)  # a double click
    with acting_as("nelli") as nelli:
        (round_,) = [r for r in found.rounds_of(nelli) if r.release_id == draft]
        asked = {o.slug for o in found.organisations_with(round_.invited)}
        assert asked == {"lumo", "kaari", "fjarden", "paja"}
        assert round_.questions == [{"key": "q1", "text": {"fi": "Sopiiko?", "sv": "Passar det?"}}]
        assert round_.public


@pytest.mark.parametrize("htmx", [False, True])
def test_a_refused_round_keeps_what_was_typed(cast, htmx):
    draft = rounds.draft()
    answer = cast.nelli.post(
        f"/o/viitemalli/studio/{draft}/rounds", typed(opens_on="2020-01-01", title_fi="Säilyvä otsikko"), htmx=htmx
    )
    assert answer.status_code == 422
    assert "Säilyvä otsikko" in answer.text
    assert "Valitse ensimmäiseksi päiväksi" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_organisations_are_found_by_name_and_questions_added_before_sending(cast, htmx):
    draft = rounds.draft()
    url = f"/o/viitemalli/studio/{draft}/rounds"
    answer = cast.nelli.post(url, typed(do="find", find="kaisla", title_fi="Kesken"), htmx=htmx)
    assert answer.status_code == 200
    assert "Kaislarannan hyvinvointialue" in answer.text
    assert "Kesken" in answer.text
    more = cast.nelli.post(url, typed(do="more", invited="kaislaranta"), htmx=htmx)
    assert 'name="question_2_fi"' in more.text
    assert 'value="kaislaranta" checked' in more.text
    less = cast.nelli.post(url, typed(do="less:1", rows="2", question_2_fi="Toinen?", question_2_sv="Andra?"))
    assert "Sopiiko?" not in less.text
    assert "Toinen?" in less.text
    assert 'name="question_2_fi"' not in less.text
    nobody = cast.nelli.post(url, typed(do="find", find="' or 1=1 %_ <script>"))
    assert nobody.status_code == 200
    assert "<script>" not in nobody.text.split("</head>")[1]
    with acting_as("nelli") as nelli:
        assert queries.release_for(nelli, draft).state == "modelling"


def test_the_invited_are_told_by_mail_once_and_nobody_else(fresh):
    with acting_as("nelli"):
        asked = [o.id for o in found.organisations_at(("lumo", "paja"))]
    round_id = rounds.opened(invited=asked)
    fresh.work()
    told = {letter.to for letter in fresh.letters() if "3.0" in letter.subject}
    assert {name for to in told for name in ("aino", "matti", "siiri", "eero", "hanna", "nelli") if name in to} == {
        "aino", "matti",
    }  # fmt: skip
    assert len([m for m in fresh.letters("aino@lumo.example") if "3.0" in m.subject]) == 1
    assert str(round_id) in fresh.letters("aino@lumo.example")[0].text


def test_an_audience_of_invited_organisations_is_those_that_are_there(fresh):
    handler = events.HANDLERS["reference.handlers.invite_commenters"]
    with events.apart(tenants_actor()):
        lumo = tenants.organisation_at("lumo").id
    message = type(
        "Message", (), {"body": {"invited": [str(lumo), str(uuid4()), "not an id"]}, "organisation_id": None}
    )
    with events.apart(tenants_actor()):
        assert jobs._audience(handler, message()) == [lumo]


def tenants_actor():
    from parasta_saas.core.access import Actor

    return Actor.system()


def test_an_internal_round_is_seen_by_the_national_body_alone(fresh, cast):
    round_id = rounds.opened(kind="internal", closes_on=today() + timedelta(days=3))
    assert cast.tapio.get(f"/o/viitemalli/rounds/{round_id}").status_code == 200
    assert cast.aino.get(f"/o/lumo/rounds/{round_id}").status_code == 404
    assert cast.nobody.get(f"/reference/rounds/{round_id}").status_code == 404
    comment = rounds.said(round_id, "tapio", "Tarkista virke.")
    rounds.decided(round_id, comment)
    rounds.finished(round_id)
    with acting_as("aino") as aino:
        assert comment not in {c.id for c in found.comments_of(aino, type("R", (), {"id": round_id}))}
    fresh.work()
    assert not [m for m in fresh.letters("aino@lumo.example") if "3.0" in m.subject]
    assert [m for m in fresh.letters("tapio@viitemalli.example") if "3.0" in m.subject]


# Decisions


def test_a_decision_needs_a_reason_in_the_language_of_the_comment(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id, "stina", "Bra så här.")
    with pytest.raises(Invalid) as refused:
        rounds.decided(round_id, comment, reason={"fi": "Kiitos."})
    assert list(refused.value.errors) == ["reason_sv"]
    rounds.decided(round_id, comment, reason={"sv": "Tack."})


def test_deciding_twice_from_two_tabs_is_a_conflict_and_changing_with_open_eyes_is_not(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    rounds.decided(round_id, comment)
    with pytest.raises(Conflict):
        rounds.decided(round_id, comment, slug="tapio", outcome="rejected")
    rounds.decided(round_id, comment, slug="tapio", outcome="rejected", version=1)
    with acting_as("nelli") as nelli:
        round_ = found.desk_round_for(nelli, round_id)
        assert found.decisions_of(nelli, round_)[comment].decided_by == "Tapio Tervas"


def test_nobody_but_the_national_body_decides(cast):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    for who, slug in ((cast.aino, "lumo"), (cast.matti, "paja")):
        url = f"/o/{slug}/studio/rounds/{round_id}/comments/{comment}/decision"
        assert who.post(url, {"outcome": "accepted", "reason_fi": "Oma."}).status_code == 404
    with acting_as("aino") as aino:
        with pytest.raises(Forbidden):
            comments.decide_comment(aino, None, None, outcome="accepted", reason={})


def test_what_is_said_or_edited_after_a_decision_opens_it_again(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id)
    rounds.decided(round_id, comment)

    def is_open():
        with acting_as("nelli") as nelli:
            return found.threads_of(nelli, found.desk_round_for(nelli, round_id))[0].open

    assert not is_open()
    with acting_as("nelli") as nelli:  # its own reply is no new comment
        round_ = found.round_for(nelli, round_id, lock=True)
        parent = found.comment_for(nelli, round_, comment)
        comments.say_comment(nelli, round_, text="Tarkennus.", spot=Spot(parent=parent))
    assert not is_open()
    with acting_as("siiri") as siiri:
        round_ = found.round_for(siiri, round_id, lock=True)
        parent = found.comment_for(siiri, round_, comment)
        comments.say_comment(siiri, round_, text="Eri mieltä.", spot=Spot(parent=parent))
    assert is_open()
    rounds.decided(round_id, comment, version=1)
    with acting_as("aino") as aino:
        round_ = found.round_for(aino, round_id, lock=True)
        comments.change_comment(aino, round_, found.own_comment_for(aino, round_, comment), text="Sittenkin toisin.")
    assert is_open()


def test_a_suggestion_goes_into_the_draft_in_one_press(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id, spot=rounds.SPOT, quote="heti, jos", suggestion="viikossa, jos")
    rounds.decided(round_id, comment, apply=True)
    with acting_as("nelli") as nelli:
        round_ = found.desk_round_for(nelli, round_id)
        step = queries.step_of(round_.release_id, rounds.STEP)
        assert step.minimum["fi"] == rounds.MINIMUM["fi"].replace("heti, jos", "viikossa, jos")
        assert step.minimum["sv"] == rounds.MINIMUM["sv"]
        assert found.decisions_of(nelli, round_)[comment].applied


def test_a_suggestion_for_words_that_are_gone_is_refused_and_the_decision_with_it(fresh):
    round_id = rounds.opened()
    comment = rounds.said(round_id, spot=rounds.SPOT, quote="heti, jos", suggestion="viikossa, jos")
    with acting_as("nelli") as nelli:
        release_id = found.desk_round_for(nelli, round_id).release_id
        services.change_step(
            nelli, queries.step_for(nelli, release_id, rounds.STEP), minimum={"fi": "Kokonaan uusi.", "sv": "Helt ny."}
        )
    with pytest.raises(Invalid) as refused:
        rounds.decided(round_id, comment, apply=True)
    assert list(refused.value.errors) == ["apply"]
    with acting_as("nelli") as nelli:
        assert found.decisions_of(nelli, found.desk_round_for(nelli, round_id)) == {}


@pytest.mark.parametrize("outcome", ["rejected", "out_of_scope"])
def test_a_rejected_suggestion_is_not_put_into_the_draft(fresh, outcome):
    round_id = rounds.opened()
    comment = rounds.said(round_id, spot=rounds.SPOT, quote="heti, jos", suggestion="viikossa, jos")
    with pytest.raises(Invalid):
        rounds.decided(round_id, comment, outcome=outcome, apply=True)


# Finishing


def test_a_round_does_not_end_before_every_comment_has_its_decision(fresh):
    round_id = rounds.opened()
    ids = [rounds.said(round_id), rounds.said(round_id, "siiri"), rounds.said(round_id, "matti")]
    rounds.decided(round_id, ids[0])
    with pytest.raises(Conflict, match="2"):
        rounds.finished(round_id)
    for comment in ids[1:]:
        rounds.decided(round_id, comment)
    with pytest.raises(Invalid):  # before its last day only with open eyes
        rounds.finished(round_id, early=False)
    rounds.finished(round_id)
    with pytest.raises(Conflict):
        rounds.finished(round_id)
    with pytest.raises(Conflict):
        rounds.said(round_id)
    with pytest.raises(Conflict):
        rounds.decided(round_id, ids[0], version=1)


def test_a_finished_round_lets_a_changed_minimum_go_on_to_review(fresh):
    round_id = rounds.opened()
    with acting_as("nelli") as nelli:
        release_id = found.desk_round_for(nelli, round_id).release_id
        with pytest.raises(Conflict):
            services.move_release(nelli, queries.draft_for(nelli, release_id), command="send_to_review")
    rounds.finished(round_id)
    with acting_as("nelli") as nelli:
        release = queries.draft_for(nelli, release_id)
        facts = queries.facts_of(nelli, release)
        assert (facts.round_running, facts.round_finished) == (False, True)
        assert list(flow.refusals(flow.move("send_to_review"), release.state, facts)) == []


def test_decisions_show_to_others_only_when_the_round_is_finished_and_who_commented_is_told_once(fresh, cast):
    round_id = rounds.opened()
    comment = rounds.said(round_id, text="Tärkeä huomio.")
    rounds.said(round_id, text="Toinen huomio.")
    second = rounds.said(round_id, "stina", "Viktigt.")
    with acting_as("nelli") as nelli:
        others = [t.root.id for t in found.threads_of(nelli, found.desk_round_for(nelli, round_id))]
    for one in others:
        rounds.decided(round_id, one, reason={"fi": "Salainen vielä.", "sv": "Hemligt än."})
    assert "Salainen vielä." not in cast.aino.get(f"/o/lumo/rounds/{round_id}").text
    assert cast.aino.get(f"/o/lumo/rounds/{round_id}/summary").status_code == 303
    with acting_as("aino") as aino:
        assert found.decisions_of(aino, found.round_for(aino, round_id)) == {}
    rounds.finished(round_id, summary={"fi": "Kiitos kaikille."})
    for who, url in ((cast.aino, "/o/lumo/rounds"), (cast.nobody, "/reference/rounds")):
        page = who.get(f"{url}/{round_id}/summary").text
        assert page.count("Salainen vielä.") == 3
        assert "Tärkeä huomio." in page
        assert "Kiitos kaikille." in page
    fresh.work()
    told = [m for m in fresh.letters() if "Päätökset kommenteistasi" in m.subject or "Besluten om" in m.subject]
    assert sorted(m.to for m in told) == [
        "aino@lumo.example", "stina@fjarden.example",
    ]  # fmt: skip
    assert {comment, second} <= set(others)


def test_every_change_lists_the_comments_behind_it(fresh):
    round_id = rounds.opened()
    kept = rounds.said(round_id, spot=rounds.SPOT, quote="heti, jos", suggestion="viikossa, jos")
    away = rounds.said(round_id, "siiri", spot=rounds.SPOT)
    general = rounds.said(round_id, "matti", "Yleensä hyvä.")
    rounds.decided(round_id, kept, apply=True)
    rounds.decided(round_id, away, outcome="rejected")
    rounds.decided(round_id, general, outcome="partly", changed_step="goals-and-tasks")
    with acting_as("nelli") as nelli:
        release_id = found.desk_round_for(nelli, round_id).release_id
        behind = found.comments_behind(nelli, release_id)
    assert {key: [b.comment.id for b in bs] for key, bs in behind.items()} == {
        rounds.STEP: [kept], "goals-and-tasks": [general],
    }  # fmt: skip
    with acting_as("aino") as aino:
        assert found.comments_behind(aino, release_id) == {}
    rounds.finished(round_id)
    with acting_as("aino") as aino:
        assert [b.decision.outcome for b in found.comments_behind(aino, release_id)[rounds.STEP]] == ["accepted"]


def test_a_round_is_given_more_time(fresh):
    round_id = rounds.opened()
    with acting_as("nelli") as nelli:
        round_ = found.desk_round_for(nelli, round_id, lock=True)
        with pytest.raises(Invalid):
            round_services.extend_round(nelli, round_, closes_on=round_.closes_on)
        round_services.extend_round(nelli, round_, closes_on=round_.closes_on + timedelta(days=7))
    with clock.frozen(clock.now() + timedelta(days=33)):
        rounds.said(round_id)
