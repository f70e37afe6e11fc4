"""Who asks, without keeping who it was: a network address as a hash of the day."""

import hmac
from hashlib import sha256

from flask import current_app, request

from .clock import today


def sender_of_day() -> str:
    """The asker's network address as a hash that can't be turned back and changes every day."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(secret, f"{today()} {request.remote_addr}".encode(), sha256).hex()[:32]
