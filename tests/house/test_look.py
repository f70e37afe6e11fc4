"""The look keeps its promises: safe markup, readable colours, pieces that stand alone. No database, no browser."""

import json
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from parasta_saas import front
from parasta_saas.core import i18n
from parasta_saas.reference.process_map import build_map

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "parasta_saas/static"
CSS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
PAGES = [p for p in sorted((ROOT / "templates").rglob("*.html")) if p.parent.name != "mail"]
DATA = ROOT / "parasta_saas/reference/data"
ROUTES = (
    "accounts.set_language", "accounts.sign_in", "accounts.sign_out", "core.accessibility", "core.privacy",
    "tenants.organisations", "reference_public.map", "diagrams_public.index", "guides_public.index",
    "glossary_public.page", "site.index", "rounds_public.index",
)  # fmt: skip

# text on ground, least contrast (WCAG 2.1: 1.4.3 text 4.5, 1.4.11 borders of controls and focus 3)
PAIRS = [
    *((ink, paper, 4.5) for ink in ("ink", "ink-2", "ink-3", "spruce", "ember", "heather", "moss", "lingon")
      for paper in ("birch", "sheet", "bark")),
    ("on-dark", "spruce", 4.5), ("on-dark", "spruce-deep", 4.5), ("sheet", "ink", 4.5),
    *((name, f"{name}-tint", 4.5) for name in ("spruce", "ember", "heather", "moss", "lingon")),
    *(("ink", f"{name}-tint", 4.5) for name in ("spruce", "ember", "heather", "moss", "lingon")),
    *((f"p{n}", f"p{n}t", 4.5) for n in range(1, 10)), *(("ink", f"p{n}m", 4.5) for n in range(1, 10)),
    ("edge", "sheet", 3), ("edge", "birch", 3), ("edge", "bark", 3), ("focus", "birch", 3), ("focus", "sheet", 3),
]  # fmt: skip


@pytest.fixture(scope="module")
def shown():
    """Jinja as every page has it, with the addresses that the frame needs."""
    app = Flask("look", template_folder=str(ROOT / "templates"), static_folder=str(STATIC))
    app.config["PARASTA_DEMO"] = True
    front.init(app)
    for endpoint in ROUTES:
        app.add_url_rule("/" + endpoint, endpoint, lambda: "")

    def render(source: str, language: str = "fi", htmx: bool = False, **context) -> str:
        with app.test_request_context(headers={"HX-Request": "true"} if htmx else {}), i18n.using(language):
            return app.jinja_env.from_string(source).render(**front._context(), **context)

    return render


@pytest.fixture
def form():
    return SimpleNamespace(key="k1", values={"name": "Paja <Oy>"}, errors={"name": ["Kirjoita nimi."]})


def phases(name: str | None = None) -> list[dict]:
    """The first release as the map takes it: 9 phases, 51 steps; `name` for every step instead of its own."""
    phase_of = [SimpleNamespace(**p) for p in json.loads((DATA / "frame.json").read_text())["phases"]]
    steps = [step for part in ("01-26", "27-51") for step in json.loads((DATA / f"steps-{part}.json").read_text())]
    return build_map(
        phase_of,
        [_step(step, name) for step in steps],
        language="fi",
        mark_of=lambda step: ("ours", "waits", "national")[step.order % 3],
        run_of=lambda step: ("done", "now", "next", "todo")[step.order % 4],
        url_of=lambda step: f"/o/lumo/map/{step.key}",
    )


def _step(step: dict, name: str | None) -> SimpleNamespace:
    renamed = {"name": {"fi": name}, "name_soft": {}} if name else {}
    return SimpleNamespace(**{**step, **renamed}, phase_key=step["phase"])


def tokens(theme: str) -> dict[str, str]:
    block = (STATIC / "css/tokens.css").read_text().split(f'[data-bs-theme="{theme}"] {{')[1].split("\n}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6})", block))


def brightness(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.1, definitions)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_and_controls_are_readable(theme):
    colours = {**tokens("light"), **(tokens("dark") if theme == "dark" else {})}
    weak = [
        f"{ink} on {ground}: {contrast(colours[ink], colours[ground]):.2f}"
        for ink, ground, least in PAIRS
        if contrast(colours[ink], colours[ground]) < least
    ]
    assert weak == []


def test_colours_are_written_in_one_place():
    allowed = {"#fff", "#0C1412"}  # paper, the veil behind a dialog
    strays = [f"{p.name}: {c}" for p in CSS if p.name != "tokens.css"
              for c in re.findall(r"#[0-9A-Fa-f]{3,8}\b", p.read_text()) if c not in allowed]  # fmt: skip
    assert strays == []


def test_every_token_that_is_read_is_given():
    whole = "".join(p.read_text() for p in CSS)
    given = set(re.findall(r"(--[\w-]+):", whole))
    assert set(re.findall(r"var\((--[\w-]+)", whole)) - given == set()


