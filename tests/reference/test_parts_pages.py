"""What stands around the steps is written in forms too: one page per kind, and what became of the steps."""

import re

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.canonical import fingerprint
from parasta_saas.reference import elements, queries
from parasta_saas.reference.queries import elements as found
from tests.reference import road
from tests.visitor import form_key

HOME = "/o/viitemalli/studio"


@pytest.fixture
def draft(fresh):
    return road.write("1.2")


def at(draft, rest):
    return f"{HOME}/{draft}/{rest}"


def whole(draft):
    with acting_as("nelli") as nelli:
        return found.whole_of(queries.release_for(nelli, draft))


def form_of(draft, kind, key, **changed):
    """The form of one thing as a browser would send it, with what it was when it was opened."""
    thing = elements.find(whole(draft), kind, key)
    return {**elements.values_of(kind, thing), "seen": fingerprint(thing), **changed}


NEW = {
    "phases": {"name_fi": "Jälkihoito", "name_sv": "Eftervård", "short_fi": "Jälkihoito", "short_sv": "Eftervård"},
    "areas": {"name_fi": "Uusi alue", "name_sv": "Nytt område"},
    "actors": {"name_fi": "Liitto", "name_sv": "Förbund", "group": "stakeholder", "task_fi": "Neuvoo.",
               "task_sv": "Ger råd."},
    "roles": {"name_fi": "mentori", "name_sv": "mentor", "actor": "workplace"},
    "documents": {"name_fi": "muistilista", "name_sv": "minneslista", "kind": "form"},
    "handovers": {"giver": "mid-review", "taker": "role:guardian", "kind": "message", "name_fi": "kuulumiset",
                  "name_sv": "läget"},
    "principles": {"name_fi": "avoimuus", "name_sv": "öppenhet"},
    "indicators": {"name_fi": "Osuus", "name_sv": "Andel", "formula_fi": "a / b", "formula_sv": "a / b",
                   "target_fi": "90 %", "target_sv": "90 %", "confidence": "proposal", "principle": "even-quality"},
    "links": {"name_fi": "Ohje", "name_sv": "Guide", "kind": "guide", "confidence": "high"},
}  # fmt: skip


@pytest.mark.parametrize("kind", list(elements.KINDS))
def test_each_kind_is_added_changed_removed_and_brought_back(cast, draft, kind):
    page = cast.nelli.get(at(draft, f"parts/{kind}"))
    assert page.status_code == 200
    before = {thing["key"] for thing in whole(draft)[kind]}
    answer = cast.nelli.post(at(draft, f"parts/{kind}"), {**NEW[kind], "_key": form_key(page)})
    assert answer.status_code == 303
    (key,) = {thing["key"] for thing in whole(draft)[kind]} - before
    assert elements.KEY.fullmatch(key)
    here = at(draft, f"parts/{kind}/{key}")
    assert cast.nelli.get(here).status_code == 200
    again = form_of(draft, kind, key, name_en="In English")
    assert cast.nelli.post(here, again, htmx=True).status_code == 200
    assert elements.find(whole(draft), kind, key)["name"]["en"] == "In English"
    assert cast.nelli.post(f"{here}/removal").status_code == 303
    assert {thing["key"] for thing in whole(draft)[kind]} == before
    assert cast.nelli.get(here).status_code == 404
    cast.nelli.post(at(draft, f"parts/{kind}"), NEW[kind])
    (other,) = {thing["key"] for thing in whole(draft)[kind]} - before
    assert other != key, "a key is never given again"


@pytest.mark.parametrize("kind", list(elements.KINDS))
def test_an_empty_form_says_what_is_missing(cast, draft, kind):
    for htmx in (False, True):
        answer = cast.nelli.post(at(draft, f"parts/{kind}"), {"name_en": "Only English"}, htmx=htmx)
        assert answer.status_code == 422 and "Only English" in answer.text and "aria-invalid" in answer.text


