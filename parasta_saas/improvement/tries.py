"""How often somebody typed a code that opens nothing: counted in Redis, forgotten after ten minutes.

Losing Redis loses the count and nothing else; there are 64 million codes, each of which lives for a day.
"""

import hmac
import logging
from hashlib import sha256

from flask import current_app, request
from redis.exceptions import RedisError

from ..core import jobs

log = logging.getLogger(__name__)
MOST = 30  # a classroom shares one network address
SECONDS = 600


def too_many() -> bool:
    """Whether this network address has tried too many wrong codes lately."""
    try:
        return int(jobs.queue().connection.get(_key()) or 0) >= MOST
    except (RedisError, OSError) as problem:
        log.warning("redis_unreachable", extra={"problem": type(problem).__name__})
        return False


def count_wrong() -> None:
    """One more wrong code from this address."""
    try:
        redis = jobs.queue().connection
        if redis.incr(_key()) == 1:
            redis.expire(_key(), SECONDS)
    except (RedisError, OSError) as problem:
        log.warning("redis_unreachable", extra={"problem": type(problem).__name__})


def _key() -> str:
    """The address as a hash that can't be turned back."""
    secret = current_app.config["SECRET_KEY"].encode()
    return f"parasta:codes:{hmac.digest(secret, f'{request.remote_addr}'.encode(), sha256).hex()[:32]}"
