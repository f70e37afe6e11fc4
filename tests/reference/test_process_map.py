"""The map and the words of a step, as templates take them."""

from types import SimpleNamespace

import pytest

from parasta_saas.reference import content, process_map
from parasta_saas.reference.process_map import Narrowing

RELEASE = content.read_release()
FRAME = content.frame_of(RELEASE)
PHASES = [SimpleNamespace(**phase) for phase in RELEASE["phases"]]
STEPS = [SimpleNamespace(**step, phase_key=step["phase"]) for step in RELEASE["steps"]]
BY_KEY = {step.key: step for step in STEPS}


def test_every_step_stands_in_its_phase_above_or_below_the_line():
    phases = process_map.build_map(PHASES, reversed(STEPS), language="fi", url_of=lambda step: f"/{step.key}")
    placed = [step["key"] for phase in phases for step in phase["steps_service"] + phase["steps_operating"]]
    assert sorted(placed) == sorted(BY_KEY)
    assert [phase["order"] for phase in phases] == list(range(1, 10))
    first = phases[0]["steps_service"][0]
    assert (first["order"], first["url"], first["critical"]) == (1, "/contact-response", True)
    assert (first["mark"], first["run"], first["off"]) == (None, None, False)


def test_marks_and_states_come_from_above():
    phases = process_map.build_map(
        PHASES, STEPS, url_of=lambda step: "", phase_url="/map",
        mark_of=lambda step: "ours" if step.critical else "national", run_of=lambda step: "todo",
        off=lambda step: step.view == "operating",
    )  # fmt: skip
    assert phases[0]["steps_service"][0]["mark"] == "ours"
    assert phases[0]["steps_operating"][0]["off"] and phases[0]["steps_operating"][0]["run"] == "todo"
    assert phases[3]["url"] == "/map#vaihe-4"


@pytest.mark.parametrize("code", ["fi", "sv"])
def test_long_names_break_at_their_seams(code):
    name = process_map.soft_name(BY_KEY["contact-response"], code)
    assert "\u00ad" in name and name.replace("\u00ad", "") == BY_KEY["contact-response"].name[code]


def test_a_language_without_seams_shows_the_plain_name():
    assert process_map.soft_name(BY_KEY["contact-response"], "en") == "Responding to first contact"


@pytest.mark.parametrize(
    ("limit", "language", "words"),
    [
        ({"value": 2, "unit": "working_day", "anchor": "after:enquiry"}, "fi", "2 arkipäivää yhteydenotosta"),
        ({"value": 1, "unit": "working_day", "anchor": "after:enquiry"}, "sv", "1 vardag från kontaktförfrågan"),
        ({"value": 0, "unit": "day", "anchor": "before:signing"}, "fi", "ennen allekirjoittamista"),
        ({"value": 0, "unit": "day", "anchor": "at:placement_midpoint"}, "en", "at the midpoint of the period"),
        ({"value": 5, "unit": "day", "anchor": "before:placement_start"}, "fi", "5 päivää ennen jakson alkua"),
        ({"value": 12, "unit": "month", "anchor": "every"}, "fi", "12 kuukauden välein"),
        ({"value": 6, "unit": "month", "anchor": "every"}, "sv", "med 6 månaders mellanrum"),
        (None, "fi", ""),
    ],
)
def test_a_time_limit_reads_as_a_person_says_it(limit, language, words):
    said = process_map.limit_words(limit, FRAME, language)
    assert said.replace("arbetsdag", "vardag") == words


def test_every_limit_of_the_release_has_words_in_three_languages():
    for code in ("fi", "sv", "en"):
        for step in STEPS:
            assert bool(process_map.limit_words(step.time_limit, FRAME, code)) == bool(step.time_limit)


def test_an_unknown_unit_is_refused():
    for anchor in ("every", "after:enquiry"):
        with pytest.raises(ValueError, match="fortnight"):
            process_map.limit_words({"value": 1, "unit": "fortnight", "anchor": anchor}, FRAME, "fi")


def test_names_come_from_the_release_itself():
    assert process_map.role_name(FRAME, "teacher", "sv") == "lärare"
    assert process_map.role_name(FRAME, "a-new-role", "fi") == "a-new-role"
    assert process_map.form_names(FRAME, ["training_agreement", "apprenticeship"], "fi") == [
        "koulutussopimus", "oppisopimus",
    ]  # fmt: skip
    assert process_map.basis_of(FRAME, "law", "fi").label == "laki"
    words = process_map.step_words(BY_KEY["contact-response"], FRAME, "fi")
    assert (words.responsible, words.limit) == ("työelämäkoordinaattori", "2 arkipäivää yhteydenotosta")


@pytest.mark.parametrize(
    ("narrowing", "count"),
    [
        (Narrowing(), 51),
        (Narrowing(critical=True), 15),
        (Narrowing(form="training_agreement"), 48),
        (Narrowing(view="service", critical=True), 15),
        (Narrowing(role="guardian"), 5),
        (Narrowing(view="operating", role="guardian", critical=True), 0),
    ],
)
def test_the_map_can_be_narrowed(narrowing, count):
    assert sum(map(narrowing.takes, STEPS)) == count
