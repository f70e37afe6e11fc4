"""Ville's agreement, wherever a test wants it to be on its way."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests.agreements.story import Path, begin


@pytest.fixture
def path(fresh, cast) -> Path:
    """The session has been closed; no agreement yet."""
    return _at("closed", fresh, cast, lambda: begin(fresh, cast))


@pytest.fixture
def offered(fresh, cast) -> Path:
    """Made, completed and sent; the mails have arrived."""
    return _at("offered", fresh, cast, lambda: begin(fresh, cast).ready())


@pytest.fixture
def sealed(fresh, cast) -> Path:
    """Signed by both sides, sealed, everybody told."""

    def story() -> Path:
        offered = begin(fresh, cast).ready()
        assert offered.sign_by_link().status_code == 303
        assert offered.sign_for_provider().status_code == 303
        fresh.work()
        return offered

    return _at("sealed", fresh, cast, story)


def _at(stage: str, world, cast, story: Callable[[], Path]) -> Path:
    """Each story is walked once in a worker; then its end is where a test begins, with browsers of its own."""

    def walked() -> tuple[UUID, str]:
        end = story()
        return end.session_id, end.at

    return Path(world, cast, *world.staged(f"agreement {stage}", walked))
