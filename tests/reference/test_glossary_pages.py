"""The glossary's pages, and its words as links in the texts where they stand."""

from time import perf_counter

import pytest
from markupsafe import Markup

from parasta_saas.core import i18n
from parasta_saas.core.i18n import pick
from parasta_saas.core.markdown import to_html
from parasta_saas.reference import content, glossary, terms

PAGE = "/reference/glossary"


def linked(text, language="fi"):
    html = str(text) if isinstance(text, Markup) else str(terms.escape(text))
    return str(terms.linked(html, language, language, PAGE))


@pytest.mark.parametrize(("who", "base"), [("aino", "/o/lumo"), ("matti", "/o/paja"), ("nobody", "")])
def test_everyone_reads_the_glossary(cast, who, base):
    answer = getattr(cast, who).get(f"{base}{PAGE}")
    assert answer.status_code == 200 and answer.text.count("<article id=") == 92
    assert 'id="education-provider"' in answer.text and f'href="{base}{PAGE}/hoks"' in answer.text
    assert len(answer.data) < 120_000


def test_the_words_stand_in_the_order_of_the_readers_alphabet(cast):
    for language in ("fi", "sv", "en"):
        text = cast.nobody.get(PAGE, headers={"Accept-Language": language}).text
        places = [text.index(f'<article id="{entry.key}"') for entry in glossary.entries(language)]
        assert places == sorted(places)
    swedish = cast.nobody.get(PAGE, headers={"Accept-Language": "sv"}).text
    assert swedish.rindex("<h2 id=") < swedish.index("ömsesidighet")


@pytest.mark.parametrize(
    "words", ["työpaikkaohjaaja", "TYOPAIKKAOHJAAJA", "arbetsplatshandledare", "workplace instructor"]
)
def test_a_word_is_found_in_any_language(cast, words):
    for htmx in (False, True):
        text = cast.nobody.get(PAGE, query_string={"q": words}, htmx=htmx).text
        assert 'id="workplace-instructor"' in text and 'id="apprenticeship"' not in text


def test_nothing_found_is_said_with_a_way_out(cast):
    for query in ("?q=astronautti", "?q=%3Cscript%3E"):
        text = cast.nobody.get(PAGE + query).text
        assert "Sanaa ei löytynyt" in text and f'href="{PAGE}"' in text and "<script>alert" not in text


def test_a_word_leads_to_the_steps_and_guides_that_use_it(cast):
    text = cast.aino.get(f"/o/lumo{PAGE}/apprenticeship").text
    assert 'href="/o/lumo/reference/form-choice"' in text.split('id="steps"')[1]
    assert "/o/lumo/reference/guides/" in text and "läroavtal" in text.casefold()
    assert cast.nobody.get(f"{PAGE}/no-such-word").status_code == 404
    assert cast.nobody.get(f"{PAGE}/%00").status_code == 404


def test_the_pages_of_the_glossary_cost_the_same_each_time(fresh, cast):
    for path, limit in ((PAGE, 1), (f"{PAGE}/hoks", 2)):
        cast.nobody.get(path)
        fresh.statements.clear()
        cast.nobody.get(path)
        assert len([s for s in fresh.statements if "set_config" not in s]) <= limit


def test_a_step_links_its_words_to_the_glossary_the_reader_stands_in(cast):
    places = ((cast.nobody, "/reference/need-of-student", ""), (cast.aino, "/o/lumo/map/need-of-student", "/o/lumo"))
    for visitor, path, base in places:
        text = visitor.get(path).text
        assert f'<a class="term" href="{base}{PAGE}#' in text
        assert text.count("data-term>") >= 3


def test_the_definition_is_in_the_readers_language_when_the_text_falls_back(cast):
    with i18n.using("sv"):
        html = str(terms.linked("Kysy ohjaajalta koulutussopimuksesta.", "fi", "sv", PAGE))
    assert f'title="{terms.escape(terms.definitions("sv")["training-agreement"].definition)}"' in html


def test_each_word_is_marked_once_in_a_text():
    html = linked("Oppisopimus on sopimus. Oppisopimuksen voi purkaa.\n\nOppisopimus päättyy.")
    assert html.count("data-term") == 1 and html.startswith('<a class="term" href="/reference/glossary#apprenticeship"')


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://x.example/n">oppisopimus</a></p>',
        "<h3>Oppisopimus</h3>",
        "<pre><code>oppisopimus\n</code></pre>",
        '<p><span class="s-ours">Oppisopimus on meillä tuttu.</span></p>',
        "<h4><em>Oppisopimus</em> <strong>ja</strong> oppisopimus</h4>",
    ],
)
def test_nothing_is_marked_in_links_headings_code_and_own_sentences(html):
    assert linked(Markup(html)) == html
    assert linked(Markup(f"{html}<p>Ja oppisopimus.</p>")).count("data-term") == 1


def test_plain_words_stay_plain_and_html_stays_as_it_is():
    assert linked("<script>alert('x')</script> & \"näin\"") == str(
        terms.escape("<script>alert('x')</script> & \"näin\"")
    )
    html = '<p>a &amp; b &lt;i&gt; &#34;c&#34;<br>\n<a href="https://x.example/?a=1&amp;b=2">d</a></p>\n<hr>'
    assert linked(Markup(html)) == html
    nasty = "oppisopimus <img src=x onerror=alert(1)> </p><a href='javascript:x'>"
    assert "<img" not in linked(nasty) and "<a href" not in linked(nasty)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_read_is_the_text_itself(language):
    for step in content.read_release()["steps"]:
        html = to_html(pick(step["guidance"], language).text)
        assert Markup(linked(html, language)).striptags() == html.striptags()


def test_a_steps_texts_are_marked_in_a_millisecond():
    linked("x")
    steps = content.read_release()["steps"]
    texts = [(str(to_html(s["guidance"]["fi"])), s["minimum"]["fi"], s["value"]["fi"]) for s in steps]
    terms.linked.cache_clear()
    start = perf_counter()
    for of_step in texts:
        for text in of_step:
            terms.linked(text, "fi", "fi", PAGE)
    assert (perf_counter() - start) / len(texts) < 0.003  # a millisecond on a quiet machine
