"""The seal and its verification: Ville's agreement as it was sealed, and everything that isn't that."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import typst
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from parasta_saas.agreements.seal import (
    DOCUMENT_SIGNING,
    SealError,
    SealKey,
    code_hash,
    create_key,
    load_key,
    load_trust,
    seal,
    verification_code,
)
from parasta_saas.agreements.verify import BYTE_RANGE, MAX_BYTES, Reason, Verdict, verify
from parasta_saas.core.i18n import LANGUAGES, using

PASSPHRASE = "a-long-invented-passphrase"
AT = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)
OUTSIDE = random.Random(20261124)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seal")


@pytest.fixture(scope="module")
def key(folder: Path) -> SealKey:
    return create_key(folder, PASSPHRASE, at=AT)


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> SealKey:
    return create_key(tmp_path_factory.mktemp("stranger"), PASSPHRASE, at=AT)


@pytest.fixture(scope="module")
def plain() -> bytes:
    source = b'#set document(title: "Koulutussopimus")\n#set text(lang: "fi")\nVille Virta, Kahvila Kanerva'
    pdf = typst.compile(source, format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=AT)
    assert isinstance(pdf, bytes)
    return pdf


@pytest.fixture(scope="module")
def sealed(plain: bytes, key: SealKey) -> bytes:
    return seal(plain, key, reason="Koulutussopimus LUMO-2026-0042", at=AT)


def changed(pdf: bytes, place: int, byte: int) -> bytes:
    return pdf[:place] + bytes([byte]) + pdf[place + 1 :]


def gap(pdf: bytes) -> range:
    found = BYTE_RANGE.search(pdf)
    assert found
    return range(int(found[1]), int(found[2]))


def test_a_sealed_agreement_is_genuine(sealed: bytes, key: SealKey) -> None:
    verdict = verify(sealed, key.trust)
    assert verdict.genuine and verdict.reason is Reason.SEALED
    assert (verdict.intact, verdict.valid, verdict.trusted, verdict.covers_whole_file) == (True,) * 4
    assert (verdict.signer, verdict.signed_at) == ("Parasta, electronic seal", AT)


def test_an_independent_reading_of_the_file_agrees(sealed: bytes, key: SealKey) -> None:
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    context = ValidationContext(
        trust_roots=[signature.signer_cert.__class__.load(key.authority.public_bytes(Encoding.DER))],
        allow_fetching=False,
        moment=AT,
    )
    status = validate_pdf_signature(signature, context)
    assert status.bottom_line and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert signature.sig_object["/SubFilter"] == SigSeedSubFilter.PADES.value
    assert status.docmdp_ok and int(signature.docmdp_level.value) == 1  # no change permitted


def test_sealing_adds_to_the_file_and_leaves_its_pages_alone(sealed: bytes, plain: bytes) -> None:
    assert sealed.startswith(plain)


def test_a_changed_byte_anywhere_in_the_seal_itself_is_noticed(sealed: bytes, key: SealKey) -> None:
    unnoticed = [place for place in gap(sealed) if verify(changed(sealed, place, sealed[place] ^ 1), key.trust).intact]
    assert unnoticed == []


def test_a_change_of_case_or_filling_in_the_seal_is_noticed(sealed: bytes, key: SealKey) -> None:
    places = gap(sealed)
    letter = next(place for place in places if sealed[place : place + 1].isalpha())
    assert not verify(changed(sealed, letter, sealed[letter] ^ 0x20), key.trust).intact
    for last in (places[-2], places[-3]):
        assert not verify(changed(sealed, last, ord("1")), key.trust).intact


def test_a_changed_bit_anywhere_in_the_document_is_noticed(sealed: bytes, key: SealKey) -> None:
    seal_itself = gap(sealed)
    around = [
        *range(12),
        *range(seal_itself[0] - 40, seal_itself[0]),
        *range(seal_itself[-1] + 1, len(sealed)),
    ]
    for place in around + OUTSIDE.sample(range(len(sealed)), 400):
        verdict = verify(changed(sealed, place, sealed[place] ^ (1 << OUTSIDE.randrange(8))), key.trust)
        assert not verdict.intact and not verdict.genuine, place


@pytest.mark.parametrize("extra", [b"\n", b" ", b"\0", b"%%EOF\n", b"1 0 obj\n<<>>\nendobj\n"])
def test_something_added_to_the_end_is_noticed(sealed: bytes, key: SealKey, extra: bytes) -> None:
    verdict = verify(sealed + extra, key.trust)
    assert verdict.reason is Reason.ADDED_TO
    assert not verdict.covers_whole_file and not verdict.intact


def test_a_proper_later_revision_is_noticed_too(sealed: bytes, key: SealKey) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.update_root()
    later = BytesIO()
    writer.write(later)
    assert verify(later.getvalue(), key.trust).reason is Reason.ADDED_TO


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_not_genuine(sealed: bytes, key: SealKey, share: float) -> None:
    assert not verify(sealed[: int(len(sealed) * share)], key.trust).intact


def test_a_strangers_seal_is_whole_but_not_ours(plain: bytes, key: SealKey, stranger: SealKey) -> None:
    # The stranger's authority even has the same name as ours.
    verdict = verify(seal(plain, stranger, reason="Koulutussopimus", at=AT), key.trust)
    assert verdict.reason is Reason.UNKNOWN_SEALER
    assert verdict.intact and verdict.valid and not verdict.trusted and not verdict.genuine


def test_without_any_trusted_authority_nothing_is_genuine(sealed: bytes) -> None:
    assert verify(sealed, ()).reason is Reason.UNKNOWN_SEALER


def test_an_agreement_can_be_checked_long_after_the_certificate_has_ended(sealed: bytes, key: SealKey) -> None:
    # No clock in the check: the certificate is judged at the time of sealing.
    assert key.certificate.not_valid_after_utc - AT > timedelta(days=3650)
    assert verify(sealed, key.trust).genuine


def test_an_earlier_seal_stays_trusted_after_a_new_key(
    sealed: bytes, folder: Path, key: SealKey, tmp_path: Path
) -> None:
    shutil.copy(folder / "seal.pem", tmp_path / "seal-2026.pem")
    newer = create_key(tmp_path, PASSPHRASE, at=AT + timedelta(days=900))
    assert len(load_trust(tmp_path)) == 2
    assert verify(sealed, load_trust(tmp_path)).genuine
    assert not verify(sealed, newer.trust).genuine


def encrypted(plain: bytes) -> bytes:
    writer = copy_into_new_writer(PdfFileReader(BytesIO(plain)))
    writer.encrypt("omistaja", "lukija")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda pdf: pdf, Reason.NO_SEAL),
        (lambda pdf: b"", Reason.NOT_A_PDF),
        (lambda pdf: b"Hei Kaisa", Reason.NOT_A_PDF),
        (lambda pdf: b"\x89PNG\r\n\x1a\n" + pdf, Reason.NOT_A_PDF),
        (lambda pdf: encrypted(pdf), Reason.ENCRYPTED),
        (lambda pdf: b"%PDF-1.7\n" + random.Random(1).randbytes(10 * 1024 * 1024), Reason.NO_SEAL),
        (lambda pdf: b"%PDF-1.7\n" + b"/ByteRange [0 " * 700_000, Reason.NO_SEAL),
        (lambda pdf: b"%PDF-1.7\n" + b"/ByteRange" + b" " * (10 * 1024 * 1024), Reason.NO_SEAL),
        (lambda pdf: b"%PDF" + b"-" * MAX_BYTES, Reason.TOO_LARGE),
        (lambda pdf: b"%PDF-1.7 /ByteRange [0 40 44 1]         <00>x", Reason.UNREADABLE),
        (lambda pdf: b"%PDF-1.7 /ByteRange [0 9999999999 9999999999 9999999999]", Reason.NO_SEAL),
    ],
)
def test_any_other_file_gets_a_clear_verdict(
    plain: bytes, key: SealKey, make: Callable[[bytes], bytes], reason: Reason
) -> None:
    verdict = verify(make(plain), key.trust)
    assert verdict.reason is reason
    assert not (verdict.intact or verdict.valid or verdict.trusted or verdict.genuine)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=60))
def test_no_file_makes_the_check_fail(sealed_part: bytes, rest: bytes) -> None:
    inside = b"<" + sealed_part.hex().encode() + b">"
    before = 60
    head = b"%%PDF-1.7 /ByteRange [0 %d %d %d] /M (D:20261124130500Z)" % (
        before,
        before + len(inside),
        len(rest),
    )
    assert not verify(head.ljust(before, b" ")[:before] + inside + rest, ()).intact


def test_every_verdict_is_a_sentence_in_three_languages() -> None:
    for reason in Reason:
        sentences = set()
        for language in LANGUAGES:
            with using(language):
                sentences.add(Verdict(reason).sentence)
        assert len(sentences) == 3, reason


def test_the_key_opens_with_its_own_passphrase_only(folder: Path, key: SealKey) -> None:
    assert load_key(folder, PASSPHRASE).fingerprint == key.fingerprint
    with using("fi"), pytest.raises(SealError, match="Tarkista SEAL_KEY"):
        load_key(folder, "another-passphrase")


def test_a_missing_key_says_what_to_do(tmp_path: Path) -> None:
    with using("fi"), pytest.raises(SealError, match="Luo ensin sinetöintiavain"):
        load_key(tmp_path, PASSPHRASE)


def test_a_damaged_key_is_not_used(folder: Path, key: SealKey, stranger: SealKey, tmp_path: Path) -> None:
    pem = (folder / "seal.pem").read_bytes()
    private = pem[: pem.index(b"-----BEGIN CERTIFICATE")]
    others = b"".join(c.public_bytes(Encoding.PEM) for c in (stranger.certificate, stranger.authority))
    for damaged in (private, private + others):
        (tmp_path / "seal.pem").write_bytes(damaged)
        with using("fi"), pytest.raises(SealError, match="Palauta sinetöintiavain"):
            load_key(tmp_path, PASSPHRASE)


def test_a_key_is_never_overwritten(folder: Path, key: SealKey) -> None:
    before = (folder / "seal.pem").read_bytes()
    with pytest.raises(SealError):
        create_key(folder, PASSPHRASE, at=AT)
    assert (folder / "seal.pem").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["seal.pem"]


def test_only_the_owner_reads_the_key_and_it_is_encrypted(folder: Path, key: SealKey) -> None:
    path = folder / "seal.pem"
    assert path.stat().st_mode & 0o077 == 0
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY")
    assert path.read_bytes().count(b"PRIVATE KEY-----") == 2  # the authority's own key has been thrown away
    assert repr(key) == f"SealKey({key.fingerprint})"


def test_the_certificate_is_for_sealing_documents_and_nothing_else(key: SealKey) -> None:
    extensions = key.certificate.extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature and usage.content_commitment and not usage.key_cert_sign
    purposes = list(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    assert purposes == [DOCUMENT_SIGNING]
    public = key.certificate.public_key()
    assert isinstance(public, rsa.RSAPublicKey) and public.key_size == 3072
    key.certificate.verify_directly_issued_by(key.authority)


@pytest.mark.parametrize("at", [AT - timedelta(seconds=1), AT + timedelta(days=3653)])
def test_nothing_is_sealed_outside_the_certificates_time(plain: bytes, key: SealKey, at: datetime) -> None:
    with using("fi"), pytest.raises(SealError, match="Luo uusi sinetöintiavain"):
        seal(plain, key, reason="Koulutussopimus", at=at)


@pytest.mark.parametrize(
    ("make", "instruction"),
    [
        (lambda plain, sealed: sealed, "jo allekirjoitettu"),
        (lambda plain, sealed: encrypted(plain), "salattu"),
        (lambda plain, sealed: b"Hei Kaisa", "ei voi sinetöidä"),
        (lambda plain, sealed: plain[: len(plain) // 2], "ei voi sinetöidä"),
    ],
)
def test_only_a_fresh_pdf_is_sealed(
    plain: bytes, sealed: bytes, key: SealKey, make: Callable[[bytes, bytes], bytes], instruction: str
) -> None:
    with using("fi"), pytest.raises(SealError, match=instruction):
        seal(make(plain, sealed), key, reason="Koulutussopimus", at=AT)


def test_a_verification_code_is_sixteen_letters_and_digits_in_groups_of_four() -> None:
    codes = {verification_code() for _one in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code) for code in codes)


@pytest.mark.parametrize(
    "typed", ["K7QF-2MXA-OZZT-IBPB", "k7qf2mxaozztibpb", " K7QF 2MXA 0ZZT 18PB\n", "K7QF–2MXA–OZZT–IBPB"]
)
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert code_hash(typed) == code_hash("K7QF-2MXA-OZZT-IBPB")


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not installed")
def test_pdfsig_of_another_maker_finds_the_signature_valid(sealed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, timeout=60, check=False).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
