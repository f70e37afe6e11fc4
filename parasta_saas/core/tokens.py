"""Secrets for links, sign-in and API: made here, kept only as hashes."""

import hmac
import secrets
from hashlib import sha256

CODE_DIGITS = 6


def new_token() -> str:
    """256 random bits, safe in an address (43 characters)."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> bytes:
    """SHA-256 of the token, 32 bytes: what the database keeps.

    Enough for tokens of 256 bits. A code has only a million values, so hash it together with
    the token of its sign-in: `hash_token(f"{token}.{code}")`.
    """
    return sha256(token.encode()).digest()


def new_code() -> str:
    """Six random digits to type, with leading zeros. Limit the tries and the time."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def matches(token: str, digest: bytes) -> bool:
    """Whether the digest is this token's, in constant time."""
    return same(hash_token(token), digest)


def same(left: str | bytes, right: str | bytes) -> bool:
    """Whether two secrets are equal, in a time that tells nothing about where they differ."""
    return hmac.compare_digest(_bytes(left), _bytes(right))


def _bytes(secret: str | bytes) -> bytes:
    return secret.encode() if isinstance(secret, str) else secret
