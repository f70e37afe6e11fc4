"""A mail server that keeps nothing but which letters it took, and how often each."""

import email
import email.policy
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Post:
    """aiosmtpd's handler. `taken`: letters about a release by Message-ID; one sent again counts again."""

    def __init__(self, word: str) -> None:
        self.word, self.taken, self._lock = word, Counter[str](), threading.Lock()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if self.word in str(message["Subject"]):
            with self._lock:
                self.taken[str(message["Message-ID"])] += 1
        return "250 Message accepted for delivery"


@contextmanager
def counting(world: Any, word: str) -> Iterator[Post]:
    """Let the world's mail server count letters whose subject has a word, instead of keeping them."""
    before, post = world.sink.handler, Post(word)
    world.sink.handler = post
    try:
        yield post
    finally:
        world.sink.handler = before
