"""One way to write a value down, so that its SHA-256 says whether anything changed."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any


def canonical(value: Any) -> str:
    """The one JSON text of a value: sorted keys, NFC, LF, no spaces. ValueError for NaN or clashing keys."""
    return json.dumps(_normal(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def fingerprint(value: Any) -> str:
    """SHA-256 (FIPS 180-4) of the canonical JSON, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    if isinstance(value, Mapping):
        pairs = {_normal(str(key)): _normal(item) for key, item in value.items()}
        if len(pairs) != len(value):
            raise ValueError("two keys are the same after normalisation")
        return pairs
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    return value
