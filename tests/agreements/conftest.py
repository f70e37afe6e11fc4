"""Ville's agreement, wherever a test wants it to be on its way."""

import pytest

from tests.agreements.story import Path, begin


@pytest.fixture
def path(fresh, cast) -> Path:
    """The session has been closed; no agreement yet."""
    return begin(fresh, cast)


@pytest.fixture
def offered(path) -> Path:
    """Made, completed and sent; the mails have arrived."""
    return path.ready()


@pytest.fixture
def sealed(offered) -> Path:
    """Signed by both sides, sealed, everybody told."""
    assert offered.sign_by_link().status_code == 303
    assert offered.sign_for_provider().status_code == 303
    offered.world.work()
    return offered
