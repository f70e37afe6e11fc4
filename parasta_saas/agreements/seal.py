"""The installation's electronic seal: its own key, and PAdES-B-B signatures made with it.

The certificate authority is made for one leaf and its key is thrown away at once, so nobody can ever
issue a second leaf under it. There is no time stamp from outside: the time is this installation's word.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID, ObjectIdentifier
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from parasta_saas.core.errors import ParastaError
from parasta_saas.core.i18n import _

FILE = "seal.pem"
FIELD = "ParastaSeal"
RSA_BITS = 3072  # 128-bit strength, NIST SP 800-57
LIFETIME = timedelta(days=3652)  # ten years
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648 base32: no 0, 1, 8 to mistake for O, I, B
MISREAD = str.maketrans("018", "OIB")
CODE_LENGTH = 16  # 80 bits: can't be guessed, can still be typed


class SealError(ParastaError):
    """The seal can't be made or opened; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SealKey:
    """The opened key: the leaf that seals, its authority, and the private key (never printed)."""

    certificate: x509.Certificate
    authority: x509.Certificate
    private_key: rsa.RSAPrivateKey

    def __repr__(self) -> str:
        return f"SealKey({self.fingerprint})"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the leaf certificate, hexadecimal."""
        return self.certificate.fingerprint(SHA256()).hex()

    @property
    def trust(self) -> tuple[x509.Certificate, ...]:
        """What `verify` trusts for seals of this key."""
        return (self.authority,)


def create_key(directory: Path, passphrase: str, *, at: datetime, installation: str = "Parasta") -> SealKey:
    """Make the installation's key in directory/seal.pem (mode 600); SealError when one is there already."""
    authority_key, leaf_key = _new_rsa(), _new_rsa()
    authority = _certificate(f"{installation}, root of the seal", authority_key, None, authority_key, at)
    leaf = _certificate(f"{installation}, electronic seal", leaf_key, authority, authority_key, at)
    encrypted = leaf_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    pem = encrypted + leaf.public_bytes(Encoding.PEM) + authority.public_bytes(Encoding.PEM)
    _write_once(directory, pem)
    return SealKey(leaf, authority, leaf_key)


def load_key(directory: Path, passphrase: str) -> SealKey:
    """Open directory/seal.pem; SealError when it is missing, damaged or made with another SEAL_KEY."""
    path = directory / FILE
    if not path.is_file():
        raise SealError(_("Make the sealing key first: %(path)s is not there.", path=path))
    pem = path.read_bytes()
    try:
        private_key = load_pem_private_key(pem, passphrase.encode())
    except (ValueError, TypeError) as error:
        raise SealError(_("Check SEAL_KEY: it does not open the sealing key.")) from error
    try:
        leaf, authority = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise SealError(_("Restore the sealing key from a backup: the file is damaged.")) from error
    if not isinstance(private_key, rsa.RSAPrivateKey) or private_key.public_key() != leaf.public_key():
        raise SealError(_("Restore the sealing key from a backup: the file is damaged."))
    return SealKey(leaf, authority, private_key)


def load_trust(directory: Path) -> tuple[x509.Certificate, ...]:
    """The authorities of the present seal and of earlier ones (seal-*.pem); needs no passphrase."""
    found: list[x509.Certificate] = []
    for path in sorted(directory.glob("seal*.pem")):
        found += [one for one in x509.load_pem_x509_certificates(path.read_bytes()) if _is_authority(one)]
    return tuple(found)


def seal(pdf: bytes, key: SealKey, *, reason: str, at: datetime) -> bytes:
    """The PDF with a certifying PAdES-B-B signature (ETSI EN 319 142-1) that permits no change.

    `at` is aware. SealError when the file is no PDF, is encrypted or signed already, or when the
    certificate is not valid at that time.
    """
    if not key.certificate.not_valid_before_utc <= at <= key.certificate.not_valid_after_utc:
        raise SealError(_("Make a new sealing key: this one is not valid at that time."))
    signer = signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(key.certificate.public_bytes(Encoding.DER)),
        signing_key=asn1_keys.PrivateKeyInfo.load(
            key.private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        reason=reason,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    try:
        output = _SealAt(meta, signer, at).sign_pdf(_open(pdf))
    except (PdfError, SigningError) as error:
        raise SealError(_("Seal a fresh PDF: this file can't be sealed.")) from error
    sealed = output.getvalue()
    assert isinstance(sealed, bytes)
    return sealed


def verification_code() -> str:
    """A random code for the public page, 80 bits in groups of four: K7QF-2MXA-5ZZT-4NPB."""
    return grouped("".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH)))


def grouped(code: str) -> str:
    """The code in groups of four, as people read it."""
    return "-".join(re.findall(".{1,4}", code))


def code_hash(code: str) -> str:
    """SHA-256 of a code as somebody typed it: any case and spacing, 0 1 8 read as O I B; hexadecimal."""
    typed = re.sub(r"[\W_]", "", code).upper().translate(MISREAD)
    return sha256(typed.encode()).hexdigest()


class _SealAt(signers.PdfSigner):
    """A signer whose clock is given, because pure code doesn't look at the clock."""

    def __init__(self, meta: signers.PdfSignatureMetadata, signer: signers.Signer, at: datetime) -> None:
        super().__init__(meta, signer)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def _open(pdf: bytes) -> IncrementalPdfFileWriter:
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=True)
    if writer.prev.encrypted:
        raise SealError(_("Seal a fresh PDF: this file is encrypted."))
    if writer.prev.embedded_signatures:
        raise SealError(_("Seal a fresh PDF: this file is signed already."))
    return writer


def _new_rsa() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)


def _certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    authority: x509.Certificate | None,
    authority_key: rsa.RSAPrivateKey,
    at: datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = at.replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject if authority else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None if authority else 0), True)
        .add_extension(_usage(authority=authority is None), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), False)
    )
    if authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), False)
    return builder.sign(authority_key, SHA256())


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _is_authority(certificate: x509.Certificate) -> bool:
    return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def _write_once(directory: Path, pem: bytes) -> None:
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = directory / f".seal-{uuid4().hex}"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link fails when the name is taken: two processes starting at once still make one key.
        os.link(draft, directory / FILE)
    except FileExistsError as error:
        raise SealError(_("Keep the sealing key: there is one already.")) from error
    finally:
        draft.unlink()
