"""Is this file a sealed agreement, and is it as it was sealed?

Anybody may hand in any file, so nothing is believed before our own seal has been found: the file is
not parsed as PDF (a tiny file can unfold to gigabytes); only the seal's own place in it is read.
Limits: no revocation, no outside time stamp; the certificate is judged at the time the seal states.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from parasta_saas.core.i18n import N_, _

MAX_BYTES = 20 * 1024 * 1024
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")
STATED_TIME = re.compile(rb"/M\s*\(D(?::|\\072)(\d{14})(?:Z|([+-])(\d\d)'(\d\d)'?)\)")


class Reason(StrEnum):
    """What was found, in one word."""

    SEALED = "sealed"
    CHANGED = "changed"
    ADDED_TO = "added_to"
    UNKNOWN_SEALER = "unknown_sealer"
    NO_SEAL = "no_seal"
    NOT_A_PDF = "not_a_pdf"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"


SENTENCES = {
    Reason.SEALED: N_("The file is genuine. Nothing in it has changed after the sealing."),
    Reason.CHANGED: N_("Don't rely on this file: it has been changed after the sealing."),
    Reason.ADDED_TO: N_("Don't rely on this file: something has been added to it after the sealing."),
    Reason.UNKNOWN_SEALER: N_("Ask where this file comes from: it has been signed, but not with our seal."),
    Reason.NO_SEAL: N_("Choose the sealed agreement: this file has no seal."),
    Reason.NOT_A_PDF: N_("Choose a PDF file: this is something else."),
    Reason.ENCRYPTED: N_("Choose the file without a password: this one is encrypted."),
    Reason.TOO_LARGE: N_("Choose a smaller file: an agreement is at most %(size)s MB."),
    Reason.UNREADABLE: N_("Choose the sealed agreement again: the seal in this file can't be read."),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one file."""

    reason: Reason
    intact: bool = False
    valid: bool = False
    trusted: bool = False
    covers_whole_file: bool = False
    signer: str = ""
    signed_at: datetime | None = None

    @property
    def genuine(self) -> bool:
        """Sealed by us and unchanged since."""
        return self.reason is Reason.SEALED

    @property
    def sentence(self) -> str:
        """What to think or do, in the language spoken when it is shown."""
        sentence = SENTENCES[self.reason]
        return _(sentence, size=MAX_BYTES // (1024 * 1024))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the seal stands: the bytes it covers, the bytes it is, and whether anything follows."""

    covered: bytes
    gap: bytes
    whole: bool
    stated_at: datetime | None


def verify(pdf: bytes, trust: Sequence[x509.Certificate]) -> Verdict:
    """The verdict on a file of any kind; `trust` are the authorities of our seals. Never raises."""
    if len(pdf) > MAX_BYTES:
        return Verdict(Reason.TOO_LARGE)
    if not pdf.startswith(b"%PDF-"):
        return Verdict(Reason.NOT_A_PDF)
    place = _find(pdf)
    verdict = Verdict(Reason.NO_SEAL) if place is None else _judged(place, trust)
    # An encrypted file may have a ByteRange of its own (ISO 32004), which is no seal.
    if verdict.reason in (Reason.NO_SEAL, Reason.UNREADABLE) and b"/Encrypt" in pdf:
        return Verdict(Reason.ENCRYPTED)
    return verdict


def _judged(place: _Place, trust: Sequence[x509.Certificate]) -> Verdict:
    try:
        return _judge(place, trust)
    # A stranger's file may break the parser anywhere inside; whatever it was, the seal can't be read.
    except Exception:
        return Verdict(Reason.UNREADABLE, covers_whole_file=place.whole)


def _judge(place: _Place, trust: Sequence[x509.Certificate]) -> Verdict:
    signed_data = _signed_data(place.gap)
    if signed_data is None or place.stated_at is None:
        return Verdict(Reason.UNREADABLE, covers_whole_file=place.whole)
    leaf = _leaf(signed_data)
    known = {one.subject.public_bytes() for one in trust}
    if leaf.issuer.dump() not in known:
        return _verdict(place, leaf, Reason.UNKNOWN_SEALER)
    if not _as_we_write_it(place.gap, signed_data):
        return _verdict(place, leaf, Reason.CHANGED)
    status = _status(place, signed_data, trust)
    if not (status.intact and status.valid):
        return _verdict(place, leaf, Reason.CHANGED, status)
    if not status.trusted:
        return _verdict(place, leaf, Reason.UNKNOWN_SEALER, status)
    return _verdict(place, leaf, Reason.SEALED if place.whole else Reason.ADDED_TO, status)


def _verdict(
    place: _Place,
    leaf: asn1_x509.Certificate,
    reason: Reason,
    status: StandardCMSSignatureStatus | None = None,
) -> Verdict:
    valid = status is not None and status.intact and status.valid
    return Verdict(
        reason,
        intact=valid and place.whole,
        valid=valid,
        trusted=status is not None and status.trusted,
        covers_whole_file=place.whole,
        signer=str(leaf.subject.native.get("common_name", "")),
        signed_at=place.stated_at,
    )


def _find(pdf: bytes) -> _Place | None:
    """The first place that has the shape of a seal; the words of a document may look like one too."""
    for found in BYTE_RANGE.finditer(pdf):
        before, after, length = (int(number) for number in found.groups())
        inside_the_gap = before < found.end() and found.start() < after
        if inside_the_gap or not before < after <= after + length <= len(pdf):
            continue
        if pdf[before : before + 1] + pdf[after - 1 : after] == b"<>":
            covered = pdf[:before] + pdf[after : after + length]
            whole = after + length == len(pdf)
            return _Place(covered, pdf[before:after], whole, _stated_at(pdf, before, after))
    return None


def _stated_at(pdf: bytes, before: int, after: int) -> datetime | None:
    """The time in the seal's own dictionary: the object round the gap, without the gap."""
    start, end = pdf.rfind(b" obj", 0, before), pdf.find(b"endobj", after)
    time = STATED_TIME.search(pdf[max(start, 0) : before] + pdf[after : max(end, after)])
    if time is None:
        return None
    try:
        stated = datetime.strptime(time[1].decode(), "%Y%m%d%H%M%S")
        offset = timedelta(hours=int(time[3] or 0), minutes=int(time[4] or 0))
        return stated.replace(tzinfo=timezone(-offset if time[2] == b"-" else offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _signed_data(gap: bytes) -> cms.SignedData | None:
    """The CMS structure in the gap, or None when there is none."""
    try:
        outer = cms.ContentInfo.load(bytes.fromhex(gap[1:-1].decode()))
        signed_data: cms.SignedData = outer["content"]
        return signed_data if outer["content_type"].native == "signed_data" and _leaf(signed_data) else None
    except (ValueError, TypeError, KeyError, IndexError):
        return None


def _leaf(signed_data: cms.SignedData) -> asn1_x509.Certificate:
    leaf = signed_data["certificates"][0].chosen
    if not isinstance(leaf, asn1_x509.Certificate):
        raise TypeError("not a plain certificate")
    return leaf


def _as_we_write_it(gap: bytes, signed_data: cms.SignedData) -> bool:
    """Whether the gap has the one form our seals have.

    No hash covers the gap, and parts of it (versions, the list of digests, the filling) are not signed
    either. So the structure is built anew from what is signed, and must come out the same.
    """
    leaf, (signer,) = _leaf(signed_data), signed_data["signer_infos"]
    digest = {"algorithm": "sha256"}
    identity = {"issuer": leaf.issuer, "serial_number": leaf.serial_number}
    expected = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": [leaf],
            "signer_infos": [
                {
                    "version": "v1",
                    "sid": cms.SignerIdentifier("issuer_and_serial_number", identity),
                    "digest_algorithm": digest,
                    "signed_attrs": signer["signed_attrs"],
                    "signature_algorithm": {"algorithm": "sha256_rsa"},
                    "signature": signer["signature"].native,
                }
            ],
        }
    )
    der: bytes = cms.ContentInfo({"content_type": "signed_data", "content": expected}).dump()
    return gap == b"<" + der.hex().upper().encode().ljust(len(gap) - 2, b"0") + b">"


def _status(
    place: _Place, signed_data: cms.SignedData, trust: Sequence[x509.Certificate]
) -> StandardCMSSignatureStatus:
    roots = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in trust]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=place.stated_at)
    usage = KeyUsageConstraints(key_usage={"non_repudiation"})
    return asyncio.run(async_validate_detached_cms(place.covered, signed_data, context, key_usage_settings=usage))
