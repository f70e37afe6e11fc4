"""Diagrams as pages: for readers with picture, text and print; in the studio drawn, brought in and taken over."""

import re

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.reference import queries
from tests.reference import road
from tests.visitor import form_key

HOME = "/o/viitemalli/studio"
READING = ("/reference/diagrams", "/reference/diagrams/actors", "/reference/diagrams/agreement")


@pytest.fixture
def draft(fresh):
    """The draft 1.1, open again."""
    return f"{HOME}/{road.send_back()}"


def file_of(cast, page):
    return cast.nelli.get(f"{page}.bpmn").text


def version(draft, key="co-planning"):
    with acting_as("nelli") as nelli:
        return queries.diagram_of(queries.release_for(nelli, draft.rsplit("/", 1)[1]).id, key).version


def keep(cast, draft, xml, key="co-planning", **more):
    return cast.nelli.post(f"{draft}/diagrams/{key}/drawing", {"version": version(draft, key), "xml": xml, **more})


@pytest.mark.parametrize("path", READING)
@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_everyone_reads_maps_and_diagrams(cast, path, code):
    for who, place in ((cast.nobody, path), (cast.aino, f"/o/lumo{path}"), (cast.matti, f"/o/paja{path}")):
        assert who.get(place, headers={"Accept-Language": code}).status_code == 200
    assert "Esimerkkisisältö" in cast.nobody.get(path).text


def test_a_diagram_has_a_picture_whose_boxes_lead_to_steps_and_the_same_as_text(cast):
    page = cast.nobody.get("/reference/diagrams/co-planning").text
    assert page.count('href="/reference/planning-invite"') == 2
    assert "<svg" in page and 'id="dg-as-text"' in page and "lähettää: " in page


@pytest.mark.parametrize("key", ["actors", "process", "agreement"])
@pytest.mark.parametrize("where", ["/reference/diagrams", "/reference/releases/1.0/diagrams"])
def test_a_sheet_of_paper_is_printed(cast, key, where):
    answer = cast.nobody.get(f"{where}/{key}.pdf")
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF-")


def test_files_have_permanent_addresses(cast):
    one, other = (cast.nobody.get(f"{at}/agreement.bpmn").data
                  for at in ("/reference/diagrams", "/reference/releases/1.0/diagrams"))  # fmt: skip
    assert one == other and one.startswith(b"<?xml")
    for wrong in ("/reference/releases/1.1/diagrams/agreement.bpmn", "/reference/diagrams/nothing",
                  "/reference/releases/1.0/diagrams/x.pdf", "/reference/diagrams/actors?release=1.1"):  # fmt: skip
        assert cast.nobody.get(wrong).status_code == 404


def test_drawing_in_the_browser_is_offered_with_its_own_rule_for_styles(cast, draft):
    page = cast.nelli.get(f"{draft}/diagrams/co-planning/drawing")
    assert page.status_code == 200 and "bpmn-modeler.min.js" in page.text
    assert "'unsafe-inline'" in page.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in cast.nelli.get(f"{draft}/diagrams").headers["Content-Security-Policy"]


def test_a_drawn_name_is_kept_and_goes_into_the_step_when_confirmed(cast, draft):
    at = f"{draft}/diagrams/co-planning"
    xml = file_of(cast, at).replace('name="Yhteissuunnitteluun kutsuminen"', 'name="Kutsu suunnittelemaan"')
    assert keep(cast, draft, xml).status_code == 303
    shown = cast.nelli.get(at).text
    assert "Yhteissuunnitteluun kutsuminen → Kutsu suunnittelemaan" in shown
    assert cast.nelli.post(f"{at}/taken-over", {"tokens": "rename:step-planning-invite"}).status_code == 303
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, draft.rsplit("/", 1)[1], "planning-invite")
        assert step.name["fi"] == "Kutsu suunnittelemaan"
    assert 'id="proposals"' not in cast.nelli.get(at).text


def new_box(xml, name="Kättely ja kahvit"):
    """The file with one more task in the teacher's lane and a line to it."""
    task = f'<bpmn:task id="Activity_7" name="{name}"/>'
    flow = '<bpmn:sequenceFlow id="Flow_7" sourceRef="step-hoks-update" targetRef="Activity_7"/>'
    xml = xml.replace("</bpmn:laneSet>", f"</bpmn:laneSet>\n{task}{flow}") if xml.count("</bpmn:laneSet>") == 1 else (
        re.sub(r'(<bpmn:process id="process-provider">.*?</bpmn:laneSet>)', rf"\1{task}{flow}", xml, flags=re.S)
    )  # fmt: skip
    return re.sub(r'(<bpmn:lane id="lane-teacher"[^>]*>)', r"\1<bpmn:flowNodeRef>Activity_7</bpmn:flowNodeRef>", xml)


