"""A diagram in two releases side by side: boxes and lines that are new, gone, moved and changed."""

import copy

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.i18n import using
from parasta_saas.reference import bpmn, comparison, content, gallery, parts, queries, redrawn
from tests.reference import road

HOME = "/o/viitemalli/studio"
FIRST = content.read_release()
PARTS = {k: v for k, v in parts.read_parts().items() if k not in ("steps", "roles_of_actors")}
PLANNING = {"key": "co-planning", "phase_key": "co-planning", "name": {"fi": "Suunnittelu"}, "xml": None, "aliases": {}}


def whole():
    frame = content.frame_of(FIRST)
    made = {"frame": frame, "phases": FIRST["phases"], "steps": FIRST["steps"], "parts": PARTS}
    return copy.deepcopy(made | {"diagrams": [PLANNING]})


def step(one, key):
    return next(s for s in one["steps"] if s["key"] == key)


def compared(before, after, language="fi"):
    with using(language):
        sides = (redrawn.side(one, one["diagrams"][0], language) for one in (before, after))
        return redrawn.redrawn(*sides, comparison.compare(before, after))


def inside(one):
    return [s for s in one["steps"] if s["phase"] == "co-planning"]


def test_the_same_diagram_differs_in_nothing():
    assert not compared(whole(), whole()) and compared(whole(), whole()).counts == {}


def test_a_new_a_removed_and_a_changed_step_are_marked_each_on_its_side():
    before, after = whole(), whole()
    gone, kept = inside(after)[-1], inside(after)[0]
    after["steps"].remove(gone)
    kept["guidance"] = {**kept["guidance"], "fi": "Aivan toinen ohje."}
    after["steps"].append({**copy.deepcopy(kept), "key": "brand-new", "order": 99, "name": {"fi": "Uusi", "sv": "Ny"}})
    found = compared(before, after)
    assert found.marks["step-brand-new"] == "added" and found.marks[f"step-{kept['key']}"] == "changed"
    assert found.before[f"step-{gone['key']}"] == "removed" and found.elsewhere
    assert f"step-{gone['key']}" not in found.marks
    assert [one.kind for one in found.told] == sorted((one.kind for one in found.told), key=list(redrawn.KINDS).index)


def test_another_lane_is_a_move_and_with_other_words_both():
    before, after = whole(), whole()
    one, other = inside(after)[:2]
    roles = {one["responsible"], other["responsible"], "student", "teacher"}
    for moved in (one, other):
        moved["responsible"] = next(role for role in sorted(roles) if role != moved["responsible"])
    other["minimum"] = {**other["minimum"], "fi": "Aivan toinen vaatimus."}
    found = compared(before, after)
    assert found.marks[f"step-{one['key']}"] == "moved" and found.marks[f"step-{other['key']}"] == "both"
    told = next(t for t in found.told if t.name.startswith(f"{one['order']} "))
    assert told.where and told.where[0] != told.where[1]


def test_the_way_to_a_step_of_another_phase_is_the_same_way_in_another_lane():
    before, after = whole(), whole()
    step(after, "planning-invite")["responsible"] = "student"
    assert [(one.kind, one.name) for one in compared(before, after).told] == [
        ("moved", "12 Yhteissuunnitteluun kutsuminen"),
    ]  # fmt: skip


def test_a_step_that_went_to_another_phase_is_moved_not_removed():
    before, after = whole(), whole()
    gone = inside(after)[0]
    gone["phase"] = after["phases"][-1]["key"]
    found = compared(before, after)
    assert found.before[f"step-{gone['key']}"] == "moved" and not [k for k in found.marks if k == f"step-{gone['key']}"]
    back = compared(after, before)
    assert back.marks[f"step-{gone['key']}"] == "moved"


def test_lines_that_come_and_go_are_marked_and_told_by_their_ends():
    before, after = whole(), whole()
    keys = {s["key"] for s in inside(after)}
    line = next(h for h in after["parts"]["handovers"] if {h["from"], h.get("to")} <= keys)
    after["parts"]["handovers"].remove(line)
    found = compared(before, after)
    assert found.before[f"flow-{line['key']}"] == "removed"
    told = next(t.name for t in found.told if t.kind == "removed" and "→" in t.name)
    assert step(before, line["from"])["name"]["fi"].split()[0] in told
    assert compared(after, before).marks[f"flow-{line['key']}"] == "added"


def test_a_drawing_by_hand_is_compared_by_what_its_boxes_mean():
    before, after = whole(), whole()
    xml = bpmn.write(gallery.document_of(before, PLANNING)).decode()
    key = inside(before)[0]["key"]
    xml = xml.replace(f'"step-{key}"', '"Activity_1"').replace(f">step-{key}<", ">Activity_1<")
    after["diagrams"] = [{**PLANNING, "xml": xml, "aliases": {"Activity_1": key}}]
    assert not compared(before, after), compared(before, after).told
    step(after, key)["guidance"] = {"fi": "Toinen ohje.", "sv": "En annan anvisning."}
    assert compared(before, after).marks["Activity_1"] == "changed"
    assert compared(before, after).before[f"step-{key}"] == "changed"


