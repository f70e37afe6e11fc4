"""The maps and diagrams on A3: everything is on the paper, large enough to read."""

import re
import subprocess
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from parasta_saas.reference import content, drawing, printing, process_map
from parasta_saas.reference.drawing_actors import actor_sheet
from parasta_saas.reference.drawing_map import map_sheet
from parasta_saas.reference.layout import Box, Item, Lane, Link, Pool, layout
from parasta_saas.reference.layout.shapes import Rect, Words
from parasta_saas.reference.layout.tiles import Sheet, paginate

RELEASE = content.read_release()
HASH = "3f9a1c7e5b2d8406a1e4c9f07b6d2358e1f4a9c07d3b6258f0e1d2c3b4a59687"
PAPER = (printing.WIDTH, 900.0)
ACTORS = [
    {"key": key, "group": group, "name": {"fi": name}, "task": {"fi": f"{name} vastaa omasta osastaan."}}
    for key, group, name in (
        ("family", "customer", "Opiskelija ja perhe"), ("workplace", "customer", "Työpaikka"),
        ("provider", "producer", "Koulutuksen järjestäjä"), ("authorities", "stakeholder", "Viranomaiset"),
    )
]  # fmt: skip
HOMES = {"student": "family", "guardian": "family", "producer": "provider", "stakeholder": "authorities"}
ROLES = [
    role | {"actor": HOMES.get(role["key"]) or HOMES.get(role["group"], "workplace")} for role in RELEASE["roles"]
]  # fmt: skip


def base(**more) -> dict:
    return {"release": "1.1", "date": date(2026, 11, 16), "content_mark": RELEASE["content_mark"], "hash": HASH, **more}


def phases(language: str = "fi") -> list[dict]:
    return process_map.build_map(
        [SimpleNamespace(**phase) for phase in RELEASE["phases"]],
        [SimpleNamespace(**step, phase_key=step["phase"]) for step in RELEASE["steps"]],
        language=language, url_of=lambda step: "", mark_of=lambda step: "ours" if step.critical else "national",
    )  # fmt: skip


def swimlanes(steps: list[dict]):
    """A diagram of steps in a row, each in its role's lane; what changes hands between pools is a message."""
    actor = {role["key"]: role["actor"] for role in ROLES}
    used = {step["responsible"] for step in steps}
    pools = [
        Pool(a["key"], a["name"]["fi"], tuple(
            Lane(r["key"], r["name"]["fi"]) for r in ROLES if r["actor"] == a["key"] and r["key"] in used
        ))
        for a in ACTORS
    ]  # fmt: skip
    items = [
        Item(s["key"], s["responsible"], "task", s["name_soft"]["fi"], s["order"], str(s["order"]), s["critical"])
        for s in steps
    ]
    links = []
    for a, b in zip(steps[:-1], steps[1:], strict=True):
        within = actor[a["responsible"]] == actor[b["responsible"]]
        words = "" if within else a["outputs"]["fi"].split(",")[0]
        links.append(Link(a["key"], b["key"], "sequence" if within else "message", words))
    return layout(pools, items, links)


