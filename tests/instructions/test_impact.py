"""The impact of a draft: asked for, worked out in every handbook, read in numbers and never in words."""

import re
from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.instructions import impact_report
from parasta_saas.instructions.impact import Counts, weigh
from parasta_saas.reference import queries
from parasta_saas.reference import services as releases
from tests.reference import road
from tests.visitor import form_key

HOME = "/o/viitemalli/studio"
LATER = clock.today() + timedelta(days=90)


@pytest.fixture
def draft(fresh):
    return fresh.staged("draft 1.2", lambda: road.write("1.2"))


@pytest.fixture
def page(draft):
    return f"{HOME}/{draft}/impact"


WAS = "Kutsu kolme. Sovi aika. Kirjaa."
THEIRS, OURS = "Kutsu kolme. Sovi aika huolella. Kirjaa.", "Kutsu kolme. Sovi aika puhelimella. Kirjaa."
RENAMED = {"kind": "rename", "from": ["a"], "to": ["b"], "reason": "x"}


def step(key, guidance=WAS, **more):
    base = {"key": key, "guidance": {"fi": guidance}, "minimum": {"fi": "M."}, "time_limit": None, "participants": []}
    return {**base, "responsible": "teacher", "applies_to": [], "critical": False, **more}


def mine(guidance, base=WAS, limit=None):
    return {"guidance": {"fi": guidance}, "base": {"fi": base}, "limit": limit, "words": True}


LIMIT = {"value": 5, "unit": "working_day", "anchor": "after:enquiry", "range": {"min": 1, "max": 5}}


@pytest.mark.parametrize(
    ("after", "own", "declared", "expected"),
    [
        ({"a": step("a")}, {}, (), Counts()),
        ({"a": step("a", f"Aloita ajoissa. {WAS}")}, {"a": mine(f"{WAS} Me soitamme aina.")}, (), Counts(clean=1)),
        ({"a": step("a", THEIRS)}, {"a": mine(OURS)}, (), Counts(conflicts=1)),
        ({"a": step("a")}, {"a": mine(OURS)}, (), Counts(untouched=1)),
        ({}, {"a": mine("Oma.")}, (), Counts(orphans=1)),
        ({"b": step("b")}, {"a": mine(f"{WAS} Me soitamme aina.")}, [RENAMED], Counts(new_duties=1)),
        ({"a": step("a", minimum={"fi": "Enemmän."})}, {}, (), Counts(new_duties=1)),
        ({"a": step("a", time_limit={**LIMIT, "value": 2})}, {"a": mine(f"{WAS} Me soitamme aina.", limit=4)}, (),
         Counts(new_duties=1, out_of_range=1)),
    ],
)  # fmt: skip
def test_each_outcome_of_the_merge_is_counted_once(after, own, declared, expected):
    before = {"a": step("a", time_limit=LIMIT if any(s.get("time_limit") for s in after.values()) else None)}
    found = weigh(before, after, own, declared)
    assert {n: getattr(found, n) for n in ("orphans", "conflicts", "new_duties", "out_of_range")} == {
        n: getattr(expected, n) for n in ("orphans", "conflicts", "new_duties", "out_of_range")
    }
    assert found.clean >= expected.clean and found.untouched >= expected.untouched


def test_the_report_adds_up_and_says_how_the_questions_spread():
    rows = [
        ("a", Counts(new_duties=2)),
        ("b", Counts(conflicts=2, new_duties=2)),
        ("c", Counts(conflicts=7, clean=1, new_duties=3)),
    ]
    made = impact_report.report(rows)
    assert (made.providers, made.touched, made.total.conflicts, made.duties) == (3, 2, 9, (2, 3))
    assert [count for *_, count in made.bands] == [1, 1, 0, 1]
    assert [n for n, _ in impact_report.of_kind(rows, "conflicts")] == ["b", "c"]
    assert impact_report.of_kind(rows, "nonsense") == rows and impact_report.report([]).duties == (0, 0)


