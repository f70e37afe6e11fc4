"""Is this document genuine? On the public page and on the command line; no names on either."""

import pytest
from click.testing import CliRunner

from parasta_saas.cli import cli, commands  # noqa: F401  the commands register themselves


@pytest.fixture
def document(sealed):
    """The sealed file and its code."""
    with sealed.world.superuser_connection() as above:
        found = "select pdf, code from sealed_document where agreement_id = %s"
        pdf, code = above.execute(found, (sealed.id,)).fetchone()
    return sealed, bytes(pdf), code


def upload(path, pdf: bytes, name: str = "sopimus.pdf"):
    return path.cast.nobody.upload("/verify", pdf, name=name)


def judge(path, file) -> tuple[int, str]:
    asked = ["verify-agreement", str(file), "--home", str(path.world.folder), "--language", "fi"]
    done = CliRunner().invoke(cli, asked)
    return done.exit_code, done.output


def test_the_page_knows_a_code_however_it_is_typed_and_names_nobody(document):
    path, _pdf, code = document
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        sent = path.cast.nobody.post("/verify", {"code": typed})
        assert sent.status_code == 303 and sent.location == f"/verify/{code}"
    page = path.cast.nobody.get(f"/verify/{code}")
    assert page.status_code == 200 and "Koodi kuuluu sinetöidylle sopimukselle" in page.text
    for name in ("Ville", "Kaisa", "Sanni", "Kanerva", "Lumo"):
        assert name not in page.text


def test_an_unknown_or_missing_code_says_what_to_do(cast):
    unknown = cast.nobody.get("/verify/AAAA-BBBB-CCCC-DDDD")
    assert unknown.status_code == 404 and "ei löydy sinettiä" in unknown.text
    for code in ("", "  ", "---"):
        assert cast.nobody.post("/verify", {"code": code}).status_code == 422
    assert cast.nobody.post("/verify", {"code": "x" * 5_000}).status_code == 422
    strange = cast.nobody.get("/verify/%3Cscript%3Ealert(1)%3C")
    assert strange.status_code == 404 and "<script>alert" not in strange.text


def test_one_flipped_byte_is_found_by_page_and_command(document, tmp_path):
    path, pdf, _code = document
    file = tmp_path / "agreement.pdf"
    file.write_bytes(pdf)
    assert judge(path, file)[0] == 0 and "aito" in judge(path, file)[1]
    genuine = upload(path, pdf)
    assert "Tiedosto on aito" in genuine.text and "Sinetöity" in genuine.text and "Ville" not in genuine.text
    for place in (100, len(pdf) // 2, len(pdf) - 40):
        flipped = bytearray(pdf)
        flipped[place] ^= 1
        file.write_bytes(flipped)
        code, sentence = judge(path, file)
        assert code == 1 and sentence.strip(), place
        refused = upload(path, bytes(flipped))
        assert refused.status_code == 200 and "Tiedosto on aito" not in refused.text, place


def test_files_of_other_kinds_get_an_instruction(document, tmp_path):
    path, pdf, _code = document
    assert "Valitse PDF-tiedosto" in upload(path, b"hello", "a.txt").text
    plain = path.cast.nobody.get("/verify")
    assert plain.status_code == 200
    too_large = upload(path, pdf + b"x" * (10 * 1024 * 1024))
    assert too_large.status_code == 422 and "10 Mt" in too_large.text
    assert upload(path, b"%PDF-" + b"x" * (13 * 1024 * 1024)).status_code in (413, 422)
    code, sentence = judge(path, tmp_path / "missing.pdf")
    assert code == 1 and "Tarkista tiedoston nimi" in sentence
    file = tmp_path / "agreement.pdf"
    file.write_bytes(pdf)
    asked = CliRunner().invoke(cli, ["verify-agreement", str(file), "--home", str(tmp_path)])
    assert asked.exit_code == 1 and "PARASTA_HOME" in asked.output
