"""Where the update desk and the engine once said different things, one example each."""

from random import Random

import pytest

from parasta_saas.instructions.conflicts import Matter
from parasta_saas.instructions.offers import proposal
from parasta_saas.instructions.overlay import merge_overlay
from parasta_saas.instructions.rolling import roll_forward
from parasta_saas.instructions.succession import plan
from tests.instructions.nation import offered, publish, take
from tests.instructions.realm import Desk, Nation, nation, person, realm
from tests.instructions.worlds import Maker

LUMOS = "Ohjaaja saa tavoitteet selkokielisenä listana sähköpostiin ennen jakson alkua."
NATION, OWN = "Sovi aika. Kirjaa tavoitteet.", "Sovi aika puhelimella. Kirjaa tavoitteet."


def step(key: str, policy: str = "open", **texts):
    made = {**Maker(1).step(key, "p0"), "guidance": {"fi": NATION, "sv": "Boka tid."}, "time_limit": None}
    return {**made, "field_policy": {"guidance": policy}, **texts}


def world(before, after, steps, lineage=(), added=()) -> Nation:
    contents = [{"phases": [{"key": "p0", "name": {"fi": "p0"}}], "steps": each} for each in (before, after)]
    return Nation(contents, [list(lineage)], {"steps": steps, "added": list(added)}, Random(1), Maker(1))


@pytest.fixture
def at_desk(fresh):
    """Everything a desk does up to taking the update, and the desk to look at."""
    nelli, aino = person("nelli"), person("aino")
    opened = []

    def through(made: Nation) -> Desk:
        opened.append(realm(nelli, made))
        desk = Desk(aino, opened[-1].__enter__(), made.random)
        desk.enter()
        desk.write(made.overlay)
        desk.offer()
        return desk

    yield through
    for each in opened:
        each.__exit__(None, None, None)


def lying(desk: Desk) -> list[tuple[str, str, str]]:
    return sorted((row.language, row.text, row.origin["why"]) for row in desk.shelf)


@pytest.mark.parametrize("policy", ["locked", "floor"])
def test_a_release_that_only_ties_the_words_lays_rewritten_ones_aside(at_desk, policy):
    """The step was not in the update at all: its words stayed in force, and the handbook could not be read."""
    made = world([step("a"), step("b")], [step("a", policy), step("b")], {"a": {"guidance": {"fi": OWN}}})
    desk = at_desk(made)
    [state] = desk.states
    assert (state.item.step_key, state.asks, state.proposal.aside) == ("a", False, ("fi",))
    desk.take()
    assert desk.own == {}
    assert lying(desk) == [("fi", "Sovi aika puhelimella.", "locked")]
    assert desk.manual.entry("a").view["guidance"]["fi"] == NATION


def test_one_language_laid_aside_leaves_the_other_where_it_is(at_desk):
    """A floor broken in Finnish took the Swedish words off the step, too."""
    own = {"fi": OWN, "sv": "Boka tid. Ring alltid."}
    desk = at_desk(world([step("a")], [step("a", "floor")], {"a": {"guidance": own}}))
    desk.take()
    assert desk.own == {"a": {"guidance": {"sv": "Boka tid. Ring alltid."}}}
    assert lying(desk) == [("fi", "Sovi aika puhelimella.", "locked")]


@pytest.mark.parametrize(("policy", "questions"), [("open", 1), ("floor", 0), ("locked", 0)])
def test_nothing_is_asked_where_only_the_national_words_can_stand(at_desk, policy, questions):
    """The desk asked, and an own sentence that was kept lay on the shelf all the same."""
    new = {"fi": "Sovi aika ajoissa. Kirjaa tavoitteet.", "sv": "Boka tid."}
    desk = at_desk(world([step("a")], [step("a", policy, guidance=new)], {"a": {"guidance": {"fi": OWN}}}))
    assert [len(state.proposal.questions) for state in desk.states] == [questions]
    assert len(proposal({"fi": NATION}, new, {"fi": OWN}, policy).questions) == questions


def test_former_national_sentences_are_not_laid_on_the_shelf_as_own_ones(at_desk):
    """A step that comes to another one's text laid that step's whole former guidance aside."""
    between = NATION.replace(". ", ". Soita aina. ", 1)
    after = [step("c", "floor", guidance={"fi": "Aivan muu teksti.", "sv": "En helt annan text."})]
    entry = {"kind": "rename", "from": ["a"], "to": ["c"], "reason": "r"}
    desk = at_desk(world([step("a")], after, {"a": {"guidance": {"fi": between}}}, [entry]))
    desk.answer()
    desk.take()
    assert [text for _code, text, _why in lying(desk)] == ["Soita aina."]


def test_of_two_steps_that_become_one_the_first_is_the_one_named_first(at_desk):
    """The desk took the one that stood first on the map; the specification and the engine take A of A, B → C."""
    note = {key: {"note": {"fi": f"Askelen {key} sanat."}} for key in "ab"}
    entry = {"kind": "merge", "from": ["b", "a"], "to": ["c"], "reason": "r"}
    desk = at_desk(world([step("a"), step("b")], [step("c")], note, [entry]))
    fates = {state.item.step_key: (state.item.fate, state.item.source_key) for state in desk.states}
    assert fates == {"c": ("follows", "b"), "a": ("meets", "a")}


