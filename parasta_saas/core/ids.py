"""Ids that sort by the time they were made: UUID version 7, which Python 3.11 does not have."""

import secrets
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74  # 12 of rand_a and 62 of rand_b
_STEP_BITS = 32  # a guessable step of one would let a reader count rows

_lock = threading.Lock()
_last_ms = 0
_last_random = 0


def uuid7() -> UUID:
    """A new id, greater than every earlier one of this process (RFC 9562 §5.7, §6.2 method 2).

    Milliseconds since 1970 in 48 bits, then 74 random bits which grow by a random step within one
    millisecond. A clock that is set back is ignored until it has caught up.
    """
    global _last_ms, _last_random
    with _lock:
        ms = time.time_ns() // 1_000_000
        if ms > _last_ms:
            _last_ms, _last_random = ms, _fresh()
        else:
            _last_random += 1 + secrets.randbits(_STEP_BITS)
            if _last_random >> _RANDOM_BITS:
                _last_ms, _last_random = _last_ms + 1, _fresh()
        return _assemble(_last_ms, _last_random)


def _fresh() -> int:
    # The first bit stays 0, so that a busy millisecond has room to count.
    return secrets.randbits(_RANDOM_BITS - 1)


def _assemble(ms: int, random: int) -> UUID:
    rand_a, rand_b = random >> 62, random & (1 << 62) - 1
    return UUID(int=ms << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)
