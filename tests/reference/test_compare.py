"""Two texts of the reference process side by side: what is new, gone, moved and changed, in plain words."""

import copy

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.i18n import using
from parasta_saas.reference import comparison, content, parts, queries, telling
from tests.reference import road

HOME = "/o/viitemalli/studio"
FIRST = content.read_release()
PARTS = {k: v for k, v in parts.read_parts().items() if k not in ("steps", "roles_of_actors")}


def whole():
    frame = content.frame_of(FIRST)
    return copy.deepcopy({"frame": frame, "phases": FIRST["phases"], "steps": FIRST["steps"], "parts": PARTS})


def told(before, after, language="fi"):
    with using(language):
        return telling.tell(comparison.compare(before, after), before, after)


def words(row):
    return tuple("".join(s.text for s in side) if side else "" for side in (row.before, row.after))


@pytest.fixture
def draft(fresh):
    return f"{HOME}/{road.draft_id()}/compare"


def test_the_same_content_tells_nothing():
    assert told(whole(), whole()) == telling.Told([], [])


@pytest.mark.parametrize(
    ("field", "value", "label", "said"),
    [
        ("responsible", "student", "Vastaa", "opiskelija"),
        ("participants", ["student", "teacher"], "Osallistuu", "opiskelija, opettaja"),
        ("applies_to", ["apprenticeship"], "Sopimusmuoto", "oppisopimus"),
        ("view", "operating", "Prosessi", "Toimintaprosessi"),
        ("basis", "law", "Mihin tämä perustuu", "laki"),
        ("statute", "1/2030 1 §", "Säädös", "1/2030 1 §"),
        ("critical", None, "Kriittinen piste", "Ei"),
    ],
)  # fmt: skip
def test_a_changed_value_is_told_in_plain_words(field, value, label, said):
    before, after = whole(), whole()
    step = after["steps"][0]
    before["steps"][0][field] = [] if isinstance(value, list) else None if field != "critical" else True
    step[field] = value
    rows = told(before, after).steps[0].rows
    assert [(row.label, words(row)[1]) for row in rows if words(row)[1]] == [(label, said)]


def test_a_time_limit_is_told_with_its_range_and_unit():
    before, after = whole(), whole()
    after["steps"][0]["time_limit"] = {**after["steps"][0]["time_limit"], "value": 1}
    (row,) = told(before, after).steps[0].rows
    assert "arkipäivä" in words(row)[0] and "1–2" in words(row)[0] and words(row)[0] != words(row)[1]


def test_documents_and_what_a_provider_may_do_are_told_by_name():
    before, after = whole(), whole()
    after["steps"][0]["documents"] = {"in": ["enquiry"], "out": []}
    after["steps"][0]["field_policy"] = {**after["steps"][0]["field_policy"], "guidance": "locked"}
    said = " ".join(words(row)[1] for row in told(before, after).steps[0].rows)
    assert "yhteydenotto" in said and "täsmälleen näin" in said


def test_added_removed_and_moved_steps_are_counted_each():
    before, after = whole(), whole()
    gone = after["steps"].pop(3)
    after["steps"].append({**gone, "key": "brand-new", "order": 99})
    moved = after["steps"][5]
    moved["phase"] = after["phases"][-1]["key"]
    made = told(before, after)
    assert {k: v for k, v in made.counts.items() if v} == {"added": 1, "removed": 1, "moved": 1}
    (story,) = made.only("moved").steps
    assert story.key == moved["key"] and after["phases"][-1]["name"]["fi"] in story.moved
    assert [s.key for s in made.only("added").steps] == ["brand-new"] and made.only("removed").steps[0].key == gone[
        "key"
    ]
    assert made.only("removed").steps[0].rows[0].after is None and made.only("nonsense") == made


