"""The parts around the steps make a whole, every hand-over has its ends, and each hole is named."""

import json
from copy import deepcopy
from itertools import chain

import pytest

from parasta_saas.core.i18n import LANGUAGES
from parasta_saas.reference import content, parts


@pytest.fixture(scope="module")
def release():
    return content.read_release()


@pytest.fixture(scope="module")
def whole():
    return parts.read_parts()


def test_the_example_parts_are_whole(release, whole):
    assert list(parts.check(whole, release)) == []
    assert len(whole["areas"]) == 4
    assert sum(len(area["phases"]) for area in whole["areas"]) == 9
    assert len(whole["indicators"]) == 13
    assert set(whole["steps"]) == {step["key"] for step in release["steps"]}


def test_every_role_has_one_actor_of_its_group(release, whole):
    group_of = {actor["key"]: actor["group"] for actor in whole["actors"]}
    for role in release["roles"]:
        assert group_of[parts.actor_of(whole, role["key"])] == role["group"]
    with pytest.raises(KeyError):
        parts.actor_of(whole, "nobody")


def test_every_step_takes_in_and_gives_out_a_document_and_none_lies_unused(whole):
    used = [step["documents"] for step in whole["steps"].values()]
    assert all(documents["in"] and documents["out"] for documents in used)
    assert {key for documents in used for key in chain(documents["in"], documents["out"])} == {
        document["key"] for document in whole["documents"]
    }


def test_a_document_that_travels_is_one_the_step_handles(whole):
    for handover in whole["handovers"]:
        documents = whole["steps"][handover["from"]]["documents"]
        assert handover["document"] in (None, *documents["in"], *documents["out"]), handover["key"]


def test_the_steps_of_each_phase_hang_together(release, whole):
    pairs = [{handover["from"], handover["to"]} for handover in whole["handovers"] if "to" in handover]
    for phase in release["phases"]:
        inside = {step["key"] for step in release["steps"] if step["phase"] == phase["key"]}
        reached, grown = set(), {min(inside)}
        while grown != reached:
            reached = set(grown)
            grown |= set().union(*(pair for pair in pairs if pair <= inside and pair & reached))
        assert reached == inside, phase["key"]


def test_every_participant_of_a_step_of_another_actor_hears_of_it_somewhere(release, whole):
    told = {h["to_role"] for h in whole["handovers"] if "to_role" in h}
    responsible = {step["responsible"] for step in release["steps"]}
    producers = {role for role, actor in whole["roles_of_actors"].items() if actor == "provider"}
    taking_part = {role for step in release["steps"] for role in step["participants"]}
    assert taking_part - producers <= told | responsible


def test_the_statutes_of_a_step_are_linked_as_sure_as_they_are(release, whole):
    link = {link["key"]: link for link in whole["links"]}
    for step in release["steps"]:
        linked = [link[key] for key in whole["steps"][step["key"]]["links"] if link[key]["kind"] == "statute"]
        said = [part.strip() for part in (step["statute"] or "").split(";") if part]
        assert [one["reference"] for one in linked] == said, step["key"]
        assert {one["confidence"] for one in linked} <= {step["statute_confidence"]}, step["key"]


def test_indicators_are_proposals_and_messages_are_short(whole):
    assert {one["confidence"] for one in whole["indicators"]} == {parts.PROPOSAL}
    for handover in whole["handovers"]:
        assert all(len(handover["name"][code].split()) <= 5 for code in LANGUAGES), handover["key"]


@pytest.fixture(scope="module")
def guides():
    return json.loads((content.DATA / "guides.json").read_text("utf-8"))["guides"]


def test_every_guide_is_linked_at_its_steps(whole, guides):
    for guide in guides:
        linked = {key for key, step in whole["steps"].items() if f"guide-{guide['key']}" in step["links"]}
        assert linked == set(guide["steps"]), guide["key"]


def test_the_guides_are_whole_and_tagged_to_steps_and_roles(release, guides):
    steps, roles = ({one["key"] for one in release[kind]} for kind in ("steps", "roles"))
    assert len(guides) == len({guide["key"] for guide in guides}) == 16
    assert {guide["kind"] for guide in guides} == {"guide", "form", "video", "link"}
    for guide in guides:
        assert set(guide["steps"]) <= steps and guide["steps"], guide["key"]
        assert set(guide["roles"]) <= roles and guide["roles"], guide["key"]
        assert all(guide[name][code].strip() for name in ("title", "summary") for code in LANGUAGES)
        assert bool(guide["url"]) == (guide["kind"] != "guide"), guide["key"]
        assert all(url.startswith(f"https://example.org/{code}/") for code, url in guide["url"].items())


def test_what_a_guide_says_is_neither_too_short_nor_too_long(guides):
    for guide in guides:
        if guide["kind"] != "link":
            assert all(80 <= len(guide["body"][code].split()) <= 200 for code in ("fi", "sv")), guide["key"]
            assert guide["body"]["en"], guide["key"]
            assert all("|" not in guide["body"][code] for code in LANGUAGES), "tables are not rendered"


def handover(whole, key):
    return next(one for one in whole["handovers"] if one["key"] == key)


