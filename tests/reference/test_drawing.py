"""A diagram on the screen and the same as text: nothing is missing in either."""

import re
from pathlib import Path as Folder
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from jinja2 import Environment, FileSystemLoader

from parasta_saas.core import i18n
from parasta_saas.reference import drawing
from parasta_saas.reference.layout import Box, Item, Laid, Lane, Link, PlacedItem, PlacedPool, Pool, layout
from parasta_saas.reference.layout.shapes import Path, Words
from tests.reference.test_layout import diagrams

POOLS = (
    Pool("work", "Työpaikka", (Lane("boss", "työpaikan edustaja"),)),
    Pool("school", "Koulutuksen järjestäjä", (Lane("teacher", "opettaja"), Lane("office", "sopimuskoordi­naattori"))),
)
ITEMS = [
    Item("go", "teacher", "start", "Paikka on sovittu", 0),
    Item("call", "teacher", "task", "Yhteis­suunnitteluun kutsuminen", 1, "12", critical=True, url="/steps/call"),
    Item("ok", "teacher", "exclusive", "Sopiiko aika?", 2),
    Item("draft", "office", "task", "Sopimuksen <laatiminen>", 3, "20", url="/steps/draft"),
    Item("read", "boss", "task", "Sopimuksen lukeminen", 4),
    Item("paper", "office", "data", "sopimus", 5),
]
LINKS = [
    Link("go", "call"), Link("call", "ok"), Link("ok", "draft", label="kyllä"), Link("ok", "call", label="ei"),
    Link("draft", "read", "message", "sopimusluonnos"), Link("draft", "paper", "association"),
]  # fmt: skip
LAID = layout(POOLS, ITEMS, LINKS)


@pytest.fixture(scope="module")
def page():
    env = Environment(loader=FileSystemLoader(Folder(__file__).resolve().parents[2] / "templates"), autoescape=True)
    i18n.install(env)
    env.globals["ui"] = SimpleNamespace(pill=lambda kind, text: text)
    source = (
        '{% from "reference/_diagram.svg.html" import diagram, diagram_text with context %}'
        '<main>{{ diagram(figure, "Kaavio", "text") }}{{ diagram_text(sections, "text") }}</main>'
    )
    with i18n.using("fi"):
        words = env.from_string(source).render(figure=drawing.figure(LAID), sections=drawing.reading(LAID))
    return ElementTree.fromstring(words)


def test_every_step_is_a_link_that_says_its_name_place_and_weight(page):
    links = {a.get("href"): a.get("aria-label") for a in page.iter("a") if a.get("aria-label")}
    assert links == {
        "/steps/call": "12 Yhteissuunnitteluun kutsuminen, kriittinen piste, opettaja",
        "/steps/draft": "20 Sopimuksen <laatiminen>, sopimuskoordinaattori",
    }


def test_what_leads_nowhere_still_says_what_it_is(page):
    names = [g.get("aria-label") for g in page.iter("g") if g.get("role") == "img"]
    assert "Valinta: Sopiiko aika?, opettaja" in names and "Asiakirja: sopimus, sopimuskoordinaattori" in names


def test_the_picture_has_no_style_of_its_own_and_no_colour(page):
    assert not any(key in ("style", "fill", "stroke") for element in page.iter() for key in element.attrib)


def test_a_critical_point_is_marked_with_a_shape_and_a_word():
    part = next(part for part in drawing.figure(LAID, "sv").items if part.key == "call")
    assert any(isinstance(shape, Path) and shape.look == "diamond" for shape in part.shapes)
    assert "12 kritisk punkt" in [shape.text for shape in part.shapes if isinstance(shape, Words)]


def test_words_inside_a_box_stay_inside_it():
    figure = drawing.figure(LAID, "fi")
    boxes = {placed.item.key: placed.box for placed in LAID.items if placed.item.kind == "task"}
    for part in figure.items:
        if part.key in boxes:
            assert all(boxes[part.key].holds(s.extent()) for s in part.shapes if isinstance(s, Words))


def test_a_name_in_a_small_box_of_a_file_gets_smaller_letters():
    item = Item("a", label="Muissa oppimisympäristöissä hankittavan osaamisen suunnittelu")
    laid = Laid(200, 200, (PlacedPool("p", "Pysty", Box(0, 0, 200, 200), 0),), (),
                (PlacedItem(item, Box(20, 40, 100, 80), "p"),))  # fmt: skip
    words = [s for s in drawing.figure(laid, "fi").shapes() if isinstance(s, Words)]
    assert words[0].text == "Pysty" and {w.size for w in words[1:]} < {10.0, 11.0, 12.0, 13.0}
    assert all(Box(20, 40, 100, 80).holds(w.extent()) for w in words[1:])


def test_the_text_tells_the_same_in_the_order_of_the_flow():
    sections = drawing.reading(LAID, "fi")
    assert [section.title for section in sections] == [
        "Työpaikka: työpaikan edustaja",
        "Koulutuksen järjestäjä: opettaja",
        "Koulutuksen järjestäjä: sopimuskoordi­naattori",
    ]
    start, call, choice = sections[1].entries
    assert start.lines == ("sen jälkeen: 12 Yhteissuunnitteluun kutsuminen",)
    assert call.critical and call.url == "/steps/call"
    assert choice.lines == (
        "sen jälkeen (ei): 12 Yhteissuunnitteluun kutsuminen",
        "sen jälkeen (kyllä): 20 Sopimuksen <laatiminen> (sopimuskoordinaattori)",
    )
    assert "lähettää: sopimusluonnos → Sopimuksen lukeminen (työpaikan edustaja)" in sections[2].entries[0].lines
    assert sections[0].entries[0].lines == (
        "saa: sopimusluonnos ← 20 Sopimuksen <laatiminen> (sopimuskoordinaattori)",
    )  # fmt: skip


def test_names_that_stand_twice_get_a_number():
    laid = layout((), [Item("a", label="Kokous"), Item("b", label="Kokous", rank=1)], [Link("a", "b")])
    (section,) = drawing.reading(laid, "fi")
    assert [entry.name for entry in section.entries] == ["Kokous (1)", "Kokous (2)"]
    assert section.entries[0].lines == ("sen jälkeen: Kokous (2)",)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(diagrams())
def test_every_node_and_every_link_is_in_the_picture_and_in_the_text(diagram):
    laid = layout(*diagram)
    _, items, links = diagram
    figure, sections = drawing.figure(laid, "fi"), drawing.reading(laid, "fi")
    entries = [entry for section in sections for entry in section.entries]
    assert sorted(part.key for part in figure.items) == sorted(item.key for item in items)
    assert sorted(entry.key for entry in entries) == sorted(item.key for item in items)
    assert len([part for part in figure.links if part.look != "words"]) == len(links)
    lines = [line for entry in entries for line in entry.lines] + [line for s in sections for line in s.lines]
    told = [line for line in lines if not re.match("saa: |kuuluu askeleeseen: ", line)]
    assert len(told) == len(links)