@pytest.mark.parametrize(
    ("kind", "changed", "field"),
    [
        ("areas", {"phases": ["partnership"]}, "phases"),
        ("areas", {"phases": ["no-such"]}, "phases"),
        ("areas", {"phases": ["planning-and-agreeing"]}, "phases"),  # an area in an area
        ("actors", {"group": "friends"}, "group"),
        ("roles", {"actor": "no-such"}, "actor"),
        ("roles", {"actor": ""}, "actor"),
        ("documents", {"kind": "poem"}, "kind"),
        ("documents", {"name_sv": ""}, "name_sv"),
        ("documents", {"name_fi": "ä" * 300}, "name_fi"),
        ("documents", {"name_fi": "x" * 10_000_000}, "name_fi"),
        ("handovers", {"giver": "no-such"}, "giver"),
        ("handovers", {"taker": "role:no-such"}, "taker"),
        ("handovers", {"taker": "mid-review"}, "taker"),
        ("handovers", {"taker": "step:mid-review"}, "taker"),
        ("handovers", {"kind": "sequence"}, "taker"),
        ("handovers", {"taker": "role:teacher"}, "kind"),
        ("handovers", {"name_sv": ""}, "name_sv"),
        ("handovers", {"document": "no-such"}, "document"),
        ("indicators", {"principle": "luck"}, "principle"),
        ("indicators", {"confidence": "maybe"}, "confidence"),
        ("links", {"kind": "statute"}, "reference"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(cast, draft, kind, changed, field):
    before = whole(draft)
    answer = cast.nelli.post(at(draft, f"parts/{kind}"), {**NEW[kind], **changed}, htmx=True)
    assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text
    assert whole(draft) == before


@pytest.mark.parametrize(
    ("kind", "key"),
    [("phases", "agreement"), ("actors", "workplace"), ("roles", "teacher"), ("documents", "contact-record"),
     ("indicators", "first-response-time"), ("links", "act-531-2017-78")],
)  # fmt: skip
def test_what_is_used_stays_and_the_page_says_where(cast, draft, kind, key):
    shown = cast.nelli.get(at(draft, f"parts/{kind}/{key}")).text
    assert "Missä käytetään" in shown and "/removal" not in shown
    answer = cast.nelli.post(at(draft, f"parts/{kind}/{key}/removal"))
    assert answer.status_code == 409 and "Tätä käytetään vielä:" in answer.text
    assert elements.find(whole(draft), kind, key)


def test_an_emptied_phase_leaves_its_area_and_goes(cast, draft):
    cast.nelli.post(at(draft, "parts/phases"), NEW["phases"])
    assert elements.find(whole(draft), "diagrams", "jalkihoito")["phase_key"] == "jalkihoito"
    area = form_of(draft, "areas", "partnership-and-needs")
    area["phases"] = [*area["phases"], "jalkihoito"]
    assert cast.nelli.post(at(draft, "parts/areas/partnership-and-needs"), area).status_code == 303
    assert cast.nelli.post(at(draft, "parts/phases/jalkihoito/removal")).status_code == 303
    here = whole(draft)
    assert "jalkihoito" not in elements.find(here, "areas", "partnership-and-needs")["phases"]
    assert {diagram["phase_key"] for diagram in here["diagrams"]} == {phase["key"] for phase in here["phases"]}


def test_a_phase_moves_with_its_steps(cast, draft):
    for htmx in (False, True):
        answer = cast.nelli.post(at(draft, "phases/agreement/place"), {"way": "up"}, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    here = whole(draft)
    assert [phase["key"] for phase in here["phases"]][1] == "agreement"
    assert [phase["order"] for phase in here["phases"]] == list(range(1, 10))
    assert [step["order"] for step in here["steps"]] == list(range(1, 52))
    phases = list(dict.fromkeys(step["phase"] for step in here["steps"]))
    assert phases == [phase["key"] for phase in here["phases"]]
    cast.nelli.post(at(draft, "phases/agreement/place"), {"way": "up"})
    cast.nelli.post(at(draft, "phases/agreement/place"), {"way": "up"})
    assert whole(draft)["phases"][0]["key"] == "agreement"
    assert cast.nelli.post(at(draft, "phases/no-such/place"), {"way": "up"}).status_code == 404


def test_two_tabs_show_what_was_saved_meanwhile(cast, draft):
    here = at(draft, "parts/documents/contact-record")
    old = form_of(draft, "documents", "contact-record", name_fi="minun nimeni")
    assert cast.tapio.post(here, {**old, "name_fi": "toisen nimi"}).status_code == 303
    answer = cast.nelli.post(here, old)
    assert answer.status_code == 422
    assert all(words in answer.text for words in ("minun nimeni", "Sillä välin tallennettu:", "toisen nimi"))
    seen = re.search(r'name="seen" value="(\w+)"', answer.text)[1]
    assert cast.nelli.post(here, {**old, "seen": seen}).status_code == 303
    assert elements.find(whole(draft), "documents", "contact-record")["name"]["fi"] == "minun nimeni"


def test_a_double_click_adds_one_thing(cast, draft):
    form = {**NEW["links"], "_key": form_key(cast.nelli.get(at(draft, "parts/links")))}
    count = len(whole(draft)["links"])
    for _press in range(2):
        cast.nelli.post(at(draft, "parts/links"), form)
    assert len(whole(draft)["links"]) == count + 1


def test_a_role_follows_its_actor_to_another_group(cast, draft):
    form = form_of(draft, "actors", "authorities", group="customer")
    assert cast.nelli.post(at(draft, "parts/actors/authorities"), form).status_code == 303
    here = whole(draft)
    assert {role["group"] for role in here["roles"] if role["actor"] == "authorities"} == {"customer"}


def test_script_in_a_name_stays_text(cast, draft):
    cast.nelli.post(at(draft, "parts/documents"), {**NEW["documents"], "name_fi": "<img src=x onerror=alert(1)>"})
    for rest in ("parts/documents", "parts/documents/img-src-x-onerror-alert-1", "steps/mid-review"):
        shown = cast.nelli.get(at(draft, rest)).text
        assert "<img src=x" not in shown and "&lt;img src=x" in shown


def test_removing_a_step_takes_its_hand_overs_along_and_back(cast, draft):
    with acting_as("nelli") as nelli:
        release = queries.draft_for(nelli, draft)
        release.move("workshop")
    ends = {h["key"] for h in whole(draft)["handovers"] if "mid-review" in (h["from"], h.get("to"))}
    assert ends
    cast.nelli.post(at(draft, "steps/mid-review/removal"), {"reason": "Kokeillaan."})
    here = whole(draft)
    assert not ends & {handover["key"] for handover in here["handovers"]}
    assert [list(elements.problems("handovers", h, here)) for h in here["handovers"]] == [[]] * len(here["handovers"])


def test_the_lists_point_at_what_no_longer_fits(cast, draft):
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, draft, "contact-response")
        step.responsible = "national_editor"
    assert "Askel kuuluu toiselle toimijalle" in cast.nelli.get(at(draft, "parts/handovers")).text


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "rename", "old": ["mid-review"], "new": ["problem-handling"]}, None),
        ({"kind": "retype", "old": ["mid-review"]}, None),
        ({"kind": "move", "old": ["mid-review"], "new": ["mid-review"]}, None),
        ({"kind": "split", "old": ["mid-review"], "new": ["mid-review", "problem-handling"]}, None),
        ({"kind": "merge", "old": ["mid-review", "problem-handling"], "new": ["mid-review"]}, None),
        ({"kind": "deprecate", "old": ["mid-review"]}, None),
        ({"kind": "split", "old": ["mid-review"], "new": ["mid-review"]}, "new"),
        ({"kind": "remove", "old": ["mid-review"], "new": ["problem-handling"]}, "new"),
        ({"kind": "restore", "old": ["mid-review"]}, "old"),
        ({"kind": "rename", "old": ["no-such"], "new": ["mid-review"]}, "old"),
        ({"kind": "rename", "new": ["mid-review"]}, "old"),
        ({"kind": "vanish", "old": ["mid-review"]}, "kind"),
        ({"kind": "retype", "old": ["mid-review"], "reason": " "}, "reason"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_became_of_a_step_is_declared_with_its_reason(cast, draft, said, field, htmx):
    answer = cast.nelli.post(at(draft, "lineage"), {"reason": "Sovittu työpajassa.", **said}, htmx=htmx)
    with acting_as("nelli") as nelli:
        lineage = queries.release_for(nelli, draft).lineage
    if field:
        assert answer.status_code == 422 and f'href="#f-{field}"' in answer.text and lineage == []
        return
    assert answer.status_code == (200 if htmx else 303)
    assert [entry["kind"] for entry in lineage] == [said["kind"]] and lineage[0]["to"]


def test_a_declaration_is_listed_and_taken_back(cast, draft):
    said = {"kind": "deprecate", "old": ["mid-review"], "reason": "Väistyy ensi vuonna."}
    cast.nelli.post(at(draft, "lineage"), said)
    assert cast.nelli.post(at(draft, "lineage"), said).status_code == 409
    page = cast.nelli.get(at(draft, "lineage"))
    assert "Väistyy ensi vuonna." in page.text
    entry = re.search(r'name="entry" value="(\w+)"', page.text)[1]
    assert cast.nelli.post(at(draft, "lineage/removal"), {"entry": entry}).status_code == 303
    assert "Väistyy ensi vuonna." not in cast.nelli.get(at(draft, "lineage")).text
    assert cast.nelli.post(at(draft, "lineage/removal"), {"entry": entry}).status_code == 404
    assert cast.nelli.post(at(draft, "lineage/removal"), {}).status_code == 404


def test_the_reason_of_a_removed_step_is_not_taken_back(cast, draft):
    cast.nelli.post(at(draft, "steps/mid-review/removal"), {"reason": "Pois."})
    entry = re.search(r'name="entry" value="(\w+)"', cast.nelli.get(at(draft, "lineage")).text)[1]
    assert cast.nelli.post(at(draft, "lineage/removal"), {"entry": entry}).status_code == 409


def test_a_closed_draft_is_read_and_not_changed(cast, draft):
    with acting_as("nelli") as nelli:
        queries.draft_for(nelli, draft).move("review")
    for rest, said in (
        ("parts/documents", NEW["documents"]), ("parts/documents/contact-record", NEW["documents"]),
        ("parts/documents/contact-record/removal", {}), ("parts/documents/contact-record/return", {}),
        ("phases/agreement/place", {"way": "up"}), ("lineage/removal", {"entry": "x"}),
        ("lineage", {"kind": "deprecate", "old": ["mid-review"], "reason": "x"}),
    ):  # fmt: skip
        assert cast.nelli.post(at(draft, rest), said).status_code == 409, rest
    for rest in ("parts", "parts/documents", "parts/documents/contact-record", "lineage"):
        shown = cast.nelli.get(at(draft, rest))
        assert shown.status_code == 200 and 'name="_key"' not in shown.text


def test_unknown_kinds_and_keys_are_not_there(cast, draft):
    for rest in ("parts/poems", "parts/steps", "parts/documents/no-such", "parts/poems/x"):
        assert cast.nelli.get(at(draft, rest)).status_code == 404
        assert cast.nelli.post(at(draft, rest), NEW["documents"]).status_code == 404
    assert cast.nelli.post(at(draft, "parts/poems/x/removal")).status_code == 404


def test_a_removed_part_of_the_release_before_is_brought_back_to_its_place(cast, draft):
    before = [role["key"] for role in whole(draft)["roles"]]
    unused = next(key for key in before if not elements.uses(whole(draft)).get(("roles", key)))
    here = at(draft, f"parts/roles/{unused}")
    assert cast.nelli.post(f"{here}/removal").status_code == 303
    assert f"{here}/return" in cast.nelli.get(at(draft, "parts/roles")).text
    assert unused not in {role["key"] for role in whole(draft)["roles"]}
    assert cast.nelli.post(f"{here}/return").status_code == 303
    assert [role["key"] for role in whole(draft)["roles"]] == before
    assert cast.nelli.post(f"{here}/return").status_code == 404


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_pages_speak_three_languages_at_a_constant_cost(fresh, cast, draft, code):
    cast.nelli.get(at(draft, "parts"))
    for rest in ("parts", *(f"parts/{kind}" for kind in elements.KINDS), "parts/roles/teacher", "lineage"):
        fresh.statements.clear()
        assert cast.nelli.get(at(draft, rest), headers={"Accept-Language": code}).status_code == 200
        spent = [line for line in fresh.statements if "set_config" not in line]
        assert len(spent) <= 14, (rest, len(spent), spent)
