"""Files and texts are cut at their headings; what is no piece is told. Pure: no database."""

import re

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from parasta_saas.core.markdown import to_html
from parasta_saas.instructions.pieces import LONGEST, MOST_PIECES, Cut, Refused
from parasta_saas.instructions.pieces_reading import cut_file, cut_text
from tests.instructions.imports.samples import HANDBOOK, changed, docx, renamed, saved, wrapped, xlsx


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def all_words(cut: Cut) -> set[str]:
    """Every word in some piece or told."""
    pieces = (" ".join((*piece.path, piece.title, piece.text)) for piece in cut.pieces)
    return set(words_of(" ".join((*pieces, *(told.words for told in cut.told)))))


def titles(cut: Cut) -> list[str]:
    return [piece.title for piece in cut.pieces]


def told(cut: Cut) -> dict[str, str]:
    return {each.what: each.words for each in cut.told}


def test_markdown_is_cut_at_its_headings():
    cut = cut_file("opas.md", HANDBOOK.encode())
    assert titles(cut)[:2] == ["Kun yritys ottaa yhteyttä", "Puolivälin keskustelu"]
    assert cut.pieces[0].path == ("Työelämäkäsikirja",)
    assert cut.kind == "markdown"


def test_a_hash_in_a_code_block_is_no_heading_and_an_image_is_told():
    cut = cut_text("# A\n\n```\n# ei otsikko\n```\n\n![Kaavio](kaavio.png)\n\nB\n===\n\nteksti")
    assert titles(cut) == ["A", "B"]
    assert "# ei otsikko" in cut.pieces[0].text
    assert told(cut)["image"] == "Kaavio (kaavio.png)"


def test_a_table_becomes_a_list_with_the_names_of_its_columns():
    cut = cut_text("# A\n\n| Vaihe | Kuka | Huom |\n|---|---|---|\n| Soitto | Opettaja | |\n| Käynti | Ohjaaja | |\n")
    assert "- **Vaihe:** Soitto · **Kuka:** Opettaja" in cut.pieces[0].text
    assert "Huom" in cut.pieces[0].text


@pytest.mark.parametrize(
    "text",
    [
        ">" * 10_000 + " syvä",
        "\n".join("  " * i + "- x" for i in range(400)),
        "[" * 50_000 + "x",
        "*" * 50_000 + "x",
        "# " + "pitkä " * 5_000,
        "```\n" * 2_000 + "x",
        "|" * 5_000 + "\n" + "|-" * 5_000 + "|\n",
    ],
)
def test_ten_thousand_deep_quotes_and_their_like_do_no_harm(text):
    cut = cut_text("# Otsikko\n\n" + text)
    for piece in cut.pieces:
        assert len(piece.text) <= LONGEST
        assert to_html(piece.text) is not None
    assert set(words_of(text)) <= all_words(cut)


def test_plain_text_is_cut_at_numbered_and_short_lines():
    cut = cut_text(
        "Johdanto alkuun.\n\n1. Ennen jaksoa\nSoita työpaikalle hyvissä ajoin.\n\n1.1 Tavoitteet\n• yksi\n• kaksi\n\n"
        "Perehdytys\nEnsimmäisenä päivänä tapahtuu monta asiaa.\n"
    )
    assert titles(cut) == ["", "1. Ennen jaksoa", "1.1 Tavoitteet", "Perehdytys"]
    assert cut.pieces[2].path == ("1. Ennen jaksoa",)
    assert cut.pieces[2].text == "- yksi\n- kaksi"


def test_a_numbered_list_is_no_row_of_headings():
    cut = cut_text("Tee näin\n\n1. Soita työpaikalle\n2. Kirjaa tulos\n3. Kerro opiskelijalle\n")
    assert len(cut.pieces) == 1


def test_a_long_text_without_headings_is_cut_by_its_length_and_that_is_told():
    text = "\n\n".join(f"kappale{i} " + "on tässä aivan tavallinen lause, " * 20 for i in range(40))
    cut = cut_text(text)
    assert len(cut.pieces) > 3
    assert "no_headings" in told(cut)
    assert set(words_of(text)) <= all_words(cut)