@pytest.mark.parametrize("path", CSS + SCRIPTS, ids=lambda p: p.name)
def test_no_style_or_script_is_over_400_lines(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_template_has_inline_style_or_script(path):
    text = path.read_text()
    assert re.findall(r"<[^>{]*\sstyle=|<style|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\ssrc=)", text) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_no_script_evaluates_text_or_writes_markup(path):
    assert re.findall(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", path.read_text()) == []


def test_every_named_icon_is_in_the_sprite():
    listed = set((STATIC / "icons.txt").read_text().split())
    calls = r"\bicon\('([\w-]+)'|icon_name='([\w-]+)'|icons\.svg'\) \}\}#([\w-]+)"
    asked = {name for p in PAGES for found in re.findall(calls, p.read_text()) for name in found if name}
    assert asked - listed == set()


def test_the_map_of_51_steps_is_light(shown):
    page = shown('{% extends "base.html" %}{% block content %}{% from "_map.html" import process_map %}'
                 "{{ process_map(phases) }}{% endblock %}", phases=phases())  # fmt: skip
    assert page.count('class="step') == 51
    assert len(page.encode()) <= 40_000


def test_a_step_says_in_words_what_its_marks_show(shown):
    page = shown('{% from "_map.html" import process_map %}{{ process_map(phases, run=True) }}', phases=phases())
    step = re.search(r'<a class="step now crit".*?</a>', page)
    assert step and "kriittinen piste" in step[0] and 'aria-current="step"' in step[0] and ">nyt<" in step[0]


def test_map_escapes_the_names_of_steps(shown):
    page = shown('{% from "_map.html" import process_map %}{{ process_map(phases) }}', phases=phases("<b>x"))
    assert "<b>x" not in page and "&lt;b&gt;x" in page


def test_a_refused_field_keeps_its_text_and_says_how_to_mend_it(shown, form):
    field = shown("{{ ui.error_summary(form) }}{{ ui.field(form, 'name', 'Nimi') }}", form=form)
    assert 'value="Paja &lt;Oy&gt;"' in field and 'aria-invalid="true"' in field
    assert 'aria-describedby="f-name-err"' in field and 'id="f-name-err"' in field and 'href="#f-name"' in field


@pytest.mark.parametrize("given", [date(2026, 11, 24), "2026-11-24", "24.11.2026"])
def test_a_date_field_shows_a_date_however_it_was_given(shown, given):
    form = SimpleNamespace(values={"day": given}, errors={})
    assert 'value="2026-11-24"' in shown("{{ ui.date_field(form, 'day', 'Päivä') }}", form=form)


def test_a_choice_remembers_what_was_picked(shown):
    form = SimpleNamespace(values={"way": "b", "many": ["x"]}, errors={})
    page = shown("{{ ui.pick(form, 'way', 'Mikä?', [('a', 'A'), ('b', 'B', 'pieni')]) }}"
                 "{{ ui.checks(form, 'many', 'Mitkä?', [('x', 'X'), ('y', 'Y')]) }}", form=form)  # fmt: skip
    assert re.findall(r'value="(\w)" checked', page) == ["b", "x"]


@pytest.mark.parametrize(
    ("own", "said"), [(1, "Meillä 1 arkipäivä"), (None, "Kansallinen raja 2 arkipäivää"), (0, "Meillä 0")]
)
def test_a_limit_is_said_in_words(shown, own, said):
    assert said in shown("{{ ui.limit_bar(2, own) }}", own=own)


@pytest.mark.parametrize("code", [403, 404, 409, 422, 500, 503])
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_an_error_page_says_what_to_do_and_where_to_go(shown, code, language):
    page = shown(f'{{% extends "errors/{code}.html" %}}', language, message="", home_url="/")
    assert f'lang="{language}"' in page and '<p class="lead">' in page and 'href="/"' in page


@pytest.mark.parametrize("code", [403, 404, 409, 422, 500, 503])
def test_an_error_for_htmx_is_a_notice_and_no_page(shown, code):
    notice = shown(f'{{% extends "errors/{code}.html" %}}', htmx=True, message="Valitse päivä.", home_url="/")
    assert "<html" not in notice and 'role="alert"' in notice


@pytest.mark.parametrize("base", ["base.html", "portal_base.html", "public_base.html"])
def test_every_page_says_whose_content_it_is(shown, base):
    page = shown(f'{{% extends "{base}" %}}')
    assert "Esimerkkisisältö, ei ministeriön julkaisu" in page
    assert 'href="#content"' in page and 'id="content"' in page and 'id="notices"' in page


LETTER = """{% extends "mail/_layout.txt" %}{% block subject %}Aihe{% endblock %}
{% block body %}Lue.

{{ link }}{% endblock %}"""


def test_a_mail_is_text_first_and_its_link_becomes_a_button(shown):
    context = {"to_name": "Kaisa", "sender": "Lumo", "link": "https://parasta.invalid/s/1"}
    subject, _, body = shown(LETTER, **context).strip().partition("\n")
    page = shown('{% extends "mail/_layout.html" %}', subject=subject, paragraphs=body.strip().split("\n\n"), **context)
    assert subject == "Aihe" and "Hei Kaisa," in body and body.count("Esimerkkisisältö") == 1
    assert '<a href="https://parasta.invalid/s/1"' in page and page.count("Esimerkkisisältö") == 1
