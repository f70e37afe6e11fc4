"""Mailed links: a random token makes a guest of one organisation, for one thing, for a while."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from parasta_saas.cli.demo.acting import system_at
from parasta_saas.core import clock, events, links, scope
from parasta_saas.core.access import Actor
from parasta_saas.core.db import db
from parasta_saas.core.errors import NotFound
from parasta_saas.core.ids import uuid7
from parasta_saas.core.tokens import hash_token
from tests.core.probe import rows

SUBJECT = uuid7()


@pytest.fixture
def token(fresh) -> str:
    fresh.dirty = True
    with system_at("lumo") as lumo:
        return links.issue(
            "sign", organisation_id=lumo.organisation_id, subject_id=SUBJECT, person_name="Matti Mäki",
            email="matti@paja.example", language="sv", days=14,
        )  # fmt: skip


def opened(token: str, kind: str = "sign") -> tuple:
    with scope.acting(Actor.anonymous()):
        return links.open_link(kind, token)


def test_the_holder_is_a_guest_for_one_thing(fresh, token):
    link, guest = opened(token)
    assert (link.subject_id, guest.link) == (SUBJECT, link)
    assert (guest.name, guest.email, guest.language) == ("Matti Mäki", "matti@paja.example", "sv")
    assert (guest.kind, guest.organisation_slug, guest.roles) == ("provider", "lumo", frozenset({"guest"}))
    assert not guest.signed_in and not guest.is_system


def test_any_other_token_opens_nothing(fresh, token):
    for other in (token[:-1], token.swapcase(), token + "x", "", "%", "ä" * 500):
        with pytest.raises(NotFound, match="Tarkista, että kopioit viestistä koko osoitteen"):
            opened(other)
    with pytest.raises(NotFound):
        opened(token, "notice")


def test_the_database_keeps_only_a_hash(fresh, token):
    ((kept, row),) = rows(fresh, "select token_hash, link::text from link where subject_id = %s", SUBJECT)
    assert kept == hash_token(token) and len(kept) == 32 and token not in row


def test_a_link_is_too_old_after_its_days(fresh, token):
    link, _guest = opened(token)
    assert not links.expired(link)
    with clock.frozen(clock.now() + timedelta(days=14, seconds=1)):
        assert links.expired(opened(token)[0]), "it still opens, so that its page can say what to do"
    with clock.frozen(clock.now() + timedelta(days=13, hours=23)):
        assert not links.expired(opened(token)[0])


def test_looking_uses_nothing_and_the_first_use_counts(fresh, token):
    for _ in range(20):
        link, guest = opened(token)
        assert link.used_at is None
    for hours in (0, 1):
        with clock.frozen(clock.now() + timedelta(hours=hours)), events.apart(guest):
            links.use(link)
    used = opened(token)[0].used_at
    assert used is not None and used < clock.now()


def test_no_other_organisation_sees_or_uses_it(fresh, token):
    link, _guest = opened(token)
    with system_at("kaari") as kaari:
        assert db.session.scalar(text("select count(*) from link where id = :id"), {"id": link.id}) == 0
        links.use(link)
        assert kaari.organisation_slug == "kaari"
    assert opened(token)[0].used_at is None


def test_a_link_is_kept_before_the_mail_leaves(fresh):
    """Whatever becomes of the work around it: a letter that went out has a link that opens."""
    made = []
    with pytest.raises(ZeroDivisionError), system_at("lumo") as lumo:
        made.append(links.issue("sign", organisation_id=lumo.organisation_id, subject_id=SUBJECT, person_name="N",
                                email="n@paja.example", language="fi"))  # fmt: skip
        raise ZeroDivisionError
    assert opened(made[0])[0].subject_id == SUBJECT


def test_nobody_makes_a_link_into_an_organisation_of_strangers(fresh):
    with system_at("fjarden") as fjarden:
        stranger = fjarden.organisation_id
    with pytest.raises(ProgrammingError, match="row-level security"), system_at("paja"):
        links.issue("sign", organisation_id=stranger, subject_id=SUBJECT, person_name="N", email="n@x.example",
                    language="fi")  # fmt: skip