def test_an_own_step_behind_one_that_others_joined_stays_there_when_we_go_back(at_desk):
    """Going back led it behind the step that had joined, in another phase."""
    entry = {"kind": "merge", "from": ["a"], "to": ["b"], "reason": "r"}
    own = {"key": "own-1", "after": "b", "name": {"fi": "Oma"}}
    note = {"a": {"note": {"fi": "Oma."}}}
    desk = at_desk(world([step("a"), step("b")], [step("b")], note, [entry], [own]))
    desk.take()
    desk.go_back()
    assert list(desk.own_steps.values()) == [("p0", "b")]
    assert desk.own == note


def test_a_step_that_others_join_is_first_also_where_it_is_split_later():
    """Two releases at once: the one that joined was taken for the first."""
    note = {"note": {"fi": "Oma."}}
    contents = [{"phases": [], "steps": [step(key) for key in keys]} for keys in ("ab", "b", "cd")]
    ways = [
        [{"kind": "merge", "from": ["a"], "to": ["b"], "reason": "r"}],
        [{"kind": "split", "from": ["b"], "to": ["c", "d"], "reason": "r"}],
    ]
    before, after = ({s["key"]: {**s, "order": 1} for s in contents[at]["steps"]} for at in (0, 2))
    fates = {place.key: (place.fate, place.source) for place in plan(before, after, {"a", "b"}, ways)}
    assert fates == {"c": ("split", "b"), "d": ("new", "d"), "a": ("meets", "a")}
    asked = roll_forward(contents, ways, {"steps": {"a": note, "b": note}}).conflicts
    assert [list(c.ours) for c in asked if c.kind is Matter.MERGE_REVIEW] == [["b", "a"]]


def test_the_engine_finds_lists_of_an_own_step_that_moves():
    """It stopped as if it had lost them: empty lists and lists of plain words were looked for as one value."""
    own = {"key": "own-1", "phase": "p0", "after": "a", "name": {"fi": "Oma"}, "applies_to": [], "roles": ["teacher"]}
    entry = {"kind": "rename", "from": ["a"], "to": ["c"], "reason": "r"}
    made = world([step("a")], [step("c")], {}, [entry], [own])
    assert merge_overlay(made.base, made.theirs, made.overlay, [entry]).overlay["added"] == [{**own, "after": "c"}]


def test_the_engine_is_silent_on_a_note_beside_a_step_that_only_moved():
    """Place is no word: the specification lets overlays follow a move silently."""
    moved = {**step("a"), "phase": "p1"}
    entry = {"kind": "move", "from": ["a"], "to": ["a"], "reason": "r"}
    made = world([step("a"), step("b")], [moved, step("b")], {"a": {"note": {"fi": "Oma."}}}, [entry])
    found = merge_overlay(made.base, made.theirs, made.overlay, [entry]).notes
    assert [note.kind for note in found] == [Matter.MOVED]


def test_the_engine_asks_of_a_split_after_a_merge_as_well():
    """Two releases at once: joined in the first, split in the second. Only the joining was asked about."""
    note = {"a": {"note": {"fi": "Oma."}}}
    contents = [{"phases": [], "steps": [step(key) for key in keys]} for keys in ("ab", "c", "de")]
    lineages = [
        [{"kind": "merge", "from": ["a", "b"], "to": ["c"], "reason": "r"}],
        [{"kind": "split", "from": ["c"], "to": ["d", "e"], "reason": "r"}],
    ]
    [asked] = roll_forward(contents, lineages, {"steps": note}).conflicts
    assert (asked.kind, asked.homes) == (Matter.SPLIT_REVIEW, ("d", "e"))


def test_a_world_of_a_number_is_always_the_same():
    assert nation(17, 2).contents == nation(17, 2).contents
    assert nation(17).overlay == nation(17).overlay


def test_the_desk_says_before_that_own_words_will_rest_and_where_they_are_after(fresh, cast):
    """Lumo has rewritten a sentence of a step whose guidance nobody may reword any more."""

    def lock(draft):
        step = draft.step("goals-and-tasks")
        step.field_policy = {**step.field_policy, "guidance": "locked"}

    publish("1.2", lock)
    fresh.work()
    url = offered(cast.aino)
    page = cast.aino.get(f"{url}?step=goals-and-tasks").text
    assert "Yhden askeleen ohje on tästä lähtien valtakunnallisen tekstin mukainen." in page
    assert "Ohje on tässä tästä lähtien valtakunnallisen tekstin mukainen." in page
    assert LUMOS in page
    take(cast.aino, url)
    assert LUMOS in cast.aino.get("/o/lumo/shelf").text
    assert LUMOS not in cast.aino.get("/o/lumo/map/goals-and-tasks").text
