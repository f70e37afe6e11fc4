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
    if place is None:
        return Verdict(Reason.ENCRYPTED if b"/Encrypt" in pdf else Reason.NO_SEAL)
    signed_data = _signed_data(place.gap)
    if signed_data is None or place.stated_at is None:
        return Verdict(Reason.UNREADABLE, covers_whole_file=place.whole)
    try:
        status = _status(place, signed_data, trust)
    # A stranger's file may break the parser anywhere inside; whatever it was, the seal can't be read.
    except Exception:
        return Verdict(Reason.UNREADABLE, covers_whole_file=place.whole)
    return _verdict(place, status)


def _verdict(place: _Place, status: StandardCMSSignatureStatus) -> Verdict:
    unbroken = status.intact and status.valid
    if not status.trusted:
        reason = Reason.UNKNOWN_SEALER if unbroken else Reason.CHANGED
    elif not unbroken:
        reason = Reason.CHANGED
    else:
        reason = Reason.SEALED if place.whole else Reason.ADDED_TO
    return Verdict(
        reason,
        intact=unbroken and place.whole,
        valid=status.valid,
        trusted=status.trusted,
        covers_whole_file=place.whole,
        signer=str(status.signing_cert.subject.native.get("common_name", "")),
        signed_at=place.stated_at,
    )


def _find(pdf: bytes) -> _Place | None:
    found = BYTE_RANGE.search(pdf)
    if found is None:
        return None
    before, after, length = (int(number) for number in found.groups())
    inside_the_gap = before < found.end() and found.start() < after
    if inside_the_gap or not before < after <= after + length <= len(pdf):
        return None
    covered = pdf[:before] + pdf[after : after + length]
    return _Place(covered, pdf[before:after], after + length == len(pdf), _stated_at(pdf, before, after))


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
    """The CMS structure of the gap, or None unless it is written exactly as a seal is.

    The gap is the only part no hash covers, so it must have one possible form: upper-case digits,
    one structure in canonical DER, zeros to the end.
    """
    if not re.fullmatch(rb"<(?:[0-9A-F]{2})+>", gap):
        return None
    raw = bytes.fromhex(gap[1:-1].decode())
    try:
        outer = cms.ContentInfo.load(raw)
        size = len(outer.dump())
        if raw[size:].strip(b"\0") or outer["content_type"].native != "signed_data":
            return None
        rebuilt = outer.copy().dump(force=True)
        return outer["content"] if rebuilt == raw[:size] else None
    except (ValueError, TypeError, KeyError):
        return None


def _status(
    place: _Place, signed_data: cms.SignedData, trust: Sequence[x509.Certificate]
) -> StandardCMSSignatureStatus:
    roots = [asn1_x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in trust]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=place.stated_at)
    usage = KeyUsageConstraints(key_usage={"non_repudiation"})
    return asyncio.run(
        async_validate_detached_cms(place.covered, signed_data, context, key_usage_settings=usage)
    )
