"""The installation's sealing key in PARASTA_HOME/seal, made when it is first needed."""

from pathlib import Path

from ..core.clock import now
from .seal import FILE, SealError, SealKey, create_key, load_key

FOLDER = "seal"


def folder(home: Path) -> Path:
    """Where the key and, later, earlier keys are kept."""
    return Path(home) / FOLDER


def opened(home: Path, passphrase: str) -> SealKey:
    """The key, opened with SEAL_KEY; of several processes that find none, one makes it and all use that."""
    place = folder(home)
    if not (place / FILE).is_file():
        try:
            return create_key(place, passphrase, at=now())
        except SealError:
            # Somebody was faster; a missing folder or a full disk is an OSError and goes on up.
            return load_key(place, passphrase)
    return load_key(place, passphrase)
