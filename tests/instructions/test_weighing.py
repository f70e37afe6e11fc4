"""Weighing a draft: the real merge in each provider's own scope, numbers out, nothing else changed."""

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.instructions import impact, promises, weighing
from parasta_saas.instructions import queries as handbooks
from parasta_saas.instructions.queries import adoption, reports
from parasta_saas.reference import queries
from parasta_saas.reference import services as releases
from tests.core.probe import rows
from tests.reference import road

MINE = "select tenant_id, conflicts, clean, created_at from impact where release_id = '{}' order by tenant_id"


def of(draft):
    """(provider → counts) of the draft as it stands."""
    with acting_as("nelli") as nelli:
        release = queries.draft_for(nelli, draft)
        return dict(reports.impacts_of(nelli, draft, queries.content_print(release)))


def test_every_provider_is_counted_once_by_the_merge_it_would_get(fresh):
    draft = road.write("1.2", step="contact-response", guidance={"fi": "Aivan uusi teksti.", "sv": "En helt ny text."})
    assert weighing.weigh(draft) == 3
    counted = of(draft)
    with acting_as("nelli"):
        after = {step.key: step.content() for step in queries.steps_of(draft)}
    with system_at("lumo") as lumo:
        book = handbooks.book_of(lumo)
        before = {step.key: step.content() for step in queries.steps_of(book.release.id)}
        own = {key: weighing._mine(instruction) for key, instruction in book.instructions.items()}
        expected = impact.weigh(before, after, own)
    assert counted["Lumon koulutuskuntayhtymä"] == expected and expected.conflicts >= 1
    assert len(counted) == 3


def test_weighing_changes_no_handbook_and_offers_nothing(fresh):
    tables = ("instruction", "handbook", "national_update", "shelved_text", "mail")
    before = [
        rows(fresh, f"select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {t} t") for t in tables
    ]
    weighing.weigh(road.write("1.2"))
    assert before == [
        rows(fresh, f"select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {t} t") for t in tables
    ]


def test_weighing_again_replaces_the_numbers_and_adds_no_row(fresh):
    draft = road.write("1.2")
    weighing.weigh(draft)
    first = rows(fresh, MINE.format(draft))
    weighing.weigh(draft)
    second = rows(fresh, MINE.format(draft))
    assert [row[:3] for row in first] == [row[:3] for row in second]
    assert all(a[3] < b[3] for a, b in zip(first, second, strict=True))


def test_another_text_is_weighed_anew_and_the_old_numbers_do_not_count(fresh):
    draft = road.write("1.2")
    weighing.weigh(draft)
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, draft, "mid-review")
        releases.change_step(nelli, step, guidance={"fi": "Toisin.", "sv": "Annorlunda."})
    assert of(draft) == {}
    with acting_as("nelli") as nelli:
        sha = queries.content_print(queries.draft_for(nelli, draft))
        assert promises.impact_known(nelli, draft, sha) is False and adoption.last_weighed(draft)[0] != sha


def test_a_removed_step_leaves_its_own_words_on_the_shelf_in_numbers(fresh):
    draft = road.write("1.2")
    with acting_as("nelli"):
        after = {step.key: step.content() for step in queries.steps_of(draft)}
    with system_at("lumo") as lumo:
        book = handbooks.book_of(lumo)
        before = {step.key: step.content() for step in queries.steps_of(book.release.id)}
        own = {key: weighing._mine(instruction) for key, instruction in book.instructions.items()}
    key = next(key for key in own if own[key]["words"])
    del after[key]
    assert impact.weigh(before, after, own).orphans == 1
