"""Releases: whole content, a draft that grows, publishing that fixes it for good."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.core.clock import today
from parasta_saas.core.db import db
from parasta_saas.core.errors import Conflict, Forbidden, Invalid, NotFound
from parasta_saas.core.i18n import using
from parasta_saas.reference import content, queries, services
from tests.reference import road

LATER = today() + timedelta(days=90)


def drafted(actor):
    return next(release for release in queries.releases_of(actor) if release.number == "1.1")


def test_the_first_release_is_in_force_whole(fresh):
    with acting_as("aino"):
        release = queries.current_release()
        steps = queries.steps_of(release.id)
        assert (release.number, release.sha256) == ("1.0", content.content_hash(queries.content_of(release)))
        assert len(steps) == 51
        assert [step.order for step in steps] == list(range(1, 52))
        assert queries.release_numbered("1.0").id == queries.release_with(release.id).id == release.id
        assert queries.step_of(release.id, "contact-response").critical


def test_a_draft_is_there_for_the_national_body_only(fresh):
    with acting_as("nelli") as nelli:
        draft = drafted(nelli)
        assert draft.number == "1.1"
    with acting_as("aino") as aino:
        assert [release.number for release in queries.releases_of(aino)] == ["1.0"]
        for seek in (queries.draft_for, queries.release_for):
            with pytest.raises(NotFound):
                seek(aino, draft.id)
        with pytest.raises(NotFound):
            queries.release_with(draft.id)
        assert queries.steps_of(draft.id) == []
        with pytest.raises(NotFound):
            queries.step_of(draft.id, "contact-response")


def test_publishing_fixes_the_release_and_its_parts_for_good(fresh):
    with acting_as("tapio") as tapio:
        services.publish_release(tapio, drafted(tapio), transition_until=LATER)
    with acting_as("tapio") as tapio:
        release = queries.current_release()
        step = queries.step_of(release.id, "contact-response")
        assert (release.number, release.released_by, release.transition_until) == ("1.1", "Tapio Tervas", LATER)
        assert step.released_at == release.released_at and len(release.sha256) == 64
        with pytest.raises(Conflict):
            services.change_step(tapio, step, guidance={"fi": "Toisin."})
        with pytest.raises(Conflict):
            services.apply_changes(tapio, release, [])
        with pytest.raises(Conflict):
            services.publish_release(tapio, release, transition_until=LATER)


@pytest.mark.parametrize(
    "statement",
    [
        "update reference_release set number = '9' where released_at is not null",
        "update reference_step set minimum = '{}' where released_at is not null",
        "update reference_phase set released_at = null where released_at is not null",
        "delete from reference_step where released_at is not null",
        "insert into reference_phase (release_id, key, position, name, name_soft, short, id, created_at)"
        " select id, 'late', 10, '{}', '{}', '{}', gen_random_uuid(), now() from reference_release"
        " where released_at is not null",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_published(fresh, statement):
    with acting_as("tapio"), pytest.raises(IntegrityError, match="published release"):
        db.session.execute(text(statement))


def test_the_editor_writes_but_does_not_publish(fresh):
    with acting_as("nelli") as nelli:
        draft = drafted(nelli)
        with pytest.raises(Forbidden):
            services.publish_release(nelli, draft, transition_until=LATER)
    with acting_as("aino") as aino:
        for deed in (
            lambda: services.draft_release(aino, number="1.2"),
            lambda: services.load_release(aino, content.read_release()),
        ):
            with pytest.raises(Forbidden):
                deed()


def test_a_draft_copies_the_release_in_force(fresh):
    with acting_as("nelli") as nelli:
        draft = services.draft_release(nelli, number="1.2")
        base = queries.base_of(draft)
        assert base.number == "1.0" and draft.state == "workshop" and draft.title["sv"] == "Referensmodell 1.2"
        for listed in (queries.phases_of, queries.steps_of):
            assert [part.content() for part in listed(draft.id)] == [part.content() for part in listed(base.id)]
        for wrong in ("1.1", "0.9"):
            with pytest.raises(Invalid):
                services.draft_release(nelli, number=wrong)


def test_a_draft_begun_before_another_release_is_not_published_over_it(fresh):
    second = road.write("1.2")
    with acting_as("tapio") as tapio:
        services.publish_release(tapio, drafted(tapio), transition_until=LATER)
    with acting_as("nelli") as nelli:
        draft = queries.draft_for(nelli, second)
        with pytest.raises(Conflict, match="Another release"), using("en"):
            services.move_release(nelli, draft, command="send_to_review")


def test_publishing_asks_for_a_day_to_come(fresh):
    with acting_as("tapio") as tapio:
        for begins, ends, wrong in (
            (None, today(), "transition_until"),
            (LATER, LATER, "transition_until"),
            (today() - timedelta(days=1), LATER, "in_force_from"),
        ):
            with pytest.raises(Invalid) as refused:
                services.publish_release(tapio, drafted(tapio), transition_until=ends, in_force_from=begins)
            assert set(refused.value.errors) == {wrong}


def test_a_release_comes_into_force_on_its_day(fresh):
    with acting_as("tapio") as tapio:
        begins = today() + timedelta(days=30)
        services.publish_release(tapio, drafted(tapio), transition_until=LATER, in_force_from=begins)
    with acting_as("aino"):
        assert queries.current_release().number == "1.0"
        with clock.frozen(clock.now() + timedelta(days=31)):
            assert queries.current_release().number == "1.1"


def test_two_editors_cannot_overwrite_each_other(fresh):
    opened = road.send_back()
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, opened, "mid-review")
        with pytest.raises(Invalid):
            services.change_step(nelli, step, guidance={"fi": "Toisin."}, version=step.version - 1)
        assert services.change_step(nelli, step, guidance={"fi": "Toisin."}, version=step.version)


def test_changing_a_step_to_what_it_is_changes_nothing(fresh):
    opened = road.send_back()
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, opened, "contact-response")
        assert not services.change_step(nelli, step, guidance=step.guidance, minimum={})
        assert services.change_step(nelli, step, name={"fi": "Yhteydenottoon vastaaminen heti"})
        assert step.name_soft["fi"] == "Yhteydenottoon vastaaminen heti"
        assert step.name_soft["sv"] == "Svar på kontakt\u00adförfrågan"


def test_the_prepared_release_changes_one_sentence_in_twelve_steps(fresh):
    with acting_as("nelli") as nelli:
        draft = drafted(nelli)
        base = {step.key: step for step in queries.steps_of(draft.based_on_id)}
        changed = [step for step in queries.steps_of(draft.id) if step.content() != base[step.key].content()]
        assert len(changed) == 12
        assert {
            name
            for step in changed
            for name in ("guidance", "minimum", "name")
            if getattr(step, name) != getattr(base[step.key], name)
        } == {"guidance"}
