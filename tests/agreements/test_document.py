"""The agreement's content, its hash and its PDF, with Ville at Kahvila Kanerva and Iida at Kaislaranta."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from parasta_saas.agreements.document import (
    AgreementTerms,
    Break,
    Contact,
    Employment,
    Guidance,
    Organisation,
    Period,
    Signature,
    Student,
    Unit,
    Unprintable,
    Verification,
    agreement_content,
    canonical_json,
    content_sha256,
    render_pdf,
)
from parasta_saas.agreements.document_view import Method, view

KAISA = Contact("Kaisa Kanerva", "kaisa@kahvilakanerva.example", "040 000 0001")
EERO = Contact("Eero Elo", "eero.elo@lumo.example", "040 000 0003")
VILLE = AgreementTerms(
    number="LUMO-2026-0042",
    version=1,
    form="training_agreement",
    language="fi",
    drafted_on=date(2026, 11, 20),
    provider=Organisation(
        {"fi": "Lumon koulutuskuntayhtymä", "sv": "Utbildningssamkommunen Lumo"},
        "9900002-6",
        "Sanni Salo",
        EERO,
    ),
    workplace=Organisation({"fi": "Kahvila Kanerva"}, "9900001-8", "Kaisa Kanerva", KAISA),
    student=Student("Ville Virta", date(2009, 6, 15), guardian="Mirja Virta"),
    qualification=Unit(
        "381142",
        {
            "fi": "Ravintola- ja catering-alan perustutkinto",
            "sv": "Grundexamen inom restaurang- och cateringbranschen",
            "en": "Vocational qualification in Restaurant and Catering Services",
        },
    ),
    units=(Unit("106912", {"fi": "Kahvilapalvelut"}),),
    goals=("Palvelee asiakkaita ja käyttää kassaa.", "Valmistaa päivän kahvilatuotteet."),
    tasks=("Asiakaspalvelu ja kassa",),
    period=Period(
        date(2027, 1, 11),
        date(2027, 3, 26),
        "ma–pe klo 8–14",
        Decimal("30"),
        breaks=(Break(date(2027, 2, 22), date(2027, 2, 28), "loma"),),
    ),
    guidance=Guidance(KAISA, EERO, (date(2027, 1, 20),), "Ohjeet myös kuvina."),
    planned_on=date(2026, 11, 11),
    attachments=("HOKS-ote 18.11.2026",),
)
IIDA = replace(
    VILLE,
    form="apprenticeship",
    student=Student("Iida Isoaho", date(2002, 3, 4)),
    employment=Employment("2 140 €/kk", "SOTE-sopimus", date(2027, 4, 10), Decimal(0)),
)
SIGNED = (
    Signature("Kaisa Kanerva", "workplace", datetime(2026, 11, 24, 12, 30, tzinfo=UTC), Method.LINK),
    Signature("Sanni Salo", "provider", datetime(2026, 11, 24, 13, 5, tzinfo=UTC), Method.SIGN_IN),
)
CHECK = Verification("https://parasta.example/tarkista", "K7QF-2MXA-5ZZT-4NPB")


def shown(terms: AgreementTerms, language: str, *signatures: Signature) -> str:
    content = agreement_content(terms)
    laid_out = view(content, content_sha256(content), language, signatures, CHECK)
    return json.dumps(laid_out, ensure_ascii=False)


def test_the_same_agreement_has_the_same_hash_whatever_language_or_order() -> None:
    content = agreement_content(VILLE)
    shuffled = json.loads(json.dumps(dict(reversed(list(content.items())))))
    assert canonical_json(shuffled) == canonical_json(content)
    assert content_sha256(shuffled) == content_sha256(agreement_content(VILLE))


@pytest.mark.parametrize(
    "change",
    [
        {"goals": ("Palvelee asiakkaita ja käyttää kassaa.",)},
        {"version": 2},
        {"period": replace(VILLE.period, ends_on=date(2027, 3, 27))},
        {"period": replace(VILLE.period, weekly_hours=Decimal("30.5"))},
        {"student": replace(VILLE.student, name="Ville Virta ")},
        {"guidance": replace(VILLE.guidance, support="")},
    ],
)
def test_any_change_of_what_is_agreed_changes_the_hash(change: dict[str, object]) -> None:
    changed = agreement_content(replace(VILLE, **change))  # type: ignore[arg-type]
    assert content_sha256(changed) != content_sha256(agreement_content(VILLE))


def test_hours_written_with_more_zeros_are_the_same_hours() -> None:
    longer = replace(VILLE, period=replace(VILLE.period, weekly_hours=Decimal("30.00")))
    assert content_sha256(agreement_content(longer)) == content_sha256(agreement_content(VILLE))


def test_the_content_is_plain_json_and_comes_back_unchanged() -> None:
    content = agreement_content(IIDA)
    assert json.loads(canonical_json(content)) == content


def test_the_signed_content_holds_the_clauses_in_three_languages() -> None:
    for clause in agreement_content(VILLE)["clauses"]:
        assert set(clause["text"]) == {"fi", "sv", "en"}
        assert len(set(clause["text"].values())) == 3, clause["key"]


def test_ville_signs_nothing_and_he_and_mirja_are_informed() -> None:
    content = agreement_content(VILLE)
    assert [(p["side"], p["name"]) for p in content["signatories"]] == [
        ("workplace", "Kaisa Kanerva"),
        ("provider", "Sanni Salo"),
    ]
    assert [p["name"] for p in content["informed"]] == ["Ville Virta", "Mirja Virta"]


def test_iida_signs_her_own_apprenticeship() -> None:
    content = agreement_content(IIDA)
    assert [p["name"] for p in content["signatories"]] == ["Kaisa Kanerva", "Iida Isoaho", "Sanni Salo"]
    assert "pay" in {clause["key"] for clause in content["clauses"]}


def test_only_a_minors_agreement_speaks_of_young_workers() -> None:
    grown = replace(VILLE, student=Student("Ville Virta", date(2002, 6, 15)))
    assert "young" in {clause["key"] for clause in agreement_content(VILLE)["clauses"]}
    assert "young" not in {clause["key"] for clause in agreement_content(grown)["clauses"]}
    assert not any("998/1993" in text["fi"] for text in agreement_content(grown)["basis"])


def test_the_law_is_named_without_uncertain_section_numbers() -> None:
    basis = [text["fi"] for text in agreement_content(VILLE)["basis"]]
    assert "Laki ammatillisesta koulutuksesta (531/2017) 45, 70, 71, 78 §" in basis
    assert not any(re.search(r"\b7[2-7]\b", text) for text in basis)


@pytest.mark.parametrize(
    ("language", "title", "signed", "mark"),
    [
        (
            "fi",
            "Koulutussopimus",
            "Allekirjoitettu 24.11.2026 klo 14.30",
            "Esimerkkisisältö, ei ministeriön julkaisu",
        ),
        ("sv", "Utbildningsavtal", "Undertecknat 24.11.2026 kl. 14.30", "Exempelinnehåll"),
        ("en", "Training agreement", "Signed 24 Nov 2026 at 14:30", "Example content"),
    ],
)
def test_the_reader_gets_it_in_the_own_language(language: str, title: str, signed: str, mark: str) -> None:
    text = shown(VILLE, language, *SIGNED)
    for expected in (title, signed, mark, "Ville Virta", CHECK.code, CHECK.url):
        assert expected in text


def test_a_translation_says_in_which_language_the_agreement_was_made() -> None:
    assert "Avtalet har ingåtts på finska" in shown(VILLE, "sv", *SIGNED)
    assert "Sopimus on tehty" not in shown(VILLE, "fi", *SIGNED)


def test_a_draft_says_that_it_is_a_draft_and_whose_signature_is_awaited() -> None:
    assert "Luonnos, ei allekirjoitettu" in shown(VILLE, "fi")
    half = shown(VILLE, "fi", SIGNED[0])
    assert "Odottaa allekirjoituksia" in half
    assert half.count("Allekirjoitusta odotetaan") == 1
    assert "odote" not in shown(VILLE, "fi", *SIGNED)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("terms", [VILLE, IIDA], ids=["ville", "iida"])
def test_the_pdf_is_two_to_four_pages_tagged_and_in_the_readers_language(terms: AgreementTerms, language: str) -> None:
    pdf = render_pdf(agreement_content(terms), language, SIGNED, CHECK)
    root = PdfFileReader(BytesIO(pdf)).root
    assert 2 <= int(root["/Pages"]["/Count"]) <= 4
    assert str(root["/MarkInfo"]["/Marked"]) == "True" and "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith(language)
    metadata = root["/Metadata"].data
    assert b"pdfuaid" in metadata and b"pdfaid" in metadata


def test_the_same_agreement_gives_the_same_bytes() -> None:
    content = agreement_content(VILLE)
    assert render_pdf(content, "fi", SIGNED, CHECK) == render_pdf(copy.deepcopy(content), "fi", SIGNED, CHECK)


def test_the_pdf_can_be_made_before_the_fonts_have_been_fetched(tmp_path: Path) -> None:
    assert render_pdf(agreement_content(VILLE), "fi", fonts=tmp_path / "none").startswith(b"%PDF-1.7")


def test_a_name_that_looks_like_markup_is_printed_as_it_is() -> None:
    odd = replace(VILLE, student=replace(VILLE.student, name='#read("/etc/passwd") *x* $y$ <b>'))
    assert render_pdf(agreement_content(odd), "fi").startswith(b"%PDF")


def test_a_character_no_font_holds_is_named_before_anybody_signs() -> None:
    odd = replace(VILLE, goals=("Palvelee asiakkaita \N{GRINNING FACE}",))
    with pytest.raises(Unprintable, match="\N{GRINNING FACE}"):
        render_pdf(agreement_content(odd), "fi")


def test_long_texts_run_on_to_further_pages() -> None:
    long = replace(VILLE, goals=tuple(f"Tavoite {n}: " + "hyvä palvelu " * 40 for n in range(40)))
    wordy = replace(VILLE, guidance=replace(VILLE.guidance, support="hyvä tuki " * 900))
    for terms in (long, wordy):
        pages = PdfFileReader(BytesIO(render_pdf(agreement_content(terms), "fi"))).root["/Pages"]["/Count"]
        assert int(pages) > 4


def test_there_is_no_third_form_of_agreement() -> None:
    with pytest.raises(ValueError, match="internship"):
        agreement_content(replace(VILLE, form="internship"))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_the_text_of_the_pdf_can_be_read_out() -> None:
    pdf = render_pdf(agreement_content(VILLE), "fi", SIGNED, CHECK)
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True, timeout=30)
    text = " ".join(done.stdout.decode().split())
    sha256 = content_sha256(agreement_content(VILLE))
    for words in (
        "Ville Virta",
        "Kahvila Kanerva",
        "Keskeiset työtehtävät",
        CHECK.code,
        sha256,
        "Sivu 1 / 3",
    ):
        assert words in text
