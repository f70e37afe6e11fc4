"""The data files make a whole release in three languages, and their hash is the same everywhere."""

import json
from copy import deepcopy

import pytest

from parasta_saas.core.i18n import LANGUAGES
from parasta_saas.reference import content


@pytest.fixture(scope="module")
def release():
    return content.read_release()


def test_there_are_51_steps_in_9_phases_and_15_are_critical(release):
    assert len(release["steps"]) == 51
    assert len(release["phases"]) == 9
    assert sum(step["critical"] for step in release["steps"]) == 15
    assert all(step["pulse"] for step in release["steps"] if step["critical"])


def test_every_text_is_there_in_three_languages(release):
    for step in release["steps"]:
        for name in content.STEP_TEXTS:
            assert all(step[name][code].strip() for code in LANGUAGES), (step["key"], name)
    for kind in ("roles", "anchors", "forms"):
        assert all(thing["name"][code].strip() for thing in release[kind] for code in LANGUAGES)
    assert set(release["content_mark"]) == set(LANGUAGES)


def test_what_is_a_proposal_or_good_practice_is_not_called_law(release):
    assert all(step["statute"] for step in release["steps"] if step["basis"] == "law")
    assert not any(step["statute"] for step in release["steps"] if step["basis"] == "guidance")


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda step: step["minimum"].update(sv=" "), "contact-response.minimum: sv is missing"),
        (lambda step: step["guidance"].update(fi="Yksi virke."), "contact-response.guidance: fi has 1 sentences"),
        (lambda step: step.update(responsible="nobody"), "contact-response.roles: nobody is unknown"),
        (lambda step: step.update(basis="habit"), "contact-response.basis: habit is unknown"),
        (lambda step: step.update(order=9), "steps: order does not run from 1 without a gap"),
        (lambda step: step.update(pulse=None), "contact-response.pulse: fi is missing"),
    ],
)
def test_a_hole_in_the_content_is_named(release, spoil, problem):
    broken = deepcopy(release)
    spoil(broken["steps"][0])
    assert problem in list(content.check(broken))


def test_files_with_a_hole_are_refused(tmp_path, release):
    (tmp_path / "frame.json").write_text(json.dumps({k: v for k, v in release.items() if k != "steps"}))
    (tmp_path / "steps-01-02.json").write_text(json.dumps([release["steps"][0]] * 2))
    with pytest.raises(content.ContentError, match="a key stands twice"):
        content.read_release(tmp_path)


def test_the_hash_does_not_depend_on_how_the_content_was_written(release):
    said = {"number": "1.0", "title": release["title"], "summary": {}, "frame": content.frame_of(release)}
    turned = [dict(reversed(step.items())) for step in release["steps"]]
    made, hashed = content.release_content, content.content_hash
    one = hashed(made(said, release["phases"], release["steps"]))
    assert one == hashed(made(dict(reversed(said.items())), tuple(release["phases"]), turned))
    turned[0]["minimum"] = {**turned[0]["minimum"], "sv": "Något annat."}
    assert one != hashed(made(said, release["phases"], turned))


def test_numbers_count_on_and_not_as_text():
    assert content.next_number("1.9", ["1.9", "1.10", "1.2", "2.0"]) == "1.11"
    assert content.next_number("1.0", ["1.0", "1.1", "2.0"]) == "1.2"
    assert content.numeric("1.10") > content.numeric("1.9")