def test_word_headings_lists_and_tables_are_read():
    made = Document()
    made.add_heading("Käsikirja", 0)
    made.add_heading("Ennen jaksoa", 1)
    made.add_heading("Yhteydenotto", 2)
    made.add_paragraph("Vastaa *heti*.")
    made.add_paragraph("yksi", style="List Bullet")
    made.add_paragraph("kaksi", style="List Bullet")
    made.add_paragraph("eka", style="List Number")
    made.sections[0].header.paragraphs[0].text = "Ylätunniste"
    made.add_heading("Tyhjä luku", 1)
    cut = cut_file("opas.docx", saved(made))
    assert cut.pieces[0].path == ("Käsikirja", "Ennen jaksoa")
    assert cut.pieces[0].title == "Yhteydenotto"
    assert "- yksi\n- kaksi" in cut.pieces[0].text
    assert "1. eka" in cut.pieces[0].text
    assert "Vastaa *heti*." in to_html(cut.pieces[0].text)
    assert told(cut) == {"header": "Ylätunniste", "bare_heading": "Tyhjä luku"}


@pytest.mark.parametrize("name", ["Otsikko 1", "Rubrik 1", "heading 1", "Heading1"])
def test_headings_are_known_by_their_names_in_every_language(name):
    assert titles(cut_file("a.docx", docx((1, "Ennen"), "teksti", names={"Heading1": name}))) == ["Ennen"]


def test_an_own_style_is_a_heading_by_its_outline_level():
    made = Document()
    made.add_heading("Ennen", 1)
    made.add_paragraph("teksti")
    style = made.styles["Heading 1"]
    renamed(made, style.style_id, "Lumon luku")
    cut = cut_file("a.docx", saved(made))
    assert titles(cut) in ([""], ["Ennen"])  # without its level it is only a short line
    made = Document()
    made.add_heading("Ennen", 1)
    made.add_paragraph("teksti")
    own = next(s for s in made.styles.element.iter() if s.get(f"{{{s.nsmap.get('w')}}}styleId") == "Heading1")
    own.find(own.tag.replace("style", "name")).set(own.tag.replace("}style", "}val"), "Lumon luku")
    assert titles(cut_file("a.docx", saved(made))) == ["Ennen"]


def test_without_heading_styles_bold_lines_are_headings():
    made = Document()
    for words in ("Ennen jaksoa", "Jakson aikana"):
        made.add_paragraph().add_run(words).bold = True
        made.add_paragraph("Tässä kerrotaan asiasta pidemmästi ja tarkemmin.")
    assert titles(cut_file("a.docx", saved(made))) == ["Ennen jaksoa", "Jakson aikana"]


def test_tracked_insertions_are_read_and_deletions_are_told():
    made = Document()
    made.add_heading("Luku", 1)
    wrapped(made.add_paragraph("lisätty lause"), "w:ins")
    wrapped(made.add_paragraph("poistettu lause"), "w:del")
    cut = cut_file("a.docx", saved(made))
    assert cut.pieces[0].text == "lisätty lause"
    assert told(cut)["deleted"] == "poistettu lause"


def test_a_sheet_with_long_rows_becomes_a_piece_per_row_and_a_short_one_a_list():
    long = "Soita työpaikalle ja sovi ensimmäinen käynti. Kirjaa sovittu päivä samalla kun puhut. " * 2
    cut = cut_file(
        "p.xlsx",
        xlsx(Prosessi=[["Vaihe", "Ohje", "Vastuu"], *([f"Vaihe {i}", long, "Opettaja"] for i in range(4))],
             Puhelimet=[["Nimi", "Numero"], ["Aino", 123.0]]),
    )  # fmt: skip
    assert titles(cut) == ["Vaihe 0", "Vaihe 1", "Vaihe 2", "Vaihe 3", "Puhelimet"]
    assert cut.pieces[0].path == ("Prosessi",)
    assert "- **Vastuu:** Opettaja" in cut.pieces[0].text
    assert "123" in cut.pieces[4].text


def test_formulas_comments_and_hidden_sheets_are_told():
    book = Workbook()
    sheet = book.active
    sheet.title = "Taulu"
    sheet["A1"], sheet["B1"] = "Sana", "=A1&A1"
    sheet["A1"].comment = Comment("muista tämä", "Aino")
    book.create_sheet("Piilossa").append(["salaista"])
    book["Piilossa"].sheet_state = "hidden"
    cut = cut_file("a.xlsx", saved(book))
    assert "=A1&A1" in told(cut)["formula"]
    assert "muista tämä" in told(cut)["comment"]
    assert told(cut)["hidden_sheet"] == "Piilossa"
    assert "salaista" in all_words(cut)