PART = [step for step in RELEASE["steps"] if step["phase"] in ("agreement", "orientation")]
PRINTS = {
    "actors": lambda code: printing.print_actor_map(base(actors=ACTORS, roles=ROLES, steps=RELEASE["steps"]), code),
    "map": lambda code: printing.print_process_map(base(phases=phases(code)), code),
    "diagram": lambda code: printing.print_diagram(base(laid=swimlanes(PART), title={"fi": "Sopiminen"}), code),
    "whole": lambda code: printing.print_diagram(base(laid=swimlanes(RELEASE["steps"]), title={"fi": "Koko"}), code),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("print")
    for name, make in PRINTS.items():
        (folder / f"{name}.pdf").write_bytes(make("fi"))
    return lambda name: folder / f"{name}.pdf"


def poppler(tool: str, *arguments) -> str:
    return subprocess.run([tool, *map(str, arguments)], check=True, capture_output=True, text=True).stdout


def pages(path) -> list[list[tuple[str, float, float, float, float]]]:
    """(word, left, top, right, bottom) in pt of each page."""
    tree = ElementTree.fromstring(poppler("pdftotext", "-bbox", path, "-").replace(' xmlns="http', ' x="http'))
    return [
        [(w.text or "", *(float(w.get(k, 0)) for k in ("xMin", "yMin", "xMax", "yMax"))) for w in page.iter("word")]
        for page in tree.iter("page")
    ]


@pytest.mark.parametrize("name", PRINTS)
def test_every_page_is_a3_across(printed, name):
    sizes = re.findall(r"Page.*size:\s+([\d.]+) x ([\d.]+)", poppler("pdfinfo", "-l", 99, printed(name)))
    assert sizes and all((round(float(w)), round(float(h))) == (1191, 842) for w, h in sizes)


@pytest.mark.parametrize("name", ["actors", "map", "diagram"])
def test_it_fits_one_page(printed, name):
    assert len(pages(printed(name))) == 1


@pytest.mark.parametrize("name", PRINTS)
def test_release_hash_mark_date_and_page_stand_on_every_page(printed, name):
    count = len(pages(printed(name)))
    for number in range(1, count + 1):
        words = poppler("pdftotext", "-layout", "-f", number, "-l", number, printed(name), "-")
        for wanted in (
            "Viitemalli 1.1",
            "Esimerkkisisältö, ei ministeriön julkaisu",
            HASH,
            HASH[:8] + " ",
            "16.11.2026",
        ):
            assert wanted in words
        assert f"Sivu {number} / {count}" in words


@pytest.mark.parametrize("name", PRINTS)
def test_every_step_is_on_the_paper_and_whole(printed, name):
    text = re.sub(r"[-\s]", "", poppler("pdftotext", printed(name), "-"))
    for step in PART if name == "diagram" else RELEASE["steps"]:
        for word in step["name"]["fi"].split():
            assert re.sub(r"-", "", word) in text


@pytest.mark.parametrize("name", PRINTS)
def test_no_word_reaches_over_the_edge_of_the_paper(printed, name):
    margin = 72 / 25.4 * 9.5
    for page in pages(printed(name)):
        for word, left, top, right, bottom in page:
            assert margin <= left and right <= 1191 - margin and 0.5 * margin <= top and bottom <= 842 - 0.5 * margin, (
                word
            )


def test_the_smallest_letters_are_six_points():
    sheets = {
        "actors": actor_sheet(ACTORS, ROLES, RELEASE["steps"]),
        "map": map_sheet(phases()),
        "diagram": printing.diagram_sheet(swimlanes(PART), "fi"),
        "whole": printing.diagram_sheet(swimlanes(RELEASE["steps"]), "fi"),
        "many phases": map_sheet([phase | {"key": str(n)} for n in range(3) for phase in phases()]),
    }
    for sheet in sheets.values():
        scale = paginate(sheet, PAPER).scale
        assert min(s.size for s in sheet.shapes if isinstance(s, Words)) * scale * 0.75 >= 6
    in_template = re.findall(r"size: ([\d.]+)pt", (printing.PRINT / "sheet.typ").read_text())
    assert min(map(float, in_template)) >= 6


def test_what_is_too_large_goes_on_tiles_and_no_word_is_cut():
    sheet = printing.diagram_sheet(swimlanes(RELEASE["steps"]), "fi")
    paging = paginate(sheet, PAPER)
    assert len(paging.tiles) > 1 and paging.scale >= 0.6
    across, down = ({tile.area[i] for tile in paging.tiles} for i in (0, 1))
    for shape in drawing.figure(swimlanes(RELEASE["steps"]), "fi").items:
        for words in (s.extent() for s in shape.shapes if isinstance(s, Words)):
            assert not any(words.x < cut < words.right for cut in across)
            assert not any(words.y < cut < words.bottom for cut in down)
    assert sum(tile.area.w * tile.area.h for tile in paging.tiles) == pytest.approx(
        (sheet.width - sheet.strip) * sheet.height
    )


def test_each_link_that_is_cut_has_its_letter_on_both_sides():
    paging = paginate(printing.diagram_sheet(swimlanes(RELEASE["steps"]), "fi"), PAPER)
    signs = [sign for tile in paging.tiles for sign in tile.signs]
    letters = [re.sub(r"\W", "", sign.text) for sign in signs]
    assert letters and all(letters.count(letter) == 2 for letter in letters)
    facing = {"right": "left", "left": "right", "top": "bottom", "bottom": "top"}
    for sign in signs:
        twin = [s for s in signs if s is not sign and s.text.strip("→←↑↓") == sign.text.strip("→←↑↓")]
        assert [s.side for s in twin] == [facing[sign.side]]


def test_the_tiles_show_where_they_belong_and_their_letters(printed):
    count = len(pages(printed("whole")))
    page = poppler("pdftotext", "-f", 2, "-l", 2, printed("whole"), "-")
    assert {str(n) for n in range(1, count + 1)} <= set(page.split())
    assert re.search(r"[→←↑↓][A-Z]\b|\b[A-Z][→←↑↓]", page)


def test_a_plain_sheet_is_cut_between_its_boxes_with_one_sign_for_each_edge():
    boxes = tuple(Rect("box", Box(300 * n, 0, 290, 400)) for n in range(12))
    paging = paginate(Sheet(3600, 400, boxes), PAPER)
    cuts = sorted(tile.area.x for tile in paging.tiles)[1:]
    assert cuts and all(not any(box.box.x < cut < box.box.right for box in boxes) for cut in cuts)
    assert [sign.text for sign in paging.tiles[0].signs] == ["A→"]
    assert "→A" in [sign.text for sign in paging.tiles[1].signs]


@pytest.mark.parametrize("name", PRINTS)
def test_the_same_data_gives_the_same_bytes(printed, name):
    assert PRINTS[name]("fi") == printed(name).read_bytes()


@pytest.mark.parametrize("code", ["sv", "en"])
@pytest.mark.parametrize("name", PRINTS)
def test_it_prints_in_the_other_languages(tmp_path, name, code):
    (tmp_path / "x.pdf").write_bytes(PRINTS[name](code))
    words = poppler("pdftotext", tmp_path / "x.pdf", "-")
    assert {"sv": "Referensmodell 1.1", "en": "Reference model 1.1"}[code] in words


def test_areas_stand_above_phases_that_follow_one_another():
    areas = [
        {"name": {"fi": "Ennen jaksoa"}, "phases": ["partnership", "needs-matching", "co-planning"]},
        {"name": {"fi": "Hajallaan"}, "phases": ["partnership", "agreement"]},
    ]
    assert printing._spans(areas, phases()) == [("Ennen jaksoa", 0, 2)]
    assert printing.print_process_map(base(phases=phases(), areas=areas), "fi").startswith(b"%PDF")


def test_a_letter_that_no_font_holds_is_named():
    laid = layout((), [Item("a", label="Kokous 🂡")])
    with pytest.raises(printing.Unprintable, match="🂡"):
        printing.print_diagram(base(laid=laid, title="Kaavio"), "fi")


def test_an_empty_release_prints_too():
    assert printing.print_actor_map(base(actors=[], roles=[], steps=[]), "fi").startswith(b"%PDF")
    assert printing.print_process_map(base(phases=[]), "fi").startswith(b"%PDF")
    assert printing.print_diagram(base(laid=layout((), ()), title=""), "fi").startswith(b"%PDF")
