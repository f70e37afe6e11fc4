import threading

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parasta_saas.core import i18n
from parasta_saas.core.i18n import N_, Picked, _, _l, ngettext, pgettext, pick, using

FINNISH = r"""
msgid "Hello %(name)s"
msgstr "Hei %(name)s"

msgid "%(num)s workplace"
msgid_plural "%(num)s workplaces"
msgstr[0] "%(num)s työpaikka"
msgstr[1] "%(num)s työpaikkaa"

msgctxt "state"
msgid "Open"
msgstr "Avoin"

msgid "Open"
msgstr "Avaa"

msgid "Not yet"
msgstr ""

msgid "One line and another"
msgstr "Rivi ja toinen"

msgid "%(share)s %% done"
msgstr "%(share)s %% tehty"
"""
texts = st.dictionaries(st.sampled_from(i18n.LANGUAGES), st.text("ab ", max_size=3))


def write(folder, room, content, code="fi"):
    (folder / code).mkdir(exist_ok=True)
    (folder / code / f"{room}.po").write_text(content, "utf-8")


@pytest.fixture
def words(tmp_path, monkeypatch):
    write(tmp_path, "one", FINNISH)
    # A Catalog of these files instead of the product's own.
    whole = i18n.merged("fi", tmp_path)
    monkeypatch.setattr(i18n, "merged", lambda code: whole)
    i18n.catalog.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    i18n.catalog.cache_clear()


def test_finnish_is_spoken_unless_told_otherwise():
    assert i18n.language() == "fi"


def test_a_language_lasts_for_its_block_also_when_it_fails():
    with pytest.raises(RuntimeError), using("sv"):
        with using("en"):
            assert i18n.language() == "en"
        assert i18n.language() == "sv"
        raise RuntimeError
    assert i18n.language() == "fi"


def test_threads_speak_their_own_language():
    seen = []
    with using("sv"):
        thread = threading.Thread(target=lambda: seen.append(i18n.language()))
        thread.start()
        thread.join()
    assert seen == ["fi"]


@pytest.mark.parametrize("change", [i18n.set_language, lambda code: using(code).__enter__(), i18n.catalog])
def test_an_unknown_language_is_refused(change):
    with pytest.raises(i18n.UnknownLanguage):
        change("de")


def test_messages_are_translated_with_their_variables(words):
    assert _("Hello %(name)s", name="Aino") == "Hei Aino"
    assert _("%(share)s %% done", share=80) == "80 % tehty"
    assert _("Nobody translated %(message)s", message="this") == "Nobody translated this"
    assert _("Not yet") == "Not yet"
    assert _("") == ""


def test_english_is_the_source_itself(words):
    with using("en"):
        assert _("Hello %(name)s", name="Aino") == "Hello Aino"
        assert ngettext("%(num)s workplace", "%(num)s workplaces", 2) == "2 workplaces"


@pytest.mark.parametrize(("n", "text"), [(0, "0 työpaikkaa"), (1, "1 työpaikka"), (2, "2 työpaikkaa")])
def test_finnish_has_a_singular_and_a_plural(words, n, text):
    assert ngettext("%(num)s workplace", "%(num)s workplaces", n) == text


def test_context_tells_equal_source_texts_apart(words):
    assert (_("Open"), pgettext("state", "Open"), pgettext("other", "Open")) == ("Avaa", "Avoin", "Open")


def test_a_lazy_text_speaks_the_language_of_its_reader(words):
    text = _l("Hello %(name)s", name=_l("Open"))
    assert str(text) == "Hei Avaa"
    with using("en"):
        assert str(text) == "Hello Open"


def test_a_marked_text_stays_as_it_is(words):
    assert N_("Open") == "Open"


def test_two_rooms_may_agree_but_not_disagree(tmp_path):
    write(tmp_path, "one", 'msgid "Save"\nmsgstr "Tallenna"\n')
    write(tmp_path, "two", 'msgid "Save"\nmsgstr "Tallenna"\n')
    assert i18n.merged("fi", tmp_path).get("Save").string == "Tallenna"
    write(tmp_path, "two", 'msgid "Save"\nmsgstr "Säilytä"\n')
    with pytest.raises(i18n.ConflictingTranslation, match=r"one\.po.*two\.po"):
        i18n.merged("fi", tmp_path)


def test_jinja_translates_and_escapes_what_is_put_in(words):
    env = jinja2.Environment(autoescape=True)
    i18n.install(env)
    page = env.from_string(
        "{{ _('Hello %(name)s', name='<b>') }}|{{ ngettext('%(num)s workplace', '%(num)s workplaces', 2) }}|"
        "{{ pgettext('state', 'Open') }}|{% trans %}One line\n   and another{% endtrans %}"
    )
    assert page.render() == "Hei &lt;b&gt;|2 työpaikkaa|Avoin|Rivi ja toinen"
    with using("en"):
        assert page.render() == "Hello &lt;b&gt;|2 workplaces|Open|One line and another"


def test_the_asked_language_is_picked_and_a_missing_one_is_told():
    three = {"fi": "Päämäärä", "sv": "Mål", "en": "Goal"}
    assert pick(three) == Picked("Päämäärä", "fi", fell_back=False)
    assert pick(three, "sv") == Picked("Mål", "sv", fell_back=False)
    assert pick({"fi": "Päämäärä", "en": " "}, "en") == Picked("Päämäärä", "fi", fell_back=True)
    assert pick({"fi": "Päämäärä", "sv": "Mål"}, "en", main="sv") == Picked("Mål", "sv", fell_back=True)
    assert pick(None, "sv") == pick({}, "sv") == Picked("", "sv", fell_back=False)


@given(texts, st.sampled_from(i18n.LANGUAGES), st.sampled_from(i18n.LANGUAGES))
def test_whatever_has_words_is_shown_rather_than_nothing(texts, asked, main):
    text, language, fell_back = pick(texts, asked, main=main)
    assert bool(text.strip()) == any(t.strip() for t in texts.values())
    assert fell_back == (language != asked)
    assert not text or texts[language] == text


def test_the_real_catalogs_compile():
    i18n.catalog.cache_clear()
    assert all(i18n.catalog(code) for code in i18n.LANGUAGES)