DOC, BOOK = docx((1, "A"), "teksti"), xlsx(A=[["a", "b"]])
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"x" * (10 * 1024 * 1024 + 1), "too_large"),
        ("a.docx", b"", "empty"),
        ("a.md", b" \n ", "empty"),
        ("a.docx", b"plain words", "corrupt"),
        ("a.docx", DOC[: len(DOC) // 2], "corrupt"),
        ("a.docx", changed(DOC, word__document_dot_xml=b"<broken"), "corrupt"),
        ("a.docx", changed(DOC, word__document_dot_xml=BOMB), "corrupt"),
        ("a.docx", changed(DOC, word__document_dot_xml=None), "corrupt"),
        ("a.docx", changed(DOC, word__big_dot_bin=b"0" * (61 * 1024 * 1024)), "bomb"),
        ("a.docx", changed(DOC, word__vbaProject_dot_bin=b"x"), "macros"),
        ("a.docm", DOC, "macros"),
        ("a.docx", BOOK, "belied"),
        ("a.xlsx", DOC, "belied"),
        ("a.txt", DOC, "belied"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.doc", OLE + b"WordDocument", "old_format"),
        ("a.docx", b"%PDF-1.7 ...", "pdf"),
        ("a.exe", b"MZ words", "wrong_kind"),
        ("a", b"words", "wrong_kind"),
        ("a.txt", b"words\x00\x01\x02", "not_text"),
        ("a.zip", changed(DOC, **{"[Content_Types]_dot_xml": None}), "wrong_kind"),
        ("a.xlsx", xlsx(A=[["x"] * 300]), "too_wide"),
        ("a.md", "\n".join(f"# {i}\n\nx" for i in range(MOST_PIECES + 1)).encode(), "too_many"),
        ("a.md", b"sana " * 210_000, "too_much"),
        ("a.docx", docx((1, "Vain otsikko")), "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(name, data, code):
    with pytest.raises(Refused) as refused:
        cut_file(name, data)
    assert refused.value.code == code


def test_a_deeply_nested_word_file_is_refused():
    deep = b"<w:sdt><w:sdtContent>" * 6_000 + b"</w:sdtContent></w:sdt>" * 6_000
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    with pytest.raises(Refused):
        cut_file("a.docx", changed(DOC, word__document_dot_xml=head + deep + b"</w:body></w:document>"))


@given(st.integers(0, 10**9), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_damaged_file_is_refused_or_read_but_never_an_error(at, damage):
    for name, data in (("a.docx", DOC), ("a.xlsx", BOOK)):
        spot = at % len(data)
        try:
            cut_file(name, data[:spot] + damage + data[spot + len(damage) :])
        except Refused as refused:
            assert refused.code


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_whatever_the_file_is_written_in(code):
    assert "yhteyttä" in all_words(cut_file("a.txt", HANDBOOK.replace("–", "-").encode(code)))


WORDS = st.text("abcåäöAB19*_`#>|-[]()!\\.:= ", min_size=1, max_size=30).filter(lambda w: re.search(r"\w", w))
PARTS = st.lists(
    st.one_of(
        WORDS,
        st.tuples(st.integers(0, 6), WORDS),
        st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=8,
)


@given(PARTS)
@settings(max_examples=60, deadline=None)
def test_every_word_of_a_word_file_is_in_a_piece_or_told(parts):
    said = " ".join(
        p if isinstance(p, str) else p[1] if isinstance(p, tuple) else " ".join(map(" ".join, p)) for p in parts
    )
    try:
        cut = cut_file("a.docx", docx(*parts))
    except Refused as refused:
        assert refused.code == "empty"  # nothing but headings
        return
    assert bare(said) <= bare(" ".join(shown(cut)))


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_every_word_of_a_workbook_is_in_a_piece_or_told(rows):
    try:
        cut = cut_file("a.xlsx", xlsx(Taulu=rows))
    except Refused as refused:
        assert refused.code == "empty"  # nothing but a formula
        return
    assert bare(" ".join(" ".join(row) for row in rows)) <= bare(" ".join(shown(cut)))


@given(
    st.lists(st.sampled_from(HANDBOOK.split("\n") + ["## x", "a | b", "|-|-|", "```", "> > y", "", "B", "===", "- z"]))
)
@settings(max_examples=200, deadline=None)
def test_every_word_of_a_text_is_in_a_piece_or_told(lines):
    text = "\n".join(lines)
    for markdown in (True, False):
        try:
            cut = cut_text(text, markdown=markdown)
        except Refused as refused:
            assert refused.code == "empty"
            continue
        assert set(words_of(text)) <= all_words(cut)


def bare(text: str) -> set[str]:
    """Words without the marks that Markdown may put between their letters."""
    return set(re.findall(r"[a-zåäöA-Z0-9]+", text))


def shown(cut: Cut) -> list[str]:
    pieces = [" ".join((*piece.path, piece.title, piece.text)) for piece in cut.pieces]
    return [*pieces, *(each.words for each in cut.told)]