def test_parts_are_told_by_what_they_are_called():
    before, after = whole(), whole()
    after["parts"]["documents"][0]["name"] = {"fi": "viesti", "sv": "meddelande", "en": "message"}
    after["parts"]["documents"][0]["kind"] = "record"
    gone = after["parts"]["handovers"].pop(0)
    made = told(before, after)
    assert made.counts["parts"] == 2 and not made.steps
    by = {story.key: story for story in made.parts}
    renamed, removed = by["enquiry"], by[gone["key"]]
    assert renamed.name == "viesti" and {row.language for row in renamed.rows} == {"fi", "sv", "en", ""}
    assert removed.kind == "removed" and "→" in removed.name


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_change_can_be_told_in_every_language(language):
    before, after = whole(), whole()
    for step in after["steps"]:
        step |= {"responsible": "student", "participants": [], "time_limit": None, "statute": None, "links": ["x"]}
    for things in after["parts"].values():
        for thing in things:
            for name in [name for name in thing if name not in ("key", "name")]:
                thing[name] = None if not isinstance(thing[name], list) else []
    made = told(before, after, language)
    assert len(made.steps) == len(before["steps"]) and len(made.parts) > 50
    assert told(after, before, language).counts["parts"] == made.counts["parts"]


@pytest.mark.parametrize("htmx", [False, True])
def test_a_draft_is_compared_with_what_it_was_copied_from(cast, draft, htmx):
    page = cast.nelli.get(draft, htmx=htmx)
    assert page.status_code == 200 and page.text.count('class="sheet change"') == 12
    assert ("<html" in page.text) is not htmx
    assert "<ins>" in page.text and "<del>" in page.text


def test_a_draft_is_compared_with_another_draft_and_filtered(fresh, cast, draft):
    other = f"{HOME}/{road.write('1.2')}/compare"
    page = cast.nelli.get(f"{other}?with=1.1")
    assert page.status_code == 200 and "1.1 ja 1.2 rinnakkain" in page.text
    assert page.text.count('class="sheet change"') >= 12
    only = cast.nelli.get(f"{other}?with=1.1&show=added").text
    assert 'class="sheet change"' not in only and "Tällaista muutosta ei ole" in only
    assert cast.nelli.get(f"{other}?with=1.0").text.count('class="sheet change"') == 1


def test_the_fitting_number_is_told_where_another_was_chosen(fresh, cast):
    made = road.write("1.2", minimum={"fi": "Pidetään aina.", "sv": "Hålls alltid."})
    assert "2.0" in cast.nelli.get(f"{HOME}/{made}/compare").text
    fits = road.write("3.0", minimum={"fi": "Pidetään aina.", "sv": "Hålls alltid."})
    assert "Vaihda numero" not in cast.nelli.get(f"{HOME}/{fits}/compare").text


def test_the_first_release_asks_what_to_compare_with(cast):
    with acting_as("nelli"):
        first = queries.release_numbered("1.0").id
    page = cast.nelli.get(f"{HOME}/{first}/compare")
    assert page.status_code == 200 and "Valitse, mihin verrataan" in page.text
    assert cast.nelli.get(f"{HOME}/{first}/compare?with=1.1").status_code == 200


@pytest.mark.parametrize("asked", ["9.9", "x", "1.0'--", "%00", "ä" * 300])
def test_an_unknown_number_is_nowhere(cast, draft, asked):
    assert cast.nelli.get(f"{draft}?with={asked}").status_code == 404


@pytest.mark.parametrize(("who", "place"), [("aino", "lumo"), ("matti", "paja"), ("siiri", "kaari")])
def test_for_everyone_else_there_is_no_comparison(cast, draft, who, place):
    for path in (draft, draft.replace("viitemalli", place, 1)):
        assert getattr(cast, who).get(path).status_code == 404


def test_a_comparison_costs_the_same_for_every_draft(fresh, cast, draft):
    cast.nelli.get(draft)
    fresh.statements.clear()
    cast.nelli.get(draft)
    spent = [line for line in fresh.statements if "set_config" not in line]
    assert len(spent) <= 15, spent
