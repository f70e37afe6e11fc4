"""Is this file a sealed agreement of this installation, and as it was sealed? Needs no database."""

from pathlib import Path

from ..agreements import installation_key
from ..agreements.seal import load_trust
from ..agreements.verify import MAX_BYTES, verify
from ..core.i18n import _, using


def verify_agreement(file: Path, home: Path, language: str = "en") -> tuple[bool, str]:
    """(genuine, a sentence) for one file; `home` is PARASTA_HOME with the certificate of the seal."""
    with using(language):
        try:
            with file.open("rb") as opened:
                pdf = opened.read(MAX_BYTES + 1)
        except OSError:
            return False, _("Check the name of the file: %(path)s can't be read.", path=file)
        trust = load_trust(installation_key.folder(home))
        if not trust:
            return False, _("Point PARASTA_HOME at the installation's folder: there is no seal in %(path)s.", path=home)
        verdict = verify(pdf, trust)
        if verdict.signed_at is None:
            return verdict.genuine, verdict.sentence
        return verdict.genuine, f"{verdict.sentence} {_sealed(verdict)}"


def _sealed(verdict) -> str:
    from ..core.formats import date_time

    return _("Sealed %(when)s", when=date_time(verdict.signed_at)) + f" ({verdict.signer})."
