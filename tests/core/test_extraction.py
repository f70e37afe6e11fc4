import pytest

from parasta_saas.core import extraction

PAGE = """<p>{{ _("Hello") }} {% trans %}Good
  day{% endtrans %} {{ ngettext("%(num)s step", "%(num)s steps", n) }}</p>"""
CODE = """
from parasta_saas.core.i18n import N_, _, _l, ngettext, pgettext
a = _("From" " code"), _l("Lazy"), N_("Marked"), pgettext("state", "Open"), _(a), _("Hello")
"""


@pytest.fixture
def root(tmp_path):
    for path, content in {"templates/_ui/page.html": PAGE, "templates/mail/a.txt": '{{ _("Mail") }}'}.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(content)
    (tmp_path / "parasta_saas").mkdir()
    (tmp_path / "parasta_saas" / "code.py").write_text(CODE)
    (tmp_path / "translations" / "fi").mkdir(parents=True)
    return tmp_path


def keys(root, *paths):
    return {extraction.key_of(message) for message in extraction.extracted(root, paths) if message.id}


def translate(root, content, room="room"):
    (root / "translations" / "fi" / f"{room}.po").write_text(content, "utf-8")
    return extraction.complaints("fi", extraction.extracted(root), root / "translations")


def test_messages_are_found_in_code_pages_and_mails(root):
    page = {(None, "Hello"), (None, "Good day"), (None, "%(num)s step")}
    code = {(None, "From code"), (None, "Lazy"), (None, "Marked"), ("state", "Open"), (None, "Hello")}
    assert keys(root) == page | code | {(None, "Mail")}
    assert keys(root, "templates/_ui") == page
    assert keys(root, "./parasta_saas", "templates/mail") == code | {(None, "Mail")}


def test_a_message_without_words_is_missing_and_fuzzy_words_are_none(root):
    found = translate(root, '#, fuzzy\nmsgid "Mail"\nmsgstr "Posti"\n\nmsgid "Lazy"\nmsgstr "Laiska"\n')
    assert "templates/mail/a.txt:1: Mail" in found["missing"]
    assert not any("Lazy" in line for line in found["missing"])
    assert found["fuzzy"] == ["room.po: Mail"]


def test_stubs_can_be_filled_in_and_pasted(root):
    source = extraction.extracted(root)
    stubs = extraction.stubs(extraction.missing("fi", source, root / "translations"))
    assert "#: parasta_saas/code.py:3" in stubs
    found = translate(root, stubs.replace('msgstr ""', 'msgstr "x"').replace('] ""', '] "%(num)s x"'))
    assert not any(found.values())


def test_what_nobody_asks_for_any_more_is_obsolete(root):
    found = translate(root, 'msgid "Gone"\nmsgstr "Poissa"\n\n#~ msgid "Long gone"\n#~ msgstr "Kauan poissa"\n')
    assert found["obsolete"] == ["room.po: Gone", "room.po: Long gone"]


def test_an_entry_written_twice_in_one_file_is_told(root):
    found = translate(root, 'msgid "Mail"\nmsgstr "Posti"\n\nmsgctxt "verb"\nmsgid "Mail"\nmsgstr "Lähetä"\n')
    assert found["repeated"] == []
    found = translate(root, 'msgid "Mail"\nmsgstr "Posti"\n\nmsgid "Mail"\nmsgstr "Viesti"\n')
    assert found["repeated"] == ['room.po: msgid "Mail"']


@pytest.mark.parametrize(
    ("source", "translation", "fits"),
    [
        ("Hello %(name)s", "Hei %(name)s", True),
        ("Hello %(name)s", "Hei %(nimi)s", False),
        ("Hello %(name)s", "Hei", False),
        ("80 %% done", "80 %% tehty", True),
        ("80 %% done", "80 % tehty", False),
        ("80 % done", "80 %% tehty", False),
        ("%(a)s %(b)s", "%(b)s %(a)s", True),
        (("%(num)s day", "%(num)s days"), ("%(num)s päivä", "%(num)s päivää"), True),
        (("One day of %(who)s", "%(num)s days of %(who)s"), ("Yksi: %(who)s", "%(num)s: %(who)s"), True),
        (("One day of %(who)s", "%(num)s days of %(who)s"), ("Yksi", "%(num)s: %(who)s"), False),
    ],
)
def test_a_translation_fits_when_its_names_do(source, translation, fits):
    assert extraction.fits(source, translation) is fits


def test_the_command_lists_and_tells_by_its_exit_code(monkeypatch, capsys, root):
    whole = extraction.extracted(root)
    monkeypatch.setattr(extraction, "extracted", lambda paths=(): whole)
    assert extraction.main(["missing", "fi"]) == 1
    assert 'msgid "From code"' in capsys.readouterr().out
    assert extraction.main(["check", "sv", "templates/mail"]) == 1
    assert "missing: templates/mail/a.txt:1: Mail" in capsys.readouterr().out


def test_a_template_with_a_mistake_is_told_by_its_place(root):
    (root / "templates" / "mail" / "b.txt").write_text("fine\n{{ a b }}")
    with pytest.raises(extraction.Unreadable, match="^templates/mail/b.txt:2: expected"):
        extraction.extracted(root)
    assert keys(root, "templates/_ui")
