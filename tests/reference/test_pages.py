"""The national map and its steps, for everyone."""

import pytest

from parasta_saas.core.db import db
from parasta_saas.reference.models import Step

MARKS = {
    "fi": "Esimerkkisisältö, ei ministeriön julkaisu",
    "sv": "Exempelinnehåll, inte ministeriets publikation",
    "en": "Example content, not a publication of the ministry",
}
TITLES = {"fi": "Viitemalli 1.0", "sv": "Referensmodell 1.0", "en": "Reference model 1.0"}


def statements(fresh) -> list[str]:
    return [line for line in fresh.statements if "set_config" not in line]


@pytest.mark.parametrize(
    ("who", "base"),
    [("tapio", "/o/viitemalli"), ("aino", "/o/lumo"), ("matti", "/o/paja"), ("ville", "/o/lumo"), ("nobody", "")],
)
def test_everyone_reads_the_same_map_and_steps(cast, who, base):
    visitor = getattr(cast, who)
    answer = visitor.get(f"{base}/reference")
    assert answer.status_code == 200
    assert answer.text.count('class="step') == 51 and "Yhteyden\u00adottoon" in answer.text
    step = visitor.get(f"{base}/reference/contact-response")
    assert step.status_code == 200 and "Jokainen työpaikan yhteydenotto saa nimetyn yhteyshenkilön" in step.text
    assert f'href="{base}/reference#vaihe-1"' in step.text
    for page in (answer, step):
        assert MARKS["fi"] in page.text


@pytest.mark.parametrize("code", MARKS)
def test_the_content_says_of_itself_that_it_is_an_example(cast, code):
    for path in ("/reference", "/reference/agreement-sign"):
        answer = cast.nobody.get(path, headers={"Accept-Language": code})
        assert MARKS[code] in answer.text and TITLES[code] in answer.text


def test_the_map_costs_the_same_whatever_it_holds(fresh, cast):
    cast.tapio.get("/o/viitemalli/reference")
    fresh.statements.clear()
    answer = cast.tapio.get("/o/viitemalli/reference")
    assert len(statements(fresh)) <= 7, statements(fresh)
    assert len(answer.data) <= 40_000
    fresh.statements.clear()
    cast.tapio.get("/o/viitemalli/reference/contact-response")
    assert len(statements(fresh)) <= 8, statements(fresh)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?critical=1", 15),
        ("?form=training_agreement", 48),
        ("?role=guardian&view=operating", 2),
        ("?role=nobody&view=upside&form=handshake&critical=perhaps", 51),
    ],
)
def test_the_map_is_narrowed_by_its_address(cast, query, shown):
    for htmx in (False, True):
        answer = cast.nobody.get(f"/reference{query}", htmx=htmx)
        assert answer.status_code == 200
        assert answer.text.count('class="step') - answer.text.count(' off"') == shown


def test_nothing_fits_is_said_with_a_way_out(cast):
    answer = cast.nobody.get("/reference?role=guardian&view=operating&critical=1")
    assert "Näytä koko kartta" in answer.text


def test_the_tabs_keep_the_chosen_role(cast):
    answer = cast.aino.get("/o/lumo/reference?role=guardian")
    assert 'href="/o/lumo/reference?critical=1&amp;role=guardian"' in answer.text


@pytest.mark.parametrize(
    "path", ["/reference/no-such-step", "/reference/%00", "/reference?release=1.1", "/reference?release=%00"]
)
def test_what_is_not_published_is_not_there(cast, path):
    for visitor, base in ((cast.nobody, ""), (cast.aino, "/o/lumo"), (cast.tapio, "/o/viitemalli")):
        assert visitor.get(base + path).status_code == 404


def test_a_step_shows_its_statute_with_how_certain_it_is(cast):
    text = cast.nobody.get("/reference/employment-contract").text
    assert "Säädös" in text and "Viittauksen varmuus" in text
    assert "Mihin tämä perustuu" in cast.nobody.get("/reference/contact-response").text


def test_no_text_of_the_release_is_markup(fresh, cast):
    with fresh.superuser_connection() as connection:
        connection.execute("alter table reference_step disable trigger user")
        connection.execute(
            "update reference_step set guidance = jsonb_build_object('fi', %s::text),"
            " name = jsonb_build_object('fi', %s::text) where key = 'mid-review'",
            ("<script>alert(1)</script> [a](javascript:alert(2))", "<b>Nimi</b>"),
        )
    fresh.dirty = True
    text = cast.nobody.get("/reference/mid-review").text
    assert "<script>alert" not in text and '="javascript:' not in text and "<b>Nimi" not in text


def test_the_print_button_and_paper_are_there(cast):
    assert "data-print" in cast.nobody.get("/reference").text


def test_every_step_opens(fresh, cast):
    for key in db.session.scalars(db.select(Step.key).distinct()).all():
        assert cast.nobody.get(f"/reference/{key}").status_code == 200, key
