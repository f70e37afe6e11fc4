"""The printed handbook: everything that must be seen is on paper, tagged for a screen reader, safe and whole."""

import re
import subprocess
import time
from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from parasta_saas.core.markdown import to_html
from parasta_saas.instructions.manual_document import WHOLE, Asked
from parasta_saas.instructions.manual_map import map_data
from parasta_saas.instructions.manual_words import blocks_of, shallow
from parasta_saas.reference.printing import print_process_map
from tests.instructions.manual.made import EXTRA, PHASES, RELEASE, entries, printed, read

SECONDS = 8  # for the whole handbook, on a machine that does other work too


def text_of(pdf: bytes, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def bare(text: str) -> str:
    """Without spaces, hyphens and line breaks, which a page may put anywhere."""
    return re.sub(r"[\s\u00ad\u200b‐-]", "", text)


@pytest.fixture(scope="module")
def whole():
    began = time.monotonic()
    made = {code: printed(code) for code in ("fi", "sv")}
    return SimpleNamespace(pdf=made, seconds=(time.monotonic() - began) / 2)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_mandatory_step_stands_on_paper_with_its_minimum(whole, language):
    words = bare(text_of(whole.pdf[language], "-layout"))
    plain = bare(text_of(whole.pdf[language]))
    for step in RELEASE["steps"]:
        assert bare(step["minimum"][language]) in plain or bare(step["minimum"][language]) in words, step["key"]
        assert bare(step["name"][language]) in plain


@pytest.mark.parametrize(
    "asked", [Asked(role="teacher"), Asked(phase="agreement"), Asked(form="apprenticeship")], ids=str
)
def test_a_part_has_the_minimum_of_each_of_its_steps(asked):
    plain = bare(text_of(printed("fi", asked, part="Osa")))
    shown = [step for part in read("fi", asked) for step in part.steps]
    assert shown and all(bare(step.minimum.text) in plain for step in shown)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_it_is_tagged_titled_and_in_its_language(whole, language):
    root = PdfFileReader(BytesIO(whole.pdf[language])).root
    assert str(root["/MarkInfo"]["/Marked"]) == "True" and "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith(language)
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    metadata = root["/Metadata"].data
    assert b"pdfuaid" in metadata and "Käsikirja".encode() in metadata and "/Outlines" in root


def kinds_in(node, found: list[str]) -> list[str]:
    """Structure types in reading order."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if hasattr(each, "get_object"):
            each = each.get_object()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            if "/S" in each:
                found.append(str(each["/S"]))
            if "/K" in each:
                waiting.append(each["/K"])
    return found


def test_headings_follow_one_another_and_tables_and_lists_are_real(whole):
    kinds = kinds_in(PdfFileReader(BytesIO(whole.pdf["fi"])).root["/StructTreeRoot"]["/K"], [])
    levels = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/TOC", "/TOCI", "/Link"} <= set(kinds)


def test_every_page_names_the_provider_release_mark_page_and_hash(whole):
    count = len(re.findall(r"\f", text_of(whole.pdf["fi"])))
    assert 20 < count < 60
    for page in range(1, count + 1):
        words = text_of(whole.pdf["fi"], "-f", str(page), "-l", str(page))
        assert RELEASE["content_mark"]["fi"] in words and f"Sivu {page} / {count}" in words and "3f" * 32 in words
        assert "Lumon koulutuskuntayhtymä" in words and "Viitemalli 1.0" in words


def test_own_words_stand_on_paper(whole):
    words = bare(text_of(whole.pdf["fi"]))
    limit = "1 arkipäivä yhteydenotosta (kansallisesti 2 arkipäivää yhteydenotosta)"
    for own in (EXTRA, "Soita takaisin", "Yhteydenottolomake", "Varapäivystäjä", "Tutustumiskäynti", "Oma askel",
                "Kokeilu vuoden ajan.", limit):  # fmt: skip
        assert bare(own) in words, own
    assert b"javascript:" not in whole.pdf["fi"]


def test_the_whole_handbook_is_printed_in_good_time(whole):
    assert whole.seconds < SECONDS


def test_the_same_handbook_is_the_same_bytes():
    asked = Asked(phase="agreement")
    assert printed("fi", asked) == printed("fi", asked)


def noted(text: str) -> bytes:
    return printed("fi", Asked(phase="partnership"), made=entries({"contact-response": {"note": {"fi": text}}}, []))


@pytest.mark.parametrize(
    "text",
    ["> " * 5_000 + "syvällä", "- " * 4_990 + "syvällä", "#set page(width: 1pt)\n*syvällä* $x$ `#panic()` @ref <l>",
     "<script>alert(1)</script> syvällä", "syvällä 😀🏳️‍🌈 \u4e2d\u6587", "\\" * 9_000 + "syvällä",
     "*" * 9_000 + "syvällä", "[syvällä](javascript:alert)", "| a | b |\n|---|---|\n| syvällä | x |",
     "1. syvällä\n\n   ```\n   koodi\n   ```\n"],
)  # fmt: skip
def test_whatever_somebody_wrote_is_printed_as_words_beside_the_minimum(text):
    words = bare(text_of(noted(text)))
    assert "syvällä" in words and bare(RELEASE["steps"][0]["minimum"]["fi"]) in words


def test_deep_quotes_and_lists_keep_their_words_on_the_page_as_well():
    for text in (">" * 10_000 + " syvällä", "- " * 9_000 + "syvällä", "> - 1. " * 1_000 + "syvällä"):
        assert "syvällä" in to_html(shallow(text))
    assert shallow("> > lainaus\n\n- a\n  - b") == "> > lainaus\n\n- a\n  - b"


def test_words_become_blocks_as_the_page_shows_them():
    blocks = blocks_of(to_html("Hei **maa**\n\n- yksi\n- kaksi\n  1. a\n\n> q\n\n[l](https://a.example)"))
    assert [block["kind"] for block in blocks] == ["p", "list", "quote", "p"]
    assert [run["b"] for run in blocks[0]["runs"]] == [False, True]
    assert blocks[1]["items"][1][1]["kind"] == "enum" and blocks[3]["runs"][0]["u"] == "https://a.example"


def test_the_map_shows_every_step_with_its_mark_on_one_a3():
    made = entries()
    release = SimpleNamespace(number="1.0", frame={"content_mark": RELEASE["content_mark"]}, parts={})
    data = map_data(PHASES, made, {"matching"}, release=release, number=12, provider="Lumo", unit="", seal="ab" * 32,
                    day=date(2026, 11, 24), language="fi")  # fmt: skip
    marks = {s["key"]: s["mark"] for p in data["phases"] for s in (*p["steps_service"], *p["steps_operating"])}
    assert len(marks) == 52 and marks["own-1"] == "own" and marks["matching"] == "waits"
    assert (marks["contact-response"], marks["goals-and-tasks"]) == ("ours", "adapted")
    pdf = print_process_map(data, "fi")
    assert text_of(pdf).count("\f") == 1
    words = bare(text_of(pdf))
    assert "Omaaskel·1" in words and "ab" * 32 in words and bare("Tutustumiskäynti") in words and "2a" in words
    boxes = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', text_of(pdf, "-bbox"))
    assert min(float(low) - float(high) for high, low in boxes) >= 6


def test_an_empty_part_says_so():
    assert "Käsikirjassaeioletällaistaaskelta." in bare(text_of(printed("fi", Asked(role="own:x"), part="Osa")))
    assert read("fi", WHOLE)