def test_diagrams_that_come_and_go_are_told_as_a_whole():
    before, after = whole(), whole()
    after["diagrams"] = [{**PLANNING, "key": "other"}]
    made = comparison.compare(before, after)
    assert [(d["key"], kind) for d, kind, _one in redrawn.between(before, after, made, "fi")] == [
        ("other", "added"), ("co-planning", "removed"),
    ]  # fmt: skip


# In the studio.


@pytest.fixture
def drafts(fresh):
    """Two drafts: 1.2 with a step of co-planning changed, 1.3 as it was copied; addresses of their pages."""
    said = {"guidance": {"fi": "Kutsu kaikki kolme.", "sv": "Kalla alla tre."}}
    return [f"{HOME}/{road.write(n, step=s, **said)}" for n, s in (("1.2", "planning-invite"), ("1.3", "mid-review"))]


@pytest.mark.parametrize("code", ["fi", "sv"])
def test_the_page_of_a_diagram_compares_with_the_release_that_is_chosen(cast, drafts, code):
    first, second = drafts
    cast.nelli.post("/language", {"language": code, "next": "/"})
    base = cast.nelli.get(f"{first}/diagrams/co-planning").text
    assert base.count("dg-node dg-changed") == 1 and 'value="1.0" selected' in base
    newer = cast.nelli.get(f"{first}/diagrams/co-planning?with=1.3").text
    assert newer.count("dg-node dg-changed") == 1 and 'value="1.3" selected' in newer
    same = cast.nelli.get(f"{second}/diagrams/co-planning").text
    assert "dg-node dg-changed" not in same and "dg-told" not in same
    assert cast.nelli.get(f"{second}/diagrams/co-planning?with=1.2").text.count("dg-node dg-changed") == 1
    assert f"{first}/compare?with=1.3" in newer


def test_the_page_of_two_releases_leads_to_the_diagrams_that_differ(cast, drafts):
    page = cast.nelli.get(f"{drafts[0]}/compare?with=1.3").text
    assert f"{drafts[0]}/diagrams/co-planning?with=1.3" in page and "/diagrams/agreement?with" not in page
    assert "Muuttunut 1" in page


@pytest.mark.parametrize("asked", ["9.9", "x", "1.0'--", "%00", "ä" * 300])
def test_an_unknown_number_to_compare_a_diagram_with_is_nowhere(cast, drafts, asked):
    assert cast.nelli.get(f"{drafts[0]}/diagrams/co-planning?with={asked}").status_code == 404


def test_a_diagram_that_the_other_does_not_have_is_said_to_be_new_and_to_be_gone(cast, drafts):
    here, other = drafts
    xml = cast.nelli.get(f"{here}/diagrams/co-planning.bpmn").data
    assert cast.nelli.upload(f"{here}/diagrams", xml, name_fi="Oma kaavio", name_sv="Eget schema").status_code == 303
    with acting_as("nelli") as nelli:
        key = next(d.key for d in queries.diagrams_of(queries.release_for(nelli, here[-36:]).id) if d.drawn)
    page = cast.nelli.get(f"{here}/diagrams/{key}?with=1.0")
    assert page.status_code == 200 and "koko kaavio on uusi" in page.text
    assert "Oma kaavio" in cast.nelli.get(f"{here}/compare?with=1.3").text
    gone = cast.nelli.get(f"{other}/compare?with=1.2").text
    assert f"{here}/diagrams/{key}?with=1.3" in gone and "Poistettu" in gone


def test_the_first_release_has_no_picture_to_compare_with_until_one_is_chosen(cast, drafts):
    with acting_as("nelli"):
        first = queries.release_numbered("1.0").id
    assert "Vertaa toiseen versioon" in cast.nelli.get(f"{HOME}/{first}/diagrams/co-planning").text
    assert cast.nelli.get(f"{HOME}/{first}/diagrams/co-planning?with=1.2").text.count("dg-node dg-changed") == 1


def test_comparing_diagrams_costs_the_same_whatever_differs(fresh, cast, drafts):
    spent = []
    for asked in ("1.0", "1.1", "1.3"):
        cast.nelli.get(f"{drafts[0]}/compare?with={asked}")
        fresh.statements.clear()
        cast.nelli.get(f"{drafts[0]}/compare?with={asked}")
        spent.append(len([line for line in fresh.statements if "set_config" not in line]))
    assert spent[1] == spent[2] and max(spent) <= 15, spent  # the texts of 1.0 are kept in the process