def test_a_drawn_box_becomes_a_step_with_its_swedish_name_and_its_line(cast, draft):
    at = f"{draft}/diagrams/co-planning"
    assert keep(cast, draft, new_box(file_of(cast, at))).status_code == 303
    form = {"tokens": ["new_step:Activity_7", "new_handover:Flow_7"], "fi:new_step:Activity_7": "Kättely ja kahvit"}
    refused = cast.nelli.post(f"{at}/taken-over", form)
    assert refused.status_code == 422 and "Kättely ja kahvit" in refused.text
    form["sv:new_step:Activity_7"] = "Handslag och kaffe"
    assert cast.nelli.post(f"{at}/taken-over", form).status_code == 303
    with acting_as("nelli") as nelli:
        release = queries.release_for(nelli, draft.rsplit("/", 1)[1])
        (step,) = [s for s in queries.steps_of(release.id) if s.name["fi"] == "Kättely ja kahvit"]
        assert (step.phase_key, step.responsible, step.name["sv"]) == ("co-planning", "teacher", "Handslag och kaffe")
        assert any(h["from"] == "hoks-update" and h.get("to") == step.key for h in release.parts["handovers"])
    assert 'id="proposals"' not in cast.nelli.get(at).text


def test_a_file_from_elsewhere_becomes_a_diagram_with_a_report(cast, draft):
    head = '<?xml version="1.0" encoding="windows-1252"?>'
    root = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
    xml = f'{head}{root}<process id="p"><task id="t" name="Käynti työpaikalla"/></process></definitions>'
    answer = cast.nelli.upload(f"{draft}/diagrams", xml.encode("cp1252"), name_fi="Käynnit", name_sv="Besök")
    assert answer.status_code == 303
    shown = cast.nelli.follow(answer).text
    assert "Käynti työpaikalla" in shown and "<svg" in shown
    pages = cast.nelli.get(f"{draft}/diagrams").text
    assert "Käynnit" in pages


BAD = {
    "doctype": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>',
    "external": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x"><x/>',
    "not xml": b"%PDF-1.7 nothing",
    "not bpmn": b"<html/>",
    "empty": b"",
    "large": b"<x>" + b"a" * (11 * 1024 * 1024),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_file_that_cannot_be_read_is_told_why_and_names_stay(cast, draft, kind, htmx):
    answer = cast.nelli.upload(f"{draft}/diagrams", BAD[kind], htmx=htmx, name_fi="Käynnit", name_sv="Besök")
    assert answer.status_code == 422 and 'value="Käynnit"' in answer.text


def test_script_in_a_drawing_stays_text(cast, draft):
    at = f"{draft}/diagrams/co-planning"
    xml = new_box(file_of(cast, at), "&lt;script&gt;alert(1)&lt;/script&gt;")
    assert keep(cast, draft, xml).status_code == 303
    shown = cast.nelli.get(at).text
    assert "<script>alert(1)" not in shown and "&lt;script&gt;" in shown


def test_two_modellers_cannot_overwrite_each_other(cast, draft):
    xml = file_of(cast, f"{draft}/diagrams/co-planning")
    old = version(draft)
    assert keep(cast, draft, xml).status_code == 303
    again = cast.nelli.post(f"{draft}/diagrams/co-planning/drawing", {"version": old, "xml": xml})
    assert again.status_code == 409


def test_a_drawing_is_let_go_and_the_steps_draw_again(cast, draft):
    at = f"{draft}/diagrams/co-planning"
    keep(cast, draft, file_of(cast, at))
    assert "Piirretty käsin" in cast.nelli.get(f"{draft}/diagrams").text
    key = form_key(cast.nelli.get(at))
    assert [cast.nelli.post(f"{at}/steps", {"_key": key}).status_code for _ in range(2)] == [303, 303]
    assert "Piirretty käsin" not in cast.nelli.get(f"{draft}/diagrams").text


def test_a_reviewed_or_published_draft_is_not_drawn_in(cast, fresh):
    approved = f"{HOME}/{road.draft_id()}"
    xml = file_of(cast, f"{approved}/diagrams/co-planning")
    form = {"version": 1, "xml": xml}
    assert cast.nelli.post(f"{approved}/diagrams/co-planning/drawing", form).status_code == 409
    assert cast.nelli.post(f"{approved}/diagrams/co-planning/steps", {}).status_code == 409
    assert cast.nelli.upload(f"{approved}/diagrams", xml.encode(), name_fi="x", name_sv="x").status_code == 409
    for who in (cast.aino, cast.matti):
        assert who.get(f"{approved}/diagrams").status_code == 404


def test_diagrams_cost_the_same_for_every_release(fresh, cast, draft):
    for path, visitor, limit in (
        *((path, cast.nobody, 8) for path in READING), (f"{draft}/diagrams", cast.nelli, 6),
        (f"{draft}/diagrams/co-planning", cast.nelli, 20),
    ):  # fmt: skip
        visitor.get(path)
        fresh.statements.clear()
        visitor.get(path)
        spent = [line for line in fresh.statements if "set_config" not in line]
        assert len(spent) <= limit, (path, len(spent), spent)