@pytest.mark.parametrize("htmx", [False, True])
def test_the_impact_is_asked_for_shown_on_its_way_and_read(fresh, cast, page, htmx):
    before = cast.nelli.get(page)
    assert "Laske vaikutukset" in before.text and "Kukin järjestäjä" not in before.text
    answer = cast.nelli.post(page, {"_key": form_key(before)}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    running = answer if htmx else cast.nelli.follow(answer)
    assert 'hx-trigger="every 1s"' in running.text and "0 / 3" in running.text
    here = re.search(r'hx-get="([^"]*asked=\d+)"', running.text)[1]
    fresh.work()
    done = cast.nelli.get(here, htmx=htmx)
    assert done.status_code == 200 and "every 1s" not in done.text and ("<html" in done.text) is not htmx
    for name in ("Lumon koulutuskuntayhtymä", "Kaaren ammattiopisto", "Yrkesinstitutet Fjärden"):
        assert name in done.text
    assert "Jos työpaikka jätti numeron" not in done.text
    assert "Laskettu" in done.text and "Laske uudelleen" in done.text


def test_numbers_are_of_one_text_and_an_old_report_says_so(fresh, cast, draft, page):
    cast.nelli.post(page, {})
    fresh.work()
    assert "Teksti on muuttunut" not in cast.nelli.get(page).text
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, draft, "mid-review")
        releases.change_step(nelli, step, guidance={"fi": "Nyt toisin.", "sv": "Nu annorlunda."})
    changed = cast.nelli.get(page).text
    assert "Teksti on muuttunut" in changed and "Kukin järjestäjä" not in changed
    way = cast.nelli.get(page.replace("/impact", "/way")).text
    assert "Teksti on muuttunut" in way and f'action="{page}"' in way


def test_the_way_says_where_the_report_is(fresh, cast, page):
    way = page.replace("/impact", "/way")
    assert "Laske se ennen hyväksymistä" in cast.nelli.get(way).text
    cast.nelli.post(page, {})
    fresh.work()
    shown = cast.nelli.get(way).text
    assert "Laskettu tästä tekstistä" in shown and page in shown
    assert page in cast.nelli.get(page.removesuffix("/impact")).text


@pytest.mark.parametrize("kind", ["touched", "conflicts", "orphans", "out_of_range", "x", "%00"])
def test_the_providers_are_filtered(fresh, cast, kind):
    shown = cast.nelli.get(f"{HOME}/{road.draft_id()}/impact?show={kind}")
    assert shown.status_code == (404 if "%00" in kind else 200)


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "0", "²"])
def test_a_wrong_moment_in_the_address_means_nobody_asked(cast, page, asked):
    assert "every 1s" not in cast.nelli.get(f"{page}?asked={asked}").text


def test_a_published_release_is_weighed_no_more(fresh, cast):
    found = road.draft_id()
    with acting_as("tapio") as tapio:
        releases.publish_release(tapio, queries.draft_for(tapio, found), transition_until=LATER)
    shown = cast.nelli.get(f"{HOME}/{found}/impact")
    assert shown.status_code == 200 and "Kukin järjestäjä" in shown.text and "Laske uudelleen" not in shown.text
    for htmx in (False, True):
        assert cast.nelli.post(f"{HOME}/{found}/impact", {}, htmx=htmx).status_code == 409


@pytest.mark.parametrize(("who", "place"), [("aino", "lumo"), ("matti", "paja"), ("siiri", "kaari")])
def test_for_everyone_else_there_is_no_report(cast, page, who, place):
    visitor = getattr(cast, who)
    for path in (page, page.replace("viitemalli", place, 1)):
        assert visitor.get(path).status_code == 404
        assert visitor.post(path, {}).status_code == 404


def test_an_unknown_release_is_nowhere(cast):
    wrong = f"{HOME}/00000000-0000-7000-8000-000000000000/impact"
    assert cast.nelli.get(wrong).status_code == 404 and cast.nelli.post(wrong, {}).status_code == 404


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_report_speaks_three_languages(cast, code):
    assert cast.nelli.get(f"{HOME}/{road.draft_id()}/impact", headers={"Accept-Language": code}).status_code == 200


def test_the_report_costs_the_same_for_any_number_of_providers(fresh, cast, page):
    for address in (page, f"{page}?asked={int(clock.now().timestamp())}"):
        cast.nelli.get(address)
        fresh.statements.clear()
        cast.nelli.get(address)
        spent = [line for line in fresh.statements if "set_config" not in line]
        assert len(spent) <= 12, spent
