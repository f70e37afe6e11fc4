"""Which of our keys an imported node means: alias, lineage, else a person is asked."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from parasta_saas.reference.bpmn import Match, Place, match, places, read

KNOWN = [
    Place("k-ask", "userTask", "Kysytään työpaikkaa", "Opettaja", after=("Sovitaan tavoitteet",)),
    Place("k-goals", "userTask", "Sovitaan tavoitteet", "Opettaja", ("Kysytään työpaikkaa",), ("Arvioidaan",)),
    Place("k-assess", "task", "Arvioidaan", "Ohjaaja", ("Sovitaan tavoitteet",)),
]


def one(node: Place, aliases=None, lineage=(), known=KNOWN) -> Match:
    (found,) = match([node], known, aliases or {}, lineage)
    return found


def test_an_alias_decides_whatever_the_name_says():
    assert one(Place("T1", "endEvent", "Aivan muuta"), {"T1": "k-goals"}) == Match("T1", "k-goals", "alias")


def test_many_ids_may_mean_one_key():
    found = match([Place("T1", "task"), Place("T2", "task")], KNOWN, {"T1": "k-goals", "T2": "k-goals"})
    assert [(m.key, m.how) for m in found] == [("k-goals", "alias")] * 2


def test_lineage_leads_from_an_old_key_to_its_heir_over_several_releases():
    lineage = [
        {"kind": "rename", "from": ["k-old"], "to": ["k-older"]},
        {"kind": "merge", "from": ["k-older", "k-other"], "to": ["k-assess"]},
    ]
    assert one(Place("T1", "task"), {"T1": "k-old"}, lineage) == Match("T1", "k-assess", "lineage")


def test_the_parts_of_a_split_are_suggested_not_chosen():
    lineage = [{"kind": "split", "from": ["k-old"], "to": ["k-ask", "k-goals"]}]
    found = one(Place("T1", "task", "Jotain"), {"T1": "k-old"}, lineage)
    assert (found.key, found.how, [key for key, _ in found.candidates]) == (None, "suggested", ["k-ask", "k-goals"])


def test_what_was_removed_has_no_heir():
    lineage = [{"kind": "remove", "from": ["k-old"], "to": []}]
    assert one(Place("T1", "task", "Xyz"), {"T1": "k-old"}, lineage) == Match("T1", None, "new")


def test_even_the_very_same_name_type_lane_and_neighbours_are_only_a_suggestion():
    same = Place("T9", "userTask", "sovitaan  TAVOITTEET", "Opettaja", ("Kysytään työpaikkaa",), ("Arvioidaan",))
    found = one(same)
    assert (found.key, found.how, found.candidates[0]) == (None, "suggested", ("k-goals", 1.0))


def test_a_key_that_an_alias_has_taken_is_not_suggested_to_another_node():
    nodes = [Place("T1", "userTask"), Place("T2", "userTask", "Sovitaan tavoitteet", "Opettaja")]
    found = match(nodes, KNOWN, {"T1": "k-goals"})
    assert "k-goals" not in dict(found[1].candidates)


def test_another_kind_of_element_or_no_name_is_new():
    assert one(Place("G", "exclusiveGateway", "Sovitaan tavoitteet")).how == "new"
    assert one(Place("T", "userTask", "")).how == "new"


def test_a_process_is_read_as_places_with_lanes_and_neighbours():
    path = Path(__file__).parent / "files" / "read" / "every_kind.bpmn"
    found = {place.id: place for place in places(read(path.read_bytes()).document)}
    assert found["Step_userTask"] == Place(
        "Step_userTask", "userTask", "Step userTask", "Opettaja", ("Step task",), ("Step manualTask",)
    )
    assert "Sub_task" in found and "Note" not in found and "Plan" not in found


names = st.sampled_from(("Sovitaan tavoitteet", "Arvioidaan", "Kysytään", ""))
some = st.lists(st.builds(Place, st.sampled_from("abcdef"), st.sampled_from(("task", "userTask", "endEvent")), names))


@given(some, some, st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_a_key_is_given_only_by_alias_or_lineage(nodes, known, aliases):
    found = match(nodes, known, aliases)
    assert [m.node_id for m in found] == [node.id for node in nodes]
    for each in found:
        assert (each.key is not None) == (each.how in ("alias", "lineage"))
        assert each.key is None or aliases[each.node_id] == each.key
    assert match(nodes, list(reversed(known)), aliases) == found or len({k.id for k in known}) < len(known)
