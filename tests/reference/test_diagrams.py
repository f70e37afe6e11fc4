"""Diagrams drawn from the steps, as BPMN and back: nothing lost, nothing taken over by itself."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from parasta_saas.reference import bpmn, content, diagrams, drawing, gallery, modelling, parts, pictures

WHOLE = parts.read_whole()
CONTENT = {
    "frame": content.frame_of(WHOLE), "phases": WHOLE["phases"], "steps": WHOLE["steps"], "parts": WHOLE["parts"],
}  # fmt: skip
WHOLE_ACTORS = {role["key"]: role["actor"] for role in WHOLE["roles"]}
PHASES = [phase["key"] for phase in WHOLE["phases"]]


def drawn(phase, made=CONTENT):
    return diagrams.document(made, phase, phase)


@pytest.mark.parametrize("phase", PHASES)
def test_the_whole_reference_goes_out_and_in_and_out_byte_by_byte(phase):
    file = bpmn.write(drawn(phase))
    reading = bpmn.read(file)
    assert reading.document == drawn(phase)
    assert bpmn.write(reading.document) == file
    assert {warn.code for warn in reading.report.warnings} <= {"foreign"} and reading.report.not_drawn == ()


@pytest.mark.parametrize("phase", PHASES)
def test_every_step_and_hand_over_of_a_phase_is_in_its_diagram(phase):
    document = drawn(phase)
    nodes = {node.id for process in document.processes for node in process.nodes}
    steps = {step["key"] for step in WHOLE["steps"] if step["phase"] == phase}
    assert {f"step-{key}" for key in steps} <= nodes
    flows = {flow.id for process in document.processes for flow in process.flows}
    flows |= {flow.id for flow in document.collaborations[0].message_flows}
    actor_of = WHOLE_ACTORS.get
    touching = {
        f"flow-{h['key']}" if h.get("to") else f"flow-{h['from']}-to-{actor_of(h['to_role'])}"
        for h in WHOLE["parts"]["handovers"]
        if {h["from"], h.get("to")} & steps
    }
    assert flows == touching
    said = " ".join(flow.name or "" for flow in document.collaborations[0].message_flows)
    sent = [h for h in WHOLE["parts"]["handovers"] if h["from"] in steps and not h.get("to")]
    assert all(h["name"]["fi"] in said for h in sent)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_text_reading_says_every_step_and_the_picture_links_it(phase, language):
    laid = gallery.laid_out(CONTENT, {"key": phase, "phase_key": phase}, language, lambda key: f"/{key}")
    said = {entry.key for section in drawing.reading(laid, language) for entry in section.entries}
    linked = {part.key: part.url for part in drawing.figure(laid, language).items}
    for step in (s for s in WHOLE["steps"] if s["phase"] == phase):
        assert f"step-{step['key']}" in said and linked[f"step-{step['key']}"] == f"/{step['key']}"


@pytest.mark.parametrize("phase", PHASES)
def test_an_export_opens_in_another_reader_of_bpmn(phase):
    from SpiffWorkflow.bpmn.parser import BpmnParser

    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(bpmn.write(drawn(phase)))))
    assert set(parser.get_process_ids()) == {process.id for process in drawn(phase).processes}


def test_a_drawing_that_says_the_same_changes_nothing():
    for phase in PHASES:
        assert modelling.proposals(drawn(phase), CONTENT, phase, {}) == []


def changed(phase, change):
    """The drawing of a phase after `change(node)` of each node."""
    document = drawn(phase)
    processes = tuple(replace(p, nodes=tuple(change(n) for n in p.nodes)) for p in document.processes)
    return replace(document, processes=processes)


def test_a_new_name_another_lane_and_a_new_box_are_proposed_and_nothing_else():
    renamed = changed("co-planning", lambda n: replace(n, name="Kutsu") if n.id == "step-planning-invite" else n)
    (one,) = modelling.proposals(renamed, CONTENT, "co-planning", {})
    assert (one.kind, one.key, one.values["name"]) == ("rename", "planning-invite", "Kutsu")

    document = drawn("agreement")
    (teacher,) = [p for p in document.processes if p.id == "process-provider"]
    own = bpmn.Node("Activity_1", "userTask", "Kahvit ja kättely")
    lanes = teacher.lane_sets[0].lanes
    first = replace(lanes[0], refs=(*lanes[0].refs, own.id))
    moved = replace(
        teacher, nodes=(*teacher.nodes, own), lane_sets=(replace(teacher.lane_sets[0], lanes=(first, *lanes[1:])),)
    )
    document = replace(document, processes=tuple(moved if p is teacher else p for p in document.processes))
    (new,) = modelling.proposals(document, CONTENT, "agreement", {})
    assert (new.kind, new.node, new.values["name"]) == ("new_step", "Activity_1", "Kahvit ja kättely")
    assert f"lane-{new.values['role']}" == lanes[0].id and new.needs_name


def test_what_only_looks_alike_is_asked_and_never_taken():
    document = drawn("co-planning")
    text = bpmn.write(document).decode().replace("step-planning-invite", "Task_0xyz")
    (unsure,) = modelling.proposals(bpmn.read(text.encode()).document, CONTENT, "co-planning", {})
    assert unsure.kind == "unsure" and unsure.key == "" and "planning-invite" in unsure.values["candidates"]
    known = {"Task_0xyz": "planning-invite"}
    assert modelling.proposals(bpmn.read(text.encode()).document, CONTENT, "co-planning", known) == []


def test_a_line_drawn_or_rubbed_out_is_proposed():
    document = drawn("demonstration")
    steps = [s["key"] for s in WHOLE["steps"] if s["phase"] == "demonstration"]
    without = [replace(p, flows=()) for p in document.processes]
    gone = modelling.proposals(replace(document, processes=tuple(without)), CONTENT, "demonstration", {})
    assert gone and {p.kind for p in gone} == {"gone_handover"}
    line = bpmn.MessageFlow("Flow_9", f"step-{steps[-1]}", f"step-{steps[0]}", "Uusi viesti")
    more = replace(document.collaborations[0], message_flows=(*document.collaborations[0].message_flows, line))
    (new,) = modelling.proposals(replace(document, collaborations=(more,)), CONTENT, "demonstration", {})
    assert (new.kind, new.values["from"], new.values["to"]) == ("new_handover", steps[-1], steps[0])


def test_a_picture_keeps_the_places_of_the_file_and_is_laid_out_without_them():
    document = drawn("partnership")
    laid = pictures.picture(document)
    shapes = {s.element: s for s in document.diagrams[0].shapes}
    left = min(s.x for s in shapes.values())
    for placed in laid.items:
        assert placed.box.w == shapes[placed.item.key].width
        assert placed.box.x == pytest.approx(shapes[placed.item.key].x - left + pictures.MARGIN)
    bare = pictures.picture(replace(document, diagrams=()))
    assert {p.item.key for p in bare.items} == {p.item.key for p in laid.items}


def test_a_drawn_diagram_says_the_steps_names_of_today():
    xml = bpmn.write(drawn("co-planning")).decode()
    steps = [
        {**s, "name": {**s["name"], "fi": "Kutsu kaikki"}} if s["key"] == "planning-invite" else s
        for s in WHOLE["steps"]
    ]
    made, diagram = {**CONTENT, "steps": steps}, {"key": "co-planning", "phase_key": "co-planning", "xml": xml}
    names = {n.id: n.name for p in gallery.document_of(made, diagram).processes for n in p.nodes}
    assert names["step-planning-invite"] == "Kutsu kaikki"


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_hand_overs_give_a_diagram_that_comes_back_equal(data):
    keys = [step["key"] for step in WHOLE["steps"]]
    roles = [role["key"] for role in CONTENT["frame"]["roles"]]
    handovers = []
    for n in range(data.draw(st.integers(0, 14))):
        end = data.draw(st.sampled_from([("to", k) for k in keys] + [("to_role", r) for r in roles]))
        kind = "message" if end[0] == "to_role" else data.draw(st.sampled_from(["sequence", "message"]))
        name = data.draw(st.text("aäö <&>\"'x", max_size=12)).strip()
        handovers.append({"key": f"h{n}", "from": data.draw(st.sampled_from(keys)), end[0]: end[1], "kind": kind,
                          "name": {"fi": name}, "document": None})  # fmt: skip
    made = {**CONTENT, "parts": {**CONTENT["parts"], "handovers": handovers}}
    phase = data.draw(st.sampled_from(PHASES))
    document = drawn(phase, made)
    file = bpmn.write(document)
    assert bpmn.read(file).document == document and bpmn.write(bpmn.read(file).document) == file