SEQUENCE = "contact-response-to-partner-registration"
MESSAGE = "demo-do-to-assessment"
TO_ROLE = "contact-response-to-employer-rep"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda p: p.pop("areas"), "areas: is missing"),
        (lambda p: p["areas"].append(deepcopy(p["areas"][0])), "areas.partnership-and-needs: stands 2 times"),
        (lambda p: p["areas"][0].update(key="Kumppanuus"), "areas.Kumppanuus: the key is not of small letters"),
        (lambda p: p["areas"][0]["phases"].append("party"), "areas: party is unknown"),
        (lambda p: p["areas"][0]["phases"].pop(), "areas: phase needs-matching is in 0 areas"),
        (lambda p: p["areas"][0]["phases"].append("agreement"), "areas: phase agreement is in 2 areas"),
        (lambda p: p["actors"][0]["name"].update(sv=" "), "actors.learner: name sv is missing"),
        (lambda p: p["actors"][0].pop("task"), "actors.learner: task is missing"),
        (lambda p: p["actors"][0].update(colour="red"), "actors.learner: colour is unknown"),
        (lambda p: p["actors"][0].update(group="friend"), "actors.learner: friend is unknown"),
        (lambda p: p["roles_of_actors"].pop("auditor"), "roles_of_actors: auditor has no actor"),
        (lambda p: p["roles_of_actors"].pop("auditor"), "actors.evaluation: has no role"),
        (lambda p: p["roles_of_actors"].update(king="learner"), "roles_of_actors: king is unknown"),
        (lambda p: p["roles_of_actors"].update(auditor="court"), "roles_of_actors: court is unknown"),
        (lambda p: p["roles_of_actors"].update(auditor="learner"), "auditor is stakeholder, its actor customer"),
        (lambda p: p["documents"][0].update(kind="poem"), "documents.enquiry: poem is unknown"),
        (lambda p: p["indicators"][0].update(principle="luck"), "indicators.co-planned-share: luck is unknown"),
        (lambda p: p["indicators"][0]["formula"].pop("en"), "co-planned-share: formula en is missing"),
        (lambda p: p["links"][0].update(confidence="sure"), "sure is unknown"),
        (lambda p: p["links"][0].update(reference=None), "a statute has no reference"),
        (lambda p: p["steps"].pop("matching"), "steps.matching: is missing"),
        (lambda p: p["steps"].update(dance=p["steps"]["matching"]), "steps: dance is unknown"),
        (lambda p: p["steps"]["matching"]["documents"]["in"].append("x"), "steps.matching: x is unknown"),
        (lambda p: p["steps"]["matching"]["indicators"].append("y"), "steps.matching: y is unknown"),
        (lambda p: p["steps"]["matching"]["links"].append("z"), "steps.matching: z is unknown"),
        (lambda p: handover(p, SEQUENCE).update(to="nowhere"), f"handovers.{SEQUENCE}: nowhere is unknown"),
        (lambda p: handover(p, SEQUENCE).update({"from": "nowhere"}), f"{SEQUENCE}: nowhere is unknown"),
        (lambda p: handover(p, SEQUENCE).update(to="contact-response"), "goes to where it comes from"),
        (lambda p: handover(p, SEQUENCE).pop("to"), f"{SEQUENCE}: goes either to a step or to a role"),
        (lambda p: handover(p, SEQUENCE).update(to_role="student"), "goes either to a step or to a role"),
        (lambda p: handover(p, SEQUENCE).update(to="demo-do"), f"{SEQUENCE}: a sequence leaves its actor"),
        (lambda p: handover(p, SEQUENCE).update(kind="message"), f"{SEQUENCE}: a message stays inside one actor"),
        (lambda p: handover(p, SEQUENCE)["name"].update(fi="jos"), f"{SEQUENCE}: name sv is missing"),
        (lambda p: handover(p, SEQUENCE).update(kind="smoke"), f"handovers.{SEQUENCE}: smoke is unknown"),
        (lambda p: handover(p, MESSAGE).update(kind="sequence"), f"{MESSAGE}: a sequence leaves its actor"),
        (lambda p: handover(p, MESSAGE)["name"].update(fi=""), f"{MESSAGE}: name fi is missing"),
        (lambda p: handover(p, MESSAGE).update(document="letter"), f"{MESSAGE}: letter is unknown"),
        (lambda p: handover(p, TO_ROLE).update(to_role="king"), f"{TO_ROLE}: king is unknown"),
        (lambda p: handover(p, TO_ROLE).update(kind="sequence"), f"{TO_ROLE}: a sequence goes to a step"),
        (lambda p: handover(p, TO_ROLE).update(to_role="student"), "contact-response → student twice"),
    ],
)
def test_a_hole_in_the_parts_is_named(release, whole, spoil, problem):
    broken = deepcopy(whole)
    spoil(broken)
    assert any(problem in one for one in parts.check(broken, release)), list(parts.check(broken, release))


def test_files_with_a_hole_are_refused(tmp_path, whole):
    for file in (content.DATA / "frame.json", *content.DATA.glob("steps-*.json")):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "parts.json").write_text(json.dumps({**whole, "areas": []}), "utf-8")
    with pytest.raises(content.ContentError, match="phase agreement is in 0 areas"):
        parts.read_parts(tmp_path)
